"""The extraction of a document whose worker process was ended: a result with its reason, like any other."""

from __future__ import annotations

from extractors.frames import Extraction, build_extraction
from extractors.schema import DOCUMENT
from extractors.version import extractor_version


def failed_extraction(sha256: str, byte_count: int, reason_code: str, reason: str) -> Extraction:
    """Return the frames of a document that gave nothing: one failed ``document`` row, all others empty.

    ``reason_code`` is timeout, crashed, memory or error; ``reason`` a Chinese sentence.
    """
    known = {
        "sha256": sha256,
        "byte_count": byte_count,
        "extractor_version": extractor_version(),
        "status": "failed",
        "status_reason": reason,
        "reason_code": reason_code,
        "page_count": 0,
        "text_layer": "none",
    }
    return build_extraction({"document": [tuple(known.get(name) for name in DOCUMENT)]})
