"""Imposition: which page stands where on which side of which sheet. Arithmetic only.

All lengths are in mm. A sheet is seen with its front towards the reader; a place is measured from
the lower left corner of the side that it stands on. Pages count from 0.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Literal

from clinicpress.design.panels import Widths, c_fold_widths, z_fold_widths
from clinicpress.design.papers import Size
from clinicpress.errors import ClinicpressError

Flip = Literal["short", "long"]
"""The edge about which a printer turns a sheet to print its back."""

Pages = tuple[int | None, ...]
"""Page numbers in the order of reading; None is a blank page."""

BULK = 1.25
"""Thickness for each g/m² of uncoated office paper, in µm (cm³/g).

ISO 534 calls it the apparent specific sheet volume. The United States' Government Paper
Specification JCP O-63 (Plain Copier, February 1999) asks for 0.095 mm at 75 g/m², 0.105 at 90 and
0.120 at 105, which is 1.27, 1.17 and 1.14; so 80 g/m² are close to 0.10 mm.
"""

THICKEST = 1.0
"""Thickest paper that is taken, in mm; board that is thicker does not fold."""

MOST_CREEP = 0.1
"""How far creep may move a page, as a part of its width."""

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


@dataclass(frozen=True)
class _Grid:
    """``across`` × ``down`` cells of one size, ``gap`` apart, in the middle of a paper."""

    paper: Size
    cell: Size
    across: int
    down: int
    gap: float = 0

    @property
    def size(self) -> Size:
        """Width and height of all cells with the gaps between."""
        return _extent(self.cell[0], self.across, self.gap), _extent(
            self.cell[1], self.down, self.gap
        )

    @property
    def lefts(self) -> list[float]:
        """The left edge of each column."""
        start = (self.paper[0] - self.size[0]) / 2
        return [start + i * (self.cell[0] + self.gap) for i in range(self.across)]

    @property
    def bottoms(self) -> list[float]:
        """The lower edge of each row, the top row first."""
        start = (self.paper[1] - self.size[1]) / 2
        return [start + i * (self.cell[1] + self.gap) for i in reversed(range(self.down))]

    def places(self, pages: Sequence[int | None], turn: int = 0) -> tuple[Place, ...]:
        """Return the places of ``pages``, row by row from the top, each row from the left."""
        corners = ((x, y) for y in self.bottoms for x in self.lefts)
        return tuple(
            Place(page, x, y, *self.cell, turn)
            for page, (x, y) in zip(pages, corners, strict=False)
        )

    def cuts(self) -> tuple[Line, ...]:
        """Return the lines to cut along, but for those that are the edge of the paper."""
        (wide, high), (width, height) = self.paper, self.cell
        xs = _inside({round(x + d, 4) for x in self.lefts for d in (0, width)}, wide)
        ys = _inside({round(y + d, 4) for y in self.bottoms for d in (0, height)}, high)
        return (
            *(Line(x, 0, x, high) for x in xs),
            *(Line(0, y, wide, y) for y in ys),
        )


def _extent(length: float, count: int, gap: float) -> float:
    return count * length + (count - 1) * gap


def _inside(values: set[float], end: float) -> list[float]:
    """Return the values that lie on the paper, not on its edge: half a mm is no strip to cut."""
    return sorted(value for value in values if TOLERANCE / 2 < value < end - TOLERANCE / 2)


def thickness(grammage: float) -> float:
    """Return the thickness in mm of uncoated office paper of ``grammage`` g/m²: grammage × BULK.

    Raises Misfit if it is no weight of paper.
    """
    if not 0 < grammage <= THICKEST * 1000 / BULK:
        raise Misfit(f"No paper weighs {grammage:g} g/m²", "Office paper has 80, thick paper 120.")
    return grammage * BULK / 1000


def common_cell(sizes: Sequence[Size]) -> Size:
    """Return the smallest cell that holds a page of each size.

    It is upright where most pages are, and pages of the other kind lie on their side in it.
    """
    upright = sum(size[0] <= size[1] for size in sizes) * 2 >= len(sizes)
    shorts, longs = zip(*map(sorted, sizes), strict=True)
    cell = max(shorts), max(longs)
    return cell if upright else cell[::-1]


def saddle_stitch(count: int, cell: Size, paper: Size, *, signature: int | None = None,
                  paper_thickness: float = 0, back_cover: bool = True,
                  flip: Flip | None = None) -> Imposition:  # fmt: skip
    """Impose a booklet of ``count`` pages: two pages a side, sheets folded into each other.

    All sheets are one signature, stapled in the fold, unless ``signature`` says how many sheets
    each may have at the most. The pages are filled up to a multiple of four with blank ones, which
    stand before the last page, so that it is the back cover; without ``back_cover`` they stand at
    the end.

    A sheet that lies inside others sticks out at the fore edge by what those are thick, and is
    trimmed there. So that its margins come out even, its pages move towards the spine by as much:
    by ``paper_thickness`` for each sheet around it, and the outermost not at all.

    Raises Misfit if there is no page, the spread is larger than the paper or a number is none.
    """
    pages = filled(count, 4, back_cover)
    grid = _fitted(paper, cell, 2, 1)
    sizes = _signature_sizes(len(pages) // 4, signature)
    _refuse_creep(paper_thickness, max(sizes), cell)
    starts = accumulate((4 * size for size in sizes), initial=0)
    sheets = [
        sheet
        for size, start in zip(sizes, starts, strict=False)
        for sheet in _nested(pages[start : start + 4 * size], grid, paper_thickness)
    ]
    return _imposed(grid.paper, sheets, flip, sizes)


def perfect_bound(count: int, cell: Size, paper: Size, *, signature: int = 4,
                  paper_thickness: float = 0, back_cover: bool = True,
                  flip: Flip | None = None) -> Imposition:  # fmt: skip
    """Impose a book whose signatures are gathered on each other, to be sewn or glued.

    Each has ``signature`` sheets (four make 16 pages) or fewer, so that all are about as thick.
    As ``saddle_stitch`` otherwise.
    """
    return saddle_stitch(count, cell, paper, signature=signature, paper_thickness=paper_thickness,
                         back_cover=back_cover, flip=flip)  # fmt: skip


def _signature_sizes(sheets: int, most: int | None) -> tuple[int, ...]:
    """Return how many sheets each signature has: no more than ``most``, and all about equal."""
    if most is not None and most < 1:
        raise Misfit(f"A signature cannot have {most} sheets", "Give 1 or more.")
    parts = -(-sheets // (most or sheets))
    return tuple(sheets // parts + (i < sheets % parts) for i in range(parts))


def _nested(pages: Pages, grid: _Grid, each: float) -> Iterator[Sheet]:
    """Yield the sheets of one signature, the outermost first, with ``each`` mm creep a sheet."""
    spine = round(grid.lefts[1], 4)
    folds = (Line(spine, 0, spine, grid.paper[1]),)
    cuts = tuple(line for line in grid.cuts() if line not in folds)
    for depth in range(len(pages) // 4):
        first, last = 2 * depth, len(pages) - 1 - 2 * depth
        front, back = (pages[last], pages[first]), (pages[first + 1], pages[last - 1])
        yield Sheet(
            *(
                Side(_crept(grid.places(spread), depth * each), folds, cuts)
                for spread in (front, back)
            )
        )


def _crept(spread: tuple[Place, ...], creep: float) -> tuple[Place, ...]:
    left, right = spread
    return replace(left, shift=creep), replace(right, shift=-creep)


def cut_and_stack(count: int, cell: Size, paper: Size, *, up: int = 2, gap: float = 0,
                  two_sided: bool = True, flip: Flip | None = None) -> Imposition:  # fmt: skip
    """Impose leaves ``up`` (2 or 4) at a time so that the piles, once cut, make one pile.

    The cut piles are put on each other in lines of reading, the upper left one on top, and are in
    the order of reading. Blank pages stand at the end. Raises Misfit as ``saddle_stitch``.
    """
    across, down = _shape(up, cell, paper, gap)
    grid = _fitted(paper, cell, across, down, gap)
    per_leaf = 2 if two_sided else 1
    pages = filled(count, per_leaf * up, back_cover=False)
    leaves = [pages[i : i + per_leaf] for i in range(0, len(pages), per_leaf)]
    height = len(leaves) // up
    cuts = grid.cuts()
    sheets = [_leaves_on(leaves[level::height], grid, cuts) for level in range(height)]
    return _imposed(grid.paper, sheets, flip)


def _leaves_on(leaves: Sequence[Pages], grid: _Grid, cuts: tuple[Line, ...]) -> Sheet:
    """Return the sheet that holds ``leaves``, each one page or a front and its back."""
    front = Side(grid.places([leaf[0] for leaf in leaves]), cuts=cuts)
    if len(leaves[0]) == 1:
        return Sheet(front)
    rows = [leaves[i : i + grid.across] for i in range(0, len(leaves), grid.across)]
    behind = [leaf[1] for row in rows for leaf in reversed(row)]
    return Sheet(front, Side(grid.places(behind), cuts=cuts))


def step_and_repeat(count: int, cell: Size, paper: Size, *, across: int | None = None,
                    down: int | None = None, gap: float = 0, two_sided: bool = True,
                    flip: Flip | None = None) -> Imposition:  # fmt: skip
    """Impose each page, or each front with its back, as often as the sheet holds.

    ``across`` × ``down`` copies stand ``gap`` apart with cuts on both sides of each gap; as many as
    fit where that is not said. A last page that has no other has an unprinted back. Raises Misfit
    as ``saddle_stitch``.
    """
    if across is None or down is None:
        most = _most(cell, paper, gap)
        across, down = across or most[0], down or most[1]
    grid = _fitted(paper, cell, across, down, gap)
    step = 2 if two_sided and count > 1 else 1
    pages = filled(count, step, back_cover=False)
    cuts = grid.cuts()
    leaves = [pages[i : i + step] for i in range(0, len(pages), step)]
    sheets = [_leaves_on([leaf] * (across * down), grid, cuts) for leaf in leaves]
    return _imposed(grid.paper, sheets, flip)


def n_up(count: int, cell: Size, paper: Size, *, across: int, down: int, gap: float = 0,
         two_sided: bool = False, flip: Flip | None = None) -> Imposition:  # fmt: skip
    """Impose pages side by side in lines of reading, to read on the uncut sheet.

    Raises Misfit as ``saddle_stitch``.
    """
    grid = _fitted(paper, cell, across, down, gap)
    each = across * down
    pages = filled(count, 1, back_cover=False)
    sides = [Side(grid.places(pages[i : i + each])) for i in range(0, len(pages), each)]
    if not two_sided:
        return _imposed(grid.paper, [Sheet(side) for side in sides], flip)
    if len(sides) % 2:
        sides.append(Side(()))
    return _imposed(grid.paper, list(map(Sheet, sides[::2], sides[1::2])), flip)


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
    return _imposed(size, [Sheet(front, _panel_side(inner, widths, size[1]))], flip)


def _panel_side(pages: Sequence[int | None], widths: Sequence[float], height: float) -> Side:
    lefts = list(accumulate(widths, initial=0.0))
    places = tuple(
        Place(page, x, 0, width, height)
        for page, x, width in zip(pages, lefts, widths, strict=False)
    )
    return Side(places, folds=tuple(Line(x, 0, x, height) for x in lefts[1:-1]))


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


def _shape(up: int, cell: Size, paper: Size, gap: float) -> tuple[int, int]:
    """Return how many of ``up`` cells stand across and down: two of a kind where they fit so."""
    if up == 4:
        return 2, 2
    if up != 2:
        raise Misfit(f"Piles are cut from sheets of 2 or 4, not {up}", "Choose one of them.")
    return (2, 1) if _turned(paper, _Grid(paper, cell, 2, 1, gap).size) else (1, 2)


def _most(cell: Size, paper: Size, gap: float) -> tuple[int, int]:
    """Return how many cells fit across and down, on the paper as it stands or turned."""

    def fit(size: Size) -> tuple[int, int]:
        across, down = (
            int((room + gap + TOLERANCE) // (length + gap))
            for room, length in zip(size, cell, strict=True)
        )
        return max(across, 1), max(down, 1)

    upright, turned = fit(paper), fit(paper[::-1])
    return turned if turned[0] * turned[1] > upright[0] * upright[1] else upright


def _fitted(paper: Size, cell: Size, across: int, down: int, gap: float = 0) -> _Grid:
    """Return the grid on ``paper``, which is turned where the cells fit only so."""
    if across < 1 or down < 1 or gap < 0:
        raise Misfit("A sheet holds at least one page across and down, and no gap is below 0",
                     "Give other numbers.")  # fmt: skip
    size = _Grid(paper, cell, across, down, gap).size
    turned = _turned(paper, size)
    if turned is None:
        need = f"{across * down} pages of {_by(cell)} mm on a side need {_by(size)} mm"
        raise TooLarge(need, f"{_by(paper)} mm")
    return _Grid(turned, cell, across, down, gap)


def _turned(paper: Size, size: Size) -> Size | None:
    """Return ``paper`` as it must lie for ``size`` to fit, or None if it does not fit."""
    fitting = (
        way
        for way in (paper, paper[::-1])
        if size[0] <= way[0] + TOLERANCE and size[1] <= way[1] + TOLERANCE
    )
    return next(fitting, None)


def _by(size: Size) -> str:
    return f"{size[0]:.4g} × {size[1]:.4g}"


def _and(lengths: Sequence[float]) -> str:
    return ", ".join(f"{length:.4g}" for length in lengths)


def _refuse_creep(paper_thickness: float, sheets: int, cell: Size) -> None:
    if not 0 <= paper_thickness <= THICKEST:
        raise Misfit(
            f"Creep of {paper_thickness:g} mm a sheet is no thickness of paper",
            f"Give a number from 0 to {THICKEST:g}, such as 0.1.",
        )
    if (creep := (sheets - 1) * paper_thickness) > cell[0] * MOST_CREEP:
        raise Misfit(
            f"{sheets} sheets in each other move the innermost pages by {creep:.3g} mm, which is "
            "too much for their margins",
            "Give signatures of fewer sheets.",
        )


def _imposed(paper: Size, sheets: Sequence[Sheet], flip: Flip | None,
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


Face = Literal["up", "down"]
"""How a printer puts sheets out: printed side up, or down."""


def split(imposition: Imposition, face: Face) -> tuple[Imposition, Imposition]:
    """Return the fronts, then the backs, for a printer that cannot turn a sheet by itself.

    Sheets come out on each other, the first lowest. From a printer that puts them out face down
    the pile goes back as it lies: its top is the last sheet, so the backs begin with that. A pile
    that lies face up is turned over first, so its top is the first sheet. Either way the printed
    side lies down in the tray, and the finished pile is in order.

    Raises Misfit if there are no backs.
    """
    if not imposition.two_sided:
        raise Misfit(
            "Only one side is printed, so there are no backs to split off", "Leave --split out."
        )
    backs = [Sheet(sheet.back or Side(())) for sheet in imposition.sheets]
    if face == "down":
        backs.reverse()
    fronts = tuple(Sheet(sheet.front) for sheet in imposition.sheets)
    return replace(imposition, sheets=fronts), replace(imposition, sheets=tuple(backs))


TICK = 8.0
"""Length of a tick, in mm. Where pages reach the edge of the paper it begins there: most office
printers leave 4 to 6 mm blank, and pages carry nothing to read so near to their edge."""

CLEAR = 1.0
"""How far a tick keeps from a page, in mm, where the paper goes on beyond it."""


def ticks(side: Side, lines: Sequence[Line], paper: Size) -> Iterator[Line]:
    """Yield short strokes at both ends of each of ``lines``, so that nothing lies on the pages.

    They stand in the margin around the pages; where it is too narrow, at the edge of the paper.
    """
    if not side.places:
        return
    left, bottom = (min(getattr(p, key) for p in side.places) for key in ("x", "y"))
    right = max(place.x + place.width for place in side.places)
    top = max(place.y + place.height for place in side.places)
    wide, high = paper
    for line in lines:
        if line.x0 == line.x1:
            for edge, margin, inwards in ((0, bottom, 1), (high, high - top, -1)):
                start, end = _reach(margin)
                yield Line(line.x0, edge + inwards * start, line.x0, edge + inwards * end)
        else:
            for edge, margin, inwards in ((0, left, 1), (wide, wide - right, -1)):
                start, end = _reach(margin)
                yield Line(edge + inwards * start, line.y0, edge + inwards * end, line.y0)


def _reach(margin: float) -> tuple[float, float]:
    """Return from where to where a tick reaches, in from the edge of the paper."""
    if margin < TICK + CLEAR:
        return 0, TICK
    return margin - CLEAR - TICK, margin - CLEAR
