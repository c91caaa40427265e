"""How pages serve who keeps them: what is measured on finished pages, and which goals they miss.

No print is refused for it: a goal is what the next version of a page is to reach.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clinicpress.content.model import URGENT_TIERS, Kind
from clinicpress.content.text import to_plain
from clinicpress.design.design import Design
from clinicpress.editions.lines import PRACTICE
from clinicpress.editions.manuscript import ADVICE, PRACTICES, Manuscript
from clinicpress.editions.safety import lines, signs
from clinicpress.errors import Place, Problem
from clinicpress.pages.pieces import Piece
from clinicpress.pages.record import PageRecord
from clinicpress.pages.typeset import Typeset

SENTENCE = re.compile(r"(?<=[.?!])\s+")

JOINER = "\u2060"
"""What keeps a range on one line; nobody sees it."""

FEWEST = 3
"""Words that a sentence has at least which may be told as said twice."""


@dataclass(frozen=True)
class Begin:
    """Where an item begins: on which page, and how far down, as a share of the page's height."""

    item: str
    page: int
    down: float


@dataclass(frozen=True)
class Drawing:
    """How high a drawing is, in mm, on which page, and of which item."""

    item: str
    page: int
    height: float


@dataclass(frozen=True)
class Repeat:
    """A sentence that stands on a page more than once."""

    page: int
    sentence: str
    times: int


@dataclass(frozen=True)
class Fill:
    """How full a page is: the share of its bands, 5 mm high, that hold what flows.

    ``section`` is the one that it ends in.
    """

    page: int
    section: str
    share: float


@dataclass(frozen=True)
class Measures:
    """What is measured on the pages of one edition.

    ``emergency`` is the share that the emergency signs take of the page on which they begin;
    ``warnings`` that of all pages which they, the gate, the signs for today and the lines on when
    to stop take. ``first_deed`` is the first thing to do of any kind, ``first_practice`` the first
    exercise or technique. ``poses`` are the drawings of these, ``signs`` those of warning signs.
    ``smallest`` is the size in pt of the smallest words that must be read, and 0 where none are.
    """

    emergency: float
    warnings: float
    first_deed: Begin | None
    first_practice: Begin | None
    poses: tuple[Drawing, ...]
    signs: tuple[Drawing, ...]
    smallest: float
    repeats: tuple[Repeat, ...]
    fill: tuple[Fill, ...]


def measured(manuscript: Manuscript, pages: Typeset) -> Measures:
    """Return what is measured on the pages of an edition."""
    deeds = [entry.id for entry in manuscript.entries(*ADVICE) if entry.deeds]
    practices = _practices(manuscript)
    drawings = list(_drawings(pages.pages))
    emergency, actions = pages.landing("tier-emergency"), _actions(manuscript)
    return Measures(
        emergency=emergency.share if emergency else 0.0,
        warnings=_share_of_warnings(pages.pages),
        first_deed=_first(deeds, pages.pages),
        first_practice=_first(practices, pages.pages),
        poses=tuple(each for each in drawings if each.item in practices),
        signs=tuple(each for each in drawings if each.item.startswith("tier-")),
        smallest=min((p.survey.smallest for p in pages.pages if p.survey.smallest), default=0.0),
        repeats=tuple(repeat for page in pages.pages for repeat in _repeats(page, actions)),
        fill=tuple(Fill(p.number, p.section, p.survey.held) for p in pages.pages),
    )


def _practices(manuscript: Manuscript) -> list[str]:
    return [entry.id for entry in manuscript.entries(*PRACTICES) if entry.steps]


WARNINGS = ("gate", *(f"tier-{tier}" for tier in URGENT_TIERS))


def _share_of_warnings(pages: Sequence[PageRecord]) -> float:
    """Return the share of the paper that gate, upper tiers and stop lines take."""
    area = sum(
        piece.area
        for page in pages
        for piece in page.survey.pieces
        if piece.kind == "stop" or (piece.kind == "item" and piece.item in WARNINGS)
    )
    return area / (sum(page.survey.area for page in pages) or 1.0)


def _first(items: Sequence[str], pages: Sequence[PageRecord]) -> Begin | None:
    """Return where the first of the items begins."""
    for page in pages:
        begun = [piece for piece in page.survey.pieces if _is_one_of(piece, items)]
        if begun:
            first = min(begun, key=lambda piece: piece.top)
            return Begin(first.item, page.number, first.top / page.survey.height)
    return None


