"""From paragraphs to claims without a PDF: the narrative room end to end."""

from __future__ import annotations

import polars as pl

from extractors.frames import build_extraction
from extractors.text.sentences import build_sentences
from tests.narrative.typeset import Setting, typeset
from transforms.narrative.claims import read_claims
from transforms.schema import AMOUNT, IDENTITY, STATEMENT


def identity_of(doc_kind: str, fiscal_year: int, unit_name: str = "某某市商务局") -> pl.DataFrame:
    """Return the one-row identity of a document."""
    row = dict.fromkeys(IDENTITY, None) | {
        "unit_name": unit_name,
        "fiscal_year": fiscal_year,
        "doc_kind": doc_kind,
        "scope": "unit",
        "content": "full",
        "is_template": False,
        "is_consolidated": False,
        "is_identified": True,
    }
    return pl.DataFrame([row], schema=IDENTITY)


def claims_of(
    paragraphs: list[str], doc_kind: str, fiscal_year: int, setting: Setting | None = None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Set the paragraphs, read them back, and return the frames SENTENCE and CLAIM."""
    narrative = build_sentences(typeset(paragraphs, setting or Setting()), {})
    extraction = build_extraction({"sentence": narrative.sentences, "fragment": narrative.fragments})
    claims = read_claims(
        extraction,
        identity_of(doc_kind, fiscal_year),
        pl.DataFrame(schema=STATEMENT),
        pl.DataFrame(schema=AMOUNT),
    )
    return extraction.sentence, claims
