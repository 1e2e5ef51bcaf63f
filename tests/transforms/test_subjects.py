"""Codes in every printed form, carried down where only the own level stands in a row."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.subjects import join_levels, scheme_of, split_embedded, subjects

_CLASSES = st.integers(201, 234).map(str)
_LEVEL = st.integers(1, 99).map(lambda number: f"{number:02}")


@given(
    st.lists(st.tuples(_CLASSES, _LEVEL, _LEVEL), min_size=1, max_size=20),
    st.sampled_from(["full", "own", "bare"]),
)
def test_codes_come_back_whatever_is_printed(items: list[tuple[str, str, str]], form: str) -> None:
    """Print a tree of codes as 类 款 项, in full, by own level only, or without leading zeros; read it back."""
    expected: list[str] = []
    printed: list[tuple[str, str, str]] = []
    for top, middle, low in items:
        for depth in (1, 2, 3):
            levels = [top, middle, low][:depth] + [""] * (3 - depth)
            expected.append("".join(levels))
            if form == "own":
                levels = ["" if index < depth - 1 else level for index, level in enumerate(levels)]
            elif form == "bare":
                levels = [level if index == 0 else level.lstrip("0") for index, level in enumerate(levels)]
            printed.append((levels[0], levels[1], levels[2]))
    read: list[str] = []
    previous = ("", "", "")
    for levels_of_row in printed:
        carried = join_levels(previous, levels_of_row)
        previous = carried
        read.append(next(code for code in reversed(carried) if code))
    assert read == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[2010601]行政运行", ("2010601", "行政运行")),
        ("30101-基本工资", ("30101", "基本工资")),
        ("501机关工资福利支出", ("501", "机关工资福利支出")),
        ("行政运行", None),
        ("2024年度", None),
        ("12345", None),
    ],
)
def test_codes_printed_inside_names(text: str, expected: tuple[str, str] | None) -> None:
    assert split_embedded(text) == expected


@pytest.mark.parametrize(
    ("code", "scheme"),
    [
        ("201", "functional"),
        ("2080505", "functional"),
        ("30231", "departmental"),
        ("50502", "governmental"),
        ("117001", None),
        ("3010101", None),
    ],
)
def test_the_class_tells_the_classification(code: str, scheme: str | None) -> None:
    assert scheme_of(code) == scheme


def test_names_that_changed_find_the_same_class() -> None:
    known = subjects("functional")
    assert known.find("文化体育与传媒支出", digits=3) == "207"
    assert known.find("文化旅游体育与传媒支出", digits=3) == "207"
    assert known.find("医疗卫生与计划生育支出", digits=3) == "210"


def test_a_name_is_looked_up_below_the_subject_above_it() -> None:
    known = subjects("functional")
    assert known.find("行政运行", within="20106", digits=7) == "2010601"
    assert known.find("行政运行", within="20131", digits=7) == "2013101"
