"""What can be said of a layout before it is tried: that it saves no page, that it ends no better.

A layout costs a hundred times what this does. Nothing is told in vain that might come out well.
"""

import re
from collections.abc import Sequence
from itertools import takewhile

from clinicpress.pages.record import PageRecord

HALF = 0.6
"""A page but the last that is filled less than this is half empty."""

LOOSE = 15.0
"""What is set less often on fewer pages, or where signs stand together: a heading with its gaps, in
mm. Measured 8 to 11."""

_SECTION = re.compile(r'data-section="([^"]*)"')
_DRAWING = re.compile(r'height: ([0-9.]+)mm" src="[^"]*"')


def wasted(pages: Sequence[PageRecord]) -> int:
    """Return how many pages but the last are half empty."""
    return sum(page.fill < HALF for page in pages[:-1])


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


def in_vain(html: str, pages: Sequence[PageRecord], most: int, least: int) -> str:
    """Return how the HTML begins of all sheets that come out no better than this one.

    Its ``pages`` are more than ``most``, or more than ``least`` are half empty: what comes below
    the page after the one that shows it changes nothing of that. Without such a page it is all.
    """
    half = 0
    for number, page in enumerate(pages[:-1], start=2):
        half += page.fill < HALF
        if half > least or number > most:
            seen = {page.section for page in pages[:number]}
            begun = [(found.start(), found[1] in seen) for found in _SECTION.finditer(html)]
            later = takewhile(lambda section: not section[1], reversed(begun))
            return html[: min((start for start, _ in later), default=len(html))]
    return html
