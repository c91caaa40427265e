"""What a brand's style may try in the margins, where a print says what it is, on each page."""

from collections.abc import Mapping

import pytest

from clinicpress.checks.seen.strange import DATE
from tests.hostile.sights import PICTURE

pytestmark = pytest.mark.usefixtures("in_process")  # workers are met in runs/test_in_workers.py

NIGHT = "layouts/brands/night/"
LONG = "We are open on each day of the week, and all through the night from six to six, too"

DELETED: Mapping[str, str] = {
    "reworded": '@page { @bottom-left { content: "Reviewed by our physiotherapists" } }',
    "emptied": '@page { @bottom-left { content: "" } }',
    "a footer instead": '@page { @bottom-left { content: "Our clinic, 12 High Street" } }',
    "hidden": "@page { @bottom-left { visibility: hidden } }",
    "white": "@page { @bottom-left { color: #fff } }",
    "tiny": "@page { @bottom-left { font-size: 2pt } }",
}
"""Styles of a handout that delete what it says of itself, or make it unreadable."""

BESIDE: Mapping[str, tuple[str, str]] = {
    "in the middle": ('@bottom-center { content: "Seen by our team" }', "STYLE-MARGIN"),
    "above": ('@top-right { content: "Seen by us" }', "SIGHT-MARGIN"),
    "at the side": ('@right-middle { content: "Ask us"; font-size: 9pt }', "SIGHT-MARGIN"),
    "off the sheet": (
        '@top-center { content: "Seen by our team"; margin-left: 150mm }',
        "STYLE-MARGIN",
    ),
    "over it": (f'@bottom-center {{ content: "{LONG}"; white-space: pre }}', "STYLE-MARGIN"),
}


def printed(clinic, publication, style):
    clinic.write(NIGHT + "brand.yaml", "name: Night\nregion: GB\n")
    clinic.write(NIGHT + "styles/brand.css", style)
    return clinic.generate(*publication, "--brand", "night")


@pytest.mark.few(1)
@pytest.mark.parametrize("style", DELETED.values(), ids=DELETED)
def test_a_footer_does_not_delete_version_and_review(clinic, style):
    ended = printed(clinic, ("handout", "thumb-sheet"), style)
    assert ended.code == 1
    assert "[SIGHT]" in ended.err or "[SIGHT-MARGIN]" in ended.err
    assert clinic.files() == []


@pytest.mark.few(1)
@pytest.mark.parametrize("side", ["left", "right"])
def test_it_stands_on_each_page_of_a_booklet(clinic, side):
    """Its cover has it too, and would hide that the other pages lack it."""
    boxes = '@bottom-left { content: counter(page) } @bottom-right { content: "" }'
    style = f"@page :{side} {{ {boxes} }}"
    ended = printed(clinic, ("booklet",), style)
    assert ended.code == 1
    assert "times on the pages, and has to" in ended.err
    assert clinic.files() == []


@pytest.mark.few(1)
@pytest.mark.parametrize(("box", "code"), BESIDE.values(), ids=BESIDE)
def test_no_other_words_stand_beside_it_nor_over_it_nor_off_the_sheet(clinic, box, code):
    ended = printed(clinic, ("handout", "thumb-sheet"), f"@page {{ {box} }}")
    assert (ended.code, clinic.files()) == (1, [])
    assert f"[{code}]" in ended.err
    assert "page 1" in ended.err


@pytest.mark.slow
def test_what_is_wrong_with_each_page_is_told_once(clinic):
    ended = printed(clinic, ("booklet",), '@page { @right-middle { content: "Ask" } }')
    assert ended.err.count("MARGIN]") == 1


def test_a_margin_may_look_as_a_brand_likes(clinic):
    style = "@page { @bottom-left { font-weight: 700; color: #333 } }"
    clinic.write(NIGHT + "strings/en.po", 'msgid "page"\nmsgstr "Sheet"\n')
    assert printed(clinic, ("handout", "thumb-sheet"), style).code == 0


@pytest.mark.few(1)
@pytest.mark.parametrize(
    ("product", "file", "said"),
    [
        (
            ("handout", "thumb-sheet"),
            "templates/margins.html",
            "{% set until = words.use_until(m.use_until) %}",
        ),
        (("booklet",), "templates/required/state.html", "{{ words.use_until(m.use_until) }}"),
    ],
)
def test_until_when_it_may_be_used_must_be_read(clinic, product, file, said):
    words = (clinic.folder / "layouts" / file).read_text("utf-8")
    gone = '{% set until = "" %}' if "set" in said else ""
    clinic.write(f"layouts/{file}", words.replace(said, gone))
    ended = clinic.generate(*product, "--region", "GB")
    assert (ended.code, clinic.files()) == (1, [])
    assert "“Do not use after 31 Dec 2028” must be read" in ended.err


def test_no_brand_says_otherwise_until_when(clinic):
    clinic.write(NIGHT + "strings/en.po", 'msgid "use-until"\nmsgstr "Use it after {date}"\n')
    ended = printed(clinic, ("handout", "thumb-sheet"), "")
    assert (ended.code, clinic.files()) == (1, [])
    assert "[REVIEW-WORDS]" in ended.err


UNTIL = "{% set until = words.use_until(m.use_until) %}"


