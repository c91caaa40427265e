"""Which page stands where on which side of which sheet.

All lengths are in mm. A sheet is seen with its front towards the reader; a place is measured from
the lower left corner of the side that it stands on. Pages count from 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from clinicpress.design.papers import Flip, Size
from clinicpress.errors import ClinicpressError

Pages = tuple[int | None, ...]
"""Page numbers in the order of reading; None is a blank page."""

TOLERANCE = 1.0
"""How far pages may exceed a sheet, in mm: sizes in files are rounded to whole points."""


class Misfit(ClinicpressError):
    """What cannot be laid on the paper as asked: ``wrong`` says why, ``hint`` is the mend."""

    def __init__(self, wrong: str, hint: str) -> None:
        self.wrong, self.hint = wrong, hint
        super().__init__(f"{wrong}. {hint}")

    def __reduce__(self) -> tuple[type["Misfit"], tuple[str, ...]]:
        """Return how another process makes this again."""
        return type(self), (self.wrong, self.hint)


class TooLarge(Misfit):
    """Pages that need more than a paper has: the arithmetic knows its size, and no name."""

    def __init__(self, need: str, room: str, paper: str = "the paper") -> None:
        self.need, self.room, self.paper = need, room, paper
        super().__init__(f"{need}, and {paper} has {room}",
                         "Choose a larger paper, or scale the pages with --fit.")  # fmt: skip

    def __reduce__(self) -> tuple[type["Misfit"], tuple[str, ...]]:
        """Return how another process makes this again."""
        return type(self), (self.need, self.room, self.paper)

    def on(self, paper: str) -> "TooLarge":
        """Return the same, with the name of the paper."""
        return TooLarge(self.need, self.room, paper)


@dataclass(frozen=True)
class Place:
    """Where one page stands on a side.

    The cell is ``width`` × ``height`` and its lower left corner is at ``x``, ``y``. The page stands
    in its middle, turned counter-clockwise by ``turn`` (0, 90, 180 or 270 degrees), then moved to
    the right by ``shift`` (to the left where it is negative) and cut off at the cell's edges.
    """

    page: int | None
    x: float
    y: float
    width: float
    height: float
    turn: int = 0
    shift: float = 0


@dataclass(frozen=True)
class Line:
    """A straight line on a side, to fold or to cut along."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True)
class Side:
    """One side of a sheet, with its pages in the order of reading lines: left to right, down."""

    places: tuple[Place, ...]
    folds: tuple[Line, ...] = ()
    cuts: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A sheet of paper; ``back`` is None where only one side is printed."""

    front: Side
    back: Side | None = None


@dataclass(frozen=True)
class Imposition:
    """All sheets of a job, the first to print first.

    ``width`` and ``height`` are those of the paper as its fronts are seen. ``signatures`` says how
    many sheets are folded into each other at a time, one number a signature; it is empty where
    nothing is folded so.
    """

    width: float
    height: float
    sheets: tuple[Sheet, ...]
    flip: Flip
    signatures: tuple[int, ...] = ()

    @property
    def sides(self) -> tuple[Side, ...]:
        """Every side in the order of printing: front, back, front …."""
        return tuple(side for sheet in self.sheets for side in (sheet.front, sheet.back) if side)

    @property
    def two_sided(self) -> bool:
        """Whether backs are printed, too."""
        return any(sheet.back for sheet in self.sheets)


def filled(count: int, multiple: int, back_cover: bool) -> Pages:
    """Return the pages 0 … ``count`` - 1 with blanks, None, up to a multiple of ``multiple``.

    With ``back_cover`` they stand before the last of several pages, otherwise at the end. Raises
    Misfit if there is no page.
    """
    if count < 1:
        raise Misfit("There is no page to print", "Give a file that has one.")
    blanks = (None,) * (-count % multiple)
    last = count - 1 if back_cover and count > 1 else count
    return (*range(last), *blanks, *range(last, count))


def imposed(paper: Size, sheets: Sequence[Sheet], flip: Flip | None,
             signatures: tuple[int, ...] = ()) -> Imposition:  # fmt: skip
    """Return the job. Backs so far are those of leaves turned like a page of a book.

    A printer does so about the short edge of a landscape sheet and the long edge of a portrait
    one, which is what is taken where ``flip`` is None. About the other edge the back comes out on
    its head, and so is turned by half.
    """
    natural: Flip = "short" if paper[0] > paper[1] else "long"
    if flip not in (None, natural):
        sheets = [
            replace(sheet, back=sheet.back and half_turned(sheet.back, paper)) for sheet in sheets
        ]
    return Imposition(*paper, tuple(sheets), flip or natural, signatures)


def half_turned(side: Side, paper: Size) -> Side:
    """Return ``side`` on its head."""
    wide, high = paper
    places = (
        replace(
            place,
            x=wide - place.x - place.width,
            y=high - place.y - place.height,
            turn=(place.turn + 180) % 360,
            shift=-place.shift,
        )
        for place in reversed(side.places)
    )
    folds, cuts = (
        tuple(Line(wide - a.x0, high - a.y0, wide - a.x1, high - a.y1) for a in lines)
        for lines in (side.folds, side.cuts)
    )
    return Side(tuple(places), folds, cuts)
