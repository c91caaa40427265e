"""Lays an edition out, and again where it does not fit: what gives way, in which order.

No sign, stop line or size of type ever does.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from clinicpress.checks.layout import begins_in_vain, begins_late, misplaced, runs_over
from clinicpress.design.design import Design
from clinicpress.editions.manuscript import PRACTICES, Manuscript, with_signs_together
from clinicpress.pages.compose import Figure, compose
from clinicpress.pages.record import PageRecord
from clinicpress.pages.typeset import Typeset, laid_out
from clinicpress.runs.bounds import in_vain, lowered_by, saves_none, wasted
from clinicpress.runs.filling import (
    advice_apart,
    with_advice_above,
    with_fewer,
    with_piece,
    with_tables_above,
    without_fillers,
)

ROOM_LEFT = 0.85
"""How far the last page is filled at most where it may have room for what fills it."""

SCRAP = 0.25
"""How far a page is filled at least that is added for what fills room."""

STEP, STEPS = 8.0, 3
"""By how many mm a drawing is made lower in one go, and how often."""


@dataclass(frozen=True)
class Fitted:
    """A layout, with the words and the HTML that it was made of.

    ``lower`` says of which items the drawing is lower than it would be, by how many mm;
    ``filled`` holds what fills room as well, where there is some.
    """

    manuscript: Manuscript
    html: str
    pages: Typeset
    lower: Mapping[str, float] = field(default_factory=dict)
    filled: Manuscript | None = None


@dataclass(frozen=True)
class Settled:
    """What of an edition's ``words`` is ``set``, how low drawings are, and on how many pages.

    ``spread`` says that this holds what fills room.
    """

    words: Manuscript
    set: Manuscript
    spread: bool
    lower: Mapping[str, float]
    pages: int


def fitted(manuscript: Manuscript, design: Design, figure: Figure, html: str = "") -> Fitted:
    """Return the layout of an edition in which each thing has its place. Raises Problems.

    ``html`` is what it is composed to, where that is at hand.
    First drawings get lower, so that something to do has room above the signs for today; where it
    has none, these go back to the emergency signs. Then drawings get lower where an item runs over
    its page, or a page is saved; where a sheet is still longer than its format has it, the signs
    stand together if that saves a page. Then what fills room that is left is set.
    """
    laid = _lay(manuscript, design, figure, html)
    if begins_in_vain(manuscript, laid.pages):
        return _written(laid)
    if begins_late(laid.manuscript, laid.pages):
        laid = _with_room_above(manuscript, design, figure) or _lay(
            with_signs_together(manuscript), design, figure
        )
    laid = _shortened(_lowered(laid, design, figure), design, figure)
    return _written(_filled(_together(laid, design, figure), design, figure))


def _written(laid: Fitted) -> Fitted:
    """Return a layout with its PDF, of which none was written while others were tried."""
    return replace(laid, pages=replace(laid.pages, source=laid.pages.pdf))


def fits_at_once(manuscript: Manuscript, design: Design, figure: Figure) -> bool:
    """Return whether all has its place before anything gives way. Raises Problems.

    Then it has so in ``fitted``, too, which takes no layout in its place that is worse.
    """
    laid = _lay(manuscript, design, figure)
    late = begins_late(manuscript, laid.pages)
    return not late and not misplaced(manuscript, design, laid.pages)


def at_once(manuscript: Manuscript, design: Design, figure: Figure) -> Sequence[PageRecord]:
    """Return the pages of an edition before anything gives way. Raises Problems."""
    return _lay(manuscript, design, figure).pages.pages


def settled(words: Manuscript, laid: Fitted) -> Settled:
    """Return what the layout of an edition settled on."""
    full = laid.filled
    return Settled(words, full or laid.manuscript, full is not None, laid.lower,
                   len(laid.pages.pages))  # fmt: skip


def as_settled(
    before: Settled, words: Manuscript, design: Design, figure: Figure
) -> Typeset | None:
    """Return the pages of an edition of the same words, with what gave way before; else None.

    It is none, too, where something has its place no more.
    """
    if words != before.words:
        return None
    html = compose(before.set, design, figure, spread=before.spread, lower=before.lower)
    pages = laid_out(html, design, most=before.pages)
    if not pages.fits or misplaced(before.set, design, pages):
        return None
    return replace(pages, source=pages.pdf)


def _with_room_above(manuscript: Manuscript, design: Design, figure: Figure) -> Fitted | None:
    """Return a layout with lower drawings, if something to do has room above today's signs."""
    lower = {entry.id: STEP for entry in manuscript.entries(*PRACTICES)}
    html = compose(manuscript, design, figure, lower=lower)
    pages = laid_out(html, design)
    late = begins_late(manuscript, pages)
    return None if late else Fitted(manuscript, html, pages, lower)


