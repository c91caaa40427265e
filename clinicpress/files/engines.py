"""What makes pages out of a manuscript: our own code, the engines in their versions, and fonts."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

NAMES = ("weasyprint", "pydyf", "jinja2", "pikepdf", "pillow", "reportlab", "fontpkg-fira-sans")


@lru_cache(maxsize=1)
def versions() -> tuple[str, ...]:
    """Return each engine's name and installed version; importing none of them."""
    from importlib.metadata import version

    return tuple(f"{name} {version(name)}" for name in NAMES)


@lru_cache(maxsize=2)
def program(package: Path) -> str:
    """Return a fingerprint of the program in the folder ``package``.

    It is of what lay there when it was first asked for, as is the code that runs.
    """
    own = hashlib.sha256()
    for suffix in ("py", "txt"):  # code, and the lists that it goes by
        for path in sorted(package.rglob(f"*.{suffix}")):
            own.update(path.read_bytes())
    return own.hexdigest()


FONTS = ("ttf", "otf")

_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


@lru_cache(maxsize=16)
def fonts_named(words: str) -> Sequence[tuple[str, Path]]:
    """Return name and place of each font of the installed packages that ``words`` name.

    Any word counts, so that what ``fonts.yaml`` names is found without being understood. Packages
    are looked for once in a process.
    """
    return tuple(_fonts_named(words))


def _fonts_named(words: str) -> Iterator[tuple[str, Path]]:
    from importlib.metadata import PackageNotFoundError, distribution

    for word in sorted({*_WORD.findall(words)}):
        try:
            found = distribution(word)
        except PackageNotFoundError:
            continue
        for file in found.files or ():
            if file.name.endswith(FONTS):
                yield f"{word}/{file.as_posix()}", Path(str(found.locate_file(file)))
