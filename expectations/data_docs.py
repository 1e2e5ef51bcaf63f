"""Great Expectations' Data Docs made to be read offline: nothing remote, a Chinese index of their own."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_REMOTE = re.compile(
    r"<script[^>]*\bsrc=[\"']https?://[^>]*>\s*</script>"
    r"|<link[^>]*\bhref=[\"']https?://[^>]*>"
    r"|<img[^>]*\bsrc=[\"']https?://[^>]*>",
    re.IGNORECASE,
)
_LINK = re.compile(r"\bhref=[\"']https?://[^\"']*[\"']", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://(?!www\.w3\.org/)[^\s\"'<>)]*", re.IGNORECASE)
_FORM = re.compile(r"<footer.*?</footer>|<form.*?</form>", re.IGNORECASE | re.DOTALL)

#: The few classes of GX's pages that carry the layout, so that they read well without Bootstrap.
STYLE = """
body{font-family:"Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei",sans-serif;
margin:0;color:#222}
nav{border-bottom:1px solid #ddd;padding:.6rem 1rem}
h1{font-size:1.4rem}
h2{font-size:1.1rem}
.container-fluid{padding:1rem 1.5rem}
.row{display:block}
.d-none,.modal{display:none}
table{border-collapse:collapse;width:100%;margin:.5rem 0}
th,td{border:1px solid #ddd;padding:.35rem .5rem;
text-align:left;vertical-align:top}
th{background:#f4f6f8}
.alert{background:#eef2f5;padding:.5rem .8rem;margin:.6rem 0}
.text-danger{color:#b3261e}
.text-success{color:#1b7f3b}
.badge{border:1px solid #bbb;border-radius:.6rem;padding:0 .4rem}
a{color:#0b57a4}
code,pre{white-space:pre-wrap;word-break:break-all}
.failed{color:#b3261e;font-weight:600}
.errored{color:#8a5a00;font-weight:600}
.number{text-align:right}
""".strip()


@dataclass(frozen=True, slots=True)
class SuiteRow:
    """One suite as the index shows it."""

    name: str
    title: str
    rules: int
    failed: int
    errored: int


def take_offline(directory: Path) -> int:
    """Rewrite every page below ``directory`` so that it loads nothing but itself; returns the number of pages."""
    shutil.rmtree(directory / "static", ignore_errors=True)
    pages = sorted(directory.rglob("*.html"))
    for page in pages:
        text = page.read_text(encoding="utf-8")
        text = _LINK.sub('href="#"', _FORM.sub("", _REMOTE.sub("", text)))
        text = _ADDRESS.sub("", text).replace("</head>", f"<style>{STYLE}</style></head>", 1)
        page.write_text(text, encoding="utf-8")
    return len(pages)


def write_index(directory: Path, build: str, suites: Sequence[SuiteRow]) -> Path:
    """Write ``index.html``: a row a suite with its verdicts and links to GX's pages. Returns its path."""
    rows = "\n".join(_row(directory, suite) for suite in suites)
    page = directory / "index.html"
    page.write_text(
        '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>规则检查结果</title>'
        f"<style>{STYLE}</style></head><body><nav><h1>规则检查结果</h1></nav>"
        f'<div class="container-fluid"><p>数据版本 {html.escape(build)}。每一类规则一个检查集，每条规则一项检查；'
        "“未运行”指规则本身出错，不是数据有错。</p><table><thead><tr><th>类别</th><th>规则数</th><th>不符的规则</th>"
        f"<th>未运行的规则</th><th>结果</th><th>规则</th></tr></thead><tbody>\n{rows}\n</tbody></table></div></body></html>\n",
        encoding="utf-8",
    )
    return page


def _row(directory: Path, suite: SuiteRow) -> str:
    results = sorted((directory / "validations" / suite.name).rglob("*.html"))
    expectations = directory / "expectations" / f"{suite.name}.html"
    return (
        f"<tr><td>{html.escape(suite.name)} {html.escape(suite.title)}</td><td class=number>{suite.rules}</td>"
        f'<td class="number{" failed" if suite.failed else ""}">{suite.failed}</td>'
        f'<td class="number{" errored" if suite.errored else ""}">{suite.errored}</td>'
        f"<td>{_link(directory, results[-1], '检查结果') if results else ''}</td>"
        f"<td>{_link(directory, expectations, '规则说明') if expectations.exists() else ''}</td></tr>"
    )


def _link(directory: Path, target: Path, text: str) -> str:
    return f'<a href="{html.escape(target.relative_to(directory).as_posix())}">{text}</a>'
