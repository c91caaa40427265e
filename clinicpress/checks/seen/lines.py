"""What must be read is judged by what can be seen, on the finished page, whatever was done to it.

Each required line is looked for among the letters of the pages. It has to stand upright, in a font
of the print, whole and in order, in at least the smallest type; the ink in its place has to be that
of the same letters set by us; and no strange word may stand with it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from math import ceil, floor
from typing import Any

import pypdfium2
from PIL import Image, ImageChops

from clinicpress.checks.seen.ink import inked
from clinicpress.checks.seen.letters import Glyph, Lettering, joined, rows
from clinicpress.checks.seen.specimen import Faces, set_anew
from clinicpress.checks.seen.strange import strange
from clinicpress.checks.seen.wanted import STATE, Seen, Wanted
from clinicpress.editions.required import Line
from clinicpress.errors import Place, Problem
from clinicpress.press.marks import Box

DPI = 72
"""How finely pages are looked at: the smallest type has letters of about 9 pixels."""

SCALE = DPI / 72

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


def unreadable(pdf: bytes, wanted: Wanted, turns: Turns, laid: bytes) -> list[Problem]:
    """Return a Problem for each required line that the finished ``pdf`` does not show as it should.

    ``turns`` tells how pages are turned on their sheets; ``laid`` are the pages that it was made
    of, one after the other: a line may begin on one and end on the next.
    """
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [Lettering(number, page) for number, page in enumerate(document, start=1)]
        problems = _faults(pages, wanted, turns)
        if problems and (parted := _parted(wanted, laid)) != wanted:
            problems = _faults(pages, parted, turns)
        return problems


def _faults(pages: Sequence[Lettering], wanted: Wanted, turns: Turns) -> list[Problem]:
    seen = list(_looked_at(list(_looked_for(pages, wanted, turns)), wanted))
    return [*_lost(seen, wanted), *strange(seen, wanted)]


def _parted(wanted: Wanted, laid: bytes) -> Wanted:
    """Return what is wanted with the halves of each line that goes on from one page to the next."""
    with pypdfium2.PdfDocument(laid) as document:
        flows = [Lettering(number, page).flow for number, page in enumerate(document, start=1)]
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
    for line in wanted.lines:
        words = "".join(line.words.split())
        for page in pages:
            for places in page.found(words):
                glyphs = tuple(joined(page.at(places)))
                fault = _badly_set(glyphs, wanted, turns.get(page.number, 0))
                yield Seen(line, page, places, glyphs, fault or "")


def _badly_set(glyphs: Sequence[Glyph], wanted: Wanted, turn: int) -> str | None:
    """Return what is wrong with how the letters stand."""
    for glyph in {each.matrix: each for each in glyphs}.values():
        if not _is_upright(glyph, turn):
            return "is turned, mirrored, slanted or stretched"
        if glyph.size < wanted.least - 0.05:
            return f"is smaller than {wanted.least:g} pt"
    if any(glyph.face not in wanted.faces for glyph in glyphs):
        return "is set in a font that is not of this print"
    lines = rows(glyphs)
    if len(lines) > 1 + len(glyphs) / TORN:
        return "is torn into single words"
    if not (_is_spaced(lines, wanted.faces) and _go_down(lines)):
        return "is not set in whole lines, one below the other"
    return None


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
        extra = []
        for one, other in pairwise(row):
            shape = faces.shape(one.face, one.sign)
            if shape is None:
                return False
            extra.append((other.along - one.along) / one.size - shape[1])
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
    letters = [(of[0].on.box, _letters(of)) for of in by_page.values()]
    with set_anew(letters, wanted.faces) as specimens:
        for of, specimen in zip(by_page.values(), specimens, strict=True):
            page = _pictured(of[0].on.page)
            ours = ImageChops.invert(_pictured(specimen))
            judged: dict[range, str] = {}
            for one in sorted(of, key=lambda each: -len(each.places)):
                within = (fault for places, fault in judged.items() if _holds(places, one.places))
                fault = next(within, None)
                if fault is None:
                    fault = judged[one.places] = _ink(one, page, ours, wanted.faces)
                yield replace(one, fault=fault)


def _unpictured(by_page: Mapping[int, Sequence[Seen]]) -> list[int]:
    """Return the pages but the first that only say what the print is: its version and review."""
    of_itself = [
        number for number, of in by_page.items() if all(one.line.block == STATE for one in of)
    ]
    return [number for number in of_itself if number != min(by_page)]


def _letters(of: Sequence[Seen]) -> list[Glyph]:
    """Return each letter of these places once, though one may stand in several lines."""
    page, places = of[0].on, sorted({place for one in of for place in one.places})
    return joined(page.at(places))


def _holds(outer: range, inner: range) -> bool:
    return outer.start <= inner.start and inner.stop <= outer.stop


def _pictured(page: Any) -> Image.Image:
    """Return a page in grey. PDFium moves letters to whole pixels where it has no colours."""
    return page.render(scale=SCALE, prefer_bgrx=True).to_pil().convert("L")  # type: ignore[no-any-return]


def _ink(one: Seen, page: Image.Image, ours: Image.Image, faces: Faces) -> str:
    """Return what is wrong with the ink of the lines in one place, if anything."""
    for row in rows(one.glyphs):
        if any(glyph.sign.isalnum() for glyph in row):
            box = _pixels(row, one.on.box, faces)
            if fault := inked(page.crop(box), ours.crop(box)).fault:
                return fault
    return ""


def _pixels(row: Sequence[Glyph], page: Box, faces: Faces) -> tuple[int, int, int, int]:
    """Return the pixels around the letters of a line."""
    first, last = row[0], row[-1]
    a, b, c, d = first.matrix
    _, wide = faces.shape(last.face, last.sign) or (0, 0.6)
    corners = [
        (x + along * a + up * c, y + along * b + up * d)
        for x, y, along in ((first.x, first.y, -0.02), (last.x, last.y, wide))
        for up in (-0.22, 0.76)
    ]
    left, _, _, top = page
    across, down = [(x - left) * SCALE for x, _ in corners], [(top - y) * SCALE for _, y in corners]
    return floor(min(across)), floor(min(down)), ceil(max(across)), ceil(max(down))


def _lost(seen: Sequence[Seen], wanted: Wanted) -> Iterator[Problem]:
    """Yield a Problem for each required line that is not there, or not as it should be."""
    by_line: dict[Line, list[Seen]] = {}
    for one in seen:
        by_line.setdefault(one.line, []).append(one)
    for line in wanted.lines:
        places = by_line.get(line, [])
        faulty = [one for one in places if one.fault]
        whole = len(places) - len(faulty)
        if faulty and (whole < line.count or len(line.words) > SHORT):
            yield _problem(faulty[0].on.number, line, faulty[0].fault, wanted)
        elif whole < line.count:
            yield _problem(0, line, _missing(whole, line.count), wanted)


def _missing(whole: int, count: int) -> str:
    if count == 1:
        return "cannot be found on the pages"
    return f"stands {whole} times on the pages, and has to {count} times"


def _problem(page: int, line: Line, fault: str, wanted: Wanted) -> Problem:
    place = Place(f"page {page}") if page else Place("the print.pdf")
    return Problem(place, "SIGHT", f"“{line.words[:80]}” must be read, and {fault}",
                   f"Correct {wanted.blame}.")  # fmt: skip
