"""A plain drawing becomes what the engine makes of it; what is not plain is left to the engine."""

import random
import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pypdfium2
import pytest
from PIL import ImageChops

from clinicpress.design.design import open_design
from clinicpress.design.pictures import MOST_SHAPES
from clinicpress.editions.plates import plates
from clinicpress.figures.plate import Drawings
from clinicpress.pages import forms, svg_content
from clinicpress.pages.compose import svg_url
from clinicpress.pages.outlines import Strange
from clinicpress.pages.svg_content import DEEPEST, OPAQUE, content_of, number, placed
from clinicpress.pages.typeset import load_engine
from tests.conftest import ROOT, content

ICONS = {path.stem: path.read_text("utf-8").replace("currentColor", "#1b2b34")
         for path in sorted((ROOT / "layouts/icons").glob("*.svg"))}  # fmt: skip

THE_ENGINES = {"panel", "tier-3"}
"""Signs with a pattern or a broken line."""


def svg(inner: str, whole: str = 'viewBox="0 0 80 50"') -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {whole}>{inner}</svg>'


def test_a_small_drawing_word_by_word() -> None:
    found = content_of(svg(
        '<clipPath id="c"><rect x="1" y="2" width="30" height="40"/></clipPath>'
        '<g transform="translate(3 4) scale(.5)" fill="#f00" stroke="#0000ff" stroke-width="0"'
        ' stroke-linecap="round" stroke-linejoin="round">'
        '<g stroke-width="2.50"><path id="p" d="M1 2c3-4 5 6 7 8z"/></g><use href="#p"/></g>'
        '<g clip-path="url(#c)"><path d="M1 1q3 0 3 3" stroke="#336699" fill="none"/></g>'
        '<defs><rect id="r" width="2" height="3" fill-rule="evenodd"/></defs><use href="#r"/>',
        'viewBox="-2 0 80 50"',
    ))  # fmt: skip
    assert found is not None
    assert found.box == (-2, 0, 80, 50)
    assert found.words.decode().splitlines() == [
        "/a1.0 gs", "/A1.0 gs", "[] 0 d", "4 M", "1 0 0 1 2 0 cm",
        "q", ".5 0 0 .5 3 4 cm", "1 0 0 rg", "0 0 1 RG", "2.5 w", "1 J", "1 j",
        "1 2 m 4 -2 6 8 8 10 c h", "B",
        "1 2 m 4 -2 6 8 8 10 c h", "f", "Q",
        "q", "1 2 30 40 re 0 0 0 0 re W n", "0.2 0.4 0.6 RG", "1 w", "0 J", "0 j",
        "1 1 m 3 1 4 2 4 4 c", "S", "Q",
        "0 0 0 rg", "0 0 2 3 re", "f*",
    ]  # fmt: skip


