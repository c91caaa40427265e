"""The schema: ranges, texts for several audiences, and what the sources may leave out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from clinicpress.content.model import CautionList, Dose, Notice, Section, Text


def dose(**fields):
    return Dose.model_validate(fields)


@given(st.integers(1, 40), st.integers(1, 40))
def test_a_range_is_read_as_it_is_written(one, other):
    least, most = sorted((one, other))
    for written in (f"{least}-{most}", f"{least} – {most}"):
        found = dose(repetitions=written).repetitions
        assert (found.least, found.most) == (least, most)
    assert str(found) == (f"{least}-{most}" if least != most else str(least))


@given(st.integers(0, 9999).filter(lambda number: not 1 <= number <= 40))
def test_no_dose_lies_outside_its_limits(number):
    for written in (str(number), f"1-{number}" if number else "0-1"):
        with pytest.raises(ValidationError):
            dose(repetitions=written)


@given(st.text().filter(lambda text: not text.strip().isdecimal() and not {*"-–"} & {*text}))
def test_nothing_but_numbers_is_a_range(text):
    with pytest.raises(ValidationError):
        dose(repetitions=text)


@pytest.mark.parametrize("written", ["٣", "3.5", "-3", "3-", "1:30", "12345", "", "3 times"])
def test_what_looks_like_a_number_and_is_none(written):
    with pytest.raises(ValidationError):
        dose(repetitions=written)


def test_a_text_is_one_for_all_or_has_other_words_for_some():
    text = TypeAdapter(Text).validate_python("Sit down.")
    assert text.said_to("general") == text.said_to("older-adult") == "Sit down."
    text = TypeAdapter(Text).validate_python(
        {"default": "Sit down.", "older-adult": "Stay seated."}
    )
    assert text.said_to("general") == "Sit down."
    assert text.said_to("older-adult") == "Stay seated."


def test_a_section_takes_every_item_or_a_list_or_a_list_for_an_audience():
    every = Section.model_validate({"part": "myths"})
    listed = Section.model_validate({"part": "myths", "items": ["a", "b"]})
    differing = Section.model_validate(
        {"part": "myths", "items": {"default": ["a", "b"], "older-adult": ["b"]}}
    )
    assert every.chosen_for("general") is None
    assert listed.chosen_for("older-adult") == ("a", "b")
    assert differing.chosen_for("general") == ("a", "b")
    assert differing.chosen_for("older-adult") == ("b",)


def test_what_is_read_cannot_be_changed():
    text = TypeAdapter(Text).validate_python("Sit down.")
    with pytest.raises(ValidationError):
        text.default = "Stand up."


def notice(**fields):
    return Notice.model_validate({"title": "Stop", "editorial": True, **fields})


def test_beside_the_signs_a_gate_leaves_out_what_they_say():
    gate = notice(lines={"call": "Call now.", "ask": "Ask first."}, said_by_signs=["call"])
    assert list(gate.beside_signs().lines) == ["ask"]
    assert list(gate.lines) == ["call", "ask"]


@pytest.mark.parametrize(
    ("names", "wrong"), [(["cal"], "no line “cal”"), (["call"], "leaves no line")]
)
def test_a_gate_leaves_out_lines_that_it_has_and_not_all(names, wrong):
    with pytest.raises(ValidationError, match=wrong):
        notice(lines={"call": "Call now."}, said_by_signs=names)


def test_a_place_is_on_a_map_only_where_there_is_one():
    places = {"bone": {"text": "The bone", "editorial": True, "on_map": True}}
    assert CautionList.model_validate({"title": "Never", "entries": places, "figure": "hand"})
    with pytest.raises(ValidationError, match="has no “figure”"):
        CautionList.model_validate({"title": "Never", "entries": places})
