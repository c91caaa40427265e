"""Flat shapes on the paper, as SVG path data."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import acos, atan2, cos, degrees, hypot, pi, sin, sqrt

from clinicpress.figures.space import Rotation, Vec, dot
from clinicpress.figures.view import Spot, View

SEGMENTS = 24
"""Corners of the polygon that stands for an ellipse; at 40 mm nobody sees them."""


@dataclass(frozen=True)
class Box:
    """A rectangle on the paper, in mm of the body."""

    left: float
    top: float
    right: float
    bottom: float

    def joined(self, other: "Box") -> "Box":
        """Return the smallest box around both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def meets(self, other: "Box") -> bool:
        """Return whether the two share any place."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """How high it is."""
        return self.bottom - self.top


@dataclass(frozen=True)
class Shape:
    """A path, the name of its fill, and the box around it; with a ``width``, a line that wide.

    A ``crease`` is an open line on a thing, as thin as the pen draws.
    """

    path: str
    fill: str
    box: Box
    width: float = 0
    crease: bool = False


@dataclass(frozen=True)
class Layer:
    """Shapes of a thing that share one outline; ``nearness`` orders layers, more is nearer."""

    nearness: float
    shapes: tuple[Shape, ...]


def around(spots: Iterable[Spot], margin: float = 0) -> Box:
    """Return the box around ``spots``, wider by ``margin``."""
    xs, ys = zip(*spots, strict=True)
    return Box(min(xs) - margin, min(ys) - margin, max(xs) + margin, max(ys) + margin)


def number(value: float) -> str:
    """Return a coordinate as SVG wants it: a body is drawn in mm, so whole ones will do."""
    return str(round(value))


def polygon(spots: Sequence[Spot], fill: str) -> Shape:
    """Return the closed polygon.

    It goes round clockwise, as all shapes do: where two of one path overlap, neither is a hole.
    """
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise((*spots, spots[0])))
    data = "L".join(f"{number(x)} {number(y)}" for x, y in (spots if area >= 0 else spots[::-1]))
    return Shape(f"M{data}Z", fill, around(spots))


def curve_shape(spots: Sequence[Spot], fill: str) -> Shape:
    """Return the closed smooth shape; it goes round clockwise, as a polygon does."""
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise((*spots, spots[0])))
    ring = spots if area >= 0 else spots[::-1]
    return Shape(curve(ring, closed=True), fill, around(spots))


def line(spots: Sequence[Spot]) -> str:
    """Return an open line through ``spots``."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in spots)


def curve(spots: Sequence[Spot], *, closed: bool = False) -> str:
    """Return a smooth line through ``spots`` (a Catmull-Rom spline as cubic curves)."""
    count = len(spots)
    if count < 3:
        return line(spots)

    def at(i: int) -> Spot:
        return spots[i % count] if closed else spots[max(0, min(count - 1, i))]

    data = f"M{number(spots[0][0])} {number(spots[0][1])}"
    for i in range(count if closed else count - 1):
        before, start, end, behind = at(i - 1), at(i), at(i + 1), at(i + 2)
        first = (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6)
        second = (end[0] - (behind[0] - start[0]) / 6, end[1] - (behind[1] - start[1]) / 6)
        data += "C" + " ".join(f"{number(x)} {number(y)}" for x, y in (first, second, end))
    return data + ("Z" if closed else "")


def oval(middle: Spot, across: float, high: float, fill: str) -> Shape:
    """Return an ellipse by its half axes."""
    (x, y), arc = middle, f"a{number(across)} {number(high)} 0 1 1 "
    path = (
        f"M{number(x - across)} {number(y)}{arc}{number(2 * across)} 0{arc}{number(-2 * across)} 0Z"
    )
    return Shape(path, fill, Box(x - across, y - high, x + across, y + high))


def circle(middle: Spot, radius: float) -> list[Spot]:
    """Return corners of a polygon that stands for a circle."""
    return [(middle[0] + radius * c, middle[1] + radius * s) for c, s in unit_circle()]


