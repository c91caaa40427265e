"""How far joints go: published ranges of motion, by which an impossible pose is refused.

Degrees after the American Academy of Orthopaedic Surgeons (Joint Motion: Method of Measuring and
Recording, 1965; the same values in W. B. Greene and J. D. Heckman, The Clinical Measurement of
Joint Motion, 1994). Where those name the movement of the spine's whole lower part, it is shared
between ``waist`` and ``chest``. The range across the chest is from the same source's horizontal
flexion. The shoulder's inward turn is 70 with the arm lifted to the side; a hand behind the back
needs more, so the limit here is that of the whole reach behind the back. A drawing does not tell
which way a wrist is bent, so the larger of its two ranges holds for both.

An ankle that carries goes further than one that hangs: in the lunge on which K. Bennell and others
measure it (Australian Journal of Physiotherapy 44, 1998) 30 to 38 degrees are usual. The range of
toes is the large one's at its first joint. How far a foot turns below a bent knee, and a straight
leg together with its foot, is drawn by eye: more looks broken.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple


class Reach(NamedTuple):
    """The least and the most that a joint does, in degrees."""

    least: float
    most: float


LIMITS: Mapping[str, Reach] = {
    "neck bend": Reach(-45, 45),
    "neck side": Reach(-45, 45),
    "neck turn": Reach(-60, 60),
    "back bend": Reach(-25, 80),
    "back side": Reach(-35, 35),
    "back turn": Reach(-45, 45),
    "shoulder raise": Reach(0, 180),
    "shoulder backward": Reach(0, 60),
    "shoulder across": Reach(-60, 135),
    "shoulder turn": Reach(-90, 110),
    "elbow": Reach(0, 150),
    "wrist": Reach(0, 80),
    "hip": Reach(-30, 120),
    "hip out": Reach(-30, 45),
    "hip turn": Reach(-45, 45),
    "knee": Reach(0, 135),
    "ankle": Reach(-20, 50),
    "ankle on the floor": Reach(-40, 50),
    "foot tilt": Reach(-15, 35),
    "foot turn": Reach(-45, 45),
    "leg turn": Reach(-60, 60),
    "toes": Reach(-70, 45),
}

SLACK = 3.0
"""Degrees beyond a limit that are let pass: what rounding makes of a pose."""


def beyond(angles: Mapping[str, float]) -> Iterator[tuple[str, float, Reach]]:
    """Yield each joint that goes too far, its angle and its limits.

    ``angles`` maps a joint, such as ``right elbow``, to degrees; a side before its name is ignored.
    """
    for joint, angle in angles.items():
        reach = LIMITS[joint.removeprefix("right ").removeprefix("left ")]
        if not reach.least - SLACK <= angle <= reach.most + SLACK:
            yield joint, angle, reach
