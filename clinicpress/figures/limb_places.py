"""Places on the skin of arms and legs, hands and feet, and areas on them."""

from collections.abc import Mapping, Sequence
from math import cos, radians, sin
from typing import NamedTuple

from clinicpress.figures import body, flesh
from clinicpress.figures.contour import Row, at
from clinicpress.figures.finger_bones import Bones, index_tip
from clinicpress.figures.pose import SIDES, Face, Side
from clinicpress.figures.space import Rotation, Vec, add, mixed, times, turned


class Bone(NamedTuple):
    """A limb's part: the sections of its flesh, and its two joints."""

    table: Sequence[Row]
    start: str
    end: str


BONES: Mapping[str, Bone] = {
    "thigh": Bone(flesh.THIGH, "hip", "knee"),
    "shank": Bone(flesh.SHANK, "knee", "ankle"),
    "upper-arm": Bone(flesh.UPPER_ARM, "shoulder", "elbow"),
    "forearm": Bone(flesh.FOREARM, "elbow", "wrist"),
}

ON_BONES: Mapping[str, tuple[str, float, Face]] = {
    "thigh-front": ("thigh", 0.5, "front"),
    "thigh-back": ("thigh", 0.5, "back"),
    "thigh-outside": ("thigh", 0.5, "outside"),
    "thigh-inside": ("thigh", 0.5, "inside"),
    "knee-front": ("shank", 0.02, "front"),
    "knee-back": ("shank", 0.0, "back"),
    "knee-outside": ("shank", 0.0, "outside"),
    "knee-inside": ("shank", 0.0, "inside"),
    "shin": ("shank", 0.4, "front"),
    "calf": ("shank", 0.33, "back"),
    "achilles": ("shank", 0.95, "back"),
    "ankle-outside": ("shank", 1.0, "outside"),
    "ankle-inside": ("shank", 1.0, "inside"),
    "ankle-front": ("shank", 1.0, "front"),
    "upper-arm-front": ("upper-arm", 0.55, "front"),
    "upper-arm-back": ("upper-arm", 0.55, "back"),
    "upper-arm-outside": ("upper-arm", 0.4, "outside"),
    "elbow-outside": ("forearm", 0.0, "outside"),
    "elbow-inside": ("forearm", 0.0, "inside"),
    "elbow-back": ("upper-arm", 1.0, "back"),
    "forearm-front": ("forearm", 0.3, "front"),
    "forearm-back": ("forearm", 0.3, "back"),
}
"""Places by the part, where on its bone they are, 0 to 1, and on which side of it."""

ON_FOOT: Mapping[str, Vec] = {
    "heel-under": (-0.18 * body.FOOT, 0, -body.ANKLE_HEIGHT),
    "arch": (40, -20, -body.ANKLE_HEIGHT),
    "instep": (60, 0, -14),
    "ball-under": (body.BALL_AHEAD, 0, -body.ANKLE_HEIGHT),
    "big-toe": (168, -22, -54),
    "little-toe": (136, 34, -58),
    "foot-outside": (60, 38, -52),
    "foot-inside": (60, -38, -52),
}
"""Places of a foot: before its ankle, to the outside and up, in mm."""

ON_HAND = ("back-of-hand", "grasp", "thumb-tip", "index-tip")

GRASP = 42.0
"""How far before the palm the middle of a ball is that a hand holds, in mm."""

LIMB_PLACES = tuple(f"{side}-{name}" for side in SIDES for name in (*ON_BONES, *ON_FOOT, *ON_HAND))
"""The names of all places on limbs."""

Joints = Mapping[str, Vec]
Frames = Mapping[str, Rotation]


def limb_place(
    name: str, joints: Joints, frames: Frames, hands: Mapping[Side, str], grow: float
) -> Vec:
    """Return a place on a limb, on flesh ``grow`` times as wide. Raises KeyError if none."""
    side, _, place = name.partition("-")
    if place in ON_FOOT:
        return add(joints[f"{side}-ankle"], turned(ON_FOOT[place], frames[f"{side}-foot"]))
    if place in ON_HAND:
        return _on_hand(side, place, joints, frames, hands)
    part, share, face = ON_BONES[place]
    return on_limb(f"{side}-{part}", (share, 0.0), face, joints, frames, grow)


def on_limb(
    limb: str, spot: tuple[float, float], face: Face, joints: Joints, frames: Frames, grow: float
) -> Vec:
    """Return a place on a limb's part such as ``right-thigh``.

    ``spot`` is where along it, 0 to 1, and how far across its ``face``, -1 to 1: to the outside, or
    on the outside and inside to the front. Raises KeyError if there is no such part.
    """
    side, _, part = limb.partition("-")
    share, aside = spot
    frame = frames[limb]
    if part == "hand":
        deep, long = (18.0 if face == "front" else -16.0), body.HAND * 0.9
        over = (long * share, -36 * aside, deep * (1 - 0.5 * aside**2))
        return add(joints[f"{side}-wrist"], turned(over, frame))
    if part == "foot":
        up = -14.0 if face == "front" else -body.ANKLE_HEIGHT
        shift = (-45 + 200 * share, 36 * aside, up * (1 - 0.4 * aside**2))
        return add(joints[f"{side}-ankle"], turned(shift, frame))
    bone = BONES[part]
    reach = [grow * r for r in at(bone.table, share)]
    ways = {"front": (frame[0], reach[0]), "back": (times(frame[0], -1), reach[1]),
            "outside": (frame[1], reach[2]), "inside": (times(frame[1], -1), reach[3])}  # fmt: skip
    across = {"front": "outside", "back": "outside", "outside": "front", "inside": "front"}
    other = {"outside": "inside", "front": "back"}
    far = across[face] if aside >= 0 else other[across[face]]
    turn = radians(90 * abs(aside))
    middle = mixed(joints[f"{side}-{bone.start}"], joints[f"{side}-{bone.end}"], share)
    (ahead, deep), (sideways, wide) = ways[face], ways[far]
    return add(middle, times(ahead, deep * cos(turn)), times(sideways, wide * sin(turn)))


LIMBS = tuple(f"{side}-{part}" for side in SIDES for part in (*BONES, "foot", "hand"))
"""The parts of limbs on which an area may lie."""


def _on_hand(
    side: str, place: str, joints: Joints, frames: Frames, hands: Mapping[Side, str]
) -> Vec:
    frame, palm = frames[f"{side}-hand"], joints[f"{side}-palm"]
    if place == "grasp":
        return add(palm, times(frame[2], GRASP))
    if place == "back-of-hand":
        return add(palm, times(frame[2], -16), times(frame[0], -30))
    bones = Bones(joints[f"{side}-wrist"], frame)
    shape = hands["right" if side == "right" else "left"]
    return index_tip(bones, shape) if place == "index-tip" else bones.thumb(shape)[-1]
