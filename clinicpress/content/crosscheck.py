"""Cross-checks between files: every name that one file uses must exist in another.

What could not be read is not checked against, so that one mistake is told once.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from clinicpress.content.library import lineage
from clinicpress.content.model import (
    TAKES_ITEMS,
    Audience,
    Reference,
    Region,
    RequiredSigns,
    Section,
    Selection,
    SignTier,
    WarningSign,
)
from clinicpress.content.model.marks import Mark
from clinicpress.content.text import tokens_in
from clinicpress.content.walk import Found, Source
from clinicpress.errors import Problem, nearest
from clinicpress.files.documents import Document, Loc

BRAND_TOKENS = frozenset({"clinic-phone", "review-date"})
"""Tokens that a brand or a pen fills in; every other token is a region's word."""


@dataclass(frozen=True)
class Names:
    """The names that exist. None where the file that would say so cannot be read.

    ``items`` are ids by the name of a folder.
    """

    audiences: Mapping[str, Audience] | None
    regions: Mapping[str, Region] | None
    references: Mapping[str, Reference] | None = None
    tiers: Mapping[str, SignTier] | None = None
    items: Mapping[str, list[str]] = field(default_factory=dict)
    publications: Collection[str] = ()


Finding = tuple[str, str, str]
"""A rule's code, what is wrong, and the mend."""

Rule = Callable[[Found, Names], Iterator[Finding]]


def cross_check(sources: Iterable[Source], names: Names) -> Iterator[Problem]:
    """Yield a Problem for each reference, token, audience, item or sign that does not exist."""
    for source in sources:
        for found in source.found:
            for rule in _rules_for(found):
                for finding in rule(found, names):
                    yield Problem(source.document.place(found.loc), *finding)
        yield from _signs_twice(source)


def _rules_for(found: Found) -> Iterator[Rule]:
    """Yield the rules for a value: by its marks, by what it is, or by what it is a field of."""
    match found:
        case Found(value=str(), owner=RequiredSigns()):
            yield _required
        case Found(value=str()):
            yield from [OF_NAMES[mark] for mark in found.marks if mark in OF_NAMES] or [_tokens]
        case Found(value=tuple()) if Mark.ITEMS in found.marks:
            yield _items
        case Found(value=Mapping(), owner=Section()):
            yield _takes_items
        case Found(value=Mapping(), owner=Selection()):
            yield _selection


def check_common(
    sources: Iterable[Source],
    references: Collection[str] | None,
    cast: Collection[str],
) -> Iterator[Problem]:
    """Yield a Problem for each token, unknown reference or person in what all topics share.

    A token would be printed as it stands there: these words are what others are filled with.
    ``references`` are those of the regions, None where they could not be read. An empty ``cast``
    could not be read, or is none.
    """
    for source in sources:
        for found in source.found:
            for finding in _misplaced(found, references):
                yield Problem(source.document.place(found.loc), *finding)
            if Mark.PERSON in found.marks and cast and isinstance(found.value, str):
                yield from unknown_people(source.document, found.loc, (found.value,), cast)


def _misplaced(found: Found, known: Collection[str] | None) -> Iterator[Finding]:
    for token in tokens_in(found.value) if isinstance(found.value, str) else ():
        wrong = f"the token “[[{token}]]” cannot stand in this file"
        yield "TOKEN-MISPLACED", wrong, "Write the words themselves."
    if Mark.REFERENCE in found.marks and known is not None and found.value not in known:
        wrong = f"the reference “{found.value}” is not in the references.yaml that all topics share"
        hint = "Add it to the file of that name beside this one, or correct the number."
        yield "REFERENCE-UNKNOWN", wrong, hint


def _tokens(found: Found, names: Names) -> Iterator[Finding]:
    if names.regions is None or Mark.VERBATIM in found.marks:
        return
    for token in tokens_in(found.value):
        known = {word for region in names.regions.values() for word in region.words} | BRAND_TOKENS
        lacking = [id for id, region in names.regions.items() if token not in region.words]
        if token not in known:
            wrong = f"the token “[[{token}]]” is in no region's words"
            yield "TOKEN-UNKNOWN", wrong, nearest(token, known)
        elif lacking and token not in BRAND_TOKENS:
            wrong = f"the token “[[{token}]]” has no words in the region “{lacking[0]}”"
            yield "TOKEN-UNKNOWN", wrong, "Add them in regions.yaml."


