"""Makes the files of this folder with other tools; run by hand, see README.md."""

# ruff: noqa: D401 - a docstring says what is in the file

import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
FONT = "Fira Sans"
A5, A5_LYING = (419.53, 595.28), (595.28, 419.53)


def run(*command: object, **options: object) -> None:
    subprocess.run([str(word) for word in command], check=True, **options)


def with_cairo() -> None:
    """Three sizes, a transparent circle, an embedded font; a PostScript file for Ghostscript."""
    import cairocffi as cairo

    for surface_kind, name in ((cairo.PDFSurface, "cairo.pdf"), (cairo.PSSurface, "cairo.ps")):
        surface = surface_kind(str(HERE / name), *A5)
        pen = cairo.Context(surface)
        for number, size in enumerate((A5, (300, 400), A5), start=1):
            surface.set_size(*size)
            pen.set_source_rgba(0.1, 0.4, 0.4, 0.5)
            pen.arc(size[0] / 2, size[1] / 2, 80, 0, 6.2832)
            pen.fill()
            pen.set_source_rgb(0, 0, 0)
            pen.select_font_face(FONT)
            pen.set_font_size(24)
            pen.move_to(60, 90)
            pen.show_text(f"Cairo drew page {number}")
            surface.show_page()
        surface.finish()


def with_ghostscript() -> None:
    """What cairo wrote as PostScript, distilled to PDF 1.4."""
    run("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfwrite", "-dCompatibilityLevel=1.4",
        "-dAutoRotatePages=/None", "-o", HERE / "ghostscript.pdf", HERE / "cairo.ps")  # fmt: skip
    (HERE / "cairo.ps").unlink()


def with_pdftex() -> None:
    """Type 1 fonts, bookmarks, links from page to page, a table of contents."""
    body = "\n".join(
        rf"\section{{Part {n}}} pdf\TeX{{}} set page \arabic{{page}}. See \ref{{p{4 - n}}}, "
        rf"$x^2$.\label{{p{n}}}\clearpage"
        for n in (1, 2, 3)
    )
    (HERE / "pdftex.tex").write_text(
        r"\pdfinfoomitdate=1 \pdftrailerid{} \pdfsuppressptexinfo=-1"
        r"\documentclass{article}\usepackage[a5paper]{geometry}\usepackage{hyperref}"
        rf"\begin{{document}}\tableofcontents\clearpage {body}\end{{document}}"
    )
    for _ in range(2):
        run("pdflatex", "-interaction=batchmode", "pdftex.tex", cwd=HERE)
    for leftover in ("tex", "aux", "log", "out", "toc"):
        (HERE / f"pdftex.{leftover}").unlink()


def with_typst() -> None:
    """A tagged file with page labels i, ii, 1, 2, 3 and a landscape page."""
    import typst

    source = HERE / "typst.typ"
    source.write_text(
        '#set document(title: "Made with Typst", date: none)\n#set page("a5", numbering: "i")\n'
        "= Front matter\nTypst set this.\n#pagebreak()\nStill in front.\n"
        '#set page("a5", numbering: "1", flipped: true)\n#counter(page).update(1)\n'
        "= Lying\nThis page lies on its side.\n"
        '#set page("a5", numbering: "1", flipped: false)\n= Table\n'
        "#table(columns: 2, [Day], [Times], [Monday], [3])\n#pagebreak()\n"
        '= End\n#link("https://example.org")[A link]'
    )
    typst.compile(str(source), output=str(HERE / "typst.pdf"))
    source.unlink()


def with_libreoffice() -> None:
    """A tagged text with a heading, a list and a table, exported by Writer."""
    pages = "".join(
        f'<h1 style="page-break-before:{"auto" if n == 1 else "always"}">Chapter {n}</h1>'
        f"<p>Writer set chapter {n}.</p><ul><li>one</li><li>two</li></ul>"
        for n in (1, 2, 3)
    )
    source = HERE / "libreoffice.html"
    source.write_text(
        f"<html lang=en><style>@page{{size:148mm 210mm}} *{{font-family:{FONT!r}}}</style>{pages}"
    )
    choice = '{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
    run("soffice", "--headless", "--convert-to", f"pdf:writer_web_pdf_Export:{choice}",
        "--outdir", HERE, source)  # fmt: skip
    source.unlink()


