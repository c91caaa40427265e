"""What everything that is written is made of: names, words, texts, ranges of numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import no_info_before_validator_function

from clinicpress.content.model.marks import Mark
from clinicpress.errors import Unfit, nearest
from clinicpress.files.letters import overlong
from clinicpress.files.names import unholdable
from clinicpress.files.records import Name, Record


def _holdable(name: str) -> str:
    if wrong := unholdable(name):
        raise Unfit(wrong, "Choose another name.")
    return name


Id = Annotated[Name, AfterValidator(_holdable)]
"""A name that files can be called by."""

AudienceId = Annotated[Id, Mark.AUDIENCE]

REFERENCE_ID = "S[0-9]{1,3}"


def _reference_id(value: str) -> str:
    if not re.fullmatch(REFERENCE_ID, value):
        raise Unfit("is no reference number", "Write S and a number, such as S8.")
    return value


ReferenceId = Annotated[
    str,
    AfterValidator(_reference_id),
    Mark.REFERENCE,
    WithJsonSchema({"type": "string", "pattern": f"^{REFERENCE_ID}$", "title": "reference number"}),
]

Some = Field(min_length=1)


def _not_overlong(words: str) -> str:
    if wrong := overlong(words):
        raise Unfit(*wrong)
    return words


Address = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1), Field(title="words")
]
"""Words that may be as long as an address of the web."""

Words = Annotated[Address, AfterValidator(_not_overlong)]
Printed = Annotated[Words, Mark.PRINTED]
"""Words that reach the paper although they are the same for all."""

VERSION = r"[0-9]{1,4}([.\-][0-9]{1,3}){0,3}(-?[a-z]{1,5}[0-9]?)?"


def _version(value: str) -> str:
    if not re.fullmatch(VERSION, value):
        raise Unfit("is no version", "Write numbers with dots, such as 1.2, 2026.11 or 1.2-beta.")
    return value


Version = Annotated[
    Printed,
    AfterValidator(_version),
    WithJsonSchema({"type": ["string", "number"], "pattern": f"^{VERSION}$", "title": "words"}),
]
"""The version of content as every print says it: a number, which claims nothing."""


def _written_day(value: Any) -> Any:
    """Return a day that is written as year-month-day; a bare number is seconds for pydantic."""
    if isinstance(value, str) and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value.strip()):
        raise PydanticCustomError("date_type", "a date belongs here")
    return value


Day = Annotated[date, BeforeValidator(_written_day)]

MOST_STEPS_OF_PROCEDURE = 12
"""Steps that must be done in just this order, such as how a device is used, may not be joined."""

MOST_STEPS = 7  # CDC Clear Communication Index, item 8: lists hold at most seven items


class Text(Record):
    """Words for the reader, with a variant for each audience that needs other words.

    Written either as a plain string or as ``{default: …, easy-read: …}``.
    """

    default: Printed
    variants: Annotated[Mapping[AudienceId, Printed], Mark.INLINE] = {}

    @classmethod
    def spelt_out(cls, value: Any) -> Any:
        """Return words as ``{default: …, variants: …}``."""
        if isinstance(value, Mapping):
            variants = {key: words for key, words in value.items() if key != "default"}
            default = {"default": value["default"]} if "default" in value else {}
            return {**default, "variants": variants}
        return {"default": value} if isinstance(value, str | list) else value

    @model_validator(mode="before")
    @classmethod
    def _from_yaml(cls, value: Any) -> Any:
        return cls.spelt_out(value)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe it as it is written: words, or words by audience."""
        reference = handler(core)
        schema = handler.resolve_ref_schema(reference)
        fields = schema.pop("properties")
        by_audience = {**fields["variants"], "required": ["default"], "title": "words by audience"}
        schema.clear()
        schema.update(title="text", anyOf=[fields["default"], by_audience])
        return reference

    def said_to(self, *lineage: str) -> str:
        """Return the wording for an audience: its own, or that of the first it is like."""
        return next((self.variants[id] for id in lineage if id in self.variants), self.default)


FigureId = Annotated[Id, Mark.FIGURE]


class FigureName(Text):
    """The name of a figure, with that of another for each audience that needs one."""

    default: FigureId
    variants: Annotated[Mapping[AudienceId, FigureId], Mark.INLINE] = {}


