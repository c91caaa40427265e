"""Contours: a part of a body is a stack of cross-sections on a bone; a view gives its two edges.

From any side the edge of a section lies ``offset ± hypot(a * width, b * depth)`` from its bone, and
a smooth curve joins the edges: a calf, a jaw and a belly are numbers in a table.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import cos, hypot, pi, sin
from typing import NamedTuple

from clinicpress.figures.shapes import around
from clinicpress.figures.space import Rotation, Vec, dot, mixed
from clinicpress.figures.view import Spot, View

Reach = tuple[float, float, float, float]
"""How far a section reaches from its bone, in mm: to the front, back, outside, inside."""

Row = tuple[float, float, float, float, float]
"""A row of a table of sections: where on the bone, 0 to 1, and the reach."""


class Section(NamedTuple):
    """A cross-section of a part: its place on the bone, the frame there, and its reach."""

    place: Vec
    frame: Rotation
    reach: Reach


@dataclass(frozen=True)
class Contour:
    """The middles of a stack of sections as the eye sees them, and its two edges.

    ``caps`` say how far the ends bulge: 1 is half a circle.
    """

    mid: Sequence[Spot]
    left: Sequence[Spot]
    right: Sequence[Spot]
    caps: tuple[float, float]

    @cached_property
    def ring(self) -> list[Spot]:
        """The closed outline."""
        start = cap(self.right[0], self.left[0], self.caps[0])
        end = cap(self.left[-1], self.right[-1], self.caps[1])
        return [*self.left, *end, *self.right[::-1], *start]

    @property
    def open(self) -> list[Spot]:
        """The outline without the first section, where the part melts with another."""
        end = cap(self.left[-1], self.right[-1], self.caps[1])
        return [*self.left[1:], *end, *self.right[:0:-1]]

    @property
    def start(self) -> list[Spot]:
        """The outline of the first section."""
        return [self.right[0], *cap(self.right[0], self.left[0], self.caps[0]), self.left[0]]

    def across(self, share: float, bow: float = 0.0) -> list[Spot]:
        """Return a line across, at ``share`` of the sections, bowed towards the end."""
        k = share * (len(self.mid) - 1)
        i = min(int(k), len(self.mid) - 2)
        a, b, middle = (midway(e[i], e[i + 1], k - i) for e in (self.left, self.right, self.mid))
        x, y = self.mid[i + 1][0] - self.mid[i][0], self.mid[i + 1][1] - self.mid[i][1]
        deep = bow * hypot(a[0] - b[0], a[1] - b[1]) / 2 / (hypot(x, y) or 1)
        return [a, (middle[0] + x * deep, middle[1] + y * deep), b]

    def shadow(self, deep: float) -> list[Spot]:
        """Return the shape along the edge that looks away from the light, at the upper left."""
        half = len(self.left) // 2
        (ax, ay), (bx, by) = self.left[half], self.right[half]
        edge, other = self.left, self.right
        if ax - bx + (ay - by) * 1.4 <= 0:
            edge, other = other, edge
        last = len(edge) - 1
        inner = [
            midway(e, o, deep * sin(pi * i / last) ** 0.7)
            for i, (e, o) in enumerate(zip(edge, other, strict=True))
        ]
        return [*edge, *inner[::-1]]


def midway(a: Spot, b: Spot, share: float) -> Spot:
    """Return the spot at ``share`` of the way from ``a`` to ``b``."""
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)


def contour(
    stack: Sequence[Section], view: View, caps: tuple[float, float] = (1.0, 1.0)
) -> Contour:
    """Return the edges of a stack of sections."""
    mid = [view.spot(section.place) for section in stack]
    last = len(mid) - 1
    whole = (mid[last][0] - mid[0][0], mid[last][1] - mid[0][1])
    left, right = [], []
    for i, section in enumerate(stack):
        (ax, ay), (bx, by) = mid[max(0, i - 1)], mid[min(last, i + 1)]
        way = (bx - ax, by - ay) if hypot(bx - ax, by - ay) > 6 else whole
        near, far = _edges(section, mid[i], way, view)
        left.append(near)
        right.append(far)
    return Contour(mid, left, right, caps)


def _edges(section: Section, middle: Spot, way: Spot, view: View) -> tuple[Spot, Spot]:
    """Return the two spots of a section's edge: of an ellipse whose middle lies off the bone."""
    size = hypot(*way)
    nx, ny = (way[1] / size, -way[0] / size) if size > 0.5 else (1.0, 0.0)
    right, up = view.right, view.up
    normal = (right[0] * nx - up[0] * ny, right[1] * nx - up[1] * ny, right[2] * nx - up[2] * ny)
    a, b = dot(normal, section.frame[0]), dot(normal, section.frame[1])
    front, back, outer, inner = section.reach
    off = a * (front - back) / 2 + b * (outer - inner) / 2
    half = hypot(a * (front + back) / 2, b * (outer + inner) / 2)
    x, y = middle
    return (x + nx * (off + half), y + ny * (off + half)), (
        x + nx * (off - half),
        y + ny * (off - half),
    )


def cap(a: Spot, b: Spot, bulge: float) -> list[Spot]:
    """Return spots of a round end from ``a`` to ``b``, bulging to the left of that way."""
    mx, my, hx, hy = (a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[0] - b[0]) / 2, (a[1] - b[1]) / 2
    turns = ((0.7, 0.7), (0, 1), (-0.7, 0.7)) if bulge > 0.4 else ((0, 1),)
    return [(mx + hx * c - hy * s * bulge, my + hy * c + hx * s * bulge) for c, s in turns]