STRANGE = {
    "an unknown element": '<ellipse rx="2" ry="3"/>',
    "words": "<g>Up</g>",
    "words of its own": "<text>Up</text>",
    "a style": '<path style="fill: red" d="M1 1h2"/>',
    "a style sheet": "<style>path { fill: red }</style>",
    "a style sheet among definitions": "<defs><style>path { fill: red }</style></defs>",
    "a named colour": '<path fill="red" d="M1 1h2"/>',
    "a short colour": '<path fill="#ff" d="M1 1h2"/>',
    "a colour that is seen through": '<path fill="#ff000080" d="M1 1h2"/>',
    "the colour of words": '<path fill="currentColor" d="M1 1h2"/>',
    "a gradient": '<path fill="url(#a)" d="M1 1h2"/>',
    "opacity": '<g opacity=".5"><path d="M1 1h2"/></g>',
    "a fill's opacity": '<path fill-opacity=".5" d="M1 1h2"/>',
    "a broken line": '<path stroke-dasharray="2" d="M1 1h2"/>',
    "a miter limit": '<path stroke-miterlimit="2" d="M1 1h2"/>',
    "no display": '<path display="none" d="M1 1h2"/>',
    "an event": '<path onclick="run()" d="M1 1h2"/>',
    "an unknown cap": '<path stroke-linecap="arcs" d="M1 1h2"/>',
    "an unknown join": '<path stroke-linejoin="arcs" d="M1 1h2"/>',
    "an unknown rule": '<path fill-rule="inherit" d="M1 1h2"/>',
    "a width with a unit": '<path stroke-width="2px" d="M1 1h2"/>',
    "a width below zero": '<path stroke-width="-2" d="M1 1h2"/>',
    "an empty width": '<path stroke-width="" d="M1 1h2"/>',
    "a place with a unit": '<circle cx="2mm" r="2"/>',
    "a share": '<rect width="50%" height="2"/>',
    "no radius": '<circle cx="2"/>',
    "no width": '<rect height="2"/>',
    "an unknown step": '<g transform="skewX(3)"/>',
    "a matrix": '<g transform="matrix(1 0 0 1 2 3)"/>',
    "half a step": '<g transform="translate(3)"/>',
    "two scales": '<g transform="scale(2 3)"/>',
    "no scale": '<g transform="scale(0)"/>',
    "words behind a step": '<g transform="scale(2) ;"/>',
    "a great scale": '<g transform="scale(21)"/>',
    "a great scale in two": '<g transform="scale(5)"><g transform="scale(5)"/></g>',
    "what is not there": '<use href="#none"/>',
    "what is elsewhere": '<use href="other.svg#a"/>',
    "another way to refer": '<path id="a" d="M1 1h2"/>'
    '<use xmlns:x="http://www.w3.org/1999/xlink" x:href="#a"/>',
    "a place to use in": '<path id="a" d="M1 1h2"/><use href="#a" x="3"/>',
    "itself": '<g id="a"><use href="#a"/></g>',
    "two of a name": '<path id="a" d="M1 1h2"/><path id="a" d="M1 1v2"/>',
    "a use of a clip": '<clipPath id="a"><rect width="1" height="1"/></clipPath><use href="#a"/>',
    "no such clip": '<g clip-path="url(#a)"/>',
    "a clip of no clip": '<g id="a"/><g clip-path="url(#a)"/>',
    "a clip by name": '<clipPath id="a"><rect width="1" height="1"/></clipPath>'
    '<g clip-path="#a"/>',
    "a round clip": '<clipPath id="a"><circle r="1"/></clipPath><g clip-path="url(#a)"/>',
    "a rounded clip": '<clipPath id="a"><rect width="1" height="1" rx="1"/></clipPath>'
    '<g clip-path="url(#a)"/>',
    "two clips": '<clipPath id="a"><rect width="1" height="1"/><rect width="1" height="1"/>'
    '</clipPath><g clip-path="url(#a)"/>',
    "a clip in units": '<clipPath id="a" clipPathUnits="objectBoundingBox">'
    '<rect width="1" height="1"/></clipPath><g clip-path="url(#a)"/>',
    "a shape in a shape": '<path d="M1 1h2"><path d="M1 1h2"/></path>',
    "a drawing in it": '<svg viewBox="0 0 1 1"/>',
    "another language": '<a xmlns="urn:a"/>',
    "no language": '<path xmlns="" d="M1 1h2"/>',
    "a comment": "<!-- yes -->",
    "an instruction": "<?xml-stylesheet href='a.css'?>",
    "no end": "<g>",
    "groups within groups": "<g>" * (DEEPEST + 2) + "</g>" * (DEEPEST + 2),
    "too many shapes": "<g/>" * MOST_SHAPES,
    "shapes doubled over and over": '<g id="a0"/>' + "".join(
        f'<g id="a{n + 1}"><use href="#a{n}"/><use href="#a{n}"/></g>' for n in range(20)
    ),
    "a shape that is shown too often": f'<path id="a" d="M1 1{"h2" * 1000}"/>'
    + '<use href="#a"/>' * 500,
}  # fmt: skip


