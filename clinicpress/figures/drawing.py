"""A figure -> SVG: its moments side by side or one above the other, in one hand."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from clinicpress.design.look import Look
from clinicpress.errors import nearest
from clinicpress.figures import marks, person, scene
from clinicpress.figures.marks import Drawn, Pen
from clinicpress.figures.model import Drawing, Mark, Person, Poses
from clinicpress.figures.person import Layer
from clinicpress.figures.pose import Target
from clinicpress.figures.shapes import Box, around, number
from clinicpress.figures.skeleton import Skeleton
from clinicpress.figures.space import Vec, add, turned
from clinicpress.figures.stage import Fault, Stage, path, staged
from clinicpress.figures.view import Spot, View

GAP = 110.0
"""Between two moments, in mm of the body."""

HAND = 40.0
"""The width, in mm on paper, for which the look states its line."""


@dataclass(frozen=True)
class Panel:
    """One moment as SVG, and the box around it."""

    svg: str
    box: Box


def draw(
    drawing: Drawing,
    cast: Sequence[Person],
    poses: Poses,
    look: Look,
    symbol: Callable[[str], str],
    *,
    shape: float = 1.0,
    only: str | None = None,
) -> str:
    """Return a figure as an SVG document.

    ``cast`` are the people to show, ``poses`` the shared poses, ``symbol`` finds a small sign of
    the layouts by its name. ``shape`` is the width of the place it will fill over its height: the
    moments are put in a row or a column, whichever fills it better. ``only`` is the one moment to
    draw. Raises Fault.
    """
    people = tuple(cast)
    stages = staged(drawing, people, poses)
    inks = [_ordered(drawing, stage, people, look) for stage in stages]
    wanted = [i for i, name in enumerate(drawing.moments) if only in (None, name)]
    boxes = [_shown(drawing, stages[i], inks[i]) for i in wanted]
    across = _in_a_row(boxes, shape)
    width, height = _extent(boxes, across)
    pen = _pen(look, max(width, height * min(shape, 1.0)), symbol)
    panels = [_panel(drawing, i, stages, inks[i], pen) for i in wanted]
    if drawing.numbered if drawing.numbered is not None else len(panels) > 1:
        panels = [_numbered(panel, count, pen) for count, panel in enumerate(panels, 1)]
    return _document(panels, across, pen)


def _pen(look: Look, extent: float, symbol: Callable[[str], str]) -> Pen:
    """Return the pen: its line is as thick on paper as the look says, at the look's width."""
    colours = look.colours
    half = look.line / 2 * extent / HAND
    return Pen(
        half, colours["today"], colours["ink"], colours["paper"], colours["emergency"], symbol
    )


# ---------------------------------------------------------------- one moment


Ink = tuple[Layer, Mapping[str, str]]
"""A layer and the colours of its fills."""


def _shown(drawing: Drawing, stage: Stage, inks: Sequence[Ink]) -> Box:
    """Return the box around what is drawn of a moment, without its marks."""
    if drawing.crop:
        return _cropped(drawing.crop, stage, drawing.seen_from(stage.moment))
    boxes = [shape.box for layer, _ in inks for shape in layer.shapes]
    return _joined(boxes or [Box(0, 0, 100, 100)])


def _cropped(corners: tuple[Target, Target], stage: Stage, view: View) -> Box:
    return around([view.spot(stage.find(corner)) for corner in corners])


def _joined(boxes: Iterable[Box]) -> Box:
    first, *others = boxes
    for box in others:
        first = first.joined(box)
    return first


def _panel(
    drawing: Drawing, index: int, stages: Sequence[Stage], inks: Sequence[Ink], pen: Pen
) -> Panel:  # fmt: skip
    stage = stages[index]
    view = drawing.seen_from(stage.moment)
    box = _shown(drawing, stage, inks)
    svg = ""
    if any(prop.is_ == "floor" for prop in stage.props):
        svg += _floor(box, view, pen)
    svg += _ghost(stage, drawing, stages, pen)
    if drawing.crop:
        inks = [(_seen(layer, box), fills) for layer, fills in inks]
    svg += "".join(_inked(layer, fills, pen) for layer, fills in inks)
    for drawn, wide in _signs(drawing, index, stages, pen, box):
        svg, box = svg + drawn, box.joined(wide)
    if drawing.crop:
        box = _cropped(drawing.crop, stage, view)
        svg = _clipped(svg, box, f"clip-{index}")
    return Panel(svg, box)


