"""What can be chosen for an edition on its own: exercises, techniques, causes, advice, answers."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, WithJsonSchema, model_validator

from clinicpress.content.model.marks import Mark
from clinicpress.content.model.wording import (
    MOST_STEPS,
    MOST_STEPS_OF_PROCEDURE,
    Addressed,
    FigureName,
    FigureNames,
    Id,
    Passage,
    Sourced,
    Text,
    Texts,
    Words,
    between,
    refuse_figures_of_no_line,
)
from clinicpress.errors import Unfit


class Dose(Passage):
    """How much, how long and how often. A starting point that a clinician may change.

    The limits only catch slips of the pen: no source asks for a dose near them.
    """

    entry_kind = "dose"

    sets: between(1, 6) | None = None  # type: ignore[valid-type]
    """How many sets."""
    repetitions: between(1, 40) | None = None  # type: ignore[valid-type]
    """How many times in a set."""
    hold_seconds: between(0, 120) | None = None  # type: ignore[valid-type]
    """How long to hold, in seconds; 0 is no hold and is not printed."""
    seconds: between(5, 300) | None = None  # type: ignore[valid-type]
    """How long it takes, in seconds."""
    minutes: between(1, 120) | None = None  # type: ignore[valid-type]
    """How long it takes, in minutes."""
    spots: between(1, 6) | None = None  # type: ignore[valid-type]
    """On how many places."""
    times_a_day: between(1, 10) | None = None  # type: ignore[valid-type]
    """How many times a day."""
    every_hours: between(1, 12) | None = None  # type: ignore[valid-type]
    """After how many hours it is done again, while awake; instead of the times a day."""
    days_a_week: between(1, 7) | None = None  # type: ignore[valid-type]
    """On how many days a week."""
    weeks: between(1, 52) | None = None  # type: ignore[valid-type]
    """For how many weeks."""
    per_side: bool = False
    """Whether the numbers are for each side."""
    each_way: bool = False
    """Whether the repetitions are for each direction."""

    @model_validator(mode="after")
    def _how_often_once(self) -> Self:
        if self.times_a_day and self.every_hours:
            raise Unfit(
                "says both “times_a_day” and “every_hours”", "Keep the one that the source gives."
            )
        return self


class Item(Sourced, Addressed):
    """Anything that can be chosen for an edition on its own."""

    id: Id
    """The item's name: that of its file, and no other item's. It stays."""
    title: Text
    """The heading that is printed."""
    order: Annotated[int, Field(ge=1, le=999)] | None = None
    """Where it stands among all of its kind, such as 1 for the first, where a part takes them all.
    What says none comes last, by name.
    """
    note: Annotated[Words, Mark.VERBATIM] | None = None
    """What was judged, and why. For editors; no reader sees it."""
    figure: FigureName | None = None
    """Name of its drawing, or names by audience. Exercises and techniques with steps need one."""


NAMED_LINES = ("purpose", "start", "kit", "avoid", "mistakes", "dose", "easier")
"""The lines of something to do that have a picture, beside its steps."""


CODE = "[A-Z][0-9]{1,2}"


def _short_code(value: str) -> str:
    if not re.fullmatch(CODE, value):
        raise Unfit("is no short code", "Write a capital letter and a number, such as A3.")
    return value


ShortCode = Annotated[
    str,
    AfterValidator(_short_code),
    Mark.VERBATIM,
    WithJsonSchema({"type": "string", "pattern": f"^{CODE}$", "title": "short code"}),
]


class Practice(Item):
    """What exercises and techniques share: something to do, safely, step by step."""

    code: ShortCode | None = None
    """What staff tick and type for it, such as `A3`; no other's of the topic. It stays."""
    purpose: Text
    """What it is good for, in one sentence; left out where there is least room."""
    position: Text | None = None
    """How to sit, stand or lie before it starts."""
    steps: Texts = Field(default={}, max_length=MOST_STEPS)
    """What to do, one thing in each. A step's name stays when its words change."""
    dose: Dose | None = None
    """How much and how often."""
    mistakes: Texts = Field(default={}, max_length=MOST_STEPS)
    """What to avoid. Goes on from “Avoid:”, so no capital and no full stop."""
    easier: Text | None = None
    """A way to do less."""
    harder: Text | None = None
    """A way to do more; left out in handouts."""
    stop_if: Texts = Field(default={}, max_length=MOST_STEPS)
    """When to stop, beside what the general stop signs say."""
    avoid_if: Texts = Field(default={}, max_length=MOST_STEPS)
    """Who leaves it out or asks first. Goes on from “if:”."""
    kit: Text | None = None
    """What is needed, such as a chair; left out in handouts."""
    figures: FigureNames = {}
    """Names of drawings, where each line has one: by the step, or by ``purpose``, ``start``,
    ``kit``, ``avoid``, ``mistakes``, ``dose`` or ``easier``. Left out, the topic's own that is
    called after item and line, such as ``wall-slide-start``, or the item's drawing at the moment
    that is called as the step.
    """

    @model_validator(mode="after")
    def _figures_beside_lines(self) -> Self:
        refuse_figures_of_no_line(self.figures, (*self.steps, *NAMED_LINES))
        return self


