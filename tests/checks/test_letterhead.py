"""Sheets on a clinic's own paper: what is kept free at the top, and what then has no room."""

import shutil
from pathlib import Path

import pypdfium2
import pytest

from clinicpress.design.brand import read_brand
from clinicpress.errors import Problems
from clinicpress.orders.plan import plan
from clinicpress.orders.request import Request
from clinicpress.runs import plainer
from clinicpress.runs.pipeline import prepare, set_pages
from tests.conftest import ROOT

pytestmark = pytest.mark.usefixtures("in_process")  # workers are met in runs/test_in_workers.py

NIGHT = "layouts/brands/night/"
SHEET = ("handout", "thumb-sheet", "--brand", "night")


def brand(clinic, letterhead, more=""):
    clinic.write(NIGHT + "brand.yaml", f"name: Night\nregion: GB\n{more}letterhead: {letterhead}\n")


def tops(clinic, *command):
    """Return how far from the top each page's first ink is, in mm."""
    ended = clinic.generate(*command)
    assert ended.code == 0, ended.err
    found = []
    for page in pypdfium2.PdfDocument(clinic.folder / ended.out.splitlines()[0]):
        ink = page.render(scale=4, grayscale=True).to_pil().point(lambda grey: 255 * (grey < 250))
        found.append(ink.getbbox()[1] / 4 * 25.4 / 72)
    return found


@pytest.mark.few(1)
@pytest.mark.parametrize("top", ["35 mm", "3.5 cm", "35", "60mm"])
def test_nothing_stands_in_the_band_of_the_first_page(clinic, top):
    brand(clinic, f"{{top: {top}}}")
    kept = 60 if "60" in top else 35
    assert kept < tops(clinic, *SHEET)[0] < kept + 4


def test_without_a_letterhead_the_sheet_begins_at_its_margin(clinic):
    clinic.write(NIGHT + "brand.yaml", "name: Night\nregion: GB\n")
    assert tops(clinic, *SHEET)[0] < 15


@pytest.mark.few(1)
@pytest.mark.parametrize("pages", ["first", "all"])
@pytest.mark.parametrize("format", ["clear", "large"])
def test_on_the_first_page_or_on_all(clinic, format, pages):
    brand(clinic, f"{{top: 35 mm, pages: {pages}}}")
    first, *others = tops(clinic, *SHEET, "--format", format)
    assert others
    assert first > 35
    assert [top > 35 for top in others] == [pages == "all"] * len(others)


@pytest.mark.few(1)
@pytest.mark.parametrize("way", [("--for", "home"), ("--for", "press"), ("--grey",)])
def test_on_each_kind_of_paper(clinic, way):
    brand(clinic, "{top: 35 mm}")
    assert clinic.generate(*SHEET, *way).code == 0


def test_a_booklet_is_no_letter(clinic):
    brand(clinic, "{top: 80 mm, pages: all}")
    assert clinic.generate("booklet", "--brand", "night").code == 0


STYLES = {
    "a line in the margin": "@page { @top-left-corner { content: ''; background: #ddd } }",
    "a box that is moved": ".masthead { position: relative; top: -20mm }",
    "a margin of its own": "@page :first { margin-top: 9mm }",
    "a faint tint": "@page { background: #f4f4f4 }",
}


@pytest.mark.few(1)
@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_what_a_style_puts_there_is_told_with_its_page(clinic, style):
    brand(clinic, "{top: 35 mm}")
    clinic.write(NIGHT + "styles/brand.css", style)
    ended = clinic.generate(*SHEET)
    assert (ended.code, clinic.files()) == (1, [])
    assert (
        "page 1: something stands in the 35 mm at the top that are kept free. Take what puts it "
        "there out of the brand's styles and templates. [LETTERHEAD-BAND]"
    ) in ended.err


@pytest.mark.slow
def test_a_sheet_that_has_no_room_then_is_the_brands_matter(clinic):
    """It says what takes the room, where that is written, and never to take an item out."""
    brand(clinic, "{top: 90 mm, pages: all}")
    clinic.change("layouts/formats.yaml", "pages: 2", "pages: 1")
    ended = clinic.generate(*SHEET)
    assert (ended.code, clinic.files()) == (1, [])
    told = ended.err.partition(" lines of “thumb-sheet” for general without room on 1 page. ")[0]
    assert told.startswith(
        f"{NIGHT}brand.yaml:3: what is kept free at the top of each page, 90 mm, leaves about "
    )
    assert 1 <= int(told.split()[-1]) <= 60
    assert "publications" not in ended.err
    assert ended.err.endswith("[BRAND-ROOM]\n")


WAYS = "Write “top: {} mm”{}, or print it in a brand without a letterhead. [BRAND-ROOM]"
INSTEAD = ", or print it with “--format clear”, where it has room"


@pytest.mark.slow
@pytest.mark.parametrize("has_room_in_clear", [True, False])
def test_what_is_said_to_give_room_does(clinic, monkeypatch, has_room_in_clear):
    """Each way out was tried: a lower band, the most that has room; a format; no letterhead."""
    brand(clinic, "{top: 90 mm}")
    clinic.change("layouts/formats.yaml", "pages: 2", "pages: 1")
    if not has_room_in_clear:
        clinic.change("layouts/formats.yaml", "pages: 4", "pages: 1")
        clinic.change("layouts/formats.yaml", "pages: 8", "pages: 1")
    ended = clinic.generate(*SHEET)
    top = int(ended.err.rpartition("“top: ")[2].partition(" mm”")[0])
    said = WAYS.format(top, INSTEAD if has_room_in_clear else "")
    assert said in ended.err
    # From here on it is enough that there is no room: why, which takes long to find, was said.
    monkeypatch.setattr(plainer, "taking_room", lambda *_: ())
    assert clinic.generate(*SHEET, "--format", "clear").code == (0 if has_room_in_clear else 1)
    brand(clinic, f"{{top: {top} mm}}")
    assert clinic.generate(*SHEET).code == 0
    brand(clinic, f"{{top: {top + 5} mm}}")
    assert clinic.generate(*SHEET).code == 1


