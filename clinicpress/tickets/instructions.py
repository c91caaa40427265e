"""The note beside an imposed file: what to set at the printer, where to fold, staple and cut."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from pathlib import Path

from clinicpress.design.strays import leading_out
from clinicpress.design.strings import Strings
from clinicpress.errors import Problems, UnknownName, shown
from clinicpress.files import paths
from clinicpress.press.imposition import Imposition

NAME = "instructions/en.po"
"""Where the words stand in the layouts."""

REPEATED = ("card", "pad", "step-and-repeat")
"""Schemes of which one sheet holds several copies."""

FITS_A_STAPLER = 20
"""Sheets that an office stapler takes."""


@dataclass(frozen=True)
class Printout:
    """What was imposed: how, on which paper, and into which files (two where sides are split).

    ``weight`` is that of the paper in g/m², where it is another than an office's.
    """

    scheme: str
    paper: str
    files: tuple[str, ...]
    imposition: Imposition
    face: str | None = None
    marks: bool = False
    unlocked: bool = False
    weight: float | None = None


def words_of(layouts: Path) -> Strings:
    """Return the words of the notes: those in ``layouts``, or, where it has none, the program's.

    Raises UnknownName if there is no such folder.
    """
    if not layouts.is_dir():
        raise UnknownName(f"There is no folder {shown(layouts)}. Check its name.")
    if problems := list(leading_out(layouts)):
        raise Problems(problems)
    own = layouts / NAME
    return Strings(own if own.is_file() else paths.bundled("layouts") / NAME)


def instructions(printout: Printout, words: Strings) -> str:
    """Return the note, in lines. ``words`` come from ``layouts/instructions``."""
    paragraphs = [
        [words("title", file=", ".join(printout.files))],
        [words("print"), *_to_print(printout, words)],
        [words("make"), *_to_make(printout, words)],
    ]
    return "\n\n".join("\n".join(lines) for lines in paragraphs) + "\n"


def _to_print(printout: Printout, words: Strings) -> Iterator[str]:
    job = printout.imposition
    paper = printout.paper
    if printout.weight:
        paper = words("paper.weighing", paper=paper, weight=f"{printout.weight:g}")
    if printout.scheme in REPEATED:
        yield words("paper.any", paper=paper)
    else:
        yield words.plural("paper", len(job.sheets), paper=paper)
    yield words("scale")
    if printout.face:
        fronts, backs = printout.files
        yield words("split", fronts=fronts, backs=backs)
        yield words(f"split.{printout.face}")
        yield words("split.try")
        yield words("try.split")
    elif job.two_sided:
        yield words(f"sides.{job.flip}")
        yield words("try")
    else:
        yield words("sides.one")
    if printout.unlocked:
        yield words("unlocked")


def _to_make(printout: Printout, words: Strings) -> Iterator[str]:
    sides = printout.imposition.sides
    folds, cuts = any(side.folds for side in sides), any(side.cuts for side in sides)
    if len(printout.imposition.sheets) > 1:
        yield words("pile")
    if printout.imposition.signatures:
        yield from _to_bind(printout, words, cuts)
    else:
        yield from _to_part(printout, words)
    if printout.marks and folds:
        yield words("marks.fold")
    if printout.marks and cuts:
        yield words("marks.cut")


def _to_bind(printout: Printout, words: Strings, cuts: bool) -> Iterator[str]:
    sizes = printout.imposition.signatures
    if cuts:
        yield words("trim" if printout.marks else "trim.unmarked")
    if printout.scheme == "saddle-stitch" and sizes == (1,):
        yield words("saddle-stitch.one")
    elif printout.scheme == "saddle-stitch" and len(sizes) == 1:
        yield words("saddle-stitch.fold")
        yield words("saddle-stitch.staple")
        if sizes[0] > FITS_A_STAPLER:
            yield words("saddle-stitch.thick", count=sizes[0])
    else:
        yield words.plural("signatures", len(sizes), sizes=", ".join(map(str, sizes)))
        yield from (words(f"signatures.{step}") for step in ("fold", "gather", "bind"))
    if creep := _creep(printout.imposition):
        yield words("creep", creep=f"{creep:g}")


def _creep(imposition: Imposition) -> float:
    """Return the most that any page is moved, in mm, rounded up to a tenth."""
    most = max(abs(place.shift) for side in imposition.sides for place in side.places)
    return ceil(round(most * 10, 6)) / 10


def _to_part(printout: Printout, words: Strings) -> Iterator[str]:
    copies = len(printout.imposition.sides[0].places)
    match printout.scheme:
        case "cut-and-stack-2" | "cut-and-stack-4":
            yield words.plural("cut-and-stack.turn", len(printout.imposition.sheets))
            yield words("cut-and-stack.cut")
            yield words(f"cut-and-stack.{'two' if copies == 2 else 'four'}")
        case "step-and-repeat":
            yield words.plural("step-and-repeat.cut", copies)
        case "card":
            yield words.plural("card.cut", copies // 2)
            yield words("card.fold")
        case "pad":
            yield words.plural("step-and-repeat.cut", copies)
            yield words("pad.glue")
        case "c-fold" | "z-fold":
            yield words(f"{printout.scheme}.fold")
        case _:
            yield words("n-up.nothing")
