"""Shapes of an SVG -> the lines and curves of a PDF, in the shape's own numbers."""

import re
from collections.abc import Sequence
from math import atan2, cos, hypot, isclose, pi, radians, sin, sqrt, tan

Place = tuple[float, float]
"""Where a point is, across and down."""

Outline = Sequence[float | str]
"""What makes a path in a content stream: each operator behind its numbers."""

PLAIN = re.compile(r"[MmLlHhVvCcSsQqTtAaZz0-9 ,.\n-]*")
"""What the data of a path may be made of: no exponents, and no signs before positive numbers."""

LONG = re.compile(r"(?<![0-9.])[0-9]{7}")
"""More digits before the point than a drawing needs, or than a viewer may know what to do with."""

COMMANDS = re.compile("([A-Za-z])([^A-Za-z]*)")

NUMBER = re.compile(r"-?(?:[0-9]{1,6}(?:\.[0-9]{1,20})?|\.[0-9]{1,20})")

TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
"""How many numbers each command takes; more begin it again."""


class Strange(Exception):
    """What is said is not of the dialect that is known here."""


def number_of(words: str) -> float:
    """Return a number; a whole one stays whole. Raises Strange."""
    if not NUMBER.fullmatch(words):
        raise Strange
    return float(words) if "." in words else int(words)


def circle(x: float, y: float, radius: float) -> Outline:
    """Return a circle in four curves, their handles as long as the engine's."""
    if radius <= 0:
        raise Strange
    r, h = radius, radius / sqrt(pi)
    return [
        x + r, y, "m",
        x + r, y + h, x + h, y + r, x, y + r, "c",
        x - h, y + r, x - r, y + h, x - r, y, "c",
        x - r, y - h, x - h, y - r, x, y - r, "c",
        x + h, y - r, x + r, y - h, x + r, y, "c",
        "h",
    ]  # fmt: skip


def rectangle(
    x: float, y: float, width: float, height: float, across: float, down: float
) -> Outline:
    """Return a rectangle; ``across`` and ``down`` are the half axes of its corners.

    Two of these are a little fuller than an ellipse, as the engine has them.
    """
    if width <= 0 or height <= 0 or across < 0 or down < 0:
        raise Strange
    if not across or not down:
        return [x, y, width, height, "re"]
    rx, ry = min(across, width / 2), min(down, height / 2)
    hx, hy = (4 * (sqrt(2) - 1) / 3 * half for half in (rx, ry))
    right, low = x + width, y + height
    return [
        x + rx, y, "m",
        right - rx, y, "l",
        right - rx + hx, y, right, y + hy, right, y + ry, "c",
        right, low - ry, "l",
        right, low - ry + hy, right - rx + hx, low, right - rx, low, "c",
        x + rx, low, "l",
        x + rx - hx, low, x, low - hy, x, low - ry, "c",
        x, y + ry, "l",
        x, y + ry - hy, x + rx - hx, y, x + rx, y, "c",
        "h",
    ]  # fmt: skip


def path(data: str) -> Outline:
    """Return the outline that the data of a path describe. Raises Strange.

    Where all numbers are whole, so are those of its lines and cubic curves.
    """
    if not PLAIN.fullmatch(data) or LONG.search(data):
        raise Strange
    data = data.replace("-", " -").replace(",", " ").lstrip()
    if data and data[0] not in "Mm":
        raise Strange
    pen = _Pen()
    for letter, words in COMMANDS.findall(data):
        kind = letter.upper()
        if kind == "Z":
            pen.close(words)
            continue
        for given in _taken(kind, words):
            pen.draw(kind, given, from_here=letter != letter.upper())
            kind = "L" if kind == "M" else kind  # more numbers are lines
    return pen.found


