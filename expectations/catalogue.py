"""The rule catalogue: one SQL file a rule, opening with a header of ``-- key: value`` lines.

Rules are data. A file names the rule once: its header's ``id`` equals the file name. A header with a missing, unknown
or repeated key is refused, so a typing error cannot silently switch a rule off.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

RULES_DIRECTORY = Path(__file__).parent / "rules"

FAMILIES = {
    "EXT": "抽取闸门",
    "DOC": "文档完整性",
    "ARI": "表内勾稽",
    "XTB": "表间勾稽",
    "NAR": "文表一致",
    "CLS": "科目分类",
    "PRF": "绩效自评",
    "SGP": "三公与采购",
    "BUD": "预算公开",
    "ORG": "部门与单位",
    "YOY": "跨年衔接",
    "STA": "统计异常",
    "DSQ": "公开质量",
}
SEVERITIES = ("error", "warning", "notice")
KINDS = (
    "equal", "sum", "at_most", "at_least", "greater", "less", "unchanged", "nearly_unchanged", "exact", "shares",
    "direction", "percentage", "growth", "growth_on_prior", "score",
)  # fmt: skip
DOC_KINDS = ("final_accounts", "budget", "any")
#: How far a rule looks from the document it judges: to what its group holds (its body's other documents, its department and
#: units: ``warehouse/batches.py``), or over all bodies (``peers.sql`` and the tables of core, nothing else).
REACHES = ("group", "district")

_REQUIRED = frozenset(
    {"id", "title", "family", "severity", "basis", "kind", "doc_kind", "needs", "version", "sentence"}
)
_OPTIONAL = frozenset({"years", "places", "formula", "example", "reach"})
_HEADER_LINE = re.compile(r"--\s*(?P<key>[a-z_]+):\s*(?P<value>.*\S)\s*")
_YEARS = re.compile(r"(?P<first>\d{4})?\.\.(?P<last>\d{4})?")


class RuleError(ValueError):
    """A rule file that cannot be used, with the file's name and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as its file states it.

    ``needs`` lists what has to be in the document before the rule can be judged: alternatives (``T02|BT02``) inside,
    every entry required. ``years`` is the closed range of fiscal years in force, ``places`` the place names (empty:
    everywhere). ``reach`` is how far it looks from the document it judges (``REACHES``).
    """

    id: str
    title: str
    family: str
    severity: str
    basis: str
    kind: str
    doc_kind: str
    needs: tuple[tuple[str, ...], ...]
    version: int
    sentence: str
    sql: str
    years: tuple[int, int] = (0, 9999)
    places: tuple[str, ...] = ()
    formula: str = ""
    example: str = ""
    reach: str = REACHES[0]


def load_rules(directory: Path = RULES_DIRECTORY) -> tuple[Rule, ...]:
    """All rules of ``directory``, ordered by id.

    Raises:
        RuleError: a file whose header is not complete and known, or whose id is not its name.
    """
    return tuple(read_rule(path) for path in sorted(directory.glob("*.sql"), key=lambda path: path.stem))


def read_rule(path: Path) -> Rule:
    """Read one rule file."""
    return parse_rule(path.stem, path.read_text(encoding="utf-8"))


def parse_rule(name: str, text: str) -> Rule:
    """Read a rule from its text; ``name`` is the id it has to carry."""
    header, sql = _split(name, text)
    missing, unknown = _REQUIRED - header.keys(), header.keys() - _REQUIRED - _OPTIONAL
    if missing or unknown:
        raise RuleError(
            f"{name}: missing header keys {sorted(missing)}, unknown header keys {sorted(unknown)}"
        )
    if header["id"] != name:
        raise RuleError(f"{name}: the header's id is {header['id']}, not the file's name")
    for key, allowed in (
        ("family", tuple(FAMILIES)),
        ("severity", SEVERITIES),
        ("kind", KINDS),
        ("doc_kind", DOC_KINDS),
        ("reach", REACHES),
    ):
        if header.get(key, allowed[0]) not in allowed:
            raise RuleError(f"{name}: {key} is {header[key]}, expected one of {', '.join(allowed)}")
    if not header["version"].isdigit():
        raise RuleError(f"{name}: version is {header['version']}, expected a whole number")
    if not sql:
        raise RuleError(f"{name}: no SQL after the header")
    return Rule(
        id=header["id"],
        title=header["title"],
        family=header["family"],
        severity=header["severity"],
        basis=header["basis"],
        kind=header["kind"],
        doc_kind=header["doc_kind"],
        needs=tuple(tuple(entry.split("|")) for entry in header["needs"].split()),
        version=int(header["version"]),
        sentence=header["sentence"],
        sql=sql,
        years=_years(name, header.get("years", "..")),
        places=tuple(header.get("places", "").split()),
        formula=header.get("formula", ""),
        example=header.get("example", ""),
        reach=header.get("reach", REACHES[0]),
    )


def _split(name: str, text: str) -> tuple[dict[str, str], str]:
    header: dict[str, str] = {}
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if not line.startswith("--"):
            return header, "\n".join(lines[number:]).strip().rstrip(";").rstrip()
        match = _HEADER_LINE.fullmatch(line)
        if not match:
            raise RuleError(f"{name}: line {number + 1} is no header line of the form '-- key: value'")
        if match["key"] in header:
            raise RuleError(f"{name}: header key {match['key']} stands twice")
        header[match["key"]] = match["value"]
    return header, ""


def _years(name: str, text: str) -> tuple[int, int]:
    match = _YEARS.fullmatch(text)
    if not match:
        raise RuleError(f"{name}: years is {text}, expected a range such as 2018.. or 2015..2019")
    return int(match["first"] or 0), int(match["last"] or 9999)
