"""What goes around a limb: wraps, tape, and a band that is a loop around one limb or two."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from clinicpress.figures import flesh
from clinicpress.figures.cloth import grown
from clinicpress.figures.contour import Cut, Row, around_all, contour, on_bone
from clinicpress.figures.feet import sole_ring
from clinicpress.figures.model import Prop
from clinicpress.figures.pose import SIDES, Side
from clinicpress.figures.shapes import Layer, curve_shape, polygon
from clinicpress.figures.skeleton import Skeleton
from clinicpress.figures.space import length, sub
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
    "wrap": (16.0, 98.0), "tape": (44.0, 80.0), "band": (82.0, 100.0),
}  # fmt: skip
"""Where a thing goes around a foot: from where to where before the ankle, in mm."""

AROUND = tuple(f"{side}-{name}" for side in SIDES for name in (*GIRTHS, "foot"))
"""All that a thing can go around."""

LONG = {"wrap": 56.0, "tape": 18.0, "band": 15.0}
"""How much of a limb a thing covers above and below its place, in mm."""

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

    A band around several limbs is one loop, whose far half the limbs hide.
    """
    kind = prop.is_ if prop.is_ in LONG else "tape"
    near = max(nearness[f"{side}-{part}"] for side, part in map(part_of, prop.around)) + 0.6
    if kind == "band":
        rings = [ring_around(skeleton, name, view, _reach(kind, name)) for name in prop.around]
        yield Layer(near, (polygon(around_all([s for ring in rings for s in ring]), "band"),))
        return
    for name in _both_of_a_knee(prop.around) if kind == "wrap" else prop.around:
        start, end = _reach(kind, name)
        for low, high in _turns(start, end) if kind == "wrap" else ((start, end),):
            ring = ring_around(skeleton, name, view, (low, high))
            yield Layer(near, (curve_shape(ring, "pillow" if kind == "wrap" else "band"),))


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
