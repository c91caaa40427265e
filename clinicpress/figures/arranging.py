"""Moments together: in rows, in cells, with their numbers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from clinicpress.figures import marks
from clinicpress.figures.marks import Drawn, Pen
from clinicpress.figures.shapes import Box, number

T = TypeVar("T")


GAP = 110.0
"""Between two moments, in mm of the body."""


@dataclass(frozen=True)
class Panel:
    """One moment as SVG, and the box around it."""

    svg: str
    box: Box


def columns_of(boxes: Sequence[Box], shape: float) -> int:
    """Return how many moments stand side by side where they fill a place of that shape best."""

    def scale(columns: int) -> float:
        width, height = extent(boxes, columns)
        return min(shape / width, 1 / height)

    return max(range(len(boxes), 0, -1), key=scale)


def extent(boxes: Sequence[Box], columns: int) -> tuple[float, float]:
    """Return how wide and high the moments are together, in rows of so many."""
    rows = [_extent_of_row(row) for row in _rows(boxes, columns)]
    return max(width for width, _ in rows), sum(high for _, high in rows) + GAP * (len(rows) - 1)


def _extent_of_row(boxes: Sequence[Box]) -> tuple[float, float]:
    """Return how wide and high moments are that stand on one line, the floor."""
    width = sum(box.width for box in boxes) + GAP * (len(boxes) - 1)
    return width, max(box.bottom for box in boxes) - min(box.top for box in boxes)


def _rows(found: Sequence[T], columns: int) -> list[Sequence[T]]:
    return [found[start : start + columns] for start in range(0, len(found), columns)]


def in_cells(panels: Sequence[Panel], shape: float) -> list[Panel]:
    """Return the panels with boxes of one width, that fill a place of that shape together."""
    widest = max(panel.box.width for panel in panels)
    low = max(panel.box.bottom for panel in panels)
    top = min(panel.box.top for panel in panels)
    width = max(widest, shape * (low - top) / len(panels) - GAP)
    return [replace(panel, box=_widened(panel.box, width)) for panel in panels]


def _widened(box: Box, width: float) -> Box:
    """Return a box as wide as that, around the same middle."""
    left = (box.left + box.right - width) / 2
    return Box(left, box.top, left + width, box.bottom)


VERDICT = 14.0
"""Half the width of a tick or cross, in the pen's lines."""


def headed(panel: Panel, verdict: str | None, count: int | None, pen: Pen) -> Panel:
    """Return a moment with its number at the upper left; a mistake has a cross there instead."""
    box, size = panel.box, pen.line * VERDICT
    if verdict == "wrong":
        spot = (box.left - size * 0.5, box.top + size * 0.4)
        return _with(panel, marks.symbol(spot, size, "cross", pen.warning, pen))
    if count is not None:
        radius = pen.line * 10
        spot = (box.left - radius * 0.8, box.top + radius * 0.4)
        panel = _with(panel, marks.badge(spot, radius, count, pen))
    if verdict == "right":
        spot = (box.left - size * 0.5, box.top + size * (0.4 if count is None else 2.4))
        panel = _with(panel, marks.symbol(spot, size, "tick", pen.ink, pen))
    return panel


def _with(panel: Panel, drawn: Drawn) -> Panel:
    svg, box = drawn
    return Panel(panel.svg + svg, panel.box.joined(box))


def document(panels: Sequence[Panel], columns: int, pen: Pen) -> str:
    """Return the panels as one SVG, in rows; in a row all stand on one line, the floor."""
    margin = pen.line * 2
    body, y = "", margin
    for row in _rows(panels, columns):
        x, low = margin, min(panel.box.top for panel in row)
        for panel in row:
            placed = f"translate({number(x - panel.box.left)} {number(y - low)})"
            body += f'<g transform="{placed}">{panel.svg}</g>'
            x += panel.box.width + GAP
        y += _extent_of_row([panel.box for panel in row])[1] + GAP
    width, height = extent([panel.box for panel in panels], columns)
    size = f"{number(width + 2 * margin)} {number(height + 2 * margin)}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}">{body}</svg>'
