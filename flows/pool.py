"""One document, one process: work that may hang, crash or eat memory, done where it can hurt nothing else.

pebble gives each job back on its own whatever became of its worker; the standard pools lose every outstanding
job on one crash.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as JobTimeoutError
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import forkserver
from typing import Generic, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from flows.quarantine import UnreadableObjectError

Job = TypeVar("Job")
Result = TypeVar("Result")

#: A worker does one thing at a time. More threads and arenas would not make it faster, but take of its address space:
#: 860 MB were mapped on two processors, 1,650 on sixty-four, 400 so on any.
_FOR_WORKERS = {"POLARS_MAX_THREADS": "1", "MALLOC_ARENA_MAX": "2"}

#: How often a broken pool is replaced in one run.
_NEW_POOLS = 3

#: A worker is replaced after this many documents, so that nothing a library leaks can grow for long.
_DOCUMENTS_PER_WORKER = 100


@dataclass(frozen=True, slots=True)
class Done(Generic[Job, Result]):
    """A job and what became of it: a result, or the code and words of what ended it."""

    job: Job
    result: Result | None
    fault_code: str | None = None  # timeout | crashed | memory | error
    fault: str | None = None


class PoolBrokenError(Exception):
    """The pool of worker processes itself failed; nothing can be blamed on a document."""


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
    cause. One that ran out of time or memory would only do so again. Where the pool itself breaks (its fork server was
    killed), a new one goes on with the jobs that are left. Raises ``PoolBrokenError`` where that does not help.
    """
    pending = deque(jobs)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([work.__module__])
    for broken in range(_NEW_POOLS + 1):
        _start_fork_server()
        with ProcessPool(max_workers=workers, max_tasks=_DOCUMENTS_PER_WORKER, context=context) as pool:
            try:
                for done in _through(pool, work, pending, wall_seconds, attempts):
                    pending.popleft()
                    yield done
            except PoolBrokenError:
                pool.stop()  # type: ignore[no-untyped-call]
                if broken == _NEW_POOLS:
                    raise
            except BaseException:
                pool.stop()  # type: ignore[no-untyped-call]
                raise
        if not pending:
            return


def _start_fork_server() -> None:
    """Start the process that all workers are copies of, unless it runs, with the environment that suits them."""
    before = dict(os.environ)
    os.environ.update({name: value for name, value in _FOR_WORKERS.items() if name not in before})
    try:
        forkserver.ensure_running()
    finally:
        for name in _FOR_WORKERS.keys() - before.keys():
            del os.environ[name]


def _through(
    pool: ProcessPool,
    work: Callable[[Job], Result],
    jobs: Iterable[Job],
    wall_seconds: float,
    attempts: int,
) -> Iterator[Done[Job, Result]]:
    def submit(job: Job) -> ProcessFuture[Result]:
        try:
            return pool.schedule(work, args=[job], timeout=wall_seconds)
        except RuntimeError as error:  # pebble: "unexpected error within the pool"
            raise PoolBrokenError(f"工作进程池失效：{error}") from error

    for job, future in [(job, submit(job)) for job in jobs]:
        done: Done[Job, Result] = _settle(job, future)
        for _ in range(attempts - 1):
            if done.fault_code != "crashed":
                break
            done = _settle(job, submit(job))
        yield done


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
    except (BrokenProcessPool, CancelledError) as error:
        raise PoolBrokenError(f"工作进程池失效：{type(error).__name__}") from error
    except OSError:
        raise  # a full or broken disk is the night's trouble, not the document's
    except UnreadableObjectError as error:
        return Done(job, None, "unreadable", str(error))
    except Exception as error:  # noqa: BLE001 - a bug met in one document must not end the night
        return Done(job, None, "error", f"程序错误：{type(error).__name__}: {error}")
