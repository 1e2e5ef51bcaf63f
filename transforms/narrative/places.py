"""From characters of a sentence back to their page and box."""

from __future__ import annotations

from typing import Any

import polars as pl


class Places:
    """The fragments of a document's sentences, looked up by offset."""

    def __init__(self, fragment: pl.DataFrame) -> None:
        self._by_sentence: dict[int, list[tuple[Any, ...]]] = {}
        columns = ["sentence_no", "page", "start", "end", "top", "bottom", "char_x0", "char_x1"]
        for row in fragment.select(columns).iter_rows():
            self._by_sentence.setdefault(row[0], []).append(row)

    def of(self, sentence_no: int, start: int, end: int) -> dict[str, Any]:
        """Return page and box of the characters; of those on the first printed line where they wrap."""
        for _, page, first, last, top, bottom, x0, x1 in self._by_sentence.get(sentence_no, ()):
            if first <= start < last or (start == end == last):
                begin = min(start, last - 1) - first
                stop = max(begin + 1, min(end, last) - first)
                return {
                    "page": page,
                    "x0": float(min(x0[begin:stop])),
                    "top": top,
                    "x1": float(max(x1[begin:stop])),
                    "bottom": bottom,
                }
        return {"page": None, "x0": None, "top": None, "x1": None, "bottom": None}
