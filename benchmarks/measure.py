"""Runs commands and measures them: seconds, and peak memory in MB."""

import os
import re
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
PYTHON = sys.executable

KB_PER_RSS = 1 / 1024 if sys.platform == "darwin" else 1
"""macOS counts the resident set in bytes, Linux in KB (getrusage(2))."""


@dataclass(frozen=True)
class Run:
    """One run of a command; ``workers`` is the most memory that one which it started has had."""

    seconds: float
    megabytes: float
    out: str
    workers: float = 0.0


@dataclass(frozen=True)
class Bench:
    """A place to measure in. Its processes keep compiled bytecode, as installed programs do."""

    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def run(self, *command: str | Path, codes: Sequence[int] = (0,), watched: bool = False) -> Run:
        """Run a command to its end. Exits with what it said if it fails.

        Where it is ``watched``, the memory of the processes that it starts is known as well.
        """
        kept = {name: value for name, value in os.environ.items() if not name.startswith(
            ("CLINICPRESS", "PYTHONDONTWRITE", "PYTHONPROFILE"))}  # fmt: skip
        own = {"PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(self.folder / "bytecode")}
        with (self.folder / "out").open("w+") as out, (self.folder / "err").open("w+") as err:
            started = time.perf_counter()
            process = subprocess.Popen(
                [str(part) for part in command], cwd=self.folder, stdout=out, stderr=err,
                env={**kept, **own, **self.environment},
            )  # fmt: skip
            peaks = _Peaks(process.pid) if watched else None
            _, status, usage = os.wait4(process.pid, 0)
            workers = peaks.end() if peaks else 0.0
            seconds = time.perf_counter() - started
            process.returncode = os.waitstatus_to_exitcode(status)
            out.seek(0)
            err.seek(0)
            if process.returncode not in codes:
                sys.exit(
                    f"{' '.join(map(str, command))}\nended with {process.returncode}:\n{err.read()}"
                )
            return Run(seconds, _peak(usage), out.read(), workers)

    def generate(self, *arguments: str | Path, watched: bool = False) -> Run:
        """Run our command."""
        return self.run(PYTHON, "-m", "clinicpress", *arguments, watched=watched)


class _Peaks:
    """The most memory that any process which another started has had, in MB; on Linux alone."""

    def __init__(self, process: int) -> None:
        self._process, self._most, self._over = process, 0.0, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def end(self) -> float:
        self._over.set()
        self._thread.join()
        return self._most

    def _watch(self) -> None:
        while not self._over.wait(0.1):
            for process in _started_by(self._process):
                with suppress(OSError):
                    said = Path(f"/proc/{process}/status").read_text()
                    if peak := re.search(r"VmHWM:\s+(\d+) kB", said):
                        self._most = max(self._most, int(peak[1]) / 1024)


def _started_by(process: int) -> Iterator[int]:
    """Yield the processes that one started, and those that these did."""
    with suppress(OSError):
        for children in Path(f"/proc/{process}/task").glob("*/children"):
            for child in map(int, children.read_text().split()):
                yield child
                yield from _started_by(child)


def _peak(usage: resource.struct_rusage) -> float:
    return usage.ru_maxrss * KB_PER_RSS / 1024


@dataclass(frozen=True)
class Line:
    """One line of the table: what was measured, what it should be, and whether it is.

    ``binding`` lines decide the exit code; a bare time does not, since machines differ.
    """

    name: str
    measured: str
    target: str
    met: bool
    binding: bool = True

    def __str__(self) -> str:
        verdict = "met" if self.met else "MISSED" if self.binding else "over"
        return f"{self.name:44} {self.measured:>22}   {self.target:>16}   {verdict}"


def ratio(name: str, runs: Sequence[tuple[Run, Run]], *, most: float | None = None,
          least: float | None = None) -> Line:  # fmt: skip
    """Compare the best run of the first kind with the best of the second."""
    first, second = (min(pair[side].seconds for pair in runs) for side in (0, 1))
    value = first / second
    met = (most is None or value <= most) and (least is None or value >= least)
    target = f"at most {most:g}" if most is not None else f"at least {least:g}"
    return Line(name, f"{value:.2f} ({first:.2f} s / {second:.2f} s)", target, met)
