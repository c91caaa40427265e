"""Rules that only a file for paper can break: what is near an edge, faint in grey, or coarse.

The finished PDF is read back, so that what is judged is what is printed.
"""

import ctypes
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import hypot
from typing import Any

import pypdfium2
from pypdfium2 import raw

from clinicpress.design.contrast import LARGE, LARGE_PT, TEXT, as_hex, contrast, in_grey
from clinicpress.design.panels import panel_count
from clinicpress.design.papers import EDGE
from clinicpress.editions.edition import Edition
from clinicpress.errors import Place, Problem
from clinicpress.pdf.boxes import MM, Box
from clinicpress.press.imposition import Imposition
from clinicpress.press.office import booklet_sheets, printable
from clinicpress.press.products import imposition_of, opened

LIVE_ON = {"card": 2.5}
"""How near to a cut or a fold words may stand on a card, in mm: there is no room for more."""

GOOD, COARSE = 300, 200
"""Pixels to an inch that an image should have on paper, and below which its steps are seen."""

NEARLY_WHITE, SAME = 250, 16
"""Of 255: what counts as paper, and how far two pixels of one colour may lie apart."""

ROUNDING = 0.05
"""What rounding may take from a length in mm."""


OVERHANG = 0.08
"""How far a letter such as J or f may reach over the width that it is set in, in parts of its size:
no letter of the fonts reaches further. It is no word that stands too near an edge.
"""


@dataclass(frozen=True)
class Looked:
    """What was found in a file: how many pages, what is wrong, what to mind."""

    pages: int
    problems: tuple[Problem, ...] = ()
    warnings: tuple[str, ...] = ()


def look_at(pdf: bytes, edition: Edition) -> Looked:
    """Return what is to be said of the file that was made for the paper of ``edition``."""
    with pypdfium2.PdfDocument(pdf) as document:
        count = len(document)
        if edition.production == "proof" and edition.colour == "rgb":
            return Looked(count)
        problems: list[Problem] = []
        warnings: list[str] = []
        for number, page in enumerate(document, start=1):
            place = Place(page=number)
            lines = list(_lines(page))
            if edition.production != "proof":
                problems += _near_the_edge(lines, _live(page, edition, number, count), place)
                warnings += _coarse(page, number)
            on_press, grey = edition.production == "press", is_for_grey(edition)
            picture = page.render(scale=1).to_pil().convert("RGB") if on_press or grey else None
            if on_press:
                problems += _without_bleed(page, picture, place)
            if picture is not None:
                problems += _faint(page, picture, lines, place, grey=grey)
        return Looked(count, tuple(problems), tuple(dict.fromkeys(warnings)))


def is_for_grey(edition: Edition) -> bool:
    """Return whether it may be printed in black and white: clinics mostly have such a printer."""
    return edition.colour == "grey" or edition.production == "home"


SPACE = 0.25
"""How wide a space is at least, in sizes of its type: at the end of a run it is no ink."""


@dataclass(frozen=True)
class _Line:
    """A run of words: its box in points, its colour as ``#rrggbb``, its size in pt."""

    words: str
    box: Box
    colour: str
    size: float


def _lines(page: Any) -> Iterator[_Line]:
    text = page.get_textpage()
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    matrix = raw.FS_MATRIX()
    for number in range(text.count_rects()):
        box = text.get_rect(number)
        middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        first = text.get_index(*middle, (box[2] - box[0]) / 2, (box[3] - box[1]) / 2)
        if first is None:
            continue
        raw.FPDFText_GetFillColor(text, first, red, green, blue, alpha)
        raw.FPDFText_GetMatrix(text, first, matrix)
        size = raw.FPDFText_GetFontSize(text, first) * hypot(matrix.c, matrix.d)
        words = text.get_text_bounded(*box)
        blank = SPACE * size * (len(words) - len(words.rstrip(" ")))
        inked = (box[0], box[1], box[2] - blank, box[3])
        yield _Line(words, inked, as_hex(red.value, green.value, blue.value), size)


@dataclass(frozen=True)
class _Live:
    """Where words may stand on a page: inside one of these boxes, in points, by so many mm."""

    boxes: tuple[Box, ...]
    margin: float = EDGE

    def holds(self, line: _Line) -> bool:
        slack = ROUNDING * MM
        over = slack + OVERHANG * line.size
        left, bottom, right, top = line.box
        return any(
            left > box[0] - over and bottom > box[1] - slack
            and right < box[2] + over and top < box[3] + slack
            for box in self.boxes
        )  # fmt: skip


def _live(page: Any, edition: Edition, number: int, count: int) -> _Live:
    """Return where words may stand on page ``number`` of ``count``."""
    if edition.production == "home" and not (edition.is_stitched or edition.is_extract):
        left, bottom, right, top = (side * MM for side in printable(edition.paper))
        return _Live(((left, bottom, right, top),))
    margin = LIVE_ON.get(edition.kind, EDGE)
    cells = tuple(_cells(edition, number, count)) or (page.get_trimbox(),)
    by = margin * MM
    boxes = tuple((box[0] + by, box[1] + by, box[2] - by, box[3] - by) for box in cells)
    return _Live(boxes, margin)


