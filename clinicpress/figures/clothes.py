"""A clothed trunk, arms and legs: flesh with the ease of cloth, hems, folds and shadows."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import hypot, pi, sin

from clinicpress.figures import body, flesh
from clinicpress.figures.contour import (
    Contour,
    Cut,
    Section,
    around_all,
    at,
    contour,
    midway,
    on_bone,
    outside,
)
from clinicpress.figures.hands import foot, hand
from clinicpress.figures.ink import Part
from clinicpress.figures.pose import SIDES, Side
from clinicpress.figures.skeleton import OUTWARD, Skeleton
from clinicpress.figures.space import (
    Rotation,
    Vec,
    add,
    between,
    dot,
    length,
    mixed,
    sub,
    times,
    turned,
    unit,
)
from clinicpress.figures.view import Spot, View

TRUNK_BEFORE_LEGS = 140.0
"""A shirt hangs over trousers unless the legs are nearer to the eye by more than so many mm."""

ARM_BEFORE_TRUNK = 70.0
"""A hand is before the chest if it is nearer than its middle by half its depth, in mm."""

SLEEVE = 0.66
"""The share of the upper arm that the sleeve covers."""

LEG_END = 0.88
"""The share of the shank that trousers cover."""

EASE = 6.0
"""How far trousers stand off the leg, in mm."""

SHIRT = 8.0
"""How far a shirt stands off the trunk, in mm."""

DEEP = 0.34
"""How far a shadow reaches across a limb."""


def nearness(skeleton: Skeleton, view: View, *names: str) -> float:
    """Return how near the middle of some joints is to the eye, in mm."""
    return sum(view.nearness(skeleton.joints[name]) for name in names) / len(names)


def trunk_nearness(skeleton: Skeleton, view: View) -> float:
    """Return how near the trunk is to the eye, in mm, as its order among the parts goes."""
    return nearness(skeleton, view, "trunk-2") + TRUNK_BEFORE_LEGS


def sideways(skeleton: Skeleton, view: View) -> bool:
    """Return whether the eye looks at a shoulder rather than at the chest or the back."""
    return abs(dot(skeleton.frames["chest"][1], view.towards)) > 0.64


def _grown(skeleton: Skeleton) -> float:
    """Return how much wider the limbs are than those of a slim body."""
    return 1 + (skeleton.build.girth - 1) * 0.6


# ---------------------------------------------------------------- the spine


class Spine:
    """The line of a back, as a curve: places and frames from the hips, 0, to the neck, 1."""

    def __init__(self, skeleton: Skeleton) -> None:
        ends = [0.0]
        for part in body.SPINE:
            ends.append(ends[-1] + part * body.STATURE)
        self.long = ends[-1]
        self._middles = [(a + b) / 2 / self.long for a, b in pairwise(ends)]
        self._ends = [end / self.long for end in ends]
        names = ["hips", *(f"spine-{n}" for n in range(len(body.SPINE)))]
        self._places = [skeleton.joints[name] for name in names]
        self._frames = [skeleton.frames[f"trunk-{n}"] for n in range(len(body.SPINE))]

    def frame(self, share: float) -> Rotation:
        """Return the frame: to the front, to the left, up."""
        for n, (low, high) in enumerate(pairwise(self._middles)):
            if share < high:
                k = max(0.0, (share - low) / (high - low))
                a, b = self._frames[n], self._frames[n + 1]
                front, left, up = (unit(mixed(p, q, k)) for p, q in zip(a, b, strict=True))
                return front, left, up
        return self._frames[-1]

    def place(self, share: float) -> Vec:
        """Return the place of the spine; beyond its ends it goes straight on."""
        inner = self._ends[1:-1]
        n = sum(share > end for end in inner)
        low, high = self._ends[n], self._ends[n + 1]
        return mixed(self._places[n], self._places[n + 1], (share - low) / (high - low))

    def sections(self, low: float, high: float) -> Iterator[tuple[float, Vec, Rotation]]:
        """Yield share, place and frame of the trunk's rows between ``low`` and ``high``."""
        for share, *_ in flesh.TRUNK:
            if low - 0.001 <= share <= high + 0.001:
                yield share, self.place(share), self.frame(share)


# ---------------------------------------------------------------- legs


