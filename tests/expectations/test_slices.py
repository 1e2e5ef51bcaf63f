"""Judged in slices, or with what the last night knew: the very same rows as in one piece."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from expectations import night as judging
from expectations.cases import fill_warehouse, load_cases
from expectations.catalogue import Rule, load_rules, parse_rule
from expectations.night import judge_night
from expectations.slices import RESULT_TABLES
from tests.warehouse.district import Disclosure, write
from tests.warehouse.sets import sightings
from tests.warehouse.test_district_rules import NIGHT, District
from warehouse.batches import batches_of
from warehouse.build import BuildInputs, build_warehouse, open_writer

pytestmark = pytest.mark.slow

TABLES = (*RESULT_TABLES, "rule", "rule_run", "judged_group")
IN_ONE_PIECE = 1_000_000
RULES = load_rules()
#: Those that reach over the district, and some between years, between bodies and within one statement.
SOME_RULES = [
    rule
    for rule in RULES
    if rule.reach == "district"
    or rule.id in ("T03-HIER", "T03-ROW", "DOC-TABLES", "CLS-FUNC-EXISTS", "ORG-SUM", "ORG-LIST-MISSING", "YOY-OPEN-CLOSE",
                   "YOY-PRIOR-TOTAL", "YOY-DIR", "YOY-COPY-NUM", "STA-BENFORD1")
]  # fmt: skip

Rows = dict[str, list[tuple[Any, ...]]]


@pytest.fixture(scope="module", autouse=True)
def _is_worth_carrying() -> Iterator[None]:
    """However small the corpora of these tests are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(judging, "_WORTH_CARRYING", 0)
        yield


def judged(
    source: Path,
    target: Path,
    rules: Sequence[Rule] = SOME_RULES,
    previous: Path | None = None,
    slice_size: int = IN_ONE_PIECE,
    night: date = NIGHT,
) -> Rows:
    """Judge a copy of a built warehouse; return the rows of all tables this fills, in their order."""
    shutil.copyfile(source, target)
    with open_writer(target) as connection:
        connection.execute("SET disabled_optimizers = 'top_n_window_elimination'")
        summary, _ = judge_night(connection, rules, night, previous, slice_size)
        assert summary.failed_rules == {}
        return rows_of(connection)


def rows_of(connection: duckdb.DuckDBPyConnection) -> Rows:
    return {name: connection.execute(f"FROM core.{name}").fetchall() for name in TABLES}


def assert_same(one: Rows, other: Rows) -> None:
    """Compare table by table, so that a failure names the table and not thousands of rows."""
    for name in TABLES:
        if one[name] == other[name]:
            continue
        missing, further = set(map(repr, one[name])), set(map(repr, other[name]))
        assert (sorted(missing - further)[:3], sorted(further - missing)[:3]) == ([], []), name
        raise AssertionError(f"{name}: the same rows in another order")


class Corpus:
    """Documents of a district that come and go; builds a warehouse of those that are there."""

    def __init__(self, home: Path, documents: Sequence[Disclosure]) -> None:
        self.home = home
        self.rows = {document.name: write(home, document) for document in documents}

    def publish(self, document: Disclosure) -> None:
        self.rows[document.name] = write(self.home, document)

    def build(self, name: str) -> Path:
        target = self.home / f"{name}.duckdb"
        inputs = BuildInputs(
            sightings=sightings(*self.rows.values()),
            extracted_root=self.home / "extracted" / "x",
            facts_root=self.home / "facts" / "y",
            night=NIGHT,
        )
        build_warehouse(target, inputs)
        return target


def two_years() -> list[Disclosure]:
    """A district over two years; in the second, two bodies of different departments have published the same numbers."""
    district = District()
    year = min(year for rule, _, year in district.planted if rule == "ORG-DUP-DOC")
    return [one for one in district.documents() if year - 1 <= one.year <= year]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return Corpus(tmp_path_factory.mktemp("slices"), two_years())


@pytest.fixture(scope="module")
def built(corpus: Corpus) -> Path:
    return corpus.build("built")


@pytest.fixture(scope="module")
def in_one_piece(built: Path) -> tuple[Path, Rows]:
    target = built.with_name("whole.duckdb")
    return target, judged(built, target)


