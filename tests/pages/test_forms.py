"""Each drawing is interpreted once a process; what is kept of it never stands in for another."""

from base64 import b64encode
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import ImageChops

from clinicpress.errors import Problems
from clinicpress.files.shelf import Shelf
from clinicpress.pages import forms
from clinicpress.pages.forms import Pictures
from clinicpress.pages.typeset import Typeset, load_engine

Setting = Callable[..., Typeset]

FLAG = '<path d="M1 1h6v3H1z" fill="{}" stroke="#000" stroke-width=".3"/>'
STAR = FLAG.replace("/>", ' stroke-miterlimit="4"/>')  # more than a plain drawing says

both = pytest.mark.parametrize("drawing", [FLAG, STAR], ids=["plain", "engine's"])


def svg(inner: str, whole: str = 'viewBox="0 0 8 5"') -> str:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" {whole}>{inner}</svg>'
    return f"data:image/svg+xml;base64,{b64encode(drawing.encode()).decode()}"


def image(address: str, style: str = "width: 40mm; height: 20mm; object-fit: contain") -> str:
    return f'<p><img alt="A flag" src="{address}" style="{style}"></p>'


def drawn(pdf: bytes) -> list[bytes]:
    """Return what each form without a group draws: the drawings that stand for themselves."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        return [
            each.read_bytes()
            for each in opened.objects
            if isinstance(each, pikepdf.Stream)
            and each.get("/Subtype") == "/Form"
            and "/Group" not in each
        ]


def seen(pdf: bytes) -> Any:
    return pypdfium2.PdfDocument(pdf)[0].render(scale=2).to_pil().convert("L")


@pytest.fixture(autouse=True)
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """Put an empty shelf in place of that of the process."""
    fresh: Shelf[str, forms.Form] = Shelf(forms.MOST)
    monkeypatch.setattr(forms, "SHELF", fresh)
    return fresh


@pytest.fixture
def interpreted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that each drawing is noted in that the engine interprets."""
    load_engine()
    from weasyprint.svg import SVG

    noted: list[str] = []
    draw = SVG.draw

    def note(self: Any, *given: Any) -> None:
        noted.append(self.url)
        draw(self, *given)

    monkeypatch.setattr(SVG, "draw", note)
    return noted


def test_a_drawing_is_interpreted_once_for_all_its_places(
    setting: Setting, interpreted: list[str]
) -> None:
    flag = svg(STAR.format("#f00"))
    behind = f"<p style=\"height: 9mm; background: url('{flag}') no-repeat 0 0 / contain\">Flag</p>"
    first = setting(image(flag) + image(flag, "width: 12mm") + behind).pdf
    again = setting(image(flag)).pdf
    assert interpreted == [flag]
    assert len(drawn(first)) == 1
    assert drawn(again) == drawn(first)


def test_a_plain_drawing_is_a_form_at_once(
    setting: Setting, interpreted: list[str], shelf: Shelf
) -> None:
    flag = svg(FLAG.format("#f00"))
    first = setting(image(flag) + image(flag, "width: 12mm")).pdf
    again = setting(image(flag)).pdf
    assert interpreted == []
    assert shelf.get(forms._digest(flag)) is not None
    assert len(drawn(first)) == 1
    assert drawn(again) == drawn(first)


@both
def test_it_looks_as_it_does_without(
    setting: Setting, monkeypatch: pytest.MonkeyPatch, drawing: str
) -> None:
    flag = svg(drawing.format("#f00"), 'viewBox="-1 -1 10 7"')
    body = image(flag) + image(flag, "width: 30mm; height: 9mm")  # the second is not of its shape
    as_form = setting(body).pdf
    monkeypatch.setattr(forms, "SHELF", Shelf(forms.MOST))
    monkeypatch.setattr(forms, "SCALED", frozenset())
    monkeypatch.setattr(forms, "content_of", lambda svg: None)
    as_ever = setting(body).pdf
    assert drawn(as_form)
    assert not drawn(as_ever)
    off = ImageChops.difference(seen(as_form), seen(as_ever)).getextrema()
    assert off[1] <= 2  # a viewer rounds


