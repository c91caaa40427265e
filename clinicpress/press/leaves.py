"""Takes some pages of a tagged PDF, in the order of reading, and blank ones between them.

What is said of a page that goes, in the structure tree, goes with it.
"""

from collections.abc import Sequence
from typing import Any

from pikepdf import Dictionary, Name, Page, Pdf

from clinicpress.pdf.structure import forget, parts, prune
from clinicpress.press.imposition import Pages, filled

COVER = 2
"""A cover is a folded sheet: its first leaf has pages 1 and 2, its last leaf the last two."""

HEADINGS = ("/H1", "/H2", "/H3", "/H4", "/H5", "/H6")

SIDES = 4
"""Pages of a folded sheet: what is stapled has a multiple of them."""


def of_booklet(count: int, part: str) -> Pages:
    """Return which pages are in a file: all, or those of the ``cover`` or the ``inside`` alone.

    Blank ones (None) fill a booklet of ``count`` pages up to whole sheets, before its back cover.
    Pages count from 0.
    """
    pages = filled(count, SIDES, back_cover=True)
    match part:
        case "cover":
            return (*pages[:COVER], *pages[-COVER:])
        case "inside":
            return pages[COVER:-COVER]
        case _:
            return pages


def take(document: Pdf, numbers: Sequence[int | None]) -> None:
    """Leave ``document`` the pages ``numbers``, from 0, rising, and a blank page for each None."""
    kept = {number for number in numbers if number is not None}
    gone = [page for number, page in enumerate(document.pages) if number not in kept]
    if gone:
        _forget(gone, document)
    for number in reversed(range(len(document.pages))):
        if number not in kept:
            del document.pages[number]
    for at, page in enumerate(numbers):
        if page is None:
            document.pages.insert(at, _blank(document))


def _blank(document: Pdf) -> Page:
    like = document.pages[0].obj
    page = Dictionary(Type=Name.Page, MediaBox=like.MediaBox, Resources=Dictionary())
    page.Contents = document.make_stream(b"")
    return Page(document.make_indirect(page))


def unlink(document: Pdf) -> None:
    """Take out what only a screen needs: links, the outline, and places to go to.

    A print shop's checks stop at links within the page (ISO 15930-7 forbids them).
    """
    for page in document.pages:
        if "/Annots" in page.obj:
            del page.obj.Annots
    for key in ("/Outlines", "/Names", "/PageMode"):
        if key in document.Root:
            del document.Root[key]
    tree = list(parts(document.Root.StructTreeRoot))
    prune(tree, lambda piece, page: None if _is_annotation(piece) else piece)


def _is_annotation(piece: Any) -> bool:
    return isinstance(piece, Dictionary) and piece.get("/Type") == Name.OBJR


def _forget(gone: Sequence[Page], document: Pdf) -> None:
    """Take out of the structure tree what is on the pages that are ``gone``."""
    numbers = {page.obj.objgen for page in gone}
    root = document.Root.StructTreeRoot
    prune(
        list(parts(root)),
        lambda piece, page: None if page is not None and page.objgen in numbers else piece,
    )
    _begin_with_h1(root)
    forget(document, [page.obj for page in gone])


def _begin_with_h1(root: Any) -> None:
    """Raise headings so that the first is of the first level, and none above (PDF/UA-1, 7.4.2)."""
    named = ((part.element, str(part.element.get("/S"))) for part in parts(root))
    headings = [(element, HEADINGS.index(name)) for element, name in named if name in HEADINGS]
    for heading, level in headings:
        heading.S = Name(HEADINGS[max(0, level - headings[0][1])])
