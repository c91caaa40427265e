"""The shape of the sources: what an editor may write, and what each field means.

Every class is one kind of thing in ``sources/``. Fields an editor leaves out stay
``None`` or empty; a field that no class names is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)

from clinicpress.errors import Unfit
from clinicpress.records import Record

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$", max_length=60)]


def _reference_id(value: str) -> str:
    if not re.fullmatch(r"S[0-9]{1,3}", value):
        raise Unfit("is no reference number", "Write S and a number, such as S8.")
    return value


ReferenceId = Annotated[str, AfterValidator(_reference_id)]
Some = Field(min_length=1)
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]

Day = date  # a field may be called “date”

MOST_STEPS = 7  # CDC Clear Communication Index, item 8: lists hold at most seven items


class Text(Record):
    """Words for the reader, with a variant for each audience that needs other words.

    Written either as a plain string or as ``{default: …, easy-read: …}``.
    """

    default: Words
    variants: Mapping[Id, Words] = {}

    @model_validator(mode="before")
    @classmethod
    def _from_yaml(cls, value: Any) -> Any:
        if isinstance(value, Mapping) and "variants" not in value:
            variants = {key: words for key, words in value.items() if key != "default"}
            default = {"default": value["default"]} if "default" in value else {}
            return {**default, "variants": variants}
        return {"default": value} if isinstance(value, str | list) else value

    def said_to(self, audience: str) -> str:
        """Return the wording for ``audience``."""
        return self.variants.get(audience, self.default)


Texts = Mapping[Id, Text]
"""Texts by a stable id, in print order; the id is what a translation is keyed by."""


class Range(Record):
    """A whole number, or the two ends of a range, both included."""

    least: int
    most: int

    def __str__(self) -> str:
        return str(self.least) if self.least == self.most else f"{self.least}-{self.most}"


def _read_range(value: Any) -> Any:
    if isinstance(value, Range):
        return value
    match = re.fullmatch(r"([0-9]{1,4})(?:\s*[-–]\s*([0-9]{1,4}))?", str(value).strip())
    if match is None or not isinstance(value, str):
        raise Unfit("is no whole number", "Write one such as 5, or a range such as 8-10.")
    least, most = int(match[1]), int(match[2] or match[1])
    if least > most:
        raise Unfit("has its larger number first", f"Write {most}-{least}.")
    return Range(least=least, most=most)


def _between(lowest: int, highest: int) -> Any:
    """Return a type for a range of numbers that lies within ``lowest`` … ``highest``."""

    def check(value: Any) -> Any:
        found = _read_range(value)
        if isinstance(found, Range) and not lowest <= found.least <= found.most <= highest:
            raise Unfit(f"is not between {lowest} and {highest}", "Correct the number.")
        return found

    return Annotated[Range, BeforeValidator(check)]


class Dose(Record):
    """How much, how long and how often. A starting point that a clinician may change.

    The limits only catch slips of the pen: no source asks for a dose near them.
    """

    sets: _between(1, 6) | None = None  # type: ignore[valid-type]
    repetitions: _between(1, 40) | None = None  # type: ignore[valid-type]
    hold_seconds: _between(0, 120) | None = None  # type: ignore[valid-type]
    seconds: _between(5, 300) | None = None  # type: ignore[valid-type]
    minutes: _between(1, 30) | None = None  # type: ignore[valid-type]
    spots: _between(1, 6) | None = None  # type: ignore[valid-type]
    times_a_day: _between(1, 10) | None = None  # type: ignore[valid-type]
    days_a_week: _between(1, 7) | None = None  # type: ignore[valid-type]
    per_side: bool = False
    each_way: bool = False


class Item(Record):
    """Anything that can be chosen for an edition on its own.

    ``for`` and ``not_for`` name audiences and give the reason. ``editorial`` marks what a
    clinician must judge because no source settles it; ``note`` is for editors, never printed.
    """

    id: Id
    title: Text
    audiences: Mapping[Id, Words] = Field(default={}, alias="for")
    not_for: Mapping[Id, Words] = {}
    evidence: tuple[ReferenceId, ...] = ()
    editorial: bool = False
    note: Words | None = None


class Practice(Item):
    """What exercises and techniques share: something to do, safely, step by step."""

    purpose: Text
    position: Text | None = None
    steps: Texts = {}
    dose: Dose | None = None
    mistakes: Texts = {}
    easier: Text | None = None
    harder: Text | None = None
    stop_if: Texts = {}
    avoid_if: Texts = {}
    kit: Text | None = None
    figure: Id | None = None

    @field_validator("steps", "mistakes", "stop_if", "avoid_if")
    @classmethod
    def _short_enough(cls, texts: Texts) -> Texts:
        if len(texts) > MOST_STEPS:
            raise Unfit(
                f"has {len(texts)} entries, and {MOST_STEPS} are the most",
                "Take some out, or join two.",
            )
        return texts


class Exercise(Practice):
    """A movement to do: its steps, its dose, when to stop and who should leave it out."""

    position: Text
    steps: Texts = Field(min_length=1)
    dose: Dose
    muscles: Text | None = None


class Technique(Practice):
    """A massage or comfort technique; a professional's has no steps, since it is not for self-use.

    ``names`` gives the trade's word for a step, by the step's id; handouts leave it out.
    """

    given_by: Literal["yourself", "partner", "professional"]
    is_not: Text | None = None
    names: Texts = {}

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
        if unknown := sorted(set(self.names) - set(self.steps)):
            raise ValueError(f"names the step “{unknown[0]}”, which is not among its steps")
        return self


class Cause(Item):
    """One thing that can bring the complaint about."""

    summary: Text
    helps: Text | None = None
    check: Text | None = None
    serious: bool = False


class SelfCare(Item):
    """Advice for daily life, as a few points."""

    intro: Text | None = None
    points: Texts = Field(min_length=1, max_length=MOST_STEPS)


class Question(Item):
    """A question that people ask (its title) and a short, truthful answer in paragraphs."""

    answer: Texts = Field(min_length=1)


class Myth(Item):
    """A common belief (its title) and what is known instead.

    The title is the one place where a never-print phrase may stand.
    """

    truth: Text


class Term(Record):
    """A glossary entry: a hard word and its plain meaning."""

    term: Text
    meaning: Text


class Reference(Record):
    """A source of the content.

    ``status``: ``seen`` = opened at its own address; ``copy`` = official text seen only on
    another site; ``part`` = opened, but the detail used was not; ``memory`` = not opened.
    """

    title: Words
    address: Words
    says: Words
    status: Literal["seen", "copy", "part", "memory"]


class WarningSign(Record):
    """One sign that needs care, whole and in short.

    ``symptoms`` are the atoms: ``short`` keeps each of them and drops the explanation.
    """

    symptoms: tuple[Words, ...] = Field(min_length=1)
    full: Text
    short: Text
    action: Text | None = None
    evidence: tuple[ReferenceId, ...] = ()
    editorial: bool = False


class SignGroup(Record):
    """Signs that belong together, at most seven under one heading.

    An ``action`` here takes the place of the tier's, a sign's own adds to it.
    """

    title: Text
    action: Text | None = None
    note: Text | None = None
    evidence: tuple[ReferenceId, ...] = ()
    signs: Mapping[Id, WarningSign] = Field(min_length=1, max_length=MOST_STEPS)


Tier = Literal["emergency", "same-day", "appointment"]
URGENT_TIERS: tuple[Tier, ...] = ("emergency", "same-day")


class SignTier(Record):
    """All signs of one urgency, and what to do about them.

    ``pointer`` stands under the tier in a handout and says where the next tier is.
    """

    title: Text
    lead: Text
    action: Text
    pointer: Text | None = None
    groups: Mapping[Id, SignGroup] = Field(min_length=1)

    def signs(self) -> dict[str, WarningSign]:
        """Return the tier's signs by id, in print order."""
        return {id: sign for group in self.groups.values() for id, sign in group.signs.items()}


