"""How processes start: never by a fork of this one, and with no module of the current folder."""

import multiprocessing
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import Any

from clinicpress.files.faults import unstarted
from clinicpress.files.scratch import scratch, short_place

OWNER = "CLINICPRESS_OWNER"
"""Where the fork server reads which process it must end with."""

LAST = -200
"""After the folder that multiprocessing makes in ours, and removes at -100."""


@contextmanager
def temporary_files_in(folder: str) -> Iterator[None]:
    """Let this process make its temporary files in ``folder``."""
    before, tempfile.tempdir = tempfile.tempdir, folder
    try:
        yield
    finally:
        tempfile.tempdir = before


@contextmanager
def safely(more: Mapping[str, str]) -> Iterator[None]:
    """Start a process with no module of the current folder in its reach.

    ``more`` is set in its environment, too. Raises EnvironmentFault if the machine has no room.
    """
    wanted = {"PYTHONSAFEPATH": "1", **more}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    except (OSError, EOFError, MemoryError) as error:
        raise unstarted(error) from error
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


@lru_cache(maxsize=1)
def context() -> Any:
    """Return how processes start: never by a fork of this one, whose threads a fork would break.

    A fork server holds the engines ready; macOS is left out, whose libraries bear no fork at all.
    """
    return multiprocessing.get_context("forkserver" if sys.platform == "linux" else "spawn")


@lru_cache(maxsize=1)
def own_scratch() -> str:
    """Return a folder that lasts as long as this process: the fork server listens in it."""
    from multiprocessing.util import Finalize

    lasting = scratch(short_place())
    folder = lasting.__enter__()

    def leave() -> None:
        with suppress(MemoryError, OSError):  # it was told already; a later run clears the rest
            lasting.__exit__(None, None, None)

    # So that the standard library makes no folder in it, which it takes away with a traceback.
    multiprocessing.current_process()._config["tempdir"] = str(folder)  # type: ignore[attr-defined]
    Finalize(None, leave, exitpriority=LAST)
    return str(folder)
