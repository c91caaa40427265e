"""Writing files so that a reader never sees half of one."""

import errno
import hashlib
import os
import platform
import re
import secrets
import stat
import time
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from clinicpress.errors import EnvironmentFault, shown
from clinicpress.faults import FULL, REASONS, SPACE
from clinicpress.locks import hold, is_left


def write_atomic(path: Path, content: bytes) -> os.stat_result:
    """Write ``content`` to ``path`` at once, or leave what was there as it is.

    Returns the size and times of just this file, whatever another run puts there next. Raises
    EnvironmentFault if the folder cannot be written or the disk is full.
    """
    # The name is chosen before the file exists, so that Ctrl-C at any moment leaves no part; it
    # does not end in .pdf, so that nobody who watches the folder takes it for one.
    part = path.with_name(f".part-{_machine()}-{secrets.token_hex(6)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("xb") as file:
            held = hold(file)  # so that no other run takes it for one that was left
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            written = os.fstat(file.fileno())
            if held:
                part.replace(path)
        if not held:  # Windows moves no open file
            part.replace(path)
        return written
    except OSError as error:
        raise EnvironmentFault(
            f"{shown(path)} cannot be written: {why_not_written(error)}. {way_out(error)} "
            "with --output; what was there is untouched."
        ) from error
    finally:
        _remove(part)


def _remove(part: Path) -> None:
    try:
        part.unlink(missing_ok=True)
    except OSError:  # a folder above it is a file, so it never was
        return


PART = re.compile(r"\.part-([0-9a-f]{8})-[0-9a-f]{12}")
AN_HOUR = 3600  # s
A_MOMENT = 0.1  # s, in which a part is made and held


def clear_parts(output: Path) -> None:
    """Remove the parts of files that runs which were killed left in ``output``.

    One of this machine is left if nobody holds it. The locks of another may not be seen from here:
    its part is left when it is an hour old, since none takes that long to be written.
    """
    with suppress(OSError):
        folders = [output, *(Path(each) for each in os.scandir(output) if _is_folder(each))]
        for part in (each for folder in folders for each in folder.glob(".part-*")):
            if (named := PART.fullmatch(part.name)) and _is_left(part, named[1]):
                _remove(part)


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    return entry.is_dir(follow_symlinks=False)


def _is_left(part: Path, machine: str) -> bool:
    try:
        found = part.lstat()
    except OSError:  # another run has just finished or removed it
        return False
    age = time.time() - found.st_mtime
    here = machine == _machine() and age > A_MOMENT
    return stat.S_ISREG(found.st_mode) and (age > AN_HOUR or (here and is_left(part)))


@lru_cache(maxsize=1)
def _machine() -> str:
    """Return a sign of this machine since it was started, which tells nothing of it."""
    try:
        known = Path("/proc/sys/kernel/random/boot_id").read_bytes()
    except OSError:
        known = platform.node().encode()
    return hashlib.sha256(known).hexdigest()[:8]


def way_out(error: OSError) -> str:
    """Return what helps: space helps only where there is none."""
    return SPACE if error.errno in FULL else "Choose another folder"


def why_not_written(error: OSError) -> str:
    """Return in plain words what stopped the writing of a file."""
    match error.errno:
        case errno.ENOTDIR | errno.EEXIST:
            return "a file stands where its folder should be"
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return "you may not write there"
        case errno.ENOENT:
            return "its folder cannot be made"
        case number:
            return REASONS.get(number or 0, ((error.strerror or str(error)).lower(), ""))[0]
