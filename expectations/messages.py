"""What an official reads: both sides of a violation in Chinese, the difference, and the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

_SCALE = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
_PERCENT_KINDS = frozenset({"percentage", "growth", "growth_on_prior", "shares"})
_REASONS = {
    "from_ocr": "数据由扫描件识别而来，请对照原件复核",
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
    "direction": "与文字所述方向不符的对应数为",
    "percentage": "按所列金额计算应为",
    "growth": "按所列金额计算应为",
    "growth_on_prior": "按所列金额计算应为",
    "shares": "而应为",
    "score": "按执行率计算应为",
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One cell, claim, sentence or statement behind an outcome, with what is needed to name it."""

    evidence_id: str
    kind: str
    page: int | None
    row_label: str | None = None
    column_label: str | None = None
    raw_text: str | None = None
    unit: str | None = None
    value: Decimal | None = None
    statement_title: str | None = None
    sentence: str | None = None
    start: int | None = None
    end: int | None = None
    is_confirmed: bool = False
    elsewhere: str | None = None  # which other file it stands in; None where it is the finding's own


def amount_text(value: Decimal | None, unit: str | None) -> str:
    """A number as an official writes it: 元 amounts in the printed money unit, others as they are, with their unit."""
    if value is None:
        return "（无）"
    scale = _SCALE.get(unit or "", Decimal(1))
    places = 2 if unit in _SCALE else 6
    scaled = round(value / scale, places if unit != "亿元" else 4)
    text = f"{scaled:,f}"
    if unit not in _SCALE and "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{text}{'' if unit == '%' else ' ' if unit else ''}{unit or ''}"


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
        item.value is not None and item.value * _SCALE.get(item.unit or "", Decimal(1)) == actual
        for item in evidence
    )


def place_text(item: Evidence) -> str:
    """Where a piece of evidence stands, for a reader with the document in hand."""
    page = (item.elsewhere or "") + (f"第 {item.page} 页" if item.page else "")
    if item.kind == "cell":
        title = f"《{item.statement_title}》" if item.statement_title else "表"
        label = "".join(f"“{text}”" for text in (_short(item.row_label), _short(item.column_label)) if text)
        return f"{page}{title}{label}"
    if item.sentence:
        return f"{page}说明“{_excerpt(item)}”"
    return f"{page}《{item.statement_title}》" if item.statement_title else page or "全文"


def _short(text: str | None, limit: int = 30) -> str:
    folded = "".join((text or "").split())
    return folded if len(folded) <= limit else folded[: limit - 1] + "…"


def _excerpt(item: Evidence, limit: int = 60) -> str:
    text = item.sentence or ""
    if len(text) <= limit:
        return text
    middle = item.start if item.start is not None else 0
    first = max(0, min(middle - limit // 2, len(text) - limit))
    return ("…" if first else "") + text[first : first + limit] + ("…" if first + limit < len(text) else "")


def is_condition(
    kind: str, actual: Decimal | None, expected: Decimal | None, evidence: Sequence[Evidence]
) -> bool:
    """Whether an outcome counts places that should not be: its sides are then the rule's own, printed nowhere."""
    return kind == "exact" and expected == 0 and actual is not None and not _is_printed(actual, evidence[:1])


def printed_text(item: Evidence) -> str:
    """Return what stands at a piece of evidence, short enough for a column of the list."""
    if item.sentence:
        return _excerpt(item)
    return _short(item.raw_text, 40) or ("空白" if item.kind == "cell" else "")


def condition_message(
    title: str,
    actual: Decimal | None,
    evidence: Sequence[Evidence],
    sentence: str | None,
    missing_title: str | None = None,
) -> str:
    """Return the sentence of a finding that counts places: where, how many, and what the rule asks for.

    ``missing_title`` names the statement a finding about the whole document misses.
    """
    places = f"：{place_text(evidence[0])}" if evidence else ""
    if missing_title and places == "：全文":
        places = f"：全文未见《{missing_title}》"
    count = f"（共 {amount_text(actual, None)} 处）" if actual is not None and actual > 1 else ""
    return f"{title}{places}{count}。" + (f"规则：{sentence}" if sentence else "")


def message(
    title: str,
    kind: str,
    actual: Decimal | None,
    expected: Decimal | None,
    residual: Decimal | None,
    evidence: Sequence[Evidence],
    reason: str | None = None,
) -> str:
    """Return the finding's sentence: where, what is printed, what stands against it, and by how much."""
    unit = side_unit(kind, actual, evidence)
    first = place_text(evidence[0]) if evidence else ""
    others = [
        item
        for item in evidence[1:]
        if item.statement_title != evidence[0].statement_title or item.sentence or item.elsewhere
    ]
    parts = [f"{title}：{first}"]
    if actual is not None and expected is not None:
        parts.append(f"为 {amount_text(actual, unit)}，{_RELATIONS[kind]} {amount_text(expected, unit)}")
    if others:
        parts.append(f"（见{place_text(others[0])}）")
    if residual is not None and residual != 0 and kind != "exact":
        parts.append(f"，相差 {amount_text(abs(residual), '个百分点' if unit == '%' else unit)}")
    text = "".join(parts) + "。"
    return text + (_REASONS[reason] + "。" if reason in _REASONS else "")
