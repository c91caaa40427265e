"""A clinic's own fonts: files of its folder, with a licence, that may be embedded and have all."""

from functools import lru_cache
from io import BytesIO
from pathlib import Path

import fontpkg_fira_sans
import pypdfium2
import pytest
from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont

NIGHT = "layouts/brands/night/"
FILES = Path(fontpkg_fira_sans.__file__).parent / "files"
TEXT = pypdfium2.raw.FPDF_PAGEOBJ_TEXT
SHEET = ("handout", "thumb-sheet", "--brand", "night")
WORDS = """\
name: Night
region: GB
fonts:
  family: Night Sans
  licence: SIL Open Font License 1.1
  faces:
    - {weight: 400, file: night.ttf}
    - {weight: 700, file: night-bold.ttf}
"""


@lru_cache
def font(name="FiraSans-Regular.ttf", family="Night Sans", fstype=0, kept=""):
    """Return a font that is no other's: letters of one with another name."""
    with TTFont(FILES / name) as opened:
        if kept:
            subset = Subsetter()
            subset.populate(text=kept)
            subset.subset(opened)
        for record in opened["name"].names:
            if record.nameID in (1, 16):
                record.string = family
        opened["OS/2"].fsType = fstype
        held = BytesIO()
        opened.save(held)
        return held.getvalue()


def night(clinic, regular=None, words=WORDS):
    clinic.write(NIGHT + "brand.yaml", words)
    clinic.write(NIGHT + "night.ttf", font() if regular is None else regular)
    clinic.write(NIGHT + "night-bold.ttf", font("FiraSans-Bold.ttf"))


def test_words_are_set_in_them_and_what_must_be_read_is_not(clinic):
    night(clinic)
    ended = clinic.generate(*SHEET)
    assert ended.code == 0, ended.err
    document = pypdfium2.PdfDocument(clinic.folder / ended.out.splitlines()[0])
    fonts = {}
    for page in document:
        for found in page.get_objects((TEXT,), textpage=page.get_textpage()):
            said = found.extract().strip()
            fonts.setdefault(found.get_font().get_base_name().split("+")[-1], []).append(said)
    own = " ".join(said for name, all_of in fonts.items() if "Night" in name for said in all_of)
    ours = " ".join(said for name, all_of in fonts.items() if "Fira" in name for said in all_of)
    assert "Move your thumb" in own
    assert "Get emergency help now" in ours
    assert "Version" in ours


REFUSED = {  # of a font that is made for it, how
    "no licence": (
        {"words": WORDS.replace("  licence: SIL Open Font License 1.1\n", "")},
        "FONT-LICENCE", "brand.yaml:3: nothing says under which licence prints embed these fonts",
    ),
    "restricted": (
        {"regular": {"fstype": 2}},
        "FONT-EMBED", "the font “night.ttf” says itself that no print may embed it",
    ),
    "in parts": ({"regular": {"fstype": 0x108}}, "FONT-EMBED", "that no print may embed it"),
    "another name": (
        {"regular": {"family": "Day Sans"}},
        "FONT-NAME", "the font “night.ttf” is Day Sans, and not “Night Sans”. Write “family: Day",
    ),
    "no font": ({"regular": b"OTTO junk"}, "FONT-FILE", "is no font that can be printed"),
    "no file": (
        {"words": WORDS.replace("night.ttf", "day.ttf")},
        "FONT-FILE", "the font “day.ttf” is no file in the brand's folder",
    ),
    "few letters": (
        {"regular": {"kept": "abcdefghij ABCDEFGHIJ"}},
        "GLYPH", "the fonts “Night Sans” lack ",
    ),
}  # fmt: skip


@pytest.mark.few(4)
@pytest.mark.parametrize(("made", "code", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_printed_is_told_in_a_sentence(clinic, made, code, said):
    regular = made.get("regular")
    held = font(**regular) if isinstance(regular, dict) else regular
    night(clinic, held, made.get("words", WORDS))
    ended = clinic.generate(*SHEET)
    assert ended.code == 1
    assert said in ended.err
    assert ended.err.splitlines()[0].endswith(f"[{code}]")


@pytest.mark.parametrize("name", ["../x.ttf", "/etc/x.ttf", "x.woff2", "a/b.ttf"])
def test_a_file_is_named_alone(clinic, name):
    night(clinic, words=WORDS.replace("night.ttf", name))
    assert "cannot be used here" in clinic.generate(*SHEET).err


def test_one_that_may_be_shown_or_edited_may_be_printed(clinic):
    night(clinic, font(fstype=4))
    assert clinic.generate(*SHEET).code == 0


def test_a_site_has_the_fonts_of_its_group(clinic):
    night(clinic)
    clinic.write("layouts/brands/north/brand.yaml", "like: night\n")
    assert clinic.generate(*SHEET[:2], "--brand", "north").code == 0
