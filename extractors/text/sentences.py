"""The narrative: paragraphs with their headings, cut into sentences that point back at their page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from extractors.page_objects import Box
from extractors.printed_number import fold
from extractors.surroundings import PageText
from extractors.text.numbering import MAX_HEADING, SectionPath, inline_title, numbering_of
from extractors.text.paragraphs import Paragraph, body_size, group_paragraphs, place_lines

_STOP = "。；;！？"
_OPENING, _CLOSING = "（([【《", "）)]】》"
_QUOTED = re.compile(r"“[^“”]{0,80}”")
_CLOSING_MARKS = _CLOSING + "”"
_HAS_AMOUNT = re.compile(r"\d[\d,.]*(?:万|亿)?元|\d%|\d[个辆台人项]")
_ENDS_PROSE = re.compile(r"[。；;，,！？]$")
_BARE_NUMBER = re.compile(r"[-—–－·.\s]*\d{1,4}[-—–－·.\s]*")
_DASHED_NUMBER = re.compile(r"[-—–－]+\d{1,4}[-—–－]+|第\d{1,4}页(?:[,，/]?共\d{1,4}页)?")
_CONTENTS_TITLE = frozenset({"目录", "目次", "目　录"})
_FIGURE_TITLE = re.compile(r"[图表][\d一二三四五六七八九十]{1,3}[-\d]*[:：.、]?")
_MAX_CONTENTS_PAGES = 4


class Narrative(NamedTuple):
    """Rows of the frames SENTENCE and FRAGMENT, in schema order (line roles are set on the pages)."""

    sentences: list[tuple[Any, ...]]
    fragments: list[tuple[Any, ...]]


def build_sentences(
    pages: Sequence[PageText], table_boxes: Mapping[int, Sequence[Box]], method: str = "text"
) -> Narrative:
    """Cut the body text of a document into sentences, and mark headings and contents among the lines' roles.

    ``pages`` come with captions, notes, page numbers and running heads already marked; body lines are read,
    and captions that carry on the prose above them. ``table_boxes`` are the tables' boxes by page. A sentence
    ends at 。；！？ outside brackets and quotes, or with its paragraph; a heading is a sentence of its own.
    """
    _mark_page_numbers(pages)
    _mark_contents(pages)
    _take_back_prose(pages)
    placed = place_lines(pages)
    usual_size = body_size(placed)
    by_number = {page.page_no: page for page in pages}
    path = SectionPath()
    result = Narrative([], [])
    for number, paragraph in enumerate(group_paragraphs(placed, table_boxes), start=1):
        role = "heading" if _is_heading(paragraph, usual_size) else "body"
        _enter_section(path, paragraph.text, role)
        if role == "heading":
            for item in paragraph.lines:
                by_number[item.page_no].roles[item.index] = "heading"
        for start, end in _sentence_spans(paragraph.text):
            _add_sentence(result, paragraph, (start, end), (number, str(path), role, method))
    return result


def _mark_page_numbers(pages: Sequence[PageText]) -> None:
    """Mark page numbers that stand too far inside the page to be found by their height alone."""
    for page in pages:
        body = [index for index, role in enumerate(page.roles) if role == "body"]
        for index in {body[0], body[-1]} if body else ():
            line = page.lines[index]
            in_outer_part = line.bottom < 0.15 * page.height or line.top > 0.85 * page.height
            if _DASHED_NUMBER.fullmatch(line.text) or (in_outer_part and _BARE_NUMBER.fullmatch(line.text)):
                page.roles[index] = "page_number"


def _mark_contents(pages: Sequence[PageText]) -> None:
    """Mark the lines after the word 目录, up to where its first entry is printed again or prose begins."""
    first_entry: str | None = None
    start_page = 0
    for page in pages:
        for index, line in enumerate(page.lines):
            if page.roles[index] != "body":
                continue
            text = fold(line.text)
            if start_page == 0:
                if text in _CONTENTS_TITLE:
                    start_page = page.page_no
                    page.roles[index] = "contents"
                continue
            entry = text.rstrip("0123456789.…·-—")
            if entry == first_entry or len(text) > 50 or text.endswith("。"):
                return
            if page.page_no - start_page > _MAX_CONTENTS_PAGES:
                return
            first_entry = first_entry or entry
            page.roles[index] = "contents"


def _take_back_prose(pages: Sequence[PageText]) -> None:
    """Give prose that was taken for a table's caption or note back to the body.

    Of a caption everything up to its last full stop is prose; of a note everything from the next chapter or
    first-level heading on.
    """
    for page in pages:
        for start, end in _blocks(page.roles):
            lines = page.lines[start:end]
            if page.roles[start] == "caption":
                stops = [index for index, line in enumerate(lines) if _ENDS_PROSE.search(line.text)]
                taken = range(start, start + stops[-1] + 1) if stops else range(0)
            else:
                headings = [index for index, line in enumerate(lines) if _opens_chapter(line.text)]
                taken = range(start + headings[0], end) if headings else range(0)
            for index in taken:
                page.roles[index] = "body"


def _blocks(roles: Sequence[str]) -> list[tuple[int, int]]:
    """Return start and end of each run of captions or notes."""
    blocks: list[tuple[int, int]] = []
    for index, role in enumerate(roles):
        if role not in {"caption", "note"}:
            continue
        if blocks and blocks[-1][1] == index and roles[index - 1] == role:
            blocks[-1] = (blocks[-1][0], index + 1)
        else:
            blocks.append((index, index + 1))
    return blocks


def _opens_chapter(text: str) -> bool:
    numbering = numbering_of(text)
    return numbering is not None and numbering[0] <= 2 and not _ENDS_PROSE.search(text)


def _is_heading(paragraph: Paragraph, usual_size: float) -> bool:
    text = paragraph.text
    if len(text) > MAX_HEADING or len(paragraph.lines) > 3 or _ENDS_PROSE.search(text):
        return False
    if _HAS_AMOUNT.search(text) or _BARE_NUMBER.fullmatch(text) or _FIGURE_TITLE.match(text):
        return False
    if numbering_of(text) is not None:
        return not text.endswith(("：", ":")) or len(text) < 25
    first = paragraph.lines[0]
    is_title = first.is_centred or (usual_size > 0 and first.line.size > usual_size + 1.2)
    return is_title and not text.endswith(("：", ":")) and "，" not in text


def _enter_section(path: SectionPath, text: str, role: str) -> None:
    numbering = numbering_of(text)
    if numbering is None:
        if role == "heading":
            path.enter(0, text)
        return
    level, end = numbering
    path.enter(level, text if role == "heading" else inline_title(text, end))


def _sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return start and end of each sentence; very long brackets do not hold a sentence together."""
    spans: list[tuple[int, int]] = []
    start, opened_at, depth = 0, 0, 0
    quoted = {index for match in _QUOTED.finditer(text) for index in range(*match.span())}
    for index, character in enumerate(text):
        if index in quoted:
            continue  # 八项规定“ with two opening marks holds nothing together
        if character in _OPENING:
            opened_at = index if depth == 0 else opened_at
            depth += 1
        elif character in _CLOSING:
            depth = max(0, depth - 1)
        elif character in _STOP and (depth == 0 or index - opened_at > 120):
            spans.append((start, index + 1))
            start, depth = index + 1, 0
    if start < len(text):
        spans.append((start, len(text)))
    return _with_closing_marks(text, spans)


