"""Leaflets, cards, posters, diaries and pads: each panel, where it lies, and that it fits."""

import math
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from itertools import pairwise
from itertools import product as each_of
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops
from pypdfium2 import raw

from clinicpress.content.model import EXTRACTS
from clinicpress.content.text import to_plain
from clinicpress.design.panels import CARD, panel_count
from clinicpress.design.papers import EDGE, PAPERS, SHEETS
from clinicpress.editions.edition import Edition
from clinicpress.editions.manuscript import PRACTICES
from clinicpress.editions.safety import lines, pointer_of, signs
from clinicpress.orders.plan import plan
from clinicpress.orders.request import ALL, Request
from clinicpress.press.imposition import TICK, Line, ticks
from clinicpress.press.products import imposition_of
from clinicpress.runs.pipeline import prepare, set_pages
from tests import verapdf
from tests.conftest import takes_all
from tests.pdf.conftest import Printed, made
from tests.pdf.matrix import LAYOUTS, LIBRARY, covering
from tests.pdf.reading import MM, Print, misread, squeezed
from tests.pdf.test_imposed import spoken
from tests.pdf.test_validity import broken

DOTS = 4
"""Pixels in a mm in pictures of sheets."""


@dataclass(frozen=True)
class Letter:
    """A letter on a sheet: its size in pt, and its box in mm from the lower left corner."""

    text: str
    size: float
    box: tuple[float, float, float, float]


