"""What the content rests on: references, findings, open points, words explained, sign-offs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from clinicpress.content.model.marks import Mark
from clinicpress.content.model.signs import Caution
from clinicpress.content.model.wording import (
    Address,
    Day,
    Id,
    Passage,
    Printed,
    Sourced,
    Text,
    Words,
)
from clinicpress.files.records import Record


class Term(Passage):
    """A glossary entry: a hard word and its plain meaning."""

    entry_kind = "term"

    term: Text
    """The hard word."""
    meaning: Text
    """What it means, in plain words."""


class Reference(Passage):
    """A source of the content."""

    entry_kind = "reference"

    title: Printed
    """Title, publisher and year."""
    address: Annotated[Address, Mark.PRINTED, Mark.VERBATIM]
    """Where it was found."""
    says: Words
    """What it says on the point, in a few words of your own. Never printed."""
    status: Literal["seen", "copy", "part", "memory"]
    """How it was read: ``seen`` at its own address; ``copy``, the official text on another site
    only; ``part``, opened, but not the detail that is used; ``memory``, not opened.
    """
    main: bool = False
    """Whether it is named also where a paragraph stands in place of the list."""


class Checklist(Passage):
    """Things for a clinician to ask, check or write down."""

    entry_kind = "checklist"

    title: Text
    """The heading that is printed."""
    intro: Text | None = None
    """A line before the list."""
    entries: Mapping[Id, Caution] = Field(min_length=1, max_length=12)
    """What to ask, check or write down, by name."""
    to_fill: bool = False
    """Whether each is a field to write in."""


class Finding(Sourced):
    """One result of research: the question, what was found, and how sure that is."""

    entry_kind = "finding"

    point: Text
    """The question."""
    found: Text
    """What was found."""
    strength: Text
    """How sure that is."""


class Undecided(Sourced):
    """A point on which sources are silent or disagree, for a clinician to decide."""

    entry_kind = "undecided"

    point: Text
    """The point."""
    text: Text
    """What the sources say, and what is printed meanwhile."""


class Clinical(Record):
    """``clinical.yaml``: what only clinicians read: screening, evidence, open points."""

    screening: Mapping[Id, Checklist] = {}
    """Lists to go through before the sheet is handed over."""
    findings: Mapping[Id, Finding] = {}
    """What research found."""
    undecided: Mapping[Id, Undecided] = {}
    """What is left to decide."""


class Review(Record):
    """A clinician's sign-off of one version. Only a person who did it may add one."""

    version: Words
    """The version that was reviewed."""
    name: Printed
    """Who reviewed it."""
    role: Printed
    """As what, such as “physiotherapist”."""
    date: Day
    """The day of the review."""