def with_img2pdf() -> None:
    """Two pages as a scanner makes them: a picture each and no word."""
    import img2pdf
    from PIL import Image, ImageDraw, ImageFont

    scans = []
    for number in (1, 2):
        picture = Image.new("1", (874, 1240), 1)
        pen = ImageDraw.Draw(picture)
        pen.text((80, 100), f"SCAN {number}", font=ImageFont.load_default(90))
        pen.rectangle((80, 300, 500, 420 + 60 * number), outline=0, width=6)
        path = HERE / f"scan-{number}.png"
        picture.save(path)
        scans.append(path)
    size = img2pdf.get_layout_fun((img2pdf.mm_to_pt(148), img2pdf.mm_to_pt(210)))
    (HERE / "scan.pdf").write_bytes(
        img2pdf.convert([str(path) for path in scans], layout_fun=size, nodate=True)
    )
    for path in scans:
        path.unlink()


def with_reportlab() -> None:
    """A form: text that is filled in, a ticked box, a link; a font that is not embedded."""
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(HERE / "reportlab.pdf"), pagesize=A5, invariant=1)
    for number in (1, 2, 3, 4):
        canvas.bookmarkPage(f"p{number}")
        canvas.addOutlineEntry(f"Sheet {number}", f"p{number}")
        canvas.drawString(60, 500, f"ReportLab drew page {number}")
        canvas.acroForm.textfield(name=f"words{number}", x=60, y=400, width=200, height=24,
                                  value=f"filled in {number}")  # fmt: skip
        canvas.acroForm.checkbox(name=f"tick{number}", x=60, y=360, checked=number % 2 == 0)
        canvas.linkAbsolute("to the first", "p1", (60, 490, 200, 515))
        canvas.showPage()
    canvas.save()


def with_fpdf() -> None:
    """A table and an image drawn with transparency; boxes that do not begin at 0."""
    from fpdf import FPDF

    pdf = FPDF(format="A5")
    pdf.set_creation_date(datetime(2026, 1, 1, tzinfo=UTC))
    for number in (1, 2, 3):
        pdf.add_page()
        pdf.set_font("Times", size=20)
        pdf.cell(0, 20, f"fpdf2 wrote page {number}", new_x="LMARGIN", new_y="NEXT")
        with pdf.table() as table:
            for row in (("Day", "Times"), ("Monday", str(number))):
                table.row(row)
    pdf.output(str(HERE / "fpdf2.pdf"))


def with_pypdf() -> None:
    """Pages of the others, turned, cropped, in a larger unit, with their content in parts."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import ArrayObject, FloatObject, NameObject, RectangleObject

    writer = PdfWriter()
    for name in ("fpdf2", "cairo", "reportlab"):
        writer.append(PdfReader(HERE / f"{name}.pdf"), pages=(0, 2))
    for page, turn in zip(writer.pages, (90, 180, 270, 0, 90, 0), strict=True):
        page.rotate(turn)
    writer.pages[0].cropbox = RectangleObject((40, 40, 400, 560))
    writer.pages[3].cropbox = RectangleObject((30, 300, 400, 580))
    writer.pages[3][NameObject("/UserUnit")] = FloatObject(1.25)
    half = writer.pages[1]["/Contents"]
    writer.pages[1][NameObject("/Contents")] = ArrayObject([half.indirect_reference])
    writer.write(HERE / "pypdf.pdf")


def with_qpdf() -> None:
    """What pdfTeX made, linearized and encrypted; the user's password is “clinic”."""
    run("qpdf", "--deterministic-id", "--linearize", "--object-streams=generate",
        HERE / "pdftex.pdf", HERE / "linearized.pdf")  # fmt: skip
    run("qpdf", "--static-id", "--static-aes-iv", "--encrypt", "clinic", "owner", "256",
        "--print=none", "--", HERE / "linearized.pdf", HERE / "qpdf.pdf")  # fmt: skip
    (HERE / "linearized.pdf").unlink()


def by_hand() -> None:
    """What cairo made, with every place in its table wrong."""
    whole = (HERE / "cairo.pdf").read_bytes()
    table = re.sub(rb"(?m)^\d{10} 00000 n", b"0000000007 00000 n", whole)
    (HERE / "broken.pdf").write_bytes(re.sub(rb"startxref\n\d+", b"startxref\n7", table))


MAKERS = (with_cairo, with_ghostscript, with_pdftex, with_typst, with_libreoffice, with_img2pdf,
          with_reportlab, with_fpdf, with_pypdf, with_qpdf, by_hand)  # fmt: skip

if __name__ == "__main__":
    for maker in MAKERS:
        if not sys.argv[1:] or maker.__name__ in sys.argv[1:]:
            maker()
