"""Pages that were recognised once, kept by what the engine was shown: no picture is read twice by the same engine.

A document whose pages take longer than one night allows goes on where it stopped; a new version of the extractor reads
its scans without the engine. Only what the engine gave is kept, not what is made of it. It is nothing but a cache: an
entry that is missing, cut or altered is made anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import uuid
from dataclasses import dataclass
from pathlib import Path

from extractors.ocr import Recognised, TextLine, engine_version
from extractors.page_objects import Box
from extractors.scanned_picture import Picture


@dataclass(frozen=True, slots=True)
class KeptRecognition:
    """Below ``root``: ``<engine version>/ab/<hash of the picture>.json``; without a root nothing is kept."""

    root: Path | None = None

    def find(self, picture: Picture) -> Recognised | None:
        """Return what the engine once read in this picture, None where it has not been asked."""
        if self.root is None:
            return None
        try:
            digest, _, body = self._path(self.root, picture).read_text(encoding="utf-8").partition("\n")
        except (OSError, UnicodeDecodeError):
            return None
        if digest != _digest(body):
            return None
        quarters, lines = json.loads(body)
        return Recognised(quarters, [TextLine(Box(*edges), text, score) for edges, text, score in lines])

    def keep(self, picture: Picture, recognised: Recognised) -> None:
        """Remember what was read in a picture. A disk that refuses costs another reading, nothing else."""
        if self.root is None:
            return
        lines = [(line.box, line.text, line.score) for line in recognised.lines]
        body = json.dumps([recognised.quarters, lines], ensure_ascii=False)
        path = self._path(self.root, picture)
        part = path.with_name(f".{path.name}.{uuid.uuid4().hex}.part")
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                part.write_text(f"{_digest(body)}\n{body}", encoding="utf-8")
                part.replace(path)
            finally:
                part.unlink(missing_ok=True)

    @staticmethod
    def _path(root: Path, picture: Picture) -> Path:
        shape = "x".join(map(str, picture.shape)).encode()
        key = hashlib.sha256(shape + b"\0" + picture.tobytes()).hexdigest()
        return root / engine_version() / key[:2] / f"{key}.json"


def _digest(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()
