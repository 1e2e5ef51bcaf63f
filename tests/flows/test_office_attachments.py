"""What becomes of attachments that are no PDF: an official finds each, under the portal's words, wherever files are listed."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from unittest.mock import patch

import openpyxl
import pytest

from crawlers.settings import Politeness, Source
from flows.lock import night_lock
from flows.night import NightPlan, run_night
from flows.settings import NightSettings
from flows.step import plain_step
from reports.run_report import RunReport
from samples.district import District
from samples.portal import Portal
from samples.portal_pages import PublishedFile, build_site
from tests.flows.conftest import NIGHT
from warehouse.query import open_warehouse

pytestmark = pytest.mark.slow

_PICTURE = b"\xff\xd8\xff\xe0" + bytes(20_000)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)


def package(entries: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


#: What each file is called in the reports, by the unit whose portal entry it is.
KINDS = {
    "农业农村局": "Word 文件",
    "统计局": "旧版 Office 或 WPS 文件",
    "审计局": "OFD 文件",
    "水利局": "RAR 压缩包",
}


@pytest.fixture(scope="module")
def night(district: District, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, RunReport]:
    """A night over one office file of each kind, and a bundle of a PDF as it is, an office file and a photographed page."""
    folder = tmp_path_factory.mktemp("office")
    good = district.path(district.documents[0]).read_bytes()
    contents = {
        "农业农村局": package({"word/document.xml": b"<w/>"}),
        "统计局": _OLE,
        "审计局": package({"OFD.xml": b"<o/>"}),
        "水利局": b"Rar!\x1a\x07\x01\x00" + bytes(500),
        "教育系统": package({"某局决算.pdf": good, "某局说明.doc": _OLE + b"1", "扫描/第1页.jpg": _PICTURE}),
    }
    published = []
    for number, (unit, content) in enumerate(contents.items()):
        path = folder / f"{number}.bin"
        path.write_bytes(content)
        published.append(PublishedFile(path, f"云溪区{unit}2024年度部门决算公开", "2025-09-02"))
    home = tmp_path_factory.mktemp("night") / "home"
    with Portal(build_site(published)) as portal, night_lock(home), patch("flows.stages.check"):
        source = Source(
            id="office",
            title="门户",
            start_pages=(portal.start_url,),
            politeness=Politeness(delay_seconds=0, retry_wait_seconds=0.05),
        )
        settings = NightSettings(workers=1, minimum_free_megabytes=0)
        return home, run_night(NightPlan(home, settings, plain_step, sources=(source,), night=NIGHT))


def test_a_bundle_gives_its_files_and_none_is_lost(night: tuple[Path, RunReport]) -> None:
    home, report = night
    assert report.documents.seen == len(KINDS) + 4  # the bundle, and three files in it
    with open_warehouse(home) as connection:
        loaded = connection.execute("SELECT source_url FROM core.document WHERE status = 'loaded'").fetchall()
        bundle = connection.execute(
            "SELECT status_reason FROM core.document WHERE link_text LIKE '%教育系统%'"
        ).fetchall()
    assert [url.rpartition("!/")[2] for (url,) in loaded] == ["某局决算.pdf"]
    assert bundle == [("压缩包，其中的文件已逐个保存并列出",)]


def test_each_is_told_by_the_words_of_the_portal_and_by_its_kind(night: tuple[Path, RunReport]) -> None:
    home, report = night
    book = openpyxl.load_workbook(home / "reports" / "例外清单.xlsx", read_only=True)
    sheets = {
        name: "\n".join(
            " ".join(str(value) for value in row if value is not None)
            for row in book[name].iter_rows(values_only=True)
        )
        for name in ("未能检查", "文件清单")
    }
    coverage = (home / "reports" / "site" / "coverage.html").read_text(encoding="utf-8")
    for unit, kind in KINDS.items():
        (aside,) = [one for one in report.quarantined if unit in one.file_name]
        assert kind in aside.reason
        for where in (*sheets.values(), coverage):
            assert f"云溪区{unit}2024年度部门决算公开" in where
        assert kind in coverage
        assert kind in sheets["文件清单"]
    for member in ("某局说明.doc", "第1页.jpg"):
        assert member in coverage
        assert member in sheets["未能检查"]
    assert "图片（JPEG），已保存，未识别" in coverage


def test_a_file_that_was_set_aside_is_not_said_to_have_a_newer_version(night: tuple[Path, RunReport]) -> None:
    home, _ = night
    pages = [path.read_text(encoding="utf-8") for path in (home / "reports/site/units").glob("*.html")]
    assert pages
    assert not [page for page in pages if "已有新版" in page]


def test_the_published_run_report_says_that_it_is_published(night: tuple[Path, RunReport]) -> None:
    home, report = night
    written = (home / "reports" / "运行报告.md").read_text(encoding="utf-8")
    assert f"已发布，退出码 {report.exit_status}" in written
