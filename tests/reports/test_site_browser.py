"""The site in a real browser: headless Chromium, opened from the folder, no server and no network."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (dev extra)")

CHROMIUM = os.environ.get("MINGZHANG_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium found: apt-get install chromium, or set MINGZHANG_CHROMIUM"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page on which any script error, console error or request outside the folder fails the test."""
    opened = browser.new_page(viewport={"width": 1200, "height": 900})
    troubles: list[str] = []
    opened.on("pageerror", lambda error: troubles.append(str(error)))
    opened.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    opened.on("requestfailed", lambda request: troubles.append(f"failed {request.url}"))
    opened.on(
        "request",
        lambda request: None if request.url.startswith(("file:", "data:")) else troubles.append(request.url),
    )
    yield opened
    opened.close()
    assert troubles == []


def open_list(page: Any, site: Path, fragment: str = "") -> None:
    page.goto(f"{(site / 'list.html').as_uri()}{fragment}")
    page.wait_for_selector("#list[data-ready=true]")


def shown_titles(page: Any) -> list[str]:
    return [text.strip() for text in page.locator("#list .tabulator-row a").all_inner_texts()]


def test_search_filter_sort_and_open(page: Any, site: Path) -> None:
    open_list(page, site)
    assert "共 6 条，显示 6 条" in page.inner_text("#count")
    page.select_option("#filter-severity", "差错")
    page.fill("#filter-text", "甲局 本年收入")
    playwright.expect(page.locator("#count")).to_contain_text("显示 2 条")
    assert "severity=" in page.url
    year = page.locator(".tabulator-col", has_text="年度")
    year.click()
    year.press("Enter")
    assert page.locator("#list .tabulator-row").first.locator(".tabulator-cell").nth(3).inner_text() == "2024"
    page.locator("#list .tabulator-row a").first.click()
    page.wait_for_url(re.compile("findings/f1"))
    assert page.locator("svg .box").count() == 6
    assert page.locator("h1").inner_text() == "本年收入分项合计"
    page.locator(".crumbs a", has_text="甲局").click()
    assert page.locator("h1").inner_text() == "甲局"
    assert page.locator("table a", has_text="批注版").count() == 1


def test_filters_in_the_address_are_applied(page: Any, site: Path) -> None:
    open_list(page, site, "#status=新增")
    assert "显示 2 条" in page.inner_text("#count")
    page.click("#filter-clear")
    assert "显示 6 条" in page.inner_text("#count")


def test_hostile_names_never_run(page: Any, site: Path) -> None:
    for name in ("index.html", "list.html", "units.html", "findings/f6.html", "units/u_6.html"):
        page.goto((site / name).as_uri())
        page.wait_for_timeout(100)
        assert page.evaluate("window.hacked") is None


def test_box_covers_the_drawn_number(page: Any, site: Path) -> None:
    """On the screen, too, the box frames dark print, and the picture under it has loaded."""
    page.goto((site / "findings" / "f1.html").as_uri())
    page.wait_for_load_state("load")
    crop = page.locator("figure svg").first
    box = page.locator("svg .box").first.bounding_box()
    frame = crop.bounding_box()
    assert frame["x"] < box["x"] and box["x"] + box["width"] < frame["x"] + frame["width"]
    assert frame["y"] < box["y"] and box["y"] + box["height"] < frame["y"] + frame["height"]


def test_whole_page_can_be_shown_by_keyboard(page: Any, site: Path) -> None:
    page.goto((site / "findings" / "f1.html").as_uri())
    button = page.locator("button.whole").first
    before = page.locator("figure svg").first.get_attribute("viewBox")
    button.focus()
    page.keyboard.press("Enter")
    whole = page.locator("figure svg").first.get_attribute("viewBox")
    assert whole != before
    assert whole.startswith("0 0 ")
    assert button.get_attribute("aria-pressed") == "true"


def test_list_is_usable_by_keyboard(page: Any, site: Path) -> None:
    open_list(page, site)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "filter-text"
    page.locator("#list .tabulator-row a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("findings/"))


def test_skip_link_comes_first(page: Any, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"


@pytest.mark.parametrize(
    "name", ["index.html", "list.html", "findings/f1.html", "units/u_6.html", "coverage.html"]
)
def test_phone_width_needs_no_sideways_scrolling(page: Any, site: Path, name: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto((site / name).as_uri())
    page.wait_for_timeout(200)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    if name == "list.html":
        assert page.locator("#list .tabulator-row a").count() == 6


def test_printed_page_keeps_picture_and_drops_navigation(page: Any, site: Path) -> None:
    page.goto((site / "findings" / "f1.html").as_uri())
    page.emulate_media(media="print")
    assert not page.locator("header.top").is_visible()
    assert page.locator("figure svg").first.is_visible()
    assert len(page.pdf(format="A4")) > 10_000


def test_printed_list_has_every_row_that_is_not_filtered_out(page: Any, site: Path) -> None:
    page.goto((site / "list.html").as_uri())
    page.wait_for_selector("#list[data-ready=true]")
    page.select_option("#filter-severity", "差错")
    shown = page.evaluate(
        "window.mingzhangFindings.rows.filter((row) => row[2] === 'error' || row[2] === '差错').length"
    )
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert shown > 0
    assert page.locator(".tabulator-print-table tbody tr").count() == shown
    assert (
        page.locator(".tabulator-print-table thead th").count()
        == page.locator("#list .tabulator-col").count()
    )


def test_printed_list_lies_across_the_sheet_and_breaks_no_year(page: Any, site: Path) -> None:
    page.goto((site / "list.html").as_uri())
    page.wait_for_selector("#list[data-ready=true]")
    with pdfium.PdfDocument(page.pdf(prefer_css_page_size=True)) as printed:
        width, height = printed[0].get_size()
        words = printed[0].get_textpage().get_text_bounded()
    assert width > height
    assert "2024" in words
    assert not re.search(r"\b20\d?\s*[\r\n]+\s*\d{1,2}\b", words)  # 202 and 4 on two lines


@pytest.mark.parametrize("name", ["index.html", "list.html", "findings/f1.html", "units/u_6.html"])
def test_only_the_list_lies_across_the_sheet(page: Any, site: Path, name: str) -> None:
    page.goto((site / name).as_uri())
    page.wait_for_timeout(300)
    with pdfium.PdfDocument(page.pdf(prefer_css_page_size=True)) as printed:
        width, height = printed[0].get_size()
    assert (width > height) == (name == "list.html")
    assert {round(width), round(height)} == {595, 842}


@pytest.mark.parametrize("media", ["screen", "phone", "print"])
@pytest.mark.parametrize(
    "name",
    [
        "index.html",
        "list.html",
        "units.html",
        "coverage.html",
        "rules.html",
        "findings/f1.html",
        "units/u_6.html",
    ],
)
def test_no_accessibility_violations(browser: Any, site: Path, name: str, media: str) -> None:
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed"
    )
    width = 390 if media == "phone" else 1280
    context = browser.new_context(  # axe itself needs to be evaluated
        bypass_csp=True, viewport={"width": width, "height": 800}
    )
    page = context.new_page()
    page.emulate_media(media="print" if media == "print" else "screen")
    page.goto((site / name).as_uri())
    page.wait_for_timeout(300)
    results = axe.Axe().run(page)
    context.close()
    found = [
        (one["id"], [node["html"][:120] for node in one["nodes"]][:3])
        for one in results.response["violations"]
    ]
    assert found == []
