"""Runs one function over many jobs in worker processes that end with this one."""

import multiprocessing
import signal
import tempfile
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

from clinicpress.errors import EnvironmentFault

Job = TypeVar("Job")
Done = TypeVar("Done")


def run_in_workers(work: Callable[[Job], Done], jobs: Sequence[Job], count: int) -> Generator[Done]:
    """Yield ``work(job)`` for each job as it is ready, from ``count`` processes.

    Each worker imports the layout engine once. The workers are ended at once on an interrupt, and
    when the caller closes the generator. Raises EnvironmentFault if a worker dies.
    """
    with tempfile.TemporaryDirectory(prefix="clinicpress-", ignore_cleanup_errors=True) as folder:
        pool = ProcessPoolExecutor(count, _context(), _prepare, (folder,))
        try:
            with _interrupts_noted() as noted:
                for future in as_completed([pool.submit(work, job) for job in jobs]):
                    if noted:
                        raise KeyboardInterrupt
                    yield future.result()
                if noted:
                    raise KeyboardInterrupt
        except BrokenProcessPool as error:
            raise EnvironmentFault(
                "A worker process died, most likely for want of memory. Try again with --jobs 1."
            ) from error
        except BaseException:
            results = pool._result_queue
            pool.shutdown(wait=False, cancel_futures=True)
            _end(multiprocessing.active_children())
            # Whoever was ended while it sent left half a result. Nobody sends the rest, and the
            # pool's thread would wait for it for ever, unless this end of the pipe is closed, too.
            results._writer.close()  # type: ignore[attr-defined]
            raise
        pool.shutdown()


@contextmanager
def _interrupts_noted() -> Iterator[list[int]]:
    """Return a list that each interrupt is noted in.

    The exception that an interrupt raises is lost if it strikes in a callback of the interpreter.
    """
    noted: list[int] = []
    before = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(before):
        yield noted
        return

    def note(number: int, frame: FrameType | None) -> None:
        noted.append(number)
        before(number, frame)

    signal.signal(signal.SIGINT, note)
    try:
        yield noted
    finally:
        signal.signal(signal.SIGINT, before)


def _context() -> multiprocessing.context.BaseContext:
    """Return how processes start: never by a fork of this one, whose threads a fork would break."""
    able = multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("forkserver" if "forkserver" in able else "spawn")


def _prepare(folder: str) -> None:
    """Leave Ctrl-C to the main process, and put temporary files where it will remove them.

    A worker runs nothing of its own when it ends.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tempfile.tempdir = folder


def _end(processes: Sequence[multiprocessing.process.BaseProcess]) -> None:
    for process in processes:
        process.terminate()
    for process in processes:
        process.join()
