"""What is folded or cut: how its panels lie on a sheet.

All lengths are in mm. Panels count in the order of reading, the cover first.
"""

from dataclasses import replace

from clinicpress.design.panels import CARD
from clinicpress.design.papers import EDGE, PAPERS, SHEETS, Flip, Size
from clinicpress.press.imposition import (
    Imposition,
    Line,
    Misfit,
    Place,
    Sheet,
    c_fold,
    filled,
    step_and_repeat,
    z_fold,
)


def imposition_of(
    kind: str, paper: str, fold: str, count: int, flip: Flip = "short"
) -> Imposition | None:
    """Return how ``count`` panels of a product lie on a sheet; None where each is the whole paper.

    ``flip`` is the edge about which the sheet of a leaflet is turned. Raises Misfit if there are
    more panels than places.
    """
    match kind:
        case "leaflet":
            return (z_fold if fold == "z" else c_fold)(count, PAPERS[paper], flip=flip)
        case "card":
            return folded_cards(count, PAPERS[paper], int((PAPERS[paper][1] - 2 * EDGE) // CARD[1]))
        case "pad":
            sheet = PAPERS[SHEETS[paper]]
            return step_and_repeat(count, PAPERS[paper], sheet, two_sided=count > 1)
        case _:
            return None


def opened(kind: str, paper: str, fold: str, count: int) -> Imposition | None:
    """Return how ``count`` panels lie on one open piece, as a print shop folds and cuts it.

    None where each panel is a piece of its own. Raises Misfit if there are more than places.
    """
    match kind:
        case "leaflet":
            return imposition_of(kind, paper, fold, count)
        case "card":
            return folded_cards(count, (2 * CARD[0], CARD[1]), 1)
        case _:
            return None


def folded_cards(count: int, paper: Size, rows: int) -> Imposition:
    """Impose ``rows`` cards, one below the other, on ``paper``.

    Each is cut open, 171.2 mm wide, and folded once: its back stands to the left of its front, and
    the two panels of its inside behind them. Raises Misfit if it has more than four.
    """
    pages = filled(count, 4, back_cover=False)
    if len(pages) > 4:
        raise Misfit(f"A card has four panels, and there are {count} pages", "Choose four of them.")
    width, height = CARD
    opened = step_and_repeat(1, (2 * width, height), paper, across=1, down=rows)
    side = opened.sheets[0].front
    fold = Line(spine := side.places[0].x + width, 0, spine, paper[1])
    front, back = (
        tuple(
            Place(page, place.x + shift, place.y, width, height)
            for place in side.places
            for page, shift in ((left, 0), (right, width))
        )
        for left, right in ((pages[3], pages[0]), (pages[1], pages[2]))
    )
    sides = (replace(side, places=places, folds=(fold,)) for places in (front, back))
    return replace(opened, sheets=(Sheet(*sides),))
