"""A clinic's own paper under its sheets: what is seen of it, and nothing of what it holds."""

from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from clinicpress.editions import code
from tests import verapdf

pytestmark = pytest.mark.usefixtures("in_process")  # workers are met in runs/test_in_workers.py

NIGHT = "layouts/brands/night/"
SHEET = ("handout", "thumb-sheet", "--brand", "night")
A4 = (595.28, 841.89)
TEAL = (20, 110, 130)


def paper(size=A4, pages=1, grey=None, above=60):
    """Return a PDF with a coloured band at the top, which holds words, a link and a script."""
    held = BytesIO()
    canvas = Canvas(held, pagesize=size)
    for _ in range(pages):
        if grey is not None:
            canvas.setFillGray(grey)
            canvas.rect(0, 0, *size, fill=1, stroke=0)
        canvas.setFillColorRGB(*(part / 255 for part in TEAL))
        canvas.rect(0, size[1] - above, size[0], above, fill=1, stroke=0)
        canvas.setFillGray(1)
        canvas.drawString(40, size[1] - 40, "Riverside Practice")
        canvas.linkURL("https://evil.example", (0, 0, 500, 800))
        canvas.showPage()
    canvas.save()
    with pikepdf.open(BytesIO(held.getvalue())) as document:
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        document.attachments["a.txt"] = b"secret"
        out = BytesIO()
        document.save(out)
    return out.getvalue()


def brand(clinic, content, letterhead="letterhead: {top: 35 mm}\n"):
    clinic.write(
        NIGHT + "brand.yaml", f"name: Night\nregion: GB\n{letterhead}background: paper.pdf\n"
    )
    clinic.write(NIGHT + "paper.pdf", content)


def printed(clinic, *options):
    ended = clinic.generate(*SHEET, *options)
    assert ended.code == 0, ended.err
    return (clinic.folder / ended.out.splitlines()[0]).read_bytes()


def colour_at_the_top(pdf, number=0):
    picture = pypdfium2.PdfDocument(pdf)[number].render(scale=1).to_pil().convert("RGB")
    return picture.getpixel((300, 10))


def test_it_is_seen_where_it_was_and_is_an_artifact(clinic):
    brand(clinic, paper())
    pdf = printed(clinic)
    assert colour_at_the_top(pdf) == TEAL
    with pikepdf.open(BytesIO(pdf)) as document:
        first = document.pages[0].Contents[0].read_bytes()
        assert first.startswith(b"/Artifact <</Type /Background>> BDC q ")


def test_nothing_that_it_holds_is_in_the_print(clinic):
    brand(clinic, paper())
    pdf = printed(clinic)
    words = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    assert "normal" not in words
    with pikepdf.open(BytesIO(pdf)) as document:
        assert "/OpenAction" not in document.Root
        assert not document.attachments
        unpacked = b"".join(thing.unparse(resolved=True) for thing in document.objects)
    assert b"evil" not in unpacked
    assert b"JavaScript" not in unpacked


@pytest.mark.few(1)
@pytest.mark.parametrize("standard", ["3a", "ua1"])
def test_the_print_stays_what_it_says(clinic, standard):
    brand(clinic, paper())
    assert verapdf.faults(printed(clinic), standard) == []


@pytest.mark.few(1)
@pytest.mark.parametrize(
    ("letterhead", "on"),
    [("letterhead: {top: 35 mm}\n", [True, False]),
     ("letterhead: {top: 35 mm, pages: all}\n", [True, True]),
     ("", [True, True])],
)  # fmt: skip
def test_it_lies_on_the_pages_of_the_letterhead_else_on_all(clinic, letterhead, on):
    brand(clinic, paper(above=15), letterhead)
    pdf = printed(clinic, "--format", "clear")
    assert [colour_at_the_top(pdf, number) == TEAL for number in range(2)] == on


@pytest.mark.few(1)
@pytest.mark.parametrize("way", [("--for", "home"), ("--grey",), ("--paper", "Letter")])
def test_on_other_papers_and_in_grey(clinic, way):
    brand(clinic, paper())
    printed(clinic, *way)


def test_a_booklet_is_on_no_letter_paper(clinic):
    brand(clinic, paper())
    ended = clinic.generate("booklet", "--brand", "night")
    pdf = (clinic.folder / ended.out.splitlines()[0]).read_bytes()
    assert b"Letterhead" not in pdf
    assert ended.code == 0


@pytest.mark.few(1)
@pytest.mark.parametrize("grey", [0.3, 0.45])
def test_paper_on_which_words_that_must_be_read_cannot_be_is_refused(clinic, grey):
    brand(clinic, paper(grey=grey))
    ended = clinic.generate(*SHEET)
    assert (ended.code, clinic.files()) == (1, [])
    assert "[SIGHT]" in ended.err


def test_paper_that_says_nothing_changes_nothing(clinic, in_process, monkeypatch):
    monkeypatch.setattr(code, "code_of", lambda *_: "")  # what is made otherwise has another
    clinic.write(NIGHT + "brand.yaml", "name: Night\nregion: GB\n")
    plain = printed(clinic)
    held = BytesIO()
    canvas = Canvas(held, pagesize=A4)
    canvas.showPage()
    canvas.save()
    brand(clinic, held.getvalue(), letterhead="")
    assert printed(clinic) == plain


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"no pdf", "the background “paper.pdf” is no PDF. "),
        (b"%PDF-1.7 broken", "the background “paper.pdf” is no PDF that can be opened. "),
        (paper(pages=2), "the background “paper.pdf” has 2 pages. "),
        (paper((400, 400)), "the background “paper.pdf” is 141 × 141 mm large. "),
        (b"%PDF-" + b"x" * 10_000_001, "the background “paper.pdf” is larger than 10 MB. "),
    ],
    ids=["words", "broken", "two pages", "small", "huge"],
)
def test_what_is_no_such_paper_is_told_with_its_line(clinic, content, told):
    brand(clinic, content)
    ended = clinic.generate(*SHEET)
    assert (ended.code, clinic.files()) == (1, [])
    assert ended.err.startswith(f"{NIGHT}brand.yaml:4: {told}")
    assert ended.err.endswith("[BACKGROUND]\n")


@pytest.mark.parametrize("name", ["../../../sources/audiences.yaml", "none.pdf", "/etc/passwd"])
def test_it_is_a_file_in_the_brands_folder(clinic, name):
    clinic.write(NIGHT + "brand.yaml", f"name: Night\nregion: GB\nbackground: {name}\n")
    assert "is no file in the brand's folder" in clinic.generate(*SHEET).err


def edges(pdf):
    """Return how far from the edges of the paper its first page has ink, in mm."""
    page = pypdfium2.PdfDocument(pdf)[0]
    inked = page.render(scale=2, grayscale=True).to_pil().point(lambda grey: 255 * (grey < 250))
    wide, high = inked.size
    left, top, right, bottom = inked.getbbox()
    return [round(side / 2 * 25.4 / 72) for side in (left, top, wide - right, high - bottom)]


@pytest.mark.few(1)
@pytest.mark.parametrize(("size", "beside"), [("A4", 0), ("Letter", 9)])
def test_no_edge_of_it_is_lost(clinic, size, beside):
    """On Letter, A4 is made smaller; for an office printer it is seen to the edges, too."""
    brand(clinic, paper(grey=0.97))
    assert edges(printed(clinic, "--paper", size)) == [beside, 0, beside, 0]
    home = edges(printed(clinic, "--paper", size, "--for", "home"))
    assert home == [beside, 0, beside, 0]
