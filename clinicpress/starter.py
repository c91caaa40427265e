"""Copies the shipped sources and layouts for a clinic to edit."""

import shutil
from pathlib import Path

from clinicpress.errors import ClinicpressError, EnvironmentFault, shown
from clinicpress.output import why_not_written
from clinicpress.paths import bundled

STARTER = ("sources", "layouts")


class FolderInUse(ClinicpressError):
    """The folder already holds sources or layouts; nothing is overwritten."""


def copy_starter(folder: Path) -> None:
    """Copy ``sources`` and ``layouts`` into ``folder``: both, or neither.

    Raises FolderInUse if either is there already, EnvironmentFault if it cannot be written.
    """
    for name in STARTER:
        if (folder / name).exists():
            raise FolderInUse(
                f"{shown(folder / name)} exists already. Choose a new folder; nothing was copied."
            )
    try:
        for name in STARTER:
            _copy(bundled(name), folder / name)
    except OSError as error:
        for name in STARTER:
            shutil.rmtree(folder / name, ignore_errors=True)
        raise EnvironmentFault(
            f"{shown(folder)} cannot be written: {why_not_written(error)}. "
            "Free some space or choose another folder; nothing was copied."
        ) from error


def _copy(source: Path, target: Path) -> None:
    """Copy a folder and stop at the first error, whose reason ``shutil.copytree`` would lose."""
    target.mkdir(parents=True)
    for path in sorted(source.iterdir()):
        if path.is_dir():
            _copy(path, target / path.name)
        else:
            shutil.copyfile(path, target / path.name)
