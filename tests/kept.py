"""Folders that tests may break: each is mended before the next test, where it was broken at all.

What nobody touched keeps its number and its times. So the program knows it again, as it does in a
clinic from run to run, and does not read two hundred files anew for each of a thousand tests.
"""

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

State = tuple[int, ...]


class Kept:
    """A copy of ``origin`` at ``folder``; ``mend`` makes it one again."""

    def __init__(self, origin: Path, folder: Path) -> None:
        self.origin, self.folder = origin, folder
        shutil.copytree(origin, folder)
        self._was = dict(_found(folder))

    def mend(self) -> None:
        """Take away what is new or was changed, and put back what is not there.

        What is put back has a new time, so nothing takes it for what stood there meanwhile.
        """
        if (now := dict(_found(self.folder))) == self._was:
            return
        for name in now:
            if now[name] != self._was.get(name):
                take_away(self.folder / name)
        for name in self._was:  # a folder comes before what is in it
            if not os.path.lexists(self.folder / name):
                _put_back(self.origin / name, self.folder / name)
        self._was = dict(_found(self.folder))


def _found(folder: Path) -> Iterator[tuple[str, State]]:
    """Yield the path from ``folder`` of itself and all below, and what the system says of it."""
    waiting = [""]
    while waiting:
        name = waiting.pop()
        path = f"{folder}/{name}".rstrip("/")  # as text: this is done before each test
        try:
            told = os.lstat(path)
            if not stat.S_ISDIR(told.st_mode):
                yield name, (told.st_mode, told.st_size, told.st_ino, told.st_mtime_ns,
                             told.st_ctime_ns)  # fmt: skip
                continue
            yield name, (told.st_mode,)
            with os.scandir(path) as entries:
                waiting += [f"{name}/{entry.name}".lstrip("/") for entry in entries]
        except OSError:  # it is not there, or closed, as its mode says
            continue


def take_away(path: Path) -> None:
    """Remove a file, a link or a whole folder, closed ones too; or nothing, if it is not there."""
    if path.is_symlink() or not path.is_dir():
        path.unlink(missing_ok=True)
        return
    path.chmod(0o700)
    for _, folders, _, here in os.fwalk(path):  # by its parent: some are too deep to be named whole
        for folder in folders:
            if not stat.S_ISLNK(os.lstat(folder, dir_fd=here).st_mode):
                os.chmod(folder, 0o700, dir_fd=here)
    shutil.rmtree(path)


def _put_back(origin: Path, path: Path) -> None:
    if origin.is_dir():
        path.mkdir(parents=True, exist_ok=True)
    else:
        shutil.copyfile(origin, path)
    shutil.copymode(origin, path)
