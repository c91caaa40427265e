"""The last stage of an edition: finished pages -> the PDF for its paper."""

from clinicpress.design.papers import PAPERS, bleed
from clinicpress.editions.edition import Edition
from clinicpress.press.home import for_home
from clinicpress.press.inks import parsed
from clinicpress.press.marks import Trim
from clinicpress.press.shop import for_press, in_grey


def finish(pdf: bytes, edition: Edition, *, kind: str, spot: str) -> bytes:
    """Return the pages ``pdf`` as ``edition`` is printed.

    ``kind`` is that of the publication: a booklet is filled up to whole sheets. ``spot`` is the
    colour of a spot ink, as ``#rrggbb``. Raises Problems for what cannot be turned into ink,
    Misfit for what cannot be folded.
    """
    match edition.production:
        case "press":
            trim = Trim(*PAPERS[edition.paper], bleed(edition.paper))
            part = edition.part if kind == "booklet" else None
            return for_press(pdf, trim, edition.colour, parsed(spot), part=part)
        case "home":
            return for_home(pdf, edition)
        case _:
            return in_grey(pdf) if edition.colour == "grey" else pdf
