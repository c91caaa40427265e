"""What every edition must carry before it may be printed, and where.

A manuscript that breaks one of these rules is never typeset.
"""

from collections.abc import Iterator, Sequence
from typing import cast

from clinicpress.content.library import TopicLibrary
from clinicpress.content.model import TAKES_ITEMS
from clinicpress.design.panels import PANELS
from clinicpress.editions.manuscript import Entry, Manuscript, Section
from clinicpress.editions.picking import refusal
from clinicpress.errors import Problem

CLINICAL = ("screening", "evidence", "undecided", "record")
"""Parts that only an audience with ``clinical: true`` may get."""


def unsafe(
    manuscript: Manuscript, topic: TopicLibrary, lineage: Sequence[str]
) -> tuple[Problem, ...]:
    """Return a Problem for each safety rule that the manuscript breaks; none means safe.

    ``lineage`` is its audience and those that this is like.
    """
    place = topic.place(f"publications/{manuscript.edition.publication}")
    found = (
        *_signs(manuscript, topic),
        *_order(manuscript, is_gated=topic.cautions.gate is not None),
        *(_safety_net(manuscript) if topic.cautions.safety_net else ()),
        *_items(manuscript, topic, lineage),
        *_clinical(manuscript),
        *_empty(manuscript),
        *_twice(manuscript),
        *_panels(manuscript),
    )
    return tuple(
        Problem(place, code, f"in “{manuscript.edition.publication}”, {message}", hint)
        for code, message, hint in found
    )


Finding = tuple[str, str, str]


def _signs(manuscript: Manuscript, topic: TopicLibrary) -> Iterator[Finding]:
    """Every required sign is there, in the tier it belongs to; in an extract, of the gravest."""
    required = topic.topic.required_signs
    of = {"emergency": required.emergency, "same-day": required.same_day}
    urgent = manuscript.urgent[:1] if manuscript.is_extract else manuscript.urgent
    tiers = {tier: of[tier] for tier in urgent}
    for tier, ids in tiers.items():
        printed = {
            id
            for section in manuscript.sections
            for entry in section.tiers()
            if entry.id == tier
            for id in said_in(section, entry)
        }
        for id in ids:
            if id not in printed:
                yield (
                    "SAFE-SIGN",
                    f"the required sign “{id}” of the {tier} tier is not printed",
                    f"Add a section “warning-signs” with the tier {tier}.",
                )


def _order(manuscript: Manuscript, *, is_gated: bool) -> Iterator[Finding]:
    """Both tiers before anything to do; or the emergency tier before it, the same-day tier last.

    A handout with anything to do has the gate before it, if its topic has one. An extract says
    where the same-day signs are, and needs no gate where there is nothing to do. A topic need not
    have both tiers: then what is said of both holds of the one.
    """
    before = manuscript.before_advice
    advises = len(before) < len(manuscript.sections)
    if manuscript.whole_first and (manuscript.kind == "booklet" or not advises):
        return
    if manuscript.kind == "booklet":
        yield (
            "SAFE-ORDER",
            "both upper tiers must stand whole before anything to do",
            "Move the section “warning-signs” to the front, with wording: lines or full.",
        )
        return
    yield from _gravest_first(manuscript)
    if len(manuscript.urgent) > 1:
        yield from _pointer(manuscript)
        if not (manuscript.is_extract or manuscript.whole_first):
            yield from _same_day_at_the_end(manuscript)
    gated = any(section.part == "gate" for section in before)
    if is_gated and not gated and (advises or not manuscript.is_extract):
        yield (
            "SAFE-GATE",
            "the gate must stand before anything to do",
            "Put a section “gate” first.",
        )


FRONT = ("cover", "message", "gate")
"""The parts of an extract that may stand before the emergency signs."""


def _gravest_first(manuscript: Manuscript) -> Iterator[Finding]:
    """Put the gravest tier before anything to do, and at the front of an extract."""
    for gravest in manuscript.urgent[:1]:
        before = manuscript.before_advice
        if not any(tier.id == gravest for section in before for tier in section.tiers()):
            yield (
                "SAFE-ORDER",
                f"the {gravest} tier must stand before anything to do",
                f"Put a section “warning-signs” with the tier {gravest} first.",
            )
        if manuscript.is_extract:
            yield from _at_the_front(manuscript, gravest)


def _at_the_front(manuscript: Manuscript, gravest: str) -> Iterator[Finding]:
    """Nothing stands before the gravest tier of an extract but what it is, and the gate."""
    for section in manuscript.sections:
        if any(tier.id == gravest for tier in section.tiers()):
            return
        if section.part not in FRONT:
            yield (
                "SAFE-ORDER",
                f"“{section.part}” stands before the {gravest} signs",
                f"Put the section “warning-signs” with the tier {gravest} before it.",
            )


