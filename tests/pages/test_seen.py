"""What must be read is seen: ink of lines, letters of pages, and words that go on over one."""

import io
import os
import shutil
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw

from clinicpress.checks.seen import ink as inks
from clinicpress.checks.seen import specimen as specimens
from clinicpress.checks.seen.ink import LIKENESS, SPOT, STRIPE, Ink, Pattern, inked
from clinicpress.checks.seen.letters import Lettering, Phrases
from clinicpress.checks.seen.lines import _halves, _outermost
from clinicpress.checks.seen.picture import View, grey
from clinicpress.checks.seen.specimen import Faces, Specimen, patterns, specimen_of
from clinicpress.checks.seen.strange import _groups
from clinicpress.checks.seen.wanted import Seen
from clinicpress.design.fonts import read_fonts
from clinicpress.editions.required import Line
from clinicpress.files.paths import state
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
    found = inked(printed(ground, ink), Pattern(specimen()))
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
    assert inked(picture, Pattern(specimen())).fault.startswith(said)


@pytest.mark.parametrize("level", [0, 120, 255])
@pytest.mark.parametrize("ground", [255, 200])
def test_ink_that_is_taken_as_it_is_would_pass_every_bound(ground, level):
    """Whatever little is changed in a line that counts as the specimen, pixel by pixel."""
    theirs, ours = printed(ground, 20), Pattern(specimen())
    even = Image.new("L", theirs.size, level)
    met = 0
    for wide in range(1, 120, 7):
        for share in (0.02, 0.05, 0.08, 0.3):
            spoiled = theirs.copy()
            part = (1, 0, 1 + wide, 12)
            spoiled.paste(Image.blend(theirs, even, share).crop(part), part)
            if inks._plain(spoiled, ours):
                met += 1
                found = inks._fitted(spoiled, ours)
                assert found.fault == ""
                assert found.likeness > 0.97
    assert met


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
    plain, bold = letters.rows(places)
    assert (plain.signs, bold.signs) == ("Find", "help")
    assert (plain.face, bold.face) == ("Fira-Sans", "Fira-Sans-Bold")
    assert {round(row.size, 2) for row in (plain, bold)} == {10}
    assert plain.across == bold.across
    along = [*plain.along, *bold.along]
    assert all(one < other for one, other in pairwise(along))
    assert (along[0], along[-1]) == (plain.first[0], bold.last[0])


def test_letters_read_together_are_as_each_is_by_itself(page):
    """An object is looked for at few of its letters, and their places are read at once."""
    letters = page("<p>Ask <b>for</b> h<b>e</b>lp, <i>and</i> g<b>o</b> <small>now</small>.</p>")
    every = range(len(letters.words))
    alone = [letters.rows(range(at, at + 1))[0] for at in every]
    together = [(row.face, row.size, along) for row in letters.rows(every) for along in row.along]
    assert together == [(row.face, row.size, row.along[0]) for row in alone]
    assert len({row.face for row in alone}) >= 2
    assert list(zip(*letters.points(every), strict=True)) == [row.first for row in alone]


def test_phrases_are_found_wherever_they_stand(page):
    letters = page("<p>Call now. Call now, or go. So go!</p>")
    asked = ("Callnow", "Call", "go", "o", "now,orgo", "orgone", "So", "Firs", "o!", "nowo")
    places = {(found.start, found.stop) for found in Phrases(asked).on(letters)}
    assert places == {
        (found.start, found.stop) for words in asked for found in letters.found(words)
    }
    assert len(places) > 10


def test_a_line_in_a_longer_one_is_looked_at_with_it():
    outer, inner, end, other = range(4, 20), range(4, 9), range(12, 20), range(18, 30)
    assert _outermost([inner, other, end, outer, inner]) == {
        outer: outer, inner: outer, end: outer, other: other,
    }  # fmt: skip


def test_a_ligature_is_one_letter(page):
    letters = page("<p>Find a fine figure.</p>")
    (places,) = letters.found("fine")
    (row,) = letters.rows(places)
    assert row.signs == ["fi", "n", "e"]
    assert len(row.along) == 3


def test_letters_that_go_back_or_up_are_no_row(page):
    """What stands further on is one with what stands before; each letter is by itself else."""
    letters = page('<p>ab<span style="position: relative; top: -3pt">cd</span>ef</p>')
    (places,) = letters.found("abefcd")  # what is moved is painted later
    assert ["".join(row.signs) for row in letters.rows(places)] == ["abef", "cd"]
    letters = page('<p style="letter-spacing: -12pt">abc</p>')
    (places,) = letters.found("abc")
    assert [row.signs for row in letters.rows(places)] == [("a",), ("b",), ("c",)]


def test_letters_of_one_object_that_rise_are_no_row(page):
    letters = page("<p>abc</p>")
    (places,) = letters.found("abc")
    letters.points = lambda run: ([0.0, 5.0, 9.0], [0.0, 0.1, 3.0])
    assert ["".join(row.signs) for row in letters.rows(places)] == ["ab", "c"]


LINE = "Call now to find 1 flat figure."


