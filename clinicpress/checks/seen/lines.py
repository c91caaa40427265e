"""What must be read is judged by what can be seen, on the finished page, whatever was done to it.

Each required line is looked for among the letters of the pages. It has to stand upright, in a font
of the print, whole and in order, in at least the smallest type; the ink in its place has to be that
of the same letters set by us; and no strange word may stand with it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from itertools import pairwise
from operator import sub
from typing import NamedTuple

from clinicpress.checks.seen.days import other_numbers
from clinicpress.checks.seen.ink import UNSEEN, Pattern, inked
from clinicpress.checks.seen.letters import Lettering, Reading, Row
from clinicpress.checks.seen.picture import Pixels, View, strips
from clinicpress.checks.seen.specimen import Faces, Specimen, other_way, patterns, specimen_of
from clinicpress.checks.seen.strange import strange
from clinicpress.checks.seen.wanted import OF_ITSELF, Seen, Wanted
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
    return [*lost.values(), *strange(seen, wanted, lost), *other_numbers(pages, seen, wanted)]


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
    last, first = before[-1:], after[:1]
    cuts = [at for at in range(1, len(words)) if words[at - 1] == last or words[at] == first]
    for at in cuts:
        upper, lower = words[:at], words[at:]
        ends, begins = before.endswith(upper), after.startswith(lower)
        if ends and begins:
            return upper, lower
        if not (ends or begins) or min(len(upper), len(lower)) < HALF:
            continue
        if words in before or words in after:
            continue
        if (ends and lower in after) or (begins and upper in before):
            return upper, lower
    return None


def _looked_for(pages: Sequence[Lettering], wanted: Wanted, turns: Turns) -> Iterator[Seen]:
    """Yield every place where a required line stands among the letters."""
    by_words: dict[str, list[Line]] = {}
    for line in wanted.lines:
        by_words.setdefault("".join(line.words.split()), []).append(line)
    for page in pages:
        for words, lines in by_words.items():
            for places in page.found(words):
                rows = page.rows(places)
                fault = _badly_set(rows, wanted, turns.get(page.number, 0))
                yield from (Seen(line, page, places, rows, fault) for line in lines)


def _badly_set(lines: Sequence[Row], wanted: Wanted, turn: int) -> str:
    """Return what is wrong with how the letters of a sentence stand, if anything."""
    for row in lines:
        if not _is_upright(row, turn):
            return "is turned, mirrored, slanted or stretched"
        if row.size < wanted.least - 0.05:
            return f"is smaller than {wanted.least:g} pt"
        if row.face not in wanted.faces:
            return "is set in a font that is not of this print"
    if _lines_of(lines) > 1 + sum(len(row.signs) for row in lines) / TORN:
        return "is torn into single words"
    if not (_is_spaced(lines, wanted.faces) and _go_down(lines)):
        return "is not set in whole lines, one below the other"
    return ""


def _lines_of(rows: Sequence[Row]) -> int:
    """Return on how many lines rows stand; on one line there may be several, in bold and not."""
    return 1 + sum(not _on_one_line(*pair) for pair in pairwise(rows))


def _on_one_line(before: Row, after: Row) -> bool:
    down = (before.across - after.across) / max(before.size, after.size)
    return -0.1 < down < 0.1 and after.along[0] > before.along[-1]


def _is_upright(row: Row, turn: int) -> bool:
    a, b, c, d = row.matrix
    size = row.size
    cosine, sine = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[turn]
    slack = UPRIGHT * size
    return size > 0 and (
        abs(a - cosine * size) < slack
        and abs(b - sine * size) < slack
        and abs(c + sine * size) < slack
        and abs(d - cosine * size) < slack
    )


def _is_spaced(lines: Sequence[Row], faces: Faces) -> bool:
    """Return whether letters stand about as far from each other as their font sets them."""
    for row in lines:
        shapes, size = faces.shapes(row.face), row.size
        set_so = [shapes[sign] for sign in row.signs[:-1]]
        if None in set_so:
            return False
        extra = [
            step / size - shape[1]
            for step, shape in zip(map(sub, row.along[1:], row.along), set_so, strict=True)
            if shape
        ]
        if extra and (min(extra) < -TIGHT or sum(extra) / len(extra) > LOOSE):
            return False
    return True


def _go_down(lines: Sequence[Row]) -> bool:
    """Return whether each line stands below the one before; one may be at the top of a column."""
    least, most = LEADING
    columns = 0
    for upper, lower in pairwise(lines):
        down = (upper.across - lower.across) / max(upper.size, lower.size)
        columns += not (_on_one_line(upper, lower) or least < down < most)
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
    outer = {number: _outermost(one.places for one in of) for number, of in by_page.items()}
    parts = {
        number: list(_parts(of, set(outer[number].values()), wanted.faces))
        for number, of in by_page.items()
    }
    ours = patterns(part.specimen for of in parts.values() for part in of)
    for number, of in by_page.items():
        faults = _inked(of[0].on, parts[number], ours)
        for one in of:
            yield replace(one, fault=faults.get(outer[number][one.places], ""))


def _unpictured(by_page: Mapping[int, Sequence[Seen]]) -> list[int]:
    """Return the pages but the first that only say what the print is: its version and review."""
    of_itself = [
        number for number, of in by_page.items() if all(one.line.block in OF_ITSELF for one in of)
    ]
    return [number for number in of_itself if number != min(by_page)]


class _Part(NamedTuple):
    """A row that is to be looked at: where it is found and seen, and how we would draw it.

    ``other`` is how, too, where the pixels of its base could be one way or the other.
    """

    places: range
    box: Pixels
    specimen: Specimen
    other: Specimen | None


def _parts(of: Sequence[Seen], asked: set[range], faces: Faces) -> Iterator[_Part]:
    """Yield each row of what is ``asked`` for on a page, but those without letters and digits."""
    view = View.of(of[0].on.box)
    for places, rows in {one.places: one.rows for one in of if one.places in asked}.items():
        for row in rows:
            if row.speaks:
                _, wide = faces.shapes(row.face)[row.signs[-1]] or (0, 0.6)
                box = view.around(row, wide)
                ours = specimen_of(row, box, view, faces)
                yield _Part(places, box, ours, other_way(row, box, view, ours))


def _outermost(found: Iterable[range]) -> dict[range, range]:
    """Return the places that each of these stand in: a line may be a part of a longer one."""
    inside: dict[range, range] = {}
    outer = range(0)
    for places in sorted(found, key=lambda each: (each.start, -each.stop)):
        if places.stop > outer.stop:
            outer = places
        inside[places] = outer
    return inside


def _inked(
    page: Lettering, parts: Iterable[_Part], ours: Mapping[Specimen, Pattern]
) -> dict[range, str]:
    """Return what is wrong with the ink in these places, where anything is."""
    view, faults = View.of(page.box), dict[range, str]()
    by_box: dict[Pixels, list[_Part]] = {}
    for part in parts:
        if view.holds(part.box):
            by_box.setdefault(part.box, []).append(part)
        else:
            faults[part.places] = UNSEEN.fault
    for strip in strips(by_box):
        picture = strip.drawn(page.page)
        for box in strip.boxes:
            theirs = picture.crop(strip.within(box))
            for part in by_box[box]:
                fault = inked(theirs, ours[part.specimen]).fault
                if fault and part.other:
                    fault = inked(theirs, patterns([part.other])[part.other]).fault
                if fault:
                    faults[part.places] = fault
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
