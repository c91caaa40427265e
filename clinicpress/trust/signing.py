"""Signs: a person's word that what readers get is right, bound to exactly what they get.

The program never signs by itself: who signs says who they are, and what they read.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from clinicpress.content.library import Library, TopicLibrary
from clinicpress.content.model import Registration, SignOff
from clinicpress.content.reader import FILES
from clinicpress.content.signoff import seal_of, together
from clinicpress.design.upgrades import read_upgrades
from clinicpress.editions.state import needed
from clinicpress.errors import Problems, WrongChoice
from clinicpress.files.documents import parse
from clinicpress.files.output import write_atomic
from clinicpress.files.records import Record
from clinicpress.trust.reading import Report, problems_of, read_editions
from clinicpress.trust.scope import Scope, editions_of
from clinicpress.trust.stopping import refuse_undone
from clinicpress.trust.typed import empty, unfit

NOBODY = re.compile(r"^\[\s*\][ \t]*(#.*)?$", re.MULTILINE)
"""A list that nobody signed yet, with what is remarked beside it."""

UNSEALED = "0" * 16


@dataclass(frozen=True)
class Signer:
    """Who signs, as what, for whom, on which day and until when.

    ``registration`` is a body and a number, or None; ``prints`` says whether prints name them.
    """

    name: str
    role: str
    organisation: str
    on: date
    until: date
    registration: tuple[str, str] | None = None
    names: bool = True


def sign(
    signer: Signer, scope: Scope, library: Library, layouts: Path, *, jobs: int, report: Report
) -> SignOff:
    """Return the sign-off of all that ``scope`` holds, as it reads now.

    Raises WrongChoice if this person cannot sign it, UnknownName for a name that is none, and
    Problems if something of it could not be printed.
    """
    topic = library.topics[scope.topic]
    _require_sense(signer, topic)
    _require_role(signer.role, topic, scope)
    editions = editions_of(scope, library, layouts)
    read = read_editions(editions, library, layouts, jobs=jobs, report=report)
    if problems := problems_of(read):
        raise Problems(problems)
    refuse_undone(topic, read)
    body = signer.registration
    record = SignOff(
        version=topic.topic.version,
        name=signer.name,
        role=signer.role,
        registration=Registration(body=body[0], number=body[1]) if body else None,
        organisation=signer.organisation,
        prints="name" if signer.names else "role",
        date=signer.on,
        next_review=signer.until,
        audiences=scope.audiences,
        languages=scope.languages,
        regions=scope.regions,
        layouts=read_upgrades(layouts).version,
        signs=(*topic.topic.required_signs.emergency, *topic.topic.required_signs.same_day),
        items=together(one.pieces for one in read),
        seal=UNSEALED,
    )
    return record.model_copy(update={"seal": seal_of(record)})


def _require_sense(signer: Signer, topic: TopicLibrary) -> None:
    """Raise WrongChoice for words and days that no sign-off can have."""
    words = (("--name", signer.name), ("--role", signer.role),
             ("--organisation", signer.organisation),
             *(("--registration", each) for each in signer.registration or ()))  # fmt: skip
    if told := [*empty(words), *unfit(words)]:
        raise WrongChoice("\n".join(told))
    dated = topic.topic.date
    if signer.on < dated:
        raise WrongChoice(
            f"Version {topic.topic.version} is of {dated}, so nobody signed it on {signer.on}. "
            "Give the day on which it was read."
        )
    if signer.until <= signer.on:
        raise WrongChoice(
            f"A sign-off of {signer.on} cannot end on {signer.until}. Give a later day."
        )
    if signer.until < topic.topic.review_by:
        raise WrongChoice(
            f"The sign-off ends on {signer.until}, and topic.yaml lets prints be used until "
            f"{topic.topic.review_by}. Write that day there as “review_by”, or sign for longer."
        )


def _require_role(role: str, topic: TopicLibrary, scope: Scope) -> None:
    """Raise WrongChoice for a role whose sign-off is not asked for."""
    asked = [roles for audience in scope.audiences for roles in needed(topic.topic, audience)]
    known = dict.fromkeys(each for roles in asked for each in roles)
    if known and role not in known:
        raise WrongChoice(
            f"A sign-off by a “{role}” is not asked for. topic.yaml asks for: {', '.join(known)}."
        )


def keep(record: SignOff, topic: str, sources: Path) -> Path:
    """Add a sign-off to a topic's ``reviews.yaml``, below what is there, and return the file.

    Raises EnvironmentFault if it cannot be written.
    """
    return appended(sources / topic / FILES["reviews"][0], [record])


def appended(path: Path, records: Sequence[Record], head: str = "") -> Path:
    """Add records to a file of them, below what is there, and return it; it is begun with ``head``.

    Raises EnvironmentFault if it cannot be written.
    """
    before = (path.read_text("utf-8") if path.is_file() else head).rstrip()
    if path.is_file() and not parse(path).data:
        before = NOBODY.sub(r"\1", before).rstrip()
    plain = [_plain(one) for one in records]
    said = yaml.safe_dump(plain, sort_keys=False, allow_unicode=True, width=100)
    write_atomic(path, f"{before}\n{said}".lstrip().encode())
    return path


def _plain(record: Record) -> Mapping[str, Any]:
    said: dict[str, Any] = record.model_dump(mode="json", exclude_none=True)
    return said
