"""Cells of one size in rows and columns, in the middle of a paper that holds them."""

from collections.abc import Sequence
from dataclasses import dataclass

from clinicpress.design.papers import Size
from clinicpress.press.imposition.sheet import TOLERANCE, Line, Misfit, Place, TooLarge


@dataclass(frozen=True)
class Grid:
    """``across`` × ``down`` cells of one size, ``gap`` apart, in the middle of a paper."""

    paper: Size
    cell: Size
    across: int
    down: int
    gap: float = 0

    @property
    def size(self) -> Size:
        """Width and height of all cells with the gaps between."""
        return _extent(self.cell[0], self.across, self.gap), _extent(
            self.cell[1], self.down, self.gap
        )

    @property
    def lefts(self) -> list[float]:
        """The left edge of each column."""
        start = (self.paper[0] - self.size[0]) / 2
        return [start + i * (self.cell[0] + self.gap) for i in range(self.across)]

    @property
    def bottoms(self) -> list[float]:
        """The lower edge of each row, the top row first."""
        start = (self.paper[1] - self.size[1]) / 2
        return [start + i * (self.cell[1] + self.gap) for i in reversed(range(self.down))]

    def places(self, pages: Sequence[int | None], turn: int = 0) -> tuple[Place, ...]:
        """Return the places of ``pages``, row by row from the top, each row from the left."""
        corners = ((x, y) for y in self.bottoms for x in self.lefts)
        return tuple(
            Place(page, x, y, *self.cell, turn)
            for page, (x, y) in zip(pages, corners, strict=False)
        )

    def cuts(self) -> tuple[Line, ...]:
        """Return the lines to cut along, but for those that are the edge of the paper."""
        (wide, high), (width, height) = self.paper, self.cell
        xs = _inside({round(x + d, 4) for x in self.lefts for d in (0, width)}, wide)
        ys = _inside({round(y + d, 4) for y in self.bottoms for d in (0, height)}, high)
        return (
            *(Line(x, 0, x, high) for x in xs),
            *(Line(0, y, wide, y) for y in ys),
        )


def _extent(length: float, count: int, gap: float) -> float:
    return count * length + (count - 1) * gap


def _inside(values: set[float], end: float) -> list[float]:
    """Return the values that lie on the paper, not on its edge: half a mm is no strip to cut."""
    return sorted(value for value in values if TOLERANCE / 2 < value < end - TOLERANCE / 2)


def common_cell(sizes: Sequence[Size]) -> Size:
    """Return the smallest cell that holds a page of each size.

    It is upright where most pages are, and pages of the other kind lie on their side in it.
    """
    upright = sum(size[0] <= size[1] for size in sizes) * 2 >= len(sizes)
    shorts, longs = zip(*map(sorted, sizes), strict=True)
    cell = max(shorts), max(longs)
    return cell if upright else cell[::-1]


def shape(up: int, cell: Size, paper: Size, gap: float) -> tuple[int, int]:
    """Return how many of ``up`` cells stand across and down: two of a kind where they fit so."""
    if up == 4:
        return 2, 2
    if up != 2:
        raise Misfit(f"Piles are cut from sheets of 2 or 4, not {up}", "Choose one of them.")
    return (2, 1) if _turned(paper, Grid(paper, cell, 2, 1, gap).size) else (1, 2)


def most_on(cell: Size, paper: Size, gap: float) -> tuple[int, int]:
    """Return how many cells fit across and down, on the paper as it stands or turned."""

    def fit(size: Size) -> tuple[int, int]:
        across, down = (
            int((room + gap + TOLERANCE) // (length + gap))
            for room, length in zip(size, cell, strict=True)
        )
        return max(across, 1), max(down, 1)

    upright, turned = fit(paper), fit(paper[::-1])
    return turned if turned[0] * turned[1] > upright[0] * upright[1] else upright


def fitted(paper: Size, cell: Size, across: int, down: int, gap: float = 0) -> Grid:
    """Return the grid on ``paper``, which is turned where the cells fit only so."""
    if across < 1 or down < 1 or gap < 0:
        raise Misfit("A sheet holds at least one page across and down, and no gap is below 0",
                     "Give other numbers.")  # fmt: skip
    size = Grid(paper, cell, across, down, gap).size
    turned = _turned(paper, size)
    if turned is None:
        need = f"{across * down} pages of {_by(cell)} mm on a side need {_by(size)} mm"
        raise TooLarge(need, f"{_by(paper)} mm")
    return Grid(turned, cell, across, down, gap)


def _turned(paper: Size, size: Size) -> Size | None:
    """Return ``paper`` as it must lie for ``size`` to fit, or None if it does not fit."""
    fitting = (
        way
        for way in (paper, paper[::-1])
        if size[0] <= way[0] + TOLERANCE and size[1] <= way[1] + TOLERANCE
    )
    return next(fitting, None)


def _by(size: Size) -> str:
    return f"{size[0]:.4g} × {size[1]:.4g}"
