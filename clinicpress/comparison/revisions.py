"""What a reader would read otherwise after a change: two versions of the sources -> Differences."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from clinicpress.comparison.comparison import Change, Thing, compare
from clinicpress.comparison.synopsis import KINDS, SAFETY
from clinicpress.content.library import Library
from clinicpress.content.weighty import weighty
from clinicpress.design.brand import read_brand
from clinicpress.editions.edition import Edition
from clinicpress.editions.manuscript import Manuscript
from clinicpress.editions.printed import as_printed
from clinicpress.editions.selection import select
from clinicpress.errors import Problem, Problems
from clinicpress.orders.plan import plan
from clinicpress.orders.request import Request

CLINICAL = frozenset({"dose", "avoid_if", "stop_if", "not_for"})
"""The fields of an exercise or a technique in which a mistake can do harm."""


@dataclass(frozen=True)
class Difference:
    """One change, and for whom and in which publications it is read.

    ``clinical`` says that it is of signs, cautions or doses, or of numbers, negations and the like
    anywhere, in which a mistake can harm.
    """

    change: Change
    clinical: bool
    audiences: tuple[str, ...]
    publications: tuple[str, ...]


def differences(
    before: Library, after: Library, request: Request, layouts: Path
) -> tuple[Difference, ...]:
    """Return what differs in what ``request`` asks for, what can do harm first.

    Raises UnknownName, and Problems with all that is unsafe to print in either version.
    """
    old, new = (_said(library, request, layouts) for library in (before, after))
    found: dict[Change, dict[Edition, None]] = {}
    for edition, change in _changes(old, new, after):
        found.setdefault(change, {})[edition] = None
    told = [_told(change, list(editions)) for change, editions in found.items()]
    return tuple(sorted(told, key=_rank))


def _said(library: Library, request: Request, layouts: Path) -> Mapping[Edition, Manuscript]:
    """Return what is printed, by edition; what is no part of a version's words is taken off it."""
    said: dict[Edition, Manuscript] = {}
    problems: list[Problem] = []
    for edition in plan(request, library, layouts):
        words = read_brand(layouts, edition.brand).meanings
        try:
            said[replace(edition, reference="")] = as_printed(select(library, edition, words))
        except Problems as error:
            problems += error.problems
    if problems:
        raise Problems(problems)
    return said


def _changes(
    old: Mapping[Edition, Manuscript], new: Mapping[Edition, Manuscript], library: Library
) -> Iterator[tuple[Edition, Change]]:
    for edition in (*new, *(edition for edition in old if edition not in new)):
        if edition not in old or edition not in new:
            title = (old.get(edition) or new[edition]).title
            mine, theirs = (title if edition in held else None for held in (old, new))
            thing = Thing("publication", edition.publication, mine, theirs)
            yield edition, Change("added" if theirs else "left-out", thing)
            continue
        for change in compare(old[edition], new[edition], library).changes:
            yield edition, replace(change, reasons=())


def _told(change: Change, editions: list[Edition]) -> Difference:
    audiences = dict.fromkeys(edition.audience for edition in editions)
    publications = dict.fromkeys(edition.publication for edition in editions)
    kinds = {thing.kind for thing in change.thing.line}
    clinical = bool(kinds & SAFETY) or bool(set(change.field) & CLINICAL)
    is_item = change.thing.kind in ("exercises", "techniques") and change.how != "reworded"
    is_weighty = change.how == "reworded" and any(weighty(change.one or "", change.other or ""))
    return Difference(
        change, clinical or is_item or is_weighty, tuple(audiences), tuple(publications)
    )


def _rank(one: Difference) -> tuple[bool, int]:
    outer = one.change.thing.line[0].kind
    return (not one.clinical, KINDS.index(outer) if outer in KINDS else len(KINDS))
