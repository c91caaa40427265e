"""A file that its owner holds open and locked: the lock goes with the owner, however it ends."""

import os
import stat
from pathlib import Path
from typing import BinaryIO

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_NO_LINK_NO_WAIT = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def hold(file: BinaryIO) -> bool:
    """Lock ``file`` until it is closed; return whether this could be done.

    It cannot where another process holds it, nor on a system or a drive that has no such locks.
    """
    try:
        if fcntl:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return fcntl is not None


def is_left(path: Path) -> bool:
    """Return whether ``path`` is a plain file that nobody holds. No link is followed."""
    try:
        number = os.open(path, os.O_RDWR | _NO_LINK_NO_WAIT)
    except OSError:
        return False
    with os.fdopen(number, "r+b") as file:
        return stat.S_ISREG(os.fstat(number).st_mode) and hold(file)
