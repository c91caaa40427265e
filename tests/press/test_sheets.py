"""How pages are drawn on sheets: boxes, turns, units, copies, fields, tags, names, bad files."""

from collections.abc import Callable
from io import BytesIO

import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from clinicpress.design.papers import PAPERS
from clinicpress.press.imposition import n_up, saddle_stitch, split, step_and_repeat, ticks
from clinicpress.press.sheets import impose, page_sizes

A4, A5 = PAPERS["A4"], PAPERS["A5"]
PT = 72 / 25.4

Change = Callable[[Pdf], None]


def pages(count: int = 1, change: Change | None = None, box=(0, 0, 200, 300)) -> Pdf:
    """Return a PDF with a black square of 50 points in the lower left corner of each page."""
    pdf = Pdf.new()
    for _ in range(count):
        pdf.add_blank_page(page_size=(box[2], box[3]))
        pdf.pages[-1].Contents = pdf.make_stream(b"0 0 50 50 re f")
    if change:
        change(pdf)
    return pdf


def saved(pdf: Pdf) -> bytes:
    file = BytesIO()
    pdf.save(file, deterministic_id=True)
    return file.getvalue()


def black(pdf: Pdf, index: int = 0) -> tuple[float, ...] | None:
    """Return the box of all that is black on a page, in points from the lower left."""
    document = pypdfium2.PdfDocument(saved(pdf))
    picture = document[index].render(scale=1, grayscale=True, may_draw_forms=False).to_pil()
    box = picture.point(lambda grey: 255 if grey < 100 else 0).getbbox()
    return box and (box[0], picture.height - box[3], box[2], picture.height - box[1])


def on_a4(pdf: Pdf, **options: bool) -> Pdf:
    """Impose one page in the middle of an A4 sheet, which is 595 × 842 points."""
    size = page_sizes(pdf)[0]
    cell = (105, 140) if options.get("fit") else size
    impose(pdf, n_up(len(pdf.pages), cell, A4, across=1, down=1), **options)
    return pdf


def turn(degrees: int) -> Change:
    def change(pdf: Pdf) -> None:
        pdf.pages[0].obj.Rotate = degrees

    return change


def crop(*box: float) -> Change:
    def change(pdf: Pdf) -> None:
        pdf.pages[0].obj.CropBox = Array(box)

    return change


def unit(pdf: Pdf) -> None:
    pdf.pages[0].obj.UserUnit = 2


def inherit(pdf: Pdf) -> None:
    page = pdf.pages[0].obj
    del page.MediaBox
    pdf.Root.Pages.MediaBox, pdf.Root.Pages.Rotate = Array([0, 0, 200, 300]), 90


def no_box(pdf: Pdf) -> None:
    del pdf.pages[0].obj.MediaBox


LEFT, BOTTOM = 297.6 - 100, 420.9 - 150
"""Where a page of 200 × 300 points stands in the middle of A4."""


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (None, (LEFT, BOTTOM, LEFT + 50, BOTTOM + 50)),
        (turn(90), (147.6, 520.9 - 50, 197.6, 520.9)),
        (turn(180), (LEFT + 150, BOTTOM + 250, LEFT + 200, BOTTOM + 300)),
        (turn(270), (447.6 - 50, 320.9, 447.6, 370.9)),
        (turn(-90), (447.6 - 50, 320.9, 447.6, 370.9)),
        (crop(25, 25, 125, 225), (297.6 - 50, 420.9 - 100, 297.6 - 25, 420.9 - 75)),
        (crop(-100, -100, 900, 900), (LEFT, BOTTOM, LEFT + 50, BOTTOM + 50)),
        (crop(125, 225, 25, 25), (297.6 - 50, 420.9 - 100, 297.6 - 25, 420.9 - 75)),
        (crop(900, 900, 950, 950), (LEFT, BOTTOM, LEFT + 50, BOTTOM + 50)),
        (unit, (297.6 - 200, 420.9 - 300, 297.6 - 100, 420.9 - 200)),
        (inherit, (147.6, 520.9 - 50, 197.6, 520.9)),
    ],
)
def test_boxes_turns_and_units_are_honoured(change, expected):
    assert black(on_a4(pages(change=change))) == pytest.approx(expected, abs=1.6)


def test_a_page_without_a_box_is_a_letter():
    assert page_sizes(pages(change=no_box))[0] == pytest.approx((215.9, 279.4))


