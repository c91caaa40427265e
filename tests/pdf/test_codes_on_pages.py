"""A QR code as it is printed: read off the finished page, as a telephone would."""

from io import BytesIO

import pikepdf
import pypdfium2
import pytest
import zxingcpp

from clinicpress.design.qr import MOST_LETTERS, QUIET, SMALLEST, code_of
from clinicpress.editions.code import code_in
from clinicpress.pdf.metadata import provenance_of
from tests import verapdf

NIGHT = "layouts/brands/night/"
ADDRESS = "https://river.example/back?from=sheet"
SHEET = ("handout", "thumb-sheet")
MM = 72 / 25.4


def printed(clinic, *command, address=ADDRESS):
    clinic.write(NIGHT + "brand.yaml", f'name: Night\nregion: GB\nqr: "{address}"\n')
    ended = clinic.generate(*command, "--brand", "night")
    assert ended.code == 0, ended.err
    return (clinic.folder / ended.out.splitlines()[0]).read_bytes()


def codes(pdf, dots=150):
    """Return what is read on each page, with the side of each code in mm."""
    found = []
    for number, page in enumerate(pypdfium2.PdfDocument(pdf), start=1):
        picture = page.render(scale=dots / 72, grayscale=True).to_pil()
        for code in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode):
            side = (code.position.top_right.x - code.position.top_left.x) / dots * 25.4
            found.append((number, code.text, side))
    return found


@pytest.mark.few(1)
@pytest.mark.parametrize("way", [(), ("--grey",), ("--for", "home"), ("--format", "large")])
def test_a_telephone_reads_it_on_the_last_page_of_a_handout(clinic, way):
    pdf = printed(clinic, *SHEET, *way)
    ((page, words, side),) = codes(pdf)
    assert (page, words) == (len(pypdfium2.PdfDocument(pdf)), ADDRESS)
    assert side >= SMALLEST - 0.5  # which is a pixel or two


def test_and_on_the_back_cover_of_a_booklet(clinic):
    pdf = printed(clinic, "booklet")
    assert [(page, words) for page, words, _ in codes(pdf)] == [
        (len(pypdfium2.PdfDocument(pdf)), ADDRESS)
    ]


@pytest.mark.few(1)
@pytest.mark.parametrize("dots", [72, 100, 300])
def test_an_old_telephone_reads_it_too(clinic, dots):
    assert [words for _, words, _ in codes(printed(clinic, *SHEET), dots)] == [ADDRESS]


def test_the_longest_address_is_read(clinic):
    address = "https://river.example" + ("/" + "a" * 42) * 3
    assert len(address) == MOST_LETTERS
    assert [words for _, words, _ in codes(printed(clinic, *SHEET, address=address))] == [address]


def test_it_is_a_figure_that_says_what_it_opens(clinic):
    pdf = printed(clinic, *SHEET)
    assert verapdf.faults(pdf, "ua1") == []
    with pikepdf.open(BytesIO(pdf)) as document:
        elements = [each for each in document.objects if isinstance(each, pikepdf.Dictionary)]
        said = [str(each.Alt) for each in elements if each.get("/S") == "/Figure"]
    assert f"QR code that opens {ADDRESS}" in said


def test_its_address_stands_beside_it_in_words(clinic):
    pdf = printed(clinic, *SHEET)
    words = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    assert "river.example/back?from=sheet" in words


BY_CODE = "https://river.example/sheets/codes.html#{code}"


def test_it_opens_what_is_known_of_this_very_sheet(clinic):
    pdf = printed(clinic, *SHEET, address=BY_CODE)
    with pikepdf.open(BytesIO(pdf)) as document:
        code = provenance_of(document).code
    ((_, words, side),) = codes(pdf)
    assert code_in(code) == code
    assert words == BY_CODE.format(code=code)
    assert side >= SMALLEST - 0.5
    said = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    assert "river.example/sheets/codes.html" in said
    assert "#" not in said
    assert code in said


def test_where_the_code_is_no_end_of_it_all_of_it_is_said():
    assert code_of("https://river.example/{code}/", "7K3M-9QX2").label == "river.example/7K3M-9QX2"


@pytest.mark.parametrize(
    ("address", "said"),
    [("https://river.example/{sheet}", "holds “{sheet}”"),
     ("https://river.example/{code}/{code}", "holds “{code}”"),
     ("https://river.example/{code", "holds “{code”")],
)  # fmt: skip
def test_nothing_else_is_filled_in(clinic, address, said):
    clinic.write(NIGHT + "brand.yaml", f'name: Night\nregion: GB\nqr: "{address}"\n')
    ended = clinic.generate(*SHEET, "--brand", "night")
    assert ended.code == 1
    assert f"{NIGHT}brand.yaml:3: " in ended.err
    assert said in ended.err
    assert "Write {code} once" in ended.err


def test_the_white_around_it_is_a_part_of_it():
    code = code_of(ADDRESS)
    whole = int(code.svg.partition('viewBox="0 0 ')[2].partition(" ")[0])
    assert code.side * (whole - 2 * QUIET) / whole >= SMALLEST - 0.01
    assert f"M{QUIET} {QUIET}h7" in code.svg
    assert f'<rect width="{whole}" height="{whole}" fill="#ffffff"/>' in code.svg


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("river.example", "which is no whole address"),
        ("javascript:alert(1)", "which is no whole address"),
        ("file:///etc/passwd", "which is no whole address"),
        ('"https://a.example/a b"', "which is no whole address"),
        ("https://аpple.example", "CHARACTER"),
        ("https://user@evil.example", "holds a user's name before the host"),
        ("https://a.example" + ("/" + "a" * 42) * 4, "150 letters are the most"),
    ],
)
def test_it_opens_whole_addresses_alone(clinic, address, told):
    clinic.write(NIGHT + "brand.yaml", f"name: Night\nregion: GB\nqr: {address}\n")
    ended = clinic.generate(*SHEET, "--brand", "night")
    assert (ended.code, clinic.files()) == (1, [])
    assert told in ended.err
