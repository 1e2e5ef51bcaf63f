"""The notation of ``data/forms.yaml``: forms, sets of forms, and their columns and rows.

A form has a statement ``code``, a ``title`` and a ``shape`` (functional, summary, economic_list, economic_blocks,
three_public, statistics, projects, procurement); its other fields belong to the shape. A column reads
``heading/heading = measure @fund ~stage``, a row of a summary ``label = line @fund``.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib import resources
from typing import Any

import yaml

Form = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """One column or row: its printed text, what it holds, and the fund and stage where it names them."""

    text: str
    key: str = ""
    fund: str = ""
    stage: str = ""

    @property
    def path(self) -> tuple[str, ...]:
        """Headings of a column, outermost first."""
        return tuple(self.text.split("/"))


def entry(written: str) -> Entry:
    """Read one column or row."""
    text, _, rest = written.partition(" = ")
    fund = stage = key = ""
    for word in rest.split():
        if word.startswith("@"):
            fund = word[1:]
        elif word.startswith("~"):
            stage = word[1:]
        else:
            key = word
    return Entry(text.removesuffix(" ="), key, fund, stage)


@functools.lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    text = resources.files("samples").joinpath("data", "forms.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


def form_sets() -> dict[str, dict[str, Any]]:
    """Return the statement sets of places: kind of document and the names of their forms, in order."""
    return dict(_data()["sets"])


def forms_of(name: str) -> list[Form]:
    """Return the forms of one set."""
    return [_data()["forms"][form] for form in form_sets()[name]["tables"]]
