"""Pages side by side: to be cut into one pile or into copies, or to be read on the uncut sheet."""

from collections.abc import Sequence

from clinicpress.design.papers import Flip, Size
from clinicpress.press.imposition.grid import Grid, fitted, most_on, shape
from clinicpress.press.imposition.sheet import (
    Imposition,
    Line,
    Pages,
    Sheet,
    Side,
    filled,
    imposed,
)


def cut_and_stack(count: int, cell: Size, paper: Size, *, up: int = 2, gap: float = 0,
                  two_sided: bool = True, flip: Flip | None = None) -> Imposition:  # fmt: skip
    """Impose leaves ``up`` (2 or 4) at a time so that the piles, once cut, make one pile.

    The cut piles are put on each other in lines of reading, the upper left one on top, and are in
    the order of reading. Blank pages stand at the end. Raises Misfit as ``saddle_stitch``.
    """
    across, down = shape(up, cell, paper, gap)
    grid = fitted(paper, cell, across, down, gap)
    per_leaf = 2 if two_sided else 1
    pages = filled(count, per_leaf * up, back_cover=False)
    leaves = [pages[i : i + per_leaf] for i in range(0, len(pages), per_leaf)]
    height = len(leaves) // up
    cuts = grid.cuts()
    sheets = [_leaves_on(leaves[level::height], grid, cuts) for level in range(height)]
    return imposed(grid.paper, sheets, flip)


def _leaves_on(leaves: Sequence[Pages], grid: Grid, cuts: tuple[Line, ...]) -> Sheet:
    """Return the sheet that holds ``leaves``, each one page or a front and its back."""
    front = Side(grid.places([leaf[0] for leaf in leaves]), cuts=cuts)
    if len(leaves[0]) == 1:
        return Sheet(front)
    rows = [leaves[i : i + grid.across] for i in range(0, len(leaves), grid.across)]
    behind = [leaf[1] for row in rows for leaf in reversed(row)]
    return Sheet(front, Side(grid.places(behind), cuts=cuts))


def step_and_repeat(count: int, cell: Size, paper: Size, *, across: int | None = None,
                    down: int | None = None, gap: float = 0, two_sided: bool = True,
                    flip: Flip | None = None) -> Imposition:  # fmt: skip
    """Impose each page, or each front with its back, as often as the sheet holds.

    ``across`` × ``down`` copies stand ``gap`` apart with cuts on both sides of each gap; as many as
    fit where that is not said. A last page that has no other has an unprinted back. Raises Misfit
    as ``saddle_stitch``.
    """
    if across is None or down is None:
        most = most_on(cell, paper, gap)
        across, down = across or most[0], down or most[1]
    grid = fitted(paper, cell, across, down, gap)
    step = 2 if two_sided and count > 1 else 1
    pages = filled(count, step, back_cover=False)
    cuts = grid.cuts()
    leaves = [pages[i : i + step] for i in range(0, len(pages), step)]
    sheets = [_leaves_on([leaf] * (across * down), grid, cuts) for leaf in leaves]
    return imposed(grid.paper, sheets, flip)


def n_up(count: int, cell: Size, paper: Size, *, across: int, down: int, gap: float = 0,
         two_sided: bool = False, flip: Flip | None = None) -> Imposition:  # fmt: skip
    """Impose pages side by side in lines of reading, to read on the uncut sheet.

    Raises Misfit as ``saddle_stitch``.
    """
    grid = fitted(paper, cell, across, down, gap)
    each = across * down
    pages = filled(count, 1, back_cover=False)
    sides = [Side(grid.places(pages[i : i + each])) for i in range(0, len(pages), each)]
    if not two_sided:
        return imposed(grid.paper, [Sheet(side) for side in sides], flip)
    if len(sides) % 2:
        sides.append(Side(()))
    return imposed(grid.paper, list(map(Sheet, sides[::2], sides[1::2])), flip)
