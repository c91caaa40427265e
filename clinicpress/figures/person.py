"""A skeleton with flesh on it: layers of shapes, each with its nearness to the eye."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians, sin

from clinicpress.figures import body
from clinicpress.figures.pose import SIDES, Mouth, Side
from clinicpress.figures.shapes import (
    Globe,
    Shape,
    capsule,
    circle,
    curve,
    disc,
    ellipse,
    great_circle,
    hull,
    number,
    polygon,
)
from clinicpress.figures.skeleton import Skeleton
from clinicpress.figures.space import Vec, add, cross, dot, mixed, times, turned, unit
from clinicpress.figures.view import Spot, View


@dataclass(frozen=True)
class Layer:
    """Shapes that share one outline, and lines drawn on top of them.

    ``lines`` are path data with the share of the outline's width that they have.
    """

    nearness: float
    shapes: tuple[Shape, ...]
    lines: tuple[tuple[str, float], ...] = ()


TRUNK_BEFORE_LEGS = 140.0
"""A shirt hangs over trousers unless the legs are nearer to the eye by more than so many mm."""


def layers(skeleton: Skeleton, view: View) -> list[Layer]:
    """Return the layers of a person."""
    trunk = _trunk(skeleton, view)
    return [
        *(_leg(skeleton, side, view) for side in SIDES),
        _neck(skeleton, view, trunk.nearness),
        trunk,
        *_head(skeleton, view, trunk.nearness),
        *(_arm(skeleton, side, view) for side in SIDES),
    ]


def _limb(skeleton: Skeleton, view: View, names: tuple[str, str], part: str, fill: str) -> Shape:
    near, far = skeleton.build.limb(part)
    start, end = (view.spot(skeleton.joints[name]) for name in names)
    return capsule(start, near, end, far, fill)


def _nearness(skeleton: Skeleton, view: View, *names: str) -> float:
    return sum(view.nearness(skeleton.joints[name]) for name in names) / len(names)


def _leg(skeleton: Skeleton, side: Side, view: View) -> Layer:
    hip, knee, ankle = f"{side}-hip", f"{side}-knee", f"{side}-ankle"
    spots = {part: view.spot(skeleton.joints[f"{side}-{part}"]) for part in ("heel", "toes")}
    nearness = _nearness(skeleton, view, hip, knee, ankle)
    shapes = [
        capsule(view.spot(skeleton.joints[ankle]), 32, spots["heel"], body.HEEL, "shoe"),
        capsule(spots["heel"], body.HEEL, spots["toes"], body.TOES, "shoe"),
        _limb(skeleton, view, (knee, ankle), "shank", "trousers"),
        _limb(skeleton, view, (hip, knee), "thigh", "trousers"),
    ]
    trunk = _nearness(skeleton, view, "trunk-2") + TRUNK_BEFORE_LEGS
    if nearness < trunk:  # a lap that points at the eye is before the shirt, the hips are not
        shapes.append(hull(_ring(skeleton, 0, view), "trousers"))
    return Layer(nearness, tuple(shapes))


# ---------------------------------------------------------------- trunk


RING = 16
"""Corners of a ring of the trunk: of each only a few are seen, at the sides."""


def _ring(skeleton: Skeleton, part: int, view: View) -> list[Spot]:
    axes = skeleton.build.trunk()[part]
    middle, frame = skeleton.joints[f"trunk-{part}"], skeleton.frames[f"trunk-{part}"]
    return ellipse(middle, frame, axes, view, RING)


def _trunk(skeleton: Skeleton, view: View) -> Layer:
    rings = [_ring(skeleton, part, view) for part in range(len(body.SPINE))]
    shapes = [hull([*low, *high], "shirt") for low, high in pairwise(rings)]
    for side in SIDES:
        shoulder = view.spot(skeleton.joints[f"{side}-shoulder"])
        round_ = skeleton.build.limb("upper_arm")[0]
        shapes.append(
            hull(
                [
                    *circle(shoulder, round_),
                    *circle(view.spot(skeleton.joints["neck"]), 60),
                    *rings[-1],
                ],
                "shirt",
            )
        )
        if _from_front(skeleton, view):
            shapes.append(_sleeve(skeleton, side, view))
    if skeleton.build.pregnant:
        frame = skeleton.frames["trunk-1"]
        middle = add(skeleton.joints["trunk-1"], turned((78, 0, 0), frame))
        belly = ellipse(middle, frame, (125, 128, 125), view)
        shapes += [hull([*belly, *rings[3]], "shirt"), hull([*belly, *rings[0]], "shirt")]
    return Layer(_nearness(skeleton, view, "trunk-2") + TRUNK_BEFORE_LEGS, tuple(shapes))


def _from_front(skeleton: Skeleton, view: View) -> bool:
    """Return whether the eye looks at the chest or the back rather than at a shoulder."""
    return abs(dot(skeleton.frames["chest"][1], view.towards)) < 0.64


def _neck(skeleton: Skeleton, view: View, trunk: float) -> Layer:
    return Layer(trunk - 1, (_limb(skeleton, view, ("neck", "skull"), "neck", "skin"),))


# ---------------------------------------------------------------- arms and hands

SLEEVE = 0.62
"""The share of the upper arm that the sleeve covers."""


ARM_BEFORE_TRUNK = 70.0
"""A hand is before the chest if it is nearer than its middle by half its depth, in mm."""


def _sleeve(skeleton: Skeleton, side: Side, view: View) -> Shape:
    shoulder, elbow = (skeleton.joints[f"{side}-{name}"] for name in ("shoulder", "elbow"))
    near, far = skeleton.build.limb("upper_arm")
    hem = mixed(shoulder, elbow, SLEEVE)
    return capsule(view.spot(shoulder), near, view.spot(hem), far + 9, "shirt")


def _arm(skeleton: Skeleton, side: Side, view: View) -> Layer:
    joints = skeleton.joints
    shoulder, elbow = joints[f"{side}-shoulder"], joints[f"{side}-elbow"]
    far = skeleton.build.limb("upper_arm")[1]
    hem = mixed(shoulder, elbow, SLEEVE)
    shapes = [
        *_hand(skeleton, side, view),
        _limb(skeleton, view, (f"{side}-elbow", f"{side}-wrist"), "forearm", "skin"),
        capsule(view.spot(hem), far + 3, view.spot(elbow), far, "skin"),
    ]
    nearness = _nearness(skeleton, view, f"{side}-wrist", f"{side}-palm") + ARM_BEFORE_TRUNK
    if not _from_front(skeleton, view):
        shapes.append(_sleeve(skeleton, side, view))
        trunk = _nearness(skeleton, view, "trunk-2") + TRUNK_BEFORE_LEGS
        near = view.nearness(joints[f"{side}-shoulder"]) > view.nearness(joints["neck"])
        nearness = max(nearness, trunk + 40) if near else min(nearness, trunk - 40)
    return Layer(nearness, tuple(shapes))


def _hand(skeleton: Skeleton, side: Side, view: View) -> Iterator[Shape]:
    joints = skeleton.joints
    wrist, palm, tips = (joints[f"{side}-{name}"] for name in ("wrist", "palm", "fingers"))
    kind = skeleton.hands[side]
    if kind == "fist":
        yield disc(view.spot(mixed(wrist, palm, 0.75)), 46, "skin")
        return
    way = unit(tuple(b - a for a, b in zip(wrist, tips, strict=True)))  # type: ignore[arg-type]
    inner = mixed(wrist, palm, 0.85)
    if kind == "fingertips":
        yield capsule(view.spot(wrist), 27, view.spot(inner), 32, "skin")
        yield capsule(view.spot(inner), 30, view.spot(tips), 13, "skin")
    else:
        yield capsule(view.spot(wrist), 27, view.spot(inner), 36, "skin")
        yield capsule(view.spot(inner), 35, view.spot(mixed(palm, tips, 0.8)), 22, "skin")
    thumb_way = unit(cross(way, view.towards))
    up = joints[f"{side}-elbow"]
    if dot(thumb_way, (0, 0, 1)) < 0 and up[2] <= wrist[2] + 400:
        thumb_way = times(thumb_way, -1)
    root = mixed(wrist, palm, 0.55)
    tip = add(root, times(way, 52), times(thumb_way, 42))
    yield capsule(view.spot(root), 17, view.spot(tip), 12, "skin")


# ---------------------------------------------------------------- head


def _head(skeleton: Skeleton, view: View, trunk: float) -> Iterator[Layer]:
    """Yield the head; from the front, hair that falls is a layer behind neck and trunk."""
    middle, frame = skeleton.joints["head"], skeleton.frames["head"]
    globe = Globe.seen(middle, frame, body.HEAD, view)
    x, y, z = (dot(f, view.towards) / a for f, a in zip(frame, body.HEAD, strict=True))
    eye = unit((x, y, z))
    face = [
        globe.oval("skin"),
        capsule(globe.spot((0.98, 0, 0.1)), 10, globe.spot((1.17, 0, -0.14)), 13, "skin"),
        *_ears(skeleton, globe, eye),
    ]
    behind, top = list(_hair_behind(skeleton, view)), list(_hair(skeleton, globe, eye))
    if eye[0] > 0.2 and skeleton.build.hair != "covered":
        yield Layer(trunk - 2, tuple(behind))
        behind = []
    shapes = [*behind, *face, *top] if eye[0] > 0 else [*face, *top, *behind]
    nearness = max(view.nearness(middle), trunk + 1)
    yield Layer(nearness, tuple(shapes), tuple(_face(globe, eye, CORNERS[skeleton.mouth])))


def _ears(skeleton: Skeleton, globe: Globe, eye: Vec) -> Iterator[Shape]:
    if skeleton.build.hair in ("long", "covered"):
        return
    for side in (1, -1):
        ear = (-0.08, side * 0.995, -0.02)
        if dot(ear, eye) > 0.05:
            yield disc(globe.spot(ear, 1.04), 21, "skin")


CORNERS: Mapping[Mouth, float] = {"straight": 0, "smile": 0.16, "sad": -0.16}
"""How far the corners of the mouth are above its middle, as a share of half the head."""


def _face(globe: Globe, eye: Vec, corners: float) -> Iterator[tuple[str, float]]:
    """Yield eyes and mouth as far as they are seen, as lines with their share of the outline."""
    for side in (1, -1):
        here = unit((0.86, side * 0.36, 0.1))
        if dot(here, eye) > 0.25:
            x, y = globe.spot(here)
            yield f"M{number(x)} {number(y - 5)}L{number(x)} {number(y + 5)}", 1.5
    bow = ((across, 4 * across**2 - 0.5) for across in (-0.5, -0.25, 0, 0.25, 0.5))
    wide = 0.52 + abs(corners)
    mouth = (unit((0.86, wide * across, -0.47 + corners * rise)) for across, rise in bow)
    visible = [globe.spot(s) for s in mouth if dot(s, eye) > 0.15]
    if len(visible) > 1:
        yield curve(visible), 0.8


def _hair(skeleton: Skeleton, globe: Globe, eye: Vec) -> Iterator[Shape]:
    hair = skeleton.build.hair
    for axis, reach in HAIR[hair]:
        if cap := _cap(unit(axis), reach, eye):
            fill = "cloth" if hair == "covered" else "hair"
            yield polygon([globe.spot(s, 1.07) for s in cap], fill)


def _hair_behind(skeleton: Skeleton, view: View) -> Iterator[Shape]:
    """Yield the hair at the back of the head, which a face that looks this way hides."""
    hair = skeleton.build.hair
    if hair in ("long", "covered"):
        yield _fall(skeleton, view, "cloth" if hair == "covered" else "hair")
    if hair == "bun":
        shift = turned((-body.HEAD[0] * 0.95, 0, body.HEAD[2] * 0.62), skeleton.frames["head"])
        yield disc(view.spot(add(skeleton.joints["head"], shift)), 44, "hair")


HAIR = {
    "short": (((-0.62, 0.0, 0.78), 74.0),),
    "bun": (((-0.55, 0.0, 0.83), 72.0),),
    "long": (((-0.58, 0.0, 0.81), 80.0),),
    "receding": (((-0.92, 0.0, 0.4), 66.0),),
    "covered": (((-0.62, 0.0, 0.78), 88.0),),
    "none": (),
}
"""The hair of each style: caps of the head, each by its axis and how far it reaches around it."""


def _cap(axis: Vec, reach: float, eye: Vec) -> list[Vec]:
    """Return the outline of the visible part of a cap of the unit sphere.

    It is made of the cap's edge as far as it can be seen, and of the sphere's outline where that
    lies inside the cap.
    """
    edge_at, edge_radius = times(axis, cos(radians(reach))), sin(radians(reach))
    edge = [add(edge_at, times(s, edge_radius)) for s in great_circle(axis)]
    outline = great_circle(eye)
    seen = _run(edge, lambda s: dot(s, eye) > 0)
    inside = _run(outline, lambda s: dot(s, axis) > cos(radians(reach)))
    if not inside:
        return seen if dot(axis, eye) > 0 else []
    if not seen:
        return inside
    if _apart(seen[-1], inside[0]) > _apart(seen[-1], inside[-1]):
        inside.reverse()
    return [*seen, *inside]


def _apart(a: Vec, b: Vec) -> float:
    return sum((p - q) ** 2 for p, q in zip(a, b, strict=True))


def _run(ring: list[Vec], wanted: Callable[[Vec], bool]) -> list[Vec]:
    """Return the points of a ring that are wanted, from where their run starts."""
    flags = [wanted(point) for point in ring]
    if all(flags):
        return list(ring)
    starts = [i for i, flag in enumerate(flags) if flag and not flags[i - 1]]
    if not starts:
        return []
    start = starts[0]
    run: list[Vec] = []
    for i in range(start, start + len(ring)):
        if not flags[i % len(ring)]:
            break
        run.append(ring[i % len(ring)])
    return run


def _fall(skeleton: Skeleton, view: View, fill: str) -> Shape:
    """Return hair or cloth that falls from the back of the head to the shoulders."""
    frame = skeleton.frames["head"]
    top = add(skeleton.joints["head"], turned((-30, 0, -10), frame))
    low = add(skeleton.joints["neck"], turned((-42, 0, 20), skeleton.frames["chest"]))
    return hull(
        [
            *ellipse(top, frame, (88, 88, 80), view),
            *ellipse(low, skeleton.frames["chest"], (40, 92, 34), view),
        ],
        fill,
    )
