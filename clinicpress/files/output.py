"""Writing files so that a reader never sees half of one, and reading back only what was written."""

import errno
import hashlib
import os
import platform
import re
import secrets
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path, PurePath

from clinicpress.errors import EnvironmentFault, shown
from clinicpress.files.faults import FULL, REASONS, SPACE
from clinicpress.files.locks import hold, is_left

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


OUTPUT = "--output"


def write_atomic(path: Path, content: bytes, option: str = OUTPUT) -> os.stat_result:
    """Write ``content`` to ``path`` at once, or leave what was there as it is.

    ``option`` is what names another folder. Returns the size and times of just this file, whatever
    another run puts there next. Raises EnvironmentFault if the folder cannot be written or the
    disk is full.
    """
    # The name is chosen before the file exists, so that Ctrl-C at any moment leaves no part; it
    # does not end in .pdf, so that nobody who watches the folder takes it for one.
    part = path.with_name(f".part-{_machine()}-{secrets.token_hex(6)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("xb") as file:
            is_held = hold(file)  # so that no other run takes it for one that was left
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            written = os.fstat(file.fileno())
            if is_held:
                part.replace(path)
        if not is_held:  # Windows moves no open file
            _replace(part, path)
        return written
    except OSError as error:
        raise EnvironmentFault(
            f"{shown(path)} cannot be written: {why_not_written(error)}. {way_out(error)} "
            f"with {option}; what was there is untouched."
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


PART = re.compile(r"\.part-([0-9a-f]{8})-[0-9a-f]{12}")
DEEPEST = 3
"""How many folders down a file is written at most: a figure that is named after its topic."""

AN_HOUR = 3600  # s
A_MOMENT = 0.1  # s, in which a part is made and held


def clear_parts(output: Path) -> None:
    """Remove the parts of files that runs which were killed left in ``output``.

    One of this machine is left if nobody holds it. The locks of another may not be seen from here:
    its part is left when it is an hour old, since none takes that long to be written.
    """
    with suppress(OSError):
        for folder in _folders(output, DEEPEST):
            for part in folder.glob(".part-*"):
                if (named := PART.fullmatch(part.name)) and _is_left(part, named[1]):
                    _remove(part)


def _folders(folder: Path, deeper: int) -> Iterator[Path]:
    """Yield a folder and those in it, so many levels down; no link is followed."""
    yield folder
    if deeper:
        for entry in os.scandir(folder):
            if entry.is_dir(follow_symlinks=False):
                yield from _folders(Path(entry), deeper - 1)


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


def is_link(path: Path) -> bool:
    """Return whether ``path`` itself leads elsewhere: a link, or a junction of Windows."""
    try:
        found = os.lstat(path)
    except (OSError, ValueError):
        return False
    return stat.S_ISLNK(found.st_mode) or getattr(found, "st_reparse_tag", 0) in LINKS


def is_within(output: Path, path: str | PurePath) -> bool:
    """Return whether the folder of ``path``, below ``output``, lies in it; by a link it may not."""
    real = os.path.realpath((output / path).parent)
    return Path(real).is_relative_to(os.path.realpath(output))


def refuse_way_out(output: Path, path: str | PurePath) -> None:
    """Raise EnvironmentFault if ``path``, below ``output``, would be written somewhere else."""
    if not is_within(output, path):
        above = [*PurePath(path).parents][-2::-1]  # from the outside in, without the folder itself
        way = next(one for one in above if not is_within(output, one / "x"))
        raise EnvironmentFault(
            f"{shown(output)}/{way} is a link that leads out of {shown(output)}. "
            "Put a folder in its place, or choose another folder with --output."
        )


def refuse_read_only(output: Path) -> None:
    """Raise EnvironmentFault where a folder lies on what is read-only, before any work is done."""
    if not hasattr(os, "statvfs"):
        return
    there = next(path for path in (output.absolute(), *output.absolute().parents) if path.exists())
    if os.statvfs(there).f_flag & os.ST_RDONLY:
        raise EnvironmentFault(
            f"{shown(output)} cannot be written: {READ_ONLY}. Choose another folder with {OUTPUT}; "
            "nothing was printed."
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


READ_ONLY = "its drive or share is read-only"


def way_out(error: OSError) -> str:
    """Return what helps: space helps only where there is none."""
    return SPACE if error.errno in FULL else "Choose another folder"


def why_not_written(error: OSError) -> str:
    """Return in plain words what stopped the writing of a file."""
    match error.errno:
        case errno.ENOTDIR | errno.EEXIST:
            return "a file stands where its folder should be"
        case errno.EISDIR:
            return "a folder stands in its place"
        case errno.EACCES | errno.EPERM:
            return "you may not write there"
        case errno.EROFS:
            return READ_ONLY
        case errno.ENOENT:
            return "its folder cannot be made"
        case number:
            return REASONS.get(number or 0, ((error.strerror or str(error)).lower(), ""))[0]
