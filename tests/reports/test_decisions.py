from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from reports.build import build_reports, read_warehouse
from reports.decision_import import read_decisions
from reports.decisions import DecisionError, by_id, explain, history, lift_waiver, record, waive
from reports.exceptions import ExceptionRow
from reports.list_columns import LIST_COLUMNS
from warehouse.ledger import LedgerEvent, read_ledger

TODAY = date(2026, 11, 23)
HEADINGS = [column.heading for column in LIST_COLUMNS]
Fill = Callable[..., Path]


@pytest.fixture
def findings(warehouse: Path) -> dict[str, ExceptionRow]:
    return dict(by_id(read_warehouse(warehouse).findings))


@pytest.fixture
def fill(warehouse: Path, tmp_path: Path) -> Fill:
    """Build the workbook and write values into the lines of some findings, as a unit would."""

    def filled(**answers: dict[str, object]) -> Path:
        path = build_reports(warehouse, tmp_path / "reports").workbook
        book = openpyxl.load_workbook(path)
        for row in book["例外清单"].iter_rows(min_row=4):
            for heading, value in answers.get(str(row[HEADINGS.index("编号")].value), {}).items():
                row[HEADINGS.index(heading)].value = value
        target = tmp_path / "filled.xlsx"
        book.save(target)
        return target

    return filled


def test_a_filled_in_workbook_becomes_events(
    fill: Fill, findings: dict[str, ExceptionRow], tmp_path: Path
) -> None:
    waiver = {
        "处理决定": "豁免",
        "豁免理由": "误报",
        "豁免至": datetime(2027, 3, 31, tzinfo=UTC).replace(tzinfo=None),
        "填写人": "李四",
        "单位说明": "四舍五入",
    }
    path = fill(
        f1={"处理决定": "认可并更正", "填写人": "张三"},
        f2=waiver,
        f3={"单位说明": "口径不同", "填写人": "王五"},
    )
    result = read_decisions(path, findings, TODAY)
    assert result.errors == ()
    assert result.empty_lines == 2
    events = {event.finding_id: event for event in result.events}
    assert (events["f1"].kind, events["f1"].note, events["f1"].person) == ("answer", "认可并更正", "张三")
    assert events["f2"].expires_on == date(2027, 3, 31)
    assert (events["f2"].note, events["f2"].state) == ("误报：四舍五入", "120.00 万元 / 102.00 万元")
    ledger = tmp_path / "ledger.jsonl"
    assert record(ledger, result.events) == len(result.events)
    assert record(ledger, read_decisions(path, findings, date(2026, 11, 24)).events) == 0


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"处理决定": "豁免", "填写人": "张"}, "豁免须选择豁免理由"),
        ({"处理决定": "豁免", "豁免理由": "误报", "填写人": "张"}, "豁免须填写豁免至"),
        ({"处理决定": "豁免", "豁免理由": "误报", "豁免至": "明年", "填写人": "张"}, "“明年”不是日期"),
        ({"处理决定": "豁免", "豁免理由": "误报", "豁免至": "2026-02-30", "填写人": "张"}, "不是日期"),
        ({"处理决定": "豁免", "豁免理由": "误报", "豁免至": "2026年1月2日", "填写人": "张"}, "已经过去"),
        ({"处理决定": "豁免", "豁免理由": "随便", "豁免至": "2027/1/2", "填写人": "张"}, "不在可选项中"),
        ({"处理决定": "豁免", "豁免理由": "其他", "豁免至": "2027.1.2", "填写人": "张"}, "须填写单位说明"),
        ({"处理决定": "豁免", "豁免理由": "误报", "豁免至": "2099-1-2", "填写人": "张"}, "太远"),
        (
            {
                "处理决定": "豁免",
                "豁免理由": "误报",
                "豁免至": "2027-1-2",
                "填写人": "张",
                "公布的数": "9 万元",
            },
            "数字在填写之后已变化",
        ),
        ({"处理决定": "同意", "填写人": "张"}, "处理决定“同意”不在可选项中"),
        ({"单位说明": "说明"}, "请填写填写人"),
        ({"填写人": "张"}, "请填写单位说明"),
        ({"单位说明": "说明", "填写人": "张", "豁免至": "2027-1-1"}, "处理决定不是“豁免”"),
    ],
)
def test_each_wrong_line_is_told_and_the_others_are_taken(
    fill: Fill, findings: dict[str, ExceptionRow], answers: dict[str, object], message: str
) -> None:
    path = fill(f1=answers, f2={"单位说明": "正确的一行", "填写人": "李四"})
    result = read_decisions(path, findings, TODAY)
    assert [event.finding_id for event in result.events] == ["f2"]
    assert len(result.errors) == 1
    assert message in result.errors[0].message
    assert str(result.errors[0]).startswith("第 5 行（编号 f1）：")


