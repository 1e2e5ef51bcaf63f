"""The health of an installation: disk, store, lock, ledger, published generation, last night, schedule, versions."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from crawlers.store import Store
from expectations.version import rules_version
from extractors.version import extractor_version
from flows.address_space import LEAST_MEGABYTES, granted_megabytes
from flows.data_directory import DataDirectoryError, current_format, pending_steps
from flows.lock import is_night_running, is_served
from flows.quarantine import unfinished_messages
from flows.settings import NightSettings
from reports.run_report import RunReport
from reports.run_report_views import outcome
from transforms.version import transform_version
from warehouse.ledger import LEDGER_FILE, read_ledger
from warehouse.publish import current_generation, verify_generation
from warehouse.versions import warehouse_version

State = Literal["ok", "warning", "error"]

#: A night that has not begun so long after it was due has been missed.
_LATE = timedelta(minutes=10)

_LIBRARIES = ("prefect", "duckdb", "polars", "pdfplumber", "pypdfium2", "great-expectations")

#: What a generation counts, in the words of the reports.
_COUNTED = {"documents": "文件", "cells": "格", "amounts": "金额", "outcomes": "判定", "findings": "例外"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: its state, what was seen, and what to do where it is not well."""

    name: str
    state: State
    detail: str
    advice: str = ""


def examine(home: Path, settings: NightSettings) -> list[Finding]:
    """Look at everything, in the order an operator would; nothing is changed."""
    checks: tuple[Callable[[Path, NightSettings], Iterator[Finding]], ...] = (
        _python,
        _disk,
        _address_space,
        _format,
        _lock,
        _store,
        _ledger,
        _published,
        _last_night,
        _unfinished,
        _schedule,
        _versions,
    )
    return [finding for check in checks for finding in check(home, settings)]


def _python(home: Path, settings: NightSettings) -> Iterator[Finding]:
    libraries = "，".join(f"{name} {version(name)}" for name in _LIBRARIES)
    yield Finding("运行环境", "ok", f"Python {sys.version.split()[0]}，{libraries}")


def _disk(home: Path, settings: NightSettings) -> Iterator[Finding]:
    place = home if home.exists() else home.parent
    free = shutil.disk_usage(place).free // (1024 * 1024)
    enough = free >= settings.minimum_free_megabytes
    advice = "" if enough else f"至少需要 {settings.minimum_free_megabytes} MB，请清理磁盘"
    yield Finding("磁盘", "ok" if enough else "error", f"{place} 剩余 {free} MB", advice)


def _address_space(home: Path, settings: NightSettings) -> Iterator[Finding]:
    """Only where it is limited: most machines limit memory itself, if anything."""
    granted = granted_megabytes()
    if granted is None:
        return
    wanted = settings.document_limits.memory_megabytes
    state: State = "error" if granted < LEAST_MEGABYTES else "warning" if granted < wanted else "ok"
    advice = {
        "error": f"一夜至少需要 {LEAST_MEGABYTES} MB，请放宽 ulimit -v 或 LimitAS",
        "warning": f"小于 document_limits.memory_megabytes（{wanted}），扫描页可能识别不了",
        "ok": "",
    }
    yield Finding("地址空间", state, f"上限 {granted} MB", advice[state])


def _format(home: Path, settings: NightSettings) -> Iterator[Finding]:
    try:
        steps = pending_steps(home)
        found = current_format(home)
    except DataDirectoryError as error:
        yield Finding("数据目录格式", "error", str(error))
        return
    if steps:
        todo = "；".join(step.title for step in steps)
        yield Finding(
            "数据目录格式", "warning", f"格式 {found}，本版本为 {steps[-1].leads_to}", f"下一夜将升级：{todo}"
        )
    else:
        yield Finding("数据目录格式", "ok", "尚未建立" if found is None else f"格式 {found}")


def _lock(home: Path, settings: NightSettings) -> Iterator[Finding]:
    running = home.exists() and is_night_running(home)
    yield Finding("运行锁", "ok", "有任务正在运行" if running else "空闲")


def _store(home: Path, settings: NightSettings) -> Iterator[Finding]:
    if not (home / "store").is_dir():
        yield Finding("文件库", "warning", "还没有收入任何文件", "运行 mingzhang nightly 或 mingzhang ingest")
        return
    damages = Store(home).verify()
    if not damages:
        yield Finding("文件库", "ok", f"{sum(1 for _ in Store(home).iterate())} 个文件，哈希全部相符")
    for damage in damages:
        yield Finding(
            "文件库", "error", f"{damage.sha256[:16]}：{damage.reason}", "从备份恢复该文件后重新运行"
        )


