"""What an editor writes of a pose: joint angles in degrees, places in millimetres."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Any, Literal, Self, TypeVar, cast

from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from clinicpress.errors import Unfit
from clinicpress.files.records import Name, Record

Angle = Annotated[float, Field(ge=-180, le=180)]
Millimetres = Annotated[float, Field(ge=-4000, le=4000)]
Point = tuple[Millimetres, Millimetres, Millimetres]

Face = Literal["front", "back", "outside", "inside"]
"""A side of a limb."""

Side = Literal["right", "left"]
SIDES: tuple[Side, Side] = ("right", "left")


class Joint(Record):
    """A part of the spine: ``waist`` or ``chest``."""

    bend: Angle = 0
    """Forward; backward is below zero."""
    side: Angle = 0
    """To the right; to the left is below zero."""
    turn: Angle = 0
    """To the left; to the right is below zero."""


class Neck(Joint):
    """Neck and head together."""

    nod: Angle = 0
    """The head alone, chin down; chin up is below zero."""
    slide: Annotated[float, Field(ge=-60, le=60)] = 0
    """How far the head slides forward, in mm; straight back is below zero."""


class Shoulder(Record):
    """How a shoulder blade carries its shoulder, in mm."""

    lift: Annotated[float, Field(ge=-40, le=90)] = 0
    """Up, towards the ear."""
    back: Annotated[float, Field(ge=-80, le=70)] = 0
    """Back, towards the spine; forward is below zero."""


class Target(Record):
    """A place: a point in the scene, or a named place of a body or a prop, moved by an offset."""

    at: Name | None = None
    """A named place, such as ``left-shoulder``, or that of a prop, such as ``ball``."""
    of: Name | None = None
    """The other person whose place it is."""
    point: Point | None = None
    """A point of the scene, in mm: to the front, to the left, up from the floor."""
    move: Point = (0, 0, 0)
    """Moved by so much."""

    @model_validator(mode="before")
    @classmethod
    def _from_yaml(cls, value: Any) -> Any:
        """Let a name stand for ``{at: name}`` and three numbers for ``{point: …}``."""
        if isinstance(value, str):
            return {"at": value}
        return {"point": value} if isinstance(value, list) else value

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe it as it is written: a name, three numbers, or either with more."""
        reference = handler(core)
        schema = handler.resolve_ref_schema(reference)
        whole = {**schema}
        name, point = (
            {key: value for key, value in whole["properties"][each].items() if key != "description"}
            for each in ("at", "point")
        )
        schema.clear()
        schema.update(title="place", anyOf=[name, point, whole])
        return reference

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if (self.at is None) == (self.point is None):
            raise Unfit("names no place, or two", "Write either “at” or “point”.")
        return self

    def mirrored(self) -> Target:
        """Return the same place on the other side of the body."""
        at = self.at and _other_side(self.at)
        return Target(at=at, of=self.of, point=_mirrored(self.point), move=_mirrored(self.move))


def _other_side(name: str) -> str:
    here, there = ("right", "left") if "right" in name else ("left", "right")
    return name.replace(here, there)


def _mirrored(point: Any) -> Any:
    return point and (point[0], -point[1], point[2])


class Arm(Record):
    """An arm: either by its angles, or by the place that its hand touches."""

    raise_: Annotated[float, Field(ge=0, le=180)] = Field(default=8, alias="raise")
    """How far the upper arm is lifted from hanging."""
    plane: Angle = 10
    """Where it is lifted: 0 to the side, 90 to the front, -90 to the back."""
    turn: Angle = 0
    """The upper arm about itself: inward; outward is below zero."""
    elbow: Annotated[float, Field(ge=0, le=180)] = 12
    """How far the elbow is bent."""
    wrist: Angle = 0
    """How far the wrist is bent towards the palm; back is below zero."""
    to: Target | None = None
    """What the hand touches; then the angles are worked out."""
    fingers: Point | None = None
    """With ``to``: which way the fingers point."""
    elbow_to: Point | None = None
    """With ``to``: which way the elbow points."""
    palm: Point | None = None
    """Which way the palm looks; left out, to what it touches."""
    hand: Literal[
        "open", "flat", "fist", "grip", "point", "fingertips", "spread", "hold", "pinch"
    ] = "open"
    """The shape of the hand."""


class Leg(Record):
    """A leg: either by its angles, or by the place that its foot stands on."""

    hip: Angle = 0
    """How far the thigh is lifted to the front; to the back is below zero."""
    out: Angle = 3
    """How far the thigh is spread to the side."""
    turn: Angle = 0
    """The thigh about itself: inward; outward is below zero."""
    knee: Annotated[float, Field(ge=0, le=180)] = 0
    """How far the knee is bent."""
    ankle: Angle = 0
    """How far the toes point down; up is below zero."""
    tilt: Angle = 0
    """How far the sole looks inward; outward is below zero."""
    curl: Angle | None = None
    """How far the toes are bent down; up is below zero. Left out, they go on from the foot or, of
    a foot that stands on its ball, lie flat.
    """
    to: Target | None = None
    """Where the foot stands; then the angles are worked out."""
    on: Literal["sole", "ball", "heel"] = "sole"
    """With ``to``: what of the foot stands there; the sole does so below the ankle."""
    toes: Point | None = None
    """With ``to``: which way the foot points."""
    knee_to: Point | None = None
    """With ``to``: which way the knee points."""


