"""Ink on paper: parts of a person melt into one outline, and lines that end in points lie on top.

Lines have three weights: around a person, around a part that lies over others, and within it. Each
part is written once and shown twice, with its outline and without one; so a drawing stays small.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import hypot
from typing import Literal, NamedTuple
from zlib import crc32

from clinicpress.design.contrast import mix
from clinicpress.figures.contour import thinned
from clinicpress.figures.shapes import Box, around
from clinicpress.figures.view import Spot

OUTSIDE, OVER, RIM = 2.5, 1.8, 0.6
"""The weights of lines around a person, a part over others and a finger, in inner lines' widths.

Half of each is under what it surrounds.
"""

DROP = (0.15, 0.25)
"""How far the outermost line is moved to the lower right, away from the light, in its widths."""


class Detail(NamedTuple):
    """What lies on top of a part.

    ``kind``: a ``nib`` is a line that swells and ends in points, a ``pen`` one that is even, a
    ``fill`` a shape, ``rim`` a shape with a fine edge, ``edge`` an open line as thick as a part's.
    """

    kind: Literal["nib", "pen", "fill", "rim", "edge"]
    spots: Sequence[Spot]
    tone: str
    width: float = 0.0


@dataclass
class Part:
    """Shapes that melt into one outline, and details on top; ``nearness`` orders the parts.

    ``over`` says that it lies over another part, so its outline is not the person's.
    """

    nearness: float
    name: str
    shapes: list[tuple[list[Spot], str]] = field(default_factory=list)
    details: list[Detail] = field(default_factory=list)
    over: bool = False
    cover: list[list[Spot]] = field(default_factory=list)
    """What another part shows of it, and its ghost needs."""

    def fill(self, ring: Sequence[Spot], tone: str, step: float = 0.0) -> list[Spot]:
        """Add a shape, without spots nearer than ``step`` mm; return it."""
        kept = thinned(ring, step)
        self.shapes.append((kept, tone))
        return kept

    def again(self, ring: Sequence[Spot], tone: str, *, edged: bool = False) -> None:
        """Put a shape on top, with a fine edge of its own or none."""
        self.details.append(Detail("rim" if edged else "fill", ring, tone))

    def shade(self, ring: Sequence[Spot], tone: str) -> None:
        """Put a shadow on top."""
        self.details.append(Detail("fill", thinned(ring, 26), f"{tone}-shade"))

    def nib(self, spots: Sequence[Spot], width: float = 1.0, tone: str = "ink") -> None:
        """Put a line on top that ends in points; ``width`` is in widths of an inner line."""
        self.details.append(Detail("nib", spots, tone, width))

    def pen(self, spots: Sequence[Spot], width: float) -> None:
        """Put an even line on top."""
        self.details.append(Detail("pen", spots, "ink", width))

    def edge(self, spots: Sequence[Spot]) -> None:
        """Put an open line on top that is as thick as the part's outline."""
        self.details.append(Detail("edge", spots, "ink", OVER))

    @property
    def box(self) -> Box:
        """The box around its shapes."""
        return around([spot for ring, _ in self.shapes for spot in ring])


class Inked(NamedTuple):
    """A piece of a drawing: how near it is to the eye, its SVG in grains, and its box in mm."""

    nearness: float
    svg: str
    box: Box


# ---------------------------------------------------------------- path data


def smooth(spots: Sequence[Spot], grain: float, *, closed: bool = True) -> str:
    """Return a Catmull-Rom curve through ``spots`` as relative curves in whole grains.

    ``grain`` is how many there are in a mm. Rings all run the same way round, so that where shapes
    of one path overlap, neither is a hole. No handle is longer than 0.4 of the way between its
    neighbours: where spots are close, bows are small.
    """
    points = _whole(spots, grain, closed)
    if len(points) < 2:
        return ""
    if closed:
        ring = [points[-1], *points, points[0], points[1]]
    else:
        ring = [points[0], *points, points[-1]]
    data, straight = [f"M{points[0][0]} {points[0][1]}"], False
    for (ax, ay), (bx, by), (cx, cy), (dx, dy) in zip(
        ring, ring[1:], ring[2:], ring[3:], strict=False
    ):
        x, y = cx - bx, cy - by
        span = hypot(x, y) * 0.4
        first = min(SIXTH, span / (hypot(cx - ax, cy - ay) or 1))
        second = min(SIXTH, span / (hypot(dx - bx, dy - by) or 1))
        out = f"{round(x - (dx - bx) * second)} {round(y - (dy - by) * second)} {x} {y}"
        if straight and first == SIXTH:  # the tangent goes on, so one handle mirrors the last
            data.append(f"s{out}")
        else:
            data.append(f"c{round((cx - ax) * first)} {round((cy - ay) * first)} {out}")
        straight = second == SIXTH
    return "".join(data).replace(" -", "-") + ("z" if closed else "")


