"""Signs on a moment, at the places that they name."""

from clinicpress.design.look import Look
from clinicpress.figures import marks
from clinicpress.figures.inking import HAND, pen_of
from clinicpress.figures.limb_places import on_limb
from clinicpress.figures.marks import Drawn, Pen
from clinicpress.figures.model import Mark
from clinicpress.figures.paths import path
from clinicpress.figures.shapes import around, number
from clinicpress.figures.skeleton import Skeleton
from clinicpress.figures.space import Vec, add, turned
from clinicpress.figures.stage import Stage
from clinicpress.figures.view import Spot, View


def marked(mark: Mark, stage: Stage, before: Stage, view: View, pen: Pen) -> Drawn:
    """Return a mark of a moment as SVG, and the box around it. Raises Fault."""
    who = mark.of or next(iter(stage.skeletons), "")
    if mark.arrow:
        way = [view.spot(spot) for spot in path(before, stage, who, mark.arrow)]
        return marks.arrow(way, pen, away=mark.away, both=mark.both_ways)
    if mark.along:
        way = [view.spot(stage.find(target, who)) for target in mark.along]
        return marks.arrow(way, pen, away=mark.away, both=mark.both_ways)
    if mark.circle is not None:
        way = marks.circling(view.spot(stage.find(mark.circle, who)), mark.size)
        return marks.arrow(way, pen, both=mark.both_ways)
    if mark.patch:
        corners = [view.spot(place) for place in _corners(mark, stage.body(who))]
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
    svg, box = marks.area(SWATCH, kind, pen_of(look, 3 * HAND / look.line, str))
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


def _corners(mark: Mark, skeleton: Skeleton) -> list[Vec]:
    """Return the corners of a patch, on the trunk or on a limb."""
    if mark.on is None:
        return [on_trunk(skeleton, high, left, mark.front) for high, left in mark.patch]
    joints, frames, grow = skeleton.joints, skeleton.frames, skeleton.build.limbs
    return [on_limb(mark.on, spot, mark.face, joints, frames, grow) for spot in mark.patch]


def on_trunk(skeleton: Skeleton, high: float, left: float, front: bool) -> Vec:
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
