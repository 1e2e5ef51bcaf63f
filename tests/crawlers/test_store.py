"""The store keeps bytes under their hash for good, and every sighting once."""

from __future__ import annotations

import hashlib
import io
import random
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.content import MediaKind, media_kind
from crawlers.local import ingest_paths
from crawlers.sighting import SIGHTING, Sighting, sighting_from_json, url_identity
from crawlers.store import ObjectMissingError, Store

PDF = b"%PDF-1.7\nsmall"
SHA = hashlib.sha256(PDF).hexdigest()
AT = "2026-01-02T03:04:05+00:00"


def sighting(url: str = "http://a.example/1.pdf", **fields: object) -> Sighting:
    values: dict[str, object] = {
        "source_id": "s",
        "source_title": "甲",
        "url": url,
        "fetched_at": AT,
        "sha256": SHA,
    }
    return Sighting(**{**values, **fields})  # type: ignore[arg-type]


def test_put_is_idempotent_and_read_only(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert store.put(PDF) == SHA == store.put(PDF)
    path = store.path_of(SHA)
    assert path.read_bytes() == PDF
    assert path.suffix == ".pdf"
    assert path.stat().st_mode & 0o222 == 0
    assert [item.sha256 for item in store.iterate()] == [SHA]
    assert not list(store.incoming.iterdir())


def test_put_file_equals_put_bytes(tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.write_bytes(PDF)
    assert Store(tmp_path).put(file) == SHA


def test_missing_object(tmp_path: Path) -> None:
    with pytest.raises(ObjectMissingError):
        Store(tmp_path).path_of("0" * 64)


def test_put_restores_a_damaged_object_and_keeps_the_damaged_one(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(PDF)
    path = store.path_of(SHA)
    path.chmod(0o644)
    path.write_bytes(b"%PDF-rotten")
    assert [damage.sha256 for damage in store.verify()] == [SHA]
    store.put(PDF)
    assert path.read_bytes() == PDF
    assert store.verify() == []
    assert [item.read_bytes() for item in store.damaged.iterdir()] == [b"%PDF-rotten"]


def test_verify_names_a_sighted_object_that_is_gone(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.record(sighting())
    assert [(damage.sha256, damage.path) for damage in store.verify()] == [(SHA, None)]


def test_interrupted_receipt_leaves_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with pytest.raises(RuntimeError), store.receive() as receiver:
        receiver.write(PDF)
        raise RuntimeError
    assert list(store.iterate()) == []
    assert list(store.incoming.iterdir()) == []


def test_sweep_removes_what_a_kill_left(tmp_path: Path) -> None:
    store = Store(tmp_path)
    (store.incoming / "dead.part").write_bytes(b"half")
    assert store.sweep() == 1
    assert list(store.incoming.iterdir()) == []


def test_repetition_is_no_news(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert store.record(sighting())
    assert not store.record(sighting(fetched_at="2026-02-02T00:00:00+00:00", etag="other"))
    assert not Store(tmp_path).record(sighting(fetched_at="2026-03-02T00:00:00+00:00"))
    assert store.read_sightings().height == 1


def test_same_file_at_several_urls_is_one_object_with_several_sightings(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(PDF)
    for name in "abc":
        store.record(sighting(f"http://a.example/{name}.pdf"))
    assert store.read_sightings().height == 3
    assert len(list(store.iterate())) == 1


def test_replacement_and_return_both_leave_a_trace(tmp_path: Path) -> None:
    store = Store(tmp_path)
    other = "f" * 64
    days = [f"2026-01-0{day}T00:00:00+00:00" for day in (1, 2, 3)]
    for day, sha256 in zip(days, (SHA, other, SHA), strict=True):
        assert store.record(sighting(sha256=sha256, fetched_at=day))
    assert store.read_sightings()["sha256"].to_list() == [SHA, other, SHA]


def test_failure_between_two_looks_does_not_double_the_document(tmp_path: Path) -> None:
    store = Store(tmp_path)
    failure = sighting(sha256=None, reason_code="not_found", reason="…")
    assert store.record(sighting())
    assert store.record(failure)
    assert not store.record(sighting())
    assert not store.record(failure)


def test_torn_last_line_is_passed_over_and_closed_off(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.record(sighting("http://a.example/1.pdf"))
    store.record(sighting("http://a.example/2.pdf"))
    log = store.sightings / "s.jsonl"
    log.write_bytes(log.read_bytes()[:-20])
    again = Store(tmp_path)
    assert again.read_sightings()["url"].to_list() == ["http://a.example/1.pdf"]
    assert again.record(sighting("http://a.example/2.pdf"))
    assert again.read_sightings()["url"].to_list() == ["http://a.example/1.pdf", "http://a.example/2.pdf"]


def test_order_of_writing_does_not_matter(tmp_path: Path) -> None:
    records = [
        sighting(f"http://a.example/{number}.pdf", fetched_at=f"2026-01-{1 + number % 3:02}T00:00:00+00:00")
        for number in range(20)
    ]
    frames = []
    for seed in (1, 2):
        random.Random(seed).shuffle(records)
        store = Store(tmp_path / str(seed))
        for record in records:
            store.record(record)
        frames.append(store.read_sightings())
    assert frames[0].equals(frames[1])
    assert frames[0].schema == SIGHTING


def test_empty_store_has_an_empty_frame(tmp_path: Path) -> None:
    frame = Store(tmp_path).read_sightings()
    assert frame.height == 0
    assert frame.schema == SIGHTING


def test_a_sighting_has_a_document_or_a_reason() -> None:
    with pytest.raises(ValueError, match="reason"):
        sighting(sha256=None)
    with pytest.raises(ValueError, match="reason"):
        sighting(reason_code="gone")


TEXT = st.text(max_size=30)


@given(link_text=TEXT, title=TEXT, url=TEXT)
def test_json_round_trip(link_text: str, title: str, url: str) -> None:
    record = sighting(url, link_text=link_text, title=title)
    line = record.to_json()
    assert "\n" not in line
    assert sighting_from_json(line) == record


@settings(max_examples=25)
@given(content=st.binary(max_size=5000))
def test_any_bytes_come_back(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    store = Store(tmp_path_factory.mktemp("store"))
    assert store.path_of(store.put(content)).read_bytes() == content
    assert store.verify() == []


@pytest.mark.parametrize(
    ("url", "identity"),
    [
        ("http://h/a/4361282.pdf?uYB8J-xkq93jdkslAAQ==", "http://h/a/4361282.pdf"),
        ("http://h/a/x.pdf?Expires=1&OSSAccessKeyId=2&Signature=3", "http://h/a/x.pdf"),
        (
            "http://h/download/downfile.jsp?classid=0&filename=1.pdf",
            "http://h/download/downfile.jsp?classid=0&filename=1.pdf",
        ),
        ("http://h/x.pdf?v=2", "http://h/x.pdf?v=2"),
        ("http://h/d.pdf?id=12345678901234567", "http://h/d.pdf?id=12345678901234567"),
        ("http://h/x.pdf#page=2", "http://h/x.pdf"),
        ("http://h/list?page=2", "http://h/list?page=2"),
    ],
)
def test_url_identity(url: str, identity: str) -> None:
    assert url_identity(url) == identity


def package(*names: str | bytes) -> bytes:
    """The beginning of a package with these members; bytes are a member's content."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(*((name, b"<x/>") if isinstance(name, str) else ("a.pdf", name)))
    return buffer.getvalue()[:4096]


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"", MediaKind.EMPTY),
        (b"%PDF-1.4", MediaKind.PDF),
        (b"\n\n junk %PDF-1.4", MediaKind.PDF),
        (b"\r\n<!DOCTYPE html><html>", MediaKind.HTML),
        (b"<!-- c --><html>", MediaKind.HTML),
        (package("[Content_Types].xml", "xl/workbook.xml"), MediaKind.XLSX),
        (package("mimetype", "word/_rels/document.xml.rels"), MediaKind.DOCX),
        (package("OFD.xml", "Doc_0/Document.xml"), MediaKind.OFD),
        (package("a.pdf"), MediaKind.ZIP),
        (package("word/a.pdf", "xl/b.xlsx", "说明/xl/c.xml"), MediaKind.ZIP),
        (package(b"%PDF-1.4"), MediaKind.ZIP),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..", MediaKind.OLE),
        (b"ok", MediaKind.OTHER),
        (b'{"a":1}', MediaKind.JSON),
    ],
)
def test_media_kind(head: bytes, kind: MediaKind) -> None:
    assert media_kind(head) is kind


def test_ingest_twice_changes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (folder / "甲.pdf").write_bytes(PDF)
    (folder / "sub" / "乙.PDF").write_bytes(PDF)
    (folder / "说明.txt").write_bytes(b"text")
    (folder / "网页.pdf").write_bytes(b"<html>")
    (folder / "空.pdf").write_bytes(b"")
    first = ingest_paths([folder], tmp_path / "home")
    assert (first.attachments_found, first.new, first.unchanged) == (4, 4, 0)
    before = Store(tmp_path / "home").read_sightings()
    second = ingest_paths([folder], tmp_path / "home", clock=lambda: datetime(2030, 1, 1, tzinfo=UTC))
    assert (second.new, second.unchanged) == (0, 4)
    assert Store(tmp_path / "home").read_sightings().equals(before)
    assert sorted(before["media_kind"].to_list()) == ["empty", "html", "pdf", "pdf"]


def test_ingest_takes_any_file_named_explicitly_and_reports_what_is_missing(tmp_path: Path) -> None:
    text = tmp_path / "说明.txt"
    text.write_bytes(b"text")
    report = ingest_paths([text, tmp_path / "没有.pdf"], tmp_path / "home")
    assert report.new == 1
    assert not report.is_complete
    assert [refusal.reason_code for refusal in report.refused] == ["file_unreadable"]
    assert "不存在" in report.refused[0].reason


def test_ingest_records_a_changed_file_as_a_replacement(tmp_path: Path) -> None:
    file = tmp_path / "甲.pdf"
    file.write_bytes(PDF)
    ingest_paths([file], tmp_path / "home", clock=lambda: datetime(2026, 1, 1, tzinfo=UTC))
    file.write_bytes(PDF + b"2")
    ingest_paths([file], tmp_path / "home", clock=lambda: datetime(2026, 1, 2, tzinfo=UTC))
    frame = Store(tmp_path / "home").read_sightings()
    assert frame["replaces_sha256"].to_list() == [None, SHA]
