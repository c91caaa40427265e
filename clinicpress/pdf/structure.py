"""The structure tree of a PDF: what its pages say, in the order of reading (ISO 32000-1, 14.7)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from pikepdf import Array, Dictionary, Name, NumberTree, Pdf, PdfError


class Part(NamedTuple):
    """An element, the page that it is on, its own or that above it, and what it holds."""

    element: Any
    page: Any
    kids: list[Any]


def is_tagged(document: Pdf) -> bool:
    """Tell whether the file has a structure tree."""
    return isinstance(document.Root.get("/StructTreeRoot"), Dictionary)


def parts(root: Any) -> Iterator[Part]:
    """Yield the element ``root`` and all below it in the order of reading, each once."""
    stack: list[tuple[Any, Any]] = [(root, None)]
    seen = set()
    while stack:
        element, above = stack.pop()
        if element.is_indirect:
            if element.objgen in seen:
                continue
            seen.add(element.objgen)
        own = element.get("/Pg")
        page = own if isinstance(own, Dictionary) else above
        kids = _kids(element)
        yield Part(element, page, kids)
        stack += [(kid, page) for kid in reversed(kids) if is_element(kid)]


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K")
    return list(kids) if isinstance(kids, Array) else [] if kids is None else [kids]


def is_element(kid: Any) -> bool:
    """Tell whether what an element holds is an element, not a piece of content."""
    return isinstance(kid, Dictionary) and kid.get("/Type") not in (Name.MCR, Name.OBJR)


def prune(tree: Sequence[Part], left: Callable[[Any, Any], Any]) -> None:
    """Leave in ``tree``, all parts of one, what ``left`` returns of each piece of content.

    It is called with a piece (a number of marked content, or a dictionary) and its page, and
    returns None for what goes. An element whose pieces all go, goes; one that never held any, such
    as an empty cell, is asked for as if it were a piece.
    """
    gone: set[Any] = set()
    for element, page, kids in reversed(tree):
        kept = [each for kid in kids if (each := _kept(kid, page, left, gone)) is not None]
        empty = not kept if kids else left(element, page) is None
        if empty and element.is_indirect:
            gone.add(element.objgen)
        if kept != kids:
            element.K = Array(kept)


def _kept(kid: Any, page: Any, left: Callable[[Any, Any], Any], gone: set[Any]) -> Any:
    if is_element(kid):
        return None if kid.objgen in gone else kid
    own = kid.get("/Pg", page) if isinstance(kid, Dictionary) else page
    return left(kid, own)


def forget(document: Pdf, pages: Iterable[Any]) -> None:
    """Take ``pages`` out of the tree by which content finds its element."""
    root = document.Root.StructTreeRoot
    keys = [key for page in pages for key in _parent_keys(page)]
    if not keys or "/ParentTree" not in root:
        return
    try:
        parents = NumberTree(root.ParentTree)
        for key in keys:
            if key in parents:
                del parents[key]
    except (PdfError, ValueError, TypeError, RuntimeError):  # no tree at all, or one in a circle
        del root.ParentTree


def _parent_keys(page: Any) -> Iterator[int]:
    """Yield the numbers by which a page and its annotations find their elements."""
    annotations = page.get("/Annots")
    keys = [page.get("/StructParents")]
    for each in annotations if isinstance(annotations, Array) else ():
        keys.append(each.get("/StructParent") if isinstance(each, Dictionary) else None)
    yield from (key for key in keys if isinstance(key, int))
