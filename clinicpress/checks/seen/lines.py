"""What must be read is judged by what can be seen, on the finished page, whatever was done to it.

Each required line is looked for among the letters of the pages. It has to stand upright, in a font
of the print, whole and in order, in at least the smallest type; the ink in its place has to be that
of the same letters set by us; and no strange word may stand with it.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from itertools import pairwise
from typing import Any

from PIL import ImageChops

from clinicpress.checks.seen.ink import UNSEEN, inked
from clinicpress.checks.seen.letters import Glyph, Lettering, Phrases, Reading, joined, rows
from clinicpress.checks.seen.picture import Pixels, is_on, pixels_of, strips
from clinicpress.checks.seen.specimen import Faces, set_anew
from clinicpress.checks.seen.strange import strange
from clinicpress.checks.seen.wanted import STATE, Seen, Wanted
from clinicpress.editions.required import Line
from clinicpress.errors import Place, Problem

UPRIGHT = 0.02
"""How far letters may be turned, slanted or stretched, as a share of their size: not at all."""

TIGHT, LOOSE = 0.16, 0.2
"""How much nearer two letters may stand than the font sets them, and how much further all may on
average, in ems: kerning, and the spaces between words."""

TORN = 8
"""The fewest letters that the lines of a sentence have, the last one apart."""

LEADING = (0.9, 2.6)
"""From line to line, in ems."""

SHORT = 12
"""Letters of a line so short that it may well stand somewhere else by chance."""


Turns = Mapping[int, int]
"""How the pages on a side of a sheet are turned, in degrees, by its number from 1."""


def unreadable(pdf: bytes, wanted: Wanted, turns: Turns, laid: Reading) -> list[Problem]:
    """Return a Problem for each required line that the finished ``pdf`` does not show as it should.

    ``turns`` tells how pages are turned on their sheets; ``laid`` are the pages that it was made
    of, one after the other: a line may begin on one and end on the next. They may be the ``pdf``.
    """
    with nullcontext(laid) if pdf is laid.pdf else Reading(pdf) as pages:
        problems = _faults(pages, wanted, turns)
        if problems and (halved := parted(wanted, laid)) != wanted:
            problems = _faults(pages, halved, turns)
        return problems


def _faults(pages: Sequence[Lettering], wanted: Wanted, turns: Turns) -> list[Problem]:
    seen = list(_looked_at(list(_looked_for(pages, wanted, turns)), wanted))
    lost = dict(_lost(seen, wanted))
    return [*lost.values(), *strange(seen, wanted, lost)]


def parted(wanted: Wanted, laid: Reading) -> Wanted:
    """Return what is wanted with the halves of each line that goes on from one page to the next."""
    flows = [page.flow for page in laid]
    halves = {
        words: half
        for before, after in pairwise(flows)
        for words in wanted.known
        if (half := _halves(words, before, after))
    }
    lines = tuple(
        replace(line, words=words)
        for line in wanted.lines
        for words in halves.get("".join(line.words.split()), (line.words,))
    )
    parts = frozenset(part for pair in halves.values() for part in pair)
    return replace(wanted, lines=lines, known=wanted.known | parts)


HALF = 4
"""Letters of a part of words that may stand anywhere on a page: fewer are found by chance."""


def _halves(words: str, before: str, after: str) -> tuple[str, str] | None:
    """Return the parts of ``words`` that end the page ``before`` and go on in the one ``after``.

    One of them is where the page ends or begins; what is painted later may stand behind the other,
    if that is no short one.
    """
    if before[-2:] not in words and after[:2] not in words:
        return None  # as nearly always: what follows is slow
    whole = words in before or words in after
    for at in range(1, len(words)):
        upper, lower = words[:at], words[at:]
        ends, begins = before.endswith(upper), after.startswith(lower)
        if ends and begins:
            return upper, lower
        if whole or min(len(upper), len(lower)) < HALF:
            continue
        if (ends and lower in after) or (begins and upper in before):
            return upper, lower
    return None


def _looked_for(pages: Sequence[Lettering], wanted: Wanted, turns: Turns) -> Iterator[Seen]:
    """Yield every place where a required line stands among the letters."""
    by_words: dict[str, list[Line]] = {}
    for line in wanted.lines:
        by_words.setdefault("".join(line.words.split()), []).append(line)
    phrases = Phrases(by_words)
    for page in pages:
        on_it = set(phrases.on(page))
        for words in (words for words in by_words if words in on_it):
            for places in page.found(words):
                lines = rows(joined(page.at(places)))
                fault = _badly_set(lines, wanted, turns.get(page.number, 0))
                yield from (Seen(line, page, places, lines, fault) for line in by_words[words])


def _badly_set(lines: Sequence[Sequence[Glyph]], wanted: Wanted, turn: int) -> str:
    """Return what is wrong with how the letters of a sentence stand, if anything."""
    for first in (row[0] for row in lines):
        if not _is_upright(first, turn):
            return "is turned, mirrored, slanted or stretched"
        if first.size < wanted.least - 0.05:
            return f"is smaller than {wanted.least:g} pt"
        if first.face not in wanted.faces:
            return "is set in a font that is not of this print"
    if len(lines) > 1 + sum(map(len, lines)) / TORN:
        return "is torn into single words"
    if not (_is_spaced(lines, wanted.faces) and _go_down(lines)):
        return "is not set in whole lines, one below the other"
    return ""


def _is_upright(glyph: Glyph, turn: int) -> bool:
    a, b, c, d = glyph.matrix
    size = glyph.size
    cosine, sine = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[turn]
    slack = UPRIGHT * size
    return size > 0 and (
        abs(a - cosine * size) < slack
        and abs(b - sine * size) < slack
        and abs(c + sine * size) < slack
        and abs(d - cosine * size) < slack
    )


def _is_spaced(lines: Sequence[Sequence[Glyph]], faces: Faces) -> bool:
    """Return whether letters stand about as far from each other as their font sets them."""
    for row in lines:
        shapes, size = faces.shapes(row[0].face), row[0].size
        wide = [shape[1] if (shape := shapes[each.sign]) else None for each in row]
        if None in wide[:-1]:
            return False
        extra = [
            (other.along - one.along) / size - (width or 0)
            for (one, other), width in zip(pairwise(row), wide, strict=False)
        ]
        if extra and (min(extra) < -TIGHT or sum(extra) / len(extra) > LOOSE):
            return False
    return True


def _go_down(lines: Sequence[Sequence[Glyph]]) -> bool:
    """Return whether each line stands below the one before; one may be at the top of a column."""
    least, most = LEADING
    columns = 0
    for upper, lower in pairwise(lines):
        size = max(upper[0].size, lower[0].size)
        down = (upper[0].across - lower[0].across) / size
        on = -0.1 < down < 0.1 and lower[0].along > upper[-1].along  # another face in one line
        columns += not (on or least < down < most)
    return columns <= 1


def _looked_at(found: Sequence[Seen], wanted: Wanted) -> Iterator[Seen]:
    """Yield the places with what their ink is, beside that of a specimen."""
    by_page: dict[int, list[Seen]] = {}
    for one in found:
        if one.fault:
            yield one
        else:
            by_page.setdefault(one.on.number, []).append(one)
    for number in _unpictured(by_page):
        yield from by_page.pop(number)
    if not by_page:
        return
    widest = [_widest(of) for of in by_page.values()]
    letters = [
        (of[0].on.box, _once(of[0].on, rows))
        for of, rows in zip(by_page.values(), widest, strict=True)
    ]
    with set_anew(letters, wanted.faces) as specimens:
        for of, rows, specimen in zip(by_page.values(), widest, specimens, strict=True):
            faults = _inked(of[0].on, specimen, rows, wanted.faces)
            for one in of:
                outer = next(places for places in rows if _holds(places, one.places))
                yield replace(one, fault=faults.get(outer, ""))


def _unpictured(by_page: Mapping[int, Sequence[Seen]]) -> list[int]:
    """Return the pages but the first that only say what the print is: its version and review."""
    of_itself = [
        number for number, of in by_page.items() if all(one.line.block == STATE for one in of)
    ]
    return [number for number in of_itself if number != min(by_page)]


Rows = Sequence[Sequence[Glyph]]


def _widest(of: Sequence[Seen]) -> dict[range, Rows]:
    """Return the rows of each place that is no part of another: a line may stand in a longer."""
    found: dict[range, Rows] = {}
    for one in sorted(of, key=lambda each: -len(each.places)):
        if not any(_holds(outer, one.places) for outer in found):
            found[one.places] = one.rows
    return found


def _holds(outer: range, inner: range) -> bool:
    return outer.start <= inner.start and inner.stop <= outer.stop


def _once(page: Lettering, of: Mapping[range, Rows]) -> Rows:
    """Return the rows of these places with each letter once, though places may overlap."""
    ordered = sorted(of, key=lambda places: places.start)
    if all(one.stop <= other.start for one, other in pairwise(ordered)):
        return [row for lines in of.values() for row in lines]
    return rows(joined(page.at(sorted({place for places in of for place in places}))))


def _inked(
    page: Lettering, specimen: Any, of: Mapping[range, Rows], faces: Faces
) -> dict[range, str]:
    """Return what is wrong with the ink in these places, where anything is."""
    boxes: dict[Pixels, list[range]] = {}
    for places, lines in of.items():
        for row in lines:
            if any(glyph.sign.isalnum() for glyph in row):
                boxes.setdefault(pixels_of(row, page.box, faces), []).append(places)
    faults: dict[range, str] = {}
    for box in boxes:
        if not is_on(page.box, box):
            faults.update(dict.fromkeys(boxes[box], UNSEEN.fault))
    for strip in strips(box for box in boxes if is_on(page.box, box)):
        theirs, ours = strip.drawn(page.page), ImageChops.invert(strip.drawn(specimen))
        for box in strip.boxes:
            part = strip.within(box)
            if fault := inked(theirs.crop(part), ours.crop(part)).fault:
                faults.update(dict.fromkeys(boxes[box], fault))
    return faults


def _lost(seen: Sequence[Seen], wanted: Wanted) -> Iterator[tuple[Line, Problem]]:
    """Yield each required line that is not there, or not as it should be, with its Problem."""
    by_line: dict[Line, list[Seen]] = {}
    for one in seen:
        by_line.setdefault(one.line, []).append(one)
    for line in wanted.lines:
        places = by_line.get(line, [])
        faulty = [one for one in places if one.fault]
        whole = len(places) - len(faulty)
        if faulty and (whole < line.count or len(line.words) > SHORT):
            yield line, _problem(faulty[0].on.number, line, faulty[0].fault, wanted)
        elif whole < line.count:
            yield line, _problem(0, line, _missing(whole, line.count), wanted)


def _missing(whole: int, count: int) -> str:
    if count == 1:
        return "cannot be found on the pages"
    return f"stands {whole} times on the pages, and has to {count} times"


def _problem(page: int, line: Line, fault: str, wanted: Wanted) -> Problem:
    return Problem(Place(page=page), "SIGHT", f"“{line.words[:80]}” must be read, and {fault}",
                   f"Correct {wanted.blame}.")  # fmt: skip
