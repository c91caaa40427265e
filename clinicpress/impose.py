"""``generate impose``: any PDF on sheets to be printed, folded and cut, with a note on how."""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from clinicpress import paths
from clinicpress.design.papers import INCHES, PAPERS
from clinicpress.errors import (
    ClinicpressError,
    EnvironmentFault,
    UnknownName,
    WrongChoice,
    nearest,
    shown,
)
from clinicpress.output import write_atomic
from clinicpress.press.imposition import (
    TOLERANCE,
    Face,
    Flip,
    Imposition,
    Misfit,
    Size,
    c_fold,
    common_cell,
    cut_and_stack,
    n_up,
    perfect_bound,
    saddle_stitch,
    split,
    step_and_repeat,
    thickness,
    z_fold,
)

if TYPE_CHECKING:
    from pikepdf import Pdf

OFFERED = ("A4", "Letter", "A3", "Tabloid")
"""Papers that are tried in this order where none is named."""

LONGEST = 180
"""The most bytes in a name; file systems take 255, with the ending and more."""

Grid = tuple[int, int]
"""How many pages stand across and down."""


@dataclass(frozen=True)
class Wish:
    """How a file is to be imposed. Lengths are in mm; what is empty is chosen for the pages."""

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

    @property
    def thickness(self) -> float:
        """How thick a sheet is: as it is said, or reckoned from its weight in g/m²."""
        return self.creep if self.paper_weight is None else thickness(self.paper_weight)


@dataclass(frozen=True)
class Imposed:
    """What was written: the PDFs, the note and its words, and the sheets that they show."""

    files: tuple[Path, ...]
    note: Path
    words: str
    paper: str
    imposition: Imposition


def impose_file(path: Path, wish: Wish, output: Path, layouts: Path | None = None,
                password: str = "", ask: Callable[[], str] | None = None) -> Imposed:  # fmt: skip
    """Impose the PDF in ``path`` and write the result and its note into ``output``.

    ``ask`` is called for the password where one is needed and not given. Raises UnknownName for a
    name that is none, WrongChoice for options that do nothing, ClinicpressError for a file that
    cannot be used, Misfit for what cannot be laid on the paper, EnvironmentFault if something
    cannot be read or written.
    """
    from clinicpress.instructions import Printout, instructions, words_of
    from clinicpress.press.sheets import page_sizes

    document, password = _open(path, password, ask)
    with document:
        unlocked = document.is_encrypted
        paper, imposition = lay(page_sizes(document), wish)
    stem = _stem(path, paper, imposition, wish)
    pdfs = {
        name: _drawn(path, password, job, wish)
        for name, job in _jobs(stem, imposition, wish.face).items()
    }
    words = instructions(
        Printout(wish.scheme, paper, tuple(pdfs), imposition, wish.face, wish.marks, unlocked,
                 wish.paper_weight),
        words_of(layouts or paths.default("layouts")),
    )  # fmt: skip
    for name, pdf in pdfs.items():
        write_atomic(output / name, pdf)
    note = output / f"{stem}.txt"
    write_atomic(note, words.encode())
    return Imposed(tuple(output / name for name in pdfs), note, words, paper, imposition)


def _stem(path: Path, paper: str, imposition: Imposition, wish: Wish) -> str:
    """Return the result's name without its ending: another wish has another."""
    how = "".join(f"_{part}" for part in (wish.scheme, paper, *_choices(imposition, wish)))
    return _shortened(path.stem, LONGEST - len(how)) + how


def _choices(imposition: Imposition, wish: Wish) -> list[str]:
    """Return what is other than it would be if nothing were said."""
    natural = "short" if imposition.width > imposition.height else "long"
    weighed = wish.paper_weight is not None
    named = {
        f"signature-{wish.signature}": wish.signature not in (None, SIGNATURES.get(wish.scheme)),
        "x".join(map(str, wish.grid or ())): wish.grid,
        f"gap-{wish.gap:g}mm": wish.gap,
        f"{wish.paper_weight or 0:g}gsm": weighed,
        f"creep-{wish.creep:g}mm": wish.creep and not weighed,
        "no-back-cover": not wish.back_cover,
        "one-sided": wish.one_sided,
        f"{imposition.flip}-edge": imposition.flip != natural,
        f"face-{wish.face}": wish.face,
        "marks": wish.marks,
        "fit": wish.fit,
    }
    return [name for name, chosen in named.items() if chosen]


def _shortened(name: str, most: int) -> str:
    """Return ``name``, or, of one of more than ``most`` bytes, its beginning and a digest of it."""
    letters = os.fsencode(name)
    if len(letters) <= most:
        return name
    digest = hashlib.sha256(letters).hexdigest()[:12]
    return f"{letters[: most - 13].decode(errors='ignore')}~{digest}"


