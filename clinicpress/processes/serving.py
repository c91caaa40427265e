"""What a worker does: one job after another, within its limits, until the main process ends."""

import multiprocessing
import os
import pickle
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from typing import Any

from clinicpress.processes.limits import Limits

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

OUT_OF_MEMORY = 77
"""The exit code of a worker that found itself too large."""

ENDED_AS = {OUT_OF_MEMORY: "memory"} | (
    {-signal.SIGPROF: "time"} if hasattr(signal, "SIGPROF") else {}
)
"""What an exit code says; who has worked for too long is ended by SIGPROF."""


def serve(pipe: "Connection[Any, Any]", folder: str, limits: Limits) -> None:
    """Do the jobs that come through ``pipe``, with temporary files in ``folder``.

    Ctrl-C is left to the main process, which ends this one: it runs nothing of its own then.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tempfile.tempdir = folder
    end_with_parent()
    say_nothing()
    _bound_memory(limits.memory)
    threading.Thread(target=_watch, args=(limits.memory,), daemon=True).start()
    while True:
        work, job, seconds = pipe.recv()
        pipe.send(("begun", None))
        pipe.send_bytes(_done(work, job, seconds, limits.answer))


def _done(work: Callable[[Any], Any], job: Any, seconds: float, most: int) -> bytes:
    """Return, ready to be sent, what came of a job within so many seconds and bytes."""
    try:
        with _timed(seconds):
            answer = pickle.dumps(("done", work(job)))
    except MemoryError:
        answer = pickle.dumps(("memory", None))
    except RecursionError:
        answer = pickle.dumps(("depth", None))
    except Exception as error:
        answer = pickle.dumps(("raised", _portable(error)))
    return answer if len(answer) <= most else pickle.dumps(("size", None))


def _portable(error: Exception) -> Exception:
    """Return an error that can be sent, with the lines that raised it as a note."""
    error.add_note("".join(traceback.format_exception(error)))
    try:
        found = pickle.loads(pickle.dumps(error))
    except Exception:
        found = RuntimeError("".join(traceback.format_exception_only(error)))
    return found if isinstance(found, Exception) else error


@contextmanager
def _timed(seconds: float) -> Iterator[None]:
    """End this process by a signal when it has worked for so long, whatever it is deep in."""
    if not hasattr(signal, "setitimer"):  # Windows
        yield
        return
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _bound_memory(most: int) -> None:
    """Let the kernel refuse what this process may write to beyond ``most`` bytes, and core files.

    What Linux counts as data is what is written to; its address space holds libraries, too.
    """
    if resource is None:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        within = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (within, within))


LOOK = 0.2  # s


def _watch(most: int) -> None:
    """End this process as soon as the main one is gone, or where no kernel does, when too large."""
    parent = multiprocessing.parent_process()
    looks = resource is not None and sys.platform != "linux"
    while parent and not wait([parent.sentinel], LOOK if looks else None):
        if _size() > most:
            os._exit(OUT_OF_MEMORY)
    os._exit(1)


def _size() -> int:
    """Return the most bytes of memory that this process has had."""
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return largest if sys.platform == "darwin" else largest * 1024


def end_with_parent() -> None:
    """Have Linux end this process when the one that started it ends, whatever it is deep in.

    A worker's thread that waits for the end of the main process cannot run while a library of C
    keeps the interpreter to itself. Main process, fork server and worker so end one by one.
    """
    if sys.platform == "linux":
        import ctypes

        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


PR_SET_PDEATHSIG = 1


def say_nothing() -> None:
    """Keep what libraries write from the terminal, and from JSON that is read by a machine."""
    if not os.environ.get("CLINICPRESS_DEBUG"):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (1, 2):
            os.dup2(nowhere, stream)
        os.close(nowhere)
