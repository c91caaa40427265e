"""Runs one function in a process of its own, with bounded memory and time."""

import multiprocessing
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar

from clinicpress.errors import ClinicpressError, EnvironmentFault

Job = TypeVar("Job")
Done = TypeVar("Done")

WAITING = 6
"""How many times as long as it may reckon a process may take, for others use the machine, too."""

SHORT = 77
"""How a process ends that has no memory left to say so."""

SOON = 10
"""Seconds for a process to end that has hung up."""


@dataclass(frozen=True)
class Limits:
    """What a process may use: bytes of memory of its own, and seconds of reckoning."""

    memory: int
    seconds: int


class Overtaxed(ClinicpressError):
    """More memory or time was needed than is allowed, or the process broke down over its job."""


def confined(
    work: Callable[[Job], Done], job: Job, limits: Limits, preloaded: tuple[str, ...] = ()
) -> Done:
    """Return ``work(job)``, done by a process that has no more than ``limits``.

    ``preloaded`` names modules that every such process needs. The job goes through a pipe: nothing
    of it is in arguments, variables or files that others could see. Raises what ``work`` raises if
    it is a ClinicpressError, and Overtaxed.
    """
    context = _context(preloaded)
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(work, job, limits, sender), daemon=True)
    process.start()
    sender.close()
    try:
        done = receiver.recv() if receiver.poll(limits.seconds * WAITING) else Overtaxed("time")
    except (EOFError, OSError):  # it broke down, or was ended from without
        process.join(SOON)
        done = _why_ended(process.exitcode)
    finally:
        process.kill()
        process.join()
        receiver.close()
    if isinstance(done, Exception):
        raise done
    return done  # type: ignore[no-any-return]


def _why_ended(code: int | None) -> ClinicpressError:
    """Return what a process that said nothing ended of: its job, or the machine."""
    if code is None or code < 0 or code == SHORT:
        return Overtaxed("end")
    return EnvironmentFault(
        "A process of this program did not start. Install it again, or report what was said above."
    )


def _context(preloaded: tuple[str, ...]) -> Any:
    """Return how processes start: never by a fork of this one, whose threads a fork would break."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", *preloaded])
    return context


def _run(work: Callable[[Any], Any], job: Any, limits: Limits, sender: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the main process, which ends this
    if not os.environ.get("CLINICPRESS_DEBUG"):
        _silence()
    _confine(limits)
    try:
        sender.send(_done(work, job))
    except (MemoryError, BrokenPipeError):
        os._exit(SHORT)


def _silence() -> None:
    """Let nothing that a library mutters reach the terminal: what matters is told in the end."""
    with Path(os.devnull).open("wb") as nowhere:
        for stream in (1, 2):
            os.dup2(nowhere.fileno(), stream)


def _done(work: Callable[[Any], Any], job: Any) -> Any:
    try:
        return work(job)
    except MemoryError:
        return Overtaxed("memory")
    except ClinicpressError as error:
        error.__traceback__ = error.__cause__ = error.__context__ = None
        return error


def _confine(limits: Limits) -> None:
    """Take away what is beyond ``limits``; Windows has no such limits but that of time."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in (("RLIMIT_DATA", limits.memory), ("RLIMIT_CPU", limits.seconds),
                       ("RLIMIT_CORE", 0)):  # fmt: skip
        number = getattr(resource, kind)
        hard = resource.getrlimit(number)[1]
        soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(number, (soft, hard))
