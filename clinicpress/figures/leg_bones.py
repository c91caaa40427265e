"""A leg: from its angles, or the place of its foot, to its joints and frames."""

from collections.abc import Mapping
from math import asin, atan2, cos, degrees, radians, sin, sqrt
from typing import NamedTuple

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
    dot,
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
    foot = Foot(side, toes, _tilted(sole, toes, side, leg.tilt), leg.curl or 0.0)
    _note(foot, leg, angles)
    return {f"{side}-knee": knee, **foot.joints(ankle)}


class Foot(NamedTuple):
    """A foot apart from where it is: which way it points, the way down, how its toes are bent."""

    side: Side
    toes: Vec
    sole: Vec
    curl: float

    def from_ankle(self, down: float, ahead: float) -> Vec:
        """Return how far a place of the foot is from its ankle, in mm."""
        return add(times(self.sole, down), times(self.toes, ahead))

    def joints(self, ankle: Vec) -> dict[str, Vec]:
        """Return the foot's joints; the heel is below and behind the ankle.

        Toes that are curled under stay on their tips, with their knuckles up.
        """
        drop, side = body.ANKLE_HEIGHT, self.side
        heel = add(ankle, times(self.sole, drop - body.HEEL), times(self.toes, -0.18 * body.FOOT))
        ball = add(ankle, self.from_ankle(drop - body.TOES, body.BALL_AHEAD))
        tip = add(ankle, times(self.sole, drop - body.TOES), times(self.toes, 0.66 * body.FOOT))
        if self.curl < 0:
            up = radians(self.curl)
            ahead = add(times(self.toes, cos(up)), times(self.sole, sin(up)))
            tip = add(ball, times(ahead, 0.66 * body.FOOT - body.BALL_AHEAD))
        under = add(ankle, times(self.sole, drop))
        return {f"{side}-ankle": ankle, f"{side}-heel": heel, f"{side}-ball": ball,
                f"{side}-toes": tip, f"{side}-sole": under}  # fmt: skip


def _tilted(sole: Vec, toes: Vec, side: Side, tilt: float) -> Vec:
    """Return the way down of a foot whose sole looks inward by so many degrees."""
    if not tilt:
        return sole
    inward = times(cross(times(sole, -1), unit(toes)), -OUTWARD[side])
    return unit(add(times(sole, cos(radians(tilt))), times(inward, sin(radians(tilt)))))


def _note(foot: Foot, leg: Leg, angles: dict[str, float]) -> None:
    angles |= {f"{foot.side} foot tilt": leg.tilt, f"{foot.side} toes": foot.curl}


def low_end(joints: Mapping[str, Vec], side: Side, tilt: float = 0.0) -> float:
    """Return the height of the lowest place of a foot, in mm; one that is tilted is on its edge."""
    ends = (("heel", body.HEEL), ("ball", body.TOES), ("toes", body.TOES))
    edge = body.FOOT_HALF * abs(sin(radians(tilt)))
    return min(joints[f"{side}-{name}"][2] - radius for name, radius in ends) - edge


STANDS_ON: Mapping[str, float] = {"sole": 0.0, "ball": body.BALL_AHEAD, "heel": -0.18 * body.FOOT}
"""How far before the ankle is what a foot stands on, in mm."""


def _standing(leg: Leg, side: Side, ahead: Vec, place: Vec) -> tuple[Foot, Vec]:
    """Return a foot that stands at ``place``, and its ankle; ``ahead`` is where the hips look."""
    toes = unit(leg.toes or (ahead[0], ahead[1], 0.0), X)
    level = unit(across(Z, toes), X)
    flat = -degrees(asin(-toes[2])) if leg.on == "ball" else 0.0
    sole = _tilted(times(level, -1), toes, side, leg.tilt)
    foot = Foot(side, toes, sole, flat if leg.curl is None else leg.curl)
    ankle = sub(place, foot.from_ankle(body.ANKLE_HEIGHT, STANDS_ON[leg.on]))
    edge = body.FOOT_HALF * abs(sin(radians(leg.tilt)))
    return foot, add(ankle, times(level, edge)) if edge else ankle


def leg_to_place(
    leg: Leg, side: Side, hip: Vec, place: Vec, frame: Rotation, angles: dict[str, float]
) -> dict[str, Vec]:
    """Return the joints of a leg whose foot stands at ``place``. Raises OutOfReach."""
    ahead = turned(X, frame)
    foot, ankle = _standing(leg, side, ahead, place)
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
        f"{side} ankle on the floor": 90 - between(shank, foot.toes),
    }  # fmt: skip
    _note(foot, leg, angles)
    angles |= _twist(foot, thigh, shank, frame)
    return {f"{side}-knee": knee, **foot.joints(ankle)}


STRAIGHT = 25.0
"""How far a knee is bent, in degrees, that does not yet tell where its front is."""


def _twist(foot: Foot, thigh: Vec, shank: Vec, hips: Rotation) -> dict[str, float]:
    """Return how far a foot is turned inward: from the knee or, of a straight leg, from the hips.

    Nothing where it points along the leg and so nowhere to its side.
    """
    toes = across(foot.toes, shank)
    straight = between(thigh, shank) < STRAIGHT
    front = across(hips[0] if straight else thigh, shank)
    if min(length(toes), length(front)) < 0.35:
        return {}
    aside = dot(cross(unit(front), unit(toes)), shank) * OUTWARD[foot.side]
    turn = degrees(atan2(aside, dot(unit(front), unit(toes))))
    return {f"{foot.side} {'leg turn' if straight else 'foot turn'}": turn}


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
