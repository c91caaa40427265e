"""What an editor writes of a figure: who is seen from where, in which poses, with what around."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from clinicpress.errors import Unfit
from clinicpress.figures.pose import Face, Millimetres, Mouth, Point, Pose, Target
from clinicpress.figures.view import VIEWS, View
from clinicpress.files.records import Name, Record

ViewName = Literal[
    "front",
    "front-right",
    "right",
    "back-right",
    "back",
    "back-left",
    "left",
    "front-left",
    "above",
    "front-above",
    "right-above",
    "left-above",
    "front-left-above",
]
Length = Annotated[float, Field(gt=0, le=3000)]

PropKind = Literal[
    "floor", "wall", "doorway", "chair", "stool", "wheelchair", "desk", "table", "screen",
    "mat", "bed", "pillow", "ball", "roller", "line", "band", "towel", "cane", "box",
    "step", "rolled-towel", "flat-towel", "dumbbell", "stick", "crutch", "wrap", "tape",
]  # fmt: skip


Feet = Literal["shoes", "bare"]

CloseUp = Literal[
    "head",
    "trunk",
    "right-hand",
    "left-hand",
    "hands",
    "right-forearm",
    "left-forearm",
    "forearms",
    "right-arm",
    "left-arm",
    "arms",
    "right-shoulder",
    "left-shoulder",
    "shoulders",
    "right-knee",
    "left-knee",
    "knees",
    "right-leg",
    "left-leg",
    "legs",
    "right-lower-leg",
    "left-lower-leg",
    "lower-legs",
    "right-foot",
    "left-foot",
    "feet",
]
"""What a close-up can show."""


class Person(Record):
    """Somebody whom the drawings show."""

    skin: Literal["light", "medium", "brown", "dark"] = "light"
    """The skin's tone."""
    hair: Literal["short", "curly", "bun", "long", "receding", "covered", "none"] = "short"
    """The hair, or a head covering."""
    hair_tone: Literal["dark", "brown", "fair", "grey"] = "dark"
    """The hair's tone."""
    girth: Annotated[float, Field(ge=0.85, le=1.6)] = 1
    """How large the body is; 1 is slim."""
    pregnant: bool = False
    """Whether the belly shows it."""
    slim: bool = False
    """Whether shoulders and neck are narrow and there is a waist."""
    older: bool = False
    """Whether the face shows the lines of age."""
    feet: Feet = "shoes"
    """What is worn on the feet."""
    stoop: Annotated[float, Field(ge=0, le=40)] = 0
    """How rounded the back is below the neck, in degrees."""


class Prop(Record):
    """A thing of the scene."""

    is_: PropKind = Field(alias="is")
    """What it is."""
    name: Name | None = None
    """By what name a hand or a mark finds it; left out, by what it is."""
    at: Target | None = None
    """Where its middle is, on its underside for what stands; left out, the scene's middle."""
    size: Point | None = None
    """How long, wide and high it is, in mm."""
    facing: Annotated[float, Field(ge=-180, le=180)] = 0
    """Which way it looks."""
    through: tuple[Target, ...] = ()
    """For a band, towel, cane or line: the places that it goes through."""
    around: tuple[Name, ...] = ()
    """For a band, wrap or tape: the limbs that it goes around, such as ``right-ankle``."""
    of: Name | None = None
    """The person whose limbs they are; left out, the first."""
    behind: bool | None = None
    """Whether it is drawn behind everybody; left out, as it stands."""

    @model_validator(mode="after")
    def _where(self) -> Self:
        if self.around and self.is_ not in ("wrap", "tape", "band"):
            hint = "Only a wrap, tape or a band goes around one."
            raise Unfit(f"is a {self.is_} around a limb", hint)
        if self.is_ in ("wrap", "tape") and not self.around and not self.through:
            hint = "Write “around” with a limb, such as right-ankle."
            raise Unfit(f"says not where the {self.is_} is", hint)
        if self.is_ == "wrap" and self.through:
            raise Unfit("is a wrap through places", "Write “around” with a limb.")
        return self