class Caution(Record):
    """One caution: who or what it concerns, and what to do."""

    text: Text
    advice: Text | None = None
    evidence: tuple[ReferenceId, ...] = ()
    editorial: bool = False
    audiences: Mapping[Id, Words] = Field(default={}, alias="for")
    not_for: Mapping[Id, Words] = {}


class CautionList(Record):
    """A headed list of cautions."""

    title: Text
    intro: Text | None = None
    entries: Mapping[Id, Caution] = Field(min_length=1, max_length=12)


class StopSigns(CautionList):
    """When to stop. ``short`` stands beside every exercise and technique."""

    short: Text


class Zone(Record):
    """A stretch of the 0-10 scale and what it means."""

    reach: _between(0, 10)  # type: ignore[valid-type]
    label: Text
    meaning: Text


class Scale(Record):
    """The one 0-10 scale of the topic, with a line each for exercise and massage."""

    title: Text
    intro: Text
    zones: Mapping[Id, Zone]
    exercise: Text
    massage: Text
    evidence: tuple[ReferenceId, ...] = ()
    editorial: bool = False


class Notice(Record):
    """A few headed lines, such as the gate that stands before everything else."""

    title: Text
    lines: Texts = Field(min_length=1, max_length=MOST_STEPS)
    evidence: tuple[ReferenceId, ...] = ()
    editorial: bool = False


