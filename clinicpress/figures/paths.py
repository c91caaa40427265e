"""The way of a joint between two moments, through poses between the two."""

from collections.abc import Iterator

from clinicpress.figures.bones import OutOfReach
from clinicpress.figures.pose import SIDES, Leg, Pose, Side, Target
from clinicpress.figures.skeleton import Skeleton
from clinicpress.figures.space import Vec, mixed, sub
from clinicpress.figures.stage import Stage, posed
from clinicpress.files.records import Record


def path(start: Stage, end: Stage, who: str, joint: str, steps: int = 8) -> Iterator[Vec]:
    """Yield the places through which a joint goes from one moment to the next.

    Each is worked out from a pose between the two, so the path is the one that the joints allow.
    Raises Fault if there is no such person or joint.
    """
    a, b = start.body(who, joint), end.body(who, joint)
    others = {name: skeleton for name, skeleton in end.skeletons.items() if name != who}
    for step in range(steps + 1):
        share = step / steps
        if step in (0, steps):
            yield (b if step else a).place(joint)
            continue
        pose = _halfway(start.poses[who], end.poses[who], a, b, share)
        try:
            yield posed(pose, b.build, others, end.props).place(joint)
        except OutOfReach:
            yield mixed(a.place(joint), b.place(joint), share)


def _halfway(a: Pose, b: Pose, at_a: Skeleton, at_b: Skeleton, share: float) -> Pose:
    """Return a pose between two: angles and places by their share."""
    values = _blended(a, b, share)
    for side in SIDES:
        for limb, end, bend in (("arm", "palm", "elbow"), ("leg", "sole", "knee")):
            name = f"{side}_{limb}"
            if getattr(a, name).to is None and getattr(b, name).to is None:
                continue
            root = "shoulder" if limb == "arm" else "hip"
            places = {
                part: mixed(at_a.joints[f"{side}-{part}"], at_b.joints[f"{side}-{part}"], share)
                for part in (end, bend, root)
            }
            hint = sub(places[bend], places[root])
            key = "elbow_to" if limb == "arm" else "knee_to"
            said, spot = getattr(b, name), Target(point=places[end])
            if limb == "leg" and not (_is_flat(getattr(a, name)) and _is_flat(said)):
                values[name] = _foot_between(said, side, spot, hint, (at_a, at_b, share))
            else:
                values[name] = said.model_copy(update={"to": spot, "fingers": None, key: hint})
    return b.model_copy(update=values)


def _blended(a: Record, b: Record, share: float) -> dict[str, object]:
    """Return the numbers of ``b`` moved towards those of ``a``, part by part."""
    values: dict[str, object] = {}
    for name in type(b).model_fields:
        old, new = getattr(a, name), getattr(b, name)
        if isinstance(new, float | int) and not isinstance(new, bool):
            values[name] = old + (new - old) * share
        elif isinstance(new, tuple) and isinstance(old, tuple) and len(new) == len(old):
            values[name] = tuple(p + (q - p) * share for p, q in zip(old, new, strict=True))
        elif (
            hasattr(new, "model_fields_set")
            and type(new) is type(old)
            and not isinstance(new, Target)
        ):
            values[name] = new.model_copy(update=_blended(old, new, share))
    return values


def _is_flat(leg: Leg) -> bool:
    """Return whether a foot stands on its sole and not on an edge."""
    return leg.on == "sole" and not leg.tilt


def _foot_between(
    said: Leg, side: Side, sole: Target, knee_to: Vec, way: tuple[Skeleton, Skeleton, float]
) -> Leg:
    """Return a leg whose sole, toes and way down are between those of two skeletons."""
    a, b, share = way
    toes = mixed(a.frames[f"{side}-foot"][0], b.frames[f"{side}-foot"][0], share)
    before, after = (each.angles[f"{side} toes"] for each in (a, b))
    curl = before + (after - before) * share
    changed = {"to": sole, "on": "sole", "toes": toes, "curl": curl, "tilt": 0.0}
    return said.model_copy(update={**changed, "knee_to": knee_to})
