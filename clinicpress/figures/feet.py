"""Feet in shoes or bare, as slices in space, so that they are right from every side."""

from collections.abc import Sequence
from itertools import pairwise
from math import cos, radians, sin

from clinicpress.figures import body
from clinicpress.figures.contour import (
    Section,
    around_all,
    contour,
    disc,
    ribbon,
    thinned,
)
from clinicpress.figures.flesh import (
    ARCH,
    BALL,
    BARE,
    RUBBER,
    SHOE,
    TOE_BONES,
    TOES,
    Sole,
    ToeBones,
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


class _Foot:
    """A foot in space, seen from somewhere: its toes are bent about the ball."""

    def __init__(self, skeleton: Skeleton, side: Side, view: View) -> None:
        self.ankle = skeleton.joints[f"{side}-ankle"]
        self.frame: Rotation = skeleton.frames[f"{side}-foot"]
        self.curl = skeleton.angles.get(f"{side} toes", 0.0)
        self.view = view

    def spot(self, place: Vec) -> Spot:
        """Return a place before the ankle, to the outside and up from it."""
        ahead, aside, up = place
        if self.curl < 0 and ahead > body.BALL_AHEAD:
            x, z, turn = ahead - body.BALL_AHEAD, up - BALL_UP, radians(-self.curl)
            ahead = body.BALL_AHEAD + x * cos(turn) - z * sin(turn)
            up = BALL_UP + x * sin(turn) + z * cos(turn)
        return self.view.spot(add(self.ankle, turned((ahead, aside, up), self.frame)))

    def ring(self, slices: Sequence[Sole]) -> list[Spot]:
        """Return the outline of some slices."""
        return around_all([self.spot(corner) for corner in _corners(slices)])

    def faces(self, column: int) -> float:
        """Return how much its front, 0, its outside, 1, or its top, 2, faces the eye."""
        return dot(self.frame[column], self.view.towards)


BALL_UP = body.TOES - body.ANKLE_HEIGHT
"""How high the joint at the ball of the foot is, seen from the ankle, in mm."""


def foot(
    part: Part,
    skeleton: Skeleton,
    side: Side,
    view: View,
    *,
    skin: str = "skin",
    fine: bool = False,
) -> None:
    """Add a shoe or a bare foot to its leg; ``fine`` draws each toe of one."""
    bare = skeleton.build.bare
    seen = _Foot(skeleton, side, view)
    part.fill(contour(_ankle(skeleton, side), view, (0.1, 0.3)).ring, skin)
    if bare and fine:
        _bare(part, seen, skin)
        return
    slices, tone = (BARE, skin) if bare else (SHOE, "shoe")
    part.fill(seen.ring(slices[:3]), tone, 15)
    runs: list[Sequence[Sole]] = [slices[2:4], slices[3:]] if seen.curl else [slices[2:]]
    for run in runs:
        part.fill(seen.ring(run), tone, 15)
    if bare:
        _toes(part, seen, skin)
    else:
        for run in (RUBBER[:3], RUBBER[2:]) if seen.curl else (RUBBER,):
            part.again(thinned(seen.ring(run), 20), "sole")
        _laces(part, seen)


# ---------------------------------------------------------------- a bare foot


def _bare(part: Part, seen: _Foot, skin: str) -> None:
    """Add a bare foot with its arch, its ankle bone and each of its toes."""
    part.fill(seen.ring(BARE[:3]), skin, 8)
    middle = part.fill(seen.ring((*BARE[2:4], BALL)), skin, 8)
    toes = sorted((_toe(seen, toe) for toe in TOE_BONES), key=lambda toe: toe[0])
    rings = [part.fill(ring, skin) for _, ring, _ in toes]
    if seen.faces(0) < -0.6:  # from behind the heel hides them
        return
    for ring, (_, _, root) in zip(rings, toes, strict=True):
        part.again(ring, skin, edged=True)
        part.again(root, skin)
    if seen.faces(0) < -0.3:
        part.again(middle, skin)
    inner, outer = seen.faces(1) < -0.3, seen.faces(1) > 0.3
    if inner:
        part.shade([seen.spot(place) for place in ARCH], "skin")
    if inner or outer:
        x, y = seen.spot((2, 30 if outer else -30, 2 if outer else 6))
        part.nib([(x - 12, y - 4), (x, y + 9), (x + 12, y - 2)], 0.6)


def _toe(seen: _Foot, toe: ToeBones) -> tuple[float, list[Spot], list[Spot]]:
    """Return how near a toe is, its outline and the spot of its root.

    One that is curled under stands on its tip, with its knuckle up.
    """
    under = max(0.0, seen.curl)
    up, down = radians(under * 0.7), radians(under * 1.5)
    long = (toe.tip - toe.root) / 2
    low = toe.radius - 66
    knuckle = (toe.root + long * cos(up), toe.out, low + long * 1.3 * sin(up))
    tip = (knuckle[0] + long * cos(down), (toe.out + toe.out_tip) / 2,
           max(low, knuckle[2] - long * sin(down)))  # fmt: skip
    places = ((toe.root, toe.out, low + 4), knuckle, tip)
    radii = (toe.radius * 1.15, toe.radius * 1.05, toe.radius)
    spots = [(seen.spot(place), radius) for place, radius in zip(places, radii, strict=True)]
    near = seen.view.nearness(turned(knuckle, seen.frame))
    return near, thinned(ribbon(spots), 0), disc(spots[0][0], radii[0], 6)


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


def _toes(part: Part, seen: _Foot, skin: str) -> None:
    """Add toes, and the bone of the ankle where its outside is seen."""
    for ahead, out, radius in TOES:
        part.fill(disc(seen.spot((ahead, out, radius - 66)), radius, 5), skin)
    if seen.faces(1) > 0.3:
        x, y = seen.spot((2, 30, 2))
        part.nib([(x - 12, y - 4), (x, y + 9), (x + 12, y - 2)], 0.6)


def _laces(part: Part, seen: _Foot) -> None:
    """Add the edge of a shoe's opening, where its side is seen."""
    if abs(seen.faces(0)) < 0.7:
        places = ((44, 18, -6), (34, 30, -20), (28, 34, -30))
        part.nib([seen.spot(place) for place in places], 0.6)


def sole_ring(skeleton: Skeleton, side: Side, view: View, reach: tuple[float, float]) -> list[Spot]:
    """Return the outline of what goes around a foot, from where to where before its ankle."""
    seen = _Foot(skeleton, side, view)
    return seen.ring([_wider(slice_of(skeleton, ahead), 5) for ahead in reach])


def slice_of(skeleton: Skeleton, ahead: float) -> Sole:
    """Return the slice of a foot, bare or in a shoe, so many mm before its ankle."""
    slices = BARE if skeleton.build.bare else SHOE
    for a, b in pairwise(slices):
        if ahead <= b.ahead:
            k = (ahead - a.ahead) / (b.ahead - a.ahead)
            return Sole(*(p + (q - p) * k for p, q in zip(a, b, strict=True)))
    return slices[-1]


def _wider(cut: Sole, more: float) -> Sole:
    return Sole(cut.ahead, cut.low - 1, cut.high + more, cut.half + more)
