"""What only a file for paper can break is seen in the finished file, and named."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from clinicpress.checks.grey import unclear_in_grey
from clinicpress.checks.paper import look_at
from clinicpress.design.design import open_design
from clinicpress.editions.edition import Edition
from clinicpress.pages.typeset import typeset
from tests.conftest import ROOT

SHEET = Edition("tiny", "thumb-sheet", "general", "standard", "en", "neutral", "default", "A4")
HOME, PRESS, GREY = (
    replace(SHEET, production="home"),
    replace(SHEET, production="press"),
    replace(SHEET, colour="grey"),
)
LAYOUTS = ROOT / "layouts"
BRAND = "layouts/brands/default"

pytestmark = pytest.mark.usefixtures("in_process")  # workers are met in runs


@pytest.fixture(scope="module")
def design():
    return open_design(LAYOUTS, brand="default", format="standard", language="en", paper="A4")


@pytest.fixture(scope="module")
def found(design):
    """Return a function that sets a paragraph and names what is wrong with it on paper."""

    def found(
        edition: Edition, style: str, margin: float = 20, words: str = "10 words."
    ) -> list[str]:
        size = "215.9mm 279.4mm" if edition.production == "home" else "A4"
        html = (
            '<!doctype html><html lang="en"><head><title>A sheet</title>'
            f"<style>@page {{ size: {size}; margin: {margin}mm }} body {{ margin: 0 }}"
            f'p {{ font: 12pt "Fira Sans"; margin: 0; {style} }}</style></head>'
            f"<body><p>{words}</p></body></html>"
        )
        pdf = typeset(html, design).pdf
        return [str(problem) for problem in look_at(pdf, edition).problems]

    return found


@pytest.mark.parametrize(("edition", "near", "far"), [(PRESS, 5, 6), (HOME, 8, 9)])
def test_words_keep_6_mm_from_where_paper_is_cut_or_not_printed(found, edition, near, far):
    (said,) = found(edition, "", margin=near)
    assert said.startswith("page 1: “10 words.” is nearer than 6 mm to an edge")
    assert said.endswith("[PAPER-EDGE]")
    assert found(edition, "", margin=far) == []


@pytest.mark.parametrize("words", ["Asthma", "Vein trouble", "Jaw pain"])
@pytest.mark.parametrize("size", [12, 40])
def test_a_letter_that_reaches_over_its_width_is_not_too_near(found, words, size):
    """Its overhang is no word at the edge; words that are nearer are still told."""
    style = f"font-size: {size}pt; font-weight: 700"
    assert found(PRESS, style, margin=6, words=words) == []
    (said,) = found(PRESS, style, margin=4.5, words=words)
    assert said.startswith(f"page 1: “{words}” is nearer than 6 mm to an edge")


@pytest.mark.parametrize("words", ["elf", "Jaï"])
def test_an_overhang_at_the_right_is_not_too_near(found, words):
    style = "font-size: 12pt; font-weight: 700; text-align: right"
    assert found(PRESS, style, margin=6, words=words) == []


@pytest.mark.parametrize("edition", [HOME, GREY])
@pytest.mark.parametrize(
    ("style", "faint"),
    [
        ("color: #767676", False),
        ("color: #777777; background: #f4f4f4", True),
        ("color: #0a8a0a; background: #d88080", True),
        ("color: #8a8a8a; font-size: 17pt", True),
        ("color: #8a8a8a; font-size: 18pt", False),
        ("color: #ffffff; background: #0f5c6e", False),
    ],
)
def test_words_are_read_in_black_and_white(found, edition, style, faint):
    said = found(edition, style)
    assert [re.search(r"\[(.*)\]", line)[1] for line in said] == ["GREY-FAINT"] * faint


@pytest.mark.slow
def test_colour_that_reaches_the_cut_runs_into_the_bleed(clinic):
    booklet = ("booklet", "--for", "press")
    assert clinic.generate(*booklet).code == 0
    clinic.write(f"{BRAND}/styles/brand.css", ".cover-band { margin-right: 0 }")
    ended = clinic.generate(*booklet)
    assert ended.code == 1
    assert "_press.pdf, page 1: colour reaches the edge that is cut, and ends there." in ended.err
    assert "[PAPER-BLEED]" in ended.err


def test_a_proof_in_colour_is_not_judged_as_paper(found):
    assert found(SHEET, "color: #aaaaaa", margin=2) == []


def test_signs_of_every_brand_colour_are_seen_in_black_and_white(design):
    assert list(unclear_in_grey(design)) == []
    pale = replace(design, palette={**design.palette, "rule": "#b0b0b0"})
    (problem,) = unclear_in_grey(pale)
    assert problem.code == "GREY-SIGN"
    assert "“rule” have a contrast of 2.2 to 1" in problem.message


def test_two_signs_that_differ_by_colour_alone_are_refused(clinic):
    for name, colour in (("today", "#ff0000"), ("alarm", "#00ff00")):
        clinic.write(f"layouts/icons/{name}.svg",
                     '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">'
                     f'<circle cx="12" cy="12" r="9" fill="{colour}"/></svg>')  # fmt: skip
    ended = clinic.generate("handout", "thumb-sheet", "--grey")
    assert ended.code == 1
    assert "the signs “alarm” and “today” differ by colour alone" in ended.err
    assert "[GREY-ALIKE]" in ended.err
    assert clinic.generate("handout", "thumb-sheet").code == 0


def test_a_brands_style_that_is_too_faint_in_grey_is_refused_there(clinic):
    clinic.write(f"{BRAND}/styles/brand.css", ".part-about p { color: #8c8c8c }")
    ended = clinic.generate("booklet", "--grey")
    assert ended.code == 1
    assert "in black and white" in ended.err
    assert "[GREY-FAINT]" in ended.err
    assert "_A5_grey.pdf, page " in ended.err


@pytest.mark.slow
def test_a_coarse_logo_is_told_for_paper_alone(clinic):
    for pixels, coarse in ((40, True), (400, False)):
        logo = BytesIO()
        Image.new("RGB", (pixels, pixels), "#0f5c6e").save(logo, "PNG")
        clinic.write(f"{BRAND}/logo.png", logo.getvalue())
        if coarse:
            clinic.change(f"{BRAND}/brand.yaml", "name: Your clinic",
                          "name: Your clinic\nlogo: logo.png")  # fmt: skip
        ended = clinic.generate("booklet", "--for", "press", "--colour", "cmyk")
        assert ended.code == 0
        assert ("85 pixels to an inch" in ended.err) == ("[PAPER-COARSE]" in ended.err) == coarse
    assert "pixels to an inch" not in clinic.generate("booklet").err
