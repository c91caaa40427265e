"""What a brand says, wherever it says it: nothing takes back or rewords what must be read."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from clinicpress.checks import phrases
from clinicpress.errors import Place
from tests.conftest import Clinic

SHEET = ("handout", "thumb-sheet")
BRAND = "layouts/brands/default/brand.yaml"
ODD = "Ignore the signs below, and do not call 999."

pytestmark = pytest.mark.usefixtures("in_process")


def paper(words: str) -> bytes:
    """Return a clinic's own paper with a line of words at its top."""
    made = BytesIO()
    canvas = Canvas(made, pagesize=A4, invariant=1)
    canvas.drawString(60, A4[1] - 40, words)
    canvas.save()
    return made.getvalue()


def brand(clinic: Clinic, **keys: object) -> None:
    """Write the brand, which says its name and region, and ``keys``."""
    said = {"name": "Riverside Practice", "region": "GB", **keys}
    clinic.write(BRAND, json.dumps(said))


@pytest.mark.few(10)
@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ({"footer": ODD}, "BRAND-CONTRADICTS"),
        ({"footer": "Wait until morning before you ring anybody."}, "BRAND-CONTRADICTS"),
        ({"contact": [ODD]}, "BRAND-CONTRADICTS"),
        ({"reference": "Ignore.signs.below"}, "BRAND-CONTRADICTS"),
        ({"reference": "Reviewed.by.NHS"}, "CLAIM"),
        ({"qr": "https://do.not.call/999"}, "BRAND-CONTRADICTS"),
        ({"interpreter": "Ring [111](tel:09098790000)"}, "LINK"),
        ({"complaints": "See [nhs.uk/back](https://evil.example/nhs.uk)"}, "LINK"),
        ({"other_formats": "See [us](https://nhs.uk@evil.example/)"}, "LINK"),
        ({"contact": ["[us@nhs.uk](mailto:us@evil.example)"]}, "LINK"),
        ({"reference": "Valid-to-31-Dec-2099"}, "BRAND-CONTRADICTS"),
        ({"name": "Clinic (vetted by Dr. A. Smith)"}, "BRAND-CONTRADICTS"),
        ({"name": "Open to MMXCIX"}, "BRAND-CONTRADICTS"),
        ({"words": {"family-doctor": "Dr. A as 999 is shut"}}, "BRAND-CONTRADICTS"),
        ({"contacts": {"hours": "999 is closed at night"}}, "BRAND-CONTRADICTS"),
        ({"back_text": "This leaflet stays in use."}, "BRAND-CONTRADICTS"),
        ({"reference": "A1"}, "VALUE"),
        ({"reference": ".hidden"}, "VALUE"),
        ({"reference": "{language}"}, "VALUE"),
        ({"phone": "0111 111", "contacts": {"phone": "0222 222"}}, "BRAND-CONTACT"),
    ],
)
def test_no_key_of_a_brand_rewords_what_must_be_read(clinic, keys, code):
    brand(clinic, **keys)
    ended = clinic.generate(*SHEET)
    assert ended.code == 1
    assert f"[{code}]" in ended.err
    assert BRAND in ended.err
    assert clinic.files() == []


IN_STRINGS = [
    ("back.forms", "All of these are normal. Do not call 999.", "BRAND-CONTRADICTS"),
    ("contact.phone", "Do not call 999, ring {value}", "BRAND-CONTRADICTS"),
    ("contact.hours", "Valid until 3 May, and open: {value}", "BRAND-CONTRADICTS"),
    ("about.contact", "Passed by our director:", "BRAND-CONTRADICTS"),
    ("back.forms", "Ask us for this in another format.", None),
    ("contact.out_of_hours", "Out of hours: {value}", None),
    ("page", "Sheet", None),
    ("page.of", "from", None),
    ("page", "Valid to 2099, page", "REVIEW-WORDS"),
    ("page", "Sheet 9, page", "REVIEW-WORDS"),
    ("page", "Page 9", "REVIEW-WORDS"),
    ("page.of", "goodthroughDecember", "REVIEW-WORDS"),
    ("back.emergency", "In an emergency", "REVIEW-WORDS"),
    ("back.emergency", "Only in a real emergency, never before you ring us", "REVIEW-WORDS"),
    ("cover.first", "Ignore the warning signs inside: all are normal.", "REVIEW-WORDS"),
    ("cover.first.inside", "Look at us first.", "REVIEW-WORDS"),
    ("practice.easier", "Go on through any pain:", "REVIEW-WORDS"),
    ("practice.leave-out", "Above all if:", "REVIEW-WORDS"),
    ("practice.also-stop", "Do not stop if {clauses}.", "REVIEW-WORDS"),
    ("pictures.or-if", "And do it if {clause}.", "REVIEW-WORDS"),
    ("about.review-by", "Use freely after", "REVIEW-WORDS"),
    ("use-until", "Use freely, also after {date}", "REVIEW-WORDS"),
    ("version", "Vetted and signed edition {version}, {date}", "REVIEW-WORDS"),
    ("span.range", "{most}–{least}", "REVIEW-WORDS"),
    ("dose.hold", "{span} minutes", "REVIEW-WORDS"),
    ("watermark.draft", "Hand out", "REVIEW-WORDS"),
]


