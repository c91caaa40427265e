"""Cross-checks between files: every name that one file uses must exist in another.

What could not be read is not checked against, so that one mistake is told once.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, get_args

from clinicpress.content.library import lineage
from clinicpress.content.model import (
    Audience,
    ItemPart,
    Publication,
    Reader,
    Reference,
    Region,
    Section,
    SignTier,
    Topic,
)
from clinicpress.content.text import tokens_in
from clinicpress.errors import Problem, nearest
from clinicpress.files.records import Document, Loc

BRAND_TOKENS = frozenset({"clinic-phone", "review-date"})
"""Tokens that a brand or a pen fills in; every other token is a region's word."""

UNPRINTED_KEYS = frozenset({"note", "address", "never_print"})

TAKES_ITEMS: tuple[str, ...] = get_args(ItemPart)


@dataclass(frozen=True)
class Names:
    """The names that exist. None where the file that would say so cannot be read."""

    audiences: Mapping[str, Audience] | None
    regions: Mapping[str, Region] | None
    references: Mapping[str, Reference] | None = None
    tiers: Mapping[str, SignTier] | None = None
    items: Mapping[str, list[str]] = field(default_factory=dict)

    def of_topic(
        self,
        references: Mapping[str, Reference] | None,
        tiers: Mapping[str, SignTier] | None,
        items: Mapping[str, list[str]],
    ) -> "Names":
        """Return these names with those of one topic. ``items`` are ids by the name of a folder."""
        return replace(self, references=references, tiers=tiers, items=items)


def cross_check(
    documents: Iterable[Document], parts: Mapping[str, Any], names: Names
) -> Iterator[Problem]:
    """Yield a Problem for each reference, token, audience, item or sign that does not exist."""
    for document in documents:
        for loc, value in _strings(document.data):
            yield from _check_tokens(document, loc, value, names)
            yield from _check_reference(document, loc, value, names)
            yield from _check_audiences(document, loc, value, names)
        if document.path.name == "publications.yaml" and parts["publications"]:
            yield from _check_sections(document, parts["publications"], names)
            yield from _check_selections(document, parts["publications"], names)
        if document.path.name == "audiences.yaml" and parts["readers"]:
            yield from _check_readers(document, parts["readers"], names)
        if document.path.name == "warning-signs.yaml" and names.tiers:
            yield from _check_signs(document, names.tiers)
        if document.path.name == "topic.yaml" and parts["topic"] and names.tiers:
            yield from _check_required(document, parts["topic"], names.tiers)


def check_common(
    documents: Iterable[Document], references: Iterable[Mapping[str, Reference] | None]
) -> Iterator[Problem]:
    """Yield a Problem for each token or unknown reference in what all topics share.

    A token would be printed as it stands there: these words are what others are filled with.
    """
    lists = list(references)
    known = None if None in lists else {id for each in lists if each for id in each}
    for document in documents:
        for loc, value in _strings(document.data):
            for token in tokens_in(value):
                yield Problem(
                    document.place(loc),
                    "TOKEN-MISPLACED",
                    f"the token “[[{token}]]” cannot stand in this file",
                    "Write the words themselves.",
                )
            if known is not None and "evidence" in loc and value not in known:
                yield Problem(
                    document.place(loc),
                    "REFERENCE-UNKNOWN",
                    f"the reference “{value}” is in no topic's references.yaml",
                    "Add it there, or correct the number.",
                )


