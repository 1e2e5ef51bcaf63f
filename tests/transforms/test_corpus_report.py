"""The corpus report over generated documents: everything announced is found, planted defects apart all sums close."""

from __future__ import annotations

from pathlib import Path

import pytest

from samples.district import generate_district
from transforms.corpus_report import CorpusReport, corpus_report, render


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> CorpusReport:
    folder = tmp_path_factory.mktemp("district")
    generate_district(folder, units=2, years=(2024,), planted=False, with_truth=False)
    return corpus_report([folder / "documents"])


def test_clean_documents_are_understood_in_full(report: CorpusReport) -> None:
    assert len(report.documents) == 4
    assert report.total("is_identified") == 4
    assert report.total("announced") == report.total("announced_found") >= 30
    assert report.total("recognised") >= report.total("announced")
    assert report.total("identities") == report.total("closed") > 500
    assert report.evaluable_share == 100
    assert report.share("understood", "numeric_cells") > 99
    assert report.total("stray_tokens") == 0
    assert sum(report.counter("routes").values()) == report.total("page_count")


def test_the_text_names_every_document_and_the_sums(report: CorpusReport) -> None:
    text = render(report)
    assert all(document.name in text for document in report.documents)
    assert "目录所列表识别" in text
    assert "每页 CPU" in text


def test_a_file_that_cannot_be_read_is_reported_not_raised(tmp_path: Path) -> None:
    path = tmp_path / "坏文件.pdf"
    path.write_bytes(b"<html></html>")
    report = corpus_report([path])
    assert [document.status for document in report.documents] == ["failed"]
    assert report.share("understood", "numeric_cells") == 100
