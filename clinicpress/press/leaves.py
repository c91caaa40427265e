"""Takes some pages of a tagged PDF, in the order of reading, and blank ones between them.

What is said of a page that goes, in the structure tree, goes with it.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from pikepdf import Array, Dictionary, Name, Page, Pdf

from clinicpress.press.imposition import Pages, filled

COVER = 2
"""A cover is a folded sheet: its first leaf has pages 1 and 2, its last leaf the last two."""

HEADINGS = ("/H1", "/H2", "/H3", "/H4", "/H5", "/H6")

Goes = Callable[[Any, Any], bool]
"""Says of a piece of content, None where it is but a number, and its page whether it goes."""

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
        _forget({page.obj.objgen for page in gone}, document)
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
    _prune(
        document.Root.StructTreeRoot,
        lambda kid, page: kid is not None and kid.get("/Type") == Name.OBJR,
    )


def _forget(pages: set[tuple[int, int]], document: Pdf) -> None:
    """Take out of the structure tree what is on ``pages``."""
    tree = document.Root.StructTreeRoot
    _prune(tree, lambda kid, page: page is not None and page.objgen in pages)
    _begin_with_h1(tree)
    numbers = tree.ParentTree.Nums
    gone = {int(page.obj.StructParents) for page in document.pages if page.obj.objgen in pages}
    kept = [
        part for i in range(0, len(numbers), 2) if int(numbers[i]) not in gone
        for part in (numbers[i], numbers[i + 1])
    ]  # fmt: skip
    tree.ParentTree.Nums = Array(kept)


def _prune(element: Any, goes: Goes) -> bool:
    """Take each piece of content that ``goes`` out of ``element``; return whether that is left.

    An element that never held anything, such as an empty cell, stays or goes with its page.
    """
    page = element.get("/Pg")
    kids = element.get("/K", Array())
    kids = list(kids) if isinstance(kids, Array) else [kids]
    if not kids:
        return not goes(element, page)
    kept = [kid for kid in kids if _stays(kid, page, goes)]
    element.K = Array(kept)
    return bool(kept)


def _stays(kid: Any, page: Any, goes: Goes) -> bool:
    if not isinstance(kid, Dictionary):
        return not goes(None, page)
    return _prune(kid, goes) if "/S" in kid else not goes(kid, kid.get("/Pg", page))


def _begin_with_h1(element: Any) -> None:
    """Raise headings so that the first is of the first level, and none above (PDF/UA-1, 7.4.2)."""
    headings = [each for each in _elements(element) if str(each.S) in HEADINGS]
    levels = [HEADINGS.index(str(each.S)) for each in headings]
    for heading, level in zip(headings, levels, strict=True):
        heading.S = Name(HEADINGS[max(0, level - levels[0])])


def _elements(element: Any) -> Iterator[Any]:
    kids = element.get("/K", Array())
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            yield from _elements(kid)
