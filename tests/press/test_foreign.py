"""PDFs that other tools made keep their text, fonts, turns and looks on the sheets."""

from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Dictionary
from PIL import Image, ImageChops, ImageFilter, ImageStat

from clinicpress.press.imposition import Imposition, Place
from clinicpress.press.schemes import SCHEMES, Wish, lay
from clinicpress.press.sheets import impose, page_sizes

FOREIGN = Path(__file__).parent / "foreign"
FILES = sorted(path.stem for path in FOREIGN.glob("*.pdf"))
PASSWORD = "clinic"

SCALE = 2
"""Pixels in a point of the pictures."""

PT = 72 / 25.4


def opened(name: str) -> pikepdf.Pdf:
    return pikepdf.Pdf.open(FOREIGN / f"{name}.pdf", password=PASSWORD if name == "qpdf" else "")


def imposed(name: str, wish: Wish) -> tuple[Imposition, bytes]:
    file = BytesIO()
    with opened(name) as document:
        _, job = lay(page_sizes(document), wish)
        impose(document, job, fit=wish.fit)
        document.save(file, deterministic_id=True, encryption=False)
    return job, file.getvalue()


def read(pdf: bytes | Path) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(pdf, password=PASSWORD)


def letters(page: pypdfium2.PdfPage) -> Counter[str]:
    return Counter("".join(page.get_textpage().get_text_range().split()))


def drawn(page: pypdfium2.PdfPage, scale: float = SCALE) -> Image.Image:
    return page.render(scale=scale, grayscale=True, may_draw_forms=False).to_pil()


def seen_at(sheet: Image.Image, place: Place, size: tuple[int, int]) -> Image.Image:
    """Cut the page in ``place`` out of the picture of a side, and turn it upright."""
    middle = (place.x + place.width / 2 + place.shift, place.y + place.height / 2)
    x, y = middle[0] * PT * SCALE, sheet.height - middle[1] * PT * SCALE
    cell = place.width * PT * SCALE, place.height * PT * SCALE
    lying = size[0] > cell[0] + 6 or size[1] > cell[1] + 6
    wide, high = size[::-1] if lying else size
    left, top = round(x - wide / 2), round(y - high / 2)
    found = Image.new("L", (wide, high), 255)
    found.paste(sheet, (-left, -top))
    return found.rotate(-place.turn - (90 if lying else 0), expand=True)


def unlike(one: Image.Image, other: Image.Image) -> float:
    """Return how far two pictures differ, in grey levels of 255; a pixel aside does not count."""
    one, other = (picture.filter(ImageFilter.BoxBlur(2)) for picture in (one, other))
    aside = (-1, 0, 1)
    return min(
        ImageStat.Stat(ImageChops.difference(ImageChops.offset(one, x, y), other)).rms[0]
        for x in aside
        for y in aside
    )


def unit(document: pikepdf.Pdf, number: int) -> float:
    return float(document.pages[number].obj.get("/UserUnit", 1))


def each_side(name: str, wish: Wish) -> Iterator[tuple]:
    """Yield each side's places with its page in the file, and the pages of the original."""
    job, pdf = imposed(name, wish)
    sheets, originals = read(pdf), read(FOREIGN / f"{name}.pdf")
    assert len(sheets) == len(job.sides)
    for side, sheet in zip(job.sides, sheets, strict=True):
        yield [place for place in side.places if place.page is not None], sheet, originals


def test_there_are_ten_of_them():
    assert len(FILES) >= 10


@pytest.mark.few(8)
@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("flip", ["short", "long"])
def test_every_page_looks_as_it_did(name, flip):
    units = [unit(opened(name), number) for number in range(len(opened(name).pages))]
    shown = []
    for places, sheet, originals in each_side(name, Wish(flip=flip, creep=0.1)):
        side = drawn(sheet)
        for place in places:
            original = drawn(originals[place.page], SCALE * units[place.page])
            found = seen_at(side, place, original.size)
            assert found.size == original.size
            difference = unlike(found, original)
            assert difference < 4.5, f"page {place.page + 1}"
            assert unlike(found.rotate(180), original) > 4 * difference
            shown.append(place.page)
    assert sorted(shown) == list(range(len(units)))


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("scheme", ["saddle-stitch", "cut-and-stack-2", "n-up"])
def test_all_text_is_kept_on_its_side(name, scheme):
    for places, sheet, originals in each_side(
        name, Wish(scheme, fit=scheme == "n-up", flip="long")
    ):
        before = sum((letters(originals[place.page]) for place in places), Counter())
        assert letters(sheet) == before


def fonts(document: pikepdf.Pdf) -> Counter[tuple[str, bool]]:
    """Count the fonts by name, and whether they are embedded."""
    return Counter(
        (str(each.get("/FontName")), any(f"/FontFile{n}" in each for n in ("", "2", "3")))
        for each in document.objects
        if isinstance(each, Dictionary) and each.get("/Type") == "/FontDescriptor"
    )


