"""All that differs between two audiences' editions of a topic, each thing told once.

Comparisons + Library -> Collation, for the clinician who must approve an audience's edition.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from clinicpress.comparison.comparison import Change, Comparison, Reason, reason_for, written
from clinicpress.content.library import Library, TopicLibrary
from clinicpress.content.model import Audience
from clinicpress.content.text import to_plain

UNASKED = frozenset({"also", "name", "reading"})
"""Fields of an audience that are not compared as they are: its name, and what is told in parts."""


@dataclass(frozen=True)
class Target:
    """Something that the two audiences ask for differently, by the name of its field."""

    field: str
    one: str | None
    other: str | None


@dataclass(frozen=True)
class Presence:
    """Whether a publication exists for each of the two audiences; ``why`` says why not."""

    publication: str
    title: str
    one: bool
    other: bool
    why: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Told:
    """A change, and the publications in which the two editions differ by it."""

    change: Change
    publications: tuple[str, ...]


@dataclass(frozen=True)
class Collation:
    """What differs for two audiences over a topic's publications, in print order."""

    one: str
    other: str
    targets: tuple[Target, ...]
    presences: tuple[Presence, ...]
    told: tuple[Told, ...]


def collate(
    library: Library, topic: str, audiences: tuple[str, str], publications: Iterable[str],
    comparisons: Iterable[Comparison],
) -> Collation:  # fmt: skip
    """Return all that differs; ``comparisons`` are those of the publications that both have."""
    found = library.topics[topic]
    return Collation(
        *audiences,
        targets=tuple(_targets(library, *audiences)),
        presences=tuple(_presence(library, found, name, audiences) for name in publications),
        told=_told_once(comparisons),
    )


def _told_once(comparisons: Iterable[Comparison]) -> tuple[Told, ...]:
    publications: dict[Change, list[str]] = {}
    for comparison in comparisons:
        for change in comparison.changes:
            publications.setdefault(change, []).append(comparison.one.publication)
    return tuple(Told(change, tuple(names)) for change, names in publications.items())


def _targets(library: Library, one: str, other: str) -> Iterator[Target]:
    mine, theirs = (_asked(library.audiences[id]) for id in (one, other))
    for field in {**mine, **theirs}:
        if mine.get(field) != theirs.get(field):
            yield Target(field, mine.get(field), theirs.get(field))


def _asked(audience: Audience) -> Mapping[str, str | None]:
    """Return what an audience asks for, by field: its reading target as two."""
    fields = {**dict(audience), **dict(audience.reading or ())}
    return {name: written(value) for name, value in fields.items() if name not in UNASKED}


def _presence(
    library: Library, topic: TopicLibrary, name: str, audiences: tuple[str, str]
) -> Presence:
    publication = topic.publications[name]
    lineages = [library.lineage(audience) for audience in audiences]
    one, other = (publication.serves(*lineage) for lineage in lineages)
    refused = (
        reason_for(publication.refused, lineage)
        for lineage, served in zip(lineages, (one, other), strict=True)
        if not served
    )
    return Presence(name, publication.title.default, one, other, tuple(filter(None, refused)))


Only = Literal["", "one", "other"]


@dataclass(frozen=True)
class Piece:
    """Some words, and where they stand: in both texts, or only in ``one`` or the ``other``."""

    words: str
    only: Only = ""


ALIKE = 0.6
"""Share of words in common below which both texts are told whole: patches of them read badly."""


def merged_as_read(one: str | None, other: str | None) -> tuple[Piece, ...]:
    """Return both texts as one, without their markup; with it where nothing else differs."""
    plain, theirs = (to_plain(words) if words else words for words in (one, other))
    return merged(one, other) if plain == theirs else merged(plain, theirs)


def merged(one: str | None, other: str | None) -> tuple[Piece, ...]:
    """Return both texts as one, word by word: without what only one holds it is the other's."""
    mine, theirs = (one or "").split(), (other or "").split()
    start = _common(mine, theirs)
    end = _common(mine[start:][::-1], theirs[start:][::-1])
    here, there = mine[start : len(mine) - end], theirs[start : len(theirs) - end]
    return tuple(
        Piece(" ".join(words), only)
        for words, only in (
            (mine[:start], ""),
            *_patches(here, there),
            (mine[len(mine) - end :], ""),
        )
        if words
    )


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many words two texts begin with in common."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def _patches(one: list[str], other: list[str]) -> Iterator[tuple[list[str], Only]]:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.ratio() < ALIKE:
        yield from ((one, "one"), (other, "other"))
        return
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield one[a:b], ""
        else:
            yield from ((one[a:b], "one"), (other[c:d], "other"))
