"""The night's Great Expectations checkpoint: one expectation a rule, one suite a family, inside DuckDB, read only.

Where it is told where the extracted frames lie, their gates are suites of the same checkpoint, one a frame.

The engine has judged every rule once; an expectation asks the warehouse for the violated outcomes of its rule and
expects none. A rule whose SQL failed has no outcomes to ask for: its expectation raises, and shows as an exception, not
as bad data. Runs in a process of its own, because a DuckDB file is open either for one writer or for readers::

    python -m expectations.great_expectations_run WAREHOUSE DATA_DOCS_DIRECTORY [EXTRACTED_DIRECTORY]
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

os.environ["GX_ANALYTICS_ENABLED"] = "false"  # before the import: GX reads it once

import duckdb
import great_expectations as gx
from great_expectations.core.run_identifier import RunIdentifier
from great_expectations.expectations.core.unexpected_rows_expectation import UnexpectedRowsExpectation
from great_expectations.expectations.metadata_types import FailureSeverity

from expectations.catalogue import FAMILIES
from expectations.data_docs import SuiteRow, take_offline, write_index
from expectations.duckdb_dialect import DRIVER, register
from expectations.frame_gates import lay_frames, load_gates

_SEVERITIES = {
    "error": FailureSeverity.CRITICAL, "warning": FailureSeverity.WARNING, "notice": FailureSeverity.INFO
}  # fmt: skip
_SEVERITY_TITLES = {"error": "差错", "warning": "疑点", "notice": "提示"}
#: Suites of the gates on the extracted frames.
_FRAMES = {
    "document": "提取结果：文件", "page": "提取结果：页", "cell": "提取结果：单元格", "line": "提取结果：文字行",
    "sentence": "提取结果：句子", "fragment": "提取结果：句子的位置",
}  # fmt: skip
_TITLES = {**FAMILIES, **{f"EXT-{frame}": title for frame, title in _FRAMES.items()}}
_OUTCOMES = "SELECT rule_id, document_id, subject, verdict, actual, expected, residual FROM core.outcome"


class ExpectRuleToHold(UnexpectedRowsExpectation):
    """No violated outcome of one rule."""


def run_checkpoint(warehouse: Path, data_docs: Path, extracted: Path | None = None) -> dict[str, Any]:
    """Run the checkpoint over ``warehouse`` and write browsable Data Docs to ``data_docs`` (replaced).

    ``extracted`` is where the Parquet sets lie that the warehouse was loaded from.
    Returns suites by family with their counts, the rules that failed and those in error, the gates on the frames that
    failed, and the index page's path.
    """
    build, night, rules = _rules(warehouse)
    register()
    shutil.rmtree(data_docs, ignore_errors=True)
    context = _context(data_docs)
    with tempfile.TemporaryDirectory() as directory:
        frames = Path(directory) / "frames.duckdb"
        if extracted is not None:
            lay_frames(frames, extracted, _loaded(warehouse))
        validations = _rule_validations(context, warehouse, rules)
        validations += _frame_validations(context, frames) if extracted is not None else []
        return _run(context, build, night, validations, data_docs)


def _rule_validations(context: Any, warehouse: Path, rules: list[dict[str, Any]]) -> list[Any]:
    batch = _source(context, "warehouse", warehouse).add_query_asset("outcomes", query=_OUTCOMES)
    whole = batch.add_batch_definition_whole_table("night")
    families = {family: [rule for rule in rules if rule["family"] == family] for family in FAMILIES}
    return [
        _validation(context, family, whole, [_expectation(rule) for rule in own])
        for family, own in families.items()
        if own
    ]


def _loaded(warehouse: Path) -> list[str]:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return [row[0] for row in connection.sql("SELECT sha256 FROM core.document ORDER BY 1").fetchall()]


def _frame_validations(context: Any, frames: Path) -> list[Any]:
    source, gates = _source(context, "frames", frames), load_gates()
    validations = []
    for frame in _FRAMES:
        asset = source.add_query_asset(frame, query=f"SELECT * FROM extracted_{frame}")  # noqa: S608 - one of _FRAMES
        own = [_gate(gate) for gate in gates if gate["frame"] == frame]
        batch = asset.add_batch_definition_whole_table("night")
        validations.append(_validation(context, f"EXT-{frame}", batch, own))
    return validations


def _validation(context: Any, name: str, batch: Any, expectations: list[ExpectRuleToHold]) -> Any:
    suite = context.suites.add(gx.ExpectationSuite(name=name, expectations=expectations))
    return context.validation_definitions.add(gx.ValidationDefinition(name=name, data=batch, suite=suite))


def _run(context: Any, build: str, night: Any, validations: list[Any], data_docs: Path) -> dict[str, Any]:
    if not validations:
        return {"build_id": build, "suites": {}, "failed": [], "errored": {}, "errors": [], "index": None}
    checkpoint = context.checkpoints.add(
        gx.Checkpoint(name="night", validation_definitions=validations, result_format="SUMMARY")
    )
    result = checkpoint.run(
        run_id=RunIdentifier(run_name=build, run_time=datetime.combine(night, time(), UTC))
    )
    context.build_data_docs()
    return _summary(build, result, data_docs)


def _rules(warehouse: Path) -> tuple[str, Any, list[dict[str, Any]]]:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        built = connection.sql("SELECT build_id, night FROM core.build").fetchone() or (
            "unbuilt",
            datetime.now(UTC).date(),
        )
        rows = connection.sql(
            """
            SELECT r.rule_id, r.version, r.title, r.family, r.severity, r.basis, r.sentence, u.status, u.message,
                   u.exact_count, u.rounded_count, u.violated_count, u.needs_review_count, u.not_evaluated_count
            FROM core.rule r JOIN core.rule_run u USING (rule_id) ORDER BY r.rule_id
            """
        )
        names = rows.columns
        return built[0], built[1], [dict(zip(names, row, strict=True)) for row in rows.fetchall()]


def _context(data_docs: Path) -> Any:
    context: Any = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False, "metric_calculations": False}
    for site in list(context.get_site_names()):
        context.delete_data_docs_site(site)
    context.add_data_docs_site(
        "night",
        {
            "class_name": "SiteBuilder",
            "store_backend": {
                "class_name": "TupleFilesystemStoreBackend",
                "base_directory": str(data_docs.resolve()),
            },
            "site_index_builder": {"class_name": "DefaultSiteIndexBuilder", "show_cta_footer": False},
        },
    )
    return context


def _source(context: Any, name: str, path: Path) -> Any:
    return context.data_sources.add_sql(
        name,
        connection_string=f"duckdb+{DRIVER}:///{path.resolve()}",
        kwargs={"connect_args": {"read_only": True}},
        create_temp_table=False,
    )


def _gate(gate: dict[str, Any]) -> ExpectRuleToHold:
    return ExpectRuleToHold(
        unexpected_rows_query=gate["query"],
        severity=_SEVERITIES[gate["severity"]],
        description=f"{gate['id']} {gate['title']}（{_SEVERITY_TITLES[gate['severity']]}）：{gate['sentence']}",
        meta={
            "rule_id": gate["id"],
            "title": gate["title"],
            "family": f"EXT-{gate['frame']}",
            "severity": gate["severity"],
        },
    )


def _expectation(rule: dict[str, Any]) -> ExpectRuleToHold:
    query = f"SELECT * FROM {{batch}} WHERE rule_id = '{rule['rule_id']}' AND verdict = 'violated'"  # noqa: S608
    if rule["status"] == "failed":
        message = (rule["message"] or "").replace("'", "''").replace("{", "(").replace("}", ")")
        query = f"SELECT error('rule in error: {message}') FROM {{batch}}"  # noqa: S608
    meta = {key: rule[key] for key in ("rule_id", "version", "title", "family", "severity", "basis")}
    counts = {key: rule[key] for key in rule if key.endswith("_count")}
    return ExpectRuleToHold(
        unexpected_rows_query=query,
        severity=_SEVERITIES[rule["severity"]],
        description=f"{rule['rule_id']} {rule['title']}（{_SEVERITY_TITLES[rule['severity']]}）：{rule['sentence']}",
        meta={**meta, **counts},
    )


def _summary(build: str, result: Any, data_docs: Path) -> dict[str, Any]:
    counts: dict[str, Counter[str]] = {}
    failed: list[str] = []
    errored: dict[str, str] = {}
    for suite_result in result.run_results.values():
        for one in suite_result.results:
            meta = one.expectation_config.meta
            verdict = "held" if one.success else "failed"
            exception = _exception(one.exception_info)
            if exception is not None:
                verdict = "errored"
                errored[meta["rule_id"]] = exception
            elif not one.success:
                failed.append(meta["rule_id"])
            counts.setdefault(meta["family"], Counter())[verdict] += 1
    take_offline(data_docs)
    rows = [
        SuiteRow(family, _TITLES[family], sum(count.values()), count["failed"], count["errored"])
        for family, count in counts.items()
    ]
    index = write_index(data_docs, build, rows)
    return {
        "build_id": build,
        "suites": {family: dict(sorted(count.items())) for family, count in counts.items()},
        "failed": sorted(failed),
        "errored": dict(sorted(errored.items())),
        "errors": sorted(errored),
        "frames": sorted(set(failed) & {gate["id"] for gate in load_gates()}),
        "index": str(index),
    }


def _exception(info: dict[str, Any] | None) -> str | None:
    """The message GX keeps of an expectation that raised: flat when none did, else by metric."""
    for value in (info or {}).values():
        if isinstance(value, dict) and value.get("raised_exception"):
            return str(value.get("exception_message"))
    return str(info.get("exception_message")) if info and info.get("raised_exception") is True else None


def main(arguments: list[str]) -> int:
    """Command line: WAREHOUSE DATA_DOCS_DIRECTORY [EXTRACTED_DIRECTORY]; prints the summary as one line of JSON."""
    if len(arguments) not in (2, 3):
        sys.stderr.write(
            "usage: python -m expectations.great_expectations_run WAREHOUSE DATA_DOCS_DIRECTORY [EXTRACTED_DIRECTORY]\n"
        )
        return 2
    summary = run_checkpoint(*map(Path, arguments))
    sys.stdout.write(json.dumps(summary, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
