"""What is said of a layout before it is tried: it never says so of one that would come out well."""

from dataclasses import replace

import pytest

from clinicpress.pages.pieces import Surveyed
from clinicpress.pages.record import PageRecord
from clinicpress.runs.bounds import LOOSE, in_vain, lowered_by, saves_none, wasted

DEPTH = 200.0


def pages(*fills: float, sections: str = "") -> tuple[PageRecord, ...]:
    """Return pages of 200 mm that are so full, and end in sections of one letter each."""
    ends = sections or "a" * len(fills)
    return tuple(
        PageRecord(number, ends[number - 1], fill, depth=DEPTH, survey=Surveyed(held=fill))
        for number, fill in enumerate(fills, start=1)
    )


def drawn(*heights: float, words: str = "Bend.") -> str:
    return "".join(
        f'<p><img style="height: {height}mm" src="data:{height}"></p><p>{words}</p>'
        for height in heights
    )


@pytest.mark.parametrize(
    ("before", "after", "lower"),
    [
        (drawn(36.0, 36.0), drawn(28.0, 32.5), 11.5),
        (drawn(36.0), drawn(36.0), 0),
        (drawn(36.0), drawn(28.0, words="Bend it."), None),
        (drawn(36.0), drawn(28.0, 28.0), None),
    ],
    ids=["two", "none", "other words", "another drawing"],
)  # fmt: skip
def test_how_much_lower_drawings_are_is_known_where_nothing_else_differs(before, after, lower):
    assert lowered_by(before, after) == lower


@pytest.mark.parametrize(
    ("fills", "less", "none"),
    [
        ((0.9, 0.9), 20, True),  # 360 mm, and one page holds 200
        ((0.9, 0.2), 20 - LOOSE + 0.1, False),  # 220 mm: 20 too many
        ((0.9, 0.2), 20 - LOOSE - 0.1, True),
        ((0.9, 0.9, 0.9), 100, True),
        ((0.9, 0.9, 0.3), 10, False),
        ((0.9, 0.9), None, False),
    ],
)
def test_a_page_is_saved_where_all_would_fit_without_a_blank_between(fills, less, none):
    assert saves_none(pages(*fills), less) is none


def test_a_blank_in_the_middle_of_a_page_holds_nothing():
    tall = [replace(page, survey=Surveyed(held=0.3)) for page in pages(0.9, 0.9)]
    assert not saves_none(tall, 0)
    assert saves_none(pages(0.9, 0.9), 0)


HTML = "".join(f'<section data-section="{id}">{id}</section>' for id in "abcd")


@pytest.mark.parametrize(
    ("fills", "sections", "most", "half", "begins"),
    [
        ((0.9, 0.1, 0.9), "abc", 3, 0, "abc"),  # page 2 is half empty, since c begins on page 3
        ((0.9, 0.1, 0.9), "abc", 3, 0.5, "abcd"),  # as it was before
        ((0.9, 0.1, 0.9), "abc", 3, 0.4, "abc"),  # it was half empty before, but not as much
        ((0.9, 0.9, 0.9), "abc", 2, 0, "abc"),  # page 3 is one too many
        ((0.9, 0.9, 0.1), "abd", 3, 0, "abcd"),  # the last is never half empty
        ((0.9, 0.1, 0.9), "cab", 3, 0, "abc"),  # the first page ends in what comes later
    ],
)
def test_what_begins_alike_comes_out_no_better(fills, sections, most, half, begins):
    """Only what stands below the page that is after the fault may be another."""
    begun = in_vain(HTML, pages(*fills, sections=sections), most, half)
    told = "".join(id for id in "abcd" if f">{id}<" in begun)
    assert told == begins
    assert HTML.startswith(begun)
    short = [0.6 - fill for fill in fills[:-1] if fill < 0.6]
    assert wasted(pages(*fills)) == pytest.approx(sum(short))
