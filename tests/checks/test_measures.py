"""What is measured on made-up pages, and each goal: what reaches it, and what does not."""

from dataclasses import replace

import pytest

from clinicpress.checks.measures import Begin, Drawing, Fill, Measures, Repeat, measured, missed
from clinicpress.design.design import open_design
from clinicpress.editions.edition import Edition
from clinicpress.editions.manuscript import Manuscript
from clinicpress.editions.selection import select
from clinicpress.pages.pieces import Passage, Piece, Surveyed
from clinicpress.pages.record import Landing, PageRecord
from clinicpress.pages.typeset import Typeset
from tests.conftest import ROOT

DESIGN = open_design(
    ROOT / "layouts", brand="default", format="standard", language="en", paper="A4"
)


@pytest.fixture
def sheet(tiny) -> Manuscript:
    key = ("tiny", "thumb-sheet", "general", "standard", "en", "neutral", "default", "A4")
    return select(tiny, Edition(*key))


def piece(kind: str, item: str, top: float, height: float, width: float = 180) -> Piece:
    return Piece(kind, item, top, width, height)


def page(number: int, *pieces: Piece, passages=(), held=0.9, smallest=11.0) -> PageRecord:
    survey = Surveyed(210, 297, held, smallest, pieces, passages)
    return PageRecord(number, "exercises", 0.9, survey=survey)


def typeset(*pages: PageRecord, share: float = 0.2) -> Typeset:
    return Typeset(b"", pages, (Landing("tier-emergency", 1, 1, share),))


def said(*words: str, required: str = "") -> tuple[Passage, ...]:
    return tuple(Passage(required, each) for each in words)


# ---------------------------------------------------------------- what is measured


def test_what_warns_is_measured_on_all_pages(sheet):
    first = page(1, piece("item", "gate", 20, 20), piece("item", "tier-emergency", 50, 80),
                 piece("item", "thumb-bend", 150, 90), piece("stop", "", 230, 10))  # fmt: skip
    second = page(2, piece("item", "tier-same-day", 10, 100), piece("stop", "thumb-press", 200, 10))
    found = measured(sheet, typeset(first, second, share=0.23))
    assert found.emergency == 0.23
    assert found.warnings == pytest.approx(180 * (20 + 80 + 10 + 100 + 10) / (2 * 210 * 297))


def test_the_first_thing_to_do_is_the_highest_on_the_first_page_that_has_any(sheet):
    first = page(1, piece("item", "gate", 20, 20))
    second = page(2, piece("item", "thumb-press", 200, 40), piece("item", "thumb-bend", 29.7, 40))
    found = measured(sheet, typeset(first, second))
    assert found.first_deed == found.first_practice == Begin("thumb-bend", 2, pytest.approx(0.1))
    assert measured(sheet, typeset(first)).first_deed is None


def test_drawings_are_told_apart_by_what_they_stand_in(sheet):
    heights = [("thumb-bend", 36), ("thumb-bend", 40), ("tier-emergency", 21), ("", 60)]
    drawn = [piece("picture", item, 20, height, 50) for item, height in heights]
    found = measured(sheet, typeset(page(1, *drawn)))
    assert found.poses == (Drawing("thumb-bend", 1, 36), Drawing("thumb-bend", 1, 40))
    assert found.signs == (Drawing("tier-emergency", 1, 21),)


def test_what_shows_how_an_exercise_is_done_is_a_pose_and_what_stands_beside_its_dose_is_none(
    sheet,
):
    drawn = [
        replace(piece("picture", "thumb-bend", 20, height, 50), line=f"thumb-bend-{line}")
        for line, height in (("avoid", 20), ("start", 45), ("bend", 46), ("dose", 22))
    ]  # fmt: skip
    found = measured(sheet, typeset(page(1, *drawn)))
    assert [pose.height for pose in found.poses] == [45, 46]


def test_pages_are_measured_one_by_one(sheet):
    found = measured(sheet, typeset(page(1, smallest=0), page(2, held=0.5, smallest=10.5)))
    assert found.fill == (Fill(1, "exercises", 0.9), Fill(2, "exercises", 0.5))
    assert found.smallest == 10.5


