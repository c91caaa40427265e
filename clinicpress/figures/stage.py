"""Puts everybody of a moment into pose, and finds the places that hands, props and marks name."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from clinicpress.errors import close, nearest
from clinicpress.figures.body import Build
from clinicpress.figures.bones import OutOfReach
from clinicpress.figures.contacts import below, solid, through
from clinicpress.figures.limb_places import LIMB_PLACES, LIMBS
from clinicpress.figures.limits import beyond
from clinicpress.figures.model import Drawing, Mark, Moment, Person, Poses, Prop
from clinicpress.figures.places import JOINTS, PLACES
from clinicpress.figures.pose import SIDES, Pose, Target, one_sided, over
from clinicpress.figures.skeleton import Skeleton, placed
from clinicpress.figures.space import Vec, add
from clinicpress.figures.worn import AROUND


class Fault(Exception):
    """What is wrong with a figure: where, as keys of its file, what, and the mend."""

    def __init__(self, at: tuple[str, ...], code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.at, self.code, self.message, self.hint = at, code, message, hint


@dataclass(frozen=True)
class Stage:
    """A moment with everybody in pose. ``skeletons`` and ``poses`` are by the person's name."""

    moment: Moment
    props: tuple[Prop, ...]
    skeletons: Mapping[str, Skeleton]
    poses: Mapping[str, Pose]

    def find(self, target: Target, of: str | None = None) -> Vec:
        """Return the place of a target. ``of`` is whose places are meant unless it says."""
        return _found(target, of, self.skeletons, self.props)

    def body(self, who: str, place: str = "hips") -> Skeleton:
        """Return the body of a person. Raises Fault if nobody is called so, or has such a place."""
        self.find(Target(at=place, of=who))
        return self.skeletons[who]

    def through(self, prop: Prop) -> list[Vec]:
        """Return the places that a prop goes through, or where it stands."""
        return [
            self.find(target) for target in prop.through or (prop.at or Target(point=(0, 0, 0)),)
        ]


def _found(
    target: Target, of: str | None, skeletons: Mapping[str, Skeleton], props: tuple[Prop, ...]
) -> Vec:
    if target.point is not None:
        return add(target.point, target.move)
    name, owner = target.at or "", target.of or of
    if owner is not None and owner not in skeletons:
        hint = f"Write one of those in this picture, or put {owner} before who reaches for them."
        raise Fault((), "FIGURE-PERSON", f"nobody here is called “{owner}”", hint)
    for prop in props:
        if target.of is None and name == (prop.name or prop.is_) and prop.at is not None:
            return add(_found(prop.at, of, skeletons, ()), target.move)
    own = skeletons[owner] if owner else next(iter(skeletons.values()), None)
    with suppress(KeyError):
        if own:
            return add(own.place(name), target.move)
    known = [
        *JOINTS,
        *PLACES,
        *LIMB_PLACES,
        *(prop.name or prop.is_ for prop in props),
    ]
    hint = nearest(name, _of_that_sort(name, known))
    raise Fault((), "FIGURE-PLACE", f"there is no place “{name}”", hint)


def _of_that_sort(name: str, known: list[str]) -> list[str]:
    """Return the known places of the side that a name is of, or those of no side; else all."""
    side, _, _ = name.partition("-")
    if side in SIDES:
        return [place for place in known if place.startswith(f"{side}-")]
    middle = [place for place in known if place.partition("-")[0] not in SIDES]
    return known if close(name, known, alike=0.6) else middle


def build_of(person: Person, *, shorts: bool = False) -> Build:
    """Return the body of a person, in shorts if so."""
    return Build(
        girth=person.girth, pregnant=person.pregnant, stoop=person.stoop, hair=person.hair,
        slim=person.slim, older=person.older, bare=person.feet == "bare", shorts=shorts,
    )  # fmt: skip


def staged(drawing: Drawing, cast: tuple[Person, ...], shared: Poses) -> list[Stage]:
    """Return the moments of a drawing with everybody in pose.

    ``cast`` are the people to show, in the order in which the drawing names them. Raises Fault.
    """
    return _all_staged(drawing, cast, _resolved(drawing, shared))


def try_poses(drawing: Drawing, people: Iterable[Person], shared: Poses) -> None:
    """Let each of ``people`` take every pose of a drawing. Raises Fault if one of them cannot."""
    whole = _resolved(drawing, shared)
    for person in people:
        _all_staged(drawing, (person,), whole)


def _all_staged(
    drawing: Drawing, cast: tuple[Person, ...], whole: Mapping[tuple[str, str], Pose]
) -> list[Stage]:
    return [
        _staged(drawing, name, moment, {who: whole[name, who] for who in moment.poses()}, cast)
        for name, moment in drawing.moments.items()
    ]


