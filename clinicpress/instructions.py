"""The note beside an imposed file: what to set at the printer, where to fold, staple and cut."""

from collections.abc import Iterator
from dataclasses import dataclass

from clinicpress.design.strings import Strings
from clinicpress.press.imposition import Imposition

FITS_A_STAPLER = 20
"""Sheets that an office stapler takes."""


@dataclass(frozen=True)
class Printout:
    """What was imposed: how, on which paper, and into which files (two where sides are split)."""

    scheme: str
    paper: str
    files: tuple[str, ...]
    imposition: Imposition
    face: str | None = None
    marks: bool = False
    unlocked: bool = False


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
    yield words.plural("paper", len(job.sheets), paper=printout.paper)
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
    if printout.scheme == "saddle-stitch" and len(sizes) == 1:
        yield words("saddle-stitch.fold")
        yield words("saddle-stitch.staple")
        if sizes[0] > FITS_A_STAPLER:
            yield words("saddle-stitch.thick", count=sizes[0])
    else:
        yield words.plural("signatures", len(sizes), sizes=", ".join(map(str, sizes)))
        yield from (words(f"signatures.{step}") for step in ("fold", "gather", "bind"))
    if creep := _creep(printout.imposition):
        yield words("creep", creep=f"{creep:.1f}")


def _creep(imposition: Imposition) -> float:
    """Return the most that any page is moved, in mm."""
    return max(abs(place.shift) for side in imposition.sides for place in side.places)


def _to_part(printout: Printout, words: Strings) -> Iterator[str]:
    copies = len(printout.imposition.sides[0].places)
    match printout.scheme:
        case "cut-and-stack-2" | "cut-and-stack-4":
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
