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
_CHINESE_SHARE = 0.3  # of what is no number; real pages have at least .77
_FOREIGN_SHARE, _ENOUGH_FOREIGN = 0.01, 2  # real pages have at most .003
_FIRST_IDEOGRAPH, _LAST_IDEOGRAPH = 0x4E00, 0x9FFF
_FIRST_PRIVATE, _LAST_PRIVATE = 0xE000, 0xF8FF
_UNREADABLE, _LAST_CONTROL = 0xFFFD, 0x1F
_FIRST_LATE_CONTROL, _LAST_LATE_CONTROL = 0x7F, 0x9F
#: Accented Latin letters and every script up to general punctuation but Greek (μ, φ, Ω of specifications).
_FOREIGN = ((0xC0, 0x36F), (0x400, 0x1FFF))
_SIGNS = [ord(sign) for sign in "×÷Øø"]
#: Ideographs and the punctuation, signs and full-width characters that stand among them.
_CHINESE = ((0x2010, 0x2027), (0x2460, 0x24FF), (0x2E80, 0x303F), (0x3400, 0x9FFF), (0xFF00, 0xFFEF))
_OF_NUMBERS = [ord(sign) for sign in "0123456789.,-%()/: \u00a0"]


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
    wrong = _wrong_letters(code)
    if wrong:
        return PageHealth("garbled", f"文字层乱码：{wrong}，需要 OCR 识别")
    if page.invisible_text and _has_large_image(page):
        return PageHealth("scanned", "可检索扫描页：文字层来自他人的识别，只可作参考")
    ideographs = code[(code >= _FIRST_IDEOGRAPH) & (code <= _LAST_IDEOGRAPH)]
    if len(ideographs) >= _ENOUGH_CHARACTERS:
        share = int(np.count_nonzero(_is_common()[ideographs - _FIRST_IDEOGRAPH])) / len(ideographs)
        if share < _COMMON_SHARE:
            return PageHealth("garbled", f"文字层乱码：常用字只占 {share:.0%}，数字也可能错位，需要 OCR 识别")
    return PageHealth("ok")


def _wrong_letters(code: NDArray[np.uint32]) -> str:
    """Say in Chinese what shows that characters stand for others, "" where nothing does.

    A program that leaves out what a font's codes stand for makes readers take the codes for characters of their own: digits
    may be right, because they are of another font, and words are ASCII and accented letters.
    """
    words = code[~np.isin(code, _OF_NUMBERS)]
    foreign = int(np.count_nonzero(_in_ranges(words, _FOREIGN) & ~np.isin(words, _SIGNS)))
    if foreign >= _ENOUGH_FOREIGN and foreign > _FOREIGN_SHARE * len(words):
        return f"{foreign} 个字符是其他文字的字母"
    chinese = int(np.count_nonzero(_in_ranges(words, _CHINESE)))
    if len(words) >= _ENOUGH_CHARACTERS and chinese < _CHINESE_SHARE * len(words):
        return f"汉字只占文字的 {chinese / len(words):.0%}"
    return ""


def _in_ranges(code: NDArray[np.uint32], ranges: tuple[tuple[int, int], ...]) -> NDArray[np.bool_]:
    """Tell which characters lie in one of these ranges, both ends included."""
    flags = np.zeros(len(code), dtype=np.bool_)
    for first, last in ranges:
        flags |= (code >= first) & (code <= last)
    return flags


def _is_broken(code: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Tell which characters are private, control characters, or known to be unreadable."""
    flags: NDArray[np.bool_] = (code >= _FIRST_PRIVATE) & (code <= _LAST_PRIVATE)
    flags |= (code <= _LAST_CONTROL) | (code == _UNREADABLE)
    flags |= (code >= _FIRST_LATE_CONTROL) & (code <= _LAST_LATE_CONTROL)
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
