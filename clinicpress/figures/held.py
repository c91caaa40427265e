"""Things that a hand holds or that go through places: bands, sticks, crutches, dumb-bells."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import cos, dist, hypot, pi, sin

from clinicpress.figures.contour import around_all
from clinicpress.figures.model import Prop
from clinicpress.figures.shapes import Shape, crease, curve_shape, polygon, stroke
from clinicpress.figures.skeleton import Skeleton
from clinicpress.figures.space import (
    Vec,
    Z,
    across,
    add,
    cross,
    dot,
    mixed,
    sub,
    times,
    unit,
)
from clinicpress.figures.view import Spot, View

WIDTHS = {"band": 30.0, "towel": 62.0, "cane": 26.0, "line": 8.0, "tape": 34.0}
"""How wide long thin things are drawn, in mm."""

Made = Iterator[tuple[float, Shape]]
"""Shapes, each with how near it is to the eye."""


def long_thing(prop: Prop, places: Sequence[Vec], view: View) -> Made:
    """Yield a thing that goes through places."""
    middle = times(add(*places), 1 / len(places)) if len(places) > 1 else places[0]
    near, spots = view.nearness(middle), [view.spot(place) for place in places]
    held = [(target.at or "").endswith("-palm") and not any(target.move) for target in prop.through]
    if prop.is_ == "towel" and any(held):
        yield from ((near + over, shape) for over, shape in enumerate(_gathered(spots, held)))
        return
    smooth = prop.is_ in ("cane", "towel", "tape")
    fill = "band" if prop.is_ == "tape" else prop.is_
    yield near, stroke(spots, WIDTHS[prop.is_], fill, smooth=smooth)
    if prop.is_ == "band":
        yield from ((near + 1, crease(run, "paper")) for run in pairwise(spots) if _shines(*run))


GLEAM = 150.0
"""How long a straight piece of a band is at least, in mm, to shine: it is flat, and no stick."""


def _shines(start: Spot, end: Spot) -> bool:
    return dist(start, end) > GLEAM


GATHERED, LOOSE = 24.0, 52.0
"""Half of how wide a towel is where a hand holds it, and between hands, in mm."""

FOLDS = (-0.45, 0.1, 0.5)
"""Where its folds run, as shares of that."""


def _gathered(spots: Sequence[Spot], held: Sequence[bool]) -> Iterator[Shape]:
    """Yield a towel that hands hold: narrow in each hand, wide and in folds between them."""
    line, wide = [spots[0]], [LOOSE]
    for spot, end, is_held in zip(spots, spots[1:], held[1:], strict=False):
        line += [((spot[0] + end[0]) / 2, (spot[1] + end[1]) / 2), end]
        wide += [LOOSE, GATHERED if is_held else LOOSE]
    edge = _aside(line, wide)
    yield curve_shape([*edge, *_aside(line, [-each for each in wide])[::-1]], "towel")
    for share in FOLDS:
        yield crease(_aside(line, [share * each for each in wide])[1:-1])


def _aside(line: Sequence[Spot], far: Sequence[float]) -> list[Spot]:
    """Return a line beside another, so far to the left of it at each of its spots."""
    found = []
    for i, (x, y) in enumerate(line):
        (ax, ay), (bx, by) = line[max(0, i - 1)], line[min(len(line) - 1, i + 1)]
        long = hypot(bx - ax, by - ay) or 1.0
        found.append((x + (by - ay) / long * far[i], y - (bx - ax) / long * far[i]))
    return found


# ---------------------------------------------------------------- dumb-bells

DEPTH = 24.0
"""How far before the palm the middle of what a hand holds is, in mm."""

BAR, PLATE = (66.0, 13.0), (44.0, 46.0)
"""Half the length of a dumb-bell's bar and its radius; the same of its ends, in mm."""


def grasped(skeleton: Skeleton, palm: str) -> tuple[Vec, Vec]:
    """Return the middle of what a hand holds, and the way along it: out at the thumb."""
    frame = skeleton.frames[palm.replace("palm", "hand")]
    return add(skeleton.joints[palm], times(frame[2], DEPTH)), frame[1]


