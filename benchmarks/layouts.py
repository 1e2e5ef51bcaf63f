"""How well documents of places nobody has seen are read: random layouts and official forms of other provinces.

    python -m benchmarks.layouts [--documents 190] [--seed 1] [--workers 2] [--keep DIR] [--rules] [--look NAME=OPTION]

typesets the model district's accounts in the statement sets of ``samples/data/forms.yaml`` under any combination of
the features in ``samples/data/looks.yaml``, reads every document, and compares it with what was printed. For each
option of each feature it prints the share of rows exactly right, of statements recognised, of amounts with the right
statement, line, measure, code, fund, stage and unit, and of identities right, and how many numbers of table pages stand
in no cell. ``--rules`` judges the documents as well: they are consistent, so that every error or warning is a false alarm.

``--look rules=none`` gives a feature, or ``set``, instead of having it drawn; it may stand several times.

The same seed gives the same documents and the same result.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from extractors.document import extract_document
from extractors.limits import Limits
from extractors.printed_number import fold
from flows.night import NightPlan, run_night
from flows.settings import NightSettings
from flows.step import plain_step
from samples.elsewhere.documents import ElsewhereDocument, disclose
from samples.flow import DrawnTable
from samples.table_layout import DrawnCell
from transforms.corpus_report import stray_tokens
from transforms.document import transform_document

_SHOWN = 25  # kinds of mistakes printed
_FORMS = frozenset({"PF", "PFW", "BT14", "BT16"})
Frames = dict[str, pl.DataFrame]


@dataclass(slots=True)
class Score:
    """What was read of one document, or of several."""

    documents: int = 0
    rows: int = 0
    rows_right: int = 0
    statements: int = 0
    statements_right: int = 0
    amounts: int = 0
    amounts_right: int = 0
    outside: int = 0  # numbers of table pages that stand in no cell
    identities: int = 0
    identities_right: int = 0
    features: dict[str, str] = field(default_factory=dict)
    mistakes: list[tuple[str, str]] = field(default_factory=list)  # (kind, what)

    def add(self, other: Score) -> None:
        """Add another score to this one."""
        for name in _COUNTS:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def shares(self) -> tuple[float, float, float, float]:
        """Return rows, statements, amounts and identities right in per cent."""
        pairs = (
            (self.rows_right, self.rows),
            (self.statements_right, self.statements),
            (self.amounts_right, self.amounts),
            (self.identities_right, self.identities),
        )
        shares = [100.0 * right / whole if whole else 100.0 for right, whole in pairs]
        return shares[0], shares[1], shares[2], shares[3]


_COUNTS = (
    "documents", "rows", "rows_right", "statements", "statements_right", "amounts", "amounts_right", "outside",
    "identities", "identities_right",
)  # fmt: skip


def score_document(
    number: int, seed: int, keep: Path | None = None, fixed: Mapping[str, str] | None = None
) -> Score:
    """Typeset, read and compare one document of a campaign."""
    made = disclose(seed, number, fixed)
    with tempfile.TemporaryDirectory() as folder:
        path = (keep or Path(folder)) / f"{made.name}.pdf"
        path.write_bytes(made.document.pdf())
        extraction = extract_document(path, Limits(use_ocr=False)).frames()
    facts = transform_document(extraction)
    score = Score(documents=1, features=made.features)
    placed = _Placed(extraction, facts)
    front = made.document.front_pages
    for table in made.document.tables:
        _score_statement(score, table, front, facts["statement"])
        _score_rows(score, table, front, placed)
        for drawn in table.cells:
            if any(character.isdigit() for character in drawn.cell.text):
                _score_amount(score, table, drawn, front, placed, made)
    score.outside = stray_tokens(extraction)
    _score_identity(score, made, facts["identity"].row(0, named=True))
    return score


class _Placed:
    """The extracted cells of a document by page, and the amounts that were read of them."""

    def __init__(self, extraction: Frames, facts: Frames) -> None:
        self.cells: dict[int, list[dict[str, Any]]] = {}
        for cell in extraction["cell"].iter_rows(named=True):
            self.cells.setdefault(cell["page"], []).append(cell)
        self.amounts = {
            (row["table_no"], row["row_no"], row["column_no"]): row
            for row in facts["amount"].iter_rows(named=True)
        }

    def at(self, drawn: DrawnCell, front: int) -> dict[str, Any] | None:
        """Return the smallest extracted cell over the middle of a drawn one."""
        x0, top, x1, bottom = drawn.box
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        over = [
            cell
            for cell in self.cells.get(drawn.page + front, [])
            if cell["x0"] <= x <= cell["x1"] and cell["top"] <= y <= cell["bottom"]
        ]
        return min(
            over, key=lambda cell: (cell["x1"] - cell["x0"]) * (cell["bottom"] - cell["top"]), default=None
        )


def _score_statement(score: Score, table: DrawnTable, front: int, statements: pl.DataFrame) -> None:
    score.statements += 1
    first, last = table.first_page + front, table.last_page + front
    for row in statements.iter_rows(named=True):
        is_there = row["first_page"] <= last and row["last_page"] >= first
        if (
            is_there
            and row["statement_code"] == table.table.statement_code
            and row["status"] != "announced_only"
        ):
            score.statements_right += 1
            return
    score.mistakes.append(("statement", f"{table.table.statement_code} {table.table.title}"))


def _score_rows(score: Score, table: DrawnTable, front: int, placed: _Placed) -> None:
    rows: dict[int, list[DrawnCell]] = {}
    for drawn in table.printed:
        if drawn.cell.row_span == 1:
            rows.setdefault(drawn.row, []).append(drawn)
    for members in rows.values():
        found = [placed.at(drawn, front) for drawn in members]
        score.rows += 1
        right = (
            all(
                cell is not None and fold(cell["raw_text"]) == fold(drawn.cell.text)
                for cell, drawn in zip(found, members, strict=True)
            )
            and len({(cell["table_no"], cell["row_no"]) for cell in found if cell}) == 1
        )
        score.rows_right += right
        if not right:
            text = " | ".join(drawn.cell.text for drawn in members)[:80]
            score.mistakes.append(("row", f"{table.table.statement_code} {text}"))


def _score_amount(
    score: Score, table: DrawnTable, drawn: DrawnCell, front: int, placed: _Placed, made: ElsewhereDocument
) -> None:
    score.amounts += 1
    cell = placed.at(drawn, front)
    amount = placed.amounts.get((cell["table_no"], cell["row_no"], cell["column_no"])) if cell else None
    key = drawn.cell.key
    if key is None:
        return
    wanted = f"{table.table.statement_code} {key.line_code} {key.measure} {key.fund} {key.stage}"
    if cell is None or amount is None:
        reason = "no_cell" if cell is None else "no_amount"
        score.mistakes.append((reason, f"{wanted} [{made.form_set}]"))
        return
    wrong = _differences(table, drawn, amount)
    score.amounts_right += not wrong
    if wrong:
        score.mistakes.append(("wrong", f"{wanted}: {'; '.join(wrong)} [{made.form_set}]"))


def _differences(table: DrawnTable, drawn: DrawnCell, amount: dict[str, Any]) -> list[str]:
    key, printed = drawn.cell.key, drawn.cell.text
    if key is None:
        return []
    value = re.sub(r"[,%]", "", printed)
    pairs: list[tuple[str, Any, Any]] = [
        ("statement_code", table.table.statement_code, amount["statement_code"]),
        ("line_code", key.line_code, amount["line_code"]),
        ("measure", key.measure, amount["measure"]),
        ("functional_code", key.functional_code, amount["functional_code"]),
        ("economic_code", key.economic_code, amount["economic_code"]),
        ("fund", _fund(key.fund), _fund(amount["fund"])),
        ("stage", key.stage, amount["stage"]),
        ("unit", _unit(drawn.cell.unit), _unit(amount["unit"])),
        ("value", float(value), float(amount["value"])),
    ]
    wrong = [f"{name} {found}" for name, wanted, found in pairs if wanted != found]
    if key.item.startswith("*"):
        if key.item[1:] not in amount["item"] or not amount["item"]:
            wrong.append("item")
    elif table.table.statement_code not in _FORMS and amount["item"] != key.item:
        wrong.append(f"item {amount['item']}")
    return wrong


def _fund(fund: str) -> str:
    return "all" if fund == "fiscal_appropriation" else fund


def _unit(unit: str | None) -> str | None:
    return {"台": "台（套）", "套": "台（套）"}.get(unit or "", unit)


def _score_identity(score: Score, made: ElsewhereDocument, identity: dict[str, Any]) -> None:
    document = made.document
    wanted = {
        "unit_name": fold(document.unit.name),
        "fiscal_year": document.year,
        "doc_kind": document.doc_kind,
        "scope": document.unit.scope,
    }
    score.identities += 1
    wrong = [
        f"{name} {identity[name]} for {value}" for name, value in wanted.items() if identity[name] != value
    ]
    score.identities_right += not wrong
    if wrong:
        score.mistakes.append(("identity", f"{'; '.join(wrong)} | {document.title}"))


def campaign(
    documents: int,
    seed: int,
    workers: int = 1,
    keep: Path | None = None,
    fixed: Mapping[str, str] | None = None,
) -> list[Score]:
    """Score the first ``documents`` of a campaign, in order."""
    one = partial(score_document, seed=seed, keep=keep, fixed=fixed)
    if workers == 1:
        return [one(number) for number in range(documents)]
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(one, range(documents), chunksize=4))


def by_feature(scores: Iterable[Score]) -> dict[tuple[str, str], Score]:
    """Return the sum of the scores for each option of each feature."""
    sums: dict[tuple[str, str], Score] = {}
    for score in scores:
        for entry in score.features.items():
            sums.setdefault(entry, Score()).add(score)
    return dict(sorted(sums.items()))


def render(scores: list[Score]) -> str:
    """Return the result as text: one line for each option, the sums, and the commonest mistakes."""
    head = f"{'feature':16}{'option':22}{'docs':>5}{'rows %':>9}{'stmts %':>9}{'amounts %':>11}{'ident. %':>10}{'outside':>9}"
    lines = [head]
    total = Score()
    for score in scores:
        total.add(score)
    for (name, option), score in [*by_feature(scores).items(), (("all", ""), total)]:
        rows, statements, amounts, identities = score.shares()
        lines.append(
            f"{name:16}{option:22}{score.documents:5}{rows:9.2f}{statements:9.2f}{amounts:11.2f}"
            f"{identities:10.2f}{score.outside:9}"
        )
    lines.append(
        f"{total.rows} rows, {total.statements} statements, {total.amounts} amounts in {total.documents} documents"
    )
    for kind in ("identity", "statement", "no_cell", "no_amount", "wrong", "row"):
        counted = Counter(what for score in scores for found, what in score.mistakes if found == kind)
        if counted:
            lines.append(f"\n{kind}: {sum(counted.values())}")
            lines += [f"  {count:5}  {what}" for what, count in counted.most_common(_SHOWN)]
    return "\n".join(lines)


def false_alarms(folder: Path, home: Path) -> list[tuple[str, str, str]]:
    """Judge the documents in a folder as a night does; return (severity, rule, message) of every error and warning."""
    plan = NightPlan(home, NightSettings(workers=2), plain_step, kind="ingest", paths=(folder,))
    run_night(plan)
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as warehouse:
        return warehouse.execute(
            "SELECT severity, rule_id, message FROM core.finding WHERE severity IN ('error', 'warning') ORDER BY ALL"
        ).fetchall()


def main() -> None:
    """Run a campaign and print its result."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--documents", type=int, default=190)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder in which the PDFs are kept")
    parser.add_argument(
        "--rules", action="store_true", help="judge the documents too: every finding is false"
    )
    parser.add_argument("--look", action="append", default=[], help="a feature that is given, as rules=none")
    options = parser.parse_args()
    fixed = dict(given.split("=", 1) for given in options.look)
    with tempfile.TemporaryDirectory() as folder:
        keep = options.keep or Path(folder)
        keep.mkdir(parents=True, exist_ok=True)
        print(render(campaign(options.documents, options.seed, options.workers, keep, fixed)))
        if options.rules:
            found = false_alarms(keep, Path(folder) / "home")
            print("\nerrors and warnings on documents without defects, by rule:")
            for (severity, rule), count in Counter(entry[:2] for entry in found).most_common():
                print(f"  {count:5}  {severity:8} {rule}")


if __name__ == "__main__":
    main()
