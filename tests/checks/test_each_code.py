"""Rules whose other tests look at what is said: here each is broken once, and told by its code."""

from xml.etree import ElementTree

import pytest
from pikepdf import Dictionary, Name, Pdf

from clinicpress.checks import layout
from clinicpress.design import strays as folders
from clinicpress.design.design import open_design
from clinicpress.design.strings import Strings
from clinicpress.editions.edition import Edition
from clinicpress.editions.safety import unsafe
from clinicpress.editions.selection import select
from clinicpress.errors import Problems
from clinicpress.pages.markup import out_of_place
from clinicpress.pages.record import Landing
from clinicpress.pages.typeset import Typeset
from clinicpress.pdf.contents import refuse_foreign
from clinicpress.press.imposition import bound
from tests.conftest import ROOT
from tests.hostile.sights import Attack
from tests.hostile.trials import Bench

BEND = "sources/tiny/exercises/thumb-bend.yaml"
BOOKLET = "sources/tiny/publications/booklet.yaml"
BRAND = "layouts/brands/default"
FIGURE = "sources/tiny/figures/thumb.yaml"
CAST = "sources/figures/cast.yaml"


def refusing(clinic, code: str, *asked: str) -> None:
    """Assert that a print is refused, and its problem ends in a code."""
    ended = clinic.generate(*(asked or ("handout", "thumb-sheet")))
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.splitlines()[0].endswith(f" [{code}]")


# ---------------------------------------------------------------- files that are wrong

CHANGED = [
    (BEND, "evidence: [S1]", "evidence: [S1]\nfigure: thump", "FIGURE-UNKNOWN"),
    ("layouts/fonts.yaml", "package: fontpkg_fira_sans", "package: none", "FONT-PACKAGE"),
]


@pytest.mark.parametrize(("path", "old", "new", "code"), CHANGED, ids=[row[3] for row in CHANGED])
def test_a_change_of_a_file_breaks_the_rule(clinic, path, old, new, code):
    clinic.change(path, old, new)
    refusing(clinic, code)


ADDED = [
    (f"{BRAND}/counter.css", "", "COUNTER"),
    (f"{BRAND}/styles/required.css", "", "REQUIRED"),
]


@pytest.mark.parametrize(("path", "content", "code"), ADDED, ids=[row[2] for row in ADDED])
def test_a_file_of_a_brand_breaks_the_rule(clinic, path, content, code):
    clinic.write(path, content)
    refusing(clinic, code)


def test_somebody_who_is_not_in_the_cast(clinic):
    clinic.write(CAST, "ann: {}\n")
    clinic.change("sources/audiences.yaml", "for_whom: For adults\n",
                  "for_whom: For adults\n  cast: [bob]\n")  # fmt: skip
    refusing(clinic, "CAST-UNKNOWN")


@pytest.mark.parametrize(
    ("pose", "code"),
    [
        ("like: none", "FIGURE-LIKE"),
        ("right_arm: {to: {at: belly, of: bob}}", "FIGURE-PERSON"),
        ("right_arm: {to: left-sholder}", "FIGURE-PLACE"),
        ("right_arm: {to: [1500, 0, 1400]}", "FIGURE-REACH"),
        ("right_leg: {hip: 30}\n    props: [{is: step, at: [300, -95, 0]}]", "FIGURE-THROUGH"),
    ],
)
def test_a_pose_that_nobody_can_take(clinic, pose, code):
    clinic.write(FIGURE, f"id: thumb\nalt: A thumb bends.\nview: right\n"
                         f"moments:\n  one:\n    pose:\n      {pose}\n")  # fmt: skip
    refusing(clinic, code)


def test_a_print_after_the_check_without_its_words(clinic):
    clinic.change(BOOKLET, "  - {part: gate, setting: given}\n", "")
    refusing(clinic, "SAFE-NET", "booklet", "--setting", "given")


def test_pages_that_no_fold_takes(clinic, in_process, monkeypatch):
    monkeypatch.setattr(bound, "MOST_CREEP", 0.0001)
    refusing(clinic, "FOLD", "booklet", "--for", "home", "--paper-weight", "200")


# ---------------------------------------------------------------- one part by itself


def test_a_brand_of_too_many_files(tmp_path, monkeypatch):
    monkeypatch.setattr(folders, "MOST_FILES", 1)
    for name in "abc":
        (tmp_path / name).touch()
    assert [found.code for found in folders.strays(tmp_path)] == ["BRAND-SIZE"]


