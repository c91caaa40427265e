"""The things of a scene, as layers of shapes: walls, chairs, beds, balls, bands."""

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from math import cos, pi, sin

from clinicpress.figures.model import Prop
from clinicpress.figures.shapes import Globe, Layer, Shape, capsule, polygon, stroke
from clinicpress.figures.space import Rotation, Vec, X, Y, Z, about, add, dot, times, turned
from clinicpress.figures.view import View

SIZES: dict[str, Vec] = {
    "wall": (60, 1700, 2050),
    "doorway": (90, 1000, 2050),
    "chair": (430, 440, 900),
    "stool": (380, 380, 450),
    "wheelchair": (480, 520, 900),
    "desk": (700, 1300, 720),
    "table": (700, 1100, 740),
    "screen": (50, 540, 340),
    "mat": (1850, 650, 25),
    "bed": (2000, 950, 450),
    "pillow": (420, 560, 130),
    "ball": (75, 75, 75),
    "roller": (150, 900, 150),
    "box": (300, 300, 300),
}
"""How large things are if nothing else is said, in mm: long, wide, high."""

SEAT = 450.0
"""The height of a seat, in mm."""

WIDTHS = {"band": 22.0, "towel": 62.0, "cane": 26.0, "line": 8.0}
"""How wide long thin things are drawn, in mm."""


def layers(prop: Prop, find: Callable[[Prop], Sequence[Vec]], view: View) -> list[Layer]:
    """Return the layers of a thing.

    ``find`` returns the places that it goes through or, for what stands, its one place.
    """
    places = find(prop)
    if prop.is_ in WIDTHS:
        shapes: list[tuple[Vec, Shape]] = [_long(prop, places, view)]
    else:
        size = prop.size or SIZES.get(prop.is_, SIZES["box"])
        shapes = list(MAKERS[prop.is_](places[0], size, about(Z, prop.facing), view))
    found = [Layer(view.nearness(middle), (shape,)) for middle, shape in shapes]
    if prop.behind is None:
        return found
    away = -1e6 if prop.behind else 1e6
    return [Layer(layer.nearness + away, layer.shapes) for layer in found]


def _long(prop: Prop, places: Sequence[Vec], view: View) -> tuple[Vec, Shape]:
    middle = times(add(*places), 1 / len(places))
    spots = [view.spot(place) for place in places]
    return middle, stroke(spots, WIDTHS[prop.is_], prop.is_, smooth=prop.is_ in ("cane", "towel"))


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


def _ball(place: Vec, size: Vec, turn: Rotation, view: View) -> Made:
    """Yield a ball whose middle is at ``place``."""
    yield place, capsule(view.spot(place), size[0] / 2, view.spot(place), size[0] / 2, "ball")


def _roller(place: Vec, size: Vec, turn: Rotation, view: View) -> Made:
    """Yield a roller that lies across, with its underside at ``place``."""
    middle, radius = add(place, (0, 0, size[2] / 2)), size[2] / 2
    half = turned((0, size[1] / 2 - radius, 0), turn)
    start, end = view.spot(add(middle, times(half, -1))), view.spot(add(middle, half))
    yield middle, capsule(start, radius, end, radius, "ball")


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
    "ball": _ball,
    "roller": _roller,
    "box": _plain,
}
