"""Units of a small portal, their files, and what a crawl of them must come to."""

from __future__ import annotations

from collections.abc import Callable

from crawlers.report import CrawlReport

from .conftest import Portal, html, pdf, rows

UNITS = ("甲局", "乙局", "丙局", "丁局", "戊局", "己局")


def title_of(name: str) -> str:
    return f"某县{name}2024年度部门决算公开"


def publish(portal: Portal, name: str, folder: str = "/list") -> str:
    """Publish one unit's file and return its row of a list."""
    number = UNITS.index(name)
    portal.file(f"{folder}/P{number}.pdf", pdf(name))
    return rows((f"{folder}/P{number}.pdf", title_of(name), "2025-09-11"))


def documents(report: CrawlReport) -> int:
    assert report.missing == []
    assert report.refused == []
    return report.attachments_found


def three_pages(portal: Portal, names: list[str], pager: Callable[[int], str]) -> None:
    """Two units on each of three list pages."""
    for number, name in enumerate(names):
        body = "".join(publish(portal, unit) for unit in UNITS[2 * number : 2 * number + 2])
        portal.page(name, html(f"<ul>{body}</ul>{pager(number)}"))
