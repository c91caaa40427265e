"""The sheet for one patient: what a clinician picks is printed, in that order, or refused."""

from dataclasses import replace
from itertools import chain, combinations
from random import Random

import pytest

from clinicpress.editions.edition import Edition
from clinicpress.editions.selection import _Chooser, select
from clinicpress.errors import UnknownName

TOPIC = "upper-back-pain"


def sheet(exercises=(), audience="general", publication="exercises", format="standard", **more):
    return Edition(TOPIC, publication, audience, format, "en", "GB", "default", "A4",
                   exercises=tuple(exercises), **more)  # fmt: skip


def printed(library, *asked, **more):
    return [entry.id for entry in select(library, sheet(*asked, **more)).entries("exercises")]


def every(library):
    return list(library.topics[TOPIC].exercises)


@pytest.mark.slow
def test_every_choice_of_one_to_four_exercises_is_printed_as_asked(library):
    """All 1,470 of them for adults, each in an order of its own."""
    shuffle = Random(14).sample
    ids = every(library)
    choices = list(chain.from_iterable(combinations(ids, size) for size in (1, 2, 3, 4)))
    assert (len(ids), len(choices)) == (14, 1470)
    for choice in choices:
        asked = shuffle(choice, len(choice))
        manuscript = select(library, sheet(asked))
        assert [entry.id for entry in manuscript.entries("exercises")] == asked
        assert manuscript.warnings == ()


def test_every_exercise_is_printed_or_refused_for_every_audience(library):
    """What is refused is what the data say is not for the audience, and the reason is told."""
    refused = set()
    for audience in library.audiences:
        for id, item in library.topics[TOPIC].exercises.items():
            reason = item.not_for.get(audience)
            if reason is None:
                assert printed(library, [id], audience=audience) == [id]
                continue
            refused.add(audience)
            with pytest.raises(UnknownName) as told:
                printed(library, [id], audience=audience)
            assert str(told.value) == (
                f"“{id}” is not for “{audience}”: {reason.rstrip('.')}. Leave it out."
            )
    assert {"older-adult", "pregnant", "easy-read"} <= refused


def test_techniques_are_picked_likewise(library):
    manuscript = select(
        library, sheet(publication="self-massage", techniques=("towel-rub", "shoulder-press"))
    )
    assert [each.id for each in manuscript.entries("techniques")] == ["towel-rub", "shoulder-press"]
    with pytest.raises(UnknownName, match="“ball-wall” is not for “pregnant”"):
        select(library, sheet(publication="self-massage", audience="pregnant",
                              techniques=("ball-wall",)))  # fmt: skip


def test_more_than_is_advised_is_printed_with_a_warning(library):
    asked = every(library)[:5]
    manuscript = select(library, sheet(asked))
    assert [entry.id for entry in manuscript.entries("exercises")] == asked
    assert manuscript.warnings == (
        "5 exercises were picked. For “general” at most 4 are advised: more are done less well. "
        "[PICK-MANY]",
    )
    assert select(library, sheet(asked[:4])).warnings == ()


def test_more_than_four_is_warned_of_for_clinicians_too(library):
    asked = every(library)[:5]
    (warning,) = select(library, sheet(asked, audience="clinician")).warnings
    assert "at most 4 are advised" in warning


def test_an_older_adult_is_advised_three(library):
    asked = ["scapular-squeeze", "shoulder-rolls", "band-row", "chin-tuck"]
    assert select(library, sheet(asked[:3], audience="older-adult", format="clear")).warnings == ()
    (warning,) = select(library, sheet(asked, audience="older-adult", format="clear")).warnings
    assert "at most 3 are advised" in warning


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["wall-slid"], "There is no exercise “wall-slid”. Did you mean “wall-slide”?"),
        (["butterfly", "hop"], "There is no exercise “hop”."),
        (["no-tools"], "There is no exercise “no-tools”."),
    ],
)
def test_a_name_that_is_none_is_told(library, asked, told):
    with pytest.raises(UnknownName) as error:
        select(library, sheet(asked))
    assert str(error.value).startswith(told)


def test_nine_exercises_are_too_many(library):
    with pytest.raises(UnknownName) as error:
        select(library, sheet(every(library)[:9]))
    assert str(error.value) == (
        "9 exercises are too many for one sheet: for “general” 4 are advised and 8 are the most. "
        "Leave some out."
    )


def test_only_what_has_steps_can_be_picked(library):
    with pytest.raises(UnknownName) as error:
        select(library, sheet(publication="self-massage", techniques=("acupuncture",)))
    assert str(error.value) == (
        "“acupuncture” is given by trained people and has no steps. Leave it out."
    )


