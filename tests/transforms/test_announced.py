"""Titles that are printed where no table was read."""

from __future__ import annotations

import pytest

from transforms.announced import titles_without_table
from transforms.recognition import PageLines

TITLE = "部门收入总表"
Row = tuple[float, str, str]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ([(90.0, "heading", TITLE), (300.0, "body", "编码")], [TITLE]),
        # the amounts of a row are joined without blanks
        (
            [
                (90.0, "caption", TITLE),
                (200.0, "body", "10200114,534.654,534.65478.89"),
                (220.0, "body", "总计"),
            ],
            [TITLE],
        ),
        ([(90.0, "caption", TITLE), (200.0, "body", "说明：本表按收付实现制编制")], []),
        ([(20.0, "running_head", TITLE), (200.0, "body", "14,534.65 4,534.65 478.89")], []),
    ],
)
def test_a_title_is_told_where_it_heads_what_was_not_read(lines: list[Row], found: list[str]) -> None:
    told = titles_without_table(PageLines({5: lines}, set()))
    assert [title.text for _, title in told] == found
