"""Places to write on become fields of a form: in their place, in the order of reading, empty."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Name
from PIL import ImageChops
from pypdfium2 import raw

from clinicpress.design.design import Design
from clinicpress.design.fonts import upright
from clinicpress.errors import Problems
from clinicpress.pages.tags import mend
from clinicpress.pages.typeset import Typeset
from clinicpress.pdf.forms import NO_SCROLLING
from tests.pdf.filling import typed
from tests.pdf.reading import Print

Setting = Callable[..., Typeset]

BOX = (
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>"
    "<path d='M0 0h9v9h-9z'/></svg>"
)
STYLE = f"""
.field {{ border: 1pt solid black; padding: 0 3mm 10mm; width: 40mm }}
.told {{ list-style: none; margin: 0; padding: 0 }}
.told li {{ padding-left: 6mm; background: url("{BOX}") no-repeat 0 0 / 4mm 4mm }}
article, h2 {{ margin: 0; font-size: 10pt }}
.lines {{ height: 15mm }}
"""
BODY = """
<h1>Sheet</h1>
<p class="field" data-field="name"><span>Name</span></p>
<ul class="told"><li data-field="told" data-tick>Told aloud</li></ul>
<article data-item="wall-slide"><h2><span class="letter">A</span> <span>Wall slide</span></h2>
<p class="field" data-field="repeat">Repeat <span>(times)</span></p></article>
<section data-section="after">
<p>No better by ____, or worse? Call the clinic: ____________.</p></section>
<div class="lines" data-field="goal" data-says="My goal"></div>
<p>Last words.</p>
"""
ASKED = 'data-fields="{title}: {label}"'


@pytest.fixture
def sheet(setting: Setting, design: Design) -> Callable[..., bytes]:
    """Return a function that sets a body, whose places to write on are fields of its form."""

    def finished(
        body: str = BODY, style: str = "", *, asked: str = ASKED, scrolls: bool = False
    ) -> bytes:
        pages = setting(body, STYLE + style, attributes=asked, scrolls=scrolls)
        return mend(pages.pdf, upright(design.fonts) if asked else None)

    return finished


def widgets(pdf: bytes) -> list[dict[str, Any]]:
    """Return what is said of the fields of a file, in the order of its form."""
    with pikepdf.Pdf.open(BytesIO(pdf)) as document:
        return [
            {
                "rect": [float(side) for side in field.Rect],
                **{key[1:]: str(field[key]) for key in field.keys() - {"/Rect", "/P", "/AP"}},
            }
            for field in document.Root.AcroForm.Fields
        ]


def printed(pdf: bytes) -> Any:
    """Return a picture of page 1 as it is printed, without what a viewer adds to tell fields."""
    with pypdfium2.PdfDocument(pdf) as document:
        if document.get_formtype() != raw.FORMTYPE_NONE:
            document.init_forms()
            raw.FPDF_SetFormFieldHighlightAlpha(document.formenv.raw, 0)
        return document[0].render(scale=2).to_pil().convert("RGB")


def test_each_place_has_a_plain_name_and_says_what_it_is_for(sheet):
    assert [(field["T"], field["TU"]) for field in widgets(sheet())] == [
        ("name", "Name"),
        ("told", "Told aloud"),
        ("repeat-wall-slide", "Wall slide: Repeat (times)"),
        ("blank-after", "No better by …, or worse"),
        ("blank-after-2", "Call the clinic"),
        ("goal", "My goal"),
    ]


def test_text_is_typed_and_boxes_are_ticked(sheet):
    kinds = [field["FT"][1:] for field in widgets(sheet())]
    assert kinds == ["Tx", "Btn", "Tx", "Tx", "Tx", "Tx"]


def test_a_field_lies_below_its_label_within_its_frame(sheet):
    left, bottom, right, top = widgets(sheet())[0]["rect"]
    frame, mm = 1, 72 / 25.4
    label, height = 12, 283.46  # the lines of the title and the label, and the page, in pt
    assert top == pytest.approx(height - 10 * mm - frame - 2 * label, abs=0.1)
    assert top - bottom == pytest.approx(10 * mm, abs=0.1)
    assert right == pytest.approx(10 * mm + frame + 46 * mm, abs=0.1)
    assert left == pytest.approx(10 * mm + frame + 3 * mm - 2, abs=0.1)  # as viewers set words in


def test_a_field_lies_behind_its_label_where_there_is_no_room_below(sheet):
    body = '<p data-field="number" style="width: 60mm; height: 6mm">Telephone:</p>'
    (field,) = widgets(sheet(body))
    left, bottom, right, top = field["rect"]
    mm = 72 / 25.4
    assert (field["TU"], top - bottom) == ("Telephone", pytest.approx(6 * mm, abs=0.1))
    assert 10 * mm + 40 < left < 10 * mm + 60
    assert right == pytest.approx(70 * mm, abs=0.1)


def test_a_tick_lies_where_its_box_is_drawn(sheet):
    left, bottom, right, top = widgets(sheet())[1]["rect"]
    mm = 72 / 25.4
    assert (right - left, top - bottom) == pytest.approx((4 * mm, 4 * mm), abs=0.02)
    assert left == pytest.approx(10 * mm, abs=0.1)


def test_the_page_looks_as_if_it_had_no_fields(sheet):
    assert ImageChops.difference(printed(sheet()), printed(sheet(asked=""))).getbbox() is None


def test_no_field_is_made_where_the_print_asks_for_none(sheet):
    bare = BODY.replace('data-field="name"', "").replace('data-says="My goal"', "")
    assert sheet(asked="") == sheet(bare, asked="")
    with pikepdf.Pdf.open(BytesIO(sheet(asked=""))) as pdf:
        assert "/AcroForm" not in pdf.Root


def test_a_field_is_read_behind_its_label_and_a_line_to_write_on_not_at_all(sheet):
    said = [line.strip() for line in Print(sheet()).tags.lines()]
    at = said.index("“Name”")
    assert said[at - 1 : at + 2] == ["P", "“Name”", "Form"]
    assert said.count("Form") == len(widgets(sheet()))
    assert "_" not in "".join(said)


def test_the_tab_key_goes_through_them_in_the_order_of_reading(sheet):
    with pikepdf.Pdf.open(BytesIO(sheet())) as pdf:
        (page,) = pdf.pages
        assert page.Tabs == Name.S
        assert list(page.Annots) == list(pdf.Root.AcroForm.Fields)
        parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        keys = [int(field.StructParent) for field in page.Annots]
        assert keys == sorted(keys)
        for field in page.Annots:
            element = parents[int(field.StructParent)]
            (reference,) = element.K
            assert (element.S, reference.Type) == (Name.Form, Name.OBJR)
            assert reference.Obj.objgen == field.objgen


def test_in_a_print_no_more_is_typed_than_is_seen_whatever_a_template_says(sheet):
    """What scrolls is for a file that is read, as a review pack is: it says so itself."""
    body = '<p class="field" data-field="name" data-long>Name</p>'
    (printed_field,) = widgets(sheet(body))
    (plain,) = widgets(sheet(body.replace(" data-long", "")))
    assert printed_field == plain
    (read,) = widgets(sheet(body, scrolls=True))
    assert int(read["MaxLen"]) > int(plain["MaxLen"])
    assert int(plain["Ff"]) & NO_SCROLLING
    assert not int(read["Ff"]) & NO_SCROLLING


def test_all_are_empty_and_do_nothing(sheet):
    allowed = {"/Type", "/Subtype", "/FT", "/T", "/TU", "/Rect", "/F", "/P", "/Ff", "/MaxLen",
               "/DA", "/AP", "/AS", "/V", "/StructParent"}  # fmt: skip
    with pikepdf.Pdf.open(BytesIO(sheet())) as pdf:
        assert set(pdf.Root.AcroForm.keys()) == {"/Fields", "/DR", "/DA"}
        for field in pdf.Root.AcroForm.Fields:
            assert set(field.keys()) <= allowed
            assert field.get("/V", Name.Off) == Name.Off
            looks = field.AP.N if Name.Tx == field.FT else field.AP.N.Off
            assert looks.read_bytes() in (b"", b"/Tx BMC\nEMC")


def test_words_are_typed_in_the_prints_own_font_which_the_file_holds(sheet):
    with pikepdf.Pdf.open(BytesIO(sheet())) as pdf:
        font = pdf.Root.AcroForm.DR.Font.Typed
        assert (font.BaseFont, font.Encoding) == ("/FIELDS+FiraSans-Regular", "/WinAnsiEncoding")
        assert len(font.Widths) == 224
        assert 10_000 < int(font.FontDescriptor.FontFile2.Length1) < 60_000


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("height", "size", "lines"),
    [("8mm", 12, 1), ("9.9mm", 11.6, 2), ("5mm", 11.8, 1), ("30mm", 12, 5)],
)
def test_type_is_as_large_as_the_prints_and_two_lines_have_room_for_a_name(
    sheet, height, size, lines
):
    body = f'<div data-field="a" data-says="A" style="height: {height}"></div>'
    (field,) = widgets(sheet(body))
    assert field["DA"] == f"/Typed {size:g} Tf 0 g"
    assert bool(int(field["Ff"]) & 1 << 12) == (lines > 1)
    width = field["rect"][2] - field["rect"][0]
    assert int(field["MaxLen"]) == round(lines * width / (0.25 * size))


def test_words_in_a_line_are_as_large_as_the_line(sheet):
    (field,) = widgets(sheet("<p>Call: ______</p>"))
    assert field["DA"] == "/Typed 10 Tf 0 g"


def test_what_is_typed_in_a_viewer_is_seen_in_that_font(sheet):
    filled = typed(sheet(), "Zoë 12")
    with pikepdf.Pdf.open(BytesIO(filled)) as pdf:
        said = {str(field.T): str(field.V) for field in pdf.Root.AcroForm.Fields}
        assert said["name"] == said["repeat-wall-slide"] == "Zoë 12"
        assert said["told"] == "/Yes"
        assert "/NeedAppearances" not in pdf.Root.AcroForm
        for field in pdf.Root.AcroForm.Fields:
            if Name.Tx == field.FT:
                assert b"Tj" in field.AP.N.read_bytes()
                assert set(field.AP.N.Resources.Font.keys()) == {"/Typed"}
    assert ImageChops.difference(printed(filled), printed(sheet())).getbbox() is not None


def test_the_same_words_make_the_same_bytes(sheet):
    assert sheet() == sheet()


# ---------------------------------------------------------------- what anybody may write


@pytest.mark.few(3)
@pytest.mark.parametrize(
    "label",
    [
        "Name) /V (Ann) /AA (", "Nom (prénom) \\ “é”", "名前", "اسم", "<< /JS (x) >>",
        "a {title} b", "____", "&lt;b&gt;", "%PDF", "x" * 5000,
    ],
)  # fmt: skip
def test_a_label_is_words_and_nothing_else(sheet, label):
    says = label.replace("<", "&lt;") if "&" not in label else label
    place = f'<p data-field="n" data-says="{says}" style="height: 9mm"></p>'
    body = f'<article data-item="i"><h2>T</h2>{place}</article>'
    (field,) = widgets(sheet(body))
    meant = label.replace("&lt;", "<").replace("&gt;", ">")
    assert field["TU"] == f"T: {meant}"
    assert not {"AA", "V"} & field.keys()


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("given", "name"),
    [("Nom d’été", "nom-d-t"), ("a.b.c", "a-b-c"), ("../../x", "x"), ("名", "field"),
     (")(/T", "t"), ("n" * 99, "n" * 60)],
)  # fmt: skip
def test_a_name_is_plain_whatever_a_template_gives(sheet, given, name):
    body = f'<p data-field="{given}" data-says="A" style="height: 9mm"></p>'
    assert [field["T"] for field in widgets(sheet(body * 2))] == [name, f"{name}-2"]


# ---------------------------------------------------------------- what is refused


def refused(*asked: Any, by: Callable[..., bytes], **more: Any) -> set[str]:
    with pytest.raises(Problems) as told:
        by(*asked, **more)
    return {problem.code for problem in told.value.problems}


@pytest.mark.parametrize(
    "place",
    [
        '<p data-field="a" data-says="A" style="height: 2mm"></p>',
        '<p data-field="a" data-says="A" style="height: 9mm; width: 2mm"></p>',
        '<p data-field="a" style="width: 1mm">Words that fill all of it</p>',
        '<p data-field="a" data-tick style="font-size: 2pt">Told</p>',
    ],
)
def test_a_place_without_room_is_refused(sheet, place):
    assert refused(place, by=sheet) == {"FIELDS-ROOM"}


@pytest.mark.parametrize(("top", "height"), [("0", "9mm"), ("-3mm", "9mm"), ("0", "70mm")])
def test_a_field_over_what_must_be_read_is_refused(sheet, top, height):
    body = (
        '<p data-required="gate">Call now.</p>'
        f'<p data-field="a" data-says="A" style="position: absolute; top: {top}; height: {height};'
        ' left: 0; width: 60mm"></p>'
    )
    assert refused(body, by=sheet) == {"FIELDS-COVER"}


def test_a_line_to_write_on_among_what_must_be_read_is_none(sheet):
    body = '<p data-required="gate">If it is closed, call: ________. Do not wait. ' * 4 + "</p>"
    assert len(widgets(sheet(body))) == 4


def test_a_print_with_nothing_to_fill_in_is_refused(sheet):
    assert refused("<p>Words.</p>", by=sheet) == {"FIELDS-NONE"}


def test_a_font_that_cannot_be_typed_in_is_refused(setting, design, tmp_path):
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.t2CharStringPen import T2CharStringPen

    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef"])
    builder.setupCharacterMap({})
    shape = T2CharStringPen(0, None).getCharString()
    builder.setupCFF("Own", {}, {".notdef": shape}, {})
    builder.setupHorizontalMetrics({".notdef": (500, 0)})
    builder.setupHorizontalHeader()
    builder.setupOS2()
    builder.setupPost()
    builder.save(tmp_path / "own.otf")
    pages = setting(BODY, STYLE, attributes=ASKED)
    assert refused(pages.pdf, tmp_path / "own.otf", by=mend) == {"FIELDS-FONT"}


def test_text_is_typed_in_the_weight_nearest_to_regular(design):
    assert upright(design.fonts).name == "FiraSans-Regular.ttf"
    family = next(iter(design.fonts.values()))
    bold = replace_faces(family, 600, 700)
    assert upright({"sans": bold}).name == "FiraSans-SemiBold.ttf"


def replace_faces(family: Any, *weights: int) -> Any:
    kept = tuple(face for face in family.faces if face.weight in weights)
    return family.model_copy(update={"faces": kept})