def dumbbell(middle: Vec, along: Vec, view: View, arm: float) -> Made:
    """Yield a dumb-bell: its bar behind the hand, and before it the end that is nearer.

    ``arm`` is how near the arm is.
    """
    half, radius = BAR
    ends = [add(middle, times(along, side * half)) for side in (1, -1)]
    yield arm - 1, cylinder(ends[0], ends[1], radius, view, "metal")
    for side, end in zip((1, -1), ends, strict=True):
        outer = add(end, times(along, side * PLATE[0]))
        nearer = side * dot(along, view.towards) > 0.3
        yield arm + (0.4 if nearer else -0.5), cylinder(end, outer, PLATE[1], view, "line")


def cylinder(start: Vec, end: Vec, radius: float, view: View, fill: str) -> Shape:
    """Return a round bar as it is seen."""
    return polygon(around_all(rims(start, end, radius, view)), fill)


def rims(start: Vec, end: Vec, radius: float, view: View) -> list[Spot]:
    """Return spots of the two rims of a round bar."""
    along = unit(sub(end, start))
    a = unit(across(Z, along), (1.0, 0.0, 0.0))
    b = cross(along, a)
    found = []
    for place in (start, end):
        for turn in range(0, 360, 24):
            angle = turn * pi / 180
            rim = add(times(a, radius * cos(angle)), times(b, radius * sin(angle)))
            found.append(view.spot(add(place, rim)))
    return found


# ---------------------------------------------------------------- sticks and crutches

TUBE, TIP, GRIP = 13.0, 20.0, 17.0
"""Radii of a crutch's tube, of its rubber tip and of its grip, in mm."""


def stick(places: Sequence[Vec], view: View, arm: float) -> Made:
    """Yield a walking stick from its tip to the hand, with a handle that goes to the front."""
    tip, hand = places[0], places[-1]
    down = unit(sub(tip, hand))
    ahead = unit(across((1.0, 0.0, 0.0), down))
    top = add(hand, times(down, 8))
    yield arm - 1, cylinder(tip, top, TUBE, view, "wood")
    yield arm - 0.8, cylinder(tip, add(tip, times(down, -50)), TIP, view, "line")
    ends = (add(top, times(ahead, -62)), add(top, times(ahead, 70)))
    yield arm - 0.5, cylinder(ends[0], ends[1], GRIP, view, "wood")


CUFF = 0.72
"""Where on the forearm the cuff of a crutch is, from the hand to the elbow."""


def crutch(places: Sequence[Vec], view: View, arm: float) -> Made:
    """Yield a crutch: its tip, the hand and the elbow, around whose forearm it has a cuff."""
    tip, hand, elbow = places
    cuff = mixed(hand, elbow, CUFF)
    back = times(unit(sub(elbow, hand)), 0)
    down = unit(sub(tip, hand))
    ahead = unit(across(unit(sub(hand, elbow), (1.0, 0.0, 0.0)), down), (1.0, 0.0, 0.0))
    joint = add(hand, times(ahead, -34), times(down, 30))
    cuff = add(cuff, times(ahead, -46), back)
    yield arm - 3, cylinder(tip, joint, TUBE, view, "metal")
    yield arm - 2.8, cylinder(joint, cuff, TUBE, view, "metal")
    yield arm - 2.6, cylinder(tip, add(tip, times(down, -55)), TIP, view, "line")
    yield (
        arm - 2.4,
        cylinder(joint, add(hand, times(ahead, 52), times(down, 16)), GRIP, view, "line"),
    )
    yield arm + 0.4, _cuff(cuff, mixed(hand, elbow, CUFF), unit(sub(elbow, hand)), view)


def _cuff(back: Vec, middle: Vec, along: Vec, view: View) -> Shape:
    """Return the cuff: half a ring around the forearm, open to the front."""
    a = unit(sub(back, middle))
    b = cross(along, a)
    rim = [add(middle, times(a, 46 * cos(t)), times(b, 46 * sin(t)))
           for t in (pi * k / 8 for k in range(-4, 5))]  # fmt: skip
    wide = times(along, 20)
    spots = [view.spot(add(p, side)) for side in (wide, times(wide, -1)) for p in rim]
    return polygon(around_all(spots), "line")
