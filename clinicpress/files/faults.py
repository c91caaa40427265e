"""What a machine fails at, whatever the program was doing, told in one sentence."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

from clinicpress.errors import ClinicpressError, EnvironmentFault, cut_short, shown

MACHINES = (errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EIO, errno.ESTALE)
"""What is no fault of the file that was to be read."""

FULL = (errno.ENOSPC, errno.EDQUOT)
SPACE = "Free some space or choose another folder"
FEWER = "Close other programs, or try again with --jobs 1"

REASONS = {
    errno.ENOSPC: ("the disk is full", SPACE),
    errno.EDQUOT: ("the disk is full", SPACE),
    errno.EFBIG: ("a file would be larger than files may be here", "Raise that limit (ulimit -f)"),
    errno.EMFILE: ("too many files are open", "Raise that limit (ulimit -n), or use --jobs 1"),
    errno.ENFILE: ("too many files are open", FEWER),
    errno.ENOMEM: ("there is too little memory", FEWER),
    errno.EAGAIN: ("the system allows no more processes", FEWER),
    errno.EIO: ("input/output error", "Look after the drive or its connection"),
    errno.ESTALE: ("the drive is gone", "Connect it again"),
    errno.EACCES: ("you may not open it", "Ask for the right, or choose another folder"),
    errno.EPERM: ("you may not open it", "Ask for the right, or choose another folder"),
    errno.EROFS: ("nothing can be written there", "Choose another folder"),
    errno.ELOOP: ("its links lead in a circle", "Choose another folder"),
    errno.ENAMETOOLONG: ("its name is too long", "Choose a folder with a shorter name"),
    errno.ENOENT: ("it is not there", "Look whether it was moved, and try again"),
    errno.EISDIR: ("it is a folder", "Move it away"),
    errno.ENOTDIR: ("a file stands where its folder should be", "Choose another folder"),
    errno.EEXIST: ("it is there already", "Try again"),
}
"""What stopped the work, and the mend."""

UNMAPPED = ("failed to map segment from shared object", "allocate memory")
"""How the loader of the system (glibc's ``dlopen``) says that a library found no room in memory."""

NO_MEMORY = EnvironmentFault(f"There is too little memory. {FEWER}.")


def fault_in(error: BaseException) -> ClinicpressError | None:
    """Return what to say of ``error`` if the machine or its limits are to blame, else None."""
    match error:
        case OSError():
            return EnvironmentFault(_sentence(error))
        case MemoryError():
            return NO_MEMORY
        case ImportError():
            return EnvironmentFault(
                f"A part of the program cannot be loaded ({_last_line(error)}). There may be too "
                "little memory; if not, run “make booklet”."
            )
        case EOFError() | ValueError() if fault := cut_short(error):
            return fault
        case RuntimeError() if "can't start new thread" in str(error):
            return EnvironmentFault(_sentence(BlockingIOError(errno.EAGAIN, "")))
        case RecursionError():
            return ClinicpressError(
                "Something in the sources or the layouts stands too deep in something else. "
                "Undo what was changed last."
            )
        case UnicodeEncodeError():
            return EnvironmentFault(
                f"This system cannot write “{error.object}” as a name: its character set is "
                f"{error.encoding}. Set LC_ALL=C.UTF-8, or use a name of plain letters."
            )
        case SystemError() if "without exception set" in str(error):  # what was not made was used
            return NO_MEMORY
        case _ if any(isinstance(each, MemoryError) for each in _behind(error)):
            return NO_MEMORY
        case _:
            return None


def _behind(error: BaseException) -> Iterator[BaseException]:
    """Yield what an error was raised for: libraries, such as ``enum``, turn one into another."""
    seen = {id(error)}
    while (cause := error.__cause__ or error.__context__) and id(cause) not in seen:
        seen.add(id(cause))
        yield cause
        error = cause


def unstarted(error: BaseException) -> EnvironmentFault:
    """Return what to say where ``error`` kept a process from its start, or ended it there.

    Where a process is not to be reached, it ended for want of memory.
    """
    number = getattr(error, "errno", None)
    ended = number is None or isinstance(error, ConnectionError | FileNotFoundError)
    why, mend = REASONS[errno.ENOMEM if ended or number not in REASONS else number]
    return EnvironmentFault(f"No process to lay out pages can be started: {why}. {mend}.")


def _sentence(error: OSError) -> str:
    if error.filename is None and error.errno == errno.ENOENT:
        return _nowhere()
    if error.errno is None and _last_line(error).casefold().endswith(UNMAPPED):
        return str(NO_MEMORY)
    if error.errno is None:
        return f"A library of the system cannot be used ({_last_line(error)}). Run “make booklet”."
    why, mend = REASONS.get(error.errno, (_own_words(error), "Mend this, and try again"))
    if error.errno in (*FULL, errno.EFBIG):
        return f"What was found cannot be written: {why}. {mend}."
    if error.filename is None:
        return f"{why[0].upper()}{why[1:]}. {mend}."
    return f"{shown(Path(os.fsdecode(error.filename)))} cannot be used: {why}. {mend}."


def _nowhere() -> str:
    """Return which folder is missing, where the system does not say."""
    try:
        Path.cwd()
    except FileNotFoundError:
        return "The folder that you are in is gone. Change to another one (cd) and try again."
    return (
        "Nothing can be written in any folder for temporary files. Free some space, or name "
        "another one with TMPDIR."
    )


def _own_words(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def _last_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[-1].strip()
