"""Draws an imposition: the pages of a PDF become the sides of its sheets."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pikepdf import Array, Dictionary, Matrix, Name, Page, Pdf, PdfError, String

from clinicpress.design.papers import Size
from clinicpress.pdf.boxes import HAIRLINE, POINT
from clinicpress.pdf.dialogue import print_at_full_size
from clinicpress.pdf.metadata import claim_no_more
from clinicpress.pdf.structure import is_tagged
from clinicpress.press.imposition import TOLERANCE, Imposition, Misfit, Place, Side, ticks
from clinicpress.press.links import appearances, move_annotations, move_destinations
from clinicpress.press.originals import Original, Standing, form_of, read_originals
from clinicpress.press.tags import move_tags, untagged

LONGEST_LABEL = 40
"""The most letters in a page's name."""


def page_sizes(document: Pdf) -> tuple[Size, ...]:
    """Return width and height of each page as it is seen, in mm."""
    return tuple(original.size for original in read_originals(document))


def impose(
    document: Pdf, imposition: Imposition, *, marks: bool = False, fit: bool = False
) -> None:
    """Replace the pages of ``document`` by the sides of the sheets of ``imposition``.

    Each page is drawn at its own size in the middle of its cell, on its side where it fits only
    so; with ``fit`` it is scaled to the cell. With ``marks`` short ticks show where to fold
    (dashed) and to cut. Tags, links, fields, bookmarks and names go along with the first copy of a
    page; further copies are artifacts. Raises Misfit if a page is larger than its cell.
    """
    originals = read_originals(document)
    _label(document, imposition)
    if not fit:
        _refuse_larger(originals, imposition)
    press = _Press(document, originals, fit)
    sheets = [press.print(side, imposition, marks) for side in imposition.sides]
    move_destinations(document, press.standings)
    move_annotations(document, press.standings)
    move_tags(document, press.standings)
    del document.pages[:]
    for sheet in sheets:
        document.pages.append(Page(sheet))
    for key in ("/PageLayout", "/Threads", "/Perms"):
        if key in document.Root:
            del document.Root[key]
    print_at_full_size(document, imposition.flip if imposition.two_sided else None)
    if len(press.standings) < len(originals):
        claim_no_more(document)  # half of its pages are no document to be read aloud


def _refuse_larger(originals: Sequence[Original], imposition: Imposition) -> None:
    for place in (place for side in imposition.sides for place in side.places):
        if place.page is None:
            continue
        size, cell = originals[place.page].size, _cell(place)
        if not (_fits(size, cell) or _fits(size[::-1], cell)):
            raise Misfit(
                f"Page {place.page + 1} is {size[0]:.4g} × {size[1]:.4g} mm, and its place has "
                f"{cell[0]:.4g} × {cell[1]:.4g} mm",
                "Choose a larger paper, or scale the pages with --fit.",
            )


def _cell(place: Place) -> Size:
    """Return width and height of a place as its page sees it."""
    return (place.height, place.width) if place.turn % 180 else (place.width, place.height)


def _fits(size: Size, cell: Size) -> bool:
    return size[0] <= cell[0] + TOLERANCE and size[1] <= cell[1] + TOLERANCE


def _zoom(size: Size, cell: Size) -> float:
    return min(cell[0] / size[0], cell[1] / size[1])


