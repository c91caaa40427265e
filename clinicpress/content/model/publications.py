"""What a topic is and what of it is printed: booklet, handouts and their sections."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import Field, field_validator, model_validator

from clinicpress.content.model.items import Dose
from clinicpress.content.model.marks import Mark
from clinicpress.content.model.signs import Tier
from clinicpress.content.model.wording import (
    Addressed,
    AudienceId,
    Day,
    FigureName,
    Id,
    OneForAll,
    Some,
    Text,
    Texts,
    Version,
    Words,
)
from clinicpress.errors import Unfit
from clinicpress.files.records import Record


class RequiredSigns(Record):
    """Ids of the signs that no edition may lose."""

    emergency: tuple[Id, ...] = ()
    """Names of the emergency signs."""
    same_day: tuple[Id, ...] = ()
    """Names of the same-day signs."""


class Signing(Record):
    """A sign-off that prints need: by somebody of one of these roles."""

    one_of: Annotated[tuple[Words, ...], Field(min_length=1)]
    """The roles, such as `[physiotherapist, doctor]`."""
    audiences: tuple[AudienceId, ...] = ()
    """The readers whose prints need it; left out, all."""


TopicKind = Literal["movement", "procedure", "information"]

Dosed = Literal["exercises", "techniques"]
"""The kinds of items that may have a dose."""


class Topic(Record):
    """``topic.yaml``: what the topic is, its version, and until when it may be printed."""

    id: Id
    """The topic's name: that of its folder."""
    kind: TopicKind = "movement"
    """``movement`` has exercises or techniques, with doses and when to stop; ``procedure`` has
    things that are done step by step; ``information`` has texts, answers and advice.
    """
    title: Text
    """What the topic is called."""
    main_message: Text
    """The one thing to remember."""
    call_to_action: Text
    """What to do, how, and how often."""
    version: Version
    """The version of the content, such as `1.2`; set a new one with every change."""
    date: Day
    """The day of this version."""
    review_by: Day
    """Past this day nothing of the topic is printed."""
    cover: FigureName | None = None
    """Name of the drawing on the cover of a booklet, or names by audience."""
    publications: tuple[Annotated[Id, Mark.PUBLICATION], ...] = ()
    """Names of the publications that come first in every list, in order; others follow by name."""
    required_signs: RequiredSigns = RequiredSigns()
    """The signs that no print may lose."""
    no_signs_because: Mapping[Literal["emergency", "same-day"], Text] = {}
    """Why the topic has no signs of a tier, by tier. Each print says so."""
    diary: Annotated[Texts, Field(max_length=4)] = {}
    """What is written down each day in a diary, a column each; left out, the pain from 0 to 10,
    where exercises or techniques are done.
    """
    about: Texts
    """Lines about what this is, where it comes from and what is not known."""
    roles: tuple[Signing, ...] = ()
    """Whose sign-offs make a print a reviewed one; left out, one of anybody."""
    usual_doses: Mapping[Dosed, Dose] = {}
    """The doses that are usual here, by kind of item; the check tells one that lies outside."""
    never_print: tuple[Annotated[Words, Mark.VERBATIM], ...] = ()
    """Phrases that no print may hold. Only a myth's title may."""
    known_words: tuple[Words, ...] = ()
    """Long words that every reader of this topic knows, so that no check reports them."""


Part = Literal[
    "cover", "message", "gate", "warning-signs", "cautions", "contents", "self-care", "exercises",
    "techniques", "causes", "questions", "myths", "glossary", "references", "diary",
    "my-exercises", "never-press", "scale", "about", "back-cover", "screening", "evidence",
    "undecided", "record", "procedures", "texts",
]  # fmt: skip

ItemPart = Literal[
    "self-care", "exercises", "techniques", "causes", "questions", "myths", "procedures", "texts"
]
"""The parts that print items; each is the name of the folder that its items are in."""

TAKES_ITEMS: tuple[ItemPart, ...] = get_args(ItemPart)

Choice = Annotated[tuple[Id, ...], Mark.ITEMS]
Choices = Annotated[Mapping[AudienceId, Choice], OneForAll()]
"""Ids in order: a list, or ``{default: […], older-adult: […]}``."""


def _chosen(choices: Mapping[str, Choice], lineage: tuple[str, ...]) -> Choice | None:
    return next((choices[id] for id in (*lineage, "default") if id in choices), None)


Setting = Literal["rack", "given"]
"""How a sheet reaches its reader: picked up unassessed, or handed over after an assessment."""


