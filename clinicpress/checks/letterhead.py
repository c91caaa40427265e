"""What a clinic's own paper keeps free, and what is said of a sheet that is longer for it."""

from collections.abc import Iterator
from typing import Literal

import pypdfium2

from clinicpress.design.design import Design
from clinicpress.editions.manuscript import Manuscript
from clinicpress.errors import Place, Problem
from clinicpress.pdf.boxes import MM

ON_LETTERHEAD = ("handout", "diary")
"""The kinds that are printed on single sheets, which may be a clinic's own paper."""

SCALE = 2
"""Pixels to a point when the band is looked at: a hair line is seen."""

PAPER = 250
"""Of 255: what is darker is ink."""

ROUNDING = 0.5
"""What may stand in the band, in mm, by rounding."""

Pages = Literal["first", "all"]


def is_kept_free(manuscript: Manuscript, design: Design) -> bool:
    """Return whether a band is kept free on the pages of an edition."""
    return design.brand.letterhead is not None and manuscript.kind in ON_LETTERHEAD


def in_the_band(pdf: bytes, design: Design) -> Iterator[Problem]:
    """Yield a Problem for each page of finished pages on which anything stands in the band."""
    kept = design.brand.letterhead
    assert kept is not None
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document, start=1):
            if number > 1 and kept.pages == "first":
                return
            below = page.get_height() - (kept.top - ROUNDING) * MM
            picture = page.render(scale=SCALE, crop=(0, max(below, 0), 0, 0), grayscale=True)
            if min(picture.to_pil().tobytes()) < PAPER:
                yield Problem(
                    Place(page=number), "LETTERHEAD-BAND",
                    f"something stands in the {kept.top:g} mm at the top that are kept free",
                    "Take what puts it there out of the brand's styles and templates.",
                )  # fmt: skip


def longer(manuscript: Manuscript, design: Design, pages: int) -> Iterator[str]:
    """Yield what is to be minded of a sheet that has more pages than its format is to have."""
    kept = design.brand.letterhead
    is_usual = not (manuscript.edition.exercises or manuscript.edition.techniques)
    if kept and is_kept_free(manuscript, design) and is_usual and pages > design.format.pages:
        fonts = " and the brand's own fonts" if design.brand.fonts else ""
        yield (
            f"it has {pages} pages, more than the {design.format.pages} of its format; "
            f"the {kept.top:g} mm that are kept free at the top of {which(kept.pages)}{fonts} "
            f"may be why."
        )


def which(pages: Pages) -> str:
    """Return the pages that a letterhead is on, in words."""
    return "each page" if pages == "all" else "the first page"
