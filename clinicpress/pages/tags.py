"""Finishes what the layout engine wrote: PDF -> PDF that says what it is, small, always the same.

Its tags say what its pages say already (``spoken.py``, ``tree.py``).
"""

from io import BytesIO

from pikepdf import Pdf

from clinicpress.pdf.contents import refuse_foreign
from clinicpress.pdf.metadata import claim_universal
from clinicpress.pdf.saving import saved


def mend(pdf: bytes) -> bytes:
    """Return ``pdf`` as PDF/UA, too, compressed, the same bytes for the same input.

    ``pdf`` comes from ``typeset``, uncompressed. Raises Problems if it holds, or says of itself,
    what no print may.
    """
    with Pdf.open(BytesIO(pdf)) as document:
        claim_universal(document)
        refuse_foreign(document)
        return saved(document)
