"""A head as it is seen: places on it, and how it faces the eye."""

from collections.abc import Sequence
from math import atan2, cos, degrees, hypot, radians, sin
from typing import TypeVar

from clinicpress.figures.contour import (
    Contour,
    Row,
    Section,
    at,
    contour,
)
from clinicpress.figures.flesh import HEAD, SKULL, STYLES, Style
from clinicpress.figures.skeleton import Skeleton
from clinicpress.figures.space import add, dot, turned
from clinicpress.figures.view import Spot, View

CHIN = -66.0
"""From the top of the neck to the height of the chin, in mm."""


class Head:
    """A head as it is seen: places on it, and how it faces the eye."""

    def __init__(self, skeleton: Skeleton, view: View) -> None:
        self.skeleton, self.view, self.build = skeleton, view, skeleton.build
        self.frame = skeleton.frames["head"]
        self.base = add(skeleton.joints["skull"], turned((0, 0, CHIN), self.frame))
        self.scale = 1.02 if self.build.slim else 1.06
        self.ahead = dot(self.frame[0], view.towards)
        self.aside = dot(self.frame[1], view.towards)
        self.looks = degrees(atan2(self.aside, self.ahead))
        self.style: Style | None = STYLES.get(self.build.hair)
        self.hangs = bool(self.style and self.style.hangs)
        self.covered = self.build.hair == "covered"

    def on(self, x: float, y: float, high: float) -> Spot:
        """Return a spot: ``x`` to the front and ``y`` to the left in mm, ``high`` a share."""
        shift = (x * self.scale, y * self.scale, high * HEAD)
        return self.view.spot(add(self.base, turned(shift, self.frame)))

    def surface(self, around: float, high: float, grow: float = 1.0) -> Spot:
        """Return a spot on the skull, or ``grow`` times as far out, ``around`` it in degrees."""
        rows = HANGING if self.hangs and grow != 1 else SKULL
        front, back, side, _ = at(rows, max(0.06, min(high, 1.0)))
        middle, half = (front - back) / 2, (front + back) / 2 * grow
        a = radians(around)
        return self.on(middle + half * cos(a), side * grow * sin(a), high)

    def seen(self, around: float) -> float:
        """Return how much the skull faces the eye at ``around``; below zero it is hidden."""
        return cos(radians(around - self.looks))

    def stack(self, rows: Sequence[Row], grow: float = 1.0, top: float = 0.0) -> list[Section]:
        """Return the sections of the skull, ``grow`` times as wide, its crown ``top`` higher."""
        found = []
        for high, *reach in rows:
            place = turned((0, 0, (high + max(0.0, high - 0.6) * top) * HEAD), self.frame)
            wide = (grow if high > 0.4 else 1 + (grow - 1) * 0.9) * self.scale
            a, b, c, d = (v * wide for v in reach)
            found.append(Section(add(self.base, place), self.frame, (a, b, c, d)))
        return found

    def contour(self, rows: Sequence[Row], grow: float, top: float) -> Contour:
        """Return the edges of the skull or of hair around it."""
        return contour(self.stack(rows, grow, top), self.view, (0.35, 0.3))


def _hanging(row: Row) -> Row:
    """Return a row of hair that hangs: as wide as the skull at the ears, and flaring a little."""
    high, front, *_ = row
    _, back, side, _ = at(SKULL, max(high, 0.5))
    wide = side * (1 + 0.45 * max(0.0, 0.5 - high) - 0.5 * max(0.0, 0.12 - high))
    return (high, front, back * 0.98, wide, wide)


HANGING: tuple[Row, ...] = tuple(_hanging(row) for row in SKULL)
"""The surface of long hair, as sections of the skull."""


T = TypeVar("T")


def seen_run(ring: Sequence[tuple[T, float]]) -> list[T]:
    """Return what of a ring faces the eye (the second of each pair is above 0), in order."""
    flags = [faces > -0.02 for _, faces in ring]
    first = next((i for i, flag in enumerate(flags) if flag and not flags[i - 1]), 0)
    return [ring[(first + i) % len(ring)][0] for i in range(sum(flags))]


def apart(a: Spot, b: Spot) -> float:
    """Return how far two spots are from each other, in mm."""
    return hypot(a[0] - b[0], a[1] - b[1])
