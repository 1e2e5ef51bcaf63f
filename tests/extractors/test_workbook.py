"""Published workbooks: shown values with their addresses, and nothing that an office file may hide."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from extractors.document import extract_document
from extractors.frames import Extraction
from extractors.limits import Limits
from extractors.number_format import shown
from samples.hostile import WORKBOOKS
from samples.workbook import disclosure_workbook
from transforms.document import transform_document

ACCOUNTING = '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (1234.5, "#,##0.00", "1,234.50"),
        (326.714999, "0.00", "326.71"),
        (2.675, "0.00", "2.68"),  # as the spreadsheet rounds: on the decimal digits
        (0.1 + 0.2, "General", "0.3"),
        (1234567.891, "General", "1234567.891"),
        (20103, "General", "20103"),
        (-5.5, "0.00_);(0.00)", "(5.50)"),
        (-5.5, "#,##0.00", "-5.50"),
        (0, ACCOUNTING, "-"),
        (1000, ACCOUNTING, "1,000.00"),
        (-1000, ACCOUNTING, "-1,000.00"),
        (0, "0.00;-0.00;", ""),
        (0.125, "0.0%", "12.5%"),
        (12.5, "0.##", "12.5"),
        (12, '0"万元"', "12万元"),
        (12, "[Red]0.0", "12.0"),
        (123456, "0.00,", "123456"),  # scaled: not understood, so shown as it is
        (date(2024, 12, 31), "yyyy-mm-dd", "2024-12-31"),
        ("无", "@", "无"),
        (None, "0.00", ""),
    ],
)
def test_values_are_read_as_they_are_shown(value: object, number_format: str, text: str) -> None:
    assert shown(value, number_format) == text


def test_zeros_that_a_sheet_does_not_show_are_blank() -> None:
    assert shown(0, "0.00", shows_zeros=False) == ""


def extract(content: bytes, tmp_path: Path, limits: Limits | None = None) -> Extraction:
    path = tmp_path / "book.xlsx"
    path.write_bytes(content)
    return extract_document(path, limits)


def changed(change: Callable[[openpyxl.Workbook], None]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(disclosure_workbook()))
    change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def address_of(cell: dict[str, float]) -> str:
    return f"{openpyxl.utils.get_column_letter(int(cell['x0']) + 1)}{int(cell['top']) + 1}"


def test_every_shown_cell_has_its_sheet_address_and_printed_value(tmp_path: Path) -> None:
    extraction = extract(disclosure_workbook(), tmp_path)
    assert extraction.document["status"].item() == "extracted"
    assert extraction.page["status"].to_list() == ["ok", "ok", "blank"]  # the last is hidden
    assert extraction.table["money_unit"].to_list() == ["万元", "万元"]
    assert extraction.table["notes"][0].startswith("注：")
    cells = {(cell["page"], address_of(cell)): cell for cell in extraction.cell.iter_rows(named=True)}
    finance = cells[2, "C8"]
    assert (finance["raw_text"], finance["value"], finance["decimals"]) == ("326.71", Decimal("326.71"), 2)
    assert finance["method"] == "office"
    assert cells[2, "E5"]["state"] == "dash"
    assert cells[1, "C8"]["state"] == "zero_printed"
    assert cells[1, "C9"]["state"] == "blank"
    assert not extraction.cell.filter(pl.col("raw_text").str.contains("999999")).height
    assert (cells[1, "A4"]["column_span"], cells[1, "A4"]["is_header"]) == (3, True)


def test_statements_in_a_workbook_are_understood(tmp_path: Path) -> None:
    facts = transform_document(extract(disclosure_workbook(), tmp_path).frames())
    identity = facts["identity"].row(0, named=True)
    assert (identity["unit_name"], identity["fiscal_year"], identity["doc_kind"]) == (
        "云溪区财政局",
        2024,
        "final_accounts",
    )
    assert facts["statement"]["statement_code"].to_list() == ["T01", "T02"]
    amounts = facts["amount"].filter(pl.col("functional_code") == "20106")["amount_yuan"].to_list()
    assert Decimal("3267100") in amounts


def test_a_formula_without_a_stored_result_is_unreadable_not_blank(tmp_path: Path) -> None:
    def sum_up(book: openpyxl.Workbook) -> None:
        book["收入支出决算总表"]["C10"] = "=SUM(C7:C9)"

    cells = extract(changed(sum_up), tmp_path).cell
    found = cells.filter((pl.col("page") == 1) & (pl.col("x0") == 2) & (pl.col("top") == 9))
    assert found["state"].to_list() == ["unreadable"]


def test_hidden_rows_and_columns_were_not_shown(tmp_path: Path) -> None:
    def hide(book: openpyxl.Workbook) -> None:
        book["收入决算表"].row_dimensions[8].hidden = True
        book["收入决算表"].column_dimensions["E"].hidden = True

    cells = extract(changed(hide), tmp_path).cell.filter(pl.col("page") == 2)
    assert not cells.filter((pl.col("top") == 7) | (pl.col("x0") == 4)).height


@pytest.mark.parametrize("name", WORKBOOKS)
def test_dangerous_workbooks_are_refused_before_they_are_parsed(name: str, tmp_path: Path) -> None:
    document = extract(WORKBOOKS[name](), tmp_path).document.row(0, named=True)
    assert document["status"] == "failed", name
    assert document["reason_code"] in ("damaged", "too_large")
    assert document["status_reason"]


def test_damaged_and_cut_workbooks_get_a_reason(tmp_path: Path) -> None:
    content = disclosure_workbook()
    for damaged in (content[:2000], content[: len(content) // 2] + content[len(content) // 2 + 40 :]):
        document = extract(damaged, tmp_path).document.row(0, named=True)
        assert document["status"] == "failed"
        assert document["status_reason"]


def test_other_office_files_and_archives_are_named_for_what_they_are(tmp_path: Path) -> None:
    for content, word in (
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧版"),
        (b"Rar!\x1a\x07\1", "RAR"),
    ):
        document = extract(content, tmp_path).document.row(0, named=True)
        assert document["reason_code"] == "not_pdf"
        assert word in document["status_reason"]
