"""Mutation test of the rules: one number, percentage or direction word changed at a time, and is it noticed?

    python benchmarks/mutation.py WAREHOUSE [--each N] [--seed N [N …]]

Copies documents of a built warehouse under new ids into a scratch file, changes one thing in each copy, judges all copies
at once and counts those with a violation at error or warning level that their original does not have. With several seeds the
draws are put together and the interval is given in which 95 % of resamplings of whole documents lie: numbers of one document
are noticed or missed together, so that single numbers would give too narrow a one.
"""

# ruff: noqa: S608 - SQL of this file is put together from its own constants
from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from expectations.catalogue import load_rules
from expectations.engine import judge
from transforms.announced import announced_titles, page_lines
from transforms.titles import read_title

_RESAMPLES = 4000
#: Tables whose rows belong to a document, in the order they are copied.
_TABLES = (
    "document", "page", "extracted_table", "statement", "cell", "amount", "sentence", "claim", "line",
    "performance_project", "performance_indicator",
)  # fmt: skip
_KINDS = {
    "cell_10": "table cell ±10 万元",
    "cell_005": "table cell ±0.05 万元 in a short sum",
    "narrative_amount": "narrative amount",
    "percentage": "percentage",
    "direction": "direction word",
    "direction_checked": "  … that another number of its sentence can contradict",
    "table": "deleted table",
}
_GOALS = {
    "cell_10": 98,
    "cell_005": 90,
    "narrative_amount": 90,
    "percentage": 90,
    "direction": 95,
    "direction_checked": 95,
    "table": 100,
}

_CANDIDATES = {
    "cell_10": """
        SELECT document_id, cell_id AS target FROM core.amount
        WHERE amount_yuan IS NOT NULL AND amount_yuan <> 0 AND state = 'number' AND regexp_matches(statement_code, '^B?T0\\d')""",
    "cell_005": """
        SELECT document_id, cell_id AS target FROM core.amount
        WHERE amount_yuan IS NOT NULL AND amount_yuan <> 0 AND state = 'number' AND half_width_yuan <= 50
          AND statement_code IN ('T01', 'T02', 'T03', 'T04', 'T05', 'T07', 'BT01', 'BT02', 'BT03', 'BT04', 'BT05', 'BT09')""",
    "narrative_amount": """
        SELECT document_id, claim_id AS target FROM core.claim
        WHERE status = 'typed' AND metric IN ('amount', 'change') AND amount_yuan > 0 AND NOT coalesce(is_in_reason, false)
          AND subject_kind IN ('statement_line', 'functional', 'three_public', 'economic', 'procurement',
                               'agency_operating_cost')""",
    "percentage": """
        SELECT document_id, claim_id AS target FROM core.claim
        WHERE status = 'typed' AND metric IN ('share', 'growth', 'completion') AND value > 0
          AND NOT coalesce(is_in_reason, false)""",
    "direction": """
        SELECT document_id, claim_id AS target FROM core.claim
        WHERE status = 'typed' AND NOT coalesce(is_in_reason, false)
          AND ((metric IN ('change', 'growth') AND value > 0 AND direction IN ('increase', 'decrease'))
               OR (metric = 'comparison' AND direction IN ('greater', 'less')))""",
    "direction_checked": """
        SELECT document_id, claim_id AS target FROM core.claim c
        WHERE status = 'typed' AND NOT coalesce(is_in_reason, false) AND metric IN ('change', 'growth', 'comparison')
          AND (value > 0 OR metric = 'comparison') AND direction IN ('increase', 'decrease', 'greater', 'less')
          AND EXISTS (SELECT 1 FROM core.claim o WHERE o.document_id = c.document_id AND o.context_no = c.context_no
                      AND o.metric IN ('change', 'growth', 'amount') AND o.metric <> c.metric AND o.basis = c.basis)""",
    "table": """
        SELECT document_id, statement_id AS target FROM core.statement
        WHERE status = 'filled' AND regexp_matches(statement_code, '^B?T0\\d')""",
}  # fmt: skip


