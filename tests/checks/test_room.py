"""A print that has no room for what its brand says: the brand's key is named, never the content."""

import shutil

import pytest

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
        "1: “name” (236 letters) leaves too little room",
    ),
    "pad": (
        f"name: {(NAME + WARD) * 4}\nregion: GB\n",
        "1: “name” (472 letters) leaves too little room",
    ),
    "leaflet": (
        f"name: Night\nregion: GB\nback_text: {'Our doors are open to you. ' * 22}\n"
        f"cover_text: {'We are glad that you came. ' * 8}\nqr: https://night.example\n",
        "3: “back_text” (593 letters) leaves too little room",
    ),
    "when-to-get-help": (
        f"name: {NAME + WARD}\nregion: GB\n",
        "1: “name” (118 letters) leaves too little room",
    ),
}  # fmt: skip


@pytest.mark.few(1)
@pytest.mark.parametrize(("publication", "case"), TOO_LONG.items(), ids=TOO_LONG)
def test_the_key_that_takes_the_room_is_named(library, layouts, publication, case):
    words, said = case
    (found,) = told(library, layouts, publication, words)
    assert f"/night/brand.yaml:{said}" in found
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
