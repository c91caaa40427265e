"""What a clinic is told, in whole sentences, of what is most often odd in a first brand."""

import shutil
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from clinicpress.errors import Problems
from clinicpress.orders.plan import plan
from clinicpress.orders.request import Request
from clinicpress.runs.pipeline import prepare, set_pages
from tests.conftest import ROOT
from tests.design.test_own_fonts import font

NAME = "The Royal and Ancient Infirmary beside the Great Northern Railway, " * 3
WHOLE = "name: Night\nregion: GB\n"
FONTS = """\
fonts:
  family: Night Sans
  licence: OFL 1.1
  faces:
    - {weight: 400, file: night.ttf}
"""


def wide():
    """Return a font whose letters take half as much room again as ours."""
    with TTFont(BytesIO(font())) as opened:
        for name, (width, side) in opened["hmtx"].metrics.items():
            opened["hmtx"][name] = (round(width * 1.5), side)
        held = BytesIO()
        opened.save(held)
        return held.getvalue()


def small_logo():
    held = BytesIO()
    Image.new("RGB", (40, 40), "#123456").save(held, "PNG")
    return held.getvalue()


PHONE_ALONE = "contacts:\n  phone: 0123 456 790\n"
TOLD = {  # of a print, brand.yaml, its other files, and whether that stops the print
    "a second brand with only a phone": (
        "card", PHONE_ALONE, {}, True,
        "brand.yaml:1: the key “name” is missing. Add it, or “like: OTHER” to take it and all else "
        "from another brand. [KEY-MISSING]",
    ),
    "one with a name and no country": (
        "card", "name: Night\n" + PHONE_ALONE, {}, False,
        "the brand “night” has no region, so its prints name no emergency number. Write “region:” "
        "into {folder}brand.yaml, such as GB, US, IE, AU or neutral.",
    ),
    "a long name on a card": (
        "card", f"name: {NAME}\nregion: GB\n", {}, True,
        "brand.yaml:1: “name” (200 letters, about 15 mm) leaves too little room in “card” for "
        "general (the emergency signs stand on panels 1 to 5, and must stand on panels 1 to 4). "
        "Shorten it. [BRAND-ROOM]",
    ),
    "a long name on a leaflet": ("leaflet", f"name: {NAME}\nregion: GB\n", {}, False, None),
    "a wide font on a card": (
        "card", WHOLE + FONTS, {"night.ttf": wide}, True,
        "brand.yaml:3: “fonts” (about 77 mm) leaves too little room in “card” for general (the "
        "emergency signs stand on panels 1 to 8, and must stand on panels 1 to 4). Take narrower "
        "ones, or leave them out. [BRAND-ROOM]",
    ),
    "a band of 40 mm where the paper is short": (
        "when-to-get-help", "name: Night\nregion: US\nletterhead: {top: 40 mm}\n", {}, True,
        "brand.yaml:3: what is kept free at the top of the first page, 40 mm, leaves too little "
        "room in “when-to-get-help” for general (the emergency signs begin on page 2, not on page "
        "1). Write “top: 35 mm”, or print it with “--format large”, where it has room, or print it "
        "in a brand without a letterhead. [BRAND-ROOM]",
    ),
    "a misspelt slot": (
        "card", WHOLE, {"templates/slots/covr.html": lambda: b"<p>{{ brand.name }}</p>"}, False,
        "{folder}templates/slots/covr.html: nothing reads this file. Did you mean "
        "“templates/slots/cover.html”?",
    ),
    "a colour too light": (
        "card", WHOLE + "colours: {brand: '#f2d16b'}\n", {}, False,
        "the colour “brand” #f2d16b is too light for words: it stays on the cover, and words stand "
        "in #755d00.",
    ),
    "a logo of 40 pixels": (
        "card", WHOLE + "logo: logo.png\n", {"logo.png": small_logo}, False,
        "{folder}brand.yaml:3: the logo “logo.png” is 40 pixels high, and looks jagged at 12 mm. "
        "Save it with 94 pixels at least, or as SVG.",
    ),
}  # fmt: skip


def said_of(library, layouts, publication):
    """Return what stops a print, and what else is told of it."""
    try:
        (edition,) = plan(Request((publication,), brands=("night",)), library, layouts)
        prepared = prepare(edition, library, layouts)
    except Problems as error:
        return [str(each) for each in error.problems], []
    built = set_pages(prepared)
    return [str(each) for each in built.problems], [*prepared.told(), *built.warnings]


@pytest.mark.few(3)
@pytest.mark.parametrize(
    ("publication", "words", "files", "stops", "sentence"), TOLD.values(), ids=TOLD
)
def test_one_whole_sentence_is_told(library, tmp_path, publication, words, files, stops, sentence):
    layouts = shutil.copytree(ROOT / "layouts", tmp_path / "layouts")
    night = layouts / "brands/night"
    night.mkdir()
    (night / "brand.yaml").write_text(words)
    for name, made in files.items():
        (night / name).parent.mkdir(parents=True, exist_ok=True)
        (night / name).write_bytes(made())
    problems, told = said_of(library, layouts, publication)
    expected = [sentence.replace("{folder}", f"{night}/")] if sentence else []
    assert told == ([] if stops else expected)
    assert problems == ([f"{night}/{each}" for each in expected] if stops else [])
