"""A QR code of an address: drawn as one shape, with the white around it that readers need.

Where the address holds ``{code}``, that of the sheet stands there, so that it opens what is known
of this very sheet.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from clinicpress.errors import Unfit

QUIET = 4
"""Modules of white on each side (ISO/IEC 18004, 9.1)."""

SMALLEST, MODULE = 20.0, 0.5
"""The least side of a code, and of one module of it, in mm: what an old telephone reads."""

MOST_LETTERS = 150
"""Of an address; a longer one would make a code that fills the line."""

BEGINS = ("https://", "http://", "tel:", "mailto:")

CODE, AS_LONG = "{code}", "0000-0000"
"""Where an address holds the code of a sheet, and what is as long as each."""


@dataclass(frozen=True)
class Code:
    """A QR code: what it opens, as it is said beside it, its drawing, and its side in mm.

    The side is that of the drawing, with the white around.
    """

    address: str
    label: str
    svg: str
    side: float


def address(words: str) -> str:
    """Return an address that a code may open. Raises Unfit for any other."""
    if not words.startswith(BEGINS) or any(map(str.isspace, words)) or not words.isascii():
        raise Unfit("is no whole address", "Write it with https:// before it, without blanks.")
    if odd := re.search(r"\{[^}]*\}?|\}", words.replace(CODE, "", 1)):
        raise Unfit(f"holds “{odd[0]}”", f"Write {CODE} once, where the code of a sheet stands.")
    if (letters := len(filled(words, AS_LONG))) > MOST_LETTERS:
        raise Unfit(f"has {letters} letters, and {MOST_LETTERS} are the most", "Shorten it.")
    return words


def filled(address: str, code: str) -> str:
    """Return an address with the code of a sheet set in, where it holds one."""
    return address.replace(CODE, code)


@lru_cache(maxsize=64)  # each time that a print is composed it is asked for
def code_of(address: str, code: str = "") -> Code:
    """Return the QR code that opens ``address``, for the sheet with this ``code``."""
    import segno

    opens = filled(address, code)
    rows = [list(row) for row in segno.make(opens, error="m", micro=False).matrix]
    modules, whole = len(rows), len(rows) + 2 * QUIET
    runs = "".join(
        f"M{QUIET + start} {QUIET + y}h{length}v1h-{length}z"
        for y, row in enumerate(rows)
        for start, length in _dark(row)
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}">'
        f'<rect width="{whole}" height="{whole}" fill="#ffffff"/>'
        f'<path d="{runs}" fill="#000000"/></svg>'
    )
    return Code(
        opens, _label(address, opens), svg, round(whole * max(SMALLEST / modules, MODULE), 2)
    )


def _label(address: str, opens: str) -> str:
    """Return what somebody types who has no telephone at hand; the code stands elsewhere, too."""
    page, _, part = address.partition("#")
    typed = page if CODE in part else opens
    return typed.split("://")[-1].removeprefix("mailto:").removeprefix("tel:").rstrip("/")


def _dark(row: list[int]) -> list[tuple[int, int]]:
    """Return where the runs of dark modules of a row start, and how long they are."""
    runs: list[tuple[int, int]] = []
    for at, module in enumerate(row):
        if module and runs and sum(runs[-1]) == at:
            runs[-1] = runs[-1][0], runs[-1][1] + 1
        elif module:
            runs.append((at, 1))
    return runs
