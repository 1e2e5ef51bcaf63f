"""Printed numbers: what is read is exactly what was printed, and nothing is guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.printed_number import CellState, fold, read_printed_number

AMOUNTS = st.decimals(min_value=-(10**15), max_value=10**15, places=2, allow_nan=False, allow_infinity=False)


@given(amount=AMOUNTS, separators=st.booleans(), spaces=st.sampled_from(["", " ", "　"]))
def test_amounts_are_read_back_exactly(amount: Decimal, separators: bool, spaces: str) -> None:
    text = spaces + (f"{amount:,.2f}" if separators else f"{amount:.2f}") + spaces
    printed = read_printed_number(text)
    assert (printed.value, printed.decimals) == (amount, 2)
    assert printed.state is (CellState.ZERO_PRINTED if amount == 0 else CellState.NUMBER)


@given(text=st.text(max_size=30))
def test_any_text_has_a_state_and_only_numbers_a_value(text: str) -> None:
    printed = read_printed_number(text)
    has_value = printed.state in {CellState.NUMBER, CellState.ZERO_PRINTED, CellState.PERCENT}
    assert has_value == (printed.value is not None) == (printed.decimals is not None)
    assert (printed.state is CellState.BLANK) == (fold(text) == "")


@pytest.mark.parametrize(
    ("text", "state", "value"),
    [
        ("", CellState.BLANK, None),
        ("0", CellState.ZERO_PRINTED, Decimal(0)),
        ("0.00", CellState.ZERO_PRINTED, Decimal(0)),
        ("——", CellState.DASH, None),
        ("无", CellState.NONE_WORD, None),
        ("…", CellState.ELLIPSIS, None),
        ("１２．５０", CellState.NUMBER, Decimal("12.5")),
        ("-3.20", CellState.NUMBER, Decimal("-3.2")),
        ("(1,234.50)", CellState.NUMBER, Decimal("-1234.5")),
        ("(1)", CellState.TEXT, None),
        ("12,34", CellState.TEXT, None),
        ("98.50%", CellState.PERCENT, Decimal("98.5")),
        ("2010601", CellState.NUMBER, Decimal(2010601)),
        ("1.2.3", CellState.TEXT, None),
        ("123456789012345678", CellState.NUMBER, Decimal(123456789012345678)),
        ("1234567890123456789", CellState.TEXT, None),
        ("0.1234567", CellState.TEXT, None),
        ("约5", CellState.TEXT, None),
        ("\ue001", CellState.UNREADABLE, None),
        ("########", CellState.UNREADABLE, None),
        ("#DIV/0!", CellState.UNREADABLE, None),
        ("#1", CellState.TEXT, None),
    ],
)
def test_states(text: str, state: CellState, value: Decimal | None) -> None:
    printed = read_printed_number(text)
    assert (printed.state, printed.value) == (state, value)
