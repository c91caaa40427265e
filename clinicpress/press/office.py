"""Makes of finished pages what an office printer can print: sheets without bleed, inside its edges.

A booklet on half a sheet is imposed, to be folded and stapled, and so is what is folded or cut from
a sheet. All else stays single pages, set so that nothing is lost on A4 or on Letter, whichever lies
in the printer; what hangs or is written in is made for its own paper.
"""

from io import BytesIO
from typing import Any

from pikepdf import Array, Name, Pdf

from clinicpress.design.papers import EDGE, PAPERS, SHEETS, Size
from clinicpress.editions.edition import COMMON, Edition
from clinicpress.pdf.boxes import MM, Box, in_points
from clinicpress.pdf.dialogue import print_at_full_size
from clinicpress.pdf.saving import finished
from clinicpress.press.imposition import Imposition, saddle_stitch, thickness
from clinicpress.press.inks.separation import separate
from clinicpress.press.products import imposition_of
from clinicpress.press.sheets import impose
from clinicpress.press.underlay import fit_to_sheet, is_on_paper


def for_home(pdf: bytes, edition: Edition) -> bytes:
    """Return ``pdf`` for an office printer. The same bytes for the same input.

    Raises Misfit if the booklet cannot be folded from one pile.
    """
    with Pdf.open(BytesIO(pdf)) as document:
        if edition.colour == "grey":
            separate(document, "grey", (0, 0, 0), press=False)
        if edition.is_stitched:
            _fold(document, edition)
        elif edition.is_extract:
            _lay(document, edition)
        else:
            _centre(document, edition.paper)
        return finished(document)


def booklet_sheets(count: int, edition: Edition) -> Imposition:
    """Return the sheets of a folded booklet of ``count`` pages. Raises Misfit."""
    return saddle_stitch(
        count, PAPERS[edition.paper], PAPERS[SHEETS[edition.paper]],
        paper_thickness=thickness(edition.grammage), flip=edition.flip,
    )  # fmt: skip


def _fold(document: Pdf, edition: Edition) -> None:
    width, height = PAPERS[edition.paper]
    for number, page in enumerate(document.pages):
        left, right = (0, width - EDGE) if number % 2 == 0 else (EDGE, width)
        _keep_within(document, page.obj, (left, EDGE, right, height - EDGE))
    impose(document, booklet_sheets(len(document.pages), edition))


def _lay(document: Pdf, edition: Edition) -> None:
    """Lay what is folded or cut on its sheets, with ticks; what fills its paper stays as it is."""
    count = len(document.pages)
    sheets = imposition_of(edition.kind, edition.paper, edition.fold, count, edition.flip)
    if sheets is not None:
        impose(document, sheets, marks=True)
    else:
        _print_single_pages(document)


def _centre(document: Pdf, paper: str) -> None:
    """Put each page into the middle of its sheet, and keep colour off the sheet's edges.

    A clinic's own paper below it is seen to the edges of the sheet, and none of it is lost.
    """
    inside, sheet = printable(paper), _within(PAPERS[COMMON], PAPERS[paper])
    for page in document.pages:
        on_paper = is_on_paper(page)
        if on_paper:
            fit_to_sheet(document, page, sheet)
        _keep_within(document, page.obj, sheet if on_paper else inside)
        for name in (Name.BleedBox, Name.TrimBox):
            if name in page.obj:
                del page.obj[name]
        page.obj.MediaBox = in_points(sheet)
    _print_single_pages(document)


def _print_single_pages(document: Pdf) -> None:
    print_at_full_size(document, "long" if len(document.pages) > 1 else None)


def printable(paper: str) -> Box:
    """Return what of a page is printed on both papers, from the lower left corner of its layout."""
    sheet = _within(PAPERS[COMMON], PAPERS[paper])
    common = _within(PAPERS[COMMON], (PAPERS["A4"][0], PAPERS["Letter"][1]))
    left, bottom = (max(a, b) + EDGE for a, b in zip(sheet[:2], common[:2], strict=True))
    right, top = (min(a, b) - EDGE for a, b in zip(sheet[2:], common[2:], strict=True))
    return left, bottom, right, top


def _within(layout: Size, sheet: Size) -> Box:
    """Return the edges of ``sheet`` around a ``layout`` in its middle, whose corner is at 0."""
    x, y = ((own - paper) / 2 for own, paper in zip(layout, sheet, strict=True))
    return x, y, x + sheet[0], y + sheet[1]


def _keep_within(document: Pdf, page: Any, box: Box) -> None:
    left, bottom, right, top = (side * MM for side in box)
    before = b"q %.4f %.4f %.4f %.4f re W n" % (left, bottom, right - left, top - bottom)
    parts = page.Contents if isinstance(page.Contents, Array) else [page.Contents]
    page.Contents = Array([document.make_stream(before), *parts, document.make_stream(b"Q")])
