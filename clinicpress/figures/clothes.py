"""A clothed trunk, arms and legs: flesh with the ease of cloth, hems, folds and shadows."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import pi, sin

from clinicpress.figures import body, flesh
from clinicpress.figures.bones import OUTWARD
from clinicpress.figures.cloth import (
    DEEP,
    Spine,
    bend_between,
    creases,
    grown,
    is_short,
    nearness,
    sideways,
    trunk_nearness,
)
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
    within,
)
from clinicpress.figures.hands import hand
from clinicpress.figures.ink import Part
from clinicpress.figures.pose import SIDES, Side
from clinicpress.figures.skeleton import Skeleton
from clinicpress.figures.space import (
    Vec,
    add,
    dot,
    length,
    mixed,
    sub,
    times,
    turned,
    unit,
)
from clinicpress.figures.view import Spot, View

ARM_BEFORE_TRUNK = 70.0
"""A hand is before the chest if it is nearer than its middle by half its depth, in mm."""

SLEEVE = 0.66
"""The share of the upper arm that the sleeve covers."""


SHIRT = 8.0
"""How far a shirt stands off the trunk, in mm."""


# ---------------------------------------------------------------- the spine


# ---------------------------------------------------------------- legs


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
    cut = Cut(0, SLEEVE, grown(skeleton), 3, 10)
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
    if not any(is_short(skeleton, view, side, *bone) for bone in bones):
        creases(part, upper, fore, bend_between(skeleton, side, "upper-arm", "forearm"), 0.6)
    sleeve = _sleeve(skeleton, view, side)
    if over:
        _edge(part, skeleton, view, side, sleeve)
    _dress(part, sleeve, over=over, far=from_side and not over)
    return part


def hand_over_sleeve(
    skeleton: Skeleton, view: View, side: Side, nearness: float, *, fine: bool
) -> Part | None:
    """Return forearm and hand once more where they lie before the sleeve of their own arm."""
    wrist, elbow, shoulder = (
        skeleton.joints[f"{side}-{name}"] for name in ("wrist", "elbow", "shoulder")
    )
    ahead = view.nearness(wrist) - max(view.nearness(elbow), view.nearness(shoulder))
    ring = _sleeve(skeleton, view, side).ring
    spots = [view.spot(skeleton.joints[f"{side}-{name}"]) for name in ("wrist", "palm", "fingers")]
    if sideways(skeleton, view) or ahead < BEFORE_SLEEVE:
        return None
    if not any(within(spot, ring) for spot in spots):
        return None
    part = Part(nearness + 0.2, f"{side}-fingers", over=True)
    _, fore = _flesh_of_arm(skeleton, view, side, 0.45)
    part.fill(fore.ring, "skin")
    hand(part, skeleton, side, view, "skin", fine=fine)
    part.shade(fore.shadow(DEEP), "skin")
    return part


BEFORE_SLEEVE = 100.0
"""How much nearer than its arm a hand is that lies before the sleeve, in mm."""

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
    grow = grown(skeleton) * (0.92 if skeleton.build.slim else 1.0)
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
