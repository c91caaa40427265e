"""Reads the code of a sheet off a picture of it: a photograph, or what an office scanner makes."""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from clinicpress.editions.code import code_in
from clinicpress.errors import EnvironmentFault
from clinicpress.files.output import held

FORMATS = ("JPEG", "PNG", "WEBP")
"""Pictures that are opened; of a PDF the first pages are."""

MOST_BYTES, MOST_PIXELS, MOST_PAGES = 40_000_000, 80_000_000, 4
DOTS = 200
"""Dots an inch in which a scanned page is drawn."""

LETTERS = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9]{4}-?[A-Za-z0-9]{4}(?![A-Za-z0-9])")


def require_reader() -> None:
    """Raise EnvironmentFault if what reads QR codes is not installed."""
    try:
        import zxingcpp  # noqa: F401
    except ImportError as error:
        raise EnvironmentFault(
            "Pictures are read with zxing-cpp, which is not installed. Install it with “pip "
            "install 'clinicpress[scan]'”, or type the code that stands on the sheet."
        ) from error


def codes_on(path: str) -> tuple[tuple[str, str], ...] | None:
    """Return the codes of sheets in a picture, each with what its QR code opens.

    None if it cannot be opened.
    """
    import zxingcpp

    found: dict[tuple[str, str], None] = {}
    only = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    try:
        for picture in _pictures(Path(path)):
            for read in zxingcpp.read_barcodes(picture, formats=only):
                found |= dict.fromkeys((code, read.text) for code in _codes_in(read.text))
    except (OSError, ValueError, SyntaxError):  # what Pillow raises for what is broken
        return None
    return tuple(found)


def _codes_in(address: str) -> Iterator[str]:
    """Yield what may be the code of a sheet in what a QR code opens; it stands at its end."""
    for typed in reversed(LETTERS.findall(address)):
        if code := code_in(typed):
            yield code
            return


def _pictures(path: Path) -> Iterator[Any]:
    """Yield what is seen, in grey. Raises OSError or ValueError for what is no picture."""
    content = held(path, MOST_BYTES)
    if content is None:
        raise ValueError("no file, or too large")
    yield from _pages(content) if content.startswith(b"%PDF-") else _opened(content)


def _opened(content: bytes) -> Iterator[Any]:
    from io import BytesIO

    from PIL import Image, ImageOps

    with Image.open(BytesIO(content), formats=FORMATS) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise ValueError("too many pixels")
        yield ImageOps.exif_transpose(picture).convert("L")


def _pages(content: bytes) -> Iterator[Any]:
    import pypdfium2

    with suppress(pypdfium2.PdfiumError), pypdfium2.PdfDocument(content) as document:
        for number in range(min(len(document), MOST_PAGES)):
            page = document[number]
            width, height = page.get_size()
            dots = min(DOTS, 72 * (MOST_PIXELS / max(width * height, 1)) ** 0.5)
            yield page.render(scale=dots / 72, grayscale=True).to_pil()
