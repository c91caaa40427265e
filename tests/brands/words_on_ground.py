"""Which colours words and their grounds have on finished pages, as PDFium shows them."""

import ctypes
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image

from clinicpress.design.contrast import as_hex, contrast

SCALE = 3
"""Pixels to a point."""

AROUND = 1.5
"""How much around a letter its ground is looked for, in pt."""

NEAR = 40
"""By how much a part of a colour may differ, of 255, for a pixel to be ink rather than ground."""


@dataclass(frozen=True)
class Seen:
    """A pair of words and ground, where it is first seen, and how often."""

    words: str
    ground: str
    colour: float
    grey: float
    page: int
    letter: str
    times: int


def pairs_on(path: Path) -> list[Seen]:
    """Return each pair of colours on the pages of a PDF, the faintest first."""
    found: Counter[tuple[str, str, int, int]] = Counter()
    first: dict[tuple[str, str, int, int], tuple[int, str]] = {}
    with pypdfium2.PdfDocument(path) as document:
        for number, page in enumerate(document, start=1):
            for letter, pair in _letters(page):
                found[pair] += 1
                first.setdefault(pair, (number, letter))
    seen = [
        Seen(words, ground, contrast(words, ground), _of_greys(dark, light), *first[pair], times)
        for pair, times in found.items()
        for words, ground, dark, light in [pair]
    ]
    return sorted(seen, key=lambda one: min(one.colour, one.grey))


def _of_greys(one: int, other: int) -> float:
    return contrast(as_hex(one, one, one), as_hex(other, other, other))


def _letters(page: pypdfium2.PdfPage) -> Iterator[tuple[str, tuple[str, str, int, int]]]:
    """Yield the first letter of each word of a page, with its colour and its ground's."""
    picture = page.render(scale=SCALE).to_pil().convert("RGB")
    greys = page.render(scale=SCALE, grayscale=True).to_pil().convert("L")
    text, height = page.get_textpage(), page.get_height()
    before = " "
    for index in range(text.count_chars()):
        letter = text.get_text_range(index, 1)
        if letter.strip() and not before.strip() and (ink := _ink(text, index)):
            left, bottom, right, top = text.get_charbox(index)
            box = _box(left, height - top, right, height - bottom, picture.size)
            ground = _ground(picture.crop(box), ink)
            grey = _ground(greys.crop(box).convert("RGB"), (_grey(*ink),) * 3)
            yield letter, (as_hex(*ink), as_hex(*ground), _grey(*ink), grey[0])
        before = letter


def _ink(text: pypdfium2.PdfTextPage, index: int) -> tuple[int, int, int] | None:
    """Return the colour of a letter; None where it has no ink of its own."""
    red, green, blue, opaque = (ctypes.c_uint() for _ in range(4))
    told = pypdfium2.raw.FPDFText_GetFillColor(text.raw, index, red, green, blue, opaque)
    return (red.value, green.value, blue.value) if told and opaque.value else None


def _grey(red: int, green: int, blue: int) -> int:
    """Return the grey that PDFium shows a colour in."""
    return (red * 30 + green * 59 + blue * 11) // 100


def _box(
    left: float, top: float, right: float, bottom: float, size: tuple[int, int]
) -> tuple[int, int, int, int]:
    return (
        max(int((left - AROUND) * SCALE), 0), max(int((top - AROUND) * SCALE), 0),
        min(int((right + AROUND) * SCALE) + 1, size[0]),
        min(int((bottom + AROUND) * SCALE) + 1, size[1]),
    )  # fmt: skip


def _ground(picture: Image.Image, ink: tuple[int, int, int]) -> tuple[int, int, int]:
    """Return the colour that most of a picture has that is not ink, which is all that is there."""
    counts = picture.getcolors(picture.width * picture.height) or []
    others = [
        (count, colour)
        for count, colour in counts
        if any(abs(a - b) > NEAR for a, b in zip(colour, ink, strict=True))
    ]
    return max(others)[1] if others else ink