class Section(Addressed):
    """One section of a publication: which part it is, and what it takes, in order."""

    part: Part
    """Which part it is."""
    title: Text | None = None
    """A heading of its own."""
    intro: Text | None = None
    """A line below the heading."""
    figure: FigureName | None = None
    """Name of the drawing beside that line, where each line has one; left out, the topic's own that
    is called after the part, such as ``exercises-intro``.
    """
    items: Choices = {}
    """Names of the items, in order; left out, a part takes all of its kind."""
    tiers: tuple[Annotated[Tier, Mark.TIER], ...] = ()
    """Which tiers of the warning signs."""
    wording: Literal["full", "short", "lines"] = "full"
    """Signs one by one, in full or in short, or in lines that join them."""
    detail: Literal["full", "short", "least"] = "full"
    """Items in full; without what a handout does not need; or, where there is least room, without
    slips and easier ways, too.
    """
    joins: bool = False
    """Whether it goes on under the section before it; in a booklet others begin a page, and on a
    leaflet or a pad a panel.
    """
    fills: bool = False
    """Whether it stands only where there is room."""
    setting: Setting | None = None
    """The one setting that has it: ``rack``, picked up by anybody, or ``given``, handed over after
    a check.
    """

    def chosen_for(self, *lineage: str) -> Choice | None:
        """Return the ids listed for an audience, or None where every item is meant."""
        return _chosen(self.items, lineage)


class Selection(Record):
    """Exercises, techniques or both that a clinician picks by one name, such as “starter”."""

    title: Text
    """What it is called."""
    exercises: Choices = {}
    """Names of exercises, in order."""
    techniques: Choices = {}
    """Names of techniques, in order."""

    @model_validator(mode="after")
    def _names_something(self) -> Self:
        if not any((*self.exercises.values(), *self.techniques.values())):
            raise Unfit("names no exercise and no technique", "List at least one.")
        return self

    def chosen_for(self, part: Literal["exercises", "techniques"], *lineage: str) -> Choice:
        """Return the ids of one kind for an audience."""
        return _chosen(getattr(self, part), lineage) or ()


Sections = Annotated[tuple[Section, ...], Some]

Kind = Literal["booklet", "handout", "leaflet", "card", "poster", "diary", "pad"]

Extract = Literal["leaflet", "card", "poster", "diary", "pad"]
EXTRACTS: tuple[Extract, ...] = get_args(Extract)
"""The kinds that are declared extracts: they hold the emergency tier alone, and say where the rest
of the signs is.
"""


class Publication(Record):
    """Something that is printed, for the audiences it exists for."""

    id: Id
    """The publication's name: that of its file. It stays."""
    kind: Kind
    """A booklet has chapters and a cover; a handout keeps to a few pages. A leaflet is folded from
    a sheet in three, a card once, and a pad is cut from sheets; a poster hangs on a wall, and a
    diary is to write in. Each of these five holds the emergency signs alone, and says where the
    others are.
    """
    title: Text
    """The title that is printed."""
    subtitle: Text | None = None
    """A line below the title of a booklet."""
    main_message: Text | None = None
    """The one thing to remember, in place of the topic's."""
    chosen_message: Text | None = None
    """The main message where a clinician picked the items; without it, none can be picked."""
    call_to_action: Text | None = None
    """What to do, in place of the topic's."""
    audiences: tuple[AudienceId, ...] = Field(min_length=1)
    """The audiences that it is made for."""
    refused: Mapping[AudienceId, Words] = {}
    """Audiences that it is not made for: why not, and what to use instead."""
    because: Mapping[AudienceId, Words] = {}
    """Why an audience has a list of sections of its own."""
    selections: Mapping[Id, Selection] = {}
    """Exercises and techniques that a clinician can pick by one name."""
    plans: Annotated[Mapping[AudienceId, Sections], OneForAll(needs_default=True)] = Field(
        min_length=1, alias="sections"
    )
    """Its sections, in order."""

    @field_validator("plans")
    @classmethod
    def _has_default(cls, plans: Mapping[str, Any]) -> Mapping[str, Any]:
        if "default" not in plans:
            raise Unfit("lacks the key “default”", "Add the sections that most audiences get.")
        return plans

    def sections_for(self, *lineage: str) -> tuple[Section, ...]:
        """Return the sections planned for an audience, in order."""
        return next(self.plans[id] for id in (*lineage, "default") if id in self.plans)

    @property
    def settings(self) -> tuple[Setting, ...]:
        """How it reaches its readers: an extract is always picked up."""
        return ("rack",) if self.kind in EXTRACTS else get_args(Setting)

    def serves(self, *lineage: str) -> bool:
        """Return whether it exists for an audience, or for one that it is like."""
        named = next((id for id in lineage if id in self.audiences or id in self.refused), None)
        return named in self.audiences
