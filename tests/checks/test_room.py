"""A print that has no room for what its brand says: the brand's key is named, never the content."""

import shutil

import pytest
from pypdfium2 import PdfDocument

from clinicpress.checks.cramped import Cramped, WayOut, said_once
from clinicpress.errors import Place, Problem
from clinicpress.orders.plan import plan
from clinicpress.orders.request import Request
from clinicpress.runs.pipeline import prepare, set_pages
from tests.conftest import ROOT

NAME = "The Royal and Ancient Infirmary beside the Great Northern Railway, "
WARD = "Department of Physiotherapy, Third Floor, East Wing"
NIGHT = "layouts/brands/night/"
SHEET = ("handout", "thumb-sheet", "--brand", "night")


@pytest.fixture(scope="module")
def layouts(tmp_path_factory):
    return shutil.copytree(ROOT / "layouts", tmp_path_factory.mktemp("clinic") / "layouts")


def told(library, layouts, publication, words, styles=""):
    """Return what is said of a print in a brand."""
    folder = layouts / "brands/night"
    (folder / "styles").mkdir(parents=True, exist_ok=True)
    (folder / "brand.yaml").write_text(words)
    (folder / "styles/brand.css").write_text(styles)
    if not styles:
        shutil.rmtree(folder / "styles")
    (edition,) = plan(Request((publication,), brands=("night",)), library, layouts)
    return [str(each) for each in set_pages(prepare(edition, library, layouts)).problems]


TOO_LONG = {
    "card": (
        f"name: {(NAME + WARD) * 2}\nregion: GB\n",
        "1: “name” (236 letters, about ",
    ),
    "pad": (
        f"name: {(NAME + WARD) * 4}\nregion: GB\n",
        "1: “name” (472 letters, about ",
    ),
    "leaflet": (
        f"name: Night\nregion: GB\nback_text: {'Our doors are open to you. ' * 22}\n"
        f"cover_text: {'We are glad that you came. ' * 8}\nqr: https://night.example\n",
        "3: “back_text” (593 letters, about ",
    ),
    "when-to-get-help": (
        f"name: {NAME + WARD}\nregion: GB\n",
        "1: “name” (118 letters, about ",
    ),
}  # fmt: skip


@pytest.mark.few(1)
@pytest.mark.parametrize(("publication", "case"), TOO_LONG.items(), ids=TOO_LONG)
def test_the_key_that_takes_the_room_is_named(library, layouts, publication, case):
    words, said = case
    (found,) = told(library, layouts, publication, words)
    assert f"/night/brand.yaml:{said}" in found
    assert " mm) leaves too little room" in found
    assert "Shorten it" in found
    assert "publications" not in found
    assert found.endswith("[BRAND-ROOM]")


@pytest.mark.slow
def test_several_that_take_it_together_are_named_together(clinic):
    words = " ".join(["Our doors are open to you."] * 8)
    clinic.write(
        NIGHT + "brand.yaml",
        f"name: {NAME + WARD}\nregion: GB\ncomplaints: {words}\ninterpreter: {words}\n"
        f"other_formats: {words}\nqr: https://a.example\n",
    )
    clinic.change("layouts/formats.yaml", "pages: 2", "pages: 1")
    ended = clinic.generate(*SHEET)
    assert ended.code == 1
    assert "[BRAND-ROOM]" in ended.err
    assert "publications" not in ended.err


def test_a_style_that_makes_things_large_is_named_by_its_file(library, layouts):
    found = told(
        library, layouts, "card", "name: Night\nregion: GB\n", ".strip .action { margin: 9mm 0 }"
    )
    assert len(found) == 1
    assert "night/styles/brand.css: the brand's own styles and templates leave" in found[0]


def test_a_style_that_hides_what_must_be_read_is_no_want_of_room(library, layouts):
    found = told(library, layouts, "card", "name: Night\nregion: GB\n", ".strip { display: none }")
    assert found
    assert not any("BRAND-ROOM" in each for each in found)


@pytest.mark.slow
def test_what_has_no_room_in_any_brand_is_the_contents(clinic):
    clinic.write(NIGHT + "brand.yaml", f"name: {NAME}\nregion: GB\n")
    clinic.change("layouts/formats.yaml", "pages: 8", "pages: 1")
    assert "[PAGE-LIMIT]" in clinic.generate(*SHEET, "--format", "large").err


LETTERS = """name: Night Clinic
region: GB
footer: Part of the Night group of practices
reference: "PIL-{publication}-{audience}-{format}-{language}"
qr: https://night.example/back
letterhead: {top: 35 mm}
"""


