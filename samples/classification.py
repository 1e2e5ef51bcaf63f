"""Names of the functional and economic codes the samples use (facts of the Ministry of Finance's classification)."""

from __future__ import annotations

import csv
import functools
from importlib import resources

_DIGITS = "一二三四五六七八九"
#: 一 to 二十九, as items of statements and headings are numbered.
CHINESE_NUMERALS = (
    *_DIGITS,
    "十",
    *(f"十{digit}" for digit in _DIGITS),
    "二十",
    *(f"二十{digit}" for digit in _DIGITS),
)


def _read(name: str) -> dict[str, str]:
    text = resources.files("samples").joinpath("data", name).read_text(encoding="utf-8")
    return {row["code"]: row["name"] for row in csv.DictReader(text.splitlines())}


@functools.lru_cache(maxsize=1)
def functional_names() -> dict[str, str]:
    """Functional codes (3, 5 and 7 digits) and their names."""
    return _read("functional.csv")


@functools.lru_cache(maxsize=1)
def economic_names() -> dict[str, str]:
    """Economic codes (3 and 5 digits) and their names."""
    return _read("economic.csv")


@functools.lru_cache(maxsize=1)
def functional_classes() -> tuple[str, ...]:
    """Return the twenty-six class codes in the order of the official statements."""
    return tuple(code for code in functional_names() if len(code) == 3)
