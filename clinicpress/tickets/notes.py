"""The notes beside files for paper: what to set at the printer, or to tell the print shop."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from clinicpress.design.panels import panel_count
from clinicpress.design.papers import PAPERS, SHEETS, Size, bleed
from clinicpress.design.strings import Strings
from clinicpress.editions.edition import OFFICE_PAPER, ON_A_PRESS, Edition
from clinicpress.files.output import held, write_atomic
from clinicpress.orders.manifest import Made
from clinicpress.press.imposition import Imposition, Misfit
from clinicpress.press.marks import MARGIN
from clinicpress.press.office import booklet_sheets
from clinicpress.press.products import imposition_of, opened
from clinicpress.tickets.instructions import Printout, instructions, words_of


def write_notes(files: Iterable[Made], output: Path, layouts: Path) -> list[str]:
    """Write a note beside each of ``files`` that is for paper, and return their words.

    ``layouts`` may hold the clinic's own words. Raises EnvironmentFault.
    """
    words = words_of(layouts)
    notes = []
    for file in files:
        edition = Edition(**file.edition)
        if edition.production == "proof":
            continue
        try:
            notes.append(note(edition, file.pages, Path(file.path).name, words))
        except Misfit:  # more pages than can be folded: a record says so, and no run of ours
            continue
        path = (output / file.path).with_suffix(".txt")
        text = notes[-1].encode()
        if held(path, len(text)) != text:
            write_atomic(path, text)
    return notes


def note(edition: Edition, pages: int, file: str, words: Strings) -> str:
    """Return the note of one ``file`` of ``pages`` pages, in lines."""
    if edition.production == "press":
        lines = [words("press.title", file=file), "", *_for_the_shop(edition, pages, words)]
    elif printout := _on_sheets(edition, pages, file):
        return instructions(printout, words)
    else:
        lines = [words("title", file=file), "", words("print"), *_single(edition, pages, words)]
    return "\n".join(lines) + "\n"


def _on_sheets(edition: Edition, pages: int, file: str) -> Printout | None:
    """Return how a file was laid on sheets for an office printer; None where it is single pages."""
    paper = SHEETS.get(edition.paper, edition.paper)
    if edition.is_stitched:
        sheets = booklet_sheets(2 * pages, edition)
        weight = edition.grammage if edition.grammage != OFFICE_PAPER else None
        return Printout("saddle-stitch", paper, (file,), sheets, weight=weight)
    panels = panel_count(edition.kind, pages)
    laid = imposition_of(edition.kind, edition.paper, edition.fold, panels, edition.flip)
    return Printout(_scheme(edition), paper, (file,), laid, marks=True) if laid else None


def _scheme(edition: Edition) -> str:
    """Return how a product is folded or cut."""
    return f"{edition.fold}-fold" if edition.fold else edition.kind


def _single(edition: Edition, pages: int, words: Strings) -> Iterator[str]:
    sheets = -(-pages // 2)
    if edition.is_extract:
        yield words.plural("paper", sheets, paper=edition.paper)
    else:
        yield words.plural("paper.common", sheets)
    yield words("scale")
    yield words("sides.long" if pages > 1 else "sides.one")
    if pages > 1:
        yield words("try")
    if sheets > 1:
        yield words("single.staple")


def _for_the_shop(edition: Edition, pages: int, words: Strings) -> Iterator[str]:
    piece = opened(edition.kind, edition.paper, edition.fold, panel_count(edition.kind, pages))
    size = (piece.width, piece.height) if piece else PAPERS[edition.paper]
    past = bleed(edition.paper)
    yield _size(size, edition.paper, words)
    yield words("press.bleed", bleed=f"{past:g}", marks=f"{past + MARGIN:g}")
    if piece:
        yield from _open_piece(piece, edition, words)
    elif edition.kind == "pad":
        yield words.plural("press.pad", pages)
    else:
        yield words.plural("press.pages", pages)
    if edition.kind == "booklet":
        yield words(f"press.part.{edition.part or 'whole'}")
    yield words(f"press.colour.{edition.colour}")
    yield words("press.words.spot" if edition.colour == "spot" else "press.words")
    yield words("press.profile" if edition.colour in ON_A_PRESS else "press.standard")
    yield words("press.scale")


def _size(size: Size, paper: str, words: Strings) -> str:
    """Return the size in mm, with the paper's name where it is that of the paper."""
    width, height = (f"{length:g}" for length in size)
    if sorted(size) != sorted(PAPERS[paper]):
        return words("press.size.open", width=width, height=height)
    return words("press.size", width=width, height=height, paper=paper)


def _open_piece(piece: Imposition, edition: Edition, words: Strings) -> Iterator[str]:
    """Yield what its two sides are, how wide its panels, and which folds in first."""
    outer, inner = (
        " · ".join(f"{round(place.width, 2):g}" for place in side.places) for side in piece.sides
    )
    yield words("press.open", count=len(piece.sides))
    yield words(f"press.{_scheme(edition)}", outer=outer, inner=inner)
    yield words("press.ticks")
