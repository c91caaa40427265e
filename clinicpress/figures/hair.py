"""Hair and head coverings, as far as they are seen."""

from collections.abc import Sequence

from clinicpress.figures.contour import (
    Contour,
    around_all,
    cap,
    disc,
)
from clinicpress.figures.flesh import QUIFF, SKULL, Style
from clinicpress.figures.ink import Part
from clinicpress.figures.skull import HANGING, Head, apart, seen_run
from clinicpress.figures.view import Spot


def hair(part: Part, behind: Part, seen: Head, style: Style) -> None:
    """Add hair or a covering: from the hairline, as far as it is seen, over the top."""
    cloth = "cloth" if seen.covered else "hair"
    run = _hairline(seen, style)
    over = seen.contour(HANGING if style.hangs else SKULL, style.volume, 0.12)
    knot = seen.on(-88, 0, 0.99)
    if seen.build.hair == "bun":
        _bun(part, behind, seen, knot)
    part.fill([*run, *_over_the_top(seen, over, run)], cloth)
    if style.curls:
        _curls(part, seen, over, style.curls)
    if seen.build.hair == "short":
        part.fill(around_all([seen.on(*place) for place in QUIFF]), "hair", 6)
    part.pen(run, 0.7)
    if seen.build.hair == "bun" and seen.ahead <= 0.5:
        _wound(part, knot)
    for strand in style.strands:
        if min(seen.seen(a) for a, _ in strand) > 0.1:
            tone = "fold" if seen.covered else "strand"
            part.nib([seen.surface(a, z, style.volume) for a, z in strand], 0.7, tone)


def _curls(part: Part, seen: Head, over: Contour, size: float) -> None:
    """Add curls, which break the edge of the hair: from the ears on, before the face from the brow.

    The sixth section of the skull is at the ears, the ninth above the brow.
    """
    nose = seen.on(130, 0, 0.36)
    near, far = sorted((over.left, over.right), key=lambda edge: apart(edge[5], nose))
    first = 8 if abs(seen.aside) > 0.3 and seen.ahead > -0.75 else 5
    for spot in (*near[first:], *far[5:]):
        part.fill(disc(spot, size, 7), "hair")


def _hairline(seen: Head, style: Style) -> list[Spot]:
    """Return the hairline as far as it is seen, from one side to the other."""
    line: list[tuple[float, float]] = []
    for (a, low), (b, high) in zip(style.line, style.line[1:], strict=False):
        steps = max(1, round(abs(b - a) / 22))
        line += [(a + (b - a) * k / steps, low + (high - low) * k / steps) for k in range(steps)]
    line.append(style.line[-1])
    ring = [*((-a, high) for a, high in line[:0:-1]), *line[:-1]]
    grow = 1.03 if seen.hangs or seen.covered else 1.0
    found = []
    for a, high in ring:
        around = a + style.parting * max(0.0, 1 - abs(a) / 60)
        found.append((seen.surface(around, high, grow), seen.seen(around)))
    return seen_run(found)


def _over_the_top(seen: Head, over: Contour, run: Sequence[Spot]) -> list[Spot]:
    """Return the edge of the hair from the hairline's end over the crown to its start."""

    def rim(end: Spot) -> Sequence[Spot]:
        """Return the edge on the side of ``end``, upwards from there."""
        edge = min((over.left, over.right), key=lambda e: min(apart(spot, end) for spot in e))
        nearest = min(range(len(edge)), key=lambda i: apart(edge[i], end))
        return edge[min(nearest + 1, len(edge) - 1) :]

    up, down = rim(run[-1]), rim(run[0])
    top = cap(up[-1], down[-1], 0.3)
    crown = seen.on(0, 0, 1.3)
    if apart(top[0], crown) > apart(up[-1], crown):
        top = []
    return [*up, *top, *down[::-1]]


def _bun(part: Part, behind: Part, seen: Head, knot: Spot) -> None:
    """Add a bun; from the front it is behind the head."""
    if seen.ahead > 0.5:
        behind.nearness = part.nearness - 1
        behind.fill(disc(knot, 42, 9), "hair")
    else:
        part.fill(disc(knot, 42, 9), "hair")


def _wound(part: Part, knot: Spot) -> None:
    x, y = knot
    part.nib([(x - 20, y + 8), (x, y - 18), (x + 22, y - 4)], 0.6, "strand")
    part.nib([(x - 6, y + 20), (x + 14, y + 14), (x + 20, y + 2)], 0.6, "strand")
