"""Signs on a drawing that are no part of its scene: arrows, areas, numbers, symbols.

Each returns SVG text and the box around it. Meaning is never by colour alone: an area to press is
dotted, one that stretches is hatched, one that hurts is ringed with rays, one to keep off is
crossed.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, cos, hypot, pi, radians, sin

from clinicpress.figures.shapes import Box, around, circle, curve, number
from clinicpress.figures.view import Spot

Drawn = tuple[str, Box]


@dataclass(frozen=True)
class Pen:
    """What marks are drawn with.

    ``line`` is half an outline, in mm of the body; ``bold`` is how much wider an arrow is than such
    a line asks for.
    """

    line: float
    accent: str
    ink: str
    paper: str
    warning: str
    symbol: Callable[[str], str]
    bold: float = 1.0


def circling(middle: Spot, radius: float) -> list[Spot]:
    """Return the way of an arrow that goes most of the way round, from the upper right."""
    turns = (radians(-40 + 290 * k / 12) for k in range(13))
    return [(middle[0] + radius * cos(a), middle[1] + radius * sin(a)) for a in turns]


SHAFT, BARB, POINT = 3.4, 8.2, 14.0
"""Half the width of an arrow's shaft and of its head, and how long the head is, in pen's lines."""


def arrow(spots: Sequence[Spot], pen: Pen, *, away: float = 0, both: bool = False) -> Drawn:
    """Return an arrow along ``spots``, moved ``away`` to the left of its way.

    It grows from its tail to its head; one that goes both ways is as wide everywhere.
    """
    way = _moved(list(spots), away)
    size = min(pen.line * pen.bold * POINT, (0.36 if both else 0.6) * _long(way))
    end, head = _head(way, size)
    start, tail = _head(way[::-1], size) if both else (way[0], [])
    shaft = [start, *_between(way, size, both), end]
    half = size * SHAFT / POINT
    left, right = _sides(shaft, half if both else half * 0.35, half)
    data = curve(left) + _joint(head) + "L" + curve(right[::-1])[1:] + _joint(tail) + "Z"
    svg = "".join(
        f'<path d="{data}" fill="{tone}" stroke="{tone}" stroke-linejoin="round" '
        f'stroke-width="{number(pen.line * width)}"/>'
        for tone, width in ((pen.paper, 4.4), (pen.accent, 0.8))
    )
    return svg, around([*left, *right, *head, *tail], pen.line * 2)


def _long(way: Sequence[Spot]) -> float:
    return sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(way))


def _between(way: Sequence[Spot], size: float, both: bool) -> list[Spot]:
    """Return the spots of a shaft that lie before its head, or between its two heads."""

    def clear(spot: Spot, end: Spot) -> bool:
        return hypot(spot[0] - end[0], spot[1] - end[1]) > size

    inner = [spot for spot in way[1:-1] if clear(spot, way[-1])]
    return [spot for spot in inner if clear(spot, way[0])] if both else inner


def _sides(way: Sequence[Spot], start: float, end: float) -> tuple[list[Spot], list[Spot]]:
    """Return the two edges of a shaft whose half width grows from ``start`` to ``end``."""
    last = len(way) - 1
    left, right = [], []
    for i, (x, y) in enumerate(way):
        (ax, ay), (bx, by) = way[max(0, i - 1)], way[min(last, i + 1)]
        dx, dy = bx - ax, by - ay
        half = (start + (end - start) * i / last) / (hypot(dx, dy) or 1)
        left.append((x + dy * half, y - dx * half))
        right.append((x - dy * half, y + dx * half))
    return left, right


def _joint(corners: Sequence[Spot]) -> str:
    return "".join(f"L{number(x)} {number(y)}" for x, y in corners)


def _moved(spots: list[Spot], away: float) -> list[Spot]:
    if not away:
        return spots
    moved = []
    for i, (x, y) in enumerate(spots):
        before, behind = spots[max(0, i - 1)], spots[min(len(spots) - 1, i + 1)]
        dx, dy = behind[0] - before[0], behind[1] - before[1]
        size = hypot(dx, dy) or 1
        moved.append((x + dy / size * away, y - dx / size * away))
    return moved


def _head(way: Sequence[Spot], size: float) -> tuple[Spot, list[Spot]]:
    """Return where the shaft ends, and the corners of the head from its left side to its right."""
    tip = way[-1]
    before = next(
        (s for s in reversed(way[:-1]) if hypot(tip[0] - s[0], tip[1] - s[1]) > size), way[0]
    )
    angle = atan2(tip[1] - before[1], tip[0] - before[0])

    def at(forward: float, aside: float) -> Spot:
        return (
            tip[0] + forward * cos(angle) - aside * sin(angle),
            tip[1] + forward * sin(angle) + aside * cos(angle),
        )

    wide = size * BARB / POINT
    return at(-size * 0.85, 0), [at(-size, -wide), at(0, 0), at(-size, wide)]


def area(outline: Sequence[Spot], kind: str, pen: Pen) -> Drawn:
    """Return an area whose outline is given by its corners."""
    shape = curve(outline, closed=True)
    box = around(outline, pen.line * 2)
    edge = number(pen.line * 1.8)
    if kind in ("fine", "muscle"):
        fill = pen.accent if kind == "muscle" else pen.paper
        return (
            f'<path d="{shape}" fill="{fill}" stroke="{pen.ink}" stroke-width="{edge}" '
            'stroke-linejoin="round"/>',
            box,
        )
    colour = pen.warning if kind in ("pain", "never") else pen.accent
    inside = {"contact": _dots, "stretch": _hatch, "pain": _solid, "never": _crossed}[kind]
    svg = (
        f'<path d="{shape}" fill="{pen.paper}" stroke="{pen.paper}" '
        f'stroke-width="{number(pen.line * 4)}"/>'
        f"{inside(outline, colour, pen)}"
        f'<path d="{shape}" fill="none" stroke="{colour}" stroke-width="{edge}"/>'
    )
    if kind == "pain":
        rays, wide = _rays(outline, colour, pen)
        return svg + rays, box.joined(wide)
    return svg, box


def _solid(outline: Sequence[Spot], colour: str, pen: Pen) -> str:
    return f'<path d="{curve(outline, closed=True)}" fill="{colour}"/>'


def _dots(outline: Sequence[Spot], colour: str, pen: Pen) -> str:
    step = pen.line * 5
    box = around(outline)
    rows = int(box.height / step) + 1
    data = ""
    for row in range(rows):
        y = box.top + (row + 0.5) * step
        x = box.left + (0.25 if row % 2 else 0.75) * step
        while x < box.right:
            if _inside((x, y), outline):
                data += f"M{number(x)} {number(y)}h0"
            x += step
    width = number(pen.line * 2.6)
    return f'<path d="{data}" stroke="{colour}" stroke-width="{width}" stroke-linecap="round"/>'


def _hatch(outline: Sequence[Spot], colour: str, pen: Pen) -> str:
    return _lines(outline, colour, pen, ((1, 1),))


def _crossed(outline: Sequence[Spot], colour: str, pen: Pen) -> str:
    return _lines(outline, colour, pen, ((1, 1), (1, -1)))


def _lines(outline: Sequence[Spot], colour: str, pen: Pen, ways: Sequence[tuple[int, int]]) -> str:
    """Return slanting lines, each cut off at the outline."""
    step = pen.line * 4.6
    box = around(outline)
    data = ""
    for _, way in ways:
        shift = box.left - box.height
        while shift < box.right + box.height:
            cuts = sorted(_cuts(outline, shift, way, box))
            for (ax, ay), (bx, by) in zip(cuts[::2], cuts[1::2], strict=False):
                data += f"M{number(ax)} {number(ay)}L{number(bx)} {number(by)}"
            shift += step
    return (
        f'<path d="{data}" fill="none" stroke="{colour}" stroke-width="{number(pen.line * 1.3)}"/>'
    )


def _cuts(outline: Sequence[Spot], shift: float, way: int, box: Box) -> list[Spot]:
    """Return where the line x = shift + way * (y - middle) crosses the outline."""
    middle = (box.top + box.bottom) / 2
    found = []
    for a, b in zip(outline, [*outline[1:], outline[0]], strict=True):
        fa = a[0] - shift - way * (a[1] - middle)
        fb = b[0] - shift - way * (b[1] - middle)
        if (fa < 0) != (fb < 0):
            t = fa / (fa - fb)
            found.append((a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t))
    return found


def _inside(spot: Spot, outline: Sequence[Spot]) -> bool:
    x, y = spot
    odd = False
    for (ax, ay), (bx, by) in zip(outline, [*outline[1:], outline[0]], strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            odd = not odd
    return odd


def _rays(outline: Sequence[Spot], colour: str, pen: Pen) -> Drawn:
    box = around(outline)
    middle = ((box.left + box.right) / 2, (box.top + box.bottom) / 2)
    inner, outer = (max(box.width, box.height) / 2 + pen.line * k for k in (3.5, 10))
    data, ends = "", []
    for i in range(8):
        a = 2 * pi * i / 8
        start = (middle[0] + inner * cos(a), middle[1] + inner * sin(a))
        end = (middle[0] + outer * cos(a), middle[1] + outer * sin(a))
        data += f"M{number(start[0])} {number(start[1])}L{number(end[0])} {number(end[1])}"
        ends.append(end)
    svg = "".join(
        f'<path d="{data}" stroke="{tone}" stroke-linecap="round" stroke-width="{number(width)}"/>'
        for tone, width in ((pen.paper, pen.line * 5), (colour, pen.line * 2.4))
    )
    return svg, around(ends, pen.line * 2)


def round_area(middle: Spot, radius: float) -> list[Spot]:
    """Return the outline of a round area."""
    return circle(middle, radius)


DIGITS = {
    "0": "M0-6C-4-6-4 6 0 6C4 6 4-6 0-6Z",
    "1": "M-2.5-3.5L1-6V6",
    "2": "M-3.2-3.4C-3-7 3.4-7 3.2-2.8C3-.4-1 2-3.4 6H3.6",
    "3": "M-3-5C0-7 3.4-6 3.2-3C3-1-.8-.4-.8-.4C3-.2 4 2 3.2 4C2 7-2 6.4-3.4 4.6",
    "4": "M2 6V-6L-3.8 2.6H4",
    "5": "M3-6H-2.2L-2.8-.4C0-1.8 3.4-.6 3.4 2.4C3.4 6-1 7-3.2 5",
    "6": "M2.6-5.6C-1-6.6-3.4-3-3.2 1.6C-3 7 3.2 7.2 3.2 2.6C3.2-1.4-2.4-1.4-3 2",
    "7": "M-3.4-6H3.4L-.8 6",
    "8": "M0-.6C-3.6-1.4-3.4-6 0-6C3.4-6 3.6-1.4 0-.6C-4.4 0-4.4 6 0 6C4.4 6 4.4 0 0-.6Z",
    "9": "M3-2C2.4 1.4-3.2 1.4-3.2-2.6C-3.2-7.2 3-7 3.2-1.6C3.4 3 1 6.6-2.6 5.6",
}
"""Digits as strokes, 8 wide and 12 high around the middle: a drawing needs no font."""


def badge(middle: Spot, radius: float, value: int, pen: Pen) -> Drawn:
    """Return a number in a filled circle."""
    x, y = middle
    svg = (
        f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" fill="{pen.ink}" '
        f'stroke="{pen.paper}" stroke-width="{number(pen.line * 2)}"/>'
    )
    digits = str(value)
    scale = radius / (10 if len(digits) == 1 else 12)
    for place, digit in enumerate(digits):
        left = x + (place - (len(digits) - 1) / 2) * 8.5 * scale
        placed = f"translate({number(left)} {number(y)}) scale({scale:.2f})"
        svg += (
            f'<path transform="{placed}" fill="none" stroke="{pen.paper}" stroke-width="2" '
            f'stroke-linecap="round" stroke-linejoin="round" d="{DIGITS[digit]}"/>'
        )
    return svg, around([middle], radius + pen.line)


def leader(start: Spot, end: Spot, pen: Pen) -> Drawn:
    """Return a thin line that leads from a number to what it explains."""
    data = f"M{number(start[0])} {number(start[1])}L{number(end[0])} {number(end[1])}"
    svg = "".join(
        f'<path d="{data}" stroke="{tone}" stroke-width="{number(width)}"/>'
        for tone, width in ((pen.paper, pen.line * 4), (pen.ink, pen.line * 1.3))
    )
    x, y, radius = (number(value) for value in (*end, pen.line * 2))
    dot = f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{pen.ink}"/>'
    return svg + dot, around([start, end], pen.line * 2)


def symbol(middle: Spot, size: float, name: str, colour: str, pen: Pen) -> Drawn:
    """Return a small sign of the layouts, ``size`` being half its width."""
    inner = re.sub(r"^.*?<svg[^>]*>|</svg>\s*$", "", pen.symbol(name), flags=re.DOTALL)
    scale = 2 * size / 24
    x, y = middle[0] - size, middle[1] - size
    placed = f'transform="translate({number(x)} {number(y)}) scale({scale:.2f})"'
    return f"<g {placed}>{inner.replace('currentColor', colour)}</g>", around([middle], size)
