"""PDFs whose pages bear their number as a row of blocks, and the reading of it off pictures."""

from collections.abc import Sequence
from io import BytesIO

import pikepdf
import pypdfium2
from PIL import Image

PT = 72 / 25.4
"""Points in a mm."""

DOTS = 2
"""Pixels in a mm in the pictures."""

BITS = 9
BLOCK = 6
"""Side of a block, in mm."""

Size = tuple[float, float]


def blocks(number: int, size: Size) -> list[tuple[float, float]]:
    """Return the lower left corners of the black blocks, in mm: a mark top left, and the number.

    The number stands in one row in the middle, its lowest bit on the left.
    """
    left, middle = size[0] / 2 - BITS * BLOCK / 2, size[1] / 2
    row = [(left + i * BLOCK, middle) for i in range(BITS) if number >> i & 1]
    return [(10, size[1] - 10 - BLOCK), *row]


def numbered(sizes: Sequence[Size]) -> bytes:
    """Return a PDF with one page of each size, in mm, numbered from 1."""
    pdf = pikepdf.Pdf.new()
    for number, size in enumerate(sizes, start=1):
        pdf.add_blank_page(page_size=(size[0] * PT, size[1] * PT))
        drawn = [
            f"{x * PT:.3f} {y * PT:.3f} {BLOCK * PT:.3f} {BLOCK * PT:.3f} re f"
            for x, y in blocks(number, size)
        ]
        pdf.pages[-1].Contents = pdf.make_stream("\n".join(drawn).encode())
    file = BytesIO()
    pdf.save(file)
    return file.getvalue()


def pictures(pdf: bytes) -> list[Image.Image]:
    """Return every page as a grey picture, ``DOTS`` to the mm."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=DOTS / PT, grayscale=True).to_pil() for page in document]
    finally:
        document.close()


def part(picture: Image.Image, left: float, right: float) -> Image.Image:
    """Return what lies between two upright cuts, in mm."""
    return picture.crop((round(left * DOTS), 0, round(right * DOTS), picture.height))


def number_on(picture: Image.Image) -> int | None:
    """Return the number on the picture of one page that stands upright; None if it is blank."""
    width, height = (length / DOTS for length in picture.size)
    if picture.getextrema()[0] > 128:
        return None

    def is_black(x: float, y: float) -> bool:
        at = round((x + BLOCK / 2) * DOTS), round((height - y - BLOCK / 2) * DOTS)
        return picture.getpixel(at) < 128

    assert is_black(10, height - 10 - BLOCK), "the page is not upright"
    assert not is_black(width - 10 - BLOCK, 10), "the page is not upright"
    left = width / 2 - BITS * BLOCK / 2
    return sum(is_black(left + i * BLOCK, height / 2) << i for i in range(BITS))
