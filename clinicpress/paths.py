"""Where things are: a checkout's own folders, or else the copies in the wheel."""

import os
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parent


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


def files_below(
    folder: Path, above: frozenset[str] = frozenset(), *, sent: bool = False
) -> Iterator[os.DirEntry[str]]:
    """Yield every file below ``folder``, through links too; caches and hidden files apart.

    ``sent`` says that it is a brand's folder, in which no link is followed.
    """
    here = os.path.realpath(folder)
    if here in above:
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith((".", "__pycache__")):
                continue
            if entry.is_dir(follow_symlinks=not sent):
                within = sent or folder.name == "brands"
                yield from files_below(Path(entry.path), above | {here}, sent=within)
            else:
                yield entry
