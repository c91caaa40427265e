"""A leg: from its angles, or the place of its foot, to its joints and frames."""

from collections.abc import Mapping
from math import atan2, cos, degrees, radians, sin, sqrt

from clinicpress.figures import body
from clinicpress.figures.bones import OUTWARD, columns, hinge, inward
from clinicpress.figures.pose import Leg, Side
from clinicpress.figures.space import (
    Rotation,
    Vec,
    X,
    Y,
    Z,
    about,
    across,
    add,
    after,
    between,
    cross,
    length,
    sub,
    times,
    turned,
    unit,
)


def leg_by_angles(
    leg: Leg, side: Side, hip: Vec, frame: Rotation, angles: dict[str, float]
) -> dict[str, Vec]:
    """Return the joints of a leg whose angles are said; note them in ``angles``."""
    out = OUTWARD[side]
    swing = after(frame, after(about(Y, -leg.hip), about(X, out * leg.out)))
    turn = after(swing, about(Z, -out * leg.turn))
    thigh, forward = times(turned(Z, turn), -1), turned(X, turn)
    k = radians(leg.knee)
    shank = unit(add(times(thigh, cos(k)), times(forward, -sin(k))))
    front = unit(add(times(thigh, sin(k)), times(forward, cos(k))))
    a = radians(leg.ankle)
    toes = add(times(front, cos(a)), times(shank, sin(a)))
    angles |= {
        f"{side} hip": leg.hip, f"{side} hip out": leg.out, f"{side} hip turn": leg.turn,
        f"{side} knee": leg.knee, f"{side} ankle": leg.ankle,
    }  # fmt: skip
    knee = add(hip, times(thigh, body.THIGH))
    ankle = add(knee, times(shank, body.SHANK))
    sole = unit(across(shank, unit(toes)), times(Z, -1))
    return {f"{side}-knee": knee, **_foot(side, ankle, toes, sole)}


def _foot(side: Side, ankle: Vec, toes: Vec, sole: Vec) -> dict[str, Vec]:
    """Return the foot's joints; the heel is below and behind the ankle, ``sole`` the way down."""
    drop = body.ANKLE_HEIGHT
    heel = add(ankle, times(sole, drop - body.HEEL), times(toes, -0.18 * body.FOOT))
    tip = add(ankle, times(sole, drop - body.TOES), times(toes, 0.66 * body.FOOT))
    return {f"{side}-ankle": ankle, f"{side}-heel": heel, f"{side}-toes": tip,
            f"{side}-sole": add(ankle, times(sole, drop))}  # fmt: skip


def leg_to_place(
    leg: Leg, side: Side, hip: Vec, sole: Vec, frame: Rotation, angles: dict[str, float]
) -> dict[str, Vec]:
    """Return the joints of a leg whose foot stands at ``sole``. Raises OutOfReach."""
    ahead = turned(X, frame)
    toes = unit(leg.toes or (ahead[0], ahead[1], 0.0), X)
    up = unit(across(Z, toes), X)
    ankle = add(sole, times(up, body.ANKLE_HEIGHT))
    knee = hinge(hip, ankle, body.THIGH, body.SHANK, leg.knee_to or ahead, f"{side} foot")
    thigh, shank = unit(sub(knee, hip)), unit(sub(ankle, knee))
    way = inward(thigh, frame)
    out = OUTWARD[side]
    front = across(times(shank, -1), thigh)
    angles |= {
        f"{side} hip": degrees(atan2(way[0], -way[2])),
        f"{side} hip out": degrees(atan2(out * way[1], sqrt(way[0] ** 2 + way[2] ** 2))),
        f"{side} hip turn": 0.0 if length(front) < 0.2 else _leg_turn(thigh, front, frame, out),
        f"{side} knee": between(thigh, shank),
        f"{side} ankle": 90 - between(shank, toes),
    }  # fmt: skip
    return {f"{side}-knee": knee, **_foot(side, ankle, toes, times(up, -1))}


def _leg_turn(thigh: Vec, front: Vec, frame: Rotation, out: float) -> float:
    """Return how far the knee's front looks inward from where the thigh's swing leaves it."""
    t = inward(thigh, frame)
    hip = degrees(atan2(t[0], -t[2]))
    spread = degrees(atan2(out * t[1], sqrt(t[0] ** 2 + t[2] ** 2)))
    swing = after(frame, after(about(Y, -hip), about(X, out * spread)))
    seen = inward(front, swing)
    return -out * degrees(atan2(seen[1], seen[0]))


def leg_frames(side: Side, joints: Mapping[str, Vec], hips: Rotation) -> dict[str, Rotation]:
    """Return the frames of a leg's parts: columns to the front, to the outside and along.

    Of the foot they are to the toes, to the outside and up.
    """
    hip, knee, ankle, heel, toes, sole = (
        joints[f"{side}-{name}"] for name in ("hip", "knee", "ankle", "heel", "toes", "sole")
    )
    out = OUTWARD[side]
    thigh, shank, up = unit(sub(knee, hip)), unit(sub(ankle, knee)), unit(sub(ankle, sole))
    ahead = unit(across(sub(toes, heel), up))
    front = unit(across(ahead, shank), hips[0])
    bent_front = across(times(shank, -1), thigh)  # a knee shows where its front is when it is bent
    upper = unit(add(bent_front, times(across(front, thigh), 0.3)), front)
    return {
        f"{side}-thigh": columns(unit(across(upper, thigh), front), thigh, out),
        f"{side}-shank": columns(front, shank, out),
        f"{side}-foot": (ahead, times(cross(up, ahead), out), up),
    }