class Support(Record):
    """What carries the body, so that it neither floats nor sinks."""

    by: Literal["feet", "seat", "knees", "body", "nothing"] = "feet"
    """The part that carries: its lowest point is put on the support."""
    height: Annotated[float, Field(ge=0, le=1500)] = 0
    """How high the support is, in mm: 0 the floor. With ``nothing``, the hips' height."""
    back_to: Millimetres | None = None
    """Where a wall stands behind, in mm to the front: the back meets it."""


Mouth = Literal["straight", "smile", "sad"]


class Pose(Record):
    """One moment of a movement. What is left out is as in the pose that it is ``like``."""

    like: Name | None = None
    """Another pose: of this figure, or one of ``poses.yaml``."""
    at: tuple[Millimetres, Millimetres] = (0, 0)
    """Where the hips are, in mm: to the front, to the left."""
    facing: Angle = 0
    """Which way the whole person looks: to the left of the front."""
    hips: Joint = Joint()
    """How the hips are tilted."""
    waist: Joint = Joint()
    """The lower back."""
    chest: Joint = Joint()
    """The part of the back that bears the ribs."""
    neck: Neck = Neck()
    """Neck and head."""
    mouth: Mouth = "straight"
    """How the person feels."""
    support: Support = Support()
    """What carries the body."""
    shoulders: Shoulder | None = None
    """Both shoulders."""
    right_shoulder: Shoulder = Shoulder()
    """The right shoulder, where it differs."""
    left_shoulder: Shoulder = Shoulder()
    """The left shoulder, where it differs."""
    arms: Arm | None = None
    """Both arms alike."""
    right_arm: Arm = Arm()
    """The right arm, where it differs."""
    left_arm: Arm = Arm()
    """The left arm, where it differs."""
    legs: Leg | None = None
    """Both legs alike."""
    right_leg: Leg = Leg()
    """The right leg, where it differs."""
    left_leg: Leg = Leg()
    """The left leg, where it differs."""


R = TypeVar("R", bound=Record)

BY_PLACE = {"to", "fingers", "elbow_to", "palm", "toes", "knee_to", "on"}
BY_ANGLE = {"raise_", "plane", "turn", "elbow", "wrist", "hip", "out", "knee", "ankle"}


def over(upper: R, lower: R) -> R:
    """Return ``lower`` with everything that ``upper`` says in its place.

    Angles in ``upper`` take the place of a target in ``lower``, since both say where a limb is.
    """
    said = upper.model_fields_set
    values = {name: getattr(lower, name) for name in lower.model_fields_set}
    if isinstance(upper, Arm | Leg) and said & BY_ANGLE and "to" not in said:
        values = {name: value for name, value in values.items() if name not in BY_PLACE}
    for name in said:
        new, old = getattr(upper, name), values.get(name)
        merges = isinstance(new, Record) and type(new) is type(old) and not isinstance(new, Target)
        values[name] = over(new, old) if merges and old is not None else new
    merged = {**_defaults(type(upper)), **values}
    return cast(R, type(upper).model_construct(_fields_set=set(values), **merged))


@lru_cache(maxsize=16)
def _defaults(kind: type[Record]) -> Mapping[str, Any]:
    """Return what each field of a kind of record is if nobody says; pydantic makes copies."""
    fields = kind.model_fields.items()
    return {name: field.get_default(call_default_factory=True) for name, field in fields}


def one_sided(pose: Pose) -> Pose:
    """Return the pose with what it says of both arms, legs or shoulders said of each."""
    values = {name: getattr(pose, name) for name in pose.model_fields_set}
    for both, part in (("shoulders", "shoulder"), ("arms", "arm"), ("legs", "leg")):
        common = values.pop(both, None)
        if common is None:
            continue
        for side in SIDES:
            here = common if side == "right" else _mirror(common)
            name = f"{side}_{part}"
            values[name] = over(values[name], here) if name in values else here
    return Pose.model_construct(_fields_set=set(values), **{**_defaults(Pose), **values})


def _mirror(limb: R) -> R:
    """Return what is said of a right limb for the left one; angles are the same on both sides."""
    changes: dict[str, Any] = {}
    for name in limb.model_fields_set & BY_PLACE:
        value = getattr(limb, name)
        if not isinstance(value, str):
            changes[name] = value.mirrored() if isinstance(value, Target) else _mirrored(value)
    return limb.model_copy(update=changes)
