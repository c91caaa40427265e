"""Lays the panels of a product on their sheets: PDF -> PDF for an office printer."""

from io import BytesIO

from pikepdf import ObjectStreamMode, Pdf

from clinicpress.press.products import imposition_of
from clinicpress.press.sheets import impose


def laid_out(pdf: bytes, kind: str, paper: str, fold: str) -> tuple[bytes, int]:
    """Return the panels ``pdf`` of a product on their sheets, with tags kept, and the pages it has.

    Ticks show where to fold and to cut. What is the whole paper stays as it is.
    """
    with Pdf.open(BytesIO(pdf)) as document:
        count = len(document.pages)
        imposition = imposition_of(kind, paper, fold, count)
        if imposition is None:
            return pdf, count
        impose(document, imposition, marks=True)
        finished = BytesIO()
        document.save(finished, deterministic_id=True, compress_streams=True,
                      object_stream_mode=ObjectStreamMode.generate)  # fmt: skip
        return finished.getvalue(), len(document.pages)
