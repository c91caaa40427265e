"""What the bones of arms and legs have in common: two parts that reach, and their frames."""

from collections.abc import Mapping
from math import acos, cos, sin

from clinicpress.figures.pose import Side
from clinicpress.figures.space import (
    Rotation,
    Vec,
    X,
    Z,
    across,
    add,
    cross,
    dot,
    length,
    sub,
    times,
    unit,
)

OUTWARD: Mapping[Side, float] = {"right": -1.0, "left": 1.0}
"""The sign of y on each side."""


class OutOfReach(Exception):
    """A hand or foot cannot get where it should; carries the limb and the distance in mm."""

    def __init__(self, limb: str, missing: float) -> None:
        super().__init__(limb, missing)
        self.limb, self.missing = limb, missing


def inward(vector: Vec, frame: Rotation) -> Vec:
    """Return ``vector`` as the frame sees it."""
    return (dot(vector, frame[0]), dot(vector, frame[1]), dot(vector, frame[2]))


def hinge(start: Vec, end: Vec, first: float, second: float, hint: Vec, limb: str) -> Vec:
    """Return the middle joint of a limb of two parts (law of cosines), bent towards ``hint``."""
    line = sub(end, start)
    reach = length(line)
    if reach > first + second + 1:
        raise OutOfReach(limb, reach - first - second)
    reach = min(reach, first + second)
    if reach < abs(first - second):
        raise OutOfReach(limb, abs(first - second) - reach)
    axis = unit(line)
    cosine = (first**2 + reach**2 - second**2) / (2 * first * reach)
    angle = acos(max(-1.0, min(1.0, cosine)))
    bend = unit(across(hint, axis), unit(across(Z, axis), X))
    return add(start, times(axis, first * cos(angle)), times(bend, first * sin(angle)))


def columns(front: Vec, along: Vec, out: float) -> Rotation:
    """Return the frame of a limb's part that hangs: front, outside, along."""
    return (front, times(cross(front, along), out), along)
