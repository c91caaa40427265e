"""What is drawn for paper, stroke by stroke: folds, cuts, clips, bars, tints, hints to a viewer."""

import re
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from clinicpress.design.papers import PAPERS
from clinicpress.editions.edition import Edition
from clinicpress.press.imposition import (
    Imposition,
    Line,
    c_fold,
    saddle_stitch,
    step_and_repeat,
    ticks,
    z_fold,
)
from clinicpress.press.inks import Ink, inks_for, parsed
from clinicpress.press.inks.separation import separate, separated
from clinicpress.press.links import HIDDEN, PRINTED
from clinicpress.press.marks import MM, Trim, crop_marks, draw_marks, fold_marks
from clinicpress.press.office import booklet_sheets, for_home
from clinicpress.press.prepress import registration
from clinicpress.press.products import folded_cards, imposition_of
from clinicpress.press.sheets import impose, page_sizes
from tests.press.test_sheets import annotate, black, pages

A4, A5 = PAPERS["A4"], PAPERS["A5"]
TEAL = parsed("#0f5c6e")
BOOKLET = Edition("tiny", "booklet", "general", "standard", "en", "neutral", "default", "A5",
                  production="home", kind="booklet")  # fmt: skip
SHEET = replace(BOOKLET, publication="sheet", paper="A4", kind="handout")


def saved(pdf: Pdf) -> bytes:
    file = BytesIO()
    pdf.save(file)
    return file.getvalue()


# ---------------------------------------------------------------- folds and cuts

FOLDED = [
    pytest.param(saddle_stitch(8, A5, A4), id="booklet"),
    pytest.param(saddle_stitch(8, (120, 170), A4), id="booklet with margins"),
    pytest.param(saddle_stitch(8, A5, A4, flip="long"), id="booklet about the long edge"),
    pytest.param(c_fold(6, A4), id="C-fold"),
    pytest.param(c_fold(6, A4, flip="long"), id="C-fold about the long edge"),
    pytest.param(z_fold(6, A4), id="Z-fold"),
    pytest.param(folded_cards(4, A4, 5), id="cards"),
]


@pytest.mark.parametrize("job", FOLDED)
def test_a_fold_runs_between_panels_from_one_edge_of_the_sheet_to_the_other(job: Imposition):
    for side in job.sides:
        edges = {round(each, 3) for place in side.places for each in (place.x, right(place))}
        between = edges - {min(edges), max(edges)}
        assert {round(fold.x0, 3) for fold in side.folds} == between
        for fold in side.folds:
            assert fold.x0 == fold.x1
            assert sorted((fold.y0, fold.y1)) == [0, job.height]


def right(place) -> float:
    return place.x + place.width


@pytest.mark.parametrize("job", FOLDED)
def test_each_fold_and_cut_is_shown_at_both_ends(job: Imposition):
    size = job.width, job.height
    for side in job.sides:
        for lines in (side.folds, side.cuts):
            strokes = list(ticks(side, lines, size))
            assert len(strokes) == 2 * len(lines)
            for line, pair in zip(lines, zip(*[iter(strokes)] * 2, strict=True), strict=True):
                assert ends_near(line, pair, size)


def ends_near(line: Line, pair: tuple[Line, Line], size: tuple[float, float]) -> bool:
    """Return whether one stroke lies on either half of a line."""
    if line.x0 == line.x1:
        low, high = sorted((one.y0 + one.y1) / 2 for one in pair)
        return all(one.x0 == one.x1 == line.x0 for one in pair) and low < size[1] / 2 < high
    low, high = sorted((one.x0 + one.x1) / 2 for one in pair)
    return all(one.y0 == one.y1 == line.y0 for one in pair) and low < size[0] / 2 < high


def test_folds_are_dashed_and_cuts_are_not():
    pdf = pages(4, box=(0, 0, 85.6 * MM, 53.98 * MM))
    job = folded_cards(4, A4, 5)
    impose(pdf, job, marks=True)
    (side, _) = job.sides
    drawn = pdf.pages[0].Contents.read_bytes().decode()
    strokes = re.findall(r"(\[[^]]*\]) 0 d (\S+) (\S+) m (\S+) (\S+) l S", drawn)
    upright = {dash: {round(float(x0) / MM, 2) for kind, x0, _, x1, _ in strokes
                      if kind == dash and x0 == x1} for dash in ("[2 1.5]", "[]")}  # fmt: skip
    assert upright["[2 1.5]"] == {round(fold.x0, 2) for fold in side.folds}
    assert upright["[]"] == {round(cut.x0, 2) for cut in side.cuts if cut.x0 == cut.x1}
    assert len(strokes) == 2 * (len(side.folds) + len(side.cuts))


