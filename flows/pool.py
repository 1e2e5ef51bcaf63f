"""One document, one process: work that may hang, crash or eat memory, done where it can hurt nothing else.

pebble gives each job back on its own whatever became of its worker; the standard pools lose every outstanding
job on one crash.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import TimeoutError as JobTimeoutError
from dataclasses import dataclass
from typing import Generic, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

Job = TypeVar("Job")
Result = TypeVar("Result")

#: A worker is replaced after this many documents, so that nothing a library leaks can grow for long.
_DOCUMENTS_PER_WORKER = 100


@dataclass(frozen=True, slots=True)
class Done(Generic[Job, Result]):
    """A job and what became of it: a result, or the code and words of what ended it."""

    job: Job
    result: Result | None
    fault_code: str | None = None  # timeout | crashed | memory | error
    fault: str | None = None


def run_isolated(
    work: Callable[[Job], Result],
    jobs: Iterable[Job],
    *,
    workers: int,
    wall_seconds: float,
    attempts: int = 1,
) -> Iterator[Done[Job, Result]]:
    """Run ``work`` on every job in worker processes; yield each job once, in the order given.

    A job whose worker crashed is tried again alone, up to ``attempts`` times: a passing shortage may have been the
    cause. One that ran out of time or memory would only do so again.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([work.__module__])
    with ProcessPool(max_workers=workers, max_tasks=_DOCUMENTS_PER_WORKER, context=context) as pool:
        outstanding = [(job, pool.schedule(work, args=[job], timeout=wall_seconds)) for job in jobs]
        try:
            for job, future in outstanding:
                done: Done[Job, Result] = _settle(job, future)
                for _ in range(attempts - 1):
                    if done.fault_code != "crashed":
                        break
                    done = _settle(job, pool.schedule(work, args=[job], timeout=wall_seconds))
                yield done
        except BaseException:
            pool.stop()  # type: ignore[no-untyped-call]
            raise


def _settle(job: Job, future: ProcessFuture[Result]) -> Done[Job, Result]:
    try:
        return Done(job, future.result())
    except JobTimeoutError:
        return Done(job, None, "timeout", "处理超时，已中止")
    except ProcessExpired as error:
        if error.exitcode == -signal.SIGXCPU:
            return Done(job, None, "timeout", "处理所需的 CPU 时间超出上限，已中止")
        return Done(job, None, "crashed", f"处理进程异常退出（退出码 {error.exitcode}）")
    except MemoryError:
        return Done(job, None, "memory", "处理所需内存超出上限")
    except OSError:
        raise  # a full or broken disk is the night's trouble, not the document's
    except Exception as error:  # noqa: BLE001 - a bug met in one document must not end the night
        return Done(job, None, "error", f"程序错误：{type(error).__name__}: {error}")
