"""Printer's marks around a page: where to cut and fold, whether inks fit, and how dense they are.

All stand outside the bleed and hold no letter, so that no font is needed. Lengths are in mm; the
origin is the lower left corner of the trimmed page.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from clinicpress.editions.edition import ColourSpace
from clinicpress.pdf.boxes import HAIRLINE, MM, POINT, Box
from clinicpress.press.inks import Colour, cmyk

GAP = 1.0
"""From the edge of the bleed to the marks: a mark never touches what may be left on the paper."""

LENGTH = 5.0
"""Of a crop mark, and of the side of a patch of the colour bar."""

MARGIN = GAP + LENGTH + 2
"""What the marks take beyond the bleed on each side."""


@dataclass(frozen=True)
class Trim:
    """A page as it is cut: its size and bleed, and where it is folded, from its left edge."""

    width: float
    height: float
    bleed: float
    folds: tuple[float, ...] = ()

    @property
    def box(self) -> Box:
        """The trimmed page."""
        return 0, 0, self.width, self.height

    @property
    def bleed_box(self) -> Box:
        """The page with what is cut off it."""
        return self._around(self.bleed)

    @property
    def media_box(self) -> Box:
        """The page with its marks."""
        return self._around(self.bleed + MARGIN)

    def _around(self, by: float) -> Box:
        return -by, -by, self.width + by, self.height + by


def draw_marks(trim: Trim, space: ColourSpace, spot: Colour) -> bytes:
    """Return a PDF of one page, as large as the media box of ``trim``, with nothing but the marks.

    Lines are in the colour of registration, which every ink prints. ``spot`` is the colour of a
    spot ink, for the colour bar.
    """
    from reportlab.pdfgen.canvas import Canvas

    left, bottom, right, top = trim.media_box
    drawn = BytesIO()
    size = (right - left) * MM, (top - bottom) * MM
    canvas = Canvas(drawn, pagesize=size, invariant=1, pageCompression=0)
    canvas.translate(-left * MM, -bottom * MM)
    canvas.scale(MM, MM)
    _draw_lines(canvas, trim)
    for colour, x in zip(_bar(space, spot), _patches(trim), strict=False):
        canvas.setFillColor(colour)
        canvas.rect(x, trim.height + trim.bleed + GAP, LENGTH, LENGTH, stroke=0, fill=1)
    canvas.showPage()
    canvas.save()
    return drawn.getvalue()


def _draw_lines(canvas: Any, trim: Trim) -> None:
    canvas.setLineWidth(HAIRLINE * POINT)
    canvas.setStrokeColor(_registration())
    canvas.lines(list(crop_marks(trim)))
    for x, y in _targets(trim):
        _draw_target(canvas, x, y)
    if trim.folds:
        canvas.setDash(1, 0.7)
        canvas.lines(list(fold_marks(trim)))


def crop_marks(trim: Trim) -> Iterator[Box]:
    """Yield two lines at each corner, in the direction of the cuts."""
    near, far = trim.bleed + GAP, trim.bleed + GAP + LENGTH
    for x, side in ((0.0, -1), (trim.width, 1)):
        for y, end in ((0.0, -1), (trim.height, 1)):
            yield x, y + end * near, x, y + end * far
            yield x + side * near, y, x + side * far, y


def fold_marks(trim: Trim) -> Iterator[Box]:
    """Yield a line above and below each fold."""
    near, far = trim.bleed + GAP, trim.bleed + GAP + LENGTH
    for x in trim.folds:
        yield x, -far, x, -near
        yield x, trim.height + near, x, trim.height + far


def _targets(trim: Trim) -> Iterator[tuple[float, float]]:
    """Yield the middle of each registration mark: half-way along each side, clear of a fold."""
    out = trim.bleed + GAP + LENGTH / 2
    half = trim.width / 2
    while any(abs(half - fold) < LENGTH for fold in trim.folds):
        half += LENGTH
    yield from ((half, -out), (half, trim.height + out))
    yield from ((-out, trim.height / 2), (trim.width + out, trim.height / 2))


def _draw_target(canvas: Any, x: float, y: float) -> None:
    arm = LENGTH / 2
    canvas.circle(x, y, arm / 2)
    canvas.lines([(x - arm, y, x + arm, y), (x, y - arm, x, y + arm)])


def _patches(trim: Trim) -> Iterator[float]:
    """Yield the left edge of each patch, from the left crop mark to the registration mark."""
    x = LENGTH
    taken = [*trim.folds, *(x for x, y in _targets(trim) if y > 0)]
    while x + LENGTH < trim.width - LENGTH:
        if all(not x - LENGTH < place < x + 2 * LENGTH for place in taken):
            yield x
        x += LENGTH


def _registration() -> Any:
    from reportlab.lib.colors import CMYKColorSep

    return CMYKColorSep(1, 1, 1, 1, spotName="All")


def _bar(space: ColourSpace, spot: Colour) -> Iterable[Any]:
    """Return the patches: each ink solid and at half; greys; of a screen its colours."""
    from reportlab.lib.colors import CMYKColor, CMYKColorSep, Color

    shares = (1, 0.75, 0.5, 0.25)
    black = [CMYKColor(0, 0, 0, share) for share in shares]
    match space:
        case "cmyk":
            inks = [
                [share * (i == ink) for i in range(4)] for share in (1, 0.5) for ink in range(4)
            ]
            return [CMYKColor(*ink) for ink in inks]
        case "spot":
            own = (CMYKColorSep(*cmyk(spot), spotName="Spot", density=share) for share in shares)
            return [*own, *black]
        case "grey":
            return [Color(1 - share, 1 - share, 1 - share) for share in shares]
        case _:
            parts = [(1, 0, 0), (0, 1, 0), (0, 0, 1), (0, 1, 1), (1, 0, 1), (1, 1, 0)]
            return [*(Color(*part) for part in parts),
                    *(Color(1 - share, 1 - share, 1 - share) for share in shares)]  # fmt: skip
