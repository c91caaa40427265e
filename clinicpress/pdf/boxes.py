"""Lengths and boxes of a page: in mm on paper, in points in a file."""

POINT = 25.4 / 72
"""One point in mm."""

MM = 72 / 25.4
"""One mm in points."""

HAIRLINE = 0.25
"""Width of a line to cut or fold along, in points."""

Box = tuple[float, float, float, float]
"""Left, lower, right and upper edge."""


def in_points(box: Box) -> list[float]:
    """Return a box of a page, from mm."""
    return [round(side * MM, 4) for side in box]