@pytest.mark.parametrize("inner", STRANGE.values(), ids=STRANGE)
def test_whatever_is_not_plain_is_the_engines(inner: str) -> None:
    assert content_of(svg('<path d="M1 1h2v2z"/>')) is not None
    assert content_of(svg(inner)) is None


@pytest.mark.parametrize(
    "whole",
    ["", 'viewBox="0 0 80"', 'viewBox="0 0 80 0"', 'viewBox="0 0 80 -5"', 'viewBox="0, 0, 80, 50"',
     'viewBox="0 0 80 50" width="80"', 'viewBox="0 0 80 50" preserveAspectRatio="none"',
     'viewBox="0 0 80 50" style="fill: red"', 'viewBox="0 0 80 50" transform="scale(2)"'],
)  # fmt: skip
def test_what_is_said_of_the_whole_is_known_or_it_is_the_engines(whole: str) -> None:
    assert content_of(svg("", whole)) is None


@pytest.mark.parametrize("text", ["", "no drawing", "<g/>", "<svg viewBox='0 0 1 1'/>"])
def test_what_is_no_drawing_is_the_engines_to_tell(text: str) -> None:
    assert content_of(text) is None


@pytest.mark.parametrize(
    ("value", "words"),
    [(3, "3"), (-0.0, "0"), (0.5, ".5"), (-0.5, "-.5"), (2.0, "2"), (12.34567, "12.3457"),
     (0.00001, "0"), (-0.00001, "0"), (100.0, "100"), (10, "10")],
)  # fmt: skip
def test_a_number_is_short(value: float, words: str) -> None:
    assert number(value, 4) == words


def test_steps_are_taken_in_order() -> None:
    assert placed("translate(3 4) scale(2)") == (2, 0, 0, 2, 3, 4)
    assert placed("scale(2) translate(3,4)") == (2, 0, 0, 2, 6, 8)
    assert placed("rotate(90 1 1)") == pytest.approx((0, 1, -1, 0, 2, 0))
    assert placed("rotate(90 0 0)rotate(90 0 0)") == pytest.approx((-1, 0, 0, -1, 0, 0))
    with pytest.raises(Strange):
        placed("translate(3 4")


# ---------------------------------------------------------------- our own drawings


@cache
def figures() -> dict[str, str]:
    """Return every figure, some wide, some high, some in a row, with all kinds of people."""
    library, found = content(), dict[str, str]()
    design = open_design(
        ROOT / "layouts", brand="default", format="standard", language="en", paper="A4"
    )
    audiences, places = sorted(library.audiences), [(1.0, 0), (2.2, 0), (0.6, 0), (3.0, 170)]
    for topic, held in library.topics.items():
        for count, id in enumerate(held.artworks):
            audience = audiences[count % len(audiences)]
            hung = tuple(plates({id: held.artworks[id]}, library, audience))
            shape, row = places[count % len(places)]
            drawings = Drawings(hung, library.poses, design.look(), design.symbol)
            found[f"{topic}/{id}"] = drawings.find(id, shape, row).svg
    return found


def rendered(form: forms.Form) -> Any:
    """Return a form as it is seen at a width of 60 mm and 150 dots to an inch."""
    _, _, width, height = form.box
    pdf, scale = pikepdf.new(), 170 / width
    pdf.add_blank_page(page_size=(170, height * scale))
    states = {f"/{name}": pikepdf.Dictionary({f"/{key}": value for key, value in state.items()})
              for name, state in form.states.items()}  # fmt: skip
    drawing = pdf.make_stream(
        form.content, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form,
        BBox=[-width, -height, 2 * width, 2 * height],
        Resources=pikepdf.Dictionary(ExtGState=pikepdf.Dictionary(states)),
    )  # fmt: skip
    page = pdf.pages[0]
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=drawing))
    page.Contents = pdf.make_stream(
        f"{scale} 0 0 {-scale} 0 {height * scale} cm /F Do".encode("ascii")
    )
    file = BytesIO()
    pdf.save(file)
    return pypdfium2.PdfDocument(file.getvalue())[0].render(scale=150 / 72).to_pil().convert("RGB")


