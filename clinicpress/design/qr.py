"""A QR code of an address: drawn as one shape, with the white around it that readers need."""

from dataclasses import dataclass

from clinicpress.errors import Unfit

QUIET = 4
"""Modules of white on each side (ISO/IEC 18004, 9.1)."""

SMALLEST, MODULE = 20.0, 0.5
"""The least side of a code, and of one module of it, in mm: what an old telephone reads."""

MOST_LETTERS = 150
"""Of an address; a longer one would make a code that fills the line."""

BEGINS = ("https://", "http://", "tel:", "mailto:")


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
    if len(words) > MOST_LETTERS:
        raise Unfit(f"has {len(words)} letters, and {MOST_LETTERS} are the most", "Shorten it.")
    return words


def code_of(address: str) -> Code:
    """Return the code that opens ``address``."""
    import segno

    rows = [list(row) for row in segno.make(address, error="m", micro=False).matrix]
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
    label = address.split("://")[-1].removeprefix("mailto:").removeprefix("tel:").rstrip("/")
    return Code(address, label, svg, round(whole * max(SMALLEST / modules, MODULE), 2))


def _dark(row: list[int]) -> list[tuple[int, int]]:
    """Return where the runs of dark modules of a row start, and how long they are."""
    runs: list[tuple[int, int]] = []
    for at, module in enumerate(row):
        if module and runs and sum(runs[-1]) == at:
            runs[-1] = runs[-1][0], runs[-1][1] + 1
        elif module:
            runs.append((at, 1))
    return runs
