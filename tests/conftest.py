"""Fixtures shared by all rooms."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

REPOSITORY = Path(__file__).resolve().parent.parent

# A loaded machine is slow without being wrong: no example has a deadline.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


def pytest_xdist_auto_num_workers() -> int:
    """One process more than processors: a test that waits for a server, a browser or a schedule leaves its own idle."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests first: at the end, no process is left alone with one of them while the others wait."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(scope="session")
def shared_documents() -> Path:
    """Folder of the real documents; tests that use it are skipped where it is absent."""
    shared = Path(os.environ.get("MINGZHANG_SHARED", REPOSITORY.parent / "shared"))
    documents = shared / "documents"
    if not documents.is_dir():
        pytest.skip(f"real documents not available: {documents} does not exist (set MINGZHANG_SHARED)")
    return documents


@pytest.fixture(scope="session")
def shared_truth(shared_documents: Path) -> Path:
    """Folder of the hand-checked truth files."""
    return shared_documents.parent / "truth"