class _Press:
    """Draws sides one after another, and remembers where each page stands first."""

    def __init__(self, document: Pdf, originals: Sequence[Original], fit: bool) -> None:
        self.document, self.originals, self.fit = document, originals, fit
        self.tagged = is_tagged(document)
        self.standings: dict[Any, Standing] = {}
        self.copies: dict[int, Any] = {}

    def print(self, side: Side, imposition: Imposition, marks: bool) -> Any:
        """Return the page that shows ``side``."""
        size = imposition.width, imposition.height
        forms = Dictionary()
        sheet = self.document.make_indirect(
            Dictionary(
                Type=Name.Page,
                MediaBox=Array([0, 0, *(round(length / POINT, 4) for length in size)]),
                Resources=Dictionary(XObject=forms),
            )
        )
        if self.tagged:
            sheet.Tabs = Name.S
        drawn = [line for place in side.places for line in self._draw(place, sheet, forms)]
        if marks:
            drawn += _ticks(side, size)
        sheet.Contents = self.document.make_stream("\n".join(drawn).encode())
        return sheet

    def _draw(self, place: Place, sheet: Any, forms: Any) -> Iterator[str]:
        """Yield the operators that draw one place."""
        if place.page is None:
            return
        original = self.originals[place.page]
        matrix = self._matrix(original, place)
        name, form = f"/P{place.page + 1}", self.copies.get(place.page)
        again = original.page.objgen in self.standings
        if again:
            name, form = f"{name}again", form or self._copy(place.page)
        else:
            form = self._stand(original, sheet, matrix)
        forms[name] = form
        yield "/Artifact BMC q" if again else "q"
        if place.shift or not _fits(original.size, _cell(place)):
            box = (place.x, place.y, place.width, place.height)
            yield f"{_numbers(length / POINT for length in box)} re W n"
        yield f"{_numbers(matrix.shorthand)} cm {name} Do"
        yield "Q EMC" if again else "Q"

    def _matrix(self, original: Original, place: Place) -> Matrix:
        """Return what maps a page into its place: on its side where it is fuller or fits so."""
        cell, upright = _cell(place), original.size
        lying = upright[::-1]
        if self.fit:
            turn = 90 if _zoom(lying, cell) > _zoom(upright, cell) else 0
            scale = max(_zoom(upright, cell), _zoom(lying, cell))
        else:
            turn, scale = 0 if _fits(upright, cell) else 90, 1
        return original.matrix(place, scale, place.turn + turn)

    def _stand(self, original: Original, sheet: Any, matrix: Matrix) -> Any:
        """Remember where a page stands first, and return the form that draws it."""
        form = form_of(self.document, original)
        self.standings[original.page.objgen] = Standing(original, sheet, form, matrix)
        if isinstance(group := original.page.get("/Group"), Dictionary):
            sheet.Group = group
        return form

    def _copy(self, number: int) -> Any:
        """Return the form that draws a page once more, without tags, with what is filled in."""
        original = self.originals[number]
        form = self.standings[original.page.objgen].form
        if self.tagged:
            form = untagged(self.document, form)
        if looks := list(appearances(original.page)):
            form = self._overlaid(form, looks)
        self.copies[number] = form
        return form

    def _overlaid(self, form: Any, looks: Sequence[tuple[Any, Matrix]]) -> Any:
        """Return a form that draws ``form`` and the annotations' appearances on it."""
        drawn = ["/P Do"]
        forms = Dictionary(P=form)
        for number, (look, matrix) in enumerate(looks):
            forms[f"/A{number}"] = look
            drawn.append(f"q {_numbers(matrix.shorthand)} cm /A{number} Do Q")
        return self.document.make_stream(
            "\n".join(drawn).encode(), Type=Name.XObject, Subtype=Name.Form, BBox=form.BBox,
            Resources=Dictionary(XObject=forms),
        )  # fmt: skip


def _ticks(side: Side, size: Size) -> Iterator[str]:
    """Yield the operators that draw the ticks of a side."""
    for lines, dashes in ((side.folds, "[2 1.5] 0 d"), (side.cuts, "[] 0 d")):
        for tick in ticks(side, lines, size):
            ends = [length / POINT for length in (tick.x0, tick.y0, tick.x1, tick.y1)]
            yield (
                f"/Artifact BMC q {HAIRLINE} w 0 G {dashes} {_numbers(ends[:2])} m "
                f"{_numbers(ends[2:])} l S Q EMC"
            )


def _numbers(values: Iterable[float]) -> str:
    return " ".join(f"{value:.4f}".rstrip("0").rstrip(".") for value in values)


def _label(document: Pdf, imposition: Imposition) -> None:
    """Name each side after the pages on it, where the pages have names of their own."""
    if "/PageLabels" not in document.Root:
        return
    try:
        names = [str(page.label)[:LONGEST_LABEL] for page in document.pages]
    except (PdfError, ValueError, TypeError, RuntimeError):  # no labels at all, or in a circle
        del document.Root.PageLabels
        return
    labels: list[Any] = []
    for number, side in enumerate(imposition.sides):
        pages = [place.page for place in side.places if place.page is not None]
        label = ", ".join(names[page] for page in dict.fromkeys(pages))
        labels += [number, Dictionary(P=String(label))]
    document.Root.PageLabels = Dictionary(Nums=Array(labels))
