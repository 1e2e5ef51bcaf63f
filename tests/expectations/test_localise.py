"""Error localisation: the smallest set of wrong numbers, found by all identities they take part in."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.localise import Localisation, localise
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

_HALF = Decimal("0.005")


def _numbers(**values: str) -> dict[str, Number]:
    return {name: Number(Decimal(value), _HALF) for name, value in values.items()}


def _judged(identities: list[Identity], numbers: dict[str, Number]) -> list[Identity]:
    """The identities with what the printed numbers say of them."""
    printed = {name: number.value for name, number in numbers.items()}
    return [
        Identity(
            one.name,
            satisfied(one, numbers, printed) is True,
            one.terms,
            one.whole,
            one.percentage,
            one.offset,
        )
        for one in identities
    ]


def _only(found: list[Localisation]) -> Localisation:
    (one,) = found
    return one


def test_two_identities_agree_on_transposed_digits() -> None:
    numbers = _numbers(
        total="1530.55", a="1444.64", b="36.43", c="16.83", d="32.56", done="32.56", share="99.72"
    )
    identities = [
        sum_identity("parts", False, ("total", "a", "b", "c", "d")),
        percentage_identity("completion", False, "share", "done", "d"),
    ]
    (repair,) = _only(localise(identities, numbers)).certain
    assert (repair.number, repair.expected, repair.identities) == (
        "d", Decimal("32.65"), ("parts", "completion")
    )  # fmt: skip


def test_what_holds_clears_its_numbers() -> None:
    numbers = _numbers(row="12.00", basic="1.00", project="10.00", parent="20.00", other="9.00")
    row = sum_identity("row", False, ("row", "basic", "project"))
    column = sum_identity("column", False, ("parent", "project", "other"))
    (repair,) = _only(localise([row, column], numbers)).certain
    assert (repair.number, repair.expected) == ("project", Decimal("11.00"))
    held = {**numbers, "copy": numbers["project"], "again": numbers["project"]}
    cleared = [
        row,
        column,
        sum_identity("copy", True, ("copy", "project")),
        sum_identity("again", True, ("again", "project")),
    ]
    assert "project" not in {repair.number for repair in _only(localise(cleared, held)).certain}


def test_the_number_nothing_confirms_is_the_wrong_one() -> None:
    numbers = _numbers(said="32.65", cell="32.56", total="42.56", other="10.00", copy="42.56")
    identities = [
        sum_identity("text", False, ("said", "cell")),
        sum_identity("table", True, ("total", "cell", "other")),
    ]
    (repair,) = _only(localise(identities, numbers)).certain
    assert (repair.number, repair.expected) == ("said", Decimal("32.56"))


def test_equal_candidates_are_all_named_and_none_is_certain() -> None:
    found = _only(
        localise([sum_identity("pair", False, ("left", "right"))], _numbers(left="10.00", right="11.00"))
    )
    assert not found.certain
    assert [[repair.number for repair in one] for one in found.alternatives] == [["left"], ["right"]]
    assert [one[0].expected for one in found.alternatives] == [Decimal("11.00"), Decimal("10.00")]


def test_a_lone_long_sum_names_nobody() -> None:
    numbers = _numbers(total="10.00", a="4.00", b="5.00", c="0.50", d="0.10")
    assert _only(
        localise([sum_identity("sum", False, ("total", "a", "b", "c", "d"))], numbers)
    ) == Localisation(("sum",))


def test_a_doubtful_reading_is_doubted_first() -> None:
    numbers = {"left": Number(Decimal(10), _HALF, 0.5), "right": Number(Decimal(11), _HALF)}
    (repair,) = _only(localise([sum_identity("pair", False, ("left", "right"))], numbers)).certain
    assert repair.number == "left"


def test_growth_names_the_percentage_where_the_amounts_are_confirmed() -> None:
    numbers = _numbers(now="22066.59", change="5834.37", growth="35.74", table="22066.59", before="16232.22")
    identities = [
        growth_identity("growth", False, Term("growth"), "now", Term("change")),
        sum_identity("table", True, ("now", "table")),
        sum_identity("years", True, ("now", "before", "change")),
    ]
    (repair,) = _only(localise(identities, numbers)).certain
    assert (repair.number, repair.expected) == ("growth", Decimal("35.94"))


def test_falls_have_their_own_sign() -> None:
    numbers = _numbers(now="10.00", change="1.00", growth="1.10", before="11.00", again="9.09")
    identities = _judged(
        [
            growth_identity("growth", False, Term("growth", Decimal(-1)), "now", Term("change", Decimal(-1))),
            growth_on_prior_identity("pair", True, Term("again", Decimal(-1)), "now", "before"),
            sum_identity("years", True, ("now", "before", "change"), (1, -1, 1)),
        ],
        numbers,
    )
    assert [one.holds for one in identities] == [False, True, True]
    (repair,) = _only(localise(identities, numbers)).certain
    assert (repair.number, repair.expected) == ("growth", Decimal("9.09"))


def test_numbers_that_are_not_open_to_doubt_stay() -> None:
    numbers = {"left": Number(Decimal(10), _HALF, is_open=False), "right": Number(Decimal(11), _HALF)}
    (repair,) = _only(localise([sum_identity("pair", False, ("left", "right"))], numbers)).certain
    assert repair.number == "right"


def test_two_wrong_numbers_of_one_table_are_both_named() -> None:
    numbers = _table([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
    identities = _identities(3, 3)
    wrong = _corrupted(numbers, {"c0.0": 100, "c1.2": -50})
    found = localise(_judged(identities, wrong), wrong)
    repaired = {repair.number: repair.expected for one in found for repair in one.certain}
    assert repaired == {name: numbers[name].value for name in ("c0.0", "c1.2")}


# ---- Random tables: rows, columns and a copy of the totals ---------------------------------------------------------


def _table(cells: list[list[int]]) -> dict[str, Number]:
    """A consistent table of hundredths with its row, column and grand totals."""
    values = {f"c{i}.{j}": value for i, row in enumerate(cells) for j, value in enumerate(row)}
    values |= {f"r{i}": sum(row) for i, row in enumerate(cells)}
    values |= {f"k{j}": sum(row[j] for row in cells) for j in range(len(cells[0]))}
    values |= {name: sum(map(sum, cells)) for name in ("all", "copy")}
    return {name: Number(Decimal(value) / 100, _HALF) for name, value in values.items()}


def _identities(height: int, width: int) -> list[Identity]:
    rows, columns = range(height), range(width)
    return [
        *(sum_identity(f"row {i}", True, (f"r{i}", *(f"c{i}.{j}" for j in columns))) for i in rows),
        *(sum_identity(f"column {j}", True, (f"k{j}", *(f"c{i}.{j}" for i in rows))) for j in columns),
        sum_identity("down", True, ("all", *(f"r{i}" for i in rows))),
        sum_identity("across", True, ("all", *(f"k{j}" for j in columns))),
        sum_identity("copy", True, ("all", "copy")),
    ]


def _corrupted(numbers: dict[str, Number], changes: dict[str, int]) -> dict[str, Number]:
    return numbers | {name: Number(numbers[name].value + change, _HALF) for name, change in changes.items()}


_TABLES = st.integers(3, 4).flatmap(
    lambda height: st.integers(3, 4).flatmap(
        lambda width: st.lists(
            st.lists(st.integers(1, 10**9), min_size=width, max_size=width), min_size=height, max_size=height
        )
    )
)


@given(cells=_TABLES, data=st.data())
@settings(max_examples=12, deadline=None)
def test_what_is_named_repairs_every_identity_with_no_more_numbers_than_were_changed(
    cells: list[list[int]], data: st.DataObject
) -> None:
    numbers, height, width = _table(cells), len(cells), len(cells[0])
    wrong_names = data.draw(st.lists(st.sampled_from(sorted(numbers)), min_size=1, max_size=3, unique=True))
    changes = {name: data.draw(st.integers(1, 10**6).map(lambda size: size * 7)) for name in wrong_names}
    wrong = _corrupted(numbers, changes)
    identities = _judged(_identities(height, width), wrong)
    found = localise(identities, wrong)
    named = {repair.number: repair for one in found for repair in one.certain}
    assert len(named) <= len(changes)
    for one in found:
        for chosen in (one.certain,) if not one.alternatives else one.alternatives:
            if not chosen or any(repair.expected is None for repair in chosen):
                continue
            if one.certain and any(
                set(repair.also) - {other.number for other in chosen} for repair in chosen
            ):
                continue
            values = {name: number.value for name, number in wrong.items()}
            values |= {repair.number: repair.expected for repair in chosen if repair.expected is not None}
            own = [identity for identity in identities if identity.name in one.violated]
            touched = {name for repair in chosen for name in repair.identities}
            own += [identity for identity in identities if identity.name in touched]
            assert all(satisfied(identity, wrong, values) for identity in own)
    assert localise(identities, wrong) == found


@given(cells=_TABLES, data=st.data(), change=st.integers(1, 10**7))
@settings(max_examples=12, deadline=None)
def test_one_wrong_cell_inside_a_table_is_always_found(
    cells: list[list[int]], data: st.DataObject, change: int
) -> None:
    numbers = _table(cells)
    name = data.draw(st.sampled_from(sorted(one for one in numbers if one.startswith("c") and "." in one)))
    wrong = _corrupted(numbers, {name: change})
    (repair,) = _only(localise(_judged(_identities(len(cells), len(cells[0])), wrong), wrong)).certain
    assert repair.number == name
    # a sum may be off by half a digit a number
    assert repair.expected is not None
    assert abs(repair.expected - numbers[name].value) <= Decimal("0.06")
