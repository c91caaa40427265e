"""How colours of the screen become ink: by arithmetic that can be checked, and keeps contrast."""

from io import BytesIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from clinicpress.design.contrast import light_of, mix
from clinicpress.press.inks import (
    BLACK,
    WHITE,
    Ink,
    cmyk,
    from_cmyk,
    grey,
    inks_for,
    of_words,
    parsed,
    tint,
)
from clinicpress.press.inks.pixels import in_four_inks, in_grey
from clinicpress.press.inks.profile import profile

COLOURS = st.tuples(*[st.floats(0, 1)] * 3)
TEAL = parsed("#0f5c6e")


@given(COLOURS)
def test_grey_is_as_light_as_the_colour(colour):
    assert light_of(*(grey(colour),) * 3) == pytest.approx(light_of(*colour), abs=1e-5)


@given(COLOURS)
@example((0, 0, 8.466449622348037e-17))
def test_four_inks_show_the_colour_that_they_were_made_of(colour):
    inks = cmyk(colour)
    assert from_cmyk(inks) == pytest.approx(colour, abs=1e-9)
    assert all(0 <= ink <= 1 for ink in inks)
    assert min(inks[:3]) == pytest.approx(0, abs=1e-9)
    assert sum(inks) <= 3 + 1e-9


@pytest.mark.parametrize("part", [0, 0.2, 0.5, 1])
def test_a_neutral_colour_is_black_alone(part):
    assert cmyk((part, part, part)) == pytest.approx((0, 0, 0, 1 - part))


@pytest.mark.parametrize("share", [1, 0.82, 0.45, 0.09])
def test_what_the_brand_is_thinned_to_is_a_tint_of_the_spot_ink(share):
    thinned = parsed(mix("#0f5c6e", "#ffffff", share))
    assert tint(thinned, TEAL) == pytest.approx(share, abs=0.01)
    assert inks_for("spot", TEAL)(thinned).space == "spot"


@pytest.mark.parametrize("colour", ["#a4161a", "#1b2b34", "#e8eaeb", "#f6e0cd", "#000000"])
def test_all_else_is_black_beside_a_spot_ink(colour):
    assert inks_for("spot", TEAL)(parsed(colour)) == Ink("grey", (grey(parsed(colour)),))


@pytest.mark.parametrize(
    ("colour", "ink"),
    [("#1b2b34", BLACK), ("#a4161a", BLACK), ("#445159", BLACK), ("#ffffff", WHITE)],
)
def test_words_take_one_solid_ink_or_none(colour, ink):
    assert of_words(parsed(colour)) == ink


@pytest.mark.parametrize("colour", [(15, 92, 110), (164, 22, 26), (246, 224, 205), (0, 0, 0)])
def test_the_profile_shows_each_mixture_as_the_colour_that_was_meant(colour):
    shown = ImageCms.ImageCmsProfile(BytesIO(profile()))
    inks = tuple(round(255 * ink) for ink in cmyk(tuple(part / 255 for part in colour)))
    paper = Image.new("CMYK", (1, 1), inks)
    seen = ImageCms.profileToProfile(paper, shown, ImageCms.createProfile("sRGB"), outputMode="RGB")
    assert seen.getpixel((0, 0)) == pytest.approx(colour, abs=3)


def test_the_profile_prints_what_has_no_light_in_black_alone():
    screen, paper = ImageCms.createProfile("sRGB"), ImageCms.ImageCmsProfile(BytesIO(profile()))
    black = ImageCms.profileToProfile(Image.new("RGB", (1, 1)), screen, paper, outputMode="CMYK")
    assert black.getpixel((0, 0)) == (0, 0, 0, 255)


@pytest.mark.parametrize("colour", [(15, 92, 110), (200, 100, 255), (0, 0, 0), (255, 255, 255)])
def test_pixels_become_the_same_ink_as_areas(colour):
    parts = tuple(part / 255 for part in colour)
    image = Image.new("RGB", (1, 1), colour)
    assert in_grey(image).getpixel((0, 0)) == pytest.approx(255 * grey(parts), abs=1)
    inks = [255 * ink for ink in cmyk(parts)]
    assert in_four_inks(image).getpixel((0, 0)) == pytest.approx(inks, abs=1)
