"""The structure tree follows its pages onto the sheets, in its own order of reading."""

from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Operator, Pdf

from clinicpress.pdf.structure import forget, is_element, is_tagged, parts, prune
from clinicpress.pdf.words import entries
from clinicpress.press.originals import Standings

ARTIFACT = Name.Artifact


def move_tags(document: Pdf, standings: Standings) -> None:
    """Let the tags of ``document`` find their content in the forms that stand on the sheets.

    A number of marked content becomes a reference that names sheet and form (ISO 32000-1, 14.7.4).
    Tags whose pages are on no sheet are taken out.
    """
    if not is_tagged(document):
        return
    tree = list(parts(document.Root.StructTreeRoot))
    prune(tree, lambda piece, page: _moved(piece, page, standings))
    for part in tree:
        _put_page(part.element, standings)
    forget(document, [page.obj for page in document.pages if page.obj.objgen not in standings])


def _put_page(element: Any, standings: Standings) -> None:
    """Let an element name the sheet instead of its page."""
    if (own := element.get("/Pg")) is None:
        return
    if isinstance(own, Dictionary) and (standing := standings.get(own.objgen)):
        element.Pg = standing.sheet
    else:
        del element.Pg


def _moved(piece: Any, page: Any, standings: Standings) -> Any:
    """Return one piece of content as it is on its sheet, or None if its page is on none."""
    if is_element(piece):
        return piece if page is None or page.objgen in standings else None
    if not isinstance(piece, int | Dictionary):
        return None
    standing = standings.get(page.objgen) if isinstance(page, Dictionary) else None
    if standing is None:
        return None
    if isinstance(piece, int):
        return Dictionary(Type=Name.MCR, Pg=standing.sheet, Stm=standing.form, MCID=piece)
    piece.Pg = standing.sheet
    if piece.get("/Type") == Name.MCR and "/Stm" not in piece:
        piece.Stm = standing.form
    return piece


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
