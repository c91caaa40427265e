"""What of a manuscript fills room: how much of it, and where."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest

from clinicpress.editions.edition import Edition
from clinicpress.editions.manuscript import Entry, Manuscript, Section
from clinicpress.runs.filling import (
    advice_apart,
    left_out,
    with_advice_above,
    with_fewer,
    with_piece,
    with_tables_above,
)
from clinicpress.runs.pipeline import prepare
from tests.conftest import ROOT

SHEET = Edition("tiny", "thumb-sheet", "general", "large", "en", "neutral", "default", "A4",
                kind="handout")  # fmt: skip


@pytest.fixture
def holding(tiny):
    """Return a manuscript of these sections alone."""
    manuscript = prepare(SHEET, tiny, ROOT / "layouts").manuscript

    def of(sections: Iterable[Section]) -> Manuscript:
        return replace(manuscript, sections=tuple(sections))

    return of


def section(id: str, part: str, *items: str, fills: bool = False) -> Section:
    return Section(part, id, fills=fills, entries=tuple(Entry(part, item, ()) for item in items))


SIGNS = section("signs", "warning-signs")
MOVES = section("moves", "exercises", "roll", "bend")
PRESS = section("press", "never-press")
WEEK = section("week", "diary", fills=True)
EXPECT = section("expect", "self-care", "expect", fills=True)
ASK = section("ask", "self-care", "ask")
SOURCES = section("from", "self-care", "from", fills=True)


def ids(manuscript: Manuscript) -> str:
    return " ".join(each.id + "+" * each.joins for each in manuscript.sections)


def test_of_what_fills_room_advice_gives_way_before_a_table_and_the_last_of_it_first(holding):
    tried = with_fewer(holding([MOVES, EXPECT, WEEK, SOURCES]))
    assert [ids(found).removeprefix("moves ") for found in tried] == [
        "expect week from",
        "expect week", "week from", "expect from",
        "week", "expect", "from",
    ]  # fmt: skip


def test_a_table_may_stand_above_what_there_is_to_practise_but_not_among_the_signs(holding):
    """There it is not tried where nothing stands between the signs and the first exercise."""
    manuscript = holding([SIGNS, ASK, MOVES, SOURCES, WEEK])
    assert [ids(found) for found in with_tables_above(manuscript)] == ["signs ask week moves from"]
    for without in ([SIGNS, MOVES, WEEK], [SIGNS, ASK, MOVES, SOURCES], [SIGNS, ASK, WEEK]):
        assert list(with_tables_above(holding(without))) == []


def test_advice_that_is_always_said_may_stand_above_what_there_is_to_practise(holding):
    manuscript = holding([SIGNS, MOVES, ASK, PRESS, WEEK, SOURCES])
    assert ids(with_advice_above(manuscript)) == "signs ask moves press week from"
    for same in ([SIGNS, ASK, MOVES, WEEK], [SIGNS, MOVES, SOURCES], [SIGNS, ASK]):
        assert with_advice_above(holding(same)) == holding(same)


def test_advice_is_placed_item_by_item_and_what_closes_a_sheet_is_known(holding):
    both = section("both", "self-care", "expect", "next", fills=True)
    others, pieces, closing = advice_apart(holding([SIGNS, MOVES, both, WEEK, SOURCES]))
    assert ids(others) == "signs moves week"
    assert [each.id for each in pieces] == ["both-expect", "both-next"]
    assert [entry.id for each in pieces for entry in each.entries] == ["expect", "next"]
    assert closing == (SOURCES,)


def test_a_section_that_says_more_than_its_items_stays_whole(holding):
    titled = replace(section("both", "self-care", "expect", "next", fills=True), title="Soon")
    assert advice_apart(holding([MOVES, titled]))[1] == (titled,)


PLACES: list[tuple[Sequence[Section], Section, bool, list[str]]] = [
    ([SIGNS, MOVES, PRESS, WEEK], EXPECT, False, [
        "signs expect moves press week",
        "signs moves expect+ press week",
        "signs moves expect press week",
        "signs moves press expect week",
        "signs moves press week expect",
    ]),
    ([SIGNS, MOVES, PRESS], SOURCES, True, [
        "signs moves from+ press",
        "signs moves from press",
        "signs moves press from",
    ]),
    ([SIGNS, MOVES, replace(EXPECT, joins=True), PRESS], SOURCES, True, [
        "signs moves expect+ from+ press",
        "signs moves expect+ from press",
        "signs moves expect+ press from",
    ]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("sections", "piece", "closes", "expected"), PLACES,
    ids=["advice", "what closes a sheet", "below another piece"],
)  # fmt: skip
def test_a_piece_of_advice_is_tried_at_each_place_from_the_top(
    holding, sections, piece, closes, expected
):
    assert list(map(ids, with_piece(holding(sections), piece, closes))) == expected


def titled(id: str, *titles: str, title: str | None = None) -> Section:
    entries = tuple(Entry("self-care", each.lower(), (("title", each),)) for each in titles)
    return Section("self-care", id, title=title, fills=True, entries=entries)


ADVICE, TABLE = titled("advice", "What to *expect*", "Next"), titled("week", title="My week")


@pytest.mark.parametrize(
    ("filled", "lost"),
    [
        (None, ("What to expect", "Next", "My week")),
        ((ADVICE, TABLE), ()),
        ((ADVICE,), ("My week",)),
        ((TABLE,), ("What to expect", "Next")),
        ((replace(ADVICE, id="advice-next", entries=ADVICE.entries[1:]), TABLE),
         ("What to expect",)),  # set item by item
    ],
    ids=["nothing", "all", "no table", "no advice", "one of two"],
)  # fmt: skip
def test_what_fills_room_and_found_none_is_named(holding, filled, lost):
    manuscript = holding((SIGNS, ADVICE, MOVES, TABLE))
    assert left_out(manuscript, None if filled is None else holding((SIGNS, *filled))) == lost


def test_what_has_no_title_is_named_as_in_the_sources(holding):
    """A section of any part may fill room: a word explained has no title, nor has a scale."""
    word = Section("glossary", "words", fills=True, entries=(Entry("term", "clot", ()),))
    scale = Section("scale", "scale", fills=True)
    assert left_out(holding((SIGNS, word, scale)), None) == ("clot", "scale")
