"""What a print shop and an office printer get, read back: boxes, inks, marks, tags, edges."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Name

from clinicpress.checks.paper import look_at
from clinicpress.content.reader import read_library
from clinicpress.design.papers import PAPERS, bleed
from clinicpress.editions.edition import Edition
from clinicpress.press.finish import finish
from clinicpress.press.leaves import of_booklet
from clinicpress.press.marks import MM, Trim, crop_marks, draw_marks, fold_marks
from clinicpress.runs.pipeline import prepare, set_pages
from tests import verapdf
from tests.conftest import ROOT, TINY
from tests.pdf.reading import Print, squeezed
from tests.pdf.test_validity import broken

BOOKLET = Edition(
    "tiny", "booklet", "general", "standard", "en", "neutral", "default", "A5", kind="booklet"
)
SHEET = replace(BOOKLET, publication="thumb-sheet", paper="A4", kind="handout")
pytestmark = pytest.mark.xdist_group("tiny, on paper")  # its pages are laid out once

SPACES = ("rgb", "grey", "cmyk", "spot")
TEAL = "#0f5c6e"

USUAL = (("rgb", ""), ("cmyk", "inside"))
"""Files that are validated by the fast tests; the slow ones take them all."""

IN_METADATA = {
    "PDFA3A-XMP-PREDEFINED-PROPERTY-001", "PDFA3A-XMP-PREDEFINED-VALUE-TYPE-001",
    "PDFA3A-XMP-PROPERTY-DEFINITION-001",
}  # fmt: skip
"""page-validation takes “Trapped”, which PDF/X wants, for unknown although the file describes it;
veraPDF decides."""


@pytest.fixture(scope="module")
def typeset() -> Any:
    """Return a function that lays out the pages of an edition, once."""
    library = read_library(TINY)
    done: dict[Edition, bytes] = {}

    def pages(edition: Edition) -> bytes:
        if edition not in done:
            built = set_pages(prepare(edition, library, ROOT / "layouts"))
            assert built.problems == ()
            done[edition] = built.pdf
        return done[edition]

    return pages


@pytest.fixture(scope="module")
def printed(typeset: Any) -> Any:
    """Return a function that makes an edition's pages ready for its paper."""

    def make(edition: Edition) -> bytes:
        return finish(typeset(edition.typeset), edition, spot=TEAL)

    return make


def for_press(edition: Edition = BOOKLET, **more: Any) -> Edition:
    return replace(edition, production="press", **more)


def rarer(*values: Any) -> Any:
    return pytest.param(*values, marks=pytest.mark.slow)


def mm(box: Any) -> list[float]:
    return [round(float(side) / MM, 2) for side in box]


@pytest.mark.few(1)
@pytest.mark.parametrize("paper", ["A5", "HalfLetter"])
def test_boxes_of_a_press_page_are_those_of_trim_bleed_and_marks(printed, paper):
    width, height = PAPERS[paper]
    past = {"A5": 3.0, "HalfLetter": 3.175}[paper]
    assert bleed(paper) == past
    with pikepdf.open(BytesIO(printed(for_press(paper=paper)))) as pdf:
        for page in pdf.pages:
            assert mm(page.obj.TrimBox) == pytest.approx([0, 0, width, height], abs=0.01)
            outer = [-past, -past, width + past, height + past]
            assert mm(page.obj.BleedBox) == pytest.approx(outer, abs=0.01)
            marks = past + 8
            around = [-marks, -marks, width + marks, height + marks]
            assert mm(page.obj.MediaBox) == pytest.approx(around, abs=0.01)
            assert mm(page.obj.CropBox) == mm(page.obj.MediaBox)


SET = {"g": "grey", "G": "grey", "k": "cmyk", "K": "cmyk", "rg": "rgb", "RG": "rgb",
       "sc": "?", "SC": "?", "scn": "spot", "SCN": "spot"}  # fmt: skip