@pytest.mark.parametrize("publication", ["booklet", "when-to-get-help", "understanding"])
def test_a_print_without_a_place_for_them_takes_no_picks(library, publication):
    with pytest.raises(UnknownName) as error:
        select(library, sheet(["wall-slide"], publication=publication))
    told = f"In “{publication}” no exercises can be picked. Pick them for: exercises."
    assert str(error.value) == told


def test_a_selection_stands_for_the_exercises_it_names(library):
    selections = library.topics[TOPIC].publications["exercises"].selections
    assert {"starter", "desk", "chair-only"} <= set(selections)
    served = set()
    for name, selection in selections.items():
        for audience in library.audiences:
            named = selection.chosen_for("exercises", *library.lineage(audience))
            if named:
                served.add(name)
                assert printed(library, [name], audience=audience) == list(named), (name, audience)
    assert served == set(selections)
    assert printed(library, ["starter", "shoulder-rolls", "butterfly"])[-1] == "butterfly"


def test_what_was_picked_has_its_own_message_and_may_take_a_second_sheet(library):
    own, common = select(library, sheet(["butterfly"])), select(library, sheet())
    assert own.main_message != common.main_message
    sheets = library.audiences["general"].sheets
    assert (common.allowance, own.allowance) == (sheets, 2 * sheets)
    assert select(library, sheet(every(library)[:5])).allowance == 4 * sheets


@pytest.mark.parametrize(("audience", "dose"), [("general", "blank"), ("clinician", "print")])
def test_a_dose_is_refused_where_there_is_none(library, audience, dose):
    with pytest.raises(UnknownName) as error:
        select(library, sheet(publication="when-to-get-help", audience=audience, dose=dose))
    assert str(error.value) == "“when-to-get-help” holds no doses. Leave --dose out."


def test_doses_are_printed_or_left_blank(library):
    assert not select(library, sheet()).blank_doses
    assert select(library, sheet(dose="blank")).blank_doses
    assert select(library, sheet(audience="clinician")).blank_doses
    assert not select(library, sheet(audience="clinician", dose="print")).blank_doses


def with_exercises(tiny, *sections):
    """Return the tiny topic with these sections in place of the sheet's one with exercises."""
    topic = tiny.topics["tiny"]
    sheet = topic.publications["thumb-sheet"]
    plans = [
        section
        for plan in sheet.sections_for("general")
        for section in (sections if plan.part == "exercises" else [plan])
    ]
    changed = sheet.model_copy(update={"plans": {"default": tuple(plans)}})
    publications = {**topic.publications, "thumb-sheet": changed}
    return replace(tiny, topics={"tiny": replace(topic, publications=publications)})


def picked_thumb(library, setting="rack"):
    edition = Edition("tiny", "thumb-sheet", "general", "standard", "en", "GB", "default", "A4",
                      setting=setting, exercises=("thumb-press",))  # fmt: skip
    return [entry.id for entry in select(library, edition).entries("exercises")]


@pytest.mark.parametrize(
    "rule",
    [{"setting": "given"}, {"not_for": {"general": "why"}}, {"audiences": {"older-adult": "why"}},
     {"fills": True}],
)  # fmt: skip
def test_what_was_picked_never_vanishes_with_its_section(tiny, rule):
    """A section that this sheet does not hold has no place for what was picked; another may."""
    plain = next(s for s in tiny.topics["tiny"].publications["thumb-sheet"].sections_for("general")
                 if s.part == "exercises")  # fmt: skip
    ruled = plain.model_copy(update=rule)
    with pytest.raises(UnknownName, match="In “thumb-sheet” no exercises can be picked"):
        picked_thumb(with_exercises(tiny, ruled))
    assert picked_thumb(with_exercises(tiny, ruled, plain)) == ["thumb-press"]
    if "setting" in rule:
        assert picked_thumb(with_exercises(tiny, ruled), "given") == ["thumb-press"]


def test_a_sheet_that_lacks_what_was_picked_is_refused(tiny, monkeypatch):
    monkeypatch.setattr(_Chooser, "items", lambda *_: iter(()))
    with pytest.raises(UnknownName) as error:
        picked_thumb(tiny)
    assert str(error.value) == (
        "“thumb-sheet” has no place for “thumb-press”, which was picked. Leave it out."
    )


def test_a_handout_without_a_message_for_picks_takes_none(tiny):
    topic = tiny.topics["tiny"]
    sheet = topic.publications["thumb-sheet"].model_copy(update={"chosen_message": None})
    changed = replace(topic, publications={**topic.publications, "thumb-sheet": sheet})
    with pytest.raises(UnknownName) as error:
        picked_thumb(replace(tiny, topics={"tiny": changed}))
    assert str(error.value) == (
        "In “thumb-sheet” no exercises can be picked. No handout takes any."
    )