#: A number about two subjects at once (收、支总计各增加) makes a claim for each: what is printed changes for both.
_PRINTED_THERE = """(sentence_id, coalesce("start"::VARCHAR, claim_id), "end", metric) IN (
    SELECT (sentence_id, coalesce("start"::VARCHAR, claim_id), "end", metric) FROM core.claim WHERE claim_id = $target)"""


@dataclass(frozen=True, slots=True)
class Mutation:
    """One change in one copy of one document."""

    number: int
    kind: str
    document_id: str
    target: str

    @property
    def copy_id(self) -> str:
        """The id of the copy that carries the change."""
        return f"m{self.number:015d}"


def choose(connection: duckdb.DuckDBPyConnection, each: int, seed: int) -> list[Mutation]:
    """Up to ``each`` mutations of every kind, drawn evenly over final accounts and budgets with text and tables."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE clean AS SELECT document_id FROM core.document "
        "WHERE status = 'loaded' AND is_current AND is_identified AND content = 'full' AND document_id NOT IN ("
        "SELECT document_id FROM core.outcome JOIN core.rule USING (rule_id) WHERE verdict = 'violated' "
        "AND severity = 'error' AND note IS NULL)"
    )
    generator, mutations = random.Random(seed), []  # noqa: S311 - a repeatable draw
    for kind, query in _CANDIDATES.items():
        rows = connection.sql(
            f"SELECT * FROM ({query}) SEMI JOIN clean USING (document_id) ORDER BY ALL"
        ).fetchall()
        for document_id, target in generator.sample(rows, min(each, len(rows))):
            mutations.append(Mutation(len(mutations), kind, document_id, target))
    return mutations


def copy_documents(source: Path, target: Path, mutations: list[Mutation]) -> None:
    """Write ``target``: the warehouse's tables with one copy of its document for every mutation, unchanged."""
    shutil.copyfile(source, target)
    connection = duckdb.connect(str(target))
    connection.execute(
        "CREATE TEMP TABLE copy (number INTEGER, kind VARCHAR, document_id VARCHAR, copy_id VARCHAR)"
    )
    connection.executemany(
        "INSERT INTO copy VALUES (?, ?, ?, ?)",
        [(m.number, m.kind, m.document_id, m.copy_id) for m in mutations],
    )
    for table in _TABLES:
        columns = [row[0] for row in connection.sql(f"DESCRIBE core.{table}").fetchall()]
        chosen = ", ".join(
            f'replace(t."{column}", t.document_id, c.copy_id) AS "{column}"'
            if column.endswith("_id") and column not in ("unit_id", "publication_id", "document_id")
            else f'c.copy_id AS "{column}"'
            if column == "document_id"
            else f't."{column}"'
            for column in columns
        )
        connection.execute(
            f"CREATE OR REPLACE TABLE core.{table} AS SELECT {chosen} FROM core.{table} t JOIN copy c USING (document_id) "
            f"UNION ALL BY NAME SELECT t.* FROM core.{table} t WHERE t.document_id IN (SELECT document_id FROM copy)"
        )
    connection.close()


