"""Contrast after WCAG 2.2, against pairs whose ratio is known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicpress.design.brandfile import MEANINGS, PAPER, Colours
from clinicpress.design.contrast import TEXT, channels, contrast, in_grey, mix
from clinicpress.design.palette import palette, settled_of
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
    for name in ("brand", *MEANINGS):
        colour = getattr(Colours(), name)
        assert tones[name] == colour, name
        assert contrast(colour, PAPER) >= TEXT, name
        assert contrast(colour, tones[f"{name}_tint"]) >= TEXT, name
        assert contrast(tones["ink"], tones[f"{name}_tint"]) >= TEXT, name
    assert contrast(tones["soft"], PAPER) >= TEXT
    assert contrast(tones["soft"], tones["brand_tint"]) >= TEXT


@given(COLOURS, st.booleans())
def test_words_can_be_read_in_and_on_any_colour_that_a_clinic_has(colour, exact):
    """In colour and in grey: on white, on the tint, in white on it, and on the cover's area."""
    tones = palette(Colours(brand=colour, exact=exact))
    for words, ground in (
        ("brand", "paper"), ("brand", "brand_tint"), ("paper", "brand"), ("on_area", "area"),
        ("ink", "brand_tint"), ("soft", "brand_tint"),
    ):  # fmt: skip
        assert contrast(tones[words], tones[ground]) >= TEXT, (words, ground)
        assert contrast(in_grey(tones[words]), in_grey(tones[ground])) >= TEXT - 0.1, words


@given(COLOURS)
def test_what_a_clinic_stated_is_never_shifted_where_it_is_exact(colour):
    tones = palette(Colours(brand=colour, exact=True))
    assert tones["area"] == colour.lower()
    assert tones["brand"] in (colour.lower(), tones["ink"])


@pytest.mark.parametrize(
    ("colour", "words", "note"),
    [
        ("#0f5c6e", "#0f5c6e", ""),
        ("#e0a030", "#7f5600", "is too light for words: it stays on the cover, and words stand in"),
        ("#ffff00", "#646400", "is too light for words"),
        ("#d35400", "#1b2b34", "is near the red of emergencies: it stays on the cover, and"),
        ("#ff0000", "#1b2b34", "is near the red of emergencies"),
        ("#c2185b", "#c2185b", ""),
        ("#6b5f5e", "#6b5f5e", ""),
    ],
)
def test_a_colour_that_cannot_carry_words_has_a_darker_one_of_its_hue_beside_it(
    colour, words, note
):
    used = settled_of(Colours(brand=colour))
    assert (used.words, used.area) == (words, colour)
    assert note in used.note
    assert bool(note) == bool(used.note)


@pytest.mark.slow
def test_what_is_shifted_is_said_and_not_refused(clinic):
    words = 'name: Sun\nregion: GB\ncolours: {brand: "#e0a030"}\n'
    clinic.write("layouts/brands/sun/brand.yaml", words)
    sheet = ("handout", "thumb-sheet")
    for command in (sheet, ("booklet",), (*sheet, "--grey"), (*sheet, "--for", "press,home")):
        ended = clinic.generate(*command, "--brand", "sun")
        assert ended.code == 0, ended.err
        assert (
            "the colour “brand” #e0a030 is too light for words: it stays on the cover, and words "
            "stand in #7f5600.\n"
        ) in ended.err


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