def painted(content: Any) -> Iterator[tuple[str, str, tuple[float, ...]]]:
    """Yield what each colour of a stream is set for, in which inks, and how much of them.

    Follows the operators one by one, as a RIP does, and so in another way than the program.
    """
    fill: tuple[str, tuple[float, ...]] = ("grey", (0.0,))
    kept = []
    for each in pikepdf.parse_content_stream(content):
        name = str(each.operator)
        if name == "q":
            kept.append(fill)
        elif name == "Q":
            fill = kept.pop()
        elif name in SET and not isinstance(each.operands[-1], Name):
            inks = SET[name], tuple(float(part) for part in each.operands)
            if name.isupper():
                yield ("line", *inks)
            else:
                fill = inks
        elif name in ("TJ", "Tj"):
            yield ("words", *fill)
        elif name in ("f", "f*", "B", "B*", "b", "b*"):
            yield ("area", *fill)


def all_painted(pdf: pikepdf.Pdf) -> list[tuple[str, str, tuple[float, ...]]]:
    forms = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)
             and each.get("/Subtype") == Name.Form]  # fmt: skip
    return [colour for each in (*pdf.pages, *forms) for colour in painted(each)]


ALLOWED = {"rgb": {"rgb", "grey", "spot"}, "grey": {"grey", "spot"},
           "cmyk": {"cmyk", "grey", "spot"}, "spot": {"spot", "grey", "cmyk"}}  # fmt: skip
"""Inks of a file; “spot” is the colour of registration, too."""


@pytest.mark.parametrize(
    "publication",
    [BOOKLET, pytest.param(SHEET, marks=pytest.mark.slow)],
    ids=["booklet", "handout"],
)
@pytest.mark.parametrize("space", SPACES)
def test_a_press_file_holds_no_ink_but_its_own_and_sets_words_in_one(printed, space, publication):
    with pikepdf.open(BytesIO(printed(for_press(publication, colour=space)))) as pdf:
        found = all_painted(pdf)
        words = {(ink, parts) for what, ink, parts in found if what == "words"}
        assert {ink for _, ink, _ in found} <= ALLOWED[space]
        assert ("grey", (0.0,)) in words
        own = {("spot", (1.0,))} if space == "spot" else set()
        assert words <= {("grey", (0.0,)), ("grey", (1.0,))} | own
        assert len({ink for what, ink, _ in found if what == "area"}) > (space == "spot")
        unpacked = BytesIO()
        pdf.save(unpacked, qdf=True)
    assert (b"/ICCBased" in unpacked.getvalue()) == (space == "rgb")


@pytest.mark.parametrize("space", SPACES)
def test_fonts_of_a_press_file_are_embedded(printed, space):
    with pikepdf.open(BytesIO(printed(for_press(colour=space)))) as pdf:
        kept = (each for each in pdf.objects if isinstance(each, pikepdf.Dictionary))
        fonts = [each for each in kept if each.get("/Type") == Name.Font]
        described = [each for each in fonts if "/FontDescriptor" in each]
        assert described
        assert all("/FontFile2" in each.FontDescriptor for each in described)
        assert {str(each.Subtype) for each in fonts} == {"/Type0", "/CIDFontType2"}


@pytest.mark.parametrize("space", SPACES)
def test_marks_stand_outside_the_bleed_and_are_not_read_aloud(printed, space):
    edition = for_press(colour=space)
    with pikepdf.open(BytesIO(printed(edition))) as pdf:
        page = pdf.pages[0]
        tail = page.obj.Contents[-1]
        assert tail.read_bytes() == b"Q\n/Artifact BMC\n/Marks Do\nEMC"
        with_marks = rendered(pdf)
        tail.write(b"Q")
        without = rendered(pdf)
    past = round((8 - 0.5) * MM)  # half a mm within the gap between bleed and marks
    width, height = with_marks.size
    inner = (past, past, width - past, height - past)
    assert with_marks.crop(inner).tobytes() == without.crop(inner).tobytes()
    assert with_marks.tobytes() != without.tobytes()
    assert set(without.crop((0, 0, width, past)).convert("L").get_flattened_data()) == {255}