def capsule(start: Spot, near: float, end: Spot, far: float, fill: str) -> Shape:
    """Return the hull of two circles: a limb that tapers from radius ``near`` to ``far``."""
    away = hypot(end[0] - start[0], end[1] - start[1])
    box = around([start], near).joined(around([end], far))
    if away <= abs(near - far) + 0.5:
        (x, y), r = (start, near) if near >= far else (end, far)
        half = f"a{number(r)} {number(r)} 0 1 1 "
        path = f"M{number(x - r)} {number(y)}{half}{number(2 * r)} 0{half}{number(-2 * r)} 0Z"
        return Shape(path, fill, box)
    along = atan2(end[1] - start[1], end[0] - start[0])
    open_ = acos((near - far) / away)  # half the angle between the tangents' points

    def touch(middle: Spot, radius: float, angle: float) -> str:
        x, y = middle[0] + radius * cos(angle), middle[1] + radius * sin(angle)
        return f"{number(x)} {number(y)}"

    n, f = number(near), number(far)
    path = (
        f"M{touch(start, near, along + open_)}"
        f"A{n} {n} 0 {int(open_ < pi / 2)} 1 {touch(start, near, along - open_)}"
        f"L{touch(end, far, along - open_)}"
        f"A{f} {f} 0 {int(open_ > pi / 2)} 1 {touch(end, far, along + open_)}Z"
    )
    return Shape(path, fill, box)


@dataclass(frozen=True)
class Globe:
    """An ellipsoid as it is seen. ``axes`` are what its half axes look like on the paper."""

    middle: Spot
    axes: tuple[Spot, Spot, Spot]

    @classmethod
    def seen(cls, middle: Vec, frame: Rotation, half: Vec, view: View) -> "Globe":
        """Return the ellipsoid around ``middle`` with half axes ``half`` along the frame's."""
        x, y, z = (
            (dot(column, view.right) * size, -dot(column, view.up) * size)
            for column, size in zip(frame, half, strict=True)
        )
        return cls(view.spot(middle), (x, y, z))

    def oval(self, fill: str) -> Shape:
        """Return it as an ellipse.

        Its half axes are the roots of the eigenvalues of the sums of the axes' squares.
        """
        xx = sum(axis[0] * axis[0] for axis in self.axes)
        xy = sum(axis[0] * axis[1] for axis in self.axes)
        yy = sum(axis[1] * axis[1] for axis in self.axes)
        middle, apart = (xx + yy) / 2, hypot((xx - yy) / 2, xy)
        long, short = sqrt(middle + apart), sqrt(max(0.0, middle - apart))
        slope = atan2(2 * xy, xx - yy) / 2
        (x, y), (dx, dy) = self.middle, (long * cos(slope), long * sin(slope))
        arc = f"A{number(long)} {number(short)} {number(degrees(slope))} 0 1 "
        ends = [f"{number(x + way * dx)} {number(y + way * dy)}" for way in (-1, 1, -1)]
        box = Box(x - sqrt(xx), y - sqrt(yy), x + sqrt(xx), y + sqrt(yy))
        return Shape(f"M{ends[0]}{arc}{ends[1]}{arc}{ends[2]}Z", fill, box)


@lru_cache
def unit_circle() -> tuple[Spot, ...]:
    """Return points of the unit circle."""
    angles = (2 * pi * i / SEGMENTS for i in range(SEGMENTS))
    return tuple((cos(angle), sin(angle)) for angle in angles)


def stroke(spots: Sequence[Spot], width: float, fill: str, *, smooth: bool = False) -> Shape:
    """Return a line of some width, such as a band."""
    return Shape(curve(spots) if smooth else line(spots), fill, around(spots, width / 2), width)


def crease(spots: Sequence[Spot], fill: str = "ink") -> Shape:
    """Return a fold of cloth or a gleam: a smooth thin line on what it is drawn on."""
    return Shape(curve(spots), fill, around(spots), crease=True)
