"""Source declarations: one YAML file a portal, strict, with mistakes named in Chinese."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

USER_AGENT = "Mozilla/5.0 (compatible; Mingzhang/0.1; budget disclosure archive; respects robots.txt)"


class SourceError(ValueError):
    """A source declaration cannot be used; the message says where and why, in Chinese."""


class Family(StrEnum):
    """How a portal serves its lists."""

    STATIC = "static"  # HTML list pages, detail pages, attachments
    JSON = "json"  # a list interface that answers JSON (GET or POST)
    JSONP = "jsonp"  # the same wrapped in a callback
    JPAGE = "jpage"  # jpaas dataproxy: records in CDATA
    GKMLPT = "gkmlpt"  # the Guangdong disclosure platform


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("要写完整的 http:// 或 https:// 地址")
    return value


WebAddress = Annotated[str, AfterValidator(_web_address)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Politeness(_Strict):
    """How gently a host is treated. Crawl-delay in robots.txt lengthens ``delay_seconds``."""

    delay_seconds: float = Field(default=1.0, ge=0, le=600)
    concurrency: int = Field(default=1, ge=1, le=8)
    respect_robots: bool = True
    user_agent: str = Field(default=USER_AGENT, min_length=3, max_length=300)
    attempts: int = Field(default=3, ge=1, le=10)
    retry_wait_seconds: float = Field(default=5.0, ge=0, le=600)
    retry_wait_maximum_seconds: float = Field(default=120.0, ge=0, le=3600)
    give_up_after_failures: int = Field(
        default=8, ge=1, description="连续失败多少个地址后，当晚不再访问该主机"
    )
    refetch_days: float = Field(
        default=30.0, gt=0, description="多少天后不再相信“未修改”的答复，整个重取一次"
    )
    revalidate_days: float = Field(
        default=0.0, ge=0, description="多少天内不再核对已取得的页面和附件；0 为每晚核对"
    )


class Limits(_Strict):
    """What one answer and one crawl may take."""

    connect_seconds: float = Field(default=15.0, gt=0)
    read_seconds: float = Field(default=60.0, gt=0)
    total_seconds: float = Field(default=600.0, gt=0)
    page_megabytes: float = Field(default=16.0, gt=0)
    document_megabytes: float = Field(default=200.0, gt=0)
    bundle_members: int = Field(default=2000, ge=1)
    bundle_megabytes: float = Field(default=1024.0, gt=0)
    redirects: int = Field(default=5, ge=0, le=20)
    list_pages: int = Field(default=500, ge=1)
    detail_pages: int = Field(default=20000, ge=1)
    section_depth: int = Field(default=1, ge=0, le=3, description="从起始页进入“部门预算”之类子栏目的层数")


class Interface(_Strict):
    """A list interface (families json, jsonp, jpage, gkmlpt).

    In ``url`` and ``form`` the words ``{page}``, ``{start}``, ``{end}`` and ``{size}`` are filled in: number
    of the page, number of its first and last record (from 1), records a page. ``items``, ``total_pages``,
    ``total_records`` and the fields are dotted paths into the answer; left empty, the usual names are tried.
    """

    url: WebAddress
    method: Annotated[str, Field(pattern="^(GET|POST)$")] = "GET"
    form: dict[str, str] = {}
    first_page: int = Field(default=1, ge=0, le=1)
    page_size: int = Field(default=20, ge=1, le=1000)
    items: str = ""
    total_pages: str = ""
    total_records: str = ""
    url_field: str = ""
    url_template: str = Field(
        default="", description="由记录各字段拼成地址，如 https://…/download.do?iid={id}"
    )
    title_field: str = ""
    date_field: str = ""


class Expectation(_Strict):
    """A publication that should be there: its absence makes a crawl incomplete."""

    unit: str | None = None
    year: int | None = Field(default=None, ge=1990, le=2100)
    kind: Annotated[str, Field(pattern="^(budget|final_accounts)$")] | None = None
    at_least: int = Field(default=1, ge=1)


class Source(_Strict):
    """One portal, or one column of it."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]
    title: Annotated[str, Field(min_length=1)]
    family: Family = Family.STATIC
    start_pages: tuple[WebAddress, ...] = ()
    interface: Interface | None = None
    allowed_hosts: tuple[str, ...] = ()
    private_hosts: tuple[str, ...] = ()
    unit: str | None = None
    district: str | None = None
    kinds: tuple[Annotated[str, Field(pattern="^(budget|final_accounts)$")], ...] = (
        "budget",
        "final_accounts",
    )
    years: tuple[Annotated[int, Field(ge=1990, le=2100)], ...] = ()
    take_all_attachments: bool = Field(default=False, description="起始页上的全部附件都收，不看标题")
    section_prefixes: tuple[str, ...] = Field(default=(), description="只进入路径以此开头的子栏目")
    expect: tuple[Expectation, ...] = ()
    verify_tls: bool = True
    legacy_tls: bool = Field(default=False, description="允许老旧的加密套件和 TLS 1.0")
    scheme_fallback: bool = Field(default=False, description="https 连不上时改用 http（反之亦然）")
    proxy: str | None = None
    encoding: str | None = None
    politeness: Politeness = Politeness()
    limits: Limits = Limits()

    @model_validator(mode="after")
    def _has_a_way_in(self) -> Source:
        if self.family is Family.STATIC and not self.start_pages:
            raise ValueError("static 类来源要写 start_pages")
        if self.family is not Family.STATIC and self.interface is None:
            raise ValueError(f"{self.family} 类来源要写 interface")
        return self

    @property
    def entrances(self) -> tuple[str, ...]:
        """Addresses a crawl begins with."""
        return self.start_pages + ((self.interface.url,) if self.interface else ())

    def allows_host(self, url: str) -> bool:
        """Say whether the declaration covers the host of a URL (sub-domains only as ``*.example.gov.cn``)."""
        host = (urlsplit(url).hostname or "").lower()
        if any((urlsplit(entrance).hostname or "").lower() == host for entrance in self.entrances):
            return True
        return any(_host_matches(pattern, url) for pattern in self.allowed_hosts + self.private_hosts)

    def allows_private(self, url: str) -> bool:
        """Say whether the declaration itself names this inner address, so that it may be visited."""
        wanted = _host_and_port(url)
        if any(
            _host_and_port(entrance) == wanted and _is_inner_name(wanted[0]) for entrance in self.entrances
        ):
            return True
        inner = tuple(pattern for pattern in self.allowed_hosts if _is_inner_name(_pattern_host(pattern)))
        return any(_host_matches(pattern, url) for pattern in inner + self.private_hosts)


