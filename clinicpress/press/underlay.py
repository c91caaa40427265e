"""Lays a clinic's own paper under the pages of a print, as a picture.

A PDF that anybody may have sent holds scripts, links, files and words that nobody sees; a picture
of it holds none of these.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO
from typing import Any, Literal

import pypdfium2
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from clinicpress.design.papers import Size
from clinicpress.errors import Unfit
from clinicpress.pdf.boxes import MM, POINT, Box
from clinicpress.pdf.saving import finished

PIXELS_TO_AN_INCH = 300
"""As an image on paper should have."""

OTHER_SIZE = 20
"""By how many mm a side of it may differ from that of the page, as A4 does from Letter."""

DRAWN = b"/Artifact <</Type /Background>> BDC q %.4f 0 0 %.4f %.4f %.4f cm /Letterhead Do Q EMC\n"

SAVE_AGAIN = "Save it as a PDF of one page, without a password."


@dataclass(frozen=True)
class _Picture:
    """What is seen of a page: its pixels, and where they stand from its middle, in points."""

    pixels: bytes
    size: tuple[int, int]
    place: "Place"


def words_of(paper: bytes) -> str:
    """Return the words of a PDF, in its own order. Raises Unfit if it cannot be opened."""
    try:
        with pypdfium2.PdfDocument(paper) as document:
            return "\n".join(page.get_textpage().get_text_range() for page in document)
    except pypdfium2.PdfiumError:
        raise Unfit("is no PDF that can be opened", SAVE_AGAIN) from None


def laid_under(
    pdf: bytes, paper: bytes, on: Literal["first", "all"], *, form: bool = False, fit: bool = True
) -> bytes:
    """Return a print with ``paper``, a PDF of one page, below its first page or all of them.

    With ``form`` the print has fields; with ``fit`` what is larger than its pages is made smaller,
    so that no edge of it is lost: A4 on Letter, for instance. Raises Unfit if that is no such PDF,
    or of another size.
    """
    with Pdf.open(BytesIO(pdf)) as document:
        pages = list(document.pages)
        box = [float(side) for side in pages[0].mediabox]
        seen = _seen(paper, round(box[2] - box[0], 1), round(box[3] - box[1], 1))
        if seen is None:
            return pdf
        place = _fitting(seen.place, (box[2] - box[0]) / 2, (box[3] - box[1]) / 2)
        seen = replace(seen, place=place) if fit else seen
        image = _image(document, seen)
        for page in pages[: 1 if on == "first" else None]:
            _lay(document, page, image, seen)
        return finished(document, form=form)


Place = tuple[float, float, float, float]
"""How far left and up of the middle of a page a picture begins, how wide and how high it is."""


def _fitting(place: Place, wide: float, high: float) -> Place:
    """Return a place that is made smaller, where it reaches out of half a page of this size."""
    left, low, width, height = place
    across, up = max(-left, left + width), max(-low, low + height)
    smaller = min(wide / across, high / up, 1)
    return left * smaller, low * smaller, width * smaller, height * smaller


_LAID = re.compile(
    rb"/Artifact <</Type /Background>> BDC q (\S+) 0 0 (\S+) (\S+) (\S+) cm /Letterhead Do Q EMC"
)


def fit_to_sheet(document: Pdf, page: Any, sheet: Box) -> None:
    """Let the clinic's own paper below a page be no larger than its ``sheet``, in mm."""
    left, bottom, right, top = (side * MM for side in sheet)
    across, up = (left + right) / 2, (bottom + top) / 2

    def fitted(found: re.Match[bytes]) -> bytes:
        width, height, x, y = map(float, found.groups())
        place = _fitting((x - across, y - up, width, height), right - across, top - up)
        return DRAWN.strip() % (*place[2:], across + place[0], up + place[1])

    page.contents_coalesce()
    content = _LAID.sub(fitted, page.obj.Contents.read_bytes(), count=1)
    page.obj.Contents = document.make_stream(content)


def is_on_paper(page: Any) -> bool:
    """Return whether a page shows a clinic's own paper."""
    return "/Letterhead" in (page.obj.get("/Resources") or {}).get("/XObject", {})


def check_paper(paper: bytes, size: Size) -> None:
    """Raise Unfit if ``paper`` cannot be laid under a page of ``size``, in mm."""
    _seen(paper, *(round(side * MM, 1) for side in size))


def _image(document: Pdf, seen: _Picture) -> Stream:
    width, height = seen.size
    return document.make_indirect(
        Stream(
            document,
            seen.pixels,
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=width,
            Height=height,
            ColorSpace=Name.DeviceRGB,
            BitsPerComponent=8,
        )
    )


def _lay(document: Pdf, page: Any, image: Any, seen: _Picture) -> None:
    """Let a page show the picture before all else, as an artifact."""
    left, bottom, right, top = (float(side) for side in page.mediabox)
    x, y = (left + right) / 2 + seen.place[0], (bottom + top) / 2 + seen.place[1]
    own: Any = Dictionary()
    for key, value in dict(page.obj.get("/Resources") or {}).items():
        own[key] = value
    pictures: Any = Dictionary()
    for key, value in dict(own.get("/XObject") or {}).items():
        pictures[key] = value
    pictures[Name.Letterhead] = image
    own[Name.XObject] = pictures
    page.obj[Name.Resources] = own
    before = document.make_stream(DRAWN % (*seen.place[2:], x, y))
    contents = page.obj.Contents
    parts = list(contents) if isinstance(contents, Array) else [contents]
    page.obj.Contents = Array([before, *parts])


@lru_cache(maxsize=2)
def _seen(paper: bytes, width: float, height: float) -> _Picture | None:
    """Return what is seen of a PDF on a page of this size in points; None if that is nothing."""
    try:
        with pypdfium2.PdfDocument(paper) as document:
            if len(document) != 1:
                raise Unfit(f"has {len(document)} pages", SAVE_AGAIN)
            page = document[0]
            own = page.get_size()
            if any(abs(a - b) > OTHER_SIZE * MM for a, b in zip(own, (width, height), strict=True)):
                sides = " × ".join(f"{side * POINT:.0f}" for side in own)
                raise Unfit(f"is {sides} mm large", "Save it in the size of the paper.")
            drawn = page.render(scale=PIXELS_TO_AN_INCH / 72).to_pil().convert("RGB")
    except pypdfium2.PdfiumError:
        raise Unfit("is no PDF that can be opened", SAVE_AGAIN) from None
    edges = drawn.convert("L").point(lambda grey: 255 * (grey < 255)).getbbox()
    if edges is None:
        return None
    left, top, right, bottom = edges
    step = 72 / PIXELS_TO_AN_INCH
    place = (left * step - own[0] / 2, own[1] / 2 - bottom * step,
             (right - left) * step, (bottom - top) * step)  # fmt: skip
    inked = drawn.crop(edges)
    return _Picture(inked.tobytes(), inked.size, place)
