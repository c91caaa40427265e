"""Who reads, and where: audiences, what a topic puts first for them, regions."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from clinicpress.content.model.marks import Mark
from clinicpress.content.model.publications import Choice, ItemPart
from clinicpress.content.model.wording import AudienceId, Day, Id, Printed, ReferenceId, Words
from clinicpress.errors import Unfit
from clinicpress.files.records import Record


class Reader(Record):
    """What one topic does differently for one audience, and why."""

    first: Mapping[ItemPart, Choice] = {}
    """Items that lead the list, by the part that prints them."""
    not_for_whom: Printed | None = None
    """Printed: whom it is not for, or for whom else, in place of what the audience says."""
    because: Words
    """Why."""


class ReadingTarget(Record):
    """How easy the words should be."""

    mean: float
    """The US school grade to aim for on average."""
    worst: float
    """The highest grade that passes."""
    longest_sentence: int = Field(default=20, ge=5)
    """The most words in a sentence."""


UNSAID: Any = None
"""What a needed field holds until a Library fills it in."""

NEEDED = ("smallest_type",)
"""What an audience must say that is like no other."""


class Audience(Record):
    """Who reads: how easy the words, how large the type, how much at once.

    Where an audience is ``like`` another, each field that is left out is the other's; a Library
    holds them filled in.
    """

    name: Words
    """What it is called in lists."""
    also: tuple[Words, ...] = ()
    """What else people call it, such as elderly: the counter page finds it so, and who asks for it
    so is told its name here.
    """
    for_whom: Printed
    """Printed: whom it is for."""
    not_for_whom: Printed | None = None
    """Printed: whom it is not for."""
    like: AudienceId | None = None
    """Another audience, whose words, items, order, publications and keys hold where nothing else is
    said.
    """
    reading: ReadingTarget | None = None
    """How easy the words should be; left out, there is no limit."""
    smallest_type: float = Field(default=UNSAID, ge=8, le=24)
    """The smallest type, in points; needed where ``like`` names none."""
    exercise_limit: int = Field(default=UNSAID, ge=1, le=12)
    """How many exercises are advised for one sheet; needed where a topic has any."""
    most_pages: int | None = Field(default=None, ge=1, le=99)
    """The most pages, in place of the format's; for booklets, too."""
    sheets: int = Field(default=1, ge=1, le=4)
    """How many times as long a handout may be as the format allows."""
    pictures: bool = False
    """Whether a picture stands beside each idea."""
    clinical: bool = False
    """Whether evidence is printed, for clinicians."""
    dose: Literal["print", "blank"] = "print"
    """``blank`` leaves doses to be filled in by pen."""
    cast: tuple[Annotated[Id, Mark.PERSON], ...] = ()
    """Who the drawings show."""

    @model_validator(mode="after")
    def _says_what_nobody_else_does(self) -> Self:
        missing = [name for name in NEEDED if name not in self.model_fields_set]
        if self.like is None and missing:
            raise Unfit(f"lacks “{missing[0]}”", "Add it, or say which audience it is `like`.")
        return self


PRINTED_WORDS = ("emergency-number", "urgent-line")
"""Words that the layouts print by themselves, so no region may lack them."""


class Region(Record):
    """A country's numbers and words."""

    name: Words
    """The country's name."""
    also: tuple[Words, ...] = ()
    """What else it is called, such as UK: who asks for it so is told its name here."""
    paper: Literal["A4", "Letter"]
    """The paper that is used there."""
    words: Mapping[Id, Printed] = Field(json_schema_extra={"required": [*PRINTED_WORDS]})
    """What is printed for each ``[[token]]``, such as ``emergency-number``. No region may lack
    ``emergency-number`` and ``urgent-line``.
    """
    notes: Mapping[Id, Printed] = {}
    """Lines to print below the signs, where they stand in full."""
    notes_about: Mapping[Id, tuple[Id, ...]] = {}
    """Names of the notes that explain a ``[[token]]``, by token; they are left out where a brand
    has words of its own for it.
    """
    checked: Day | None = None
    """The day on which somebody last looked every number up."""
    evidence: tuple[ReferenceId, ...] = ()
    """Numbers of the references that say so."""

    @field_validator("words")
    @classmethod
    def _numbers(cls, words: Mapping[str, str]) -> Mapping[str, str]:
        if missing := [name for name in PRINTED_WORDS if name not in words]:
            raise Unfit(f"lacks “{missing[0]}”, which every print shows", "Add it.")
        return words

    @model_validator(mode="after")
    def _explains_what_there_is(self) -> Self:
        for token, notes in self.notes_about.items():
            if token not in self.words:
                raise Unfit(f"has notes about “{token}”, but no word for it", "Correct the name.")
            if unknown := [note for note in notes if note not in self.notes]:
                raise Unfit(f"has no note “{unknown[0]}”", "Correct the name in `notes_about`.")
        return self

    def notes_beside(self, own: Container[str]) -> Mapping[str, str]:
        """Return the notes to print where a brand has words of its own for some tokens."""
        lost = {note for token, notes in self.notes_about.items() if token in own for note in notes}
        return {id: words for id, words in self.notes.items() if id not in lost}
