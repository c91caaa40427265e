"""What a brand says, wherever it says it: nothing takes back or rewords what must be read."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

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


@pytest.mark.parametrize(
    ("key", "words", "is_refused"),
    [
        ("back.forms", "All of these are normal. Do not call 999.", True),
        ("contact.phone", "Do not call 999, ring {value}", True),
        ("back.forms", "Ask us for this in another format.", False),
        ("back.emergency", "In an emergency", False),
    ],
)
def test_no_interface_word_of_a_brand_does(clinic, key, words, is_refused):
    """The layouts' own words for a key may speak of an emergency; then a brand's may, too."""
    clinic.write(
        "layouts/brands/default/strings/en.po",
        f'msgid ""\nmsgstr ""\n\nmsgid "{key}"\nmsgstr "{words}"\n',
    )
    ended = clinic.generate(*SHEET)
    assert ("[BRAND-CONTRADICTS]" in ended.err) == is_refused, ended.err
    assert (ended.code == 1) == is_refused


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