def _seen(layer: Layer, box: Box) -> Layer:
    """Return a layer without the shapes that a crop hides altogether."""
    shapes = tuple(shape for shape in layer.shapes if shape.box.meets(box))
    return replace(layer, shapes=shapes, lines=layer.lines if shapes else ())


def _clipped(svg: str, box: Box, id: str) -> str:
    """Return a drawing of which only what is in the box shows."""
    x, y, width, height = (number(v) for v in (box.left, box.top, box.width, box.height))
    return (
        f'<clipPath id="{id}"><rect x="{x}" y="{y}" width="{width}" height="{height}"/></clipPath>'
        f'<g clip-path="url(#{id})">{svg}</g>'
    )


def _signs(
    drawing: Drawing, index: int, stages: Sequence[Stage], pen: Pen, box: Box
) -> Iterator[Drawn]:  # fmt: skip
    """Yield the marks of a moment, and its tick or cross."""
    stage, before = stages[index], stages[max(0, index - 1)]
    view = drawing.seen_from(stage.moment)
    for mark in stage.moment.marks:
        yield _mark(mark, stage, before, view, pen)
    if stage.moment.verdict:
        size = pen.line * 16
        wrong = stage.moment.verdict == "wrong"
        spot = (box.right - size * 1.1, box.top + size * 1.1)
        yield marks.symbol(
            spot, size, "cross" if wrong else "tick", pen.warning if wrong else pen.ink, pen
        )


def _floor(box: Box, view: View, pen: Pen) -> str:
    y = view.spot((0, 0, 0))[1]
    left, right = number(box.left - 40), number(box.right + 40)
    return (
        f'<path d="M{left} {number(y)}H{right}" stroke="{pen.ink}" '
        f'stroke-width="{number(pen.line * 1.2)}"/>'
    )


def _ordered(drawing: Drawing, stage: Stage, people: Sequence[Person], look: Look) -> list[Ink]:
    """Return all layers from the farthest to the nearest, each with its colours."""
    found: list[Ink] = []
    view = drawing.seen_from(stage.moment)
    for index, (name, skeleton) in enumerate(stage.skeletons.items()):
        who = drawing.cast(name, index, people)
        fills = look.fills(index, who.skin, who.hair_tone)
        found += [(layer, fills) for layer in person.layers(skeleton, view)]
    for prop in stage.props:
        found += [(layer, look.colours) for layer in scene.layers(prop, stage.through, view)]
    return sorted(found, key=lambda pair: pair[0].nearness)


def _inked(layer: Layer, fills: Mapping[str, str], pen: Pen) -> str:
    """Return a layer: first all outlines, wide and dark, then all fills; so limbs melt into one."""
    svg = ""
    solid = [shape for shape in layer.shapes if not shape.width]
    if solid == list(layer.shapes) and len(solid) == 1:  # nothing to melt with
        svg += _filled(solid[0].path, fills[solid[0].fill], pen.ink, pen.line)
    else:
        if solid:
            svg += _filled("".join(shape.path for shape in solid), pen.ink, pen.ink, 2 * pen.line)
        for shape in layer.shapes:
            if shape.width:
                svg += _lined(shape.path, pen.ink, shape.width + 2 * pen.line)
        for (tone, width), run in groupby(layer.shapes, lambda s: (fills[s.fill], s.width)):
            data = "".join(shape.path for shape in run)
            svg += _lined(data, tone, width) if width else f'<path d="{data}" fill="{tone}"/>'
    return svg + "".join(_lined(data, pen.ink, 2 * pen.line * share) for data, share in layer.lines)


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


def _ghost(stage: Stage, drawing: Drawing, stages: Sequence[Stage], pen: Pen) -> str:
    """Return the outline of an earlier moment's people, to stand behind."""
    ghost, names = stage.moment.ghost, list(drawing.moments)
    if ghost is None:
        return ""
    if ghost not in names:
        hint = nearest(ghost, names)
        raise Fault(("moments",), "FIGURE-LIKE", f"there is no moment “{ghost}”", hint)
    earlier = stages[names.index(ghost)]
    view = drawing.seen_from(stage.moment)
    pale = replace(pen, ink="#9aa3a8")
    nothing = dict.fromkeys(("skin", "shirt", "trousers", "shoe", "hair", "cloth"), pen.paper)
    found = [layer for body in earlier.skeletons.values() for layer in person.layers(body, view)]
    return "".join(
        _inked(Layer(layer.nearness, layer.shapes), nothing, pale)
        for layer in sorted(found, key=lambda layer: layer.nearness)
    )


# ---------------------------------------------------------------- marks


