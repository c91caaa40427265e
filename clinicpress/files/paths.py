"""Where things are, and what of it may be read: regular files that lie where they say they do."""

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path, PurePath
from typing import NamedTuple

from clinicpress.errors import Place, Problem, Unfit, shown
from clinicpress.files.faults import MACHINES
from clinicpress.files.names import alike, unholdable

PACKAGE = Path(__file__).parents[1]

MOST_BYTES = 500_000
"""Size of a file of words; the largest of ours has a fifteenth of it."""

MOST_FILES = 2_000
"""Files and folders below a folder of sources or layouts; ours have a few hundred."""

MOST_FOLDERS_DEEP = 8
"""Folders within folders; ours have three."""


def bundled(name: str) -> Path:
    """Return ``sources`` or ``layouts`` as shipped: inside the wheel, or beside the package."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


def default(name: str) -> Path:
    """Return the folder to use when no option names one: here if it is here, else as shipped.

    A folder that is here is used even if it lacks a file: who reads it then says which, and nobody
    prints other words than those of the folder they sit in.
    """
    here = Path.cwd() / name
    return here if here.is_dir() else bundled(name)


def contents(path: Path, most: int = MOST_BYTES) -> bytes:
    """Return what a regular file of at most ``most`` bytes holds.

    Raises Unfit for anything else, a pipe or a device for instance, of which nothing is read.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise Unfit(f"{_kind(status.st_mode)} stands where a file should be", "Take it away.")
        with path.open("rb") as file:
            content = file.read(most + 1)
    except OSError as error:
        if error.errno in MACHINES:
            raise
        said = (error.strerror or str(error)).lower()
        wrong = f"the file cannot be opened: {said}"
        raise Unfit(wrong, "Put a readable file here.") from error
    if len(content) > most:
        raise Unfit(f"the file is larger than {most // 1000} kB", "Take something out, or part it.")
    return content


class State(NamedTuple):
    """A file as it is now: another, once it holds something else."""

    path: Path
    size: int
    number: int
    written: int
    changed: int


def state(path: Path) -> State:
    """Return what the system says of a file."""
    found = path.stat()
    return State(path, found.st_size, found.st_ino, found.st_mtime_ns, found.st_ctime_ns)


class Stamp(NamedTuple):
    """A file as it is now, as ``State`` is; for many files, as its path is a word."""

    path: str
    size: int
    number: int
    written: int
    changed: int


def stamp(path: "Path | os.DirEntry[str]") -> Stamp:
    """Return what the system says of a file."""
    found = path.stat()
    return Stamp(os.fspath(path), found.st_size, found.st_ino, found.st_mtime_ns, found.st_ctime_ns)


