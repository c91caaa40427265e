"""Copies the shipped sources and layouts for a clinic to edit."""

import shutil
from pathlib import Path

from clinicpress.errors import ClinicpressError, EnvironmentFault, shown
from clinicpress.paths import bundled


class FolderInUse(ClinicpressError):
    """The folder already holds sources or layouts; nothing is overwritten."""


def copy_starter(folder: Path) -> None:
    """Copy ``sources`` and ``layouts`` into ``folder``.

    Raises FolderInUse if either is there already, EnvironmentFault if it cannot be written.
    """
    for name in ("sources", "layouts"):
        if (folder / name).exists():
            raise FolderInUse(f"{shown(folder / name)} exists already. Choose a new folder; nothing was copied.")
    try:
        for name in ("sources", "layouts"):
            shutil.copytree(bundled(name), folder / name)
    except OSError as error:
        raise EnvironmentFault(f"{shown(folder)} cannot be written: {error.strerror or error}.") from error
