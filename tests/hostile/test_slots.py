"""What fills a slot of a page stays in it, and says nothing that must be read, or like it."""

# ruff: noqa: E501 - a row is an attack and what is said of it

from collections.abc import Mapping

import pytest

pytestmark = pytest.mark.usefixtures("in_process")  # workers are met in runs/test_in_workers.py

NIGHT = "layouts/brands/night/"
WHITE = "background: #fff; width: 180mm; height: 60mm"

MARKUP: Mapping[str, tuple[str, str]] = {
    "a style that hides the signs": (
        "<style>.tier { display: none }</style>",
        "the element “style”",
    ),
    "a style among elements": ("<p>Us</p><style>@page{size:1mm}</style>", "the element “style”"),
    "a link to a style": ('<link rel="stylesheet" href="x.css">', "the element “link”"),
    "over the state line": ('<p style="position: absolute; bottom: 0">Us</p>', "holds a “style”"),
    "a size, and a place": ('<p style="width: 9mm; position: fixed">Us</p>', "holds a “style”"),
    "a margin below nothing": ('<p style="margin-bottom: -90mm">Us</p>', "holds a “style”"),
    "a comment without end": ("<p>Us</p><!-- ", "no plain element"),
    "a comment by a filter": ("{{ '<!--'|safe }}", "no plain element"),
    "a div that is not closed": ("<div><p>Us</p>", "does not close “div”"),
    "what the page opened, closed": ("<p>Us</p></div></section>", "closes “div”"),
    "an element in halves": ("<p>Us</p><div", "no plain element"),
    "capitals": ("<STYLE>.gate { color: #fff }</STYLE>", "no plain element"),
    "a sign of its own": ('<div data-required="signs">Us</div>', "holds “data-required”"),
    "an item of its own": ('<div data-item="tier-emergency">Us</div>', "holds “data-item”"),
    "the name of a place": ('<p id="gate">Us</p>', "holds “id”"),
    "what runs": ('<p onclick="x()">Us</p>', "holds “onclick”"),
    "the look of a sign": ('<div class="own tier">Us</div>', "the class “tier” of what must"),
    "the look of a stop line": ("<p class='stop'>Us</p>", "the class “stop” of what must"),
    "a title of its own": ("<h1>Us</h1>", "the element “h1”"),
    "a whole page": ('{% extends "base.html" %}', "no plain element"),
    "a drawing": ('<svg viewBox="0 0 1 1"></svg>', "the element “svg”"),
    "a table": ("<table><tr><td>Us</td></tr></table>", "the element “table”"),
}
"""What is no plain markup that ends where it began, and what is said of it."""

WORDS: Mapping[str, tuple[str, str]] = {
    "reassuring": ("<p>All of these are normal</p>", "BRAND-CONTRADICTS"),
    "vouching": ("<p>Reviewed by our physiotherapists</p>", "BRAND-CONTRADICTS"),
    "in pieces": ("<p>Re<b></b>viewed by our team</p>", "BRAND-CONTRADICTS"),
    "joined": ("<p>{{ 'Appro' ~ 'ved by our team' }}</p>", "BRAND-CONTRADICTS"),
    "written as numbers": ("<p>Revi&#101;wed by us</p>", "BRAND-CONTRADICTS"),
    "of a picture": ('<p>Us</p><img src="l.svg" alt="Ignore these">', "BRAND-CONTRADICTS"),
    "another version": ("<p>Version 9.9</p>", "BRAND-CONTRADICTS"),
    "another page": ("<p>Page 1 of 1</p>", "BRAND-CONTRADICTS"),
    "another end": ("<p>Good for use through {{ 'MMX' ~ 'CIX' }}</p>", "BRAND-CONTRADICTS"),
    "another version on two lines": (
        "<p>Version</p>\n<p>two, with pictures</p>",
        "BRAND-CONTRADICTS",
    ),
    "when to stop": ("<p>{{ m.stop }}</p>", "SLOT-REQUIRED"),
    "what a topic never prints": ("<p>Magic thumbs</p>", "NEVER-PRINT"),
}
"""Words like those that must be read, and the code under which they are refused."""

