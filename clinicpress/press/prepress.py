"""Makes of finished pages what a print shop asks for: single pages with bleed, boxes and marks.

A page keeps its coordinates, so that nothing in it has to move: its larger media box begins left of
and below 0.
"""

import re
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf

from clinicpress.editions.edition import ON_A_PRESS, ColourSpace
from clinicpress.pdf.boxes import MM, in_points
from clinicpress.pdf.saving import finished
from clinicpress.press.imposition import Imposition, Side
from clinicpress.press.inks import Colour
from clinicpress.press.inks.intent import claim_for_press
from clinicpress.press.inks.separation import separate, spot_space
from clinicpress.press.leaves import of_booklet, take, unlink
from clinicpress.press.marks import Trim, draw_marks
from clinicpress.press.sheets import impose

MARKS = Name("/Marks")


def for_press(
    pdf: bytes, trim: Trim, space: ColourSpace, spot: Colour, *, part: str | None = None,
    open: Callable[[int], Imposition | None] = lambda count: None,
) -> bytes:  # fmt: skip
    """Return ``pdf`` for a print shop. The same bytes for the same input.

    ``trim`` is the size of its pages and their bleed, ``spot`` the colour of a spot ink. ``part``
    is ``cover`` or ``inside`` for those pages of a booklet, empty for all of them, filled up with
    blank ones; None leaves the pages as they are. ``open`` says how so many panels lie on the open
    piece that is folded, if it is one. Raises Problems for what cannot be turned into ink.
    """
    with Pdf.open(BytesIO(pdf)) as document:
        unlink(document)
        if part is not None:
            take(document, of_booklet(len(document.pages), part))
        separate(document, space, spot, press=True)
        trims = [trim] * len(document.pages)
        if (piece := open(len(document.pages))) is not None:
            impose(document, piece)
            trims = [_trimmed(side, piece, trim.bleed) for side in piece.sides]
        _put_marks(document, trims, space, spot)
        if space in ON_A_PRESS:
            claim_for_press(document)
        return finished(document)


def grey_proof(pdf: bytes, *, form: bool = False) -> bytes:
    """Return ``pdf``, which may have a ``form``, in grey, as light as it was everywhere."""
    with Pdf.open(BytesIO(pdf)) as document:
        separate(document, "grey", (0, 0, 0), press=False)
        return finished(document, form=form)


def _trimmed(side: Side, piece: Imposition, bleed: float) -> Trim:
    """Return the size of one side of an open piece, with the folds as that side has them."""
    return Trim(piece.width, piece.height, bleed, tuple(line.x0 for line in side.folds))


def _put_marks(document: Pdf, trims: Sequence[Trim], space: ColourSpace, spot: Colour) -> None:
    """Give each page its boxes, and the marks as an artifact, which is not read aloud."""
    drawn = {trim: _marks(document, trim, space, spot) for trim in dict.fromkeys(trims)}
    before = document.make_stream(b"q")
    after = document.make_stream(b"Q\n/Artifact BMC\n/Marks Do\nEMC")
    for page, trim in zip(document.pages, trims, strict=True):
        boxes = {
            Name.MediaBox: trim.media_box, Name.CropBox: trim.media_box,
            Name.BleedBox: trim.bleed_box, Name.TrimBox: trim.box,
        }  # fmt: skip
        for name, box in boxes.items():
            page.obj[name] = in_points(box)
        page.obj.Contents = Array([before, page.obj.Contents, after])
        _own(page.obj).XObject[MARKS] = drawn[trim]


def _own(page: Any) -> Any:
    """Return the resources of a page, with a place for forms in them."""
    if "/XObject" not in page.Resources:
        page.Resources.XObject = Dictionary()
    return page.Resources


EMPTY_TEXT = re.compile(rb"BT[^\n]*ET\n")
"""ReportLab begins each page with it: it chooses a font, which is not embedded, for no word."""

SAME = re.compile(rb"(\S+) \1 \1 rg")


def _marks(document: Pdf, trim: Trim, space: ColourSpace, spot: Colour) -> Any:
    """Return the marks as a form, in colours that the file's own intent allows."""
    with Pdf.open(BytesIO(draw_marks(trim, space, spot))) as drawn:
        content = EMPTY_TEXT.sub(b"", drawn.pages[0].Contents.read_bytes())
    if space == "grey":
        content = SAME.sub(rb"\1 g", content)
    spaces = Dictionary(All=registration(space))
    if space == "spot":
        spaces.Spot = spot_space(spot)
    left, bottom, right, top = (side * MM for side in trim.media_box)
    return document.make_stream(
        content, Type=Name.XObject, Subtype=Name.Form, Resources=Dictionary(ColorSpace=spaces),
        BBox=Array([0, 0, round(right - left, 4), round(top - bottom, 4)]),
        Matrix=Array([1, 0, 0, 1, round(left, 4), round(bottom, 4)]),
    )  # fmt: skip


def registration(space: ColourSpace) -> Array:
    """Return the colour that every plate prints; on a screen it is black."""
    inks = [1, 1, 1, 1] if space in ON_A_PRESS else [0]
    none = [0, 0, 0, 0] if space in ON_A_PRESS else [1]
    device = Name.DeviceCMYK if space in ON_A_PRESS else Name.DeviceGray
    shown = Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=none, C1=inks)
    return Array([Name.Separation, Name.All, device, shown])
