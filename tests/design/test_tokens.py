"""Which tokens a brand may set: none that says what is urgent, and no colour but in brand.yaml."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicpress.design.brandfile import Colours
from clinicpress.design.hues import NEAR_RED, is_near, turned
from clinicpress.design.origins import tokens_of
from clinicpress.design.palette import palette
from clinicpress.design.tokens import BRANDABLE, fixed_tokens
from tests.conftest import ROOT

NIGHT = "layouts/brands/night/"
TOKENS = [name for name, _, _ in tokens_of(ROOT / "layouts/styles/tokens.css")]
HEX = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


def told(clinic, style):
    clinic.write(NIGHT + "brand.yaml", "name: Night\nregion: GB\n")
    clinic.write(NIGHT + "styles/brand.css", style)
    return [str(each) for each in fixed_tokens(clinic.folder / "layouts", "night")]


def test_all_tokens_were_seen():
    assert {"emergency", "today-tint", "on-area", "size-body", "radius"} <= set(TOKENS)
    assert set(BRANDABLE) < set(TOKENS)


@pytest.mark.parametrize("name", TOKENS)
def test_each_token_is_brandable_or_refused_with_its_line(clinic, name):
    found = told(clinic, f"/* --{name}: 0 */\n:root {{ --{name}: 1mm }}")
    assert len(found) == (name not in BRANDABLE)
    for each in found:
        assert each.startswith(f"{NIGHT}styles/brand.css:2: this sets the token “--{name}”")


@pytest.mark.parametrize(
    "style",
    [
        ".tier { --emergency : blue }",
        "@media print { :root { --emergency: grey } }",
        ":root { --emerg\\65 ncy: blue }",
        ".x{color:red;--emergency:blue}",
    ],
)
def test_however_it_is_written(clinic, style):
    assert len(told(clinic, style)) == 1


@pytest.mark.parametrize("style", [":root { --ward: 1mm }", ".x { color: var(--emergency) }"])
def test_what_sets_no_token_of_the_layouts_is_not_told(clinic, style):
    assert told(clinic, style) == []


def test_a_print_is_refused_and_so_is_a_copy_of_the_tokens(clinic):
    told(clinic, ":root { --emergency: #0000ff }")
    ended = clinic.generate("handout", "thumb-sheet", "--brand", "night")
    assert ended.code == 1
    assert ended.err.endswith("[BRAND-TOKEN]\n")
    clinic.write(NIGHT + "styles/tokens.css", ":root { --radius: 0 }")
    assert "[REQUIRED]" in clinic.generate("brand", "check", "night").out


COLOURS = [
    ('emergency: "#0000ff"', "the colour “emergency” #0000ff is not taken for that of signs"),
    ('emergency: "#444444"', "the colour “emergency” #444444 is not taken for that of signs"),
    ('today: "#8a0010"', "the colour “today” #8a0010 is not taken for that of signs"),
    ('today: "#24506b"', "the colour “today” #24506b is not taken for that of signs"),
    ('ink: "#6b0f12"', "the colour “ink” #6b0f12 is near the red of emergencies"),
    ('book: "#b00020"', "the colour “book” #b00020 is near the red of emergencies"),
]


@pytest.mark.parametrize(("line", "said"), COLOURS, ids=[line for line, _ in COLOURS])
def test_a_colour_that_is_not_taken_for_what_it_means(clinic, line, said):
    clinic.write(NIGHT + "brand.yaml", f"name: Night\nregion: GB\ncolours:\n  {line}\n")
    ended = clinic.generate("handout", "thumb-sheet", "--brand", "night")
    assert ended.code == 1
    assert f"{NIGHT}brand.yaml:4: {said}" in ended.err
    assert ended.err.endswith("[COLOUR-MEANING]\n")


@pytest.mark.parametrize("line", ['emergency: "#b00020"', 'today: "#7a4a10"', 'ink: "#201a1a"'])
def test_one_that_is_may_be_the_clinics(clinic, line):
    clinic.write(NIGHT + "brand.yaml", f"name: Night\nregion: GB\ncolours:\n  {line}\n")
    assert clinic.generate("brand", "explain", "colours", "--brand", "night").code == 0


@given(HEX, st.none() | HEX, st.booleans())
def test_no_heading_or_line_beside_what_is_urgent_is_near_its_red(brand, accent, exact):
    """The cover's area and the line below it may be the clinic's red."""
    tones = palette(Colours(brand=brand, accent=accent, exact=exact))
    for name in ("brand", "edge", "line", "ink"):
        assert not is_near(tones[name], tones["emergency"]), name


@given(HEX, HEX)
def test_hues_are_apart_as_far_both_ways(one, other):
    assert turned(one, other) == turned(other, one)
    assert 0 <= turned(one, other) <= 180
    assert turned("#a4161a", "#8a4b00") > NEAR_RED
