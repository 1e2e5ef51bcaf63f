"""Names to codes: the subjects a document prints in its own statements first, then the reference lists."""

from __future__ import annotations

import polars as pl

from transforms.subjects import comparable, scheme_of, subjects

_LEVEL_DIGITS = {"类": 3, "款": 5, "项": 7}


class Catalogue:
    """The functional and economic subjects of one document by name."""

    def __init__(self, amount: pl.DataFrame) -> None:
        """``amount`` is the document's frame AMOUNT; an empty one leaves the reference lists only."""
        self._functional = _codes_by_name(amount, "functional_code")
        self._economic = _codes_by_name(amount, "economic_code")

    def functional(self, names: list[tuple[str, str]]) -> str | None:
        """Return the code of a path of (level, name), outermost first; None where it does not lead to one code.

        A name printed under another level than its own (款 printed as 类) is looked up within what is known.
        """
        within = ""
        for level, name in names:
            code = self._functional_step(name, within, _LEVEL_DIGITS[level])
            if code is None:
                if level == names[-1][0]:
                    return None
                continue
            within = code
        return within or None

    def _functional_step(self, name: str, within: str, digits: int) -> str | None:
        own = [
            code
            for code in self._functional.get(comparable(name), ())
            if code.startswith(within) and code != within and len(code) == digits
        ]
        if len(own) == 1:
            return own[0]
        if own:
            return None
        return subjects("functional").find(name, within, digits)

    def functional_class(self, name: str) -> str | None:
        """Return the three-digit code of a class printed without its level."""
        return self._functional_step(name, "", 3)

    def functional_in_document(self, name: str) -> str | None:
        """Return the one code that the document's own statements print under this name."""
        own = self._functional.get(comparable(name), ())
        return own[0] if len(own) == 1 else None

    def functional_codes(self, name: str) -> tuple[str, ...]:
        """Return the codes the reference lists under a name, whatever their level."""
        return subjects("functional").codes.get(comparable(name), ())

    def economic(self, name: str) -> str | None:
        """Return the departmental economic code of a name: the document's own, else the reference's.

        Where several codes bear the name (309 and 310, older editions), rows with an amount come first, then the
        later code, which is the newer edition's.
        """
        own = [c for c in self._economic.get(comparable(name), ()) if scheme_of(c) == "departmental"]
        known = own or subjects("departmental").codes.get(comparable(name), ())
        items = [code for code in known if len(code) == 5]
        return min(items or known, key=_edition_order, default=None)

    def economic_class(self, name: str) -> str | None:
        """Return the class that a name also is (其他资本性支出 before 2018, 其他支出), None where it is none."""
        known = self._economic.get(comparable(name)) or subjects("departmental").codes.get(
            comparable(name), ()
        )
        classes = [code for code in known if len(code) == 3 and scheme_of(code) == "departmental"]
        return classes[0] if len(classes) == 1 else None


def _edition_order(code: str) -> tuple[bool, str, int]:
    """Order codes of one name: classes in order, but 309 (basic construction) last, later codes before earlier."""
    return code.startswith("309"), code[:3], -int(code)


def _codes_by_name(amount: pl.DataFrame, column: str) -> dict[str, tuple[str, ...]]:
    codes: dict[str, set[str]] = {}
    if amount.is_empty():
        return {}
    rows = amount.select(column, "subject_name", "value").drop_nulls([column, "subject_name"])
    rows = rows.group_by(column, "subject_name").agg(
        (pl.col("value").fill_null(0) != 0).any().alias("is_filled")
    )
    filled: set[str] = set()
    for code, name, is_filled in rows.sort(column, "subject_name").iter_rows():
        codes.setdefault(comparable(name), set()).add(code)
        if is_filled:
            filled.add(code)
    return {name: tuple(sorted(found & filled or found)) for name, found in codes.items()}
