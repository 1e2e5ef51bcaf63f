"""One small drawn PDF for each geometric trap of real disclosures on one page."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest

from extractors.document import extract_document
from tests.extractors.drawing import (
    HEIGHT,
    LONG,
    ROWS,
    WIDTH,
    XS,
    YS,
    Sheet,
    rows_of,
    titled_sheet,
)


def test_plain_table_with_caption_unit_and_numbers(tmp_path: Path) -> None:
    sheet = titled_sheet()
    sheet.table(XS, YS, ROWS)
    sheet.text(60, 220, "注：本表反映部门本年度的总收支情况。")
    extraction = extract_document(sheet.save(tmp_path / "a.pdf"))
    assert rows_of(extraction) == ROWS
    table = extraction.table.row(0, named=True)
    assert table["caption"] == "收入支出决算总表\n部门：某某局金额单位：万元"
    assert table["notes"] == "注：本表反映部门本年度的总收支情况。"
    assert (table["money_unit"], table["header_row_count"], table["method"]) == ("万元", 1, "ruled")
    cell = extraction.cell.filter((pl.col("row_no") == 2) & (pl.col("column_no") == 2)).row(0, named=True)
    assert (str(cell["value"]), cell["decimals"], cell["state"]) == ("1234.500000", 2, "number")
    assert (cell["x0"], cell["x1"]) == pytest.approx((240, 330), abs=0.6)
    assert (cell["top"], cell["bottom"]) == pytest.approx((170, 190), abs=0.6)


def test_rules_as_thin_bars_or_mixed(tmp_path: Path) -> None:
    sheet = titled_sheet()
    sheet.rules(XS, YS, sheet.bar)
    sheet.fill(XS, YS, ROWS)
    lower = [y + 200 for y in YS]
    for x in XS:
        sheet.line(x, lower[0], x, lower[-1])
    for y in lower:
        sheet.bar(XS[0], y - 0.25, XS[-1], y + 0.25)
    sheet.fill(XS, lower, ROWS)
    extraction = extract_document(sheet.save(tmp_path / "a.pdf"))
    assert rows_of(extraction, 1) == ROWS
    assert rows_of(extraction, 2) == ROWS


def test_white_shading_makes_no_columns(tmp_path: Path) -> None:
    sheet = titled_sheet()
    for x in range(70, 410, 17):
        sheet.shade(x, 152, x + 12, 209)
    sheet.shade(40, 100, 500, 400)
    sheet.table(XS, YS, ROWS)
    extraction = extract_document(sheet.save(tmp_path / "a.pdf"))
    assert extraction.table.height == 1
    assert rows_of(extraction) == ROWS


def test_grey_shading_counts_as_drawn(tmp_path: Path) -> None:
    sheet = titled_sheet()
    for top, row in zip(YS, ROWS, strict=False):
        for left, right in pairwise(XS):
            sheet.shade(left, top, right, top + 20, 0.9 if row[0] == "项目" else 0.95)
    sheet.fill(XS, YS, ROWS)
    assert rows_of(extract_document(sheet.save(tmp_path / "a.pdf"))) == ROWS


def test_table_hidden_off_the_page_is_left_out(tmp_path: Path) -> None:
    sheet = titled_sheet()
    sheet.table([x + WIDTH for x in XS], YS, [["隐藏", "9.99", "9.99"]] * 3)
    sheet.table(XS, YS, ROWS)
    extraction = extract_document(sheet.save(tmp_path / "a.pdf"))
    assert extraction.table.height == 1
    assert "隐藏" not in "".join(extraction.cell["raw_text"])


def test_title_over_a_form_in_the_grid_is_its_heading(tmp_path: Path) -> None:
    """A form has no heading rows of its own, whatever its merged labels reach over."""
    sheet = Sheet()
    ys = [100.0 + 20 * n for n in range(9)]
    for y in ys:
        sheet.line(XS[0] if y in (ys[0], ys[1], ys[-1]) else XS[1], y, XS[-1], y)
    for x in XS:
        sheet.line(x, ys[0] if x in (XS[0], XS[-1]) else ys[1], x, ys[-1])
    sheet.text(200, 104, "项目支出绩效目标表")
    sheet.text(63, 180, "产出指标")
    for row in range(1, 8):
        sheet.text(XS[1] + 3, ys[row] + 4, f"指标{row}")
    assert extract_document(sheet.save(tmp_path / "a.pdf")).table["header_row_count"].to_list() == [1]


def test_landscape_by_rotation(tmp_path: Path) -> None:
    sheet = Sheet(HEIGHT, WIDTH)
    sheet.canvas.setPageRotation(90)  # reportlab exchanges width and height of the media box by itself
    sheet.canvas.translate(WIDTH, 0)
    sheet.canvas.rotate(90)
    sheet.text(200, 90, "收入支出决算总表", 16)
    sheet.table(XS, YS, ROWS)
    extraction = extract_document(sheet.save(tmp_path / "a.pdf"))
    page = extraction.page.row(0, named=True)
    assert (page["rotation"], page["width"], page["height"]) == (90, HEIGHT, WIDTH)
    assert rows_of(extraction) == ROWS
    assert extraction.table["x0"][0] == pytest.approx(60, abs=0.6)


@pytest.mark.parametrize("clockwise", [False, True])
def test_table_set_on_its_side_without_page_rotation(tmp_path: Path, clockwise: bool) -> None:
    sheet = Sheet()
    if clockwise:
        sheet.canvas.translate(0, HEIGHT)
        sheet.canvas.rotate(-90)
    else:
        sheet.canvas.translate(WIDTH, 0)
        sheet.canvas.rotate(90)
    sheet.height = WIDTH
    sheet.text(200, 90, "收入支出决算总表", 16)
    sheet.table(XS, YS, ROWS)
    extraction = extract_document(sheet.save(tmp_path / "a.pdf"))
    assert rows_of(extraction) == ROWS
    assert extraction.table["caption"].to_list() == ["收入支出决算总表"]
    page = extraction.page.row(0, named=True)
    assert (page["rotation"], page["width"], page["height"]) == (270 if clockwise else 90, HEIGHT, WIDTH)


def test_rotated_watermark_stays_out_of_numbers(tmp_path: Path) -> None:
    sheet = titled_sheet()
    sheet.table(XS, YS, ROWS)
    sheet.canvas.saveState()
    sheet.canvas.translate(250, HEIGHT - 185)
    sheet.canvas.rotate(45)
    sheet.text(0, HEIGHT, "样本", 30)
    sheet.canvas.restoreState()
    numbers = extract_document(sheet.save(tmp_path / "a.pdf")).cell.filter(pl.col("state") == "number")
    assert numbers["raw_text"].to_list().count("1,234.50") == 2


def test_fake_bold_is_read_once(tmp_path: Path) -> None:
    sheet = titled_sheet()
    sheet.rules(XS, YS)
    for shift in (0, 0.3):
        sheet.fill([x + shift for x in XS], YS, ROWS)
    assert rows_of(extract_document(sheet.save(tmp_path / "a.pdf"))) == ROWS


def test_outlines_drawn_over_bold_text_are_no_rules(tmp_path: Path) -> None:
    """Some programs imitate bold type with the outlines of all characters of a line in one path."""
    sheet = titled_sheet()
    sheet.table(XS, YS, ROWS)
    outline = sheet.canvas.beginPath()
    for x, top in [(60 + 20 * number, 80) for number in range(6)] + [
        (66 + 19 * number, 152) for number in range(2)
    ]:
        for side in (0, 8, 16):  # 田, with a bent stroke
            outline.moveTo(x + side, HEIGHT - top)
            outline.lineTo(x + side, HEIGHT - top - 16)
            outline.moveTo(x, HEIGHT - top - side)
            outline.lineTo(x + 16, HEIGHT - top - side)
        outline.curveTo(x + 8, HEIGHT - top - 8, x + 6, HEIGHT - top - 6, x + 6, HEIGHT - top - 3)
    sheet.canvas.drawPath(outline)
    result = extract_document(sheet.save(tmp_path / "a.pdf"))
    assert rows_of(result) == ROWS
    assert result.frames()["table"].height == 1


def test_a_frame_drawn_together_with_a_diagonal_is_a_rule(tmp_path: Path) -> None:
    sheet = titled_sheet()
    frame = sheet.canvas.beginPath()
    for first, second in [
        *(((x, YS[0]), (x, YS[-1])) for x in XS),
        *(((XS[0], y), (XS[-1], y)) for y in YS),
        ((XS[0], YS[0]), (XS[1], YS[1])),
    ]:
        frame.moveTo(first[0], HEIGHT - first[1])
        frame.lineTo(second[0], HEIGHT - second[1])
    sheet.canvas.drawPath(frame)
    sheet.fill(XS, YS, ROWS)
    result = extract_document(sheet.save(tmp_path / "a.pdf"))
    assert rows_of(result) == ROWS
    assert result.frames()["table"]["method"].to_list() == ["ruled"]


def test_letter_spaced_heading_is_one_cell(tmp_path: Path) -> None:
    sheet = titled_sheet()
    sheet.table(XS, YS, [["合　　计", "1,234.50", ""], *ROWS[1:]])
    for number, character in enumerate("因公出国"):
        sheet.text(335 + 18 * number, 154, character)
    row = rows_of(extract_document(sheet.save(tmp_path / "a.pdf")))[0]
    assert [str(text).replace(" ", "") for text in row] == ["合计", "1,234.50", "因公出国"]


def test_merged_cells_keep_their_spans(tmp_path: Path) -> None:
    sheet = titled_sheet()
    sheet.line(60, 150, 420, 150)
    sheet.line(240, 170, 420, 170)
    sheet.line(60, 190, 420, 190)
    sheet.line(60, 210, 420, 210)
    for x in (60, 240, 420):
        sheet.line(x, 150, x, 210)
    sheet.line(330, 170, 330, 210)
    sheet.text(63, 165, "项目")
    sheet.text(300, 154, "本年数")
    sheet.text(260, 174, "预算数")
    sheet.text(350, 174, "决算数")
    sheet.fill(XS, [190], [["教育支出", "1.00", "2.00"]])
    extraction = extract_document(sheet.save(tmp_path / "a.pdf"))
    spans = {
        cell["raw_text"]: (cell["row_span"], cell["column_span"])
        for cell in extraction.cell.iter_rows(named=True)
    }
    assert (spans["项目"], spans["本年数"], spans["预算数"]) == ((2, 1), (1, 2), (1, 1))
    assert extraction.table["header_row_count"].to_list() == [2]


def test_several_tables_on_one_page(tmp_path: Path) -> None:
    sheet = titled_sheet()
    sheet.table(XS, YS, ROWS)
    sheet.text(200, 260, "表2：支出决算表", 12)
    sheet.table(XS, [y + 150 for y in YS], ROWS)
    extraction = extract_document(sheet.save(tmp_path / "a.pdf"))
    assert extraction.table["caption"].to_list()[1] == "表2：支出决算表"
    assert rows_of(extraction, 2) == ROWS


def test_open_sided_table(tmp_path: Path) -> None:
    sheet = titled_sheet()
    for y in YS:
        sheet.line(XS[0], y, XS[-1], y)
    for x in XS[1:-1]:
        sheet.line(x, YS[0], x, YS[-1])
    sheet.fill(XS, YS, ROWS)
    assert rows_of(extract_document(sheet.save(tmp_path / "a.pdf"))) == ROWS


def test_table_without_an_outer_frame(tmp_path: Path) -> None:
    """Its corners are open on two sides."""
    sheet = titled_sheet()
    for y in YS[1:-1]:
        sheet.line(XS[0], y, XS[-1], y)
    for x in XS[1:-1]:
        sheet.line(x, YS[0], x, YS[-1])
    sheet.fill(XS, YS, ROWS)
    assert rows_of(extract_document(sheet.save(tmp_path / "a.pdf"))) == ROWS


@pytest.mark.parametrize("rules", ["none", "three_lines", "row_rules"])
def test_table_without_vertical_rules(tmp_path: Path, rules: str) -> None:
    sheet = titled_sheet()
    ys = [150.0 + 20 * n for n in range(len(LONG) + 1)]
    drawn = {"none": [], "three_lines": [ys[0], ys[1], ys[-1]], "row_rules": ys}[rules]
    for y in drawn:
        sheet.line(XS[0], y, XS[-1], y)
    sheet.fill(XS, ys, LONG)
    extraction = extract_document(sheet.save(tmp_path / "a.pdf"))
    assert rows_of(extraction) == LONG
    table = extraction.table.row(0, named=True)
    assert (table["method"], table["header_row_count"], table["money_unit"]) == ("text_aligned", 1, "万元")
    assert extraction.page["route"].to_list() == ["text_aligned"]


def test_prose_contents_and_boxes_are_no_tables(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(250, 60, "目录", 16)
    for number in range(4):
        sheet.text(80, 100 + 20 * number, f"表{number}收入决算表" + "." * 60 + f"{number + 5}")
    sheet.text(80, 300, "本年收入1,234.50万元，比上年增加100.00万元，增长8.82%，主要是人员增加。")
    sheet.line(80, 314, 300, 314)
    sheet.rules([80, 400], [400, 430])  # one box around a heading
    sheet.text(100, 408, "第一部分概况")
    extraction = extract_document(sheet.save(tmp_path / "a.pdf"))
    assert extraction.table.height == 0
    assert extraction.line.filter(pl.col("role") == "contents").height >= 4


def test_text_clipped_away_below_the_rules_is_left_out(tmp_path: Path) -> None:
    sheet = titled_sheet()
    sheet.table(XS, YS, ROWS)
    sheet.canvas.saveState()
    clip = sheet.canvas.beginPath()
    clip.rect(60, HEIGHT - 210, 360, 60)
    sheet.canvas.clipPath(clip, stroke=0)
    sheet.text(63, 225, "99.99")
    sheet.canvas.restoreState()
    extraction = extract_document(sheet.save(tmp_path / "a.pdf"))
    assert "99.99" not in "".join(extraction.line["text"])


def test_table_without_rules_keeps_the_columns_in_which_nothing_is_printed(tmp_path: Path) -> None:
    """Headings stand in the middle of their cells, amounts at the right: an empty column has its heading only."""
    sheet = titled_sheet()
    edges = [60.0, 180.0, 260.0, 340.0, 420.0, 500.0]
    for x, heading in zip(
        [100.0, 205.0, 285.0, 365.0, 445.0], ["科目名称", "合计", "拨款", "事业", "其他"], strict=True
    ):
        sheet.text(x, 150, heading)
    for row, amounts in enumerate([("3.00", "1.00", "", "2.00"), ("3.00", "1.00", "", "2.00")]):
        sheet.text(65, 175 + 20 * row, "一、某项支出")
        for right, amount in zip(edges[2:], amounts, strict=True):
            if amount:
                sheet.right(right - 3, 175 + 20 * row, amount)
    rows = rows_of(extract_document(sheet.save(tmp_path / "a.pdf")))
    assert rows[0] == ["科目名称", "合计", "拨款", "事业", "其他"]
    assert rows[1:] == [["一、某项支出", "3.00", "1.00", "", "2.00"]] * 2


def test_text_that_wraps_beside_its_amounts_is_one_row(tmp_path: Path) -> None:
    sheet = titled_sheet()
    sheet.fill(XS, [150.0 + 20 * n for n in range(4)], LONG[:3])
    sheet.text(XS[0] + 3, 214, "三、机关事业单位基本")
    sheet.right(XS[2] - 3, 220, "5.00")
    sheet.right(XS[3] - 3, 220, "6.00")
    sheet.text(XS[0] + 3, 226, "养老保险缴费支出")
    rows = rows_of(extract_document(sheet.save(tmp_path / "a.pdf")))
    assert rows[-1] == ["三、机关事业单位基本\n养老保险缴费支出", "5.00", "6.00"]


def test_heading_that_wraps_without_rules_is_one_cell(tmp_path: Path) -> None:
    sheet = titled_sheet()
    sheet.fill(XS, [162.0 + 20 * n for n in range(4)], [["", "", ""], *LONG[1:3]])
    sheet.text(80, 156, "项目")
    sheet.text((XS[1] + XS[2]) / 2 - 20, 150, "财政拨款")
    sheet.text((XS[1] + XS[2]) / 2 - 10, 162, "收入")
    sheet.text((XS[2] + XS[3]) / 2 - 10, 156, "合计")
    rows = rows_of(extract_document(sheet.save(tmp_path / "a.pdf")))
    assert "财政拨款\n收入" in rows[0]


def test_title_and_unit_inside_the_grid_are_headings(tmp_path: Path) -> None:
    sheet = Sheet()
    ys = [100.0, 120.0, 140.0, 160.0, 180.0]
    for y in ys:
        sheet.line(XS[0], y, XS[-1], y)
    for x in (XS[0], XS[-1]):
        sheet.line(x, ys[0], x, ys[-1])
    for x in XS[1:-1]:
        sheet.line(x, ys[2], x, ys[-1])
    sheet.text(200, 104, "收入支出决算总表")
    sheet.text(340, 124, "金额单位：万元")
    sheet.fill(XS, ys[2:], ROWS[:2])
    table = extract_document(sheet.save(tmp_path / "a.pdf")).table.row(0, named=True)
    assert (table["header_row_count"], table["money_unit"]) == (3, "万元")


def test_row_of_column_numbers_is_a_heading(tmp_path: Path) -> None:
    sheet = titled_sheet()
    sheet.table(XS, [*YS, 230.0], [ROWS[0], ["栏次", "1", "2"], *ROWS[1:]])
    extraction = extract_document(sheet.save(tmp_path / "a.pdf"))
    assert extraction.table["header_row_count"].to_list() == [2]
    assert not extraction.cell.filter(pl.col("row_no") == 3)["is_header"].any()


def test_merged_cells_at_three_levels_of_a_form(tmp_path: Path) -> None:
    sheet = titled_sheet()
    ys = [150.0 + 20 * n for n in range(5)]
    for x in XS:
        sheet.line(x, ys[0], x, ys[-1])
    for y, left in zip(ys, (XS[0], XS[2], XS[1], XS[2], XS[0]), strict=True):
        sheet.line(left, y, XS[-1], y)
    sheet.text(63, 180, "产出指标")
    sheet.text(243, 160, "数量指标")
    sheet.text(243, 200, "质量指标")
    for row, text in enumerate("甲乙丙丁"):
        sheet.text(333, ys[row] + 4, text)
    cells = extract_document(sheet.save(tmp_path / "a.pdf")).cell
    spans = {cell["raw_text"]: cell["row_span"] for cell in cells.iter_rows(named=True)}
    assert spans == {"产出指标": 4, "数量指标": 2, "质量指标": 2, "甲": 1, "乙": 1, "丙": 1, "丁": 1}