@pytest.mark.parametrize("slice_size", [30])
def test_slices_give_the_same_rows(
    built: Path, in_one_piece: tuple[Path, Rows], slice_size: int, tmp_path: Path
) -> None:
    assert len(in_one_piece[1]["finding"]) > 5
    assert_same(in_one_piece[1], judged(built, tmp_path / "sliced.duckdb", slice_size=slice_size))


def test_every_rule_says_the_same_of_its_cases_in_slices(
    empty_warehouse: Callable[[str], duckdb.DuckDBPyConnection], tmp_path: Path
) -> None:
    """All rules over all cases: what a rule's header says of its reach holds."""
    source = tmp_path / "cases.duckdb"
    with empty_warehouse(str(source)) as connection:
        fill_warehouse(connection, [case for cases in load_cases().values() for case in cases])
        documents = connection.execute(
            "SELECT document_id, unit_id, unit_name, department_name FROM core.document"
        ).fetchall()
        ties = {
            own: (unit_id, *(one for one in names if one != "样例单位")) for own, unit_id, *names in documents
        }
        for batch in batches_of(ties, 700):
            rows = [(one.batch_no, one.group_id, one.document_id) for one in batch]
            columns = [list(column) for column in zip(*rows, strict=True)]
            connection.execute(
                "INSERT INTO core.batch_document SELECT unnest(?), unnest(?), unnest(?)", columns
            )
    whole = judged(source, tmp_path / "whole.duckdb", RULES)
    assert len(whole["outcome"]) > len(RULES) * 3
    assert_same(whole, judged(source, tmp_path / "sliced.duckdb", RULES, slice_size=700))


def with_reach(reach: str, *rule_ids: str) -> list[Rule]:
    return [replace(rule, reach=reach) if rule.id in rule_ids else rule for rule in SOME_RULES]


def test_a_rule_that_reaches_farther_than_it_says_is_noticed(
    built: Path, in_one_piece: tuple[Path, Rows], tmp_path: Path
) -> None:
    sliced = judged(built, tmp_path / "x.duckdb", with_reach("group", "ORG-DUP-DOC"), slice_size=40)
    assert sliced["outcome"] != in_one_piece[1]["outcome"]


def test_a_rule_over_the_district_reads_only_what_the_slices_contribute(built: Path, tmp_path: Path) -> None:
    shutil.copyfile(built, tmp_path / "x.duckdb")
    with open_writer(tmp_path / "x.duckdb") as connection:
        summary, _ = judge_night(connection, with_reach("district", "T03-ROW"), NIGHT, slice_size=150)
    assert list(summary.failed_rules) == ["T03-ROW"]


def test_a_rule_that_fails_in_one_slice_has_no_outcome_and_costs_the_others_nothing(
    built: Path, tmp_path: Path
) -> None:
    """The last slice holds the one body whose name cannot be cast; nothing is carried over from such a night."""
    broken = parse_rule(
        "BROKEN",
        "-- id: BROKEN\n-- title: t\n-- family: ARI\n-- severity: error\n-- basis: B\n-- kind: exact\n-- doc_kind: any\n"
        "-- needs: narrative\n-- version: 1\n-- sentence: s\n"
        "SELECT document_id, '' AS subject, CASE WHEN document_id = (SELECT max(document_id) FROM document_in_force) "
        "AND starts_with(document_id, 'ff') THEN error('planted') ELSE 0 END AS actual, 0 AS actual_half_width, 0 AS expected, "
        "0 AS expected_half_width, 1 AS part_count, [document_id] AS evidence FROM document_in_force",
    )
    results = []
    for name, size in (("whole", IN_ONE_PIECE), ("sliced", 60)):
        shutil.copyfile(built, tmp_path / name)
        with open_writer(tmp_path / name) as connection:
            connection.execute("SET disabled_optimizers = 'top_n_window_elimination'")
            summary, _ = judge_night(connection, [*SOME_RULES, broken], NIGHT, slice_size=size)
            assert list(summary.failed_rules) == ["BROKEN"]
            results.append(rows_of(connection))
    assert_same(*results)
    assert results[0]["judged_group"] == []