def _pattern_host(pattern: str) -> str:
    if pattern.startswith("["):
        return pattern[1:].partition("]")[0].lower()
    return pattern.lower().partition(":")[0]


def _host_matches(pattern: str, url: str) -> bool:
    host, port = _host_and_port(url)
    name = _pattern_host(pattern)
    declared_port = re.search(r":(\d+)$", pattern)
    if declared_port and int(declared_port[1]) != port:
        return False
    if name.startswith("*."):
        return host.endswith(name[1:])
    return host == name


def _host_and_port(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return (parts.hostname or "").lower(), parts.port or (443 if parts.scheme == "https" else 80)


def _is_inner_name(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return False


#: Pydantic's error types as short Chinese phrases; anything else keeps its own message.
_PHRASES = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这个配置项，检查拼写",
    "string_pattern_mismatch": "写法不合规定",
    "enum": "不在可选值之内",
    "int_parsing": "应为整数",
    "int_type": "应为整数",
    "float_parsing": "应为数字",
    "float_type": "应为数字",
    "bool_parsing": "应为 true 或 false",
    "bool_type": "应为 true 或 false",
    "string_type": "应为文字",
    "tuple_type": "应为列表（每行以“- ”开头）",
    "model_type": "应为一组配置项",
    "dict_type": "应为一组配置项",
    "greater_than": "数值太小",
    "greater_than_equal": "数值太小",
    "less_than_equal": "数值太大",
    "string_too_short": "不能为空",
}


def _explain(error: Any) -> str:
    place = ".".join(str(part) for part in error["loc"]) or "整个文件"
    if error["type"] == "value_error":
        return f"{place}：{error['ctx']['error']}"
    phrase = _PHRASES.get(error["type"], error["msg"])
    allowed = (error.get("ctx") or {}).get("expected") or (error.get("ctx") or {}).get("pattern")
    return f"{place}：{phrase}" + (f"（{allowed}）" if allowed else "")


def load_source(path: Path) -> Source:
    """Read one declaration. Raises ``SourceError`` with every mistake in it."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SourceError(f"读不到来源文件 {path}：{error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SourceError(f"来源文件 {path} 不是合法的 UTF-8 YAML：{error}") from error
    try:
        return Source.model_validate(content)
    except ValidationError as error:
        raise SourceError(f"来源文件 {path} 有误：" + "；".join(map(_explain, error.errors()))) from error


def load_sources(path: Path) -> list[Source]:
    """Read one declaration, or all ``*.yaml`` and ``*.yml`` of a folder in the order of their names.

    Raises ``SourceError`` where one cannot be used, two share an id, or there is none.
    """
    files = (
        sorted(found for found in path.iterdir() if found.suffix in (".yaml", ".yml"))
        if path.is_dir()
        else [path]
    )
    if not files:
        raise SourceError(f"{path} 里没有来源文件（*.yaml）")
    sources = [load_source(file) for file in files]
    _refuse_twins(source.id for source in sources)
    return sources


def load_all_sources(paths: Iterable[Path]) -> list[Source]:
    """Read several files and folders of declarations. Raises ``SourceError`` as ``load_sources`` does, OSError."""
    sources = [source for path in paths for source in load_sources(path)]
    _refuse_twins(source.id for source in sources)
    return sources


def _refuse_twins(ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for source_id in ids:
        if source_id in seen:
            raise SourceError(f"来源编号 {source_id} 重复")
        seen.add(source_id)