LOGO = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><rect width='9' height='9'/></svg>"
)


def test_the_logo_of_its_own_paper_is_not_printed_once_more(clinic):
    clinic.write(NIGHT + "logo.svg", LOGO)
    named = []
    for letterhead in ("", "letterhead: {top: 35 mm}\n"):
        clinic.write(NIGHT + "brand.yaml", f"name: Night\nregion: GB\nlogo: logo.svg\n{letterhead}")
        ended = clinic.generate(*SHEET)
        assert ended.code == 0, ended.err
        first = pypdfium2.PdfDocument(clinic.folder / ended.out.splitlines()[0])[0]
        top = first.get_textpage().get_text_bounded(bottom=first.get_height() / 2)
        named.append("Night" in top)
    assert named == [False, True]


PUBLISHED = ("exercises", "self-massage", "partner-massage", "at-your-desk", "understanding",
             "when-to-get-help", "diary")  # fmt: skip


@pytest.mark.some(7)
@pytest.mark.few(2)
@pytest.mark.parametrize("publication", PUBLISHED[::-1])
@pytest.mark.parametrize("audience", ["general", "older-adult"])
def test_every_sheet_has_room_below_a_usual_letterhead(library, tmp_path, audience, publication):
    """On A4, where numbers of a country are known; a longer sheet takes a page more and says so.

    In clear print, which older adults' sheets are set in, that is 25 mm, and without a footer.
    """
    adults = audience == "general"
    layouts = shutil.copytree(ROOT / "layouts", tmp_path / "layouts")
    night = layouts / "brands/night"
    night.mkdir()
    (night / "brand.yaml").write_text(
        "name: Night Clinic\nregion: GB\nlogo: logo.svg\n"
        f"letterhead: {{top: {35 if adults else 25} mm}}\n"
        + ("footer: Part of the Night group\n" if adults else "")
    )
    (night / "logo.svg").write_text(LOGO)
    asked = Request((publication,), audiences=(audience,), brands=("night",))
    (edition,) = plan(asked, library, layouts)
    assert set_pages(prepare(edition, library, layouts)).problems == ()


@pytest.mark.slow
def test_to_keep_it_free_on_the_first_page_alone_is_said_where_that_helps(clinic):
    brand(clinic, "{top: 60 mm, pages: all}")
    clinic.change("layouts/formats.yaml", "pages: 8", "pages: 3")
    ended = clinic.generate(*SHEET, "--format", "large")
    assert ended.code == 1
    assert " without room on 3 pages. Write “pages: first”. [BRAND-ROOM]" in ended.err
    clinic.change(f"{NIGHT}brand.yaml", "pages: all", "pages: first")
    assert clinic.generate(*SHEET, "--format", "large").code == 0


def test_a_sheet_that_gets_a_page_more_is_told(clinic):
    """An audience may allow it; whoever prints is to know why."""
    brand(clinic, "{top: 90 mm, pages: all}")
    clinic.change("layouts/formats.yaml", "pages: 2", "pages: 1")
    clinic.change("sources/audiences.yaml", "exercise_limit: 4", "exercise_limit: 4\n  sheets: 2")
    ended = clinic.generate(*SHEET)
    assert ended.code == 0, ended.err
    assert (
        "it has 2 pages, more than the 1 of its format; the 90 mm that are kept free at the top of "
        "each page may be why."
    ) in ended.err


def test_so_is_what_else_of_it_takes_room(clinic):
    words = " ".join(["Our doors are open to you."] * 8)
    clinic.write(
        NIGHT + "brand.yaml",
        f"name: Night\nregion: GB\nletterhead: {{top: 60 mm}}\nqr: https://a.example\n"
        f"complaints: {words}\ninterpreter: {words}\n",
    )
    clinic.change("layouts/formats.yaml", "pages: 2", "pages: 1")
    ended = clinic.generate(*SHEET)
    assert ended.code == 1
    assert "[BRAND-ROOM]" in ended.err
    assert "publications" not in ended.err


@pytest.mark.slow
def test_what_has_no_room_anyway_is_no_brands_matter(clinic):
    brand(clinic, "{top: 5 mm}")
    clinic.change("layouts/formats.yaml", "pages: 8", "pages: 1")
    assert "[PAGE-LIMIT]" in clinic.generate(*SHEET, "--format", "large").err


@pytest.mark.parametrize(
    ("letterhead", "told"),
    [
        ("{top: 3 mm}", "“letterhead › top” is “3 mm”, which cannot be kept free. Keep to 5 to 90"),
        ("{top: 2 in}", "“letterhead › top” is “2 in”, which is no length. Write it in mm, such"),
        ("{pages: all}", "the key “letterhead › top” is missing"),
        ("{top: 35 mm, pages: last}", "“letterhead › pages” is “last”, which is not one of the"),
    ],
)
def test_what_is_no_letterhead_is_told(clinic, letterhead, told):
    brand(clinic, letterhead)
    with pytest.raises(Problems) as refused:
        read_brand(Path("layouts"), "night")
    assert f"{NIGHT}brand.yaml:3: {told}" in str(refused.value)
