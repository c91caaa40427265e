"""The things of a scene, as layers of shapes: walls, chairs, beds, balls, bands."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from math import cos, pi, sin
from typing import NamedTuple

from clinicpress.figures.body import FOOT
from clinicpress.figures.held import (
    WIDTHS,
    crutch,
    dumbbell,
    grasped,
    long_thing,
    stick,
)
from clinicpress.figures.model import Prop
from clinicpress.figures.pose import SIDES, Target
from clinicpress.figures.scene_sizes import SEAT, SIZES
from clinicpress.figures.shapes import Globe, Layer, Shape, capsule, crease, polygon, stroke
from clinicpress.figures.skeleton import Skeleton
from clinicpress.figures.space import Rotation, Vec, X, Y, Z, about, add, dot, sub, times, turned
from clinicpress.figures.stage import Stage
from clinicpress.figures.towels import flat_towel, rolled_towel
from clinicpress.figures.view import View
from clinicpress.figures.worn import layers_around


class Setting(NamedTuple):
    """Where a thing is: the moment, the eye, and how near each part of each person is to it."""

    stage: Stage
    view: View
    nearness: Mapping[str, Mapping[str, float]]

    def hand(self, target: Target | None) -> tuple[Skeleton, str, float] | None:
        """Return whose palm a place is, its name, and how near that arm is; None if it is none."""
        name = (target.at if target else None) or ""
        side, _, place = name.partition("-")
        if target is None or place not in IN_HAND:
            return None
        who = target.of or next(iter(self.stage.skeletons))
        return self.stage.skeletons[who], f"{side}-palm", self.nearness[who][f"{side}-arm"]


IN_HAND = ("palm", "grasp")
"""Places of a hand that holds something."""


def layers(prop: Prop, setting: Setting) -> list[Layer]:
    """Return the layers of a thing."""
    found = list(_layers(prop, setting))
    if prop.behind is None:
        return found
    away = -1e6 if prop.behind else 1e6
    return [Layer(layer.nearness + away, layer.shapes) for layer in found]


def _layers(prop: Prop, setting: Setting) -> Iterator[Layer]:
    view, places = setting.view, setting.stage.through(prop)
    if prop.around:
        who = prop.of or next(iter(setting.stage.skeletons))
        skeleton = setting.stage.skeletons[who]
        yield from layers_around(prop, skeleton, view, setting.nearness[who])
        return
    if prop.is_ in HELD:
        made = _held(prop, places, setting)
    elif prop.is_ in WIDTHS and (prop.through or prop.is_ not in MAKERS):
        made = long_thing(prop, places, view)
    else:
        size = prop.size or SIZES.get(prop.is_, SIZES["box"])
        standing = MAKERS[prop.is_](places[0], size, about(Z, prop.facing), view)
        near = _below_feet(prop, places[0], size, setting)
        near = _in_hand(prop, setting) if near is None else near
        made = (
            (view.nearness(middle) if near is None else near, shape) for middle, shape in standing
        )
    yield from (Layer(nearness, (shape,)) for nearness, shape in made)


ON_TOP = 40.0
"""How far from the top of a step a sole may be, in mm, that stands on it."""


def _below_feet(prop: Prop, place: Vec, size: Vec, setting: Setting) -> float | None:
    """Return how near a step is on which somebody stands: behind that leg."""
    if prop.is_ != "step":
        return None
    top, view = add(place, (0, 0, size[2])), setting.view
    near = view.nearness(add(place, (0, 0, size[2] / 2)))
    for who, skeleton in setting.stage.skeletons.items():
        for side in SIDES:
            away = sub(skeleton.joints[f"{side}-sole"], top)
            reach = zip(about(Z, prop.facing)[:2], size[:2], strict=True)
            inside = (abs(dot(away, axis)) < (long + FOOT) / 2 for axis, long in reach)
            if abs(away[2]) < ON_TOP and all(inside):
                near = min(near, setting.nearness[who][f"{side}-leg"] - 1)
    return near


def _in_hand(prop: Prop, setting: Setting) -> float | None:
    """Return how near a thing is that a hand holds in its grasp: between palm and fingers."""
    hand = setting.hand(prop.at)
    if hand is None or not prop.at or not (prop.at.at or "").endswith("-grasp"):
        return None
    skeleton, palm, near = hand
    faces = dot(skeleton.frames[palm.replace("palm", "hand")][2], setting.view.towards)
    return near + (0.4 if faces > -0.3 else -0.4)


HELD = ("dumbbell", "stick", "crutch")


def _held(prop: Prop, places: Sequence[Vec], setting: Setting) -> Iterator[tuple[float, Shape]]:
    """Return what a hand holds, or what stands or lies without one."""
    view = setting.view
    hand = setting.hand(prop.through[-1] if prop.through else prop.at)
    near = hand[2] if hand else view.nearness(places[-1])
    if prop.is_ == "dumbbell":
        middle, along = (
            grasped(hand[0], hand[1]) if hand else (places[0], turned(Y, about(Z, prop.facing)))
        )
        return dumbbell(middle, along, view, near)
    tip, grip = (
        (places[0], places[-1]) if len(places) > 1 else (places[0], add(places[0], (0, 0, 880)))
    )
    if prop.is_ == "stick":
        return stick((tip, grip), view, near)
    elbow = hand[0].joints[hand[1].replace("palm", "elbow")] if hand else add(grip, (-60, 0, 240))
    return crutch((tip, grip, elbow), view, near)


Made = Iterator[tuple[Vec, Shape]]


def _box(low: Vec, size: Vec, turn: Rotation, view: View, fill: str) -> Made:
    """Yield the visible sides of a box; ``low`` is the middle of its underside."""
    middle = add(low, (0, 0, size[2] / 2))
    half = tuple(part / 2 for part in size)
    for axis, sign in product(range(3), (1, -1)):
        normal = times(turn[axis], sign)
        if dot(normal, view.towards) < 0.05:
            continue
        a, b = (turned(times(v, half[i]), turn) for i, v in enumerate((X, Y, Z)) if i != axis)
        face = add(middle, times(normal, half[axis]))
        corners = [
            add(face, times(a, p), times(b, q)) for p, q in ((-1, -1), (1, -1), (1, 1), (-1, 1))
        ]
        yield middle, polygon([view.spot(corner) for corner in corners], fill)


def _part(place: Vec, turn: Rotation, at: Vec, size: Vec, view: View, fill: str = "wood") -> Made:
    yield from _box(add(place, turned(at, turn)), size, turn, view, fill)


def _wall(place: Vec, size: Vec, turn: Rotation, view: View) -> Made:
    """Yield a wall whose front is at ``place``."""
    yield from _part(place, turn, (-size[0] / 2, 0, 0), size, view, "wall")


def _doorway(place: Vec, size: Vec, turn: Rotation, view: View) -> Made:
    long, wide, high = size
    for side in (1, -1):
        yield from _part(place, turn, (0, side * wide / 2, 0), (long, 90, high), view)
    yield from _part(place, turn, (0, 0, high), (long, wide + 90, 90), view)


def _chair(place: Vec, size: Vec, turn: Rotation, view: View) -> Made:
    long, wide, high = size
    yield from _legs(place, turn, (long, wide, SEAT - 45), view)
    yield from _part(
        place, turn, (-long / 2 - 20, 0, SEAT - 45), (40, wide, high - SEAT + 45), view
    )
    yield from _part(place, turn, (0, 0, SEAT - 45), (long, wide, 45), view)


def _legs(place: Vec, turn: Rotation, size: Vec, view: View) -> Made:
    for ahead, side in product((1, -1), (1, -1)):
        at = (ahead * (size[0] / 2 - 20), side * (size[1] / 2 - 20), 0)
        yield from _part(place, turn, at, (40, 40, size[2]), view)


def _table(place: Vec, size: Vec, turn: Rotation, view: View) -> Made:
    yield from _legs(place, turn, (size[0], size[1], size[2] - 40), view)
    yield from _part(place, turn, (0, 0, size[2] - 40), (size[0], size[1], 40), view)


def _stool(place: Vec, size: Vec, turn: Rotation, view: View) -> Made:
    yield from _table(place, size, turn, view)


def _screen(place: Vec, size: Vec, turn: Rotation, view: View) -> Made:
    yield from _part(place, turn, (0, 0, 0), (180, 220, 15), view, "metal")
    yield from _part(place, turn, (-15, 0, 15), (25, 60, 150), view, "metal")
    yield from _part(place, turn, (0, 0, 120), size, view, "metal")


def _bed(place: Vec, size: Vec, turn: Rotation, view: View) -> Made:
    yield from _part(place, turn, (0, 0, 0), (size[0], size[1], size[2] - 180), view, "wood")
    yield from _part(place, turn, (0, 0, size[2] - 180), (size[0], size[1], 180), view, "cushion")


def _mat(place: Vec, size: Vec, turn: Rotation, view: View) -> Made:
    yield from _part(place, turn, (0, 0, -size[2]), size, view, "cushion")


def _pillow(place: Vec, size: Vec, turn: Rotation, view: View) -> Made:
    middle = add(place, (0, 0, size[2] / 2))
    axes = (size[0] / 2, size[1] / 2, size[2] / 2)
    yield middle, Globe.seen(middle, turn, axes, view).oval("pillow")


KNOB = 60.0
"""How large a ball is at least, in mm, that is no knob."""


def _ball(place: Vec, size: Vec, turn: Rotation, view: View) -> Made:
    """Yield a ball whose middle is at ``place``, with a gleam; a small one is a knob of wood."""
    middle, radius = view.spot(place), size[0] / 2
    if size[0] < KNOB:
        yield place, capsule(middle, radius, middle, radius, "cane")
        return
    yield place, capsule(middle, radius, middle, radius, "ball")
    turns = (pi + pi / 2 * step / 4 for step in range(5))  # up and left, where the light is
    gleam = [
        (middle[0] + 0.62 * radius * cos(a), middle[1] + 0.62 * radius * sin(a)) for a in turns
    ]
    yield add(place, times(view.towards, 0.1)), crease(gleam, "paper")


def _roller(place: Vec, size: Vec, turn: Rotation, view: View) -> Made:
    """Yield a roller that lies across, with its underside at ``place``."""
    middle, radius = add(place, (0, 0, size[2] / 2)), size[2] / 2
    half = turned((0, size[1] / 2 - radius, 0), turn)
    start, end = view.spot(add(middle, times(half, -1))), view.spot(add(middle, half))
    yield middle, capsule(start, radius, end, radius, "cane")


def _wheelchair(place: Vec, size: Vec, turn: Rotation, view: View) -> Made:
    long, wide, high = size
    yield from _part(place, turn, (-long / 2, 0, SEAT - 45), (35, wide, high - SEAT), view, "metal")
    yield from _part(place, turn, (0, 0, SEAT - 50), (long, wide, 50), view, "metal")
    yield from _part(place, turn, (long / 2 + 150, 0, 60), (200, wide - 120, 25), view, "metal")
    for side in (1, -1):
        for at, radius in (((-60, side * wide / 2, 300), 300), ((250, side * wide / 2, 80), 80)):
            hub = add(place, turned(at, turn))
            rim = [add(hub, turned((radius * cos(a), 0, radius * sin(a)), turn))
                   for a in (2 * pi * i / 32 for i in range(33))]  # fmt: skip
            yield hub, stroke([view.spot(spot) for spot in rim], 18, "metal")


def _plain(place: Vec, size: Vec, turn: Rotation, view: View) -> Made:
    yield from _part(place, turn, (0, 0, 0), size, view)


def _floor(place: Vec, size: Vec, turn: Rotation, view: View) -> Made:
    """Yield nothing: the floor is as long as the picture, so the picture draws it."""
    return iter(())


MAKERS: dict[str, Callable[[Vec, Vec, Rotation, View], Made]] = {
    "floor": _floor,
    "wall": _wall,
    "doorway": _doorway,
    "chair": _chair,
    "stool": _stool,
    "wheelchair": _wheelchair,
    "desk": _table,
    "table": _table,
    "screen": _screen,
    "mat": _mat,
    "bed": _bed,
    "pillow": _pillow,
    "step": _plain,
    "rolled-towel": rolled_towel,
    "flat-towel": flat_towel,
    "ball": _ball,
    "roller": _roller,
    "box": _plain,
}