SIXTH = 1 / 6
"""How long a handle of a Catmull-Rom spline is, of the way between its neighbours."""

Whole = tuple[int, int]


def _whole(spots: Sequence[Spot], grain: float, closed: bool) -> list[Whole]:
    """Return spots in whole grains, none twice in a row, a ring clockwise."""
    points: list[Whole] = []
    for x, y in spots:
        point = (round(x * grain), round(y * grain))
        if not points or point != points[-1]:
            points.append(point)
    if not closed:
        return points
    if len(points) > 1 and points[0] == points[-1]:
        points.pop()
    turn = sum(
        a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1], strict=True)
    )
    return points[::-1] if turn < 0 else points


def brush(spots: Sequence[Spot], width: float, grain: float) -> str:
    """Return a line that swells to ``width`` mm and ends in points: a sliver, as a nib draws it."""
    (ax, ay), (bx, by), (cx, cy) = spots[0], spots[len(spots) // 2], spots[-1]
    x, y = cx - ax, cy - ay
    size = hypot(x, y) or 1
    nx, ny = y / size * width, -x / size * width
    qx, qy = 2 * (bx - ax) - x / 2, 2 * (by - ay) - y / 2  # the curve goes through the middle
    ways = (ax, ay), (qx + nx, qy + ny), (x, y), (qx - nx - x, qy - ny - y), (-x, -y)
    start, out, end, back, home = (f"{round(u * grain)} {round(v * grain)}" for u, v in ways)
    return f"M{start}q{out} {end}q{back} {home}z".replace(" -", "-")


# ---------------------------------------------------------------- tones

SHADES = {"skin": 0.13, "shirt": 0.14, "trousers": 0.22, "shoe": 0.12, "cloth": 0.2, "hair": 0.2}
"""How much ink a shadow adds to each fill."""


def tones(fills: Mapping[str, str]) -> dict[str, str]:
    """Return the colours of a person, with those of shadows and of what is farther away."""
    ink, found = fills["ink"], dict(fills)
    for name, share in SHADES.items():
        found[f"{name}-shade"] = found[f"{name}-far-shade"] = mix(ink, fills[name], share)
        found[f"{name}-far"] = mix(ink, fills[name], share * 0.8)
    dark = sum(int(fills["hair"][i : i + 2], 16) for i in (1, 3, 5)) < 300
    found["strand"] = (
        mix(fills["paper"], fills["hair"], 0.28) if dark else mix(ink, fills["hair"], 0.5)
    )
    found["fold"] = mix(ink, fills["cloth"], 0.6)
    found["brow"] = mix(ink, fills["hair"], 0.6)
    found["sole"] = mix(ink, fills["paper"], 0.55)
    found["mouth"] = mix(ink, fills["skin"], 0.8)
    return found


# ---------------------------------------------------------------- parts as SVG


class Nib(NamedTuple):
    """What a person is drawn with: an inner line's width in mm, grains in a mm, and the tones."""

    line: float
    grain: float
    tones: Mapping[str, str]

    def stroke(self, weight: float) -> str:
        """Return a stroke's width of so many lines, in grains."""
        return f"{self.line * weight * self.grain:.1f}"


def inked(parts: Sequence[Part], nib: Nib, known: set[str], salt: str) -> Iterator[Inked]:
    """Yield a person's parts, to be put in order with all else in a scene.

    ``known`` are the names of the parts that the drawing has already: such a one is shown again,
    not written again. They take the names of those that are new. ``salt`` keeps those of another
    drawing apart.
    """
    for part in parts:
        written = _Written(part, nib, salt)
        svg = written.again() if written.name in known else written.shown()
        known.add(written.name)
        yield Inked(part.nearness, svg, part.box)


def in_grains(svg: str, grain: float, ink: str) -> str:
    """Return what ``inked`` has drawn at the size of the body."""
    scale = "" if grain == 1 else f' transform="scale({1 / grain:g})"'
    return (
        f'<g fill="{ink}" stroke="{ink}" stroke-width="0" stroke-linejoin="round" '
        f'stroke-linecap="round"{scale}>{svg}</g>'
    )


def outlines(parts: Sequence[Part]) -> list[list[Spot]]:
    """Return the rings of parts that make up their outline: without shadows."""
    return [
        ring
        for part in parts
        for ring in (*part.cover, *(r for r, tone in part.shapes if not tone.endswith("-shade")))
    ]


class _Written:
    """A part as SVG: its shapes as path data, and all that is shown of it.

    ``name`` is made of what is shown, so parts of a drawing that look alike have one name. A shape
    that a detail shows again has a name of its own.
    """

    def __init__(self, part: Part, nib: Nib, salt: str) -> None:
        self._part, self._nib = part, nib
        again = {id(d.spots) for d in part.details if d.kind in ("fill", "rim")}
        shown = [id(ring) for ring, _ in part.shapes if id(ring) in again]
        self._names = {ring: chr(97 + n) for n, ring in enumerate(shown)}
        self._runs = [
            (letter, tone, "".join(smooth(ring, nib.grain) for ring, _ in run))
            for (letter, tone), run in groupby(
                part.shapes, lambda shape: (self._names.get(id(shape[0]), ""), shape[1])
            )
        ]
        self._details = [
            (look, [self._names.get(id(detail.spots)) or self._data(detail) for detail in run])
            for look, run in groupby(part.details, self._look)
        ]
        looks = repr((salt, part.over, self._runs, nib, self._details))
        self.name = f"f{crc32(looks.encode()):x}"

    def shown(self) -> str:
        """Return the part: its outline, its shapes without one, so that they melt, its details."""
        weight = self._nib.stroke(OVER if self._part.over else OUTSIDE)
        drop = " ".join(self._nib.stroke(share) for share in DROP)
        svg = (
            f'<g stroke-width="{weight}" transform="translate({drop})">'
            f'<g id="{self.name}">{self._shapes()}</g></g><use href="#{self.name}"/>'
        )
        for look, run in self._details:
            if look.startswith("<use"):
                svg += "".join(f'<use href="#{self.name}{letter}"{look[4:]}' for letter in run)
            else:
                svg += f'<path d="{"".join(run)}"{look}'
        return f'<g id="{self.name}-">{svg}</g>'

    def _shapes(self) -> str:
        return "".join(
            (f'<path id="{self.name}{letter}"' if letter else "<path")
            + f' fill="{self._nib.tones[tone]}" d="{data}"/>'
            for letter, tone, data in self._runs
        )

    def again(self) -> str:
        """Return a part that has been shown."""
        return f'<use href="#{self.name}-"/>'

    def _look(self, detail: Detail) -> str:
        """Return the end of a detail's element: its paint, where that is not plain ink."""
        rim = f' stroke-width="{self._nib.stroke(RIM)}"/>' if detail.kind == "rim" else "/>"
        if id(detail.spots) in self._names:
            return f"<use{rim}"
        if detail.kind in ("pen", "edge"):
            return f' fill="none" stroke-width="{self._nib.stroke(detail.width)}"/>'
        paint = "" if detail.tone == "ink" else f' fill="{self._nib.tones[detail.tone]}"'
        return f"{paint}{rim}"

    def _data(self, detail: Detail) -> str:
        if detail.kind == "nib":
            return brush(detail.spots, detail.width * self._nib.line, self._nib.grain)
        return smooth(detail.spots, self._nib.grain, closed=detail.kind in ("fill", "rim"))
