"""Every rule over the sources and brands, and how every publication reads."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from clinicpress.checks.judge import Finding, Judge, Reading, Where, merged
from clinicpress.checks.phrases import wrong_phrases
from clinicpress.checks.reading import chapters as chapters_of
from clinicpress.checks.sources import broken_rules, unprintable_of_clinic
from clinicpress.checks.unread import never_read, sheets_of_picks, sheets_of_unread
from clinicpress.checks.written import Written, written, written_for_all
from clinicpress.content.library import Library, TopicLibrary
from clinicpress.content.model import Publication
from clinicpress.content.reader import PUBLICATIONS, read_library
from clinicpress.content.text import fill
from clinicpress.design.brand import brand_ids, lineage, read_brand
from clinicpress.editions.edition import Edition
from clinicpress.editions.manuscript import Manuscript
from clinicpress.editions.picking import refusal
from clinicpress.editions.selection import select
from clinicpress.errors import Place, Problem, Problems, UnknownName, meant_by, nearest, unknown
from clinicpress.files.documents import parse
from clinicpress.files.paths import strange_below
from clinicpress.orders.plan import chosen_topics
from clinicpress.orders.request import ALL


@dataclass(frozen=True)
class Inspection:
    """How every publication reads, in the order of the sources, and all that is to be mended."""

    readings: tuple[Reading, ...]
    findings: tuple[Problem, ...]


UNWRITTEN = "TODO"
"""The rule that what is still to be written breaks: a draft may."""


def inspect(
    sources: Path, layouts: Path, audiences: Sequence[str], brands: Sequence[str], today: date,
    *, topics: Sequence[str] = (), draft: bool = False,
) -> Inspection:  # fmt: skip
    """Check the content and return what was found.

    ``audiences``, ``brands`` and ``topics`` narrow the check; empty, they mean all. In a ``draft``
    texts may be still to be written. Raises UnknownName for a name that is none, EnvironmentFault
    if a folder or font cannot be read.
    """
    try:
        library = _narrowed(read_library(sources), topics)
    except Problems as error:
        return Inspection((), error.problems)
    findings = {one for each in library.broken.values() for one in each.problems}
    findings.update(_brand_findings(library, layouts, brands))
    return _inspected(library, sources, layouts, audiences, today, findings, draft=draft)


def inspect_topic(
    sources: Path, layouts: Path, topic: str, today: date, *, draft: bool = False
) -> tuple[Problem, ...]:
    """Check one topic, and return what was found in it and in what all topics share.

    Raises UnknownName if there is no such topic, EnvironmentFault if a folder cannot be read.
    """
    try:
        library = _narrowed(read_library(sources), [topic])
    except Problems as error:
        return error.problems
    return _inspected(library, sources, layouts, (), today, set(), draft=draft).findings


def _narrowed(library: Library, topics: Sequence[str]) -> Library:
    """Return a library of some topics. Raises Problems if one of them cannot be read."""
    if not topics or ALL in topics:
        return library
    kept = {id: library.topics[id] for id in chosen_topics(topics, library)}
    return replace(library, topics=kept, broken={})


def _inspected(
    library: Library, sources: Path, layouts: Path, audiences: Sequence[str], today: date,
    findings: set[Problem], *, draft: bool,
) -> Inspection:  # fmt: skip
    """Return how a library's topics read, and what was found in them beside ``findings``."""
    readings: tuple[Reading, ...] = ()
    if library.topics:
        findings.update(broken_rules(library, library.topics, today, sources, layouts, ()))
        readers = _audiences(library, audiences)
        editions = tuple(_editions(library, readers))
        read_one = _reader(library, sources)
        readings = tuple(_readings(library, editions, read_one, findings))
        broken = [found for reading in readings for found in reading.findings]
        handed = (replace(edition, setting="given") for edition in editions
                  if "given" in _publication(library, edition).settings)  # fmt: skip
        broken += _findings_beyond(broken, _readings(library, handed, read_one, findings))
        read = _items_read(readings)
        region = _no_country(library)
        unread = tuple(sheets_of_unread(library, readers, read, region))
        picked = dict.fromkeys((*unread, *sheets_of_picks(library, readers, region)))
        broken += _findings_of_items(library, picked, read_one)
        findings.update(merged(broken, library.audiences))
        all_read = len(readings) == len(editions)  # else it is told why one was not
        if all_read and not audiences:
            findings.update(never_read(library, read, unread))
    told = (one for one in findings if not (draft and one.code == UNWRITTEN))
    return Inspection(readings, tuple(sorted(told)))


def _brand_findings(library: Library, layouts: Path, brands: Sequence[str]) -> Iterator[Problem]:
    if strange := list(strange_below(layouts)):
        yield from strange
        return
    never = [phrase for topic in library.topics.values() for phrase in topic.topic.never_print]
    for brand in brands or brand_ids(layouts):
        try:
            read_brand(layouts, brand, library.tokens(), library.regions)
            yield from unprintable_of_clinic(layouts, brand, never)
            yield from wrong_phrases(layouts, lineage(layouts, brand), never)
        except Problems as error:
            yield from error.problems


