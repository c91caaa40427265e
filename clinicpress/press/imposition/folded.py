"""A sheet folded in three, its panels side by side."""

from collections.abc import Sequence
from itertools import accumulate

from clinicpress.design.panels import Widths, c_fold_widths, z_fold_widths
from clinicpress.design.papers import Flip, Size
from clinicpress.press.imposition.sheet import (
    TOLERANCE,
    Imposition,
    Line,
    Misfit,
    Pages,
    Place,
    Sheet,
    Side,
    filled,
    imposed,
)


def c_fold(count: int, paper: Size, *, widths: Widths | None = None,
           flip: Flip | None = None) -> Imposition:  # fmt: skip
    """Impose a tri-fold whose right third folds in first and whose left third closes over it.

    The six pages are, in the order of reading: the cover, the panel that folds in (seen when the
    cover is opened), the three inside panels, and the back. So the front of the sheet, its outer
    side, shows fold-in, back and cover from left to right, and its back shows the inside. Blank
    panels stand before the back. Raises Misfit if there are more pages than panels, or the
    ``widths`` are not those of the paper.
    """
    cover, fold_in, *inside, back = _panels(count, back_cover=True)
    return _tri_fold([fold_in, back, cover], inside, paper, widths or c_fold_widths(paper), flip)


def z_fold(count: int, paper: Size, *, widths: Widths | None = None,
           flip: Flip | None = None) -> Imposition:  # fmt: skip
    """Impose a tri-fold that is folded in a zigzag, with equal panels.

    The six pages are, in the order of reading: the cover, the three inside panels, then, on the
    other side of the open sheet, its left and its middle panel. The third inside panel lies at the
    back of the closed leaflet. Raises Misfit as ``c_fold``.
    """
    cover, *inside, left, middle = _panels(count, back_cover=False)
    return _tri_fold([left, middle, cover], inside, paper, widths or z_fold_widths(paper), flip)


def _panels(count: int, back_cover: bool) -> Pages:
    if count > 6:
        raise Misfit(
            f"A tri-fold has six panels, and there are {count} pages", "Choose six of them."
        )
    return filled(count, 6, back_cover)


def _tri_fold(outer: Sequence[int | None], inner: Sequence[int | None], paper: Size,
              widths: Widths, flip: Flip | None) -> Imposition:  # fmt: skip
    size = max(paper), min(paper)
    if min(widths) <= 0 or abs(sum(widths) - size[0]) > TOLERANCE / 2:
        raise Misfit(
            f"Panels of {_and(widths)} mm do not fill paper that is {size[0]:g} mm wide",
            "Give widths that sum up to it.",
        )
    front = _panel_side(outer, widths[::-1], size[1])
    return imposed(size, [Sheet(front, _panel_side(inner, widths, size[1]))], flip)


def _panel_side(pages: Sequence[int | None], widths: Sequence[float], height: float) -> Side:
    lefts = list(accumulate(widths, initial=0.0))
    places = tuple(
        Place(page, x, 0, width, height)
        for page, x, width in zip(pages, lefts, widths, strict=False)
    )
    return Side(places, folds=tuple(Line(x, 0, x, height) for x in lefts[1:-1]))


def _and(lengths: Sequence[float]) -> str:
    return ", ".join(f"{length:.4g}" for length in lengths)
