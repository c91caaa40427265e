"""Legs in trousers: flesh with the ease of cloth, the seat, folds and shadows."""

from clinicpress.figures import flesh
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
    on_bone,
)
from clinicpress.figures.feet import foot
from clinicpress.figures.ink import Part
from clinicpress.figures.pose import SIDES, Side
from clinicpress.figures.skeleton import Skeleton
from clinicpress.figures.space import (
    add,
    between,
    dot,
    times,
    turned,
)
from clinicpress.figures.view import View

LEG_END = 0.88
"""The share of the shank that trousers cover."""


EASE = 6.0
"""How far trousers stand off the leg, in mm."""


def legs(skeleton: Skeleton, view: View, *, fine: bool = False) -> list[Part]:
    """Return the legs; from the front or the back they and the seat are one pair of trousers."""
    right, left = (_leg(skeleton, view, side, fine) for side in SIDES)
    if sideways(skeleton, view) or _hips_sideways(skeleton, view):
        return [right, left]
    shapes, details = right.shapes + left.shapes, right.details + left.details
    return [Part(max(right.nearness, left.nearness), "legs", shapes, details)]


def _hips_sideways(skeleton: Skeleton, view: View) -> bool:
    return abs(dot(skeleton.frames["hips"][1], view.towards)) > 0.6


def _leg(skeleton: Skeleton, view: View, side: Side, fine: bool) -> Part:
    hip, knee, ankle = (f"{side}-{name}" for name in ("hip", "knee", "ankle"))
    part = Part(nearness(skeleton, view, hip, knee, ankle), f"{side}-leg")
    far = _is_far(skeleton, view, side)
    tone = "trousers-far" if far else "trousers"
    thigh, shank = _legging(skeleton, view, side)
    skin = "skin-far" if far and skeleton.build.shorts else "skin"
    foot(part, skeleton, side, view, skin=skin, fine=fine)
    if skeleton.build.shorts:
        thigh = _bare_leg(part, skeleton, view, side, (thigh, shank), far)
    else:
        part.fill(shank.ring, tone)
    to_eye = is_short(skeleton, view, side, "hip", "knee")
    part.fill(around_all(thigh.ring) if to_eye else thigh.ring, tone)
    if not far:
        part.fill(_seat(skeleton, view, part.nearness).ring, tone)
    part.shade(shank.shadow(DEEP), "skin" if skeleton.build.shorts else tone)
    hem = thigh if skeleton.build.shorts else shank
    part.nib(hem.across(0.86, 0.2), 0.7)
    if to_eye:
        return part
    part.shade(thigh.shadow(DEEP), tone)
    if not _hips_sideways(skeleton, view):
        _fork(part, skeleton, view, side)
    if skeleton.build.shorts:
        return part
    creases(part, thigh, shank, bend_between(skeleton, side, "thigh", "shank"), 0.75)
    return part


def _is_far(skeleton: Skeleton, view: View, side: Side) -> bool:
    if not _hips_sideways(skeleton, view):
        return False
    hips, hip = skeleton.joints["hips"], skeleton.joints[f"{side}-hip"]
    return view.nearness(hip) < view.nearness(hips)


def _legging(skeleton: Skeleton, view: View, side: Side) -> tuple[Contour, Contour]:
    """Return the contours of a leg's two parts in trousers."""
    hip, knee, ankle = (skeleton.joints[f"{side}-{n}"] for n in ("hip", "knee", "ankle"))
    frames, grow = skeleton.frames, grown(skeleton)
    thigh = on_bone(flesh.THIGH, (hip, knee), frames[f"{side}-thigh"], Cut(0, 1, grow, EASE))
    if skeleton.build.shorts:
        bare = on_bone(flesh.SHANK, (knee, ankle), frames[f"{side}-shank"], Cut(0, 1, grow))
        return contour(thigh, view), contour(bare, view, (1, 0.16))
    cut = Cut(0, LEG_END, grow, EASE, 8)
    shank = on_bone(flesh.SHANK, (knee, ankle), frames[f"{side}-shank"], cut)
    return contour(thigh, view), contour(shank, view, (1, 0.16))


SHORTS_END = 0.74
"""The share of the thigh that shorts cover."""


def _bare_leg(
    part: Part, skeleton: Skeleton, view: View, side: Side, leg: tuple[Contour, Contour], far: bool
) -> Contour:
    """Add a leg whose knee is bare; return the leg of the shorts."""
    skin = "skin-far" if far else "skin"
    hip, knee = (skeleton.joints[f"{side}-{name}"] for name in ("hip", "knee"))
    frame, grow = skeleton.frames[f"{side}-thigh"], grown(skeleton)
    bare = contour(on_bone(flesh.THIGH, (hip, knee), frame, Cut(0.5, 1, grow)), view)
    part.fill(bare.ring, skin)
    part.fill(leg[1].ring, skin)
    short = on_bone(flesh.THIGH, (hip, knee), frame, Cut(0, SHORTS_END, grow, EASE, 10))
    return contour(short, view, (1, 0.16))


def _seat(skeleton: Skeleton, view: View, nearness: float) -> Contour:
    """Return the trousers at the hips; a lap that points at the eye lies before the shirt.

    Of who sits, no seat hangs below the hips.
    """
    grow = grown(skeleton)
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
