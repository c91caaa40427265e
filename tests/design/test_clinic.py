"""What a clinic says of itself: contacts once and everywhere, and sentences of its own."""

from pathlib import Path

import pytest

from clinicpress.design.design import open_design
from clinicpress.editions.edition import Edition
from clinicpress.editions.selection import select
from clinicpress.pages.compose import compose
from tests.conftest import undrawn

SITE = "layouts/brands/site/brand.yaml"
CONTACTS = """contacts:
  address: 12 High Street, Riverside
  phone: 01 23
  web: site.example
  hours: from 8 to 6
  out_of_hours: line 5
  languages: English, Polski
"""
OWN = {
    "footer": "Part of the *Riverside* group",
    "cover_text": "Made for the **nine** sites.",
    "back_text": "Our doors open without steps.",
    "other_formats": "Ask for this in Braille.",
    "interpreter": "We book an interpreter for you.",
    "complaints": "Tell us what went wrong.",
}


def write(clinic, *lines, like=""):
    clinic.write(SITE, f"name: Site\nregion: GB\n{like}" + "".join(lines))


def html(tiny, publication="thumb-sheet", paper="A4"):
    design = open_design(
        Path("layouts"), brand="site", format="standard", language="en", paper=paper,
        kind="booklet" if publication == "booklet" else "handout",
    )  # fmt: skip
    edition = Edition("tiny", publication, "general", "standard", "en", "GB", "site", paper)
    return compose(select(tiny, edition, design.brand.meanings), design, undrawn)


def all_of(keys):
    return "".join(f'{key}: "{OWN[key]}"\n' for key in keys)


def test_contacts_are_stated_once_and_stand_everywhere(clinic, tiny):
    write(clinic, CONTACTS)
    sheet, booklet = html(tiny), html(tiny, "booklet", "A5")
    line = "Telephone: 01\u00a023 ·\u00a0site.example"
    assert f"<strong>Site</strong> · 12 High Street, Riverside ·\u00a0{line}" in sheet
    for said in ("12 High Street, Riverside", "Open: from 8 to 6", "When we are closed: line 5",
                 "We speak: English, Polski", "Telephone: 01\u00a023"):  # fmt: skip
        assert f"<p>{said}</p>" in booklet
    assert "from 8" not in sheet


def test_the_telephone_of_the_contacts_is_the_clinics_number_in_the_text(clinic):
    write(clinic, CONTACTS)
    design = open_design(
        Path("layouts"), brand="site", format="standard", language="en", paper="A4"
    )
    assert design.brand.meanings == {"clinic-phone": "01 23"}


def test_lines_of_the_clinics_own_go_on_working(clinic, tiny):
    write(clinic, 'contact: ["Fax: 9"]\n', CONTACTS)
    assert "Fax: 9</p>" not in html(tiny)
    assert "Riverside ·\u00a0Fax: 9 ·\u00a0Telephone" in html(tiny)


@pytest.mark.parametrize("line", ["phone: 04 56\n", "contacts: {phone: 04 56}\n"])
def test_a_site_changes_one_contact_alone_and_everywhere(clinic, line):
    clinic.write("layouts/brands/group/brand.yaml", f"name: Group\nregion: GB\n{CONTACTS}")
    clinic.write(SITE, f"like: group\n{line}")
    design = open_design(
        Path("layouts"), brand="site", format="standard", language="en", paper="A4"
    )
    assert design.clinic().contact == ("Telephone: 04 56", "site.example")
    assert design.clinic().opening[0] == "Open: from 8 to 6"
    assert design.brand.meanings == {"clinic-phone": "04 56"}


def test_sentences_stand_on_cover_foot_and_back_cover(clinic, tiny):
    write(clinic, all_of(OWN))
    booklet = html(tiny, "booklet", "A5")
    assert '"Part of the Riverside group · Version ' in booklet
    assert '<p class="cover-text">Made for the <strong>nine</strong> sites.</p>' in booklet
    assert '<p class="clinic-text">Our doors open without steps.</p>' in booklet
    for key in ("other_formats", "interpreter", "complaints"):
        assert f'<p class="back-forms">{OWN[key]}</p>' in booklet
    assert "in large print or in another format" not in booklet


