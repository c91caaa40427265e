"""Sets the lines to write on apart from the words that say what is written there."""

import re
from typing import Any

BLANK = re.compile(r"(__+)")
"""A line to write on, as it stands in words."""


def part_blanks(element: Any) -> None:
    """Put each line to write on below ``element``, a tree of HTML, into a span of its own.

    What is drawn in one go has one tag: the line is read aloud as nothing, the words are read.
    """
    for child in list(element):
        part_blanks(child)
        if child.tail and "__" in child.tail:
            child.tail, spans = _parted(element, child.tail)
            at = list(element).index(child) + 1
            element[at:at] = spans
    if element.text and "__" in element.text and element.tag not in UNTOUCHED:
        element.text, spans = _parted(element, element.text)
        element[0:0] = spans


UNTOUCHED = frozenset({"title", "style", "script"})
"""What holds no words of the page."""


def _parted(element: Any, words: str) -> tuple[str, list[Any]]:
    """Return the words before the first line to write on, and a span for each, with its tail."""
    before, *pieces = BLANK.split(words)
    spans = []
    for blank, after in zip(pieces[::2], pieces[1::2], strict=True):
        span = element.makeelement("span", {})
        span.text, span.tail = blank, after
        spans.append(span)
    return before, spans