def _staged(
    drawing: Drawing, name: str, moment: Moment, poses: Mapping[str, Pose], cast: tuple[Person, ...]
) -> Stage:
    props = (*drawing.props, *moment.props)
    skeletons: dict[str, Skeleton] = {}
    for number, (who, pose) in enumerate(poses.items()):
        at = ("moments", name, *(("pose",) if moment.pose else ("people", who)))
        build = build_of(drawing.cast(who, number, cast), shorts=drawing.legs == "shorts")
        try:
            skeletons[who] = posed(pose, build, skeletons, props)
        except Fault as fault:
            raise Fault(at, fault.code, fault.message, fault.hint) from None
        except OutOfReach as short:
            message = (
                f"in “{name}”, the {short.limb} is {short.missing:.0f} mm too far away to reach "
                "its place"
            )
            raise Fault(at, "FIGURE-REACH", message, "Move the body or the place.") from None
        for joint, angle, reach in beyond(skeletons[who].angles):
            message = (
                f"in “{name}”, the {joint} is at {angle:.0f} degrees, and goes from "
                f"{reach.least:.0f} to {reach.most:.0f}"
            )
            raise Fault(at, "FIGURE-POSE", message, "Choose a smaller angle, or move the body.")
    stage = Stage(moment, props, skeletons, poses)
    _all_found(stage, name)
    _nothing_through(stage, name)
    return stage


def _nothing_through(stage: Stage, name: str) -> None:
    """Look for limbs that are in the floor or in a thing. Raises Fault."""
    floors = [stage.through(prop)[0][2] for prop in stage.props if prop.is_ == "floor"]
    things = [solid(prop, stage.through(prop)[0]) for prop in stage.props]
    solids = [thing for thing in things if thing]
    for who, skeleton in stage.skeletons.items():
        deep = [(part, "the floor", by) for floor in floors[:1]
                for part, by in below(skeleton, stage.poses[who], floor)]  # fmt: skip
        deep += [(part, f"the {thing}", by) for part, thing, by in through(skeleton, solids)]
        for part, thing, by in deep:
            message = f"in “{name}”, the {part} is {by:.0f} mm in {thing}"
            at = ("moments", name, *(("pose",) if stage.moment.pose else ("people", who)))
            raise Fault(at, "FIGURE-THROUGH", message, "Move the limb, the body or the thing.")


def _all_found(stage: Stage, name: str) -> None:
    """Look for every place that a thing or a mark names. Raises Fault."""
    first = next(iter(stage.skeletons), None)
    try:
        for prop in stage.props:
            stage.through(prop)
            _around(prop, stage)
        for mark in stage.moment.marks:
            who = mark.of or first
            _on_a_limb(mark)
            for target in (*mark.along, mark.area, mark.circle, mark.at, mark.to):
                if target is not None:
                    stage.find(target, who)
    except Fault as fault:
        raise Fault(("moments", name), fault.code, fault.message, fault.hint) from None


def _on_a_limb(mark: Mark) -> None:
    if mark.on and mark.on not in LIMBS:
        hint = nearest(mark.on, LIMBS) or f"Write one of {', '.join(LIMBS)}."
        raise Fault((), "FIGURE-PLACE", f"there is no part of a limb “{mark.on}”", hint)


def _around(prop: Prop, stage: Stage) -> None:
    if prop.around and prop.of:
        stage.body(prop.of)
    for name in prop.around:
        if name not in AROUND:
            hint = nearest(name, AROUND) or f"Write one of {', '.join(AROUND)}."
            raise Fault((), "FIGURE-PLACE", f"nothing goes around “{name}”", hint)


def posed(
    pose: Pose, build: Build, others: Mapping[str, Skeleton], props: tuple[Prop, ...]
) -> Skeleton:
    """Return a skeleton; a hand may reach for its own body, for those of ``others`` and props."""

    def find(target: Target, own: Callable[[str], Vec]) -> Vec:
        if target.at is not None and target.of is None:
            with suppress(KeyError):
                return add(own(target.at), target.move)
        return _found(target, target.of, others, props)

    return placed(pose, build, find)


def _resolved(drawing: Drawing, shared: Poses) -> dict[tuple[str, str], Pose]:
    """Return every pose in full, by moment and person."""
    written = {
        (name, who): pose
        for name, moment in drawing.moments.items()
        for who, pose in moment.poses().items()
    }

    def full(pose: Pose, who: str, at: tuple[str, ...], seen: tuple[str, ...]) -> Pose:
        pose = one_sided(pose)
        if pose.like is None:
            return pose
        if pose.like in seen:
            chain = " → ".join([*seen, pose.like])
            hint = "Let one of them stand on its own."
            raise Fault(
                at, "FIGURE-LOOP", f"the poses are like each other in a loop: {chain}", hint
            )
        below = written.get((pose.like, who)) or shared.get(pose.like)
        if below is None:
            known = [*(name for name, owner in written if owner == who), *shared]
            hint = nearest(pose.like, known) or "Write the name of a pose."
            raise Fault(at, "FIGURE-LIKE", f"there is no pose “{pose.like}”", hint)
        return over(pose, full(below, who, at, (*seen, pose.like)))

    return {
        (name, who): _in_mood(full(pose, who, ("moments", name), (name,)), drawing)
        for (name, who), pose in written.items()
    }


def _in_mood(pose: Pose, drawing: Drawing) -> Pose:
    """Return a pose with a mouth as the drawing says, where it says nothing of its own."""
    if "mouth" in pose.model_fields_set:
        return pose
    return pose.model_copy(update={"mouth": drawing.mood})