def _jobs(stem: str, imposition: Imposition, face: Face | None) -> dict[str, Imposition]:
    """Return what goes into each file: all of it, or the fronts and the backs."""
    if face is None:
        return {f"{stem}.pdf": imposition}
    fronts, backs = split(imposition, face)
    return {f"{stem}_fronts.pdf": fronts, f"{stem}_backs.pdf": backs}


def lay(sizes: Sequence[Size], wish: Wish) -> tuple[str, Imposition]:
    """Return the paper's name and the imposition of pages of these ``sizes`` in mm.

    Raises UnknownName for a scheme or paper that is none, WrongChoice for an option that the scheme
    has no use for, Misfit if nothing fits.
    """
    if wish.scheme not in SCHEMES:
        meant = ALSO_CALLED.get(wish.scheme.casefold(), wish.scheme)
        raise UnknownName(f"There is no scheme “{wish.scheme}”. {nearest(meant, SCHEMES)}")
    _refuse_idle(wish)
    if not sizes:
        raise Misfit("There is no page to print. Give a file that has one.")
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
    given = {
        "--signature": wish.signature,
        "--creep": wish.creep,
        "--paper-weight": wish.paper_weight,
        "--no-back-cover": not wish.back_cover,
        "--grid": wish.grid,
        "--gap": wish.gap,
        "--one-sided": wish.one_sided,
        "--marks": wish.marks,
    }
    idle = [
        f"“{option}” does nothing with {wish.scheme}. Leave it out, or take "
        f"{' or '.join(USES[option])}."
        for option, value in given.items()
        if value and wish.scheme not in USES[option]
    ]
    if wish.one_sided and wish.flip and not idle:
        idle = ["“--flip” does nothing with “--one-sided”: no back is printed. Leave one out."]
    if idle:
        raise WrongChoice("\n".join(idle))


def _known_paper(asked: str) -> str:
    spelled = {name.casefold(): name for name in PAPERS}
    try:
        return spelled[asked.casefold().replace(" ", "").replace("-", "")]
    except KeyError:
        raise UnknownName(f"There is no paper “{asked}”. {nearest(asked, PAPERS)}") from None


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
            raise Misfit(f"Gaps of {wish.gap:g} mm leave no room for pages on {paper}. Give less.")
    try:
        return SCHEMES[wish.scheme](count, cell, size, wish)
    except Misfit as misfit:  # the arithmetic knows sizes, and no names
        raise Misfit(str(misfit).replace("the paper has", f"{paper} has")) from None


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


def _drawn(path: Path, password: str, imposition: Imposition, wish: Wish) -> bytes:
    """Return the sheets as a PDF, the same bytes for the same file and wish."""
    from pikepdf import DataDecodingError, ObjectStreamMode, PdfError

    from clinicpress.press.sheets import impose

    file = BytesIO()
    try:
        document, _ = _open(path, password, None)
        with document:
            packed = document.pdf_version >= "1.5"  # PDF/A-1 knows no object streams
            mode = ObjectStreamMode.generate if packed else ObjectStreamMode.disable
            impose(document, imposition, marks=wish.marks, fit=wish.fit)
            document.save(file, deterministic_id=True, encryption=False, object_stream_mode=mode)
    except (PdfError, DataDecodingError) as error:
        raise _unusable(path, "is damaged, so that its pages cannot be read") from error
    return file.getvalue()


def _open(path: Path, password: str, ask: Callable[[], str] | None) -> tuple["Pdf", str]:
    """Return the PDF in ``path``, and the password that opened it."""
    from pikepdf import PasswordError, Pdf, PdfError

    try:
        try:
            return Pdf.open(path), ""
        except PasswordError:
            known = password or (ask() if ask else "")
            if not known:
                raise ClinicpressError(
                    f"{shown(path)} is protected by a password. Give it with --password."
                ) from None
            return Pdf.open(path, password=known), known
    except FileNotFoundError as error:
        raise UnknownName(f"There is no file {shown(path)}. Check its name and folder.") from error
    except PasswordError as error:
        raise _unusable(path, "does not open with this password", "Type it again.") from error
    except PdfError as error:
        raise _unusable(path, "is not a PDF, or damaged beyond repair") from error
    except OSError as error:
        raise EnvironmentFault(
            f"{shown(path)} cannot be read: {(error.strerror or str(error)).lower()}. Choose a "
            "file that you may read."
        ) from error


def _unusable(path: Path, wrong: str, mend: str = "Save or export it again.") -> ClinicpressError:
    return ClinicpressError(f"{shown(path)} {wrong}. {mend}")


def described(imposed: Imposed, wish: Wish) -> Iterator[dict[str, object]]:
    """Yield what ``--json`` says of each file."""
    for path in imposed.files:
        yield {
            "path": str(path),
            "note": str(imposed.note),
            "scheme": wish.scheme,
            "paper": imposed.paper,
            "sheets": len(imposed.imposition.sheets),
            "two_sided": imposed.imposition.two_sided and not wish.face,
            "flip": imposed.imposition.flip,
        }