@both
def test_what_is_kept_changes_no_byte(setting: Setting, shelf: Shelf, drawing: str) -> None:
    flag = svg(drawing.format("#f00"))
    assert setting(image(flag)).pdf == setting(image(flag)).pdf
    assert setting(image(svg(drawing.format("#00f")))).pdf != setting(image(flag)).pdf


@pytest.mark.parametrize(
    ("inner", "whole"),
    [
        ('<text x="1" y="4" font-size="3" font-family="Fira Sans">Up</text>', 'viewBox="0 0 8 5"'),
        (f'<g opacity=".5">{FLAG.format("#f00")}</g>', 'viewBox="0 0 8 5"'),
        ('<linearGradient id="a"><stop stop-color="#f00"/><stop offset="1" stop-color="#00f"/>'
         f'</linearGradient>{FLAG.format("url(#a)")}', 'viewBox="0 0 8 5"'),
        (FLAG.format("oklab(40% 0.1 0.1)"), 'viewBox="0 0 8 5"'),
        (FLAG.format("#f00"), 'width="80" height="50"'),
        (FLAG.format("#f00"), 'viewBox="0 0 8 5" width="3em" height="2em"'),
        (FLAG.format("#f00"), 'viewBox="0 0 8 5" preserveAspectRatio="none"'),
        (FLAG.format("#f00"), 'viewBox="0 0 8 5" transform="translate(3)"'),
        (FLAG.format("#f00"), 'viewBox="0 0 8 5" style="transform: translate(3px)"'),
    ],
)  # fmt: skip
def test_what_belongs_to_its_document_or_its_place_is_drawn_anew(
    setting: Setting, shelf: Shelf, inner: str, whole: str
) -> None:
    address = svg(inner, whole)
    pdf = setting(image(address)).pdf
    assert shelf.get(forms._digest(address)) is None
    assert seen(pdf).getextrema()[0] <= 128  # there it is


def test_a_drawing_with_a_fault_is_told_each_time(setting: Setting) -> None:
    faulty = svg('<path d="M1 1h6v3H1z" fill="#f00" stroke-miterlimit="many"/>')
    for _ in range(2):
        with pytest.raises(Problems, match="Failed to render SVG image"):
            setting(image(faulty))


@pytest.mark.parametrize(("size", "is_kept"), [(forms.MOST, True), (forms.MOST + 1, False)])
def test_so_many_bytes_of_forms_are_kept(
    monkeypatch: pytest.MonkeyPatch, size: int, is_kept: bool
) -> None:
    monkeypatch.undo()  # the shelf of the process
    content = bytes(size)
    forms.SHELF.add("large", forms.Form("large", (0, 0, 1, 1), (1, 1, 1), content, {}, None))
    assert (forms.SHELF.get("large") is not None) == is_kept
    forms.SHELF.clear()


@pytest.mark.parametrize(
    "address",
    [
        f"data:image/svg+xml;base64,{'A' * 3_000_000}",
        "data:image/svg+xml;base64,not base64!",
        f"data:image/svg+xml;base64,{b64encode(bytes([0xFF, 0xFE])).decode()}",
        "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 5'/>",
        svg("").replace("svg+xml", "png"),
        svg("").replace(";base64", ";charset=utf-16;base64"),
    ],
)
def test_an_address_of_another_kind_is_the_engines_to_read(address: str) -> None:
    assert address not in Pictures(load_engine())


def test_a_picture_of_a_file_is_known_by_its_document_alone(setting: Setting) -> None:
    pictures = Pictures(load_engine())
    pictures["file:///a.svg"] = "an image"
    assert "file:///a.svg" not in Pictures(load_engine())