def _is_one_of(piece: Piece, items: Sequence[str]) -> bool:
    return piece.kind == "item" and piece.item in items


def _drawings(pages: Sequence[PageRecord]) -> Iterator[Drawing]:
    """Yield the drawings; of something to do those alone that show it, from start to end."""
    for page in pages:
        for piece in page.survey.pieces:
            if piece.kind == "picture" and not piece.line.endswith(ASIDE):
                yield Drawing(piece.item, page.number, piece.height)


ASIDE = ("-dose", *(f"-{name}" for name in PRACTICE.values() if name != "start"))
"""How lines end that say something of an exercise, such as how often: these show no pose."""


def _repeats(page: PageRecord, actions: frozenset[str]) -> Iterator[Repeat]:
    """Yield each sentence that a page says again; when to stop may be, and so may a dose.

    Signs say what to do, each where it stands: of all of them on a page it counts as said once.
    """
    said: list[str] = []
    of_signs: set[str] = set()
    for passage in page.survey.passages:
        for sentence in _sentences(passage.words):
            if passage.required == "signs" and sentence in actions:
                of_signs.add(sentence)
            elif passage.required != "stop":
                said.append(sentence)
    for sentence, times in Counter([*said, *of_signs]).items():
        if times > 1:
            yield Repeat(page.number, sentence, times)


def _sentences(words: str) -> Iterator[str]:
    """Yield the whole sentences of a passage but the shortest."""
    for sentence in SENTENCE.split(words.replace(JOINER, "")):
        if sentence.endswith((".", "?", "!")) and len(sentence.split()) >= FEWEST:
            yield sentence


def _actions(manuscript: Manuscript) -> frozenset[str]:
    """Return the sentences by which the warning signs say what to do."""
    said: set[str | None] = set()
    for tier in manuscript.entries("tier"):
        said |= {tier.action, *(group.action for group in tier.groups)}
        said |= {each.action for each in (*signs(tier), *lines(tier))}
    return frozenset(one for words in said if words for one in _sentences(to_plain(words)))


# ---------------------------------------------------------------- the goals

COVERS = ("cover", "back-cover")
"""What a print begins and ends with: a cover may hold as little as it likes."""

ROUNDING = 0.05
"""What rounding may take from a length in mm, or from a size in pt."""

FULL = 0.6
"""The share of its bands that a page holds something in at least, where it need not end early."""

EMERGENCY, UPPER, WHOLE = 0.27, 0.5, {"rack": 0.38, "given": 0.33}
"""On a standard sheet in English: the most of page 1 for the emergency signs, how far down the
first thing to do begins at most, and the most of the sheet for all that warns, by its setting."""

REQUIRED_TYPE = 11.0
"""The smallest size in pt of what must be read in a standard handout or booklet."""

POSES: dict[Kind, float] = {"booklet": 45, "handout": 36, "leaflet": 30}
"""The least height in mm of the drawing of an exercise or a technique, by the kind of print."""

LARGE_POSES, EASY_POSES, POSTER_POSES, POSTER_SIGNS = 70.0, 45.0, 90.0, 30.0
"""The same in large print, in easy read, and on a poster as large as A3; there also for signs."""

POSTERS = ("A3", "Tabloid")


def missed(manuscript: Manuscript, design: Design, found: Measures) -> Iterator[Problem]:
    """Yield a Problem for each goal that the pages of an edition for patients fall short of."""
    if is_sheet(manuscript, design):
        yield from _too_much_warning(found, WHOLE[manuscript.edition.setting])
        yield from _begins_low(found)
    yield from _drawn_low(manuscript, found)
    yield from _small(manuscript, found)
    yield from _said_again(found)
    yield from _half_empty(manuscript, found)


def is_sheet(manuscript: Manuscript, design: Design) -> bool:
    """Return whether it is a sheet in standard type and English that says what to do."""
    return (
        manuscript.kind == "handout"
        and manuscript.points
        and not manuscript.shows_signs
        and design.format_id == "standard"
        and manuscript.edition.language == "en"
        and not (manuscript.clinical or manuscript.pictures)
    )


