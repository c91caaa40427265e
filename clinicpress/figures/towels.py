"""Towels: rolled up, or flat and in folds."""

from collections.abc import Callable, Iterator, Sequence
from math import cos, pi, radians, sin

from clinicpress.figures.contour import around_all
from clinicpress.figures.held import cylinder, rims
from clinicpress.figures.shapes import Shape, crease, polygon
from clinicpress.figures.space import Rotation, Vec, add, dot, times, turned
from clinicpress.figures.view import Spot, View

Made = Iterator[tuple[Vec, Shape]]

# ---------------------------------------------------------------- rolled up

TURNS = 2.2
"""How often the end of a rolled towel shows that it is wound."""

HEM = (0.5, 0.75)
"""Where the line along a roll is at which the towel ends: to the back and up, in radii."""


def rolled_towel(place: Vec, size: Vec, turn: Rotation, view: View) -> Made:
    """Yield a towel that is rolled up and lies across, with its underside at ``place``."""
    radius = size[2] / 2
    middle, half = add(place, (0, 0, radius)), turned((0, size[1] / 2, 0), turn)
    ends = [add(middle, times(half, side)) for side in (1, -1)]
    yield middle, cylinder(ends[0], ends[1], radius, view, "towel")
    near = max(ends, key=view.nearness)
    over = add(near, times(view.towards, 1))  # its lines lie on it
    if abs(dot(turn[1], view.towards)) > 0.25:  # its end is seen, with its turns
        yield near, polygon(around_all(rims(near, near, radius, view)), "towel")
        yield over, crease(_wound(near, radius, turn, view))
    if abs(dot(turn[1], view.towards)) < 0.95:  # its length is seen, with the hem on it
        side = 1 if dot(turn[0], view.towards) >= 0 else -1
        out, up = (-HEM[0] * side * radius, HEM[1] * radius)
        yield over, crease([view.spot(add(e, turned((out, 0, up), turn))) for e in ends])


def _wound(middle: Vec, radius: float, turn: Rotation, view: View) -> list[Spot]:
    """Return the spiral of a towel's end, from its middle to its rim."""
    found = []
    for step in range(int(TURNS * 10) + 1):
        share, angle = step / (TURNS * 10), radians(36 * step)
        out = radius * (0.08 + 0.84 * share)
        shift = turned((out * cos(angle), 0, out * sin(angle)), turn)
        found.append(view.spot(add(middle, shift)))
    return found


# ---------------------------------------------------------------- flat, or in folds

FLAT = 25.0
"""Up to what height, in mm, a towel lies flat; a higher one lies in folds."""

FOLD = 46.0
"""How long a fold of a towel is, in mm."""

SIDES_OF_FOLD = 6
"""Spots along a fold's edge."""


def flat_towel(place: Vec, size: Vec, turn: Rotation, view: View) -> Made:
    """Yield a towel that lies flat; one that is higher than ``FLAT`` lies in soft folds across."""
    long, wide, high = size
    folds = max(2, round(long / FOLD)) if high > FLAT else 0
    steps = folds * SIDES_OF_FOLD or 1
    rise: Callable[[float], float] = _folded(folds, high) if folds else lambda share: high

    def seen(share: float, aside: float, up: float) -> Spot:
        return view.spot(add(place, turned((long * (share - 0.5), wide * aside, up), turn)))

    near = 0.5 if dot(turn[1], view.towards) > 0 else -0.5
    shares = [step / steps for step in range(steps + 1)]
    top = [seen(share, near, rise(share)) for share in shares]
    base = [seen(share, near, 0.0) for share in shares]
    if view.tilt and folds:  # seen from above, the near edge waves, too
        base = [seen(share, near * (1 + 0.2 * rise(share) / wide), 0.0) for share in shares]
    if view.tilt:
        far = [seen(share, -near, rise(share)) for share in shares]
        yield place, polygon([*far, *base[::-1]], "towel")
    else:
        yield place, polygon([*top, base[-1], base[0]], "towel")
    over = add(place, times(view.towards, 1))
    if not folds and view.tilt:  # the hem on either end
        for share in (18 / long, 1 - 18 / long):
            yield over, crease([seen(share, side, high) for side in (near, -near)])
    for fold in range(1, folds):
        yield over, crease(_valley(seen, fold / folds, near, rise, bool(view.tilt)))


def _folded(folds: int, high: float) -> Callable[[float], float]:
    """Return how high a towel in folds is, by the share of its length: round tops, none alike."""

    def rise(share: float) -> float:
        fold = min(folds - 1, int(share * folds))
        top = high * (1.0 - 0.22 * (fold % 2))
        arch: float = abs(sin(pi * share * folds)) ** 0.8
        return top * (0.42 + 0.58 * arch)

    return rise


def _valley(
    seen: Callable[[float, float, float], Spot],
    share: float,
    near: float,
    rise: Callable[[float], float],
    tilted: bool,
) -> Sequence[Spot]:
    """Return the line between two folds: across a towel seen from above, else down its edge."""
    low = rise(share)
    if not tilted:
        return [seen(share + k * 0.012, near, low * (1 - 0.4 * k)) for k in range(3)]
    bow = 0.014
    return [
        seen(share, near, low * 0.3), seen(share + bow, near * 0.5, low), seen(share - bow, 0, low),
        seen(share + bow, -near * 0.5, low), seen(share, -near, low),
    ]  # fmt: skip
