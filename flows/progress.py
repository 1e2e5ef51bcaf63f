"""Progress of a night on the terminal: a bar for people, one line a stage where nobody watches."""

from __future__ import annotations

from types import TracebackType

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

_STAGES = {
    "crawl": "抓取来源",
    "extract": "提取文件",
    "build": "建立数据仓库",
    "check": "执行勾稽规则",
    "report": "生成报告",
    "publish": "发布",
}


class TerminalProgress:
    """Progress on standard error, so that ``--json`` on standard output stays clean."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            disable=not console.is_terminal,
        )
        self._task: TaskID | None = None

    def __enter__(self) -> TerminalProgress:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def stage(self, name: str, total: int | None = None) -> None:
        """Begin a stage; where no one watches, print its name so that a log shows how far a night came."""
        label = _STAGES.get(name, name)
        if not self._console.is_terminal:
            self._console.print(f"[{name}] {label}" + (f"（{total}）" if total else ""), markup=False)
            return
        if self._task is not None:
            self._bar.update(self._task, completed=self._bar.tasks[-1].total or 1)
        self._task = self._bar.add_task(label, total=total or 1)

    def advance(self, label: str = "") -> None:
        """Count one item of the stage."""
        del label
        if self._task is not None:
            self._bar.advance(self._task)