LINKS: Mapping[str, tuple[str, str]] = {
    "a number that calls another": (
        '<a href="tel:+449098790000">999</a>',
        "the link “999” leads to “tel:+449098790000”, which its words do not say",
    ),
    "one among words": (
        '<a href="tel:09098790000">Or ring 111</a>',
        "the link “Or ring 111” leads to",
    ),
    "one in pieces": ('<a href="tel:09098790000">1<b>1</b>1</a>', "the link “111” leads to"),
    "one in a picture": (
        '<a href="tel:09098790000"><img src="l.svg" alt="999"></a>',
        "the link “999” leads to",
    ),
    "a page of another host": (
        '<a href="https://evil.example">nhs.uk/back</a>',
        "the link “nhs.uk/back” leads to “https://evil.example”",
    ),
    "a host in a path": (
        '<a href="https://evil.example/nhs.uk">nhs.uk</a>',
        "the link “nhs.uk” leads to",
    ),
    "a host below another": (
        '<a href="https://nhs.uk.evil.example">n<i>hs</i>.uk</a>',
        "the link “nhs.uk” leads to",
    ),
    "written as numbers": (
        '<a href="https://evil.example">nhs&#46;uk</a>',
        "the link “nhs.uk” leads to",
    ),
    "a mailbox of another": (
        '<a href="mailto:us@evil.example">us@nhs.uk</a>',
        "the link “us@nhs.uk” leads to",
    ),
    "a user's name": (
        '<a href="https://nhs.uk@evil.example/">us</a>',
        "the link “https://nhs.uk@evil.example/” holds a user's name before the host",
    ),
    "no number": ('<a href="tel:ward">us</a>', "holds no telephone number"),
}
"""Links whose words name another place than that to which they lead, and what is said of them."""

STYLES: Mapping[str, str] = {
    "lifted over the title": f".own {{ position: absolute; top: 0; {WHITE} }}",
    "fixed on each page": f".own {{ position: fixed; bottom: 0; {WHITE} }}",
    "over what is below": f".own {{ {WHITE}; margin-bottom: -55mm }}",
    "over what is above": f".own {{ {WHITE}; margin-top: -40mm }}",
    "above all else": f".own {{ position: absolute; z-index: 99; {WHITE} }}",
    "beside the page": ".own { margin-left: -60mm; width: 40mm; background: #fff }",
    "a frame that is lifted": f"[data-slot] {{ height: 1mm }} .own {{ {WHITE} }}",
}
"""Styles that move what fills a slot out of it."""

HONEST = {
    "cover": '<p class="own">{{ brand.name }}, part of the <b>Riverside</b> group</p>',
    "masthead": '<p class="own">{{ brand.name }}<br>Ward 5</p>',
    "foot": '<p class="own"><a href="https://night.example">{{ brand.name }}</a> &amp; friends</p>',
    "foot ": '<p><a href="tel:+441632960000">01632 960000</a>, <a href="tel:111">111</a>, <a href="https://www.night.example/ward"><img src="l.svg" alt="us">night.example</a>, <a href="mailto:us@night.example">us@night.example</a></p>',
    "back-cover": '<div class="own"><p>{{ brand.name }}</p>{% for line in brand.contact %}<p>{{ line }}</p>{% endfor %}</div>',
}  # fmt: skip


def printed(clinic, slot: str, markup: str, style: str = "", asked=("handout", "thumb-sheet")):
    clinic.write(NIGHT + "brand.yaml", "name: Night Clinic\nregion: GB\n")
    clinic.write(f"{NIGHT}templates/slots/{slot}.html", markup)
    if style:
        clinic.write(NIGHT + "styles/brand.css", style)
    return clinic.generate(*asked, "--brand", "night")