@lru_cache(maxsize=2)
def letters(pdf: bytes) -> list[list[Letter]]:
    """Return the letters of each page, also those that stand in forms."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_letters(page.get_textpage()) for page in document]
    finally:
        document.close()


def _letters(page: Any) -> list[Letter]:
    found = []
    for number in range(page.count_chars()):
        text = page.get_text_range(number, 1)
        if text.strip():
            size = raw.FPDFText_GetFontSize(page.raw, number)
            box = tuple(side * MM for side in page.get_charbox(number))
            found.append(Letter(text, size, box))
    return found


def words_within(page: list[Letter], left: float, right: float) -> str:
    """Return what stands between two upright cuts, in mm, in the order in which it is drawn."""
    inside = (letter for letter in page if left <= letter.box[0] and letter.box[2] <= right)
    return squeezed("".join(letter.text for letter in inside))


def pictures(pdf: bytes) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=DOTS * MM, grayscale=True).to_pil() for page in document]
    finally:
        document.close()


def edition(publication: str, **more: Any) -> Edition:
    asked = {name: (value,) for name, value in {"regions": "GB", **more}.items()}
    (found,) = plan(Request((publication,), **asked), LIBRARY, LAYOUTS)
    return found


@lru_cache(maxsize=16)
def panels(of: Edition) -> bytes:
    """Return the panels of an edition, each a page, as they are before they lie on a sheet."""
    return Printed(of, made(of)).panels


def sheets(of: Edition) -> bytes:
    return made(of).built.pdf


def on_the_press_of(publication: str) -> pytest.MarkDecorator:
    """Return the mark of tests that go to the worker that lays out the panels of a publication."""
    return pytest.mark.xdist_group(f"{publication}-panels")


# ---------------------------------------------------------------- every edition that is printed


@pytest.mark.few(3)
@pytest.mark.prints(once_for=("publication", "format"))
@pytest.mark.parametrize("standard", ["ua1", pytest.param("3a", marks=pytest.mark.slow)])
def test_every_product_is_valid(product: Printed, standard: str) -> None:
    assert broken(product.read.bytes, standard) == set()
    assert verapdf.faults(product.read.bytes, standard) == []


def test_every_emergency_sign_can_be_read_off_the_sheet(product: Printed) -> None:
    """And each letter of it has at least the size that the reader needs."""
    smallest = LIBRARY.audiences[product.edition.audience].smallest_type
    sheet = [letter for page in letters(product.read.bytes) for letter in page]
    said = squeezed("".join(letter.text for letter in sheet))
    assert len(said) == len(sheet)
    (tier,) = product.manuscript.entries("tier")
    assert tier.id == "emergency"
    joined = product.edition.publication == "diary"
    said_of = [line.text for line in lines(tier)] if joined else [s.short for s in signs(tier)]
    for words in (*said_of, tier.action, tier.title):
        place = said.find(squeezed(to_plain(words)))
        assert place >= 0, words
        sizes = {letter.size for letter in sheet[place : place + len(squeezed(to_plain(words)))]}
        assert min(sizes) >= smallest - 0.05, (words, sizes)
    pointers = list(filter(None, map(pointer_of, product.manuscript.sections)))
    assert len(pointers) == 1
    assert squeezed(to_plain(pointers[0])) in said
    assert squeezed("Not yet reviewed by a clinician") in said


def test_nothing_is_smaller_than_the_reader_needs(product: Printed) -> None:
    sizes = [letter.size for page in letters(product.read.bytes) for letter in page]
    assert min(sizes) >= product.design.smallest - 0.05
    assert product.design.smallest >= LIBRARY.audiences[product.edition.audience].smallest_type


def test_nothing_to_do_stands_before_the_signs(product: Printed) -> None:
    """When to stop stands once on each panel with an exercise, and the gate before them all."""
    said = Print(product.panels).text
    (tier,) = product.manuscript.entries("tier")
    last = max(said.find(squeezed(to_plain(sign.short))) for sign in signs(tier))
    practices = list(product.manuscript.entries(*PRACTICES))
    for practice in practices:
        assert said.find(squeezed(to_plain(practice.steps[-1][1]))) > last
    stop = squeezed(to_plain(product.manuscript.stop))
    for panel in Print(product.panels).pages:
        held = [squeezed(to_plain(each.steps[-1][1])) in panel.text for each in practices]
        assert panel.text.count(stop) == any(held)
    if practices:
        (gate,) = product.manuscript.entries("notice")
        first = min(said.find(squeezed(to_plain(each.position))) for each in practices)
        for _, line in gate.lines:
            assert 0 <= said.find(squeezed(to_plain(line))) < first


def test_the_edges_of_the_sheet_are_left_free(product: Printed) -> None:
    """An office printer does not print there; ticks alone begin at the edge, and go further in."""
    of = product.edition
    key = of.kind, of.paper, of.fold, panel_count(of.kind, len(product.read.pages))
    sheets = imposition_of(*key)
    shown = pictures(product.read.bytes)
    for page, side in zip(shown, sheets.sides if sheets else [None] * len(shown), strict=True):
        for tick in (
            ticks(side, (*side.folds, *side.cuts), (sheets.width, sheets.height)) if side else ()
        ):
            page.paste(255, around(tick, page.height))
        inner = page.crop((round(EDGE * DOTS),) * 2 + (page.width - round(EDGE * DOTS),
                           page.height - round(EDGE * DOTS)))  # fmt: skip
        frame = page.copy()
        frame.paste(255, (round(EDGE * DOTS), round(EDGE * DOTS), page.width - round(EDGE * DOTS),
                          page.height - round(EDGE * DOTS)))  # fmt: skip
        assert sum(frame.histogram()[:200]) == 0
        assert inner.getextrema()[0] < 100


def around(line: Line, height: int) -> tuple[int, int, int, int]:
    """Return the pixels of a picture ``height`` high around a line of its sheet."""
    xs, ys = sorted((line.x0, line.x1)), sorted((line.y0, line.y1))
    left, right = (xs[0] - 0.5) * DOTS, (xs[1] + 0.5) * DOTS
    top, bottom = height - (ys[1] + 0.5) * DOTS, height - (ys[0] - 0.5) * DOTS
    return math.floor(left), math.floor(top), math.ceil(right), math.ceil(bottom)


def test_what_is_read_aloud_is_what_stands_there(product: Printed) -> None:
    """The panels are read in their order, and their sheets are read as they are."""
    before = product.panels
    assert misread(product.html, Print(before).tags.text(markers=False)) == []
    with pikepdf.Pdf.open(BytesIO(before)) as one, product.read.opened() as other:
        assert heard(other) == heard(one)


def heard(document: pikepdf.Pdf) -> list[Any]:
    """Return the tags of a file and what they hold, in order of reading, by panel and mark."""
    numbers = {page.obj.objgen: number for number, page in enumerate(document.pages, start=1)}
    forms = {
        form.objgen: int(name.removeprefix("/P"))
        for page in document.pages
        for name, form in page.obj.Resources.get("/XObject", {}).items()
        if name.removeprefix("/P").isdecimal()
    }
    return list(spoken(document.Root.StructTreeRoot, {**numbers, **forms}))


# ---------------------------------------------------------------- a leaflet, cut and folded

WIDTHS = {
    ("A4", "c"): (100, 100, 97),
    ("Letter", "z"): (279.4 / 3,) * 3,
    ("Letter", "c"): (3.6875 * 25.4, 3.6875 * 25.4, 3.625 * 25.4),
    ("A4", "z"): (99, 99, 99),
}
"""Widths of the inner panels from the left, in mm: the third folds in."""


def folds(side: Image.Image) -> list[float]:
    """Return where the ticks at the upper edge are, in mm from the left."""
    row = side.crop((0, 1, side.width, round((TICK - 0.5) * DOTS))).resize((side.width, 1))
    dark = [x for x in range(row.width) if row.getpixel((x, 0)) < 235]
    starts = [x for x in dark if x - 1 not in dark and x - 2 not in dark]
    return [round(x / DOTS, 1) for x in starts]


def alike(one: Image.Image, other: Image.Image) -> bool:
    """Return whether two pictures of a panel show the same, some ticks and half dots apart."""
    size = (one.width // 8, one.height // 8)
    inner = (2, 6, size[0] - 2, size[1] - 6)
    first, second = (picture.resize(size).crop(inner) for picture in (one, other))
    histogram = ImageChops.difference(first, second).histogram()
    return sum(level * count for level, count in enumerate(histogram)) / sum(histogram) < 6


@on_the_press_of("leaflet")
def test_different_panels_are_not_alike() -> None:
    """What shows that the tests below can fail."""
    shown = pictures(panels(edition("leaflet")))
    assert [(a, b) for a in range(6) for b in range(6) if alike(shown[a], shown[b])] == [
        (a, a) for a in range(6)
    ]


@on_the_press_of("leaflet")
@pytest.mark.few(2)
@pytest.mark.parametrize(("paper", "fold"), WIDTHS)
def test_a_leaflet_is_cut_at_its_folds_and_reads_in_order(paper: str, fold: str) -> None:
    """Each of its panels is found where the closed, half open and open leaflet shows it."""
    of, widths = edition("leaflet", papers=paper, folds=fold), WIDTHS[paper, fold]
    front, back = pictures(sheets(of))
    total = sum(widths)
    cuts = {"front": (widths[2], widths[2] + widths[1]), "back": (widths[0], widths[0] + widths[1])}
    for side, picture in (("front", front), ("back", back)):
        assert folds(picture) == pytest.approx(cuts[side], abs=0.4), side
    pieces = {}
    for side, picture in (("front", front), ("back", back)):
        edges = (0, *cuts[side], total)
        pieces[side] = [
            picture.crop((round(a * DOTS), 0, round(b * DOTS), picture.height))
            for a, b in pairwise(edges)
        ]
    single = pictures(panels(of))
    at = {
        (side, place): next(n for n, panel in enumerate(single)
                            if panel.size[0] // 8 == piece.size[0] // 8 and alike(panel, piece))
        for side, row in pieces.items()
        for place, piece in enumerate(row)
    }  # fmt: skip
    assert sorted(at.values()) == list(range(6))
    cover, behind_cover = at["front", 2], at["back", 0]
    if fold == "c":  # closed, the cover opened, the flap opened, turned over
        seen = [cover, at["front", 0], behind_cover, at["back", 1], at["back", 2], at["front", 1]]
        assert total - cuts["back"][1] == pytest.approx(min(widths))
    else:  # closed, opened to the right end, turned over
        seen = [cover, behind_cover, at["back", 1], at["back", 2], at["front", 0], at["front", 1]]
    assert seen == [0, 1, 2, 3, 4, 5]


@on_the_press_of("leaflet")
@pytest.mark.parametrize("fold", ["c", "z"])
def test_the_signs_are_seen_as_soon_as_the_leaflet_is_opened(fold: str) -> None:
    """And the clinic stands on the back of the closed leaflet, whichever way it is folded."""
    of = edition("leaflet", folds=fold)
    front, back = letters(sheets(of))
    (tier,) = prepare(of, LIBRARY, LAYOUTS).manuscript.entries("tier")
    flap = words_within(front, 0, 97) if fold == "c" else words_within(back, 0, 99)
    assert all(squeezed(to_plain(sign.short)) in flap for sign in signs(tier))
    closed = words_within(front, 97, 197) if fold == "c" else words_within(back, 198, 297)
    assert "NHS111" in closed
    assert "Yourclinic" in closed


# ---------------------------------------------------------------- cards and pads


@on_the_press_of("card")
@pytest.mark.parametrize(("paper", "up"), [("A4", 5), ("Letter", 4)])
def test_cards_lie_back_to_back_and_have_the_size_of_a_bank_card(paper: str, up: int) -> None:
    of = edition("card", papers=paper)
    groups = [
        group.title
        for group in next(prepare(of, LIBRARY, LAYOUTS).manuscript.entries("tier")).groups
    ]
    wide, high = PAPERS[paper]
    left, low = (wide - 2 * CARD[0]) / 2, (high - up * CARD[1]) / 2
    front, back = letters(sheets(of))
    rows = {"front": (front, (3, 0)), "back": (back, (1, 2))}
    for page, pair in rows.values():
        for row, column in each_of(range(up), range(2)):
            x, y = left + column * CARD[0], low + row * CARD[1]
            words = squeezed("".join(
                letter.text for letter in page
                if x <= letter.box[0] and letter.box[2] <= x + CARD[0]
                and y <= letter.box[1] and letter.box[3] <= y + CARD[1]
            ))  # fmt: skip
            assert squeezed(groups[pair[column]]) in words
            assert "999" in words
    inside = (page for page, _ in rows.values())
    for letter in (letter for page in inside for letter in page):
        assert left + 2 <= letter.box[0] <= letter.box[2] <= wide - left - 2
    assert min(left, low) >= EDGE


@pytest.mark.few(1)
@on_the_press_of("pad")
@pytest.mark.parametrize(("paper", "up"), [("A5", 2), ("HalfLetter", 2), ("A6", 4)])
def test_leaves_of_a_pad_are_stepped_front_on_back(paper: str, up: int) -> None:
    of = edition("pad", papers=paper)
    with pikepdf.Pdf.open(BytesIO(sheets(of))) as pdf:
        sizes = {tuple(round(float(side) * MM) for side in page.mediabox[2:]) for page in pdf.pages}
        assert sizes <= {tuple(map(round, way)) for sheet in [PAPERS[SHEETS[paper]]]
                         for way in (sheet, sheet[::-1])}  # fmt: skip
    front, back = (
        squeezed("".join(letter.text for letter in page)) for page in letters(sheets(of))
    )
    assert front.count("Coughingupblood") == up
    assert back.count("Beforeyoustart") == up


# ---------------------------------------------------------------- posters and the diary

DISTANCE = {"A3": 1500, "Tabloid": 1500, "A4": 1000, "Letter": 1000}
"""From how far each poster is read, in mm."""

BESIDE_A_DESK = 0.6
"""What there is to do beside a desk is read from nearer: as a part of that."""

FLUENT = math.radians(0.2)
"""Height of an x from which on people read without effort (Legge & Bigelow 2011)."""

X_HEIGHT = 0.527
"""Height of an x in Fira Sans, as a part of its size."""


@on_the_press_of("poster")
@pytest.mark.few(1)
@pytest.mark.parametrize("paper", DISTANCE)
def test_a_poster_is_read_from_afar(paper: str) -> None:
    """Each sign, and what to do; of the breaks, each and the steps of the exercises."""
    afar = DISTANCE[paper] * math.tan(FLUENT) / X_HEIGHT / MM
    for of, wanted, least in (
        (edition("poster", papers=paper),
         ("Coughing up blood", "Call 999 now", "Cannot lift one"), afar),
        (edition("desk-breaks", audiences="desk-worker", papers=paper),
         ("Stand up, walk or switch", "Change position for 5", "Draw them back",
          "Draw your shoulder blades", "Look straight ahead"), afar * BESIDE_A_DESK),
    ):  # fmt: skip
        (page,) = letters(sheets(of))
        said = "".join(letter.text for letter in page)
        for words in map(squeezed, wanted):
            place = said.find(words)
            assert place >= 0, words
            assert min(each.size for each in page[place : place + len(words)]) >= least - 0.05


@pytest.mark.few(1)
@on_the_press_of("diary")
@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("audience", ["general", "older-adult"])
def test_the_diary_has_28_rows_for_a_pen_and_nothing_of_a_patient(
    paper: str, audience: str
) -> None:
    pdf = sheets(edition("diary", papers=paper, audiences=audience))
    read = Print(pdf)
    borders = [
        (box[3] - box[1]) * MM
        for page in read.pages
        for box in page.drawn
        if (box[2] - box[0]) * MM < 1
    ]
    rows = [height for height in borders if 9 <= height < 20]
    days = [
        int(run.text) for page in read.pages for run in page.runs if run.text.strip().isdecimal()
    ]
    assert [day for day in range(1, 29) if day not in days] == []
    assert len(rows) >= 28 * 4, "each row stands between upright lines that are as high"
    with read.opened() as file:
        assert "/AcroForm" not in file.Root


# ---------------------------------------------------------------- all that may be asked for


def everything() -> list[Edition]:
    """Return every product for each reader it is for, in every format, paper and fold.

    The words are longest without a country, and a country's own notes are longest in Britain.
    """
    every = dict.fromkeys(("formats", "papers", "folds"), (ALL,))
    every["regions"] = ("neutral", "GB")
    return [
        each
        for topic in LIBRARY.topics.values()
        for name, publication in topic.publications.items()
        if publication.kind in EXTRACTS
        for each in plan(
            Request((name,), audiences=LIBRARY.readers(publication), **every), LIBRARY, LAYOUTS
        )
    ]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "of" in metafunc.fixturenames:
        factors = ("publication", "audience", "format", "paper", "fold", "region")
        full = takes_all(metafunc.config)
        some = everything() if full else covering(everything(), 2, factors=factors)
        metafunc.parametrize("of", some, ids=lambda of: of.name)


@pytest.mark.slow
@pytest.mark.some(14)
def test_it_fits_on_every_paper(of: Edition) -> None:
    assert set_pages(prepare(of, LIBRARY, LAYOUTS)).problems == ()
