from __future__ import annotations

import csv
import hashlib
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.build import CSV_NAME, WORKBOOK_NAME, build_reports, read_warehouse
from reports.exceptions import count_by_status, exception_order, page_link
from reports.labels import label
from reports.list_columns import LIST_COLUMNS
from reports.spreadsheet_text import CELL_LIMIT, cell_text, looks_like_formula, neutralised, restored

HEADINGS = [column.heading for column in LIST_COLUMNS]
LIST_TOP = 3  # heading row of every table sheet


def read_sheet(path: Path, name: str) -> list[list[object]]:
    sheet = openpyxl.load_workbook(path)[name]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_order_is_severity_unit_year_rule_subject(warehouse: Path) -> None:
    findings = read_warehouse(warehouse).findings
    assert [row.finding_id for row in findings] == ["f2", "f1", "f5", "f4", "f3"]
    assert list(findings) == sorted(findings, key=exception_order)


def test_counts_by_status_keep_every_finding(warehouse: Path) -> None:
    counts = count_by_status(read_warehouse(warehouse).findings)
    assert counts["open"] == 3
    assert (counts["new"], counts["persisting"], counts["reopened"]) == (1, 1, 1)
    assert (counts["fixed"], counts["waived"]) == (1, 1)


def test_list_sheet_holds_every_finding_with_filter_frozen_heading_and_print_titles(
    warehouse: Path, tmp_path: Path
) -> None:
    files = build_reports(warehouse, tmp_path / "reports")
    book = openpyxl.load_workbook(files.workbook)
    sheets = ["概览", "例外清单", "按单位", "按规则", "未能检查", "未公开或逾期", "文件清单", "填写说明"]
    assert book.sheetnames == sheets
    sheet = book["例外清单"]
    assert [cell.value for cell in sheet[LIST_TOP]] == HEADINGS
    rows = {row[HEADINGS.index("编号")].value: row for row in sheet.iter_rows(min_row=LIST_TOP + 1)}
    assert set(rows) == {"f1", "f2", "f3", "f4", "f5"}
    assert sheet.freeze_panes == "D4"
    assert sheet.auto_filter.ref == "A3:W8"
    assert sheet.print_title_rows == "$3:$3"
    assert rows["f1"][HEADINGS.index("相差（元）")].value == 180000
    assert rows["f1"][HEADINGS.index("级别")].value == "差错"
    link = rows["f1"][HEADINGS.index("来源文件")].hyperlink
    assert link.target == "https://portal.example/a%201.pdf?x=1"
    assert link.location == "page=2"


def test_no_cell_of_the_workbook_is_a_formula(warehouse: Path, tmp_path: Path) -> None:
    files = build_reports(warehouse, tmp_path)
    book = openpyxl.load_workbook(files.workbook)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    hostile = [
        cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "@"))
    ]
    assert hostile
    assert all(cell.quotePrefix for cell in hostile)


def test_units_are_summed_up_with_the_file_to_be_sent_to_each(warehouse: Path, tmp_path: Path) -> None:
    files = build_reports(warehouse, tmp_path)
    sheet = openpyxl.load_workbook(files.workbook)["按单位"]
    headings = [cell.value for cell in sheet[LIST_TOP]]
    rows = [dict(zip(headings, row, strict=True)) for row in sheet.iter_rows(min_row=LIST_TOP + 1)]
    shown = {
        row["单位"].value: [
            row[name].value for name in ("未了结", "差错", "新增", "重现", "已整改", "已豁免", "未能检查")
        ]
        for row in rows
    }
    assert shown == {
        "甲局": [2, 2, 1, 0, 1, 0, 0],
        "乙委": [1, 0, 0, 1, 0, 0, 1],
        "（未识别单位）": [0, 0, 0, 0, 0, 1, 0],
    }
    links = {row["单位"].value: row["发给单位的清单"].hyperlink for row in rows}
    assert links["（未识别单位）"] is None
    for unit in ("甲局", "乙委"):
        assert (tmp_path / links[unit].target.replace("\\", "/")).is_file()


def test_rules_are_summed_up_with_what_they_say(warehouse: Path, tmp_path: Path) -> None:
    rows = read_sheet(build_reports(warehouse, tmp_path).workbook, "按规则")[LIST_TOP - 1 :]
    first = dict(zip(rows[0], rows[1], strict=True))
    assert (first["规则"], first["未了结例外"], first["判定一致"], first["其中尾差内"], first["不一致"], first["未能检查"]) == (
        "T01-IN-SUM", 2, 4, 1, 2, 1
    )  # fmt: skip
    assert first["规则内容"] == "各项收入之和等于本年收入合计。"
    assert first["依据"] == "《预算法》第七十五条"
    assert len(rows) == 3


def test_overview_counts_and_change(warehouse: Path, tmp_path: Path) -> None:
    rows = read_sheet(build_reports(warehouse, tmp_path).workbook, "概览")
    table = {str(row[0]): row for row in rows if row[0]}
    heading = table["级别"]
    total = dict(zip(heading, table["合计"], strict=True))
    assert total["未了结"] == 3
    assert total["其中新增"] == 1
    assert total["已整改"] == 1
    assert total["较上次增减"] == 1  # one new and one come back, less one fixed
    assert "隔离 1 份" in str(rows[1][0])


