"""What only a finished layout can break: a brand's template that loses what must be printed."""

import json

import pypdfium2
import pytest

SHEET = "sources/tiny/publications/thumb-sheet.yaml"
SIGNS, STOP = "layouts/templates/required/signs.html", "layouts/templates/required/stop.html"

pytestmark = pytest.mark.usefixtures("in_process")  # workers are met in runs


@pytest.mark.few(1)
@pytest.mark.parametrize(
    ("template", "cut", "lost"),
    [
        (SIGNS, "{{ sign.short|inline }}.", "T3"),
        (SIGNS, '{{ (sign.full if wording == "full" else sign.short)|inline }}', "T1, T2"),
        (
            STOP,
            '<p class="stop" data-required="stop">{{ m.stop|ending_whole|inline }}</p>',
            "stop_signs",
        ),
    ],
    ids=["a same-day sign", "emergency signs", "stop signs"],
)
def test_a_template_cannot_lose_what_must_be_printed(clinic, template, cut, lost):
    clinic.change(template, cut, "")
    ended = clinic.generate("handout", "thumb-sheet")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == (
        "default/tiny/tiny_thumb-sheet_general_standard_en-neutral_A4.pdf: the layout leaves out "
        f"what must be printed: {lost}. A template or style was changed so that it is lost; "
        "put it back. [SAFE-PRINT]\n"
    )


def test_a_brands_style_cannot_hide_the_gate(clinic):
    style = clinic.folder / "layouts/brands/default/styles/brand.css"
    style.parent.mkdir(parents=True)
    style.write_text(".gate p { display: none }")
    assert "[SAFE-PRINT]" in clinic.generate("handout", "thumb-sheet").err


def test_each_page_with_something_to_do_keeps_its_stop_line(clinic):
    """The two exercises of the sheet stand on one page; parted, one of them has none."""
    practice = "layouts/templates/practice.html"
    clinic.change(
        practice, "{% if not runs_on %}{{ stop_now() }}", "{% if loop.first %}{{ stop_now() }}"
    )
    clinic.change(
        "layouts/styles/practice.css", ".run { break-inside: avoid }", ".run { break-before: page }"
    )
    assert "must be printed: stop_signs." in clinic.generate("handout", "thumb-sheet").err


IN_SHORT = "tiers: [emergency], wording: short"
POINTER = "Signs that need help today are at the end of this sheet."


def test_a_sheet_with_its_emergency_signs_in_full_points_to_the_others_too(clinic):
    clinic.change(SHEET, IN_SHORT, "tiers: [emergency], wording: full")
    file = json.loads(clinic.generate("handout", "thumb-sheet", "--json").out)
    with pypdfium2.PdfDocument(file["path"]) as pdf:
        assert POINTER in " ".join(pdf[0].get_textpage().get_text_bounded().split())


def test_a_brands_template_cannot_lose_the_pointer(clinic):
    template = "templates/parts/warning-signs.html"
    text = (clinic.folder / "layouts" / template).read_text()
    clinic.write(f"layouts/brands/default/{template}", text.replace("m.points", "false"))
    assert "must be printed: pointer." in clinic.generate("handout", "thumb-sheet").err


@pytest.mark.slow
def test_signs_in_full_stand_on_page_1_too(clinic):
    """Whatever their wording, where the other tier is not before everything to do."""
    clinic.change(SHEET, IN_SHORT, "tiers: [emergency], wording: full")
    signs = (clinic.folder / "sources/tiny/warning-signs.yaml").read_text()
    long = signs.replace("full: Is your thumb cut off?", f"full: {'Is your thumb cut off? ' * 100}")
    assert long != signs
    clinic.write("sources/tiny/warning-signs.yaml", long)
    assert "do not end on page 1" in clinic.generate("handout", "thumb-sheet").err


@pytest.mark.slow
def test_in_large_type_the_page_of_the_steps_says_when_to_stop(clinic):
    """The dose may go on to the next page, with the line below it: that is not enough."""
    practice = "layouts/templates/practice.html"
    clinic.change(practice, "{% if runs_on %}{{ stop_now() }}{% endif %}", "")
    clinic.change(
        "layouts/styles/practice.css", ".whole { break-inside: avoid }",
        ".whole { break-inside: avoid } .whole + .whole { break-before: page }",
    )  # fmt: skip
    ended = clinic.generate("handout", "thumb-sheet", "--format", "large")
    assert "must be printed: stop_signs." in ended.err


MAP = """\
  figure: hand
  entries:
    bone: {text: The bone, on_map: true, evidence: [S1]}
    nail: {text: The nail, evidence: [S1]}
"""
"""Of two places one is said by the map."""


def test_a_map_of_where_not_to_press_says_what_its_list_leaves_out(clinic):
    cautions = "sources/tiny/cautions.yaml"
    clinic.change(cautions, "  entries:\n    bone: {text: The bone, evidence: [S1]}\n", MAP)
    clinic.change(SHEET, "  - {part: exercises", "  - part: never-press\n  - {part: exercises")
    hand = "sources/tiny/figures/hands/hand.yaml"
    drawn = (clinic.folder / hand).read_text()
    clinic.write(hand, f"{drawn}labels: {{1: The bone}}\n")
    assert clinic.generate("handout", "thumb-sheet").code == 0
    part = "layouts/templates/parts/never-press.html"
    clinic.change(part, "{{ plate(list.figure, 2) }}", "")
    assert "must be printed: The bone." in clinic.generate("handout", "thumb-sheet").err
