"""What does not belong into a folder of layouts: links that lead out of it, and odd files.

A brand's folder may have been sent by anybody, so no link in it is followed, wherever it leads. The
folder itself may be a link, which a clinic made on purpose. Names are looked at, nothing is opened.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from clinicpress.errors import Place, Problem, shown

MOST_BYTES = 50_000_000
"""The largest file of a brand."""

MOST_FILES = 2_000
"""The most files of a brand; the layouts themselves have 200."""

COUNTER = ("counter", "counter.html", "counter.css", "counter.js")
"""What would be a brand's own counter page."""


SIGNS = ("alarm", "ask", "book", "box", "panel", "stop", "tier-1", "tier-2", "tier-3", "today")
"""The small signs that stand with what must be read."""


def strays(brand: Path) -> Iterator[Problem]:
    """Yield a Problem for each link, odd or huge file in a brand's folder.

    So it does for what would be a counter page, or take the place of what sets the required words.
    """
    for number, entry in enumerate(_below(brand), start=1):
        if number > MOST_FILES:
            yield _problem(brand, "BRAND-SIZE", f"there are more than {MOST_FILES} files here",
                           "Take out what the brand does not use.")  # fmt: skip
            return
        path = Path(entry.path)
        if entry.is_symlink():
            yield _problem(path, "LINK", "this is a link, and no link in a brand is followed",
                           "Put the file itself here.")  # fmt: skip
        elif odd := _odd(entry):
            yield odd
        elif entry.is_file() and entry.stat().st_size > MOST_BYTES:
            yield _problem(path, "FILE-SIZE", f"this file has more than {MOST_BYTES} bytes",
                           "Make it smaller, or take it out.")  # fmt: skip
        elif entry.name in COUNTER and path.parent in (brand, brand / "templates"):
            yield _problem(path, "COUNTER", "the counter page is the program's own",
                           f"Take {entry.name} out; colours and logo are the brand's.")  # fmt: skip
        elif entry.is_file() and _is_required(path, brand):
            yield _problem(path, "REQUIRED", "what must be read is set by the layouts alone",
                           f"Take {entry.name} out.")  # fmt: skip


def _is_required(path: Path, brand: Path) -> bool:
    """Return whether a file would take the place of one that sets what must be read."""
    inside = path.relative_to(brand)
    return (
        "required" in inside.parts
        or inside.name in ("required.css", "tokens.css")
        or (inside.parent == Path("icons") and inside.stem in SIGNS)
    )


def leading_out(layouts: Path) -> Iterator[Problem]:
    """Yield a Problem for each link that leads out of ``layouts``, and each odd file there.

    Brands are left out: whoever opens one looks at it.
    """
    inside = os.path.realpath(layouts)
    for entry in _below(layouts, but=layouts / "brands"):
        if entry.is_symlink():
            target = os.path.realpath(entry.path)
            if not (Path(target).is_relative_to(inside) and Path(target).exists()):
                yield _problem(Path(entry.path), "LINK", "this link leads out of the layouts, or "
                               "nowhere", "Put the file itself here.")  # fmt: skip
        elif odd := _odd(entry):
            yield odd


def _below(folder: Path, but: Path | None = None) -> Iterator[os.DirEntry[str]]:
    """Yield everything below ``folder``, sorted, through no link; nothing of what is in ``but``."""
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        with os.scandir(here) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                yield entry
                if entry.is_dir(follow_symlinks=False) and Path(entry.path) != but:
                    waiting.append(Path(entry.path))


def _odd(entry: os.DirEntry[str]) -> Problem | None:
    """Return a Problem for a pipe, a socket or a device: whoever opens one may wait for ever."""
    if entry.is_symlink() or entry.is_file() or entry.is_dir():
        return None
    return _problem(Path(entry.path), "ODD-FILE", "this is no file, but a pipe, socket or device",
                    "Take it out.")  # fmt: skip


def _problem(path: Path, code: str, message: str, hint: str) -> Problem:
    return Problem(Place(_named(path)), code, message, hint)


def _named(path: Path) -> str:
    """Return where a link itself stands, not where it leads."""
    return shown(path.parent / "x").removesuffix("x") + path.name
