"""Mutations change exactly one printed thing of a clean document."""

from __future__ import annotations

import io

import pypdfium2
import pytest

from samples.mutations import MUTATION_KINDS, MutatedDocument, mutated_documents


def words(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    lines: list[str] = []
    for page in document:
        lines += page.get_textpage().get_text_range().split()
    document.close()
    return lines


@pytest.fixture(scope="module")
def mutations() -> list[MutatedDocument]:
    return list(mutated_documents(28))


def test_every_kind_is_made_in_turn(mutations: list[MutatedDocument]) -> None:
    assert [mutation.kind for mutation in mutations[:7]] == list(MUTATION_KINDS)
    assert len({mutation.unit_slug for mutation in mutations}) > 3


def test_one_printed_thing_differs(mutations: list[MutatedDocument]) -> None:
    for mutation in mutations:
        assert mutation.printed != mutation.expected
        clean, changed = "".join(words(mutation.clean_pdf)), "".join(words(mutation.pdf))
        if mutation.kind == "missing_statement":
            assert len(changed) < len(clean)
            continue
        assert clean != changed
        assert clean.count(mutation.printed) < changed.count(mutation.printed), mutation.location


def test_same_seed_gives_the_same_mutations(mutations: list[MutatedDocument]) -> None:
    again = list(mutated_documents(7))
    assert [(m.location, m.printed, m.pdf) for m in again] == [
        (m.location, m.printed, m.pdf) for m in mutations[:7]
    ]
