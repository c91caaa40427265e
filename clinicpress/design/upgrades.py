"""What a brand that was made for earlier layouts has under a name that is another one now.

The layouts say in ``upgrades.yaml`` which version they are, and what each version renamed; a brand
says in ``layouts`` for which it was made, so that a name which means something else now is told.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from clinicpress.design.brand import stated
from clinicpress.design.strings import entries
from clinicpress.errors import Place, Problem, Problems, shown
from clinicpress.files.documents import parse
from clinicpress.files.records import Record, read_record

Version = Annotated[int, Field(ge=1, le=1000)]

FILES = {
    "slot": "templates/slots/{}.html", "template": "templates/{}", "style": "styles/{}",
    "icon": "icons/{}.svg",
}  # fmt: skip
"""Where what is a file by itself stands in a brand's folder."""


class Change(Record):
    """What one version of the layouts renamed, or took out."""

    since: Version
    """The version that did it."""
    kind: Literal["slot", "template", "style", "icon", "string", "token"]
    """What it is."""
    name: str
    """What it was called: a slot `cover`, a template `parts/cover.html`, a token `radius`."""
    now: str | None = None
    """What it is called now; left out, it is gone."""
    mend: str = "Take it out."
    """What to do where it is gone."""


class Upgrades(Record):
    """``upgrades.yaml``: the version of the layouts, and what changed its name since the first."""

    version: Version
    """The version of these layouts."""
    changes: tuple[Change, ...] = ()
    """What was renamed or taken out, the oldest first."""


def read_upgrades(layouts: Path) -> Upgrades:
    """Return what changed in ``layouts``; of a copy that has no such file, that they are the first.

    Raises Problems if the file is wrong.
    """
    path = layouts / "upgrades.yaml"
    if not path.is_file():
        return Upgrades(version=1)
    problems: list[Problem] = []
    found: Upgrades | None = read_record(path, Upgrades, problems)
    if problems or found is None:
        raise Problems(problems)
    return found


def out_of_date(layouts: Path, brand: str) -> Iterator[Problem]:
    """Yield a Problem for each thing of a brand, or of one that it is like, that has another name.

    Each was made for the version of the layouts that its own file states. Raises Problems if a
    file is wrong.
    """
    upgrades = read_upgrades(layouts)
    for path, own in stated(layouts, brand):
        yield from _outdated(path.parent, own.layouts or 1, upgrades)


def _outdated(folder: Path, before: int, upgrades: Upgrades) -> Iterator[Problem]:
    place = parse(folder / "brand.yaml").place(("layouts",))
    if before > upgrades.version:
        wrong = f"the brand was made for layouts {before}, and these are {upgrades.version}"
        yield Problem(place, "BRAND-OUTDATED", wrong, "Install the newer program, or its layouts.")
    since = [change for change in upgrades.changes if change.since > before]
    for number, change in enumerate(since):
        now, mend = _today(change, since[number + 1 :])
        named = f"the {change.kind} “{change.name}”"
        wrong = f"{named} is called “{now}”" if now else f"{named} is gone"
        hint = f"Call it “{now}” here, and write “layouts: {upgrades.version}” in brand.yaml."
        for where in _places(folder, change):
            yield Problem(
                where, "BRAND-OUTDATED", f"{wrong} since layouts {change.since}",
                hint if now else mend,
            )  # fmt: skip


def _today(change: Change, later: Iterable[Change]) -> tuple[str | None, str]:
    """Return what a thing is called after all ``later`` changes, and the mend if it is gone."""
    for next_one in later:
        if (next_one.kind, next_one.name) == (change.kind, change.now):
            change = next_one
    return change.now, change.mend


def _places(folder: Path, change: Change) -> Iterator[Place]:
    """Yield where a brand has something under its old name."""
    if change.kind in FILES:
        name = FILES[change.kind].format(change.name)
        if (folder / name).is_file():
            yield Place(shown(folder / name))
        if change.kind in ("slot", "template"):
            named = re.escape(name.removeprefix("templates/"))
            yield from _written(folder, rf"[\"']{named}[\"']")
    elif change.kind == "token":
        yield from _written(folder, rf"(?<![\w-])--{re.escape(change.name)}(?![\w-])")
    else:
        for path in sorted(folder.glob("strings/*.po")):
            lines = (line for key, _, line in entries(path) if key == change.name)
            yield from (Place(shown(path), line) for line in dict.fromkeys(lines))
        yield from _written(folder, rf"\bt\(\s*[\"']{re.escape(change.name)}[\"']")


def _written(folder: Path, words: str) -> Iterator[Place]:
    """Yield each line of a brand's templates and styles in which a name is written."""
    paths = (
        path for part in ("templates", "styles") for path in sorted(folder.glob(f"{part}/**/*"))
    )
    for path in (path for path in paths if path.is_file()):
        lines = path.read_text("utf-8", "replace").splitlines()
        for number, line in enumerate(lines, start=1):
            if re.search(words, line):
                yield Place(shown(path), number)
