"""What an official reads: both sides of a violation in Chinese, the difference, and the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from expectations.evidence_text import (
    Evidence,
    page_and_table,
    place_text,
    printed_number,
    printed_text,
)
from transforms.money_units import YUAN

_PERCENT_KINDS = frozenset({"percentage", "growth", "growth_on_prior", "shares"})
_REASONS = {
    "from_ocr": "数据由扫描件识别而来，请对照原件复核",
    "columns_read_off_text": "表格没有竖线，多处数字对不上，可能是行列未能正确识别，请对照原件复核",
    "column_uncertain": "表格没有竖线，有空格时数字所属的列不能确定，请对照原件复核",
    "unit_inferred": "金额单位系推断，请对照原件复核",
    "statement_partly_understood": "该表有未能识别的数字，请对照原件复核",
    "mostly_violated": "该表多数行都不满足此规则，可能是表格未能正确识别，请对照原件复核",
    "not_identified": "文件的单位、年度或文种未能识别，请先核实",
}
_RELATIONS = {
    "sum": "而分项之和为",
    "equal": "而对应数为",
    "unchanged": "而对应数为",
    "nearly_unchanged": "而对应数为",
    "exact": "而应为",
    "at_most": "却大于",
    "at_least": "却小于",
    "greater": "并不大于",
    "less": "并不小于",
    "direction": "与文字所述方向不符的是",
    "percentage": "按所列的数计算应为",
    "growth": "按所列的数计算应为",
    "growth_on_prior": "按所列的数计算应为",
    "shares": "而应为",
    "score": "按执行率计算应为",
}

#: How many places a finding that counts places tells.
_MOST_PLACES = 4

#: A requirement as its rule's title says it → the violation of it, for rules that compare two sides.
_OPPOSITES = {"=": "≠", "≤": "＞", "≥": "＜"}
_BROKEN = {
    "复算": "复算不符",
    "一致": "不一致",
    "相等": "不相等",
    "平衡": "不平衡",
    "齐全": "不齐全",
    "升序": "不升序",
    "连续": "不连续",
    "连续且唯一": "不连续或不唯一",
    "存在": "不存在",
    "存在且合法": "缺失或不合法",
    "匹配": "不匹配",
    "当年有效": "当年无效",
    "可解释": "无从解释",
    "互斥": "未分列",
    "覆盖正文用到的术语": "未覆盖常用术语",
    "计划购置数": "计划购置数矛盾",
    "口径": "口径不清",
    "=调整后/年初预算": "与年初预算不同",
}
_NAMES_A_FAULT = re.compile(r"[不未超过≠＞＜<>]|离群|占比高|率高|异常|以上|两个值|持平而")
_NAME_AND_BRACKET = re.compile(r"(.*?)(\([^()]*\))?")

_NUMBER = re.compile(r"\d[\d,，]*(\.\d+)?")


def amount_text(value: Decimal | None, unit: str | None) -> str:
    """A number as an official writes it: 元 amounts in the printed money unit, others as they are, with their unit."""
    if value is None:
        return "（无）"
    scale = YUAN.get(unit or "", Decimal(1))
    places = 2 if unit in YUAN else 6
    scaled = round(value / scale, places if unit != "亿元" else 4)
    text = f"{scaled:,f}"
    if unit not in YUAN and "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{text}{'' if unit == '%' else ' ' if unit else ''}{unit or ''}"


def headline(title: str, *, is_place_count: bool) -> str:
    """Return what is wrong in a few words: the rule's title, which says what should be, turned into its violation.

    A title that already names the fault stays as it is. ``is_place_count`` says that the rule counts places
    (:func:`is_condition`): the signs in such titles are part of a name.
    """
    parts = _NAME_AND_BRACKET.fullmatch(title)
    name, bracket = (parts[1], parts[2] or "") if parts else (title, "")
    if _NAMES_A_FAULT.search(name):
        return title
    signs = [sign for sign in _OPPOSITES if sign in name]
    if signs and not is_place_count:
        return f"{name.replace(signs[0], _OPPOSITES[signs[0]])}{bracket}" if len(signs) == 1 else title
    for end, broken in sorted(_BROKEN.items(), key=lambda item: -len(item[0])):
        if name.endswith(end):
            return f"{name.removesuffix(end)}{broken}{bracket}"
    return title if is_place_count else f"{name}不符{bracket}"


def side_text(kind: str, value: Decimal | None, other: Decimal | None, unit: str | None) -> str | None:
    """Return one side of a violation as it is shown in the list; ``other`` is the side it must be told from.

    A percentage is rounded to two decimals unless that hides the difference; numbers without a unit that are dates
    or years on both sides are written as such. None for a side that does not exist.
    """
    if value is None:
        return None
    if unit == "%" and other is not None:
        return f"{_told_apart(value, other)}%"
    if kind == "exact" and unit is None and other is not None:
        days = _day(value), _day(other)
        if all(days):
            return days[0]
        if all(_is_year(one) for one in (value, other)):
            return f"{int(value)} 年"
    return amount_text(value, unit)


def _told_apart(value: Decimal, other: Decimal) -> str:
    places = next((count for count in (2, 3, 4) if round(value, count) != round(other, count)), 6)
    text = f"{round(value, places):,f}"
    return text.rstrip("0").rstrip(".") if places == 6 and "." in text else text


def _day(value: Decimal) -> str | None:
    digits = f"{value.normalize():f}"
    if len(digits) != 8 or not digits.isdigit():
        return None
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return f"{day.year}年{day.month}月{day.day}日" if _is_year(Decimal(day.year)) else None


def _is_year(value: Decimal) -> bool:
    return value == int(value) and 1990 <= value <= 2100


def side_unit(kind: str, actual: Decimal | None, evidence: Sequence[Evidence]) -> str | None:
    """The unit both sides of an outcome are shown in; a count made by the rule itself has none."""
    if kind in _PERCENT_KINDS:
        return "%"
    if kind == "score":
        return "分"
    if kind == "exact" and not _is_printed(actual, evidence[:1]):
        return None
    units = [item.unit for item in evidence if item.unit and item.unit != "%"]
    return units[0] if units else None


def _is_printed(actual: Decimal | None, evidence: Sequence[Evidence]) -> bool:
    return any(
        item.value is not None and item.value * YUAN.get(item.unit or "", Decimal(1)) == actual
        for item in evidence
    )


def is_condition(
    kind: str, actual: Decimal | None, expected: Decimal | None, evidence: Sequence[Evidence]
) -> bool:
    """Whether an outcome counts places that should not be: its sides are then the rule's own, printed nowhere."""
    return kind == "exact" and expected == 0 and actual is not None and not _is_printed(actual, evidence[:1])