def printed(library, layouts, publication, words, **of):
    """Return what is made of one print in a brand."""
    folder = layouts / "brands/night"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "brand.yaml").write_text(words)
    (edition,) = plan(Request((publication,), brands=("night",), **of), library, layouts)
    return set_pages(prepare(edition, library, layouts))


def read(pdf):
    return " ".join(
        " ".join(page.get_textpage().get_text_bounded().split()) for page in PdfDocument(pdf)
    )


def test_what_may_give_way_does_before_a_sheet_is_refused(library, layouts):
    """The line at the foot does, and is told; number, code and letterhead stay."""
    of = {"audiences": ("older-adult",), "formats": ("clear",)}
    sheet = printed(library, layouts, "exercises", LETTERS, **of)
    assert sheet.problems == ()
    assert "it has no room for “footer” of its brand, which it leaves out." in sheet.warnings
    said = read(sheet.pdf)
    assert "Part of the Night group" not in said
    assert "PIL-exercises-older-adult-clear-en" in said.replace(
        "\x02", "-"
    )  # a line ends at the hyphen
    assert "night.example/back" in said


def test_the_foot_of_a_sheet_runs_on_where_that_saves_a_line(library, layouts):
    """So a sheet has room for a letterhead, a line at the foot, a number and a code."""
    of = {"audiences": ("general",), "formats": ("clear",)}
    sheet = printed(library, layouts, "when-to-get-help", LETTERS, **of)
    assert sheet.problems == ()
    assert not any("of its brand" in each for each in sheet.warnings)
    foot = read(sheet.pdf)
    assert "practices · When to get help for upper back pain · For adults · Version" in foot


@pytest.mark.usefixtures("in_process")
def test_a_brand_without_room_in_several_prints_is_told_once_and_early(clinic, monkeypatch):
    monkeypatch.setattr("clinicpress.runs.run.FEW", 1)
    clinic.write(NIGHT + "brand.yaml",
                 "name: Night\nregion: GB\nletterhead: {top: 90 mm, pages: all}\n")  # fmt: skip
    clinic.change("layouts/formats.yaml", "pages: 2", "pages: 1")
    clinic.change("layouts/formats.yaml", "pages: 4", "pages: 2")
    ended = clinic.generate(*SHEET, "--format", "standard,clear")
    early, *_, last = ended.err.splitlines()
    assert (ended.code, ended.err.count("[BRAND-ROOM]")) == (1, 2)
    assert early.startswith("Some prints have no room in their brand; all are named at the end.")
    assert last.startswith(
        f"{NIGHT}brand.yaml:3: 2 prints of the brand “night” have no room for what it takes, the "
        "most first: what is kept free at the top of each page, 90 mm in 2. Without room are in "
        "clear print “thumb-sheet” for general; in standard print “thumb-sheet” for general. "
    )
    top = int(last.partition("Write “top: ")[2].partition(" mm”: it is the most with which 2")[0])
    clinic.change(NIGHT + "brand.yaml", "90 mm", f"{top} mm")
    assert clinic.generate(*SHEET, "--format", "standard,clear").code == 0


NONE_TRIED = WayOut()


def cramped(publication, audience, keys, way=NONE_TRIED):
    taken = tuple((key, f"“{key}” (about 9 mm)") for key in keys)
    of = Cramped("night", publication, audience, "clear", taken, way)
    return Problem(Place("brand.yaml", 1 + len(keys)), "BRAND-ROOM", "no room", "Mend it.", of)


def test_what_is_said_once_names_first_what_most_prints_lack_room_for():
    other = Problem(Place("x.yaml"), "TODO", "is not written", "Write it.")
    found = said_once(
        [
            cramped("exercises", "general", ("name",)),
            other,
            cramped("exercises", "carer", ("name", "complaints")),
        ]
    )
    assert found[0] == other
    assert str(found[1]) == (
        "brand.yaml:2: 2 prints of the brand “night” have no room for what it takes, the most "
        "first: “name” (about 9 mm) in 2; “complaints” (about 9 mm) in 1. Without room are in "
        "clear print “exercises” for carer and general. For “name”: Shorten it. For “name” and "
        "“complaints”: Shorten them or take some out until it has room. [BRAND-ROOM]"
    )


def test_one_print_without_room_is_told_as_it_is():
    one = cramped("exercises", "general", ("name",))
    assert said_once([one]) == [one]
