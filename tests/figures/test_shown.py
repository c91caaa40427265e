"""No place for a picture is left empty, in any edition of the real content."""

import re
from collections.abc import Iterable

import pytest

from clinicpress.checks.unread import sheets_of_unread
from clinicpress.editions.edition import Edition
from clinicpress.orders.plan import plan
from clinicpress.orders.request import ALL, Request
from clinicpress.pages.compose import compose
from clinicpress.runs.pipeline import prepare
from tests.conftest import ROOT, content

LAYOUTS = ROOT / "layouts"
LIBRARY = content()
EMPTY = re.compile(
    r'class="[^"]*\bundrawn[^"]*"'
    r'|class="row" data-figure="[^"]+"(?! style| data-required="[^"]+" style)'
)
"""A figure's place without one; a row of easy read whose sign no style draws."""


def empty(editions: Iterable[Edition]) -> list[str]:
    """Return the places without a picture in the editions, of which there must be some."""
    prepared = [prepare(one, LIBRARY, LAYOUTS) for one in editions]
    assert prepared
    return [
        f"{one.edition.name}: {place}"
        for one in prepared
        for place in EMPTY.findall(compose(one.manuscript, one.design, one.drawings().find))
    ]


USUAL = ("general", "easy-read")
"""Who most figures are for; the slow tests look at what all others get."""

every_audience = pytest.mark.parametrize(
    "audience",
    [
        pytest.param(each, marks=[] if each in USUAL else [pytest.mark.slow])
        for each in LIBRARY.audiences
    ],
)


@pytest.mark.few(1)
@pytest.mark.parametrize("setting", ["rack", pytest.param("given", marks=pytest.mark.slow)])
@every_audience
def test_every_place_for_a_picture_has_one(audience, setting):
    request = Request((ALL,), audiences=(audience,), settings=(setting,))
    assert empty(plan(request, LIBRARY, LAYOUTS)) == []


def test_every_figure_is_printed_somewhere():
    """A drawing that no publication and no pick shows is one that nobody looks at any more."""
    editions = [
        *(
            one
            for setting in ("rack", "given")
            for one in plan(
                Request(
                    (ALL,), audiences=(*LIBRARY.audiences,), settings=(setting,), regions=("GB",)
                ),
                LIBRARY,
                LAYOUTS,
            )
        ),
        *sheets_of_unread(LIBRARY, list(LIBRARY.audiences), {}, "neutral"),
    ]
    unseen = {*LIBRARY.artworks}.union(*(topic.artworks for topic in LIBRARY.topics.values()))
    assert unseen
    for one in editions:
        if unseen:  # what all others show is shown already
            unseen -= {plate.id for plate in prepare(one, LIBRARY, LAYOUTS).manuscript.plates}
    assert sorted(unseen) == []


@pytest.mark.few(1)
@every_audience
def test_whatever_can_be_picked_has_a_picture(audience):
    assert empty(sheets_of_unread(LIBRARY, [audience], {}, "neutral")) == []


SIGN = re.compile(r'<div class="seen">((?:<span [^>]*></span>)+)</div>')
"""The pictures of a group of signs."""


def seen(publication: str, **asked: tuple[str, ...]) -> list[int]:
    """Return how many pictures each group of signs has that has any."""
    (edition,) = plan(Request((publication,), **asked), LIBRARY, LAYOUTS)
    one = prepare(edition, LIBRARY, LAYOUTS)
    html = compose(one.manuscript, one.design, one.drawings().find)
    return [group.count("<span") for group in SIGN.findall(html)]


GENERAL = {"audiences": ("general",), "settings": ("rack",)}


@pytest.mark.parametrize(
    ("publication", "asked", "groups"),
    [
        ("poster", {"audiences": ("general",)}, [2, 2, 2, 2]),
        ("when-to-get-help", {**GENERAL, "formats": ("standard",)}, [2, 2, 2, 2]),
        ("when-to-get-help", {**GENERAL, "formats": ("clear",)}, [2, 2, 2, 2]),
        ("when-to-get-help", {**GENERAL, "formats": ("large",)}, []),
        ("exercises", {**GENERAL, "formats": ("standard",)}, []),
        ("references", {**GENERAL, "formats": ("standard",)}, []),
        ("desk-breaks", {"audiences": ("desk-worker",)}, []),
    ],
)
def test_groups_of_emergency_signs_are_seen_where_signs_are_all_that_is_said(
    publication, asked, groups
):
    assert seen(publication, **asked) == groups
