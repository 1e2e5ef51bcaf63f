"""What can end a night without being a bug of this program: one Chinese sentence, an exit code and what to do for each."""

from __future__ import annotations

import errno
from dataclasses import dataclass

import duckdb
from polars.exceptions import PanicException

from crawlers.settings import SourceError
from flows.data_directory import DataDirectoryError
from flows.exit_codes import ExitCode
from flows.lock import NightIsRunningError
from flows.pool import PoolBrokenError
from flows.prefect_server import PrefectServerError
from flows.settings import SettingsError
from warehouse.publish import PublicationError
from warehouse.units import RegistryError

#: Errors of the system that are the disk's: they end a night, whatever it was doing.
DISK_ERRORS = {errno.ENOSPC: "磁盘已满", errno.EDQUOT: "磁盘配额已用完", errno.EIO: "磁盘读写出错"}
_SYSTEM_ERRORS = {
    **DISK_ERRORS,
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "文件系统只读",
    errno.ENOENT: "文件或文件夹不存在",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "应为文件，却是文件夹",
    errno.EMFILE: "打开的文件过多",
    errno.ENOMEM: "内存不足",
}
#: How DuckDB reports such an error.
_NO_SPACE = "No space left on device"
#: How the dynamic linker says that a library finds no room.
_NO_ROOM = "failed to map segment"

_RUN_AGAIN = "排除故障后重新运行；已发布的数据仓库不受影响"


class DiskSpaceError(OSError):
    """Too little room to begin a night."""


class AddressSpaceError(MemoryError):
    """Too little address space for what comes next; the message is Chinese."""


class CheckError(RuntimeError):
    """The Great Expectations checkpoint could not be run."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How a night that ended early is told: one sentence, its exit code, and what to do about it."""

    sentence: str
    code: ExitCode
    advice: str


#: Errors that this program raises itself, whose messages are sentences, with their exit codes and advice.
_TOLD: tuple[tuple[type[Exception], ExitCode, str], ...] = (
    (NightIsRunningError, ExitCode.RUNNING, "等它结束后再试"),
    (SettingsError, ExitCode.USAGE, "改正配置后重新运行"),
    (SourceError, ExitCode.USAGE, "改正来源文件后重新运行"),
    (RegistryError, ExitCode.USAGE, "改正单位名册后重新运行；已发布的数据仓库不受影响"),
    (AddressSpaceError, ExitCode.NOT_PUBLISHED, "放宽 ulimit -v 或 LimitAS 后重新运行；已发布的数据仓库不受影响"),
    (DiskSpaceError, ExitCode.NOT_PUBLISHED, "清理磁盘后重新运行；已发布的数据仓库不受影响"),
    (DataDirectoryError, ExitCode.NOT_PUBLISHED, _RUN_AGAIN),
    (PrefectServerError, ExitCode.NOT_PUBLISHED, _RUN_AGAIN),
    (PoolBrokenError, ExitCode.NOT_PUBLISHED, _RUN_AGAIN),
    (CheckError, ExitCode.NOT_PUBLISHED, _RUN_AGAIN),
    (PublicationError, ExitCode.NOT_PUBLISHED, _RUN_AGAIN),
)  # fmt: skip

#: Errors of the system and of libraries where the machine has too little of something.
_OF_THE_MACHINE = (OSError, MemoryError, duckdb.Error, PanicException)


def foreseen(error: BaseException) -> Ending | None:
    """Return how to tell of ``error``; None where it is a bug."""
    for kind, code, advice in _TOLD:
        if isinstance(error, kind):
            return Ending(explain(error), code, advice)
    if isinstance(error, _OF_THE_MACHINE) or _is_unloadable(error):
        where = f"（{error.filename}）" if isinstance(error, OSError) and error.filename else ""
        return Ending(explain(error) + where, ExitCode.NOT_PUBLISHED, _RUN_AGAIN)
    return None


def exit_code_of(error: BaseException) -> ExitCode:
    """Return the exit code of a night that ``error`` has ended."""
    if ending := foreseen(error):
        return ending.code
    return ExitCode.BUG if isinstance(error, Exception) else ExitCode.NOT_PUBLISHED  # stopped from outside


def explain(error: BaseException) -> str:
    """Return one Chinese line for what ended a night."""
    if isinstance(error, tuple(kind for kind, _, _ in _TOLD)):  # says itself what is wrong
        return str(error.strerror) if isinstance(error, OSError) else str(error)
    if isinstance(error, PanicException):
        return f"底层库出错，多为内存不足：{error}"
    if isinstance(error, KeyboardInterrupt):
        return "被操作员中断"
    if not isinstance(error, Exception):  # what stops a process, from Prefect or the system
        return "收到停止信号，本夜中止；下次运行从断处继续"
    return _of_the_machine(error)


def _is_unloadable(error: BaseException) -> bool:
    """Say whether a library that is there could not be loaded for want of memory."""
    return isinstance(error, ImportError) and _NO_ROOM in str(error)


def _of_the_machine(error: Exception) -> str:
    if isinstance(error, OSError):
        return _SYSTEM_ERRORS.get(error.errno or 0) or str(error.strerror or error)
    if _is_unloadable(error) or isinstance(error, MemoryError | duckdb.OutOfMemoryException):
        return "内存不足"
    if isinstance(error, duckdb.Error) and _NO_SPACE in str(error):
        return DISK_ERRORS[errno.ENOSPC]
    return f"{type(error).__name__}: {error}"
