"""What is printed at the left of one row of one block: label, codes, unit, year, and remarks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from transforms.blocks import Block, CodeGroup
from transforms.grid import Grid
from transforms.subjects import join_levels, scheme_of, split_embedded
from transforms.wording import bare_label, clean

_TOTAL = re.compile(
    r"(?:合|总|共|小)计(?:\(.*\))?|(?:收入|支出|本年收入|本年支出|部门|单位|金额)(?:合|总)计|总额"
)


@dataclass(slots=True)
class Subject:
    """One printed subject: its classification, full code, and the name beside it."""

    scheme: str
    code: str
    name: str


@dataclass(slots=True)
class RowText:
    """The printed identity of one row on one side."""

    row: int
    group_label: str = (
        ""  # label of the group a detail row belongs to, where two label columns stand side by side
    )
    label: str = ""  # as printed, cleaned of white space and quotation marks
    subjects: list[Subject] = field(default_factory=list)
    unknown_code: str = ""  # digits printed in a code column that are no code of 3, 5 or 7 digits
    unit_name: str = ""
    unit_code: str = ""
    year: str = ""
    texts: list[str] = field(default_factory=list)

    @property
    def bare(self) -> str:
        """Return the label without numbering."""
        return bare_label(self.label)

    @property
    def is_total(self) -> bool:
        """Whether the row is a grand total (合计, 总计) and no subject's own."""
        return bool(_TOTAL.fullmatch(self.bare)) and "小计" not in self.bare and not self.subjects

    def of(self, *schemes: str) -> Subject | None:
        """Return the row's subject in the first of the given classifications that it has."""
        for scheme in schemes:
            for subject in self.subjects:
                if subject.scheme == scheme:
                    return subject
        return None


#: The own level's digits in front of the name: without upright rules they may lie in its column. No name begins with two.
_LEVEL_IN_NAME = re.compile(r"(\d{2}) ?(?=[^\d\s])(?!年|号)(.+)")


class RowReader:
    """Reads the rows of one block from top to bottom, carrying codes down where only the own level is printed."""

    def __init__(self, block: Block) -> None:
        self.block = block
        self._previous: dict[int, tuple[str, str, str]] = {}

    def read(self, grid: Grid, row: int) -> RowText:
        """Return what is printed at the left of a row."""
        block = self.block
        result = RowText(row)
        labels: list[str] = []
        for index, group in enumerate(block.groups):
            self._read_group(grid, result, labels, index, group)
        extra = [column for column in block.labels if all(group.name != column for group in block.groups)]
        labels.extend(clean(grid.text_at(row, column)) for column in extra)
        result.unit_name = _joined(grid, row, block.units)
        result.unit_code = _joined(grid, row, block.unit_codes)
        result.year = _joined(grid, row, block.years)
        result.texts = [text for column in block.texts if (text := clean(grid.text_at(row, column)))]
        result.label = _choose_label(labels)
        result.group_label = next((label for label in labels if label and label != result.label), "")
        if _TOTAL.fullmatch(result.unit_code):
            result.label, result.unit_code, result.unit_name = result.label or result.unit_code, "", ""
        if not result.label:
            result.label = result.subjects[0].name if result.subjects else result.unit_name
        if not result.label and result.texts:
            result.label = result.texts[0]
        return result

    def _read_group(
        self, grid: Grid, result: RowText, labels: list[str], index: int, group: CodeGroup
    ) -> None:
        row = result.row
        name = clean(grid.text_at(row, group.name)) if group.name else ""
        code = ""
        if group.levels:
            levels = [grid.text_at(row, group.levels[i]) if i in group.levels else "" for i in range(3)]
            if (drawn := _LEVEL_IN_NAME.match(name)) and not levels[-1] and any(levels):
                levels[levels.index("")], name = drawn[1], drawn[2]
            code = self._code_of_levels(index, (levels[0], levels[1], levels[2]), labels)
        elif group.single:
            text = clean(grid.text_at(row, group.single))
            code = self._code_of_single(index, group, text, name, labels, result)
        if not code and (embedded := split_embedded(name)):
            code, name = embedded
        if code and (scheme := scheme_of(code)):
            result.subjects.append(Subject(scheme, code, name))
        elif code:
            result.unknown_code = code
        if name:
            labels.append(name)

    def _code_of_levels(self, index: int, levels: tuple[str, str, str], labels: list[str]) -> str:
        words = [level for level in levels if level and not re.search(r"\d", level)]
        if words:
            labels.extend(word for word in dict.fromkeys(words) if word not in ("类", "款", "项"))
            return ""
        carried = join_levels(self._previous.get(index, ("", "", "")), levels)
        if any(carried):
            self._previous[index] = carried
        return next((code for code in reversed(carried) if code), "")

    def _code_of_single(
        self, index: int, group: CodeGroup, text: str, name: str, labels: list[str], result: RowText
    ) -> str:
        if not text:
            return ""
        if embedded := split_embedded(text):
            if not name:
                labels.append(embedded[1])
            return embedded[0]
        digits = re.sub(r"(?<=\d)[-—.·](?=\d{2}(?!\d))", "", re.sub(r"\.0$", "", text))
        if not digits.isdigit():
            labels.append(text)
            return ""
        if len(digits) <= 2:
            previous = self._previous.get(index, ("", "", ""))
            digits = (previous[0] + digits.zfill(2)) if previous[0] else digits
        if scheme_of(digits):
            self._previous[index] = (digits[:3], digits[:5], digits)
        return digits


def _joined(grid: Grid, row: int, columns: list[int]) -> str:
    texts = [clean(grid.text_at(row, column)) for column in columns]
    return "".join(dict.fromkeys(text for text in texts if text))


def _choose_label(labels: list[str]) -> str:
    """Choose among the label columns of a row: the last, unless it only says 小计 of the one before."""
    different = list(dict.fromkeys(label for label in labels if label))
    if len(different) > 1 and _TOTAL.fullmatch(bare_label(different[-1])):
        return different[0]
    return (
        different[-1]
        if different and not _TOTAL.fullmatch(bare_label(different[0]))
        else "".join(different[:1])
    )
