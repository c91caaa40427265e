"""Where a part was before: its outline behind everybody."""

from collections.abc import Sequence

from clinicpress.design.contrast import mix
from clinicpress.errors import nearest
from clinicpress.figures.ink import Inked, ghost
from clinicpress.figures.inking import BOLD
from clinicpress.figures.marks import Pen
from clinicpress.figures.model import Drawing
from clinicpress.figures.seen import Figurant, Scene, joined
from clinicpress.figures.space import length, sub
from clinicpress.figures.stage import Fault

MOVED = 25.0
"""How far a joint has gone, in mm, if its part is to be seen where it was before."""


JOINTS_OF = {
    "right-arm": ("right-elbow", "right-wrist", "right-fingers"),
    "left-arm": ("left-elbow", "left-wrist", "left-fingers"),
    "right-fingers": ("right-elbow", "right-wrist", "right-fingers"),
    "left-fingers": ("left-elbow", "left-wrist", "left-fingers"),
    "right-leg": ("right-knee", "right-ankle", "right-toes"),
    "left-leg": ("left-knee", "left-ankle", "left-toes"),
    "legs": ("right-knee", "right-ankle", "left-knee", "left-ankle"),
    "trunk": ("trunk-1", "trunk-3", "neck", "right-shoulder", "left-shoulder"),
    "head": ("head", "skull"),
}
"""The joints that tell whether a part of a person has moved."""


def ghost_of(drawing: Drawing, index: int, scenes: Sequence[Scene], pen: Pen) -> Inked | None:
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
    return Inked(near - 1, svg, joined(part.box for part in moved))


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
