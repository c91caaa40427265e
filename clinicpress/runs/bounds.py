"""What can be said of a layout before it is tried: that it saves no page, that it ends no better.

A layout costs a hundred times what this does. Nothing is told in vain that might come out well.
"""

import re
from collections.abc import Sequence
from itertools import takewhile

from clinicpress.pages.record import PageRecord

HALF = 0.6
"""A page but the last that is filled less than this, as its goal is, counts as half empty."""

LOOSE = 15.0
"""What is set less often on fewer pages, or where signs stand together: a heading with its gaps, in
mm. Measured 8 to 11."""

_SECTION = re.compile(r'data-section="([^"]*)"')
_DRAWING = re.compile(r'height: ([0-9.]+)mm" src="[^"]*"')


def wasted(pages: Sequence[PageRecord]) -> float:
    """Return by how much pages but the last are less than half full: the shares that they lack."""
    return sum(map(_lacking, pages[:-1]))


def _lacking(page: PageRecord) -> float:
    return max(0.0, round(HALF - page.fill, 3))


def lowered_by(before: str, after: str) -> float | None:
    """Return by how many mm all drawings together are lower in one HTML than in another.

    It is None where these differ in anything else, so that nobody knows.
    """
    if _DRAWING.sub("", before) != _DRAWING.sub("", after):
        return None
    high, low = (sum(map(float, _DRAWING.findall(html))) for html in (before, after))
    return high - low


def saves_none(pages: Sequence[PageRecord], less: float | None) -> bool:
    """Return whether what stands on pages, ``less`` mm of it taken away, fills as many anyhow.

    That is so where it would not fit on one page less even without a blank between.
    """
    held = sum(min(page.fill, page.survey.held) * page.depth for page in pages)
    room = sum(page.depth for page in pages[:-1])
    return less is not None and held - less - LOOSE > room


def in_vain(html: str, pages: Sequence[PageRecord], most: int, least: float) -> str:
    """Return how the HTML begins of all sheets that come out no better than this one.

    Its ``pages`` are more than ``most``, or waste more than ``least``: what comes below the page
    after the one that shows it changes nothing of that. Without such a page it is all.
    """
    waste = 0.0
    for number, page in enumerate(pages[:-1], start=2):
        waste += _lacking(page)
        if waste > least or number > most:
            seen = {page.section for page in pages[:number]}
            begun = [(found.start(), found[1] in seen) for found in _SECTION.finditer(html)]
            later = takewhile(lambda section: not section[1], reversed(begun))
            return html[: min((start for start, _ in later), default=len(html))]
    return html