def slices_judged(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that takes the size of every slice that is judged from now on."""
    sizes: list[int] = []
    judge_slice = judging._judge_slice

    def noted(connection: duckdb.DuckDBPyConnection, rules: Sequence[Rule], documents: Sequence[str]) -> None:
        sizes.append(len(documents))
        judge_slice(connection, rules, documents)

    monkeypatch.setattr(judging, "_judge_slice", noted)
    return sizes


def again(document: Disclosure, **more: Any) -> Disclosure:
    """The same disclosure published anew, with one number changed."""
    rows = [dict(row) for row in document.rows]
    rows[-1]["value"] += 5
    return replace(document, name=document.name + "更正", rows=rows, published_on="2026-10-01", **more)


@pytest.mark.parametrize("seed", range(1))
def test_what_the_last_night_knew_gives_the_same_rows(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Night upon night, documents are corrected, withdrawn, added, or nothing changes; a rule is changed in the end."""
    chance = random.Random(seed)
    documents = two_years()
    held_back = chance.sample(documents, 3)
    corpus = Corpus(tmp_path, [one for one in documents if one not in held_back])
    previous = tmp_path / "night-0.duckdb"
    judged(corpus.build("built-0"), previous)
    sizes = slices_judged(monkeypatch)
    for number, change in enumerate(("correct", "withdraw", "add", "nothing"), 1):
        if change == "correct":
            for document in chance.sample([one for one in documents if one not in held_back], 3):
                corpus.publish(again(document))
        elif change == "withdraw":
            for name in chance.sample(sorted(corpus.rows), 2):
                del corpus.rows[name]
        elif change == "add":
            for document in held_back:
                corpus.publish(document)
        source, target = corpus.build(f"built-{number}"), tmp_path / f"night-{number}.duckdb"
        sizes.clear()
        carried = judged(source, target, previous=previous, slice_size=chance.choice([30, 80]))
        assert sum(sizes) < len(corpus.rows) * 3 / 4 and (change != "nothing" or not sizes), change
        assert_same(judged(source, tmp_path / "whole.duckdb"), carried)
        previous = target
    rules = [replace(rule, version=rule.version + 1) if rule.id == "T03-ROW" else rule for rule in SOME_RULES]
    sizes.clear()
    carried = judged(source, tmp_path / "changed.duckdb", rules, previous)
    assert_same(judged(source, tmp_path / "whole.duckdb", rules), carried)
    assert sizes == []  # in one piece: by other rules, nothing is known


def test_another_bodys_change_shows_where_a_verdict_cites_it(
    tmp_path: Path,
) -> None:
    """Two bodies with the same numbers cite one another: when one changes its file name, the other's finding does too."""
    corpus = Corpus(tmp_path, two_years())
    previous = tmp_path / "night.duckdb"
    first = judged(corpus.build("built"), previous)
    rules = {row[0]: row[1] for row in first["outcome"]}
    twins = {
        evidence_id.split(".")[0]
        for outcome_id, _, evidence_id, kind in first["outcome_evidence"]
        if rules[outcome_id] == "ORG-DUP-DOC" and kind == "cell"
    }
    assert len(twins) >= 2
    name = next(name for name, row in corpus.rows.items() if row["sha256"][:16] in twins)
    corpus.rows[name] = {**corpus.rows[name], "file_name": "改名.pdf"}
    source = corpus.build("renamed")
    carried = judged(source, tmp_path / "carried.duckdb", previous=previous)
    assert_same(judged(source, tmp_path / "whole.duckdb"), carried)


@pytest.mark.parametrize("damage", ["cut", "garbled", "empty", "gone"])
def test_a_damaged_warehouse_is_carried_over_by_nobody(
    damage: str, built: Path, in_one_piece: tuple[Path, Rows], tmp_path: Path
) -> None:
    previous = tmp_path / "previous.duckdb"
    content = bytearray(in_one_piece[0].read_bytes())
    if damage == "cut":
        previous.write_bytes(content[: len(content) // 2])
    elif damage == "garbled":
        for place in range(len(content) // 3, len(content) * 2 // 3, 4096):
            content[place : place + 64] = bytes(64)
        previous.write_bytes(content)
    elif damage == "empty":
        previous.write_bytes(b"")
    assert_same(in_one_piece[1], judged(built, tmp_path / "x.duckdb", previous=previous))
