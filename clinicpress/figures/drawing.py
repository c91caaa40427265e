"""A figure -> SVG: its moments side by side or one above the other, in one hand."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import TypeVar

from clinicpress.design.contrast import mix
from clinicpress.design.look import Look
from clinicpress.errors import nearest
from clinicpress.figures import marks, person, scene
from clinicpress.figures.ink import Inked, Nib, Part, ghost, in_grains, inked, tones
from clinicpress.figures.marks import Drawn, Pen
from clinicpress.figures.model import Drawing, Mark, Person, Poses
from clinicpress.figures.pose import Target
from clinicpress.figures.shapes import Box, Layer, Shape, around, number, oval
from clinicpress.figures.skeleton import Skeleton
from clinicpress.figures.space import Vec, add, length, sub, turned
from clinicpress.figures.stage import Fault, Stage, path, staged
from clinicpress.figures.view import Spot, View

T = TypeVar("T")

GAP = 110.0
"""Between two moments, in mm of the body."""

HAND = 40.0
"""The width, in mm on paper, for which the look states its line."""

LARGE = 1000.0
"""A picture that shows no more than so many mm is drawn with each finger and in finer grains."""

GRAINS = (0.4, 1.0)
"""Grains of a person's curves in a mm: of one who is shown whole, and large."""

BOLD = 9.5
"""The widest that an inner line of a person may be, in mm: wider ones close a hand."""

BOLD_IN_ROW = 1.4
"""How much wider an arrow is in a row, whose lines are as thin as the look says and no wider."""

MOVED = 25.0
"""How far a joint has gone, in mm, if its part is to be seen where it was before."""


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
    scenes = [Scene(drawing, stage, people, look) for stage in stages]
    boxes = [_shown(drawing, scenes[i]) for i in wanted]
    columns = len(boxes) if row else _columns(boxes, shape)
    width, height = _extent(boxes, columns)
    if row:
        pen = replace(_pen(look, max(width, height * shape), symbol, row), bold=BOLD_IN_ROW)
    else:
        pen = _pen(look, max(width, height * min(shape, 1.0)), symbol)
    names = Names(f"{drawing.id} {only}", set())
    panels = [_panel(drawing, i, scenes, pen, names) for i in wanted]
    counts = {} if row else _counts(drawing, wanted, numbers or {})
    panels = [
        _headed(panel, scenes[i].stage.moment.verdict, counts.get(i), pen)
        for i, panel in zip(wanted, panels, strict=True)
    ]
    panels = _in_cells(panels, shape) if row else panels
    return _document(panels, columns, pen)


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


def _pen(look: Look, extent: float, symbol: Callable[[str], str], width: float = HAND) -> Pen:
    """Return the pen: its line is as thick on paper as the look says, at this ``width`` in mm."""
    colours = look.colours
    half = look.line / 2 * extent / width
    return Pen(
        half, colours["brand"], colours["ink"], colours["paper"], colours["emergency"], symbol
    )


# ---------------------------------------------------------------- one moment


@dataclass(frozen=True)
class Names:
    """The names of the people's parts that a drawing has; ``salt`` is what only it has."""

    salt: str
    known: set[str]


@dataclass(frozen=True)
class Figurant:
    """A person of a moment as the eye sees them: their parts, and the colours of their fills."""

    skeleton: Skeleton
    parts: Sequence[Part]
    fills: Mapping[str, str]


@dataclass(frozen=True)
class Scene:
    """A moment before it is inked: who and what is seen, worked out when it is asked for."""

    drawing: Drawing
    stage: Stage
    cast: Sequence[Person]
    look: Look

    @cached_property
    def view(self) -> View:
        """From where it is seen."""
        return self.drawing.seen_from(self.stage.moment)

    @cached_property
    def grain(self) -> float:
        """Grains in a mm."""
        return GRAINS[self._is_large]

    @cached_property
    def _is_large(self) -> bool:
        crop = self.drawing.crop
        return bool(crop) and _size(_cropped(crop, self.stage, self.view)) < LARGE

    @cached_property
    def people(self) -> Mapping[str, Figurant]:
        """Everybody by name."""
        return {
            name: self._figurant(index, name, skeleton)
            for index, (name, skeleton) in enumerate(self.stage.skeletons.items())
        }

    def _figurant(self, index: int, name: str, skeleton: Skeleton) -> Figurant:
        who = self.drawing.cast(name, index, self.cast)
        fills = self.look.fills(index, who.skin, who.hair_tone)
        parts = list(person.parts(skeleton, self.view, fine=self._is_large))
        return Figurant(skeleton, parts, fills)

    @cached_property
    def things(self) -> Sequence[Layer]:
        """The props as layers of shapes."""
        stage = self.stage
        return [
            layer for prop in stage.props for layer in scene.layers(prop, stage.through, self.view)
        ]

    @cached_property
    def box(self) -> Box:
        """The box around all people and things."""
        boxes = [part.box for who in self.people.values() for part in who.parts]
        boxes += [shape.box for layer in self.things for shape in layer.shapes]
        return _joined(boxes or [Box(0, 0, 100, 100)])


