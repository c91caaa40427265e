"""What must be read is judged by what can be seen, on the finished page, whatever was done to it.

Each required line is looked for among the letters of the pages. It has to stand upright, in a font
of the print, whole and in order, in at least the smallest type; the ink in its place has to be that
of the same letters set by us; and no strange word may stand with it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import ceil, floor
from typing import Any

import pypdfium2
from PIL import Image, ImageChops, ImageStat

from clinicpress.checks.letters import Glyph, Lettering, joined, rows
from clinicpress.checks.specimen import Faces, set_anew
from clinicpress.design.contrast import as_hex, contrast
from clinicpress.editions.required import Line
from clinicpress.errors import Place, Problem
from clinicpress.press.marks import MM, Box

DPI = 100
"""How finely pages are looked at: the smallest type has letters of about 13 pixels."""

SCALE = DPI / 72

LIKENESS, SPOT, STRIPE = 0.92, 0.1, 0.2
"""The least likeness of a line's ink with a specimen's, and the most that it may differ in a spot
or a stripe. Honest pages have at least 0.95, and at most 0.08 and 0.16."""

FAINT = 3.0
"""The least contrast of a line's ink with its ground, as it is seen."""

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


@dataclass(frozen=True)
class Wanted:
    """What has to be seen on the pages of an edition.

    ``lines`` are the required ones, ``deeds`` the first steps of what there is to do, and ``sizes``
    those that a page may have, in mm. ``known`` are all words that may stand beside them, ``close``
    those that may stand between the lines of a block, both without white space; ``least`` is the
    smallest type in pt, ``blame`` the files that may have hidden a line.
    """

    lines: tuple[Line, ...]
    deeds: tuple[str, ...]
    known: frozenset[str]
    close: frozenset[str]
    sizes: tuple[tuple[float, float], ...]
    least: float
    faces: Faces = field(repr=False)
    blame: str


Turns = Mapping[int, int]
"""How the pages on a side of a sheet are turned, in degrees, by its number from 1."""


@dataclass(frozen=True)
class _Seen:
    """A place where a required line was found, and what is wrong there, if anything."""

    line: Line
    on: Lettering
    places: range
    glyphs: tuple[Glyph, ...]
    fault: str = ""


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
    return [*_lost(seen, wanted), *_strange(seen, wanted)]


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
    return replace(
        wanted, lines=lines, known=wanted.known | parts, close=wanted.close | parts
    )  # fmt: skip


HALF = 4
"""Letters of a part of words that go on over a page: fewer are found by chance."""


def _halves(words: str, before: str, after: str) -> tuple[str, str] | None:
    """Return the parts of ``words`` that end the page ``before`` and go on in the one ``after``.

    One of them is where the page ends or begins: what is painted later may stand behind the other.
    """
    for at in range(HALF, len(words) - HALF + 1):
        upper, lower = words[:at], words[at:]
        ends, begins = before.endswith(upper), after.startswith(lower)
        if (ends and lower in after) or (begins and upper in before):
            return upper, lower
    return None


def _looked_for(pages: Sequence[Lettering], wanted: Wanted, turns: Turns) -> Iterator[_Seen]:
    """Yield every place where a required line stands among the letters."""
    for line in wanted.lines:
        words = "".join(line.words.split())
        for page in pages:
            for places in page.found(words):
                glyphs = tuple(joined(page.at(places)))
                fault = _badly_set(glyphs, wanted, turns.get(page.number, 0))
                yield _Seen(line, page, places, glyphs, fault or "")


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


def _looked_at(found: Sequence[_Seen], wanted: Wanted) -> Iterator[_Seen]:
    """Yield the places with what their ink is, beside that of a specimen."""
    by_page: dict[int, list[_Seen]] = {}
    for one in found:
        if one.fault:
            yield one
        else:
            by_page.setdefault(one.on.number, []).append(one)
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


def _letters(of: Sequence[_Seen]) -> list[Glyph]:
    """Return each letter of these places once, though one may stand in several lines."""
    page, places = of[0].on, sorted({place for one in of for place in one.places})
    return joined(page.at(places))


def _holds(outer: range, inner: range) -> bool:
    return outer.start <= inner.start and inner.stop <= outer.stop


def _pictured(page: Any) -> Image.Image:
    """Return a page in grey. PDFium moves letters to whole pixels where it has no colours."""
    return page.render(scale=SCALE, prefer_bgrx=True).to_pil().convert("L")  # type: ignore[no-any-return]


def _ink(one: _Seen, page: Image.Image, ours: Image.Image, faces: Faces) -> str:
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