class _Pen:
    """What a path has drawn, where that began, where it has come to, and its last handle."""

    def __init__(self) -> None:
        self.found: list[float | str] = []
        self.start: Place = (0, 0)
        self.at: Place = (0, 0)
        self.handle: Place = (0, 0)
        self.last = ""

    def close(self, words: str) -> None:
        """Go back to where this piece began. Raises Strange for ``words`` behind it, or no line."""
        if words.strip() or self.last in "MZ":
            raise Strange
        self.found.append("h")
        self.at, self.last = self.start, "Z"

    def draw(self, kind: str, given: Sequence[float], *, from_here: bool) -> None:
        """Draw one line or curve, or go to where one begins. Raises Strange."""
        left, top = self.at if from_here else (0, 0)
        x = self.at[0] if kind == "V" else given[0 if kind == "H" else -2] + left
        y = self.at[1] if kind == "H" else given[-1] + top
        if kind in "SC":
            self.found += self._cubic(kind, given, left, top)
        elif kind in "QT":
            self.found += self._quadratic(kind, given, left, top)
        elif kind == "A":
            self.found += _arc(self.at, given[:5], (x, y))
        else:
            self.found += x, y, "m" if kind == "M" else "l"
        self.at, self.last = (x, y), kind
        if kind == "M":
            self.start = self.at

    def _cubic(self, kind: str, given: Sequence[float], left: float, top: float) -> Outline:
        """Return a curve of two handles; S takes the last one's over, if there is one."""
        if kind == "C":
            bx, by = given[0] + left, given[1] + top
        else:
            bx, by = self._mirrored() if self.last in "CS" else self.at
        hx, hy, x, y = given[-4:]
        self.handle = hx + left, hy + top
        return [bx, by, *self.handle, x + left, y + top, "c"]

    def _quadratic(self, kind: str, given: Sequence[float], left: float, top: float) -> Outline:
        """Return a curve of one handle; T takes the last one's over. Raises Strange for none."""
        if kind == "T" and self.last not in "QT":
            raise Strange
        self.handle = (given[0] + left, given[1] + top) if kind == "Q" else self._mirrored()
        return _raised(self.at, self.handle, (given[-2] + left, given[-1] + top))

    def _mirrored(self) -> Place:
        """Return the last handle, seen from the other side."""
        return 2 * self.at[0] - self.handle[0], 2 * self.at[1] - self.handle[1]


def _raised(start: Place, handle: Place, end: Place) -> Outline:
    """Return a quadratic curve as a cubic one."""
    (x, y), (hx, hy), (ex, ey) = start, handle, end
    return [(2 * hx + x) / 3, (2 * hy + y) / 3, (2 * hx + ex) / 3, (2 * hy + ey) / 3, ex, ey, "c"]


def _taken(kind: str, words: str) -> Sequence[Sequence[float]]:
    """Return the numbers behind a letter, as many at a time as it takes. Raises Strange."""
    parts: list[str] = words.split()
    numbers: list[float]
    try:
        numbers = list(map(int, parts))
    except ValueError:
        parts = NUMBER.findall(words)  # “1.5.2” is 1.5 and .2
        if NUMBER.sub("", words).strip():
            raise Strange from None
        numbers = [number_of(part) for part in parts]
    size, count = TAKES.get(kind, 0), len(numbers)
    if not size or not count or count % size:
        raise Strange
    if kind == "A" and not {*parts[3::7], *parts[4::7]} <= {"0", "1"}:
        raise Strange
    return [numbers] if count == size else [numbers[at : at + size] for at in range(0, count, size)]


def _arc(start: Place, given: Sequence[float], end: Place) -> Outline:
    """Return an arc of an ellipse as curves: one if it is the small one, else three.

    ``given`` are its half axes, how it is turned, and whether it is the large one and clockwise.
    """
    rx, ry, turn, large, sweep = given
    if rx < 0 or ry < 0 or start == end:
        raise Strange
    if not rx or not ry:
        return [*end, "l"]
    # The ellipse is turned upright and made a circle around the origin, through start and end.
    c, s, flat = cos(radians(turn)), sin(radians(turn)), ry / rx
    dx, dy = end[0] - start[0], end[1] - start[1]
    ex, ey = dx * c + dy * s, (dy * c - dx * s) / flat
    away, along = hypot(ex, ey), atan2(ey, ex)
    radius = max(rx, away / 2)
    high = sqrt(radius**2 - (away / 2) ** 2) * (-1 if large == sweep else 1)
    mx, my = (
        away / 2 * cos(along) - high * sin(along),
        high * cos(along) + away / 2 * sin(along),
    )
    first, whole = _angles(atan2(-my, -mx), atan2(ey - my, ex - mx), bool(large), bool(sweep))
    pieces = 3 if large else 1
    step = whole / pieces
    reach = 4 / 3 * tan(step / 4)

    def seen(x: float, y: float) -> tuple[float, float]:
        x, y = mx + radius * x, (my + radius * y) * flat
        return start[0] + x * c - y * s, start[1] + x * s + y * c

    found: list[float | str] = []
    for piece in range(pieces):
        a, b = first + piece * step, first + (piece + 1) * step
        found += seen(cos(a) - reach * sin(a), sin(a) + reach * cos(a))
        found += seen(cos(b) + reach * sin(b), sin(b) - reach * cos(b))
        found += end if piece == pieces - 1 else seen(cos(b), sin(b))
        found.append("c")
    return found


def _angles(first: float, second: float, large: bool, sweep: bool) -> tuple[float, float]:
    """Return where an arc begins, and how far it goes round."""
    whole = second - first
    if isclose(abs(whole), pi) or isclose(abs(whole), 3 * pi):
        return first, pi if sweep else -pi
    whole %= 2 * pi
    return first, whole if sweep else whole - 2 * pi
