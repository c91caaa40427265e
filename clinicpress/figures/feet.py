"""Feet in shoes or bare, as slices in space, so that they are right from every side."""

from collections.abc import Sequence

from clinicpress.figures.contour import (
    Section,
    around_all,
    contour,
    disc,
    thinned,
)
from clinicpress.figures.flesh import (
    BARE,
    RUBBER,
    SHOE,
    TOES,
    Sole,
)
from clinicpress.figures.ink import Part
from clinicpress.figures.pose import Side
from clinicpress.figures.skeleton import Skeleton
from clinicpress.figures.space import (
    Rotation,
    Vec,
    add,
    dot,
    times,
    turned,
)
from clinicpress.figures.view import Spot, View


def foot(part: Part, skeleton: Skeleton, side: Side, view: View, *, bare: bool) -> None:
    """Add a shoe or a bare foot to its leg."""
    ankle, frame = skeleton.joints[f"{side}-ankle"], skeleton.frames[f"{side}-foot"]
    part.fill(contour(_ankle(skeleton, side), view, (0.1, 0.3)).ring, "skin")
    slices, tone = (BARE, "skin") if bare else (SHOE, "shoe")

    def ring(slices: Sequence[Sole]) -> list[Spot]:
        return around_all([view.spot(add(ankle, turned(c, frame))) for c in _corners(slices)])

    part.fill(ring(slices[:3]), tone, 15)
    part.fill(ring(slices[2:]), tone, 15)
    if bare:
        _toes(part, ankle, frame, view)
    else:
        part.again(thinned(ring(RUBBER), 20), "sole")
        _laces(part, ankle, frame, view)


def _ankle(skeleton: Skeleton, side: Side) -> list[Section]:
    ankle, shank = skeleton.joints[f"{side}-ankle"], skeleton.frames[f"{side}-shank"]
    rows = ((-70, (31, 33, 32, 32)), (-20, (31, 36, 33, 33)), (0, (33, 40, 35, 35)))
    return [Section(add(ankle, times(shank[2], up)), shank, reach) for up, reach in rows]


def _corners(slices: Sequence[Sole]) -> list[Vec]:
    """Return the corners of slices of a foot: a narrow rim, a broad side, a narrow top."""
    return [
        (cut.ahead, side * cut.half * wide, cut.low + (cut.high - cut.low) * up)
        for cut in slices
        for wide, up in ((0.8, 0.0), (1.0, 0.25), (0.55, 1.0))
        for side in (1, -1)
    ]


def _toes(part: Part, ankle: Vec, frame: Rotation, view: View) -> None:
    """Add toes, and the bone of the ankle where its outside is seen."""
    for ahead, out, radius in TOES:
        place = add(ankle, turned((ahead, out, radius - 66), frame))
        part.fill(disc(view.spot(place), radius, 5), "skin")
    if dot(frame[1], view.towards) > 0.3:
        x, y = view.spot(add(ankle, turned((2, 30, 2), frame)))
        part.nib([(x - 12, y - 4), (x, y + 9), (x + 12, y - 2)], 0.6)


def _laces(part: Part, ankle: Vec, frame: Rotation, view: View) -> None:
    """Add the edge of a shoe's opening, where its side is seen."""
    if abs(dot(frame[0], view.towards)) < 0.7:
        places = ((44, 18, -6), (34, 30, -20), (28, 34, -30))
        part.nib([view.spot(add(ankle, turned(place, frame))) for place in places], 0.6)
