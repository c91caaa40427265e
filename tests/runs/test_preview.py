"""``generate brand preview``: pages of real editions in a brand, and only what changed anew."""

import colorsys
import signal
import sys
import threading
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import combinations
from pathlib import Path

import click
import pikepdf
import pypdfium2
import pytest

from clinicpress.errors import Problems
from clinicpress.orders.request import Places
from clinicpress.press.mounting import SHEET, mounted, pairs
from clinicpress.runs.preview import previewing
from tests.conftest import tree

NIGHT = "layouts/brands/night/"
PREVIEW = "output/night/preview.pdf"
PLACES = Places(Path("sources"), Path("layouts"), Path("output"))
MM = 72 / 25.4


def brand(clinic, more="colours: {brand: '#702080'}\n"):
    clinic.write(NIGHT + "brand.yaml", f"name: Night\nregion: GB\n{more}")


def previewed(clinic, *options):
    ended = clinic.generate("brand", "preview", "night", *options)
    assert (ended.code, ended.out) == (0, f"{PREVIEW}\n"), ended.err
    return ended


def is_coloured(picture):
    """Return whether a picture has a pixel of a hue."""
    return any(
        colorsys.rgb_to_hsv(*(part / 255 for part in rgb))[1] > 0.2
        for _, rgb in picture.getcolors(1 << 24)
    )


def framed(page, frame):
    """Return what is seen of a sheet in a frame, in mm."""
    picture = page.render(scale=1).to_pil().convert("RGB")
    edges = (frame.left, frame.top, frame.left + frame.width, frame.top + frame.height)
    return picture.crop(tuple(round(edge * MM) for edge in edges))


def test_each_page_is_named_and_stands_in_colour_beside_its_grey_twin(clinic):
    brand(clinic)
    ended = previewed(clinic)
    assert "Laid out: booklet, handout; " in ended.err
    with pypdfium2.PdfDocument(clinic.folder / PREVIEW) as sheets:
        words = " ".join(page.get_textpage().get_text_range() for page in sheets)
        for caption in ("cover", "signs", "contents", "an exercise", "back cover"):
            assert f"Booklet: {caption}" in words
        assert words.count("Preview of Night – not for patients") == len(sheets)
        cover = next(pairs(1))
        assert is_coloured(framed(sheets[0], cover.page))
        twin = framed(sheets[0], cover.twin)
        assert not is_coloured(twin)
        assert len(twin.getcolors(1 << 24)) > 10