AGAIN = "Sit upright on a chair. Go slowly."
ACTION = "Call an ambulance now."


@pytest.mark.parametrize(
    ("passages", "repeated"),
    [
        (said(AGAIN, "Sit upright on a chair."), [("Sit upright on a chair.", 2)]),
        (said(AGAIN, "Sit upright on a chair"), []),  # a label, or a dose
        (said("Go slowly.", "Go slowly."), []),
        (said("Stop if it hurts.", "Stop if it hurts.", required="stop"), []),
        (said(f"Numb? {ACTION}", f"Cold? {ACTION}", required="signs"), []),
        ((*said(f"Numb? {ACTION}", required="signs"), *said(ACTION, required="gate")),
         [(ACTION, 2)]),
        (said("Is it numb now?", "Is it numb now?", required="signs"), [("Is it numb now?", 2)]),
    ],
)  # fmt: skip
def test_a_sentence_that_stands_again_is_counted(sheet, monkeypatch, passages, repeated):
    monkeypatch.setattr("clinicpress.checks.measures._actions", lambda _: frozenset({ACTION}))
    found = measured(sheet, typeset(page(1, passages=passages))).repeats
    assert [(each.sentence, each.times) for each in found] == repeated


def test_what_signs_say_to_do_is_known_from_the_manuscript(sheet):
    (tier,) = (tier for tier in sheet.entries("tier") if tier.id == "emergency")
    passages = said(tier.action, tier.action, required="signs")
    assert len(tier.action.split()) >= 3
    assert measured(sheet, typeset(page(1, passages=passages))).repeats == ()
    apart = said(tier.action, tier.action, required="gate")
    assert measured(sheet, typeset(page(1, passages=apart))).repeats != ()


def test_a_sentence_on_two_pages_is_no_repeat(sheet):
    pages = typeset(page(1, passages=said(AGAIN)), page(2, passages=said(AGAIN)))
    assert measured(sheet, pages).repeats == ()


# ---------------------------------------------------------------- the goals


GOOD = Measures(
    emergency=0.27,
    warnings=0.38,
    first_deed=Begin("thumb-bend", 1, 0.5),
    first_practice=Begin("thumb-bend", 1, 0.5),
    poses=(Drawing("thumb-bend", 1, 36.0),),
    signs=(),
    smallest=11.0,
    repeats=(),
    fill=(Fill(1, "exercises", 0.6), Fill(2, "exercises", 0.1)),
)


def told(manuscript: Manuscript, **changed: object) -> list[tuple[str, int]]:
    """Return the code and the page of what is told of good pages but for what is ``changed``."""
    found = missed(manuscript, DESIGN, replace(GOOD, **changed))
    return [(each.code, each.place.page) for each in found]


def as_edition(manuscript: Manuscript, **changed: str) -> Manuscript:
    return replace(manuscript, edition=replace(manuscript.edition, **changed))


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, []),
        ({"emergency": 0.28}, [("PAGE-SIGNS", 1)]),
        ({"warnings": 0.39}, [("PAGE-SIGNS", 0)]),
        ({"first_deed": Begin("thumb-bend", 1, 0.51)}, [("PAGE-BEGIN", 1)]),
        ({"first_deed": Begin("thumb-bend", 2, 0.1)}, [("PAGE-BEGIN", 2)]),
        ({"first_deed": None}, []),
        ({"poses": (Drawing("a", 1, 35.9), Drawing("b", 1, 30), Drawing("c", 2, 36))},
         [("PAGE-FIGURE", 1)]),
        ({"smallest": 10.9}, [("PAGE-TYPE", 0)]),
        ({"smallest": 0.0}, []),
        ({"repeats": (Repeat(2, AGAIN, 2),)}, [("PAGE-REPEAT", 2)]),
        ({"fill": (Fill(1, "exercises", 0.59), Fill(2, "exercises", 0.1))}, [("PAGE-FILL", 1)]),
    ],
)  # fmt: skip
def test_each_goal_of_a_standard_sheet_is_told_where_it_is_missed(sheet, changed, expected):
    assert told(sheet, **changed) == expected