def mutate(connection: duckdb.DuckDBPyConnection, mutations: list[Mutation], seed: int) -> None:
    """Change one thing in every copy."""
    generator = random.Random(seed + 1)  # noqa: S311
    for mutation in mutations:
        target = mutation.target.replace(mutation.document_id, mutation.copy_id)
        sign = generator.choice((1, -1))
        if mutation.kind in ("cell_10", "cell_005"):
            yuan = (100_000 if mutation.kind == "cell_10" else 500) * sign
            connection.execute(
                """UPDATE core.amount SET amount_yuan = amount_yuan + $yuan,
                   value = value + $yuan / CASE unit WHEN '万元' THEN 10000 WHEN '亿元' THEN 100000000 ELSE 1 END
                   WHERE cell_id = $target""",
                {"yuan": yuan, "target": target},
            )
        elif mutation.kind == "narrative_amount":
            factor = generator.choice(("1.1", "0.9", "10", "0.1"))
            connection.execute(
                f"UPDATE core.claim SET value = value * {factor}, amount_yuan = amount_yuan * {factor} WHERE {_PRINTED_THERE}",
                {"target": target},
            )
        elif mutation.kind == "percentage":
            connection.execute(
                f"UPDATE core.claim SET value = value + $step * greatest(1, 10 * half_width) WHERE {_PRINTED_THERE}",
                {"step": sign, "target": target},
            )
        elif mutation.kind.startswith("direction"):
            connection.execute(
                f"""UPDATE core.claim SET direction = CASE direction WHEN 'increase' THEN 'decrease'
                    WHEN 'decrease' THEN 'increase' WHEN 'greater' THEN 'less' ELSE 'greater' END WHERE {_PRINTED_THERE}""",
                {"target": target},
            )
        else:
            _delete_table(connection, mutation.copy_id, target)


def _delete_table(connection: duckdb.DuckDBPyConnection, document_id: str, statement_id: str) -> None:
    """Take a statement out of a copy; the contents page that lists it stays, and is read as the transforms read it."""
    columns = ("page", "top", "role", "text")
    lines = connection.execute(
        f"SELECT {', '.join(columns)} FROM core.line WHERE document_id = ?", [document_id]
    ).pl()
    row = connection.execute(
        "SELECT statement_code, doc_kind FROM core.statement JOIN core.document USING (document_id) WHERE statement_id = ?",
        [statement_id],
    ).fetchone()
    code, doc_kind = row or ("", None)
    listed = {title.code_for(doc_kind) for _, title in announced_titles([], page_lines({"line": lines}))}
    cells = connection.execute(
        "SELECT raw_text FROM core.cell JOIN core.statement USING (statement_id) "
        "WHERE cell.document_id = ? AND status_reason = 'contents_lookalike'",
        [document_id],
    ).fetchall()
    listed |= {title.code_for(doc_kind) for (text,) in cells if (title := read_title(text or ""))}
    for table in ("amount", "cell"):
        connection.execute(f"DELETE FROM core.{table} WHERE statement_id = ?", [statement_id])
    change = "UPDATE core.statement SET status = 'announced_only', table_no = NULL"
    connection.execute(
        f"{change if code in listed else 'DELETE FROM core.statement'} WHERE statement_id = ?", [statement_id]
    )