def _reference(found: Found, names: Names) -> Iterator[Finding]:
    if names.references is not None and found.value not in names.references:
        yield (
            "REFERENCE-UNKNOWN",
            f"the reference “{found.value}” is not in references.yaml",
            "Add it there with its title, address and status, or correct the number.",
        )


def _audience(found: Found, names: Names) -> Iterator[Finding]:
    if names.audiences is not None and found.value not in names.audiences:
        wrong = f"the audience “{found.value}” is not in audiences.yaml"
        yield "AUDIENCE-UNKNOWN", wrong, nearest(found.value, names.audiences)


def _tier(found: Found, names: Names) -> Iterator[Finding]:
    if names.tiers is not None and found.value not in names.tiers:
        wrong = f"the tier “{found.value}” is not in warning-signs.yaml"
        hint = (
            f"{nearest(found.value, names.tiers)} Or take it out, and a section that had no other."
        )
        yield "TIER-UNKNOWN", wrong, hint


def _publication(found: Found, names: Names) -> Iterator[Finding]:
    if names.publications and found.value not in names.publications:
        wrong = f"there is no “{found.value}” in the folder publications"
        yield "ITEM-UNKNOWN", wrong, nearest(found.value, names.publications)


OF_NAMES: Mapping[Mark, Rule] = {
    Mark.AUDIENCE: _audience,
    Mark.PUBLICATION: _publication,
    Mark.REFERENCE: _reference,
    Mark.TIER: _tier,
}
"""The rule for each kind of name."""


def _required(found: Found, names: Names) -> Iterator[Finding]:
    tier = str(found.loc[-2]).replace("_", "-")  # a key has underscores, and a name hyphens
    tiers = names.tiers or {}
    if tiers and (tier not in tiers or found.value not in tiers[tier].signs()):
        yield (
            "SIGN-MISSING",
            f"the required sign “{found.value}” is not in the {tier} tier of warning-signs.yaml",
            "Put it back. A sign is only retired by a clinician, here and there.",
        )


def _takes_items(found: Found, names: Names) -> Iterator[Finding]:
    section = found.owner
    assert isinstance(section, Section)
    if found.value is section.items and section.items and section.part not in TAKES_ITEMS:
        yield "ITEM-UNKNOWN", f"a section “{section.part}” takes no items", "Take the key out."


def _items(found: Found, names: Names) -> Iterator[Finding]:
    """Check a list of items: each exists, each stands once, and there is one."""
    folder = _folder_of(found)
    known = names.items.get(folder, [])
    for id in dict.fromkeys(found.value if folder in TAKES_ITEMS else ()):
        if (times := found.value.count(id)) > 1:
            yield "ITEM-TWICE", f"the list names “{id}” {times} times", "Leave it there once."
        if id not in known:
            wrong = f"there is no “{id}” in the folder {folder}"
            yield "ITEM-UNKNOWN", wrong, nearest(id, known)
    if not found.value:
        hint = "List at least one, or take the key out."
        yield "ITEM-NONE", "the list names nothing", hint


def _folder_of(found: Found) -> str:
    """Return the folder that the items of a list are in: the section's, or that of its key."""
    if isinstance(found.owner, Section):
        return found.owner.part
    return next(str(step) for step in reversed(found.loc) if step in TAKES_ITEMS)


def _selection(found: Found, names: Names) -> Iterator[Finding]:
    id, folder = found.loc[-2:]
    if id in names.items.get(str(folder), []):
        yield (
            "ID-DUPLICATE",
            f"the selection “{id}” has the name of an item in the folder {folder}",
            "Give the selection another name.",
        )


def _signs_twice(source: Source) -> Iterator[Problem]:
    """Yield a Problem for a sign whose id another sign has: it could not be told if one is lost."""
    first: dict[Any, Loc] = {}
    for found in source.found:
        if not isinstance(found.value, WarningSign):
            continue
        id, place = found.loc[-1], source.document.place
        if id in first:
            wrong = f"the sign “{id}” is already used in {place(first[id])}"
            hint = "Give one of the two another id."
            yield Problem(place(found.loc), "ID-DUPLICATE", wrong, hint)
        first.setdefault(id, found.loc)


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


def unknown_people(
    document: Document, loc: Loc, names: Iterable[str], cast: Collection[str] | None
) -> Iterator[Problem]:
    """Yield a Problem for each name that is not in cast.yaml, if that could be read."""
    for name in names:
        if cast is not None and name not in cast:
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