def test_a_print_shop_sees_each_fold_above_and_below_and_each_corner_twice():
    trim = Trim(100, 200, 3, folds=(40, 70))
    marked = sorted((x0, y0, y1) for x0, y0, x1, y1 in fold_marks(trim) if x0 == x1)
    assert marked == [(40, -9, -4), (40, 204, 209), (70, -9, -4), (70, 204, 209)]
    along = [(x0, x1) if y0 == y1 else (y0, y1) for x0, y0, x1, y1 in crop_marks(trim)]
    assert len(set(crop_marks(trim))) == len(along) == 8


@pytest.mark.parametrize(("folds", "dashed"), [((), 0), ((40.0, 70.0), 1)])
def test_fold_marks_are_dashed_and_crop_marks_are_not(folds, dashed):
    drawn = content(draw_marks(Trim(100, 200, 3, folds), "cmyk", TEAL))
    before, *after = drawn.split(b" 0 d", 1)
    assert len(after) == dashed
    assert before.count(b" l") + before.count(b" l\n") >= 8  # the crop marks come first, unbroken


def content(pdf: bytes) -> bytes:
    with Pdf.open(BytesIO(pdf)) as document:
        return document.pages[0].Contents.read_bytes()


# ---------------------------------------------------------------- what is cut off


def filled_pages(count: int, width: float, height: float) -> Pdf:
    """Return pages that are black all over and far beyond."""
    pdf = pages(count, box=(0, 0, width * MM, height * MM))
    for page in pdf.pages:
        page.Contents = pdf.make_stream(b"-999 -999 3000 3000 re f")
        page.Resources = Dictionary()
    return pdf


def test_a_page_that_is_moved_or_too_large_does_not_run_into_its_neighbour():
    """Without creep a page is as large as its cell, and its form's box cuts it off."""
    pdf = filled_pages(8, *A5)
    impose(pdf, saddle_stitch(8, A5, A4, paper_thickness=1))
    drawn = [page.Contents.read_bytes() for page in pdf.pages]
    assert [each.count(b"re W n") for each in drawn] == [0, 0, 2, 2]


@pytest.mark.parametrize("edition", [BOOKLET, SHEET], ids=["booklet", "single sheet"])
def test_nothing_is_printed_where_an_office_printer_cannot_print(edition):
    size = A5 if edition.is_stitched else PAPERS["Letter"]
    with Pdf.open(BytesIO(for_home(saved(filled_pages(4, *size)), edition))) as done:
        (wide, high) = page_sizes(done)[0]
        for number in range(len(done.pages)):
            left, bottom, right, top = black(done, number)
            assert min(left, bottom) >= 5.6 * MM
            assert right <= (wide - 5.6) * MM
            assert top <= (high - 5.6) * MM


# ---------------------------------------------------------------- inks of the marks


@pytest.mark.parametrize("space", ["cmyk", "spot"])
def test_registration_marks_are_in_every_ink(space):
    assert [float(ink) for ink in registration(space)[3].C1] == [1, 1, 1, 1]
    assert registration(space)[:2] == [Name.Separation, Name.All]
    drawn = draw_marks(Trim(100, 200, 3), space, TEAL)
    with Pdf.open(BytesIO(drawn)) as document:
        arrays = (each for each in document.objects if isinstance(each, Array) and len(each) == 4)
        spaces = [str(each[1]) for each in arrays if each[0] == Name.Separation]
    assert "/All" in spaces


def test_registration_marks_are_black_on_a_screen():
    for space in ("rgb", "grey"):
        assert [float(light) for light in registration(space)[3].C1] == [0]


FOUR = ["1 0 0 0", "0 1 0 0", "0 0 1 0", "0 0 0 1",
        ".5 0 0 0", "0 .5 0 0", "0 0 .5 0", "0 0 0 .5"]  # fmt: skip
BLACKS = ["0 0 0 1", "0 0 0 .75", "0 0 0 .5", "0 0 0 .25"]
GREYS = ["0 0 0", ".25 .25 .25", ".5 .5 .5", ".75 .75 .75"]
SCREEN = ["1 0 0", "0 1 0", "0 0 1", "0 1 1", "1 0 1", "1 1 0"]


