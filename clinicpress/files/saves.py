"""Notices that somebody saved a file."""

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

LOOK = 0.1
"""How often it is looked, in seconds."""

Stamps = dict[str, tuple[int, int, int]]


def saves(folders: Callable[[], Sequence[Path]]) -> Iterator[None]:
    """Return what goes on, without end, when a file of ``folders`` is written, added or taken away.

    What is saved after this call is noticed. It waits until nothing more is written: programs save
    in several steps.
    """
    return _saves(folders, stamps(folders()))


def _saves(folders: Callable[[], Sequence[Path]], before: Stamps) -> Iterator[None]:
    while True:
        time.sleep(LOOK)
        if (now := stamps(folders())) != before:
            while (later := _after_a_moment(folders)) != now:
                now = later
            before = now
            yield


def stamps(folders: Sequence[Path]) -> Stamps:
    """Return what the system says of each file below ``folders``: number, size and time."""
    found: Stamps = {}
    for path in (path for folder in folders for path in folder.rglob("*")):
        try:
            said = path.lstat()
        except OSError:  # gone meanwhile
            continue
        found[str(path)] = said.st_ino, said.st_size, said.st_mtime_ns
    return found


def _after_a_moment(folders: Callable[[], Sequence[Path]]) -> Stamps:
    time.sleep(LOOK / 2)
    return stamps(folders())
