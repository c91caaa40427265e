"""Any PDF on sheets to be printed, folded and cut, with a note on how."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NoReturn

from clinicpress.errors import ClinicpressError, shown
from clinicpress.files import paths
from clinicpress.files.names import LONGEST, holdable
from clinicpress.files.output import write_atomic
from clinicpress.press.imposition import Face, Imposition, split
from clinicpress.press.schemes import SIGNATURES, Wish, lay
from clinicpress.processes.limits import Limits, Stop

MB = 1024**2
LIMITS = Limits(seconds=60, memory=500 * MB, patience=6)
"""What imposing a small file may take; 1,000 pages took 174 MB and 2.3 seconds at the most."""

MEMORY_PER_BYTE = 4
"""How much more memory each byte of a file may take: it is read, written, and handed over."""

BYTES_A_SECOND = 2 * MB
"""For how many bytes of a file a second more is allowed."""

NEEDED = ("clinicpress.runs.impose", "clinicpress.press.sheets", "clinicpress.press.preflight",
          "clinicpress.press.cleaning", "clinicpress.pdf.saving")  # fmt: skip
"""The modules that the work imports."""


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
    return holdable(path.stem, LONGEST - len(how)) + how


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


def _halves(imposition: Imposition, face: Face | None) -> tuple[Imposition, ...]:
    """Return what goes into each file: all of it, or the fronts and the backs."""
    return (imposition,) if face is None else split(imposition, face)


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