@pytest.mark.parametrize("name", FILES)
def test_all_fonts_are_kept(name):
    _, pdf = imposed(name, Wish())
    assert fonts(pikepdf.Pdf.open(BytesIO(pdf))) == fonts(opened(name))


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("scheme", [scheme for scheme in SCHEMES if "fold" not in scheme])
def test_every_scheme_takes_every_file(name, scheme):
    job, pdf = imposed(name, Wish(scheme, fit=True))
    sheets = read(pdf)
    assert len(sheets) == len(job.sides)
    pages = {place.page for side in job.sides for place in side.places} - {None}
    assert pages == set(range(len(opened(name).pages)))


def boxes(pdf: pikepdf.Pdf, kind: str) -> list[tuple[int, list[float]]]:
    return [
        (number, [float(value) for value in each.Rect])
        for number, page in enumerate(pdf.pages)
        for each in page.obj.get("/Annots", [])
        if each.get("/Subtype") == kind
    ]


@pytest.mark.parametrize(("name", "kind"), [("reportlab", "/Widget"), ("pdftex", "/Link")])
def test_links_and_fields_lie_on_their_pages(name, kind):
    job, pdf = imposed(name, Wish(flip="long"))
    moved = pikepdf.Pdf.open(BytesIO(pdf))
    before, after = boxes(opened(name), kind), boxes(moved, kind)
    assert len(before) == len(after) > 3
    for page in {page for page, _ in before}:
        side, place = next(
            (number, place)
            for number, side in enumerate(job.sides)
            for place in side.places
            if place.page == page
        )
        own = [box for number, box in before if number == page]
        on_side = [box for number, box in after if number == side]
        for x0, y0, x1, y1 in own:
            a, b, c, d = place.x * PT, place.y * PT, (place.x + place.width) * PT, 0
            d = (place.y + place.height) * PT
            here = (
                (a + x0, b + y0, a + x1, b + y1)
                if not place.turn
                else (c - x1, d - y1, c - x0, d - y0)
            )
            assert any(box == pytest.approx(here, abs=1.5) for box in on_side)


def test_fields_stand_on_their_heads_with_their_page():
    _, pdf = imposed("reportlab", Wish(flip="long"))
    with pikepdf.Pdf.open(BytesIO(pdf)) as document:
        back = document.pages[1].obj
        words = next(each for each in back.Annots if each.get("/FT") == "/Tx")
        assert [float(value) for value in words.AP.N.Matrix] == [-1, 0, 0, -1, 0, 0]


@pytest.mark.parametrize("name", ["pdftex", "reportlab", "typst", "qpdf"])
def test_bookmarks_lead_to_the_side_their_page_is_on(name):
    job, pdf = imposed(name, Wish(flip="long"))

    def targets(document: pypdfium2.PdfDocument) -> list[tuple[str, int]]:
        return [(mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]

    sides = {place.page: number for number, side in enumerate(job.sides) for place in side.places}
    before = targets(read(FOREIGN / f"{name}.pdf"))
    assert len(before) > 2
    assert targets(read(pdf)) == [(title, sides[page]) for title, page in before]


def test_sides_are_named_after_the_labels_of_their_pages():
    _, pdf = imposed("typst", Wish())
    with pikepdf.Pdf.open(BytesIO(pdf)) as document:
        assert [page.label for page in document.pages] == ["3, i", "ii", "1", "2"]


def tagged(element, number_of, page=None):
    """Yield each tag, and of its content the page's number and the mark, in order of reading."""
    yield str(element.get("/S", "root"))
    page = element.get("/Pg", page)
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            yield number_of[page.objgen], kid
        elif kid.get("/Type") == "/MCR":
            yield number_of[kid.get("/Stm", kid.get("/Pg", page)).objgen], int(kid.MCID)
        elif kid.get("/Type") != "/OBJR":
            yield from tagged(kid, number_of, page)


@pytest.mark.parametrize("name", ["typst", "libreoffice"])
def test_tags_are_read_in_the_same_order(name):
    _, pdf = imposed(name, Wish(flip="long"))
    with opened(name) as before, pikepdf.Pdf.open(BytesIO(pdf)) as after:
        pages = {page.obj.objgen: f"/P{n}" for n, page in enumerate(before.pages, start=1)}
        forms = {
            form.objgen: name
            for page in after.pages
            for name, form in page.obj.Resources.XObject.items()
        }
        said = list(tagged(before.Root.StructTreeRoot, pages))
        assert len(said) > 20
        assert list(tagged(after.Root.StructTreeRoot, forms)) == said


SAID = {
    "broken": "broken.pdf is damaged. Broken or missing: its table of objects. What can be saved "
    "is imposed; look at every page.\n",
    "reportlab": "Taken off: the author’s name. What does nothing may stay: --keep.\n",
}


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_said_but_what_was_mended_or_taken_off(name, tmp_path, monkeypatch, generate):
    monkeypatch.chdir(tmp_path)
    (tmp_path / f"{name}.pdf").write_bytes((FOREIGN / f"{name}.pdf").read_bytes())
    words = ["--repair"] if name == "broken" else []
    ended = generate(["impose", f"{name}.pdf", "--password", PASSWORD, *words])
    assert (ended.code, ended.err) == (0, SAID.get(name, ""))
