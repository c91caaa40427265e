"""Contrast after WCAG 2.2, against pairs whose ratio is known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicpress.design.brand import PAPER, Colours, palette
from clinicpress.design.contrast import TEXT, channels, contrast, mix
from clinicpress.errors import Unfit

COLOURS = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),  # the well-known grey that just fails
        ("#767676", "#ffffff", 4.54),  # and the one that just passes
        ("#ff0000", "#ffffff", 4.00),
        ("#0000ff", "#ffffff", 8.59),
        ("#00ff00", "#ffffff", 1.37),
        ("#ff0000", "#0000ff", 2.15),
        ("#ffff00", "#000000", 19.56),
        ("#0a0a0a", "#000000", 1.06),
    ],
)
def test_known_pairs(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)


@given(COLOURS, COLOURS)
def test_contrast_is_the_same_both_ways_and_within_its_bounds(one, other):
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21.0001
    assert contrast(one, one) == 1


@given(COLOURS, st.floats(0, 1))
def test_a_mix_lies_between_its_colours(colour, share):
    for part, own, paper in zip(
        channels(mix(colour, PAPER, share)), channels(colour), channels(PAPER), strict=True
    ):
        assert own <= part <= paper
    assert mix(colour, PAPER, 1) == colour
    assert mix(colour, PAPER, 0) == PAPER


@pytest.mark.parametrize("word", ["teal", "#fff", "#12345", "#1234567", "0f5c6e", "#0f5c6g", ""])
def test_what_is_no_colour(word):
    with pytest.raises(Unfit, match="is no colour"):
        channels(word)


def test_our_own_colours_can_be_read():
    """Every colour on paper, white on every colour, and each colour and ink on its tint."""
    tones = palette(Colours())
    for name, colour in Colours():
        assert contrast(colour, PAPER) >= TEXT, name
        assert contrast(colour, tones[f"{name}_tint"]) >= TEXT, name
        assert contrast(tones["ink"], tones[f"{name}_tint"]) >= TEXT, name
    assert contrast(tones["soft"], PAPER) >= TEXT
    assert contrast(tones["soft"], tones["brand_tint"]) >= TEXT


@given(COLOURS.filter(lambda colour: contrast(colour, PAPER) >= TEXT))
def test_ink_can_be_read_on_the_tint_of_any_colour_that_a_brand_may_have(colour):
    tones = palette(Colours(brand=colour))
    assert contrast(tones["ink"], tones["brand_tint"]) >= TEXT


@pytest.mark.parametrize(
    ("colours", "told"),
    [
        ({"today": "#767676"}, ["the colour “today” #767676 has a contrast of 4.1 to 1 where it"]),
        ({"ink": "#6a6a6a"}, ["the colour “ink” #6a6a6a has a contrast of "]),
        ({"today": "#8a4b00", "ink": "#1b2b34"}, []),
    ],
    ids=["on its tint", "labels", "dark enough"],
)
def test_text_on_a_tint_is_dark_enough_too(clinic, colours, told):
    lines = "".join(f'  {name}: "{colour}"\n' for name, colour in colours.items())
    clinic.write("layouts/brands/default/brand.yaml", f"name: Mine\ncolours:\n{lines}")
    ended = clinic.generate("handout", "thumb-sheet")
    found = [line.split(": ", 1)[1] for line in ended.err.splitlines() if "COLOUR-FAINT" in line]
    assert len(found) == len(told)
    assert all(line.startswith(start) for line, start in zip(found, told, strict=True))
