"""Joint angles -> joint positions: forward kinematics, and limbs that reach for a place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import sqrt

from clinicpress.figures import body
from clinicpress.figures.arm_bones import arm_by_angles, arm_to_place
from clinicpress.figures.bones import OUTWARD
from clinicpress.figures.leg_bones import leg_by_angles, leg_frames, leg_to_place, low_end
from clinicpress.figures.limb_places import LIMB_PLACES, limb_place
from clinicpress.figures.places import PLACES
from clinicpress.figures.pose import SIDES, Arm, Leg, Mouth, Pose, Side, Target
from clinicpress.figures.space import (
    Rotation,
    Vec,
    X,
    Y,
    Z,
    about,
    add,
    after,
    bent,
    dot,
    turned,
)


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
        if name in LIMB_PLACES:
            return limb_place(name, self.joints, self.frames, self.hands, self.build.limbs)
        frame, middle, (forward, left, up) = PLACES[name]
        part = self.build.trunk()[int(frame[-1])] if frame.startswith("trunk") else body.HEAD
        if self.build.pregnant and name == "belly":
            forward *= 1.5
        reach = (forward * part[0], left * part[1], up * part[2])
        return add(self.joints[middle], turned(reach, self.frames[frame]))


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
            joints |= leg_by_angles(leg, side, joints[f"{side}-hip"], frames["hips"], angles)
            if pose.support.by == "feet":
                angles[f"{side} ankle on the floor"] = angles.pop(f"{side} ankle")
    down = _settled(pose, build, joints, frames)
    joints = {name: add(place, down) for name, place in joints.items()}
    for side in SIDES:
        leg = getattr(pose, f"{side}_leg")
        if leg.to is not None:
            sofar = Skeleton(build, joints, frames, {}, {})
            foot = find(leg.to, sofar.place)
            joints |= leg_to_place(leg, side, joints[f"{side}-hip"], foot, frames["hips"], angles)
        frames |= leg_frames(side, joints, frames["hips"])
    hands: dict[Side, str] = {}
    for side in SIDES:
        arm: Arm = getattr(pose, f"{side}_arm")
        hands[side] = arm.hand
        if arm.to is None:
            found = arm_by_angles(arm, side, joints, frames["chest"], angles)
        else:
            sofar = Skeleton(build, joints, frames, {}, {})
            hand = find(arm.to, sofar.place)
            found = arm_to_place(arm, side, joints, hand, frames["chest"], angles)
        joints |= found.joints
        frames |= found.frames
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
            tilts = {side: getattr(pose, f"{side}_leg").tilt for side in SIDES}
            stand = [side for side in SIDES if f"{side}-heel" in joints]
            lowest = min((low_end(joints, side, tilts[side]) for side in stand), default=0.0)
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


# ---------------------------------------------------------------- frames of limbs


# ---------------------------------------------------------------- arms
