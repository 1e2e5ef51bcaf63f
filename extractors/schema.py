"""What extraction hands on: one Parquet set per document, the frames and their columns.

Coordinates are PDF points with the origin in the top left corner of the page as seen (after /Rotate), the
same as pdfplumber's. Of a workbook a sheet is a page, and boxes count its columns and rows from 0: cell C5 is
(2, 4, 3, 5). Pages, rows, columns, tables and sentences count from 1. Nothing here knows accounting.
"""

from __future__ import annotations

from typing import Any

import polars as pl

#: Printed values: 18 whole digits and 6 decimals hold every amount in 元, 万元 or 亿元 and every percentage.
PRINTED: Any = pl.Decimal(24, 6)  # Any: mypy cannot mix dtype classes and instances in one mapping

_EXTENTS: Any = pl.List(pl.Float32)

#: One row: the file as a whole.
DOCUMENT = pl.Schema(
    {
        "sha256": pl.String,
        "byte_count": pl.Int64,
        "extractor_version": pl.String,
        "status": pl.String,  # extracted | failed
        "status_reason": pl.String,  # Chinese sentence; of an extracted document what its reader must know, or null
        "reason_code": pl.String,  # not_pdf | empty_file | encrypted | damaged | no_pages | too_large; ocr_unfinished
        # | timeout | memory | crashed
        "page_count": pl.Int32,
        "text_layer": pl.String,  # digital | mixed | scanned | unusable | none
        "producer": pl.String,
        "creator": pl.String,
        "created_on": pl.String,  # as the PDF says it, ISO 8601 where readable
        "title": pl.String,  # PDF metadata title
    }
)

#: One row a page.
PAGE = pl.Schema(
    {
        "page": pl.Int32,
        "width": pl.Float64,
        "height": pl.Float64,
        "rotation": pl.Int32,
        "char_count": pl.Int32,
        "table_count": pl.Int32,
        "route": pl.String,  # fast | reference | text_aligned | ocr | office | none
        "status": pl.String,  # ok | blank | scanned | outlined | garbled | failed | over_limit
        "status_reason": pl.String,
    }
)

#: One row a logical table (parts on following pages already joined).
TABLE = pl.Schema(
    {
        "table_no": pl.Int32,
        "first_page": pl.Int32,
        "last_page": pl.Int32,
        "row_count": pl.Int32,
        "column_count": pl.Int32,
        "header_row_count": pl.Int32,  # leading rows that are headings (0 where none is recognisable)
        "caption": pl.String,  # the text lines above the table that belong to it, joined with "\n", top first
        "notes": pl.String,  # the text lines below it that belong to it, joined with "\n"
        "money_unit": pl.String,  # 元 | 万元 | 亿元 as printed in caption, grid or notes; else null
        "method": pl.String,  # ruled | text_aligned | ocr | office
        "x0": pl.Float64,  # box of the part on first_page
        "top": pl.Float64,
        "x1": pl.Float64,
        "bottom": pl.Float64,
    }
)

#: One row a printed cell (merged cells once, at their first row and column; covered positions have no row).
CELL = pl.Schema(
    {
        "table_no": pl.Int32,
        "page": pl.Int32,
        "row_no": pl.Int32,
        "column_no": pl.Int32,
        "row_span": pl.Int32,
        "column_span": pl.Int32,
        "is_header": pl.Boolean,
        "raw_text": pl.String,  # lines joined with "\n"; "" for an empty cell
        "state": pl.String,  # extractors.printed_number.CellState
        "value": PRINTED,
        "decimals": pl.Int32,
        "method": pl.String,  # text | ocr | office
        "confidence": pl.Float64,  # 0..1 for ocr, and where it is not certain which column a text stands in; else null
        "x0": pl.Float64,
        "top": pl.Float64,
        "x1": pl.Float64,
        "bottom": pl.Float64,
    }
)

#: One row a line of text outside every table, in reading order.
LINE = pl.Schema(
    {
        "page": pl.Int32,
        "line_no": pl.Int32,  # within the page
        "text": pl.String,
        "size": pl.Float64,  # dominant character size in points
        "role": pl.String,  # body | heading | caption | note | page_number | running_head | contents
        "method": pl.String,
        "x0": pl.Float64,
        "top": pl.Float64,
        "x1": pl.Float64,
        "bottom": pl.Float64,
    }
)

#: One row a sentence of the narrative.
SENTENCE = pl.Schema(
    {
        "sentence_no": pl.Int32,
        "section": pl.String,  # headings above it, outermost first, joined with " / "
        "first_page": pl.Int32,
        "last_page": pl.Int32,
        "text": pl.String,  # white space removed, otherwise as printed (not NFKC-folded)
        "method": pl.String,
        "paragraph_no": pl.Int32,  # counts through the document: sentences of one paragraph share it
        "role": pl.String,  # body | heading (a heading is a sentence of its own)
    }
)

#: One row a piece of a sentence on one printed line: the map back from every character to its page and box.
FRAGMENT = pl.Schema(
    {
        "sentence_no": pl.Int32,
        "fragment_no": pl.Int32,
        "page": pl.Int32,
        "start": pl.Int32,  # offset of the first character in SENTENCE.text
        "end": pl.Int32,  # one past the last
        "top": pl.Float64,
        "bottom": pl.Float64,
        "char_x0": _EXTENTS,  # end - start items
        "char_x1": _EXTENTS,
    }
)

#: File name (without .parquet) and schema of each frame of a document's Parquet set.
FRAMES: dict[str, pl.Schema] = {
    "document": DOCUMENT,
    "page": PAGE,
    "table": TABLE,
    "cell": CELL,
    "line": LINE,
    "sentence": SENTENCE,
    "fragment": FRAGMENT,
}
