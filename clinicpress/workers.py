"""Runs one function over many jobs in worker processes that end with this one."""

import multiprocessing
import signal
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from clinicpress.errors import EnvironmentFault

Job = TypeVar("Job")
Done = TypeVar("Done")


def run_in_workers(
    work: Callable[[Job], Done], jobs: Sequence[Job], count: int
) -> Generator[Done]:
    """Yield ``work(job)`` for each job as it is ready, from ``count`` processes.

    Each worker imports the layout engine once. The workers are ended at once on an interrupt, and
    when the caller closes the generator.
    Raises EnvironmentFault if a worker dies.
    """
    start = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    pool = ProcessPoolExecutor(count, multiprocessing.get_context(start), _leave_interrupts)
    try:
        for future in as_completed([pool.submit(work, job) for job in jobs]):
            yield future.result()
    except BrokenProcessPool as error:
        raise EnvironmentFault(
            "A worker process died, most likely for want of memory. Try again with --jobs 1."
        ) from error
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in multiprocessing.active_children():
            process.terminate()
        raise
    pool.shutdown()


def _leave_interrupts() -> None:
    """Ctrl-C is for the main process, which then ends the workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