@dataclass(frozen=True)
class Ink:
    """The ink of a line beside that of a specimen.

    ``likeness`` is how it correlates, from 0 to 1; ``spot`` and ``stripe`` the most that it
    differs, as a share of its depth: in a square as high as the line, and in a row of pixels four
    times as long; ``contrast`` that of the ink with its ground.
    """

    likeness: float
    spot: float
    stripe: float
    contrast: float

    @property
    def fault(self) -> str:
        """What is wrong with it, if anything."""
        if self.likeness < LIKENESS:
            return "is covered, cut off or not seen as it is written"
        if self.contrast < FAINT:
            return "is too faint on its ground"
        if self.spot > SPOT or self.stripe > STRIPE:
            return "is struck through, covered in part or written over"
        return ""


UNSEEN = Ink(0, 1, 1, 1)


def inked(page: Image.Image, ours: Image.Image) -> Ink:
    """Return the ink of a line on ``page``. ``ours`` is the specimen's, white where black.

    The line is taken to be ground + depth × specimen, by least squares.
    """
    count = page.width * page.height
    seen, set_by_us = ImageStat.Stat(page), ImageStat.Stat(ours)
    both = ImageStat.Stat(ImageChops.multiply(page, ours)).sum[0] * 255 / count
    means = seen.sum[0] / count, set_by_us.sum[0] / count
    varied = seen.sum2[0] / count - means[0] ** 2
    variance = set_by_us.sum2[0] / count - means[1] ** 2
    depth = (both - means[0] * means[1]) / variance if variance > 0 else 0
    if varied < 1 or abs(depth) < 0.01:
        return UNSEEN
    ground = means[0] - depth * means[1]
    expected = ours.point([min(max(round(ground + depth * level), 0), 255) for level in range(256)])
    off = ImageChops.difference(page, expected)
    ratio = contrast(_grey(ground), _grey(ground + 255 * depth))
    likeness = min(abs(depth) * (variance / varied) ** 0.5, 1)
    squares, rows = page.width / page.height, page.height
    spot = _most(off, squares, page.height / page.width) / (255 * abs(depth))
    stripe = _most(off, squares / 4, rows) / (255 * abs(depth))
    return Ink(likeness, spot, stripe, ratio)


def _most(off: Image.Image, across: float, down: float) -> float:
    """Return the largest mean in so many parts across and down."""
    parts = max(1, round(across)), max(1, round(down))
    return float(off.resize(parts, Image.Resampling.BOX).getextrema()[1])  # type: ignore[arg-type]


def _grey(level: float) -> str:
    return as_hex(*[min(max(round(level), 0), 255)] * 3)


def _lost(seen: Sequence[_Seen], wanted: Wanted) -> Iterator[Problem]:
    """Yield a Problem for each required line that is not there, or not as it should be."""
    by_line: dict[Line, list[_Seen]] = {}
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


# ---------- the pages as they are laid out ----------

FIRST = "tier-emergency"
"""The block that stands before anything to do."""

ROUGHLY = 0.5
"""How far the size of a page may be off, in mm."""


def out_of_place(laid: bytes, wanted: Wanted) -> Iterator[Problem]:
    """Yield a Problem for pages of a wrong size, and for anything to do before the emergency signs.

    ``laid`` are the pages before they are laid on sheets.
    """
    with pypdfium2.PdfDocument(laid) as document:
        for number, page in enumerate(document, start=1):
            size = tuple(length / MM for length in page.get_size())
            if not any(_is_about(size, allowed) for allowed in wanted.sizes):
                yield Problem(
                    Place(f"page {number}"), "PAGE-SIZE",
                    f"the page is {size[0]:.0f} × {size[1]:.0f} mm, and its paper is not",
                    f"Take the size out of {wanted.blame}.",
                )  # fmt: skip
        if wanted.deeds:
            yield from _done_too_early(document, wanted)


def _is_about(size: tuple[float, ...], other: tuple[float, float]) -> bool:
    return all(abs(one - two) < ROUGHLY for one, two in zip(size, other, strict=True))


def _done_too_early(document: Any, wanted: Wanted) -> Iterator[Problem]:
    """Yield a Problem if a step stands above a sign, or on a page before it."""
    signs = {"".join(line.words.split()) for line in wanted.lines if line.block == FIRST}
    deeds: list[tuple[int, float, str]] = []
    for number, page in enumerate(document, start=1):
        letters = Lettering(number, page)
        deeds += ((*place, words) for words in wanted.deeds for place in _heights(letters, words))
        found = {words: place for words in signs for place in list(_heights(letters, words))[:1]}
        early = [deed for deed in deeds for place in found.values() if deed[:2] < place]
        if early:
            yield Problem(
                Place(f"page {early[0][0]}"), "SIGHT-ORDER",
                f"“{early[0][2][:60]}” stands before the end of the emergency signs",
                f"Put the signs first again in {wanted.blame}.",
            )  # fmt: skip
        signs -= set(found)
        if early or not signs:
            return


