"""Chooses, for one edition, what is said: Library + Edition -> Manuscript."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar, cast

from clinicpress.content.library import Library, TopicLibrary
from clinicpress.content.model import (
    EXTRACTS,
    Caution,
    CautionList,
    Checklist,
    Item,
    ItemPart,
    Publication,
    Range,
    Reference,
    Review,
    Sourced,
    Text,
)
from clinicpress.content.model import Section as Planned
from clinicpress.content.text import fill, to_plain, unbroken
from clinicpress.editions.edition import Edition, Fold
from clinicpress.editions.manuscript import Entry, Manuscript, Section, Value
from clinicpress.editions.picking import advice, picks, refusal, stands, takes_picks
from clinicpress.editions.plates import illustrated
from clinicpress.editions.printed import words_of
from clinicpress.editions.safety import unsafe
from clinicpress.errors import Problems, UnknownName, unknown
from clinicpress.files.records import Record

Named = TypeVar("Named")

PEN_FILLED = {"review-date": "____________", "clinic-phone": "____________"}
"""Tokens that stand as a rule to write on where no brand fills them."""

NEVER_PRINTED = frozenset({"audiences", "not_for", "evidence_for", "plain", "elsewhere"})
NEVER_PRINTED_OF_ITEMS = NEVER_PRINTED | {"note", "id"}


def select(library: Library, edition: Edition, words: Mapping[str, str] = {}) -> Manuscript:
    """Return the words of ``edition``; ``words`` are the brand's own, such as its phone number.

    Raises UnknownName if there is no such edition, and Problems if it would be unsafe to print.
    """
    chooser = _Chooser.of(library, edition, words)
    topic, publication = chooser.topic, chooser.topic.publications[edition.publication]
    audience, say = library.audiences[edition.audience], chooser.say
    sections = _folded(
        tuple(chooser.sections(publication.sections_for(*chooser.lineage))), edition.fold
    )
    cover = say(topic.topic.cover) if topic.topic.cover else None
    message = publication.chosen_message if chooser.picked else None
    message = message or publication.main_message or topic.topic.main_message
    manuscript = Manuscript(
        edition=edition,
        kind=publication.kind,
        topic=say(topic.topic.title),
        title=say(publication.title),
        subtitle=say(publication.subtitle) if publication.subtitle else None,
        for_whom=audience.for_whom,
        not_for_whom=audience.not_for_whom,
        main_message=say(message),
        call_to_action=say(publication.call_to_action or topic.topic.call_to_action),
        version=topic.topic.version,
        date=topic.topic.date.isoformat(),
        review_by=topic.topic.review_by.isoformat(),
        reviewed=_signed(topic.reviewed()),
        stop=say(topic.cautions.stop_signs.short),
        notes=tuple(library.regions[edition.region].notes_beside(words).items()),
        meanings=tuple(sorted(chooser.meanings.items())),
        sections=sections,
        pictures=audience.pictures,
        clinical=audience.clinical,
        blank_doses=(edition.dose or audience.dose) == "blank",
        most_pages=audience.most_pages,
        allowance=audience.sheets * chooser.allowance(audience.exercise_limit),
        warnings=advice(chooser.picked, edition.audience, audience.exercise_limit),
        cover=cover,
    )
    _require_picked(manuscript, chooser.picked)
    if problems := unsafe(manuscript, topic, chooser.lineage):
        raise Problems(problems)
    return illustrated(explain_what_is_said(manuscript), library)


def published(library: Library, topic: str, name: str, audience: str) -> Publication:
    """Return the publication ``name`` of a topic.

    Raises UnknownName if there is none, or none for this audience: then it says why.
    """
    publications = _known(library.topics, topic, "topic").publications
    publication = _known(publications, name, "publication")
    _known(library.audiences, audience, "audience")
    lineage = library.lineage(audience)
    if not publication.serves(*lineage):
        reasons = (publication.refused[id] for id in lineage if id in publication.refused)
        reason = next(reasons, "it has not been written yet").rstrip(".")
        raise UnknownName(
            f"There is no “{name}” for “{audience}”: {reason}. "
            f"It exists for: {', '.join(library.readers(publication))}."
        )
    return publication


def explain_what_is_said(manuscript: Manuscript) -> Manuscript:
    """Return the manuscript with only those glossary terms that its print says elsewhere."""
    if not any(section.part == "glossary" for section in manuscript.sections):
        return manuscript
    said = " ".join(
        to_plain(words)
        for section in manuscript.sections
        if section.part != "glossary"
        for words in words_of(section, manuscript)
    )

    def is_said(entry: Entry) -> bool:
        return re.search(rf"\b{re.escape(entry.term)}(e?s)?\b", said, re.IGNORECASE) is not None

    sections = (
        replace(section, entries=tuple(filter(is_said, section.entries)))
        if section.part == "glossary"
        else section
        for section in manuscript.sections
    )
    return replace(manuscript, sections=tuple(sections))


CLOSED_BACK = 3
"""How many panels of a zigzag are read before the one that is the back when it is closed."""


def _folded(sections: tuple[Section, ...], fold: Fold) -> tuple[Section, ...]:
    """Return the sections of a leaflet as its fold shows them, one after the other.

    In a zigzag the fourth panel is the back, and the last two stand on the other side of the sheet.
    """
    starts = [number for number, section in enumerate(sections) if not section.joins]
    if fold != "z" or len(starts) <= CLOSED_BACK:
        return sections
    turn, last = starts[CLOSED_BACK], starts[-1]
    return (*sections[:turn], *sections[last:], *sections[turn:last])


def _require_picked(manuscript: Manuscript, picked: Mapping[str, tuple[str, ...]]) -> None:
    """Refuse a sheet that lacks anything that was picked for it."""
    for part, ids in picked.items():
        printed = {entry.id for entry in manuscript.entries(part)}
        if lost := [id for id in ids if id not in printed]:
            raise UnknownName(
                f"“{manuscript.edition.publication}” has no place for “{lost[0]}”, which was "
                "picked. Leave it out."
            )


def _signed(review: Review | None) -> tuple[str, str, str] | None:
    return (review.name, review.role, review.date.isoformat()) if review else None


@dataclass(frozen=True)
class _Chooser:
    topic: TopicLibrary
    edition: Edition
    lineage: tuple[str, ...]
    meanings: Mapping[str, str]
    picked: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, library: Library, edition: Edition, words: Mapping[str, str]) -> "_Chooser":
        published(library, edition.topic, edition.publication, edition.audience)
        topic, audience = library.topics[edition.topic], library.audiences[edition.audience]
        region = _known(library.regions, edition.region, "region")
        lineage = library.lineage(edition.audience)
        said = {**PEN_FILLED, **region.words, **words}
        meanings = {token: unbroken(meaning) for token, meaning in said.items()}
        picked = picks(edition, topic, lineage, audience.exercise_limit)
        return cls(topic, edition, lineage, meanings, picked)

    def say(self, text: Text) -> str:
        """Return the words for this audience and region."""
        return fill(text.said_to(*self.lineage), self.meanings)

    def admits(self, one: Item | Caution) -> bool:
        """Return whether an item or a caution may reach this audience."""
        return refusal(one, self.lineage) is None

    def planned(self, plans: tuple[Planned, ...]) -> Iterator[Planned]:
        """Yield the sections of this audience and setting; what was picked is printed once."""
        taken: set[str] = set()
        for plan in plans:
            if not stands(plan, self.edition.setting, self.lineage):
                continue
            if plan.part in self.picked:
                if plan.part in taken or not takes_picks(plan, plan.part):
                    continue
                taken.add(plan.part)
            yield plan

    def allowance(self, limit: int) -> int:
        """Return how many times the pages of a common sheet this one may take.

        What is picked or handed over may take a second sheet; so may each number of items that
        is advised for one sheet.
        """
        own = bool(self.picked) or self.edition.setting == "given"
        return (1 + own) * max((-(-len(ids) // limit) for ids in self.picked.values()), default=1)

    def sections(self, plans: tuple[Planned, ...]) -> Iterator[Section]:
        """Yield the sections in order; the gate gives way to a safety net in a given sheet."""
        cited: dict[str, Reference] = {}
        counts: dict[str, int] = {}
        for plan in self.planned(plans):
            entries = tuple(self.entries(plan, cited))
            counts[plan.part] = counts.get(plan.part, 0) + 1
            suffix = f"-{counts[plan.part]}" if counts[plan.part] > 1 else ""
            yield Section(
                part=plan.part,
                id=plan.part + suffix,
                title=self.say(plan.title) if plan.title else None,
                intro=self.say(plan.intro) if plan.intro else None,
                wording=plan.wording,
                detail=plan.detail,
                joins=plan.joins,
                fills=plan.fills,
                entries=entries,
                figure=self.say(plan.figure) if plan.figure else None,
            )

    def entries(self, plan: Planned, cited: dict[str, Reference]) -> Iterator[Entry]:
        topic, cautions = self.topic, self.topic.cautions
        items: Mapping[str, Mapping[str, Item]] = {
            "self-care": topic.self_care,
            "exercises": topic.exercises,
            "techniques": topic.techniques,
            "causes": topic.causes,
            "questions": topic.questions,
            "myths": topic.myths,
        }
        if plan.part in items:
            yield from self.items(plan, items[plan.part], cited)
        elif plan.part == "warning-signs":
            yield from self.tiers(plan, cited)
        elif plan.part == "cautions":
            for list in (
                cautions.do_not,
                cautions.ask_first,
                cautions.never_press,
                cautions.stop_signs,
            ):
                yield from self.headed("caution-list", self.name_of(list), list, cited)
        elif plan.part == "gate":
            notice = cautions.gate if self.edition.setting == "rack" else cautions.safety_net
            yield self.entry("notice", "gate", notice, cited)
        elif plan.part == "scale":
            yield self.entry("scale", "scale", cautions.scale, cited)
        elif plan.part == "glossary":
            terms = (self.entry("term", id, term, cited) for id, term in topic.glossary.items())
            yield from sorted(terms, key=lambda term: str(term.term).casefold())
        elif plan.part == "about":
            yield Entry("about", "about", (("lines", self.texts(topic.topic.about)),))
        elif plan.part in ("screening", "evidence", "undecided"):
            yield from self.clinical(plan.part, cited)
        elif plan.part == "references":
            for id in sorted(cited, key=lambda id: int(id[1:])):
                yield self.entry("reference", id, cited[id], {})

    def items(
        self, plan: Planned, items: Mapping[str, Item], cited: dict[str, Reference]
    ) -> Iterator[Entry]:
        chosen = self.picked.get(plan.part) or self.ordered(plan, tuple(items))
        for id in chosen:
            item = items[id]
            if self.admits(item):
                yield self.entry(plan.part, id, item, cited)

    def ordered(self, plan: Planned, every: tuple[str, ...]) -> tuple[str, ...]:
        """Return the section's ids in order.

        A list that is not this audience's own is led by what the topic puts first for it.
        """
        chosen = plan.chosen_for(*self.lineage)
        chosen = every if chosen is None else chosen
        if set(self.lineage) & set(plan.items):
            return chosen
        readers = (self.topic.readers[id] for id in self.lineage if id in self.topic.readers)
        part = cast(ItemPart, plan.part)
        first = next((reader.first[part] for reader in readers if part in reader.first), ())
        return (*(id for id in first if id in chosen), *(id for id in chosen if id not in first))

    def clinical(self, part: str, cited: dict[str, Reference]) -> Iterator[Entry]:
        """Yield what only clinicians read."""
        clinical = self.topic.clinical
        records: Mapping[str, tuple[str, Mapping[str, Record]]] = {
            "screening": ("checklist", clinical.screening),
            "evidence": ("finding", clinical.findings),
            "undecided": ("undecided", clinical.undecided),
        }
        kind, found = records[part]
        for id, record in found.items():
            if isinstance(record, Checklist):
                yield from self.headed(kind, id, record, cited)
            else:
                yield self.entry(kind, id, record, cited)

    def tiers(self, plan: Planned, cited: dict[str, Reference]) -> Iterator[Entry]:
        """Yield the tiers of the signs; those of an extract point to what is not in it."""
        extract = self.topic.publications[self.edition.publication].kind in EXTRACTS
        for name in plan.tiers:
            tier = self.topic.tiers[name]
            pointer = tier.elsewhere if extract else tier.pointer
            yield self.entry("tier", name, tier.model_copy(update={"pointer": pointer}), cited)

    def name_of(self, list: CautionList) -> str:
        return next(name for name, value in self.topic.cautions if value is list)

    def headed(
        self, kind: str, id: str, list: CautionList | Checklist, cited: dict[str, Reference]
    ) -> Iterator[Entry]:
        """Yield a headed list with what may reach this audience, unless that is nothing."""
        entries = {id: one for id, one in list.entries.items() if self.admits(one)}
        if entries:
            yield self.entry(kind, id, list.model_copy(update={"entries": entries}), cited)

    def entry(self, kind: str, id: str, record: Record, cited: dict[str, Reference]) -> Entry:
        """Word every field of ``record`` and note the references that it cites."""
        hidden = NEVER_PRINTED_OF_ITEMS if isinstance(record, Item) else NEVER_PRINTED
        fields = []
        for name, value in record:
            if name == "evidence":
                value = record.evidence_of(*self.lineage) if isinstance(record, Sourced) else value
                cited.update({id: self.topic.references[id] for id in value})
            if name not in hidden:
                fields.append((name, self.settle(value, cited)))
        return Entry(kind, id, tuple(fields))

    def settle(self, value: object, cited: dict[str, Reference]) -> Value:
        """Return ``value`` with every text worded: mappings as (id, words) pairs or entries."""
        match value:
            case Text():
                return self.say(value)
            case Range():
                return (value.least, value.most)
            case Record():
                kind = type(value).__name__.lower()
                return self.entry(kind, kind, value, cited)
            case Mapping() if all(isinstance(inner, Text) for inner in value.values()):
                return self.texts(value)
            case Mapping():
                return tuple(
                    self.entry(type(inner).__name__.lower(), str(id), inner, cited)
                    for id, inner in value.items()
                )
            case tuple():
                return tuple(self.settle(inner, cited) for inner in value)
            case _:
                return value

    def texts(self, texts: Mapping[str, Text]) -> tuple[tuple[str, str], ...]:
        return tuple((id, self.say(text)) for id, text in texts.items())


def _known(names: Mapping[str, Named], name: str, what: str) -> Named:
    if name not in names:
        raise unknown(what, name, names)
    return names[name]
