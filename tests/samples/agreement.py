"""Comparing what a room understood with the truth of the sample documents, cell by cell."""

from __future__ import annotations

from typing import Any

import polars as pl


def cells_not_extracted(truth: dict[str, Any], cells: pl.DataFrame) -> list[dict[str, Any]]:
    """Amounts of the truth for which no extracted cell stands on their page, over their middle, with their text."""
    by_page: dict[int, list[dict[str, Any]]] = {}
    for cell in cells.iter_rows(named=True):
        by_page.setdefault(cell["page"], []).append(cell)
    return [amount for amount in truth["amounts"] if not _matches(amount, by_page.get(amount["page"], []))]


def _matches(amount: dict[str, Any], cells: list[dict[str, Any]]) -> bool:
    x0, top, x1, bottom = amount["box"]
    x, y = (x0 + x1) / 2, (top + bottom) / 2
    return any(
        "".join(cell["raw_text"].split()) == amount["printed"]
        and cell["x0"] <= x <= cell["x1"]
        and cell["top"] <= y <= cell["bottom"]
        for cell in cells
    )


_KEY = ("statement_code", "line_code", "measure", "functional_code", "economic_code", "stage", "item")


def amounts_not_understood(
    truth: dict[str, Any], amounts: pl.DataFrame, *, with_fund: bool = False
) -> list[dict[str, Any]]:
    """Amounts of the truth for which no fact has the same codes, value and decimals."""
    names = (*_KEY, "fund") if with_fund else _KEY
    known = {_identity(row, names) for row in amounts.iter_rows(named=True) if row["value"] is not None}
    return [amount for amount in truth["amounts"] if _identity(amount, names) not in known]


def _identity(amount: dict[str, Any], names: tuple[str, ...]) -> tuple[Any, ...]:
    """Key, value and decimals; the 合计 of all fiscal funds counts as all funds."""
    key = ("all" if amount[name] == "fiscal_appropriation" else amount[name] for name in names)
    return (*key, _plain(amount["value"]), amount["decimals"])


def _plain(value: Any) -> str:
    text = f"{value}"
    return text.rstrip("0").rstrip(".") if "." in text else text
