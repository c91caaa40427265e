"""The test sheet: frame and scales are true, crosses lie on each other, the file is valid."""

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops

from clinicpress.design.papers import PAPERS
from clinicpress.tickets.testsheet import write_test_sheets
from tests.pdf.matrix import LAYOUTS
from tests.pdf.reading import Print
from tests.pdf.test_validity import STANDARDS, broken

DOTS = 10
"""Pixels in a mm in the pictures."""


@pytest.fixture(scope="module", params=["A4", "Letter"])
def sheet(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    (path,) = write_test_sheets(LAYOUTS, tmp_path_factory.mktemp("sheet"), (request.param,))
    return path


def sides(sheet: Path) -> list[Image.Image]:
    """Return both sides as pictures, ``DOTS`` to the mm, black where anything is drawn."""
    document = pypdfium2.PdfDocument(sheet)
    pictures = [page.render(scale=DOTS * 25.4 / 72, grayscale=True).to_pil() for page in document]
    return [picture.point(lambda grey: 255 * (grey < 160)) for picture in pictures]


def test_it_is_a_valid_sheet_with_two_sides(sheet: Path) -> None:
    wide, high = PAPERS[sheet.stem.removeprefix("test-sheet_")]
    assert [page.size for page in Print(sheet).pages] == [pytest.approx((wide, high), abs=0.01)] * 2
    for standard in STANDARDS:
        assert broken(sheet.read_bytes(), standard) == set()


def test_the_frame_is_6_mm_from_the_edge(sheet: Path) -> None:
    for side in sides(sheet):
        left, top, right, bottom = side.getbbox()
        edges = (left, top, side.width - right, side.height - bottom)
        assert [edge / DOTS for edge in edges] == pytest.approx([6, 6, 6, 6], abs=0.3)


def strokes(side: Image.Image, row: float, left: float, right: float) -> list[float]:
    """Return where black strokes begin in one row, in mm from the first."""
    y = round(row * DOTS)
    xs = [x for x in range(round(left * DOTS), round(right * DOTS)) if side.getpixel((x, y))]
    firsts = [x for x in xs if x - 1 not in xs]
    return [(x - firsts[0]) / DOTS for x in firsts]


def test_scales_are_true(sheet: Path) -> None:
    front, _ = sides(sheet)
    middle = front.width / DOTS / 2
    for row, unit, count in ((48.3, 10, 16), (64.3, 25.4, 6)):
        marks = strokes(front, row, middle - 82, middle + 82)
        assert marks == pytest.approx([i * unit for i in range(count + 1)], abs=0.15)
    turned = front.rotate(-90, expand=True)
    for row, unit, count in ((19.7, 10, 15), (front.width / DOTS - 24 + 3.7, 25.4, 6)):
        marks = strokes(turned, row, 44, 44 + 156)
        assert marks == pytest.approx([i * unit for i in range(count + 1)], abs=0.15)


@pytest.mark.parametrize("edge", ["long", "short"])
def test_crosses_lie_on_each_other_whichever_edge_is_flipped(sheet: Path, edge: str) -> None:
    front, back = sides(sheet)
    flip = Image.Transpose.FLIP_LEFT_RIGHT if edge == "long" else Image.Transpose.FLIP_TOP_BOTTOM
    through = ImageChops.multiply(front, back.transpose(flip))
    for across in (-85, 85):
        for down in (-122, 122):
            x, y = front.width / 2 + across * DOTS, front.height / 2 + down * DOTS
            cross = (round(x - 60), round(y - 60), round(x + 60), round(y + 60))
            one = front.crop(cross).histogram()[255]
            both = through.crop(cross).histogram()[255]
            assert one > 200
            assert both > 0.5 * one
