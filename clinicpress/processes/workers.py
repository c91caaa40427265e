"""Runs one function over many jobs in processes that are bounded, and that end with this one.

All that renders a template, lays out pages, opens a picture or a PDF of somebody else runs here, so
that whatever somebody wrote ends as a sentence: a job that takes too long, needs too much memory or
kills its process is told by name, and all others go on. A job and what comes of it go through a
pipe: nothing of them is in arguments, variables or files that others could see.
"""

import multiprocessing
import os
import pickle
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import FrameType
from typing import Any, Generic, NoReturn, TypeVar

from clinicpress.errors import EnvironmentFault, Place, Problems
from clinicpress.files.scratch import clear_abandoned, scratch
from clinicpress.processes.limits import MEND, USUAL, Limits, Stop
from clinicpress.processes.serving import ENDED_AS, serve
from clinicpress.processes.starting import OWNER, context, own_scratch, safely, temporary_files_in

Job = TypeVar("Job")
Done = TypeVar("Done")


def run_in_workers(
    work: Callable[[Job], Done],
    jobs: Sequence[Job],
    count: int,
    stopped: Callable[[Job, Stop], Done],
    limits: Limits = USUAL,
    words: Callable[[Job], int] = lambda job: 0,
) -> Generator[Done]:
    """Yield ``work(job)`` for each job as it is ready, from at most ``count`` processes.

    A job that passes ``limits``, or kills its process, gives ``stopped(job, why)``; what ``work``
    raises is raised here. ``words`` says how many a job sets. The processes are ended at once on
    an interrupt, and when the caller closes the generator. Raises EnvironmentFault if none starts.
    """
    if jobs:
        with crew(work, min(count, len(jobs)), stopped, limits, words) as done:
            yield from done(jobs)


@contextmanager
def crew(
    work: Callable[[Job], Done],
    count: int,
    stopped: Callable[[Job, Stop], Done],
    limits: Limits = USUAL,
    words: Callable[[Job], int] = lambda job: 0,
) -> Iterator[Callable[[Sequence[Job]], Generator[Done]]]:
    """Hold processes that keep what they have read and drawn from one round of jobs to the next.

    What is held is called with the jobs of a round, as ``run_in_workers`` is. Raises likewise.
    """
    make_ready()
    with scratch() as folder, _ends_noted() as check:
        bench = _Bench(work, count, limits, words, str(folder))

        def done(jobs: Sequence[Job]) -> Generator[Done]:
            waiting = deque(jobs)
            while waiting or bench.busy:
                while waiting and bench.has_room():
                    bench.give(waiting.popleft())
                check()
                for job, answer in bench.answers():
                    yield stopped(job, answer) if isinstance(answer, Stop) else answer
                    check()

        try:
            yield done
        finally:
            bench.clear()


def bounded(
    work: Callable[[Job], Done], job: Job, place: Place, brand: str, limits: Limits = USUAL,
    words: int = 0,
) -> Done:  # fmt: skip
    """Return ``work(job)``, done in a process of its own.

    Raises what ``work`` does, Problems at ``place`` if it passes ``limits``, EnvironmentFault.
    """

    def stopped(job: Job, why: Stop) -> NoReturn:
        raise Problems([why.problem(place, brand)])

    return alone(work, job, stopped, limits, words)


def alone(
    work: Callable[[Job], Done], job: Job, stopped: Callable[[Job, Stop], Done],
    limits: Limits = USUAL, words: int = 0,
) -> Done:  # fmt: skip
    """Return ``work(job)``, done in a process of its own, or what ``stopped`` does.

    Raises what either does, and EnvironmentFault.
    """
    with closing(run_in_workers(work, [job], 1, stopped, limits, lambda job: words)) as run:
        return next(run)


LAYING_OUT = ("clinicpress.runs.makeready",)


def make_ready(modules: tuple[str, ...] = LAYING_OUT) -> None:
    """Begin to import what workers need, while this process still reads. Raises EnvironmentFault.

    Where processes are forked, what they are forked from is started, and imports ``modules``; it is
    started once, so that those who come later find what the first needed.
    """
    clear_abandoned()
    if context().get_start_method() == "forkserver":
        from multiprocessing.forkserver import ensure_running

        place = own_scratch()
        own = {"TMPDIR": place, OWNER: str(os.getpid())}
        with safely(own), temporary_files_in(place):
            multiprocessing.set_forkserver_preload(["clinicpress.processes.forked", *modules])
            ensure_running()


TOO_LONG: tuple[str, Any] = ("time", None)

START = 120
"""The seconds by the clock that a new process may take to start, however busy the machine is."""


@contextmanager
def _ends_noted() -> Iterator[Callable[[], None]]:
    """Return what raises again, for each signal that asks this process to end, what it raised.

    An exception that a signal raises is lost if it strikes in a callback of the interpreter.
    """
    noted: list[int] = []
    kept: dict[int, Callable[[int, FrameType | None], Any]] = {}

    def note(number: int, frame: FrameType | None) -> None:
        noted.append(number)
        kept[number](number, frame)

    def check() -> None:
        if noted:
            kept[noted[0]](noted[0], None)
            raise KeyboardInterrupt

    if threading.current_thread() is threading.main_thread():
        for number in ENDS:
            if callable(before := signal.getsignal(number)):
                kept[number] = before
                signal.signal(number, note)
    try:
        yield check
    finally:
        for number, before in kept.items():
            signal.signal(number, before)


