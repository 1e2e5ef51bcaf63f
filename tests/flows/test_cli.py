"""The command line as scripts and people meet it: output, JSON, exit codes, one clear line for an error."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from flows.cli import LOADED_ALONE
from flows.commands import app
from flows.console import MOST_ROWS, print_rows
from flows.exit_codes import ExitCode
from flows.lock import night_lock
from samples.district import District


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_commands_loaded_alone_are_all_of_their_module() -> None:
    defined: dict[str, set[str]] = defaultdict(set)
    for command in app.registered_commands:
        assert command.callback is not None
        defined[command.callback.__module__].add(command.name or command.callback.__name__)
    assert {module: defined[module] for module in LOADED_ALONE} == LOADED_ALONE
    assert all(len(names) > 1 for names in LOADED_ALONE.values())


def test_extract_says_what_was_understood(district: District) -> None:
    document = next(one for one in district.documents if one.doc_kind == "final_accounts")
    shown = run("extract", district.path(document))
    assert shown.exit_code == 0
    assert document.unit_name in shown.output
    assert "T01" in shown.output
    record = json.loads(run("extract", district.path(document), "--json").stdout)
    assert record["identity"]["fiscal_year"] == document.fiscal_year
    assert record["document"]["page_count"] == document.page_count
    assert {"T01", "T02", "T03", "T04", "T05", "T06"} <= {
        one["statement_code"] for one in record["statements"]
    }


def test_extract_of_what_is_no_pdf_gives_a_reason_and_an_exit_code(tmp_path: Path) -> None:
    page = tmp_path / "page.pdf"
    page.write_text("<html>404</html>", encoding="utf-8")
    shown = run("extract", page)
    assert shown.exit_code == ExitCode.INCOMPLETE
    assert "网页" in shown.output


def test_exceptions_as_table_and_json(published_home: Path) -> None:
    records = json.loads(run("exceptions", "--home", published_home, "--json").stdout)
    assert records
    assert {"finding_id", "severity", "message", "page"} <= set(records[0])
    errors = json.loads(run("exceptions", "--home", published_home, "--severity", "error", "--json").stdout)
    assert 0 < len(errors) <= len(records)
    assert {record["severity"] for record in errors} == {"error"}
    assert run("exceptions", "--home", published_home, "--severity", "grave").exit_code == ExitCode.USAGE


def test_sql_reads_and_cannot_write(published_home: Path) -> None:
    found = run("sql", "SELECT count(*) AS n FROM mart.document", "--home", published_home, "--json")
    assert json.loads(found.stdout)[0]["n"] > 0
    refused = run("sql", "DELETE FROM core.document", "--home", published_home)
    assert refused.exit_code == ExitCode.USAGE
    assert "SQL 无法执行" in refused.output


def test_rules_are_listed() -> None:
    listed = json.loads(run("rules", "--json").stdout)
    assert len(listed) >= 30
    assert {"ARI", "XTB"} <= {rule["family"] for rule in listed}


@pytest.mark.parametrize("command", [("exceptions",), ("sql", "SELECT 1"), ("ask", "exception_list")])
def test_nothing_published_yet_is_said_plainly(command: tuple[str, ...], tmp_path: Path) -> None:
    shown = run(*command, "--home", tmp_path)
    assert shown.exit_code == ExitCode.NOTHING_PUBLISHED
    assert "还没有已发布的数据仓库" in shown.output


def test_a_second_night_is_refused(tmp_path: Path, district: District) -> None:
    with night_lock(tmp_path):
        shown = run("ingest", district.directory / "documents", "--home", tmp_path)
    assert shown.exit_code == ExitCode.RUNNING


def test_wrong_configuration_is_named(tmp_path: Path) -> None:
    config = tmp_path / "night.yaml"
    config.write_text("wrokers: 2\n", encoding="utf-8")
    shown = run("nightly", "--config", config, "--home", tmp_path / "home")
    assert shown.exit_code == ExitCode.USAGE
    assert "wrokers" in shown.output


def test_doctor_finds_a_good_home_good_and_a_changed_document_bad(
    published_home: Path, tmp_path: Path
) -> None:
    good = json.loads(run("doctor", "--home", published_home, "--json").stdout)
    assert not [finding for finding in good if finding["state"] == "error"]
    stored = tmp_path / "store" / "objects" / "ab"
    stored.mkdir(parents=True)
    (stored / f"ab{'0' * 62}.pdf").write_bytes(b"%PDF-1.4 something else")
    shown = run("doctor", "--home", tmp_path, "--json")
    assert shown.exit_code == ExitCode.INCOMPLETE
    bad = [finding for finding in json.loads(shown.stdout) if finding["state"] == "error"]
    assert any("哈希" in finding["detail"] for finding in bad)


def test_a_decision_is_recorded_and_told_again_in_history(published_home: Path, tmp_path: Path) -> None:
    import shutil

    home = tmp_path / "home"
    shutil.copytree(published_home, home, symlinks=True)
    finding = json.loads(run("exceptions", "--home", home, "--json").stdout)[0]["finding_id"]
    assert run("explain", finding, "--by", "张三", "--text", "口径不同", "--home", home).exit_code == 0
    told = json.loads(run("history", finding, "--home", home, "--json").stdout)
    assert any("口径不同" in (event["note"] or "") for event in told)
    assert (
        run("explain", "f_unknown", "--by", "张三", "--text", "x", "--home", home).exit_code == ExitCode.USAGE
    )


def test_a_long_table_says_how_much_of_it_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(("名称",), [(f"第{number}行",) for number in range(MOST_ROWS + 3)], as_json=False)
    shown = capsys.readouterr()
    assert f"第{MOST_ROWS - 1}行" in shown.out
    assert f"第{MOST_ROWS}行" not in shown.out
    assert f"共 {MOST_ROWS + 3} 行" in shown.err