def _too_much_warning(found: Measures, most: float) -> Iterator[Problem]:
    """Signs that leave no room for what to do are not read to their end."""
    if round(found.emergency, 3) > EMERGENCY:
        message = (
            f"the emergency signs take {found.emergency:.1%} of page 1; the goal is at most "
            f"{EMERGENCY:.0%}"
        )
        mend = "Shorten their lines, or set them closer."
        yield Problem(Place(page=1), "PAGE-SIGNS", message, mend)
    if round(found.warnings, 3) > most:
        message = (
            f"all that warns takes {found.warnings:.1%} of the sheet; the goal is at most "
            f"{most:.0%}"
        )
        mend = "Shorten the gate, the signs for today or the stop line."
        yield Problem(Place(), "PAGE-SIGNS", message, mend)


def _begins_low(found: Measures) -> Iterator[Problem]:
    """Who picks up a sheet sees first what to do, or puts it down."""
    first = found.first_deed
    if first and (first.page > 1 or round(first.down, 3) > UPPER):
        message = (
            f"the first thing to do, “{first.item}”, begins {first.down:.1%} down page "
            f"{first.page}; the goal is the upper {UPPER:.0%} of page 1"
        )
        mend = "Shorten what stands above it."
        yield Problem(Place(page=first.page), "PAGE-BEGIN", message, mend)


def least_heights(manuscript: Manuscript) -> tuple[float, float]:
    """Return how high drawings of exercises, and of signs, are to be at least, in mm; 0 for any."""
    if manuscript.kind == "poster":
        big = manuscript.edition.paper in POSTERS
        return (POSTER_POSES, POSTER_SIGNS) if big else (0.0, 0.0)
    if manuscript.pictures:
        return EASY_POSES, 0.0
    if manuscript.edition.format == "large":
        return LARGE_POSES, 0.0
    return POSES.get(manuscript.kind, 0.0), 0.0


def _drawn_low(manuscript: Manuscript, found: Measures) -> Iterator[Problem]:
    """Yield a finding for each page with drawings that are too low, by the lowest of them."""
    for drawings, least in zip((found.poses, found.signs), least_heights(manuscript), strict=True):
        low = [each for each in drawings if each.height < least - ROUNDING]
        low.sort(key=lambda each: each.height)
        for page, lowest in {each.page: each for each in reversed(low)}.items():
            message = (
                f"the drawing of “{lowest.item}” is {lowest.height:.1f} mm high; the goal is at "
                f"least {least:g} mm"
            )
            mend = "Shorten the words beside it, or give it more room in the style."
            yield Problem(Place(page=page), "PAGE-FIGURE", message, mend)


def _small(manuscript: Manuscript, found: Measures) -> Iterator[Problem]:
    """Yield a finding where what must be read is set too small in standard type."""
    standard = manuscript.edition.format == "standard" and not manuscript.clinical
    judged = standard and manuscript.kind in ("handout", "booklet")
    if judged and 0 < found.smallest < REQUIRED_TYPE - ROUNDING:
        message = (
            f"what must be read is set in {found.smallest:.1f} pt; the goal is at least "
            f"{REQUIRED_TYPE:g} pt"
        )
        yield Problem(Place(), "PAGE-TYPE", message, "Set it larger in the style.")


def _said_again(found: Measures) -> Iterator[Problem]:
    for repeat in found.repeats:
        message = f"“{repeat.sentence}” stands {repeat.times} times on the page"
        mend = "Say it once, where it holds for all."
        yield Problem(Place(page=repeat.page), "PAGE-REPEAT", message, mend)


def _half_empty(manuscript: Manuscript, found: Measures) -> Iterator[Problem]:
    """Yield a finding for each page that ends early, but covers, diary and the last of the text."""
    parts = {section.id: section.part for section in manuscript.sections}
    inside = [fill for fill in found.fill if parts.get(fill.section) not in COVERS]
    for fill in inside[:-1]:
        is_free = manuscript.kind == "diary" or parts.get(fill.section) == "diary"
        if not is_free and round(fill.share, 3) < FULL:
            message = f"the page is {fill.share:.0%} filled; the goal is at least {FULL:.0%}"
            mend = "Let the next section join it, or give its drawings more room."
            yield Problem(Place(page=fill.page), "PAGE-FILL", message, mend)
