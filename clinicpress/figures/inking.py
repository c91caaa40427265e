"""What things, the ground and ghosts look like as SVG."""

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby

from clinicpress.design.contrast import mix
from clinicpress.design.look import Look
from clinicpress.figures.marks import Pen
from clinicpress.figures.seen import Scene
from clinicpress.figures.shapes import Box, Layer, Shape, number, oval

ON_FLOOR = 150.0
"""How high above the floor a joint may be, in mm, that throws its shadow there."""


def ground(box: Box, seen: Scene, pen: Pen) -> str:
    """Return the line on which all stand, and a soft shadow below each person."""
    y = seen.view.spot((0, 0, 0))[1]
    left, right = number(box.left - 40), number(box.right + 40)
    shadows = "" if seen.view.tilt else "".join(_shadows(seen, pen, y))
    return shadows + (
        f'<path d="M{left} {number(y)}H{right}" stroke="{pen.ink}" '
        f'stroke-width="{number(pen.line * 1.2)}"/>'
    )


def _shadows(seen: Scene, pen: Pen, y: float) -> Iterator[str]:
    """Yield below each person a wide pale shape, and a narrow one that is darker."""
    for who in seen.people.values():
        joints = who.skeleton.joints.items()
        low = [place for name, place in joints if place[2] < ON_FLOOR and "ball" not in name]
        if not low:
            continue
        across = [seen.view.spot(place)[0] for place in low]
        middle, half = (min(across) + max(across)) / 2, (max(across) - min(across)) / 2 + 55
        for wide, high, share in ((1.0, 20, 0.08), (0.8, 13, 0.12)):
            tone = mix(pen.ink, pen.paper, share)
            yield _plain(oval((middle, y), half * wide, high, tone))


def _plain(shape: Shape) -> str:
    return f'<path d="{shape.path}" fill="{shape.fill}"/>'


def layer_inked(layer: Layer, fills: Mapping[str, str], pen: Pen) -> str:
    """Return a layer: first all outlines, wide and dark, then all fills; so they melt."""
    svg = ""
    if all(shape.crease for shape in layer.shapes):
        return "".join(_lined(each.path, fills[each.fill], pen.line) for each in layer.shapes)
    solid = [shape for shape in layer.shapes if not shape.width]
    if solid == list(layer.shapes) and len(solid) == 1:  # nothing to melt with
        return _filled(solid[0].path, fills[solid[0].fill], pen.ink, pen.line)
    if solid:
        svg += _filled("".join(shape.path for shape in solid), pen.ink, pen.ink, 2 * pen.line)
    for shape in layer.shapes:
        if shape.width:
            svg += _lined(shape.path, pen.ink, shape.width + 2 * pen.line)
    for (tone, width), run in groupby(layer.shapes, lambda s: (fills[s.fill], s.width)):
        data = "".join(shape.path for shape in run)
        svg += _lined(data, tone, width) if width else f'<path d="{data}" fill="{tone}"/>'
    return svg


def _filled(data: str, tone: str, ink: str, width: float) -> str:
    """Return a path with an outline."""
    return (
        f'<path d="{data}" fill="{tone}" stroke="{ink}" stroke-linejoin="round" '
        f'stroke-width="{number(width)}"/>'
    )


def _lined(data: str, tone: str, width: float) -> str:
    """Return a path as a line with round ends."""
    return (
        f'<path d="{data}" fill="none" stroke-linecap="round" stroke-linejoin="round" '
        f'stroke="{tone}" stroke-width="{number(width)}"/>'
    )


BOLD = 9.5
"""The widest that an inner line of a person may be, in mm: wider ones close a hand."""


HAND = 40.0
"""The width, in mm on paper, for which the look states its line."""


def pen_of(look: Look, extent: float, symbol: Callable[[str], str], width: float = HAND) -> Pen:
    """Return the pen: its line is as thick on paper as the look says, at this ``width`` in mm."""
    colours = look.colours
    half = look.line / 2 * extent / width
    return Pen(
        half, colours["brand"], colours["ink"], colours["paper"], colours["emergency"], symbol
    )
