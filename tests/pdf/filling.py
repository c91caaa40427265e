"""Fills in forms as people do: types in a viewer's engine, or lets a script set what is said."""

import ctypes
from io import BytesIO

import pikepdf
import pypdfium2
from pikepdf.form import DefaultAppearanceStreamGenerator, Form, TextField
from pypdfium2 import raw


def typed(pdf: bytes, words: str) -> bytes:
    """Return a file in which PDFium has typed ``words`` into each field, and ticked each box."""
    with pypdfium2.PdfDocument(pdf) as document:
        document.init_forms()
        for page in document:
            for number in range(raw.FPDFPage_GetAnnotCount(page.raw)):
                _type(document.formenv.raw, page.raw, number, words)
        file = BytesIO()
        document.save(file)
        return file.getvalue()


def _type(form: ctypes.c_void_p, page: ctypes.c_void_p, number: int, words: str) -> None:
    note = raw.FPDFPage_GetAnnot(page, number)
    if raw.FPDFAnnot_GetSubtype(note) == raw.FPDF_ANNOT_WIDGET:
        box = raw.FS_RECTF()
        raw.FPDFAnnot_GetRect(note, box)
        middle = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        raw.FORM_OnMouseMove(form, page, 0, *middle)
        raw.FORM_OnLButtonDown(form, page, 0, *middle)
        raw.FORM_OnLButtonUp(form, page, 0, *middle)
        if raw.FPDFAnnot_GetFormFieldType(form, note) == raw.FPDF_FORMFIELD_TEXTFIELD:
            for letter in words:
                raw.FORM_OnChar(form, page, ord(letter), 0)
        raw.FORM_ForceToKillFocus(form)
    raw.FPDFPage_CloseAnnot(note)


def scripted(pdf: bytes, words: str) -> bytes:
    """Return a file whose fields a script has set, with how they look then."""
    with pikepdf.Pdf.open(BytesIO(pdf)) as document:
        for _, field in Form(document, DefaultAppearanceStreamGenerator).items():
            if isinstance(field, TextField):
                field.value = words[: int(field.max_length or 0)]
            else:
                field.checked = True
        file = BytesIO()
        document.save(file)
        return file.getvalue()