def condition_message(
    title: str,
    actual: Decimal | None,
    evidence: Sequence[Evidence],
    sentence: str | None,
    missing_title: str | None = None,
) -> str:
    """Return the sentence of a finding that counts places: where, what stands there, and what the rule asks for.

    ``missing_title`` names the statement a finding about the whole document misses.
    """
    places = f"：{_condition_places(evidence)}" if evidence else ""
    if missing_title and places == "：全文":
        places = f"：全文未见《{missing_title}》"
    count = f"（共 {amount_text(actual, None)} 处）" if actual is not None and actual > 1 else ""
    return f"{title}{places}{count}。" + (f"应当：{sentence}" if sentence else "")


def _condition_places(evidence: Sequence[Evidence]) -> str:
    first = evidence[0]
    told = [_place_and_print(first)]
    for item in evidence[1:]:
        if item.kind != "statement" and place_text(item) != place_text(first):
            told.append(_place_and_print(item, first))
    told = list(dict.fromkeys(told))
    return "，".join(told[:_MOST_PLACES]) + ("等" if len(told) > _MOST_PLACES else "")


def _place_and_print(item: Evidence, before: Evidence | None = None) -> str:
    """Return place and print; ``before`` is the place told before, whose page and table are not told again."""
    place = place_text(item)
    if before is not None and not item.sentence and page_and_table(before) == page_and_table(item):
        place = place.removeprefix(page_and_table(item))
    text = "" if item.sentence else printed_text(item)
    if not text:
        return place
    return f"{place}为空白" if text == "空白" else f"{place}为“{text}”"


def message(
    title: str,
    kind: str,
    actual: Decimal | None,
    expected: Decimal | None,
    residual: Decimal | None,
    evidence: Sequence[Evidence],
    reason: str | None = None,
    sentence: str | None = None,
) -> str:
    """Return the finding's sentence: where, what is printed, what stands against it, and by how much.

    ``sentence`` is the rule's own, told where the two sides are not what is printed.
    """
    if is_opposed_pair(kind, expected, evidence):
        text = f"{title}：{_opposed(evidence)}。"
    elif is_scaled(kind, actual, evidence):
        text = condition_message(title, None, evidence, sentence)
    else:
        text = f"{title}：{_two_sides(kind, actual, expected, residual, evidence)}。"
    return text + (_REASONS[reason] + "。" if reason in _REASONS else "")


