"""What must be read is seen: ink of lines, letters of pages, and words that go on over one."""

import io
from itertools import pairwise
from math import ceil

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw

from clinicpress.checks.seen.ink import LIKENESS, SPOT, STRIPE, Ink, inked
from clinicpress.checks.seen.letters import Lettering, joined, rows
from clinicpress.checks.seen.lines import _halves
from clinicpress.checks.seen.picture import strips
from clinicpress.checks.seen.specimen import Faces, set_anew
from clinicpress.checks.seen.strange import _groups
from clinicpress.checks.seen.wanted import Seen
from clinicpress.design.fonts import read_fonts
from clinicpress.editions.required import Line
from clinicpress.pages.tags import mend
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def faces() -> Faces:
    return Faces(read_fonts(ROOT / "layouts/fonts.yaml").values())


@pytest.fixture
def page(setting):
    """Return a function that gives the letters of a page that holds a body of HTML."""

    def made(body: str) -> Lettering:
        pdf = mend(setting(f"<h1>First</h1>{body}").pdf)
        return Lettering(1, pypdfium2.PdfDocument(io.BytesIO(pdf))[0])

    return made


def specimen() -> Image.Image:
    """Return bars as letters are: white where there is ink."""
    picture = Image.new("L", (120, 12), 0)
    draw = ImageDraw.Draw(picture)
    for left in range(4, 116, 6):
        draw.rectangle((left, 3, left + 1, 9), fill=255)
    return picture


def printed(ground: int, ink: int) -> Image.Image:
    """Return the same in levels of grey."""
    return specimen().point([round(ground + (ink - ground) * level / 255) for level in range(256)])


@pytest.mark.parametrize(("ground", "ink"), [(255, 0), (255, 100), (30, 255), (230, 20)])
def test_honest_ink_is_like_the_specimen_on_any_ground(ground, ink):
    found = inked(printed(ground, ink), specimen())
    assert found.fault == ""
    assert found.likeness == pytest.approx(1, abs=0.01)
    assert max(found.spot, found.stripe) < 0.02


def struck(picture: Image.Image) -> Image.Image:
    ImageDraw.Draw(picture).line((0, 6, 120, 6), fill=0)
    return picture


def half_covered(picture: Image.Image) -> Image.Image:
    ImageDraw.Draw(picture).rectangle((60, 0, 90, 12), fill=255)
    return picture


BAD = {
    "nothing there": (Image.new("L", (120, 12), 255), "is covered"),
    "faint": (printed(255, 225), "is too faint"),
    "dark on dark": (printed(60, 20), "is too faint"),
    "struck through": (struck(printed(255, 0)), "is "),
    "covered in part": (half_covered(printed(255, 0)), "is "),
    "moved": (ImageChops.offset(printed(255, 0), 3, 0), "is covered"),
    "upside down": (printed(255, 0).rotate(180).transpose(Image.Transpose.FLIP_LEFT_RIGHT), "is "),
}


@pytest.mark.parametrize(("picture", "said"), BAD.values(), ids=BAD)
def test_ink_that_is_not_like_the_specimen_is_told(picture, said):
    assert inked(picture, specimen()).fault.startswith(said)


@pytest.mark.parametrize(
    ("ink", "good"),
    [
        (Ink(LIKENESS, SPOT, STRIPE, 3.0), True),
        (Ink(LIKENESS - 0.01, 0, 0, 21), False),
        (Ink(1, SPOT + 0.01, 0, 21), False),
        (Ink(1, 0, STRIPE + 0.01, 21), False),
        (Ink(1, 0, 0, 2.9), False),
    ],
)
def test_each_bound_counts(ink, good):
    assert (ink.fault == "") == good


def test_letters_are_read_in_order_with_their_faces_and_places(page):
    letters = page("<p>Find <strong>help</strong> now.</p>")
    assert letters.words == "FirstFindhelpnow."
    (places,) = letters.found("Findhelp")
    glyphs = joined(letters.at(places))
    assert [glyph.sign for glyph in glyphs] == ["F", "i", "n", "d", "h", "e", "l", "p"]
    assert [glyph.face for glyph in glyphs] == ["Fira-Sans"] * 4 + ["Fira-Sans-Bold"] * 4
    assert {round(glyph.size, 2) for glyph in glyphs} == {10}
    assert all(one.x < other.x and one.y == other.y for one, other in pairwise(glyphs))
    assert [len(row) for row in rows(glyphs)] == [4, 4]


def test_a_ligature_is_one_letter(page):
    letters = page("<p>Find a fine figure.</p>")
    (places,) = letters.found("fine")
    assert [glyph.sign for glyph in joined(letters.at(places))] == ["fi", "n", "e"]


def test_a_specimen_is_the_page_itself_where_nothing_else_is_on_it(page, faces):
    letters = page("<p>Call your local emergency number now. Find help.</p>")
    lines = rows(joined(letters.at(range(len(letters.words)))))
    (strip,) = strips([(0, 0, *map(ceil, letters.page.get_size()))])
    with set_anew([(letters.box, lines)], faces) as anew:
        ours, theirs = strip.drawn(anew[0]), strip.drawn(letters.page)
    assert ours.size == theirs.size
    assert ImageChops.difference(ours, theirs).getextrema()[1] < 64  # a third of a pixel


@pytest.mark.parametrize(
    ("words", "before", "after", "halves"),
    [
        ("yourarmtingles", "andthenyourarm", "tinglesmore", ("yourarm", "tingles")),
        ("yourarmtingles", "andthenyourarm", "1.2.tinglesmore", ("yourarm", "tingles")),
        ("yourarmtingles", "andyourarm1.2.", "tinglesmore", ("yourarm", "tingles")),
        ("yourarmtingles", "andyour", "armtickles", None),
        ("yourarmtingles", "and", "yourarmtingles", None),
        (
            "offthefloor,unlessyousit",
            "offthefloor,unlessyou",
            "sit;or",
            ("offthefloor,unlessyou", "sit"),
        ),
        ("Notwithoutadvice", "last.Not", "withoutadvice", ("Not", "withoutadvice")),
        ("yourarmtingles", "any", "then;ourarmtingles", None),
        ("yourarmtingles", "and", "tingles", None),
        ("yourarmtingles", "gently", "if.yourarmtingles", None),
    ],
)
def test_words_that_go_on_over_a_page_are_found_in_halves(words, before, after, halves):
    assert _halves(words, before, after) == halves


def test_a_title_that_begins_a_longer_line_opens_no_block():
    """“Book a visit” is the title of a tier, and the start of what to do about another sign."""
    short = Line("tier-appointment", "Book a visit", opens=True)
    long = Line("tier-appointment", "Book a visit with your GP.")
    found = [
        Seen(short, None, range(23, 33), ()),
        Seen(long, None, range(23, 44), ()),
        Seen(Line("tier-appointment", "Ask to be seen sooner."), None, range(74, 92), ()),
    ]
    assert _groups(found) == []
    assert _groups([found[0], found[2]]) == [[found[0], found[2]]]
