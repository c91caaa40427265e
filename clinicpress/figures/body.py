"""How large people are: lengths of segments, girths, and what varies from person to person.

Lengths are fractions of stature after R. Drillis and R. Contini, Body Segment Parameters (1966), as
given in D. A. Winter, Biomechanics and Motor Control of Human Movement (4th edition 2009), figure
4.1. Winter measures breadth over the outside of shoulders and hips; joints lie further in. Girths
are drawn, not measured.
"""

from collections.abc import Mapping
from dataclasses import dataclass

STATURE = 1700.0
"""Stature of every drawn adult, in mm."""

UPPER_ARM = 0.186 * STATURE
FOREARM = 0.146 * STATURE
HAND = 0.108 * STATURE
THIGH = 0.245 * STATURE
SHANK = 0.246 * STATURE
ANKLE_HEIGHT = 0.039 * STATURE
FOOT = 0.152 * STATURE
TRUNK = 0.288 * STATURE
"""From the hips' height to the shoulders'."""

SHOULDER = 0.129 * STATURE - 54
"""From the middle to the shoulder's joint: half the breadth, less the muscle outside."""
SHOULDER_DROP = 58.0
"""How far the shoulder's joint lies below the seventh neck bone, in mm: under the bone's tip."""
HIP = 0.0955 * STATURE - 78
"""From the middle to the hip's joint: half the breadth, less the bone and muscle outside."""

PALM = 0.5 * HAND
"""From the wrist to the middle of the palm and roots of the fingers, which touches things."""

SPINE: tuple[float, ...] = (0.055, 0.06, 0.065, 0.06, 0.055)
"""Lengths of the spine's five drawn parts from the hips to the seventh neck bone, of stature.

Their sum is a little more than the trunk's: that bone lies above the shoulders' joints.
"""

NECK = 0.058 * STATURE
HEAD = (112.0, 88.0, 128.0)
"""Half axes of the head, in mm: to the front, to the side, up. Drawn a sixth larger than life."""
HEAD_ON_SKULL = (-6.0, 0.0, 62.0)
"""From the top of the neck to the middle of the head, in mm."""

TRUNK_GIRTHS: tuple[tuple[float, float, float], ...] = (
    (112.0, 168.0, 100.0),
    (98.0, 148.0, 70.0),
    (106.0, 150.0, 75.0),
    (112.0, 160.0, 80.0),
    (84.0, 140.0, 60.0),
)
"""Half axes of the trunk at hips, waist, lower ribs, upper ribs and shoulders, in mm."""

LIMBS: Mapping[str, tuple[float, float]] = {
    "upper_arm": (50.0, 42.0),
    "forearm": (40.0, 27.0),
    "thigh": (86.0, 58.0),
    "shank": (56.0, 36.0),
    "neck": (56.0, 52.0),
}
"""Radii at the near and far end of each limb's part, in mm."""

BALL_AHEAD = 0.42 * FOOT
"""From the ankle to the ball of the foot, in mm, where the toes bend."""

HEEL = 38.0
TOES = 24.0
"""Radii of the foot at the heel and at the toes, in mm."""
FOOT_HALF = 34.0
"""Half the width of a foot, on whose edge it stands when it is tilted, in mm."""


@dataclass(frozen=True)
class Build:
    """What one person's body is like. ``girth`` widens trunk and limbs; 1 is as above.

    ``slim`` has narrow shoulders, a thin neck and a waist; ``older`` lines in the face; ``bare``
    no shoes; ``shorts`` trousers that end above the knee.
    """

    girth: float = 1.0
    pregnant: bool = False
    stoop: float = 0.0
    hair: str = "short"
    slim: bool = False
    older: bool = False
    bare: bool = False
    shorts: bool = False

    @property
    def limbs(self) -> float:
        """How much wider the limbs are than those of a slim body."""
        return 1 + (self.girth - 1) * 0.6

    @property
    def shoulder(self) -> float:
        """From the middle to the shoulder's joint, in mm."""
        return SHOULDER - (14 if self.slim else 0)

    def trunk(self) -> list[tuple[float, float, float]]:
        """Return the half axes of the trunk's five parts, in mm."""
        return [(a * self.girth, b * (1 + (self.girth - 1) * 0.8), c) for a, b, c in TRUNK_GIRTHS]

    def limb(self, name: str) -> tuple[float, float]:
        """Return the radii of a limb's part, in mm."""
        near, far = LIMBS[name]
        return near * self.limbs, far * self.limbs