def _size(box: Box) -> float:
    return max(box.width, box.height)


def _shown(drawing: Drawing, seen: Scene) -> Box:
    """Return the box around what is drawn of a moment, without its marks."""
    if drawing.crop:
        return _cropped(drawing.crop, seen.stage, seen.view)
    return seen.box


def _cropped(corners: tuple[Target, Target] | None, stage: Stage, view: View) -> Box:
    return around([view.spot(stage.find(corner)) for corner in corners or ()])


def _joined(boxes: Iterable[Box]) -> Box:
    first, *others = boxes
    for box in others:
        first = first.joined(box)
    return first


def _panel(drawing: Drawing, index: int, scenes: Sequence[Scene], pen: Pen, names: Names) -> Panel:
    seen = scenes[index]
    box = _shown(drawing, seen)
    svg = ""
    if any(prop.is_ == "floor" for prop in seen.stage.props):
        svg += _floor(box, seen, pen)
    crop = box if drawing.crop else None
    pieces = _pieces(seen, pen, names, crop)
    if before := _ghost(drawing, index, scenes, pen):
        pieces, box = [*pieces, (before, True)], box.joined(before.box)
    svg += _in_order(pieces, seen.grain, pen)
    stages = [each.stage for each in scenes]
    for drawn, wide in _signs(drawing, index, stages, pen):
        svg, box = svg + drawn, box.joined(wide)
    if drawing.crop:
        box = _cropped(drawing.crop, seen.stage, seen.view)
        svg = _clipped(svg, box, f"clip-{drawing.id}-{index}")
    return Panel(svg, box)


