"""One Chinese font for pages that name fonts without bringing them, in the processes that draw pages.

pdfium looks for such fonts among those installed and leaves text out where it finds none. Servers seldom have a
Chinese font, so evidence would show empty pages. The font that is installed with the program is drawn instead, and
it alone: the same page gives the same picture on every machine.
"""

from __future__ import annotations

import ctypes
import os
from importlib import resources

import pypdfium2.raw as pdfium

_PACKAGE = "paperang_p2_fonts_cjk"


def use_packaged_font() -> None:
    """Start pdfium again with the packaged font; only in a process that has no document open."""
    folder = resources.files(_PACKAGE).joinpath("fonts")
    with resources.as_file(folder) as path:
        folders = (ctypes.c_char_p * 2)(os.fsencode(path), None)
    pdfium.FPDF_DestroyLibrary()
    settings = pdfium.FPDF_LIBRARY_CONFIG(version=2)
    settings.m_pUserFontPaths = ctypes.cast(folders, type(settings.m_pUserFontPaths))
    pdfium.FPDF_InitLibraryWithConfig(
        ctypes.byref(settings)
    )  # reads the folders, and keeps no pointer to them
