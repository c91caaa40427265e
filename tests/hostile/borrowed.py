"""A clinic's folder that many tests share: what one of them changes is put back behind it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import ROOT, TINY, Clinic


@dataclass(frozen=True)
class Borrowed(Clinic):
    """A clinic whose files come back: copying one costs more than most rows."""

    before: dict[Path, bytes | None] = field(default_factory=dict)

    def take(self, path: str) -> Path:
        """Return a file that a test is about to change, after noting what it holds."""
        file = self.folder / path
        self.before.setdefault(file, file.read_bytes() if file.is_file() else None)
        return file

    def write(self, path: str, content: str | bytes) -> None:
        """Write a file, which comes back."""
        self.take(path)
        super().write(path, content)


def new_folder(folder: Path) -> Path:
    """Make a clinic's folder: the tiny content and the real layouts, copied."""
    shutil.copytree(TINY, folder / "sources")
    shutil.copytree(ROOT / "layouts", folder / "layouts")
    return folder


@contextmanager
def borrowed(folder: Path, run) -> Iterator[Borrowed]:
    """Lend a clinic, and put its files back."""
    clinic = Borrowed(folder, run)
    try:
        yield clinic
    finally:
        for file, content in clinic.before.items():
            if file.is_dir() and not file.is_symlink():
                file.rmdir()
            else:
                file.unlink(missing_ok=True)
            if content is not None:
                file.write_bytes(content)
        shutil.rmtree(folder / "output", ignore_errors=True)