def _with_closing_marks(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Put a closing quote or bracket, or a repeated stop, that follows a stop back to its sentence."""
    result: list[tuple[int, int]] = []
    for start, end in spans:
        if result and all(c in _CLOSING_MARKS + _STOP for c in text[start:end]):
            result[-1] = (result[-1][0], end)
        else:
            result.append((start, end))
    return result


def _add_sentence(
    result: Narrative, paragraph: Paragraph, span: tuple[int, int], labels: tuple[int, str, str, str]
) -> None:
    start, end = span
    number, section, role, method = labels
    sentence_no = len(result.sentences) + 1
    pages: list[int] = []
    position, fragment_no = 0, 0
    for item in paragraph.lines:
        first, last = max(start, position), min(end, position + len(item.text))
        if first < last:
            fragment_no += 1
            pages.append(item.page_no)
            own = slice(first - position, last - position)
            result.fragments.append(
                (
                    sentence_no,
                    fragment_no,
                    item.page_no,
                    first - start,
                    last - start,
                    item.line.top,
                    item.line.bottom,
                    list(item.line.char_x0[own]),
                    list(item.line.char_x1[own]),
                )
            )
        position += len(item.text)
    text = paragraph.text[start:end]
    result.sentences.append((sentence_no, section, pages[0], pages[-1], text, method, number, role))