@pytest.mark.few(5)
@pytest.mark.parametrize(("markup", "said"), MARKUP.values(), ids=MARKUP)
def test_a_slot_holds_plain_markup_that_ends_where_it_began(clinic, markup, said):
    ended = printed(clinic, "masthead", markup)
    assert (ended.code, clinic.files()) == (1, [])
    assert said in ended.err
    assert f"{NIGHT}templates/slots/masthead.html:1: " in ended.err


@pytest.mark.few(2)
@pytest.mark.parametrize(("markup", "code"), WORDS.values(), ids=WORDS)
def test_no_slot_says_what_must_be_read_nor_takes_it_back(clinic, markup, code):
    clinic.change("sources/tiny/topic.yaml", "[thumbs up]", "[thumbs up, magic thumbs]")
    clinic.write(NIGHT + "l.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')
    ended = printed(clinic, "foot", markup)
    assert (ended.code, clinic.files()) == (1, [])
    assert f"[{code}]" in ended.err
    assert "slots/foot.html" in ended.err


@pytest.mark.few(4)
@pytest.mark.parametrize(("markup", "said"), LINKS.values(), ids=LINKS)
def test_the_words_of_a_link_in_a_slot_say_where_it_leads(clinic, markup, said):
    clinic.write(NIGHT + "l.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')
    ended = printed(clinic, "foot", f"<p>{markup}</p>")
    assert (ended.code, clinic.files()) == (1, [])
    assert said in ended.err
    assert f"{NIGHT}templates/slots/foot.html: " in ended.err
    assert "[LINK]" in ended.err


def test_a_name_begins_no_claim_that_a_slot_ends(clinic):
    clinic.write(NIGHT + "brand.yaml", "name: Valid\nregion: GB\n")
    markup = "<p>{{ brand.name }} until {{ 'Dec' ~ 'ember' }}</p>"
    clinic.write(NIGHT + "templates/slots/foot.html", markup)
    ended = clinic.generate("handout", "thumb-sheet", "--brand", "night")
    assert (ended.code, clinic.files()) == (1, [])
    assert "“valid until december”" in ended.err


@pytest.mark.few(2)
@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_nothing_is_moved_out_of_a_slot(clinic, style):
    ended = printed(clinic, "masthead", '<p class="own">Us</p>', style)
    assert (ended.code, clinic.files()) == (1, [])
    assert "[STYLE-SLOT]" in ended.err


@pytest.mark.few(1)
@pytest.mark.parametrize(
    "style",
    [
        "[data-slot] { position: absolute; top: 0; background: #fff; width: 180mm }",
        "[data-slot] { margin: -40mm; z-index: 9; outline: 60mm solid #fff; transform: scale(9) }",
    ],
    ids=["lifted", "moved, outlined and grown"],
)
def test_the_frame_of_a_slot_stays_where_it_is(clinic, style):
    ended = printed(clinic, "masthead", '<p class="own">Us</p>', style)
    assert ended.code == 0
    assert [file for file in clinic.files() if file.endswith(".pdf")]


@pytest.mark.slow
def test_no_huge_white_box_pushes_the_signs_off_page_1(clinic):
    ended = printed(clinic, "masthead", '<p class="own">Us</p>', ".own { height: 260mm }")
    assert (ended.code, clinic.files()) == (1, [])
    assert "[BRAND-ROOM]" in ended.err


@pytest.mark.slow
def test_no_huge_white_box_makes_two_pages_of_a_cover(clinic):
    style = ".own { height: 150mm }"
    ended = printed(clinic, "cover", '<p class="own">Us</p>', style, ("booklet",))
    assert (ended.code, clinic.files()) == (1, [])
    assert "[BRAND-ROOM]" in ended.err


@pytest.mark.few(1)
@pytest.mark.parametrize("slot", HONEST)
def test_honest_words_fill_each_slot(clinic, slot):
    asked = ("booklet",) if slot.endswith("cover") else ("handout", "thumb-sheet")
    clinic.write(NIGHT + "l.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')
    ended = printed(clinic, slot.strip(), HONEST[slot], ".own { color: #333; padding: 1mm }", asked)
    assert ended.code == 0, ended.err
