"""What files hold, as digests: the same for the same content, wherever and whosever it is.

A digest is remembered (``memory.py``) by what the system says of the file (size, times, number), so
that a file is not read again that nobody wrote to. No name is. What the system says is believed
only where it cannot be the same after a change: not on Windows, where a file has no time of change
that programs cannot set; not on a drive with coarse times, such as a memory stick; not for a file
that was just written.
"""

import hashlib
import os
import stat
import time
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from clinicpress.files import engines, memory, paths
from clinicpress.files.output import PLAIN, held

KIND, FORM = "digests", "2"

COARSE = 10_000_000
"""Times of this step, in ns, are those of a drive that is written by two systems (FAT, exFAT)."""

FRESH = 1_000_000_000
"""How long ago, in ns, a file must have been changed so that a later change has another time."""

LARGEST = 250_000_000
"""A larger file, in bytes, is part of no print: it is known by its size and time alone."""

CHUNK = 1_000_000


def of_words(*parts: str) -> str:
    """Return a digest of words, each of which it keeps apart from the next."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def inputs(sources: Path, layouts: Path) -> str:
    """Return a digest of all that prints are made from: content, design, program and engines.

    A folder that is not there holds nothing: who reads it says what is wrong.
    """
    state = hashlib.sha256("\n".join(engines.versions()).encode())
    for part, folder in (("sources", sources), ("layouts", layouts)):
        for name, digest in _below(folder):
            state.update(os.fsencode(f"{part}/{name}\0{digest}\0"))
    state.update(_program(paths.PACKAGE))
    for name, digest in _fonts(layouts / "fonts.yaml"):
        state.update(os.fsencode(f"font/{name}\0{digest}\0"))
    return state.hexdigest()


@lru_cache(maxsize=2)
def _program(package: Path) -> bytes:
    """Return a digest of the program as it was when it was first asked for, as is what runs."""
    state = hashlib.sha256()
    for name, digest in _below(package):
        state.update(os.fsencode(f"{name}\0{digest}\0"))
    return state.digest()


def _fonts(named: Path) -> Iterator[tuple[str, str]]:
    """Yield name and digest of each font that layouts take from elsewhere, sorted."""
    words = (held(named, paths.MOST_BYTES) or b"").decode(errors="replace")
    known = Digests(named, through_links=True)
    for name, path in engines.fonts_named(words):
        yield name, known.of(path, name) or ""
    known.keep()


def _below(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield name and digest of every file below ``folder``, sorted; what is none has no digest."""
    if not folder.is_dir():
        return
    known = Digests(folder, through_links=True)
    start = len(str(folder)) + 1
    for entry in sorted(paths.files_below(folder), key=lambda entry: entry.path):
        name = entry.path[start:].replace(os.sep, "/")
        yield name, known.of(entry, name) or ""
    known.keep()


class Digests:
    """The digests of the files of one folder, with the memory of those that were read before."""

    def __init__(self, folder: Path, *, through_links: bool = False) -> None:
        self._links = through_links
        self._folder = os.path.realpath(folder)
        kept = memory.recall(KIND, self._folder, FORM)
        is_sound = isinstance(kept, dict) and all(map(_is_sound, kept.values()))
        self._before: dict[str, list[int | str]] = kept if is_sound else {}
        self._now: dict[str, list[int | str]] = {}

    def of(self, path: "Path | os.DirEntry[str]", name: str) -> str | None:
        """Return the digest of the plain file at ``path``, which is remembered under ``name``.

        None for what is no file, may not be read or is a link that is not to be followed.
        """
        key = hashlib.sha256(os.fsencode(name)).hexdigest()[:32]
        try:
            told = _told(path.stat(follow_symlinks=self._links))
            before = self._before.get(key, [])
            if told and before[:-1] == told:
                return str(before[-1])
            digest, told = _read(path, self._links)
        except (OSError, ValueError):
            return None
        if told:
            self._now[key] = [*told, digest]
        return digest

    def keep(self) -> None:
        """Remember what was read. A cache that cannot be written costs time and nothing else."""
        if self._now:
            self._before |= self._now
            self._now = {}
            memory.keep(KIND, self._folder, FORM, self._before)


def _told(found: os.stat_result) -> list[int]:
    """Return what the system says of a file; nothing where that says little."""
    aged = time.time_ns() - found.st_ctime_ns > FRESH
    if os.name != "posix" or not found.st_ctime_ns % COARSE or not aged:
        return []
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino]


def _read(path: "Path | os.DirEntry[str]", through_links: bool) -> tuple[str, list[int]]:
    """Return the digest of a file, and what is told of it if nobody wrote to it meanwhile.

    Raises OSError for what is no plain file.
    """
    flags = PLAIN & ~getattr(os, "O_NOFOLLOW", 0) if through_links else PLAIN
    with os.fdopen(os.open(path, flags), "rb", buffering=0) as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise OSError("no plain file")
        if found.st_size > LARGEST:
            return f"{found.st_size} {found.st_mtime_ns}", []
        state, left = hashlib.sha256(), found.st_size
        while left > 0 and (part := file.read(min(left, CHUNK))):
            state.update(part)
            left -= len(part)
        told = _told(os.fstat(file.fileno()))
    return state.hexdigest(), told if told == _told(found) else []


def _is_sound(entry: object) -> bool:
    return isinstance(entry, list) and len(entry) == 5 and isinstance(entry[-1], str)