def by_both(drawing: str) -> Iterator[forms.Form]:
    """Yield the forms that the engine and we make of a drawing."""
    engine, address = load_engine(), svg_url(drawing)
    from weasyprint.images import SVGImage

    image = SVGImage(ElementTree.fromstring(drawing), address, None, None)
    for form in (forms._drawn(image, address, engine), forms._plain(address, engine)):
        assert form is not None
        yield form


def difference(drawing: str) -> int:
    """Return by how much of 255 the most different dot differs."""
    engines, ours = by_both(drawing)
    assert (ours.id, ours.box, ours.size) == (engines.id, engines.box, engines.size)
    off = ImageChops.difference(rendered(engines), rendered(ours)).getextrema()
    return max(most for _, most in off)


def test_every_figure_of_ours_is_plain() -> None:
    assert len(figures()) > 100
    assert [name for name, drawing in figures().items() if content_of(drawing) is None] == []


def test_figures_look_as_the_engine_draws_them() -> None:
    for name in random.Random(7).sample(sorted(figures()), 12):
        assert (name, difference(figures()[name])) <= (name, 2)


def test_signs_look_as_the_engine_draws_them() -> None:
    plain = {name: icon for name, icon in ICONS.items() if content_of(icon)}
    assert ICONS.keys() - plain.keys() == THE_ENGINES
    for name, icon in plain.items():
        assert (name, difference(icon)) <= (name, 2)


ALL_KINDS = (
    '<g stroke="#e00" stroke-width="3" fill="#0a0">'
    '<path d="M5 5h12v12h-12zm3 3h6v6h-6z" fill-rule="evenodd"/>'
    '<path d="M25 5l6 12 6-12" fill="none" stroke-linejoin="bevel" stroke-linecap="square"/>'
    '<path d="M45 17l6-12 6 12" stroke-linejoin="miter"/>'
    '<path d="M65 5l2 12 2-12" stroke="none"/><path d="M73 5v12" stroke-linecap="round"/>'
    '<path d="M5 35a8 5 30 1 0 9-6A6 9-20 0 1 22 40z"/><circle cx="34" cy="34" r="7"/>'
    '<rect x="45" y="26" width="14" height="12" rx="4" ry="3"/></g>'
    '<clipPath id="c"><rect x="62.3" y="25.4" width="9.2" height="9.6"/></clipPath>'
    '<g clip-path="url(#c)" transform="rotate(10 60 30)"><rect id="r" x="60" y="20" width="20"'
    ' height="20" fill="#00e"/></g><g transform="translate(1 22) scale(.4)"><use href="#r"'
    ' stroke="#0ee"/></g>'
)


def test_every_kind_of_shape_line_and_rule_looks_alike() -> None:
    assert difference(svg(ALL_KINDS)) <= 2


KNOWN = {"/a1.0", "/A1.0", "gs", "[]", "d", "M", "cm", "q", "Q", "rg", "RG", "w", "J", "j",
         "m", "l", "c", "h", "re", "W", "n", "f", "f*", "B", "B*", "S"}  # fmt: skip
NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)")


@pytest.mark.slow
def test_it_holds_what_the_press_reads_and_no_more() -> None:
    for drawing in (*[*figures().values()][::12], *ICONS.values(), svg(ALL_KINDS)):
        if found := content_of(drawing):
            depth = 0
            for word in found.words.decode("ascii").split():
                assert word in KNOWN or NUMBER.fullmatch(word)
                depth += {"q": 1, "Q": -1}.get(word, 0)
                assert depth >= 0
            assert depth == 0
            assert set(re.findall(rb"/(\S+) gs", found.words)) == {n.encode() for n in OPAQUE}


def test_it_is_shorter_than_what_the_engine_writes() -> None:
    engines, ours = by_both(next(iter(figures().values())))
    assert len(ours.content) < len(engines.content)


def test_it_is_the_same_each_time() -> None:
    drawing = next(iter(figures().values()))
    first = content_of(drawing)
    svg_content.colour.cache_clear()
    assert content_of(drawing) == first