def test_pages_are_never_scaled_unless_asked():
    assert black(on_a4(pages()))[2] - black(on_a4(pages()))[0] == pytest.approx(50, abs=1.6)
    fitted = black(on_a4(pages(), fit=True))
    assert fitted[2] - fitted[0] == pytest.approx(50 * 140 * PT / 300, abs=1.6)


def test_creep_moves_the_page_and_cuts_it_at_the_spine():
    wide = pages(8, box=(0, 0, 148 * PT, 210 * PT))
    for page in wide.pages:
        page.Contents = wide.make_stream(b"0 0 500 600 re f")
    impose(wide, saddle_stitch(8, A5, A4, paper_thickness=1))
    left, _, right, _ = black(wide, 2)
    assert (left, right) == pytest.approx((1.5 * PT, 295.5 * PT), abs=1.6)


def test_content_in_parts_or_missing_or_shared():
    def change(pdf: Pdf) -> None:
        parts = [pdf.make_stream(part) for part in (b"0 0 50", b"50 re", b"f")]
        pdf.pages[0].obj.Contents = Array(parts)
        del pdf.pages[1].obj.Contents
        pdf.pages[3].obj.Contents = pdf.pages[2].obj.Contents

    pdf = pages(4, change)
    impose(pdf, n_up(4, (200 / PT, 300 / PT), A4, across=1, down=1))
    assert [bool(black(pdf, index)) for index in range(4)] == [True, False, True, True]


# ---------------------------------------------------------------- marks


def test_ticks_lie_outside_the_pages_or_at_the_edge():
    (sheet,) = step_and_repeat(1, (60, 60), A4, across=2, down=2, gap=4).sheets
    strokes = list(ticks(sheet.front, sheet.front.cuts, A4))
    assert len(strokes) == 2 * len(sheet.front.cuts) == 16
    assert {round(abs(t.x1 - t.x0) + abs(t.y1 - t.y0), 6) for t in strokes} == {8}
    for stroke in strokes:
        for place in sheet.front.places:
            inside_x = place.x < stroke.x1 < place.x + place.width
            inside_y = place.y < stroke.y1 < place.y + place.height
            assert not (inside_x and inside_y)
    (sheet,) = saddle_stitch(4, A5, A4).sheets
    assert [(t.y0, t.y1) for t in ticks(sheet.front, sheet.front.folds, (297, 210))] == [
        (0, 8),
        (210, 202),
    ]


def test_ticks_are_drawn_as_artifacts_and_only_when_asked():
    job = step_and_repeat(1, (60, 60), A4, gap=4)
    plain, marked = pages(box=(0, 0, 170, 170)), pages(box=(0, 0, 170, 170))
    impose(plain, job)
    impose(marked, job, marks=True)
    assert b" l S" not in plain.pages[0].Contents.read_bytes()
    drawn = marked.pages[0].Contents.read_bytes()
    assert (
        drawn.count(b" l S Q EMC")
        == drawn.count(b"/Artifact BMC q 0.25 w")
        == 2 * len(job.sheets[0].front.cuts)
    )


# ---------------------------------------------------------------- annotations


def annotate(pdf: Pdf, rect=(10, 60, 60, 110), **more: object) -> None:
    look = pdf.make_stream(b"0 0 20 20 re f", Type=Name.XObject, Subtype=Name.Form,
                           BBox=Array([0, 0, 20, 20]))  # fmt: skip
    note = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=Array(rect), F=4,
                      AP=Dictionary(N=look), **more)  # fmt: skip
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


def test_annotations_move_with_their_page():
    pdf = on_a4(pages(change=annotate))
    (note,) = pdf.pages[0].obj.Annots
    corners = (LEFT + 10, BOTTOM + 60, LEFT + 60, BOTTOM + 110)
    assert [float(v) for v in note.Rect] == pytest.approx(corners, abs=0.1)
    assert note.P.objgen == pdf.pages[0].obj.objgen
    assert black(pdf)[3] == pytest.approx(BOTTOM + 110, abs=1.6)


