"""Tells the person at the terminal what happened: progress, paths, and a summary line."""

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import click

from clinicpress.cli.terminal import counted, tell
from clinicpress.errors import ClinicpressError, shown
from clinicpress.orders.manifest import Made
from clinicpress.runs.run import Result


class Reporter:
    """Reports a run. Paths or JSON go to standard output, everything else to standard error."""

    def __init__(self, output: Path, as_json: bool) -> None:
        self._output, self._json = output, as_json
        self._started = time.perf_counter()
        self._bar: Any = None
        self._finished: list[Result] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:  # fmt: skip
        self._end_bar()
        if isinstance(error, ClinicpressError) and self._finished:
            self.summary(self._finished)

    def _end_bar(self) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def finished(self, result: Result, count: int) -> None:
        """Note one finished file of ``count``."""
        self._finished.append(result)
        if count > 1 and sys.stderr.isatty() and not result.cached:
            if self._bar is None:
                self._start_bar(count)
            self._bar.update(self._task, advance=1, file=Path(result.made.path).stem)

    def _start_bar(self, count: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[file]}"))
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task("", total=count, file="")
        self._bar.start()

    @property
    def made(self) -> list[Made]:
        """The files that are finished so far."""
        return [result.made for result in self._finished]

    def summary(self, results: Sequence[Result]) -> None:
        """Print each file's path, or its JSON, and one line that sums up."""
        self._end_bar()
        for result in results:
            path = self._output / result.made.path
            if self._json:
                click.echo(json.dumps(_as_json(result, path)))
            else:
                click.echo(shown(path))
            for warning in result.made.warnings:
                tell(f"{path.name}: {warning}", fg="yellow")
        if not self._json:
            built = sum(not result.cached for result in results)
            pages = sum(result.made.pages for result in results)
            tell(
                f"{counted(len(results), 'file')}, {counted(pages, 'page')}; {built} built, "
                f"{len(results) - built} up to date; {time.perf_counter() - self._started:.1f} s",
                fg="green",
            )


def _as_json(result: Result, path: Path) -> dict[str, object]:
    return {
        "edition": result.made.edition,
        "path": str(path),
        "pages": result.made.pages,
        "bytes": result.made.bytes,
        "seconds": round(result.seconds, 3),
        "cached": result.cached,
        "warnings": list(result.made.warnings),
    } | _note(result, path)


def _note(result: Result, path: Path) -> dict[str, object]:
    """Return where the note lies that says how a file for paper is printed."""
    proof = result.made.edition["production"] == "proof"
    return {} if proof else {"note": str(path.with_suffix(".txt"))}
