"""What is asked wrongly of leaflets, cards, posters, diaries and pads, and what is told then."""

import json
import re

import pytest

FOLDER = "sources/tiny/publications/"
LEAFLET = FOLDER + "leaflet.yaml"
SIGNS = "sources/tiny/warning-signs.yaml"
STYLE = "layouts/brands/default/styles/brand.css"
ELSEWHERE = "  elsewhere: Other signs need help today. Ask for the sheet.\n"
POINTER = "  pointer: Signs that need help today are at the end of this sheet.\n"

A_LEAFLET = """\
id: leaflet
kind: leaflet
title: Sore thumb
audiences: [general]
refused:
  clinician: a clinician reads the sources
  older-adult: its panels are too narrow for type of 14 pt. Use thumb-sheet
sections:
  - part: cover
  - {part: warning-signs, tiers: [emergency], wording: short}
  - part: gate
  - {part: exercises, title: What to do, items: [thumb-bend], detail: least}
  - {part: exercises, items: [thumb-press], detail: least}
  - part: back-cover
"""
A_POSTER = """\
id: poster
kind: poster
title: Thumbs
audiences: [general, older-adult]
sections:
  - part: message
  - {part: warning-signs, tiers: [emergency], wording: short}
"""
A_CARD = A_POSTER.replace("poster", "card").replace("- {part", "- {joins: true, part")

pytestmark = pytest.mark.usefixtures("in_process")  # workers are met in runs


@pytest.fixture
def shop(clinic):
    """Return a clinic whose topic has a leaflet, a poster and a card."""
    for name, plan in (("leaflet", A_LEAFLET), ("poster", A_POSTER), ("card", A_CARD)):
        clinic.write(f"{FOLDER}{name}.yaml", plan)
    clinic.change(SIGNS, POINTER, POINTER + ELSEWHERE)
    return clinic


def test_a_leaflet_is_two_sides_with_a_note_beside_it(shop):
    ended = shop.generate("leaflet", "--json", "--region", "GB")
    file = json.loads(ended.out)
    assert (ended.code, file["pages"], file["cached"]) == (0, 2, False)
    assert file["path"].endswith("/tiny_leaflet_general_standard_en-GB_A4_c-fold_home.pdf")
    note = (shop.folder / file["note"]).read_text(encoding="utf-8")
    for said in (
        "Paper: A4.",
        "flip on the SHORT edge",
        "Fold the right third, which is the narrow",
    ):
        assert said in note
    again = shop.generate("leaflet", "--region", "GB")
    assert "0 built, 1 up to date" in again.err
    assert "Fold the right third" in again.err


def test_each_fold_has_a_file_of_its_own(shop):
    ended = shop.generate("leaflet", "--fold", "all")
    assert [line.split("_")[-2] for line in ended.out.split()] == ["c-fold", "z-fold"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["leaflet", "--fold", "q"], "There is no fold “q”. Known: c, z."),
        (["leaflet", "thumb-sheet"], "“thumb-sheet” is a handout. Use “generate handout”."),
        (["handout", "leaflet"], "“leaflet” is a leaflet. Use “generate leaflet”."),
        (["diary"], "There is no publication “diary”. Known: booklet, card, leaflet, poster, "
         "thumb-sheet."),
        (["leaflet", "--paper", "A5"],
         "A leaflet in the format “Standard” is not made on A5. Use A4 or Letter."),
        (["card", "--format", "large"],
         "A card is not made in the format “large”. Use standard."),
        (["card", "--audience", "older-adult"],
         "A card is not made in the format “clear”. Use standard."),
        (["leaflet", "--audience", "older-adult"],
         "There is no “leaflet” for “older-adult”: its panels are too narrow for type of 14 pt. "
         "Use thumb-sheet. It exists for: general."),
        (["poster", "--setting", "given"],
         "A poster is for anybody who picks it up. Leave --setting out, or hand over a handout."),
    ],
)  # fmt: skip
def test_what_there_is_none_of_is_told(shop, arguments, message):
    ended = shop.generate(*arguments)
    assert (ended.code, ended.out, ended.err) == (2, "", message + "\n")


def refused(clinic, *arguments):
    """Return the codes of the problems that stop a command, and all that it says."""
    ended = clinic.generate(*arguments)
    assert (ended.code, ended.out) == (1, ""), ended.err
    lines = [line for line in ended.err.splitlines() if line.endswith("]")]
    return [line.rpartition("[")[2][:-1] for line in lines], ended.err


@pytest.mark.slow
def test_a_panel_that_overflows_is_named_with_the_mend(shop):
    long = "title: What to do, intro: " + "Bend it slowly and gently. " * 80
    shop.change(LEAFLET, "title: What to do, items: [thumb-bend]", f"{long}, items: [thumb-bend]")
    codes, said = refused(shop, "leaflet")
    assert codes == ["PANEL-FULL"]
    assert (
        "_c-fold_home.pdf: the panel of exercises holds more than fits on it. Take an item out in "
        "publications/leaflet.yaml, or shorten its words."
    ) in said


@pytest.mark.slow
def test_signs_that_leave_their_panel_are_refused(shop):
    shop.change(SIGNS, "short: Thumb cut off", "short: " + "Thumb cut off, whole, and gone " * 60)
    codes, said = refused(shop, "leaflet")
    assert {"SAFE-PAGE", "PANEL-FULL"} <= set(codes)
    assert re.search("stand on panels 2 to [3-9], and must stand on panel 2", said)


