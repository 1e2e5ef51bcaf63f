"""A unit fills in its workbook in LibreOffice: what the nights after the import say in list, site, workbooks and news."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import duckdb
import openpyxl
import pytest

from reports.build import read_warehouse
from reports.decision_import import read_decisions
from reports.decisions import by_id, record
from reports.labels import labels_of
from reports.list_columns import LIST_COLUMNS
from tests.flows.conftest import ingest
from tests.flows.test_republished import CELL, SHARE, edition
from warehouse.ledger import LEDGER_FILE

OFFICE = os.environ.get("MINGZHANG_OFFICE") or shutil.which("soffice")
FIRST, IMPORTED, SECOND, EXPIRED = (date(2025, 9, 1), date(2025, 9, 1), date(2025, 9, 2), date(2026, 1, 1))
HEADINGS = [column.heading for column in LIST_COLUMNS]
ANSWER, REASON_TEXT = "年中调整，已另行公示", "公式=口径不同"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(OFFICE is None, reason="no LibreOffice found: apt-get install libreoffice-calc"),
]


def through_office(source: Path, folder: Path, kind: str) -> Path:
    """Return what LibreOffice saves when it opens a file and saves it as another kind."""
    command = [str(OFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", kind, "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder / source.with_suffix(f".{kind}").name


def fill_in(path: Path, answered: str, waived: str) -> None:
    """Explain one finding and ask for a waiver of another, in the yellow columns."""
    book = openpyxl.load_workbook(path)
    decisions = labels_of("decision")
    reason = next(iter(labels_of("waiver_reason").values()))
    answers = {
        answered: {"单位说明": ANSWER, "处理决定": decisions["explain"], "填写人": "张三"},
        waived: {
            "单位说明": REASON_TEXT,
            "处理决定": decisions["waive"],
            "豁免理由": reason,
            "豁免至": date(2025, 12, 31),
            "填写人": "李四",
        },
    }
    for row in book["例外清单"].iter_rows(min_row=4):
        for heading, value in answers.get(str(row[HEADINGS.index("编号")].value), {}).items():
            row[HEADINGS.index(heading)].value = value
    book.save(path)


def listed(path: Path) -> dict[str, str]:
    """Finding → its state as a workbook's list says it."""
    sheet = openpyxl.load_workbook(path, read_only=True)["例外清单"]
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    return {
        str(row[HEADINGS.index("编号")]): str(row[HEADINGS.index("状态")])
        for row in rows
        if row[HEADINGS.index("编号")]
    }


def finding_of(home: Path, rule: str) -> str:
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as connection:
        (row,) = connection.execute(
            "SELECT finding_id FROM mart.exception WHERE severity = 'error' AND rule_id LIKE ?", [rule]
        ).fetchall()
    return str(row[0])


def news(home: Path) -> dict[str, str]:
    told = json.loads((home / "notification.json").read_text(encoding="utf-8"))
    return {one["finding_id"]: one["status"] for one in told["findings"]}


def test_answers_given_in_libreoffice_stand_in_the_next_nights(tmp_path: Path) -> None:
    home, path = tmp_path / "home", tmp_path / "caizheng_2024_final_accounts.pdf"
    path.write_bytes(edition((CELL, SHARE)))
    ingest(home, path, night=FIRST, workers=1)
    answered, waived = finding_of(home, "T03%"), finding_of(home, "N-SHARE%")
    (own,) = (home / "reports" / "单位").glob("*.xlsx")
    sent = Path(shutil.copy(own, tmp_path / "sent.xlsx"))
    fill_in(sent, answered, waived)
    calc = through_office(sent, tmp_path / "office", "ods")
    returned = through_office(calc, tmp_path / "returned", "xlsx")

    known = by_id(read_warehouse(home / "warehouse.duckdb").findings)
    read = read_decisions(returned, known, IMPORTED)
    assert read.errors == ()
    assert record(home / "ledger" / LEDGER_FILE, read.events) == 2

    assert ingest(home, path, night=SECOND, workers=1).status == "published"
    states = listed(home / "reports" / "例外清单.xlsx")
    assert (states[answered], states[waived]) == ("已答复", "已豁免")
    (own,) = (home / "reports" / "单位").glob("*.xlsx")
    assert listed(own)[answered] == "已答复"
    assert waived not in listed(own)
    pages = home / "reports" / "site" / "findings"
    texts = {one: (pages / f"{one}.html").read_text(encoding="utf-8") for one in (answered, waived)}
    assert "已答复" in texts[answered]
    assert ANSWER in texts[answered]
    assert "张三" in texts[answered]
    assert "已豁免" in texts[waived]
    assert REASON_TEXT in texts[waived]
    assert "2025-12-31" in texts[waived]
    assert not news(home).keys() & {answered, waived}

    ingest(home, path, night=EXPIRED, workers=1)
    states = listed(home / "reports" / "例外清单.xlsx")
    assert (states[answered], states[waived]) == ("已答复", "重现")
    assert news(home) == {waived: "reopened"}
