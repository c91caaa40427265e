"""The folders that a command reads, and what is said of those that nobody named."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from clinicpress.cli.terminal import tell
from clinicpress.files import paths
from clinicpress.orders.request import Places


def places_of(given: Mapping[str, Any]) -> Places:
    """Return the folders of a run by the options ``sources``, ``layouts`` and ``output``."""
    return Places(*folders(given["sources"], given["layouts"]), given["output"])


def folders(sources: Path | None, layouts: Path | None) -> tuple[Path, Path]:
    """Return the folders to read, and say which of them are the program's own, or lie here."""
    named = {"sources": sources, "layouts": layouts}
    found = {name: folder or paths.default(name) for name, folder in named.items()}
    own = [name for name in found if not named[name] and found[name] == paths.bundled(name)]
    if own and Path.cwd() != found[own[0]].parent:
        tell(f"This folder holds no {' and no '.join(own)}: the program's own are used.")
    _say_what_lies_here(found, named)
    return found["sources"], found["layouts"]


def layouts_alone(named: Path | None) -> Path:
    """Return the folder of the design for a command that reads no content."""
    found = named or paths.default("layouts")
    _say_what_lies_here({"layouts": found}, {"layouts": named})
    return found


def _say_what_lies_here(found: dict[str, Path], named: dict[str, Path | None]) -> None:
    """Say which folders are taken since they lie in the current one: somebody may have sent it."""
    here = [
        name
        for name, path in found.items()
        if not named[name] and path != paths.bundled(name) and path.parent == Path.cwd()
    ]
    if here:
        what = "folders" if len(here) > 1 else "folder"
        lie = "lie" if len(here) > 1 else "lies"
        tell(f"Using the {what} {' and '.join(here)} that {lie} here.")
