"""Sheets folded into each other: booklets that are stapled, and books that are sewn or glued."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate

from clinicpress.design.papers import Flip, Size
from clinicpress.press.imposition.grid import Grid, fitted
from clinicpress.press.imposition.sheet import (
    Imposition,
    Line,
    Misfit,
    Pages,
    Place,
    Sheet,
    Side,
    filled,
    imposed,
)

BULK = 1.25
"""Thickness for each g/m² of uncoated office paper, in µm (cm³/g).

ISO 534 calls it the apparent specific sheet volume. The United States' Government Paper
Specification JCP O-63 (Plain Copier, February 1999) asks for 0.095 mm at 75 g/m², 0.105 at 90 and
0.120 at 105, which is 1.27, 1.17 and 1.14; so 80 g/m² are close to 0.10 mm.
"""

THICKEST = 1.0
"""Thickest paper that is taken, in mm; board that is thicker does not fold."""

MOST_CREEP = 0.1
"""How far creep may move a page, as a part of its width."""


def thickness(grammage: float) -> float:
    """Return the thickness in mm of uncoated office paper of ``grammage`` g/m²: grammage × BULK.

    Raises Misfit if it is no weight of paper.
    """
    if not 0 < grammage <= THICKEST * 1000 / BULK:
        raise Misfit(f"No paper weighs {grammage:g} g/m²", "Office paper has 80, thick paper 120.")
    return grammage * BULK / 1000


def saddle_stitch(count: int, cell: Size, paper: Size, *, signature: int | None = None,
                  paper_thickness: float = 0, back_cover: bool = True,
                  flip: Flip | None = None) -> Imposition:  # fmt: skip
    """Impose a booklet of ``count`` pages: two pages a side, sheets folded into each other.

    All sheets are one signature, stapled in the fold, unless ``signature`` says how many sheets
    each may have at the most. The pages are filled up to a multiple of four with blank ones, which
    stand before the last page, so that it is the back cover; without ``back_cover`` they stand at
    the end.

    A sheet that lies inside others sticks out at the fore edge by what those are thick, and is
    trimmed there. So that its margins come out even, its pages move towards the spine by as much:
    by ``paper_thickness`` for each sheet around it, and the outermost not at all.

    Raises Misfit if there is no page, the spread is larger than the paper or a number is none.
    """
    pages = filled(count, 4, back_cover)
    grid = fitted(paper, cell, 2, 1)
    sizes = _signature_sizes(len(pages) // 4, signature)
    _refuse_creep(paper_thickness, max(sizes), cell)
    starts = accumulate((4 * size for size in sizes), initial=0)
    sheets = [
        sheet
        for size, start in zip(sizes, starts, strict=False)
        for sheet in _nested(pages[start : start + 4 * size], grid, paper_thickness)
    ]
    return imposed(grid.paper, sheets, flip, sizes)


def perfect_bound(count: int, cell: Size, paper: Size, *, signature: int = 4,
                  paper_thickness: float = 0, back_cover: bool = True,
                  flip: Flip | None = None) -> Imposition:  # fmt: skip
    """Impose a book whose signatures are gathered on each other, to be sewn or glued.

    Each has ``signature`` sheets (four make 16 pages) or fewer, so that all are about as thick.
    As ``saddle_stitch`` otherwise.
    """
    return saddle_stitch(count, cell, paper, signature=signature, paper_thickness=paper_thickness,
                         back_cover=back_cover, flip=flip)  # fmt: skip


def _signature_sizes(sheets: int, most: int | None) -> tuple[int, ...]:
    """Return how many sheets each signature has: no more than ``most``, and all about equal."""
    if most is not None and most < 1:
        raise Misfit(f"A signature cannot have {most} sheets", "Give 1 or more.")
    parts = -(-sheets // (most or sheets))
    return tuple(sheets // parts + (i < sheets % parts) for i in range(parts))


def _nested(pages: Pages, grid: Grid, each: float) -> Iterator[Sheet]:
    """Yield the sheets of one signature, the outermost first, with ``each`` mm creep a sheet."""
    spine = round(grid.lefts[1], 4)
    folds = (Line(spine, 0, spine, grid.paper[1]),)
    cuts = tuple(line for line in grid.cuts() if line not in folds)
    for depth in range(len(pages) // 4):
        first, last = 2 * depth, len(pages) - 1 - 2 * depth
        front, back = (pages[last], pages[first]), (pages[first + 1], pages[last - 1])
        yield Sheet(
            *(
                Side(_crept(grid.places(spread), depth * each), folds, cuts)
                for spread in (front, back)
            )
        )


def _crept(spread: tuple[Place, ...], creep: float) -> tuple[Place, ...]:
    left, right = spread
    return replace(left, shift=creep), replace(right, shift=-creep)


def _refuse_creep(paper_thickness: float, sheets: int, cell: Size) -> None:
    if not 0 <= paper_thickness <= THICKEST:
        raise Misfit(
            f"Creep of {paper_thickness:g} mm a sheet is no thickness of paper",
            f"Give a number from 0 to {THICKEST:g}, such as 0.1.",
        )
    if (creep := (sheets - 1) * paper_thickness) > cell[0] * MOST_CREEP:
        raise Misfit(
            f"{sheets} sheets in each other move the innermost pages by {creep:.3g} mm, which is "
            "too much for their margins",
            "Give signatures of fewer sheets.",
        )