DESIGN = {"brand": "default", "format": "standard", "language": "en", "paper": "A4"}


@pytest.fixture(scope="module")
def design():
    return open_design(ROOT / "layouts", **DESIGN)


DRAWING = '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ("<form/>", {"LAYOUT-MARKUP"}),
        ("<p>" * 200 + "</p>" * 200, {"LAYOUT-DEEP"}),
        (DRAWING, {"LAYOUT-PICTURE"}),
        ("<p>Words.</p>", set()),
    ],
)
def test_a_page_of_more_than_words_and_drawings(design, body, codes):
    page = ElementTree.fromstring(f"<html><body>{body}</body></html>")
    assert {found.code for found in out_of_place(page, design)} == codes


def test_an_icon_that_is_no_drawing(clinic):
    clinic.write(f"{BRAND}/icons/mine.svg", "no drawing")
    with pytest.raises(Problems) as told:
        open_design(clinic.folder / "layouts", **DESIGN).symbol("mine")
    assert [found.code for found in told.value.problems] == ["ICON"]


def test_interface_words_without_end(tmp_path):
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    (tmp_path / "en.po").write_text(f'{head}msgid "a"\nmsgstr "{"{version}" * 1000}"\n')
    with pytest.raises(Problems) as told:
        Strings(tmp_path / "en.po")("a", version="1" * 1000)
    assert [found.code for found in told.value.problems] == ["STRING-LENGTH"]


def test_a_finished_file_that_runs_something():
    document = Pdf.new()
    document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
    with pytest.raises(Problems) as told:
        refuse_foreign(document)
    assert {found.code for found in told.value.problems} == {"PDF-CONTENT"}


def sheet(tiny):
    """Return a handout for adults."""
    key = ("tiny", "thumb-sheet", "general", "standard", "en", "neutral", "default", "A4")
    return select(tiny, Edition(*key))


def test_an_item_for_somebody_else(tiny):
    """Choosing leaves it out; should it ever get through, this is what stops it."""
    found = unsafe(sheet(tiny), tiny.topics["tiny"], ("older-adult",))
    assert [each.code for each in found] == ["SAFE-AUDIENCE"]


@pytest.mark.parametrize(("share", "codes"), [(0.3, []), (0.4, ["SAFE-SHARE"])])
def test_signs_that_leave_no_room(tiny, design, monkeypatch, share, codes):
    """What is printed is of another test; here the signs take so much of page 1."""
    edition = Edition(
        "tiny", "thumb-sheet", "general", "standard", "en", "neutral", "default", "A4"
    )
    manuscript = select(tiny, edition)
    monkeypatch.setattr(layout, "_all_is_printed", lambda *_: ())
    pages = Typeset(b"", (), (Landing("tier-emergency", 1, 1, share),))
    assert [found.code for found in layout.misplaced(manuscript, design, pages)] == codes


# ---------------------------------------------------------------- what must be read, on the page


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    return Bench(tmp_path_factory.mktemp("clinic"))


PICTURE = '<svg xmlns="http://www.w3.org/2000/svg"/>'
EXERCISES_FIRST = "body { display: flex; flex-direction: column } .part-exercises { order: -1 }"


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("style", "code"),
    [
        ("@page { size: 210mm 290mm }", "PAGE-SIZE"),
        (f"{EXERCISES_FIRST} .steps li {{ text-transform: uppercase }}", "SIGHT-ORDER"),
        (".tier .signs span::before { content: 'No ' }", "STYLE-REQUIRED"),
        (f"@page {{ background: url('data:image/svg+xml,{PICTURE}') }}", "STYLE-COVER"),
    ],
    ids=["another size", "exercises first", "words before signs", "a picture behind the page"],
)  # fmt: skip
def test_a_style_that_harms_what_must_be_read(bench, style, code):
    tried = bench.tried(Attack("style", style), "proof")
    assert code in {found.code for found in (*tried.style, *tried.sight)}


def test_a_template_that_puts_words_to_the_signs(bench):
    changed = {"required/signs.html": ("{{ sign.short|inline }}", "{{ sign.short|inline }} No.")}
    tried = bench.tried(Attack("template", templates=changed), "proof")
    assert "SIGHT-WORDS" in {found.code for found in tried.sight}
