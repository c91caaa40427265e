"""What goes around a limb: wraps, tape, and a band that is a loop around one limb or two."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import pi, sin
from typing import NamedTuple

from clinicpress.figures import flesh
from clinicpress.figures.cloth import grown
from clinicpress.figures.contour import Cut, Row, at, contour, on_bone
from clinicpress.figures.feet import slice_of, sole_ring
from clinicpress.figures.model import Prop
from clinicpress.figures.pose import SIDES, Side
from clinicpress.figures.shapes import Layer, Shape, curve_shape, polygon
from clinicpress.figures.skeleton import Skeleton
from clinicpress.figures.space import Vec, across, add, length, mixed, sub, times, turned, unit
from clinicpress.figures.view import Spot, View


class Girth(NamedTuple):
    """A place on a limb that a thing goes around.

    ``table`` are the sections of its bone from ``start`` to ``end``, ``share`` where on it.
    """

    table: Sequence[Row]
    start: str
    end: str
    frame: str
    share: float
    part: str


GIRTHS: Mapping[str, Girth] = {
    "thigh": Girth(flesh.THIGH, "hip", "knee", "thigh", 0.55, "leg"),
    "above-knee": Girth(flesh.THIGH, "hip", "knee", "thigh", 0.84, "leg"),
    "knee": Girth(flesh.THIGH, "hip", "knee", "thigh", 0.94, "leg"),
    "below-knee": Girth(flesh.SHANK, "knee", "ankle", "shank", 0.11, "leg"),
    "calf": Girth(flesh.SHANK, "knee", "ankle", "shank", 0.34, "leg"),
    "ankle": Girth(flesh.SHANK, "knee", "ankle", "shank", 0.93, "leg"),
    "upper-arm": Girth(flesh.UPPER_ARM, "shoulder", "elbow", "upper-arm", 0.75, "arm"),
    "forearm": Girth(flesh.FOREARM, "elbow", "wrist", "forearm", 0.4, "arm"),
    "wrist": Girth(flesh.FOREARM, "elbow", "wrist", "forearm", 0.92, "arm"),
}
"""Where a thing can go around a limb, by name; a foot is one, too."""

FOOT: Mapping[str, tuple[float, float]] = {
    "wrap": (16.0, 98.0), "tape": (44.0, 80.0), "band": (84.0, 104.0),
}  # fmt: skip
"""Where a thing goes around a foot: from where to where before the ankle, in mm."""

AROUND = tuple(f"{side}-{name}" for side in SIDES for name in (*GIRTHS, "foot"))
"""All that a thing can go around."""

LONG = {"wrap": 56.0, "tape": 18.0, "band": 15.0}
"""How much of a limb a thing covers above and below its place, in mm."""

HALF_BAND = 15.0
"""Half of how wide a band is between limbs, in mm."""

LEAST = 14.0
"""How much of a limb anything covers at least, in mm."""

TURNS = 3
"""Turns of a wrap, each of which lies a little over the one before."""

OFF, OFF_CLOTH = 3.0, 12.0
"""How far what is worn stands off bare skin, and off a limb in cloth, in mm."""


def part_of(name: str) -> tuple[Side, str]:
    """Return the side and the part, ``leg`` or ``arm``, of a place that a thing goes around."""
    side: Side = "right" if name.startswith("right-") else "left"
    girth = GIRTHS.get(name.removeprefix(f"{side}-"))
    return side, girth.part if girth else "leg"


def ring_around(
    skeleton: Skeleton, name: str, view: View, reach: tuple[float, float]
) -> list[Spot]:
    """Return the outline of what covers a limb; ``reach`` is from where to where, in mm.

    It is counted down from the place, of a foot to the toes from the ankle.
    """
    side, _ = part_of(name)
    girth = GIRTHS.get(name.removeprefix(f"{side}-"))
    if girth is None:
        return sole_ring(skeleton, side, view, reach)
    ends = (skeleton.joints[f"{side}-{girth.start}"], skeleton.joints[f"{side}-{girth.end}"])
    size = length(sub(*ends))
    low = max(0.0, min(1.0 - LEAST / size, girth.share + reach[0] / size))
    high = max(low + LEAST / size, min(1.0, girth.share + reach[1] / size))
    bare = skeleton.build.shorts or girth.frame not in ("thigh", "shank")
    cut = Cut(low, high, grown(skeleton), OFF if bare else OFF_CLOTH)
    frame = skeleton.frames[f"{side}-{girth.frame}"]
    return contour(on_bone(girth.table, ends, frame, cut), view, (0.2, 0.2)).ring


def _reach(kind: str, name: str) -> tuple[float, float]:
    if name.endswith("-foot"):
        return FOOT[kind]
    return (-LONG[kind], LONG[kind])


def layers_around(
    prop: Prop, skeleton: Skeleton, view: View, nearness: Mapping[str, float]
) -> Iterator[Layer]:
    """Yield what goes around limbs; ``nearness`` is that of each part of the person.

    A band around several limbs is one loop, with a strand before them and one behind.
    """
    kind = prop.is_ if prop.is_ in LONG else "tape"
    near = max(nearness[f"{side}-{part}"] for side, part in map(part_of, prop.around)) + 0.6
    if kind == "band":
        far = min(nearness[f"{side}-{part}"] for side, part in map(part_of, prop.around)) - 0.6
        yield from _loop(prop.around, skeleton, view, (near, far))
        return
    for name in _both_of_a_knee(prop.around) if kind == "wrap" else prop.around:
        start, end = _reach(kind, name)
        for low, high in _turns(start, end) if kind == "wrap" else ((start, end),):
            ring = ring_around(skeleton, name, view, (low, high))
            yield Layer(near, (curve_shape(ring, "pillow" if kind == "wrap" else "band"),))


class Held(NamedTuple):
    """Where a band holds a limb: the middle of the limb there, the way along it, its radius."""

    middle: Vec
    along: Vec
    radius: float


def _held(skeleton: Skeleton, name: str) -> Held:
    side, _ = part_of(name)
    girth = GIRTHS.get(name.removeprefix(f"{side}-"))
    if girth is None:
        frame, ahead = skeleton.frames[f"{side}-foot"], sum(FOOT["band"]) / 2
        slice_ = slice_of(skeleton, ahead)
        shift = turned((ahead, 0, (slice_.low + slice_.high) / 2), frame)
        middle = add(skeleton.joints[f"{side}-ankle"], shift)
        return Held(middle, frame[0], (slice_.high - slice_.low) / 2)
    start, end = (skeleton.joints[f"{side}-{joint}"] for joint in (girth.start, girth.end))
    radius = sum(at(girth.table, girth.share)) / 4 * grown(skeleton)
    return Held(mixed(start, end, girth.share), unit(sub(end, start)), radius)


def _loop(
    names: Sequence[str], skeleton: Skeleton, view: View, nearness: tuple[float, float]
) -> Iterator[Layer]:
    """Yield a band around limbs: what of it is before them, and behind them its far strand."""
    held = [_held(skeleton, name) for name in names]
    for a, b in pairwise(held):
        yield Layer(nearness[1], (_strand(a, b, view, -1),))
    cuffs = [ring_around(skeleton, name, view, _reach("band", name)) for name in names]
    strands = [_strand(a, b, view, 1) for a, b in pairwise(held)]
    yield Layer(nearness[0], (*(polygon(ring, "band") for ring in cuffs), *strands))


SLACK = 150.0
"""How far apart two limbs are, in mm, between which a band is as wide as where it lies on one."""

THINNEST = 0.5
"""How thin a band gets that is stretched far, as a share."""


def _strand(a: Held, b: Held, view: View, side: int) -> Shape:
    """Return a band from limb to limb: before them, 1, or behind, -1; stretched, it is thinner."""
    ends = []
    for held in (a, b):
        out = unit(across(view.towards, held.along))
        ends.append(add(held.middle, times(out, side * held.radius)))
    thin = max(THINNEST, min(1.0, SLACK / length(sub(*ends))))
    upper, lower = list[Spot](), list[Spot]()
    for step in range(9):
        share = step / 8
        place, along = mixed(ends[0], ends[1], share), unit(mixed(a.along, b.along, share))
        wide = HALF_BAND * (1 - (1 - thin) * sin(pi * share) ** 0.5)
        upper.append(view.spot(add(place, times(along, wide))))
        lower.append(view.spot(add(place, times(along, -wide))))
    return polygon([*upper, *lower[::-1]], "band")


def _both_of_a_knee(names: Sequence[str]) -> list[str]:
    """Return places, below each knee one more: a wrap of a knee covers it on both sides."""
    found = []
    for name in names:
        side = name.partition("-")[0]
        found += [name, f"{side}-below-knee"] if name == f"{side}-knee" else [name]
    return found


def _turns(start: float, end: float) -> Iterator[tuple[float, float]]:
    """Yield from where to where each turn of a wrap goes."""
    step = (end - start) / TURNS
    for turn in range(TURNS):
        yield start + turn * step, min(end, start + (turn + 1.35) * step)
