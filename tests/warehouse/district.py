"""A small district as facts: four bodies over three years, budgets and final accounts, with one thing wrong for each question.

Every number is worked out here in 万元; the tests compare what the questions answer with these numbers, not with SQL.
"""

# ruff: noqa: E501 - rows of data read better unbroken

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

import extractors.schema
import transforms.schema
from tests.warehouse.sets import Rows, sha_of, sighting, sightings, write_set

PREFIX = "样例区"
WAN = Decimal(10000)


@dataclass
class Disclosure:
    """One document: what it prints, statement by statement."""

    name: str
    unit: str
    year: int
    kind: str = "final_accounts"
    scope: str | None = "department"
    department: str | None = None
    published_on: str | None = None
    content: str = "full"
    rows: Rows = field(default_factory=list)
    claims: Rows = field(default_factory=list)
    project: dict[str, Any] | None = None
    sentences: list[str] = field(default_factory=list)

    def amount(self, statement: str, line: str, value: str | Decimal | int, **more: Any) -> None:
        """Print an amount in 万元 (or, with ``unit``, a count)."""
        self.rows.append(
            {
                "statement_code": statement,
                "line_code": line,
                "value": Decimal(value),
                "measure": "total",
                **more,
            }
        )

    def spend(self, items: dict[str, tuple[int, int]]) -> None:
        """Print the expenditure statement: code of the item -> basic and project expenditure."""
        code = "BT03" if self.kind == "budget" else "T03"
        total = sum(basic + project for basic, project in items.values())
        self.amount(code, "functional.total", total)
        for item in sorted({item[:3] for item in items}):
            self.amount(
                code,
                "functional.class",
                sum(sum(v) for k, v in items.items() if k.startswith(item)),
                functional_code=item,
            )
        for item, (basic, project) in items.items():
            more: dict[str, Any] = {"functional_code": item, "is_leaf": True, "subject_name": f"科目{item}"}
            self.amount(code, "functional.item", basic + project, **more)
            self.amount(code, "functional.item", basic, **{**more, "measure": "basic"})
            self.amount(code, "functional.item", project, **{**more, "measure": "project"})

    def three_public(self, overseas: int, purchase: int, operation: int, hospitality: int) -> None:
        """Print the three-public statement with its totals."""
        code = "BT09" if self.kind == "budget" else "T07"
        self.amount(code, "three_public.total", overseas + purchase + operation + hospitality)
        self.amount(code, "three_public.overseas_visits", overseas, is_leaf=True)
        self.amount(code, "three_public.vehicles", purchase + operation)
        self.amount(code, "three_public.vehicle_purchase", purchase, is_leaf=True)
        self.amount(code, "three_public.vehicle_operation", operation, is_leaf=True)
        self.amount(code, "three_public.hospitality", hospitality, is_leaf=True)

    def claim(self, sentence: str, **more: Any) -> None:
        """Assert something in a sentence of its own."""
        self.sentences.append(sentence)
        self.claims.append({"sentence_no": len(self.sentences), "claim_no": 1, "page": 3, "status": "typed", "decimals": 2, "start": 0, "end": len(sentence), **more})  # fmt: skip


