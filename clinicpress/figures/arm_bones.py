"""An arm: from its angles, or the place of its hand, to its joints and frames."""

from collections.abc import Mapping
from math import asin, atan2, cos, degrees, radians, sin
from typing import NamedTuple

from clinicpress.figures import body
from clinicpress.figures.bones import OUTWARD, OutOfReach, columns, hinge, inward
from clinicpress.figures.pose import Arm, Side
from clinicpress.figures.space import (
    Rotation,
    Vec,
    X,
    Z,
    about,
    across,
    add,
    between,
    cross,
    dot,
    length,
    sub,
    times,
    turned,
    unit,
)


def _raised(raise_: float, plane: float, out: float) -> tuple[Rotation, Vec]:
    """Return the swing of an upper arm that hung, and where it then points, seen from the chest."""
    r, p = radians(raise_), radians(plane)
    level: Vec = (sin(p), out * cos(p), 0.0)
    swing = about(unit(cross(times(Z, -1), level)), raise_)
    return swing, add(times(level, sin(r)), (0, 0, -cos(r)))


class Limb(NamedTuple):
    """What is found of an arm: its joints, and the frames of its parts."""

    joints: dict[str, Vec]
    frames: dict[str, Rotation]


PRONE = 25.0
"""How far a hand that hangs is turned, its back to the front, in degrees."""


RISE = (0.035 * body.STATURE, 0.012 * body.STATURE)
"""How far up and in a shoulder goes with an arm that is lifted all the way, in mm.

About a third of the lift is the shoulder blade's, from 30 degrees on (V. T. Inman, J. B. Saunders
and L. C. Abbott, Observations on the Function of the Shoulder Joint, 1944).
"""


def _risen(shoulder: Vec, side: Side, raise_: float, chest: Rotation) -> Vec:
    """Return where the joint of the shoulder is when the arm is lifted by so many degrees."""
    share = max(0.0, min(1.0, (raise_ - 30) / 150))
    up, inward = RISE
    return add(shoulder, turned((0, -OUTWARD[side] * inward * share, up * share), chest))


def arm_by_angles(
    arm: Arm, side: Side, joints: Mapping[str, Vec], chest: Rotation, angles: dict[str, float]
) -> Limb:
    """Return an arm whose angles are said; note them in ``angles``."""
    out = OUTWARD[side]
    swing, down = _raised(arm.raise_, arm.plane, out)
    front = turned(turned(X, swing), about(down, out * arm.turn))
    upper, ahead = turned(down, chest), turned(front, chest)
    e, w = radians(arm.elbow), radians(arm.elbow + arm.wrist)
    forearm = add(times(upper, cos(e)), times(ahead, sin(e)))
    fingers = add(times(upper, cos(w)), times(ahead, sin(w)))
    shoulder = _risen(joints[f"{side}-shoulder"], side, arm.raise_, chest)
    elbow = add(shoulder, times(upper, body.UPPER_ARM))
    wrist = add(elbow, times(forearm, body.FOREARM))
    angles |= _arm_angles(side, upper, forearm, fingers, chest)
    thumb = add(times(ahead, cos(w)), times(upper, -sin(w)))
    inside = times(cross(fingers, thumb), out)
    share = radians(90 if arm.wrist else PRONE)  # a wrist is bent in the plane of its elbow
    palm = add(
        times(inside, cos(share)), times(thumb, -sin(share) if not arm.wrist else sin(share))
    )
    frames = _arm_frames(side, (upper, forearm, fingers), ahead, arm.palm or palm)
    return Limb({f"{side}-shoulder": shoulder, **_hand(side, elbow, wrist, fingers)}, frames)


def _arm_frames(
    side: Side, ways: tuple[Vec, Vec, Vec], ahead: Vec, palm: Vec
) -> dict[str, Rotation]:
    """Return the frames of an arm's parts from where upper arm, forearm and fingers point.

    ``ahead`` is where the elbow bends to. The hand's columns are along the fingers, to the thumb
    and to where the palm looks.
    """
    out = OUTWARD[side]
    upper, forearm, fingers = ways
    inner = unit(across(ahead, forearm), unit(across(upper, forearm), X))
    looks = unit(across(palm, fingers), unit(across(Z, fingers), X))
    return {
        f"{side}-upper-arm": columns(unit(across(ahead, upper), X), upper, out),
        f"{side}-forearm": columns(inner, forearm, out),
        f"{side}-hand": (fingers, times(cross(looks, fingers), out), looks),
    }


