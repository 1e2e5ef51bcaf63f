"""Publications that a source's declaration expects, against those that are in the store."""

from __future__ import annotations

from crawlers.settings import Expectation, Source
from crawlers.sighting import Sighting
from crawlers.store import Store

_KIND_NAMES = {"budget": "预算", "final_accounts": "决算", None: "预算或决算"}


def check_expectations(source: Source, store: Store) -> list[str]:
    """Return a Chinese sentence for each expected publication of which too few documents were ever seen."""
    if not source.expect:
        return []
    seen = [record for record in store.records(source.id) if record.sha256]
    sentences = []
    for expectation in source.expect:
        found = len({record.sha256 for record in seen if _meets(record, expectation)})
        if found < expectation.at_least:
            sentences.append(_sentence(expectation, found))
    return sentences


def _meets(record: Sighting, expectation: Expectation) -> bool:
    return (
        (expectation.unit is None or expectation.unit in (record.listed_unit or ""))
        and (expectation.year is None or expectation.year == record.listed_year)
        and (expectation.kind is None or expectation.kind == record.listed_kind)
    )


def _sentence(expectation: Expectation, found: int) -> str:
    year = f"{expectation.year} 年" if expectation.year else ""
    name = f"{expectation.unit or ''}{year}{_KIND_NAMES[expectation.kind]}"
    return f"应公开而未见：{name}（应有 {expectation.at_least} 件，见到 {found} 件）"
