"""Saves a PDF: the same bytes for the same content."""

from io import BytesIO

from pikepdf import ObjectStreamMode, Pdf

from clinicpress.pdf.contents import refuse_foreign


def saved(document: Pdf, *, packed: bool = True) -> bytes:
    """Return the bytes of ``document``, without a password.

    ``packed`` keeps its objects in streams, which PDF 1.4 and PDF/A-1 do not know.
    """
    mode = ObjectStreamMode.generate if packed else ObjectStreamMode.disable
    written = BytesIO()
    document.save(written, deterministic_id=True, compress_streams=True, encryption=False,
                  object_stream_mode=mode)  # fmt: skip
    return written.getvalue()


def finished(document: Pdf, *, form: bool = False) -> bytes:
    """Return the bytes of a print of our own, without what its pages do not use.

    With ``form`` it may have fields. Raises Problems if it holds what no print may.
    """
    document.remove_unreferenced_resources()
    refuse_foreign(document, form=form)
    return saved(document)
