"""Real documents over two years and two scopes, from file to answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from crawlers.store import Store
from expectations.catalogue import load_rules
from expectations.engine import judge
from extractors.document import extract_document
from extractors.frames import write_extraction
from extractors.limits import Limits
from tests.warehouse.sets import sighting, sightings
from transforms.worker import transform_to_directory
from warehouse.ask import questions
from warehouse.build import BuildInputs, build_warehouse

pytestmark = pytest.mark.corpus

FILES = (
    "shanghai-putuo/万里街道_2024_部门预算.pdf",
    "shanghai-putuo/万里街道_2025_部门预算.pdf",
    "shanghai-putuo/商务委员会_2025_部门预算.pdf",
    "shanghai-putuo/商务委员会_2025_单位预算.pdf",
    "shanghai-putuo/财政局_2024_部门决算.pdf",
    "jiangsu/江苏省政协办公厅_2017年度部门预算公开表.pdf",
    "jiangsu/江苏省政协办公厅_江苏省政协办公厅2017年度部门预算.pdf",
    "jiangsu/江苏省政协办公厅_江苏省政协办公厅2018年度部门预算.pdf",
    "jiangsu/江苏省政协办公厅_江苏省政协办公厅2018度部门预算公开表.pdf",
    "jiangsu/江苏省政协办公厅_江苏省政协办公厅2019年度部门预算.pdf",
    "jiangsu/江苏省政协办公厅_江苏省政协办公厅2019年预算公开表.pdf",
    "jiangsu/江苏省人大办公厅_省人大办公厅2018预算公开.pdf",
    "jiangsu/江苏省人大办公厅_江苏省人大常委会2019年度部门预算公开.pdf",
    "jiangsu/江苏省人大办公厅_江苏省人大常委会办公厅2019年部门预算公开表.pdf",
)

Rows = list[tuple[Any, ...]]


@pytest.fixture(scope="module")
def warehouse(shared_documents: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("series")
    rows = []
    for name in FILES:
        path = shared_documents / name
        sha256 = Store(home).put(path)
        extracted, facts = (home / root / sha256[:2] / sha256 for root in ("extracted/x", "facts/y"))
        write_extraction(extract_document(path, Limits()), extracted)  # a worker would limit this process
        transform_to_directory(extracted, facts)
        rows.append({**sighting(name), "sha256": sha256, "file_name": path.name})
    target = home / "warehouse.duckdb"
    summary = build_warehouse(
        target,
        BuildInputs(
            sightings=sightings(*rows),
            extracted_root=home / "extracted" / "x",
            facts_root=home / "facts" / "y",
            night=date(2026, 11, 23),
        ),
    )
    assert (summary.loaded_count, summary.broken_constraints) == (len(FILES), {})
    with duckdb.connect(str(target)) as connection:
        connection.execute("SET disabled_optimizers = 'top_n_window_elimination'")
        assert judge(connection, load_rules()).failed_rules == {}
    return target


@pytest.fixture
def query(warehouse: Path) -> Callable[..., Rows]:
    def run(sql: str, parameters: dict[str, Any] | None = None) -> Rows:
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            return connection.execute(sql, parameters).fetchall()

    return run


def test_each_money_is_counted_once(query: Callable[..., Rows]) -> None:
    found = query(
        "SELECT fiscal_year, scope, sum(total_yuan) FROM mart.leaf_expenditure "
        "WHERE unit_name LIKE '%万里街道%' OR unit_name LIKE '%商务委员会' GROUP BY unit_name, fiscal_year, scope ORDER BY 1, 3"
    )
    # The commerce commission is its own only unit: its 371,514,655 元 stand in two documents and count once.
    assert found == [
        (2024, "department", Decimal(156211123)),
        (2025, "department", Decimal(189767551)),
        (2025, "department", Decimal(371514655)),
    ]


def test_leaves_agree_with_the_printed_totals(query: Callable[..., Rows]) -> None:
    found = query("SELECT fiscal_year, doc_kind, verdict FROM mart.leaf_reconciliation")
    assert len(found) == 4
    assert {verdict for _, _, verdict in found} <= {"exact", "rounded"}
    assert (2024, "final_accounts", "rounded") in found  # 2,940.06 from eleven rows against 2,940.05


def answer(query: Callable[..., Rows], name: str) -> Rows:
    question = questions()[name]
    return query(question.sql, {one.name: one.default for one in question.parameters})


def test_no_false_alarm_between_the_years_and_the_scopes(query: Callable[..., Rows]) -> None:
    assert answer(query, "implied_prior_year") == []
    assert answer(query, "department_versus_units") == []


def test_the_subdistrict_is_one_unit_over_both_years(query: Callable[..., Rows]) -> None:
    found = query(
        "SELECT count(DISTINCT unit_id), count(*) FROM mart.document WHERE unit_name LIKE '%万里街道%' AND is_current"
    )
    assert found == [(1, 2)]


def test_narratives_and_tables_in_separate_files_are_one_disclosure(query: Callable[..., Rows]) -> None:
    found = query(
        "SELECT unit_name, fiscal_year, count(*) FROM core.document WHERE content IN ('narrative', 'tables') "
        "GROUP BY unit_name, fiscal_year, disclosure_id ORDER BY 1, 2"
    )
    assert found == [
        ("江苏省人大常委会办公厅", 2019, 2),
        ("江苏省政协办公厅", 2017, 2),
        ("江苏省政协办公厅", 2018, 2),
        ("江苏省政协办公厅", 2019, 2),
    ]


def test_every_amount_implied_for_last_year_is_the_one_published(query: Callable[..., Rows]) -> None:
    # Each text compares at least nine amounts with last year's that stand at the same place of last year's tables.
    found = query(
        "SELECT unit_name, fiscal_year, count(*) FILTER (verdict IN ('exact', 'rounded')) >= 9, "
        "count(*) FILTER (verdict = 'violated') "
        "FROM core.outcome JOIN core.document USING (document_id) WHERE rule_id IN "
        "('YOY-BUD-CLAIM', 'YOY-PRIOR-CLASS', 'YOY-PRIOR-SG-DOC', 'YOY-PRIOR-ORGRUN', 'YOY-FLAT-SG', 'YOY-DIR') "
        "AND verdict <> 'not_evaluated' GROUP BY 1, 2 ORDER BY 1, 2"
    )
    assert found == [
        ("上海市普陀区人民政府万里街道办事处", 2025, True, 0),
        ("江苏省人大常委会办公厅", 2019, True, 0),
        ("江苏省政协办公厅", 2018, True, 0),
        ("江苏省政协办公厅", 2019, True, 0),
    ]


def test_a_department_that_is_its_own_only_unit_is_its_sum_and_no_copy(query: Callable[..., Rows]) -> None:
    found = query(
        "SELECT rule_id, count(*) FILTER (verdict = 'exact') > 0, count(*) FILTER (verdict = 'violated') FROM core.outcome "
        "JOIN core.document USING (document_id) WHERE unit_name LIKE '%商务委员会' AND verdict <> 'not_evaluated' "
        "AND rule_id IN ('ORG-SUM', 'ORG-SUM-SG', 'ORG-DOM', 'ORG-DUP-DOC', 'ORG-DUP-NUM') GROUP BY 1 ORDER BY 1"
    )
    assert found == [
        (rule, True, 0) for rule in ("ORG-DOM", "ORG-DUP-DOC", "ORG-DUP-NUM", "ORG-SUM", "ORG-SUM-SG")
    ]
