"""Bundles: what is in them comes out, and nothing else happens."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest

from crawlers.bundles import Member, unpack
from crawlers.local import ingest_paths
from crawlers.settings import Limits
from crawlers.store import Store

from .conftest import Crawl, Portal, SourceOf, html, pdf, rows


def bundle(entries: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def members(tmp_path: Path, content: bytes, limits: Limits = Limits()) -> list[Member]:  # noqa: B008
    store = Store(tmp_path / "home")
    return list(unpack(store, store.put_object(content), limits))


def outcome(found: list[Member]) -> dict[str, str]:
    return {
        member.name: str(member.error.reason) if member.error else "stored" if member.stored else "left"
        for member in found
    }


def test_documents_come_out_and_furniture_stays(tmp_path: Path) -> None:
    content = bundle(
        {
            "甲局/甲局决算.pdf": pdf("甲"),
            "说明.txt": b"text " * 50,
            "Thumbs.db": b"x",
            "乙局决算.PDF": pdf("乙"),
        }
    )
    assert outcome(members(tmp_path, content)) == {
        "甲局/甲局决算.pdf": "stored", "说明.txt": "left", "Thumbs.db": "left", "乙局决算.PDF": "stored"
    }  # fmt: skip


def test_pictures_of_pages_are_documents_and_icons_are_not(tmp_path: Path) -> None:
    kinds = {"jpg": b"\xff\xd8\xff\xe0", "png": b"\x89PNG\r\n\x1a\n", "tif": b"II*\0", "tiff": b"MM\0*",
             "bmp": b"BM\x36\0\x10\0\0\0\0\0"}  # fmt: skip
    pages = {
        f"第一页.{suffix}": head + random.Random(suffix).randbytes(20_000) for suffix, head in kinds.items()
    }
    found = outcome(members(tmp_path, bundle({**pages, "图标.png": b"\x89PNG\r\n\x1a\n" + bytes(400)})))
    assert found == {**dict.fromkeys(pages, "stored"), "图标.png": "left"}


@pytest.mark.parametrize(
    "name", ["../../etc/cron.d/x.pdf", "/etc/x.pdf", "..\\..\\x.pdf", "C:\\x.pdf", "a/../../x.pdf"]
)
def test_paths_that_lead_out_are_refused_and_written_nowhere(tmp_path: Path, name: str) -> None:
    before = set(tmp_path.parent.rglob("*.pdf"))
    found = outcome(members(tmp_path, bundle({name: pdf("x"), "好.pdf": pdf("好")})))
    assert sorted(found.values()) == ["stored", "unsafe_member"]
    stored = set(tmp_path.parent.rglob("*.pdf")) - before
    assert all("store/objects" in path.as_posix() for path in stored)


def test_symbolic_links_are_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        entry = zipfile.ZipInfo("链接.pdf")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    assert outcome(members(tmp_path, buffer.getvalue())) == {"链接.pdf": "unsafe_member"}


def test_bombs_are_refused_by_what_comes_out(tmp_path: Path) -> None:
    found = outcome(members(tmp_path, bundle({"炸.pdf": b"%PDF-" + b"\0" * 50_000_000, "好.pdf": pdf("好")})))
    assert found == {"炸.pdf": "bomb", "好.pdf": "stored"}


def test_lying_sizes_do_not_help_a_bomb(tmp_path: Path) -> None:
    content = bytearray(bundle({"a.pdf": b"%PDF-" + b"\0" * 30_000_000}))
    real = (30_000_005).to_bytes(4, "little")
    assert content.count(real) == 2
    content = bytearray(bytes(content).replace(real, (100).to_bytes(4, "little")))
    found = members(tmp_path, bytes(content))
    assert all(member.stored is None or member.stored.byte_count <= 100 for member in found)


def test_caps_on_number_and_size(tmp_path: Path) -> None:
    many = bundle({f"{number}.pdf": pdf("x") for number in range(11)})
    assert outcome(members(tmp_path, many, Limits(bundle_members=10))) == {"": "bomb"}
    large = bundle({"a.pdf": pdf("x") * 20_000}, zipfile.ZIP_STORED)
    assert outcome(members(tmp_path, large, Limits(bundle_megabytes=1.0))) == {"": "bomb"}


def test_names_in_gbk_are_read(tmp_path: Path) -> None:
    placeholder = "AAAA.pdf"
    content = bundle({placeholder: pdf("x")}).replace(
        placeholder.encode(), "甲局".encode("gb18030") + b".pdf"
    )
    assert outcome(members(tmp_path, content)) == {"甲局.pdf": "stored"}


def test_bundles_in_bundles_to_a_depth(tmp_path: Path) -> None:
    inner = bundle({"丙.pdf": pdf("丙"), "更深.zip": bundle({"丁.pdf": pdf("丁")})})
    found = outcome(members(tmp_path, bundle({"内.zip": inner})))
    assert found == {"内.zip": "stored", "内.zip!/丙.pdf": "stored", "内.zip!/更深.zip": "stored"}


@pytest.mark.parametrize("cut", [30, 200])
def test_broken_bundle_has_a_reason(tmp_path: Path, cut: int) -> None:
    content = bundle({"甲.pdf": pdf("甲" * 500)})
    assert "bad_bundle" in outcome(members(tmp_path, content[: len(content) - cut])).values()


def test_rar_is_kept_and_named(tmp_path: Path) -> None:
    assert outcome(members(tmp_path, b"Rar!\x1a\x07\x00" + b"x" * 100)) == {"": "unpacking_unsupported"}


def test_bundle_on_a_portal(portal: Portal, source_of: SourceOf, crawl: Crawl, tmp_path: Path) -> None:
    content = bundle(
        {
            "某县甲中学2024年度单位决算.pdf": pdf("甲"),
            "某县乙中学2024年度单位决算.pdf": pdf("乙"),
            "../x.pdf": pdf("x"),
        }
    )
    portal.page(
        "/list/index.html", html(rows(("all.zip", "某县教育局所属单位2024年度决算.zip", "2025-09-01")))
    )
    portal.file("/list/all.zip", content)
    report = crawl(source_of(portal))
    assert (report.attachments_found, report.members) == (1, 2)
    assert [refusal.reason_code for refusal in report.refused] == ["unsafe_member"]
    frame = Store(tmp_path / "home").read_sightings()
    inside = frame.drop_nulls("container_sha256")
    assert sorted(inside["listed_unit"].to_list()) == ["某县乙中学", "某县甲中学"]
    assert set(inside["listed_year"].to_list()) == {2024}
    assert crawl(source_of(portal)).is_complete
    assert Store(tmp_path / "home").read_sightings().equals(frame)


def test_bundle_among_local_files(tmp_path: Path) -> None:
    file = tmp_path / "汇总.zip"
    file.write_bytes(bundle({"甲局.pdf": pdf("甲"), "说明.txt": b"x"}))
    report = ingest_paths([file], tmp_path / "home")
    assert (report.new, report.members) == (1, 1)
    assert report.notes == ["压缩包 汇总.zip 另有 1 个条目不是文档，未取出：说明.txt"]
    before = Store(tmp_path / "home").read_sightings()
    assert before["media_kind"].to_list() == ["zip", "pdf"]
    ingest_paths([file], tmp_path / "home")
    assert Store(tmp_path / "home").read_sightings().equals(before)


def test_a_bundle_that_holds_its_files_as_they_are_is_no_pdf(
    portal: Portal, source_of: SourceOf, crawl: Crawl, tmp_path: Path
) -> None:
    """PDFs do not get smaller: many programs put them into a bundle unchanged, its first bytes among the bundle's own."""
    content = bundle({"甲局决算.pdf": pdf("甲"), "word/乙局决算.pdf": pdf("乙")}, zipfile.ZIP_STORED)
    assert b"%PDF-" in content[:100]
    portal.page("/list/index.html", html(rows(("x.zip", "某县教育系统2024年度部门决算公开", "2025-09-11"))))
    portal.file("/list/x.zip", content)
    assert crawl(source_of(portal)).members == 2
    seen = Store(tmp_path / "home").read_sightings()
    assert sorted(seen["media_kind"]) == ["pdf", "pdf", "zip"]


def test_a_file_of_a_bundle_within_a_bundle_names_the_one_that_holds_it(tmp_path: Path) -> None:
    inner = bundle({"乙局决算.pdf": pdf("乙")}, zipfile.ZIP_STORED)
    found = {
        one.name: one for one in members(tmp_path, bundle({"甲局决算.pdf": pdf("甲"), "内/内.zip": inner}))
    }
    held = found["内/内.zip!/乙局决算.pdf"].container
    assert held is not None
    assert held == found["内/内.zip"].stored
    assert found["甲局决算.pdf"].container == found["内/内.zip"].container
