"""The template environment of the site: escaping, names of pages, and the words of codes."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reports.evidence import Event, Judgement
from reports.exceptions import ExceptionRow
from reports.labels import basis_text, label
from transforms.money_units import YUAN

TEMPLATES = Path(__file__).with_name("templates")
ASSETS = Path(__file__).with_name("assets")

NAVIGATION = (
    {"href": "index.html", "name": "概览"},
    {"href": "list.html", "name": "例外清单"},
    {"href": "units.html", "name": "单位"},
    {"href": "coverage.html", "name": "覆盖情况"},
    {"href": "rules.html", "name": "规则"},
)

_NUMBER_AND_UNIT = re.compile(r"(-?\d[\d,]*(?:\.\d+)?) ?(\S*)$")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_SAFE_NAME = re.compile(r"[A-Za-z0-9_-]{1,80}")


def safe_name(identifier: str) -> str:
    """Return a file name or anchor made of an identifier: itself where harmless, else its hash."""
    if _SAFE_NAME.fullmatch(identifier):
        return identifier
    return "x_" + hashlib.sha256(identifier.encode("utf-8", "replace")).hexdigest()[:20]


def finding_href(row: ExceptionRow) -> str:
    """Return the finding's page relative to the site."""
    return f"findings/{safe_name(row.finding_id)}.html"


def unit_addresses(units: Iterable[str], known_ids: Iterable[tuple[str, str | None]]) -> dict[str, str]:
    """Return unit name → its page relative to the site, never the same one for two names.

    ``known_ids`` are pairs of name and unit id; a name without an id of its own is addressed by its hash.
    """
    names_of: dict[str, set[str]] = defaultdict(set)
    for name, unit_id in known_ids:
        if unit_id:
            names_of[unit_id].add(name)
    own = {next(iter(names)): unit_id for unit_id, names in sorted(names_of.items()) if len(names) == 1}
    return {name: f"units/{safe_name(own.get(name) or 'name ' + name)}.html" for name in units}


def amount_text(value: Decimal | None) -> str:
    """Return a number with thousands separators and at least two decimals, no digit changed; "—" for none."""
    if value is None:
        return "—"
    digits = value.normalize()
    exponent = digits.as_tuple().exponent
    decimals = max(2, -exponent if isinstance(exponent, int) else 2)
    return f"{value:,.{decimals}f}"


def last_heading(place: str) -> str:
    """Return the innermost heading of a path like ``第三部分 / 七、… / （一）…``; a statement's title as it is."""
    return place.rpartition(" / ")[2]


def is_scaled(judgement: Judgement, row: ExceptionRow) -> bool:
    """Whether a rule on shares compared multiples of what is printed, which say nothing to a reader.

    The list shows what is printed; a multiple is at least twice that.
    """
    if judgement.comparison not in ("at_most", "at_least") or judgement.percent_of_limit is None:
        return False
    shown = _NUMBER_AND_UNIT.match(row.actual or "")
    if shown is None:
        return row.actual is None
    printed = Decimal(shown[1].replace(",", "")) * YUAN.get(shown[2], Decimal(1))
    return abs(judgement.actual or Decimal()) > abs(printed) * Decimal("1.5")


def is_chinese(text: str | None) -> bool:
    """Whether a rule's subject is written for people; codes of lines and measures are not."""
    return bool(_CHINESE.search(text or ""))


def event_words(event: Event) -> str:
    """Return what happened to a finding as a short Chinese sentence, without its date."""
    words = label("event", event.kind)
    if event.kind == "state" and event.state:
        words = {"fixed": "已整改", "open": "又出现"}.get(event.state, label("status", event.state))
    parts = [words]
    if event.expires_on:
        parts.append(f"至 {event.expires_on.isoformat()}")
    if event.person:
        parts.append(f"（{event.person}）")
    if event.note:
        parts.append(f"：{event.note}")
    return "".join(parts)


def make_environment(night: date | None) -> Environment:
    """Return an environment in which every value is HTML-escaped and an unknown name is an error."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=False,
        auto_reload=False,
    )
    environment.filters.update(
        label=lambda code, kind: label(kind, code),
        finding_href=finding_href,
        anchor=safe_name,
        amount=amount_text,
        basis=basis_text,
        event_words=event_words,
        last_heading=last_heading,
        is_chinese=is_chinese,
    )
    environment.tests["scaled"] = is_scaled
    made_for = f"截至 {night.isoformat()}。" if night else ""
    settings: dict[str, Any] = {
        "navigation": NAVIGATION,
        "footer": f"{made_for}本网页由程序核对公开文件生成，只列疑点，不改动任何公布的数。",
        "current": "",
        "root": "",
    }
    environment.globals.update(settings)
    macros = environment.get_template("_macros.html").module
    environment.globals["macros"] = macros
    head = environment.get_template("_head.html")

    @cache
    def site_head(root: str, current: str) -> Markup:
        """Return the brand and the navigation: the same on all pages of one kind."""
        return Markup(head.render(root=root, current=current))  # noqa: S704 - a template's own escaped text

    environment.globals["site_head"] = site_head
    return environment
