"""Sizes of paper by name, and how sheets are turned."""

from collections.abc import Mapping
from typing import Literal

Size = tuple[float, float]
"""Width and height."""

PAPERS: Mapping[str, Size] = {
    "A3": (297, 420),
    "A4": (210, 297),
    "A5": (148, 210),
    "A6": (105, 148),
    "Tabloid": (279.4, 431.8),
    "Letter": (215.9, 279.4),
    "HalfLetter": (139.7, 215.9),
}
"""Width and height of each paper, portrait, in mm (ISO 216; ANSI/ASME Y14.1)."""

EDGE = 6.0
"""How near to the edge of a sheet an office printer prints, in mm (most need 4 to 5), and to a cut
words may stand: a guillotine is off by one or two."""

SHEETS: Mapping[str, str] = {
    "A5": "A4",
    "A6": "A4",
    "HalfLetter": "Letter",
}
"""The sheet in the printer, for papers that go several on a sheet."""

Flip = Literal["short", "long"]
"""The edge about which a printer turns a sheet to print its back."""

INCHES = ("Tabloid", "Letter", "HalfLetter")
"""Papers that are measured in inches."""


def bleed(paper: str) -> float:
    """Return how far colour runs past the edge that is cut, in mm: 3, or an eighth of an inch.

    The usual figures of print shops on either side of the Atlantic.
    """
    return 25.4 / 8 if paper in INCHES else 3.0