def _kind(mode: int) -> str:
    kinds = {stat.S_IFDIR: "a folder", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket"}
    return kinds.get(stat.S_IFMT(mode), "a device")


def is_hidden(path: str | PurePath) -> bool:
    """Return whether a path goes through what is passed over: a hidden file, or a cache.

    Programs of the system and editors leave such beside what they open, so it changes no digest;
    for the same reason nothing of it may be read, whoever names it.
    """
    return any(map(_is_passed_over, PurePath(path).parts))


def _is_passed_over(name: str) -> bool:
    return name.casefold().startswith((".", "__pycache__"))


def files_below(folder: Path) -> Iterator[os.DirEntry[str]]:
    """Yield every regular file below ``folder``; caches and hidden files apart.

    A link is followed where it leads to something else in ``folder``.
    """
    return (found.entry for found in _walk(folder) if found.entry and found.is_file)


def stamps_below(folder: Path) -> Iterator[Stamp]:
    """Yield what the system says of every file below ``folder``, as ``files_below`` finds them."""
    return map(stamp, files_below(folder))


def _is_source(path: Path) -> bool:
    return path.suffix in (".yaml", ".yml")


def strange_below(
    folder: Path, is_read: Callable[[Path], bool] = _is_source
) -> Iterator[Problem]:  # fmt: skip
    """Yield a Problem for all below ``folder`` that cannot be read, or not everywhere.

    These are links that lead out or round in a circle, pipes and devices, folders that are closed,
    and names of folders, and of files that are ``is_read``, that Windows or macOS cannot hold or
    cannot tell apart.
    """
    names: dict[tuple[str, str], str] = {}
    for found in _walk(folder):
        if found.wrong:
            yield Problem(Place(shown(Path(found.place))), *found.wrong)
        if found.entry and (not found.is_file or is_read(Path(found.place))):
            yield from _misnamed(Path(found.place), names)


def _misnamed(path: Path, names: dict[tuple[str, str], str]) -> Iterator[Problem]:
    """Yield what is wrong with the name of a file, or of one in ``names`` that it looks like."""
    if unheld := unholdable(path.name):
        yield Problem(Place(shown(path)), "NAME", f"the name {unheld}", "Give it another name.")
    other = names.setdefault((str(path.parent), alike(path.name)), path.name)
    if other != path.name:
        yield Problem(
            Place(shown(path)),
            "NAME-CASE",
            f"the name differs from “{other}” by capitals or accents alone",
            "Give one of the two another name: Windows and macOS take them for one.",
        )


Wrong = tuple[str, str, str]
"""A rule's code, what is wrong, and the mend."""


class _Found(NamedTuple):
    place: str
    entry: os.DirEntry[str] | None = None
    is_file: bool = False
    wrong: Wrong | None = None


def _walk(folder: Path) -> Iterator[_Found]:
    """Yield what is in ``folder`` and in the folders in it, and what is wrong with it."""
    waiting: list[tuple[str, tuple[str, ...]]] = [(os.fspath(folder), (os.path.realpath(folder),))]
    count, brands = 0, os.path.join(folder, "brands")  # noqa: PTH118, which drops the “./” of an entry
    while waiting:
        here, above = waiting.pop()
        try:
            with os.scandir(here) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            said = (error.strerror or str(error)).lower()
            closed = f"the folder cannot be opened: {said}"
            yield _Found(here, wrong=("FILE-UNREADABLE", closed, "Give yourself leave to read it."))
            continue
        for entry in found:
            if _is_passed_over(entry.name):
                continue
            count += 1
            if count > MOST_FILES:
                many = f"it holds more than {MOST_FILES} files and folders"
                full = ("FOLDER-LARGE", many, "Take what is not used out.")
                yield _Found(os.fspath(folder), wrong=full)
                return
            # a brand may be a link that a clinic made
            is_brand = here == brands and entry.is_dir()
            if wrong := None if is_brand else _wrong(entry, above):
                yield _Found(entry.path, wrong=wrong)
            elif entry.is_file():
                yield _Found(entry.path, entry, is_file=True)
            else:
                yield _Found(entry.path, entry)
                waiting.append((entry.path, (*above, os.path.realpath(entry.path))))


def _wrong(entry: os.DirEntry[str], above: tuple[str, ...]) -> Wrong | None:
    """Return what is wrong with an entry of a folder; ``above`` are the folders it was met in."""
    if entry.is_symlink():
        real = os.path.realpath(entry.path)
        if not os.path.exists(entry.path):  # noqa: PTH110, which asks nothing of closed folders
            return "LINK", "this link leads to nothing", "Delete it."
        if not Path(real).is_relative_to(above[0]):
            out = f"this link leads out of the folder {Path(above[0]).name}"
            return "LINK", out, "Copy there what it leads to."
        if real in above:
            return "LINK", "this link leads to a folder that it is in itself", "Delete it."
    if entry.is_file():
        return None
    if not entry.is_dir():
        return "FILE-UNREADABLE", "this is neither a file nor a folder", "Delete it."
    if len(above) > MOST_FOLDERS_DEEP:
        deep = f"folders stand in folders, more than {MOST_FOLDERS_DEEP} deep"
        return "FOLDER-LARGE", deep, "Take some out."
    return None