def legs(skeleton: Skeleton, view: View) -> list[Part]:
    """Return the legs; from the front or the back they and the seat are one pair of trousers."""
    right, left = (_leg(skeleton, view, side) for side in SIDES)
    if sideways(skeleton, view) or _hips_sideways(skeleton, view):
        return [right, left]
    shapes, details = right.shapes + left.shapes, right.details + left.details
    return [Part(max(right.nearness, left.nearness), "legs", shapes, details)]


def _hips_sideways(skeleton: Skeleton, view: View) -> bool:
    return abs(dot(skeleton.frames["hips"][1], view.towards)) > 0.6


def _leg(skeleton: Skeleton, view: View, side: Side) -> Part:
    hip, knee, ankle = (f"{side}-{name}" for name in ("hip", "knee", "ankle"))
    part = Part(nearness(skeleton, view, hip, knee, ankle), f"{side}-leg")
    far = _is_far(skeleton, view, side)
    tone = "trousers-far" if far else "trousers"
    thigh, shank = _legging(skeleton, view, side)
    foot(part, skeleton, side, view, bare=skeleton.build.bare)
    part.fill(shank.ring, tone)
    to_eye = _is_short(skeleton, view, side, "hip", "knee")
    part.fill(around_all(thigh.ring) if to_eye else thigh.ring, tone)
    if not far:
        part.fill(_seat(skeleton, view, part.nearness).ring, tone)
    part.shade(shank.shadow(DEEP), tone)
    part.nib(shank.across(0.86, 0.2), 0.7)
    if to_eye:
        return part
    part.shade(thigh.shadow(DEEP), tone)
    if not _hips_sideways(skeleton, view):
        _fork(part, skeleton, view, side)
    _creases(part, thigh, shank, _bend(skeleton, side, "thigh", "shank"), 0.75)
    return part


SHORT = 0.6
"""A bone that is seen shorter than this share of its length points to the eye or away from it."""


def _is_short(skeleton: Skeleton, view: View, side: Side, start: str, end: str) -> bool:
    a, b = (skeleton.joints[f"{side}-{name}"] for name in (start, end))
    (ax, ay), (bx, by) = view.spot(a), view.spot(b)
    return hypot(bx - ax, by - ay) < SHORT * length(sub(b, a))


def _is_far(skeleton: Skeleton, view: View, side: Side) -> bool:
    if not _hips_sideways(skeleton, view):
        return False
    hips, hip = skeleton.joints["hips"], skeleton.joints[f"{side}-hip"]
    return view.nearness(hip) < view.nearness(hips)


def _legging(skeleton: Skeleton, view: View, side: Side) -> tuple[Contour, Contour]:
    """Return the contours of a leg's two parts in trousers."""
    hip, knee, ankle = (skeleton.joints[f"{side}-{n}"] for n in ("hip", "knee", "ankle"))
    frames, grow = skeleton.frames, _grown(skeleton)
    thigh = on_bone(flesh.THIGH, (hip, knee), frames[f"{side}-thigh"], Cut(0, 1, grow, EASE))
    cut = Cut(0, LEG_END, grow, EASE, 8)
    shank = on_bone(flesh.SHANK, (knee, ankle), frames[f"{side}-shank"], cut)
    return contour(thigh, view), contour(shank, view, (1, 0.16))


def _seat(skeleton: Skeleton, view: View, nearness: float) -> Contour:
    """Return the trousers at the hips; a lap that points at the eye lies before the shirt.

    Of who sits, no seat hangs below the hips.
    """
    grow = _grown(skeleton)
    over = nearness >= trunk_nearness(skeleton, view)
    sits = any(_bend_of_hip(skeleton, side) > SITS for side in SIDES)
    stack = []
    low, high = -0.06 if sits else -0.17, 0.08 if over else 0.24
    for share, place, frame in Spine(skeleton).sections(low, high):
        a, b, c, d = (v * grow + EASE for v in at(flesh.TRUNK, share))
        stack.append(Section(place, frame, (a, b, c, d)))
    return contour(stack, view, (0.25 if sits else 0.4, 0.1))


SITS = 60.0
"""The angle of a hip, in degrees, from which on the seat is flat."""


def _bend_of_hip(skeleton: Skeleton, side: Side) -> float:
    thigh, hips = skeleton.frames[f"{side}-thigh"], skeleton.frames["hips"]
    return between(thigh[2], times(hips[2], -1))


