"""The ink of a line on a page beside that of the same letters, set by us.

Both are pictures in grey, of the same pixels.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import mul

from PIL import Image, ImageChops

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


class Pattern:
    """The picture of a line as we set it: white ink on black."""

    def __init__(self, picture: Image.Image) -> None:
        self.picture = picture

    @cached_property
    def deepest(self) -> int:
        """The level of its most ink."""
        return _extremes(self.picture)[1]

    @cached_property
    def means(self) -> tuple[float, float]:
        """The mean of its levels and of their squares."""
        return _means(self.picture)


def inked(page: Image.Image, ours: Pattern) -> Ink:
    """Return the ink of a line on ``page``, beside that of the specimen.

    The line is taken to be ground + depth × specimen.
    """
    return _plain(page, ours) or _fitted(page, ours)


EVEN = 0.05
"""How far all pixels of a line may be from its specimen, as a share of its depth, and it is that:
a line that differs by so little has at least 0.97 of likeness."""


def _plain(page: Image.Image, ours: Pattern) -> Ink | None:
    """Return the ink of a line that is the specimen pixel by pixel, as nearly all are; or None.

    Its ground is taken to be what is in its corner, its ink what is furthest from it.
    """
    low, high = _extremes(page)
    ground: int = page.getpixel((0, 0))  # type: ignore[assignment]
    ink = low if ground - low > high - ground else high
    depth = (ink - ground) / (ours.deepest or 1)
    ratio = _contrast(ground, _level(ground + 255 * depth))
    off = ImageChops.difference(page, _expected(ours.picture, ground, depth))
    if ratio < FAINT or _extremes(off)[1] > EVEN * abs(ink - ground):
        return None
    return Ink(1, 0, 0, ratio)


def _fitted(page: Image.Image, ours: Pattern) -> Ink:
    """Return the ink of a line, with ground and depth by least squares."""
    seen, seen_squared = _means(page)
    set_by_us, set_squared = ours.means
    both = 255 * _means(ImageChops.multiply(page, ours.picture))[0]
    varied, variance = seen_squared - seen**2, set_squared - set_by_us**2
    depth = (both - seen * set_by_us) / variance if variance > 0 else 0
    if varied < 1 or abs(depth) < 0.01:
        return UNSEEN
    ground = seen - depth * set_by_us
    off = ImageChops.difference(page, _expected(ours.picture, ground, depth))
    ratio = _contrast(_level(ground), _level(ground + 255 * depth))
    likeness = min(abs(depth) * (variance / varied) ** 0.5, 1)
    squares, rows = page.width / page.height, page.height
    spot = _most(off, squares, page.height / page.width) / (255 * abs(depth))
    stripe = _most(off, squares / 4, rows) / (255 * abs(depth))
    return Ink(likeness, spot, stripe, ratio)


LEVELS = tuple(range(256))
SQUARES = tuple(level**2 for level in LEVELS)


def _means(picture: Image.Image) -> tuple[float, float]:
    """Return the mean of the levels and of their squares."""
    counts, pixels = picture.histogram(), picture.width * picture.height
    return sum(map(mul, counts, LEVELS)) / pixels, sum(map(mul, counts, SQUARES)) / pixels


def _expected(ours: Image.Image, ground: float, depth: float) -> Image.Image:
    """Return ground + depth × specimen, as a blend of it with one even level."""
    rest = 1 - depth
    if abs(rest) < 0.01:
        return ours
    return Image.blend(Image.new("L", ours.size, round(ground / rest)), ours, depth)


def _most(off: Image.Image, across: float, down: float) -> float:
    """Return the largest mean in so many parts across and down."""
    parts = max(1, round(across)), max(1, round(down))
    return _extremes(off.resize(parts, Image.Resampling.BOX))[1]


def _extremes(picture: Image.Image) -> tuple[int, int]:
    return picture.getextrema()  # type: ignore[return-value]


def _level(mean: float) -> int:
    return min(max(round(mean), 0), 255)


@lru_cache(maxsize=1024)
def _contrast(ground: int, ink: int) -> float:
    """Return the contrast of two levels of grey, which are few in a print."""
    return contrast(as_hex(ground, ground, ground), as_hex(ink, ink, ink))
