"""Where a part was before: its outline behind everybody."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil, hypot

from clinicpress.design.contrast import mix
from clinicpress.errors import nearest
from clinicpress.figures.contour import Ring, thinned
from clinicpress.figures.ink import Inked, outlines, smooth
from clinicpress.figures.inking import BOLD
from clinicpress.figures.marks import Pen
from clinicpress.figures.model import Drawing
from clinicpress.figures.seen import Figurant, Scene, joined
from clinicpress.figures.shapes import around
from clinicpress.figures.space import length, sub
from clinicpress.figures.stage import Fault
from clinicpress.figures.view import Spot

MOVED = 60.0
"""How far a joint has gone, in mm, if its part is to be seen where it was before."""


JOINTS_OF = {
    "right-arm": ("right-elbow", "right-wrist", "right-fingers"),
    "left-arm": ("left-elbow", "left-wrist", "left-fingers"),
    "right-fingers": ("right-elbow", "right-wrist", "right-fingers"),
    "left-fingers": ("left-elbow", "left-wrist", "left-fingers"),
    "right-leg": ("right-knee", "right-ankle", "right-toes"),
    "left-leg": ("left-knee", "left-ankle", "left-toes"),
    "legs": ("right-knee", "right-ankle", "left-knee", "left-ankle"),
    "trunk": ("trunk-1", "trunk-3", "neck", "right-shoulder", "left-shoulder"),
    "head": ("head", "skull"),
}
"""The joints that tell whether a part of a person has moved."""


def ghost_of(drawing: Drawing, index: int, scenes: Sequence[Scene], pen: Pen) -> Inked | None:
    """Return the outline of what has moved since an earlier moment, to stand behind everybody."""
    seen = scenes[index]
    name, names = seen.stage.moment.ghost, list(drawing.moments)
    if name is None:
        return None
    if name not in names:
        hint = nearest(name, names)
        raise Fault(("moments",), "FIGURE-LIKE", f"there is no moment “{name}”", hint)
    moved = [
        part
        for who, figurant in scenes[names.index(name)].people.items()
        for part in figurant.parts
        if who not in seen.people or _has_moved(part.name, figurant, seen.people[who])
    ]
    if not moved:
        return None
    now = [part for who in seen.people.values() for part in who.parts]
    lines = list(lines_left(outlines(moved), outlines(now)))
    if not lines:
        return None
    near = min((part.nearness for part in now), default=0.0)
    data = "".join(smooth(line, seen.grain, closed=line[0] == line[-1]) for line in lines)
    svg = _pale(data, f"z{index}-{drawing.id}", pen, seen)
    return Inked(near - 1, svg, joined(around(line) for line in lines))


def _has_moved(part: str, before: Figurant, now: Figurant) -> bool:
    a, b = before.skeleton.joints, now.skeleton.joints
    return any(length(sub(a[joint], b[joint])) > MOVED for joint in JOINTS_OF[part])


def _pale(data: str, id: str, pen: Pen, seen: Scene) -> str:
    """Return a pale line, through which what is behind is seen."""
    width = f"{min(pen.line, BOLD) * 0.9 * seen.grain:.1f}"
    return (
        f'<path id="{id}" d="{data}" fill="none" stroke="{mix(pen.ink, pen.paper, 0.6)}" '
        f'stroke-width="{width}" stroke-linecap="round"/>'
    )


# ---------------------------------------------------------------- what is seen of an outline

STEP = 12.0
"""How far apart, in mm, the spots of an outline are that are looked at."""

AWAY = 36.0
"""How far from a person a line must go at least, in mm: nearer ones look like a slip of the pen."""


CRUMB = 36.0
"""The shortest piece of an outline that is drawn, in mm."""


Rings = Sequence[Sequence[Spot]]


def lines_left(before: Rings, now: Rings) -> Iterator[list[Spot]]:
    """Yield the outline of what was ``before`` where it is outside of all that is there ``now``."""
    rings, people = [Ring(ring) for ring in _each_once(before)], [Ring(ring) for ring in now]
    near = _Near([spot for ring in now for spot in _walk(ring)], AWAY)
    runs = list[list[Spot]]()
    for own in rings:
        others = [each for each in (*people, *rings) if each is not own and each.meets(own)]
        runs += (run for run in _runs(list(_walk(own.spots)), others) if _long(run) > CRUMB)
    for group in _joined_runs(runs):
        if any(not near.has(spot) for run in group for spot in run):
            yield from (_thinned(run) for run in group)


def _each_once(rings: Rings) -> list[Sequence[Spot]]:
    """Return rings without those that are there twice, which would hide each other."""
    return list({tuple(ring): ring for ring in rings}.values())


def _thinned(run: list[Spot]) -> list[Spot]:
    return [*thinned(run[:-1], STEP), run[-1]]


def _long(run: Sequence[Spot]) -> float:
    return sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(run))


def _joined_runs(runs: Sequence[list[Spot]]) -> list[list[list[Spot]]]:
    """Return the runs in groups: one goes on where another ends."""
    groups = list[list[list[Spot]]]()
    for run in runs:
        meets = [group for group in groups if any(_meet(run, other) for other in group)]
        groups = [group for group in groups if group not in meets]
        groups.append([run, *(other for group in meets for other in group)])
    return groups


def _meet(a: Sequence[Spot], b: Sequence[Spot]) -> bool:
    ends = ((a[i], b[k]) for i in (0, -1) for k in (0, -1))
    return any(hypot(p[0] - q[0], p[1] - q[1]) < 2 * STEP for p, q in ends)


def _walk(ring: Sequence[Spot]) -> Iterator[Spot]:
    """Yield spots along a closed curve, no further apart than ``STEP``: on its cubic bows."""
    count = len(ring)
    for i in range(count):
        a, b, c, d = (ring[(i + k) % count] for k in (-1, 0, 1, 2))
        steps = max(1, ceil(hypot(c[0] - b[0], c[1] - b[1]) / STEP))
        for step in range(steps):
            yield _between((a, b, c, d), step / steps)


def _between(spots: tuple[Spot, Spot, Spot, Spot], t: float) -> Spot:
    """Return the spot of a Catmull-Rom curve at ``t`` of its way from the second to the third."""
    x, y = (
        0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2
               + (3 * b - a - 3 * c + d) * t**3)
        for a, b, c, d in zip(*spots, strict=True)
    )  # fmt: skip
    return (x, y)


def _runs(spots: list[Spot], rings: Sequence[Ring]) -> Iterator[list[Spot]]:
    """Yield the runs of a closed line that lie in none of some rings, each with its neighbours.

    One that lies in none at all ends where it begins.
    """
    hidden = [any(ring.has(spot) for ring in rings) for spot in spots]
    if not any(hidden):
        yield [*spots, spots[0]]
        return
    first = hidden.index(True)
    run = [spots[first]]
    for i in range(first + 1, first + len(spots) + 1):
        spot = spots[i % len(spots)]
        run.append(spot)
        if hidden[i % len(spots)]:
            if len(run) > 2:
                yield run
            run = [spot]


class _Near:
    """Tells whether a spot lies within a distance of any of some spots, by a grid of that size."""

    def __init__(self, spots: Sequence[Spot], distance: float) -> None:
        self._distance = distance
        self._cells: dict[tuple[int, int], list[Spot]] = {}
        for spot in spots:
            self._cells.setdefault(self._cell(spot), []).append(spot)

    def _cell(self, spot: Spot) -> tuple[int, int]:
        return (int(spot[0] // self._distance), int(spot[1] // self._distance))

    def has(self, spot: Spot) -> bool:
        """Return whether one of them is that near."""
        x, y = self._cell(spot)
        around_it = (self._cells.get((x + i, y + j), ()) for i in (-1, 0, 1) for j in (-1, 0, 1))
        return any(
            hypot(spot[0] - u, spot[1] - v) < self._distance for cell in around_it for u, v in cell
        )
