"""What sleeves and legs of trousers have in common: their order, shadow, folds."""

from collections.abc import Iterator
from itertools import pairwise
from math import hypot

from clinicpress.figures import body, flesh
from clinicpress.figures.contour import (
    Contour,
)
from clinicpress.figures.ink import Part
from clinicpress.figures.pose import Side
from clinicpress.figures.skeleton import Skeleton
from clinicpress.figures.space import (
    Rotation,
    Vec,
    between,
    dot,
    length,
    mixed,
    sub,
    unit,
)
from clinicpress.figures.view import Spot, View

TRUNK_BEFORE_LEGS = 140.0
"""A shirt hangs over trousers unless the legs are nearer to the eye by more than so many mm."""


DEEP = 0.34
"""How far a shadow reaches across a limb."""


def nearness(skeleton: Skeleton, view: View, *names: str) -> float:
    """Return how near the middle of some joints is to the eye, in mm."""
    return sum(view.nearness(skeleton.joints[name]) for name in names) / len(names)


def trunk_nearness(skeleton: Skeleton, view: View) -> float:
    """Return how near the trunk is to the eye, in mm, as its order among the parts goes."""
    return nearness(skeleton, view, "trunk-2") + TRUNK_BEFORE_LEGS


def sideways(skeleton: Skeleton, view: View) -> bool:
    """Return whether the eye looks at a shoulder rather than at the chest or the back."""
    return abs(dot(skeleton.frames["chest"][1], view.towards)) > 0.64


def grown(skeleton: Skeleton) -> float:
    """Return how much wider the limbs are than those of a slim body."""
    return skeleton.build.limbs


class Spine:
    """The line of a back, as a curve: places and frames from the hips, 0, to the neck, 1."""

    def __init__(self, skeleton: Skeleton) -> None:
        ends = [0.0]
        for part in body.SPINE:
            ends.append(ends[-1] + part * body.STATURE)
        self.long = ends[-1]
        self._middles = [(a + b) / 2 / self.long for a, b in pairwise(ends)]
        self._ends = [end / self.long for end in ends]
        names = ["hips", *(f"spine-{n}" for n in range(len(body.SPINE)))]
        self._places = [skeleton.joints[name] for name in names]
        self._frames = [skeleton.frames[f"trunk-{n}"] for n in range(len(body.SPINE))]

    def frame(self, share: float) -> Rotation:
        """Return the frame: to the front, to the left, up."""
        for n, (low, high) in enumerate(pairwise(self._middles)):
            if share < high:
                k = max(0.0, (share - low) / (high - low))
                a, b = self._frames[n], self._frames[n + 1]
                front, left, up = (unit(mixed(p, q, k)) for p, q in zip(a, b, strict=True))
                return front, left, up
        return self._frames[-1]

    def place(self, share: float) -> Vec:
        """Return the place of the spine; beyond its ends it goes straight on."""
        inner = self._ends[1:-1]
        n = sum(share > end for end in inner)
        low, high = self._ends[n], self._ends[n + 1]
        return mixed(self._places[n], self._places[n + 1], (share - low) / (high - low))

    def sections(self, low: float, high: float) -> Iterator[tuple[float, Vec, Rotation]]:
        """Yield share, place and frame of the trunk's rows between ``low`` and ``high``."""
        for share, *_ in flesh.TRUNK:
            if low - 0.001 <= share <= high + 0.001:
                yield share, self.place(share), self.frame(share)


SHORT = 0.6
"""A bone that is seen shorter than this share of its length points to the eye or away from it."""


def is_short(skeleton: Skeleton, view: View, side: Side, start: str, end: str) -> bool:
    """Return whether a bone points to the eye, or away from it."""
    a, b = (skeleton.joints[f"{side}-{name}"] for name in (start, end))
    (ax, ay), (bx, by) = view.spot(a), view.spot(b)
    return hypot(bx - ax, by - ay) < SHORT * length(sub(b, a))


def bend_between(skeleton: Skeleton, side: Side, upper: str, lower: str) -> float:
    """Return how far two parts of a limb are bent against each other, in degrees."""
    a, b = (skeleton.frames[f"{side}-{name}"][2] for name in (upper, lower))
    return between(a, b)


def creases(part: Part, upper: Contour, lower: Contour, bend: float, size: float) -> None:
    """Add folds where a limb is bent by more than 35 degrees, from the inside of the bend."""
    x, y = upper.mid[-1]
    (ax, ay), (bx, by) = upper.mid[0], lower.mid[-1]
    mx, my = (ax + bx) / 2 - x, (ay + by) / 2 - y  # where the two ends come near each other
    away = hypot(mx, my)
    if bend < 35 or away < 25:
        return
    mx, my = mx / away, my / away
    (lx, ly), (rx, ry) = upper.left[-1], upper.right[-1]
    radius = hypot(lx - rx, ly - ry) / 2

    def spot(deep: float, aside: float) -> Spot:
        return (x + radius * (mx * deep - my * aside), y + radius * (my * deep + mx * aside))

    for lean, long in ((-0.5, 0.7), (0.35, 1.0)):
        tip, end = spot(1, lean * 0.3), spot(1 - long * 0.8, lean)
        middle = ((tip[0] + end[0]) / 2 - my * radius * lean * 0.3,
                  (tip[1] + end[1]) / 2 + mx * radius * lean * 0.3)  # fmt: skip
        part.nib([tip, middle, end], size)