def write(home: Path, document: Disclosure) -> dict[str, Any]:
    """Write both Parquet sets of a disclosure and return its sighting."""
    sha256 = sha_of(document.name)
    codes = list(dict.fromkeys(row["statement_code"] for row in document.rows))
    number = {code: no for no, code in enumerate(codes, start=1)}
    stage = "budget" if document.kind == "budget" else "final"
    amounts, cells = [], []
    for row_no, row in enumerate(document.rows, start=1):
        is_money = "unit" not in row
        place = {"table_no": number[row["statement_code"]], "row_no": row_no, "column_no": 2}
        amounts.append({**place, "statement_no": place["table_no"], "fund": "all", "stage": stage, "item": "", "state": "number", "decimals": 2 if is_money else 0,
                        "unit": "万元", "amount_yuan": row["value"] * WAN if is_money else None, "is_leaf": False, "is_unit_inferred": False, **row})  # fmt: skip
        cells.append({**place, "page": place["table_no"], "row_span": 1, "column_span": 1, "is_header": False, "raw_text": str(row["value"]), "state": "number",
                      "value": row["value"], "decimals": 2, "method": "text", "x0": 100.0, "top": 10.0 * row_no, "x1": 150.0, "bottom": 10.0 * row_no + 9})  # fmt: skip
    write_set(home / "extracted" / "x", extractors.schema.FRAMES, sha256, {
        "document": [{"sha256": sha256, "status": "extracted", "extractor_version": "x", "page_count": 9, "text_layer": "digital"}],
        "cell": cells,
        "sentence": [{"sentence_no": no, "first_page": 3, "last_page": 3, "text": text, "method": "text"} for no, text in enumerate(document.sentences, start=1)],
    })  # fmt: skip
    write_set(home / "facts" / "y", transforms.schema.FRAMES, sha256, {
        "identity": [{"unit_name": document.unit, "department_name": document.department or document.unit, "fiscal_year": document.year, "doc_kind": document.kind,
                      "scope": document.scope, "content": document.content, "is_template": False, "is_consolidated": False, "is_identified": True}],
        "statement": [{"statement_no": no, "statement_code": code, "title": code, "table_no": no, "first_page": no, "last_page": no, "money_unit": "万元", "status": "filled"} for code, no in number.items()],
        "amount": amounts,
        "claim": document.claims,
        "performance_project": [{"statement_no": number.get("PF"), "table_no": number.get("PF"), **document.project}] if document.project else [],
    })  # fmt: skip
    return sighting(document.name, published_on=document.published_on)


FINANCE, SCHOOL, CENTRE, STREET = (
    PREFIX + one for one in ("财政局", "第一中学", "评审中心", "东街街道办事处")
)

#: Final expenditure by item, as basic and project, for each body and year.
SPENT: dict[tuple[str, int], dict[str, tuple[int, int]]] = {
    (FINANCE, 2018): {"2010601": (300, 0), "2040405": (0, 40), "2080505": (30, 0)},
    (FINANCE, 2019): {"2010601": (310, 0), "2040410": (0, 50), "2080505": (32, 0)},
    (FINANCE, 2020): {"2010601": (320, 0), "2040410": (0, 60), "2080505": (34, 0)},
    (STREET, 2018): {"2010301": (100, 20), "2010399": (0, 100)},
    (STREET, 2019): {"2010301": (110, 20), "2010399": (0, 10)},
    (STREET, 2020): {"2010301": (120, 20), "2010399": (0, 10)},
}


def district() -> list[Disclosure]:
    """Return the documents of the district, in the order of their making."""
    documents = []
    for (unit, year), items in SPENT.items():
        made = Disclosure(f"{unit}{year}决算", unit, year, published_on=f"{year + 1}-09-10")
        made.spend(items)
        made.three_public(*((2, 0, 5, 1) if unit == FINANCE else (0, 0, 0 if year == 2020 else 3, 1)))
        documents.append(made)
    by_name = {one.name: one for one in documents}
    _plant(by_name)
    documents += [_unit_document(2020), _budget(2020), _corrected(by_name)]
    return documents