@pytest.fixture
def drawn(page, faces):
    """Return a function that gives a line of HTML as a page shows it, and its specimen."""

    def made(body: str) -> tuple[Image.Image, Specimen]:
        letters = page(body)
        (row,) = letters.rows(range(len("First"), len(letters.words)))
        view = View.of(letters.box)
        box = view.around(row, 0.6)
        return grey(letters.page).crop(box), specimen_of(row, box, view, faces)

    return made


@pytest.mark.parametrize("indent", ["0", "1.3pt", "7.77pt"])
def test_a_specimen_is_the_line_itself_where_nothing_else_is_on_it(drawn, indent):
    """Wherever it stands, to the third of a pixel across, and to the whole one down."""
    theirs, line = drawn(f'<p style="padding: {indent}">{LINE}</p>')
    ours = patterns([line])[line].picture
    assert theirs.size == ours.size
    assert ImageChops.difference(theirs, ImageChops.invert(ours)).getextrema()[1] < 8


ELSE = {
    "font": f"<p><strong>{LINE}</strong></p>",
    "size": f'<p style="font-size: 10.5pt">{LINE}</p>',
    "letters": f"<p>{LINE.replace('flat', 'fiat')}</p>",
    "spaces": f'<p style="word-spacing: 0.5pt">{LINE}</p>',
    "place": f'<p style="padding-left: 0.4pt">{LINE}</p>',
}


@pytest.mark.parametrize("body", ELSE.values(), ids=ELSE)
def test_what_is_drawn_once_is_not_taken_for_what_looks_otherwise(drawn, body):
    """A picture that is kept is that of the same font, size, letters and places alone."""
    _, line = drawn(f"<p>{LINE}</p>")
    before = patterns([line])[line].picture
    theirs, other = drawn(body)
    ours = patterns([line, other])[other]
    assert ours.picture.size != before.size or ours.picture.tobytes() != before.tobytes()
    assert inked(theirs, ours).likeness > 0.99


OTHER = {
    "font": lambda line: state(line.font.path.with_name("FiraSans-Bold.ttf")),
    "matrix": lambda line: tuple(each * 1.05 for each in line.matrix),
    "signs": lambda line: (*line.signs[:-2], "o", line.signs[-1]),
    "starts": lambda line: (*line.starts[:-1], line.starts[-1] + 1),
    "base": lambda line: line.base - 1,
    "size": lambda line: (line.size[0] - 1, line.size[1]),
}


@pytest.mark.parametrize("part", Specimen._fields)
def test_all_that_a_picture_depends_on_tells_it_from_those_that_are_kept(drawn, part):
    _, line = drawn(f"<p>{LINE}</p>")
    other = line._replace(**{part: OTHER[part](line)})
    (anew,) = specimens._drawn([other])
    kept = patterns([line])[line].picture
    found = patterns([other])[other].picture
    assert (found.size, found.tobytes()) == (anew.picture.size, anew.picture.tobytes())
    assert (found.size, found.tobytes()) != (kept.size, kept.tobytes())


def test_a_font_is_known_by_what_it_holds(drawn, tmp_path):
    _, line = drawn(f"<p>{LINE}</p>")
    file = Path(shutil.copy(line.font.path, tmp_path))
    before = line._replace(font=state(file))
    first = patterns([before])[before].picture.tobytes()
    kept = file.stat()
    file.write_bytes(line.font.path.with_name("FiraSans-Bold.ttf").read_bytes())
    os.utime(file, ns=(kept.st_atime_ns, kept.st_mtime_ns))  # as if nothing had been written
    after = line._replace(font=state(file))
    assert patterns([after])[after].picture.tobytes() != first
    assert patterns([before])[before].picture.tobytes() == first


def test_each_line_of_a_sheet_has_its_own_picture(drawn):
    """Drawn together with others, or on end beside level ones, a line is as it is alone."""
    _, line = drawn(f"<p>{LINE}</p>")
    a, b, c, d = line.matrix
    wide, high = line.size
    end = Specimen(
        line.font, (-b, a, -d, c), line.signs,
        tuple(wide - 2 - start // 3 for start in line.starts), 3 * line.base, (high, wide),
    )  # fmt: skip
    backwards = line.signs[::-1]
    asked = [
        line, end, line._replace(base=line.base - 1), line._replace(signs=backwards),
        end._replace(signs=backwards),
    ]  # fmt: skip
    together = [pattern.picture.tobytes() for pattern in specimens._drawn(asked)]
    alone = [next(specimens._drawn([each])).picture.tobytes() for each in asked]
    assert together == alone
    assert len(set(together)) == len(asked)
    assert min(next(specimens._drawn([each])).deepest for each in asked) > 200


def test_pictures_are_let_go_before_they_are_too_many(drawn, monkeypatch):
    monkeypatch.setattr(specimens, "MOST", 3)
    monkeypatch.setattr(specimens, "_DRAWN", {})
    _, line = drawn(f"<p>{LINE}</p>")
    for base in range(9):
        found = patterns([line, other := line._replace(base=base)])
        assert {line, other} <= found.keys()
        assert len(found) <= 5


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
