"""Words that stand with required lines, and are neither of the sources nor of the layouts."""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress

from clinicpress.checks.seen.letters import Lettering, Phrases, Point, Row
from clinicpress.checks.seen.wanted import BARE, FOLIO, GATE, OF_ITSELF, STATE, Seen, Wanted
from clinicpress.editions.required import Line
from clinicpress.errors import Place, Problem
from clinicpress.pdf.boxes import Box

ABOVE, NEXT, BESIDE = 1.4, 1.2, 1.0
"""How far above and below a block and a line by itself, and beside any line, no strange word may
stand, in ems."""


DATE = re.compile(
    r"(?<!\d)(?:19|20|21)\d\d(?!\d)"
    r"|(?:\d\d?[/-]){2}(?:\d{4}|\d\d)(?![/\d-])"
    r"|(?<!\.)\d\d?\.\d\d?\.\d{4}|(?<![.\d])\d\d\.\d\d\.\d\d(?![.\d])"
)
"""What may be a day or a year, which says something without a letter; not “8.9.10.”, which are the
numbers of steps."""

SPEAKING = 8
"""Letters of a line that is one wherever it stands: a shorter one may be a part of other words."""


def strange(seen: Sequence[Seen], wanted: Wanted, told: Container[Line] = ()) -> Iterator[Problem]:
    """Yield a Problem for words that stand with required ones and are not known.

    A faulty line that is ``told`` already is not strange as well.
    """
    by_page: dict[int, list[Seen]] = {}
    for one in seen:
        by_page.setdefault(one.on.number, []).append(one)
    for number, all_of in by_page.items():
        of = [one for one in all_of if not one.fault]
        if not of:
            continue
        if number != min(by_page) and all(one.line.block in OF_ITSELF for one in of):
            continue
        page = of[0].on
        groups = _groups(of)
        lines = [[one] for one in of
                 if len(one.places) >= SPEAKING and one.line.block != FOLIO]  # fmt: skip
        alone = [line for line in lines if not line[0].line.block.startswith(WHOLE_BLOCKS)]
        beside = [*_zones(lines, 0), *_zones(alone, NEXT), *_zones(groups, ABOVE)]
        own = wanted.close | {
            "".join(one.line.words.split()) for one in of if one.line.block.startswith(WHOLE_BLOCKS)
        }
        opened = [group for group in groups if group[0].line.opens]
        gates = [group for group in opened if group[0].line.block == GATE]
        others = [group for group in opened if group[0].line.block != GATE]
        covering = [one for one in all_of if not one.fault or one.line in told]
        for zones, phrases in (
            (beside, wanted.known_phrases),
            (_zones(others, 0), Phrases(own)),
            (_zones(gates, 0), Phrases(own | wanted.strip)),
        ):
            if zones:
                yield from _intruding(page, covering, zones, phrases, wanted.blame)


REACH = 200
"""Letters before those of the margins where known words may begin that end in them."""


def in_margins(pages: Sequence[Lettering], wanted: Wanted) -> Iterator[Problem]:
    """Yield a Problem for the first page whose margins hold more than the layouts' own words.

    A brand's style could put there what it likes, beside what the print says of itself. So it is
    with a page that lacks its number: a leaf that is missing would not be noticed.
    """
    for page in pages:
        begin = len(page.flow)
        covered = _covered(page, (), wanted.margin_phrases, max(begin - REACH, 0))
        folio = wanted.folio.format(page=page.number, pages=len(pages))
        is_cover = wanted.folio == BARE and page.number == 1
        if folio and not (_took(folio, page, begin, covered) or is_cover):
            yield Problem(
                Place(page=page.number), "SIGHT-FOLIO",
                f"the number of this page, “{folio}”, cannot be found in its margin",
                f"Correct {wanted.blame}.",
            )  # fmt: skip
            return
        odd = [at for at in range(begin, len(page.words))
               if page.words[at].isalnum() and not covered[at]]  # fmt: skip
        if odd:
            yield Problem(
                Place(page=page.number), "SIGHT-MARGIN",
                f"“{page.words[odd[0] : odd[-1] + 1][:60]}” stands in the margin, and is not of "
                "the sources",
                f"Take it out of {wanted.blame}, and write “footer” in brand.yaml for a line of "
                "your own.",
            )  # fmt: skip
            return


def _took(folio: str, page: Lettering, begin: int, covered: bytearray) -> bool:
    """Take the number of a page for known where it stands by itself; return whether it does."""
    for places in page.found("".join(folio.split()), begin):
        if not all(covered[places.start : places.stop]):
            covered[places.start : places.stop] = b"\1" * len(places)
            return True
    return False


