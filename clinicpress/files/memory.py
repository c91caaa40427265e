"""What is remembered from run to run, in the user's own cache folder: it saves time, nothing else.

A file there is used only if this very key wrote just these bytes: it begins with a digest of both.
What follows is JSON, so reading it makes texts, numbers, lists and mappings, and runs nothing; who
asks for it looks at the shape of it all the same. The folder must be the user's own, no link, and
one that nobody else may write to. Where anything is amiss, nothing is remembered: a run is as it
would be without.
"""

import hashlib
import json
import os
import re
import stat
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from clinicpress.errors import EnvironmentFault
from clinicpress.files.output import clear_parts, held, is_link, write_atomic

SWITCH = "CLINICPRESS_NO_CACHE"
"""Names the variable that, set to anything, lets nothing be remembered."""

MOST = 64_000_000
"""Bytes of a file that is written, or read."""

MOST_FILES = 32
"""Files of one kind: each is of one folder of sources, layouts, output or the program."""

OLDEST = 90 * 24 * 3600
"""Seconds after which a file is removed that was not written anew."""

NAME = re.compile(r"[0-9a-f]{32}\.json")


def recall(kind: str, name: str, key: str) -> Any:
    """Return what is remembered under ``name`` since it was kept by this ``key``; None if nothing.

    ``kind`` is the folder, and ``name`` anything: no name stands in the cache.
    """
    folder = _folder(kind)
    content = held(folder / _file(name), MOST) if folder else None
    digest, _, said = (content or b"").partition(b"\n")
    if not said or digest != _digest(kind, name, key, said):
        return None
    try:
        return json.loads(said)
    except (ValueError, RecursionError):
        return None


def keep(kind: str, name: str, key: str, content: Any) -> None:
    """Remember ``content``, which JSON can hold. Where it cannot be written, nothing is said."""
    try:
        if folder := _folder(kind, make=True):
            said = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
            whole = _digest(kind, name, key, said) + b"\n" + said
            if len(whole) <= MOST:
                write_atomic(folder / _file(name), whole)
                _clear(folder, MOST_FILES)
    except (OSError, TypeError, ValueError, EnvironmentFault):
        return


def _digest(kind: str, name: str, key: str, said: bytes) -> bytes:
    parts = (os.fsencode(part) for part in (kind, name, key))
    known = hashlib.sha256(b"\0".join(hashlib.sha256(part).digest() for part in parts))
    known.update(said)
    return known.hexdigest().encode()


def _file(name: str) -> str:
    return f"{hashlib.sha256(os.fsencode(name)).hexdigest()[:32]}.json"


def _folder(kind: str, *, make: bool = False) -> Path | None:
    """Return the folder of a kind, if it is the user's own; None where it is not, or is not there.

    With ``make`` it is made where it is missing, and closed to others.
    """
    cache = cache_folder()
    for folder in (cache, cache / kind) if cache else ():
        if make:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_own(folder):
            return None
        others = _others(folder)
        if make and others:
            _clear(folder, 0 if others & WRITES else MOST_FILES)
            folder.chmod(0o700)
        elif others & WRITES:
            return None
    return cache / kind if cache else None


WRITES = 0o022
"""What lets a group or anybody write."""


def _is_own(folder: Path) -> bool:
    """Return whether this is a folder, and not a link to one, that belongs to the user."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    is_ours = os.name != "posix" or found.st_uid == os.geteuid()
    return is_ours and stat.S_ISDIR(found.st_mode) and not is_link(folder)


def _others(folder: Path) -> int:
    """Return what others may do with a folder; Windows says it elsewhere."""
    return folder.lstat().st_mode & 0o077 if os.name == "posix" else 0


def _clear(folder: Path, most: int) -> None:
    """Remove what is old, and the oldest where there are too many; of other files, nothing."""
    clear_parts(folder)
    ages = {}
    for path in folder.iterdir():
        with suppress(OSError):
            if NAME.fullmatch(path.name):
                ages[path] = time.time() - path.lstat().st_mtime
    for number, (path, age) in enumerate(sorted(ages.items(), key=lambda each: each[1])):
        if number >= most or age > OLDEST:
            with suppress(OSError):
                path.unlink()


def cache_folder() -> Path | None:
    """Return the user's own folder for what can be made again, as each system has it.

    None where there is no such place, or where nothing is to be remembered.
    """
    if os.environ.get(SWITCH):
        return None
    try:
        home = Path.home()
    except RuntimeError:  # a user without a home
        home = Path()
    if os.name == "nt":
        place = Path(os.environ.get("LOCALAPPDATA", ""))
    elif sys.platform == "darwin":
        place = home / "Library" / "Caches"
    else:
        place = Path(os.environ.get("XDG_CACHE_HOME", ""))
        place = place if place.is_absolute() else home / ".cache"
    return place / "clinicpress" if place.is_absolute() else None
