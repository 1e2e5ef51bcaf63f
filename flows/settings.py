"""What an operator configures for a night: one YAML file, or nothing at all."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Literal, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml
from croniter import croniter
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from reports.notification import NotificationSettings

DEFAULT_HOME = "data"


class SettingsError(ValueError):
    """The configuration file cannot be used; the message says where and why, in Chinese."""


class DocumentLimits(BaseModel):
    """What one document may take before its worker is ended."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    wall_seconds: float = Field(default=600.0, gt=0)  # a scan of a hundred pages takes about five minutes
    cpu_seconds: int = Field(default=400, gt=0)
    memory_megabytes: int = Field(default=3072, ge=256)  # OCR models need nearly two thirds of it
    attempts: int = Field(default=2, ge=1, description="tries in one night before a document is quarantined")
    nights: int = Field(default=3, ge=1, description="nights that may end while a document is worked on")
    ocr_nights: int = Field(default=5, ge=1, description="nights in which scanned pages are recognised")


class Schedule(BaseModel):
    """When ``mingzhang serve`` runs a night."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    cron: str
    timezone: str = "Asia/Shanghai"

    @field_validator("cron")
    @classmethod
    def _is_cron(cls, value: str) -> str:
        if not croniter.is_valid(value):
            raise ValueError(f"“{value}”不是 cron 表达式，例如每天两点写作 0 2 * * *")
        return value

    @field_validator("timezone")
    @classmethod
    def _is_timezone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"没有“{value}”这个时区，例如 Asia/Shanghai") from error
        return value

    def due_before(self, moment: datetime) -> datetime:
        """Return when the schedule last was due before ``moment`` (aware)."""
        local = moment.astimezone(ZoneInfo(self.timezone))
        return cast("datetime", croniter(self.cron, local).get_prev(datetime))

    def due_after(self, moment: datetime) -> datetime:
        """Return when the schedule will next be due after ``moment`` (aware)."""
        local = moment.astimezone(ZoneInfo(self.timezone))
        return cast("datetime", croniter(self.cron, local).get_next(datetime))


class LakeSettings(BaseModel):
    """The lake that several districts publish to."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    catalogue: str = Field(description="PostgreSQL, as its client takes it: dbname=… host=… user=…")
    data: str = Field(description="directory of the Parquet data, the same path on every machine")
    district: str = Field(min_length=1, description="this district's name in the lake")


class NightSettings(BaseModel):
    """One night: its sources and its limits."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sources: tuple[Path, ...] = ()  # files or folders of source declarations
    registry: Path | None = None  # the bureau's own units.csv, aliases.csv, calendar.csv, exempt.csv
    schedule: Schedule | None = None
    notification: NotificationSettings = NotificationSettings()
    workers: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1)
    batch_size: int = Field(default=40, ge=1, description="documents per Prefect task")
    compute: Literal["local", "dask"] = Field(default="local", description="where documents are extracted")
    dask_scheduler: str | None = Field(default=None, description="address of the Dask scheduler")
    warehouse: Literal["duckdb", "ducklake"] = Field(
        default="duckdb", description="ducklake also puts every published night into the lake"
    )
    lake: LakeSettings | None = None
    stall_hours: float = Field(default=8.0, gt=0, description="a night that gets no further so long is ended")
    keep_generations: int = Field(default=7, ge=1)
    minimum_free_megabytes: int = Field(default=200, ge=0)
    metrics_file: Path | None = None  # Prometheus text file; default: metrics.prom in the data directory
    document_limits: DocumentLimits = DocumentLimits()


def home_directory(given: Path | None = None) -> Path:
    """Return the data directory: the one given, else ``MINGZHANG_HOME``, else ``./data``."""
    return (given or Path(os.environ.get("MINGZHANG_HOME", DEFAULT_HOME))).absolute()


def load_settings(path: Path | None) -> NightSettings:
    """Read a night's configuration; relative paths in it count from its own folder.

    Raises ``SettingsError`` with one Chinese line per mistake.
    """
    if path is None:
        return NightSettings()
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        settings = NightSettings.model_validate(content)
    except OSError as error:
        raise SettingsError(f"读不到配置文件 {path}：{error.strerror}") from error
    except yaml.YAMLError as error:
        raise SettingsError(f"配置文件 {path} 不是合法的 YAML：{error}") from error
    except ValidationError as error:
        lines = (f"{'.'.join(map(str, item['loc']))}：{item['msg']}" for item in error.errors())
        raise SettingsError(f"配置文件 {path} 有误：" + "；".join(lines)) from error
    if settings.warehouse == "ducklake" and settings.lake is None:
        raise SettingsError(
            f"配置文件 {path} 有误：warehouse: ducklake 需要写明 lake（catalogue、data、district）"
        )
    sources = tuple((path.parent / source).absolute() for source in settings.sources)
    registry = (path.parent / settings.registry).absolute() if settings.registry else None
    metrics = (path.parent / settings.metrics_file).absolute() if settings.metrics_file else None
    return settings.model_copy(update={"sources": sources, "registry": registry, "metrics_file": metrics})


def registry_directory(home: Path, settings: NightSettings) -> Path:
    """Return where the bureau's own lists are: as configured, else ``registry`` in the data directory."""
    return settings.registry or home / "registry"