def test_each_handout_ends_with_formats_interpreter_and_complaints(clinic, tiny):
    write(clinic, all_of(OWN))
    sheet = html(tiny)
    ends = [sheet.index(f'<p class="clinic-service">{OWN[key]}</p>')
            for key in ("other_formats", "interpreter", "complaints")]  # fmt: skip
    assert sheet.index('class="clinic-line"') < ends[0] < ends[1] < ends[2]
    for key in ("cover_text", "back_text"):
        assert OWN[key] not in sheet


def test_what_is_not_stated_is_not_printed(clinic, tiny):
    write(clinic)
    assert 'class="clinic-service"' not in html(tiny)
    assert "in large print or in another format" in html(tiny, "booklet", "A5")


def test_a_short_footer_shares_a_line_with_the_name(clinic, tiny):
    write(clinic, "footer: A group\n")
    assert (
        'content: "A group · Move your thumb · For adults · Do not use after 31 Dec 2028" "\\A"'
        in html(tiny)
    )


def test_what_is_small_says_no_address(clinic):
    """A card, pad or poster is for the signs: the clinic is named there by telephone and web."""
    write(clinic, CONTACTS)
    design = open_design(
        Path("layouts"), brand="site", format="standard", language="en", paper="A4"
    )
    lines = {kind: design.clinic().line(kind) for kind in ("handout", "diary", "card", "pad")}
    assert [kind for kind, line in lines.items() if "High Street" in line] == ["handout", "diary"]
    assert lines["card"] == "Site · Telephone: 01 23 · site.example"


@pytest.mark.parametrize(
    "address", ["2030 Main Street, Springfield, IL 62701", "Level 2, 9 Version Road, Leeds LS1 9ZZ"]
)
def test_an_address_may_hold_numbers(clinic, address):
    write(clinic, f'contacts: {{address: "{address}"}}\n')
    ended = clinic.generate("handout", "thumb-sheet", "--brand", "site")
    assert ended.code == 0, ended.err


@pytest.mark.slow
def test_a_sheet_and_a_booklet_with_all_of_it_are_printed(clinic):
    write(clinic, CONTACTS, all_of(OWN))
    for command in (("handout", "thumb-sheet"), ("booklet",)):
        ended = clinic.generate(*command, "--brand", "site")
        assert ended.code == 0, ended.err


# ---------------------------------------------------------------- what is refused


def refused(clinic, key, words):
    write(clinic, f"{key}: {words}\n" if "." not in key else "contacts: {hours: " + words + "}\n")
    ended = clinic.generate("handout", "thumb-sheet", "--brand", "site")
    assert (ended.code, clinic.files()) == (1, [])
    assert ended.err.startswith(f"{SITE}:3: ")
    return ended.err


@pytest.mark.few(10)
@pytest.mark.parametrize("key", [*OWN, "contacts.hours"])
@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Reviewed by our physiotherapists", "CLAIM"),
        ("R e v i e w e d  by us", "CLAIM"),
        ("All of these are normal", "BRAND-CONTRADICTS"),
        ("These are **nor**mal", "BRAND-CONTRADICTS"),
        ("Ignore what is in red", "BRAND-CONTRADICTS"),
        ("Call 999 if you like", "BRAND-CONTRADICTS"),
        ("In an emergency see us first", "BRAND-CONTRADICTS"),
        ("Ask [[clinic-phone]]", "TOKEN-MISPLACED"),
        ("See [us](javascript:1)", "LINK"),
    ],
)
def test_no_word_of_a_clinic_rewords_or_takes_back_what_must_be_read(clinic, key, words, code):
    assert f"[{code}]" in refused(clinic, key, f'"{words}"')


@pytest.mark.parametrize(
    ("key", "most"),
    [("footer", 120), ("cover_text", 240), ("back_text", 600), ("complaints", 240)],
)
def test_they_have_room_for_so_many_letters(clinic, key, most):
    said = refused(clinic, key, "word " * (most // 5 + 1))
    assert f"has {most + 4} letters, and {most} are the most. Shorten it. [VALUE]" in said


def test_markup_is_emphasis_and_links_alone(clinic, tiny):
    write(clinic, 'complaints: "<b>Loud</b> {{ 7 * 7 }} [us](https://us.example)"\n')
    assert "&lt;b&gt;Loud&lt;/b&gt; {{ 7 * 7 }} <a href=" in html(tiny)


def test_a_footer_ends_neither_its_style_nor_its_string(clinic, tiny):
    write(clinic, "footer: '\"; } body { display: none } </style><b>'\n")
    page = html(tiny)
    assert "</style><b>" not in page
    assert '"\\22 ; } body { display: none } \\3c /style>\\3c b>' in page
