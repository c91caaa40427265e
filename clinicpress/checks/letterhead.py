"""What a clinic's own paper keeps free, and what is said of a sheet that then has no room."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from math import ceil
from typing import Literal

import pypdfium2

from clinicpress.design.brand import stated_in
from clinicpress.design.design import Design
from clinicpress.editions.manuscript import Manuscript
from clinicpress.errors import Place, Problem
from clinicpress.pages.record import PageRecord
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
        yield (
            f"it has {pages} pages, more than the {design.format.pages} of its format; the "
            f"{kept.top:g} mm that are kept free at the top of {_which(kept.pages)} may be why."
        )


TAKING = ("letterhead", "qr", "back_text", "footer", "complaints", "interpreter", "other_formats")
"""What of a brand takes room on a sheet, in the order in which it is asked to give some back."""


def taking_room(manuscript: Manuscript, design: Design) -> tuple[str, ...]:
    """Return the keys of a brand that take room on the pages of an edition."""
    no_letter = () if manuscript.kind in ON_LETTERHEAD else ("letterhead",)
    return tuple(key for key in TAKING if key not in no_letter and getattr(design.brand, key))


def without(design: Design, *keys: str) -> Design:
    """Return the same design without what some keys of its brand take."""
    return replace(design, brand=design.brand.model_copy(update=dict.fromkeys(keys)))


def too_little_room(
    problems: Sequence[Problem], pages: Sequence[PageRecord], limit: int, design: Design, key: str
) -> Problem:
    """Return what is said of a sheet that would fit if ``key`` of its brand took nothing.

    ``pages`` are those that were laid out, of which ``limit`` are allowed.
    """
    missing = _lines_past(pages[limit:], design)
    on = f"{limit} page{'s' if limit > 1 else ''}"
    left = (
        f"leaves about {missing} lines without room on {on}"
        if missing
        else f"leaves too little room ({problems[0].message})"
    )
    others = {"standard": "“--format clear”", "clear": "“--format large”"}.get(design.format_id)
    instead = f"or print {others}, which may have more pages" if others else "or take it out"
    taken, first = _taken(design, key)
    place = stated_in(design.folders[:-1], key)
    return Problem(place, "BRAND-ROOM", f"{taken} {left}", f"{first}, {instead}.")


def _taken(design: Design, key: str) -> tuple[str, str]:
    """Return what takes the room, and how it takes less."""
    kept = design.brand.letterhead
    if key != "letterhead" or kept is None:
        return f"“{key}”", "Shorten it, or take it out"
    first = "Write “pages: first”" if kept.pages == "all" else "Make “top” smaller"
    return f"what is kept free at the top of {_which(kept.pages)}, {kept.top:g} mm,", first


def _which(pages: Pages) -> str:
    return "each page" if pages == "all" else "the first page"


def _lines_past(past: Iterable[PageRecord], design: Design) -> int:
    """Return about how many lines of running text stand on pages that there may not be."""
    height = design.page[1] - 25
    leading = design.body * 0.3528 * design.format.leading
    return ceil(sum(page.fill for page in past) * height / leading)
