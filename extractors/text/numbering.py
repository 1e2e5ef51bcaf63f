"""The printed numbers of headings and items, and the path of headings above a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_CHINESE = "一二三四五六七八九十百零〇"
_LEVELS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (0, re.compile(rf"第[{_CHINESE}\d]{{1,4}}(?:部分|章|篇)[:：、.]?")),
    (1, re.compile(rf"第[{_CHINESE}\d]{{1,4}}节[:：、.]?")),
    (2, re.compile(rf"[{_CHINESE}]{{1,4}}[、.．](?:(?!\d)|(?=20\d\d年))")),
    (3, re.compile(rf"[（(][{_CHINESE}]{{1,4}}[）)][、.．]?")),
    (4, re.compile(r"\d{1,3}(?:[、．]|\.(?!\d)|\.(?=20\d\d年))")),
    (5, re.compile(r"[（(]\d{1,3}[）)][、.．]?")),
    (6, re.compile(r"\d{1,2}[）)]|[①-⑳]")),
)
_STARTS = re.compile(rf"[第（(①-⑳\d{_CHINESE}]")
_INLINE_TITLE = re.compile(
    r"[^，。；：:、\d]{2,16}[。：:](?=.)|[^。；\d]{2,70}[（(]项[）)][。：:]"
    r"|[^，。；\d]{2,40}(?:情况|说明)。$"
)
MAX_HEADING = 60


def numbering_of(text: str) -> tuple[int, int] | None:
    """Return (level, length of the printed number) of a text that begins with one; level 0 is outermost."""
    if not _STARTS.match(text):
        return None
    for level, pattern in _LEVELS:
        match = pattern.match(text)
        if match:
            return level, match.end()
    return None


def inline_title(text: str, start: int) -> str | None:
    """Return the title, with its number, that opens a paragraph (``（一）基本支出。基本支出预算…``)."""
    match = _INLINE_TITLE.match(text, start)
    return text[: match.end() - 1] if match else None


@dataclass(slots=True)
class SectionPath:
    """The headings in force, outermost first."""

    entries: list[tuple[int, str]] = field(default_factory=list)

    def enter(self, level: int, title: str | None) -> None:
        """Close every heading of this level or deeper, then open ``title`` if there is one."""
        self.entries = [entry for entry in self.entries if entry[0] < level]
        if title is not None:
            self.entries.append((level, title))

    def __str__(self) -> str:
        return " / ".join(title for _, title in self.entries)