def test_a_page_stands_upright_whatever_is_left_of_what_is_written_on_the_sheet():
    """The layout engine turns its pages round, and leaves them so."""
    size = [MM * side for side in SHEET]
    with pikepdf.new() as board, pikepdf.new() as cut:
        board.add_blank_page(page_size=size)
        board.pages[0].contents_add(f"1 0 0 -1 0 {size[1]} cm".encode())
        board.Root.Metadata = board.make_stream(b"<x/>")
        for _ in range(2):  # in colour, and in grey
            cut.add_blank_page(page_size=(100, 100))
            cut.pages[-1].contents_add(b"0 g 0 50 100 50 re f")  # its upper half is black
        written, pages = BytesIO(), BytesIO()
        board.save(written)
        cut.save(pages)
    with pypdfium2.PdfDocument(mounted(written.getvalue(), {"a": pages.getvalue()})) as sheets:
        frame = next(pairs(1)).page
        side = min(frame.width, frame.height)  # it is square, at the frame's upper left
        picture = framed(sheets[0], replace(frame, width=side, height=side)).convert("L")
    upper, lower = (
        picture.getpixel((picture.width // 2, picture.height * at // 4)) for at in (1, 3)
    )
    assert (upper, lower) == (0, 255)


def test_no_two_places_meet_and_none_leaves_the_sheet():
    places = [
        (pair.sheet, frame) for pair in pairs(5) for frame in (pair.caption, pair.page, pair.twin)
    ]
    assert {sheet for sheet, _ in places} == {0, 1, 2}
    for _, frame in places:
        assert frame.left > 5
        assert frame.left + frame.width < SHEET[0] - 5
        assert frame.top + frame.height < SHEET[1] - 5
    for (sheet, one), (other_sheet, other) in combinations(places, 2):
        beside = (
            one.left + one.width <= other.left or other.left + other.width <= one.left
            or one.top + one.height <= other.top or other.top + other.height <= one.top
        )  # fmt: skip
        assert sheet != other_sheet or beside


def test_it_claims_no_standard_and_no_link_of_a_page_is_left(clinic):
    brand(clinic, "contacts: {web: night.example}\nqr: https://night.example\n")
    previewed(clinic)
    with pikepdf.open(clinic.folder / PREVIEW) as sheets:
        assert "/StructTreeRoot" not in sheets.Root
        assert b"pdfuaid" not in sheets.Root.Metadata.read_bytes()
        assert all("/Annots" not in page for page in sheets.pages)


def test_only_what_a_save_changes_is_laid_out_anew(clinic):
    brand(clinic)
    with previewing(PLACES, "night", date(2026, 12, 1)) as rebuild:
        assert rebuild().kinds == ("booklet", "handout")
        first = tree(clinic.folder / "output")
        assert rebuild().kinds == ()
        assert tree(clinic.folder / "output") == first
        brand(clinic, "colours: {brand: '#702080'}\nback_text: We are here.\n")
        assert rebuild().kinds == ("booklet",)
        brand(clinic, "colours: {brand: '#226622'}\nback_text: We are here.\n")
        assert rebuild().kinds == ("booklet", "handout")
        assert tree(clinic.folder / "output") != first


@pytest.mark.slow
def test_what_is_laid_out_anew_is_as_if_it_were_for_the_first_time(clinic):
    """Each kind is laid out once, with what gave way before, where it took several layouts."""
    brand(clinic)
    with previewing(PLACES, "night", date(2026, 12, 1)) as rebuild:
        rebuild()
        brand(clinic, "colours: {brand: '#226622'}\n")
        rebuild()
    warm = tree(clinic.folder / "output")
    with previewing(PLACES, "night", date(2026, 12, 1)) as rebuild:
        rebuild()
    assert tree(clinic.folder / "output") == warm


@pytest.mark.slow
def test_a_logo_that_is_drawn_anew_is_noticed(clinic):
    logo = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><rect {} height='9'/></svg>"
    brand(clinic, "logo: logo.svg\n")
    clinic.write(NIGHT + "logo.svg", logo.format("width='9'"))
    with previewing(PLACES, "night", date(2026, 12, 1)) as rebuild:
        rebuild()
        clinic.write(NIGHT + "logo.svg", logo.format("width='5'"))
        assert rebuild().kinds == ("booklet", "handout")


@pytest.mark.few(1)
@pytest.mark.parametrize(
    ("more", "code"),
    [("footer: All of these are normal.\n", "BRAND-CONTRADICTS"),
     ("colours: {ink: '#dddddd'}\n", "COLOUR-FAINT")],
)  # fmt: skip
def test_what_is_wrong_leaves_what_was_there(clinic, more, code):
    brand(clinic)
    with previewing(PLACES, "night", date(2026, 12, 1)) as rebuild:
        rebuild()
        first = tree(clinic.folder / "output")
        brand(clinic, more)
        with pytest.raises(Problems, match=code):
            rebuild()
        assert tree(clinic.folder / "output") == first
        brand(clinic)
        assert rebuild().kinds == ()


def test_a_style_that_does_what_none_may_is_told(clinic):
    brand(clinic)
    clinic.write(NIGHT + "styles/brand.css", ".tier { display: none }")
    ended = clinic.generate("brand", "preview", "night")
    assert (ended.code, clinic.files()) == (1, [])
    assert "the emergency signs are not on the pages" in ended.err


@pytest.mark.slow
def test_it_is_opened_where_that_is_asked(clinic, monkeypatch):
    opened = []
    monkeypatch.setattr(click, "launch", opened.append)
    brand(clinic)
    previewed(clinic)
    assert opened == []
    previewed(clinic, "--open")
    assert opened == [PREVIEW]


def test_no_such_brand(clinic):
    ended = clinic.generate("brand", "preview", "nigth")
    assert (ended.code, ended.out) == (2, "")
    assert "There is no brand “nigth”" in ended.err


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="has no such signals")
def test_each_save_is_told_in_a_line_until_ctrl_c(clinic):
    brand(clinic)
    process = clinic.started("brand", "preview", "night", "--watch")
    end = threading.Timer(60, process.kill)
    end.start()
    try:
        assert process.stdout.readline() == f"{PREVIEW}\n"
        said = [process.stderr.readline() for _ in range(2)]
        assert said[0].startswith("Laid out: booklet, handout; ")
        assert said[1] == "Watching layouts/brands/night. Ctrl-C ends it.\n"
        brand(clinic, "nam: x\n")
        assert "brand.yaml:3" in process.stderr.readline()
        brand(clinic, "back_text: We are here.\n")
        while not (told := process.stderr.readline()).startswith("Laid out"):
            assert told
        assert told.startswith("Laid out: booklet, handout; ")
    finally:
        process.send_signal(signal.SIGINT)
        _, err = process.communicate()
        end.cancel()
    assert (process.returncode, err) == (0, "Stopped.\n")