FigureNames = Mapping[Id, FigureName]
"""Names of figures, by the id of the line that each stands beside."""


def refuse_figures_of_no_line(figures: FigureNames, lines: Iterable[str]) -> None:
    """Raise Unfit if a figure is named for a line that is not there, and so would not be shown."""
    known = set(lines)
    for name in figures:
        if name not in known:
            raise Unfit(f"names a figure for “{name}”, which is none of its lines",
                        nearest(name, known))  # fmt: skip


Texts = Mapping[Id, Text]
"""Texts by a stable id, in print order; the id is what a translation is keyed by."""


class Range(Record):
    """A whole number, or the two ends of a range, both included."""

    least: int
    most: int

    def __contains__(self, other: Range) -> bool:
        return self.least <= other.least and other.most <= self.most

    def __str__(self) -> str:
        return str(self.least) if self.least == self.most else f"{self.least}-{self.most}"


RANGE = r"([0-9]{1,4})(?:\s*[-–]\s*([0-9]{1,4}))?"


def _read_range(value: Any) -> Any:
    if isinstance(value, Range):
        return value
    match = re.fullmatch(RANGE, str(value).strip())
    if match is None or not isinstance(value, str):
        raise Unfit("is no whole number", "Write one such as 5, or a range such as 8-10.")
    least, most = int(match[1]), int(match[2] or match[1])
    if least > most:
        raise Unfit("has its larger number first", f"Write {most}-{least}.")
    return Range(least=least, most=most)


def between(lowest: int, highest: int) -> Any:
    """Return a type for a range of numbers that lies within ``lowest`` … ``highest``."""

    def check(value: Any) -> Any:
        found = _read_range(value)
        if isinstance(found, Range) and not lowest <= found.least <= found.most <= highest:
            raise Unfit(f"is not between {lowest} and {highest}", "Correct the number.")
        return found

    number = {"type": "integer", "minimum": lowest, "maximum": highest}
    ends = {"type": "string", "pattern": f"^{RANGE}$", "title": "number or range"}
    title = f"number or range, {lowest} to {highest}"
    schema = WithJsonSchema({"anyOf": [number, ends], "title": title})
    return Annotated[Range, BeforeValidator(check), schema]


@dataclass(frozen=True)
class OneForAll:
    """Annotates a mapping by audience: a single value may stand for ``{default: …}``."""

    needs_default: bool = False

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Read what is written with its short form written out."""
        return no_info_before_validator_function(self.spelt_out, handler(source))

    @staticmethod
    def spelt_out(value: Any) -> Any:
        """Return a list that stands for all as ``{default: […]}``."""
        return {"default": value} if isinstance(value, list | tuple) else value

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe it as it is written: one value, or values by audience."""
        by_audience = handler(core)
        if self.needs_default:
            by_audience["required"] = ["default"]
        one = by_audience["additionalProperties"]
        return {"anyOf": [one, {**by_audience, "title": "by audience"}]}


class Passage(Record):
    """What stands in a manuscript as an entry."""

    entry_kind: ClassVar[str]
    """The name of that kind of entry, by which checks and templates know it."""


class Sourced(Passage):
    """What rests on references, or on a judgement."""

    evidence: tuple[ReferenceId, ...] = ()
    """Numbers of the references that say so."""
    evidence_for: Mapping[AudienceId, tuple[ReferenceId, ...]] = {}
    """Further references for what is said to one audience alone, by audience."""
    editorial: bool = False
    """``true`` where a clinician must judge, since no source settles it."""

    def evidence_of(self, *lineage: str) -> tuple[str, ...]:
        """Return the references behind what is said to an audience."""
        own = (id for audience in lineage for id in self.evidence_for.get(audience, ()))
        return tuple(dict.fromkeys((*self.evidence, *own)))


class Addressed(Record):
    """What not every audience gets."""

    audiences: Mapping[AudienceId, Words] = Field(default={}, alias="for")
    """Audiences that alone get it, each with the reason; left out, all do."""
    not_for: Mapping[AudienceId, Words] = {}
    """Audiences that never get it, each with the reason."""