def _arm_angles(
    side: Side, upper: Vec, forearm: Vec, fingers: Vec, chest: Rotation
) -> dict[str, float]:
    """Return what the limits look at, from where an arm's parts point."""
    out = OUTWARD[side]
    u = inward(upper, chest)
    raise_ = between(u, (0, 0, -1))
    plane = degrees(atan2(u[0], out * u[1]))
    found = {
        f"{side} elbow": between(upper, forearm),
        f"{side} wrist": between(forearm, fingers),
        f"{side} shoulder raise": raise_,
        f"{side} shoulder backward": degrees(asin(max(0.0, min(1.0, -u[0])))),
    }
    if u[0] > 0 and 45 < raise_ < 135:  # nearer to hanging or upright an arm has no plane
        found[f"{side} shoulder across"] = plane
    bend = across(forearm, upper)
    if length(bend) > 0.35 and raise_ < 170:
        swing, down = _raised(raise_, plane, out)
        zero = turned(X, swing)
        seen = inward(bend, chest)
        aside = cross(down, zero)
        turn = out * degrees(atan2(dot(seen, aside), dot(seen, zero)))
        found[f"{side} shoulder turn"] = turn
    return found


def _hand(side: Side, elbow: Vec, wrist: Vec, fingers: Vec) -> dict[str, Vec]:
    way = unit(fingers)
    return {
        f"{side}-elbow": elbow,
        f"{side}-wrist": wrist,
        f"{side}-palm": add(wrist, times(way, body.PALM)),
        f"{side}-fingers": add(wrist, times(way, body.HAND)),
    }


def arm_to_place(
    arm: Arm,
    side: Side,
    joints: Mapping[str, Vec],
    hand: Vec,
    chest: Rotation,
    angles: dict[str, float],
) -> Limb:
    """Return an arm whose palm, or fingertips, are at ``hand``."""
    low = joints[f"{side}-shoulder"]
    shoulder = _risen(low, side, _lift_to(arm, side, low, hand, chest), chest)
    elbow, wrist, fingers = _bent_to(arm, side, shoulder, hand, chest)
    upper, forearm = unit(sub(elbow, shoulder)), unit(sub(wrist, elbow))
    angles |= _arm_angles(side, upper, forearm, fingers, chest)
    ahead = unit(across(forearm, upper), turned(X, chest))
    palm = arm.palm or _looks(arm, side, joints, hand, chest)
    frames = _arm_frames(side, (upper, forearm, fingers), ahead, palm)
    return Limb({f"{side}-shoulder": shoulder, **_hand(side, elbow, wrist, fingers)}, frames)


def _lift_to(arm: Arm, side: Side, shoulder: Vec, hand: Vec, chest: Rotation) -> float:
    """Return how far an arm on a place is lifted, in degrees, while its shoulder has not risen."""
    try:
        elbow, _, _ = _bent_to(arm, side, shoulder, hand, chest)
    except OutOfReach:  # a straight arm, which gets there once the shoulder rises
        elbow = hand
    return between(inward(sub(elbow, shoulder), chest), (0, 0, -1))


def _bent_to(
    arm: Arm, side: Side, shoulder: Vec, hand: Vec, chest: Rotation
) -> tuple[Vec, Vec, Vec]:
    """Return elbow, wrist and where the fingers point."""
    hint = arm.elbow_to or turned((-0.5, OUTWARD[side] * 0.6, -0.6), chest)
    touches = body.HAND if arm.hand == "fingertips" else body.PALM
    limb = f"{side} hand"
    if arm.fingers is None:  # the hand goes on from the forearm
        elbow = hinge(shoulder, hand, body.UPPER_ARM, body.FOREARM + touches, hint, limb)
        fingers = unit(sub(hand, elbow))
        return elbow, add(elbow, times(fingers, body.FOREARM)), fingers
    fingers = unit(arm.fingers)
    wrist = sub(hand, times(fingers, touches))
    return hinge(shoulder, wrist, body.UPPER_ARM, body.FOREARM, hint, limb), wrist, fingers


NEAR = 230.0
"""How near to the middle of the own trunk or head a hand is, in mm, that touches it."""


def _looks(arm: Arm, side: Side, joints: Mapping[str, Vec], hand: Vec, chest: Rotation) -> Vec:
    """Return where a palm looks if nobody says: to what it touches.

    A fist holds something with its thumb up; a hand at the own body looks to it; any other goes on
    where the arm reaches.
    """
    if arm.hand == "fist":
        return times(chest[1], -OUTWARD[side])
    middles = ("head", *(f"trunk-{part}" for part in range(len(body.SPINE))))
    ways = [sub(joints[name], hand) for name in middles]
    nearest = min(ways, key=length)
    return nearest if length(nearest) < NEAR else sub(hand, joints[f"{side}-shoulder"])