def rendered(pdf: pikepdf.Pdf) -> Any:
    written = BytesIO()
    pdf.save(written)
    with pypdfium2.PdfDocument(written.getvalue()) as document:
        return document[0].render(scale=1).to_pil()


def test_crop_and_fold_marks_begin_a_mm_outside_the_bleed():
    trim = Trim(100, 200, 3, folds=(40, 70))
    for x0, y0, x1, y1 in (*crop_marks(trim), *fold_marks(trim)):
        assert abs(x0 - x1) + abs(y0 - y1) == 5
        outside = [max(-x, x - trim.width, -y, y - trim.height) for x, y in ((x0, y0), (x1, y1))]
        assert sorted(outside) == [4, 9]
    assert {x0 for x0, *_ in fold_marks(trim)} == {40, 70}
    assert len(list(crop_marks(trim))) == 8
    assert draw_marks(trim, "cmyk", (0, 0, 0)) == draw_marks(trim, "cmyk", (0, 0, 0))


def test_colour_that_reaches_the_edge_runs_to_the_end_of_the_bleed(printed):
    with pikepdf.open(BytesIO(printed(for_press()))) as pdf:
        cover = rendered(pdf)
    band = tuple(int(TEAL[i : i + 2], 16) for i in (1, 3, 5))
    for x, y in ((-2.5, -2.5), (74, -2.5), (150.5, -2.5), (-2.5, 40), (150.5, 40)):
        assert cover.getpixel((round((x + 11) * MM), round((y + 11) * MM))) == band
    assert cover.getpixel((round((-3.5 + 11) * MM), round((40 + 11) * MM))) == (255, 255, 255)


@pytest.mark.few(1)
@pytest.mark.parametrize(
    ("space", "part"),
    [
        pytest.param(space, part, marks=() if (space, part) in USUAL else pytest.mark.slow)
        for space in SPACES
        for part in ("", "cover", "inside")
    ],
)
def test_press_files_keep_their_tags_and_stay_valid(printed, space, part):
    pdf = printed(for_press(colour=space, part=part))
    assert broken(pdf, "ua1") == set()
    assert verapdf.faults(pdf, "ua1") == []
    assert verapdf.faults(pdf, "3a") == []
    assert broken(pdf, "3a") <= (IN_METADATA if space in ("cmyk", "spot") else set())


@pytest.mark.parametrize("space", ["cmyk", "spot"])
def test_a_file_in_ink_says_that_it_is_pdf_x_and_for_which_inks(printed, space):
    with pikepdf.open(BytesIO(printed(for_press(colour=space)))) as pdf:
        kinds = [intent.S for intent in pdf.Root.OutputIntents]
        assert kinds == [Name.GTS_PDFX, Name.GTS_PDFA1]
        assert all(intent.DestOutputProfile.N == 4 for intent in pdf.Root.OutputIntents)
        with pdf.open_metadata() as said:
            assert said["{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion"] == "PDF/X-4"
            assert said["pdf:Trapped"] == "False"
        assert pdf.docinfo.Trapped == Name("/False")
        assert not any("/Annots" in page.obj for page in pdf.pages)
        assert "/Outlines" not in pdf.Root


@pytest.mark.parametrize("edition", [for_press(colour="cmyk"), replace(BOOKLET, production="home")])
def test_the_same_pages_give_the_same_bytes(printed, edition):
    assert printed(edition) == printed(edition)


@pytest.mark.parametrize("count", range(1, 41))
def test_a_booklet_is_filled_up_before_its_back_cover(count):
    whole, cover, inside = (of_booklet(count, part) for part in ("", "cover", "inside"))
    assert len(whole) % 4 == len(cover) % 4 == len(inside) % 4 == 0
    assert (*cover[:2], *inside, *cover[2:]) == whole
    assert [page for page in whole if page is not None] == list(range(count))
    assert whole[-1] == (count - 1 if count > 1 else None)
    assert None not in whole[: count - 1]


