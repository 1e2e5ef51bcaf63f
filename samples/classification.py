"""Names of the functional and economic codes the samples use (facts of the Ministry of Finance's classification)."""

from __future__ import annotations

import csv
import functools
from importlib import resources

CHINESE_NUMERALS = (
    "一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六 十七 十八 十九 二十 "
    "二十一 二十二 二十三 二十四 二十五 二十六"
).split()


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
