"""What YAML files say, known by their bytes: read once, in a process and from run to run.

A transcript is made only of a file that nothing is wrong with, so what is told of a file is told by
who reads it, each time. As data it is what YAML says, mappings, lists and texts, and a line number
for each of its values and keys in their order.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cached_property
from typing import Any, NamedTuple

from clinicpress.files.shelf import Shelf

Loc = tuple[str | int, ...]

MOST = 2_000
"""Transcripts that a process keeps: of as many files as a folder may have."""


class Transcript(NamedTuple):
    """What a file says, and the line of each path in it, from the outside in."""

    data: Any
    lines: Mapping[Loc, int]


class Lines(Mapping[Loc, int]):
    """The lines of what a file says, from their numbers alone; most of them nobody asks for."""

    def __init__(self, data: Any, numbers: Sequence[int]) -> None:
        self._data, self._numbers = data, numbers

    @cached_property
    def _whole(self) -> dict[Loc, int]:
        return dict(zip(_paths(self._data, ()), self._numbers, strict=True))

    def __getitem__(self, loc: Loc) -> int:
        """Return a line; that of the file, or of what it says first, without looking for others."""
        if not loc:
            return self._numbers[0]
        if isinstance(self._data, dict) and loc == (next(iter(self._data), None),):
            return self._numbers[1]
        return self._whole[loc]

    def __iter__(self) -> Iterator[Loc]:
        return iter(self._whole)

    def __len__(self) -> int:
        return len(self._numbers)


_KNOWN: Shelf[str, Transcript] = Shelf(MOST)
_WRITTEN: dict[str, Any] = {}
"""What an earlier run kept, as it lay there: each is looked at when it is asked for."""

_USED: set[str] = set()


def find(digest: str) -> Transcript | None:
    """Return the transcript of the file with this digest, if there is one."""
    found = _KNOWN.get(digest)
    if found is None and digest in _WRITTEN:
        found = _of_written(_WRITTEN.pop(digest))
        if found:
            _KNOWN.add(digest, found)
    if found:
        _USED.add(digest)
    return found


def add(digest: str, data: Any, lines: Mapping[Loc, int]) -> None:
    """Keep what the file with this digest says."""
    _KNOWN.add(digest, Transcript(data, lines))
    _USED.add(digest)


def note(digest: str) -> None:
    """Note that the file with this digest is read, which need not be looked up."""
    if digest:
        _USED.add(digest)


def recall(written: Mapping[str, Any]) -> None:
    """Take what ``written`` returned in an earlier run."""
    _WRITTEN.clear()
    _WRITTEN.update(written)
    _USED.clear()


def used() -> Set[str]:
    """Return the digests of the files that were read since ``recall``."""
    return frozenset(_USED)


def written() -> dict[str, Any]:
    """Return, as JSON can hold it, what the files say that were read since ``recall``."""
    found = {digest: _KNOWN.get(digest) for digest in sorted(_USED)}
    return {digest: [one.data, [*one.lines.values()]] for digest, one in found.items() if one}


def _of_written(written: Any) -> Transcript | None:
    """Return the transcript that was written so; None if nobody writes one so."""
    try:
        data, numbers = written
        is_sound = set(map(type, numbers)) == {int} and len(numbers) == _count(data)
    except (TypeError, ValueError, RecursionError):
        return None
    return Transcript(data, Lines(data, numbers)) if is_sound else None


def _count(data: Any) -> int:
    """Return how many values and keys there are. Raises TypeError for what no transcript holds."""
    if isinstance(data, str):
        return 1
    if isinstance(data, dict):
        return 1 + sum(map(_count, data.values()))
    if isinstance(data, list):
        return 1 + sum(map(_count, data))
    raise TypeError


def _paths(data: Any, loc: Loc) -> Iterator[Loc]:
    """Yield the path of all that a file says, from the outside in."""
    yield loc
    if isinstance(data, dict):
        for key, inner in data.items():
            yield from _paths(inner, (*loc, key))
    elif isinstance(data, list):
        for number, inner in enumerate(data):
            yield from _paths(inner, (*loc, number))