def _strings(value: Any, loc: Loc = ()) -> Iterator[tuple[Loc, str]]:
    """Yield every string in a document with the path that leads to it."""
    if isinstance(value, str):
        yield loc, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _strings(inner, (*loc, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _strings(inner, (*loc, index))


def _check_tokens(document: Document, loc: Loc, value: str, names: Names) -> Iterator[Problem]:
    if names.regions is None or UNPRINTED_KEYS & set(map(str, loc)):
        return
    known = {word for region in names.regions.values() for word in region.words} | BRAND_TOKENS
    for token in tokens_in(value):
        place = document.place(loc)
        lacking = [id for id, region in names.regions.items() if token not in region.words]
        if token not in known:
            yield Problem(
                place,
                "TOKEN-UNKNOWN",
                f"the token “[[{token}]]” is in no region's words",
                nearest(token, known),
            )
        elif lacking and token not in BRAND_TOKENS:
            yield Problem(
                place,
                "TOKEN-UNKNOWN",
                f"the token “[[{token}]]” has no words in the region “{lacking[0]}”",
                "Add them in regions.yaml.",
            )


def _check_reference(document: Document, loc: Loc, value: str, names: Names) -> Iterator[Problem]:
    cited = {"evidence", "evidence_for"} & set(loc[:-1])
    if cited and names.references is not None and value not in names.references:
        yield Problem(
            document.place(loc),
            "REFERENCE-UNKNOWN",
            f"the reference “{value}” is not in references.yaml",
            "Add it there with its title, address and status, or correct the number.",
        )


def _check_audiences(document: Document, loc: Loc, value: str, names: Names) -> Iterator[Problem]:
    named: list[str] = []
    for key in ("for", "not_for", "refused", "because", "evidence_for"):
        if key in loc[:-1]:
            named.append(str(loc[loc.index(key) + 1]))
    if "audiences" in loc[:-1]:
        named.append(value)
    if loc and "default" in _siblings(document.data, loc) and loc[-1] != "default":
        named.append(str(loc[-1]))
    yield from _unknown_audiences(document, loc, named, names)


def _unknown_audiences(
    document: Document, loc: Loc, named: Iterable[str], names: Names
) -> Iterator[Problem]:
    for name in named:
        if names.audiences is not None and name not in names.audiences:
            yield Problem(
                document.place(loc),
                "AUDIENCE-UNKNOWN",
                f"the audience “{name}” is not in audiences.yaml",
                nearest(name, names.audiences),
            )


def _siblings(data: Any, loc: Loc) -> Mapping[str, Any]:
    """Return the mapping that holds ``loc``, or an empty one if a list holds it."""
    for step in loc[:-1]:
        data = data[step]
    return data if isinstance(data, dict) else {}


def _check_sections(
    document: Document, publications: Mapping[str, Any], names: Names
) -> Iterator[Problem]:
    for name, publication in publications.items():
        for audience, sections in publication.plans.items():
            plan: Loc = (name, "sections", audience)
            if audience != "default":
                yield from _unknown_audiences(document, plan, [audience], names)
            yield from _check_plan(document, plan, sections, names)


def _check_plan(
    document: Document, plan: Loc, sections: Iterable[Section], names: Names
) -> Iterator[Problem]:
    for number, section in enumerate(sections):
        at = section_loc(document, plan, number)
        yield from _check_items(document, at, section, names)
        for tier in section.tiers:
            if names.tiers is not None and tier not in names.tiers:
                yield Problem(
                    document.place((*at, "tiers")),
                    "TIER-UNKNOWN",
                    f"the tier “{tier}” is not in warning-signs.yaml",
                    nearest(tier, names.tiers),
                )


def section_loc(document: Document, plan: Loc, number: int) -> Loc:
    """Return where a section is written; one list for all audiences has no key “default”."""
    whole = plan if plan in document.lines else plan[:-1]
    return (*whole, number)


def _check_items(document: Document, at: Loc, section: Section, names: Names) -> Iterator[Problem]:
    if section.items and section.part not in TAKES_ITEMS:
        yield Problem(
            document.place((*at, "items")),
            "ITEM-UNKNOWN",
            f"a section “{section.part}” takes no items",
            "Take the key out.",
        )
        return
    for audience, ids in section.items.items():
        if audience != "default":
            yield from _unknown_audiences(document, (*at, "items", audience), [audience], names)
        yield from _check_list(document, (*at, "items", audience), section.part, ids, names)


def _check_list(
    document: Document, at: Loc, part: str, ids: Iterable[str], names: Names
) -> Iterator[Problem]:
    """Check a list of items: each exists, each stands once, and there is one."""
    known, listed = names.items.get(part, []), list(ids)
    for id in dict.fromkeys(listed):
        if listed.count(id) > 1:
            yield Problem(
                document.place(at),
                "ITEM-TWICE",
                f"the list names “{id}” {listed.count(id)} times",
                "Leave it there once.",
            )
        if id not in known:
            yield Problem(
                document.place(at),
                "ITEM-UNKNOWN",
                f"there is no “{id}” in the folder {part}",
                nearest(id, known),
            )
    if not listed:
        yield Problem(
            document.place(at),
            "ITEM-NONE",
            "the list names nothing",
            "List at least one, or take the key out.",
        )


def _check_selections(
    document: Document, publications: Mapping[str, Publication], names: Names
) -> Iterator[Problem]:
    for name, publication in publications.items():
        for id, selection in publication.selections.items():
            for part, choices in (
                ("exercises", selection.exercises),
                ("techniques", selection.techniques),
            ):
                at: Loc = (name, "selections", id, part)
                for audience, ids in choices.items():
                    if audience != "default":
                        yield from _unknown_audiences(document, (*at, audience), [audience], names)
                    yield from _check_list(document, (*at, audience), part, ids, names)
                if id in names.items.get(part, []):
                    yield Problem(
                        document.place(at),
                        "ID-DUPLICATE",
                        f"the selection “{id}” has the name of an item in the folder {part}",
                        "Give the selection another name.",
                    )


def _check_readers(
    document: Document, readers: Mapping[str, Reader], names: Names
) -> Iterator[Problem]:
    for audience, reader in readers.items():
        yield from _unknown_audiences(document, (audience,), [audience], names)
        for part, ids in reader.first.items():
            yield from _check_list(document, (audience, "first", part), part, ids, names)


def check_likeness(document: Document, audiences: Mapping[str, Audience]) -> Iterator[Problem]:
    """Yield a Problem for each audience that is like one that does not exist, or like itself."""
    for id, audience in audiences.items():
        like, at = audience.like, (id, "like")
        if like is None:
            continue
        if like not in audiences:
            yield Problem(
                document.place(at),
                "AUDIENCE-UNKNOWN",
                f"the audience “{like}” is not in audiences.yaml",
                nearest(like, audiences),
            )
        elif like == id:
            yield Problem(
                document.place(at),
                "AUDIENCE-LOOP",
                f"the audience “{id}” is like itself",
                "Name another, or take the line out.",
            )
        elif id == _first_of_loop(id, audiences):
            way = " → ".join([*lineage(id, audiences), id])
            yield Problem(
                document.place(at),
                "AUDIENCE-LOOP",
                f"these audiences are like each other in a circle: {way}",
                "Let one of them be like none.",
            )


def check_casts(
    document: Document, audiences: Mapping[str, Audience], cast: Iterable[str]
) -> Iterator[Problem]:
    """Yield a Problem for each person whom an audience is shown and whom no cast has."""
    for id, audience in audiences.items():
        yield from unknown_people(document, (id, "cast"), audience.cast, cast)


def unknown_people(
    document: Document, loc: Loc, names: Iterable[str], cast: Iterable[str]
) -> Iterator[Problem]:
    """Yield a Problem for each name that is not in cast.yaml."""
    for name in names:
        if name not in cast:
            yield Problem(
                document.place(loc),
                "CAST-UNKNOWN",
                f"“{name}” is not in figures/cast.yaml",
                nearest(name, cast),
            )


def _first_of_loop(id: str, audiences: Mapping[str, Audience]) -> str | None:
    """Return the first audience of the loop that ``id`` is in, so that it is told once."""
    chain = [*lineage(id, audiences)]
    return (
        next(name for name in audiences if name in chain)
        if audiences[chain[-1]].like == id
        else None
    )


def _check_signs(document: Document, tiers: Mapping[str, SignTier]) -> Iterator[Problem]:
    """Yield a Problem for a sign whose id another sign has: it could not be told if one is lost."""
    first: dict[str, Loc] = {}
    for tier, signs in tiers.items():
        for group, members in signs.groups.items():
            for id in members.signs:
                loc: Loc = (tier, "groups", group, "signs", id)
                if id in first:
                    yield Problem(
                        document.place(loc),
                        "ID-DUPLICATE",
                        f"the sign “{id}” is already used in {document.place(first[id])}",
                        "Give one of the two another id.",
                    )
                first.setdefault(id, loc)


def _check_required(
    document: Document, topic: Topic, tiers: Mapping[str, SignTier]
) -> Iterator[Problem]:
    required = topic.required_signs
    for tier, ids in (("emergency", required.emergency), ("same-day", required.same_day)):
        present = tiers[tier].signs() if tier in tiers else {}
        for id in ids:
            if id not in present:
                yield Problem(
                    document.place(("required_signs", tier)),
                    "SIGN-MISSING",
                    f"the required sign “{id}” is not in the {tier} tier of warning-signs.yaml",
                    "Put it back. A sign is only retired by a clinician, here and there.",
                )
