"""Four designed covers: each says what all say, on one page, in every format and way to print."""

from dataclasses import replace
from itertools import product
from pathlib import Path

import pypdfium2
import pytest

from clinicpress.design.brandfile import Cover
from clinicpress.orders.plan import plan
from clinicpress.orders.request import Request
from clinicpress.pages.compose import compose
from clinicpress.pages.typeset import typeset
from clinicpress.runs.pipeline import prepare, set_pages
from tests.conftest import TINY, content

NIGHT = "layouts/brands/night/"
KINDS = ("booklet", "standard"), ("booklet", "clear"), ("booklet", "large"), ("leaflet", "standard")
STYLES = Cover.__args__
CODES = ("", "WMWM-WMWM", "1111-1111")
"""The print's own, which every change makes another, and the widest and narrowest that may be."""
LOGO = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 12' width='40' height='12'/>"
LOOKS = {
    "plain": "",
    "whole": 'colours: {brand: "#f2c14e", accent: "#4d7c2a"}\nlogo: logo.svg\n'
    "cover_text: From your team at the harbour, with all that you need to know.\n"
    'reference: "NIGHT-{publication}-{format}"\n',
    "red": 'colours: {brand: "#b3121b", exact: true}\n',
}


def night(clinic, style, more=""):
    clinic.write(NIGHT + "logo.svg", LOGO)
    clinic.write(NIGHT + "brand.yaml", f"name: Night\nregion: GB\n{more}cover: {style}\n")


def cover(library, publication, format, code=""):
    """Return what a cover is laid out to, without what is behind it, and what it has to say.

    It has the print's own ``code``, where that is empty.
    """
    request = Request((publication,), brands=("night",), formats=(format,))
    prepared = prepare(plan(request, library, Path("layouts"))[0], library, Path("layouts"))
    manuscript, design = prepared.manuscript, prepared.design
    sections = tuple(each for each in manuscript.sections if each.part == "cover")
    html = compose(
        replace(manuscript, sections=sections, code=code or manuscript.code),
        design,
        prepared.drawings().find,
    )
    said = (manuscript.title, manuscript.for_whom, manuscript.main_message, "Not yet reviewed",
            "Version", design.brand.name, design.brand.cover_text)  # fmt: skip
    return typeset(html, design), [words for words in said if words]


@pytest.mark.few(1)
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("more", LOOKS.values(), ids=LOOKS)
def test_it_says_all_on_one_page(clinic, library, style, more):
    night(clinic, style, more)
    for (publication, format), code in product(KINDS, CODES):
        laid, said = cover(library, publication, format, code)
        assert len(laid.pages) == 1
        page = pypdfium2.PdfDocument(laid.pdf)[0]
        read = "".join(page.get_textpage().get_text_range().split())
        assert [words for words in said if "".join(words.split()) not in read] == []


def test_no_two_look_alike(clinic, library):
    pictures = set()
    for style in STYLES:
        night(clinic, style)
        laid, _ = cover(library, "booklet", "standard")
        pictures.add(pypdfium2.PdfDocument(laid.pdf)[0].render(scale=0.3).to_pil().tobytes())
    assert len(pictures) == len(STYLES)


@pytest.mark.few(1)
@pytest.mark.parametrize("style", STYLES)
def test_it_is_printed_and_can_be_read(clinic, style):
    """In colour, in grey, and edge to edge for a press."""
    night(clinic, style, LOOKS["whole"])
    tiny = content(TINY)
    for way in ({}, {"colour": "grey"}, {"productions": ("press",)}):
        request = Request(("booklet",), brands=("night",), **way)
        (edition,) = plan(request, tiny, Path("layouts"))
        built = set_pages(prepare(edition, tiny, Path("layouts")))
        assert built.problems == (), way


def test_one_that_is_none_is_told(clinic):
    night(clinic, "loud")
    ended = clinic.generate("booklet", "--brand", "night")
    assert ended.code == 1
    assert "“cover” is “loud”, which is not one of the" in ended.err
