"""The notes beside files for paper: what to set at the printer, or to tell the print shop."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from clinicpress import paths
from clinicpress.design.papers import PAPERS, SHEETS, bleed
from clinicpress.design.strings import Strings
from clinicpress.editions.edition import Edition
from clinicpress.instructions import Printout, instructions
from clinicpress.manifest import Made
from clinicpress.output import write_atomic
from clinicpress.press.home import booklet_sheets
from clinicpress.press.marks import MARGIN
from clinicpress.press.products import imposition_of, opened

NAME = "instructions/en.po"

PANELS = {"leaflet": 6, "card": 4}
"""How many panels a product has; a pad's leaf has one on each side."""


def write_notes(files: Iterable[Made], output: Path, layouts: Path) -> list[str]:
    """Write a note beside each of ``files`` that is for paper, and return their words.

    ``layouts`` may hold the clinic's own words. Raises EnvironmentFault.
    """
    own = layouts / NAME
    words = Strings(own if own.is_file() else paths.bundled("layouts") / NAME)
    notes = []
    for file in files:
        edition = Edition(**file.edition)
        if edition.production == "proof":
            continue
        notes.append(note(edition, file.pages, Path(file.path).name, words))
        path = (output / file.path).with_suffix(".txt")
        if not path.is_file() or path.read_text(encoding="utf-8") != notes[-1]:
            write_atomic(path, notes[-1].encode())
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
        return Printout("saddle-stitch", paper, (file,), booklet_sheets(2 * pages, edition))
    panels = PANELS.get(edition.kind, pages)
    sheets = imposition_of(edition.kind, edition.paper, edition.fold, panels)
    if sheets is None:
        return None
    scheme = f"{edition.fold}-fold" if edition.fold else edition.kind
    return Printout(scheme, paper, (file,), sheets, marks=True)


def _single(edition: Edition, pages: int, words: Strings) -> Iterator[str]:
    sheets = -(-pages // 2)
    yield words.plural("paper", sheets, paper=edition.paper)
    yield words("scale")
    yield words("sides.long" if pages > 1 else "sides.one")
    if not edition.is_extract:
        yield words("single.common")
    if sheets > 1:
        yield words("single.staple")


def _for_the_shop(edition: Edition, pages: int, words: Strings) -> Iterator[str]:
    piece = opened(edition.kind, edition.paper, edition.fold, PANELS.get(edition.kind, pages))
    width, height = (piece.width, piece.height) if piece else PAPERS[edition.paper]
    past = bleed(edition.paper)
    yield words("press.size", width=f"{width:g}", height=f"{height:g}", paper=edition.paper)
    yield words("press.bleed", bleed=f"{past:g}", marks=f"{past + MARGIN:g}")
    yield words.plural("press.pages", pages)
    if piece:
        yield words(f"press.{edition.kind}")
    elif edition.kind == "booklet":
        yield words(f"press.part.{edition.part or 'whole'}")
    yield words(f"press.colour.{edition.colour}")
    yield words("press.words.spot" if edition.colour == "spot" else "press.words")
    yield words("press.profile" if edition.colour in ("cmyk", "spot") else "press.standard")
    yield words("press.scale")
