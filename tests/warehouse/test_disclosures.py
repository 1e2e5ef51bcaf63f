"""One disclosure in several files: what belongs together is judged together, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from expectations.catalogue import load_rules
from expectations.engine import judge
from expectations.findings import find
from tests.warehouse.district import WAN, Disclosure, write
from tests.warehouse.sets import id_of, sightings
from warehouse.build import BuildInputs, build_warehouse

UNIT, YEAR, NIGHT = "样例区政协办公室", 2019, date(2026, 11, 23)
STATED = (  # words, statement, line, measure, 万元
    ("一般公共预算拨款收入", "BT01", "revenue.general_public_budget", "total", 900),
    ("基本支出", "BT03", "functional.total", "basic", 700),
    ("项目支出", "BT03", "functional.total", "project", 200),
    ("支出总计", "BT01", "expenditure.total", "total", 950),
)

Built = Callable[..., duckdb.DuckDBPyConnection]


def text(name: str = "说明", *, wrong: int = 0, **more: Any) -> Disclosure:
    """A narrative that states four amounts, the first of them off by ``wrong`` 万元."""
    made = Disclosure(name, UNIT, YEAR, kind="budget", content="narrative", **more)
    for number, (words, statement, line, measure, amount) in enumerate(STATED):
        value = amount + (wrong if number == 0 else 0)
        made.claim(
            f"{words}{value}万元", statement_code=statement, line_code=line, measure=measure, metric="amount", basis="none",
            subject_text=words, value=Decimal(value), unit="万元", amount_yuan=value * WAN, context_no=number,
        )  # fmt: skip
    return made


def tables(name: str = "报表", *, year: int = YEAR, spent: int = 900, **more: Any) -> Disclosure:
    """The tables that go with it."""
    made = Disclosure(name, UNIT, year, kind="budget", content="tables", **more)
    made.spend({"2010301": (spent - 200, 200)})
    made.amount("BT01", "revenue.general_public_budget", spent)
    made.amount("BT01", "expenditure.total", spent + 50)
    return made


@pytest.fixture
def built(tmp_path: Path) -> Built:
    def build(*documents: Disclosure) -> duckdb.DuckDBPyConnection:
        rows = [write(tmp_path, document) for document in documents]
        target = tmp_path / "warehouse.duckdb"
        inputs = BuildInputs(
            sightings=sightings(*rows), extracted_root=tmp_path / "extracted" / "x", facts_root=tmp_path / "facts" / "y",
            night=NIGHT,
        )  # fmt: skip
        assert build_warehouse(target, inputs).broken_constraints == {}
        return duckdb.connect(str(target))

    return build


def together(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Which document each is judged under, by file name."""
    return dict(
        connection.execute(
            "SELECT one.file_name, under.file_name FROM core.document AS one "
            "JOIN core.document AS under ON under.document_id = one.disclosure_id ORDER BY 1"
        ).fetchall()
    )


def test_a_narrative_is_judged_under_its_tables(built: Built) -> None:
    assert together(built(text(), tables())) == {"说明.pdf": "报表.pdf", "报表.pdf": "报表.pdf"}


def test_what_the_tables_do_not_print_is_what_the_narrative_says(built: Built) -> None:
    connection = built(text(), replace(tables(), scope=None))
    assert together(connection)["说明.pdf"] == "报表.pdf"
    found = connection.execute(
        "SELECT scope, completed_by FROM core.document WHERE content = 'tables'"
    ).fetchall()
    assert found == [("department", id_of("说明"))]


@pytest.mark.parametrize(
    "other",
    [
        tables(year=YEAR - 1),
        tables(spent=500),
        replace(tables(), scope="unit"),
        replace(tables(), unit="样例区财政局"),
        replace(tables(), kind="final_accounts"),
    ],
    ids=["year", "numbers", "scope", "unit", "kind"],
)
def test_what_does_not_agree_stays_apart(built: Built, other: Disclosure) -> None:
    found = together(built(text(), other))
    assert all(one == under for one, under in found.items())


def test_a_text_with_a_small_table_of_its_own_is_a_narrative_still(built: Built) -> None:
    made = replace(text(), content="full")
    made.amount("BT09", "three_public.hospitality", 3)
    beside = tables()
    beside.amount("BT09", "three_public.hospitality", 3)
    connection = built(made, beside)
    assert together(connection) == {"说明.pdf": "报表.pdf", "报表.pdf": "报表.pdf"}
    judge(connection, [rule for rule in load_rules() if rule.id == "T03-ROW"])
    assert connection.execute("SELECT max(instances) FROM sheet").fetchall() == [(1,)]


def test_a_narrative_beside_a_whole_disclosure_stays_apart(built: Built) -> None:
    found = together(built(text(), tables(), replace(tables("全文"), content="full")))
    assert all(one == under for one, under in found.items())


def test_tables_in_several_files_are_parts_and_a_new_one_is_a_version(built: Built) -> None:
    income = Disclosure("收入", UNIT, YEAR, kind="budget", content="tables")
    income.amount("BT01", "revenue.general_public_budget", 900)
    income.amount("BT01", "expenditure.total", 950)
    spent = Disclosure("支出", UNIT, YEAR, kind="budget", content="tables", published_on="2019-02-01")
    spent.spend({"2010301": (700, 200)})
    again = replace(spent, name="支出更正", published_on="2019-03-01")
    connection = built(text(), income, spent, again)
    found = connection.execute("SELECT file_name FROM core.document WHERE NOT is_current").fetchall()
    assert found == [("支出.pdf",)]
    under = {one for name, one in together(connection).items() if name != "支出.pdf"}
    assert len(under) == 1


def test_a_finding_on_a_pair_leads_to_the_file_in_which_the_number_stands(built: Built) -> None:
    connection = built(text(wrong=50), tables())
    judge(connection, [rule for rule in load_rules() if rule.id in ("N-INCOME", "T03-ROW")])
    find(connection, NIGHT)
    found = connection.execute(
        "SELECT rule_id, file_name, page, message FROM core.finding JOIN core.document USING (document_id)"
    ).fetchall()
    assert [row[:3] for row in found] == [("N-INCOME", "说明.pdf", 3)]
    assert "“报表”第 2 页" in found[0][3]
    closed = connection.execute(
        "SELECT DISTINCT reason FROM core.outcome WHERE document_id = ?", [id_of("说明")]
    ).fetchall()
    assert closed == [("judged_together",)]