def _ledger(home: Path, settings: NightSettings) -> Iterator[Finding]:
    ledger = read_ledger(home / "ledger" / LEDGER_FILE)
    if ledger.damaged_lines:
        lines = "、".join(map(str, ledger.damaged_lines))
        yield Finding("台账", "warning", f"第 {lines} 行读不懂，已跳过", "若非断电所致，请从备份恢复台账")
    else:
        yield Finding("台账", "ok", f"{len(ledger.events)} 条记录")


def _published(home: Path, settings: NightSettings) -> Iterator[Finding]:
    generation = current_generation(home)
    if generation is None:
        yield Finding("已发布的仓库", "warning", "还没有发布过", "运行 mingzhang nightly 或 mingzhang ingest")
        return
    changed = verify_generation(generation)
    if changed:
        detail = f"{generation.build_id} 中 {len(changed)} 个文件与清单不符：{'、'.join(changed[:3])}"
        yield Finding("已发布的仓库", "error", detail, "重新运行一夜即可重建")
    else:
        counts = "，".join(
            f"{_COUNTED.get(name, name)} {count:,}" for name, count in generation.counts.items()
        )
        yield Finding("已发布的仓库", "ok", f"{generation.build_id}（{counts}）")


def _last_night(home: Path, settings: NightSettings) -> Iterator[Finding]:
    report = _newest_report(home)
    if report is None:
        yield Finding("上次运行", "warning", "没有运行记录")
        return
    state: State = "error"
    if report.status in ("published", "unchanged"):
        state = "warning" if report.exit_status else "ok"
    detail = f"{report.run_id} {outcome(report)}"
    troubles = [error.message for error in report.errors[:3]]
    troubles += [f"来源 {crawl.source} 不完整" for crawl in report.crawls if not crawl.is_complete]
    yield Finding("上次运行", state, detail, "；".join(troubles))


def _unfinished(home: Path, settings: NightSettings) -> Iterator[Finding]:
    for message in unfinished_messages(home, settings.document_limits.ocr_nights):
        yield Finding("扫描页", "warning", message)


def _newest_report(home: Path, kind: str | None = None) -> RunReport | None:
    """The newest readable run report (of a kind)."""
    for path in sorted((home / "runs").glob("*.json"), reverse=True):
        try:
            report = RunReport.read(path)
        except (OSError, ValueError):
            continue
        if kind in (None, report.kind):
            return report
    return None


def _schedule(home: Path, settings: NightSettings) -> Iterator[Finding]:
    schedule = settings.schedule
    if schedule is None:
        yield Finding("定时", "ok", "未配置（加 --config 检查配置文件中的 schedule）")
        return
    now = datetime.now(UTC)
    due, following = schedule.due_before(now), schedule.due_after(now)
    detail = f"{schedule.cron}（{schedule.timezone}），下次 {following:%Y-%m-%d %H:%M}"
    if not is_served(home):
        yield Finding(
            "定时", "warning", f"{detail}，但定时服务没有运行", "由系统守护 mingzhang serve --config …"
        )
        return
    last = _newest_report(home, "nightly")
    if now - due > _LATE and (last is None or last.started_at < due) and not is_night_running(home):
        advice = "服务刚启动则属正常；否则查看 prefect/server.log 和服务的日志"
        yield Finding("定时", "error", f"{detail}；应于 {due:%Y-%m-%d %H:%M} 运行，但没有运行记录", advice)
        return
    yield Finding("定时", "ok", detail)


def _versions(home: Path, settings: NightSettings) -> Iterator[Finding]:
    now = {
        "extractor": extractor_version(),
        "transform": transform_version(),
        "warehouse": warehouse_version(),
        "rules": rules_version(),
    }
    generation = current_generation(home)
    changed = [name for name, own in now.items() if generation and generation.versions.get(name) != own]
    detail = "，".join(f"{name} {own}" for name, own in now.items())
    if "extractor" in changed:
        yield Finding("版本", "warning", detail, "提取器已更新：下一夜将重新提取全部文件")
    elif changed:
        yield Finding("版本", "warning", detail, f"{'、'.join(changed)} 已更新：下一夜将重建仓库")
    else:
        yield Finding("版本", "ok", detail)