def _pointer(manuscript: Manuscript) -> Iterator[Finding]:
    """Something beside the emergency tier says where the same-day signs are."""
    name = "elsewhere" if manuscript.is_extract else "pointer"
    if not any(pointer_of(section) for section in manuscript.sections):
        yield (
            "SAFE-POINTER",
            "nothing beside the emergency signs points to the same-day signs",
            f"Write {'an' if manuscript.is_extract else 'a'} `{name}` for the emergency tier in "
            "warning-signs.yaml.",
        )


def _panels(manuscript: Manuscript) -> Iterator[Finding]:
    """Give what is folded or cut as many panels as its kind has."""
    least, most = PANELS.get(manuscript.kind, (0, len(manuscript.sections)))
    count = len(manuscript.panels)
    if not least <= count <= most:
        yield (
            "PANELS",
            f"the sections begin {count} panels, and a {manuscript.kind} has {most}",
            "A section begins one, unless it has `joins: true`.",
        )


def _same_day_at_the_end(manuscript: Manuscript) -> Iterator[Finding]:
    """Where they are not all before anything to do, the same-day tier closes the sheet."""
    tiers = [(section, entry) for section in manuscript.sections for entry in section.tiers()]
    last = manuscript.sections[-1]
    if not any(entry.id == "same-day" and section is last for section, entry in tiers):
        yield (
            "SAFE-PANEL",
            "the same-day signs do not close the sheet",
            "Put a section “warning-signs” with the tier same-day last.",
        )


def _items(
    manuscript: Manuscript, topic: TopicLibrary, lineage: Sequence[str]
) -> Iterator[Finding]:
    """No item reaches an audience that it is not for, or one like it."""
    for kind, item in topic.items():
        printed = any(entry.id == item.id for entry in manuscript.entries(kind))
        reason = refusal(item, lineage)
        if printed and reason:
            yield (
                "SAFE-AUDIENCE",
                f"“{item.id}” is not for {lineage[0]}: {reason}",
                "Take it out of this publication.",
            )


def _clinical(manuscript: Manuscript) -> Iterator[Finding]:
    """No patient gets what professionals screen, weigh and write down."""
    for section in manuscript.sections:
        if section.part in CLINICAL and not manuscript.clinical:
            yield (
                "SAFE-CLINICAL",
                f"the section “{section.part}” is for clinicians and would reach "
                f"“{manuscript.edition.audience}”",
                "Say with `for` which clinical audience gets it.",
            )


def _empty(manuscript: Manuscript) -> Iterator[Finding]:
    """No heading stands over nothing."""
    for section in manuscript.sections:
        if section.part in TAKES_ITEMS and not section.entries:
            yield (
                "SECTION-EMPTY",
                f"the section “{section.title or section.part}” holds nothing for "
                f"“{manuscript.edition.audience}”",
                "List an item for this audience, leave the section out for it with `not_for`, or "
                "take it out for all.",
            )


def _twice(manuscript: Manuscript) -> Iterator[Finding]:
    """No item stands in two sections, as it does where one of them takes all that there are."""
    first: dict[tuple[str, str], Section] = {}
    for section in manuscript.sections:
        for entry in section.entries if section.part in TAKES_ITEMS else ():
            before = first.setdefault((section.part, entry.id), section)
            if before is not section:
                yield (
                    "ITEM-TWICE",
                    f"“{entry.id}” stands in the section “{before.title or before.part}” and in "
                    f"“{section.title or section.part}”",
                    "Say with `items` which each of the two takes.",
                )


def _safety_net(manuscript: Manuscript) -> Iterator[Finding]:
    """Words for after the check are in everything that is handed over after one."""
    handed = manuscript.edition.setting == "given"
    if handed and not any(section.part == "gate" for section in manuscript.sections):
        yield (
            "SAFE-NET",
            "the words for after the check are not in what is handed over",
            "Add a section “gate”; with `setting: given` it stands in no other print.",
        )


def pointer_of(section: Section) -> str | None:
    """Return what points from the emergency tier to the same-day signs, if these are elsewhere."""
    tiers = {tier.id: tier for tier in section.tiers()}
    here = "emergency" in tiers and "same-day" not in tiers
    return cast(str | None, tiers["emergency"].pointer) if here else None


def said_in(section: Section, tier: Entry) -> Iterator[str]:
    """Yield the ids of the signs of a tier that a section says, one by one or in lines."""
    if section.wording != "lines":
        yield from (sign.id for sign in signs(tier))
    else:
        known = {sign.id for sign in signs(tier)}
        yield from (id for line in lines(tier) for id in line.signs if id in known)


def lines(tier: Entry) -> list[Entry]:
    """Return the lines of a tier's entry, which join its signs, in print order."""
    return [line for group in tier.groups for line in group.lines]


def signs(tier: Entry) -> list[Entry]:
    """Return the signs of a tier's entry, in print order."""
    return [sign for group in tier.groups for sign in group.signs]
