"""Dates that a page shows: beside a link, inside it, or in pieces. A date in a path is never believed alone."""

from __future__ import annotations

import re
from datetime import date

from selectolax.lexbor import LexborNode

from crawlers.text import fold

_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})日?(?!\d)")
#: Dates in pieces, as boxes show them: the day apart, or the year apart, before or after the rest.
_YEAR, _MONTH, _DAY = r"(?P<y>(?:19|20)\d{2})年?", r"(?P<m>\d{1,2})月?", r"(?P<d>\d{1,2})日?"
_IN_PIECES = tuple(
    re.compile(rf"(?<![\d./-]){pattern}(?![\d./-])")
    for pattern in (
        rf"{_DAY}\s+{_YEAR}\s*(?:[-./]|(?<=年))\s*{_MONTH}",
        rf"{_YEAR}\s*(?:[-./]|(?<=年))\s*{_MONTH}\s+{_DAY}",
        rf"{_MONTH}\s*(?:[-./]|(?<=月))\s*{_DAY}\s+{_YEAR}",
        rf"{_YEAR}\s+{_MONTH}\s*(?:[-./]|(?<=月))\s*{_DAY}",
    )
)
#: The same without anything but blanks between: believed only where nothing else is said.
_ALL_APART = tuple(
    re.compile(pattern)
    for pattern in (rf"{_YEAR}\s+{_MONTH}\s+{_DAY}", rf"{_DAY}\s+(?P<m>\d{{1,2}})月\s+{_YEAR}")
)
_MONTH_AND_DAY = re.compile(r"(?<![\d./-])(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?(?![\d./-])")
_PATH_DATE = re.compile(r"/(?:t|W0|P0)?((?:19|20)\d{2})[/-]?(\d{2})[/-]?(\d{2})(?=[/_-])")
_ONLY_DATE = re.compile(
    r"^[\[(（]?(?:19|20)\d{2}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?[\])）]?$"
)
_STATED = re.compile(
    r"(?:(?:发布|发文|公开|公示|上传|信息)(?:时间|日期)|(?<![\u4e00-\u9fff])(?:时间|日期)) ?[::] ?"
    r"((?:19|20)\d{2} ?[-./年] ?\d{1,2} ?[-./月] ?\d{1,2})"
    r"|((?:19|20)\d{2} ?[-./年] ?\d{1,2} ?[-./月] ?\d{1,2})日?[\])]? ?(?:\d{1,2}:\d{2}(?::\d{2})? ?)?(?:信息)?来源 ?[::]"
)
_LONGEST_DATE = 24
_OUTER = frozenset({"body", "html", "table", "ul", "ol", "tbody"})


def shown_date(text: str) -> str | None:
    """Return the first full date of a text as ISO 8601, None where there is none."""
    for match in _DATE.finditer(text):
        try:
            return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
        except ValueError:
            continue
    return None


def own_date_text(node: LexborNode) -> str:
    """The text of an element inside a link that holds nothing but a date; empty where there is none."""
    for child in node.css("span, em, i, b, p, div, time, small"):
        text = fold(child.text(separator=" "))
        if len(text) <= _LONGEST_DATE and (_ONLY_DATE.match(text) or _in_pieces(text, whole=True)):
            return text
    return ""


def own_date(node: LexborNode) -> str | None:
    """The date that an element inside a link shows."""
    text = own_date_text(node)
    return shown_date(text) or _in_pieces(text)


def stated_date(text: str) -> str | None:
    """The day on which a page says it was published (发布时间：…), in its own words."""
    match = _STATED.search(fold(text))
    return shown_date(next(group for group in match.groups() if group)) if match else None


class RowDates:
    """Dates beside the links of one page; what a box leads to is looked up once, however many links it holds."""

    def __init__(self) -> None:
        self._leads_elsewhere: dict[int, bool] = {}

    def date_of(self, node: LexborNode) -> str | None:
        """The date beside a link: in the smallest box around it that holds a date and leads nowhere else."""
        own = node.attributes.get("href")
        box = node.parent
        for _ in range(4):
            if box is None or box.tag in _OUTER or self._is_shared(box):
                return None
            text = box.text(separator=" ").replace(node.text(separator=" "), " ", 1)
            found = (
                shown_date(text)
                or _in_pieces(fold(text))
                or _dated_by_path(text, own or "")
                or _machine_date(box)
            )
            if found:
                return found
            box = box.parent
        return None

    def _is_shared(self, box: LexborNode) -> bool:
        """Say whether a box leads to more than one address."""
        if box.mem_id not in self._leads_elsewhere:
            self._leads_elsewhere[box.mem_id] = (
                len({one.attributes.get("href") for one in box.css("a[href]")}) > 1
            )
        return self._leads_elsewhere[box.mem_id]


def _in_pieces(text: str, *, whole: bool = False) -> str | None:
    """A date whose parts stand in boxes of their own; with ``whole`` the text must hold nothing else."""
    found = None
    for pattern in _IN_PIECES:
        found = found or (pattern.fullmatch(text) if whole else pattern.search(text))
    for pattern in _ALL_APART:
        found = found or pattern.fullmatch(text)
    return shown_date(f"{found['y']}-{found['m']}-{found['d']}") if found else None


def _machine_date(box: LexborNode) -> str | None:
    """The date that markup keeps for machines where people read 三个月前."""
    node = box.css_first("time[datetime]")
    return shown_date(node.attributes.get("datetime") or "") if node is not None else None


def _dated_by_path(text: str, href: str) -> str | None:
    """A date shown without its year, where the date in the path has the same month and day.

    The path alone is never believed: portals move and re-date articles (behaviour 5 of the portal notes).
    """
    shown = _MONTH_AND_DAY.search(text)
    path = _PATH_DATE.search(href)
    if not shown or not path or (int(shown[1]), int(shown[2])) != (int(path[2]), int(path[3])):
        return None
    return shown_date("-".join(path.groups()))
