"""The format of a data directory: a number in ``FORMAT``, and the steps that bring an older one forward.

A directory of a newer format is refused, never touched. A step is safe to repeat: the number is written after it, so a kill
in between repeats it at the next start. A step never changes what cannot be rebuilt otherwise than by adding to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from crawlers.durable import sync_directory

FORMAT_FILE = "FORMAT"

#: Names by which a directory is known to be one of ours although it has no number yet (before 0.2).
_OURS = ("store", "ledger", "generations")


class DataDirectoryError(RuntimeError):
    """The data directory is of a format that this version does not know; the message is Chinese."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step forward: the format it leads to, what it does (Chinese, for the operator), and the doing."""

    leads_to: int
    title: str
    apply: Callable[[Path], None]


def _number_it(home: Path) -> None:
    """The layout before 0.2 is the one of format 1; it only had no number."""


STEPS: tuple[Step, ...] = (Step(1, "给数据目录编上格式号", _number_it),)


def current_format(home: Path) -> int | None:
    """Return the format of ``home``: 0 for one from before formats were numbered, None where there is none yet.

    Raises ``DataDirectoryError`` where the number cannot be read.
    """
    path = home / FORMAT_FILE
    if not path.exists():
        return 0 if any((home / name).exists() for name in _OURS) else None
    text = path.read_text(encoding="utf-8").strip()
    if not text.isdigit():
        raise DataDirectoryError(f"{path} 的内容“{text[:20]}”不是格式号；请从备份恢复这个文件")
    return int(text)


def pending_steps(home: Path, steps: Sequence[Step] = STEPS) -> list[Step]:
    """Return the steps that the next night will take; none for a new directory. Raises ``DataDirectoryError``."""
    newest = steps[-1].leads_to
    found = current_format(home)
    if found is not None and found > newest:
        raise DataDirectoryError(
            f"{home} 是更新的版本留下的（格式 {found}，本版本只认识到 {newest}）；请改用新版本，或另选数据目录"
        )
    return [] if found is None else [step for step in steps if step.leads_to > found]


def bring_forward(home: Path, steps: Sequence[Step] = STEPS) -> list[Step]:
    """Take every pending step and write the number after each; call it under the night's lock.

    Returns the steps taken. Raises ``DataDirectoryError``, OSError of the disk.
    """
    taken = pending_steps(home, steps)
    for step in taken:
        step.apply(home)
        _write(home, step.leads_to)
    if not taken and current_format(home) is None:
        _write(home, steps[-1].leads_to)
    return taken


def _write(home: Path, number: int) -> None:
    home.mkdir(parents=True, exist_ok=True)
    part = home / f".{FORMAT_FILE}.part"
    part.write_text(f"{number}\n", encoding="utf-8")
    part.replace(home / FORMAT_FILE)
    sync_directory(home)
