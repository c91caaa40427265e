"""What differs between two audiences' editions of one publication, and why.

Two Manuscripts + Library -> Comparison. Only what is said and its order are compared: how long the
print may be and how it looks belong to the audience (see ``collation``).
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar, cast

from clinicpress.content.library import Library, TopicLibrary
from clinicpress.content.model import Caution, CautionList, Checklist, Item, ItemPart, Publication
from clinicpress.content.model import Section as Planned
from clinicpress.editions.edition import Edition
from clinicpress.editions.manuscript import Entry, Manuscript, Section

How = Literal["added", "left-out", "moved", "reworded"]
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Reason:
    """Why, in the words of the sources, and which of the two audiences they speak of."""

    audience: str
    words: str


@dataclass(frozen=True)
class Thing:
    """What a change is about, such as a section, an exercise or a warning sign.

    ``one`` and ``other`` are what each edition calls it, None where it does not hold it. A sign's
    ``parent`` is its group, and that group's is its tier.
    """

    kind: str
    id: str
    one: str | None = None
    other: str | None = None
    parent: "Thing | None" = None

    @property
    def line(self) -> "tuple[Thing, ...]":
        """What it is a part of, outermost first, and itself."""
        return (*self.parent.line, self) if self.parent else (self,)


@dataclass(frozen=True)
class Change:
    """One difference between the first edition and the other.

    ``added`` (only in the other) and ``left-out`` (only in the first) tell of a thing as a whole.
    ``moved`` gives its places and ``reworded`` the words of one of its fields, as ``one`` and
    ``other``; ``step`` is the id of an entry of that field. No reason means that none is written.
    """

    how: How
    thing: Thing
    field: tuple[str, ...] = ()
    step: str = ""
    one: str | None = None
    other: str | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """All that differs between the editions of one publication for two audiences."""

    one: Edition
    other: Edition
    changes: tuple[Change, ...]


def compare(one: Manuscript, other: Manuscript, library: Library) -> Comparison:
    """Return what differs from ``one`` to ``other``, with the reasons that ``library`` gives.

    A field that an entry of either lacks is taken for one that is not printed there, and is left
    out. Raises ValueError if the two differ in more than their audience and looks.
    """
    if _text_of(one.edition) != _text_of(other.edition):
        raise ValueError(f"{one.edition.name} and {other.edition.name} are not of the same text")
    why = _Why.of(library, one.edition, other.edition.audience)
    mine, theirs = _keyed(one.sections, other.sections)
    changes = (*_front(one, other), *_sections(mine, theirs, why), *_entries(mine, theirs, why))
    return Comparison(one.edition, other.edition, tuple(dict.fromkeys(changes)))


def _text_of(edition: Edition) -> tuple[str, ...]:
    return (edition.topic, edition.publication, edition.language, edition.region, edition.brand,
            edition.setting)  # fmt: skip


FRONT = ("title", "subtitle", "main_message", "call_to_action")
SECTION_FIELDS = ("title", "intro", "wording", "detail")

FOLLOWING = frozenset({"term", "reference"})
"""What no one chooses: it follows from what else is said. Without its section it goes untold."""

PARTS: Mapping[str, str] = {
    "tier": "warning-signs", "caution-list": "cautions", "notice": "gate",
    "checklist": "screening", "finding": "evidence",
}  # fmt: skip
"""The part that prints a kind of entry, where it is not called as the kind."""


def _front(one: Manuscript, other: Manuscript) -> Iterator[Change]:
    """Compare what stands outside the entries; an empty text is one that is not printed."""
    for name in (*FRONT, "stop"):
        said: tuple[str | None, str | None] = getattr(one, name), getattr(other, name)
        if said[0] != said[1] and "" not in said:
            kind = "stop" if name == "stop" else "front"
            yield Change("reworded", Thing(kind, kind), (name,), "", *said)


_Sections = Mapping[str, Section]
"""Sections by a key that the same section has in both editions."""


def _sections(one: _Sections, other: _Sections, why: "_Why") -> Iterator[Change]:
    for how, key in _unshared(one, other):
        thing = _section_thing(one.get(key), other.get(key))
        yield Change(how, thing, reasons=why.section(thing, how))
    for key, here, there in _moved(one, other):
        thing = _section_thing(one[key], other[key])
        yield Change("moved", thing, ("place",), "", here, there, why.plan())
    for key in _shared(one, other):
        thing = _section_thing(one[key], other[key])
        for name in SECTION_FIELDS:
            yield from _leaf(thing, (name,), getattr(one[key], name), getattr(other[key], name))


def _keyed(one: Sequence[Section], other: Sequence[Section]) -> tuple[_Sections, _Sections]:
    """Return the sections of two editions by keys.

    Of several of one part, those are the same that have a title or the most entries in common.
    """
    pairs = sorted(
        (_likeness(a, b), i + j, i, j)
        for i, a in enumerate(one)
        for j, b in enumerate(other)
        if a.part == b.part
    )
    mine = {i: section.id for i, section in enumerate(one)}
    theirs = {j: section.id for j, section in enumerate(other)}
    left = set(mine), set(theirs)
    for *_, i, j in pairs:
        if i in left[0] and j in left[1]:
            left[0].remove(i)
            left[1].remove(j)
            mine[i] = theirs[j] = "=".join(sorted((mine[i], theirs[j])))
    return {mine[i]: a for i, a in enumerate(one)}, {theirs[j]: b for j, b in enumerate(other)}


def _likeness(one: Section, other: Section) -> tuple[bool, int]:
    """Return a rank that is lowest for the most alike."""
    entries = {(entry.kind, entry.id) for entry in one.entries}
    shared = sum((entry.kind, entry.id) in entries for entry in other.entries)
    return one.title != other.title, -shared


def _section_thing(one: Section | None, other: Section | None) -> Thing:
    either = one or other
    assert either is not None
    return Thing("section", either.part, _heading(one), _heading(other))


def _heading(section: Section | None) -> str | None:
    """Return what a section is called: without a title, as its part."""
    return (section.title or section.part) if section else None


def _entries(one: _Sections, other: _Sections, why: "_Why") -> Iterator[Change]:
    """Compare the entries, wherever in the edition each of them stands."""
    mine, theirs = _Placed.of(one), _Placed.of(other)
    for how, key in _unshared(mine.entries, theirs.entries):
        there, elsewhere = (theirs, mine) if how == "added" else (mine, theirs)
        if key[0] not in FOLLOWING or set(there.places[key]) & set(elsewhere.sections):
            thing = _thing(mine.entries.get(key), theirs.entries.get(key))
            yield Change(how, thing, reasons=why.entry(thing, how))
    yield from _moves(mine, theirs, why)
    for key in _shared(mine.entries, theirs.entries):
        thing = _thing(mine.entries[key], theirs.entries[key])
        yield from _fields(thing, mine.entries[key], theirs.entries[key], why)


@dataclass(frozen=True)
class _Placed:
    """The entries of an edition by kind and id, the keys of their sections, and these in order."""

    entries: Mapping[tuple[str, str], Entry]
    places: Mapping[tuple[str, str], tuple[str, ...]]
    sections: _Sections

    @classmethod
    def of(cls, sections: _Sections) -> "_Placed":
        entries: dict[tuple[str, str], Entry] = {}
        places: dict[tuple[str, str], tuple[str, ...]] = {}
        for name, section in sections.items():
            for entry in section.entries:
                key = entry.kind, entry.id
                entries[key] = entry
                places[key] = (*places.get(key, ()), name)
        return cls(entries, places, sections)

    def order(self, section: str) -> list[tuple[str, str]]:
        """Return the entries of a section, in order."""
        return [(entry.kind, entry.id) for entry in self.sections[section].entries]

    def called(self, key: tuple[str, str]) -> str:
        """Return the names of the sections that hold an entry."""
        return ", ".join(str(_heading(self.sections[name])) for name in self.places[key])


def _moves(mine: _Placed, theirs: _Placed, why: "_Why") -> Iterator[Change]:
    """Yield the entries that stand in another section, or in another order in the same one."""
    for key in _shared(mine.places, theirs.places):
        if mine.places[key] != theirs.places[key]:
            thing = _thing(mine.entries[key], theirs.entries[key])
            yield Change("moved", thing, ("section",), "", mine.called(key), theirs.called(key),
                         why.plan())  # fmt: skip
    for name in _shared(mine.sections, theirs.sections):
        for key, here, there in _moved(mine.order(name), theirs.order(name)):
            thing = _thing(mine.entries[key], theirs.entries[key])
            part = mine.sections[name].part
            yield Change("moved", thing, ("place", part), "", here, there, why.order(part))


OTHER_LENGTH = {"full": "short", "short": "full"}
"""A sign that one edition prints in full and the other in short is compared all the same."""


def _fields(thing: Thing, one: Entry, other: Entry, why: "_Why") -> Iterator[Change]:
    mine, theirs = dict(one.fields), dict(other.fields)
    for name in mine:
        twin = name if name in theirs else OTHER_LENGTH.get(name, name)
        if twin in theirs:
            yield from _field(thing, (name,), mine[name], theirs[twin], why)


def _field(
    thing: Thing, path: tuple[str, ...], one: object, other: object, why: "_Why"
) -> Iterator[Change]:
    """Compare a field of any shape: words, a record, or a list of records or steps."""
    if one == other:
        return
    if isinstance(one, Entry) or isinstance(other, Entry):
        mine, theirs = (dict(each.fields) if isinstance(each, Entry) else {}
                        for each in (one, other))  # fmt: skip
        for name in {**mine, **theirs}:
            yield from _field(thing, (*path, name), mine.get(name), theirs.get(name), why)
    elif _holds(one, other, Entry):
        yield from _inner(thing, _tuple(one), _tuple(other), why)
    elif _holds(one, other, tuple):
        yield from _steps(thing, path, one, other)
    else:
        yield from _leaf(thing, path, one, other)


def _holds(one: object, other: object, kind: type) -> bool:
    return any(isinstance(inner, kind) for inner in (*_tuple(one), *_tuple(other)))


def _tuple(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()


def _inner(
    thing: Thing, one: tuple[object, ...], other: tuple[object, ...], why: "_Why"
) -> Iterator[Change]:
    """Compare records that stand inside ``thing``, such as the signs of a group."""
    mine, theirs = (
        {entry.id: entry for entry in each if isinstance(entry, Entry)} for each in (one, other)
    )
    for how, id in _unshared(mine, theirs):
        inner = _thing(mine.get(id), theirs.get(id), thing)
        yield Change(how, inner, reasons=why.entry(inner, how))
    for id, here, there in _moved(mine, theirs):
        inner = _thing(mine[id], theirs[id], thing)
        yield Change("moved", inner, ("place",), "", here, there)
    for id in _shared(mine, theirs):
        yield from _fields(_thing(mine[id], theirs[id], thing), mine[id], theirs[id], why)


def _steps(thing: Thing, path: tuple[str, ...], one: object, other: object) -> Iterator[Change]:
    """Compare texts by their stable ids, such as the steps of an exercise."""
    mine, theirs = _texts(one), _texts(other)
    for step in {**mine, **theirs}:
        if mine.get(step) != theirs.get(step):
            yield Change("reworded", thing, path, step, mine.get(step), theirs.get(step))
    for step, here, there in _moved(mine, theirs):
        yield Change("moved", thing, path, step, here, there)


def _texts(value: object) -> dict[str, str]:
    return {str(pair[0]): str(pair[1]) for pair in _tuple(value) if isinstance(pair, tuple)}


def _leaf(thing: Thing, path: tuple[str, ...], one: object, other: object) -> Iterator[Change]:
    mine, theirs = written(one), written(other)
    if mine != theirs:
        yield Change("reworded", thing, path, "", mine, theirs)


def written(value: object) -> str | None:
    """Return a value as words: a range as ``8-10``, a list with commas, nothing as None."""
    match value:
        case None | False | ():
            return None
        case True:
            return "yes"
        case (int(least), int(most)):
            return str(least) if least == most else f"{least}-{most}"
        case tuple():
            return ", ".join(map(str, value))
        case _:
            return f"{value:g}" if isinstance(value, float) else str(value)


NAMES = ("title", "point", "text", "term", "label", "full", "short")
"""The fields that may hold what an entry is called; the first that it has does."""


def _name(entry: Entry | None) -> str | None:
    if entry is None:
        return None
    fields = dict(entry.fields)
    name = str(next((fields[field] for field in NAMES if fields.get(field)), entry.id))
    advice = fields.get("advice")
    return f"{name}. {advice}" if advice else name


def _thing(one: Entry | None, other: Entry | None, parent: Thing | None = None) -> Thing:
    either = one or other
    assert either is not None
    return Thing(either.kind, either.id, _name(one), _name(other), parent)


def _unshared(one: Iterable[Key], other: Iterable[Key]) -> Iterator[tuple[How, Key]]:
    """Yield what only one of two lists holds, what the other adds first."""
    mine, theirs = dict.fromkeys(one), dict.fromkeys(other)
    yield from (("added", key) for key in theirs if key not in mine)
    yield from (("left-out", key) for key in mine if key not in theirs)


def _shared(one: Iterable[Key], other: Collection[Key]) -> list[Key]:
    return [key for key in one if key in other]


def _moved(one: Iterable[Key], other: Collection[Key]) -> Iterator[tuple[Key, str, str]]:
    """Yield what stands in another order in the other list, with its place in each.

    Places count from 1, among what both lists hold. As few as can be have moved.
    """
    here = _shared(one, other)
    there = [key for key in other if key in here]
    kept = _kept(here, there)
    for key in here:
        if key not in kept:
            yield key, str(here.index(key) + 1), str(there.index(key) + 1)


def _kept(one: Sequence[Key], other: Sequence[Key]) -> tuple[Key, ...]:
    """Return the longest run that stands in the same order in both lists of the same keys.

    Of runs of one length the first by alphabet is taken, so that it is the same both ways.
    """

    def rank(run: tuple[Key, ...]) -> tuple[int, list[str]]:
        return -len(run), [str(key) for key in run]

    place = {key: number for number, key in enumerate(other)}
    runs: list[tuple[Key, ...]] = []
    for key in one:
        before = [run for run in runs if place[run[-1]] < place[key]]
        runs.append((*min(before, key=rank, default=()), key))
    return min(runs, key=rank, default=())


@dataclass(frozen=True)
class _Why:
    """Looks up reasons in the sources: for the items, sections and order of one publication."""

    topic: TopicLibrary
    publication: Publication
    items: Mapping[tuple[str, str], Item]
    one: tuple[str, ...]
    other: tuple[str, ...]

    @classmethod
    def of(cls, library: Library, edition: Edition, other: str) -> "_Why":
        topic = library.topics[edition.topic]
        items = {(kind, item.id): item for kind, item in topic.items()}
        publication = topic.publications[edition.publication]
        lineages = library.lineage(edition.audience), library.lineage(other)
        return cls(topic, publication, items, *lineages)

    def entry(self, thing: Thing, how: How) -> tuple[Reason, ...]:
        """Return why one edition lacks an entry: its own reason, else that of its section."""
        item = self.items.get((thing.kind, thing.id))
        records = (item,) if item else self.cautions(thing)
        if reasons := _reasons(reason for one in records for reason in self.lacking(one, how)):
            return tuple(dict.fromkeys(reasons))
        if thing.parent or thing.kind in FOLLOWING:
            return ()
        lineage, part = self._of(how)[0], PARTS.get(thing.kind, thing.kind)
        return self._section(part, how, lambda plan: _takes(plan, thing.id, lineage))

    def cautions(self, thing: Thing) -> tuple[Caution, ...]:
        """Return a caution by the list that it stands in, or all those of a list."""
        lists: dict[str, CautionList | Checklist] = {
            **dict(self.topic.cautions),
            **self.topic.clinical.screening,
        }
        if thing.kind in ("caution-list", "checklist"):
            return tuple(lists[thing.id].entries.values())
        if thing.kind == "caution" and thing.parent and thing.id in lists[thing.parent.id].entries:
            return (lists[thing.parent.id].entries[thing.id],)
        return ()

    def section(self, thing: Thing, how: How) -> tuple[Reason, ...]:
        """Return why one edition lacks a section."""
        lineage, title = self._of(how)[0], thing.one or thing.other
        return self._section(
            thing.id, how, lambda plan: not plan.title or plan.title.said_to(*lineage) == title
        )

    def _section(self, part: str, how: How, fits: Callable[[Planned], bool]) -> tuple[Reason, ...]:
        """Return why one edition lacks a section that fits; else why it has another list."""
        for plan in self.publication.sections_for(*self._of(how)[0]):
            if plan.part == part and fits(plan) and (reasons := self.lacking(plan, how)):
                return reasons
        return self.plan()

    def lacking(self, one: Item | Caution | Planned, how: How) -> tuple[Reason, ...]:
        """Return why what is for one of the audiences is not for the other."""
        holds, lacks = self._of(how)
        if refused := reason_for(one.not_for, lacks):
            return (refused,)
        if one.audiences and not reason_for(one.audiences, lacks):
            return tuple(filter(None, [reason_for(one.audiences, holds)]))
        return ()

    def plan(self) -> tuple[Reason, ...]:
        """Return why the publication has another list of sections for one of the audiences."""
        return _reasons(
            reason_for(self.publication.because, each) for each in (self.one, self.other)
        )

    def order(self, part: str) -> tuple[Reason, ...]:
        """Return why one of the audiences reads items of a kind in another order."""
        leads = {
            id: reader.because
            for id, reader in self.topic.readers.items()
            if reader.first.get(cast(ItemPart, part))
        }
        found = (
            None if self._has_own_list(part, lineage) else reason_for(leads, lineage)
            for lineage in (self.one, self.other)
        )
        return _reasons(found) or self.plan()

    def _has_own_list(self, part: str, lineage: tuple[str, ...]) -> bool:
        plans = self.publication.sections_for(*lineage)
        return any(plan.part == part and set(lineage) & set(plan.items) for plan in plans)

    def _of(self, how: How) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the lineage that holds what was changed, and the one that lacks it."""
        return (self.other, self.one) if how == "added" else (self.one, self.other)


def _takes(plan: Planned, id: str, lineage: tuple[str, ...]) -> bool:
    """Return whether a planned section takes an item or a tier."""
    chosen = plan.tiers if plan.tiers else plan.chosen_for(*lineage)
    return chosen is None or id in chosen


def reason_for(reasons: Mapping[str, str], lineage: tuple[str, ...]) -> Reason | None:
    """Return the reason for the nearest of a lineage, as one for the audience itself."""
    return next((Reason(lineage[0], reasons[id]) for id in lineage if id in reasons), None)


def _reasons(found: Iterable[Reason | None]) -> tuple[Reason, ...]:
    return tuple(reason for reason in found if reason)