ENDS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
"""The signals that ask a process to end; Windows has no SIGHUP."""


# ---------------------------------------------------------------- in the main process


@dataclass(eq=False)
class _Worker(Generic[Job]):
    """A process, the pipe to it, its job and the time by the clock when it must have ended."""

    process: BaseProcess
    pipe: "Connection[Any, Any]"
    job: Job
    limit: float
    until: float
    begun: bool = False


class _Bench(Generic[Job, Done]):
    """The workers of a run, each with one job at a time, so that it is known who does what."""

    def __init__(
        self, work: Callable[[Job], Done], count: int, limits: Limits, words: Callable[[Job], int],
        folder: str,
    ) -> None:  # fmt: skip
        self.work, self.count, self.limits, self.words = work, count, limits, words
        self.folder = folder
        self.busy: list[_Worker[Job]] = []
        self.idle: list[tuple[BaseProcess, Connection[Any, Any]]] = []

    def has_room(self) -> bool:
        """Return whether one more can work now."""
        return len(self.busy) < self.count

    def give(self, job: Job) -> None:
        """Give ``job`` to who is idle, or to somebody new. Raises EnvironmentFault."""
        process, pipe = self.idle.pop() if self.idle else self._hire()
        limit = self.limits.time(self.words(job))
        self.busy.append(_Worker(process, pipe, job, limit, time.monotonic() + START))
        with suppress(OSError):  # who died meanwhile is found dead
            pipe.send((self.work, job, limit))

    def _hire(self) -> tuple[BaseProcess, "Connection[Any, Any]"]:
        here, there = multiprocessing.Pipe()
        with safely({}), there:
            process = context().Process(
                target=serve, args=(there, self.folder, self.limits), daemon=True
            )
            process.start()
        return process, here

    def answers(self) -> Iterator[tuple[Job, Done | Stop]]:
        """Wait until a job has ended, and yield each that has, with what came of it."""
        soonest = min(worker.until for worker in self.busy)
        ready = wait([worker.pipe for worker in self.busy], max(0, soonest - time.monotonic()))
        for worker in list(self.busy):
            if worker.pipe in ready or time.monotonic() > worker.until:
                for answer in self._answer(worker, worker.pipe in ready):
                    yield worker.job, answer

    def _answer(self, worker: _Worker[Job], ready: bool) -> Iterator[Any]:
        """Yield what came of a job, if anything yet; whoever did not end it is sent away.

        Raises as the job did, and EnvironmentFault if it was not even begun.
        """
        kind, found = self._heard(worker) if ready else TOO_LONG
        if kind == "begun":
            worker.begun = True
            worker.until = time.monotonic() + worker.limit * self.limits.patience
            return
        self.busy.remove(worker)
        if kind in ("done", "raised"):
            self.idle.append((worker.process, worker.pipe))
        else:
            _end([(worker.process, worker.pipe)])
        if kind == "raised":
            raise found
        if not worker.begun:
            raise EnvironmentFault(
                f"A process to lay out pages ended before it began ({_name(worker)}): there is "
                "too little memory left. Close other programs and try again."
            )
        yield found if kind == "done" else self._stop(kind, worker)

    def _heard(self, worker: _Worker[Job]) -> tuple[str, Any]:
        """Return what a worker sent, and of which kind that is."""
        try:
            answer: tuple[str, Any] = pickle.loads(worker.pipe.recv_bytes(self.limits.answer))
        except (OSError, EOFError):
            return "death", None
        return answer

    def _stop(self, kind: str, worker: _Worker[Job]) -> Stop:
        if kind == "death":
            kind = ENDED_AS.get(worker.process.exitcode or 0, "death")
        match kind:
            case "time":
                wrong = f"this took more than {worker.limit:.3g} s to lay out"
                again = "If this computer is busy, try again with “--jobs 1”."
                return Stop("LIMIT-TIME", wrong, f"{again} {MEND}")
            case "memory":
                most = self.limits.memory // 1_000_000
                return Stop("LIMIT-MEMORY", f"this took more than {most} MB of memory to lay out")
            case "depth":
                return Stop("LIMIT-DEPTH", "this is nested too deeply to be laid out")
            case "size":
                most = self.limits.answer // 1_000_000
                return Stop("LIMIT-SIZE", f"this came to more than {most} MB")
            case _:
                wrong = f"the process that laid this out died ({_name(worker)})"
                return Stop("WORKER-DIED", wrong, f"Close other programs and try again. {MEND}")

    def clear(self) -> None:
        """End all workers at once."""
        _end([*((worker.process, worker.pipe) for worker in self.busy), *self.idle])


def _end(workers: Sequence[tuple[BaseProcess, "Connection[Any, Any]"]]) -> None:
    for process, _ in workers:
        process.kill()
    for process, pipe in workers:
        process.join()
        pipe.close()


def _name(worker: _Worker[Any]) -> str:
    """Return how a process ended: the name of the signal, or its exit code."""
    code = worker.process.exitcode
    try:
        return signal.Signals(-(code or 0)).name
    except ValueError:
        return f"exit code {code}"
