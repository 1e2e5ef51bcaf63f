"""A small seeded slice of ``benchmarks.layouts``: layouts and statement sets of other places are read as printed."""

from __future__ import annotations

import pytest

from benchmarks.layouts import Score, by_feature, render, score_document
from samples.elsewhere.documents import disclose
from samples.elsewhere.notation import form_sets

SEED = 1
#: Full rules, lines and thin rectangles mixed, open sides, filled rectangles; unit in the heading, in the grid, absent;
#: titles on the page before; statement sets of Guangdong, Zhejiang, Chongqing, Inner Mongolia and Yunnan.
RULED = (2, 6, 13, 17, 29)
WITHOUT_UPRIGHT_RULES = (34, 37)


@pytest.mark.parametrize("number", RULED)
def test_ruled_documents_of_other_places_are_read_without_a_mistake(number: int) -> None:
    score = score_document(number, SEED)
    assert score.mistakes == []
    assert score.outside == 0
    assert score.amounts > 150


@pytest.mark.parametrize("number", WITHOUT_UPRIGHT_RULES)
def test_documents_without_upright_rules_are_read_nearly_whole(number: int) -> None:
    rows, statements, amounts, identities = score_document(number, SEED).shares()
    assert (rows >= 99, statements, amounts >= 99, identities) == (True, 100, True, 100)


def test_the_same_seed_gives_the_same_bytes() -> None:
    assert disclose(SEED, 4).document.pdf() == disclose(SEED, 4).document.pdf()
    assert disclose(SEED, 4).document.pdf() != disclose(SEED + 1, 4).document.pdf()


def test_a_campaign_goes_through_every_set_of_statements() -> None:
    count = len(form_sets())
    assert {disclose(SEED, number).form_set for number in range(count)} == set(form_sets())


def test_the_score_notices_what_was_not_read() -> None:
    score = Score(rows=4, rows_right=3, amounts=10, amounts_right=9, features={"rules": "none"})
    assert score.shares() == (75.0, 100.0, 90.0, 100.0)
    assert by_feature([score, score])[("rules", "none")].amounts == 20
    assert "75.00" in render([score])
