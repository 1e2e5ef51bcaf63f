"""Mutation test on the page: one printed thing changed, the document typeset again, and the whole night run over it.

    python -m benchmarks.printed_mutation [--documents N] [--seed N] [--workers N]

Half of the documents are the generated district's own, half are of other places (``samples/elsewhere``). Every document
is judged twice, clean and with one change, in two nights; a change is noticed when a rule is violated at error or warning
level that was not in the clean document. Whatever the clean documents raise is a false alarm.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import duckdb

from flows.night import NightPlan, run_night
from flows.settings import NightSettings
from flows.step import plain_step
from samples.documents import SampleDocument
from samples.mutations import MUTATION_KINDS, change_one, elsewhere_builder, own_builder

_BUILDERS = {"own": own_builder, "elsewhere": elsewhere_builder}
_VIOLATED = """
    SELECT file_name, rule_id, severity, subject FROM core.outcome
    JOIN core.rule USING (rule_id) JOIN core.document USING (document_id)
    WHERE verdict = 'violated' AND severity IN ('error', 'warning') AND rule_id <> 'DSQ-REPUB'
      AND coalesce(note, '') NOT IN ('last_digit', 'zero_base')
"""
_ALARMS = """
    SELECT severity, rule_id, file_name, page, message FROM core.finding JOIN core.document USING (document_id)
    WHERE severity IN ('error', 'warning') ORDER BY ALL
"""


@dataclass(frozen=True, slots=True)
class PrintedMutation:
    """One changed document: its name, where it is from, what kind of change was made, and the change in words."""

    name: str
    source: str
    kind: str
    change: str


def typeset(documents: int, seed: int, folder: Path) -> list[PrintedMutation]:
    """Write every document clean and changed; file names begin with the name of the mutation."""
    kinds, made = tuple(MUTATION_KINDS), []
    for number in range(documents):
        source = ("own", "elsewhere")[number % 2]
        index = number // 2
        kind, dice = kinds[index % len(kinds)], random.Random(f"{seed}/{number}")  # noqa: S311 - a repeatable draw
        result = change_one(kind, _BUILDERS[source](index, seed), dice)
        if result is None:
            continue
        name = f"{number:04d}"
        change, clean, changed = result
        _write(folder / "clean", name, clean)
        _write(folder / "changed", name, changed)
        made.append(PrintedMutation(name, source, kind, change))
    return made


def _write(folder: Path, name: str, files: list[SampleDocument]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for part, file in enumerate(files):
        (folder / f"{name}_{part}.pdf").write_bytes(file.pdf())


def judged(folder: Path, home: Path, workers: int) -> Path:
    """Run a night over a folder and return its warehouse."""
    run_night(NightPlan(home, NightSettings(workers=workers), plain_step, kind="ingest", paths=(folder,)))
    return home / "warehouse.duckdb"


def noticed(clean: Path, changed: Path) -> dict[str, list[str]]:
    """Return, by name of the mutation, the rules that the changed document violates and the clean one does not."""
    found: dict[str, set[str]] = {}
    with (
        duckdb.connect(str(clean), read_only=True) as before,
        duckdb.connect(str(changed), read_only=True) as after,
    ):
        known = set(before.execute(_VIOLATED).fetchall())
        for row in after.execute(_VIOLATED).fetchall():
            if row not in known:
                found.setdefault(row[0].split("_")[0], set()).add(row[1])
    return {name: sorted(rules) for name, rules in found.items()}


def report(mutations: list[PrintedMutation], found: dict[str, list[str]]) -> str:
    """Return the table of noticed changes by kind and source, and the changes nothing noticed."""
    lines = [f"{'changed':24}{'own':>12}{'elsewhere':>12}"]
    for kind in (*MUTATION_KINDS, ""):
        counts = []
        for source in _BUILDERS:
            tried = [m for m in mutations if m.source == source and kind in ("", m.kind)]
            counts.append(f"{sum(m.name in found for m in tried)} of {len(tried)}")
        lines.append(f"{kind or 'all':24}{counts[0]:>12}{counts[1]:>12}")
    lines.append("\nnot noticed:")
    lines += [f"  {m.name} {m.source:10}{m.kind:22}{m.change}" for m in mutations if m.name not in found]
    return "\n".join(lines)


def main() -> None:
    """Run the test and print its result."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--documents", type=int, default=112)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder in which PDFs and warehouses are kept")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        mutations = typeset(options.documents, options.seed, folder)
        clean = judged(folder / "clean", folder / "home_clean", options.workers)
        changed = judged(folder / "changed", folder / "home_changed", options.workers)
        print(report(mutations, noticed(clean, changed)))
        with duckdb.connect(str(clean), read_only=True) as warehouse:
            alarms = warehouse.execute(_ALARMS).fetchall()
    print(f"\nfalse alarms on the clean documents: {len(alarms)}")
    for (severity, rule), count in Counter(alarm[:2] for alarm in alarms).most_common():
        print(f"  {count:5}  {severity:8} {rule}")
    for alarm in alarms:
        print(" ", *alarm)


if __name__ == "__main__":
    main()
