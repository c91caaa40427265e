"""Imposes with pypdf, to compare with: ``python -m benchmarks.two_up SOURCE TARGET SHEETS``.

The same signatures, in the same order, on the same paper; pypdf keeps no tags.
"""

import sys
from io import BytesIO

LINES = 40
"""Lines of text on a page, each an element of its own where the file is tagged."""


def many_pages(count: int, *, tagged: bool) -> bytes:
    """Return a PDF of ``count`` A5 pages full of text."""
    import pikepdf
    from pikepdf import Array, Dictionary, Name

    pdf = pikepdf.Pdf.new()
    font = pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    )
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array()))
    numbers = []
    for number in range(count):
        pdf.add_blank_page(page_size=(420, 595))
        page = pdf.pages[-1].obj
        page.Resources = Dictionary(Font=Dictionary(F=font))
        page.Contents = pdf.make_stream(_text(number, tagged))
        if tagged:
            page.StructParents = number
            elements = [
                pdf.make_indirect(
                    Dictionary(Type=Name.StructElem, S=Name.P, P=root, Pg=page, K=mark)
                )
                for mark in range(LINES)
            ]
            root.K.extend(elements)
            numbers += [number, pdf.make_indirect(Array(elements))]
    if tagged:
        root.ParentTree = Dictionary(Nums=Array(numbers))
        pdf.Root.StructTreeRoot, pdf.Root.MarkInfo = root, Dictionary(Marked=True)
    file = BytesIO()
    pdf.save(file, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return file.getvalue()


def _text(number: int, tagged: bool) -> bytes:
    lines = []
    for line in range(LINES):
        words = f"Page {number + 1}, line {line + 1}: " + "words and more words " * 3
        shown = f"BT /F 9 Tf 40 {550 - 13 * line} Td ({words}) Tj ET"
        lines.append(f"/P <</MCID {line}>> BDC {shown} EMC" if tagged else shown)
    return "\n".join(lines).encode()


def two_up(source: str, target: str, sheets: int) -> None:
    """Write ``source`` in signatures of ``sheets`` sheets of A4."""
    from pypdf import PdfReader, PdfWriter, Transformation

    pages = list(PdfReader(source).pages)
    writer = PdfWriter()
    for start in range(0, len(pages), 4 * sheets):
        signature = pages[start : start + 4 * sheets]
        low, high = 0, len(signature) - 1
        while low < high:
            for left, right in ((high, low), (low + 1, high - 1)):
                side = writer.add_blank_page(842, 595)
                for page, x in ((left, 0), (right, 421)):
                    side.merge_transformed_page(signature[page], Transformation().translate(x, 0))
            low, high = low + 2, high - 2
    writer.write(target)


if __name__ == "__main__":
    two_up(sys.argv[1], sys.argv[2], int(sys.argv[3]))
