"""What no publication prints as it stands: items that a clinician picks, or that nobody gets."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from clinicpress.content.library import Library, TopicLibrary
from clinicpress.content.model import Exercise, Technique
from clinicpress.editions.edition import Edition
from clinicpress.editions.picking import PICKED, Part, handouts_for, refusal
from clinicpress.errors import Problem

Read = Mapping[tuple[str, str], frozenset[str]]
"""Ids of the items that publications print, by topic and audience."""


def sheets_of_unread(
    library: Library, audiences: Sequence[str], read: Read, region: str
) -> Iterator[Edition]:
    """Yield a sheet for each item and audience that may pick it and gets it in no publication."""
    for id, topic in library.topics.items():
        for audience in audiences:
            lineage = library.lineage(audience)
            for part in PICKED:
                for handout in handouts_for(topic, part, lineage)[:1]:
                    for item in _pickable(topic, part, lineage):
                        if item not in read.get((id, audience), ()):
                            yield _sheet_of(part, item, (id, handout, audience), region)


def sheets_of_picks(library: Library, audiences: Sequence[str], region: str) -> Iterator[Edition]:
    """Yield a sheet of one item for each handout and audience: it says what only a pick says."""
    for id, topic in library.topics.items():
        for audience in audiences:
            lineage = library.lineage(audience)
            for part in PICKED:
                for item in list(_pickable(topic, part, lineage))[:1]:
                    for handout in handouts_for(topic, part, lineage):
                        yield _sheet_of(part, item, (id, handout, audience), region)


def _sheet_of(part: Part, item: str, key: tuple[str, str, str], region: str) -> Edition:
    return Edition(*key, "standard", "en", region, "default", "A4", **{part: (item,)})  # type: ignore[arg-type]


def _pickable(topic: TopicLibrary, part: Part, lineage: Sequence[str]) -> Iterator[str]:
    items: Mapping[str, Exercise | Technique] = getattr(topic, part)
    for id, item in items.items():
        if item.steps and refusal(item, lineage) is None:
            yield id


def never_read(library: Library, read: Read, picked: Iterable[Edition]) -> Iterator[Problem]:
    """Yield a Problem for each item that no publication prints and nobody can pick."""
    sheets = {(sheet.topic, id) for sheet in picked for id in (*sheet.exercises, *sheet.techniques)}
    printed = {(topic, id) for (topic, _), ids in read.items() for id in ids}
    for name, topic in library.topics.items():
        for _, item in topic.items():
            if (name, item.id) not in sheets | printed:
                yield Problem(
                    topic.place(item.id),
                    "ITEM-UNREAD",
                    f"no publication prints “{item.id}”, so its words were not read",
                    "Name it in a publication, or take its file out.",
                )
