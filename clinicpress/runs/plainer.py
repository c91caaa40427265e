"""Lays a print without room out again in plainer brands, to say what of its own takes the room.

Whatever is said to give room back was tried: the print has room then.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import islice

from clinicpress.checks.cramped import LOOKS, WayOut
from clinicpress.checks.layout import misplaced, most_pages
from clinicpress.checks.letterhead import ON_LETTERHEAD
from clinicpress.checks.room import (
    PLAINEST,
    SCANT,
    is_for_room,
    less,
    lower_bands,
    millimetres,
    on_the_first,
    plainest,
    taking_room,
    too_little_room,
    with_band,
    without,
)
from clinicpress.checks.slots import wrong_as_printed
from clinicpress.design.design import Design, open_design, read_formats
from clinicpress.editions.manuscript import Manuscript
from clinicpress.errors import Problem, Problems
from clinicpress.pages.compose import Figure, compose
from clinicpress.pages.foreign import foreign
from clinicpress.pages.tones import own_looks, recoloured
from clinicpress.pages.typeset import styled
from clinicpress.runs import fitting
from clinicpress.runs.fitting import Fitted, at_once, fits_at_once

Fits = Callable[[Design], bool]

ROOMIER = {"standard": ("clear", "large"), "clear": ("large",)}
"""The formats that have more pages for the same words."""


Laid = tuple[Fitted | None, tuple[Problem, ...]]


def tried(manuscript: Manuscript, design: Design, figure: Figure) -> Laid:
    """Return the layout in a design, where there is one, and what is wrong with it."""
    if design.brand.reference is None:
        manuscript = replace(manuscript, edition=replace(manuscript.edition, reference=""))
    try:
        laid = fitting.fitted(manuscript, design, figure)
    except Problems as error:
        return None, error.problems
    slots = wrong_as_printed(laid.html, laid.manuscript, design)
    looks = _in_own_look(laid, design, figure)
    return laid, (*misplaced(laid.manuscript, design, laid.pages), *slots, *looks)


def _in_own_look(laid: Fitted, design: Design, figure: Figure) -> Iterator[Problem]:
    """Yield a Problem for what a brand's own styles and templates make of colours, or say."""
    if any(own_looks(design)):
        plain = styled(compose(laid.manuscript, design, figure, spread=True, plain=True), design)
        own = styled(laid.html, design)
        yield from recoloured(own, plain, design)
        yield from foreign(laid.html, own, plain, design)


def giving_way(
    manuscript: Manuscript, design: Design, figure: Figure, problems: tuple[Problem, ...]
) -> tuple[Fitted | None, tuple[str, ...]]:
    """Return the layout without what of a brand may give way, where there is room then.

    The keys that gave way are with it, the fewest that do; no layout and none if they are too few.
    """
    is_style = any(each.code == "STYLE-MARGIN" for each in problems)  # whose place it took
    for keys in less(manuscript, design) if is_for_room(problems) and not is_style else ():
        laid, wrong = tried(manuscript, without(design, *keys), figure)
        if laid and not wrong:
            return laid, keys
    return None, ()


def for_want_of_room(
    manuscript: Manuscript, design: Design, figure: Figure, laid: Laid
) -> tuple[Problem, ...]:
    """Return which keys of a brand take the room, if it is the brand that does.

    All else that is wrong with what was ``laid`` is returned as it is.
    """

    def fits(other: Design) -> bool:
        return _fits(manuscript, other, figure)

    made, problems = laid
    keys = taking_room(manuscript, design) if is_for_room(problems) else ()
    if not keys or not fits(plainest(design, problems)):
        return problems
    taken = _measured(keys, manuscript, design, figure)
    way = _lower_band(design, fits) if "letterhead" in keys else WayOut()
    blamed = ("letterhead",) if way else _blamed(tuple(taken), design, problems, fits)
    if not blamed:
        return problems
    if not way.first:
        way = replace(way, format=_roomier(manuscript, design, figure))
    pages, limit = made.pages.pages if made else (), most_pages(manuscript, design)
    named = {key: taken[key] for key in blamed}
    return (too_little_room(problems, pages, limit, design, named, manuscript, way),)


def _measured(
    keys: tuple[str, ...], manuscript: Manuscript, design: Design, figure: Figure
) -> Mapping[str, float]:
    """Return how many mm each of some keys takes, the largest first; what takes none is left out.

    Where nothing can be measured, all are kept, by their letters.
    """
    try:
        pages = at_once(manuscript, design, figure)
        taken = {key: millimetres(pages, at_once(manuscript, without(design, key), figure))
                 for key in keys if key != LOOKS}  # fmt: skip
    except Problems:
        return dict.fromkeys(keys, 0.0)
    some = {key: most for key, most in taken.items() if most >= SCANT} or taken
    ranked = sorted(some.items(), key=lambda item: -item[1])
    return dict(ranked) | dict.fromkeys(set(keys) & {LOOKS}, 0.0)


def _fits(manuscript: Manuscript, design: Design, figure: Figure) -> bool:
    """Return whether a print has room in a design, by one layout where that is enough."""
    try:
        if not any(own_looks(design)) and fits_at_once(manuscript, design, figure):
            return True
    except Problems:
        return False
    return not tried(manuscript, design, figure)[1]


def _blamed(
    keys: tuple[str, ...], design: Design, problems: tuple[Problem, ...], fits: Fits
) -> tuple[str, ...]:
    """Return those of ``keys`` without which there is room: one, or the fewest that do together.

    It is none where a brand's own styles make type stick out of a margin.
    """
    if LOOKS in keys and not fits(without(design, *PLAINEST)):
        names_it = all(each.code == "STYLE-MARGIN" for each in problems)
        return () if names_it else (LOOKS,)
    named = tuple(key for key in keys if key != LOOKS)
    alone = (key for key in named if fits(without(design, key)))
    if one := tuple(islice(alone, 1)):
        return one
    for key in reversed(named):
        rest = tuple(each for each in named if each != key)
        if rest and fits(without(design, *rest)):
            named = rest
    return named or keys


def _lower_band(design: Design, fits: Fits) -> WayOut:
    """Return what of the letterhead may stay: on the first page alone, else the most of it."""
    first = on_the_first(design)
    if first is not None and fits(first):
        return WayOut(first=True)
    tops = lower_bands(design)
    fitting = bisect_left(tops, True, key=lambda top: not fits(with_band(design, top)))
    return WayOut(top=tops[fitting - 1] if fitting else 0)


def _roomier(manuscript: Manuscript, design: Design, figure: Figure) -> str:
    """Return the next format in which a sheet has room in the same brand; empty if none has."""
    edition = manuscript.edition
    if edition.kind not in ON_LETTERHEAD:
        return ""
    layouts = design.folders[-1]
    formats = read_formats(layouts)
    for format in ROOMIER.get(edition.format, ()):
        stock = formats[format].stock(edition.kind) if format in formats else None
        if stock is None or edition.paper not in stock.body:
            continue
        other = open_design(
            layouts, brand=edition.brand, format=format, language=edition.language,
            paper=edition.paper, smallest=design.smallest, kind=edition.kind,
        )  # fmt: skip
        named = replace(manuscript, edition=replace(edition, format=format))
        if _fits(named, other, figure):
            return format
    return ""
