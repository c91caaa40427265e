"""Whose words win, what stands where, what counts as there: choices that no page shows alone."""

from dataclasses import replace

import pytest

from clinicpress.content.model import Section as Planned
from clinicpress.content.model import Text
from clinicpress.editions.selection import _folded, select
from tests.editions.test_picking import picked_thumb, with_exercises
from tests.editions.test_selection import codes, edition, only_topic


def test_each_reader_is_told_to_stop_in_their_own_words(library):
    stop = library.topics["upper-back-pain"].cautions.stop_signs.short
    own = {audience: stop.said_to(audience) for audience in ("general", "easy-read", "clinician")}
    assert len(set(own.values())) == 3
    for audience, words in own.items():
        manuscript = select(library, edition("booklet", topic="upper-back-pain", audience=audience))
        for token, meaning in library.regions["GB"].words.items():
            words = words.replace(f"[[{token}]]", meaning)
        assert manuscript.stop == words


def test_a_clinics_own_word_stands_before_that_of_its_country_and_that_before_a_line_to_write_on(
    tiny,
):
    """A region may have a telephone number of its own for what is else written in by pen."""

    def said(words, own):
        regions = {"GB": tiny.regions["GB"].model_copy(
            update={"words": {**tiny.regions["GB"].words, **words}}
        )}  # fmt: skip
        manuscript = select(replace(tiny, regions=regions), edition("booklet"), own)
        return dict(manuscript.meanings)

    assert said({}, {})["family-doctor"] == "your GP"
    assert said({}, {"family-doctor": "Dr Thumb"})["family-doctor"] == "Dr Thumb"
    assert set(said({}, {})["clinic-phone"]) == {"_"}
    assert said({"clinic-phone": "01 23"}, {})["clinic-phone"] == "01\u00a023"
    assert (
        said({"clinic-phone": "01 23"}, {"clinic-phone": "45 67"})["clinic-phone"] == "45\u00a067"
    )


def test_the_first_wording_on_the_way_from_a_reader_to_whom_they_are_like_holds():
    text = Text.model_validate({"default": "all", "near": "near", "far": "far"})
    assert text.said_to("own", "near", "far") == "near"
    assert text.said_to("own", "far") == "far"
    assert text.said_to("far", "near") == "far"
    assert text.said_to("own") == "all"


# ---------------------------------------------------------------- signs


def moved(tiny, sign: str, to: str):
    """Return the tiny library with a sign of the emergency tier moved into another one."""
    tiers = dict(tiny.topics["tiny"].tiers)
    (group,) = tiers["emergency"].groups.values()
    for name in ("emergency", to):
        (held,) = tiers[name].groups.values()
        signs = {id: each for id, each in held.signs.items() if id != sign}
        signs |= {sign: group.signs[sign]} if name == to else {}
        changed = held.model_copy(update={"signs": signs})
        tiers[name] = tiers[name].model_copy(update={"groups": {"hand": changed}})
    return only_topic(tiny, tiers=tiers)


@pytest.mark.parametrize("publication", ["booklet", "thumb-sheet"])
def test_a_sign_of_an_emergency_is_not_there_if_it_stands_in_another_tier(tiny, publication):
    """Both tiers are printed, so all signs are on the paper: that is not enough."""
    assert codes(tiny, publication) == []
    assert codes(moved(tiny, "T2", "same-day"), publication) == ["SAFE-SIGN"]


# ---------------------------------------------------------------- sections


def test_what_was_picked_is_printed_once_though_two_sections_could_hold_it(tiny):
    sections = tiny.topics["tiny"].publications["thumb-sheet"].sections_for("general")
    (plain,) = (section for section in sections if section.part == "exercises")
    assert picked_thumb(with_exercises(tiny, plain, plain)) == ["thumb-press"]


def parts(fold: str, *planned: Planned) -> list[str]:
    return [each.part for each in _folded(planned, fold)]


PANELS = [Planned(part=part) for part in ("cover", "warning-signs", "gate", "scale", "about")]


def test_the_last_panel_of_a_zigzag_is_its_back_when_it_is_closed():
    """Of a zigzag the fourth panel is seen at the back; of a C-fold, the last."""
    assert parts("z", *PANELS) == ["cover", "warning-signs", "gate", "about", "scale"]
    assert parts("c", *PANELS) == [panel.part for panel in PANELS]


def test_what_shares_a_panel_goes_with_it():
    shared = [*PANELS[:4], Planned(part="record", joins=True), PANELS[4]]
    assert parts("z", *shared) == ["cover", "warning-signs", "gate", "about", "scale", "record"]


def test_the_fourth_of_fewer_panels_stays_where_it_is():
    assert parts("z", *PANELS[:3]) == ["cover", "warning-signs", "gate"]


def test_an_exercise_limit_is_advised_for_its_reader(library):
    """A limit that is raised lets a sheet grow without a word to who prints it."""
    limits = {id: audience.exercise_limit for id, audience in library.audiences.items()}
    assert limits == {
        "general": 4, "older-adult": 3, "pregnant": 4, "desk-worker": 4, "active": 4, "carer": 4,
        "clinician": 4, "easy-read": 2,
    }  # fmt: skip
