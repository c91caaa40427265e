"""Rules over the sources: what stops every print, and what only ``generate check`` reports.

Text is read with its place, so that each Problem names the line that an editor has to mend.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any, get_args

from clinicpress.checks.claims import claimed, contradicted, never_printed
from clinicpress.checks.glyphs import missing_glyphs
from clinicpress.checks.losses import lost_in_lines, lost_numbers, lost_symptoms
from clinicpress.checks.phrases import wrong_phrases
from clinicpress.checks.sayings import unsaid
from clinicpress.checks.signing import wrong_sign_offs
from clinicpress.checks.slots import wrong_as_written
from clinicpress.checks.written import (
    Written,
    files_of,
    texts_in,
    written,
    written_below,
    written_by_clinic,
    written_for_all,
    written_in,
)
from clinicpress.content.library import Library, TopicLibrary
from clinicpress.content.links import refusal
from clinicpress.content.model import (
    TAKES_ITEMS,
    Dose,
    Item,
    Practice,
    Range,
    Setting,
    SignGroup,
    Sourced,
)
from clinicpress.content.reader import FILES, PUBLICATIONS, sources_of
from clinicpress.content.text import wrong_links
from clinicpress.content.walk import Found
from clinicpress.design.brand import lineage, stated
from clinicpress.design.qr import AS_LONG, filled
from clinicpress.editions.edition import Edition
from clinicpress.editions.picking import PICKED, Part, picks
from clinicpress.errors import Place, Problem, UnknownName, shown
from clinicpress.files.documents import parse


def broken_rules(
    library: Library,
    topics: Collection[str],
    today: date,
    sources: Path,
    layouts: Path,
    brands: Collection[str],
) -> Iterator[Problem]:
    """Yield a Problem for each rule of this module that ``topics`` or ``brands`` break.

    The register says which of them stop a print. Raises EnvironmentFault if a font cannot be read.
    """
    yield from overdue(library, topics, today, sources)
    yield from wrong_sign_offs(library, topics, today)
    for id in topics:
        yield from unwritten(sources / id)
    yield from unprintable(library, topics, sources, layouts, brands)
    for id in topics:
        yield from unrequired(library.topics[id], sources)
        yield from coded_twice(library.topics[id], sources)
        yield from unordered(library.topics[id], sources)
        yield from unusual(library.topics[id], sources)
        yield from unsupported(library.topics[id], sources)
        yield from unexplained(library.topics[id], sources)


TODO = re.compile(r"\bTODO\b")


def unwritten(folder: Path) -> Iterator[Problem]:
    """Yield a Problem for each text in the folder of a topic that is still to be written."""
    for path in written_below(folder):
        document = parse(path)
        for loc, words in texts_in(document.data, ()):
            if TODO.search(words):
                steps = (step if isinstance(step, str) else f"entry {step + 1}" for step in loc)
                wrong = f"“{' › '.join(steps)}” is still to be written"
                hint = "Write it, and take the word TODO out; with --draft it is printed as it is."
                yield Problem(document.place(loc), "TODO", wrong, hint)


def overdue(
    library: Library, topics: Iterable[str], today: date, sources: Path
) -> Iterator[Problem]:
    """Yield a Problem for each topic whose review date is past."""
    for id in sorted(topics):
        topic = library.topics[id].topic
        if today > topic.review_by:
            yield Problem(
                parse(sources / id / "topic.yaml").place(("review_by",)),
                "OVERDUE",
                f"version {topic.version} was to be reviewed by {topic.review_by}",
                "Have a clinician review the content, then set a new version and date.",
            )


def unprintable(
    library: Library, topics: Collection[str], sources: Path, layouts: Path, brands: Collection[str]
) -> Iterator[Problem]:
    """Yield a Problem for all in ``topics`` and ``brands`` that must not go to paper.

    That is a character that the fonts of ``layouts`` lack, a phrase of ``never_print``, a claim, a
    link that leads nowhere, a sign whose wording loses a symptom or a number, or a selection that
    cannot be picked. Raises EnvironmentFault if a font cannot be read.
    """
    never = [phrase for id in topics for phrase in library.topics[id].topic.never_print]
    family = dict.fromkeys(id for brand in brands for id in lineage(layouts, brand))
    yield from wrong_phrases(layouts, family, never)
    yield from misleading_links(files_of(sources, topics))
    shared = (*written_for_all(library, sources), *written_in(library.artworks, sources))
    for brand in brands:
        yield from unprintable_of_clinic(layouts, brand, never)
    for id in sorted(topics):
        topic = library.topics[id]
        figures = written_in(topic.artworks, sources / id)
        words = (*shared, *written(topic, sources), *figures)
        told = [text for text in words if not _is_myth_title(text)]
        yield from missing_glyphs(((text.words, text) for text in words), layouts)
        yield from never_printed(topic.topic.never_print, told)
        yield from claimed(told)
        yield from lost_symptoms(topic, sources)
        yield from lost_in_lines(topic, sources)
        yield from lost_numbers(topic, sources)
        yield from unpickable(library, topic, sources)


def unprintable_of_clinic(layouts: Path, brand: str, never: Iterable[str]) -> Iterator[Problem]:
    """Yield a Problem for all in a brand's files that must not go to paper.

    ``never`` are phrases. Raises Problems if the file is wrong.
    """
    words = tuple(written_by_clinic(layouts, brand))
    yield from missing_glyphs(((text.words, text) for text in words), layouts)
    yield from misleading_links(path for path, _ in stated(layouts, brand))
    yield from never_printed(never, words)
    yield from claimed(words, by_clinic=True)
    yield from _nowhere(layouts, brand)
    yield from contradicted(text for text in words if text.loc[0] not in ("name", "words"))
    for text in words:
        yield from unsaid([text], of_names=_is_name(text), ahead=int(text.loc[-1] in OPENING))
    folders = (path.parent for path, _ in stated(layouts, brand))
    yield from wrong_as_written(folders, never)


OPENING = ("hours", "out_of_hours")
"""Contacts that may name a day of next year: a clinic closes over the turn of the year."""


def _is_name(text: Written) -> bool:
    """Return whether words of a brand are what the clinic is called, or an address of the web."""
    return text.loc[0] in ("name", "qr") or (text.loc[-1] == "web" and " " not in text.words)


def _nowhere(layouts: Path, brand: str) -> Iterator[Problem]:
    """Yield a Problem if the QR code of a brand opens what no link of a print may."""
    for path, own in stated(layouts, brand):
        if own.qr and (refused := refusal(filled(own.qr, AS_LONG))):
            wrong = f"the address “{own.qr}” {refused[0]}"
            yield Problem(parse(path).place(("qr",)), "LINK", wrong, refused[1])


def misleading_links(files: Iterable[Path]) -> Iterator[Problem]:
    """Yield a Problem for each link, in any text of the files, that no print may hold."""
    for document in map(parse, files):
        for loc, words in texts_in(document.data, ()):
            for wrong, mend in wrong_links(words):
                yield Problem(document.place(loc), "LINK", wrong, mend)


def _is_myth_title(text: Written) -> bool:
    return text.document.path.parent.name == "myths" and text.loc[0] == "title"


def unpickable(library: Library, topic: TopicLibrary, sources: Path) -> Iterator[Problem]:
    """Yield a Problem for each selection that an audience of its handout could not be given."""
    for name, publication in topic.publications.items():
        document = parse(sources / topic.topic.id / PUBLICATIONS / f"{name}.yaml")
        for id, part, audience in product(publication.selections, PICKED, library.audiences):
            lineage = library.lineage(audience)
            choices = getattr(publication.selections[id], part)
            if not choices or not publication.serves(*lineage):
                continue
            place = document.place(("selections", id, part, _key_for(lineage, choices)))
            if not publication.selections[id].chosen_for(part, *lineage):
                wrong = f"the selection “{id}” names no {part} for “{audience}”"
                yield Problem(place, "SELECTION", wrong, "List some for this audience, too.")
            elif refused := _refused_pick(library, topic, name, id, part, audience):
                wrong = f"the selection “{id}” cannot be picked for “{audience}”"
                yield Problem(place, "SELECTION", wrong, refused)


def _key_for(lineage: Iterable[str], choices: Mapping[str, object]) -> str:
    """Return the key under which stands what holds for an audience."""
    return next((audience for audience in lineage if audience in choices), "default")


def _refused_pick(
    library: Library, topic: TopicLibrary, name: str, selection: str, part: Part, audience: str
) -> str | None:
    """Return why nobody could be given a selection, whatever the setting, or None."""
    lineage, limit = library.lineage(audience), library.audiences[audience].exercise_limit
    picked: dict[str, Any] = {part: (selection,)}
    refused = None
    for setting in get_args(Setting):
        edition = Edition(topic.topic.id, name, audience, "", "", "", "", "", setting, **picked)
        try:
            picks(edition, topic, lineage, limit)
        except UnknownName as error:
            refused = str(error)
        else:
            return None
    return refused


def unsupported(topic: TopicLibrary, sources: Path) -> Iterator[Problem]:
    """Yield a Problem for each statement with neither evidence nor the mark ``editorial``.

    A sign leans on its group's evidence as well as its own.
    """
    for source in sources_of(topic, sources / topic.topic.id):
        for found in source.found:
            record, group = found.value, found.owner
            if not isinstance(record, Sourced) or record.evidence or record.editorial:
                continue
            if not (isinstance(group, SignGroup) and group.evidence):
                yield Problem(
                    source.document.place(found.loc),
                    "EVIDENCE",
                    f"“{_name(found)}” has neither evidence nor the mark `editorial`",
                    "Cite a source of references.yaml, or write `editorial: true`.",
                )


def unrequired(topic: TopicLibrary, sources: Path) -> Iterator[Problem]:
    """Yield a Problem for each urgent sign that is in no list of those that no print may lose."""
    document = parse(sources / topic.topic.id / FILES["tiers"][0])
    listed = topic.topic.required_signs
    known = {*listed.emergency, *listed.same_day}
    for tier in topic.urgent:
        for name, group in topic.tiers[tier].groups.items():
            for id in group.signs:
                if id not in known:
                    yield Problem(
                        document.place((tier, "groups", name, "signs", id)),
                        "SIGN-UNREQUIRED",
                        f"the sign “{id}” is in no list of `required_signs`",
                        "Name it there, in topic.yaml.",
                    )


def coded_twice(topic: TopicLibrary, sources: Path) -> Iterator[Problem]:
    """Yield a Problem for each item whose short code another has."""
    bearers: dict[str, str] = {}
    for source in sources_of(topic, sources / topic.topic.id):
        item = source.content
        if isinstance(item, Practice) and item.code:
            first = bearers.setdefault(item.code, item.id)
            if first != item.id:
                yield Problem(
                    source.document.place(("code",)), "CODE-TWICE",
                    f"“{item.id}” has the code {item.code}, and so has “{first}”",
                    "Give it one that no other has, and never had.",
                )  # fmt: skip


def unordered(topic: TopicLibrary, sources: Path) -> Iterator[Problem]:
    """Yield a Problem for each kind of item that is printed in an order that nobody stated."""
    folder, told = sources / topic.topic.id, set[str]()
    for id, publication in topic.publications.items():
        for section in publication.plans["default"]:
            part = section.part
            if part in told or part not in TAKES_ITEMS or section.chosen_for() is not None:
                continue
            stated = [item.order for item in topic.items_of(part).values()]
            if len(stated) > 1 and (None in stated or len(set(stated)) < len(stated)):
                told.add(part)
                yield Problem(
                    Place(shown(folder / PUBLICATIONS / f"{id}.yaml")), "ORDER-UNSAID",
                    f"it takes all of {part}, and their order is said by their names alone",
                    "Write `order: 1` and so on into each of them, or list them under `items`.",
                )  # fmt: skip


def unusual(topic: TopicLibrary, sources: Path) -> Iterator[Problem]:
    """Yield a Problem for each number of a dose that lies outside what the topic calls usual."""
    usual = {str(kind): dose for kind, dose in topic.topic.usual_doses.items()}
    for source in sources_of(topic, sources / topic.topic.id):
        item = source.content
        if not isinstance(item, Practice) or item.entry_kind not in usual:
            continue
        for dose in (found for found in source.found if isinstance(found.value, Dose)):
            for name, number in dose.value:
                wanted = getattr(usual[item.entry_kind], name)
                if isinstance(wanted, Range) and number and number not in wanted:
                    yield Problem(
                        source.document.place((*dose.loc, name)),
                        "DOSE-UNUSUAL",
                        f"“{item.id}” has {name}: {number}, and usual is {wanted}",
                        "Correct the number, or widen `usual_doses` in topic.yaml.",
                    )


def unexplained(topic: TopicLibrary, sources: Path) -> Iterator[Problem]:
    """Yield a Problem for each item that a clinician must judge and no note says on what."""
    for source in sources_of(topic, sources / topic.topic.id):
        item = source.content
        if isinstance(item, Item) and item.editorial and item.note is None:
            yield Problem(
                source.document.place(("editorial",)),
                "EDITORIAL-NOTE",
                f"“{item.id}” is marked `editorial`, but no `note` says what is to be judged",
                "Add a `note` for the clinician; it is never printed.",
            )


def _name(found: Found) -> str:
    return found.value.id if isinstance(found.value, Item) else str(found.loc[-1])