def _fork(part: Part, skeleton: Skeleton, view: View, side: Side) -> None:
    """Add the pull of the cloth from the fork to the hip."""
    out, hips = OUTWARD[side], skeleton.joints["hips"]
    places = ((0, out * 4, -92), (0, out * 34, -70), (0, out * 74, -58))
    frame = skeleton.frames["hips"]
    part.nib([view.spot(add(hips, turned(place, frame))) for place in places], 0.8)


def _bend(skeleton: Skeleton, side: Side, upper: str, lower: str) -> float:
    a, b = (skeleton.frames[f"{side}-{name}"][2] for name in (upper, lower))
    return between(a, b)


def _creases(part: Part, upper: Contour, lower: Contour, bend: float, size: float) -> None:
    """Add folds where a limb is bent by more than 35 degrees, from the inside of the bend."""
    x, y = upper.mid[-1]
    (ax, ay), (bx, by) = upper.mid[0], lower.mid[-1]
    mx, my = (ax + bx) / 2 - x, (ay + by) / 2 - y  # where the two ends come near each other
    away = hypot(mx, my)
    if bend < 35 or away < 25:
        return
    mx, my = mx / away, my / away
    (lx, ly), (rx, ry) = upper.left[-1], upper.right[-1]
    radius = hypot(lx - rx, ly - ry) / 2

    def spot(deep: float, aside: float) -> Spot:
        return (x + radius * (mx * deep - my * aside), y + radius * (my * deep + mx * aside))

    for lean, long in ((-0.5, 0.7), (0.35, 1.0)):
        tip, end = spot(1, lean * 0.3), spot(1 - long * 0.8, lean)
        middle = ((tip[0] + end[0]) / 2 - my * radius * lean * 0.3,
                  (tip[1] + end[1]) / 2 + mx * radius * lean * 0.3)  # fmt: skip
        part.nib([tip, middle, end], size)


# ---------------------------------------------------------------- trunk


def trunk(skeleton: Skeleton, view: View) -> Part:
    """Return the shirt, with both sleeves, so that they melt with it at the shoulders."""
    part = Part(trunk_nearness(skeleton, view), "trunk")
    spine = Spine(skeleton)
    shirt = contour(list(_shirt(skeleton, spine)), view, (0.1, 0.3))
    part.fill(shirt.ring, "shirt")
    part.fill([view.spot(place) for place in _yoke(skeleton)], "shirt")
    for side in SIDES:
        part.fill(_sleeve(skeleton, view, side).ring, "shirt")
    part.shade(shirt.shadow(0.3), "shirt")
    part.nib(shirt.across(0.1, 0.1), 0.7)
    for side in SIDES:
        _armpit(part, skeleton, view, side)
    _back(part, skeleton, spine, view)
    _pulls(part, shirt)
    return part


def _shirt(skeleton: Skeleton, spine: Spine) -> Iterator[Section]:
    build = skeleton.build
    more = build.girth - 1
    for share, place, frame in spine.sections(-0.06, 1.04):
        front, back, outer, _ = at(flesh.TRUNK, share)
        belly = max(0.0, 1 - abs(share - 0.3) / 0.36)
        bust = 14 * build.slim * max(0.0, 1 - abs(share - 0.7) / 0.2)
        swell = (build.pregnant * 145 + more * 230) * sin(pi / 2 * belly) ** 1.5
        wide = outer * (1 + more * (1.1 if share < 0.8 else 0.5)) + build.slim * (5 - 20 * belly)
        wide += SHIRT
        yield Section(
            place,
            frame,
            (front + swell + bust + SHIRT, back * (1 + more * 0.6) + SHIRT, wide, wide),
        )


def _yoke(skeleton: Skeleton) -> list[Vec]:
    """Return the corners of the shirt over the shoulders, from collar to collar."""
    right, left = (_half_yoke(skeleton, side) for side in SIDES)
    return [*right, *left[::-1]]


def _half_yoke(skeleton: Skeleton, side: Side) -> list[Vec]:
    frame, out = skeleton.frames["chest"], OUTWARD[side]
    neck, shoulder = skeleton.joints["neck"], skeleton.joints[f"{side}-shoulder"]

    def off(place: Vec, *shift: float) -> Vec:
        return add(place, turned((shift[0], shift[1], shift[2]), frame))

    collar, top = off(neck, -4, out * 66, 8), off(shoulder, -4, out * 4, 44)
    return [
        collar, off(mixed(collar, top, 0.5), 0, 0, -4), top, off(shoulder, 0, out * 34, 26),
        off(shoulder, 0, -out * 24, -80),
    ]  # fmt: skip


