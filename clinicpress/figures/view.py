"""From where a figure is seen: an orthographic projection onto the paper."""

from dataclasses import dataclass
from functools import cached_property
from math import cos, radians, sin

from clinicpress.figures.space import Vec, add, dot, times

Spot = tuple[float, float]
"""A place on the paper, in mm of the body: to the right, down."""


@dataclass(frozen=True)
class View:
    """Where the eye is.

    ``turn`` 0 is before the body, 90 at its right side, 180 behind it; ``tilt`` 90 is above it.
    """

    turn: float
    tilt: float = 0.0

    @cached_property
    def right(self) -> Vec:
        """The way that is to the right on the paper."""
        a = radians(self.turn)
        return (sin(a), cos(a), 0.0)

    @cached_property
    def towards(self) -> Vec:
        """The way to the eye."""
        a, t = radians(self.turn), radians(self.tilt)
        return (cos(a) * cos(t), -sin(a) * cos(t), sin(t))

    @cached_property
    def up(self) -> Vec:
        """The way that is up on the paper."""
        a, t = radians(self.turn), radians(self.tilt)
        return add(times((cos(a), -sin(a), 0.0), -sin(t)), (0.0, 0.0, cos(t)))

    def spot(self, place: Vec) -> Spot:
        """Return where a place is seen on the paper."""
        return (dot(place, self.right), -dot(place, self.up))

    def nearness(self, place: Vec) -> float:
        """Return how near a place is to the eye; more is nearer."""
        return dot(place, self.towards)


VIEWS = {
    "front": View(0),
    "front-right": View(35),
    "right": View(90),
    "back-right": View(145),
    "back": View(180),
    "back-left": View(215),
    "left": View(270),
    "front-left": View(325),
    "above": View(90, 90),
    "front-above": View(0, 38),
    "right-above": View(90, 38),
    "left-above": View(270, 38),
    "front-left-above": View(315, 14),
}
"""The views that have a name. ``right`` shows a body that looks to the right of the paper."""