def noticed(connection: duckdb.DuckDBPyConnection, mutations: list[Mutation]) -> dict[int, list[str]]:
    """Per mutation, the rules that notice it: violated at error or warning level in the copy, not in the original."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE pair (number INTEGER, document_id VARCHAR, copy_id VARCHAR)"
    )
    connection.executemany(
        "INSERT INTO pair VALUES (?, ?, ?)", [(m.number, m.document_id, m.copy_id) for m in mutations]
    )
    rows = connection.sql(
        """
        SELECT p.number, list(DISTINCT o.rule_id ORDER BY o.rule_id)
        FROM pair p JOIN core.outcome o ON o.document_id = p.copy_id JOIN core.rule r USING (rule_id)
        WHERE o.verdict = 'violated' AND r.severity IN ('error', 'warning') AND o.note IS DISTINCT FROM 'last_digit'
          AND o.note IS DISTINCT FROM 'zero_base' AND r.rule_id <> 'DSQ-REPUB'
          AND NOT EXISTS (SELECT 1 FROM core.outcome b WHERE b.document_id = p.document_id AND b.rule_id = o.rule_id
                          AND b.subject = o.subject AND b.verdict = 'violated'
                          AND coalesce(b.note, '') NOT IN ('last_digit', 'zero_base'))
        GROUP BY p.number
        """
    ).fetchall()
    return dict(rows)


def run(warehouse: Path, each: int, seed: int) -> dict[str, Any]:
    """The whole test; returns per kind how many of how many were noticed, with examples of those that were not."""
    with tempfile.TemporaryDirectory() as directory:
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            mutations = choose(connection, each, seed)
        scratch = Path(directory) / "mutated.duckdb"
        copy_documents(warehouse, scratch, mutations)
        connection = duckdb.connect(str(scratch))
        mutate(connection, mutations, seed)
        started = time.perf_counter()
        judge(connection, load_rules())
        seconds = time.perf_counter() - started
        found = noticed(connection, mutations)
        documents = connection.sql("SELECT count(*) FROM core.document").fetchone()
        connection.close()
    report: dict[str, Any] = {
        "documents": documents[0] if documents else 0,
        "judge_seconds": round(seconds, 1),
    }
    for kind, title in _KINDS.items():
        own = [mutation for mutation in mutations if mutation.kind == kind]
        hits = [mutation for mutation in own if mutation.number in found]
        report[kind] = {
            "title": title,
            "tried": len(own),
            "noticed": len(hits),
            "percent": round(100 * len(hits) / max(len(own), 1), 1),
            "goal": _GOALS[kind],
            "missed": [m.target for m in own if m.number not in found][:200],
            "by_document": _by_document(own, found),
        }
    return report


def _by_document(mutations: Sequence[Mutation], found: Mapping[int, list[str]]) -> dict[str, tuple[int, int]]:
    """Per document, how many of its mutations were noticed, and how many were tried."""
    counted: dict[str, tuple[int, int]] = {}
    for mutation in mutations:
        noticed_so_far, tried = counted.get(mutation.document_id, (0, 0))
        counted[mutation.document_id] = (noticed_so_far + (mutation.number in found), tried + 1)
    return counted


def together(reports: Sequence[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Several draws put together: per kind the share noticed, and the 95 % interval over resampled documents."""
    generator, pooled = random.Random(0), {}  # noqa: S311 - a repeatable draw
    for kind, title in _KINDS.items():
        counted: dict[str, tuple[int, int]] = {}
        for report in reports:
            for document_id, (hits, tried) in report[kind]["by_document"].items():
                before = counted.get(document_id, (0, 0))
                counted[document_id] = (before[0] + hits, before[1] + tried)
        documents = list(counted.values())
        shares = sorted(
            _share(generator.choices(documents, k=len(documents)))
            for _ in range(_RESAMPLES if documents else 0)
        )
        pooled[kind] = {
            "title": title,
            "percent": _share(documents),
            "tried": sum(tried for _, tried in documents),
            "interval": (shares[_RESAMPLES // 40], shares[-_RESAMPLES // 40 - 1]) if shares else None,
        }
    return pooled


def _share(documents: Sequence[tuple[int, int]]) -> float:
    return round(100 * sum(hits for hits, _ in documents) / max(sum(tried for _, tried in documents), 1), 1)


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("warehouse", type=Path)
    parser.add_argument("--each", type=int, default=150)
    parser.add_argument("--seed", type=int, nargs="+", default=[1])
    parser.add_argument("--json", action="store_true", help="print everything, the missed targets included")
    arguments = parser.parse_args()
    reports = [run(arguments.warehouse, arguments.each, seed) for seed in arguments.seed]
    if arguments.json:
        print(json.dumps(reports, ensure_ascii=False, indent=1))
        return 0
    for seed, report in zip(arguments.seed, reports, strict=True):
        print(f"seed {seed}: {report['documents']} documents judged in {report['judge_seconds']} s")
        for kind in _KINDS:
            one = report[kind]
            print(
                f"{one['title']:<52} {one['noticed']:>4} of {one['tried']:>4} = {one['percent']:>5} %  (goal {one['goal']} %)"
            )
    if len(reports) > 1:
        for kind, one in together(reports).items():
            print(
                f"{_KINDS[kind]:<52} {one['percent']:>5} % of {one['tried']}, 95 % interval {one['interval']}"
            )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