def _sleeve(skeleton: Skeleton, view: View, side: Side) -> Contour:
    ends = (skeleton.joints[f"{side}-shoulder"], skeleton.joints[f"{side}-elbow"])
    cut = Cut(0, SLEEVE, _grown(skeleton), 3, 10)
    stack = on_bone(flesh.UPPER_ARM, ends, skeleton.frames[f"{side}-upper-arm"], cut)
    return contour(stack, view, (1, 0.2))


def _armpit(part: Part, skeleton: Skeleton, view: View, side: Side) -> None:
    """Add the fold from the armpit to the chest, and the edge of the shoulder blade."""
    frame, out = skeleton.frames["chest"], OUTWARD[side]
    faces = dot(frame[0], view.towards)
    shoulder, elbow = (skeleton.joints[f"{side}-{name}"] for name in ("shoulder", "elbow"))
    if abs(faces) > 0.5:
        pit = add(shoulder, turned((0, -out * 12, -84), frame))
        inward = unit(sub(shoulder, elbow))
        places = (
            add(pit, turned((0, 0, -18), frame)),
            add(pit, times(inward, 14)),
            add(pit, times(inward, 44), turned((0, -out * 8, 0), frame)),
        )
        part.nib([view.spot(place) for place in places], 0.9)
    if faces < -0.5:
        blade = ((-90, out * 62, -92), (-90, out * 56, -150), (-90, out * 84, -205))
        neck = skeleton.joints["neck"]
        part.nib([view.spot(add(neck, turned(place, frame))) for place in blade], 0.6)


def _back(part: Part, skeleton: Skeleton, spine: Spine, view: View) -> None:
    """Add the line of the spine at the back, or the lower edge of a bump at the front."""
    faces = dot(skeleton.frames["chest"][0], view.towards)
    if faces < -0.5:
        line = [add(spine.place(s), times(spine.frame(s)[0], -80)) for s in (0.84, 0.58, 0.34)]
        part.nib([view.spot(place) for place in line], 0.5)
    if skeleton.build.pregnant and faces > 0.5:
        place, frame = spine.place(0.08), spine.frame(0.08)
        for out in OUTWARD.values():
            low = ((190, out * 104, 150), (190, out * 92, 40), (190, out * 10, -6))
            part.nib([view.spot(add(place, turned(p, frame))) for p in low], 1.2)


def _pulls(part: Part, shirt: Contour) -> None:
    """Add pulls of the cloth at the waist, sloping inwards from both edges."""
    sides = ((shirt.left, shirt.right, 0.36, 0.3), (shirt.right, shirt.left, 0.44, 0.22))
    for edge, other, share, size in sides:
        k = share * (len(edge) - 1)
        i = int(k)
        start, across = midway(edge[i], edge[i + 1], k - i), midway(other[i], other[i + 1], k - i)
        up = midway(edge[i + 1], other[i + 1], size)
        half = midway(midway(start, across, size * 0.55), up, 0.12)
        part.nib([start, half, midway(midway(start, across, size), up, 0.4)], 0.6)


# ---------------------------------------------------------------- arms


def arm(skeleton: Skeleton, view: View, side: Side, *, fine: bool) -> Part:
    """Return an arm, and before the trunk its sleeve again, open at the shoulder, so it melts."""
    from_side = sideways(skeleton, view)
    order = _arm_nearness(skeleton, view, side, from_side)
    over = order > trunk_nearness(skeleton, view)
    part = Part(order, f"{side}-arm", over=over)
    skin = "skin-far" if from_side and not over else "skin"
    upper, fore = _flesh_of_arm(skeleton, view, side, 0.45 if over else 0.3)
    part.fill(upper.ring, skin)
    part.fill(fore.ring, skin)
    hand(part, skeleton, side, view, skin, fine=fine)
    part.shade(fore.shadow(DEEP), "skin")
    part.shade(upper.shadow(DEEP), "skin")
    bones = ("shoulder", "elbow"), ("elbow", "wrist")
    if not any(_is_short(skeleton, view, side, *bone) for bone in bones):
        _creases(part, upper, fore, _bend(skeleton, side, "upper-arm", "forearm"), 0.6)
    sleeve = _sleeve(skeleton, view, side)
    if over:
        _edge(part, skeleton, view, side, sleeve)
    _dress(part, sleeve, over=over, far=from_side and not over)
    return part


LIFTED = 40.0
"""How far above its place a shoulder is, in mm, that takes the cloth between it and the neck up."""


