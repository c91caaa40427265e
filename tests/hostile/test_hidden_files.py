"""What the digest passes over, hidden files and caches, is read by nothing, whoever names it.

Else a print would stay “up to date” while what it is made of changes, and two have the same code.
"""

import pytest

from tests.design.test_own_fonts import font

NIGHT = "layouts/brands/night/"
BRAND = "name: Night\nregion: GB\n"
SHEET = ("handout", "thumb-sheet", "--brand", "night")
DRAWING = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='M0 0h9v9z'/></svg>"
NAMES = (".night", "__pycache__/night", "__PyCache__/night", "in/.there/night")


def of_template(clinic, name):
    clinic.write(f"{NIGHT}templates/{name}.html", "<p>Us</p>")
    clinic.write(NIGHT + "templates/slots/masthead.html", f'{{% include "{name}.html" %}}')
    return "TEMPLATE"


def of_picture(clinic, name):
    clinic.write(f"{NIGHT}{name}.svg", DRAWING)
    clinic.write(NIGHT + "templates/slots/masthead.html", f'<img src="{name}.svg" alt="Us">')
    return "LAYOUT-OUTSIDE"


def of_style(clinic, name):
    clinic.write(f"{NIGHT}{name}.svg", DRAWING)
    clinic.write(NIGHT + "styles/brand.css", f'.own {{ background: url("../{name}.svg") }}')
    clinic.write(NIGHT + "templates/slots/masthead.html", '<p class="own">Us</p>')
    return "LAYOUT-OUTSIDE"


def of_logo(clinic, name):
    clinic.write(f"{NIGHT}{name}.svg", DRAWING)
    clinic.write(NIGHT + "brand.yaml", f"{BRAND}logo: {name}.svg\n")
    return "LOGO"


def of_paper(clinic, name):
    clinic.write(f"{NIGHT}{name}.pdf", b"%PDF-1.4")
    clinic.write(NIGHT + "brand.yaml", f"{BRAND}background: {name}.pdf\n")
    return "BACKGROUND"


def of_font(clinic, name):
    clinic.write(f"{NIGHT}{name}.ttf", font())
    faces = f"    - {{weight: 400, file: {name}.ttf}}\n    - {{weight: 700, file: {name}.ttf}}\n"
    own = f"fonts:\n  family: Night Sans\n  licence: SIL OFL 1.1\n  faces:\n{faces}"
    clinic.write(NIGHT + "brand.yaml", BRAND + own)
    return "VALUE"  # a font is named by its file alone


@pytest.mark.few(4)
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("of", [of_template, of_picture, of_style, of_logo, of_paper, of_font])
def test_what_is_hidden_is_read_by_nothing(clinic, of, name):
    clinic.write(NIGHT + "brand.yaml", BRAND)
    code = of(clinic, name)
    ended = clinic.generate(*SHEET)
    assert (ended.code, clinic.files()) == (1, [])
    assert f"[{code}]" in ended.err


@pytest.mark.parametrize("place", ["layouts/moon.svg", "layouts/counter/moon.svg"])
def test_neither_is_a_picture_of_which_the_digest_knows_nothing(clinic, place):
    clinic.write(place, DRAWING)
    clinic.write(NIGHT + "brand.yaml", BRAND)
    address = place.replace("layouts", "../..")
    clinic.write(NIGHT + "templates/slots/masthead.html", f'<img src="{address}" alt="Us">')
    ended = clinic.generate(*SHEET)
    assert (ended.code, clinic.files()) == (1, [])
    assert "“moon.svg” is outside the folder of the layouts" in ended.err


def test_what_a_system_leaves_there_is_no_matter(clinic):
    clinic.write(NIGHT + "brand.yaml", BRAND)
    assert clinic.generate(*SHEET).code == 0
    for left in (".DS_Store", "templates/.page.html.swp", "__pycache__/x.pyc"):
        clinic.write(NIGHT + left, b"\0")
    again = clinic.generate(*SHEET)
    assert again.code == 0
    assert "1 up to date" in again.err