@pytest.mark.parametrize(
    ("space", "bar"),
    [("cmyk", FOUR), ("spot", ["1", ".75", ".5", ".25", *BLACKS]), ("grey", GREYS),
     ("rgb", [*SCREEN, *GREYS])],
)  # fmt: skip
def test_the_colour_bar_shows_each_ink_solid_and_thinned(space, bar):
    drawn = content(draw_marks(Trim(210, 297, 3), space, TEAL)).decode()
    filled = re.findall(r"([\d. ]+?) (?:k|rg|scn)\s+(?:n )?[-\d.]+ [-\d.]+ 5 5 re f", drawn)
    assert [
        " ".join(part.removeprefix("0") or "0" for part in each.split()) for each in filled
    ] == bar


# ---------------------------------------------------------------- the spot ink


@pytest.mark.parametrize(("share", "ink"), [(1.0, "1"), (0.5, "0.5"), (0.1, "0.1")])
def test_a_tint_of_the_spot_ink_is_printed_as_a_tint(share, ink):
    thinned = tuple(1 - share * (1 - part) for part in TEAL)
    assert inks_for("spot", TEAL)(thinned) == Ink("spot", (pytest.approx(share),))
    colour = " ".join(f"{part:.6f}" for part in thinned)
    done = separated(f"{colour} rg\n0 0 5 5 re\nf".encode(), inks_for("spot", TEAL), lambda _: None)
    assert done.split(b"\n")[1] == f"/SpotInk cs {ink} scn".encode()


def test_words_in_a_tint_of_the_spot_ink_are_black_and_in_its_solid_are_in_it():
    pdf = pages()
    light = " ".join(f"{1 - 0.5 * (1 - part):.4f}" for part in TEAL)
    solid = " ".join(f"{part:.4f}" for part in TEAL)
    pdf.pages[0].Contents = pdf.make_stream(
        f"BT\n{light} rg\n<01> Tj\n{solid} rg\n<02> Tj\nET".encode()
    )
    separate(pdf, "spot", TEAL, press=True)
    drawn = pdf.pages[0].Contents.read_bytes()
    assert re.findall(rb"(\S+ \S+)\s+<0\d> Tj", drawn) == [b"0 g", b"1 scn"]


# ---------------------------------------------------------------- copies, and what a viewer is told


@pytest.mark.parametrize(
    ("flags", "seen"),
    [(PRINTED, True), (PRINTED | HIDDEN, False), (HIDDEN, False), (0, False)],
)
def test_a_copy_shows_what_a_print_of_the_page_does(flags, seen):
    pdf = pages(change=annotate)
    pdf.pages[0].Contents = pdf.make_stream(b"")
    pdf.pages[0].obj.Annots[0].F = flags
    impose(pdf, step_and_repeat(1, (200 / MM, 300 / MM), A4))
    assert ("/A0" in str(pdf.pages[0].Resources.XObject.P1again.get("/Resources", ""))) == seen


@pytest.mark.parametrize("flip", ["short", "long"])
def test_a_sheet_for_home_is_turned_about_the_edge_that_was_asked_for(flip):
    assert booklet_sheets(8, replace(BOOKLET, flip=flip)).flip == flip
    assert imposition_of("leaflet", "A4", "c", 6, flip).flip == flip
    edges = {"short": Name.DuplexFlipShortEdge, "long": Name.DuplexFlipLongEdge}
    done = for_home(saved(filled_pages(4, *A5)), replace(BOOKLET, flip=flip))
    with Pdf.open(BytesIO(done)) as document:
        assert edges[flip] == document.Root.ViewerPreferences.Duplex
    leaflet = replace(SHEET, kind="leaflet", fold="c", flip=flip)
    panels = [pages(1, box=(0, 0, wide * MM, 210 * MM)) for wide in (100, 97, 100, 100, 97, 100)]
    whole = Pdf.new()
    for panel in panels:
        whole.pages.extend(panel.pages)
    with Pdf.open(BytesIO(for_home(saved(whole), leaflet))) as document:
        assert edges[flip] == document.Root.ViewerPreferences.Duplex


@pytest.mark.parametrize(
    ("count", "edge"),
    [(1, Name.Simplex), (2, Name.DuplexFlipLongEdge), (3, Name.DuplexFlipLongEdge)],
)
def test_single_pages_for_home_are_turned_as_those_of_a_book(count, edge):
    done = for_home(saved(filled_pages(count, *PAPERS["Letter"])), SHEET)
    with pikepdf.open(BytesIO(done)) as document:
        assert edge == document.Root.ViewerPreferences.Duplex
        assert document.Root.ViewerPreferences.PrintScaling == Name("/None")
