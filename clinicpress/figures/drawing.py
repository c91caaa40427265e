"""A figure -> SVG: its moments side by side or one above the other, in one hand."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from clinicpress.design.look import Look
from clinicpress.figures.arranging import Panel, columns_of, document, extent, headed, in_cells
from clinicpress.figures.ghosts import ghost_of
from clinicpress.figures.ink import Inked, Nib, in_grains, inked, tones
from clinicpress.figures.inking import BOLD, ground, layer_inked, pen_of
from clinicpress.figures.marking import marked
from clinicpress.figures.marks import Drawn, Pen
from clinicpress.figures.model import Drawing, Person, Poses
from clinicpress.figures.seen import Scene, joined, shown
from clinicpress.figures.shapes import Box, Layer, number
from clinicpress.figures.stage import Stage, staged

BOLD_IN_ROW = 1.4
"""How much wider an arrow is in a row, whose lines are as thin as the look says and no wider."""


def draw(
    drawing: Drawing,
    cast: Sequence[Person],
    poses: Poses,
    look: Look,
    symbol: Callable[[str], str],
    *,
    shape: float = 1.0,
    only: str | None = None,
    row: float = 0,
    numbers: Mapping[str, int] | None = None,
) -> str:
    """Return a figure as an SVG document.

    ``cast`` are the people to show, ``poses`` the shared poses, ``symbol`` finds a small sign of
    the layouts by its name. ``shape`` is the width of the place it will fill over its height: the
    moments are put in rows of as many as fill it best. ``only`` is the one moment to draw,
    ``numbers`` those of the steps that stand beside it, by the step's name. With ``row``, the width
    of its place in mm on paper, they stand in one row of cells of one width, without numbers: words
    stand below. Raises Fault.
    """
    people = tuple(cast)
    stages = staged(drawing, people, poses)
    wanted = [i for i, name in enumerate(drawing.moments) if only in (None, name)]
    scenes = [Scene(drawing, stage, people, look, tuple(stages)) for stage in stages]
    boxes = [shown(scenes[i]) for i in wanted]
    columns = len(boxes) if row else columns_of(boxes, shape)
    width, height = extent(boxes, columns)
    if row:
        pen = replace(pen_of(look, max(width, height * shape), symbol, row), bold=BOLD_IN_ROW)
    else:
        pen = pen_of(look, max(width, height * min(shape, 1.0)), symbol)
    names = Names(f"{drawing.id} {only}", set())
    panels = [_panel(drawing, i, scenes, pen, names) for i in wanted]
    counts = {} if row else _counts(drawing, wanted, numbers or {})
    panels = [
        headed(panel, scenes[i].stage.moment.verdict, counts.get(i), pen)
        for i, panel in zip(wanted, panels, strict=True)
    ]
    panels = in_cells(panels, shape) if row else panels
    return document(panels, columns, pen)


def _counts(
    drawing: Drawing, wanted: Sequence[int], numbers: Mapping[str, int]
) -> Mapping[int, int]:
    """Return the number of each moment that is to bear one, by its place in the drawing.

    A moment that is called as a step bears the step's; where none is, they are counted.
    """
    if not (len(wanted) > 1 if drawing.numbered is None else drawing.numbered):
        return {}
    steps = {i: numbers[name] for i, name in enumerate(drawing.moments) if name in numbers}
    return steps or {i: count for count, i in enumerate(wanted, 1)}


# ---------------------------------------------------------------- one moment


@dataclass(frozen=True)
class Names:
    """The names of the people's parts that a drawing has; ``salt`` is what only it has."""

    salt: str
    known: set[str]


def _panel(drawing: Drawing, index: int, scenes: Sequence[Scene], pen: Pen, names: Names) -> Panel:
    seen = scenes[index]
    box = shown(seen)
    svg = ""
    if any(prop.is_ == "floor" for prop in seen.stage.props):
        svg += ground(box, seen, pen)
    crop = seen.frame
    pieces = _pieces(seen, pen, names, crop)
    if before := ghost_of(drawing, index, scenes, pen):
        pieces, box = [*pieces, (before, True)], box.joined(before.box)
    svg += _in_order(pieces, seen.grain, pen)
    stages = [each.stage for each in scenes]
    signs = list(_signs(drawing, index, stages, pen))
    if crop:
        return _cut(drawing, svg, crop, signs, f"clip-{drawing.id}-{index}")
    for drawn, wide in signs:
        svg, box = svg + drawn, box.joined(wide)
    return Panel(svg, box)


def _cut(drawing: Drawing, svg: str, crop: Box, signs: Sequence[Drawn], id: str) -> Panel:
    """Return a moment of which only what is in the box shows; signs may reach out of a close-up."""
    drawn = "".join(sign for sign, _ in signs)
    if not drawing.close_up:
        return Panel(_clipped(svg + drawn, crop, id), crop)
    return Panel(_clipped(svg, crop, id) + drawn, joined([crop, *(wide for _, wide in signs)]))


def _pieces(seen: Scene, pen: Pen, names: Names, crop: Box | None) -> list[tuple[Inked, bool]]:
    """Return all that is there, and whether it is in grains; what a crop hides is left out."""
    found = [
        (
            Inked(layer.nearness, layer_inked(layer, seen.look.colours, pen), layer.shapes[0].box),
            False,
        )
        for layer in (_seen(layer, crop) for layer in seen.things)
        if layer.shapes
    ]
    for who in seen.people.values():
        nib = Nib(min(pen.line / 0.9, BOLD), seen.grain, tones(who.fills))
        parts = [part for part in who.parts if crop is None or part.box.meets(crop)]
        found += [(piece, True) for piece in inked(parts, nib, names.known, names.salt)]
    return found


def _in_order(pieces: Iterable[tuple[Inked, bool]], grain: float, pen: Pen) -> str:
    """Return pieces, the farthest first."""
    svg, ordered = "", sorted(pieces, key=lambda pair: pair[0].nearness)
    for is_person, run in groupby(ordered, lambda pair: pair[1]):
        drawn = "".join(piece.svg for piece, _ in run)
        svg += in_grains(drawn, grain, pen.ink) if is_person else drawn
    return svg


def _seen(layer: Layer, crop: Box | None) -> Layer:
    """Return a layer without the shapes that a crop hides altogether."""
    if crop is None:
        return layer
    return Layer(layer.nearness, tuple(s for s in layer.shapes if s.box.meets(crop)))


def _clipped(svg: str, box: Box, id: str) -> str:
    """Return a drawing of which only what is in the box shows."""
    x, y, width, height = (number(v) for v in (box.left, box.top, box.width, box.height))
    return (
        f'<clipPath id="{id}"><rect x="{x}" y="{y}" width="{width}" height="{height}"/></clipPath>'
        f'<g clip-path="url(#{id})">{svg}</g>'
    )


def _signs(drawing: Drawing, index: int, stages: Sequence[Stage], pen: Pen) -> Iterator[Drawn]:
    """Yield the marks of a moment."""
    stage, before = stages[index], stages[max(0, index - 1)]
    view = drawing.seen_from(stage.moment)
    for mark in stage.moment.marks:
        yield marked(mark, stage, before, view, pen)


# ---------------------------------------------------------------- the ground


# ---------------------------------------------------------------- layers


# ---------------------------------------------------------------- where a part was before


# ---------------------------------------------------------------- marks


# ---------------------------------------------------------------- all moments together
