"""``generate impose``: any PDF on sheets to be printed, folded and cut, with a note on how."""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NoReturn
from unicodedata import category

from clinicpress.design.papers import INCHES, PAPERS, Flip, Size
from clinicpress.errors import (
    UNSEEN,
    ClinicpressError,
    UnknownName,
    WrongChoice,
    nearest,
    shown,
)
from clinicpress.files import paths
from clinicpress.files.output import write_atomic
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
    split,
    step_and_repeat,
    thickness,
    z_fold,
)
from clinicpress.processes.limits import Limits, Stop

OFFERED = ("A4", "Letter", "A3", "Tabloid")
"""Papers that are tried in this order where none is named."""

LONGEST = 180
"""The most bytes in a name; file systems take 255, with the ending and more."""

BARRED = frozenset('<>:"/\\|?*')
"""What no name on Windows may have."""

DEVICES = frozenset(("CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT")
                                                   for n in range(10))))  # fmt: skip
"""Names that Windows keeps for itself, whatever ending they have."""

MB = 1024**2
LIMITS = Limits(seconds=60, memory=500 * MB)
"""What imposing a small file may take; 1,000 pages took 174 MB and 2.3 seconds at the most."""

MEMORY_PER_BYTE = 4
"""How much more memory each byte of a file may take: it is read, written, and handed over."""

BYTES_A_SECOND = 2 * MB
"""For how many bytes of a file a second more is allowed."""

NEEDED = ("clinicpress.runs.impose", "clinicpress.press.sheets", "clinicpress.press.preflight",
          "clinicpress.press.cleaning")  # fmt: skip
"""The modules that the work imports."""

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


@dataclass(frozen=True)
class Imposed:
    """What was written: the PDFs, the note and its words, and the sheets that they show.

    ``told`` is what was mended or taken off, a sentence each.
    """

    files: tuple[Path, ...]
    note: Path
    words: str
    paper: str
    imposition: Imposition
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class Job:
    """What a process of its own is to impose: a file, what messages call it, and how."""

    path: str
    name: str
    wish: Wish
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class Drawn:
    """What came of a job: what is told of it, and its sheets as a PDF, or two."""

    told: tuple[str, ...]
    paper: str
    imposition: Imposition
    unlocked: bool
    mended: bool
    pdfs: tuple[bytes, ...]


def impose_file(path: Path, wish: Wish, output: Path, layouts: Path | None = None,
                password: str = "", ask: Callable[[], str] | None = None) -> Imposed:  # fmt: skip
    """Impose the PDF in ``path`` and write the result and its note into ``output``.

    ``ask`` is called for the password where one is needed and not given. Raises UnknownName for a
    name that is none, WrongChoice for options that do nothing, ClinicpressError for a file that
    cannot be used or asks for too much, Misfit for what cannot be laid on the paper,
    EnvironmentFault if something cannot be read or written.
    """
    from clinicpress.tickets.instructions import Printout, instructions, words_of

    drawn = _draw_confined(path, wish, password, ask)
    paper, imposition = drawn.paper, drawn.imposition
    stem = _stem(path, paper, imposition, wish, drawn.mended)
    names = (f"{stem}.pdf",) if wish.face is None else (f"{stem}_fronts.pdf", f"{stem}_backs.pdf")
    words = instructions(
        Printout(wish.scheme, paper, names, imposition, wish.face, wish.marks, drawn.unlocked,
                 wish.paper_weight),
        words_of(layouts or paths.default("layouts")),
    )  # fmt: skip
    for name, pdf in zip(names, drawn.pdfs, strict=True):
        write_atomic(output / name, pdf)
    note = output / f"{stem}.txt"
    write_atomic(note, words.encode())
    files = tuple(output / name for name in names)
    return Imposed(files, note, words, paper, imposition, drawn.told)


def _draw_confined(path: Path, wish: Wish, password: str, ask: Callable[[], str] | None) -> Drawn:
    """Return what comes of the file, drawn by a process of its own, within :data:`LIMITS`."""
    from clinicpress.press.intake import Locked, size_of
    from clinicpress.processes.workers import alone, make_ready

    size = size_of(path)
    memory = LIMITS.memory + MEMORY_PER_BYTE * size
    seconds = LIMITS.seconds + size // BYTES_A_SECOND
    limits = replace(LIMITS, seconds=seconds, memory=memory, answer=memory)
    job = Job(str(path.absolute()), shown(path), wish, password)

    def stopped(job: Job, why: Stop) -> NoReturn:
        raise ClinicpressError(
            f"{job.name} needs more memory or time than any print should: more than "
            f"{memory // MB} MB or {seconds:g} seconds. Save or export it again, with smaller "
            "pictures or in parts."
        )

    make_ready(NEEDED)
    try:
        return alone(draw, job, stopped, limits)
    except Locked:
        if ask is None or not (typed := ask()):
            raise
        return alone(draw, replace(job, password=typed), stopped, limits)


