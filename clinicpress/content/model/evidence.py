"""What the content rests on: references, findings, open points, words explained, sign-offs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from clinicpress.content.model.signs import Caution
from clinicpress.content.model.wording import Address, Day, Id, Sourced, Text, Words
from clinicpress.files.records import Record


class Term(Record):
    """A glossary entry: a hard word and its plain meaning."""

    term: Text
    """The hard word."""
    meaning: Text
    """What it means, in plain words."""


class Reference(Record):
    """A source of the content."""

    title: Words
    """Title, publisher and year."""
    address: Address
    """Where it was found."""
    says: Words
    """What it says on the point, in a few words of your own. Never printed."""
    status: Literal["seen", "copy", "part", "memory"]
    """How it was read: ``seen`` at its own address; ``copy``, the official text on another site
    only; ``part``, opened, but not the detail that is used; ``memory``, not opened.
    """


class Checklist(Record):
    """Things for a clinician to ask, check or write down."""

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

    point: Text
    """The question."""
    found: Text
    """What was found."""
    strength: Text
    """How sure that is."""


class Undecided(Sourced):
    """A point on which sources are silent or disagree, for a clinician to decide."""

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
    name: Words
    """Who reviewed it."""
    role: Words
    """As what, such as “physiotherapist”."""
    date: Day
    """The day of the review."""
