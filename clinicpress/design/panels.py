"""The panels of what is folded or cut: how many, and how large each is, in the order of reading.

All lengths are in mm.
"""

from collections.abc import Mapping

from clinicpress.design.papers import PAPERS, Size

PANELS: Mapping[str, tuple[int, int]] = {"leaflet": (6, 6), "card": (1, 4), "pad": (1, 2)}
"""The least and the most panels of a product; each is a page of its own."""

FOLDED = ("leaflet", "card")
"""What is one piece with all its panels, some of which may be blank."""

CARD: Size = (85.6, 53.98)
"""A card such as a bank's: ID-1 of ISO/IEC 7810, 85.60 × 53.98 mm."""

Widths = tuple[float, float, float]
"""Widths of the panels of a tri-fold, on the inner side from left to right."""

FOLD_IN = {(297, 210): 3.0, (279.4, 215.9): 25.4 / 16}
"""By how many mm the panel that folds in is narrower, on A4 and Letter (100 · 100 · 97 mm and
3 11/16 · 3 11/16 · 3 5/8 in)."""


def panel_count(kind: str, printed: int) -> int:
    """Return how many panels a product has of which so many are ``printed``."""
    return PANELS[kind][1] if kind in FOLDED else printed


def c_fold_widths(paper: Size) -> Widths:
    """Return the widths of panels on ``paper``, the last narrower so that it folds in flat."""
    wide, high = max(paper), min(paper)
    less = FOLD_IN.get((wide, high), 3.0)
    panel = (wide + less) / 3
    return panel, panel, panel - less


def z_fold_widths(paper: Size) -> Widths:
    """Return the widths of panels on ``paper``: a zigzag has equal ones."""
    third = max(paper) / 3
    return third, third, third


def panel_sizes(kind: str, paper: str, fold: str) -> tuple[Size, ...]:
    """Return the sizes of the panels of a product; none where each is the whole paper.

    ``paper`` is the sheet, upright, and ``fold`` “c” or “z” for a leaflet. A card is folded once.
    """
    if kind == "card":
        return (CARD,) * 4
    if kind != "leaflet":
        return ()
    high, wide = PAPERS[paper]
    if fold == "z":
        widths = (*z_fold_widths((wide, high)), *z_fold_widths((wide, high)))
    else:  # the second panel folds in, and the fifth is its other side
        left, middle, right = c_fold_widths((wide, high))
        widths = (left, right, left, middle, right, middle)
    return tuple((width, high) for width in widths)
