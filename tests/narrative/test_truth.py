"""The numbers that careful readers found in the text of the five truth documents, as claims."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from extractors.document import extract_document
from transforms.document import transform_document
from transforms.narrative.coverage import coverage

pytestmark = pytest.mark.corpus

SEED = "shanxi-shangdang/区委办公室_2023_决算.pdf"
FINANCE = "shanghai-putuo/财政局_2024_部门决算.pdf"
STREET_2024 = "shanghai-putuo/万里街道_2024_部门预算.pdf"
STREET_2025 = "shanghai-putuo/万里街道_2025_部门预算.pdf"
COMMERCE = "shanghai-putuo/商务委员会_2025_部门预算.pdf"

#: finding, document, value, what else its claim says
FINDINGS: list[tuple[str, str, str, dict[str, Any]]] = [
    ("SEED-E01", SEED, "32.56", {"metric": "amount", "basis": "initial_budget", "functional_code": "221"}),
    (
        "SEED-E01",
        SEED,
        "99.72",
        {"metric": "completion", "basis": "initial_budget", "functional_code": "221"},
    ),
    (
        "SEED-E01",
        SEED,
        "1530.55",
        {"metric": "amount", "basis": "initial_budget", "line_code": "functional.total"},
    ),
    ("SEED-E01", SEED, "1444.64", {"metric": "amount", "basis": "initial_budget", "functional_code": "201"}),
    ("SEED-E01", SEED, "36.43", {"metric": "amount", "basis": "initial_budget", "functional_code": "208"}),
    ("SEED-E01", SEED, "16.83", {"metric": "amount", "basis": "initial_budget", "functional_code": "210"}),
    (
        "SEED-S04",
        SEED,
        "45.27",
        {"metric": "completion", "basis": "initial_budget", "line_code": "functional.total"},
    ),
    ("SEED-S04", SEED, "41.15", {"metric": "completion", "functional_code": "201"}),
    ("SEED-S04", SEED, "136.81", {"metric": "completion", "functional_code": "208"}),
    ("SEED-S04", SEED, "40.82", {"metric": "growth", "basis": "prior_year_final", "direction": "increase"}),
    ("SEED-S05", SEED, "53.54", {"metric": "growth", "functional_code": "208", "direction": "increase"}),
    ("SEED-S05", SEED, "9", {"metric": "growth", "line_code": "agency_operating_cost.total"}),
    ("SEED-S02", SEED, "4", {"metric": "count", "line_code": "vehicles.other", "unit": "辆"}),
    ("SEED-S06", SEED, "32.22", {"metric": "amount", "line_code": "agency_operating_cost.total"}),
    ("SEED-S07", SEED, "273.44", {"metric": "amount", "line_code": "performance.self_evaluation"}),
    ("SEED-N02", SEED, "2.32", {"metric": "share", "basis": "whole", "functional_code": "210"}),
    (
        "SEED-N05",
        SEED,
        "0",
        {"metric": "completion", "basis": "full_year_budget", "line_code": "three_public.total"},
    ),
    ("SEED-S01", SEED, "0", {"metric": "amount", "line_code": "procurement.total"}),
    ("CZ-E01", FINANCE, "0.3", {"metric": "amount", "statement_code": "T04", "line_code": "revenue.total"}),
    ("CZ-E02", FINANCE, "71.73", {"metric": "share", "functional_code": "201"}),
    (
        "CZ-E02",
        FINANCE,
        "2940.05",
        {"metric": "amount", "statement_code": "T05", "line_code": "functional.total"},
    ),
    ("CZ-E01", FINANCE, "63.14", {"metric": "change", "direction": "decrease", "reference_year": 2023}),
    ("CZ-E01", FINANCE, "2.10", {"metric": "growth", "direction": "decrease"}),
    ("CZ-S01", FINANCE, "184.65", {"metric": "amount", "line_code": "agency_operating_cost.total"}),
    ("CZ-S04", FINANCE, "598.42", {"metric": "amount", "line_code": "performance.target"}),
    (
        "CZ-N04",
        FINANCE,
        "2993.92",
        {"metric": "amount", "basis": "initial_budget", "line_code": "functional.total"},
    ),
    ("CZ-N05", FINANCE, "251.25", {"metric": "amount", "line_code": "procurement.total"}),
    ("CZ-N05", FINANCE, "246.47", {"metric": "amount", "line_code": "procurement.services"}),
    ("CZ-N06", FINANCE, "598.42", {"metric": "amount", "line_code": "performance.monitoring"}),
    ("CZ-N06", FINANCE, "598.42", {"metric": "amount", "line_code": "performance.self_evaluation"}),
    (
        "W24-E02",
        STREET_2024,
        "2.98",
        {"metric": "growth", "basis": "prior_execution", "functional_code": "2013302"},
    ),
    ("W24-E03", STREET_2024, "352.67", {"metric": "amount", "basis": "none", "functional_code": "2210201"}),
    ("W24-E03", STREET_2024, "350.35", {"metric": "amount", "basis": "none", "functional_code": "2210201"}),
    (
        "W24-E03",
        STREET_2024,
        "0.53",
        {"metric": "growth", "direction": "increase", "functional_code": "2210201"},
    ),
    ("W24-E06", STREET_2024, "13459", {"metric": "count", "unit": "平方米"}),
    ("W24-E06", STREET_2024, "8013", {"metric": "count", "unit": "平方米"}),
    (
        "W24-S02",
        STREET_2024,
        "1",
        {"metric": "count", "subject_kind": "vehicle_plan", "line_code": "vehicles.other"},
    ),
    ("W24-S02", STREET_2024, "25", {"metric": "amount", "line_code": "three_public.vehicle_purchase"}),
    (
        "W24-S03",
        STREET_2024,
        "7",
        {"metric": "count", "subject_kind": "vehicle", "line_code": "vehicles.total"},
    ),
    ("W24-S05", STREET_2024, "664.98", {"metric": "amount", "line_code": "procurement.reserved_sme"}),
    ("W24-S05", STREET_2024, "465.49", {"metric": "amount", "line_code": "procurement.reserved_small_micro"}),
    ("W24-S05", STREET_2024, "1662.44", {"metric": "amount", "line_code": "procurement.total"}),
    (
        "W24-N01",
        STREET_2024,
        "100",
        {"metric": "growth", "basis": "prior_execution", "functional_code": "2059999"},
    ),
    ("W24-N03", STREET_2024, "5634.81", {"metric": "amount", "line_code": "performance.target"}),
    ("W24-N04", STREET_2024, "15621.11", {"metric": "amount", "line_code": "revenue.total"}),
    ("W25-N02", STREET_2025, "47.91", {}),
    (
        "SWW-E01",
        COMMERCE,
        "24558.18",
        {"metric": "change", "basis": "prior_execution", "reference_year": 2024},
    ),
    ("SWW-E01", COMMERCE, "24491.71", {"metric": "change", "basis": "prior_budget", "reference_year": 2024}),
    ("SWW-S01", COMMERCE, "29381", {"metric": "amount", "functional_code": "2150899"}),
    ("SWW-S02", COMMERCE, "11381.60", {"metric": "amount", "line_code": "performance.target"}),
    ("SWW-S02", COMMERCE, "25", {"metric": "count", "line_code": "performance.target"}),
    ("SWW-S03", COMMERCE, "171.01", {"metric": "amount", "line_code": "agency_operating_cost.total"}),
]
# W25-N02 compares 2025 with what 2024 printed: the number itself stands in the 2024 document only.
FINDINGS = [finding for finding in FINDINGS if finding[0] != "W25-N02"]


@lru_cache(maxsize=5)
def _facts(path: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    frames = extract_document(path).frames()
    return frames["sentence"], transform_document(frames)["claim"]


@pytest.mark.parametrize(("finding", "document", "value", "says"), FINDINGS, ids=lambda part: str(part)[:40])
def test_named_numbers_are_claims(
    shared_documents: Path, finding: str, document: str, value: str, says: dict[str, Any]
) -> None:
    _, claims = _facts(shared_documents / document)
    found = claims.filter(pl.col("value") == Decimal(value))
    for column, expected in says.items():
        found = found.filter(pl.col(column) == expected)
    assert found.height >= 1, finding
    assert set(found["status"]) == {"typed"}
    assert found["page"].null_count() == 0


def test_a_wrong_total_and_its_standstill_share_a_context(shared_documents: Path) -> None:
    _, claims = _facts(shared_documents / FINANCE)
    total = claims.filter((pl.col("value") == Decimal("0.3")) & (pl.col("metric") == "amount"))
    flat = claims.filter((pl.col("context_no") == total["context_no"][0]) & (pl.col("metric") == "direction"))
    assert flat["direction"].to_list() == ["equal"]


def test_two_plan_numbers_and_a_reason_against_the_change_share_their_context(shared_documents: Path) -> None:
    _, claims = _facts(shared_documents / STREET_2024)
    plans = claims.filter(
        (pl.col("functional_code") == "2210201")
        & (pl.col("metric") == "amount")
        & (pl.col("basis") == "none")
    )
    assert plans["context_no"].n_unique() == 1
    assert sorted(plans["value"].to_list()) == [Decimal("350.35"), Decimal("352.67")]
    publicity = claims.filter(pl.col("functional_code") == "2013302")
    assert publicity.filter(pl.col("metric") == "growth")["direction"].to_list() == ["decrease"]
    assert publicity.filter(pl.col("metric") == "reason")["direction"].to_list() == ["increase"]


def test_listed_items_carry_codes(shared_documents: Path) -> None:
    _, claims = _facts(shared_documents / FINANCE)
    listed = claims.filter((pl.col("metric") == "list") & (pl.col("line_code") == "economic.item"))
    assert "30310" in listed["economic_code"].to_list()  # 个人农业生产补贴: no amount in T06
    assert "30309" not in listed["economic_code"].to_list()  # 奖励金: an amount, but not listed
    assert set(listed["is_open_list"]) == {False}


def test_a_misprinted_path_has_no_code(shared_documents: Path) -> None:
    _, claims = _facts(shared_documents / STREET_2025)
    wrong = claims.filter(pl.col("functional_path") == "卫生健康支出/卫生健康支出/计划生育事务")
    assert wrong.height >= 1
    assert wrong["functional_code"].null_count() == wrong.height


@pytest.mark.parametrize(
    ("document", "share"),
    [(SEED, 0.97), (FINANCE, 0.97), (STREET_2024, 0.92), (STREET_2025, 0.92), (COMMERCE, 0.92)],
)
def test_nearly_every_number_is_understood(shared_documents: Path, document: str, share: float) -> None:
    assert coverage(*_facts(shared_documents / document)).share >= share
