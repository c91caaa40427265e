"""A person: the parts of a body in a pose as the eye sees them."""

from collections.abc import Iterator

from clinicpress.figures.clothes import arm, hand_over_sleeve, trunk
from clinicpress.figures.hands import before_the_held
from clinicpress.figures.head import head
from clinicpress.figures.ink import Part
from clinicpress.figures.pose import SIDES
from clinicpress.figures.skeleton import Skeleton
from clinicpress.figures.trousers import legs
from clinicpress.figures.view import View


def parts(skeleton: Skeleton, view: View, *, fine: bool = False) -> Iterator[Part]:
    """Yield the parts of a person; ``fine`` draws each finger, for a person who is shown large."""
    yield from legs(skeleton, view, fine=fine)
    yield trunk(skeleton, view)
    yield from head(skeleton, view)
    for side in SIDES:
        whole = arm(skeleton, view, side, fine=fine)
        yield whole
        if again := hand_over_sleeve(skeleton, view, side, whole.nearness, fine=fine):
            yield again
        if closed := before_the_held(skeleton, side, view, whole.nearness, fine=fine):
            yield closed