def _heights(letters: Lettering, words: str) -> Iterator[tuple[int, float]]:
    """Yield where words begin: the page, and how far down it."""
    for places in letters.found("".join(words.split())):
        yield letters.number, -letters.at(places[:1])[0].y


# ---------- strange words ----------

ABOVE, BESIDE = 1.4, 1.0
"""How far above and below a block, and beside any line, no strange word may stand, in ems."""


def _strange(seen: Sequence[_Seen], wanted: Wanted) -> Iterator[Problem]:
    """Yield a Problem for words that stand with required ones and are not known."""
    by_page: dict[int, list[_Seen]] = {}
    for one in seen:
        if not one.fault:
            by_page.setdefault(one.on.number, []).append(one)
    for of in by_page.values():
        page = of[0].on
        groups = _groups(of)
        beside = [*_zones([[one] for one in of], 0), *_zones(groups, ABOVE)]
        for zones, words in ((beside, wanted.known), (_zones(groups, 0), wanted.close)):
            if zones:
                yield from _intruding(page, of, zones, words, wanted.blame)


def _intruding(
    page: Lettering, of: Sequence[_Seen], zones: Sequence["_Zone"], known: Iterable[str], blame: str
) -> Iterator[Problem]:
    """Yield a Problem for words in one of the zones that are none of ``known``."""
    for places in _unknown(page, of, known):
        glyphs = page.at(places)
        zone = next((zone for zone in zones if any(map(zone.holds, glyphs))), None)
        if zone is not None:
            words = "".join(glyph.sign for glyph in glyphs)
            yield Problem(
                Place(f"page {page.number}"), "SIGHT-WORDS",
                f"“{words[:60]}” stands with “{zone.words[:60]}”, and is not of the sources",
                f"Take it out of {blame}.",
            )  # fmt: skip


@dataclass(frozen=True)
class _Zone:
    box: Box
    words: str

    def holds(self, glyph: Glyph) -> bool:
        left, bottom, right, top = self.box
        return left < glyph.x < right and bottom < glyph.y < top


def _zones(groups: Iterable[Sequence[_Seen]], above: float) -> list[_Zone]:
    """Return the zone of each group of required lines: between them and ``above`` ems around."""
    return [
        _Zone(_around([row for one in group for row in rows(one.glyphs)], above),
              group[0].line.words)
        for group in groups
    ]  # fmt: skip


def _groups(of: Sequence[_Seen]) -> list[list[_Seen]]:
    """Return the lines of each block that follow one another on a page."""
    groups: list[list[_Seen]] = []
    for one in sorted(of, key=lambda each: (each.line.block, each.places.start)):
        before = groups[-1][-1] if groups else None
        follows = before and one.places.start - before.places.stop < APART
        if before and follows and before.line.block == one.line.block:
            groups[-1].append(one)
        elif one.line.block.startswith(WHOLE_BLOCKS):
            groups.append([one])
    for group in groups:  # what to do may be said again, after the block
        while len(group) > 1 and any(group[-1].line == one.line for one in group[:-1]):
            group.pop()
    return [group for group in groups if group[0].line.opens or len(group) >= SEVERAL]


WHOLE_BLOCKS = ("tier-", "gate")
"""The blocks in whose frame no strange word may stand, wherever it is."""

SEVERAL = 5
"""Lines of a block that make it one where its title is not among them: a sign may be named
elsewhere, too."""

SOURCE = re.compile(r"S\d+")
"""The number of a reference, which professionals find with a sign."""

APART = 60
"""Letters between two lines of one block, at the most."""


def _around(lines: Sequence[Sequence[Glyph]], above: float) -> Box:
    glyphs = [glyph for row in lines for glyph in (row[0], row[-1])]
    size = max(glyph.size for glyph in glyphs)
    across, up = [glyph.x for glyph in glyphs], [glyph.y for glyph in glyphs]
    return (
        min(across) - (BESIDE + 0.3) * size, min(up) - (above + 0.2) * size,
        max(across) + (BESIDE + 0.9) * size, max(up) + (above + 0.7) * size,
    )  # fmt: skip


def _unknown(page: Lettering, of: Sequence[_Seen], known: Iterable[str]) -> Iterator[range]:
    """Yield where letters stand that belong to no required line and to no known words.

    Known words may overlap: what is said of an item may hold what is said of another.
    """
    covered = bytearray(len(page.words))
    for one in of:
        covered[one.places.start : one.places.stop] = b"\1" * len(one.places)
    for words in known:
        for places in page.found(words):
            covered[places.start : places.stop] = b"\1" * len(places)
    at = covered.find(0)
    while at >= 0:
        end = covered.find(1, at)
        end = end if end >= 0 else len(covered)
        if any(map(str.isalpha, SOURCE.sub("", page.words[at:end]))):
            yield range(at, end)
        at = covered.find(0, end)