def test_cover_and_inside_are_read_aloud_as_the_whole_is(printed):
    def spoken(part: str) -> str:
        return squeezed(Print(printed(for_press(part=part))).tags.text())

    whole, cover, inside = spoken(""), spoken("cover"), spoken("inside")
    start = whole.index(inside)
    assert inside
    assert whole[:start] + whole[start + len(inside) :] == cover


@pytest.mark.few(1)
@pytest.mark.parametrize(
    ("edition", "size"),
    [
        (BOOKLET, (297, 210)),
        (SHEET, (210, 297)),
        rarer(replace(BOOKLET, paper="HalfLetter"), (279.4, 215.9)),
        rarer(replace(BOOKLET, flip="long"), (297, 210)),
        rarer(replace(SHEET, paper="Letter"), (215.9, 279.4)),
        rarer(replace(BOOKLET, format="clear", paper="A4"), (210, 297)),
    ],
    ids=lambda it: f"{it.publication}-{it.paper}-{it.flip}" if isinstance(it, Edition) else "",
)
@pytest.mark.parametrize("colour", ["grey", pytest.param("rgb", marks=pytest.mark.slow)])
def test_home_sheets_are_whole_valid_and_inside_the_printers_edges(printed, edition, size, colour):
    edition = replace(edition, production="home", colour=colour)
    pdf = printed(edition)
    found = look_at(pdf, edition)
    assert found.problems == ()
    for standard in verapdf.PROFILES:
        assert broken(pdf, standard) == set()
        assert verapdf.faults(pdf, standard) == []
    with pikepdf.open(BytesIO(pdf)) as document:
        assert len(document.pages) == found.pages
        for page in document.pages:
            left, bottom, right, top = mm(page.obj.MediaBox)
            assert (right - left, top - bottom) == pytest.approx(size, abs=0.02)
        assert document.Root.ViewerPreferences.PrintScaling == Name("/None")
        if colour == "grey":
            assert {ink for _, ink, _ in all_painted(document)} == {"grey"}


@pytest.mark.parametrize("edition", [BOOKLET, SHEET], ids=["booklet", "handout"])
def test_nothing_at_all_is_printed_within_6_mm_of_a_home_sheets_edge(printed, edition):
    pdf = printed(replace(edition, production="home"))
    edge = round((6 - 0.4) * MM)
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            sheet = page.render(scale=1, grayscale=True).to_pil().convert("L")
            width, height = sheet.size
            for strip in ((0, 0, width, edge), (0, height - edge, width, height),
                          (0, 0, edge, height), (width - edge, 0, width, height)):  # fmt: skip
                assert set(sheet.crop(strip).get_flattened_data()) == {255}


def test_a_single_home_sheet_lies_inside_a4_and_letter(printed):
    """Printed in the middle of the other paper, it is all there, 6 mm from its edges."""
    for paper, other in (("A4", "Letter"), ("Letter", "A4")):
        pdf = printed(replace(SHEET, production="home", paper=paper))
        with pypdfium2.PdfDocument(pdf) as document:
            for page in document:
                sheet = page.render(scale=1, grayscale=True).to_pil().convert("L")
                marked = sheet.point(lambda light: 255 * (light < 250)).getbbox()
                for side in (0, 1):
                    away = (sheet.size[side] - PAPERS[other][side] * MM) / 2 + (6 - 0.4) * MM
                    assert marked[side] >= away
                    assert marked[side + 2] <= sheet.size[side] - away


def test_creep_grows_with_the_weight_of_the_paper(printed):
    light, heavy = (
        printed(replace(BOOKLET, production="home", grammage=grams)) for grams in (80, 300)
    )
    assert light != heavy


def test_a_proof_in_grey_is_valid_and_as_light(printed):
    pdf = printed(replace(BOOKLET, colour="grey"))
    for standard in verapdf.PROFILES:
        assert broken(pdf, standard) == set()
        assert verapdf.faults(pdf, standard) == []
    with pikepdf.open(BytesIO(pdf)) as document:
        assert {ink for _, ink, _ in all_painted(document)} == {"grey"}
