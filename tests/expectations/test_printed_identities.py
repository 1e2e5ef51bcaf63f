"""The intervals of printed_identities.py against rounding.sql, which alone gives verdicts."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from expectations.inequalities import inequalities
from expectations.printed_identities import (
    Identity,
    Number,
    Term,
    growth_identity,
    growth_on_prior_identity,
    percentage_identity,
    satisfied,
    sum_identity,
)
from warehouse.load import run_sql_file

#: Few values and coarse half widths, so that intervals touch, nearly touch and include nothing.
values = st.integers(min_value=-400, max_value=400).map(lambda cents: Decimal(cents) / 4)
half_widths = st.sampled_from([Decimal(text) for text in ("0", "0.005", "0.05", "0.5", "5")])
numbers = st.builds(Number, values, half_widths)
percentages = st.builds(
    Number,
    st.integers(min_value=-2500, max_value=2500).map(lambda tenths: Decimal(tenths) / 10),
    st.sampled_from([Decimal(text) for text in ("0.0005", "0.005", "0.05", "0.5")]),
)


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        run_sql_file(opened, "rounding.sql")
        yield opened


def _judged(connection: duckdb.DuckDBPyConnection, kind: str, *arguments: Decimal | int) -> bool | None:
    """What ``judge_<kind>`` says: whether it may hold, None where it is a percentage of nothing."""
    written = ", ".join(f"{argument}::DECIMAL(24, 6)" for argument in arguments)
    row = connection.execute(f"SELECT judge_{kind}({written})").fetchone()
    assert row
    return None if row[0]["note"] == "zero_base" else row[0]["verdict"] in ("exact", "rounded")


def _holds(identity: Identity, **given_numbers: Number) -> bool | None:
    return satisfied(identity, given_numbers, {name: one.value for name, one in given_numbers.items()})


@given(total=numbers, parts=st.lists(numbers, min_size=1, max_size=5))
def test_sums(connection: duckdb.DuckDBPyConnection, total: Number, parts: list[Number]) -> None:
    named = {f"part{index}": part for index, part in enumerate(parts)}
    expected = _judged(
        connection,
        "sum",
        total.value,
        total.half_width,
        sum((part.value for part in parts), Decimal(0)),
        sum((part.half_width for part in parts), Decimal(0)),
        len(parts),
    )
    identity = sum_identity("s", True, ["total", *named])
    assert _holds(identity, total=total, **named) is expected


@settings(max_examples=600)
@given(percentage=percentages, part=numbers, whole=numbers)
@example(  # near nothing: the percentage may be less than it, and the whole is taken as large as it may be
    percentage=Number(Decimal(0), Decimal("0.5")),
    part=Number(Decimal("-0.55"), Decimal(0)),
    whole=Number(Decimal(100), Decimal(10)),
)
@example(
    percentage=Number(Decimal("-0.1"), Decimal("0.5")),
    part=Number(Decimal("0.43"), Decimal(0)),
    whole=Number(Decimal(100), Decimal(10)),
)
def test_percentages(
    connection: duckdb.DuckDBPyConnection, percentage: Number, part: Number, whole: Number
) -> None:
    expected = _judged(
        connection,
        "percentage",
        percentage.value,
        percentage.half_width,
        part.value,
        part.half_width,
        whole.value,
        whole.half_width,
    )
    identity = percentage_identity("p", True, "percentage", "part", "whole")
    assert _holds(identity, percentage=percentage, part=part, whole=whole) is expected
    if expected is not None:
        assert _is_allowed(identity, percentage=percentage, part=part, whole=whole) is expected


def _is_allowed(identity: Identity, **given_numbers: Number) -> bool:
    """Whether the inequalities of localisation leave the numbers as they are."""
    printed = {name: one.value for name, one in given_numbers.items()}
    return all(row.constant <= 0 for row in inequalities(0, identity, given_numbers, printed))


@settings(max_examples=400)
@given(growth=percentages, current=numbers, change=numbers, sign=st.sampled_from([1, -1]))
def test_growth(
    connection: duckdb.DuckDBPyConnection, growth: Number, current: Number, change: Number, sign: int
) -> None:
    expected = _judged(
        connection,
        "growth",
        sign * growth.value,
        growth.half_width,
        current.value,
        current.half_width,
        sign * change.value,
        change.half_width,
    )
    signed = Decimal(sign)
    identity = growth_identity("g", True, Term("growth", signed), "current", Term("change", signed))
    assert _holds(identity, growth=growth, current=current, change=change) is expected


@settings(max_examples=400)
@given(growth=percentages, current=numbers, prior=numbers, sign=st.sampled_from([1, -1]))
def test_growth_on_prior(
    connection: duckdb.DuckDBPyConnection, growth: Number, current: Number, prior: Number, sign: int
) -> None:
    expected = _judged(
        connection,
        "growth_on_prior",
        sign * growth.value,
        growth.half_width,
        current.value,
        current.half_width,
        prior.value,
        prior.half_width,
    )
    identity = growth_on_prior_identity("g", True, Term("growth", Decimal(sign)), "current", "prior")
    assert _holds(identity, growth=growth, current=current, prior=prior) is expected
    if expected is not None:
        assert _is_allowed(identity, growth=growth, current=current, prior=prior) is expected
