"""The structure tree follows its pages onto the sheets, in its own order of reading."""

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, NumberTree, Operator, Pdf, PdfError

from clinicpress.press.originals import Standings
from clinicpress.press.words import entries

ARTIFACT = Name.Artifact


def move_tags(document: Pdf, standings: Standings) -> None:
    """Let the tags of ``document`` find their content in the forms that stand on the sheets.

    A number of marked content becomes a reference that names sheet and form (ISO 32000-1, 14.7.4).
    Tags whose pages are on no sheet are taken out.
    """
    if not is_tagged(document):
        return
    root = document.Root.StructTreeRoot
    gone: set[Any] = set()
    for element, page, kids in reversed(list(_elements(root))):
        moved = [left for kid in kids if (left := _moved(kid, page, standings, gone)) is not None]
        if kids and not moved and element.is_indirect:
            gone.add(element.objgen)
        if moved != kids:
            element.K = Array(moved)
        _put_page(element, standings)
    _forget(root, document, standings)


def is_tagged(document: Pdf) -> bool:
    """Tell whether the file has a structure tree."""
    return isinstance(document.Root.get("/StructTreeRoot"), Dictionary)


def _elements(root: Any) -> Iterator[tuple[Any, Any, list[Any]]]:
    """Yield each element with the page it is on, its own or that above it, and what it holds."""
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
        yield element, page, kids
        stack += [(kid, page) for kid in reversed(kids) if _is_element(kid)]


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K")
    return list(kids) if isinstance(kids, Array) else [] if kids is None else [kids]


def _is_element(kid: Any) -> bool:
    return isinstance(kid, Dictionary) and kid.get("/Type") not in (Name.MCR, Name.OBJR)


def _put_page(element: Any, standings: Standings) -> None:
    """Let an element name the sheet instead of its page."""
    if (own := element.get("/Pg")) is None:
        return
    if isinstance(own, Dictionary) and (standing := standings.get(own.objgen)):
        element.Pg = standing.sheet
    else:
        del element.Pg


def _moved(kid: Any, page: Any, standings: Standings, gone: set[Any]) -> Any:
    """Return one kid as it is on its sheet, or None if its page is on none."""
    if _is_element(kid):
        return None if kid.objgen in gone else kid
    if not isinstance(kid, int | Dictionary):
        return None
    own = page if isinstance(kid, int) else kid.get("/Pg", page)
    standing = standings.get(own.objgen) if isinstance(own, Dictionary) else None
    if standing is None:
        return None
    if isinstance(kid, int):
        return Dictionary(Type=Name.MCR, Pg=standing.sheet, Stm=standing.form, MCID=kid)
    kid.Pg = standing.sheet
    if kid.get("/Type") == Name.MCR and "/Stm" not in kid:
        kid.Stm = standing.form
    return kid


def _forget(root: Any, document: Pdf, standings: Standings) -> None:
    """Take the pages that are on no sheet out of the tree of parents."""
    left_out = [page.obj for page in document.pages if page.obj.objgen not in standings]
    if not left_out or "/ParentTree" not in root:
        return
    try:
        parents = NumberTree(root.ParentTree)
        for key in (key for page in left_out for key in _parent_keys(page)):
            if key in parents:
                del parents[key]
    except (PdfError, ValueError, TypeError, RuntimeError):  # no tree at all, or one in a circle
        del root.ParentTree


def _parent_keys(page: Any) -> Iterator[int]:
    """Yield the numbers by which a page and its annotations find their tags."""
    annotations = page.get("/Annots")
    keys = [page.get("/StructParents")]
    for each in annotations if isinstance(annotations, Array) else ():
        keys.append(each.get("/StructParent") if isinstance(each, Dictionary) else None)
    yield from (key for key in keys if isinstance(key, int))


def untagged(document: Pdf, form: Any) -> Any:
    """Return a copy of ``form`` without tags, to be drawn once more as an artifact.

    Marked content may stand in one place only, so its marks are taken out of the copy.
    """
    instructions = [
        (_unmarked(each.operands), each.operator)
        if each.operator == Operator("BDC")
        else (each.operands, each.operator)
        for each in pikepdf.parse_content_stream(form)
    ]
    content = pikepdf.unparse_content_stream(instructions)
    copy = document.make_stream(content)
    for key, value in entries(form):
        if key not in ("/Length", "/Filter", "/DecodeParms", "/StructParents"):
            copy[key] = value
    return copy


def _unmarked(operands: Any) -> list[Any]:
    if len(operands) != 2:
        return list(operands)
    tag, properties = operands
    if isinstance(properties, Dictionary) and "/MCID" in properties:
        return [ARTIFACT, Dictionary()]
    return [tag, properties]
