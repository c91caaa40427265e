"""Joint angles -> joint positions: forward kinematics, and limbs that reach for a place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import acos, asin, atan2, cos, degrees, radians, sin, sqrt
from typing import NamedTuple

from clinicpress.figures import body
from clinicpress.figures.pose import SIDES, Arm, Leg, Mouth, Pose, Side, Target
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
    bent,
    between,
    cross,
    dot,
    length,
    sub,
    times,
    turned,
    unit,
)

OUTWARD: Mapping[Side, float] = {"right": -1.0, "left": 1.0}
"""The sign of y on each side."""


class OutOfReach(Exception):
    """A hand or foot cannot get where it should; carries the limb and the distance in mm."""

    def __init__(self, limb: str, missing: float) -> None:
        super().__init__(limb, missing)
        self.limb, self.missing = limb, missing


@dataclass(frozen=True)
class Skeleton:
    """A body in a pose.

    ``joints`` are places by name in mm, ``frames`` the rotations of ``hips``, ``chest``, ``neck``,
    ``head``, the trunk's five parts ``trunk-0`` … ``trunk-4`` and the parts of limbs, of which
    ``limb_frames`` tells the columns; ``angles`` are what the limits look at.
    """

    build: body.Build
    joints: Mapping[str, Vec]
    frames: Mapping[str, Rotation]
    angles: Mapping[str, float]
    hands: Mapping[Side, str]
    mouth: Mouth = "straight"

    def place(self, name: str) -> Vec:
        """Return a joint, or a named place on the skin. Raises KeyError if there is none."""
        if name in self.joints:
            return self.joints[name]
        frame, middle, (forward, left, up) = PLACES[name]
        part = self.build.trunk()[int(frame[-1])] if frame.startswith("trunk") else body.HEAD
        if self.build.pregnant and name == "belly":
            forward *= 1.5
        reach = (forward * part[0], left * part[1], up * part[2])
        return add(self.joints[middle], turned(reach, self.frames[frame]))


PLACES: Mapping[str, tuple[str, str, Vec]] = {
    "breastbone": ("trunk-3", "trunk-3", (1.0, 0, 0.2)),
    "right-chest": ("trunk-3", "trunk-3", (0.85, -0.5, 0.2)),
    "left-chest": ("trunk-3", "trunk-3", (0.85, 0.5, 0.2)),
    "right-ribs": ("trunk-2", "trunk-2", (0.55, -0.85, 0)),
    "left-ribs": ("trunk-2", "trunk-2", (0.55, 0.85, 0)),
    "belly": ("trunk-1", "trunk-1", (1.0, 0, 0)),
    "low-belly": ("trunk-0", "trunk-0", (1.0, 0, 0.2)),
    "right-shoulder-top": ("trunk-4", "trunk-4", (-0.1, -0.55, 0.9)),
    "left-shoulder-top": ("trunk-4", "trunk-4", (-0.1, 0.55, 0.9)),
    "high-back": ("trunk-3", "trunk-3", (-1.0, 0, 0.3)),
    "right-blade": ("trunk-3", "trunk-3", (-0.92, -0.45, 0.3)),
    "left-blade": ("trunk-3", "trunk-3", (-0.92, 0.45, 0.3)),
    "mid-back": ("trunk-2", "trunk-2", (-1.0, 0, 0)),
    "right-mid-back": ("trunk-2", "trunk-2", (-0.92, -0.4, 0)),
    "left-mid-back": ("trunk-2", "trunk-2", (-0.92, 0.4, 0)),
    "low-back": ("trunk-1", "trunk-1", (-1.0, 0, 0)),
    "right-low-back": ("trunk-1", "trunk-1", (-0.9, -0.4, 0)),
    "left-low-back": ("trunk-1", "trunk-1", (-0.9, 0.4, 0)),
    "right-waist": ("trunk-1", "trunk-1", (0.2, -0.98, 0)),
    "left-waist": ("trunk-1", "trunk-1", (0.2, 0.98, 0)),
    "seat": ("trunk-0", "trunk-0", (-0.3, 0, -0.95)),
    "forehead": ("head", "head", (0.9, 0, 0.45)),
    "mouth": ("head", "head", (0.95, 0, -0.54)),
    "chin": ("head", "head", (0.8, 0, -0.88)),
    "right-temple": ("head", "head", (0.5, -0.85, 0.2)),
    "left-temple": ("head", "head", (0.5, 0.85, 0.2)),
    "right-cheek": ("head", "head", (0.75, -0.6, -0.35)),
    "left-cheek": ("head", "head", (0.75, 0.6, -0.35)),
    "head-top": ("head", "head", (0, 0, 1.0)),
    "head-back": ("head", "head", (-0.95, 0, 0.2)),
    "right-head-side": ("head", "head", (0.1, -0.98, 0.2)),
    "left-head-side": ("head", "head", (0.1, 0.98, 0.2)),
}
"""Places on the skin: the frame, its middle, and where in half axes of that part."""


def placed(
    pose: Pose, build: body.Build, find: Callable[[Target, Callable[[str], Vec]], Vec]
) -> Skeleton:
    """Return the skeleton of a pose in which all is said of each side.

    ``find`` returns the place of a target; it is given a function that finds a named place of this
    body itself. Raises OutOfReach, or what ``find`` raises.
    """
    angles: dict[str, float] = {}
    joints, frames = _trunk(pose, build, angles)
    for side in SIDES:
        leg: Leg = getattr(pose, f"{side}_leg")
        if leg.to is None:
            joints |= _leg(leg, side, joints[f"{side}-hip"], frames["hips"], angles)
    down = _settled(pose, build, joints, frames)
    joints = {name: add(place, down) for name, place in joints.items()}
    for side in SIDES:
        leg = getattr(pose, f"{side}_leg")
        if leg.to is not None:
            sofar = Skeleton(build, joints, frames, {}, {})
            foot = find(leg.to, sofar.place)
            joints |= _leg_to(leg, side, joints[f"{side}-hip"], foot, frames["hips"], angles)
    hands: dict[Side, str] = {}
    for side in SIDES:
        arm: Arm = getattr(pose, f"{side}_arm")
        hands[side] = arm.hand
        if arm.to is None:
            found = _arm(arm, side, joints, frames["chest"], angles)
        else:
            sofar = Skeleton(build, joints, frames, {}, {})
            hand = find(arm.to, sofar.place)
            found = _arm_to(arm, side, joints, hand, frames["chest"], angles)
        joints |= found.joints
        frames |= found.frames
        frames |= _leg_frames(side, joints, frames["hips"])
    return Skeleton(build, joints, frames, angles, hands, pose.mouth)


# ---------------------------------------------------------------- trunk and head


def _trunk(
    pose: Pose, build: body.Build, angles: dict[str, float]
) -> tuple[dict[str, Vec], dict[str, Rotation]]:
    """Return joints and frames of trunk and head, the hips being at height 0."""
    hips = after(about(Z, pose.facing), bent(pose.hips.bend, pose.hips.side, pose.hips.turn))
    frames: dict[str, Rotation] = {"hips": hips, "trunk-0": hips}
    place: Vec = (pose.at[0], pose.at[1], 0.0)
    joints: dict[str, Vec] = {"hips": place}
    stoop = build.stoop
    bends = [(pose.waist, 0.5, 0.0), (pose.waist, 0.5, 0.0), (pose.chest, 0.5, stoop * 0.5),
             (pose.chest, 0.5, stoop * 0.5)]  # fmt: skip
    frame = hips
    for number, part in enumerate(body.SPINE):
        middle = add(place, turned((0, 0, part * body.STATURE / 2), frame))
        joints[f"trunk-{number}"] = middle
        frames[f"trunk-{number}"] = frame
        place = add(place, turned((0, 0, part * body.STATURE), frame))
        joints[f"spine-{number}"] = place
        if number < len(bends):
            joint, share, more = bends[number]
            bend, aside, turn = (share * v for v in (joint.bend, joint.side, joint.turn))
            frame = after(frame, bent(bend + more, aside, turn))
    frames["chest"] = frame
    angles["back bend"] = pose.waist.bend + pose.chest.bend
    angles["back side"] = pose.waist.side + pose.chest.side
    angles["back turn"] = pose.waist.turn + pose.chest.turn
    joints |= _head(pose, place, frame, frames, build, angles)
    for side in SIDES:
        out = OUTWARD[side]
        carried = getattr(pose, f"{side}_shoulder")
        low = -body.SHOULDER_DROP
        wide = build.shoulder - max(0.0, carried.back) * 0.35
        shift = (-carried.back, out * wide, low + carried.lift)
        joints[f"{side}-shoulder"] = add(place, turned(shift, frame))
        joints[f"{side}-hip"] = add(joints["hips"], turned((0, out * body.HIP, 0), hips))
    return joints, frames


def _head(
    pose: Pose,
    base: Vec,
    chest: Rotation,
    frames: dict[str, Rotation],
    build: body.Build,
    angles: dict[str, float],
) -> dict[str, Vec]:
    """Return the joints of neck and head; the neck leans a little forward, as it does in life."""
    neck = pose.neck
    lean = 8 - build.stoop * 0.6
    half = bent(neck.bend / 2, neck.side / 2, neck.turn / 2)
    lower = after(chest, half)
    up = turned(turned((0, 0, body.NECK), about(Y, lean)), lower)
    slide = turned((neck.slide, 0, 0), lower)
    top = add(base, up, slide)
    frame = after(after(lower, half), about(Y, neck.nod - build.stoop * 0.7))
    frames["neck"], frames["head"] = after(lower, about(Y, lean)), frame
    angles["neck bend"] = neck.bend + neck.nod
    angles["neck side"] = neck.side
    angles["neck turn"] = neck.turn
    middle = add(top, turned(body.HEAD_ON_SKULL, frame))
    return {"neck": base, "skull": top, "head": middle}


# ---------------------------------------------------------------- what carries the body


def _settled(
    pose: Pose, build: body.Build, joints: Mapping[str, Vec], frames: Mapping[str, Rotation]
) -> Vec:
    """Return by how much to move the body so that it rests on its support and meets its wall."""
    support = pose.support
    match support.by:
        case "nothing":
            lowest = joints["hips"][2]
        case "seat":
            lowest = _low_end(joints["trunk-0"], frames["trunk-0"], build.trunk()[0])
        case "feet":
            lowest = min(
                (
                    joints[name][2] - (body.HEEL if "heel" in name else body.TOES)
                    for name in joints
                    if name.endswith(("-heel", "-toes"))
                ),
                default=0.0,
            )
        case "knees":
            knee = build.limb("shank")[0]
            lowest = min(joints[f"{side}-knee"][2] for side in SIDES) - knee
        case "body":
            parts = enumerate(build.trunk())
            ends = [_low_end(joints[f"trunk-{n}"], frames[f"trunk-{n}"], axes) for n, axes in parts]
            shoulder = build.limb("upper_arm")[0]
            lowest = min(*ends, *(joints[f"{side}-shoulder"][2] - shoulder for side in SIDES))
    moved = (0.0, 0.0, support.height - lowest)
    if support.back_to is None:
        return moved
    parts = enumerate(build.trunk())
    backs = [joints[f"trunk-{n}"][0] - _reach(frames[f"trunk-{n}"], axes, X) for n, axes in parts]
    return add(moved, (support.back_to - min(backs), 0, 0))


def _reach(frame: Rotation, axes: Vec, way: Vec) -> float:
    """Return how far an ellipsoid with these half axes reaches from its middle along ``way``."""
    return sqrt(
        sum((dot(column, way) * axis) ** 2 for column, axis in zip(frame, axes, strict=True))
    )


def _low_end(middle: Vec, frame: Rotation, axes: Vec) -> float:
    return middle[2] - _reach(frame, axes, Z)


# ---------------------------------------------------------------- legs


def _leg(
    leg: Leg, side: Side, hip: Vec, frame: Rotation, angles: dict[str, float]
) -> dict[str, Vec]:
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


def _leg_to(
    leg: Leg, side: Side, hip: Vec, sole: Vec, frame: Rotation, angles: dict[str, float]
) -> dict[str, Vec]:
    ahead = turned(X, frame)
    toes = unit(leg.toes or (ahead[0], ahead[1], 0.0), X)
    up = unit(across(Z, toes), X)
    ankle = add(sole, times(up, body.ANKLE_HEIGHT))
    knee = _hinge(hip, ankle, body.THIGH, body.SHANK, leg.knee_to or ahead, f"{side} foot")
    thigh, shank = unit(sub(knee, hip)), unit(sub(ankle, knee))
    inward = _inward(thigh, frame)
    out = OUTWARD[side]
    front = across(times(shank, -1), thigh)
    angles |= {
        f"{side} hip": degrees(atan2(inward[0], -inward[2])),
        f"{side} hip out": degrees(atan2(out * inward[1], sqrt(inward[0] ** 2 + inward[2] ** 2))),
        f"{side} hip turn": 0.0 if length(front) < 0.2 else _leg_turn(thigh, front, frame, out),
        f"{side} knee": between(thigh, shank),
        f"{side} ankle": 90 - between(shank, toes),
    }  # fmt: skip
    return {f"{side}-knee": knee, **_foot(side, ankle, toes, times(up, -1))}


def _inward(vector: Vec, frame: Rotation) -> Vec:
    """Return ``vector`` as the frame sees it."""
    return (dot(vector, frame[0]), dot(vector, frame[1]), dot(vector, frame[2]))


def _leg_turn(thigh: Vec, front: Vec, frame: Rotation, out: float) -> float:
    """Return how far the knee's front looks inward from where the thigh's swing leaves it."""
    t = _inward(thigh, frame)
    hip = degrees(atan2(t[0], -t[2]))
    spread = degrees(atan2(out * t[1], sqrt(t[0] ** 2 + t[2] ** 2)))
    swing = after(frame, after(about(Y, -hip), about(X, out * spread)))
    seen = _inward(front, swing)
    return -out * degrees(atan2(seen[1], seen[0]))


def _hinge(start: Vec, end: Vec, first: float, second: float, hint: Vec, limb: str) -> Vec:
    """Return the middle joint of a limb of two parts (law of cosines), bent towards ``hint``."""
    line = sub(end, start)
    reach = length(line)
    if reach > first + second + 1:
        raise OutOfReach(limb, reach - first - second)
    reach = min(reach, first + second)
    if reach < abs(first - second):
        raise OutOfReach(limb, abs(first - second) - reach)
    axis = unit(line)
    cosine = (first**2 + reach**2 - second**2) / (2 * first * reach)
    angle = acos(max(-1.0, min(1.0, cosine)))
    bend = unit(across(hint, axis), unit(across(Z, axis), X))
    return add(start, times(axis, first * cos(angle)), times(bend, first * sin(angle)))


# ---------------------------------------------------------------- frames of limbs


def _leg_frames(side: Side, joints: Mapping[str, Vec], hips: Rotation) -> dict[str, Rotation]:
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
        f"{side}-thigh": _columns(unit(across(upper, thigh), front), thigh, out),
        f"{side}-shank": _columns(front, shank, out),
        f"{side}-foot": (ahead, times(cross(up, ahead), out), up),
    }


def _columns(front: Vec, along: Vec, out: float) -> Rotation:
    """Return the frame of a limb's part that hangs: front, outside, along."""
    return (front, times(cross(front, along), out), along)