def _pieces(seen: Scene, pen: Pen, names: Names, crop: Box | None) -> list[tuple[Inked, bool]]:
    """Return all that is there, and whether it is in grains; what a crop hides is left out."""
    found = [
        (Inked(layer.nearness, _inked(layer, seen.look.colours, pen), layer.shapes[0].box), False)
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
        yield _mark(mark, stage, before, view, pen)


# ---------------------------------------------------------------- the ground

ON_FLOOR = 150.0
"""How high above the floor a joint may be, in mm, that throws its shadow there."""


def _floor(box: Box, seen: Scene, pen: Pen) -> str:
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
        low = [place for place in who.skeleton.joints.values() if place[2] < ON_FLOOR]
        if not low:
            continue
        across = [seen.view.spot(place)[0] for place in low]
        middle, half = (min(across) + max(across)) / 2, (max(across) - min(across)) / 2 + 55
        for wide, high, share in ((1.0, 20, 0.08), (0.8, 13, 0.12)):
            tone = mix(pen.ink, pen.paper, share)
            yield _plain(oval((middle, y), half * wide, high, tone))


def _plain(shape: Shape) -> str:
    return f'<path d="{shape.path}" fill="{shape.fill}"/>'


# ---------------------------------------------------------------- layers


def _inked(layer: Layer, fills: Mapping[str, str], pen: Pen) -> str:
    """Return a layer: first all outlines, wide and dark, then all fills; so they melt."""
    svg = ""
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


# ---------------------------------------------------------------- where a part was before

JOINTS_OF = {
    "right-arm": ("right-elbow", "right-wrist", "right-fingers"),
    "left-arm": ("left-elbow", "left-wrist", "left-fingers"),
    "right-leg": ("right-knee", "right-ankle", "right-toes"),
    "left-leg": ("left-knee", "left-ankle", "left-toes"),
    "legs": ("right-knee", "right-ankle", "left-knee", "left-ankle"),
    "trunk": ("trunk-1", "trunk-3", "neck", "right-shoulder", "left-shoulder"),
    "head": ("head", "skull"),
}
"""The joints that tell whether a part of a person has moved."""


def _ghost(drawing: Drawing, index: int, scenes: Sequence[Scene], pen: Pen) -> Inked | None:
    """Return the outline of what has moved since an earlier moment, to stand behind everybody."""
    seen = scenes[index]
    name, names = seen.stage.moment.ghost, list(drawing.moments)
    if name is None:
        return None
    if name not in names:
        hint = nearest(name, names)
        raise Fault(("moments",), "FIGURE-LIKE", f"there is no moment “{name}”", hint)
    moved = [
        part
        for who, figurant in scenes[names.index(name)].people.items()
        for part in figurant.parts
        if who not in seen.people or _has_moved(part.name, figurant, seen.people[who])
    ]
    if not moved:
        return None
    near = min((part.nearness for who in seen.people.values() for part in who.parts), default=0.0)
    svg = _pale(ghost(moved, seen.grain), f"z{index}-{drawing.id}", pen, seen)
    return Inked(near - 1, svg, _joined(part.box for part in moved))


def _has_moved(part: str, before: Figurant, now: Figurant) -> bool:
    a, b = before.skeleton.joints, now.skeleton.joints
    return any(length(sub(a[joint], b[joint])) > MOVED for joint in JOINTS_OF[part])


def _pale(data: str, id: str, pen: Pen, seen: Scene) -> str:
    """Return shapes that melt, in a pale outline."""
    width = f"{min(pen.line, BOLD) * 1.8 * seen.grain:.1f}"
    return (
        f'<defs><path id="{id}" d="{data}"/></defs>'
        f'<g fill="{pen.paper}" stroke="{mix(pen.ink, pen.paper, 0.6)}" stroke-width="0">'
        f'<use href="#{id}" stroke-width="{width}"/><use href="#{id}"/></g>'
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


SWATCH = ((0.0, 12.0), (10.0, 0.0), (60.0, 0.0), (70.0, 12.0), (60.0, 40.0), (10.0, 40.0))
"""The corners of an area in a key, in mm of the body."""


def swatch(kind: str, look: Look) -> str:
    """Return an SVG document of a small area of a kind, for a key."""
    svg, box = marks.area(SWATCH, kind, _pen(look, 3 * HAND / look.line, str))
    left, top, width, height = (
        number(value) for value in (box.left - 2, box.top - 2, box.width + 4, box.height + 4)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left} {top} {width} {height}">'
        f"{svg}</svg>"
    )


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


def _columns(boxes: Sequence[Box], shape: float) -> int:
    """Return how many moments stand side by side where they fill a place of that shape best."""

    def scale(columns: int) -> float:
        width, height = _extent(boxes, columns)
        return min(shape / width, 1 / height)

    return max(range(len(boxes), 0, -1), key=scale)


def _extent(boxes: Sequence[Box], columns: int) -> tuple[float, float]:
    """Return how wide and high the moments are together, in rows of so many."""
    rows = [_extent_of_row(row) for row in _rows(boxes, columns)]
    return max(width for width, _ in rows), sum(high for _, high in rows) + GAP * (len(rows) - 1)


def _extent_of_row(boxes: Sequence[Box]) -> tuple[float, float]:
    """Return how wide and high moments are that stand on one line, the floor."""
    width = sum(box.width for box in boxes) + GAP * (len(boxes) - 1)
    return width, max(box.bottom for box in boxes) - min(box.top for box in boxes)


def _rows(found: Sequence[T], columns: int) -> list[Sequence[T]]:
    return [found[start : start + columns] for start in range(0, len(found), columns)]


def _in_cells(panels: Sequence[Panel], shape: float) -> list[Panel]:
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


def _headed(panel: Panel, verdict: str | None, count: int | None, pen: Pen) -> Panel:
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


def _document(panels: Sequence[Panel], columns: int, pen: Pen) -> str:
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
    width, height = _extent([panel.box for panel in panels], columns)
    size = f"{number(width + 2 * margin)} {number(height + 2 * margin)}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}">{body}</svg>'
