"""Short strokes that show where to fold and to cut."""

from collections.abc import Iterator, Sequence

from clinicpress.design.papers import Size
from clinicpress.press.imposition.sheet import Line, Side

TICK = 8.0
"""Length of a tick, in mm. Where pages reach the edge of the paper it begins there: most office
printers leave 4 to 6 mm blank, and pages carry nothing to read so near to their edge."""

CLEAR = 1.0
"""How far a tick keeps from a page, in mm, where the paper goes on beyond it."""


def ticks(side: Side, lines: Sequence[Line], paper: Size) -> Iterator[Line]:
    """Yield short strokes at both ends of each of ``lines``, so that nothing lies on the pages.

    They stand in the margin around the pages; where it is too narrow, at the edge of the paper.
    """
    if not side.places:
        return
    left, bottom = (min(getattr(p, key) for p in side.places) for key in ("x", "y"))
    right = max(place.x + place.width for place in side.places)
    top = max(place.y + place.height for place in side.places)
    wide, high = paper
    for line in lines:
        if line.x0 == line.x1:
            for edge, margin, inwards in ((0, bottom, 1), (high, high - top, -1)):
                start, end = _reach(margin)
                yield Line(line.x0, edge + inwards * start, line.x0, edge + inwards * end)
        else:
            for edge, margin, inwards in ((0, left, 1), (wide, wide - right, -1)):
                start, end = _reach(margin)
                yield Line(edge + inwards * start, line.y0, edge + inwards * end, line.y0)


def _reach(margin: float) -> tuple[float, float]:
    """Return from where to where a tick reaches, in from the edge of the paper."""
    if margin < TICK + CLEAR:
        return 0, TICK
    return margin - CLEAR - TICK, margin - CLEAR
