"""The lines of a block, one after the other: nothing stands between them but points and sources.

What is read of a block is its own lines in their order, from its title on, over pages where it is
long. Any other word, sign or number among them is strange, and so is a line of another block.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from clinicpress.checks.seen.letters import Lettering
from clinicpress.checks.seen.wanted import GATE, Wanted
from clinicpress.editions.required import Line
from clinicpress.errors import Place, Problem

BLOCKS = ("tier-", "gate")
"""The blocks whose lines are one text."""

POINT = re.compile(r"[.:;,·•()]")
SOURCE = re.compile(r"S\d+")
"""What may stand between lines beside words of the layouts: points, and numbers of sources."""

MOST_POINTS = 3
"""How many points may stand next to each other."""


def out_of_sequence(pages: Sequence[Lettering], wanted: Wanted) -> Iterator[Problem]:
    """Yield a Problem for each block whose lines do not follow one another on the pages."""
    blocks: dict[str, list[Line]] = {}
    for line in wanted.lines:
        if line.block.startswith(BLOCKS):
            blocks.setdefault(line.block, []).append(line)
    for lines in blocks.values():
        order = ["".join(line.words.split()) for line in lines]
        free = frozenset(n for n, line in enumerate(lines) if line.free)
        close = wanted.close | (wanted.strip if lines[0].block == GATE else frozenset())
        best = _best(_Walk(pages, order, free, close, wanted.clinic), pages)
        if best is not None and (lost := best.lost):
            yield Problem(
                Place(page=best.page + 1), "SIGHT-ORDER",
                f"“{best.here}” stands where “{lines[lost[0]].words[:60]}” should follow",
                f"Set the lines of “{lines[0].words[:60]}” as they were in {wanted.blame}.",
            )  # fmt: skip


def _best(walk: "_Walk", pages: Sequence[Lettering]) -> "_Walk | None":
    """Return the walk that met most lines, from any place where the title stands; first ones win.

    The title may be said elsewhere, too, in a list of contents for instance.
    """
    best: _Walk | None = None
    for number in range(len(pages)):
        for places in pages[number].found(walk.order[0]):
            walked = walk.from_(number, places.start)
            if best is None or len(walked.met) > len(best.met):
                best = walked
            if not walked.lost:
                return walked
    return best


@dataclass
class _Walk:
    """Goes over letters from a title on, as long as they are those of one block.

    ``order`` are its lines as they follow, ``free`` the numbers of those that may be said anywhere
    among them. ``close`` are words of the layouts that may stand between; the line that names the
    ``clinic`` ends a print, but is painted before what it follows.
    """

    pages: Sequence[Lettering]
    order: Sequence[str]
    free: frozenset[int]
    close: frozenset[str]
    clinic: str
    page: int = 0
    at: int = 0
    points: int = 0
    met: set[int] = field(default_factory=set)

    @property
    def lost(self) -> list[int]:
        """The numbers of the lines that were not met."""
        return [number for number in range(len(self.order)) if number not in self.met]

    @property
    def here(self) -> str:
        """The letters that it could not go over."""
        return self.pages[self.page].words[self.at : self.at + 40]

    def from_(self, page: int, at: int) -> "_Walk":
        """Return a walk from a place, gone as far as it gets."""
        walk = replace(self, page=page, at=at, met=set())
        while walk.lost and walk._step():
            pass
        return walk

    def _step(self) -> bool:
        """Go over what stands here; return whether it belongs here."""
        flow = self.pages[self.page].flow
        if self.at >= len(flow):
            return self._turn(0)
        return self._line(flow) or self._between(flow)

    def _line(self, flow: str) -> bool:
        here = flow[self.at]
        fitting = [
            (n, words)
            for n, words in enumerate(self.order)
            if words[0] == here and self._reaches(words, flow)
        ]
        if not fitting:
            return False
        number, words = max(fitting, key=lambda each: (len(each[1]), each[0] not in self.met))
        last = max(self.met - self.free, default=-1)
        if number < last and number not in self.met | self.free:
            return False
        self.met.add(number)
        self.points = 0
        return self._over(words)

    def _between(self, flow: str) -> bool:
        for words in self.close:
            if self._reaches(words, flow):
                self.points = 0
                return self._over(words)
        letters = self.pages[self.page].words
        if source := SOURCE.match(letters, self.at):
            self.points = 0
            return self._over(source[0])
        self.points += 1
        return bool(self.points <= MOST_POINTS and POINT.match(letters, self.at)) and self._over(
            "."
        )

    def _reaches(self, words: str, flow: str) -> bool:
        """Return whether ``words`` stand here in the ``flow``; they may go on over the page."""
        left = len(flow) - self.at
        if len(words) <= left:
            return flow.startswith(words, self.at)
        if not words.startswith(flow[self.at :]) or self.page + 1 >= len(self.pages):
            return False
        return self.pages[self.page + 1].flow.startswith(words[left:])

    def _over(self, words: str) -> bool:
        left = len(self.pages[self.page].flow) - self.at
        if len(words) > left:
            return self._turn(len(words) - left)
        self.at += len(words)
        return True

    def _turn(self, at: int) -> bool:
        if self.page + 1 >= len(self.pages):
            return False
        self.page, self.at = self.page + 1, at
        if at == 0 and self.pages[self.page].flow.startswith(self.clinic):
            self.at = len(self.clinic)
        return True