# ---------------------------------------------------------------- arms


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


def _arm(
    arm: Arm, side: Side, joints: Mapping[str, Vec], chest: Rotation, angles: dict[str, float]
) -> Limb:
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
        f"{side}-upper-arm": _columns(unit(across(ahead, upper), X), upper, out),
        f"{side}-forearm": _columns(inner, forearm, out),
        f"{side}-hand": (fingers, times(cross(looks, fingers), out), looks),
    }


def _arm_angles(
    side: Side, upper: Vec, forearm: Vec, fingers: Vec, chest: Rotation
) -> dict[str, float]:
    """Return what the limits look at, from where an arm's parts point."""
    out = OUTWARD[side]
    u = _inward(upper, chest)
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
        seen = _inward(bend, chest)
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


def _arm_to(
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
    return between(_inward(sub(elbow, shoulder), chest), (0, 0, -1))


def _bent_to(
    arm: Arm, side: Side, shoulder: Vec, hand: Vec, chest: Rotation
) -> tuple[Vec, Vec, Vec]:
    """Return elbow, wrist and where the fingers point."""
    hint = arm.elbow_to or turned((-0.5, OUTWARD[side] * 0.6, -0.6), chest)
    touches = body.HAND if arm.hand == "fingertips" else body.PALM
    limb = f"{side} hand"
    if arm.fingers is None:  # the hand goes on from the forearm
        elbow = _hinge(shoulder, hand, body.UPPER_ARM, body.FOREARM + touches, hint, limb)
        fingers = unit(sub(hand, elbow))
        return elbow, add(elbow, times(fingers, body.FOREARM)), fingers
    fingers = unit(arm.fingers)
    wrist = sub(hand, times(fingers, touches))
    return _hinge(shoulder, wrist, body.UPPER_ARM, body.FOREARM, hint, limb), wrist, fingers


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
