"""What a clinician picks for one sheet: ids or the name of a selection -> ids, or a refusal."""

from collections.abc import Mapping, Sequence
from typing import Literal

from clinicpress.content.library import TopicLibrary
from clinicpress.content.model import (
    Caution,
    Exercise,
    Item,
    Publication,
    Section,
    Setting,
    Technique,
)
from clinicpress.editions.edition import Edition
from clinicpress.errors import UnknownName, unknown

Part = Literal["exercises", "techniques"]
PICKED: tuple[Part, ...] = ("exercises", "techniques")

MOST = 2
"""How many times the advised number of items may be picked; more is no longer a handout."""


def picks(
    edition: Edition, topic: TopicLibrary, lineage: Sequence[str], limit: int
) -> Mapping[str, tuple[str, ...]]:
    """Return the ids picked for the edition by part, each once, in the order asked for.

    A part for which nothing was picked is left out. ``limit`` is the number advised. Raises
    UnknownName for a name that is none, an item that is not for this audience, or far too many, and
    for a dose where there is none.
    """
    publication = topic.publications[edition.publication]
    if edition.dose and not _holds_doses(publication, lineage):
        raise UnknownName(f"“{edition.publication}” holds no doses. Leave --dose out.")
    found: dict[str, tuple[str, ...]] = {}
    for part in PICKED:
        if asked := getattr(edition, part):
            _require_part(edition, topic, part, lineage)
            found[part] = _expanded(asked, part, topic, publication, lineage)
            _require_fit(edition, topic, part, found[part], lineage, limit)
    return found


def refusal(one: Item | Section | Caution, lineage: Sequence[str]) -> str | None:
    """Return why an item, section or caution must not reach an audience, or None if it may."""
    for audience in lineage:
        if audience in one.not_for:
            return one.not_for[audience]
    if one.audiences and not set(lineage) & set(one.audiences):
        return f"it is only for {', '.join(one.audiences)}"
    return None


def stands(plan: Section, setting: Setting, lineage: Sequence[str]) -> bool:
    """Return whether a planned section stands in what this audience gets in this setting."""
    return plan.setting in (None, setting) and refusal(plan, lineage) is None


def takes_picks(plan: Section, part: str) -> bool:
    """Return whether a section prints what was picked; one that only fills a leaf may not print."""
    return plan.part == part and not plan.fills


def advice(picked: Mapping[str, tuple[str, ...]], audience: str, limit: int) -> tuple[str, ...]:
    """Return a warning for each part of which more was picked than is advised."""
    return tuple(
        f"{len(ids)} {part} were picked. For “{audience}” at most {limit} are advised: "
        "more are done less well. [PICK-MANY]"
        for part, ids in picked.items()
        if len(ids) > limit
    )


def _require_part(
    edition: Edition, topic: TopicLibrary, part: Part, lineage: Sequence[str]
) -> None:
    takers = handouts_for(topic, part, lineage, edition.setting)
    if edition.publication not in takers:
        hint = f"Pick them for: {', '.join(takers)}." if takers else "No handout takes any."
        raise UnknownName(f"In “{edition.publication}” no {part} can be picked. {hint}")


def handouts_for(
    topic: TopicLibrary, part: Part, lineage: Sequence[str], setting: Setting = "rack"
) -> list[str]:
    """Return the handouts of an audience for which items of ``part`` can be picked."""
    return [
        name
        for name, publication in topic.publications.items()
        if publication.serves(*lineage) and takes(publication, part, lineage, setting)
    ]


def takes(
    publication: Publication, part: Part, lineage: Sequence[str], setting: Setting = "rack"
) -> bool:
    """Return whether a handout is one for picks, as its message for them says, and of this part."""
    if publication.kind != "handout" or publication.chosen_message is None:
        return False
    return any(
        takes_picks(plan, part) and stands(plan, setting, lineage)
        for plan in publication.sections_for(*lineage)
    )


def _holds_doses(publication: Publication, lineage: Sequence[str]) -> bool:
    return any(section.part in PICKED for section in publication.sections_for(*lineage))


def _expanded(
    asked: Sequence[str], part: Part, topic: TopicLibrary, publication: Publication,
    lineage: Sequence[str],
) -> tuple[str, ...]:  # fmt: skip
    """Return ids, with each selection's name replaced by what it names."""
    items: Mapping[str, Exercise | Technique] = getattr(topic, part)
    ids: dict[str, None] = {}
    for name in asked:
        selection = publication.selections.get(name)
        if name in items:
            ids[name] = None
        elif selection and (named := selection.chosen_for(part, *lineage)):
            ids.update(dict.fromkeys(named))
        elif selection:
            raise UnknownName(f"The selection “{name}” names no {part}. Pick them by their names.")
        else:
            raise unknown(part[:-1], name, [*items, *publication.selections])
    return tuple(ids)


def _require_fit(
    edition: Edition, topic: TopicLibrary, part: Part, ids: tuple[str, ...],
    lineage: Sequence[str], limit: int,
) -> None:  # fmt: skip
    items: Mapping[str, Exercise | Technique] = getattr(topic, part)
    for id in ids:
        if reason := refusal(items[id], lineage):
            said = reason.rstrip(".")
            raise UnknownName(f"“{id}” is not for “{edition.audience}”: {said}. Leave it out.")
        if not items[id].steps:
            raise UnknownName(f"“{id}” is given by trained people and has no steps. Leave it out.")
    if len(ids) > MOST * limit:
        raise UnknownName(
            f"{len(ids)} {part} are too many for one sheet: for “{edition.audience}” {limit} are "
            f"advised and {MOST * limit} are the most. Leave some out."
        )
