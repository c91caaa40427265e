"""Finishes what the layout engine wrote: PDF -> PDF that says what it is, small, always the same.

Its tags say what its pages say already (``spoken.py``, ``tree.py``).
"""

from io import BytesIO
from pathlib import Path

from pikepdf import Pdf

from clinicpress.pdf.contents import refuse_foreign
from clinicpress.pdf.forms import make_form
from clinicpress.pdf.metadata import Provenance, claim_universal, say_pack, say_provenance
from clinicpress.pdf.saving import saved


def mend(
    pdf: bytes, font: Path | None = None, said: Provenance | None = None, pack: str = ""
) -> bytes:
    """Return ``pdf`` as PDF/UA, too, compressed, the same bytes for the same input.

    ``said`` is what print it is, if it says so, and ``pack`` what review pack.

    ``pdf`` comes from ``typeset``, uncompressed. ``font`` is the file of that in which its fields
    are filled in, if it is to have any. Raises Problems if it has none then, and if it holds, or
    says of itself, what no print may.
    """
    with Pdf.open(BytesIO(pdf)) as document:
        claim_universal(document)
        if said:
            say_provenance(document, said)
        if pack:
            say_pack(document, pack)
        if font:
            make_form(document, font)
        refuse_foreign(document, form=font is not None)
        return saved(document)
