"""What is said across each page of a print: seen, never read by ear, always the same bytes."""

from io import BytesIO

import pypdfium2
import pytest
from pikepdf import Pdf

from clinicpress.design.design import open_design
from clinicpress.design.fonts import upright
from clinicpress.editions.edition import Edition
from clinicpress.press.watermark import stamped
from clinicpress.runs.pipeline import prepare, set_pages
from tests.conftest import ROOT
from tests.verapdf import faults, on_one_machine

pytestmark = on_one_machine

LAYOUTS = ROOT / "layouts"


@pytest.fixture(scope="module")
def pages(tiny) -> dict[bool, bytes]:
    """Return a sheet, and the same as a draft."""
    made = {}
    for draft in (False, True):
        edition = Edition("tiny", "thumb-sheet", "general", "standard", "en", "GB", "default", "A4",
                          draft=draft)  # fmt: skip
        built = set_pages(prepare(edition, tiny, LAYOUTS))
        assert built.problems == ()
        made[draft] = built.pdf
    return made


def seen(pdf: bytes):
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=0.5).to_pil().convert("L") for page in document]


def words(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def test_a_draft_says_so_on_each_page(pages):
    for plain, draft in zip(seen(pages[False]), seen(pages[True]), strict=True):
        wide, high = plain.size
        differs = sum(a != b for a, b in zip(plain.tobytes(), draft.tobytes(), strict=True))
        assert 0.01 < differs / (wide * high) < 0.1


def test_its_words_are_those_of_the_print(pages):
    """It is drawn, as an artifact: nothing is read twice, and nothing is covered."""
    assert words(pages[True]) == words(pages[False])
    with Pdf.open(BytesIO(pages[True])) as document:
        for page in document.pages:
            drawn = page.obj.Contents[-1].read_bytes()
            assert b"/Artifact <</Type /Pagination /Subtype /Watermark>> BDC" in drawn


def test_it_is_valid(pages):
    assert [faults(pages[True], standard) for standard in ("ua1", "3a")] == [[], []]


def test_the_same_print_gives_the_same_bytes(pages):
    design = open_design(LAYOUTS, brand="default", format="standard", language="en", paper="A4")
    font = upright(design.fonts)
    assert stamped(pages[False], "Draft", font) == stamped(pages[False], "Draft", font)