class Cautions(Record):
    """``cautions.yaml``: who should not, who should ask first, where not to press, when to stop."""

    gate: Notice
    safety_net: Notice
    do_not: CautionList
    ask_first: CautionList
    never_press: CautionList
    stop_signs: StopSigns
    scale: Scale


class RequiredSigns(Record):
    """Ids of the signs that no edition may lose."""

    emergency: tuple[Id, ...] = Field(min_length=1)
    same_day: tuple[Id, ...] = Field(min_length=1, alias="same-day")


class Topic(Record):
    """``topic.yaml``: what the topic is, its version, and until when it may be printed."""

    id: Id
    title: Text
    main_message: Text
    call_to_action: Text
    version: Words
    date: Day
    review_by: Day
    required_signs: RequiredSigns
    about: Texts
    never_print: tuple[Words, ...] = ()


Part = Literal[
    "cover", "message", "gate", "warning-signs", "cautions", "contents", "self-care", "exercises",
    "techniques", "causes", "questions", "myths", "glossary", "references", "diary",
    "my-exercises", "scale", "about", "back-cover",
]  # fmt: skip

Choice = tuple[Id, ...]


class Section(Record):
    """One section of a publication: which part it is, and which items it takes, in order.

    ``items`` is a list of ids, or ``{default: […], older-adult: […]}``; left out, a part takes
    every item of its kind. A section that ``joins`` goes on under the one before it; in a booklet
    every other opens a page.
    """

    part: Part
    title: Text | None = None
    intro: Text | None = None
    items: Mapping[Id, Choice] = {}
    tiers: tuple[Tier, ...] = ()
    wording: Literal["full", "short"] = "full"
    detail: Literal["full", "short"] = "full"
    joins: bool = False

    @field_validator("items", mode="before")
    @classmethod
    def _same_for_all(cls, value: Any) -> Any:
        return {"default": value} if isinstance(value, list | tuple) else value

    def chosen_for(self, audience: str) -> Choice | None:
        """Return the ids listed for ``audience``, or None where every item is meant."""
        return self.items.get(audience, self.items.get("default"))


class Publication(Record):
    """Something that is printed: a booklet or a handout, for the audiences it exists for."""

    kind: Literal["booklet", "handout"]
    title: Text
    subtitle: Text | None = None
    main_message: Text | None = None
    call_to_action: Text | None = None
    audiences: tuple[Id, ...] = Field(min_length=1)
    refused: Mapping[Id, Words] = {}
    sections: tuple[Section, ...] = Field(min_length=1)


class Review(Record):
    """A clinician's sign-off of one version. Only a person who did it may add one."""

    version: Words
    name: Words
    role: Words
    date: Day


class ReadingTarget(Record):
    """US school grade: the mean to aim for, and the worst that passes; None = no limit."""

    mean: float
    worst: float


class Audience(Record):
    """Who reads: how easy the words, how large the type, how much at once."""

    name: Words
    for_whom: Words
    not_for_whom: Words | None = None
    reading: ReadingTarget | None = None
    smallest_type: float
    exercise_limit: int = Field(ge=1, le=12)
    cast: tuple[Id, ...] = ()


PRINTED_WORDS = ("emergency-number", "urgent-line")
"""Words that the layouts print by themselves, so no region may lack them."""


class Region(Record):
    """A country's numbers and words. ``checked`` is when somebody last looked each number up."""

    name: Words
    paper: Literal["A4", "Letter"]
    words: Mapping[Id, Words]
    notes: Mapping[Id, Words] = {}
    checked: Day | None = None
    evidence: tuple[ReferenceId, ...] = ()

    @field_validator("words")
    @classmethod
    def _numbers(cls, words: Mapping[str, str]) -> Mapping[str, str]:
        if missing := [name for name in PRINTED_WORDS if name not in words]:
            raise Unfit(f"lacks “{missing[0]}”, which every print shows", "Add it.")
        return words
