"""Document batches on other machines: each is one Prefect task on a Dask worker, isolated there as it is here.

Jobs name files by their paths, so the data directory has to lie under the same path on every machine. What a worker
leaves behind is a set of Parquet files under its final name or nothing, whichever machine made it: a batch whose worker
was lost is simply given to another, which skips what is there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from prefect import task

from flows.documents import DocumentTally, process_documents
from flows.settings import NightSettings, SettingsError
from flows.worker import DocumentJob

if TYPE_CHECKING:
    from prefect.task_runners import TaskRunner

#: Further attempts for a batch whose worker was lost with it.
_RETRIES = 2


def task_runner(settings: NightSettings) -> TaskRunner[Any]:
    """Return Prefect's task runner for the configured Dask scheduler. Raises ``SettingsError``."""
    try:
        from prefect_dask.task_runners import DaskTaskRunner
    except ImportError as error:
        raise SettingsError("compute: dask 需要安装 dask 附加组件：pip install 'mingzhang[dask]'") from error
    if not settings.dask_scheduler:
        raise SettingsError("compute: dask 需要在 dask_scheduler 中写明调度器地址，例如 tcp://10.0.0.1:8786")
    return DaskTaskRunner(address=settings.dask_scheduler)


@task(name="extract batch", retries=_RETRIES, retry_delay_seconds=1.0, persist_result=False)
def extract_batch(jobs: Sequence[DocumentJob], settings: NightSettings) -> DocumentTally:
    """Process one batch in this worker's own isolated processes."""
    return process_documents(jobs, settings)


def spread(batches: Sequence[Sequence[DocumentJob]], settings: NightSettings) -> Iterator[DocumentTally]:
    """Give all batches to the flow's task runner at once and yield what became of them, in their order."""
    for future in [extract_batch.submit(batch, settings) for batch in batches]:
        yield future.result()