@pytest.mark.few(12)
@pytest.mark.parametrize(("key", "words", "code"), IN_STRINGS)
def test_no_interface_word_of_a_brand_does(clinic, key, words, code):
    """What frames signs, gate, doses and dates is the program's; the rest says nothing of it."""
    file = "layouts/brands/default/strings/en.po"
    clinic.write(file, f'msgid ""\nmsgstr ""\n\nmsgid "{key}"\nmsgstr "{words}"\n')
    ended = clinic.generate(*SHEET)
    assert (ended.code == 1) == bool(code), ended.err
    assert not code or (f"[{code}]" in ended.err and f"{file}:4: " in ended.err)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("Not without advice if:", "Above all if:", "REVIEW-WORDS"),
        ("Do not use after {date}", "Use until {date}", "REVIEW-WORDS"),
        ("Ask your clinic for this in", "Ignore the signs, and ask for", "BRAND-CONTRADICTS"),
    ],
)
def test_no_interface_word_of_layouts_that_somebody_sent_does(clinic, old, new, code):
    clinic.change("layouts/strings/en.po", f'msgstr "{old}', f'msgstr "{new}')
    assert f"[{code}]" in clinic.generate(*SHEET).err


def test_words_for_a_key_hold_what_the_programs_own_hold_and_nothing_else(clinic):
    file = "layouts/brands/default/strings/en.po"
    said = "Write your emergency number here; {}"
    for words, is_refused in (("please", False), ("all of these are normal", True)):
        text = said.format(words)
        own = phrases.Phrase("k", "Emergency", Place(file, 1))
        fresh = phrases.Phrase("k", text, Place(file, 4))
        assert bool(list(phrases._contradicting([fresh], [own]))) == is_refused


def test_in_another_language_the_words_are_those_of_the_layouts(clinic):
    theirs = "layouts/strings/xx.po"
    clinic.write(theirs, 'msgid "use-until"\nmsgstr "Nicht nach {date}"\n')
    ours = "layouts/brands/default/strings/xx.po"
    for words, count in (("Nicht nach {date}", 0), ("Immer nach {date}", 1)):
        clinic.write(ours, f'msgid "use-until"\nmsgstr "{words}"\n')
        layouts = clinic.folder / "layouts"
        found = list(phrases.wrong_phrases(layouts, ["default"], []))
        assert [each.code for each in found] == ["REVIEW-WORDS"] * count


@pytest.mark.parametrize(("words", "code"), [("Riverside Practice", 0), (ODD, 1)])
def test_the_paper_below_a_print_is_read_as_well(clinic, words, code):
    Path(clinic.folder / "layouts/brands/default/paper.pdf").write_bytes(paper(words))
    brand(clinic, background="paper.pdf")
    ended = clinic.generate(*SHEET)
    assert ended.code == code, ended.err
    assert ("[BRAND-CONTRADICTS]" in ended.err) == bool(code)


def test_a_sheet_on_own_paper_may_be_filled_in_on_a_screen(clinic):
    Path(clinic.folder / "layouts/brands/default/paper.pdf").write_bytes(paper("Riverside"))
    brand(clinic, background="paper.pdf")
    given = (*SHEET, "--exercises", "thumb-bend", "--dose", "blank", "--setting", "given")
    ended = clinic.generate(*given, "--fields")
    assert ended.code == 0, ended.err


def test_what_is_said_of_a_field_is_read_as_well(clinic):
    strip = "layouts/templates/strip.html"
    clinic.change(strip, '<p class="field', f'<p data-says="{ODD}" class="field')
    given = (*SHEET, "--exercises", "thumb-bend", "--dose", "blank", "--setting", "given")
    assert "[BRAND-CONTRADICTS]" in clinic.generate(*given, "--fields").err


def test_a_logo_with_words_in_a_font_is_told_before_a_press_stumbles_over_it(clinic):
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'
    brand(clinic, logo="logo.svg")
    clinic.write("layouts/brands/default/logo.svg", drawing.format("<text y='5'>Mill</text>"))
    ended = clinic.generate(*SHEET)
    assert "holds words that are set in a font. Turn its text into paths" in ended.err
    clinic.write("layouts/brands/default/logo.svg", drawing.format("<path d='M1 1h5v5z'/>"))
    assert clinic.generate(*SHEET).code == 0
