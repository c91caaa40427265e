"""What is folded or cut, for a print shop: one open piece a page, with its own folds marked."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from clinicpress.design.panels import CARD
from clinicpress.design.papers import PAPERS, bleed
from clinicpress.editions.edition import Edition
from clinicpress.press.finish import finish
from clinicpress.press.marks import GAP, LENGTH, MARGIN
from tests import verapdf
from tests.pdf.test_products import DOTS, edition, heard, on_the_press_of, panels, pictures
from tests.pdf.test_validity import broken
from tests.press.test_paper import ALLOWED, TEAL, all_painted, mm

OPEN = {
    ("leaflet", "A4", "c"): ((297, 210), [(97, 197), (100, 200)]),
    ("leaflet", "Letter", "z"): ((279.4, 215.9), [(93.13, 186.27), (93.13, 186.27)]),
    ("card", "A4", ""): ((2 * CARD[0], CARD[1]), [(CARD[0],), (CARD[0],)]),
    ("pad", "A6", ""): ((105, 148), [(), ()]),
    ("poster", "A3", ""): (PAPERS["A3"], [()]),
    ("diary", "A4", ""): (PAPERS["A4"], [(), ()]),
}
"""For what is printed: its size when open, in mm, and where each of its sides is folded."""

PRODUCTS = [
    pytest.param(*key, id="-".join(filter(None, key)), marks=on_the_press_of(key[0]))
    for key in OPEN
]
FEW = [
    each
    if each.id in ("leaflet-A4-c", "card-A4")
    else pytest.param(*each.values, id=each.id, marks=[*each.marks, pytest.mark.slow])
    for each in PRODUCTS
]


def at_the_press(publication: str, paper: str, fold: str, colour: str = "rgb") -> bytes:
    of = asked_for(publication, paper, fold)
    return finish(panels(of), replace(of, production="press", colour=colour), spot=TEAL)


def asked_for(publication: str, paper: str, fold: str) -> Edition:
    return edition(publication, papers=paper, **({"folds": fold} if fold else {}))


def folded_at(side: Any, past: float) -> list[float]:
    """Return where dashes stand above a side, in mm from its trimmed edge."""
    low, high = MARGIN - GAP - LENGTH, MARGIN - GAP
    strip = side.crop((0, round(low * DOTS), side.width, round(high * DOTS)))
    columns = [strip.crop((x, 0, x + 1, strip.height)) for x in range(strip.width)]
    dark = [sum(value < 160 for value in column.get_flattened_data()) for column in columns]
    dashed = [x for x, count in enumerate(dark) if strip.height * 0.3 < count < strip.height * 0.8]
    starts = [x for x in dashed if x - 1 not in dashed]
    return [round(x / DOTS - past - MARGIN, 1) for x in starts]


@pytest.mark.few(3)
@pytest.mark.parametrize(("publication", "paper", "fold"), PRODUCTS)
def test_a_page_is_one_open_piece_with_bleed_and_its_folds(
    publication: str, paper: str, fold: str
) -> None:
    (width, height), folds = OPEN[publication, paper, fold]
    past, pdf = bleed(paper), at_the_press(publication, paper, fold)
    with pikepdf.open(BytesIO(pdf)) as document:
        assert len(document.pages) == len(folds)
        for page in document.pages:
            outer = [-past, -past, width + past, height + past]
            assert mm(page.obj.TrimBox) == pytest.approx([0, 0, width, height], abs=0.05)
            assert mm(page.obj.BleedBox) == pytest.approx(outer, abs=0.05)
    for side, expected in zip(pictures(pdf), folds, strict=True):
        found = folded_at(side, past)
        near = [[x for x in found if abs(x - fold_at) < 0.6] for fold_at in expected]
        assert all(near), (found, expected)
        assert len(found) <= len(expected) + 2  # a registration mark may look dashed


@pytest.mark.parametrize("colour", ["cmyk", "grey", "spot"])
@pytest.mark.parametrize(
    ("publication", "paper", "fold"),
    [each for each in PRODUCTS if each.id in ("leaflet-A4-c", "card-A4")],
)
def test_an_open_piece_holds_no_ink_but_its_own(
    publication: str, paper: str, fold: str, colour: str
) -> None:
    with pikepdf.open(BytesIO(at_the_press(publication, paper, fold, colour))) as document:
        found = all_painted(document)
    words = {(ink, parts) for what, ink, parts in found if what == "words"}
    assert {ink for _, ink, _ in found} <= ALLOWED[colour]
    assert ("grey", (0.0,)) in words
    own = {("spot", (1.0,))} if colour == "spot" else set()
    assert words <= {("grey", (0.0,)), ("grey", (1.0,))} | own


@pytest.mark.few(1)
@pytest.mark.parametrize(("publication", "paper", "fold"), FEW)
def test_it_stays_valid_and_is_read_aloud_as_before(
    publication: str, paper: str, fold: str
) -> None:
    pdf = at_the_press(publication, paper, fold)
    for standard in ("ua1", "3a"):
        assert broken(pdf, standard) == set()
        assert verapdf.faults(pdf, standard) == []
    with (
        pikepdf.open(BytesIO(panels(asked_for(publication, paper, fold)))) as before,
        pikepdf.open(BytesIO(pdf)) as after,
    ):
        assert [each for each in heard(after) if not is_link(each)] == [
            each for each in heard(before) if not is_link(each)
        ]


def is_link(said: Any) -> bool:
    """Return whether it is where a link goes: on paper nowhere."""
    return isinstance(said, tuple) and isinstance(said[0], str)
