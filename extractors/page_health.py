"""Whether a page's text can be used, by features with a wide gap between good and bad pages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from extractors.page_objects import PageObjects

_FEW_CHARACTERS = 8
_LARGE_IMAGE = 0.5  # of the page
_OUTLINE_SEGMENTS = 3_000
_BROKEN_SHARE = 0.3
_COMMON_SHARE = 0.3  # real pages have at least .44
_ENOUGH_CHARACTERS = 40
_FIRST_IDEOGRAPH, _LAST_IDEOGRAPH = 0x4E00, 0x9FFF
_FIRST_PRIVATE, _LAST_PRIVATE = 0xE000, 0xF8FF
_UNREADABLE, _LAST_CONTROL = 0xFFFD, 0x1F


@dataclass(frozen=True, slots=True)
class PageHealth:
    """Status code of a page and the Chinese reason, None where all is well."""

    status: str
    reason: str | None = None


@lru_cache(maxsize=1)
def common_characters() -> frozenset[str]:
    """Return the 500 commonest Chinese characters of published disclosures."""
    return frozenset(
        (Path(__file__).with_name("common_characters.csv"))
        .read_text(encoding="utf-8")
        .split("\n", 1)[1]
        .replace("\n", "")
    )


@lru_cache(maxsize=1)
def _is_common() -> NDArray[np.bool_]:
    """Return for each ideograph, counted from the first, whether it is a common one."""
    flags = np.zeros(_LAST_IDEOGRAPH - _FIRST_IDEOGRAPH + 1, dtype=np.bool_)
    flags[[ord(character) - _FIRST_IDEOGRAPH for character in common_characters()]] = True
    return flags


def page_health(page: PageObjects) -> PageHealth:
    """Judge the text of a page: ok, blank, scanned, outlined or garbled."""
    text = page.chars.text
    if len(text) < _FEW_CHARACTERS:
        if _has_large_image(page):
            return PageHealth("scanned", "扫描页：没有文字层，需要 OCR 识别")
        if page.path_segment_count > _OUTLINE_SEGMENTS:
            return PageHealth("outlined", "文字已转为曲线，没有文字层，需要 OCR 识别")
        return PageHealth("ok" if text else "blank")
    code = page.chars.code
    broken = int(np.count_nonzero(_is_broken(code)))
    if broken > _BROKEN_SHARE * len(text):
        return PageHealth("garbled", f"文字层损坏：{broken}/{len(text)} 个字符没有可用的编码，需要 OCR 识别")
    if page.invisible_text and _has_large_image(page):
        return PageHealth("scanned", "可检索扫描页：文字层来自他人的识别，只可作参考")
    ideographs = code[(code >= _FIRST_IDEOGRAPH) & (code <= _LAST_IDEOGRAPH)]
    if len(ideographs) >= _ENOUGH_CHARACTERS:
        share = int(np.count_nonzero(_is_common()[ideographs - _FIRST_IDEOGRAPH])) / len(ideographs)
        if share < _COMMON_SHARE:
            return PageHealth("garbled", f"文字层乱码：常用字只占 {share:.0%}，数字也可能错位，需要 OCR 识别")
    return PageHealth("ok")


def _is_broken(code: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Tell which characters are private, control characters, or known to be unreadable."""
    flags: NDArray[np.bool_] = (code >= _FIRST_PRIVATE) & (code <= _LAST_PRIVATE)
    flags |= (code <= _LAST_CONTROL) | (code == _UNREADABLE)
    return flags


def _has_large_image(page: PageObjects) -> bool:
    area = page.width * page.height
    covered = 0.0
    for image in page.images:
        width = max(0.0, min(image.x1, page.width) - max(image.x0, 0.0))
        height = max(0.0, min(image.bottom, page.height) - max(image.top, 0.0))
        covered += width * height  # scans are often cut into strips
    return covered > _LARGE_IMAGE * area


def text_layer_of(statuses: list[str]) -> str:
    """Return digital, mixed, scanned, unusable or none, from the statuses of a document's pages."""
    written = [status for status in statuses if status not in {"blank", "failed", "over_limit"}]
    if not written:
        return "none"
    if all(status == "ok" for status in written):
        return "digital"
    if all(status == "scanned" for status in written):
        return "scanned"
    return "mixed" if "ok" in written else "unusable"