class Exercise(Practice):
    """A movement to do: its steps, its dose, when to stop and who should leave it out."""

    entry_kind = "exercises"

    position: Text
    """How to sit, stand or lie before it starts."""
    steps: Texts = Field(min_length=1, max_length=MOST_STEPS)
    """What to do, one thing in each. A step's name stays when its words change."""
    dose: Dose
    """How much and how often: a starting point that a clinician may change."""
    figure: FigureName
    """Name of its drawing, or names by audience."""
    muscles: Text | None = None
    """The muscles and joints that it works. Printed for clinicians."""


class Technique(Practice):
    """Something done by hand or for comfort; a professional's, not for self-use, has no steps."""

    entry_kind = "techniques"

    given_by: Literal["yourself", "partner", "professional"]
    """Who does it. What a professional gives has no steps; the others need a position, steps and a
    dose.
    """
    is_not: Text | None = None
    """What it is sometimes taken for, and is not."""
    names: Texts = {}
    """The trade's word for a step, by the step's name; left out in handouts."""

    @model_validator(mode="after")
    def _steps_for_who_does_it(self) -> Self:
        if self.given_by == "professional" and self.steps:
            raise Unfit(
                "has steps, but a professional gives it",
                "Take the steps out, or correct “given_by”.",
            )
        if self.given_by != "professional" and not (self.steps and self.position and self.dose):
            raise Unfit(
                "lacks a position, steps or a dose", "Add them, or write “given_by: professional”."
            )
        if self.steps and self.figure is None:
            raise Unfit("has steps, but no figure", "Name its drawing under “figure”.")
        if unknown := sorted(set(self.names) - set(self.steps)):
            raise ValueError(f"names the step “{unknown[0]}”, which is not among its steps")
        return self


NAMED_LINES_OF_PROCEDURE = ("purpose", "kit", "avoid", "mistakes")


class Procedure(Item):
    """Something that is done step by step, with no dose: how a device is used, or a dressing."""

    entry_kind = "procedures"

    purpose: Text | None = None
    """What it is good for, in one sentence; left out where there is least room."""
    kit: Text | None = None
    """What is needed. Goes on from “You need:”; left out where there is least room."""
    steps: Texts = Field(min_length=1, max_length=MOST_STEPS_OF_PROCEDURE)
    """What to do, one thing in each, in this order. A step's name stays when its words change."""
    mistakes: Texts = Field(default={}, max_length=MOST_STEPS)
    """What to avoid. Goes on from “Avoid:”, so no capital and no full stop."""
    stop_if: Texts = Field(default={}, max_length=MOST_STEPS)
    """When to stop. Goes on from “Stop also if”, so no capital and no full stop."""
    avoid_if: Texts = Field(default={}, max_length=MOST_STEPS)
    """Who leaves it out or asks first. Goes on from “if:”."""
    figures: FigureNames = {}
    """Names of drawings, where each line has one: by the step, or by ``purpose``, ``kit``,
    ``avoid`` or ``mistakes``. Left out, they are found as those of an exercise.
    """

    @model_validator(mode="after")
    def _figures_beside_lines(self) -> Self:
        refuse_figures_of_no_line(self.figures, (*self.steps, *NAMED_LINES_OF_PROCEDURE))
        return self


class TextItem(Item):
    """Something to know, in a few paragraphs under a heading."""

    entry_kind = "texts"

    paragraphs: Texts = Field(min_length=1, max_length=MOST_STEPS)
    """The words, a paragraph in each entry."""


class Cause(Item):
    """One thing that can bring the complaint about."""

    entry_kind = "causes"

    summary: Text
    """What it is, in a sentence or two."""
    helps: Text | None = None
    """What helps. Goes on from “What helps:”."""
    check: Text | None = None
    """When to have it checked. Goes on from “Get checked:”."""
    serious: bool = False
    """Whether it is a serious illness, which is set apart."""


class SelfCare(Item):
    """Advice for daily life, as a few points."""

    entry_kind = "self-care"

    intro: Text | None = None
    """A sentence before the points."""
    points: Texts = Field(min_length=1, max_length=MOST_STEPS)
    """The advice, point by point."""
    figures: FigureNames = {}
    """Names of drawings, where each line has one: by the point, or by ``intro``. Left out, the
    topic's own that is called after item and point, such as ``sleep-side``, or after the item.
    """

    @model_validator(mode="after")
    def _figures_beside_lines(self) -> Self:
        refuse_figures_of_no_line(self.figures, (*self.points, "intro"))
        return self


class Question(Item):
    """A question that people ask (its title) and a short, truthful answer in paragraphs."""

    entry_kind = "questions"

    answer: Texts = Field(min_length=1)
    """The answer, a paragraph in each entry."""


class Myth(Item):
    """A common belief (its title) and what is known instead.

    The title is the one place where a never-print phrase may stand.
    """

    entry_kind = "myths"

    truth: Text
    """What is known instead."""
