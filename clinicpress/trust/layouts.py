"""The sign-off of layouts: where signs stand and how large they are is safety, too.

Somebody looks at specimens of the products (``generate brand preview``), and signs the files that
they are made of. Words are signed with the content, and colours are a brand's.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from clinicpress.content.model.evidence import Digest
from clinicpress.content.model.wording import Day, Words
from clinicpress.content.signoff import digest
from clinicpress.design.design import SIGNED
from clinicpress.design.upgrades import read_upgrades
from clinicpress.errors import Problem, Problems, WrongChoice, named
from clinicpress.files.digests import of_words
from clinicpress.files.paths import bundled, files_below
from clinicpress.files.records import Record, read_record
from clinicpress.trust.signing import appended
from clinicpress.trust.typed import empty, unfit

FOLDERS, FILES = ("templates", "styles", "icons"), ("formats.yaml", "fonts.yaml", "figures.yaml")
"""What decides where things stand, and how they look."""


class LayoutSignOff(Record):
    """A person's word that specimens of the layouts are right. The program makes it."""

    version: int
    """The version of the layouts."""
    name: Words
    """Who signed."""
    role: Words
    """As what."""
    organisation: Words
    """For which service."""
    date: Day
    """On which day."""
    files: Mapping[Words, Digest]
    """What each file of them held, as a digest."""
    seal: Digest
    """A digest of all of the above, by which a change by hand is found."""


@dataclass(frozen=True)
class Standing:
    """How the review of layouts stands: the last sign-off, and which files are others since."""

    last: LayoutSignOff | None = None
    changed: tuple[str, ...] = ()
    broken: bool = False

    @property
    def is_signed(self) -> bool:
        """Whether the layouts are as somebody signed them."""
        return self.last is not None and not (self.changed or self.broken)

    def __str__(self) -> str:
        if self.last is None:
            return "Nobody signed the layouts: where signs stand is not looked at by anybody."
        by = f"{self.last.name}, {self.last.role}, on {self.last.date}"
        if self.broken:
            return f"The sign-off of the layouts by {by} was changed by hand. Sign them anew."
        if self.changed:
            return f"The layouts were changed since {by} signed them: {named(self.changed)}."
        return f"The layouts are as {by} signed them."


def standing_of(layouts: Path) -> Standing:
    """Return how the review of ``layouts`` stands. Raises Problems if the record is wrong."""
    signed = _read(layouts / SIGNED)
    if not signed:
        return Standing()
    last, now = signed[-1], _files(layouts)
    names = sorted({*last.files, *now})
    changed = tuple(name for name in names if last.files.get(name) != now.get(name))
    return Standing(last, changed, broken=last.seal != _seal(last))


def sign_layouts(layouts: Path, name: str, role: str, organisation: str, on: date) -> Path:
    """Sign layouts as they are now, and return the file that says so.

    Raises WrongChoice for words that no sign-off can have and for the program's own layouts,
    Problems if the record that is there is wrong, and EnvironmentFault.
    """
    words = (("--name", name), ("--role", role), ("--organisation", organisation))
    WrongChoice.refuse([*empty(words), *unfit(words)])
    if layouts == bundled("layouts") and not (layouts.parent / "pyproject.toml").is_file():
        raise WrongChoice(
            "The program's own layouts are not changed. Make a copy with “generate init DIR”, and "
            "sign that."
        )
    record = LayoutSignOff(
        version=read_upgrades(layouts).version, name=name, role=role, organisation=organisation,
        date=on, files=_files(layouts), seal="0" * 16,
    )  # fmt: skip
    sealed = record.model_copy(update={"seal": _seal(record)})
    _read(layouts / SIGNED)  # what is wrong there is told, and nothing is added to it
    return appended(layouts / SIGNED, [sealed], HEAD)


HEAD = "# Who signed these layouts. “generate review layouts” adds to it; nobody writes into it.\n"


def _read(path: Path) -> tuple[LayoutSignOff, ...]:
    problems: list[Problem] = []
    if not path.is_file():
        return ()
    found: tuple[LayoutSignOff, ...] | None = read_record(path, KIND, problems)
    if problems:
        raise Problems(problems)
    return found or ()


KIND = tuple[LayoutSignOff, ...]


def _files(layouts: Path) -> Mapping[str, str]:
    """Return a digest of each file that decides how prints look, by its name below ``layouts``."""
    paths = [layouts / name for name in FILES]
    paths += [Path(entry.path) for folder in FOLDERS for entry in files_below(layouts / folder)]
    return {path.relative_to(layouts).as_posix(): digest(path.read_bytes().decode("latin-1"))
            for path in sorted(paths) if path.is_file()}  # fmt: skip


def _seal(record: LayoutSignOff) -> str:
    said = record.model_dump(mode="json", exclude={"seal"})
    return of_words(json.dumps(said, sort_keys=True, ensure_ascii=False))[:16]
