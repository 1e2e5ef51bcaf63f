"""The single wrong number, found by all identities it takes part in."""

from __future__ import annotations

from decimal import Decimal

from expectations.localise import Identity, Number, localise


def _numbers(**values: str) -> dict[str, Number]:
    half_width = Decimal("0.005")
    return {name: Number(Decimal(value), half_width) for name, value in values.items()}


def test_two_identities_agree_on_transposed_digits() -> None:
    numbers = _numbers(
        total="1530.55", a="1444.64", b="36.43", c="16.83", d="32.56", done="32.56", share="99.72"
    )
    identities = [
        Identity("sum", ("total", "a", "b", "c", "d"), holds=False),
        Identity("percentage", ("share", "done", "d"), holds=False),
    ]
    suspect = localise(identities, numbers)
    assert suspect is not None
    assert (suspect.number, suspect.expected, suspect.identities) == ("d", Decimal("32.65"), 2)


def test_an_identity_that_holds_clears_its_numbers() -> None:
    numbers = _numbers(
        row="12.00", basic="1.00", project="10.00", parent="20.00", other="9.00", column="19.00"
    )
    identities = [
        Identity("sum", ("row", "basic", "project"), holds=False),
        Identity("sum", ("parent", "project", "other"), holds=False),
    ]
    suspect = localise(identities, numbers)
    assert suspect is not None
    assert suspect.number == "project"
    cleared = [*identities, Identity("equal", ("column", "project"), holds=True)]
    assert localise(cleared, {**numbers, "column": numbers["project"]}) is None


def test_one_violation_alone_names_nobody() -> None:
    numbers = _numbers(total="10.00", a="4.00", b="5.00")
    assert localise([Identity("sum", ("total", "a", "b"), holds=False)], numbers) is None


def test_two_numbers_that_could_both_be_wrong_are_not_named() -> None:
    numbers = _numbers(left="10.00", right="11.00")
    identities = [
        Identity("equal", ("left", "right"), holds=False),
        Identity("equal", ("right", "left"), holds=False),
    ]
    assert localise(identities, numbers) is None
