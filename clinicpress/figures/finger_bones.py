"""The bones of a hand's fingers in space, by the hand's shape."""

from collections.abc import Sequence

from clinicpress.figures.flesh import FINE, HOLDS, THUMB, Finger
from clinicpress.figures.space import Rotation, Vec, across, add, rotated, times, turned, unit

LARGE = 1.04
"""How much larger than the table a hand is drawn."""


class Bones:
    """A hand in space: its frame is along the fingers, to the thumb, to where the palm looks."""

    def __init__(self, wrist: Vec, frame: Rotation) -> None:
        self.frame = frame
        self.wrist = add(wrist, times(frame[0], 4))

    def at(self, along: float, aside: float, deep: float = 0.0) -> Vec:
        """Return a place of the hand."""
        shift = (along * LARGE, aside * LARGE, deep * LARGE)
        return add(self.wrist, turned(shift, self.frame))

    def finger(self, shape: str, kinds: Sequence[Finger], n: int) -> list[Vec]:
        """Return the joints of the ``n``-th of some fingers, from its root to its tip."""
        hold, finger = HOLDS[shape], kinds[n]
        along, thumb, palm = self.frame
        angles = hold.first if hold.first and n == 0 else hold.curl
        way = rotated(along, thumb, hold.spread * (1.3 - n * 3 / len(kinds)))
        base = self.at(finger.along - 8, finger.aside)
        return _chain(finger, base, way, palm, angles)

    def thumb(self, shape: str) -> list[Vec]:
        """Return the joints of the thumb, from its root to its tip."""
        away, inward, bend = HOLDS[shape].thumb
        along, thumb, palm = self.frame
        way = rotated(rotated(along, thumb, away), palm, inward)
        down = unit(across(add(times(thumb, -1), times(palm, 0.2)), way))
        base = self.at(THUMB.along, THUMB.aside, 6)
        return _chain(THUMB, base, way, down, (0, bend * 0.5, bend * 0.5))


def _chain(finger: Finger, base: Vec, way: Vec, down: Vec, angles: Sequence[float]) -> list[Vec]:
    """Return the joints of a finger from ``base`` along ``way``, bent towards ``down``."""
    places, bend = [base], 0.0
    for bone, angle in zip(finger.bones, angles, strict=True):
        bend += angle
        places.append(add(places[-1], times(rotated(way, down, bend), bone * LARGE)))
    return places


def index_tip(bones: Bones, shape: str) -> Vec:
    """Return the tip of the index finger."""
    return bones.finger(shape, FINE, 0)[-1]
