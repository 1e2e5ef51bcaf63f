"""The one CJK TrueType font the samples are set in: where it is, and its character widths.

The font is WenQuanYi Micro Hei (Apache License 2.0 or GPL 3 with font exception), taken from the Python package
``paperang-p2-fonts-cjk`` or from Debian's ``fonts-wqy-microhei``. It is embedded as subsets, so a sample PDF needs
no font of the reader's machine.
"""

from __future__ import annotations

import functools
import importlib.util
import os
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FONT_NAME = "SampleHei"
FONT_VARIABLE = "MINGZHANG_SAMPLE_FONT"
_PACKAGE = "paperang_p2_fonts_cjk"
_DEBIAN_PATH = Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc")


class FontMissingError(RuntimeError):
    """No CJK TrueType font was found; the message names the command that installs one."""


def font_path() -> Path:
    """Return the font file: the one named by ``MINGZHANG_SAMPLE_FONT``, the package's, or Debian's.

    Raises ``FontMissingError`` with an install command where none exists.
    """
    candidates = [Path(os.environ[FONT_VARIABLE])] if os.environ.get(FONT_VARIABLE) else []
    specification = importlib.util.find_spec(_PACKAGE)
    for folder in (specification.submodule_search_locations or []) if specification else []:
        candidates += sorted((Path(folder) / "fonts").glob("*.tt[cf]"))
    candidates.append(_DEBIAN_PATH)
    for candidate in candidates:
        if candidate.is_file():
            return candidate
    raise FontMissingError(
        "找不到中文 TrueType 字体：请运行 pip install paperang-p2-fonts-cjk，"
        "或 apt-get install fonts-wqy-microhei，或用环境变量 " + FONT_VARIABLE + " 指定一个 .ttf 文件"
    )


@functools.lru_cache(maxsize=1)
def registered_font() -> TTFont:
    """Register the font with reportlab once per process and return it."""
    font = TTFont(FONT_NAME, str(font_path()), subfontIndex=0)
    pdfmetrics.registerFont(font)
    return font


@functools.lru_cache(maxsize=1)
def _widths() -> dict[int, float]:
    face = registered_font().face
    return {code: width / 1000.0 for code, width in face.charWidths.items()}


@functools.lru_cache(maxsize=65536)
def text_width(text: str) -> float:
    """Width of ``text`` in em (multiply by the font size for points)."""
    widths = _widths()
    return sum(widths.get(ord(character), 1.0) for character in text)
