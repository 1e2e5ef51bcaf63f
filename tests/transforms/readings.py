"""Statements of a small disclosure, built and read: what the tests of whole statements share."""

from __future__ import annotations

from decimal import Decimal

import polars as pl

from tests.transforms.builders import ExtractionBuilder
from transforms.document import transform_document


def final_accounts() -> ExtractionBuilder:
    builder = ExtractionBuilder()
    for text in ("平川市甲区财政局", "2024年度部门决算"):
        builder.line(text)
    return builder


def budget() -> ExtractionBuilder:
    return ExtractionBuilder().line("2026年平川市甲区财政局部门预算")


def caption(title: str, unit: str = "万元") -> str:
    return f"{title}\n部门：平川市甲区财政局 金额单位：{unit}"


def read(builder: ExtractionBuilder) -> dict[str, pl.DataFrame]:
    return transform_document(builder.build())


def codes(frames: dict[str, pl.DataFrame]) -> list[str | None]:
    return frames["statement"]["statement_code"].to_list()


def value(frames: dict[str, pl.DataFrame], **where: str) -> Decimal:
    amounts = frames["amount"]
    for column, wanted in where.items():
        amounts = amounts.filter(pl.col(column) == wanted)
    assert amounts.height == 1, amounts
    found: Decimal = amounts["value"][0]
    return found