def test_a_poster_is_one_page(shop):
    shop.change(SIGNS, "short: Thumb cut off", "short: " + "Thumb cut off, whole, and gone " * 60)
    codes, said = refused(shop, "poster")
    assert "PAGE-LIMIT" in codes
    assert re.search("the poster has [2-9] pages, and standard allows 1; past the limit: ", said)


SIGNS_PART = "  - {part: warning-signs, tiers: [emergency], wording: short}\n"
GATE = "  - part: gate\n"
FIRST = "  - {part: exercises, title: What to do, items: [thumb-bend], detail: least}\n"
BACK = "  - part: back-cover\n"
JOINED = FIRST.replace("{", "{joins: true, ")
ADVICE = "  - {part: causes, title: Causes}\n"


@pytest.mark.parametrize(
    ("old", "new", "codes", "told"),
    [
        (BACK, "", ["PANELS"],
         "the sections begin 5 panels, and a leaflet has 6"),
        (GATE + FIRST, FIRST, ["PANELS", "SAFE-GATE"], "the gate must stand before anything to do"),
        (SIGNS_PART + GATE + FIRST, FIRST + GATE + SIGNS_PART,
         ["SAFE-GATE", "SAFE-ORDER", "SAFE-ORDER"],
         "the emergency tier must stand before anything to do"),
        (SIGNS_PART + GATE + FIRST, ADVICE + SIGNS_PART + GATE + JOINED,
         ["SAFE-ORDER"], "“causes” stands before the emergency signs"),
    ],
    ids=["five panels", "no gate", "exercise first", "advice first"],
)  # fmt: skip
def test_a_leaflet_that_is_planned_wrongly_is_refused(shop, old, new, codes, told):
    shop.change(LEAFLET, old, new)
    found, said = refused(shop, "leaflet")
    assert sorted(found) == codes
    assert told in said


def test_an_extract_says_where_the_rest_is(shop):
    shop.change(SIGNS, ELSEWHERE, "")
    codes, said = refused(shop, "poster")
    assert codes == ["SAFE-POINTER"]
    assert "Write an `elsewhere` for the emergency tier in warning-signs.yaml." in said


@pytest.mark.few(2)
@pytest.mark.parametrize("kind", ["leaflet", "poster", "card"])
@pytest.mark.parametrize(
    "style",
    [".signs li { font-size: 8pt }", ".signs { color: #aaa }", ".pointer { display: none }"],
)
def test_no_style_makes_signs_or_pointer_illegible(shop, kind, style):
    shop.write(STYLE, style)
    codes, _ = refused(shop, kind)
    assert "SAFE-PRINT" in codes


@pytest.mark.parametrize("production", ["home", pytest.param("press", marks=pytest.mark.slow)])
@pytest.mark.parametrize(
    ("kind", "style"),
    [
        ("card", ".signs li { margin-left: -6.2mm }"),
        ("leaflet", ".part-warning-signs { margin-left: -8mm }"),
    ],
)
def test_words_too_near_a_cut_or_fold_are_refused(shop, kind, style, production):
    shop.write(STYLE, style)
    codes, said = refused(shop, kind, "--for", production)
    assert "PAPER-EDGE" in codes
    nearest = "2.5" if kind == "card" else "6"
    assert f"is nearer than {nearest} mm to an edge that is cut, folded or not printed" in said


def test_words_that_a_press_prints_black_on_dark_are_refused(shop):
    """On a screen they are light grey on dark green, and in print they would be black on it."""
    shop.write(STYLE, ".practice .practice-title { background-color: #043a04; color: #b4b4b4 }")
    assert shop.generate("handout", "thumb-sheet").code == 0
    codes, said = refused(shop, "handout", "thumb-sheet", "--for", "press", "--colour", "cmyk")
    assert set(codes) == {"PRESS-FAINT"}
    assert "on a press, where words are black or knocked out" in said


def test_a_leaflet_can_be_turned_on_the_long_edge(shop):
    ended = shop.generate("leaflet", "--flip", "long")
    assert ended.code == 0, ended.err
    assert "_home_long-edge.pdf" in ended.out


def test_all_of_a_kind_can_be_asked_for(shop):
    ended = shop.generate("poster", "all")
    assert (ended.code, len(ended.out.split())) == (0, 1), ended.err


@pytest.mark.slow
def test_all_prints_products_as_far_as_they_are_made(shop):
    ended = shop.generate("all", "--audience", "general", "--format", "all", "--setting", "all")
    assert ended.code == 0, ended.err
    made = [line.partition("tiny_")[2].split("_")[:3] for line in ended.out.split()]
    assert made.count(["leaflet", "general", "standard"]) == 1
    assert [name for name in made if name[0] in ("leaflet", "card", "poster")] == [
        ["card", "general", "standard"],
        ["leaflet", "general", "standard"],
        ["poster", "general", "standard"],
    ]
    page = (shop.folder / "output/index.html").read_text(encoding="utf-8")
    for title in ("Sore thumb (leaflet)", "Thumbs (poster)", "Thumbs (cards)"):
        assert title in page
