"""Hands and feet as bones in space, so that they are right from every side."""

from collections.abc import Sequence
from typing import NamedTuple

from clinicpress.figures.contour import (
    around_all,
    disc,
    ribbon,
    thinned,
)
from clinicpress.figures.finger_bones import LARGE, Bones
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
    Vec,
    add,
    dot,
    mixed,
    sub,
    times,
    unit,
)
from clinicpress.figures.view import Spot, View

BALL_OF_THUMB = (15.0, 16.0, 6.0, 16.5)
"""The ball of the thumb in a palm: along the fingers, to the thumb, to where it looks, radius."""

MELTS = 0.5
"""Up to where on its first bone a large thumb is one with the palm."""


class _Chain(NamedTuple):
    """A finger as it is seen: how near it is, its outline, and the spot of its root."""

    nearness: float
    ring: list[Spot]
    root: list[Spot]


class _Hand(Bones):
    """A hand in space, seen from somewhere."""

    def __init__(self, skeleton: Skeleton, side: Side, view: View) -> None:
        super().__init__(skeleton.joints[f"{side}-wrist"], skeleton.frames[f"{side}-hand"])
        self.view = view

    def chain(self, finger: Finger, places: Sequence[Vec]) -> _Chain:
        """Return a finger with these joints as it is seen."""
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
        kinds = FINE if fine else COARSE
        return sorted(
            self.chain(finger, self.finger(shape, kinds, n)) for n, finger in enumerate(kinds)
        )

    def seen_thumb(self, shape: str, fine: bool) -> _Chain:
        """Return the thumb; where it is large, its ball is one with the palm."""
        places = self.thumb(shape)
        thumb = self.chain(THUMB, places)
        if not fine:
            return thumb
        x, y, z, radius = BALL_OF_THUMB
        ball = disc(self.view.spot(self.at(x, y, z)), radius * LARGE)
        rest = disc(self.view.spot(mixed(places[0], places[1], MELTS)), THUMB.radius * LARGE)
        return thumb._replace(root=around_all([*ball, *rest]))


def before_the_held(
    skeleton: Skeleton, side: Side, view: View, nearness: float, *, fine: bool
) -> Part | None:
    """Return the fingers that close before what a hand holds; None if they hold nothing so."""
    shape = skeleton.hands[side]
    seen = _Hand(skeleton, side, view)
    if shape not in CLOSING or dot(seen.frame[2], view.towards) < -0.3:
        return None
    part = Part(nearness + BEFORE, f"{side}-fingers", over=True)
    thumb = seen.seen_thumb(shape, fine)
    for chain in sorted([*seen.fingers(shape, fine), thumb]):
        part.again(part.fill(chain.ring, "skin"), "skin", edged=True)
        if fine and chain is thumb:
            part.again(thumb.root, "skin")
    return part


CLOSING = ("hold", "pinch")
"""Shapes of a hand whose fingers lie before what they hold, if the palm looks to the eye."""

BEFORE = 0.8
"""How much nearer than their hand such fingers are; what they hold is between, in mm."""


def hand(
    part: Part, skeleton: Skeleton, side: Side, view: View, skin: str, *, fine: bool = False
) -> None:
    """Add a hand to its arm: palm, fingers and thumb; then each finger again with its own edge."""
    shape = skeleton.hands[side]
    seen = _Hand(skeleton, side, view)
    fingers, thumb = seen.fingers(shape, fine), seen.seen_thumb(shape, fine)
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
