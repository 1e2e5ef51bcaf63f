"""The hand-checked tables of two real documents, amount by amount."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from extractors.document import extract_document
from extractors.printed_number import read_printed_number
from transforms.document import transform_document
from transforms.identities import find_identities

pytestmark = pytest.mark.corpus

_DOCUMENTS = {
    "财政局": ("shanghai-putuo/财政局_2024_部门决算.pdf", "tables_财政局_2024_部门决算.json"),
    "万里街道": ("shanghai-putuo/万里街道_2024_部门预算.pdf", "tables_万里街道_2024_部门预算.json"),
}


@pytest.fixture(scope="module")
def facts(shared_documents: Path) -> dict[str, dict[str, pl.DataFrame]]:
    return {
        name: transform_document(extract_document(shared_documents / path).frames())
        for name, (path, _) in _DOCUMENTS.items()
    }


def _true_values(table: dict[str, Any]) -> Counter[Decimal]:
    found: Counter[Decimal] = Counter()
    for row in table["rows"]:
        for column, text in enumerate(row):
            heading = table["columns"][column][-1] if table["columns"][column] else ""
            number = read_printed_number(text or "")
            if heading not in {"类", "款", "项"} and number.state == "number" and number.value is not None:
                found[number.value] += 1
    return found


@pytest.mark.parametrize("name", sorted(_DOCUMENTS))
def test_every_hand_checked_amount_is_read(
    name: str, facts: dict[str, dict[str, pl.DataFrame]], shared_truth: Path
) -> None:
    truth = json.loads((shared_truth / _DOCUMENTS[name][1]).read_text(encoding="utf-8"))
    frames = facts[name]
    statements = frames["statement"].filter(pl.col("statement_code").is_not_null()).to_dicts()
    official = [table for table in truth["tables"] if table["kind"] == "official"]
    assert len(official) == 9
    for table in official:
        statement = next(s for s in statements if s["first_page"] in table["pages"])
        read = frames["amount"].filter(
            (pl.col("statement_no") == statement["statement_no"]) & (pl.col("state") == "number")
        )
        assert Counter(read["value"].to_list()) == _true_values(table), table["title"]
        assert statement["money_unit"] == table["unit"], table["title"]


def test_codes_and_measures_of_the_revenue_statement(
    facts: dict[str, dict[str, pl.DataFrame]], shared_truth: Path
) -> None:
    truth = json.loads((shared_truth / _DOCUMENTS["财政局"][1]).read_text(encoding="utf-8"))
    table = next(t for t in truth["tables"] if t["title"] == "收入决算表")
    amounts = facts["财政局"]["amount"].filter(pl.col("statement_code") == "T02")
    read = {(a["functional_code"], a["measure"]): a["value"] for a in amounts.to_dicts()}
    measures = {4: "total", 5: "fiscal_appropriation", 10: "other_revenue"}
    checked = 0
    for row in table["rows"]:
        code = "".join(part for part in row[:3] if part)
        if code.isdigit():
            for column, measure in measures.items():
                number = read_printed_number(row[column])
                assert read[(code, measure)] == (number.value or Decimal(0)), (code, measure)
                checked += 1
    assert checked == 57


def test_every_identity_of_the_reference_document_closes(shared_documents: Path) -> None:
    path = shared_documents / "shanxi-shangdang" / "区委办公室_2023_决算.pdf"
    frames = transform_document(extract_document(path).frames())
    identities, missing = find_identities(frames["amount"].to_dicts())
    assert len(identities) > 200
    assert missing == 0
    assert [identity for identity in identities if not identity.is_closed] == []
    codes = frames["statement"].filter(pl.col("table_no").is_not_null())["statement_code"].to_list()
    assert codes == ["T01", "T02", "T03", "T04", "T05", "T06", "T08", "T09", "T07", "T10", *["PF"] * 6]
    identity = frames["identity"].row(0, named=True)
    assert identity["unit_name"] == "中国共产党长治市上党区委员会办公室"
    assert (identity["fiscal_year"], identity["doc_kind"], identity["scope"]) == (
        2023,
        "final_accounts",
        "unit",
    )


def test_self_evaluations_of_the_reference_document(shared_documents: Path) -> None:
    path = shared_documents / "shanxi-shangdang" / "区委办公室_2023_决算.pdf"
    frames = transform_document(extract_document(path).frames())
    amounts = frames["amount"].filter(pl.col("statement_code") == "PF")
    funding = amounts.filter(
        (pl.col("line_code") == "performance.funding") & (pl.col("item") == "区委办业务费")
    )
    read = dict(zip(funding["measure"].to_list(), funding["value"].to_list(), strict=True))
    assert read["executed"] == Decimal("37.633")
    assert read["left_over"] == Decimal("24.367")
    assert read["execution_rate"] == Decimal("60.7")
    projects = frames["performance_project"]
    assert projects.height == 6
    assert projects.filter(pl.col("project") == "区委办业务费")["grade"].to_list() == ["优"]
    weights = amounts.filter(
        (pl.col("line_code") == "performance.indicator") & (pl.col("measure") == "weight")
    )
    sums = weights.group_by("statement_no").agg(pl.col("value").sum())
    assert sums["value"].to_list() == [Decimal(90)] * 6


def test_an_empty_form_is_known_as_such(shared_documents: Path) -> None:
    path = shared_documents / "shanghai-putuo" / "空白模板_2024_部门决算.pdf"
    frames = transform_document(extract_document(path).frames())
    identity = frames["identity"].row(0, named=True)
    assert identity["is_template"] is True
    assert identity["unit_name"] is None
    assert identity["is_identified"] is False
    assert frames["amount"].filter(pl.col("value") != 0).height == 0
