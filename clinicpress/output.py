"""Writing files so that a reader never sees half of one, and reading back only what was written."""

import errno
import os
import secrets
import stat
import time
from pathlib import Path, PurePath

from clinicpress.errors import EnvironmentFault, shown

LINKS = tuple(
    tag
    for name in ("IO_REPARSE_TAG_SYMLINK", "IO_REPARSE_TAG_MOUNT_POINT")
    if (tag := getattr(stat, name, 0))
)
"""What Windows marks its links and junctions by; files that a cloud keeps bear other marks."""

PLAIN = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY")
)
"""How a file is opened that may have been put there by anybody: no link, and nothing that waits."""


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
        _replace(part, path)
        return written
    except OSError as error:
        raise EnvironmentFault(
            f"{shown(path)} cannot be written: {why_not_written(error)}. {way_out(error)} "
            "with --output; what was there is untouched."
        ) from error
    finally:
        _remove(part)


def write_below(output: Path, path: str | PurePath, content: bytes) -> os.stat_result:
    """Write to ``path`` below ``output``, and nowhere else; otherwise as ``write_atomic`` does."""
    refuse_way_out(output, path)
    return write_atomic(output / path, content)


def _replace(part: Path, path: Path) -> None:
    """Put ``part`` in the place of ``path``; on Windows not while somebody reads what is there."""
    for _ in range(20):
        try:
            part.replace(path)
        except PermissionError:
            if os.name != "nt":
                raise
            time.sleep(0.05)
        else:
            return
    part.replace(path)


def _remove(part: Path) -> None:
    try:
        part.unlink(missing_ok=True)
    except OSError:  # a folder above it is a file, so it never was
        return


def is_link(path: Path) -> bool:
    """Return whether ``path`` itself leads elsewhere: a link, or a junction of Windows."""
    try:
        found = os.lstat(path)
    except (OSError, ValueError):
        return False
    return stat.S_ISLNK(found.st_mode) or getattr(found, "st_reparse_tag", 0) in LINKS


def is_within(output: Path, path: str | PurePath) -> bool:
    """Return whether the folder of ``path``, below ``output``, lies in it; by a link it may not."""
    folder = (output / path).parent
    real = Path(os.path.realpath(folder)) if is_link(folder) else None
    return real is None or real.is_relative_to(os.path.realpath(output))


def refuse_way_out(output: Path, path: str | PurePath) -> None:
    """Raise EnvironmentFault if ``path``, below ``output``, would be written somewhere else."""
    if not is_within(output, path):
        raise EnvironmentFault(
            f"{shown(output)}/{PurePath(path).parent} is a link that leads out of {shown(output)}. "
            "Put a folder in its place, or choose another folder with --output."
        )


def own_folder(folder: Path) -> Path:
    """Return a folder that is this program's own, after taking away what stands in its place.

    That is a link, a file or a pipe, and never what a link leads to. A folder that is not there is
    made by who writes into it. Raises EnvironmentFault where it cannot be taken away.
    """
    if is_link(folder) or (folder.exists() and not folder.is_dir()):
        _remove(folder)
        if is_link(folder):
            raise EnvironmentFault(
                f"{shown(folder.parent)}/{folder.name} is a link that leads elsewhere. Remove it, "
                "or choose another folder with --output."
            )
    return folder


def held(path: Path, most: int) -> bytes | None:
    """Return what the file at ``path`` holds; None where there is none that may be read.

    That is a plain file of at most ``most`` bytes: a link is not followed, a pipe not waited for.
    """
    if LINKS and is_link(path):
        return None
    try:
        with os.fdopen(os.open(path, PLAIN), "rb") as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode) or found.st_size > most:
                return None
            content = file.read(most + 1)
    except (OSError, ValueError):
        return None
    return content if len(content) <= most else None


def way_out(error: OSError) -> str:
    """Return what helps: space helps only where there is none."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return "Free some space or choose another folder" if full else "Choose another folder"


def why_not_written(error: OSError) -> str:
    """Return in plain words what stopped the writing of a file."""
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return "the disk is full"
        case errno.ENOTDIR | errno.EEXIST:
            return "a file stands where its folder should be"
        case errno.EISDIR:
            return "a folder stands in its place"
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return "you may not write there"
        case _:
            return (error.strerror or str(error)).lower()