def _dense(ring: Sequence[Spot]) -> list[Spot]:
    """Return a ring from its lowest spot round to it, with spots between, so its curve keeps on."""
    low = max(range(len(ring)), key=lambda i: ring[i][1])
    round_ = [*ring[low:], *ring[: low + 1]]
    return [
        midway(a, b, share) for a, b in pairwise(round_) for share in (0.0, 0.25, 0.5, 0.75)
    ] + [ring[low]]


COLLAR = ((66.0, 0.0, -46.0), (-70.0, 0.0, -36.0))
"""How far before, behind and below the neck, in mm, a neckline or a head covering goes."""


def _collar(skeleton: Skeleton) -> list[Vec]:
    chest, neck = skeleton.frames["chest"], skeleton.joints["neck"]
    return [add(neck, turned(place, chest)) for place in COLLAR]


def _lift(skeleton: Skeleton, side: Side) -> float:
    """Return how far a shoulder is above its place, in mm."""
    away = sub(skeleton.joints[f"{side}-shoulder"], skeleton.joints["neck"])
    return dot(away, skeleton.frames["chest"][2]) + body.SHOULDER_DROP


def _edge(part: Part, skeleton: Skeleton, view: View, side: Side, sleeve: Contour) -> None:
    """Add the edge of a sleeve that lies over the shirt, and of a shoulder that rises from it.

    From the side a shoulder that is lifted takes the cloth between chest and back with it.
    """
    shirt = contour(list(_shirt(skeleton, Spine(skeleton))), view, (0.1, 0.3))
    rings = [shirt.ring, [view.spot(place) for place in _yoke(skeleton)]]
    part.edge(sleeve.open)
    for run in outside(sleeve.start, rings):
        part.edge(run)
    if sideways(skeleton, view) and _lift(skeleton, side) > LIFTED:
        collar = [view.spot(place) for place in _collar(skeleton)]
        hump = _dense(around_all([*sleeve.start, *shirt.left[-2:], *shirt.right[-2:], *collar]))
        for run in outside(hump, rings):
            part.edge(run)
        part.again(hump, "shirt")


def _arm_nearness(skeleton: Skeleton, view: View, side: Side, from_side: bool) -> float:
    order = _hand_nearness(skeleton, view, side)
    if not from_side:
        other: Side = "left" if side == "right" else "right"
        away = sub(skeleton.joints[f"{other}-palm"], skeleton.joints[f"{side}-shoulder"])
        held = length(away) < HELD
        return min(order, _hand_nearness(skeleton, view, other) - 1) if held else order
    trunk = trunk_nearness(skeleton, view)
    near = view.nearness(skeleton.joints[f"{side}-shoulder"]) > nearness(skeleton, view, "neck")
    return max(order, trunk + 40) if near else min(order, trunk - 40)


HELD = 150.0
"""How near the other hand is to a shoulder, in mm, that it lies on: it is drawn over that arm."""


def _hand_nearness(skeleton: Skeleton, view: View, side: Side) -> float:
    return nearness(skeleton, view, f"{side}-wrist", f"{side}-palm") + ARM_BEFORE_TRUNK


def _flesh_of_arm(
    skeleton: Skeleton, view: View, side: Side, start: float
) -> tuple[Contour, Contour]:
    """Return the contours of an arm's two parts, the upper one from ``start`` on."""
    shoulder, elbow, wrist = (
        skeleton.joints[f"{side}-{name}"] for name in ("shoulder", "elbow", "wrist")
    )
    frames = skeleton.frames
    grow = _grown(skeleton) * (0.92 if skeleton.build.slim else 1.0)
    cut = Cut(start, 1, grow)
    upper = on_bone(flesh.UPPER_ARM, (shoulder, elbow), frames[f"{side}-upper-arm"], cut)
    fore = on_bone(flesh.FOREARM, (elbow, wrist), frames[f"{side}-forearm"], Cut(grow=grow))
    return contour(upper, view), contour(fore, view)


def _dress(part: Part, sleeve: Contour, *, over: bool, far: bool) -> None:
    """Put the sleeve over an arm."""
    if over:
        part.again(sleeve.ring, "shirt")
        part.shade(sleeve.shadow(DEEP), "shirt")
    elif far:
        part.fill(sleeve.ring, "shirt-far")
    part.cover.append(sleeve.ring)
    part.nib(sleeve.across(0.86, 0.25), 0.6)
