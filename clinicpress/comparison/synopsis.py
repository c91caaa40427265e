"""Sets out a collation for its reader: chapters of rows, and of texts side by side.

Collation + Library + strings -> Synopsis, which the terminal and the PDF both print.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import get_args

from clinicpress.comparison.collation import Collation, Piece, Presence, Told, merged_as_read
from clinicpress.comparison.comparison import FOLLOWING, Change, Reason, Thing
from clinicpress.content.library import Library, TopicLibrary
from clinicpress.content.model import Item, Part
from clinicpress.content.text import to_plain
from clinicpress.design.strings import Strings
from clinicpress.editions.edition import Edition

SAFETY = frozenset({"tier", "caution-list", "notice", "stop", "scale"})

CHAPTERS = ("safety", "items", "doses", "sections", "words", "following")
"""What is told, in the order in which a mistake in it can do harm."""

KINDS = (
    "tier", "caution-list", "notice", "stop", "scale", "exercises", "techniques", "procedures",
    "self-care", "texts", "causes", "questions", "myths", "checklist", "finding", "undecided",
    "front", "about", "section", "term", "reference",
)  # fmt: skip
"""The kinds of thing that stand by themselves, in the order in which they are told."""

PARTS: tuple[str, ...] = get_args(Part)
HOWS = ("added", "left-out", "moved")


@dataclass(frozen=True)
class Named:
    """A thing by its title, and its id or what it is a part of, with the two places of a move."""

    title: str
    of: str
    places: str = ""


@dataclass(frozen=True)
class Row:
    """Things of a kind that only one edition has or that stand elsewhere, for the same reason.

    ``how`` is one of ``HOWS``, and ``change`` its words.
    """

    how: str
    change: str
    kind: str
    things: tuple[Named, ...]
    why: tuple[str, ...]
    publications: str


@dataclass(frozen=True)
class Line:
    """One text as both editions have it: what it is, and both merged, word by word."""

    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Block:
    """The texts of one thing that differ, its editor's note, and what it rests on."""

    kind: str
    id: str
    title: str
    publications: str
    note: str
    evidence: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Chapter:
    """One sort of difference; with neither rows nor blocks, the two do not differ in it."""

    id: str
    rows: tuple[Row, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Availability:
    """Whether each audience has a publication; if not, the sentence that says why."""

    publication: str
    one: str
    other: str


@dataclass(frozen=True)
class Synopsis:
    """All that a clinician reads to approve an audience's editions, in order.

    ``columns`` name the two audiences; ``facts`` say what was compared; ``date`` is the version's.
    """

    title: str
    lead: str
    date: str
    facts: tuple[str, ...]
    columns: tuple[str, str]
    targets: tuple[Line, ...]
    availabilities: tuple[Availability, ...]
    counts: tuple[str, ...]
    chapters: tuple[Chapter, ...]


def set_out(collation: Collation, library: Library, edition: Edition, strings: Strings) -> Synopsis:
    """Return what ``collation`` tells, worded by ``strings``.

    ``edition`` is any of those compared: it stands for what they have in common.
    """
    teller = _Teller(collation, library.topics[edition.topic], strings)
    one, other = (library.audiences[id].name for id in (collation.one, collation.other))
    chapters = tuple(teller.chapter(id) for id in CHAPTERS)
    return Synopsis(
        title=strings("compare.title", one=one, other=other),
        lead=strings("compare.lead", one=one, other=other),
        date=teller.topic.topic.date.isoformat(),
        facts=tuple(teller.facts(library, edition)),
        columns=(f"{one} ({collation.one})", f"{other} ({collation.other})"),
        targets=tuple(teller.targets()),
        availabilities=tuple(map(teller.availability, collation.presences)),
        counts=tuple(teller.counts(chapters)),
        chapters=chapters,
    )


def _is_wording(change: Change) -> bool:
    """Return whether a change is within a text, and so is shown side by side."""
    return change.how == "reworded" or bool(change.step)


def _chapter_of(change: Change) -> str:
    kind = change.thing.line[0].kind
    if kind in SAFETY:
        return "safety"
    if kind == "section":
        return "sections"
    if not _is_wording(change):
        return "following" if kind in FOLLOWING else "items"
    return "doses" if change.field[:1] == ("dose",) else "words"


@dataclass(frozen=True)
class _Teller:
    collation: Collation
    topic: TopicLibrary
    t: Strings

    def facts(self, library: Library, edition: Edition) -> Iterator[str]:
        topic = self.topic.topic
        yield self.t(
            "compare.facts", topic=to_plain(topic.title.default), version=topic.version,
            date=topic.date.isoformat(),
        )  # fmt: skip
        yield library.regions[edition.region].name
        yield self.t(f"compare.setting.{edition.setting}")

    def chapter(self, id: str) -> Chapter:
        told = [each for each in self.collation.told if _chapter_of(each.change) == id]
        told.sort(key=lambda each: KINDS.index(each.change.thing.line[0].kind))
        rows = [each for each in told if not _is_wording(each.change)]
        rows.sort(key=lambda each: HOWS.index(each.change.how))
        texts = [each for each in told if _is_wording(each.change)]
        return Chapter(id, _joined(map(self.row, rows)), tuple(self.blocks(texts)))

    def row(self, told: Told) -> Row:
        change, thing = told.change, told.change.thing
        places = ""
        if change.how == "moved":
            one, other = (self.part(place or "") for place in (change.one, change.other))
            places = self.t("compare.places", one=one, other=other)
        id = "" if thing.kind in FOLLOWING else thing.id
        known = self.title(thing.parent) if thing.parent else id
        return Row(
            how=change.how,
            change=self.t(f"compare.{change.how}"),
            kind=self.t(f"compare.kind.{thing.kind}"),
            things=(Named(self.title(thing), known, places),),
            why=tuple(self.why(change)),
            publications=self.publications(told.publications),
        )

    def why(self, change: Change) -> Iterator[str]:
        """Yield the reasons that the sources give; where they give none, what decided."""
        yield from map(self.reason, change.reasons)
        if not change.reasons:
            key = "follows" if change.thing.kind in FOLLOWING else change.how
            yield self.t(f"compare.why.{key}")

    def reason(self, reason: Reason) -> str:
        return self.t("compare.why", audience=reason.audience, words=to_plain(reason.words))

    def title(self, thing: Thing) -> str:
        """Return what a thing is called; where the editions differ in it, by both."""
        names = [to_plain(name) for name in (thing.one, thing.other) if name]
        both = " / ".join(dict.fromkeys(map(self.part, names)))
        return both or self.t(f"compare.kind.{thing.kind}")

    def part(self, names: str) -> str:
        """Return the names of sections; one without a title is called as its part."""
        return ", ".join(
            self.t(f"compare.part.{name}") if name in PARTS else name for name in names.split(", ")
        )

    def publications(self, names: tuple[str, ...]) -> str:
        both = [each for each in self.collation.presences if each.one and each.other]
        return self.t("compare.everywhere") if len(names) == len(both) > 1 else ", ".join(names)

    def blocks(self, told: Sequence[Told]) -> Iterator[Block]:
        """Yield the texts of each thing together, where the same publications hold them."""
        groups: dict[tuple[str, str, tuple[str, ...]], list[Change]] = {}
        for each in told:
            root = each.change.thing.line[0]
            groups.setdefault((root.kind, root.id, each.publications), []).append(each.change)
        for (kind, id, publications), changes in groups.items():
            item = self.items.get((kind, id))
            yield Block(
                kind=self.t(f"compare.kind.{kind}") if kind != id else "",
                id=id,
                title=self.title(changes[0].thing.line[0]),
                publications=self.publications(publications),
                note=self.t("compare.note", note=item.note) if item and item.note else "",
                evidence=self.evidence(item.evidence if item else ()),
                lines=tuple(map(self.line, changes)),
            )

    def evidence(self, ids: Sequence[str]) -> str:
        return self.t("compare.evidence", evidence=", ".join(ids)) if ids else ""

    @cached_property
    def items(self) -> dict[tuple[str, str], Item]:
        return {(kind, item.id): item for kind, item in self.topic.items()}

    def line(self, change: Change) -> Line:
        inner = [thing.id for thing in change.thing.line[1:]]
        fields = [self.t(f"compare.field.{name}") for name in change.field]
        moved = [self.t("compare.field.place")] if change.how == "moved" else []
        label = " · ".join(filter(None, [*inner, *fields, change.step, *moved]))
        return Line(label, merged_as_read(change.one, change.other))

    def targets(self) -> Iterator[Line]:
        for target in self.collation.targets:
            none = self.t("compare.none")
            pieces = Piece(target.one or none, "one"), Piece(target.other or none, "other")
            yield Line(self.t(f"compare.target.{target.field}"), pieces)

    def availability(self, presence: Presence) -> Availability:
        why = {reason.audience: to_plain(reason.words) for reason in presence.why}
        one, other = (
            self.t("compare.exists") if exists else
            self.t("compare.refused", why=why.get(audience, self.t("compare.why.not-written")))
            for audience, exists in (
                (self.collation.one, presence.one), (self.collation.other, presence.other)
            )
        )  # fmt: skip
        return Availability(presence.publication, one, other)

    def counts(self, chapters: Sequence[Chapter]) -> Iterator[str]:
        """Yield how much was compared and found, the warning signs and cautions first."""
        compared = sum(each.one and each.other for each in self.collation.presences)
        yield self.t.plural("compare.count.publications", compared)
        by_id = {chapter.id: chapter for chapter in chapters}
        safety = by_id["safety"]
        yield self.t.plural("compare.count.safety", _things(safety) + _texts(safety))
        for how in HOWS:
            yield self.t.plural(f"compare.count.{how}", _things(by_id["items"], how))
        yield self.t.plural("compare.count.doses", _texts(by_id["doses"]))
        yield self.t.plural("compare.count.words", _texts(by_id["words"]))


def _joined(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Join rows that say the same of several things."""
    joined: dict[Row, list[Named]] = {}
    for row in rows:
        joined.setdefault(replace(row, things=()), []).extend(row.things)
    return tuple(replace(row, things=tuple(things)) for row, things in joined.items())


def _things(chapter: Chapter, how: str = "") -> int:
    """Return of how many things the rows tell, each counted once however many reasons it has."""
    return len(
        {
            (row.kind, thing.title, thing.of, row.how)
            for row in chapter.rows
            for thing in row.things
            if not how or row.how == how
        }
    )


def _texts(chapter: Chapter) -> int:
    return sum(len(block.lines) for block in chapter.blocks)
