"""A release: a folder of prints with a list of all, by which any sheet of paper can be known.

The same content, layouts and program make the same bytes, so no date of the making is in it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from clinicpress import __version__
from clinicpress.checks.sources import broken_rules
from clinicpress.content.library import Library
from clinicpress.content.reader import SCANS
from clinicpress.design.design import Design, open_design
from clinicpress.design.strings import Strings
from clinicpress.editions.code import code_in
from clinicpress.errors import ClinicpressError, Problem, UnknownName, WrongChoice, shown
from clinicpress.files.output import held, write_atomic
from clinicpress.files.paths import files_below
from clinicpress.orders.manifest import Made, is_line, parsed, sound_edition
from clinicpress.orders.request import Places
from clinicpress.pages.compose import set_counter

LIST, PAGE, RACK, CHECK = "release.json", "codes.html", "rack.txt", "check.txt"
CHANGES, SOURCES = "changes.txt", "sources"
"""What lies in a release beside its prints: the list, a page to look codes up, what to change on
the rack, what the check found, what is read otherwise than in the release before, and the sources
that it was made of, which the next one is held against."""

READ = frozenset({".yaml", ".svg", ".png"})
"""Endings of the files that sources are read from."""

FORM = 1
MOST = 20_000_000
"""Bytes of a list that are read."""


@dataclass(frozen=True)
class Print:
    """A print of a release: the code on its paper, its file with a digest, and how it stands."""

    code: str
    path: str
    edition: Mapping[str, Any]
    digest: str
    pages: int
    version: str
    review: str
    until: str


@dataclass(frozen=True)
class Gone:
    """A print that is not to be handed out any more: why, and the code of what took its place."""

    code: str
    path: str
    edition: Mapping[str, Any]
    why: str = ""
    now: str = ""


@dataclass(frozen=True)
class Release:
    """The prints of a release, and those of earlier ones that it takes from the rack."""

    prints: tuple[Print, ...]
    gone: tuple[Gone, ...] = ()

    @property
    def codes(self) -> frozenset[str]:
        """The codes of its prints."""
        return frozenset(one.code for one in self.prints)


def require_new(folder: Path) -> None:
    """Raise WrongChoice if something lies in the folder of a release already."""
    if folder.is_dir() and any(folder.iterdir()):
        raise WrongChoice(
            f"{shown(folder)} holds something already, and a release holds nothing else. Name a "
            "folder that is new."
        )


def released(
    made: Iterable[Made], library: Library, before: Release | None, withdrawn: Mapping[str, str]
) -> Release:
    """Return the release of what was made; ``withdrawn`` says of codes why they are no more.

    Raises UnknownName for a code of no earlier print.
    """
    prints = tuple(_print(each, library) for each in made)
    codes = {each.path: each.code for each in prints}
    earlier = _all_of(before)
    known = {each.code for each in earlier}
    for code in withdrawn:
        if code not in known:
            raise UnknownName(
                f"No earlier release has a print with the code {code}. Name it with --since."
            )
    now = set(codes.values())
    gone = (
        replace(one, now=codes.get(one.path, ""), why=withdrawn.get(one.code, one.why))
        for one in earlier
        if one.code not in now or one.code in withdrawn
    )
    return Release(prints, tuple(sorted(gone, key=lambda one: (one.path, one.code))))


def _all_of(before: Release | None) -> list[Gone]:
    """Return all that was ever printed, of a release and of those before it, each once."""
    if before is None:
        return []
    printed = [Gone(one.code, one.path, one.edition) for one in before.prints]
    return list({one.code: one for one in (*before.gone, *printed)}.values())


def _print(made: Made, library: Library) -> Print:
    topic = library.topics[made.edition["topic"]].topic
    return Print(
        code=made.code, path=made.path, edition=made.edition, digest=made.content,
        pages=made.pages, version=topic.version, review=made.state,
        until=topic.review_by.isoformat(),
    )  # fmt: skip


def write_release(
    release: Release, before: Release | None, library: Library, places: Places, today: date,
    changed: Sequence[str] | None,
) -> None:  # fmt: skip
    """Write what lies beside the prints of a release.

    ``changed`` are lines on what is read otherwise than before, if there was one before. Raises
    Problems and EnvironmentFault.
    """
    folder = places.output
    for path in _read_for(release, library, places.sources):
        write_atomic(folder / SOURCES / path, (places.sources / path).read_bytes())
    if changed is not None:
        write_atomic(folder / CHANGES, _lines(changed))
    design = open_design(
        places.layouts, brand="default", format="standard", language="en", paper="A4"
    )
    said = {"form": FORM, "program": __version__, **asdict(release)}
    listed = json.dumps(said, indent=1, sort_keys=True, ensure_ascii=False)
    write_atomic(folder / LIST, f"{listed}\n".encode())
    write_atomic(folder / PAGE, _page(release, design).encode())
    write_atomic(folder / RACK, _lines(rack(release, before, design.strings())))
    write_atomic(folder / CHECK, _lines(_checked(release, library, places, today)))


def _read_for(release: Release, library: Library, sources: Path) -> Iterator[Path]:
    """Yield the files that the prints of a release were made of, below ``sources``.

    Other topics are none of its, nor is what nothing reads: it may be anything. What somebody
    signed by hand stays with the sources.
    """
    own = {one.edition["topic"] for one in release.prints}
    others = {*library.topics, *library.broken} - own
    for entry in files_below(sources):
        path = Path(entry.path).relative_to(sources)
        is_scan = SCANS in path.parts[:-1]
        if path.suffix in READ and path.parts[0] not in others and not is_scan:
            yield path


def _lines(lines: Iterable[object]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def _page(release: Release, design: Design) -> str:
    """Return the page on which a code is looked up, which asks nothing of a network."""
    prints = [{"code": one.code, "what": _name(one.path), "until": one.until, "why": "", "now": ""}
              for one in release.prints]  # fmt: skip
    gone = [{"code": one.code, "what": _name(one.path), "until": "", "why": one.why, "now": one.now}
            for one in release.gone]  # fmt: skip
    by_code = {one["code"]: one for one in (*prints, *gone)}
    rows = [by_code[code] for code in sorted(by_code)]
    return set_counter("codes.html", {"rows": rows}, design, "en")


def rack(release: Release, before: Release | None, words: Strings) -> Sequence[str]:
    """Return what to take from the rack and what to put there, in the words of the layouts.

    What was in the release ``before`` already stays where it is.
    """
    there = before.codes if before else frozenset()
    out = [words("rack.out", code=one.code, what=_name(one.path)) for one in release.gone]
    fresh = [words("rack.in", code=one.code, what=_name(one.path)) for one in release.prints
             if one.code not in there]  # fmt: skip
    return [words("rack.title"), "", *out, *fresh]


def _checked(release: Release, library: Library, places: Places, today: date) -> Sequence[Problem]:
    brands = sorted({one.edition["brand"] for one in release.prints})
    topics = sorted({one.edition["topic"] for one in release.prints})
    found = broken_rules(library, topics, today, places.sources, places.layouts, brands)
    return sorted(set(found))


def _name(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".pdf")


def sources_in(folder: Path) -> Path:
    """Return the folder of sources that ``folder`` holds, if it is a release, or is itself.

    Raises WrongChoice for a release that holds none.
    """
    if not (folder / LIST).is_file():
        return folder
    if not (folder / SOURCES).is_dir():
        raise WrongChoice(
            f"{shown(folder)} holds no sources, as an earlier program made it. Name the folder of "
            "the sources that it was made of."
        )
    return folder / SOURCES


def read_release(place: Path) -> Release:
    """Return the release in a folder, or of its list. Raises ClinicpressError if it is none."""
    path = place / LIST if place.is_dir() else place
    content = held(path, MOST)
    found = parsed(content, _sound) if content is not None else None
    if found is None:
        raise ClinicpressError(
            f"{shown(path)} is no list of a release. Name the folder of one that “generate "
            "release” made."
        )
    return found


def _sound(said: Any) -> Release:
    """Return a release of plain values. Raises ValueError, KeyError or TypeError for another."""
    prints = tuple(Print(**one) for one in said["prints"])
    gone = tuple(Gone(**one) for one in said["gone"])
    every: tuple[Print | Gone, ...] = (*prints, *gone)
    for one in every:
        sound_edition({**one.edition})
        words = (value for name, value in asdict(one).items() if name not in ("edition", "pages"))
        if said["form"] != FORM or code_in(one.code) != one.code:
            raise ValueError("unsound")
        if not all(map(is_line, words)):
            raise TypeError("unsound")
    return Release(prints, gone)
