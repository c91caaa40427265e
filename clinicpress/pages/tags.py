"""Mends what the layout engine tags badly: PDF -> PDF that is read aloud rightly.

Running heads and folios become artifacts, table headers say what they head, and the file that it is
PDF/UA.
"""

import re
from io import BytesIO
from typing import Any

from pikepdf import Name, NumberTree, Pdf

from clinicpress.errors import EnvironmentFault
from clinicpress.pdf.contents import refuse_foreign
from clinicpress.pdf.metadata import claim_universal
from clinicpress.pdf.saving import saved
from clinicpress.pdf.structure import parts

MARKED = re.compile(rb"/\w+\s*<<\s*/MCID\s+(\d+)\s*>>\s*BDC\b")
"""Opens marked content, as the engine writes it. It writes text in hexadecimal, so that no text
can look like this."""

ARTIFACT = b"/Artifact <</Type /Pagination>> BDC"


def mend(pdf: bytes) -> bytes:
    """Return ``pdf`` with its tags mended, compressed, the same bytes for the same input.

    ``pdf`` comes from ``typeset``, uncompressed. Raises EnvironmentFault if it is not written as
    the engine writes it, Problems if it holds, or says of itself, what no print may.
    """
    with Pdf.open(BytesIO(pdf)) as document:
        root = document.Root.StructTreeRoot
        parents = NumberTree(root.ParentTree)
        reached = set()
        for element, _, _ in parts(root.K[0]):
            reached.add(element.objgen)
            if element.S == Name.TH:
                _set_scope(element)
        for page in document.pages:
            _pagination_to_artifacts(document, page, parents[int(page.obj.StructParents)], reached)
        claim_universal(document)
        refuse_foreign(document)
        return saved(document)


def _set_scope(header: Any) -> None:
    """Say that a header in the table's head heads its column, any other its row (PDF/UA-1, 7.5)."""
    group = header.P.P.S
    header.A.Scope = {"/THead": Name.Column}.get(str(group), Name.Row)


def _pagination_to_artifacts(document: Pdf, page: Any, elements: Any, reached: set[Any]) -> None:
    """Mark content as an artifact if its element hangs outside the structure tree.

    The engine leaves the text of page margins there (ISO 32000-1, 14.8.2.2.2).
    """
    outside = {
        number
        for number, element in enumerate(elements)
        if element is not None and element.objgen not in reached
    }
    if not outside:
        return
    page.obj.Contents = document.make_stream(
        _unmarked(page.obj.Contents.read_bytes(), frozenset(outside))
    )
    for number in outside:
        elements[number] = None


def _unmarked(content: bytes, numbers: frozenset[int]) -> bytes:
    """Return a content stream in which the marked content of these numbers is an artifact.

    Parsing every operator of every page takes ten times as long as searching for these few.
    """
    found: list[int] = []

    def replace(match: re.Match[bytes]) -> bytes:
        if (number := int(match[1])) not in numbers:
            return match[0]
        found.append(number)
        return ARTIFACT

    mended = MARKED.sub(replace, content)
    if sorted(found) != sorted(numbers):
        raise EnvironmentFault(
            "The layout engine marks content in a way that is not known here, so page margins "
            "would be read aloud. Run “make booklet”, which installs the version that is."
        )
    return mended
