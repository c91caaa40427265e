"""Opens a PDF that anybody may have sent: only a file, only a PDF, within bounds."""

import os
import re
import stat
from collections.abc import Callable
from pathlib import Path

import pikepdf
from pikepdf import PasswordError, Pdf, PdfError

from clinicpress.errors import ClinicpressError, EnvironmentFault, UnknownName, shown

LARGEST = 2 * 1024**3
"""The most bytes in a file that is taken."""

DEEPEST = 200
"""How deep arrays and dictionaries may lie in each other; more would break readers' stacks."""

MOST_FILTERS = 10
"""How many times a stream may be packed over."""

UNPACKED = 128 * 1024**2
"""The most bytes that one stream of objects, a page's content, a form or a font has, unpacked."""


class Locked(ClinicpressError):
    """A file that needs a password, and none was given."""


def size_of(path: Path) -> int:
    """Return how many bytes the file in ``path`` has, without opening what is no file.

    Raises UnknownName, EnvironmentFault or ClinicpressError for what cannot be a PDF to read.
    """
    name = shown(path)
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise UnknownName(f"There is no file {name}. Check its name and folder.") from error
    except ValueError as error:  # a name with a zero byte
        raise UnknownName(f"{name} is no name of a file. Check its name and folder.") from error
    except OSError as error:
        raise _unreadable(name, error) from error
    if not stat.S_ISREG(found.st_mode):
        raise EnvironmentFault(
            f"{name} cannot be read: it is {_kind(found.st_mode)}, no file. Choose a file."
        )
    if found.st_size > LARGEST:
        raise ClinicpressError(
            f"{name} has {found.st_size / 1024**3:.3g} GB, and {LARGEST / 1024**3:g} GB are the "
            "most that is taken. Save it with smaller pictures, or in parts."
        )
    try:
        os.close(os.open(path, os.O_RDONLY))
    except OSError as error:
        raise _unreadable(name, error) from error
    return found.st_size


def _unreadable(name: str, error: OSError) -> EnvironmentFault:
    why = (error.strerror or str(error)).lower()
    return EnvironmentFault(f"{name} cannot be read: {why}. Choose a file that you may read.")


def _kind(mode: int) -> str:
    kinds: tuple[tuple[Callable[[int], bool], str], ...] = (
        (stat.S_ISDIR, "a folder"),
        (stat.S_ISFIFO, "a pipe"),
        (stat.S_ISSOCK, "a socket"),
    )
    return next((word for fits, word in kinds if fits(mode)), "a device")


def open_pdf(path: str, name: str, password: str) -> Pdf:
    """Return the PDF in ``path``, which messages call ``name``.

    Bounds of the library are set for the whole process. What pages inherit is left where it
    stands: who pushed it down would mend the page tree on the way, without a word. Raises Locked,
    or ClinicpressError for what is none.
    """
    pikepdf.settings.set_qpdf_limits(
        parser_max_nesting=DEEPEST,
        max_stream_filters=MOST_FILTERS, flate_max_memory=UNPACKED, run_length_max_memory=UNPACKED,
        png_max_memory=UNPACKED, tiff_max_memory=UNPACKED,
    )  # fmt: skip
    try:
        # No name goes to the library: it takes none that is not Unicode, and its remarks hold it.
        file = os.fdopen(os.open(path, os.O_RDONLY), "rb")
        try:
            return Pdf.open(file, inherit_page_attributes=False)
        except PasswordError:
            if not password:
                raise Locked(
                    f"{name} is protected by a password. Give it with --password."
                ) from None
            return Pdf.open(file, password=password, inherit_page_attributes=False)
    except PasswordError as error:
        raise unusable(name, "does not open with this password", "Type it again.") from error
    except PdfError as error:
        raise _no_pdf(name, str(error)) from error
    except OSError as error:
        raise _unreadable(name, error) from error


def _no_pdf(name: str, said: str) -> ClinicpressError:
    if re.search(r"encrypt|security handler|/Encrypt", said, re.IGNORECASE):
        return unusable(name, "is protected in a way that is not known here",
                        "Save it without protection.")  # fmt: skip
    return unusable(name, "is not a PDF, or damaged beyond repair")


def unusable(name: str, wrong: str, mend: str = "Save or export it again.") -> ClinicpressError:
    """Return what to raise for a file that cannot be used."""
    return ClinicpressError(f"{name} {wrong}. {mend}")


def is_short_of_memory(said: str) -> bool:
    """Tell whether the library could not do something for want of memory, by what it said."""
    return "bad_alloc" in said
