"""Pages as pictures, of the strips alone that are looked at: drawing is what takes time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

from PIL import Image

from clinicpress.checks.seen.letters import Row
from clinicpress.pdf.boxes import Box

DPI = 72
"""How finely pages are looked at: the smallest type has letters of about 9 pixels."""

SCALE = DPI / 72

NEAR = 24
"""Pixels between two lines below which one picture of both is made sooner than two."""

Pixels = tuple[int, int, int, int]
"""A part of a page's picture, from its upper left corner: left, upper, right and lower edge."""


def grey(page: Any, cut: tuple[float, float] = (0, 0)) -> Image.Image:
    """Return the picture of a PDFium page in grey, less so many pt below and above.

    PDFium draws it in colours first: where it has none, it moves letters to whole pixels.
    """
    crop = 0, cut[0], 0, cut[1]
    drawn = page.render(scale=SCALE, prefer_bgrx=True, rev_byteorder=True, crop=crop)
    return drawn.to_pil().convert("L")  # type: ignore[no-any-return]


@dataclass(frozen=True)
class View:
    """A page as a picture: its upper left corner in pt, its size in pixels, and how many to a pt.

    PDFium stretches a page to whole pixels.
    """

    left: float
    top: float
    wide: int
    high: int
    across: float
    down: float

    @classmethod
    def of(cls, page: Box) -> "View":
        """Return the view of a page with this box, in pt."""
        left, bottom, right, top = page
        wide, high = ceil((right - left) * SCALE), ceil((top - bottom) * SCALE)
        return cls(left, top, wide, high, wide / (right - left), high / (top - bottom))

    def pixel(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the page is in its picture."""
        return (x - self.left) * self.across, (self.top - y) * self.down

    def around(self, row: Row, last: float) -> Pixels:
        """Return the part of the picture around a line, whose last letter is so many ems wide."""
        a, b, c, d = row.matrix
        corners = [
            self.pixel(x + along * a + up * c, y + along * b + up * d)
            for (x, y), along in ((row.first, -0.02), (row.last, last))
            for up in (-0.22, 0.76)
        ]
        across, down = zip(*corners, strict=True)
        return floor(min(across)), floor(min(down)), ceil(max(across)), ceil(max(down))

    def holds(self, part: Pixels) -> bool:
        """Return whether a part lies in the picture."""
        left, upper, right, lower = part
        return left >= 0 and upper >= 0 and right <= self.wide and lower <= self.high


@dataclass(frozen=True)
class Strip:
    """A strip of a page from side to side, between two rows of pixels, and what lies in it."""

    top: int
    bottom: int
    boxes: tuple[Pixels, ...]

    def drawn(self, page: Any) -> Image.Image:
        """Return the picture of this strip of a PDFium page, in grey."""
        high = ceil(page.get_height() * SCALE)
        return grey(page, ((high - self.bottom) / SCALE, self.top / SCALE))

    def within(self, box: Pixels) -> Pixels:
        """Return a part of the page as one of the strip's own picture."""
        left, upper, right, lower = box
        return left, upper - self.top, right, lower - self.top


def strips(boxes: Iterable[Pixels]) -> Iterator[Strip]:
    """Yield the strips of a page that hold all of ``boxes``, from the top down."""
    together: list[Pixels] = []
    bottom = 0
    for box in sorted(boxes, key=lambda each: each[1]):
        if together and box[1] > bottom + NEAR:
            yield Strip(together[0][1], bottom, tuple(together))
            together = []
        bottom = max(bottom, box[3]) if together else box[3]
        together.append(box)
    if together:
        yield Strip(together[0][1], bottom, tuple(together))
