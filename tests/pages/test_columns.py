"""Where two columns part is estimated in templates, so that the layout engine need not try."""

import re
from pathlib import Path

import pytest

from clinicpress.files import paths
from clinicpress.pages.columns import PT, abreast, halved, lines, set_lines

ESTIMATED = "column-fill: auto"
BALANCED = {
    ".tier .groups", ".reference-lists", ".undecided",
    *(".said.in-columns", ".evidence", ".plates", ".sources, .required"),
}  # fmt: skip
"""Columns that part between any two signs, whose list no template can part; and lists of pages, of
which only the last is balanced. Those of a review pack, which is laid out once, are of both."""


@pytest.mark.parametrize(
    ("words", "width", "count"),
    [
        ("", 50, 1),
        ("Word", 50, 1),
        ("Ten letters and ten letters and ten", 50, 2),
        ("A word that islongerthanthewholelineandmore is one line", 40, 3),
    ],
)
def test_lines_are_estimated_by_letters(words: str, width: float, count: int) -> None:
    assert lines(words, width, 12) == count


LETTERS = {ord("i"): 0.2, ord("m"): 0.9, ord(" "): 0.25}


@pytest.mark.parametrize(
    ("words", "count"),
    [("", 1), ("mm mm", 2), ("mm ii mm", 2), ("ii ii ii ii", 1), ("mmmmm mm", 2), ("?? ii", 2)],
)
def test_lines_are_counted_by_how_wide_each_letter_is(words: str, count: int) -> None:
    """A line holds two broad letters and two slim ones here; one that no font knows is broad."""
    assert set_lines(words, 2.6 * PT * 10, 10, LETTERS) == count


@pytest.mark.parametrize(
    ("heights", "second"),
    [
        ("", 0),
        ("3", 1),
        ("1 1", 1),
        ("1 1 1", 2),
        ("5 1 1 1", 1),
        ("1 1 1 5", 3),
        ("2.5 1 4", 2),
    ],
)
def test_the_longer_column_is_as_short_as_can_be(heights: str, second: int) -> None:
    assert halved(heights) == second


BLOCK = ("Title", "some words that fill about three lines of half a page, " * 3)


@pytest.mark.parametrize(
    ("blocks", "second", "share"),
    [
        ([], 0, 100),
        ([BLOCK], 1, 100),
        ([BLOCK, BLOCK], 1, 50),
        ([BLOCK] * 4, 2, 50),
        ([BLOCK, (*BLOCK, *BLOCK[1:] * 3)], 1, 36),
    ],
)
def test_columns_have_the_widths_at_which_the_longer_is_shortest(blocks, second, share) -> None:
    found, width = abreast(blocks, 180, 11)
    assert (found, width) == (second, pytest.approx(share, abs=4))


def test_no_style_lets_the_engine_balance_what_a_template_can() -> None:
    sheets = (paths.bundled("layouts") / "styles").glob("*.css")
    css = re.sub(r"/\*.*?\*/", "", "".join(map(Path.read_text, sheets)), flags=re.DOTALL)
    rules = [
        (selector.strip(), rule)
        for selector, rule in re.findall(r"([^{}]+)\{([^{}]*(?:\{%[^{}]*%\}[^{}]*)*)\}", css)
        if re.search(r"\bcolumns:", rule)
    ]
    assert len(rules) > 6
    for selector, rule in rules:
        assert selector in BALANCED or "columns: auto" in rule or ESTIMATED in rule, selector