def _cells(edition: Edition, number: int, count: int) -> Iterator[Box]:
    """Yield the panels and leaves on a page, in points, where it is folded or cut between them."""
    key = edition.kind, edition.paper, edition.fold, panel_count(edition.kind, count)
    sheets = opened(*key) if edition.production == "press" else imposition_of(*key, edition.flip)
    for cell in sheets.sides[number - 1].places if edition.is_extract and sheets else ():
        corners = cell.x, cell.y, cell.x + cell.width, cell.y + cell.height
        left, bottom, right, top = (length * MM for length in corners)
        yield left, bottom, right, top


def turns(edition: Edition, count: int) -> Mapping[int, int]:
    """Return how the pages on each of ``count`` sides are turned, in degrees, by its number."""
    if edition.is_stitched:
        sheets: Imposition | None = booklet_sheets(2 * count, edition)
    elif edition.is_extract and edition.production == "home":
        key = edition.kind, edition.paper, edition.fold, panel_count(edition.kind, count)
        sheets = imposition_of(*key, edition.flip)
    else:
        sheets = None
    sides = sheets.sides if sheets else ()
    return {number: side.places[0].turn for number, side in enumerate(sides, start=1)}


def _near_the_edge(lines: list[_Line], live: _Live, place: Place) -> Iterator[Problem]:
    for line in lines:
        if not live.holds(line):
            yield Problem(place, "PAPER-EDGE", f"“{line.words[:40]}” is nearer than "
                          f"{live.margin:g} mm to an edge that is cut, folded or not printed",
                          "Give the style wider margins.")  # fmt: skip


def _without_bleed(page: Any, picture: Any, place: Place) -> Iterator[Problem]:
    """Yield a Problem if colour that reaches the cut ends there: a white line would show."""
    left, _, _, top = page.get_mediabox()

    def seen(spot: tuple[float, float]) -> tuple[int, int, int]:
        colour: tuple[int, int, int] = picture.getpixel((int(spot[0] - left), int(top - spot[1])))
        return colour

    for inside, outside in _over_the_cut(page.get_trimbox(), page.get_bleedbox()):
        here, there = seen(inside), seen(outside)
        is_white = min(here) > NEARLY_WHITE
        if not is_white and max(abs(a - b) for a, b in zip(here, there, strict=True)) > SAME:
            yield Problem(
                place,
                "PAPER-BLEED",
                "colour reaches the edge that is cut, and ends there",
                "Let it run past the edge by design.bleed, as the cover does.",
            )
            return


def _over_the_cut(trim: Box, bleed: Box) -> Iterator[tuple[tuple[float, float], ...]]:
    """Yield pairs of places: just within the trimmed page, and beside it, just within the bleed."""
    near, step = 0.5 * MM, 2 * MM
    x = trim[0] + step
    while x < trim[2] - step:
        yield (x, trim[1] + near), (x, bleed[1] + near)
        yield (x, trim[3] - near), (x, bleed[3] - near)
        x += step
    y = trim[1] + step
    while y < trim[3] - step:
        yield (trim[0] + near, y), (bleed[0] + near, y)
        yield (trim[2] - near, y), (bleed[2] - near, y)
        y += step


def _faint(
    page: Any, picture: Any, lines: list[_Line], place: Place, *, grey: bool
) -> Iterator[Problem]:
    """Yield a Problem for words that cannot be read on their ground, as the inks show it.

    On a press all words are black or white, whatever their colour on the screen was.
    """
    where = "in black and white" if grey else "on a press, where words are black or knocked out"
    left, _, _, top = page.get_mediabox()
    for line in lines:
        if not any(sign.isalnum() for sign in line.words):
            continue  # a line to write on, whose box is as thin as itself
        ground = _ground(picture, line.box, left, top)
        shown = (in_grey(line.colour), in_grey(ground)) if grey else (line.colour, ground)
        ratio = contrast(*shown)
        needed = LARGE if line.size >= LARGE_PT else TEXT
        if ratio < needed:
            yield Problem(place, "GREY-FAINT" if grey else "PRESS-FAINT",
                          f"“{line.words[:40]}” has a contrast of {ratio:.1f} to 1 {where}",
                          f"Choose a darker colour, or a lighter ground: at least {needed:g} to 1 "
                          "is needed.")  # fmt: skip


def _ground(picture: Any, box: Box, left: float, top: float) -> str:
    """Return the commonest colour around words; a box that fits them closely is full of them."""
    x0, y0, x1, y1 = box
    around = (y1 - y0) / 2
    sides = x0 - left - around, top - y1 - around, x1 - left + around, top - y0 + around
    crop = picture.crop(tuple(round(side) for side in sides))
    return as_hex(*max(crop.getcolors(crop.width * crop.height))[1])


def _coarse(page: Any, number: int) -> Iterator[str]:
    for across, pixels in _images(page):
        if across and (density := pixels / (across / 72)) < COARSE:
            yield (
                f"an image on page {number} has {density:.0f} pixels to an inch, and is coarse on "
                f"paper: {GOOD} are good, below {COARSE} the steps are seen [PAPER-COARSE]"
            )


def _images(page: Any) -> Iterator[tuple[float, int]]:
    """Yield the width on paper, in points, and in pixels of each image, in forms too."""
    for each in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
        left, _, right, _ = each.get_bounds()
        yield right - left, each.get_px_size()[0]
