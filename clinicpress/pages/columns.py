"""Where two columns part: an estimate for templates, by the lines that words will fill.

The layout engine lays balanced columns out again and again until they are of one height. A break
that is set where they will part costs it nothing.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, product

LETTER = 0.45 * 25.4 / 72
"""How wide letters of Fira Sans, and what is between words, are on average: in mm at 1 pt."""


KEPT = 20_000
"""Words and widths whose lines are kept: each way to part columns asks for the same again."""


@lru_cache(maxsize=KEPT)
def lines(words: str, width: float, size: float) -> int:
    """Return about how many lines ``words`` fill; ``width`` is in mm, ``size`` in pt."""
    letters = width / size / LETTER
    count, room = 1, letters
    for word in words.split():
        if len(word) > room and room < letters:
            count, room = count + 1, letters
        room -= len(word) + 1
    return count


PT = 25.4 / 72
"""A pt in mm."""

_PARTS = re.compile(r"(?<= )|(?<=[A-Za-z]-)(?=[A-Za-z])")
"""Where a line may end: after a space, or after a hyphen between letters."""

UNKNOWN = 1.0
"""How wide a character is taken to be that no font says anything of, at size 1."""


def set_lines(words: str, width: float, size: float, widths: Mapping[int, float]) -> int:
    """Return how many lines ``words`` fill, by how wide each character is set at size 1.

    The engine sets pairs of letters closer: it never needs more.
    """
    count, room = 1, width
    for part in _PARTS.split(words):
        space, wide = (
            sum(widths.get(ord(one), UNKNOWN) for one in said) * size * PT
            for said in (" ", part.rstrip(" "))
        )
        if wide > room and room < width:
            count, room = count + 1, width
        room -= wide + (space if part.endswith(" ") else 0)
    return count


def halved(heights: str) -> int:
    """Return the number, from 0, of the block that the second of two columns begins with.

    ``heights`` are those of all blocks, with spaces between. The longer column is as short as it
    can be; of two such ways the first is the longer.
    """
    above = [0.0, *accumulate(map(float, heights.split()))]
    return min(reversed(range(len(above))), key=lambda at: max(above[at], above[-1] - above[at]))


SHARES = range(36, 65, 2)
"""The widths that the first of two columns may have, in per cent."""

BETWEEN, INDENT = 4, 4.7
"""What is left free between two columns, and before the items of a list, in mm."""

BOLD = 1.04
"""How much wider words of which some are bold are."""


def abreast(blocks: Sequence[Sequence[str]], width: float, size: float) -> tuple[int, int]:
    """Return with which block the second of two columns begins, and the first's width in per cent.

    Of all ways to part them the longer column is shortest; of two such the widths are most alike.
    A block is a heading and the items of a list below it. ``width`` is that of both columns and of
    what is between them, in mm, ``size`` that of the type in pt.
    """

    def height(part: Sequence[Sequence[str]], room: float) -> float:
        said = [words for block in part for words in block]
        return sum(lines(words, room - INDENT, size * BOLD) for words in said) + len(part) / 4

    def longer(way: tuple[int, int]) -> tuple[float, int]:
        at, share = way
        first = width * share / 100
        heights = height(blocks[:at], first), height(blocks[at:], width - first - BETWEEN)
        return max(heights), abs(share - 50)

    return min(product(range(1, len(blocks)), SHARES), key=longer, default=(len(blocks), 100))