def test_unknown_and_repeated_ids_are_told(fill: Fill, findings: dict[str, ExceptionRow]) -> None:
    answers = {
        "f1": {"单位说明": "甲", "填写人": "张"},
        "f2": {"单位说明": "乙", "填写人": "张", "编号": "f1"},
        "f3": {"单位说明": "丙", "填写人": "张", "编号": "f99"},
        "f4": {"单位说明": "丁", "填写人": "张", "编号": ""},
    }
    path = fill(**answers)
    result = read_decisions(path, findings, TODAY)
    assert [event.note for event in result.events] == ["说明理由：乙"]
    messages = [error.message for error in result.errors]
    assert messages[0].startswith("与第 4 行重复")
    assert "缺少编号" in messages
    assert "编号不在当前清单中，请勿改动“编号”列" in messages


def test_the_csv_list_is_read_too_even_as_excel_saves_it(
    warehouse: Path, findings: dict[str, ExceptionRow], tmp_path: Path
) -> None:
    source = build_reports(warehouse, tmp_path / "reports").csv
    with source.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    for row in rows[1:]:
        if row[HEADINGS.index("编号")] == "f3":
            row[HEADINGS.index("单位说明")], row[HEADINGS.index("填写人")] = "口径不同", "王五"
    target = tmp_path / "filled.csv"
    with target.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows(rows)
    assert [event.note for event in read_decisions(target, findings, TODAY).events] == ["说明理由：口径不同"]


def test_a_file_that_is_no_list_is_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.xlsx"
    wrong.write_bytes(b"not a workbook")
    with pytest.raises(DecisionError, match="不是能读的 Excel 工作簿"):
        read_decisions(wrong, {}, TODAY)
    book = openpyxl.Workbook()
    book.active.append(["甲", "乙"])
    book.save(tmp_path / "other.xlsx")
    with pytest.raises(DecisionError, match="没有找到表头"):
        read_decisions(tmp_path / "other.xlsx", {}, TODAY)
    book.active.append(["编号", "单位说明"])
    book.save(tmp_path / "other.xlsx")
    with pytest.raises(DecisionError, match="缺少这些列：处理决定"):
        read_decisions(tmp_path / "other.xlsx", {}, TODAY)
    with pytest.raises(DecisionError, match="没有找到文件"):
        read_decisions(tmp_path / "none.xlsx", {}, TODAY)


def test_decisions_can_be_read_back_as_history(findings: dict[str, ExceptionRow], tmp_path: Path) -> None:
    ledger = tmp_path / "ledger" / "events.jsonl"
    answer = explain(findings["f1"], text="口径不同", person="张三", today=TODAY)
    waiver = waive(
        findings["f1"], until=date(2027, 1, 1), reason="local_practice", text="", person="李四", today=TODAY
    )
    record(ledger, [answer, waiver])
    told = history(ledger, "f1")
    assert [(event.kind, event.person) for event in told] == [("answer", "张三"), ("waiver", "李四")]
    assert told[1].note == "当地口径或模板差异"
    assert history(ledger, "f2") == []
    assert len(read_ledger(ledger).events) == 2


def test_a_waiver_that_was_lifted_can_be_given_again(
    findings: dict[str, ExceptionRow], tmp_path: Path
) -> None:
    ledger = tmp_path / "events.jsonl"

    def waiver(day: int) -> LedgerEvent:
        today = date(2026, 11, day)
        return waive(findings["f1"], until=date(2027, 1, 1), reason="误报", text="", person="李", today=today)

    assert record(ledger, [waiver(1)]) == 1
    assert record(ledger, [waiver(2)]) == 0
    lifted = lift_waiver(findings["f5"], text="", person="李", today=TODAY)
    assert record(ledger, [replace(lifted, finding_id="f1")]) == 1
    assert record(ledger, [waiver(24)]) == 1


def test_only_a_waiver_in_force_can_be_lifted(findings: dict[str, ExceptionRow]) -> None:
    assert lift_waiver(findings["f5"], text="", person="张", today=TODAY).kind == "waiver_lifted"
    with pytest.raises(DecisionError, match="没有正在生效的豁免"):
        lift_waiver(findings["f1"], text="", person="张", today=TODAY)


def test_a_fixed_finding_needs_no_waiver(findings: dict[str, ExceptionRow]) -> None:
    with pytest.raises(DecisionError, match="已整改"):
        waive(findings["f4"], until=date(2027, 1, 1), reason="误报", text="", person="张", today=TODAY)
