"""Things on a page that look like tables and are none: underlined prose, a boxed paragraph, a bar chart."""

from __future__ import annotations

from samples.drawing import Fill, RuleLine, TextRun
from samples.flow import DocumentFlow


def _underlined(flow: DocumentFlow, text: str) -> None:
    for _ in range(3):
        flow.line(text, 12.0, gap=0.6)
        flow.page.rules.append(RuleLine(flow.margin, flow.y - 4, flow.page.width - flow.margin, flow.y - 4))


def _boxed(flow: DocumentFlow, text: str) -> None:
    top = flow.y + 4
    left, right = flow.margin - 6, flow.page.width - flow.margin + 6
    flow.space(10)
    flow.paragraph(text)
    bottom = flow.y + 6
    flow.page.fills.append(Fill(left, top, right, bottom, 0.93))
    for y in (top, bottom):
        flow.page.rules.append(RuleLine(left, y, right, y))
    for x in (left, right):
        flow.page.rules.append(RuleLine(x, top, x, bottom))
    flow.space(16)


def _bar_chart(flow: DocumentFlow, title: str, bars: list[tuple[str, int]]) -> None:
    """Draw bars with grid lines and their values; the values are in 分 and shown as shares of the largest."""
    if flow.room < 220:
        flow.new_page()
    left, bottom, height = flow.margin + 40, flow.y + 170, 150.0
    largest = max(value for _, value in bars)
    for step in range(6):
        y = bottom - height * step / 5
        flow.page.rules.append(RuleLine(left, y, left + 360, y))
        flow.page.runs.append(TextRun(left - 26, y + 3, 8, f"{step * 20}%"))
    for number, (name, value) in enumerate(bars):
        x = left + 20 + number * 340 / len(bars)
        flow.page.fills.append(Fill(x, bottom - height * value / largest, x + 30, bottom, 0.55))
        flow.page.runs.append(TextRun(x - 8, bottom + 12, 8, name))
    flow.y = bottom + 20
    flow.line(title, 9, "center")


def draw_decoys(flow: DocumentFlow, name: str, bars: list[tuple[str, int]]) -> None:
    """Draw all three on a page of their own."""
    flow.new_page()
    _underlined(flow, f"{name}公开信息咨询方式见政府门户网站")
    flow.space(20)
    _boxed(flow, "温馨提示：本材料所列数字以万元为单位的，因四舍五入可能存在尾差，特此说明。")
    _bar_chart(flow, "图1 支出结构示意图", bars)
