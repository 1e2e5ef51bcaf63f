"""Documents whose scanned pages take more than one night: taken up again, published meanwhile, and never worse than before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from crawlers.local import ingest_paths
from extractors.document import UNFINISHED
from extractors.frames import read_extraction
from flows import documents, quarantine, stages, worker
from flows.documents import DocumentTally, pending_jobs, process_documents, recognised_root
from flows.pool import Done
from flows.quarantine import unfinished_messages
from flows.settings import DocumentLimits, NightSettings
from flows.worker import DocumentJob, DocumentResult
from tests.extractors.test_kept_recognition import PAGES, SLOW, SlowEngine, engine, scanned_pages

__all__ = ["engine"]  # the fixture

NIGHTS = 3
#: Time for one page a night.
SETTINGS = NightSettings(workers=1, document_limits=DocumentLimits(wall_seconds=SLOW, ocr_nights=NIGHTS))
Work = Callable[[DocumentJob], DocumentResult]


class Killed(BaseException):
    """Stands for kill -9: nothing after it is done."""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data directory with one scanned document, worked on in this process."""

    def run_here(work: Work, jobs: Iterable[DocumentJob], **_: object) -> Iterator[Done[DocumentJob, object]]:
        for job in jobs:
            yield Done(job, work(job))

    monkeypatch.setattr(documents, "run_isolated", run_here)
    monkeypatch.setattr("extractors.worker.apply_limits", lambda _: None)
    ingest_paths([scanned_pages(tmp_path / "扫描.pdf", PAGES)], tmp_path / "home")
    return tmp_path / "home"


def night(home: Path) -> DocumentTally:
    stages.sweep(home)
    return process_documents(pending_jobs(home, SETTINGS)[1], SETTINGS)


def the_job(home: Path) -> DocumentJob:
    (stored,) = documents.Store(home).iterate()
    return documents._job(home, stored, documents.worker_limits(SETTINGS.document_limits))


def recognised_pages(home: Path) -> int:
    return int((read_extraction(the_job(home).extracted_dir).page["route"] == "ocr").sum())


def results(home: Path) -> dict[str, bytes]:
    job = the_job(home)
    return {
        f"{directory.parent.parent.parent.name}/{path.name}": path.read_bytes()
        for directory in (job.extracted_dir, job.facts_dir)
        for path in sorted(directory.iterdir())
    }


def leftovers(home: Path) -> list[Path]:
    return [path for path in home.rglob(".*") if path.name.endswith(".part")]


def test_nights_go_on_until_every_page_is_read(home: Path, engine: SlowEngine, tmp_path: Path) -> None:
    roomy = SETTINGS.model_copy(update={"document_limits": DocumentLimits(ocr_nights=10)})
    seen = []
    for _ in range(PAGES):
        night(home)
        seen.append(recognised_pages(home))
        messages = unfinished_messages(home, NIGHTS + 10)
        assert bool(messages) == (seen[-1] < PAGES)
        if seen[-1] == NIGHTS:  # more nights than these settings allow
            quarantine.release(home)
    assert seen == [1, 2, 3, PAGES]
    assert pending_jobs(home, SETTINGS)[1] == []
    assert engine.shown == PAGES
    ingest_paths([tmp_path / "扫描.pdf"], tmp_path / "other")
    process_documents(pending_jobs(tmp_path / "other", roomy)[1], roomy)
    assert results(home) == results(tmp_path / "other")


def test_after_so_many_nights_it_is_left_and_named_until_released(home: Path, engine: SlowEngine) -> None:
    for number in range(1, NIGHTS + 1):
        night(home)
        (message,) = unfinished_messages(home, NIGHTS)
        assert ("不再自动继续" in message) == (number == NIGHTS)
        assert the_job(home).sha256[:16] in message
    assert pending_jobs(home, SETTINGS)[1] == []
    before = results(home)
    ((sha256, reason),) = quarantine.release(home)
    assert sha256 == the_job(home).sha256
    assert "未识别" in reason
    assert results(home) == before  # what was read stays
    (again,) = pending_jobs(home, SETTINGS)[1]
    assert again.is_again
    night(home)
    assert recognised_pages(home) == PAGES


def test_a_worker_that_dies_at_the_second_try_costs_nothing_of_the_first(
    home: Path, engine: SlowEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    night(home)
    before = results(home)
    with monkeypatch.context() as broken:
        broken.setattr(
            documents,
            "run_isolated",
            lambda work, jobs, **_: [Done(job, None, "crashed", "处理进程异常退出") for job in jobs],
        )
        tally = night(home)
    ((_, fault),) = tally.worker_faults
    assert "沿用" in fault
    assert results(home) == before
    assert quarantine.tries(the_job(home).unfinished) == 2


@pytest.mark.parametrize(
    "stage", ["extract_to_directory", "transform_to_directory", "discard_set", "replace_set", "begin"]
)
@pytest.mark.parametrize("is_done", [False, True])
@pytest.mark.parametrize("first", [False, True])
def test_a_kill_anywhere_loses_nothing(
    stage: str, is_done: bool, first: bool, home: Path, engine: SlowEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not first:
        night(home)
    place = quarantine if stage == "begin" else worker
    whole = getattr(place, stage)

    def killed(*arguments: object) -> None:
        if is_done:
            whole(*arguments)
        raise Killed

    with monkeypatch.context() as broken:
        broken.setattr(place, stage, killed)
        if stage in {"discard_set", "replace_set"} and first:
            night(home)  # these are for the second try only
        else:
            with pytest.raises(Killed):
                night(home)
    for _ in range(PAGES):
        night(home)
        quarantine.release(home)
    assert recognised_pages(home) == PAGES
    assert read_extraction(the_job(home).extracted_dir).document["reason_code"][0] != UNFINISHED
    assert not leftovers(home)
    assert not the_job(home).unfinished.exists()
    assert not the_job(home).mark.exists()
    assert len(list(recognised_root(home).glob("*/??/*.json"))) == PAGES
    assert engine.shown == PAGES


def test_a_document_read_at_once_leaves_no_mark(home: Path, engine: SlowEngine) -> None:
    settings = NightSettings(workers=1)
    process_documents(pending_jobs(home, settings)[1], settings)
    assert not the_job(home).unfinished.exists()
    assert unfinished_messages(home, NIGHTS) == []