@pytest.mark.few(4)
@pytest.mark.parametrize(
    ("said", "code"),
    [
        ('words.use_until(m.use_until) ~ "9"', "SIGHT-MARGIN"),
        ('words.use_until("2099-12-31") ~ " · " ~ words.use_until(m.use_until)', "SIGHT-MARGIN"),
        ('words.use_until(m.use_until) ~ " 2099"', "SIGHT-MARGIN"),
        ('words.use_until(m.use_until) ~ " – 31/12/99"', "SIGHT-MARGIN"),
        ('words.use_until(m.use_until) ~ " → 12/99"', "SIGHT-MARGIN"),
        ('words.use_until(m.use_until) ~ " → ²⁰⁹⁹"', "SIGHT-MARGIN"),
        ('words.use_until(m.use_until) ~ " → MM"', "SIGHT-MARGIN"),
        ('"2099 | " ~ words.use_until(m.use_until)', "SIGHT-MARGIN"),
    ],
)
def test_no_digit_makes_another_day_of_it(clinic, said, code):
    clinic.change("layouts/templates/margins.html", UNTIL, f"{{% set until = {said} %}}")
    ended = clinic.generate("handout", "thumb-sheet", "--region", "GB")
    assert (ended.code, clinic.files()) == (1, [])
    assert f"[{code}]" in ended.err


@pytest.mark.few(2)
@pytest.mark.parametrize(
    "style",
    [
        '@page { @top-center { content: "31.12.2099" } }',
        '@page { @top-center { content: "Do not use after 31 Dec 2099" } }',
        '@page { @top-center { content: "DO NOT USE AFTER 31 DEC 2099" } }',
    ],
)
def test_no_brands_style_names_another_day(clinic, style):
    ended = printed(clinic, ("handout", "thumb-sheet"), style)
    assert (ended.code, clinic.files()) == (1, [])
    assert "[SIGHT-" in ended.err


ANOTHER_DAY = pytest.mark.parametrize(
    "said", ['words.use_until("2099-12-31")', '"Do not use after 1 May 2030"']
)


@pytest.mark.few(1)
@ANOTHER_DAY
def test_no_slot_names_another_day(clinic, said):
    clinic.write(NIGHT + "templates/slots/masthead.html", f"<p>{{{{ {said} }}}}</p>")
    ended = printed(clinic, ("handout", "thumb-sheet"), "")
    assert (ended.code, clinic.files()) == (1, [])
    assert "[BRAND-CONTRADICTS]" in ended.err


@pytest.mark.few(1)
@ANOTHER_DAY
def test_no_template_names_another_day(clinic, said):
    lead = "{% block body %}"
    clinic.change("layouts/templates/handout.html", lead, f"{lead}<p>{{{{ {said} }}}}</p>")
    ended = printed(clinic, ("handout", "thumb-sheet"), "")
    assert (ended.code, clinic.files()) == (1, [])
    assert "this is not the day of this print" in ended.err
    assert "[SIGHT-NUMBER]" in ended.err


def test_neither_does_the_page_that_says_what_a_booklet_is(clinic):
    day = "{{ words.day(m.use_until) }}"
    clinic.change("layouts/templates/parts/about.html", day, f"{day}9")
    ended = clinic.generate("booklet", "--region", "GB")
    assert (ended.code, clinic.files()) == (1, [])
    assert "a digit stands with it that is none of it. Correct" in ended.err


@pytest.mark.parametrize("said", ["2099", "31.12.99", "1.1.2030", "1/1/30", "31-12-2099"])
def test_what_may_be_a_day_is_told(said):
    assert DATE.search(f"after{said}|")


@pytest.mark.parametrize(
    "said",
    ["1.2.3.4.5.", "•8.9.10.•", "1.2.3.4.10", "1.2.10", "012345678910", "12of40", "0300123456"],
)
def test_numbers_of_steps_pages_and_telephones_are_no_day(said):
    assert not DATE.search(said)


FOLIOS = {
    "none": ("@bottom-right { content: none }", "SIGHT-FOLIO"),
    "empty": ('@bottom-right { content: "" }', "SIGHT-FOLIO"),
    "white": ("@bottom-right { color: #fff }", "SIGHT"),
    "another": ('@bottom-right { content: "Page 2 of 3" }', "SIGHT-FOLIO"),
    "of another sheet": ("counter-reset: page 900", "SIGHT-FOLIO"),
    "a claim of known words": ('@top-right { content: "Reviewed by Night" }', "SIGHT-MARGIN"),
    "a picture": (f"@top-right {{ content: {PICTURE} }}", "STYLE-MARGIN"),
    "a picture behind": (f"@top-right {{ content: ''; background: {PICTURE}; width: 30mm }}",
                         "STYLE-MARGIN"),
}  # fmt: skip


@pytest.mark.few(2)
@pytest.mark.parametrize(("box", "code"), FOLIOS.values(), ids=FOLIOS)
def test_each_page_has_its_number_and_no_picture_in_its_margins(clinic, box, code):
    ended = printed(clinic, ("handout", "thumb-sheet"), f"@page {{ {box} }}")
    assert (ended.code, clinic.files()) == (1, [])
    assert f"[{code}]" in ended.err


def test_each_page_of_a_booklet_has_its_number(clinic):
    style = "@page :right { @bottom-right { content: counter(pages) } }"
    ended = printed(clinic, ("booklet",), style)
    assert (ended.code, clinic.files()) == (1, [])
    assert "the number of this page, “3”, cannot be found in its margin" in ended.err