def _audiences(library: Library, asked: Sequence[str]) -> list[str]:
    """Return the audiences that some publication exists for; of these, those asked for."""
    served = [
        name
        for name in library.audiences
        if any(
            plan.serves(*library.lineage(name))
            for topic in library.topics.values()
            for plan in topic.publications.values()
        )
    ]
    for name in asked:
        if name not in library.audiences:
            meant = meant_by(name, library.audiences)
            raise unknown("audience", name, library.audiences, meant=meant)
        if name not in served:
            raise UnknownName(f"There is no publication for “{name}” yet. {nearest(name, served)}")
    return [name for name in served if name in (asked or served)]


def _editions(library: Library, audiences: Sequence[str]) -> Iterator[Edition]:
    """Yield every publication for each of its audiences, in the order of the sources.

    It is read without a country, since its words are longest then.
    """
    region = _no_country(library)
    for id, topic in library.topics.items():
        for name, publication in topic.publications.items():
            for audience in audiences:
                if publication.serves(*library.lineage(audience)):
                    yield Edition(id, name, audience, "standard", "en", region, "default", "A4",
                                  kind=publication.kind)  # fmt: skip


def _readings(
    library: Library,
    editions: Iterable[Edition],
    read_one: Callable[[Manuscript], Reading],
    findings: set[Problem],
) -> Iterator[Reading]:
    """Yield what is read of each edition.

    One that is unsafe to print adds its problems to ``findings`` instead.
    """
    for edition in editions:
        try:
            manuscript = select(library, edition)
        except Problems as error:
            findings.update(error.problems)
        else:
            yield read_one(manuscript)


def _findings_beyond(told: Iterable[Finding], readings: Iterable[Reading]) -> Iterator[Finding]:
    """Yield what is wrong in the readings, unless the same rule is ``told`` broken there already.

    A sheet that is handed over shares most of its words with the one that is picked up: the mean
    of its chapters differs a little, and would be told twice.
    """

    def rule(found: Finding) -> tuple[Place, str, str, str | None]:
        return found.place, found.code, found.audience, found.publication

    known = set(map(rule, told))
    yield from (found for one in readings for found in one.findings if rule(found) not in known)


def _no_country(library: Library) -> str:
    return "neutral" if "neutral" in library.regions else next(iter(library.regions))


def _publication(library: Library, edition: Edition) -> Publication:
    return library.topics[edition.topic].publications[edition.publication]


def _items_read(readings: Iterable[Reading]) -> Mapping[tuple[str, str], frozenset[str]]:
    """Return the ids of the items that were read, by topic and audience."""
    read: dict[tuple[str, str], frozenset[str]] = {}
    for one in readings:
        ids = frozenset(item.id for chapter in one.chapters for item in chapter.items)
        read[one.topic, one.audience] = read.get((one.topic, one.audience), frozenset()) | ids
    return read


def _findings_of_items(
    library: Library, sheets: Iterable[Edition], read_one: Callable[[Manuscript], Reading]
) -> Iterator[Finding]:
    """Yield what is wrong with the words of the items that the sheets are made for.

    What concerns a sheet as a whole is left out, and so is a sheet that is unsafe to print: the
    publication that it is made from has told so already.
    """
    for edition in sheets:
        with suppress(Problems):
            reading = read_one(select(library, edition))
            yield from (found for found in reading.findings if found.publication is None)


def _read(manuscript: Manuscript, library: Library, sources: Path, where: Where) -> Reading:
    edition = manuscript.edition
    topic, audience = library.topics[edition.topic], library.audiences[edition.audience]
    glossary = (term.term for term in topic.glossary.values())
    judge = Judge(
        manuscript,
        chapters_of(manuscript),
        audience,
        where,
        _section_places(manuscript, library, sources),
        tuple(words for term in glossary for words in (term.default, *term.variants.values())),
        (*topic.topic.known_words, UNWRITTEN),
    )
    return judge.reading()


def _reader(library: Library, sources: Path) -> Callable[[Manuscript], Reading]:
    """Return a function that reads a manuscript; where words are written is found once a topic."""
    finder = cache(lambda id: _finder(library.topics[id], library, sources))

    def read_one(manuscript: Manuscript) -> Reading:
        return _read(manuscript, library, sources, finder(manuscript.edition.topic)(manuscript))

    return read_one


def _finder(topic: TopicLibrary, library: Library, sources: Path) -> Callable[[Manuscript], Where]:
    """Return a function that tells for a manuscript where its words are written.

    A line is looked up only when it is asked for, and the words of a region are filled in once.
    """
    texts = (*written_for_all(library, sources), *written(topic, sources))

    @cache
    def filled(meanings: tuple[tuple[str, str], ...]) -> Mapping[str, Written]:
        return {fill(text.words, dict(meanings)): text for text in texts}

    def where_in(manuscript: Manuscript) -> Where:
        found = filled(manuscript.meanings)
        return lambda words: found[words].place if words in found else None

    return where_in


def _section_places(manuscript: Manuscript, library: Library, sources: Path) -> tuple[Place, ...]:
    """Return where each section of a manuscript is planned."""
    edition = manuscript.edition
    lineage = library.lineage(edition.audience)
    publication = library.topics[edition.topic].publications[edition.publication]
    document = parse(sources / edition.topic / PUBLICATIONS / f"{edition.publication}.yaml")
    audience = next(id for id in (*lineage, "default") if id in publication.plans)
    return tuple(
        document.place(("sections", audience, number))
        for number, plan in enumerate(publication.sections_for(*lineage))
        if plan.setting in (None, edition.setting) and refusal(plan, lineage) is None
    )
