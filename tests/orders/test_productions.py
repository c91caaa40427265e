"""How what is asked for comes onto paper: which files, from which pages, and what is refused."""

import json
from collections.abc import Mapping
from io import BytesIO
from types import MappingProxyType
from typing import Any

import pikepdf
import pytest
from pikepdf import Name
from PIL import Image

from clinicpress.editions.edition import Edition, Production
from clinicpress.errors import UnknownName, WrongChoice
from clinicpress.orders.plan import plan
from clinicpress.orders.request import ALL, Request
from clinicpress.tickets.instructions import words_of
from clinicpress.tickets.notes import note
from tests.conftest import ROOT

BOOKLET = "default/tiny/tiny_booklet_general_standard_en-neutral_A5"
SHEET = "default/tiny/tiny_thumb-sheet_general_standard_en-neutral_A4"

pytestmark = pytest.mark.usefixtures("in_process")  # workers are met in runs


def planned(tiny, *publications, **more) -> tuple[Edition, ...]:
    return plan(Request(publications, **more), tiny, ROOT / "layouts")


def named(tiny, *publications, **more) -> list[str]:
    return [edition.name.split("A5")[-1] for edition in planned(tiny, *publications, **more)]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, [""]),
        ({"productions": ("proof", "home", "press")}, ["", "_home", "_press"]),
        ({"productions": (ALL,)}, ["", "_home", "_press"]),
        ({"colour": "grey"}, ["_grey"]),
        ({"productions": ("home", "press"), "colour": "cmyk"}, ["_home", "_press_cmyk"]),
        ({"productions": ("press",), "cover": "separate"}, ["_press_cover", "_press_inside"]),
        ({"productions": ("press",), "cover": "joined"}, ["_press"]),
        ({"productions": ("home",), "flip": "long", "grammage": 120}, ["_home_long-edge_120gsm"]),
        ({"productions": ("home", "press"), "flip": "long"}, ["_home_long-edge", "_press"]),
        ({"productions": ("press",), "colour": "spot"}, ["_press_spot"]),
    ],
)
def test_each_way_has_a_file_of_its_own(tiny, asked, names):
    assert named(tiny, "booklet", **asked) == names


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"settings": ("given",)}, ["_given_fields"]),
        ({"settings": ("rack", "given")}, ["", "_given_fields"]),
        ({"settings": ("given",), "colour": "grey"}, ["_given_fields_grey"]),
        ({"settings": ("given",), "productions": ("proof", "home")},
         ["_given_fields", "_given_home"]),
    ],
)  # fmt: skip
def test_what_is_handed_over_is_filled_in_on_the_screen(tiny, asked, names):
    assert named(tiny, "booklet", fields=True, **asked) == names


def test_pages_with_fields_are_laid_out_for_themselves(tiny):
    one, other = (
        planned(tiny, "booklet", settings=("given",), fields=fields)[0] for fields in (True, False)
    )
    assert one.typeset == one != other == other.typeset


def test_everything_that_is_handed_over_has_fields_and_extracts_are_left_out(tiny):
    editions = planned(tiny, ALL, settings=("given",), fields=True)
    assert editions
    assert all(edition.fields and edition.setting == "given" for edition in editions)


def test_a_booklets_options_leave_its_handouts_as_they_are(tiny):
    editions = planned(tiny, ALL, productions=("press",), cover="separate")
    assert [edition.part for edition in editions] == ["cover", "inside", ""]


def test_pages_are_laid_out_once_for_all_ways(tiny):
    editions = planned(tiny, "booklet", productions=(ALL,), cover="separate", colour="spot")
    assert len(editions) == 4
    assert {edition.typeset for edition in editions} == {editions[0]}


def test_single_sheets_for_home_are_those_of_letter_which_fit_a4(tiny):
    editions = planned(tiny, "thumb-sheet", productions=("home",), papers=("A4", "Letter"))
    assert [edition.paper for edition in editions] == ["A4", "Letter"]
    (pages,) = {edition.typeset for edition in editions}
    assert (pages.paper, pages.production) == ("Letter", "home")


@pytest.mark.parametrize(
    ("publication", "asked", "said"),
    [
        ("booklet", {"colour": "cmyk"}, "“--colour cmyk” is for a print shop. Add “--for press”"),
        ("booklet", {"colour": "spot", "productions": ("home",)}, "is for a print shop"),
        ("booklet", {"cover": "separate", "productions": ("home",), "formats": ("large",)},
         "“--cover separate” is for a print shop"),
        ("thumb-sheet", {"flip": "long"}, "“--flip long” does nothing here"),
        ("thumb-sheet", {"cover": "separate", "productions": ("press",)}, "Only a booklet has"),
        ("booklet", {"flip": "long"}, "“--flip long” is for an office printer. Add “--for home”"),
        ("thumb-sheet", {"flip": "short", "productions": ("home",)}, "It is for leaflets"),
        ("booklet", {"grammage": 100, "formats": ("large",), "productions": ("home",)},
         "“--paper-weight 100” does nothing here"),
        ("thumb-sheet", {"fields": True}, "“--fields” does nothing here. Only what is handed over "
         "after a check is filled in: add “--setting given”"),
        ("booklet", {"fields": True, "settings": ("given",), "productions": ("home", "press")},
         "“--fields” is for the screen. Add “--for proof”, or leave it out."),
    ],
)  # fmt: skip
def test_an_option_that_nothing_has_a_use_for_is_refused(tiny, publication, asked, said):
    with pytest.raises(WrongChoice, match=said):
        planned(tiny, publication, **asked)