def test_points_and_strokes_move_too():
    def change(pdf: Pdf) -> None:
        annotate(pdf, QuadPoints=Array([0, 0, 10, 0, 0, 10, 10, 10]),
                 InkList=Array([Array([0, 0, 5, 5])]))  # fmt: skip

    pdf = on_a4(pages(change=change))
    (note,) = pdf.pages[0].obj.Annots
    assert [float(v) for v in note.QuadPoints][:2] == pytest.approx((LEFT, BOTTOM), abs=0.1)
    assert [float(v) for v in note.InkList[0]][2:] == pytest.approx((LEFT + 5, BOTTOM + 5), abs=0.1)


def test_what_lay_outside_the_page_stays_unseen():
    pdf = on_a4(pages(change=lambda pdf: annotate(pdf, (300, 10, 350, 60))))
    (note,) = pdf.pages[0].obj.Annots
    assert int(note.F) & 2


def test_copies_show_what_is_filled_in():
    pdf = pages(change=annotate)
    impose(pdf, step_and_repeat(1, (200 / PT, 300 / PT), A4))
    left, bottom, right, top = black(pdf)
    assert len(pdf.pages[0].obj.Annots) == 1
    assert right - left == pytest.approx(200 + 60, abs=2.1)  # two copies, the stamp in each
    assert top - bottom == pytest.approx(300 + 110, abs=2.1)


# ---------------------------------------------------------------- tags


def tagged(count: int = 4) -> Pdf:
    """Return a tagged PDF: a paragraph a page, one marked part each."""
    pdf = pages(count)
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    top = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root))
    numbers, kids = [], []
    for number, page in enumerate(pdf.pages):
        page.obj.Contents = pdf.make_stream(b"/P <</MCID 0>> BDC 0 0 50 50 re f EMC")
        page.obj.StructParents = number
        kids.append(pdf.make_indirect(Dictionary(
            Type=Name.StructElem, S=Name.P, P=top, Pg=page.obj, K=0, ActualText=String(str(number)),
        )))  # fmt: skip
        numbers += [number, pdf.make_indirect(Array([kids[-1]]))]
    top.K, root.K = Array(kids), top
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(numbers)))
    pdf.Root.StructTreeRoot = root
    pdf.Root.Metadata = pdf.make_stream(
        b'<x xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></x>'
    )
    return pdf


def spoken(pdf: Pdf) -> list[str]:
    return [str(kid.ActualText) for kid in pdf.Root.StructTreeRoot.K.K]


def test_tags_are_read_in_their_own_order_and_find_their_form():
    pdf = tagged()
    impose(pdf, saddle_stitch(4, (200 / PT, 300 / PT), A4))
    assert spoken(pdf) == ["0", "1", "2", "3"]
    forms = {form.objgen for page in pdf.pages for form in page.Resources.XObject.values()}
    sides = [page.obj.objgen for page in pdf.pages]
    for kid, side in zip(pdf.Root.StructTreeRoot.K.K, (0, 1, 1, 0), strict=True):
        (part,) = kid.K
        assert (part.Type, part.MCID) == (Name.MCR, 0)
        assert part.Stm.objgen in forms
        assert part.Pg.objgen == kid.Pg.objgen == sides[side]
        assert part.Stm.StructParents == int(str(kid.ActualText))


def test_only_the_first_copy_is_tagged():
    pdf = tagged(1)
    impose(pdf, step_and_repeat(1, (200 / PT, 300 / PT), A4))
    content = pdf.pages[0].Contents.read_bytes()
    assert content.count(b"/Artifact BMC q") == content.count(b"Q EMC") == 3
    first, again = pdf.pages[0].Resources.XObject.P1, pdf.pages[0].Resources.XObject.P1again
    assert first.StructParents == 0
    assert "/StructParents" not in again
    assert b"MCID" in first.read_bytes()
    assert b"MCID" not in again.read_bytes()


def test_half_of_the_pages_have_half_of_the_tags_and_claim_no_more():
    for number, half in enumerate(split(saddle_stitch(4, (200 / PT, 300 / PT), A4), "up")):
        pdf = tagged()
        impose(pdf, half)
        assert spoken(pdf) == [["0", "3"], ["1", "2"]][number]
        assert len(pdf.Root.StructTreeRoot.ParentTree.Nums) == 4
        assert b"pdfuaid:part" not in pdf.Root.Metadata.read_bytes()
    pdf = tagged()
    impose(pdf, saddle_stitch(4, (200 / PT, 300 / PT), A4))
    assert b"pdfuaid:part" in pdf.Root.Metadata.read_bytes()


# ---------------------------------------------------------------- destinations and the file


