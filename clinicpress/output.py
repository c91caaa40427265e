"""Writing files so that a reader never sees half of one."""

import errno
import os
import secrets
from pathlib import Path

from clinicpress.errors import EnvironmentFault, shown
from clinicpress.faults import FULL, REASONS, SPACE


def write_atomic(path: Path, content: bytes) -> os.stat_result:
    """Write ``content`` to ``path`` at once, or leave what was there as it is.

    Returns the size and times of just this file, whatever another run puts there next. Raises
    EnvironmentFault if the folder cannot be written or the disk is full.
    """
    # The name is chosen before the file exists, so that Ctrl-C at any moment leaves no part; it
    # does not end in .pdf, so that nobody who watches the folder takes it for one.
    part = path.with_name(f".part-{secrets.token_hex(6)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            written = os.fstat(file.fileno())
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