class Mark(Record):
    """A sign on the drawing that is no part of the scene. One of its kinds."""

    arrow: Name | None = None
    """The joint whose path from the moment before the arrow follows, such as ``right-palm``."""
    along: tuple[Target, ...] = ()
    """Or the places along which an arrow goes."""
    circle: Target | None = None
    """Or the place around which an arrow goes, ``size`` from it."""
    both_ways: bool = False
    """Whether the arrow has two heads."""
    area: Target | None = None
    """The middle of an area on the body."""
    patch: tuple[tuple[float, float], ...] = ()
    """Or its corners on the back or the front: how high, 0 hips to 5 neck, and how far to the
    left, 0 the middle to 1 the edge; right is below zero.
    """
    front: bool = False
    """Whether a patch lies on the front of the trunk."""
    on: Name | None = None
    """The limb's part on which a patch lies, such as ``right-shank``; left out, the trunk. Then its
    corners say how far along it, 0 to 1, and how far across its face, -1 to 1.
    """
    face: Face = "front"
    """The side of the limb on which a patch lies; of a foot that is its top,
    and of a hand the palm.
    """
    kind: Literal["contact", "stretch", "pain", "never", "fine", "muscle"] = "contact"
    """What the area shows."""
    size: Length = 70
    """The radius of an area or a circle, or half of a symbol's width, in mm."""
    symbol: Name | None = None
    """The name of a small sign, such as ``clock``."""
    at: Target | None = None
    """Where a symbol or a number stands."""
    number: Annotated[int, Field(ge=1, le=20)] | None = None
    """A number that a label explains."""
    to: Target | None = None
    """Where a thin line leads from a number or symbol."""
    of: Name | None = None
    """The person whose places are meant; left out, the first."""
    away: Millimetres = 0
    """How far an arrow is moved out from the path, in mm."""


class Moment(Record):
    """One picture of the sequence: everybody's pose, and the marks on it."""

    pose: Pose | None = None
    """The pose of the one person."""
    people: Mapping[Name, Pose] = {}
    """Or the poses of several, by a name for each."""
    marks: tuple[Mark, ...] = ()
    """The signs on it."""
    props: tuple[Prop, ...] = ()
    """What this picture shows beside the figure's props."""
    ghost: Name | None = None
    """The moment whose pose stands behind, as an outline."""
    verdict: Literal["right", "wrong"] | None = None
    """A tick or a cross, for a common mistake."""
    view: ViewName | None = None
    """From where it is seen, if not as the figure is."""

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if self.pose is not None and self.people:
            raise Unfit("has a pose and people", "Write one of the two.")
        return self

    def poses(self) -> Mapping[str, Pose]:
        """Return everybody's pose by name."""
        return {"person": self.pose} if self.pose is not None else self.people


class Drawing(Record):
    """What is drawn, apart from the words that go with it."""

    id: Name
    """The figure's name: that of its file."""
    view: ViewName = "right"
    """From where it is seen."""
    props: tuple[Prop, ...] = ()
    """What stands in the scene."""
    moments: Mapping[Name, Moment] = Field(default={}, max_length=4)
    """The pictures, in order; one at least where it is drawn."""
    shows: tuple[Name, ...] = ()
    """Who of ``cast.yaml`` is shown to every reader; left out, whom the audience names."""
    roles: Mapping[Name, Annotated[int, Field(ge=1, le=9)]] = {}
    """Who of the cast plays whom, such as ``{giver: 1, receiver: 2}``; left out, in their order."""
    mood: Mouth = "straight"
    """How people feel where a pose says nothing of a mouth."""
    feet: Feet | None = None
    """What all wear on their feet, as in bed; left out, each what the cast says."""
    legs: Literal["trousers", "shorts"] = "trousers"
    """What all wear on their legs; in shorts knees and calves are seen."""
    close_up: CloseUp | None = None
    """The one part of the first person that is shown large, such as ``right-foot`` or ``hands``."""
    crop: tuple[Target, Target] | None = None
    """Two corners of what is shown; left out, all."""
    numbered: bool | None = None
    """Whether the pictures bear numbers; left out, when there are two or more."""

    @model_validator(mode="after")
    def _one_view(self) -> Self:
        if self.close_up and self.crop:
            raise Unfit("has a close_up and a crop", "Keep one of the two.")
        return self

    def cast(self, who: str, number: int, people: Sequence[Person]) -> Person:
        """Return who plays the ``number``-th person of a moment, called ``who``."""
        person = people[(self.roles.get(who, number + 1) - 1) % len(people)]
        return person.model_copy(update={"feet": self.feet}) if self.feet else person

    def seen_from(self, moment: Moment) -> View:
        """Return the view of a moment."""
        return VIEWS[moment.view or self.view]


Cast = Mapping[Name, Person]
Poses = Mapping[Name, Pose]
