"""The head: neck, skull and profile, ears, hair or a covering, and a face that turns with it."""

from collections.abc import Iterator, Mapping, Sequence
from math import atan2, cos, degrees, hypot, radians, sin
from typing import TypeVar

from clinicpress.figures.clothes import trunk_nearness
from clinicpress.figures.contour import (
    Contour,
    Row,
    Section,
    around_all,
    at,
    cap,
    contour,
    disc,
)
from clinicpress.figures.flesh import EAR, HEAD, PROFILE, QUIFF, SKULL, STYLES, Style
from clinicpress.figures.ink import Part
from clinicpress.figures.pose import Mouth
from clinicpress.figures.skeleton import Skeleton
from clinicpress.figures.space import Vec, add, dot, length, mixed, sub, turned
from clinicpress.figures.view import Spot, View

CHIN = -66.0
"""From the top of the neck to the height of the chin, in mm."""

HAND_AT_HEAD = 330.0
"""How near to the head a wrist is, in mm, that may lie over it."""


class _Head:
    """A head as it is seen: places on it, and how it faces the eye."""

    def __init__(self, skeleton: Skeleton, view: View) -> None:
        self.skeleton, self.view, self.build = skeleton, view, skeleton.build
        self.frame = skeleton.frames["head"]
        self.base = add(skeleton.joints["skull"], turned((0, 0, CHIN), self.frame))
        self.scale = 1.02 if self.build.slim else 1.06
        self.ahead = dot(self.frame[0], view.towards)
        self.aside = dot(self.frame[1], view.towards)
        self.looks = degrees(atan2(self.aside, self.ahead))
        self.style: Style | None = STYLES.get(self.build.hair)
        self.hangs = bool(self.style and self.style.hangs)
        self.covered = self.build.hair == "covered"

    def on(self, x: float, y: float, high: float) -> Spot:
        """Return a spot: ``x`` to the front and ``y`` to the left in mm, ``high`` a share."""
        shift = (x * self.scale, y * self.scale, high * HEAD)
        return self.view.spot(add(self.base, turned(shift, self.frame)))

    def surface(self, around: float, high: float, grow: float = 1.0) -> Spot:
        """Return a spot on the skull, or ``grow`` times as far out, ``around`` it in degrees."""
        rows = HANGING if self.hangs and grow != 1 else SKULL
        front, back, side, _ = at(rows, max(0.06, min(high, 1.0)))
        middle, half = (front - back) / 2, (front + back) / 2 * grow
        a = radians(around)
        return self.on(middle + half * cos(a), side * grow * sin(a), high)

    def seen(self, around: float) -> float:
        """Return how much the skull faces the eye at ``around``; below zero it is hidden."""
        return cos(radians(around - self.looks))

    def stack(self, rows: Sequence[Row], grow: float = 1.0, top: float = 0.0) -> list[Section]:
        """Return the sections of the skull, ``grow`` times as wide, its crown ``top`` higher."""
        found = []
        for high, *reach in rows:
            place = turned((0, 0, (high + max(0.0, high - 0.6) * top) * HEAD), self.frame)
            wide = (grow if high > 0.4 else 1 + (grow - 1) * 0.9) * self.scale
            a, b, c, d = (v * wide for v in reach)
            found.append(Section(add(self.base, place), self.frame, (a, b, c, d)))
        return found

    def contour(self, rows: Sequence[Row], grow: float, top: float) -> Contour:
        """Return the edges of the skull or of hair around it."""
        return contour(self.stack(rows, grow, top), self.view, (0.35, 0.3))


def _hanging(row: Row) -> Row:
    """Return a row of hair that hangs: as wide as the skull at the ears, and flaring a little."""
    high, front, *_ = row
    _, back, side, _ = at(SKULL, max(high, 0.5))
    wide = side * (1 + 0.45 * max(0.0, 0.5 - high) - 0.5 * max(0.0, 0.12 - high))
    return (high, front, back * 0.98, wide, wide)


HANGING: tuple[Row, ...] = tuple(_hanging(row) for row in SKULL)
"""The surface of long hair, as sections of the skull."""


def head(skeleton: Skeleton, view: View) -> Iterator[Part]:
    """Yield what hangs behind the head, a drape over the chest, and the head itself."""
    seen = _Head(skeleton, view)
    order = _order(skeleton, view)
    part, behind = Part(order, "head"), Part(trunk_nearness(skeleton, view) - 2, "head")
    if seen.covered:
        yield _drape(seen, order - 0.5)
    else:
        _neck(part, seen)
    if seen.hangs and seen.ahead > -0.3:
        rows = [(row[0], -20 if row[0] < 0.4 else row[1], *row[2:]) for row in HANGING]
        fall = contour(seen.stack(rows, STYLES["long"].volume, 0.1), view, (0.15, 0.2))
        behind.fill(fall.ring, "hair")
    skull = seen.contour(SKULL, 1.0, 0.0)
    _skin(part, seen, skull)
    if seen.style:
        _hair(part, behind, seen, seen.style)
    if not seen.covered and seen.ahead > -0.5:
        part.pen(_jaw(seen, skull), 0.9)
    _near_ear(part, seen)
    if seen.ahead > -0.4:
        face(part, seen, skeleton.mouth)
    yield from (each for each in (behind, part) if each.shapes)


