"""Digits and days by which a required line would say something else: a longer year, another day.

A line that ends in a digit says another number where one more stands behind it, and a print says
until when it may be used but once: whatever else begins so has to name the same day.
"""

from collections.abc import Iterable, Iterator, Sequence
from math import hypot
from typing import NamedTuple

from clinicpress.checks.seen.letters import Lettering, Row
from clinicpress.checks.seen.wanted import Seen, Wanted
from clinicpress.errors import Place, Problem

NEAR = (0.15, 1.4)
"""How far before a number, or behind its last digit, another one is a part of it, in ems."""

LEVEL = 0.7
"""How far above or below it may stand then, in ems."""


class _Digit(NamedTuple):
    place: int
    right: float
    up: float


def other_numbers(
    pages: Iterable[Lettering], seen: Sequence[Seen], wanted: Wanted
) -> Iterator[Problem]:
    """Yield a Problem for each required line with a digit more, and for each other day of use."""
    by_page: dict[int, list[Seen]] = {}
    for one in seen:
        if not one.fault and (one.line.words[:1].isdigit() or one.line.words[-1:].isdigit()):
            by_page.setdefault(one.on.number, []).append(one)
    for page in pages:
        ends = by_page.get(page.number, [])
        days = list(_days(page, wanted))
        if not (ends or days):
            continue
        digits = _digits(page)
        for one in ends:
            if _is_longer(one.places, one.rows, page, digits):
                yield _problem(page, one.line.words, "a digit stands with it that is none of it",
                               wanted)  # fmt: skip
        for places in days:
            words = page.words[places.start : places.stop]
            if words.lower() not in wanted.days:
                yield _problem(page, words, "this is not the day of this print", wanted)
            elif _is_longer(places, page.rows(places), page, digits):
                yield _problem(page, words, "a digit stands with it that is none of it", wanted)


def _days(page: Lettering, wanted: Wanted) -> Iterator[range]:
    """Yield each place where a page says until when it may be used, as far as that goes on."""
    for opening in wanted.openings:
        at = page.folded.find(opening)
        while at >= 0:
            begin = at + len(opening)
            said = (day for day in wanted.days if page.folded.startswith(day, at))
            end = at + len(max(said, key=len, default=""))
            yield range(at, end if end > at else min(begin + SHOWN, len(page.words)))
            at = page.folded.find(opening, begin)


SHOWN = 12
"""Letters that are shown of another day."""


def _digits(page: Lettering) -> list[_Digit]:
    """Return where on a page its digits stand."""
    places = [at for at, sign in enumerate(page.words) if sign.isdigit()]
    return [
        _Digit(at, right, up)
        for at in places
        for right, up in zip(*page.points(range(at, at + 1)), strict=True)
    ]


def _is_longer(
    places: range, rows: Sequence[Row], page: Lettering, digits: Iterable[_Digit]
) -> bool:
    """Return whether another digit stands right behind the last of these letters, or before."""
    own = page.words[places.start : places.stop]
    strange = [digit for digit in digits if digit.place not in places]
    behind = own[-1:].isdigit() and any(_is_at(rows[-1], each, 1) for each in strange)
    return behind or (own[:1].isdigit() and any(_is_at(rows[0], each, -1) for each in strange))


def _is_at(row: Row, digit: _Digit, way: int) -> bool:
    """Return whether a digit stands next to the last letter of a row (1), or the first (-1)."""
    x, y = row.last if way > 0 else row.first
    a, b, _, _ = row.matrix
    length = hypot(a, b) or 1
    right, up = digit.right - x, digit.up - y
    along = way * (right * a + up * b) / length / row.size
    across = (up * a - right * b) / length / row.size
    return NEAR[0] < along < NEAR[1] and abs(across) < LEVEL


def _problem(page: Lettering, words: str, wrong: str, wanted: Wanted) -> Problem:
    return Problem(
        Place(page=page.number), "SIGHT-NUMBER", f"“{words[:80]}”: {wrong}",
        f"Correct {wanted.blame}.",
    )  # fmt: skip