def is_opposed_pair(kind: str, expected: Decimal | None, evidence: Sequence[Evidence]) -> bool:
    """Whether two statements of one direction contradict each other, so that there are no two numbers to compare."""
    return (
        kind == "direction" and expected == 0 and len(evidence) == 2 and all(one.sentence for one in evidence)
    )


def is_scaled(kind: str, actual: Decimal | None, evidence: Sequence[Evidence]) -> bool:
    """Whether a rule compares shares, so that its sides are multiples of what is printed and mean nothing to a reader."""
    if kind not in ("at_most", "at_least") or actual is None or not evidence:
        return False
    numbers = [number for number in map(_number_in_yuan, evidence) if number is not None]
    running, total = [], Decimal(0)
    for number in numbers:
        total += number
        running.append(total)
    return len(numbers) == len(evidence) and abs(actual) not in (*map(abs, numbers), *map(abs, running))


def sides(
    kind: str, actual: Decimal | None, expected: Decimal | None, evidence: Sequence[Evidence]
) -> tuple[str | None, str | None]:
    """Return both sides as the list shows them."""
    if is_opposed_pair(kind, expected, evidence) or is_scaled(kind, actual, evidence):
        if len(evidence) > 2:
            return None, None
        printed = [printed_number(item) or None for item in evidence]
        return printed[0], printed[1] if len(printed) > 1 else None
    unit = side_unit(kind, actual, evidence)
    return side_text(kind, actual, expected, unit), side_text(kind, expected, actual, unit)


def _number_in_yuan(item: Evidence) -> Decimal | None:
    """Return the number of a cell or claim, money in 元; None where it has none."""
    if item.value is not None:
        return item.value * YUAN.get(item.unit or "", Decimal(1))
    found = _NUMBER.search(printed_number(item))
    return (
        Decimal(found[0].replace(",", "").replace("，", "")) * YUAN.get(item.unit or "", Decimal(1))
        if found
        else None
    )


def _opposed(evidence: Sequence[Evidence]) -> str:
    first, second = (printed_number(item) for item in evidence)
    return f"{place_text(evidence[0])}中“{second}”与“{first}”所说的增减方向相反"


def _two_sides(
    kind: str,
    actual: Decimal | None,
    expected: Decimal | None,
    residual: Decimal | None,
    evidence: Sequence[Evidence],
) -> str:
    place = place_text(evidence[0]) if evidence else ""
    parts = [place]
    left, right = sides(kind, actual, expected, evidence)
    if left is not None and right is not None:
        verb = "写的是" if evidence and evidence[0].sentence else "为"
        parts.append(f"{verb} {left}，{_relation(kind, evidence)} {right}")
    elif kind in _PERCENT_KINDS:
        parts.append("，而按所列的数，作比较的基数为零，算不出百分比")
    other = next((text for text in map(place_text, _elsewhere(evidence)) if text != place), None)
    if other:
        parts.append(f"（见{other}）")
    unit = side_unit(kind, actual, evidence)
    if residual is not None and residual != 0 and kind != "exact":
        apart = (
            f"{_told_apart(abs(residual), Decimal(0))} 个百分点"
            if unit == "%"
            else amount_text(abs(residual), unit)
        )
        parts.append(f"，相差 {apart}")
    return "".join(parts)


def _relation(kind: str, evidence: Sequence[Evidence]) -> str:
    if kind == "sum" and len(evidence) > 2:
        return f"而 {len(evidence) - 1} 个分项之和为"
    if kind in _PERCENT_KINDS and kind != "shares":
        used = [text for text in map(printed_number, evidence[1:]) if text]
        if len(used) == len(evidence) - 1 and 0 < len(used) <= 3:
            return f"按 {'、'.join(used)} 计算应为"
    return _RELATIONS[kind]


def _elsewhere(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return the evidence that stands in another statement or sentence than the first."""
    return [
        item
        for item in evidence[1:]
        if (item.sentence and item.sentence != evidence[0].sentence)
        or (not item.sentence and item.statement_title != evidence[0].statement_title)
        or item.elsewhere
    ]