def _order(skeleton: Skeleton, view: View) -> float:
    """Return the order of the head: before the trunk, unless a hand may lie over it."""
    trunk = trunk_nearness(skeleton, view)
    wrists = (skeleton.joints[f"{side}-wrist"] for side in ("right", "left"))
    middle = skeleton.joints["head"]
    if any(length(sub(wrist, middle)) < HAND_AT_HEAD for wrist in wrists):
        return trunk + 1
    return max(view.nearness(middle), trunk + 1)


# ---------------------------------------------------------------- neck and skin

T = TypeVar("T")


def _neck(part: Part, seen: _Head) -> None:
    """Add the neck, which lies over the shirt: its lower edge is the neckline, a tilted ring."""
    skeleton, view = seen.skeleton, seen.view
    chest = skeleton.frames["chest"]
    tube, ring = contour(_neck_stack(seen), view, (0.2, 0.2)), []
    for turn in range(0, 360, 36):
        c, s = cos(radians(turn)), sin(radians(turn))
        place = (-2 + 60 * c, 66 * s, 2 - 24 * c - 14 * max(0.0, c) ** 2)
        faces = c * dot(chest[0], view.towards) + s * dot(chest[1], view.towards)
        ring.append((add(skeleton.joints["neck"], turned(place, chest)), faces))
    line = _seen_run(ring)
    spots = [view.spot(place) for place in line]
    near, far = tube.left, tube.right
    if _apart(spots[-1], near[0]) > _apart(spots[-1], far[0]):
        near, far = far, near
    part.fill([*spots, *near[1:], *far[:0:-1]], "skin")
    if dot(chest[0], view.towards) > 0.2:  # the shadow of the chin
        part.fill([*tube.across(0.45, -0.7), tube.right[-1], tube.left[-1]], "skin-shade")
    rib = [view.spot(add(place, turned((0, 0, -13), chest))) for place in line]
    part.nib([rib[1], rib[len(rib) // 2], rib[-2]], 0.6)


def _neck_stack(seen: _Head) -> list[Section]:
    joints, frames = seen.skeleton.joints, seen.skeleton.frames
    chest, lean = frames["chest"], frames["neck"]
    wide = (1 + (seen.build.girth - 1) * 0.5) * (0.88 if seen.build.slim else 1.0)
    low = add(joints["neck"], turned((0, 0, -10), chest))
    high = add(joints["skull"], turned((-4, 0, 14), lean))
    middle = mixed(joints["neck"], joints["skull"], 0.45)
    return [
        Section(low, chest, (50, 52, 58, 58)),
        Section(middle, lean, (45 * wide, 48 * wide, 50 * wide, 50 * wide)),
        Section(high, lean, (44 * wide, 54 * wide, 50 * wide, 50 * wide)),
    ]


def _seen_run(ring: Sequence[tuple[T, float]]) -> list[T]:
    """Return what of a ring faces the eye (the second of each pair is above 0), in order."""
    flags = [faces > -0.02 for _, faces in ring]
    first = next((i for i, flag in enumerate(flags) if flag and not flags[i - 1]), 0)
    return [ring[(first + i) % len(ring)][0] for i in range(sum(flags))]


def _apart(a: Spot, b: Spot) -> float:
    return hypot(a[0] - b[0], a[1] - b[1])


def _drape(seen: _Head, order: float) -> Part:
    """Return the part of a head covering that lies over the shoulders."""
    joints, chest, frame = seen.skeleton.joints, seen.skeleton.frames["chest"], seen.frame
    part = Part(order, "head")

    def off(place: Vec, x: float, z: float, turn: Sequence[Vec]) -> Vec:
        return add(place, turned((x, 0, z), (turn[0], turn[1], turn[2])))

    stack = [
        Section(off(joints["neck"], 4, -16, chest), chest, (74, 66, 88, 88)),
        Section(off(joints["neck"], 4, 18, chest), chest, (64, 68, 76, 76)),
        Section(off(seen.base, 2, 4, frame), frame, (84, 74, 70, 70)),
        Section(off(seen.base, 0, 50, frame), frame, (80, 96, 80, 80)),
    ]
    wrap = contour(stack, seen.view, (0.3, 0.2))
    part.fill(wrap.ring, "cloth")
    part.nib(wrap.across(0.3, -0.5), 0.7)
    part.nib(wrap.across(0.12, -0.4), 0.5)
    return part


def _skin(part: Part, seen: _Head, skull: Contour) -> None:
    """Add ears that stand off, the skull, and the face's profile as far as it shows."""
    for side in (1, -1):
        if _has_ears(seen) and -0.5 < side * seen.aside < 0.55:
            part.fill([seen.on(*place) for place in _ear(side)], "skin")
    part.fill(skull.ring, "skin")
    if abs(seen.aside) > 0.3 and seen.ahead > -0.75:
        part.fill([seen.on(x, 0, high) for x, high in PROFILE], "skin")


def _has_ears(seen: _Head) -> bool:
    return not (seen.hangs or seen.covered)


def _ear(side: int) -> list[tuple[float, float, float]]:
    return [(-12 + x * 1.25, side * (78 + y), 0.455 + high) for x, y, high in EAR]


def _near_ear(part: Part, seen: _Head) -> None:
    """Add the ear that is seen from its side, over the hair."""
    for side in (1, -1):
        if _has_ears(seen) and side * seen.aside >= 0.55:
            ear = _ear(side)
            part.again([seen.on(*place) for place in ear], "skin", edged=True)
            out = ear[0][1] + side * 6
            spots = [seen.on(*ear[1]), seen.on(-14, out, 0.49), seen.on(-8, out, 0.44)]
            part.nib(spots, 0.5)


def _jaw(seen: _Head, skull: Contour) -> list[Spot]:
    """Return the line of the jaw: skull and neck have melted, and at the back it fades out."""
    nose = seen.on(130, 0, 0.36)
    fore, aft = sorted((skull.left, skull.right), key=lambda edge: _apart(edge[4], nose))
    turned_away = abs(seen.aside) > 0.5
    front = 1 if turned_away else 5
    back = (0 if seen.hangs else 3) if turned_away else 5
    return [*fore[:front][::-1], *skull.ring[-2:-1], *aft[:back]]


# ---------------------------------------------------------------- hair


def _hair(part: Part, behind: Part, seen: _Head, style: Style) -> None:
    """Add hair or a covering: from the hairline, as far as it is seen, over the top."""
    cloth = "cloth" if seen.covered else "hair"
    run = _hairline(seen, style)
    over = seen.contour(HANGING if style.hangs else SKULL, style.volume, 0.12)
    knot = seen.on(-88, 0, 0.99)
    if seen.build.hair == "bun":
        _bun(part, behind, seen, knot)
    part.fill([*run, *_over_the_top(seen, over, run)], cloth)
    if style.curls:
        _curls(part, seen, over, style.curls)
    if seen.build.hair == "short":
        part.fill(around_all([seen.on(*place) for place in QUIFF]), "hair", 6)
    part.pen(run, 0.7)
    if seen.build.hair == "bun" and seen.ahead <= 0.5:
        _wound(part, knot)
    for strand in style.strands:
        if min(seen.seen(a) for a, _ in strand) > 0.1:
            tone = "fold" if seen.covered else "strand"
            part.nib([seen.surface(a, z, style.volume) for a, z in strand], 0.7, tone)


def _curls(part: Part, seen: _Head, over: Contour, size: float) -> None:
    """Add curls, which break the edge of the hair: from the ears on, before the face from the brow.

    The sixth section of the skull is at the ears, the ninth above the brow.
    """
    nose = seen.on(130, 0, 0.36)
    near, far = sorted((over.left, over.right), key=lambda edge: _apart(edge[5], nose))
    first = 8 if abs(seen.aside) > 0.3 and seen.ahead > -0.75 else 5
    for spot in (*near[first:], *far[5:]):
        part.fill(disc(spot, size, 7), "hair")


def _hairline(seen: _Head, style: Style) -> list[Spot]:
    """Return the hairline as far as it is seen, from one side to the other."""
    line: list[tuple[float, float]] = []
    for (a, low), (b, high) in zip(style.line, style.line[1:], strict=False):
        steps = max(1, round(abs(b - a) / 22))
        line += [(a + (b - a) * k / steps, low + (high - low) * k / steps) for k in range(steps)]
    line.append(style.line[-1])
    ring = [*((-a, high) for a, high in line[:0:-1]), *line[:-1]]
    grow = 1.03 if seen.hangs or seen.covered else 1.0
    found = []
    for a, high in ring:
        around = a + style.parting * max(0.0, 1 - abs(a) / 60)
        found.append((seen.surface(around, high, grow), seen.seen(around)))
    return _seen_run(found)


def _over_the_top(seen: _Head, over: Contour, run: Sequence[Spot]) -> list[Spot]:
    """Return the edge of the hair from the hairline's end over the crown to its start."""

    def rim(end: Spot) -> Sequence[Spot]:
        """Return the edge on the side of ``end``, upwards from there."""
        edge = min((over.left, over.right), key=lambda e: min(_apart(spot, end) for spot in e))
        nearest = min(range(len(edge)), key=lambda i: _apart(edge[i], end))
        return edge[min(nearest + 1, len(edge) - 1) :]

    up, down = rim(run[-1]), rim(run[0])
    top = cap(up[-1], down[-1], 0.3)
    crown = seen.on(0, 0, 1.3)
    if _apart(top[0], crown) > _apart(up[-1], crown):
        top = []
    return [*up, *top, *down[::-1]]


def _bun(part: Part, behind: Part, seen: _Head, knot: Spot) -> None:
    """Add a bun; from the front it is behind the head."""
    if seen.ahead > 0.5:
        behind.nearness = part.nearness - 1
        behind.fill(disc(knot, 42, 9), "hair")
    else:
        part.fill(disc(knot, 42, 9), "hair")


def _wound(part: Part, knot: Spot) -> None:
    x, y = knot
    part.nib([(x - 20, y + 8), (x, y - 18), (x + 22, y - 4)], 0.6, "strand")
    part.nib([(x - 6, y + 20), (x + 14, y + 14), (x + 20, y + 2)], 0.6, "strand")


# ---------------------------------------------------------------- face

CORNERS: Mapping[Mouth, float] = {"straight": 0.0, "smile": 0.034, "sad": -0.03}
"""How far the corners of the mouth are above its middle, as a share of the head."""

LIPS = 0.232
"""The height of the mouth, as a share of the head."""


def face(part: Part, seen: _Head, mouth: Mouth) -> None:
    """Add brows, eyes, nose and mouth: places on the skull, so that they turn with it."""
    for side in (1, -1):
        if seen.seen(side * 27) > 0.2:
            _eye(part, seen, side)
    _nose(part, seen)
    if abs(seen.aside) > 0.8:
        _mouth_from_side(part, seen, CORNERS[mouth])
    else:
        _mouth(part, seen, CORNERS[mouth], mouth)


def _eye(part: Part, seen: _Head, side: int) -> None:
    def spots(*places: tuple[float, float]) -> list[Spot]:
        return [seen.surface(side * a, high) for a, high in places]

    part.nib(spots((12, 0.585), (25, 0.615), (40, 0.582)), 1.25, "brow")
    part.nib(spots((16, 0.478), (26, 0.512), (38, 0.482)), 1.0)
    around = 26 if seen.ahead > 0.5 else 20
    part.again(disc(seen.surface(side * around, 0.487), 7.5, 6), "ink")
    if seen.build.older and seen.ahead > 0.5:
        part.nib(spots((17, 0.35), (23, 0.3), (25, 0.25)), 0.5)
        part.nib(spots((18, 0.45), (27, 0.44), (34, 0.455)), 0.4)


def _nose(part: Part, seen: _Head) -> None:
    """Add the wing of the nose in profile, or from the front its shadow side and its tip."""
    side = 1 if seen.aside > 0 else -1
    if abs(seen.aside) > 0.45:
        wing = (seen.on(104, side * 12, 0.375), seen.on(99, side * 16, 0.35),
                seen.on(104, side * 12, 0.325))  # fmt: skip
        part.nib(wing, 0.6)
    if seen.ahead > 0.45:
        ridge = [seen.on(*place) for place in (
            (100, -side * 9, 0.46), (110, -side * 12, 0.38), (112, -side * 2, 0.328))]  # fmt: skip
        part.nib(ridge, 0.8)


def _mouth_from_side(part: Part, seen: _Head, rise: float) -> None:
    side = 1 if seen.aside > 0 else -1
    places = ((101, 0, LIPS + 0.003), (90, side * 14, LIPS - 0.004 - abs(rise) * 0.1),
              (82, side * 26, LIPS + rise))  # fmt: skip
    part.nib([seen.on(*place) for place in places], 0.9)


def _mouth(part: Part, seen: _Head, rise: float, mouth: Mouth) -> None:
    """Add the mouth and the shadow below the lip; a smile is wider."""
    wide = 1.25 if mouth == "smile" else 1.0
    bow = [(a * wide, LIPS + rise * ((a / 20) ** 2 - 0.3)) for a in (-21, -14, -7, 0, 7, 14, 21)]
    spots = [seen.surface(a, high) for a, high in bow if seen.seen(a) > 0.25]
    if len(spots) > 2:
        part.nib(spots, 1.2)
    below = [seen.surface(a, 0.175) for a in (-7, 0, 7) if seen.seen(a) > 0.3]
    if len(below) == 3:
        part.nib(below, 0.5)
