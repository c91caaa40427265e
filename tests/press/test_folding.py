"""Sheets are printed as pictures, then cut, folded, nested and piled, and the numbers read off."""

from dataclasses import dataclass
from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from clinicpress.design.papers import PAPERS
from clinicpress.press.imposition import (
    Imposition,
    Misfit,
    c_fold,
    cut_and_stack,
    perfect_bound,
    saddle_stitch,
    split,
    step_and_repeat,
    z_fold,
)
from clinicpress.press.sheets import impose
from tests.press.numbered import DOTS, number_on, numbered, part, pictures

A4, A5, A6 = PAPERS["A4"], PAPERS["A5"], PAPERS["A6"]
EDGES = ("short", "long")


@dataclass(frozen=True)
class Paper:
    """A piece of printed paper; ``back`` is seen when it is turned like a page of a book."""

    front: Image.Image
    back: Image.Image

    @property
    def width(self) -> float:
        return self.front.width / DOTS

    def between(self, left: float, right: float) -> "Paper":
        """Cut out the piece between two upright cuts, in mm on the front."""
        wide = self.width
        return Paper(part(self.front, left, right), part(self.back, wide - right, wide - left))

    def halves(self) -> tuple["Paper", "Paper"]:
        return self.between(0, self.width / 2), self.between(self.width / 2, self.width)

    def rows(self) -> tuple["Paper", "Paper"]:
        """Cut across in the middle; return the upper and the lower piece."""
        boxes = [(0, 0, self.front.width, self.front.height // 2)]
        boxes.append((0, self.front.height // 2, self.front.width, self.front.height))
        upper, lower = (Paper(self.front.crop(box), self.back.crop(box)) for box in boxes)
        return upper, lower

    def numbers(self) -> tuple[int | None, int | None]:
        return number_on(self.front), number_on(self.back)


def drawn(pdf: bytes, job: Imposition, **options: bool) -> bytes:
    file = BytesIO()
    with pikepdf.Pdf.open(BytesIO(pdf)) as document:
        impose(document, job, **options)
        document.save(file, deterministic_id=True)
    return file.getvalue()


def printed(pdf: bytes, job: Imposition, edge: str) -> list[Paper]:
    """Print the sides of ``job`` on a printer that turns each sheet about its ``edge``."""
    sides = pictures(drawn(pdf, job))
    sheets = []
    for front, back in zip(sides[::2], sides[1::2], strict=True):
        upright_edge = "long" if front.height > front.width else "short"
        # Turned about a lying edge, then looked at like a page of a book, a back is on its head.
        seen = back if edge == upright_edge else back.rotate(180)
        sheets.append(Paper(front, seen))
    return sheets


def folded(sheets: list[Paper]) -> list[int | None]:
    """Nest the sheets, the first outermost, and leaf through the booklet."""
    halves = [sheet.halves() for sheet in sheets]
    through = [right.numbers() for _, right in halves]
    through += [left.numbers()[::-1] for left, _ in reversed(halves)]
    return [number for leaf in through for number in leaf]


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("creep", [0, 0.1])
def test_a_saddle_stitched_booklet_reads_in_order(edge, creep):
    pdf = numbered([A5] * 22)
    job = saddle_stitch(22, A5, A4, flip=edge, paper_thickness=creep)
    assert folded(printed(pdf, job, edge)) == [*range(1, 22), None, None, 22]


@pytest.mark.parametrize("edge", EDGES)
def test_the_wrong_edge_puts_backs_on_their_heads(edge):
    """What shows that the tests above can fail."""
    job = saddle_stitch(8, A5, A4, flip=edge)
    with pytest.raises(AssertionError, match="not upright"):
        folded(printed(numbered([A5] * 8), job, {"short": "long", "long": "short"}[edge]))


@pytest.mark.parametrize(
    ("cell", "paper"), [("HalfLetter", "Letter"), ("A4", "A3"), ("A5", "Tabloid"), ("A6", "A4")]
)
def test_other_papers_and_larger_ones_once_trimmed(cell, paper):
    size = PAPERS[cell]
    job = saddle_stitch(6, size, PAPERS[paper], flip="short")
    sheets = printed(numbered([size] * 6), job, "short")
    margin = (job.width - 2 * size[0]) / 2
    trimmed = [sheet.between(margin, job.width - margin) for sheet in sheets]
    high = (job.height - size[1]) / 2 * DOTS
    box = (0, round(high), trimmed[0].front.width, round(high + size[1] * DOTS))
    pieces = [Paper(sheet.front.crop(box), sheet.back.crop(box)) for sheet in trimmed]
    assert folded(pieces) == [1, 2, 3, 4, 5, None, None, 6]


def test_signatures_are_gathered():
    job = perfect_bound(30, A5, A4, signature=3)
    sheets = printed(numbered([A5] * 30), job, "short")
    assert job.signatures == (3, 3, 2)
    read = [n for start, end in ((0, 3), (3, 6), (6, 8)) for n in folded(sheets[start:end])]
    assert read == [*range(1, 30), None, None, 30]


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("count", [1, 8, 13])
def test_two_piles_put_on_each_other_read_in_order(edge, count):
    job = cut_and_stack(count, A5, A4, up=2, flip=edge)
    left, right = zip(
        *(s.halves() for s in printed(numbered([A5] * count), job, edge)), strict=True
    )
    read = [number for leaf in (*left, *right) for number in leaf.numbers()]
    assert read == [*range(1, count + 1), *[None] * (-count % 4)]


@pytest.mark.parametrize("edge", EDGES)
def test_four_piles_put_on_each_other_read_in_order(edge):
    job = cut_and_stack(21, A6, A4, up=4, flip=edge)
    rows = [sheet.rows() for sheet in printed(numbered([A6] * 21), job, edge)]
    piles = zip(*((*upper.halves(), *lower.halves()) for upper, lower in rows), strict=True)
    read = [number for pile in piles for leaf in pile for number in leaf.numbers()]
    assert read == [*range(1, 22), None, None, None]


@pytest.mark.parametrize("edge", EDGES)
def test_a_c_fold_opens_in_order(edge):
    """The right third, seen from the inside, goes over the middle; the left third over that."""
    widths = {"cover": 100, "fold-in": 97, "inside 1": 100, "2": 100, "3": 97, "back": 100}
    pdf = numbered([(width, 210) for width in widths.values()])
    (sheet,) = printed(pdf, c_fold(6, A4, flip=edge), edge)
    inner = Paper(sheet.back, sheet.front)
    left, middle, right = inner.between(0, 100), inner.between(100, 200), inner.between(200, 297)
    assert right.width < middle.width == left.width
    closed = number_on(left.back)
    cover_opened = number_on(left.front), number_on(right.back)
    all_opened = number_on(middle.front), number_on(right.front)
    turned_over = number_on(middle.back)
    assert (closed, cover_opened[1]) == (1, 2)
    assert (cover_opened[0], *all_opened, turned_over) == (3, 4, 5, 6)


@pytest.mark.parametrize("edge", EDGES)
def test_a_zigzag_opens_in_order(edge):
    """The left third, seen from the inside, goes over the middle, the right third behind it."""
    (sheet,) = printed(numbered([(99, 210)] * 6), z_fold(6, A4, flip=edge), edge)
    inner = Paper(sheet.back, sheet.front)
    left, middle, right = (inner.between(x, x + 99) for x in (0, 99, 198))
    assert number_on(left.back) == 1  # closed, on top
    assert [number_on(panel.front) for panel in (left, middle, right)] == [2, 3, 4]
    assert [number_on(panel.back) for panel in (right, middle)] == [5, 6]  # turned over


def test_every_copy_of_a_card_has_its_own_back():
    card = (85, 55)
    job = step_and_repeat(2, card, A4, gap=0)
    (sheet,) = printed(numbered([card] * 2), job, job.flip)
    left, top = (210 - 170) / 2, (297 - 275) / 2
    for column in (0, 1):
        strip = sheet.between(left + column * 85, left + (column + 1) * 85)
        for row in range(5):
            box = (0, round((top + row * 55) * DOTS), strip.front.width,
                   round((top + (row + 1) * 55) * DOTS))  # fmt: skip
            assert Paper(strip.front.crop(box), strip.back.crop(box)).numbers() == (1, 2)


@pytest.mark.parametrize("face", ["up", "down"])
def test_fronts_and_backs_in_two_files_make_the_same_booklet(face):
    """The printer prints what lies upwards in its tray, from the top of the pile."""
    pdf, job = numbered([A5] * 22), saddle_stitch(22, A5, A4)
    fronts, backs = (pictures(drawn(pdf, half)) for half in split(job, face))
    tray = fronts[::-1] if face == "down" else fronts  # as it lies, or turned over
    pile = [Paper(front, back) for front, back in zip(tray, backs, strict=True)]
    assert folded(pile[::-1] if face == "down" else pile) == [*range(1, 22), None, None, 22]


def mark_from_spine(picture: Image.Image) -> float:
    """Return how far the mark of the right page is from the spine, in mm."""
    right = picture.crop((picture.width // 2, 0, picture.width, picture.height // 4))
    dark = [
        x
        for x in range(right.width)
        if right.crop((x, 0, x + 1, right.height)).getextrema()[0] < 128
    ]
    return dark[0] / DOTS


def test_creep_is_seen_on_the_sheets():
    job = saddle_stitch(32, A5, A4, paper_thickness=1)
    sheets = printed(numbered([A5] * 32), job, "short")
    assert [mark_from_spine(sheet.front) for sheet in sheets] == pytest.approx(
        [10 - depth for depth in range(8)], abs=0.6
    )


def test_a_page_larger_than_its_place_is_refused_unless_it_is_fitted():
    pdf = numbered([A5, A5, (160, 240), A5])
    job = saddle_stitch(4, A5, A4)
    with pytest.raises(Misfit, match="Page 3 is 160 × 240 mm, and its place has 148 × 210 mm"):
        drawn(pdf, job)
    sides = pictures(drawn(numbered([A4] * 4), job, fit=True))
    assert len(sides) == 2
