"""Hands and feet as bones in space, so that they are right from every side."""

from collections.abc import Sequence
from typing import NamedTuple

from clinicpress.figures.contour import (
    around_all,
    disc,
    ribbon,
    thinned,
)
from clinicpress.figures.flesh import (
    COARSE,
    FINE,
    HOLDS,
    PALM,
    THUMB,
    Finger,
)
from clinicpress.figures.ink import Part
from clinicpress.figures.pose import Side
from clinicpress.figures.skeleton import Skeleton
from clinicpress.figures.space import (
    Rotation,
    Vec,
    across,
    add,
    dot,
    rotated,
    sub,
    times,
    turned,
    unit,
)
from clinicpress.figures.view import Spot, View

LARGE = 1.04
"""How much larger than the table a hand is drawn."""


class _Chain(NamedTuple):
    """A finger as it is seen: how near it is, its outline, and the spot of its root."""

    nearness: float
    ring: list[Spot]
    root: list[Spot]


class _Hand:
    """A hand in space, seen from somewhere."""

    def __init__(self, skeleton: Skeleton, side: Side, view: View) -> None:
        self.frame: Rotation = skeleton.frames[f"{side}-hand"]
        self.wrist = add(skeleton.joints[f"{side}-wrist"], times(self.frame[0], 4))
        self.view = view

    def at(self, along: float, aside: float, deep: float = 0.0) -> Vec:
        """Return a place of the hand."""
        shift = (along * LARGE, aside * LARGE, deep * LARGE)
        return add(self.wrist, turned(shift, self.frame))

    def chain(
        self, finger: Finger, base: Vec, way: Vec, down: Vec, angles: Sequence[float]
    ) -> _Chain:
        """Return a finger from ``base`` along ``way``, its joints bent towards ``down``."""
        places, bend = [base], 0.0
        for bone, angle in zip(finger.bones, angles, strict=True):
            bend += angle
            places.append(add(places[-1], times(rotated(way, down, bend), bone * LARGE)))
        radii = [finger.radius * k * LARGE for k in (1.08, 1.1, 1.03, 0.86)]
        spots = [(self.view.spot(p), r) for p, r in zip(places, radii, strict=True)]
        root = self.view.spot(add(times(places[0], 0.88), times(places[1], 0.12)))
        near = sum(self.view.nearness(place) for place in places) / len(places)
        return _Chain(near, thinned(ribbon(spots), 0), disc(root, radii[0] * 1.02, 6))

    def palm(self) -> list[Spot]:
        """Return the outline of the palm."""
        balls = [disc(self.view.spot(self.at(x, y, z)), radius * LARGE) for x, y, z, radius in PALM]
        return thinned(around_all([spot for ball in balls for spot in ball]), 12)

    def fingers(self, shape: str, fine: bool) -> list[_Chain]:
        """Return the fingers, the farthest first."""
        hold, found = HOLDS[shape], []
        along, thumb, palm = self.frame
        kinds = FINE if fine else COARSE
        for n, finger in enumerate(kinds):
            angles = hold.first if hold.first and n == 0 else hold.curl
            way = rotated(along, thumb, hold.spread * (1.3 - n * 3 / len(kinds)))
            base = self.at(finger.along - 8, finger.aside)
            found.append(self.chain(finger, base, way, palm, angles))
        return sorted(found)

    def thumb(self, shape: str) -> _Chain:
        """Return the thumb."""
        away, inward, bend = HOLDS[shape].thumb
        along, thumb, palm = self.frame
        way = rotated(rotated(along, thumb, away), palm, inward)
        down = unit(across(add(times(thumb, -1), times(palm, 0.2)), way))
        angles = (0, bend * 0.5, bend * 0.5)
        return self.chain(THUMB, self.at(THUMB.along, THUMB.aside, 6), way, down, angles)


def hand(
    part: Part, skeleton: Skeleton, side: Side, view: View, skin: str, *, fine: bool = False
) -> None:
    """Add a hand to its arm: palm, fingers and thumb; then each finger again with its own edge."""
    shape = skeleton.hands[side]
    seen = _Hand(skeleton, side, view)
    fingers, thumb = seen.fingers(shape, fine), seen.thumb(shape)
    palm = part.fill(seen.palm(), skin)
    rings = {id(chain): part.fill(chain.ring, skin) for chain in (*fingers, thumb)}
    if _is_behind(skeleton, side, view):
        return
    faces = dot(seen.frame[2], view.towards) > 0
    curled = faces and HOLDS[shape].curl[0] > 30  # curled fingers lie over the palm
    if curled:
        part.again(palm, skin)
    thumb_is_near = thumb.nearness > view.nearness(seen.at(50, 0))
    if not thumb_is_near:
        _edged(part, thumb, rings, skin, rooted=True)
    for chain in fingers:
        _edged(part, chain, rings, skin, rooted=fine and faces)
    if not curled:
        part.again(palm, skin)
    if thumb_is_near:
        _edged(part, thumb, rings, skin, rooted=True)


def _is_behind(skeleton: Skeleton, side: Side, view: View) -> bool:
    """Return whether the forearm points away from the eye, so that it hides the hand."""
    elbow, wrist = (skeleton.joints[f"{side}-{name}"] for name in ("elbow", "wrist"))
    return dot(unit(sub(wrist, elbow)), view.towards) < -0.8


def _edged(
    part: Part, chain: _Chain, rings: dict[int, list[Spot]], skin: str, *, rooted: bool
) -> None:
    """Show a finger again with its own edge; its root melts with the palm."""
    part.again(rings[id(chain)], skin, edged=True)
    if rooted:
        part.again(chain.root, skin)


# ---------------------------------------------------------------- feet
