"""Mounts pages of prints on sheets, smaller, each in colour with its grey twin beside it.

A sheet of them is for the eye alone: no print is made of it, and it claims no standard.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import Any

from pikepdf import Name, Page, Pdf, Rectangle

from clinicpress.design.papers import PAPERS, Size
from clinicpress.pdf.boxes import MM
from clinicpress.pdf.metadata import claim_no_more
from clinicpress.pdf.saving import saved
from clinicpress.press.inks.separation import separate

SHEET: Size = PAPERS["A4"][::-1]
"""The sheet lies on its side."""

MARGIN, HEAD, CAPTION, GAP = 10.0, 12.0, 7.0, 4.0
"""In mm: around, for the line at the top, for the words above a page, between page and twin."""

ACROSS = 2
"""How many pages stand beside each other, each with its twin."""

GREY_SHARE = 0.32
"""How much of its place's width a twin is given."""


@dataclass(frozen=True)
class Frame:
    """Where a page stands: its place from the upper left corner of the sheet, in mm."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Pair:
    """The places of one page: of its caption, of itself, of its twin, on the sheet ``sheet``."""

    sheet: int
    caption: Frame
    page: Frame
    twin: Frame


def pairs(count: int) -> Iterator[Pair]:
    """Yield where so many pages stand, in order."""
    width = (SHEET[0] - 2 * MARGIN - (ACROSS - 1) * MARGIN) / ACROSS
    top = MARGIN + HEAD + CAPTION
    height = SHEET[1] - MARGIN - top
    twin = width * GREY_SHARE
    for number in range(count):
        sheet, column = divmod(number, ACROSS)
        left = MARGIN + column * (width + MARGIN)
        yield Pair(
            sheet,
            Frame(left, MARGIN + HEAD, width, CAPTION),
            Frame(left, top, width - twin - GAP, height),
            Frame(left + width - twin, top, twin, height),
        )


def cut_out(pdf: bytes, pages: Sequence[int]) -> bytes:
    """Return these ``pages`` of a print, counted from 1, and behind them their grey twins.

    Raises Problems for what cannot be made grey.
    """
    with Pdf.open(BytesIO(pdf)) as document, Pdf.new() as grey, Pdf.new() as cut:
        for number in pages:
            grey.pages.append(document.pages[number - 1])
            cut.pages.append(document.pages[number - 1])
        separate(grey, "grey", (0, 0, 0), press=False)
        for page in grey.pages:
            cut.pages.append(page)
        return saved(cut)


def mounted(board: bytes, cuts: Mapping[str, bytes]) -> bytes:
    """Return the sheets of ``board`` with the pages of ``cuts``, in their order, in their places.

    ``board`` holds what is written on the sheets, ``cuts`` what :func:`cut_out` returned.
    """
    with Pdf.open(BytesIO(board)) as document:
        opened = [Pdf.open(BytesIO(cut)) for cut in cuts.values()]
        pages = [pair for each in opened for pair in _with_twins(each)]
        for sheet in document.pages:  # what is written on it may leave the page turned round
            sheet.contents_add(b"q", prepend=True)
            sheet.contents_add(b"Q")
        for number, pair in enumerate(pairs(len(pages))):
            page, twin = pages[number]
            sheet = document.pages[pair.sheet]
            name = f"/Page{number}"
            _mount(document, sheet, page, pair.page, name)
            _mount(document, sheet, twin, pair.twin, f"{name}Grey")
        for key in ("/StructTreeRoot", "/MarkInfo"):
            if key in document.Root:
                del document.Root[key]  # what is mounted has marks of trees that stay behind
        claim_no_more(document)
        content = saved(document)
        for each in opened:
            each.close()
        return content


def _mount(document: Pdf, sheet: Page, page: Page, frame: Frame, name: str) -> None:
    """Lay a page into its frame, at its upper left, with a hair line around it."""
    box, form = _rectangle(frame, page), document.copy_foreign(page.as_form_xobject())
    sheet.add_resource(form, Name.XObject, Name(name))
    drawn = sheet.calc_form_xobject_placement(
        form, Name(name), box, invert_transformations=False, allow_shrink=True, allow_expand=True
    )
    edges = (box.llx, box.lly, box.width, box.height)
    line = "q 0.25 w 0.6 G {:.2f} {:.2f} {:.2f} {:.2f} re S Q".format(*edges)
    sheet.contents_add(drawn + line.encode())


def _with_twins(cut: Pdf) -> Iterator[tuple[Page, Page]]:
    half = len(cut.pages) // 2
    yield from zip(islice(cut.pages, half), islice(cut.pages, half, None), strict=True)


def _rectangle(frame: Frame, page: Any) -> Rectangle:
    """Return where a page of its shape stands in a frame, in points."""
    left, bottom, right, top = (float(side) for side in page.mediabox)
    zoom = min(frame.width * MM / (right - left), frame.height * MM / (top - bottom))
    x, y = frame.left * MM, (SHEET[1] - frame.top) * MM
    return Rectangle(x, y - (top - bottom) * zoom, x + (right - left) * zoom, y)