def _plant(by_name: dict[str, Disclosure]) -> None:
    finance, street = by_name[f"{FINANCE}2020决算"], by_name[f"{STREET}2020决算"]
    for year, opening, closing in (
        (2018, 5, 7),
        (2019, 7, 9),
        (2020, 8, 3),
    ):  # 9 at the end of 2019, 8 at the start of 2020
        by_name[f"{FINANCE}{year}决算"].amount("T01", "revenue.opening_carryover", opening)
        by_name[f"{FINANCE}{year}决算"].amount("T01", "expenditure.closing_carryover", closing)
    finance.amount("T01", "expenditure.subtotal", 414)
    by_name[f"{FINANCE}2019决算"].amount("T01", "expenditure.subtotal", 392)
    finance.claim("比上年增加30万元", subject_kind="statement_line", subject_text="支出", statement_code="T01", line_code="expenditure.subtotal", measure="total", metric="change",
                  basis="prior_year_final", reference_year=2019, value=Decimal(30), unit="万元", amount_yuan=30 * WAN, direction="increase")  # fmt: skip
    finance.amount("T10", "agency_operating_cost.total", 60)
    finance.claim(
        "编制20人",
        subject_kind="organisation",
        metric="count",
        line_code="organisation.posts",
        value=Decimal(20),
        unit="人",
        decimals=0,
    )
    street.amount("T10", "agency_operating_cost.total", 30)
    street.amount("T10", "vehicles.total", 4, measure="count", unit="辆")
    finance.amount("T10", "vehicles.total", 2, measure="count", unit="辆")
    street.amount("T06", "economic.item", 80, economic_code="31002", is_leaf=True)
    finance.amount("T06", "economic.item", 90, economic_code="31002", is_leaf=True)
    finance.amount("T10", "procurement.total", 90)
    street.amount("T10", "procurement.total", 0)
    street.project = {"project": "道路整治", "total_score": Decimal(95), "grade": "优"}
    street.amount("PF", "performance.funding", 100, measure="full_year_budget", item="道路整治")
    street.amount("PF", "performance.funding", 50, measure="executed", item="道路整治")


def _unit_document(year: int) -> Disclosure:
    """The finance bureau's only unit publishes 10 less than the department, and its department's total is 414."""
    made = Disclosure(
        f"{FINANCE}{year}单位",
        FINANCE + "（本级）",
        year,
        scope="unit",
        department=FINANCE,
        published_on="2021-09-10",
    )
    made.spend({"2010601": (310, 0), "2040410": (0, 60), "2080505": (34, 0)})
    return made


def _budget(year: int) -> Disclosure:
    made = Disclosure(f"{STREET}{year}预算", STREET, year, kind="budget", published_on="2020-03-30")
    made.spend({"2010301": (150, 50), "2010399": (0, 100)})
    return made


def _corrected(by_name: dict[str, Disclosure]) -> Disclosure:
    """A first version of the street's accounts of 2019, in which one number was wrong and the hospitality row missing."""
    final = by_name[f"{STREET}2019决算"]
    first = Disclosure(
        f"{STREET}2019决算初版",
        STREET,
        2019,
        published_on="2020-08-01",
        rows=[dict(row) for row in final.rows],
    )
    first.rows[0] = {**first.rows[0], "value": Decimal(139)}
    del first.rows[-1]
    return first


def write_district(home: Path) -> pl.DataFrame:
    """Write the district's sets below ``home`` and return its sightings."""
    return sightings(*(write(home, one) for one in district()))


REGISTRY = {
    "units.csv": "unit_id,official_name,parent_department,nature,publishes_separately,valid_from,valid_to,predecessor,aliases\n"
    f"1,{FINANCE},,administrative,是,,,,\n"
    f"2,{STREET},,subdistrict,是,,,,\n"
    f"3,{SCHOOL},,school,是,,2019-12-31,,\n"
    f"4,{CENTRE},{FINANCE},public_institution,否,,,,\n",
    "calendar.csv": "fiscal_year,doc_kind,approved_on,due_on\n2018,final_accounts,2019-08-25,\n2019,final_accounts,2020-07-10,\n2020,final_accounts,2021-09-01,\n",
    "exempt.csv": f"official_name,fiscal_year,doc_kind,reason\n{SCHOOL},2018,final_accounts,涉密\n",
}


def write_registry(directory: Path) -> Path:
    """Write the bureau's files and return their directory."""
    directory.mkdir(parents=True)
    for name, text in REGISTRY.items():
        (directory / name).write_text(text, encoding="utf-8")
    return directory