def _lay(manuscript: Manuscript, design: Design, figure: Figure, html: str = "") -> Fitted:
    html = html or compose(manuscript, design, figure)
    return Fitted(manuscript, html, laid_out(html, design))


def _lowered(laid: Fitted, design: Design, figure: Figure) -> Fitted:
    """Make drawings lower until each item stands on its page or panel, with when to stop.

    Where a template does not heed it, the layout stays as it was.
    """
    for _ in range(STEPS):
        over = runs_over(laid.manuscript, design, laid.pages)
        lower = {**laid.lower, **{id: laid.lower.get(id, 0) + _lacking(laid, id) for id in over}}
        html = compose(laid.manuscript, design, figure, lower=lower) if over else laid.html
        if html == laid.html:
            break
        laid = replace(laid, html=html, pages=laid_out(html, design), lower=lower)
    return laid


def _lacking(laid: Fitted, id: str) -> float:
    """Return by how many mm an item is longer than its page has room for; a step, if not known.

    It is known where nothing else begins on the page that it goes on over.
    """
    landed, pages = laid.pages.landing(id), laid.pages.pages
    if landed is None or landed.first == len(pages):
        return STEP
    first, rest = pages[landed.first - 1], pages[landed.first]
    begun = (other for other in laid.pages.landings if other.first == rest.number)
    over = rest.fill * rest.depth - (1 - first.fill) * first.depth
    return STEP if over <= 0 or rest.opens or any(begun) else round(over) + 1.0


def _shortened(laid: Fitted, design: Design, figure: Figure) -> Fitted:
    """Make all drawings lower, where that saves a page too many, or on a handout half empty.

    They are made as low as can be first: where that saves no page, nothing less does.
    """
    if not _is_long(laid, design):
        return laid
    lowest = _lower_by(STEPS, laid, design, figure)
    if lowest is None:
        return laid
    steps = (_lower_by(step, laid, design, figure) for step in range(1, STEPS))
    return next(filter(None, steps), lowest)


def _is_long(laid: Fitted, design: Design) -> bool:
    """Return whether pages are too many: for the reader, or for the format of a handout."""
    manuscript, count = laid.manuscript, len(laid.pages.pages)
    if manuscript.most_pages:
        return count > manuscript.most_pages  # what it is allowed beyond that is for words
    is_wasteful = count > design.format.pages or wasted(laid.pages.pages) > 0
    return manuscript.kind == "handout" and is_wasteful


def _lower_by(steps: int, laid: Fitted, design: Design, figure: Figure) -> Fitted | None:
    """Return the layout with all its drawings so much lower, if that saves a page."""
    lower, html = _set_lower(steps, laid, design, figure)
    if html == laid.html or saves_none(laid.pages.pages, lowered_by(laid.html, html)):
        return None
    pages = laid_out(html, design, most=len(laid.pages.pages) - 1)
    saves = pages.fits and not misplaced(laid.manuscript, design, pages)
    return replace(laid, html=html, pages=pages, lower=lower) if saves else None


def _set_lower(
    steps: int, laid: Fitted, design: Design, figure: Figure
) -> tuple[Mapping[str, float], str]:
    """Return how much lower all drawings are with so many steps, and the HTML with them so."""
    practised = (entry.id for entry in laid.manuscript.entries(*PRACTICES))
    lower = {id: max(steps * STEP, laid.lower.get(id, 0)) for id in practised}
    return lower, compose(laid.manuscript, design, figure, lower=lower)


def _together(laid: Fitted, design: Design, figure: Figure) -> Fitted:
    """Set all signs on page 1 of a sheet that is too long, where that saves a page or half one."""
    manuscript, pages = with_signs_together(laid.manuscript), laid.pages.pages
    is_long = laid.manuscript.kind == "handout" and len(pages) > design.format.pages
    if not is_long or manuscript == laid.manuscript:
        return laid
    lowest = _set_lower(STEPS, laid, design, figure)[1]
    if not wasted(pages) and saves_none(pages, lowered_by(laid.html, lowest)):
        return laid
    html = compose(manuscript, design, figure)
    if html == compose(laid.manuscript, design, figure):
        return laid  # as they stand already
    together = _shortened(
        _lowered(_lay(manuscript, design, figure, html), design, figure), design, figure
    )
    then = together.pages.pages
    saves = (len(then), wasted(then)) < (len(pages), wasted(pages))
    return together if saves and not misplaced(manuscript, design, together.pages) else laid


