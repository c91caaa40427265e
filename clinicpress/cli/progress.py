"""Tells the person at the terminal what happened: progress, paths, and a summary line."""

import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import click

from clinicpress.cli.terminal import counted, tell
from clinicpress.errors import ClinicpressError, Problem, named, shown
from clinicpress.orders.manifest import Made
from clinicpress.runs.run import Result

MANY = 20
"""With more files than this a line for each is more than a screen."""


class Bar:
    """A bar on standard error that grows, where somebody sits there; it goes when all ends."""

    def __init__(self) -> None:
        self._bar: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def advance(self, name: str, count: int) -> None:
        """Show that one more of ``count`` is done, and its name."""
        if count > 1 and sys.stderr.isatty():
            if self._bar is None:
                self._start(count)
            self._bar.update(self._task, advance=1, file=name)

    def say(self, words: str) -> None:
        """Print a line above the bar."""
        if self._bar is None:
            tell(words, fg="yellow")
        else:
            self._bar.console.print(words, style="yellow", markup=False, highlight=False)

    def end(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def _start(self, count: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[file]}"))
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task("", total=count, file="")
        self._bar.start()


class Reporter:
    """Reports a run. Paths or JSON go to standard output, everything else to standard error."""

    def __init__(self, output: Path, as_json: bool, verbose: bool = False) -> None:
        self._output, self._json, self._verbose = output, as_json, verbose
        self._started = time.perf_counter()
        self._bar = Bar()
        self._finished: list[Result] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:  # fmt: skip
        self._bar.end()
        if isinstance(error, ClinicpressError) and self._finished:
            self.summary(self._finished)

    def finished(self, result: Result, count: int) -> None:
        """Note one finished file of ``count``."""
        self._finished.append(result)
        if not result.cached:
            self._bar.advance(Path(result.made.path).stem, count)

    def early(self, problem: Problem) -> None:
        """Tell of a brand that leaves no room, so that nobody waits for all prints to hear it."""
        self._bar.say(
            "Some prints have no room in their brand; all are named at the end. The first of "
            f"them: {problem}"
        )

    @property
    def made(self) -> list[Made]:
        """The files that are finished so far."""
        return [result.made for result in self._finished]

    def summary(self, results: Sequence[Result]) -> None:
        """Print each file's path, or its JSON, and one line that sums up.

        Where somebody sits at the terminal, many files are a line for each of their folders.
        """
        self._bar.end()
        paths = {self._output / result.made.path: result for result in results}
        if self._json:
            for path, result in paths.items():
                click.echo(json.dumps(_as_json(result, path)))
        elif len(paths) > MANY and _is_watched() and not self._verbose:
            for folder, count in Counter(path.parent for path in paths).items():
                tell(f"{counted(count, 'file')} in {shown(folder)}; “--verbose” names each.")
        else:
            for path in paths:
                click.echo(shown(path))
        self._warn(results)
        if gone := [Path(path).name for result in results for path in result.gone]:
            tell(
                f"Taken out, as the same was printed under another document number: {named(gone)}."
            )
        if not self._json:
            built = sum(not result.cached for result in results)
            pages = sum(result.made.pages for result in results)
            tell(
                f"{counted(len(results), 'file')}, {counted(pages, 'page')}; {built} built, "
                f"{len(results) - built} up to date; {time.perf_counter() - self._started:.1f} s",
                fg="green",
            )

    def _warn(self, results: Sequence[Result]) -> None:
        """Say what is to be minded, with the name of the file, or of how many it is true."""
        of: dict[str, list[str]] = {}
        for result in results:
            for warning in result.made.warnings:
                of.setdefault(warning, []).append(Path(result.made.path).name)
        for warning, names in of.items():
            who = names[0] if len(names) == 1 else counted(len(names), "file")
            tell(f"{who}: {warning}", fg="yellow")


def _is_watched() -> bool:
    """Return whether somebody reads standard output, and no program."""
    return sys.stdout.isatty()


def _as_json(result: Result, path: Path) -> dict[str, object]:
    return {
        "edition": result.made.edition,
        "path": str(path),
        "pages": result.made.pages,
        "bytes": result.made.bytes,
        "code": result.made.code,
        "review": result.made.state,
        "seconds": round(result.seconds, 3),
        "cached": result.cached,
        "warnings": list(result.made.warnings),
    } | _note(result, path)


def _note(result: Result, path: Path) -> dict[str, object]:
    """Return where the note lies that says how a file for paper is printed."""
    proof = result.made.edition["production"] == "proof"
    return {} if proof else {"note": str(path.with_suffix(".txt"))}