def test_not_checked_and_documents_say_why(warehouse: Path, tmp_path: Path) -> None:
    files = build_reports(warehouse, tmp_path)
    not_checked = read_sheet(files.workbook, "未能检查")[LIST_TOP]
    assert not_checked[3:7] == ["未能检查", "文件中没有这张表", 1, "收入总表与收入决算表"]
    documents = {row[5]: row for row in read_sheet(files.workbook, "文件清单")[LIST_TOP:]}
    assert documents["坏文件.pdf"][8:10] == ["已隔离", "文件不完整，无法打开。"]
    assert documents["=乙委.pdf"][8] == "已入库"


def test_missing_and_late_disclosures_are_listed(warehouse: Path, tmp_path: Path) -> None:
    files = build_reports(warehouse, tmp_path)
    rows = read_sheet(files.workbook, "未公开或逾期")[LIST_TOP:]
    assert [(row[0], row[2], row[4], row[7]) for row in rows] == [
        ("乙委", 2024, "未见公开", None),
        ("乙委", 2023, "逾期公开", 12),
    ]
    assert files.site is not None
    assert "逾期公开 12 天" in (files.site / "coverage.html").read_text(encoding="utf-8")


def test_same_warehouse_gives_the_same_bytes(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the lists are written by a process of their own."""
    hashes = []
    for name, few in (("one", 200), ("two", 0)):
        monkeypatch.setattr("reports.build._FEW_FINDINGS", few)
        build_reports(warehouse, tmp_path / name)
        files = sorted(path for path in (tmp_path / name).rglob("*") if path.is_file())
        pairs = [(file.relative_to(tmp_path / name), file.read_bytes()) for file in files]
        hashes.append([(str(at), hashlib.sha256(content).hexdigest()) for at, content in pairs])
    assert hashes[0] == hashes[1]
    assert {WORKBOOK_NAME, CSV_NAME, "单位/甲局.xlsx", "site/index.html"} <= {name for name, _ in hashes[0]}


def test_each_unit_with_open_findings_has_a_workbook_of_its_own(warehouse: Path, tmp_path: Path) -> None:
    files = build_reports(warehouse, tmp_path)
    assert [path.name for path in files.unit_workbooks] == ["乙委.xlsx", "甲局.xlsx"]
    rows = read_sheet(files.unit_workbooks[1], "例外清单")
    assert {row[HEADINGS.index("编号")] for row in rows[LIST_TOP:]} == {"f1", "f2"}
    assert rows[0][0] == "甲局　例外清单"


def test_list_links_each_finding_to_its_page(warehouse: Path, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(build_reports(warehouse, tmp_path).workbook)["例外清单"]
    links = [row[HEADINGS.index("编号")].hyperlink.target for row in sheet.iter_rows(min_row=LIST_TOP + 1)]
    assert all((tmp_path / link.replace("\\", "/")).is_file() for link in links)


def test_csv_has_a_byte_order_mark_and_harmless_texts(warehouse: Path, tmp_path: Path) -> None:
    path = build_reports(warehouse, tmp_path).csv
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["编号"]: row for row in csv.DictReader(file)}
    assert rows["f3"]["问题"].startswith("'=HYPERLINK")
    assert rows["f3"]["说明"] == "'+1-1"
    assert rows["f5"]["公布的数"] == "-12.30"
    assert rows["f5"]["核对的数"] == "'@now"
    assert Decimal(rows["f4"]["相差（元）"]) == -5
    assert rows["f1"]["来源地址"] == "https://portal.example/a%201.pdf?x=1#page=2"


def test_missing_warehouse_is_said_in_chinese(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="没有找到数据仓库文件"):
        build_reports(tmp_path / "none.duckdb", tmp_path)


@pytest.mark.parametrize(
    ("url", "page", "link"),
    [
        ("https://a.example/公开.pdf", 3, "https://a.example/%E5%85%AC%E5%BC%80.pdf#page=3"),
        ("http://a.example/x.pdf", None, "http://a.example/x.pdf"),
        ("file:///data/x.pdf", 1, "file:///data/x.pdf#page=1"),
        ("javascript:alert(1)", 1, None),
        ("http://[broken", 1, None),
        ("", 1, None),
        (None, 1, None),
    ],
)
def test_only_web_and_file_addresses_become_links(
    url: str | None, page: int | None, link: str | None
) -> None:
    assert page_link(url, page) == link


@given(st.text(max_size=60))
def test_neutralised_text_never_starts_a_formula_and_can_be_read_back(text: str) -> None:
    written = neutralised(text)
    number = written.replace(",", "").rstrip("%").lstrip("+-").replace(".", "", 1)
    assert not looks_like_formula(written) or number.isdigit()
    if not text.startswith("'"):
        assert restored(written) == cell_text(text)


def test_cell_text_fits_and_is_printable() -> None:
    assert cell_text("甲\x00乙\ud800") == "甲\ufffd乙\ufffd"
    assert len(cell_text("长" * (CELL_LIMIT + 1))) == CELL_LIMIT


def test_unknown_codes_are_shown_as_they_are() -> None:
    assert label("family", "NEW") == "NEW"
    assert label("family", None) == ""
