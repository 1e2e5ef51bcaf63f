"""The macros of rounding.sql against exact fractions."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.load import run_sql_file


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        run_sql_file(opened, "rounding.sql")
        yield opened


def literal(value: object) -> str:
    return "NULL" if value is None else f"{value}::DECIMAL(24, 6)"


def call(connection: duckdb.DuckDBPyConnection, name: str, *arguments: object) -> Any:
    row = connection.execute(f"SELECT {name}({', '.join(map(literal, arguments))})").fetchone()
    assert row
    return row[0]


def verdict(connection: duckdb.DuckDBPyConnection, kind: str, *arguments: object) -> Any:
    return call(connection, f"judge_{kind}", *arguments)["verdict"]


@pytest.mark.parametrize(
    ("unit", "decimals", "state", "expected"),
    [
        ("元", 2, "number", "0.005"),
        ("元", 0, "number", "0.5"),
        ("万元", 2, "number", "50"),
        ("万元", 0, "zero_printed", "5000"),
        ("万元", 6, "number", "0.005"),
        ("亿元", 2, "number", "500000"),
        ("亿元", 0, "number", "50000000"),
        ("元", 9, "number", "0.000001"),
        ("万元", None, "blank", "0"),
        ("万元", None, "dash", "0"),
        ("万元", None, "none_word", "0"),
        ("万元", None, "number", None),
        ("辆", 0, "number", None),
    ],
)
def test_half_width_in_yuan(
    connection: duckdb.DuckDBPyConnection, unit: str, decimals: int | None, state: str, expected: str | None
) -> None:
    found = connection.execute("SELECT half_width_yuan(?, ?, ?)", [unit, decimals, state]).fetchone()
    assert found == (None if expected is None else Decimal(expected),)


def test_self_evaluation_amounts_of_three_decimals_are_exact(connection: duckdb.DuckDBPyConnection) -> None:
    sql = "SELECT half_width_yuan_in(?, '万元', ?, 'number')"
    found = [connection.execute(sql, list(one)).fetchone() for one in (("PF", 3), ("PF", 2), ("T03", 3))]
    assert found == [(Decimal(0),), (Decimal(50),), (Decimal(5),)]


def test_counts_and_scores_are_exact_and_percentages_are_not(connection: duckdb.DuckDBPyConnection) -> None:
    sql = "SELECT half_width_printed(?, ?, 'number')"
    found = [
        connection.execute(sql, list(one)).fetchone() for one in (("辆", 0), ("分", 1), ("%", 2), ("万元", 2))
    ]
    assert found == [(Decimal(0),), (Decimal(0),), (Decimal("0.005"),), (Decimal("0.005"),)]


@pytest.mark.parametrize(
    ("kind", "arguments", "expected"),
    [
        ("equal", (326.71, 0.005, 326.72, 0.005, 1), "rounded"),  # touching is consistent
        ("equal", (326.71, 0.005, 326.73, 0.005, 1), "violated"),
        ("equal", (326.71, 0, 326.71, 0, 1), "exact"),
        ("equal", (None, 0, 326.71, 0, 1), None),
        ("equal", (1, None, 2, 0, 1), None),
        ("sum", (100, 0.5, 101, 1, 2), "rounded"),
        ("sum", (100, 0.5, 102, 1, 2), "violated"),
        ("at_most", (5, 0, 6, 0, 1), "exact"),
        ("at_most", (6, 0.5, 5, 0.5, 1), "rounded"),
        ("at_most", (7, 0.5, 5, 0.5, 1), "violated"),
        ("at_least", (6, 0, 5, 0, 1), "exact"),
        ("at_least", (5, 0.5, 6, 0.5, 1), "rounded"),
        ("at_least", (5, 0.5, 7, 0.5, 1), "violated"),
        ("greater", (6, 0.5, 5, 0.5, 1), "exact"),
        ("greater", (5, 0.5, 5, 0.5, 1), "violated"),
        ("greater", (4, 0.5, 5, 0.5, 1), "violated"),
        ("greater", (5, 0.5, 5.2, 0.005, 1), "rounded"),  # the coarser side may hide it
        ("greater", (5, None, 5.2, 0.005, 1), None),
        ("less", (5, 0.5, 6, 0.5, 1), "exact"),
        ("less", (5, 0.5, 5, 0.5, 1), "violated"),
        ("less", (5.2, 0.005, 5, 0.5, 1), "rounded"),
        ("unchanged", (5, 0.5, 6, 0.5, 1), "rounded"),
        ("unchanged", (5, 0.5, 6.1, 0.5, 1), "violated"),
        ("nearly_unchanged", (101, 0, 100, 0, 1), "rounded"),
        ("nearly_unchanged", (101.01, 0, 100, 0, 1), "violated"),
        ("exact", (3, 5, 3, 5, 1), "exact"),
        ("exact", (3, 5, 4, 5, 1), "violated"),
        ("exact", (None, 5, 4, 5, 1), None),
        ("shares", (100.02, 0.005, 100, 0, 3), "rounded"),
        ("shares", (100.05, 0.005, 100, 0, 3), "violated"),
        ("percentage", (33.33, 0.005, 1, 0, 3, 0), "rounded"),
        ("percentage", (50, 0.5, 1, 0, 2, 0), "exact"),
        ("percentage", (33.4, 0.05, 1, 0, 3, 0), "violated"),
        ("percentage", (33.4, 0.05, 1, 0.01, 3, 0), "rounded"),
        ("percentage", (0, 0.5, 0, 0, 0, 0), "rounded"),
        ("percentage", (100, 0.5, 0, 0, 0, 0), "rounded"),
        ("percentage", (50, 0.5, 0, 0, 0, 0), "violated"),
        ("percentage", (50, 0.5, 7, 0, 0, 0), "violated"),
        ("percentage", (50, 0.5, None, 0, 2, 0), None),
        ("growth", (25, 0.005, 125, 0, 25, 0), "exact"),
        ("growth", (-20, 0.005, 80, 0, -20, 0), "exact"),
        ("growth", (26, 0.005, 125, 0, 25, 0), "violated"),
        ("growth", (100, 0.005, 25, 0, 25, 0), "violated"),  # grown from nothing
        ("growth_on_prior", (25, 0.005, 125, 0, 100, 0), "exact"),
        ("growth_on_prior", (25, 0.005, 125, 0, 0, 0), "violated"),
        ("score", (9.67, 2, 967.1, 1000, 10), "exact"),
        ("score", (9.68, 2, 967.1, 1000, 10), "violated"),
        ("score", (9.7, 1, 967.1, 1000, 10), "rounded"),
        ("score", (10, 0, 1200, 1000, 10), "exact"),
        ("score", (9, 0, 1200, 1000, 10), "violated"),
        ("score", (9, 0, 1200, 0, 10), None),
        ("score", (9.99, 2, 99.945, 100, 10), "exact"),
        ("score", (10, 2, 99.945, 100, 10), "rounded"),  # by way of 99.95 %
        ("score", (9.98, 2, 99.945, 100, 10), "violated"),
        ("score", (20, 2, 99.9949, 100, 20), "exact"),
        ("score", (20.02, 2, 100.0949, 100, 20), "violated"),
    ],
)  # fmt: skip
def test_comparisons(
    connection: duckdb.DuckDBPyConnection, kind: str, arguments: tuple[object, ...], expected: str | None
) -> None:
    assert verdict(connection, kind, *arguments) == expected


def test_both_roundings_of_a_score_are_right(connection: duckdb.DuckDBPyConnection) -> None:
    # 31.0151 %: half of it is 15.50755 -> 15.51; half of 31.02 % is 15.51.
    assert verdict(connection, "score", "15.51", 2, "31.0151", 100, 50) == "exact"
    # 31.0249 %: half of it is 15.51245 -> 15.51; 31.0251 %: 15.51255 -> 15.51, but half of 31.03 % is 15.515 -> 15.52.
    assert verdict(connection, "score", "15.51", 2, "31.0251", 100, 50) == "exact"
    assert verdict(connection, "score", "15.52", 2, "31.0251", 100, 50) == "rounded"
    assert verdict(connection, "score", "15.52", 2, "31.0249", 100, 50) == "violated"


def test_long_sums_with_a_large_residual_get_a_note(connection: duckdb.DuckDBPyConnection) -> None:
    def note(residual: str, count: int) -> Any:
        return call(connection, "judge_sum", residual, "0.005", 0, Decimal("0.005") * count, count)["note"]

    assert note("0.02", 8) is None
    assert note("0.03", 8) == "large_rounding_residual"
    assert note("0.04", 12) == "large_rounding_residual"
    assert note("0.03", 12) is None
    assert note("0.04", 7) is None
    assert note("0.99", 8) is None  # violated already


def test_a_percentage_off_by_its_last_digit_is_noted(connection: duckdb.DuckDBPyConnection) -> None:
    def judged(value: str) -> Any:
        return call(connection, "judge_percentage", value, "0.005", 2, 0, 3, 0)

    assert judged("66.66")["verdict"] == "violated"
    assert judged("66.66")["residual"] == Decimal("-0.006666")
    assert judged("66.66")["note"] == "last_digit"
    assert judged("66.64")["note"] is None
    assert judged("66.67")["verdict"] == "rounded"


def test_numbers_beyond_decimal_give_no_verdict_instead_of_an_error(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    huge = "999999999999999999"
    assert verdict(connection, "percentage", huge, "0.005", huge, 0, "0.000001", 0) is None
    assert verdict(connection, "percentage", "0.01", "0.005", 1, 0, huge, 0) is None
    assert (
        verdict(connection, "percentage", huge, "0.005", "99999999999999999", 0, "0.000001", 0) == "violated"
    )


amounts = st.decimals(-(10**9), 10**9, places=2)
half_widths = st.sampled_from([Decimal("0"), Decimal("0.005"), Decimal("0.5"), Decimal("50")])


@given(
    percent=st.decimals(-300, 300, places=2),
    width=st.sampled_from([Decimal("0.005"), Decimal("0.05"), Decimal("0.5")]),
    part=amounts,
    part_width=half_widths,
    whole=amounts,
    whole_width=half_widths,
    near=st.booleans(),
)
def test_percentage_meets_its_interval(
    connection: duckdb.DuckDBPyConnection, percent: Decimal, width: Decimal, part: Decimal, part_width: Decimal,
    whole: Decimal, whole_width: Decimal, near: bool,
) -> None:  # fmt: skip
    if abs(whole) <= whole_width:
        return
    if near:  # otherwise nearly all random cases are far off
        percent = Decimal(round(Fraction(part) * 100 / Fraction(whole), 2).numerator) / Decimal(
            round(Fraction(part) * 100 / Fraction(whole), 2).denominator
        )
        percent = min(max(percent, Decimal(-(10**9))), Decimal(10**9))
    corners = [
        100
        * (Fraction(part) + one * Fraction(part_width))
        / (Fraction(whole) + other * Fraction(whole_width))
        for one in (-1, 1)
        for other in (-1, 1)
    ]
    low, high = Fraction(percent) - Fraction(width), Fraction(percent) + Fraction(width)
    consistent = low <= max(corners) and high >= min(corners)
    assert (
        verdict(connection, "percentage", percent, width, part, part_width, whole, whole_width) != "violated"
    ) == consistent


@given(amounts, half_widths, amounts, half_widths)
def test_equality_is_symmetric_and_follows_the_half_widths(
    connection: duckdb.DuckDBPyConnection,
    one: Decimal,
    one_width: Decimal,
    other: Decimal,
    other_width: Decimal,
) -> None:
    expected = (
        "exact" if one == other else "rounded" if abs(one - other) <= one_width + other_width else "violated"
    )
    assert verdict(connection, "equal", one, one_width, other, other_width, 1) == expected
    assert verdict(connection, "equal", other, other_width, one, one_width, 1) == expected


@given(
    executed=st.decimals(0, 1000, places=4),
    budget=st.decimals("0.01", 1000, places=4),
    weight=st.sampled_from([10, 20, 50]),
)
def test_scores_computed_either_way_are_right(
    connection: duckdb.DuckDBPyConnection, executed: Decimal, budget: Decimal, weight: int
) -> None:
    def half_up(value: Fraction) -> Decimal:
        return Decimal((200 * value + 1).__floor__() // 2) / 100

    rate = min(Fraction(executed) / Fraction(budget), Fraction(1))
    direct = half_up(rate * weight)
    by_rate = half_up(Fraction(half_up(rate * 100)) * weight / 100)
    assert verdict(connection, "score", direct, 2, executed, budget, weight) == "exact"
    assert verdict(connection, "score", by_rate, 2, executed, budget, weight) in ("exact", "rounded")
    assert verdict(connection, "score", direct + Decimal("0.05"), 2, executed, budget, weight) == "violated"


@pytest.mark.parametrize(
    ("printed", "part", "whole", "note"),
    [
        ("275.00", "132.54", "48.09", "last_digit"),  # 275.61 cut off to a whole number
        ("28.90", "51.33", "177.21", "last_digit"),  # 28.97 cut off to a tenth
        ("28.90", "51.83", "177.21", None),  # 29.25 is neither
        ("275.00", "137.54", "48.09", None),  # nor is 286.01
        ("275.12", "132.54", "48.09", None),  # no noughts at the end
    ],
)
def test_noughts_behind_a_coarser_percentage_are_noted(
    connection: duckdb.DuckDBPyConnection, printed: str, part: str, whole: str, note: str | None
) -> None:
    row = connection.execute(
        "SELECT unnest(judge_percentage($p::DECIMAL(12, 2), 0.005, $part::DECIMAL(12, 2), 0.005, $whole::DECIMAL(12, 2), 0.005))",
        {"p": printed, "part": part, "whole": whole},
    ).fetchone()
    assert row is not None
    assert (row[0], row[3]) == ("violated", note)