def test_a_finding_says_the_figure_the_goal_and_the_mend(sheet):
    low = (Drawing("a", 1, 35), Drawing("b", 1, 30.04), Drawing("c", 1, 33))
    (finding,) = missed(sheet, DESIGN, replace(GOOD, poses=low))
    assert str(finding) == (
        "page 1: the drawing of “b” is 30.0 mm high; the goal is at least 36 mm. Shorten the words "
        "beside it, or give it more room in the style. [PAGE-FIGURE]"
    )
    (finding,) = missed(sheet, DESIGN, replace(GOOD, warnings=0.391))
    assert str(finding) == (
        "the print: all that warns takes 39.1% of the sheet; the goal is at most 38%. Shorten the "
        "gate, the signs for today or the stop line. [PAGE-SIGNS]"
    )


def test_what_is_handed_over_after_a_check_warns_less(sheet):
    given = as_edition(sheet, setting="given")
    assert told(given, warnings=0.33) == []
    assert told(given, warnings=0.34) == [("PAGE-SIGNS", 0)]


CROWDED = {"emergency": 0.5, "warnings": 0.6, "first_deed": Begin("thumb-bend", 3, 0.1)}


def test_goals_of_a_sheet_are_those_of_standard_type_in_english(sheet):
    assert len(told(sheet, **CROWDED)) == 3
    for other in (as_edition(sheet, language="de"), replace(sheet, pictures=True),
                  replace(sheet, kind="booklet"), replace(sheet, clinical=True)):  # fmt: skip
        assert told(other, **CROWDED, poses=()) == []
    large = replace(DESIGN, format_id="large")
    assert list(missed(sheet, large, replace(GOOD, **CROWDED))) == []


@pytest.mark.parametrize(
    ("kind", "edition", "pictures", "least"),
    [
        ("handout", {}, False, 36),
        ("booklet", {"paper": "A5"}, False, 45),
        ("leaflet", {}, False, 30),
        ("handout", {"format": "large"}, False, 70),
        ("booklet", {"format": "clear"}, True, 45),
        ("handout", {"format": "large"}, True, 45),
        ("poster", {"paper": "A3"}, False, 90),
    ],
)
def test_a_pose_is_as_high_as_its_print_wants(sheet, kind, edition, pictures, least):
    other = replace(as_edition(sheet, **edition), kind=kind, pictures=pictures)
    assert told(other, poses=(Drawing("a", 1, least),)) == []
    assert told(other, poses=(Drawing("a", 1, least - 0.2),)) == [("PAGE-FIGURE", 1)]


def test_a_sign_on_a_large_poster_is_seen_from_far(sheet):
    poster = replace(as_edition(sheet, paper="A3"), kind="poster")
    assert told(poster, poses=(), signs=(Drawing("tier-emergency", 1, 30),)) == []
    low = (Drawing("tier-emergency", 1, 29),)
    assert told(poster, poses=(), signs=low) == [("PAGE-FIGURE", 1)]
    assert told(as_edition(poster, paper="A4"), poses=(), signs=low) == []


def test_type_is_judged_in_standard_handouts_and_booklets(sheet):
    for other in (as_edition(sheet, format="clear"), replace(sheet, kind="leaflet")):
        assert told(other, smallest=10.0, poses=()) == []


@pytest.mark.parametrize("part", ["cover", "diary"])
def test_a_cover_and_a_diary_may_end_early(sheet, part):
    fill = (Fill(1, "exercises", 0.3), Fill(2, "exercises", 0.1))
    freed = tuple(
        replace(section, part=part) if section.id == "exercises" else section
        for section in sheet.sections
    )
    assert told(sheet, fill=fill) == [("PAGE-FILL", 1)]
    assert told(replace(sheet, sections=freed), fill=fill) == []
    assert told(replace(sheet, kind="diary"), fill=fill, poses=()) == []


def test_what_ends_before_the_back_cover_may_end_early(sheet):
    fill = (Fill(1, "exercises", 0.3), Fill(2, "back", 0.1))
    back = replace(sheet.sections[0], id="back", part="back-cover")
    assert told(sheet, fill=fill) == [("PAGE-FILL", 1)]
    assert told(replace(sheet, sections=(*sheet.sections, back)), fill=fill) == []