def at(table: Sequence[Row], share: float) -> Reach:
    """Return the reach of a table at ``share`` of the bone, between its rows if need be."""
    for low, high in pairwise(table):
        if share <= high[0]:
            k = (share - low[0]) / (high[0] - low[0])
            return (
                low[1] + (high[1] - low[1]) * k,
                low[2] + (high[2] - low[2]) * k,
                low[3] + (high[3] - low[3]) * k,
                low[4] + (high[4] - low[4]) * k,
            )
    return table[-1][1:]


class Cut(NamedTuple):
    """What of a limb's part is shown: from where to where on the bone, 0 to 1.

    ``grow`` widens it, ``ease`` is what cloth adds, ``flare`` what it adds more at the end, in mm.
    """

    start: float = 0.0
    end: float = 1.0
    grow: float = 1.0
    ease: float = 0.0
    flare: float = 0.0


def on_bone(
    table: Sequence[Row], ends: tuple[Vec, Vec], frame: Rotation, cut: Cut
) -> list[Section]:
    """Return the stack of a limb's part between its two joints."""
    inner = [row[0] for row in table if cut.start + 0.06 < row[0] < cut.end - 0.06]
    stack = []
    for share in (cut.start, *inner, cut.end):
        far = max(0.0, (share - cut.start) / (cut.end - cut.start))
        more = cut.ease + cut.flare * far**2
        a, b, c, d = at(table, share)
        reach = (a * cut.grow + more, b * cut.grow + more, c * cut.grow + more, d * cut.grow + more)
        stack.append(Section(mixed(ends[0], ends[1], share), frame, reach))
    return stack


# ---------------------------------------------------------------- flat shapes


def around_all(spots: Sequence[Spot]) -> list[Spot]:
    """Return the convex hull (Andrew's monotone chain)."""
    ordered = sorted({(round(x, 1), round(y, 1)) for x, y in spots})
    found: list[Spot] = []
    for run in (ordered, ordered[::-1]):
        half: list[Spot] = []
        for spot in run:
            while len(half) > 1 and _turns_in(half[-2], half[-1], spot):
                half.pop()
            half.append(spot)
        found += half[:-1]
    return found


def _turns_in(a: Spot, b: Spot, c: Spot) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) <= (b[1] - a[1]) * (c[0] - a[0])


def within(spot: Spot, ring: Sequence[Spot]) -> bool:
    """Return whether a spot lies in a ring: a line from it to one side crosses it an odd time."""
    x, y = spot
    crossed = False
    for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0]), strict=True):
        if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
            crossed = not crossed
    return crossed


class Ring:
    """A ring and the box around it, to be asked often whether a spot lies in it."""

    def __init__(self, spots: Sequence[Spot]) -> None:
        self.spots, self._box = spots, around(spots)

    def has(self, spot: Spot) -> bool:
        """Return whether a spot lies in it."""
        box = self._box
        inside = box.left < spot[0] < box.right and box.top < spot[1] < box.bottom
        return inside and within(spot, self.spots)

    def meets(self, other: "Ring") -> bool:
        """Return whether it may share a place with another."""
        return self._box.meets(other._box)


def outside(line: Sequence[Spot], rings: Sequence[Sequence[Spot]]) -> Iterator[list[Spot]]:
    """Yield the runs of a line that lie in none of some rings, each with its neighbours."""
    last, run = len(line) - 1, list[int]()
    for i, spot in enumerate(line):
        if not any(within(spot, ring) for ring in rings):
            run.append(i)
        if run and (run[-1] != i or i == last):
            yield list(line[max(0, run[0] - 1) : run[-1] + 2])
            run.clear()


def disc(middle: Spot, radius: float, corners: int = 10) -> list[Spot]:
    """Return corners of a circle."""
    turns = (2 * pi * k / corners for k in range(corners))
    return [(middle[0] + radius * cos(a), middle[1] + radius * sin(a)) for a in turns]


def thinned(ring: Sequence[Spot], step: float) -> list[Spot]:
    """Return a ring without spots nearer than ``step`` mm, or that its curve passes anyway."""
    kept = [ring[0]]
    for spot, after in zip(ring[1:], (*ring[2:], ring[0]), strict=True):
        (ax, ay), (bx, by), (cx, cy) = kept[-1], spot, after
        span = hypot(cx - ax, cy - ay)
        off = abs((bx - ax) * (cy - ay) - (by - ay) * (cx - ax)) / (span or 1)
        if hypot(bx - ax, by - ay) >= step and (off > 3 or span > 190):
            kept.append(spot)
    return kept


def ribbon(spots: Sequence[tuple[Spot, float]]) -> list[Spot]:
    """Return the outline of a line of spots with radii: its edges and a round tip."""
    left, right = [], []
    last = len(spots) - 1
    for i, ((x, y), radius) in enumerate(spots):
        (ax, ay), (bx, by) = spots[max(0, i - 1)][0], spots[min(last, i + 1)][0]
        size = hypot(bx - ax, by - ay)
        nx, ny = ((by - ay) / size, (ax - bx) / size) if size > 1 else (1.0, 0.0)
        left.append((x + nx * radius, y + ny * radius))
        right.append((x - nx * radius, y - ny * radius))
    return [*left, *cap(left[-1], right[-1], 1.0)[1:2], *right[::-1]]
