"""Pages as pictures, of the strips alone that are looked at: drawing is what takes time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

from PIL import Image

from clinicpress.checks.seen.letters import Glyph
from clinicpress.checks.seen.specimen import Faces
from clinicpress.pdf.boxes import Box

DPI = 72
"""How finely pages are looked at: the smallest type has letters of about 9 pixels."""

SCALE = DPI / 72

NEAR = 24
"""Pixels between two lines below which one picture of both is made sooner than two."""

Pixels = tuple[int, int, int, int]
"""A part of a page's picture, from its upper left corner: left, upper, right and lower edge."""


@dataclass(frozen=True)
class Strip:
    """A strip of a page from side to side, between two rows of pixels, and what lies in it."""

    top: int
    bottom: int
    boxes: tuple[Pixels, ...]

    def drawn(self, page: Any) -> Image.Image:
        """Return the picture of this strip of a PDFium page, in grey.

        PDFium draws it in colours first: where it has none, it moves letters to whole pixels.
        """
        high = ceil(page.get_height() * SCALE)
        crop = (0, (high - self.bottom) / SCALE, 0, self.top / SCALE)
        picture = page.render(scale=SCALE, prefer_bgrx=True, crop=crop).to_pil()
        return picture.convert("L")  # type: ignore[no-any-return]

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


def pixels_of(row: Sequence[Glyph], page: Box, faces: Faces) -> Pixels:
    """Return the part of a page's picture around the letters of a line, with its box in pt."""
    first, last = row[0], row[-1]
    a, b, c, d = first.matrix
    _, wide = faces.shapes(last.face)[last.sign] or (0, 0.6)
    corners = [
        (x + along * a + up * c, y + along * b + up * d)
        for x, y, along in ((first.x, first.y, -0.02), (last.x, last.y, wide))
        for up in (-0.22, 0.76)
    ]
    left, _, _, top = page
    across, down = [(x - left) * SCALE for x, _ in corners], [(top - y) * SCALE for _, y in corners]
    return floor(min(across)), floor(min(down)), ceil(max(across)), ceil(max(down))


def is_on(page: Box, part: Pixels) -> bool:
    """Return whether a part of a picture lies on the page, whose box is in pt."""
    left, bottom, right, top = page
    return (
        part[0] >= 0 and part[1] >= 0
        and part[2] <= ceil((right - left) * SCALE) and part[3] <= ceil((top - bottom) * SCALE)
    )  # fmt: skip
