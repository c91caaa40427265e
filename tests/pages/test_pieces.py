"""What is read off a page to measure it by; a page is 100 mm high and wide, its margins 10 mm."""

from collections.abc import Callable

import pytest

from clinicpress.pages.pieces import Passage, Piece, Surveyed
from clinicpress.pages.typeset import Typeset

Setting = Callable[..., Typeset]

ROW = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><path d="M0 0h9v9z"/></svg>'
ADDRESS = "data:image/svg+xml;utf8," + ROW.replace("<", "%3C").replace(">", "%3E").replace(
    '"', "%22"
)
"""A drawing that is twice as wide as it is high."""

LINE = 12 * 25.4 / 72
"""The height of a line in mm."""


def survey(pages: Typeset) -> Surveyed:
    return pages.pages[0].survey


def near(kind: str, item: str, top: float, width: float, height: float) -> tuple[object, ...]:
    return kind, item, *(pytest.approx(one, abs=0.01) for one in (top, width, height))


def pieces(pages: Typeset) -> list[tuple[object, ...]]:
    found = survey(pages).pieces
    return [(each.kind, each.item, each.top, each.width, each.height) for each in found]


def test_an_item_stands_where_its_frame_begins(setting: Setting) -> None:
    body = (
        '<p style="height: 20mm">Words</p>'
        '<div data-item="gate" style="border: 1mm solid black; height: 8mm"><p>Words</p></div>'
    )
    assert pieces(setting(body)) == [near("item", "gate", 30, 80, 10)]
    assert Piece("item", "gate", 30, 80, 10).area == 800
    assert survey(setting(body)).area == pytest.approx(100 * 100)


def test_a_table_is_one_item(setting: Setting) -> None:
    body = '<div data-item="zones" style="display: table; width: 50mm"><p>Words</p></div>'
    assert pieces(setting(body)) == [near("item", "zones", 10, 50, LINE)]


def test_an_item_that_goes_on_has_a_piece_on_each_page(setting: Setting) -> None:
    tall = '<p style="height: 50mm">Words</p>'
    pages = setting(f'<div data-item="long">{tall}{tall}</div>')
    assert [[each.item for each in page.survey.pieces] for page in pages.pages] == [["long"]] * 2


def test_when_to_stop_is_a_piece_of_the_item_that_it_is_in(setting: Setting) -> None:
    stop = '<p data-required="stop">Stop if it hurts more and more.</p>'
    assert pieces(setting(f'<div data-item="bend">{stop}</div>{stop}')) == [
        near("item", "bend", 10, 80, LINE),
        near("stop", "bend", 10, 80, LINE),
        near("stop", "", 10 + LINE, 80, LINE),
    ]


@pytest.mark.parametrize(
    ("style", "width", "height"),
    [
        ("width: 60mm; height: 30mm", 60, 30),
        ("width: 60mm; height: 60mm; object-fit: contain", 60, 30),
        ("width: 80mm; height: 20mm; object-fit: contain", 40, 20),
    ],
)
def test_a_picture_is_as_high_as_it_is_drawn(
    setting: Setting, style: str, width: float, height: float
) -> None:
    body = f'<div data-item="bend"><img alt="x" style="display: block; {style}" src="{ADDRESS}">'
    assert pieces(setting(f"{body}</div>"))[1:] == [near("picture", "bend", 10, width, height)]


def test_a_picture_behind_a_row_is_one_and_a_styles_own_sign_is_none(setting: Setting) -> None:
    style = "p { min-height: 25mm; background: no-repeat 0 0 / 20mm 10mm }"
    sign = f"p.sign {{ background-image: url('{ADDRESS}') }}"
    body = f"""<p style="background-image: url('{ADDRESS}')">Words</p><p class="sign">Words</p>"""
    assert pieces(setting(body, style + sign)) == [near("picture", "", 10, 20, 10)]


HIGH = '<p style="height: 5mm">Words</p>'
FIELD = '<p style="border: 1pt solid black; padding-bottom: 35mm">Name</p>'
FRAME = f'<div style="border: 1pt solid black; height: 60mm">{HIGH}</div>'
AT_FOOT = '<p style="position: absolute; bottom: 0; left: 0">Foot</p>'


@pytest.mark.parametrize(
    ("body", "bands"),
    [
        (HIGH, 1),
        (HIGH * 8, 8),
        (f'{HIGH}<p style="margin-top: 40mm">Words</p>', 2),  # not as far down, but how much
        (FIELD, 8),
        (FRAME, 1),  # what is in a frame counts, not that it is tall
        (f'<img alt="x" style="display: block; width: 80mm; height: 40mm" src="{ADDRESS}">', 8),
        (f"{HIGH}{AT_FOOT}", 1),
        (f'{HIGH}<div style="position: absolute; bottom: 0">{HIGH * 3}</div>', 1),
    ],
)
def test_a_page_is_as_full_as_many_of_its_16_bands_hold_something(
    setting: Setting, body: str, bands: int
) -> None:
    assert survey(setting(body)).held == pytest.approx(bands / 16)


def test_a_passage_goes_on_over_lines_and_through_what_is_marked(setting: Setting) -> None:
    words = "Bend your thumb and hold it, as long as you breathe in and out, and once again."
    body = (
        f"<h2>Bend</h2><p>{words} <strong>Go slowly.</strong></p>"
        '<p data-required="stop">Stop if it hurts.</p><div><h3 style="display: inline">First</h3> '
        "Sit down.</div>"
    )
    assert survey(setting(body)).passages == (
        Passage("", f"{words} Go slowly."),
        Passage("stop", "Stop if it hurts."),
        Passage("", "Sit down."),
    )


def test_a_word_with_a_hyphen_is_one_where_its_line_ends_in_it(setting: Setting) -> None:
    found = survey(setting('<p style="width: 18mm">Take long-term medicine.</p>'))
    assert found.passages == (Passage("", "Take long-term medicine."),)


def test_the_smallest_type_is_that_of_what_must_be_read(setting: Setting) -> None:
    body = (
        '<p style="font-size: 9.5pt">Words</p>'
        '<p data-required="state" style="font-size: 9.5pt">Version 1</p>'
    )
    assert survey(setting(body)).smallest == 0
    signs = '<div data-required="signs"><h2>Now</h2><p style="font-size: 10.5pt">Pain?</p></div>'
    assert survey(setting(body + signs)).smallest == pytest.approx(10.5)
