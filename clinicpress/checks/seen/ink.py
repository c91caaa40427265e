"""The ink of a line on a page beside that of the same letters, set by us.

Both are pictures in grey, of the same pixels.
"""

from dataclasses import dataclass

from PIL import Image, ImageChops, ImageStat

from clinicpress.design.contrast import as_hex, contrast

LIKENESS, SPOT, STRIPE = 0.92, 0.1, 0.2
"""The least likeness of a line's ink with a specimen's, and the most that it may differ in a spot
or a stripe. Honest pages have at least 0.95, and at most 0.08 and 0.16."""

FAINT = 3.0
"""The least contrast of a line's ink with its ground, as it is seen."""


@dataclass(frozen=True)
class Ink:
    """The ink of a line beside that of a specimen.

    ``likeness`` is how it correlates, from 0 to 1; ``spot`` and ``stripe`` the most that it
    differs, as a share of its depth: in a square as high as the line, and in a row of pixels four
    times as long; ``contrast`` that of the ink with its ground.
    """

    likeness: float
    spot: float
    stripe: float
    contrast: float

    @property
    def fault(self) -> str:
        """What is wrong with it, if anything."""
        if self.likeness < LIKENESS:
            return "is covered, cut off or not seen as it is written"
        if self.contrast < FAINT:
            return "is too faint on its ground"
        if self.spot > SPOT or self.stripe > STRIPE:
            return "is struck through, covered in part or written over"
        return ""


UNSEEN = Ink(0, 1, 1, 1)


def inked(page: Image.Image, ours: Image.Image) -> Ink:
    """Return the ink of a line on ``page``. ``ours`` is the specimen's, white where black.

    The line is taken to be ground + depth × specimen, by least squares.
    """
    count = page.width * page.height
    seen, set_by_us = ImageStat.Stat(page), ImageStat.Stat(ours)
    both = ImageStat.Stat(ImageChops.multiply(page, ours)).sum[0] * 255 / count
    means = seen.sum[0] / count, set_by_us.sum[0] / count
    varied = seen.sum2[0] / count - means[0] ** 2
    variance = set_by_us.sum2[0] / count - means[1] ** 2
    depth = (both - means[0] * means[1]) / variance if variance > 0 else 0
    if varied < 1 or abs(depth) < 0.01:
        return UNSEEN
    ground = means[0] - depth * means[1]
    expected = ours.point([min(max(round(ground + depth * level), 0), 255) for level in range(256)])
    off = ImageChops.difference(page, expected)
    ratio = contrast(_grey(ground), _grey(ground + 255 * depth))
    likeness = min(abs(depth) * (variance / varied) ** 0.5, 1)
    squares, rows = page.width / page.height, page.height
    spot = _most(off, squares, page.height / page.width) / (255 * abs(depth))
    stripe = _most(off, squares / 4, rows) / (255 * abs(depth))
    return Ink(likeness, spot, stripe, ratio)


def _most(off: Image.Image, across: float, down: float) -> float:
    """Return the largest mean in so many parts across and down."""
    parts = max(1, round(across)), max(1, round(down))
    return float(off.resize(parts, Image.Resampling.BOX).getextrema()[1])  # type: ignore[arg-type]


def _grey(level: float) -> str:
    return as_hex(*[min(max(round(level), 0), 255)] * 3)