def _filled(laid: Fitted, design: Design, figure: Figure) -> Fitted:
    """Set the sections that fill room, where there is some, or on the back of the last leaf."""
    manuscript, pages = laid.manuscript, laid.pages.pages
    if misplaced(manuscript, design, laid.pages):
        return laid  # which is told: no filler gives it room
    room = _Room(laid, design, figure, len(pages) + len(pages) % 2)
    if manuscript.kind == "handout" and not (design.roomy or manuscript.clinical):
        return _spread(room)
    has_room = len(pages) > design.format.pages or pages[-1].fill < ROOM_LEFT
    if not any(has_room or section.joins for section in manuscript.sections if section.fills):
        return laid
    return room.first_of(with_fewer(manuscript)) or laid


def _spread(room: "_Room") -> Fitted:
    """Set what fills room on a sheet in larger type, each piece of advice where it has room first.

    There an item fills most of a page, or more than one, and leaves room below it.
    """
    room = replace(room, laid=_advised_first(room))
    others, pieces, closing = advice_apart(room.laid.manuscript)
    done = _tabled(room, others)
    for piece in (*pieces, *closing):
        held = done.filled or without_fillers(others)
        places = tuple(with_piece(held, piece, piece in closing))
        now = replace(room, laid=done, most=len(done.pages.pages))
        longer = replace(now, most=room.most)
        done = now.first_of(places) or longer.first_of(places[-1:]) or done
    return done


def _advised_first(room: "_Room") -> Fitted:
    """Set advice above the practice, where fewer pages are half empty then."""
    laid = room.laid
    words = with_advice_above(laid.manuscript)
    if not wasted(laid.pages.pages) or words == laid.manuscript:
        return laid
    html = compose(words, room.design, room.figure, lower=laid.lower)
    pages = laid_out(html, room.design, most=len(laid.pages.pages))
    moved = replace(laid, manuscript=words, html=html, pages=pages)
    is_better = pages.fits and wasted(pages.pages) < wasted(laid.pages.pages)
    return moved if is_better and not misplaced(words, room.design, pages) else laid


def _tabled(room: "_Room", others: Manuscript) -> Fitted:
    """Set a table last; where it has no room there, or a page is half empty, above the practice."""
    last = room.first_of(with_fewer(others))
    if last and not wasted(last.pages.pages):
        return last
    above = room.first_of(with_tables_above(others))
    if above and (last is None or (wasted(above.pages.pages) < wasted(last.pages.pages))):
        return above
    return last or room.laid


@dataclass(frozen=True)
class _Room:
    """A layout, and the ``most`` pages that it may have with what fills room."""

    laid: Fitted
    design: Design
    figure: Figure
    most: int

    def first_of(self, manuscripts: Iterable[Manuscript]) -> Fitted | None:
        """Return the layout with the first of what fills room that it has room for.

        What begins as one that came out worse is not tried.
        """
        vain: list[str] = []
        for manuscript in manuscripts:
            html = compose(manuscript, self.design, self.figure, spread=True, lower=self.laid.lower)
            if any(map(html.startswith, vain)):
                continue
            pages = laid_out(html, self.design, most=self.most)
            full = replace(self.laid, html=html, pages=pages, filled=manuscript)
            if self._has_room(full):
                return full
            vain += self._in_vain(full)
        return None

    def _in_vain(self, full: Fitted) -> Iterator[str]:
        """Yield how the HTML begins of all that comes out no better, where that can be said."""
        if full.manuscript.kind == "handout":  # the contents of a booklet tell what comes later
            half = wasted(self.laid.pages.pages)
            yield in_vain(full.html, full.pages.pages, self.most, half)

    def _has_room(self, full: Fitted) -> bool:
        """Return whether what fills room makes nothing worse. A page of it is more than a scrap."""
        before, pages = self.laid.pages.pages, full.pages.pages
        is_scrap = len(pages) > len(before) and pages[-1].fill < SCRAP
        if not full.pages.fits or is_scrap:
            return False
        is_worse = wasted(pages) > wasted(before) or _parts_advice(full)
        return not is_worse and not misplaced(self.laid.manuscript, self.design, full.pages)


def _parts_advice(full: Fitted) -> bool:
    """Return whether a page parts a piece of advice that fills room."""
    sections = (full.filled or full.manuscript).sections
    ids = [entry.id for section in sections if section.fills for entry in section.entries]
    landed = filter(None, map(full.pages.landing, ids))
    return any(each.first != each.last for each in landed)
