"""The ways to lay any pages on sheets, by name, and what a wish means for pages of a size."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from clinicpress.design.papers import INCHES, PAPERS, Flip, Size
from clinicpress.errors import WrongChoice, unknown
from clinicpress.press.imposition import (
    TOLERANCE,
    Face,
    Imposition,
    Misfit,
    TooLarge,
    c_fold,
    common_cell,
    cut_and_stack,
    n_up,
    perfect_bound,
    saddle_stitch,
    step_and_repeat,
    thickness,
    z_fold,
)

OFFERED = ("A4", "Letter", "A3", "Tabloid")
"""Papers that are tried in this order where none is named."""

Grid = tuple[int, int]
"""How many pages stand across and down."""


@dataclass(frozen=True)
class Wish:
    """How a file is to be imposed. Lengths are in mm; what is empty is chosen for the pages.

    With ``repair`` what can be saved of a damaged file is imposed; with ``keep`` its author,
    attached files and notes of programs stay.
    """

    scheme: str = "saddle-stitch"
    paper: str = ""
    signature: int | None = None
    grid: Grid | None = None
    gap: float = 0
    creep: float = 0
    paper_weight: float | None = None
    back_cover: bool = True
    one_sided: bool = False
    flip: Flip | None = None
    face: Face | None = None
    marks: bool = False
    fit: bool = False
    repair: bool = False
    keep: bool = False

    @property
    def thickness(self) -> float:
        """How thick a sheet is: as it is said, or reckoned from its weight in g/m²."""
        return self.creep if self.paper_weight is None else thickness(self.paper_weight)

    def says(self, option: str) -> bool:
        """Tell whether an option asks for something else than is done where nothing is said."""
        field = "back_cover" if option == "--no-back-cover" else option[2:].replace("-", "_")
        return bool(getattr(self, field) != getattr(Wish, field))


def lay(sizes: Sequence[Size], wish: Wish) -> tuple[str, Imposition]:
    """Return the paper's name and the imposition of pages of these ``sizes`` in mm.

    Raises UnknownName for a scheme or paper that is none, WrongChoice for an option that the scheme
    has no use for, Misfit if nothing fits.
    """
    if wish.scheme not in SCHEMES:
        meant = ALSO_CALLED.get(wish.scheme.casefold(), wish.scheme)
        raise unknown("scheme", wish.scheme, SCHEMES, meant)
    _refuse_idle(wish)
    if not sizes:
        raise Misfit("There is no page to print", "Give a file that has one.")
    cell = common_cell(sizes)
    if wish.paper:
        name = _known_paper(wish.paper)
        return name, _laid(len(sizes), cell, name, wish)
    if wish.fit:
        name = next((name for name in PAPERS if _is_size(cell, PAPERS[name])), "A4")
        return name, _laid(len(sizes), cell, name, wish)
    return _first_fitting(len(sizes), cell, wish)


def _refuse_idle(wish: Wish) -> None:
    """Raise WrongChoice for options that the scheme has no use for: nobody shall rely on them."""
    idle = [
        f"“{option}” does nothing with {wish.scheme}. Leave it out, or take {' or '.join(users)}."
        for option, users in USES.items()
        if wish.says(option) and wish.scheme not in users
    ]
    if wish.one_sided and wish.flip and not idle:
        idle = ["“--flip” does nothing with “--one-sided”: no back is printed. Leave one out."]
    WrongChoice.refuse(idle)


def _known_paper(asked: str) -> str:
    spelled = {name.casefold(): name for name in PAPERS}
    try:
        return spelled[asked.casefold().replace(" ", "").replace("-", "")]
    except KeyError:
        raise unknown("paper", asked, PAPERS) from None


def _first_fitting(count: int, cell: Size, wish: Wish) -> tuple[str, Imposition]:
    """Return the first paper on which the pages fit, rather one whose edge they reach."""
    fitting: list[tuple[str, Imposition]] = []
    refused: dict[bool, Misfit] = {}
    in_inches = any(_is_size(cell, PAPERS[name]) for name in INCHES)
    for name in OFFERED:
        try:
            fitting.append((name, _laid(count, cell, name, wish)))
        except Misfit as misfit:
            refused[name in INCHES] = misfit
    if not fitting:
        raise refused[in_inches]  # of the largest paper that is measured as the pages are
    return next((each for each in fitting if _reaches_an_edge(each[1])), fitting[0])


def _extent(imposition: Imposition) -> Size:
    """Return width and height of all places together."""
    places = imposition.sides[0].places
    return (
        max(place.x + place.width for place in places) - min(place.x for place in places),
        max(place.y + place.height for place in places) - min(place.y for place in places),
    )


def _reaches_an_edge(imposition: Imposition) -> bool:
    """Tell whether the pages fill the paper across or down."""
    wide, high = _extent(imposition)
    return abs(imposition.width - wide) <= 2 * TOLERANCE or (
        abs(imposition.height - high) <= 2 * TOLERANCE
    )


def _is_size(cell: Size, paper: Size) -> bool:
    """Tell whether ``cell`` has the size of ``paper``, upright or lying."""
    return all(
        abs(own - edge) <= TOLERANCE for own, edge in zip(sorted(cell), sorted(paper), strict=True)
    )


def _laid(count: int, cell: Size, paper: str, wish: Wish) -> Imposition:
    size = PAPERS[paper]
    if wish.fit:
        cell = _filling(cell, size, *_grid(wish), wish.gap)
        if min(cell) <= 0:
            raise Misfit(
                f"Gaps of {wish.gap:g} mm leave no room for pages on {paper}", "Give less."
            )
    try:
        return SCHEMES[wish.scheme](count, cell, size, wish)
    except TooLarge as misfit:
        raise misfit.on(paper) from None


def _grid(wish: Wish) -> Grid:
    given = wish.grid or (2, 2)
    return {"cut-and-stack-4": (2, 2), "step-and-repeat": given, "n-up": given}.get(
        wish.scheme, (2, 1)
    )


def _filling(cell: Size, paper: Size, across: int, down: int, gap: float) -> Size:
    """Return the cell that fills the paper, which lies as the pages come out largest.

    An edge is 0 or less where the gaps leave no room.
    """
    ways = [
        ((way[0] - (across - 1) * gap) / across, (way[1] - (down - 1) * gap) / down)
        for way in (paper, paper[::-1])
    ]
    return max(ways, key=lambda way: min(way[0] / cell[0], way[1] / cell[1]))


def _saddle(count: int, cell: Size, paper: Size, wish: Wish) -> Imposition:
    return saddle_stitch(count, cell, paper, signature=wish.signature, flip=wish.flip,
                         paper_thickness=wish.thickness, back_cover=wish.back_cover)  # fmt: skip


def _perfect(count: int, cell: Size, paper: Size, wish: Wish) -> Imposition:
    most = wish.signature or SIGNATURES["perfect-bound"]
    return perfect_bound(count, cell, paper, signature=most, flip=wish.flip,
                         paper_thickness=wish.thickness, back_cover=wish.back_cover)  # fmt: skip


def _stack(up: int) -> Callable[[int, Size, Size, Wish], Imposition]:
    def stacked(count: int, cell: Size, paper: Size, wish: Wish) -> Imposition:
        return cut_and_stack(count, cell, paper, up=up, gap=wish.gap, flip=wish.flip,
                             two_sided=not wish.one_sided)  # fmt: skip

    return stacked


def _repeat(count: int, cell: Size, paper: Size, wish: Wish) -> Imposition:
    across, down = wish.grid or (_grid(wish) if wish.fit else (None, None))
    return step_and_repeat(count, cell, paper, across=across, down=down, gap=wish.gap,
                           flip=wish.flip, two_sided=not wish.one_sided)  # fmt: skip


def _side_by_side(count: int, cell: Size, paper: Size, wish: Wish) -> Imposition:
    across, down = _grid(wish)
    return n_up(count, cell, paper, across=across, down=down, gap=wish.gap, flip=wish.flip,
                two_sided=not wish.one_sided)  # fmt: skip


SCHEMES: Mapping[str, Callable[[int, Size, Size, Wish], Imposition]] = {
    "saddle-stitch": _saddle,
    "perfect-bound": _perfect,
    "cut-and-stack-2": _stack(2),
    "cut-and-stack-4": _stack(4),
    "step-and-repeat": _repeat,
    "n-up": _side_by_side,
    "c-fold": lambda count, cell, paper, wish: c_fold(count, paper, flip=wish.flip),
    "z-fold": lambda count, cell, paper, wish: z_fold(count, paper, flip=wish.flip),
}
"""Each way to impose, by its name."""

ALSO_CALLED = {"booklet": "saddle-stitch", "leaflet": "c-fold", "cards": "step-and-repeat"}
"""What people call a scheme."""

SIGNATURES = {"perfect-bound": 4}
"""How many sheets a signature has at the most, where nothing is said."""

_BOUND = ("saddle-stitch", "perfect-bound")
_CUT = ("cut-and-stack-2", "cut-and-stack-4", "step-and-repeat")

USES: Mapping[str, tuple[str, ...]] = {
    "--signature": _BOUND,
    "--creep": _BOUND,
    "--paper-weight": _BOUND,
    "--no-back-cover": _BOUND,
    "--grid": ("step-and-repeat", "n-up"),
    "--gap": (*_CUT, "n-up"),
    "--one-sided": (*_CUT, "n-up"),
    "--marks": tuple(scheme for scheme in SCHEMES if scheme != "n-up"),
}
"""The schemes that have a use for an option; the other options are for all."""
