"""What earlier runs found out about a folder of sources, so that it need not be found out again.

That is what each file says that nothing was wrong with, by its bytes, and which figures nobody was
unable to take the poses of, by all that this depends on. Whether the words of a file are right, and
whether files fit together, is looked at in each run.
"""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from clinicpress.files import engines, memory, paths, transcripts
from clinicpress.files.documents import PARSER

KIND = "sources"


class Possible:
    """The figures whose poses can be taken, by fingerprints of all that decides this."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(known)
        self.used: set[str] = set()

    def __contains__(self, figure: str) -> bool:
        if figure in self._known:
            self.used.add(figure)
        return figure in self.used

    def add(self, figure: str) -> None:
        """Remember that a figure is possible."""
        self.used.add(figure)


class Undrawn(Possible):
    """Takes the poses of every figure for possible: nobody is going to draw any."""

    def __init__(self) -> None:
        super().__init__(())

    def __contains__(self, figure: str) -> bool:
        return True


@contextmanager
def recollection(sources: Path) -> Iterator[Possible]:
    """Let what earlier runs found out be known within; then remember what was found out there."""
    place = os.path.realpath(sources)
    key = f"{engines.program(paths.PACKAGE)} {PARSER} {sys.version}"
    files, figures = _sound(memory.recall(KIND, place, key))
    transcripts.recall(files)
    possible = Possible(figures)
    try:
        yield possible
    finally:
        if not (transcripts.used() <= files.keys() and possible.used <= {*figures}):
            now = {"files": transcripts.written(), "possible": sorted(possible.used)}
            memory.keep(KIND, place, key, now)


def _sound(kept: object) -> tuple[Mapping[str, Any], Sequence[str]]:
    """Return what was kept of files and of figures; nothing if it has another shape."""
    match kept:
        case {"files": dict(files), "possible": list(figures), **more} if not more:
            if all(isinstance(figure, str) for figure in figures):
                return files, figures
    return {}, ()
