"""Chooses, for one edition, what is said: Library + Edition -> Manuscript."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar, cast

from clinicpress.content.library import Library, TopicLibrary
from clinicpress.content.model import (
    EXTRACTS,
    TAKES_ITEMS,
    Checklist,
    Item,
    ItemPart,
    Kind,
    Passage,
    Publication,
)
from clinicpress.content.model import Section as Planned
from clinicpress.content.text import to_plain, unbroken
from clinicpress.editions.edition import Edition, Fold
from clinicpress.editions.manuscript import Entry, Manuscript, Section
from clinicpress.editions.picking import advice, picks, stands, takes_picks
from clinicpress.editions.plates import illustrated
from clinicpress.editions.printed import words_of
from clinicpress.editions.safety import unsafe
from clinicpress.editions.wording import Wording
from clinicpress.errors import Problems, UnknownName, unknown

Named = TypeVar("Named")

PEN_FILLED = {"review-date": "____________", "clinic-phone": "____________"}
"""Tokens that stand as a rule to write on where no brand fills them."""


def select(library: Library, edition: Edition, words: Mapping[str, str] = {}) -> Manuscript:
    """Return the words of ``edition``; ``words`` are the brand's own, such as its phone number.

    Raises UnknownName if there is no such edition, and Problems if it would be unsafe to print.
    """
    chooser = _Chooser.of(library, edition, words)
    topic, publication = chooser.topic, chooser.topic.publications[edition.publication]
    audience, say = library.audiences[edition.audience], chooser.wording.say
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
        not_for_whom=_not_for_whom(topic, chooser.lineage) or audience.not_for_whom,
        main_message=say(message),
        call_to_action=say(publication.call_to_action or topic.topic.call_to_action),
        version=topic.topic.version,
        date=topic.topic.date.isoformat(),
        review_by=topic.topic.review_by.isoformat(),
        stop=say(topic.cautions.stop_signs.short) if topic.cautions.stop_signs else "",
        notes=tuple(library.regions[edition.region].notes_beside(words).items()),
        meanings=tuple(sorted(chooser.wording.meanings.items())),
        sections=sections,
        pictures=audience.pictures,
        clinical=audience.clinical,
        blank_doses=(edition.dose or audience.dose) == "blank",
        most_pages=audience.most_pages,
        allowance=audience.sheets * chooser.allowance(audience.exercise_limit),
        warnings=advice(chooser.picked, edition.audience, audience.exercise_limit),
        cover=cover,
        urgent=topic.urgent,
        no_signs=tuple((tier, say(why)) for tier, why in topic.topic.no_signs_because.items()),
        diary=chooser.wording.texts(topic.topic.diary),
        watermark="draft" if edition.draft else "",
        practised=bool(topic.exercises or topic.techniques),
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


def _not_for_whom(topic: TopicLibrary, lineage: Sequence[str]) -> str | None:
    """Return whom the topic says that it is not for, of an audience or one that it is like."""
    readers = (topic.readers[id] for id in lineage if id in topic.readers)
    return next((reader.not_for_whom for reader in readers if reader.not_for_whom), None)


@dataclass(frozen=True)
class _Chooser:
    topic: TopicLibrary
    edition: Edition
    wording: Wording
    picked: Mapping[str, tuple[str, ...]]
    pictures: bool

    @classmethod
    def of(cls, library: Library, edition: Edition, words: Mapping[str, str]) -> "_Chooser":
        published(library, edition.topic, edition.publication, edition.audience)
        topic, audience = library.topics[edition.topic], library.audiences[edition.audience]
        region = _known(library.regions, edition.region, "region")
        lineage = library.lineage(edition.audience)
        said = {**PEN_FILLED, **region.words, **words}
        meanings = {token: unbroken(meaning) for token, meaning in said.items()}
        picked = picks(edition, topic, lineage, audience.exercise_limit)
        wording = Wording(lineage, meanings, topic.references)
        return cls(topic, edition, wording, picked, audience.pictures)

    @property
    def kind(self) -> Kind:
        """What kind of publication it is."""
        return self.topic.publications[self.edition.publication].kind

    @property
    def beside_signs(self) -> bool:
        """Whether the gate stands right above the emergency signs, and not in rows of pictures."""
        return self.kind == "handout" and not self.pictures

    @property
    def lineage(self) -> Sequence[str]:
        """The audience, and those that it is like."""
        return self.wording.lineage

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
        say = self.wording.say
        counts: dict[str, int] = {}
        for plan in self.planned(plans):
            entries = tuple(self.entries(plan))
            counts[plan.part] = counts.get(plan.part, 0) + 1
            suffix = f"-{counts[plan.part]}" if counts[plan.part] > 1 else ""
            yield Section(
                part=plan.part,
                id=plan.part + suffix,
                title=say(plan.title) if plan.title else None,
                intro=say(plan.intro) if plan.intro else None,
                wording=plan.wording,
                detail=plan.detail,
                joins=plan.joins,
                fills=plan.fills,
                entries=entries,
                figure=say(plan.figure) if plan.figure else None,
            )

    def entries(self, plan: Planned) -> Iterator[Entry]:
        """Yield what a section holds, by its part."""
        topic, cautions, word = self.topic, self.topic.cautions, self.wording
        if plan.part in TAKES_ITEMS:
            yield from self.items(plan, topic.items_of(plan.part))
        elif plan.part == "warning-signs":
            yield from self.tiers(plan)
        elif plan.part == "cautions":
            for name in ("do_not", "ask_first", "never_press", "stop_signs"):
                if held := getattr(cautions, name):
                    yield from word.headed(name, held)
        elif plan.part == "never-press" and (places := cautions.never_press):
            rest = {id: each for id, each in places.entries.items() if not each.on_map}
            said = {id: each for id, each in rest.items() if word.admits(each)}
            yield word.entry("never_press", places.model_copy(update={"entries": said}))
        elif plan.part == "gate":
            notice = cautions.gate if self.edition.setting == "rack" else cautions.safety_net
            if notice:
                yield word.entry("gate", notice.beside_signs() if self.beside_signs else notice)
        elif plan.part == "scale" and cautions.scale:
            yield word.entry("scale", cautions.scale)
        elif plan.part == "glossary":
            terms = (word.entry(id, term) for id, term in topic.glossary.items())
            yield from sorted(terms, key=lambda term: str(term.term).casefold())
        elif plan.part == "about":
            yield Entry("about", "about", (("lines", word.texts(topic.topic.about)),))
        elif plan.part in ("screening", "evidence", "undecided"):
            yield from self.clinical(plan.part)
        elif plan.part == "references":
            rests_on = topic.references if self.kind == "handout" else word.cited
            for id in sorted(rests_on, key=lambda id: int(id[1:])):
                yield word.entry(id, rests_on[id])

    def items(self, plan: Planned, items: Mapping[str, Item]) -> Iterator[Entry]:
        """Yield what was picked, or what is planned, of what may reach this audience."""
        chosen = self.picked.get(plan.part) or self.ordered(plan, tuple(items))
        yield from (
            self.wording.entry(id, items[id]) for id in chosen if self.wording.admits(items[id])
        )

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

    def clinical(self, part: str) -> Iterator[Entry]:
        """Yield what only clinicians read."""
        clinical = self.topic.clinical
        records: Mapping[str, Mapping[str, Passage]] = {
            "screening": clinical.screening,
            "evidence": clinical.findings,
            "undecided": clinical.undecided,
        }
        for id, record in records[part].items():
            if isinstance(record, Checklist):
                yield from self.wording.headed(id, record)
            else:
                yield self.wording.entry(id, record)

    def tiers(self, plan: Planned) -> Iterator[Entry]:
        """Yield the tiers of the signs; those of an extract point to what is not in it."""
        extract = self.topic.publications[self.edition.publication].kind in EXTRACTS
        for name in plan.tiers:
            tier = self.topic.tiers[name]
            pointer = tier.elsewhere if extract else tier.pointer
            yield self.wording.entry(name, tier.model_copy(update={"pointer": pointer}))


def _known(names: Mapping[str, Named], name: str, what: str) -> Named:
    if name not in names:
        raise unknown(what, name, names)
    return names[name]
