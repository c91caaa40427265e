"""The instruments by which people score handouts, as they stand in ``instruments/``.

A program cannot score: what it measures stands beside an item as evidence for who does.
"""

from functools import cache
from pathlib import Path
from typing import Literal

from clinicpress.errors import Problem, Problems, unknown
from clinicpress.files.records import Record, read_record

FOLDER = Path(__file__).parent / "instruments"

Answer = Literal["agree", "disagree", "yes", "partly", "no"]
Wording = Literal["quoted", "own"]


class Item(Record):
    """One item that a person scores.

    ``beside`` are the measures that stand beside it; ``may_not_apply`` lets it be left out of the
    points that are possible.
    """

    number: int
    text: str
    may_not_apply: bool = False
    beside: tuple[str, ...] = ()


class Part(Record):
    """Items under one heading."""

    title: str
    items: tuple[Item, ...]


class Instrument(Record):
    """A scale, with where its words come from and how a person counts.

    ``wording`` is ``quoted`` where items are in the words of their authors, and ``own`` where they
    are described in ours; ``totals`` are what is added up by itself, ``questions`` are answered
    before the items are.
    """

    name: str
    title: str
    source: str
    address: str
    wording: Wording
    answers: tuple[Answer, ...]
    counting: str
    totals: tuple[str, ...]
    questions: tuple[str, ...] = ()
    parts: tuple[Part, ...]

    def items(self) -> tuple[Item, ...]:
        """Return all its items in their order."""
        return tuple(item for part in self.parts for item in part.items)


@cache
def instruments() -> dict[str, Instrument]:
    """Return every instrument by its id, in the order of their files. Raises Problems."""
    problems: list[Problem] = []
    found = {path.stem: read_record(path, Instrument, problems)
             for path in sorted(FOLDER.glob("*.yaml"))}  # fmt: skip
    if problems:
        raise Problems(problems)
    return found


def chosen(names: tuple[str, ...]) -> dict[str, Instrument]:
    """Return the instruments of these names, or all where there are none. Raises UnknownName."""
    every = instruments()
    for name in names:
        if name not in (*every, "all"):
            raise unknown("instrument", name, every)
    return {id: one for id, one in every.items() if not names or id in names or "all" in names}