def _intruding(
    page: Lettering, of: Sequence[Seen], zones: Sequence["_Zone"], known: Phrases, blame: str
) -> Iterator[Problem]:
    """Yield a Problem for words in one of the zones that are none of ``known``."""
    for places in _unknown(page, of, known):
        words = page.words[places.start : places.stop]
        points = zip(*page.points(places), strict=True)
        spoken = list(compress(points, map(str.isalnum, words)))
        zone = next((zone for zone in zones if zone.holds_any(spoken)), None)
        if zone is not None:
            yield Problem(
                Place(page=page.number), "SIGHT-WORDS",
                f"“{words[:60]}” stands with “{zone.words[:60]}”, and is not of the sources",
                f"Take it out of {blame}.",
            )  # fmt: skip


@dataclass(frozen=True)
class _Zone:
    box: Box
    words: str

    def holds_any(self, points: Iterable[Point]) -> bool:
        left, bottom, right, top = self.box
        return any(left < x < right and bottom < y < top for x, y in points)


def _zones(groups: Iterable[Sequence[Seen]], above: float) -> list[_Zone]:
    """Return the zone of each group of required lines: between them and ``above`` ems around."""
    return [
        _Zone(_around([row for one in group for row in one.rows], above),
              group[0].line.words)
        for group in groups
    ]  # fmt: skip


def _groups(of: Sequence[Seen]) -> list[list[Seen]]:
    """Return the lines of each block that follow one another on a page."""
    groups: list[list[Seen]] = []
    of_itself = [one.places for one in of if one.line.block == STATE]
    for one in sorted(of, key=_block_and_place):
        before = groups[-1][-1] if groups else None
        follows = before and _apart(before.places, one.places, of_itself) < APART
        if before and follows and before.line.block == one.line.block:
            groups[-1].append(one)
        elif one.line.block.startswith(WHOLE_BLOCKS):
            groups.append([one])
    for group in groups:  # what to do may be said again, after the block
        while len(group) > 1 and any(group[-1].line == one.line for one in group[:-1]):
            group.pop()
    return [group for group in groups if group[0].line.opens or len(group) >= SEVERAL]


def _apart(before: range, after: range, of_itself: Iterable[range]) -> int:
    """Return the letters between two lines, without those by which a print tells of itself."""
    between = sum(len(one) for one in of_itself if before.stop <= one.start < after.start)
    return after.start - before.stop - between


def _block_and_place(one: Seen) -> tuple[str, int, int]:
    """Return what sorts lines of blocks: of two that begin alike, the longer is what is said."""
    return one.line.block, one.places.start, -len(one.places)


WHOLE_BLOCKS = ("tier-", "gate")
"""The blocks in whose frame no strange word may stand, wherever it is."""

SEVERAL = 5
"""Lines of a block that make it one where its title is not among them: a sign may be named
elsewhere, too."""

SOURCE = re.compile(r"S\d+")
"""The number of a reference, which professionals find with a sign."""

APART = 60
"""Letters between two lines of one block, at the most."""


def _around(lines: Sequence[Row], above: float) -> Box:
    points = [point for row in lines for point in (row.first, row.last)]
    size = max(row.size for row in lines)
    across, up = zip(*points, strict=True)
    return (
        min(across) - (BESIDE + 0.3) * size, min(up) - (above + 0.2) * size,
        max(across) + (BESIDE + 0.9) * size, max(up) + (above + 0.7) * size,
    )  # fmt: skip


def _unknown(
    page: Lettering, of: Sequence[Seen], known: Phrases, begin: int = 0
) -> Iterator[range]:
    """Yield where letters from ``begin`` on belong to no required line and to no known words.

    Known words may overlap: what is said of an item may hold what is said of another.
    """
    covered = _covered(page, of, known, begin)
    at = covered.find(0, begin)
    while at >= 0:
        end = covered.find(1, at)
        end = end if end >= 0 else len(covered)
        words = page.words[at:end]
        if any(map(str.isalpha, words)) or DATE.search(words):
            yield range(at, end)
        at = covered.find(0, end)


def _covered(page: Lettering, of: Sequence[Seen], known: Phrases, begin: int) -> bytearray:
    """Return for each letter of a page, from ``begin`` on, whether it is known."""
    covered = bytearray(len(page.words))
    for one in of:
        covered[one.places.start : one.places.stop] = b"\1" * len(one.places)
    for places in known.on(page, begin):
        covered[places.start : places.stop] = b"\1" * len(places)
    for source in SOURCE.finditer(page.words):
        covered[source.start() : source.end()] = b"\1" * len(source[0])
    return covered
