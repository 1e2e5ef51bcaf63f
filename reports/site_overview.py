"""The site's overview, units, coverage and rules: counts, charts and tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from reports.evidence import Event
from reports.exceptions import DocumentRow, ExceptionRow, NotChecked, ReportData, page_link
from reports.labels import SEVERITIES, label

#: How many units the ranking shows, how many nights the trend, how many findings the overview lists.
_MOST_UNITS, _MOST_NIGHTS, _MOST_LATEST = 15, 60, 12

#: States that are news and still ask for action.
FRESH = ("new", "reopened")


def list_href(**chosen: str) -> str:
    """Return the list's address with these filters set."""
    return f"list.html#{urlencode(chosen)}" if chosen else "list.html"


def overview(data: ReportData, events: Mapping[str, Sequence[Event]]) -> dict[str, Any]:
    """Return the values of ``index.html``; ``charts`` is also what ``data/overview.js`` holds."""
    open_rows = [row for row in data.findings if row.is_open]
    charts = [
        _trend(data, events),
        _stacked(
            "chart-unit", "按单位（未了结最多的）", "单位", "unit", open_rows, lambda row: row.unit, "ranking"
        ),
        _stacked(
            "chart-family",
            "按类别",
            "类别",
            "family",
            open_rows,
            lambda row: label("family", row.family),
            "columns",
        ),
        _stacked(
            "chart-year",
            "按年度",
            "年度",
            "year",
            open_rows,
            lambda row: str(row.fiscal_year or "不明"),
            "columns",
        ),
    ]
    fresh = [row for row in data.findings if row.status in FRESH]
    night = f"截至 {data.night.isoformat()}，" if data.night else ""
    judged = sum(rule.exact + rule.rounded + rule.violated + rule.needs_review for rule in data.rules)
    return {
        "current": "index.html",
        "lead": _lead(data),
        "subtitle": f"{night}文件 {len(data.documents):,} 份，"
        f"规则 {len(data.rules):,} 条，判定 {judged:,} 次。",
        "tiles": _tiles(data.findings),
        "alerts": _alerts(data),
        "charts": charts,
        "latest": fresh[:_MOST_LATEST],
        "fresh_count": len(fresh),
        "fresh_href": _fresh_href(fresh),
        "fixed": [row for row in data.findings if row.status == "fixed"][:_MOST_LATEST],
    }


def _fresh_href(fresh: Sequence[ExceptionRow]) -> str:
    statuses = {row.status for row in fresh}
    return list_href(status=label("status", statuses.pop())) if len(statuses) == 1 else list_href()


def _lead(data: ReportData) -> str:
    """Say in one sentence what changed tonight and what is open."""
    fresh = [row for row in data.findings if row.status in FRESH]
    graded = "、".join(
        f"{label('severity', code)} {count:,}"
        for code in SEVERITIES
        if (count := sum(row.severity == code for row in fresh))
    )
    day = f"{data.night.isoformat()}：" if data.night else ""
    fixed = sum(row.status == "fixed" for row in data.findings)
    is_open = sum(row.is_open for row in data.findings)
    news = f"新增和重现 {len(fresh):,} 条{f'（{graded}）' if graded else ''}"
    return f"{day}{news}，已整改 {fixed:,} 条；未了结共 {is_open:,} 条。"


def _alerts(data: ReportData) -> list[dict[str, str]]:
    """Return what is wrong besides findings: files set aside, disclosures not seen or late, rules that failed."""
    counts = {
        "未见公开 {:,} 份": sum(row.status == "missing" for row in data.missing),
        "逾期公开 {:,} 份": sum(row.status == "late" for row in data.missing),
        "隔离的文件 {:,} 份": sum(row.status == "quarantined" for row in data.documents),
    }
    alerts = [
        {"text": text.format(count), "href": "coverage.html"} for text, count in counts.items() if count
    ]
    failed = sum(rule.run_status == "failed" for rule in data.rules)
    if failed:
        alerts.append({"text": f"执行出错的规则 {failed:,} 条", "href": "rules.html"})
    return alerts


def _tiles(findings: Sequence[ExceptionRow]) -> list[dict[str, Any]]:
    tiles: list[dict[str, Any]] = []
    for code in ("new", "reopened", "fixed"):
        word = label("status", code)
        count = sum(row.status == code for row in findings)
        tiles.append({"name": word, "count": count, "href": list_href(status=word), "look": "news"})
    count = sum(row.is_open for row in findings)
    tiles.append({"name": "未了结", "count": count, "href": "list.html", "look": ""})
    for code in SEVERITIES:
        word = label("severity", code)
        count = sum(row.is_open and row.severity == code for row in findings)
        tiles.append(
            {"name": f"未了结的{word}", "count": count, "href": list_href(severity=word), "look": ""}
        )
    return tiles


def _stacked(
    identifier: str,
    title: str,
    heading: str,
    filter_field: str,
    rows: Sequence[ExceptionRow],
    key: Callable[[ExceptionRow], str],
    kind: str,
) -> dict[str, Any]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        counts[key(row)][row.severity or ""] += 1
    names = sorted(counts, key=lambda name: (-counts[name].total(), name))
    names = names[:_MOST_UNITS] if kind == "ranking" else sorted(names)
    series = [
        {
            "name": label("severity", code),
            "type": "bar",
            "stack": "all",
            "values": [counts[name][code] for name in names],
        }
        for code in SEVERITIES
    ]
    links = [list_href(**{filter_field: name}) for name in names]
    return {
        "id": identifier,
        "title": title,
        "kind": kind,
        "names": names,
        "series": series,
        "links": links,
        "head": [heading, *(one["name"] for one in series)],
        "rows": [
            {"name": name, "href": link, "values": [one["values"][number] for one in series]}
            for number, (name, link) in enumerate(zip(names, links, strict=True))
        ],
    }