def test_all_options_of_no_use_are_told_at_once(tiny):
    with pytest.raises(WrongChoice) as refused:
        planned(tiny, "thumb-sheet", flip="long", colour="cmyk")
    assert [line.partition("” ")[0] for line in str(refused.value).splitlines()] == [
        "“--colour cmyk", "“--flip long",
    ]  # fmt: skip


def test_a_production_that_is_none_is_refused(tiny):
    with pytest.raises(UnknownName, match=r"Nothing is made for “hom”\. Use proof"):
        planned(tiny, "booklet", productions=("hom",))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--grey", "--colour", "spot"), "“--grey” and “--colour spot” exclude each other"),
        (("--for", "press", "--colour", "blue"), "'blue' is not one of"),
        (("--for", "home", "--paper-weight", "10"), "10 is not in the range"),
        (("--cover", "separate"), "Add “--for press”, or leave it out"),
        (("--for", "home", "--format", "large", "--cover", "separate"), "is for a print shop"),
    ],
)
def test_a_bad_combination_is_one_sentence_and_exit_code_2(clinic, arguments, said):
    ended = clinic.generate("booklet", *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err
    assert clinic.files() == []


def test_a_note_says_beside_each_file_how_it_is_printed(clinic):
    ended = clinic.generate("booklet", "--for", "home,press", "--colour", "cmyk")
    assert ended.code == 0
    home, press = (
        (clinic.folder / "output" / f"{BOOKLET}_{way}.txt").read_text(encoding="utf-8")
        for way in ("home", "press_cmyk")
    )
    assert home in ended.err
    assert press in ended.err
    assert "flip on the SHORT edge" in home
    assert "Staple twice in the fold" in home
    assert "That was NOT validated" in press
    assert "148 × 210 mm" in press
    assert "Bleed (BleedBox): 3 mm" in press
    assert "PDF/X-4 is claimed and was not validated." in ended.err
    assert not (clinic.folder / "output" / f"{BOOKLET}.txt").exists()


def test_a_note_that_is_gone_or_changed_is_written_again(clinic):
    command = ("handout", "thumb-sheet", "--for", "home")
    assert "Paper: A4 or Letter, whichever is in the printer" in clinic.generate(*command).err
    beside = clinic.folder / "output" / f"{SHEET}_home.txt"
    words = beside.read_text(encoding="utf-8")
    for spoil in (
        beside.unlink,
        lambda: beside.write_text("Fit to page", encoding="utf-8"),
        lambda: beside.write_bytes("Fit to page, 30 °".encode("latin-1")),
    ):
        spoil()
        assert "0 built, 1 up to date" in clinic.generate(*command).err
        assert beside.read_text(encoding="utf-8") == words


WORDS = words_of(ROOT / "layouts")


def words_beside(kind: str, pages: int, paper: str = "A4",
                 more: Mapping[str, Any] = MappingProxyType({}),
                 production: Production = "home") -> str:  # fmt: skip
    """Return the note beside a file, with ``more`` fields of its edition."""
    named = ("tiny", kind, "general", "standard", "en", "GB", "default", paper)
    edition = Edition(*named, production=production, kind=kind, **more)
    return note(edition, pages, "file.pdf", WORDS)


@pytest.mark.parametrize(
    ("asked", "said", "unsaid"),
    [
        (("handout", 2), "Print one copy first. Front and back", "Staple"),
        (("handout", 2), "One copy takes 1 sheet.", "Paper: A4."),
        (("diary", 2), "Print one copy first. Front and back", "Letter"),
        (("handout", 1), "Sides: print on one side.", "Print one copy first"),
        (("card", 2), "Paper: A4, as many sheets as you need.\n", "One copy takes"),
        (("card", 2), "edge to edge, between its two panels, with the title on top", "emergency"),
        (("pad", 2, "A6"), "Paper: A4, as many sheets as you need.\n", "One copy takes"),
        (("booklet", 8, "A5"), "If you trim the open edge after folding", "g/m²"),
        (("booklet", 8, "A5", {"grammage": 120}), "Paper: A4 of 120 g/m². One copy", "Each sheet"),
    ],
)
def test_a_note_for_the_office_says_what_holds_for_the_file(asked, said, unsaid):
    words = words_beside(*asked)
    assert said in words
    assert unsaid not in words


@pytest.mark.parametrize(
    ("asked", "said", "unsaid"),
    [
        (("card", 2), "171.2 × 53.98 mm.\n", "A4"),
        (("card", 2), "outer side 85.6 · 85.6 mm", "reading order"),
        (("leaflet", 2, "A4", {"fold": "c"}), "297 × 210 mm, A4.\n", "reading order"),
        (("leaflet", 2, "A4", {"fold": "c"}),
         "C-fold. Panels from left to right: outer side 97 · 100 · 100 mm, inner side "
         "100 · 100 · 97 mm.", "Z-fold"),
        (("leaflet", 2, "Letter", {"fold": "c"}), "inner side 93.66 · 93.66 · 92.07 mm", "Z-fold"),
        (("leaflet", 2, "A4", {"fold": "z"}), "outer side 99 · 99 · 99 mm", "C-fold"),
        (("pad", 2, "A5"), "A pad's leaf, 2 pages: its front and its back. Glue", "reading order"),
        (("pad", 1, "A5"), "A pad's leaf, 1 page: its front. Glue", "not imposed"),
        (("handout", 2), "2 single pages in reading order, not imposed.", "multiple of four"),
        (("booklet", 8, "A5", {"colour": "spot"}), "Ask the clinic which ink it means.", "fold"),
    ],
)  # fmt: skip
def test_a_note_for_the_shop_says_what_holds_for_the_file(asked, said, unsaid):
    words = words_beside(*asked, production="press")
    assert said in words
    assert unsaid not in words


def test_json_names_the_note(clinic):
    ended = clinic.generate("handout", "thumb-sheet", "--for", "press", "--json")
    (line,) = ended.out.splitlines()
    said = json.loads(line)
    assert said["edition"]["production"] == "press"
    assert said["note"] == f"output/{SHEET}_press.txt"
    assert ended.err == ""


@pytest.mark.usefixtures("in_process")
def test_pages_that_are_there_are_not_laid_out_again(clinic, monkeypatch):
    assert clinic.generate("booklet").code == 0

    def refuse(*given: object, **named: object) -> None:
        raise AssertionError("pages were laid out again")

    monkeypatch.setattr("clinicpress.runs.fitting.laid_out", refuse)
    ended = clinic.generate("booklet", "--for", "home,press", "--grey")
    assert ended.code == 0
    assert "2 built" in ended.err
    assert "2 up to date" in clinic.generate("booklet", "--for", "home,press", "--grey").err
    assert "laid out again" in clinic.generate("booklet", "--paper", "HalfLetter").err


@pytest.mark.slow
def test_a_changed_colour_is_a_file_of_its_own_and_leaves_the_other(clinic):
    clinic.generate("booklet", "--for", "press")
    ended = clinic.generate("booklet", "--for", "press", "--colour", "cmyk")
    assert "1 built" in ended.err
    assert "1 up to date" in clinic.generate("booklet", "--for", "press").err
    files = [file for file in clinic.files() if file.endswith(".pdf")]
    assert files == [f"{BOOKLET}_press.pdf", f"{BOOKLET}_press_cmyk.pdf"]


@pytest.mark.slow
def test_the_counter_page_offers_what_is_for_the_screen_alone(clinic):
    few = ("--format", "standard", "--audience", "general", "--jobs", "1")
    assert clinic.generate("all", "--for", "proof,home", "--grey", *few).code == 0
    assert clinic.generate("all", "--for", "proof,press", *few).code == 0
    page = (clinic.folder / "output/index.html").read_text(encoding="utf-8")
    assert f"{BOOKLET}.pdf" in page
    assert not [way for way in ("_home", "_press", "_grey") if f"{way}.pdf" in page]


def test_what_cannot_be_turned_into_ink_is_told(clinic):
    clinic.write("layouts/brands/default/styles/brand.css",
                 ".part-about { background: linear-gradient(#0000, #0f5c6e) }")  # fmt: skip
    ended = clinic.generate("booklet", "--for", "press", "--colour", "cmyk")
    assert ended.code == 1
    assert "something is seen through a mask, which cannot be turned into ink" in ended.err
    assert "[INK-MASK]" in ended.err
    assert clinic.files() == []


@pytest.mark.slow
def test_a_logo_of_pixels_is_turned_into_ink(clinic):
    logo = BytesIO()
    Image.new("RGB", (300, 300), "#0f5c6e").save(logo, "PNG")
    clinic.write("layouts/brands/default/logo.png", logo.getvalue())
    clinic.change("layouts/brands/default/brand.yaml", "name: Your clinic",
                  "name: Your clinic\nlogo: logo.png")  # fmt: skip
    for space, device, first in (
        ("cmyk", Name.DeviceCMYK, bytes((220, 42, 0, 145))),
        ("grey", Name.DeviceGray, bytes((84, 84))),
    ):
        assert clinic.generate("booklet", "--for", "press", "--colour", space).code == 0
        with pikepdf.open(clinic.folder / f"output/{BOOKLET}_press_{space}.pdf") as pdf:
            images = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)
                      and each.get("/Subtype") == Name.Image]  # fmt: skip
            assert [image.ColorSpace for image in images] == [device]
            assert images[0].read_bytes().startswith(first)
