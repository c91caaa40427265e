"""The head: neck, skull and profile, ears, hair or a covering, and a face that turns with it."""

from collections.abc import Iterator, Mapping, Sequence
from math import cos, radians, sin

from clinicpress.figures.cloth import trunk_nearness
from clinicpress.figures.contour import (
    Contour,
    Section,
    contour,
    disc,
)
from clinicpress.figures.flesh import EAR, PROFILE, SKULL, STYLES
from clinicpress.figures.hair import hair
from clinicpress.figures.ink import Part
from clinicpress.figures.pose import Mouth
from clinicpress.figures.skeleton import Skeleton
from clinicpress.figures.skull import HANGING, Head, apart, seen_run
from clinicpress.figures.space import Vec, add, dot, length, mixed, sub, turned
from clinicpress.figures.view import Spot, View

HAND_AT_HEAD = 330.0
"""How near to the head a wrist is, in mm, that may lie over it."""


def head(skeleton: Skeleton, view: View) -> Iterator[Part]:
    """Yield what hangs behind the head, a drape over the chest, and the head itself."""
    seen = Head(skeleton, view)
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
        hair(part, behind, seen, seen.style)
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


def _neck(part: Part, seen: Head) -> None:
    """Add the neck, which lies over the shirt: its lower edge is the neckline, a tilted ring."""
    skeleton, view = seen.skeleton, seen.view
    chest = skeleton.frames["chest"]
    tube, ring = contour(_neck_stack(seen), view, (0.2, 0.2)), []
    for turn in range(0, 360, 36):
        c, s = cos(radians(turn)), sin(radians(turn))
        place = (-2 + 60 * c, 66 * s, 2 - 24 * c - 14 * max(0.0, c) ** 2)
        faces = c * dot(chest[0], view.towards) + s * dot(chest[1], view.towards)
        ring.append((add(skeleton.joints["neck"], turned(place, chest)), faces))
    line = seen_run(ring)
    spots = [view.spot(place) for place in line]
    near, far = tube.left, tube.right
    if apart(spots[-1], near[0]) > apart(spots[-1], far[0]):
        near, far = far, near
    part.fill([*spots, *near[1:], *far[:0:-1]], "skin")
    if dot(chest[0], view.towards) > 0.2:  # the shadow of the chin
        part.fill([*tube.across(0.45, -0.7), tube.right[-1], tube.left[-1]], "skin-shade")
    rib = [view.spot(add(place, turned((0, 0, -13), chest))) for place in line]
    part.nib([rib[1], rib[len(rib) // 2], rib[-2]], 0.6)


def _neck_stack(seen: Head) -> list[Section]:
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


def _drape(seen: Head, order: float) -> Part:
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


def _skin(part: Part, seen: Head, skull: Contour) -> None:
    """Add ears that stand off, the skull, and the face's profile as far as it shows."""
    for side in (1, -1):
        if _has_ears(seen) and -0.5 < side * seen.aside < 0.55:
            part.fill([seen.on(*place) for place in _ear(side)], "skin")
    part.fill(skull.ring, "skin")
    if abs(seen.aside) > 0.3 and seen.ahead > -0.75:
        part.fill([seen.on(x, 0, high) for x, high in PROFILE], "skin")


def _has_ears(seen: Head) -> bool:
    return not (seen.hangs or seen.covered)


def _ear(side: int) -> list[tuple[float, float, float]]:
    return [(-12 + x * 1.25, side * (78 + y), 0.455 + high) for x, y, high in EAR]


def _near_ear(part: Part, seen: Head) -> None:
    """Add the ear that is seen from its side, over the hair."""
    for side in (1, -1):
        if _has_ears(seen) and side * seen.aside >= 0.55:
            ear = _ear(side)
            part.again([seen.on(*place) for place in ear], "skin", edged=True)
            out = ear[0][1] + side * 6
            spots = [seen.on(*ear[1]), seen.on(-14, out, 0.49), seen.on(-8, out, 0.44)]
            part.nib(spots, 0.5)


def _jaw(seen: Head, skull: Contour) -> list[Spot]:
    """Return the line of the jaw: skull and neck have melted, and at the back it fades out."""
    nose = seen.on(130, 0, 0.36)
    fore, aft = sorted((skull.left, skull.right), key=lambda edge: apart(edge[4], nose))
    turned_away = abs(seen.aside) > 0.5
    front = 1 if turned_away else 5
    back = (0 if seen.hangs else 3) if turned_away else 5
    return [*fore[:front][::-1], *skull.ring[-2:-1], *aft[:back]]


# ---------------------------------------------------------------- hair


# ---------------------------------------------------------------- face

CORNERS: Mapping[Mouth, float] = {"straight": 0.0, "smile": 0.034, "sad": -0.03}
"""How far the corners of the mouth are above its middle, as a share of the head."""

LIPS = 0.232
"""The height of the mouth, as a share of the head."""


def face(part: Part, seen: Head, mouth: Mouth) -> None:
    """Add brows, eyes, nose and mouth: places on the skull, so that they turn with it."""
    for side in (1, -1):
        if seen.seen(side * 27) > 0.2:
            _eye(part, seen, side)
    _nose(part, seen)
    if abs(seen.aside) > 0.8:
        _mouth_from_side(part, seen, CORNERS[mouth])
    else:
        _mouth(part, seen, CORNERS[mouth], mouth)


def _eye(part: Part, seen: Head, side: int) -> None:
    def spots(*places: tuple[float, float]) -> list[Spot]:
        return [seen.surface(side * a, high) for a, high in places]

    part.nib(spots((12, 0.585), (25, 0.615), (40, 0.582)), 1.25, "brow")
    part.nib(spots((16, 0.478), (26, 0.512), (38, 0.482)), 1.0)
    around = 26 if seen.ahead > 0.5 else 20
    part.again(disc(seen.surface(side * around, 0.487), 7.5, 6), "ink")
    if seen.build.older and seen.ahead > 0.5:
        part.nib(spots((17, 0.35), (23, 0.3), (25, 0.25)), 0.5)
        part.nib(spots((18, 0.45), (27, 0.44), (34, 0.455)), 0.4)


def _nose(part: Part, seen: Head) -> None:
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


def _mouth_from_side(part: Part, seen: Head, rise: float) -> None:
    side = 1 if seen.aside > 0 else -1
    places = ((101, 0, LIPS + 0.003), (90, side * 14, LIPS - 0.004 - abs(rise) * 0.1),
              (82, side * 26, LIPS + rise))  # fmt: skip
    part.nib([seen.on(*place) for place in places], 0.9)


def _mouth(part: Part, seen: Head, rise: float, mouth: Mouth) -> None:
    """Add the mouth and the shadow below the lip; a smile is wider."""
    wide = 1.25 if mouth == "smile" else 1.0
    bow = [(a * wide, LIPS + rise * ((a / 20) ** 2 - 0.3)) for a in (-21, -14, -7, 0, 7, 14, 21)]
    spots = [seen.surface(a, high) for a, high in bow if seen.seen(a) > 0.25]
    if len(spots) > 2:
        part.nib(spots, 1.2)
    below = [seen.surface(a, 0.175) for a in (-7, 0, 7) if seen.seen(a) > 0.3]
    if len(below) == 3:
        part.nib(below, 0.5)
