"""The notes beside files for paper: what to set at the printer, where to fold and to cut."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from clinicpress import paths
from clinicpress.design.papers import SHEETS
from clinicpress.design.strings import Strings
from clinicpress.editions.edition import Edition
from clinicpress.instructions import Printout, instructions
from clinicpress.manifest import Made
from clinicpress.output import write_atomic
from clinicpress.press.products import imposition_of

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
        if file.edition["production"] == "proof":
            continue
        notes.append(product_note(file, words))
        path = (output / file.path).with_suffix(".txt")
        if not path.is_file() or path.read_text(encoding="utf-8") != notes[-1]:
            write_atomic(path, notes[-1].encode())
    return notes


def product_note(file: Made, words: Strings) -> str:
    """Return the note of what is folded, cut, hung up or written in, in lines."""
    edition, name = Edition(**file.edition), Path(file.path).name
    panels = PANELS.get(file.kind, file.pages)
    sheets = imposition_of(file.kind, edition.paper, edition.fold, panels)
    if sheets is None:
        lines = [words("title", file=name), "", words("print"), *_whole(file, edition, words)]
        return "\n".join(lines) + "\n"
    scheme = f"{edition.fold}-fold" if edition.fold else file.kind
    paper = SHEETS.get(edition.paper, edition.paper)
    return instructions(Printout(scheme, paper, (name,), sheets, marks=True), words)


def _whole(file: Made, edition: Edition, words: Strings) -> Iterator[str]:
    """Yield what is said of what fills its paper, page by page."""
    yield words.plural("paper", -(-file.pages // 2), paper=edition.paper)
    yield words("scale")
    yield words("sides.long" if file.pages > 1 else "sides.one")
