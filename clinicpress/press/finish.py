"""The last stage of an edition: finished pages -> the PDF for its paper."""

from collections.abc import Callable
from functools import partial

from clinicpress.design.papers import PAPERS, bleed
from clinicpress.editions.edition import Edition
from clinicpress.press.imposition import Imposition
from clinicpress.press.inks import parsed
from clinicpress.press.marks import Trim
from clinicpress.press.office import for_home
from clinicpress.press.prepress import for_press, grey_proof
from clinicpress.press.products import opened


def finish(pdf: bytes, edition: Edition, *, spot: str) -> bytes:
    """Return the pages ``pdf`` as ``edition`` is printed.

    A booklet is filled up to whole sheets, and what is folded or cut laid on its sheets. ``spot``
    is the colour of a spot ink, as ``#rrggbb``. Raises Problems for what cannot be turned into ink,
    Misfit for what cannot be folded.
    """
    match edition.production:
        case "press":
            trim = Trim(*PAPERS[edition.paper], bleed(edition.paper))
            part = edition.part if edition.kind == "booklet" else None
            return for_press(
                pdf, trim, edition.colour, parsed(spot), part=part, open=_open(edition)
            )
        case "home":
            return for_home(pdf, edition)
        case _:
            return grey_proof(pdf, form=edition.fields) if edition.colour == "grey" else pdf


def _open(edition: Edition) -> Callable[[int], Imposition | None]:
    """Return what says how so many panels lie on the open piece that a print shop folds."""
    return partial(opened, edition.kind, edition.paper, edition.fold)
