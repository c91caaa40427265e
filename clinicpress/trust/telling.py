"""What stands in a review pack, in the words of the layouts: Matters -> views for its template."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from clinicpress.comparison.collation import Piece, merged
from clinicpress.comparison.synopsis import KINDS, PARTS
from clinicpress.content.library import Library, TopicLibrary
from clinicpress.content.text import to_plain
from clinicpress.design.strings import Strings
from clinicpress.editions.leaving import FIGURE
from clinicpress.editions.state import needed
from clinicpress.pages.gist import DRAWING, SECTION, Line
from clinicpress.pages.view import View
from clinicpress.trust.matters import Matter, Matters, Wording
from clinicpress.trust.packed import Packed

CHAPTERS: Mapping[str, tuple[str, ...]] = {
    "signs": ("tier",),
    "cautions": ("notice", "caution-list", "scale", "strip"),
    "self-care": ("self-care",),
    "exercises": ("exercises",),
    "techniques": ("techniques",),
    "procedures": ("procedures",),
    "causes": ("causes",),
    "texts": ("texts",),
    "questions": ("questions",),
    "myths": ("myths",),
    "clinical": ("checklist", "finding", "undecided"),
    "around": ("section", "page", "styles"),
    "drawings": ("figure",),
    "order": ("order",),
}
"""The chapters of a pack, by the kinds of what stands in them. What is of none stands last but two:
in ``around``."""

NUMBERED = re.compile(r"-\d+$")
"""What tells two sections of one part from each other."""

SHORT = 70
"""How high an item may be that stays on one page, in mm, without its head and decision."""

WIDE, NARROW, PICTURE, WIDTH = 4.9, 4.0, 28, 90
"""How high a line of words is, one of what stands below them, and a drawing, in mm; and how many
letters a line has."""

MANY = 11
"""Lines of an item of which more stand in two columns."""

NAMED = ("booklet", "leaflet", "card", "pad", "poster")
"""Kinds of publications that are told from others of the same title."""

FEW = 6
"""References of an item that are named beside it in full; of more the numbers stand there."""

CONTEXT = 4
"""Words before and after what two wordings differ in."""

SENTENCE = re.compile(r"(?<=[.?!]) ")
"""Where a sentence ends."""

TINY = 3
"""Letters of lines that stand side by side, such as the days of a week."""


@dataclass(frozen=True)
class Teller:
    """Says in the words of the layouts what is in a pack."""

    found: Matters
    library: Library
    t: Strings

    @property
    def topic(self) -> TopicLibrary:
        """The topic that is reviewed."""
        return self.library.topics[self.found.scope.topic]

    def pack(self, said: Packed) -> View:
        """Return all that the template is given."""
        topic = self.topic.topic
        title = self.t("pack.title", topic=to_plain(topic.title.default))
        return View("pack", {
            "title": title,
            "lead": self.t("pack.lead" if self.found.whole else "pack.lead.changed"),
            "date": topic.date.isoformat(),
            "code": said.code,
            "facts": tuple(self.facts()),
            "roles": tuple(self.roles()),
            "counts": tuple(self.counts()),
            "chapters": tuple(self.chapters(said)),
            "open": tuple(self.open_points()),
            "gone": tuple(
                View("gone", {"id": one.id, "words": _joined(one.lines)}) for one in self.found.gone
            ),
            "signs": tuple(self.signs()),
            "numbers": tuple(self.numbers()),
            "rules": tuple(self.rules()),
            "sources": tuple(self.sources()),
        })  # fmt: skip

    def facts(self) -> Iterator[View]:
        """Yield what is reviewed: label and words."""
        topic, scope = self.topic.topic, self.found.scope
        version = self.t("compare.facts", topic=to_plain(topic.title.default),
                         version=topic.version, date=topic.date.isoformat())  # fmt: skip
        yield _pair(self.t("pack.fact.topic"), version)
        yield _pair(self.t("pack.fact.readers"), self.names(scope.audiences, scope.regions[:1]))
        regions = ", ".join(self.library.regions[id].name for id in scope.regions)
        yield _pair(self.t("pack.fact.regions"), regions)
        titles = dict.fromkeys(
            name for one in self.found.matters for each in one.every for name in each.publications
        )
        yield _pair(self.t("pack.fact.publications"), ", ".join(map(self.publication, titles)))

    def roles(self) -> Iterator[View]:
        """Yield whose sign-offs are asked for, and for which readers."""
        asked: dict[tuple[str, ...], list[str]] = {}
        for audience in self.found.scope.audiences:
            for roles in needed(self.topic.topic, audience):
                asked.setdefault(roles, []).append(self.library.audiences[audience].name)
        for roles, readers in asked.items():
            words = self.t("pack.or").join(roles) or self.t("pack.anybody")
            yield _pair(words, ", ".join(readers))

    def counts(self) -> Iterator[str]:
        """Yield how much there is to read, and how much of it is new, changed or judged."""
        every = self.found.matters
        yield self.t.plural("pack.count.items", len(every))
        for standing in ("new", "changed", "signed"):
            if count := sum(one.standing == standing for one in every):
                yield self.t.plural(f"pack.count.{standing}", count)
        if judged := sum(bool(one.judged) for one in every):
            yield self.t.plural("pack.count.judged", judged)
        if gone := len(self.found.gone):
            yield self.t.plural("pack.count.gone", gone)

    def chapters(self, said: Packed) -> Iterator[View]:
        """Yield the chapters that hold anything."""
        names = {id: name for name, id, _ in said.items}
        chapters: dict[str, list[Matter]] = {name: [] for name in CHAPTERS}
        of = {kind: name for name, kinds in CHAPTERS.items() for kind in kinds}
        for one in self.found.matters:
            chapters[of.get(one.kind, "around")].append(one)
        for name, matters in chapters.items():
            if matters:
                seen = tuple(self.matter(one, names[one.id]) for one in matters)
                title = self.t(f"pack.chapter.{name}")
                yield View("chapter", {"id": name, "title": title, "matters": seen})

    def matter(self, one: Matter, name: str) -> View:
        """Return an item as the template sets it."""
        first, *others = one.wordings
        title, ways = self.title(one), self.ways(others, first)
        lines = [line for line in first.lines if line.words != title]
        if one.kind == "order":
            lines, ways = list(self.orders(one)), ()
        lines = list(_side_by_side(lines))
        drawn = {line.words for each in one.wordings for line in each.lines}
        drawings = [each.lines[0] for each in one.drawings if each.lines[0].words not in drawn]
        evidence = tuple(self.evidence(one.evidence)) if len(one.evidence) <= FEW else ()
        note = self.notes.get(one.id, "")
        in_columns = len(lines) > MANY and one.kind != "order"
        small = [note, *(f"{way['where']}{way['without']}{way['says']}" for way in ways)]
        below = sum(NARROW * (len(words) // WIDTH + 1) for words in small)
        below += _height(drawings) + NARROW * len(evidence) / 2
        is_short = _height(lines, in_columns) + below <= SHORT
        return View("matter", {
            "name": name,
            "id": one.id,
            "title": title,
            "kind": self.kind(one),
            "standing": one.standing,
            "badge": self.t(f"pack.standing.{one.standing}"),
            "where": self.where(first),
            "lines": tuple(map(_seen, lines)),
            "in_columns": in_columns and (is_short or not any(line.picture for line in lines)),
            "ways": ways,
            "drawings": tuple(map(_seen, drawings)),
            "changed": tuple(self.changed(one)),
            "evidence": evidence,
            "ids": ", ".join(one.evidence),
            "judged": self.t.plural("pack.judged", one.judged) if one.judged else "",
            "note": note,
            "is_short": is_short,
            "is_sourced": one.kind in PLACES or bool(one.evidence or one.judged),
        })  # fmt: skip

    def title(self, one: Matter) -> str:
        """Return what an item is called; what has no title is called as what it is."""
        if one.title:
            return one.title
        if one.id.startswith(FIGURE):
            return one.id.removeprefix(FIGURE)
        if one.kind in PLACES and not one.id.startswith(SECTION):
            return self.t(f"pack.place.{one.kind}")
        first = next((line.words for each in one.wordings for line in each.lines), "")
        return self.part(one.id.removeprefix(SECTION)) or first

    def kind(self, one: Matter) -> str:
        """Return of which kind an item is, in words."""
        if one.kind in KINDS:
            return self.t(f"compare.kind.{one.kind}")
        return self.t(f"pack.kind.{one.kind if one.kind in PLACES else PLACES[0]}")

    def part(self, section: str) -> str:
        """Return what a section is called by its part; nothing where it is called otherwise."""
        name = NUMBERED.sub("", section)
        return self.t(f"compare.part.{name}") if name in PARTS else ""

    def orders(self, one: Matter) -> Iterator[Line]:
        """Yield what follows what in each publication, each once."""
        seen = set()
        for wording in one.wordings:
            for name in wording.publications:
                if name not in seen:
                    seen.add(name)
                    yield Line(f"{self.publication(name)}: {self.order(wording)}")

    def order(self, wording: Wording) -> str:
        """Return the parts of a print in their order."""
        names = (self.part(each) for line in wording.lines for each in line.words.split())
        found = [name for name in names if name]
        kept = [name for at, name in enumerate(found) if not at or found[at - 1] != name]
        return " › ".join(kept)

    def ways(self, others: Sequence[Wording], first: Wording) -> tuple[View, ...]:
        """Return what the other wordings leave out of the first, and what they say beside it."""
        whole = _sentences(first.lines)
        return tuple(self.way(each, whole, _sentences(each.lines)) for each in others)

    def way(self, wording: Wording, whole: Sequence[str], own: Sequence[str]) -> View:
        """Return what a wording says, by its difference from the first if that is shorter."""
        without = [each for each in whole if each not in own]
        says = [each for each in own if each not in whole]
        is_apart = len(without) + len(says) > len(own) or 2 * len(says) > len(own)
        return View("way", {
            "where": self.where(wording),
            "is_apart": is_apart,
            "without": "" if is_apart else _quoted(without),
            "says": _quoted(own if is_apart else says),
        })  # fmt: skip

    def changed(self, one: Matter) -> Iterator[View]:
        """Yield what was signed and what is said now, word by word, of each changed wording."""
        found = (
            tuple(_trimmed(merged(_joined(each.before), each.words)))
            for each in one.every
            if each.before
        )
        for pieces in dict.fromkeys(found):
            yield View("change", {"pieces": tuple(map(_piece, pieces))})

    def where(self, wording: Wording) -> str:
        """Return who reads a wording and where."""
        scope = self.found.scope
        titles = ", ".join(map(self.publication, wording.publications))
        only = ", ".join(self.t(f"pack.only.{name}") for name in wording.only if name in ONLY)
        several = len(scope.audiences) > 1 or len(scope.regions) > 1
        readers = self.names(wording.audiences, wording.regions) if several else ""
        return " · ".join(filter(None, [readers, titles, only]))

    def names(self, audiences: Iterable[str], regions: Sequence[str]) -> str:
        """Return the names of readers, and of their countries where there are several."""
        readers = ", ".join(self.library.audiences[id].name for id in audiences)
        if len(self.found.scope.regions) == 1:
            return readers
        return f"{readers} ({', '.join(self.library.regions[id].name for id in regions)})"

    def publication(self, name: str) -> str:
        """Return what a publication is called, with its kind unless it is a sheet."""
        one = self.topic.publications[name]
        title = to_plain(one.title.default)
        return f"{title} ({self.t(f'kind.{one.kind}').lower()})" if one.kind in NAMED else title

    @property
    def notes(self) -> dict[str, str]:
        """What editors noted of items, by id."""
        return {item.id: item.note for _, item in self.topic.items() if item.note}

    def evidence(self, ids: Iterable[str]) -> Iterator[View]:
        """Yield references: number, title, what they say on the point, how they were read."""
        for id in ids:
            if one := self.topic.references.get(id):
                yield View("reference", {
                    "id": id, "title": one.title, "address": one.address, "says": one.says,
                    "status": self.t(f"pack.status.{one.status}"), "is_seen": one.status == "seen",
                })  # fmt: skip

    def sources(self) -> Iterator[View]:
        """Yield all references that anything in the pack rests on, in the order of the topic."""
        used = {id for one in self.found.matters for id in one.evidence}
        used |= {id for one in self.topic.clinical.undecided.values() for id in one.evidence}
        yield from self.evidence(id for id in self.topic.references if id in used)

    def open_points(self) -> Iterator[View]:
        """Yield the points on which sources are silent or disagree."""
        for one in self.topic.clinical.undecided.values():
            yield View("point", {
                "point": to_plain(one.point.default), "text": to_plain(one.text.default),
                "ids": ", ".join(one.evidence),
            })  # fmt: skip

    def signs(self) -> Iterator[View]:
        """Yield the signs that no print may lose, by tier."""
        required = self.topic.topic.required_signs
        groups = self.topic.tiers
        known = {id: sign for tier in groups.values() for group in tier.groups.values()
                 for id, sign in group.signs.items()}  # fmt: skip
        for tier, ids in (("emergency", required.emergency), ("same-day", required.same_day)):
            said = tuple(
                _pair(id, self.filled(known[id].short.default)) for id in ids if id in known
            )
            if said:
                head = next((self.filled(one.title.default) for name, one in groups.items()
                             if name == tier), tier)  # fmt: skip
                yield View("tier", {"title": head, "signs": said})

    def filled(self, words: str) -> str:
        """Return words with those of the first region in the place of its tokens."""
        region = self.library.regions[self.found.scope.regions[0]]
        for token, said in region.words.items():
            words = words.replace(f"[[{token}]]", said)
        return to_plain(words)

    def numbers(self) -> Iterator[View]:
        """Yield the numbers and names of each region."""
        for id in self.found.scope.regions:
            region = self.library.regions[id]
            yield _pair(region.name, " · ".join(region.words.values()))

    def rules(self) -> Iterator[View]:
        """Yield what else takes a new sign-off to change."""
        topic = self.topic.topic
        yield _pair(self.t("pack.rule.version"), topic.version)
        yield _pair(self.t("pack.rule.review-by"), topic.review_by.isoformat())


PLACES = ("section", "page", "styles", "figure", "order", "strip")
"""Kinds of what is no item of the sources."""

ONLY = ("standard", "clear", "large", "rack", "given", "blank")
"""What of the editions of a wording is said, where others of the item are otherwise."""


def _pair(label: str, words: str) -> View:
    return View("pair", {"label": label, "words": words})


def _piece(piece: Piece) -> View:
    return View("piece", {"words": piece.words, "only": piece.only})


def _seen(line: Line) -> View:
    return View("line", {"words": line.words, "is_drawing": line.kind == DRAWING,
                         "picture": line.picture})  # fmt: skip


def _sentences(lines: Sequence[Line]) -> list[str]:
    """Return lines sentence by sentence, each once."""
    every = (each for line in _side_by_side(lines) for each in SENTENCE.split(line.words))
    return list(dict.fromkeys(filter(None, every)))


def _quoted(sentences: Iterable[str]) -> str:
    return " ".join(f"“{each}”" for each in sentences)


def _height(lines: Sequence[Line], in_columns: bool = False) -> float:
    """Return about how high lines stand on the page, in mm."""
    width = WIDTH / 2 if in_columns else WIDTH
    rows = sum(len(line.words) // width + 1 for line in lines)
    picture = PICTURE if any(line.picture for line in lines) else 0
    return max(picture, WIDE * rows / (2 if in_columns else 1))


def _joined(lines: Iterable[Line]) -> str:
    return " ".join(line.words for line in lines)


def _side_by_side(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield lines; those of a few letters that follow each other together in one."""
    tiny: list[str] = []
    for line in lines:
        if len(line.words) <= TINY and line.kind != DRAWING:
            tiny.append(line.words)
            continue
        if tiny:
            yield Line(" · ".join(tiny))
            tiny = []
        yield line
    if tiny:
        yield Line(" · ".join(tiny))


def _trimmed(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield merged words with no more than a few of those that both have around a difference."""
    if not any(piece.only for piece in pieces):
        return
    last = len(pieces) - 1
    for at, piece in enumerate(pieces):
        words = piece.words.split()
        if piece.only or len(words) <= 2 * CONTEXT + 1:
            yield piece
            continue
        before = words[:CONTEXT] if at else []
        after = words[-CONTEXT:] if at < last else []
        yield Piece(" ".join([*before, "…", *after]))
