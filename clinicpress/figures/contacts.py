"""What goes through what: feet and hands through the floor, limbs through solid things."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from clinicpress.figures.leg_bones import low_end
from clinicpress.figures.model import Prop
from clinicpress.figures.pose import SIDES, Pose
from clinicpress.figures.scene_sizes import SEAT, SIZES
from clinicpress.figures.skeleton import Skeleton
from clinicpress.figures.space import Vec, Z, about, add, dot, mixed, sub, turned

GIVE = 12.0
"""How far flesh gives way, in mm: what goes deeper is told."""

HAND_THICK = 14.0
"""Half of how thick a hand is, in mm."""

BONES = ("shoulder", "elbow", "wrist", "palm"), ("hip", "knee", "ankle", "sole")


class Solid(NamedTuple):
    """What is solid of a thing: its name, its middle, half its size, and where it looks."""

    name: str
    middle: Vec
    half: Vec
    facing: float

    def depth(self, place: Vec) -> float:
        """Return how deep a place lies in it, in mm; below zero, it is outside."""
        turn, away = about(Z, self.facing), sub(place, self.middle)
        return min(h - abs(dot(away, axis)) for h, axis in zip(self.half, turn, strict=True))


def solid(prop: Prop, place: Vec) -> Solid | None:
    """Return what is solid of a thing that stands at ``place``; None for what is not."""
    long, wide, high = prop.size or SIZES.get(prop.is_, (0.0, 0.0, 0.0))
    name = prop.name or prop.is_
    match prop.is_:
        case "wall":
            back = turned((-long / 2, 0, high / 2), about(Z, prop.facing))
            return Solid(name, add(place, back), (long / 2, wide / 2, high / 2), prop.facing)
        case "chair" | "stool" | "wheelchair":
            middle, thick = add(place, (0, 0, SEAT - 22)), 22.0
        case "desk" | "table":
            middle, thick = add(place, (0, 0, high - 20)), 20.0
        case "bed" | "box" | "step":
            middle, thick = add(place, (0, 0, high / 2)), high / 2
        case _:
            return None
    return Solid(name, middle, (long / 2, wide / 2, thick), prop.facing)


def bones(skeleton: Skeleton) -> Iterator[tuple[str, Vec]]:
    """Yield points inside the limbs, with the words for where they are."""
    for side in SIDES:
        for chain in BONES:
            for start, end in pairwise(chain):
                a, b = (skeleton.joints[f"{side}-{name}"] for name in (start, end))
                for step in range(1, 8):
                    yield f"{side} {WORDS[start, end]}", mixed(a, b, step / 8)


WORDS: Mapping[tuple[str, str], str] = {
    ("shoulder", "elbow"): "upper arm", ("elbow", "wrist"): "forearm", ("wrist", "palm"): "hand",
    ("hip", "knee"): "thigh", ("knee", "ankle"): "lower leg", ("ankle", "sole"): "foot",
}  # fmt: skip


def below(skeleton: Skeleton, pose: Pose, floor: float) -> Iterator[tuple[str, float]]:
    """Yield each foot and hand that is below the floor, and by how many mm."""
    for side in SIDES:
        foot = low_end(skeleton.joints, side, getattr(pose, f"{side}_leg").tilt)
        ends = (skeleton.joints[f"{side}-{name}"][2] for name in ("palm", "fingers"))
        for what, low in (("foot", foot), ("hand", min(ends) - HAND_THICK)):
            if floor - low > GIVE:
                yield f"{side} {what}", floor - low


def through(skeleton: Skeleton, solids: Sequence[Solid]) -> Iterator[tuple[str, str, float]]:
    """Yield each part of a limb that is in a thing: the part, the thing, and how deep, in mm."""
    for thing in solids:
        deepest: dict[str, float] = {}
        for part, place in bones(skeleton):
            depth = thing.depth(place)
            if depth > GIVE:
                deepest[part] = max(depth, deepest.get(part, 0.0))
        yield from ((part, thing.name, depth) for part, depth in deepest.items())
