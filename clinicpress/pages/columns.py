"""Where two columns part: an estimate for templates, by the lines that words will fill.

The layout engine lays balanced columns out again and again until they are of one height. A break
that is set where they will part costs it nothing.
"""

from itertools import accumulate

LETTER = 0.45 * 25.4 / 72
"""How wide letters of Fira Sans, and what is between words, are on average: in mm at 1 pt."""


def lines(words: str, width: float, size: float) -> int:
    """Return about how many lines ``words`` fill; ``width`` is in mm, ``size`` in pt."""
    letters = width / size / LETTER
    count, room = 1, letters
    for word in words.split():
        if len(word) > room and room < letters:
            count, room = count + 1, letters
        room -= len(word) + 1
    return count


def halved(heights: str) -> int:
    """Return the number, from 0, of the block that the second of two columns begins with.

    ``heights`` are those of all blocks, with spaces between. The longer column is as short as it
    can be; of two such ways the first is the longer.
    """
    above = [0.0, *accumulate(map(float, heights.split()))]
    return min(reversed(range(len(above))), key=lambda at: max(above[at], above[-1] - above[at]))