def test_destinations_of_every_kind_lead_to_the_place_of_their_page():
    def change(pdf: Pdf) -> None:
        page = pdf.pages[0].obj
        kinds = {
            "xyz": [page, Name.XYZ, 10, 20, None], "top": [page, Name.XYZ, None, None, None],
            "fit": [page, Name.Fit], "fith": [page, Name.FitH, 30],
            "fitr": [page, Name.FitR, 0, 0, 10, 10], "number": [0, Name.XYZ, 10, 20, 0],
        }  # fmt: skip
        names = [each for name, to in kinds.items() for each in (String(name), Array(to))]
        pdf.Root.Names = Dictionary(Dests=Dictionary(Kids=Array([Dictionary(Names=Array(names))])))
        pdf.Root.Dests = Dictionary(old=Dictionary(D=Array(kinds["xyz"])))
        pdf.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array(kinds["fit"]))

    pdf = on_a4(pages(change=change))
    names = pdf.Root.Names.Dests.Kids[0].Names
    found = {str(names[i]): names[i + 1] for i in range(0, len(names), 2)}
    side = pdf.pages[0].obj.objgen
    assert {to[0].objgen for to in found.values()} == {side}
    assert pdf.Root.OpenAction.D[0].objgen == pdf.Root.Dests.old.D[0].objgen == side
    for name in ("xyz", "number"):
        assert [float(v) for v in list(found[name])[2:4]] == pytest.approx(
            (LEFT + 10, BOTTOM + 20), abs=0.1
        )
    assert [float(v) for v in list(found["top"])[2:4]] == pytest.approx(
        (LEFT, BOTTOM + 300), abs=0.1
    )
    assert [float(v) for v in list(found["fit"])[2:]] == pytest.approx(
        (LEFT, BOTTOM, LEFT + 200, BOTTOM + 300), abs=0.1
    )
    assert [float(v) for v in list(found["fitr"])[2:]] == pytest.approx(
        (LEFT, BOTTOM, LEFT + 10, BOTTOM + 10), abs=0.1
    )
    assert float(found["fith"][3]) == pytest.approx(BOTTOM + 30, abs=0.1)


def test_what_led_to_a_page_of_the_other_half_leads_nowhere():
    pdf = pages(4)
    pdf.Root.OpenAction = Array([pdf.pages[1].obj, Name.Fit])
    fronts, _ = split(saddle_stitch(4, (200 / PT, 300 / PT), A4), "up")
    impose(pdf, fronts)
    assert "/OpenAction" not in pdf.Root


def test_a_viewer_offers_full_size_and_the_right_edge():
    for flip, edge in (("short", "/DuplexFlipShortEdge"), ("long", "/DuplexFlipLongEdge")):
        pdf = pages(4)
        impose(pdf, saddle_stitch(4, (200 / PT, 300 / PT), A4, flip=flip))
        assert str(pdf.Root.ViewerPreferences.Duplex) == edge
        assert str(pdf.Root.ViewerPreferences.PrintScaling) == "/None"


def test_the_same_file_gives_the_same_bytes():
    job = saddle_stitch(4, (200 / PT, 300 / PT), A4)
    twice = []
    for _ in range(2):
        pdf = tagged()
        impose(pdf, job, marks=True)
        twice.append(saved(pdf))
    assert twice[0] == twice[1]


def test_a_thousand_pages_stand_once_each():
    pdf = pages(1000)
    impose(pdf, saddle_stitch(1000, (200 / PT, 300 / PT), A4, signature=4))
    assert len(pdf.pages) == 500
    used = [name for page in pdf.pages for name in page.Resources.XObject.keys()]  # noqa: SIM118
    assert sorted(used) == sorted(f"/P{number}" for number in range(1, 1001))


def test_contents_that_are_broken_do_no_harm():
    def change(pdf: Pdf) -> None:
        pdf.pages[0].obj.Annots = Array([Dictionary(Subtype=Name.Link), Name.Odd])
        pdf.pages[0].obj.Rotate = Name.Odd
        pdf.Root.Outlines = Dictionary(First=pdf.make_indirect(Dictionary(Dest=Array([]))))
        pdf.Root.Outlines.First.Next = pdf.Root.Outlines.First
        pdf.Root.Names = Dictionary(Dests=Name.Odd)

    assert black(on_a4(pages(change=change))) is not None
