"""Where two columns part is estimated in templates, so that the layout engine need not try."""

import re

import pytest

from clinicpress.files import paths
from clinicpress.pages.columns import halved, lines

ESTIMATED = "column-fill: auto"
BALANCED = {".tier .groups"}
"""Columns that part between any two signs, whose list no template can part."""


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


def test_no_style_lets_the_engine_balance_what_a_template_can() -> None:
    styles = paths.bundled("layouts") / "styles"
    rules = [
        (selector.strip(), rule)
        for path in styles.glob("*.css")
        for selector, rule in re.findall(r"([^{}]+)\{([^{}]*(?:\{%[^{}]*%\}[^{}]*)*)\}",
                                         path.read_text(encoding="utf-8"))
        if re.search(r"\bcolumns:", rule)
    ]  # fmt: skip
    assert len(rules) > 6
    for selector, rule in rules:
        assert selector in BALANCED or "columns: auto" in rule or ESTIMATED in rule, selector