def _mark(mark: Mark, stage: Stage, before: Stage, view: View, pen: Pen) -> Drawn:
    who = mark.of or next(iter(stage.skeletons), "")
    if mark.arrow:
        way = [view.spot(spot) for spot in path(before, stage, who, mark.arrow)]
        return marks.arrow(way, pen, away=mark.away, both=mark.both_ways)
    if mark.along:
        way = [view.spot(stage.find(target, who)) for target in mark.along]
        return marks.arrow(way, pen, away=mark.away, both=mark.both_ways)
    if mark.patch:
        skeleton = stage.body(who)
        corners = [
            view.spot(_on_trunk(skeleton, high, left, mark.front)) for high, left in mark.patch
        ]
        return marks.area(corners, mark.kind, pen)
    if mark.area is not None:
        middle = view.spot(stage.find(mark.area, who))
        return marks.area(marks.round_area(middle, mark.size), mark.kind, pen)
    spot = view.spot(stage.find(mark.at, who)) if mark.at else (0.0, 0.0)
    return _sign(mark, spot, view.spot(stage.find(mark.to, who)) if mark.to else None, pen)


def _sign(mark: Mark, spot: Spot, to: Spot | None, pen: Pen) -> Drawn:
    svg, box = marks.leader(spot, to, pen) if to else ("", around([spot], 1))
    if mark.number is not None:
        drawn, around_it = marks.badge(spot, mark.size, mark.number, pen)
    else:
        tone = pen.warning if mark.kind in ("pain", "never") else pen.ink
        drawn, around_it = marks.symbol(spot, mark.size, mark.symbol or "", tone, pen)
    return svg + drawn, box.joined(around_it)


def _on_trunk(skeleton: Skeleton, high: float, left: float, front: bool) -> Vec:
    """Return a place on the trunk: ``high`` 0 at the hips to 5 at the neck, ``left`` -1 to 1."""
    if high > 4.4:
        base, top = skeleton.joints["neck"], skeleton.joints["skull"]
        up = (high - 4.4) / 1.6
        at = add(base, tuple((t - b) * up for b, t in zip(base, top, strict=True)))  # type: ignore[arg-type]
        return add(at, turned((0, left * 60, 0), skeleton.frames["chest"]))
    part = max(0, min(4, round(high)))
    axes = skeleton.build.trunk()[part]
    wide = axes[1] * (1.3 if part == 4 else 1.0)
    deep = axes[0] * (1 if front else -1) * max(0.0, 1 - left * left) ** 0.5
    shift = (deep, left * wide, (high - part) * 100)
    return add(skeleton.joints[f"trunk-{part}"], turned(shift, skeleton.frames[f"trunk-{part}"]))


# ---------------------------------------------------------------- all moments together


def _in_a_row(boxes: Sequence[Box], shape: float) -> bool:
    """Return whether the moments fill a place of that shape better in a row than in a column."""

    def scale(across: bool) -> float:
        width, height = _extent(boxes, across)
        return min(shape / width, 1 / height)

    return scale(True) >= scale(False)


def _extent(boxes: Sequence[Box], across: bool) -> tuple[float, float]:
    gaps = GAP * (len(boxes) - 1)
    if across:
        return sum(box.width for box in boxes) + gaps, max(box.height for box in boxes)
    return max(box.width for box in boxes), sum(box.height for box in boxes) + gaps


def _numbered(panel: Panel, count: int, pen: Pen) -> Panel:
    radius = pen.line * 10
    middle = (panel.box.left - radius * 0.8, panel.box.top + radius * 0.4)
    drawn, box = marks.badge(middle, radius, count, pen)
    return Panel(panel.svg + drawn, panel.box.joined(box))


def _document(panels: Sequence[Panel], across: bool, pen: Pen) -> str:
    """Return the panels as one SVG; in a row all stand on one line, the floor."""
    margin = pen.line * 2
    x = y = margin
    body = ""
    low = min(panel.box.top for panel in panels)
    for panel in panels:
        top = low if across else panel.box.top
        body += (
            f'<g transform="translate({number(x - panel.box.left)} {number(y - top)})">'
            f"{panel.svg}</g>"
        )
        if across:
            x += panel.box.width + GAP
        else:
            y += panel.box.height + GAP
    boxes = [panel.box for panel in panels]
    if across:
        width, height = x - GAP, max(box.bottom for box in boxes) - low + margin
    else:
        width, height = max(box.width for box in boxes) + margin, y - GAP
    size = f"{number(width + margin)} {number(height + margin)}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}">{body}</svg>'