def _trend(data: ReportData, events: Mapping[str, Sequence[Event]]) -> dict[str, Any]:
    """Return new, fixed and open findings by night, from the ledger and tonight's states."""
    come, gone, back = (Counter(day for _, day in days) for days in _changes(data, events))
    nights = sorted({*come, *gone, *back})
    is_open, standing = 0, []
    for night in nights:
        is_open += come[night] + back[night] - gone[night]
        standing.append(is_open)
    shown = nights[-_MOST_NIGHTS:]
    values = {
        "新增": [come[night] for night in shown],
        "已整改": [gone[night] for night in shown],
        "未了结": standing[-_MOST_NIGHTS:],
    }
    names = [night.isoformat() for night in shown]
    series = [
        {"name": name, "type": "line" if name == "未了结" else "bar", "stack": "", "values": numbers}
        for name, numbers in values.items()
    ]
    return {
        "id": "chart-trend",
        "title": "每次运行的变化",
        "kind": "columns",
        "names": names,
        "series": series,
        "links": None,
        "head": ["日期", *values],
        "rows": [
            {"name": name, "href": None, "values": [numbers[at] for numbers in values.values()]}
            for at, name in enumerate(names)
        ],
    }


def _changes(data: ReportData, events: Mapping[str, Sequence[Event]]) -> tuple[set[tuple[str, date]], ...]:
    """Return which finding came, went and came back on which day, each once."""
    come, gone, back = set[tuple[str, date]](), set[tuple[str, date]](), set[tuple[str, date]]()
    for finding_id, told in events.items():
        for event in told:
            if event.happened_on and event.kind == "first_seen":
                come.add((finding_id, event.happened_on))
            elif event.happened_on and event.kind == "state":
                (back if event.state == "open" else gone).add((finding_id, event.happened_on))
    for row in data.findings:
        if row.first_seen:
            come.add((row.finding_id, row.first_seen))
        if row.status == "fixed" and data.night:
            gone.add((row.finding_id, data.night))
        if row.status == "reopened" and data.night and (row.finding_id, data.night) not in back:
            was_fixed = any(one_id == row.finding_id for one_id, _ in gone)
            if was_fixed:
                back.add((row.finding_id, data.night))
    return come, gone, back


def units_table(data: ReportData, units: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return one row per unit for ``units.html``, those with most open findings first."""
    documents = Counter(row.unit for row in data.documents)
    by_unit: dict[str, list[ExceptionRow]] = defaultdict(list)
    for row in data.findings:
        by_unit[row.unit].append(row)
    rows = []
    for name in data.units():
        open_rows = [row for row in by_unit[name] if row.is_open]
        severities = Counter(row.severity for row in open_rows)
        rows.append(
            {
                "name": name,
                "href": units[name],
                "documents": documents[name],
                "open": len(open_rows),
                **{code: severities[code] for code in SEVERITIES},
                "fresh": sum(row.status in FRESH for row in open_rows),
                "fixed": sum(row.status == "fixed" for row in by_unit[name]),
            }
        )
    return sorted(rows, key=lambda row: (-row["open"], row["name"]))


def coverage(data: ReportData, units: Mapping[str, str], data_docs: str | None) -> dict[str, Any]:
    """Return the values of ``coverage.html``: documents by status, what was not checked, all files."""
    statuses = Counter(row.status for row in data.documents)
    passed = sum(rule.exact + rule.rounded for rule in data.rules)
    violated = sum(rule.violated for rule in data.rules)
    open_ends = sum(rule.not_evaluated + rule.needs_review for rule in data.rules)
    tiles = [
        {"name": "文件", "count": len(data.documents)},
        *(
            {"name": label("document_status", code), "count": count}
            for code, count in sorted(statuses.items())
        ),
        {"name": "识别的报表", "count": sum(row.statement_count for row in data.documents)},
        {"name": "未识别的表", "count": sum(row.unrecognised_count for row in data.documents)},
        {"name": "判定一致", "count": passed},
        {"name": "判定不一致", "count": violated},
        {"name": "未能检查或待复核", "count": open_ends},
    ]
    documents = [_document_view(row, units) for row in data.documents]
    return {
        "current": "coverage.html",
        "tiles": tiles,
        "reasons": _reasons(data.not_checked),
        "missing": data.missing,
        "documents": documents,
        "set_aside": [item for item in documents if item["row"].status == "quarantined"],
        "data_docs": data_docs,
    }


def _document_view(row: DocumentRow, units: Mapping[str, str]) -> dict[str, Any]:
    return {
        "row": row,
        "source": page_link(row.source_url, None),
        "unit_href": units[row.unit],
    }


def _reasons(rows: Sequence[NotChecked]) -> list[dict[str, Any]]:
    documents: dict[tuple[str, str], set[str | None]] = defaultdict(set)
    rules: Counter[tuple[str, str]] = Counter()
    for row in rows:
        key = (row.verdict, row.reason)
        documents[key].add(row.document_id)
        rules[key] += row.rule_count
    return [
        {"verdict": verdict, "reason": reason, "documents": len(documents[verdict, reason]), "rules": count}
        for (verdict, reason), count in sorted(rules.items(), key=lambda item: (-item[1], item[0]))
    ]
