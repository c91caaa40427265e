"""Writes the folder of a new topic: all that its kind has, each text to be written marked TODO.

The files are those of ``skeletons/all`` and of the folder of the kind, with its name put in.
"""

import shutil
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from clinicpress.authoring.starter import FolderInUse
from clinicpress.content.library import Library
from clinicpress.content.model import TopicKind
from clinicpress.content.reader import SHARED_FOLDERS, read_library
from clinicpress.errors import Problems, UnknownName, shown
from clinicpress.files.names import unholdable
from clinicpress.files.output import write_atomic
from clinicpress.files.paths import PACKAGE, bundled

SKELETONS = PACKAGE / "authoring" / "skeletons"
COMMON = "all"

PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
LONGEST = 40
"""Letters of a name: those of its items begin with it."""

A_YEAR = timedelta(days=365)


def write_topic(sources: Path, id: str, kind: TopicKind, today: date) -> list[Path]:
    """Write the folder of the topic ``id``, and return its files: all of it, or nothing.

    Raises FolderInUse if there is such a folder, UnknownName for a name that none may have, and
    Problems if what all topics share cannot be read.
    """
    folder = room_for(sources, id)
    told = _told(id, read_library(sources), today)
    try:
        made = [*_written(folder, kind, told)]
        if left := read_library(sources).broken.get(id):
            raise Problems(left.problems)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return made


def room_for(sources: Path, id: str) -> Path:
    """Return where the folder of a new topic ``id`` is to be.

    Raises FolderInUse if there is one, UnknownName for a name that none may have, or where the
    sources are the program's own.
    """
    if sources == bundled("sources") and not (sources.parent / "pyproject.toml").is_file():
        raise UnknownName(
            "The program's own sources are not changed. Make a copy with “generate init DIR”, and "
            "type this there."
        )
    if not _is_name(id):
        hint = f"Use small letters, digits and single hyphens, at most {LONGEST}, such as sore-toe."
        raise UnknownName(f"“{id}” cannot be the name of a topic. {hint}")
    folder = sources / id
    if folder.exists():
        raise FolderInUse(f"{shown(folder)} exists already. Choose another name, or edit it there.")
    return folder


def _is_name(id: str) -> bool:
    whole = set(id) <= PLAIN and all(id.split("-")) and len(id) <= LONGEST
    return whole and id not in ("all", *SHARED_FOLDERS) and unholdable(id) is None


def _told(id: str, library: Library, today: date) -> Mapping[str, str]:
    """Return what stands for each mark of the skeletons."""
    return {
        "@NAME@": id,
        "@AUDIENCE@": next(iter(library.audiences)),
        "@DATE@": today.isoformat(),
        "@REVIEW@": (today + A_YEAR).isoformat(),
    }


def _written(folder: Path, kind: TopicKind, told: Mapping[str, str]) -> Iterator[Path]:
    for home in (SKELETONS / COMMON, SKELETONS / kind):
        for path in sorted(path for path in home.rglob("*") if path.is_file()):
            file = folder / _filled(path.relative_to(home).as_posix(), told)
            write_atomic(file, _filled(path.read_text("utf-8"), told).encode(), "--sources")
            yield file


def _filled(words: str, told: Mapping[str, str]) -> str:
    for mark, value in told.items():
        words = words.replace(mark, value)
    return words
