"""Folders for what is needed while a run lasts. What a killed run left, the next one clears."""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from clinicpress.errors import EnvironmentFault
from clinicpress.files.locks import hold, is_left

PREFIX = "clinicpress-"
LOCK = "lock"
"""The file in each folder that its run holds; where nobody does, the run is gone."""


SHORT = Path("/tmp")
LONGEST = 50
"""The address of a socket has room for 100 characters or so, of which our own names take 50."""


def short_place() -> Path:
    """Return the system's folder of temporary files, or where its name is long, another."""
    usual = Path(tempfile.gettempdir())
    return usual if len(str(usual)) <= LONGEST or not SHORT.is_dir() else SHORT


@contextmanager
def scratch(place: Path | None = None) -> Iterator[Path]:
    """Return an empty folder that is removed at the end. Raises EnvironmentFault."""
    try:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))
        lock = _held(folder)
    except OSError as error:
        raise EnvironmentFault(
            f"There is no room for temporary files ({(error.strerror or str(error)).lower()}). "
            "Free some space, or name another folder in TMPDIR."
        ) from error
    try:
        yield folder
    finally:
        lock.close()
        _remove(folder)


def _held(folder: Path) -> BinaryIO:
    """Lay the lock into ``folder``; nobody sees it there before it is held."""
    new = folder / f"{LOCK}.new"
    file = new.open("xb")
    hold(file)
    with suppress(PermissionError):  # Windows moves no open file; there, nobody looks for it
        new.rename(folder / LOCK)
    return file


def clear_abandoned() -> None:
    """Remove this user's folders whose run is gone. Where files have no locks, none is removed."""
    places = {Path(tempfile.gettempdir()), short_place()}
    for folder in (found for place in places for found in place.glob(f"{PREFIX}*")):
        with suppress(OSError):  # another run may be clearing it, too
            if _is_ours(folder) and is_left(folder / LOCK):
                _remove(folder)


def _remove(folder: Path) -> None:
    """Remove a folder, its lock last: what a kill leaves of it meanwhile is cleared, too."""
    with suppress(OSError):
        for path in folder.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            elif path.name != LOCK:
                path.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


def _is_ours(folder: Path) -> bool:
    found = folder.lstat()
    owner = found.st_uid == os.getuid() if hasattr(os, "getuid") else True
    return stat.S_ISDIR(found.st_mode) and owner