def draw(job: Job) -> Drawn:
    """Return what comes of a job. Raises ClinicpressError for a file or wish that cannot be used.

    Whatever else goes wrong is the file's fault, too, since all of it is made by somebody else.
    """
    from pikepdf import DataDecodingError, PdfError

    from clinicpress.press.findings import Overload
    from clinicpress.press.intake import is_short_of_memory, unusable

    try:
        return _draw(job)
    except (PdfError, DataDecodingError) as error:
        if is_short_of_memory(str(error)):
            raise MemoryError from error
        raise unusable(job.name, "is damaged, so that its pages cannot be read") from error
    except Overload as error:
        raise unusable(job.name, str(error)) from error
    except (ClinicpressError, MemoryError):
        raise
    except Exception as error:
        if os.environ.get("CLINICPRESS_DEBUG"):
            raise
        raise unusable(job.name, f"is made in a way that is not known ({type(error).__name__})"
                       ) from error  # fmt: skip


def _draw(job: Job) -> Drawn:
    from clinicpress.press.cleaning import take_off, told
    from clinicpress.press.intake import open_pdf
    from clinicpress.press.preflight import look_through
    from clinicpress.press.sheets import page_sizes

    wish = job.wish
    with open_pdf(job.path, job.name, job.password) as document:
        unlocked = document.is_encrypted
        found = look_through(document)
        _refuse_damaged(job, str(found))
        sizes = page_sizes(document)
        paper, imposition = lay(sizes, wish)
        taken = told(take_off(document, wish.keep))
    pdfs = tuple(_sheets(job, each, len(sizes)) for each in _halves(imposition, wish.face))
    mended = (
        f"{job.name} is damaged. Broken or missing: {found}. What can be saved is imposed; look at "
        "every page."
    )
    return Drawn(tuple(filter(None, (mended if found.said else "", taken))), paper, imposition,
                 unlocked, bool(found.said), pdfs)  # fmt: skip


def _refuse_damaged(job: Job, found: str) -> None:
    if found and not job.wish.repair:
        raise ClinicpressError(
            f"{job.name} is damaged. Broken or missing: {found}. Export it again, or impose what "
            "can be saved of it with --repair."
        )


def _stem(path: Path, paper: str, imposition: Imposition, wish: Wish, mended: bool) -> str:
    """Return the result's name without its ending: another wish has another."""
    choices = [*_choices(imposition, wish), *(["repaired"] if mended else [])]
    how = "".join(f"_{part}" for part in (wish.scheme, paper, *choices))
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
        "kept": wish.keep,
    }
    return [name for name, chosen in named.items() if chosen]


def _shortened(name: str, most: int) -> str:
    """Return ``name`` as any file system can hold it, in at most ``most`` bytes.

    Of a name that had to be changed for it comes as much as can be, and a digest of all of it, so
    that no two become one.
    """
    held = _held(name)
    if held == name and len(name.encode()) <= most:
        return name
    digest = hashlib.sha256(os.fsencode(name)).hexdigest()[:12]
    return f"{held.encode()[: most - 13].decode(errors='ignore')}~{digest}"


def _held(name: str) -> str:
    """Return ``name`` with “_” for what Windows, macOS or a terminal cannot take in a name."""
    kept = "".join("_" if letter in BARRED or category(letter) in UNSEEN else letter
                   for letter in name).strip(". ")  # fmt: skip
    return f"_{kept}" if not kept or kept.split(".")[0].upper() in DEVICES else kept


def _halves(imposition: Imposition, face: Face | None) -> tuple[Imposition, ...]:
    """Return what goes into each file: all of it, or the fronts and the backs."""
    return (imposition,) if face is None else split(imposition, face)


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


def _sheets(job: Job, imposition: Imposition, pages: int) -> bytes:
    """Return the sheets as a PDF, the same bytes for the same file and wish.

    The file had this many ``pages``. The library goes on where memory is short, with what it has.
    """
    from clinicpress.pdf.saving import saved
    from clinicpress.press.cleaning import take_off
    from clinicpress.press.findings import Findings
    from clinicpress.press.intake import open_pdf
    from clinicpress.press.preflight import level_pages
    from clinicpress.press.sheets import impose

    wish = job.wish
    with open_pdf(job.path, job.name, job.password) as document:
        document.get_warnings()  # of the opening: told already
        level_pages(document, Findings())
        if len(document.pages) != pages:
            raise MemoryError
        take_off(document, wish.keep)
        packed = document.pdf_version >= "1.5"
        impose(document, imposition, marks=wish.marks, fit=wish.fit)
        pdf = saved(document, packed=packed)
        late = Findings()
        late.hear(document.get_warnings())
        _refuse_damaged(job, str(late))
    return pdf


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
