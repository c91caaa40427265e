"""Copies the folder of a topic that somebody sent below the sources: what is data, if it is sound.

Nothing in it is run. A sign-off binds to words, not to a person: whoever may write into a folder
may write one in another's name. So those of a folder that was sent, and what reviewers
decided, are left out unless they are asked for.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePath, PurePosixPath

from clinicpress.authoring.newtopic import room_for
from clinicpress.content.library import TopicLibrary
from clinicpress.content.reader import FILES, SCANS, read_library
from clinicpress.errors import ClinicpressError, Problem, Problems, UnknownName, shown
from clinicpress.files.documents import parse
from clinicpress.files.output import held, write_atomic
from clinicpress.files.paths import files_below, strange_below

KINDS = frozenset({".yaml", ".md", ".txt", ".svg", ".png"})
"""What a topic is made of. What has no ending is text, such as a licence."""

MOST_BYTES = 20_000_000
"""Bytes of each file; how many there may be, is a limit of all folders of sources."""

REVIEWS, DECISIONS, MENDS = (FILES[name][0] for name in ("reviews", "decisions", "mends"))
UNSIGNED = b"[]\n"

LICENCES = ("licence", "license", "copying")
"""How the name of a file begins that says what may be done with the others."""


@dataclass(frozen=True)
class Imported:
    """A topic that was copied: its folder, what is known of it, and what was left behind.

    ``licence`` is the first line of its licence, empty if it states none; ``signed`` the number of
    sign-offs that came with it; ``left`` are files that are no part of a topic.
    """

    folder: Path
    topic: TopicLibrary
    files: int
    licence: str
    signed: int
    left: tuple[str, ...]


def import_topic(folder: Path, sources: Path, *, signed: bool = False) -> Imported:
    """Copy a topic below ``sources``, all of it or nothing; with its sign-offs if ``signed``.

    Raises UnknownName for a folder that is no topic, FolderInUse if there is one of its name, and
    Problems with all that keeps it from being read, at its places in ``folder``.
    """
    if strange := list(strange_below(folder, lambda path: _is_data(path.relative_to(folder)))):
        raise Problems(strange)
    home = room_for(sources, _name_of(folder))
    taken, left = _parted(folder)
    try:
        for name in taken:
            write_atomic(home / name, _content(folder, name, signed))
        library = read_library(sources)
        if broken := library.broken.get(home.name):
            raise Problems([*_as_sent(broken.problems, home, folder)])
    except BaseException:
        shutil.rmtree(home, ignore_errors=True)
        raise
    count = len(read_reviews(folder))
    topic = library.topics[home.name]
    return Imported(home, topic, len(taken), _licence(folder, taken), count, left)


def _name_of(folder: Path) -> str:
    """Return the id of the topic in a folder, which may be called otherwise."""
    path = folder / "topic.yaml"
    if not path.is_file():
        raise UnknownName(f"{shown(folder)} holds no topic.yaml, so it is no folder of a topic.")
    said = parse(path).data
    return str(said.get("id", "")) if isinstance(said, dict) else ""


def read_reviews(folder: Path) -> list[object]:
    """Return the sign-offs in a folder, whatever they are worth."""
    path = folder / REVIEWS
    said = parse(path).data if path.is_file() else []
    return said if isinstance(said, list) else []


def _parted(folder: Path) -> tuple[list[str], tuple[str, ...]]:
    """Return which files below a folder are of a topic, and which are none."""
    names = sorted(Path(entry.path).relative_to(folder).as_posix() for entry in files_below(folder))
    taken = [name for name in names if _is_data(PurePosixPath(name))]
    return taken, tuple(name for name in names if name not in taken)


def _is_data(path: PurePath) -> bool:
    """Return whether a file is a topic's; what somebody signed by hand stays where it was."""
    if path.parts[0] == SCANS:
        return False
    return path.suffix.lower() in KINDS or (len(path.parts) == 1 and _is_licence(path.name))


def _is_licence(name: str) -> bool:
    return name.lower().startswith(LICENCES)


def _content(folder: Path, name: str, signed: bool) -> bytes:
    if name in (REVIEWS, DECISIONS, MENDS) and not signed:
        return UNSIGNED
    content = held(folder / name, MOST_BYTES)
    if content is None:
        raise ClinicpressError(
            f"{shown(folder / name)} cannot be read, or is larger than {MOST_BYTES // 10**6} MB."
        )
    return content


def _as_sent(problems: tuple[Problem, ...], home: Path, folder: Path) -> Iterator[Problem]:
    """Yield problems at the places that they have in the folder that was sent."""
    for one in problems:
        file = one.place.file.replace(shown(home), shown(folder), 1)
        yield replace(one, place=replace(one.place, file=file))


def _licence(folder: Path, names: list[str]) -> str:
    for name in filter(_is_licence, names):
        content = held(folder / name, MOST_BYTES) or b""
        lines = content.decode("utf-8", "replace").splitlines()
        return next((line.strip() for line in lines if line.strip()), "")
    return ""
