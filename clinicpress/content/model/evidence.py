"""What the content rests on: references, findings, open points, words explained, sign-offs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from clinicpress.content.model.marks import Mark
from clinicpress.content.model.signs import Caution
from clinicpress.content.model.wording import (
    Address,
    AudienceId,
    Day,
    Id,
    Passage,
    Printed,
    Some,
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


Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$"), Field(title="digest")]
"""The first 64 bits of a SHA-256."""
Digests = Annotated[
    str, StringConstraints(pattern=r"^[0-9a-f]{16}( [0-9a-f]{16})*$"), Field(title="digests")
]


Whole = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$"), Field(title="SHA-256")]
"""A whole SHA-256."""


class Registration(Record):
    """Where somebody is registered in a profession."""

    body: Words
    """The body that keeps the register, such as “HCPC”."""
    number: Words
    """The number in it."""


class SignOff(Record):
    """A person's sign-off of exactly what readers get. ``generate review sign`` makes it."""

    version: Words
    """The version that was signed."""
    name: Printed
    """Who signed it."""
    role: Printed
    """As what, such as “physiotherapist”: one of the topic's `roles`, where it has such."""
    registration: Registration | None = None
    """Where that person is registered."""
    organisation: Printed
    """For which service."""
    prints: Literal["name", "role"] = "name"
    """Whether prints say the name, or only the role and the organisation."""
    date: Day
    """The day of the sign-off."""
    next_review: Day
    """Until when it holds."""
    audiences: Annotated[tuple[AudienceId, ...], Some]
    """For which readers."""
    languages: Annotated[tuple[Id, ...], Some]
    """In which languages."""
    regions: Annotated[tuple[Id, ...], Some]
    """In which countries."""
    layouts: int
    """The version of the layouts in which it was read."""
    signs: tuple[Words, ...]
    """The required signs at that time."""
    items: Mapping[Words, Digests]
    """What was read of each item, as digests."""
    seal: Digest
    """A digest of all of the above, by which a change by hand is found."""


class Decision(Record):
    """What a reviewer decided about an item as it read. ``generate review import`` writes it."""

    item: Words
    """What it is about: an item's id, or what stands around items, such as “section gate”."""
    wordings: Digests
    """The wordings of it that were read, as digests: it holds for these, and for no others."""
    decision: Literal["accept", "change", "reject"]
    """Whether it may be printed as it is. What is rejected is not printed."""
    reason: Words | None = None
    """Why, or what it should say."""
    by: Words
    """Who decided."""
    role: Words | None = None
    """As what."""
    date: Day
    """On which day."""
    audiences: Annotated[tuple[AudienceId, ...], Some]
    """For which readers."""
    languages: Annotated[tuple[Id, ...], Some]
    """In which languages."""
    regions: Annotated[tuple[Id, ...], Some]
    """In which countries."""
    scan: Whole | None = None
    """The SHA-256 of the scan of the signed form, which lies in the topic's folder `scans`."""


class Mend(Record):
    """A slip of the pen that an editor mended after a sign-off. ``generate review typo`` writes it.

    It is the only change that keeps a sign-off.
    """

    version: Words
    """The version in which it was mended."""
    item: Words
    """What it is in: an item's id, or what stands around items, such as “section about”."""
    wordings: Annotated[Mapping[Digest, Digest], Some]
    """For each wording as it was signed, by its digest, the digest of the mended one."""
    before: Annotated[tuple[Words, ...], Some]
    """The lines that held the slip."""
    after: Annotated[tuple[Words, ...], Some]
    """The same lines, mended."""
    by: Words
    """Who mended it."""
    date: Day
    """On which day."""
    seal: Digest
    """A digest of all of the above, by which a change by hand is found."""
