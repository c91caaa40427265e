"""What has to be seen on an edition's pages: Manuscript + Design -> Wanted.

The version and the state of the review are said in the words of the layouts themselves, whatever
words of its own a brand has.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import cached_property, lru_cache
from itertools import chain, repeat
from typing import Any

from clinicpress.checks.seen.letters import Lettering, Phrases, Row
from clinicpress.checks.seen.specimen import Faces
from clinicpress.content.text import to_plain
from clinicpress.design.design import Design
from clinicpress.design.panels import PANELS
from clinicpress.design.phrasing import Phrasing
from clinicpress.design.strings import Strings
from clinicpress.editions.manuscript import ADVICE, DOINGS, Entry, Manuscript
from clinicpress.editions.required import STOP, Line, required
from clinicpress.errors import shown


@dataclass(frozen=True)
class Wanted:
    """What has to be seen on the pages of an edition.

    ``lines`` are the required ones, ``deeds`` what each entry advises to do, ``first`` the blocks
    that stand before them, and ``sizes`` those that a page may have, in mm. ``known`` are all words
    that may stand beside required ones, ``close`` those that may stand between the lines of a
    block, ``strip`` those between the lines of the gate, ``margins`` those in the margins of
    a page, all without white space, as is the line that names the ``clinic``. ``folio`` is how
    pages are numbered, with fields ``page`` and ``pages``; empty where they are not. ``openings``
    are words with which a print says until when it may be used, and ``days`` all that it says so,
    both in small letters. ``stated_once`` says that not each page tells version and review, as
    those of a leaflet do not. ``steps`` are such of exercises and techniques, one of each, by which
    the pages that hold them are known. ``least`` is the smallest type in pt, ``blame`` the files
    that may have hidden a line.
    """

    lines: tuple[Line, ...]
    deeds: tuple[tuple[str, ...], ...]
    first: tuple[str, ...]
    known: frozenset[str]
    close: frozenset[str]
    strip: frozenset[str]
    margins: frozenset[str]
    clinic: str
    folio: str
    openings: frozenset[str]
    days: frozenset[str]
    steps: frozenset[str]
    sizes: tuple[tuple[float, float], ...]
    least: float
    stated_once: bool
    faces: Faces = field(repr=False)
    blame: str

    @cached_property
    def margin_phrases(self) -> Phrases:
        """What may stand in the margins of a page, to be looked for."""
        return Phrases(self.margins)

    @cached_property
    def known_phrases(self) -> Phrases:
        """What is ``known``, to be looked for."""
        return Phrases(self.known)


@dataclass(frozen=True)
class Seen:
    """A place where a required line was found, its rows there, and what is wrong, if anything."""

    line: Line
    on: Lettering
    places: range
    rows: Sequence[Row]
    fault: str = ""


STATE, UNTIL, GATE, FOLIO = "state", "until", "gate", "folio"

OF_ITSELF = (STATE, FOLIO)
"""The blocks of what each page says of the print."""

STRIP = (
    "name", "date", "side", "clinician", "review", "checked", "told", "said-back", "noted",
)  # fmt: skip
"""What is filled in by pen on what is handed over; in a booklet it stands above the safety net."""

SPEAKING = 12
"""Letters of a sentence that says the same wherever it stands; a shorter one may say else."""

KEPT = 8000
"""Sentences of a topic and of the layouts that are kept as they are looked for: editions share
them."""

SHORTEST = 3
"""Letters that known words have at least: fewer would be found in any word."""


def wanted(manuscript: Manuscript, design: Design) -> Wanted:
    """Return what has to be seen on the pages of ``manuscript``. Raises Problems."""
    base = design.folders[-1] / f"strings/{design.language}.po"
    own = Strings(base) if base.is_file() else design.strings()
    words = Phrasing(own, manuscript.edition.locale)
    version = own("version", version=manuscript.version, date=words.month(manuscript.date))
    held = manuscript.state
    state = words.review(held.standing, held.by, held.named, held.role, held.on)
    until = words.use_until(manuscript.use_until)
    once = manuscript.kind == "booklet"  # which says so on its cover
    of_itself = (
        Line(STATE, version, opens=True), Line(STATE, state),
        Line(UNTIL if once else STATE, until),
    )  # fmt: skip
    lines = (*required(manuscript), *_advice(manuscript, own, words), *of_itself)
    said_of_it = design.clinic()
    clinic = said_of_it.line(manuscript.kind)
    close = (
        version, state, manuscript.edition.reference, manuscript.code,
        own("code", code=manuscript.code),
        own("clinical.judgement"),
        *(clinic, until) * (manuscript.kind == "card"),
    )  # fmt: skip
    visit = manuscript.kind == "booklet" and manuscript.edition.setting == "given"
    strip = _pieces(own(f"strip.{field}") for field in STRIP if visit)
    told = (
        *(line.words for line in lines), *close, clinic, *_said(manuscript),
        *_listed(manuscript, words), *said_of_it.said,
        words.month(manuscript.review_by), words.day(manuscript.date),
        words.day(manuscript.use_until),
    )  # fmt: skip
    contact = _as_written((clinic, said_of_it.address or "", *said_of_it.contact,
                           *said_of_it.opening))  # fmt: skip
    openings, days = _days(manuscript, own, words)
    t = design.strings()
    folio = _folio(manuscript, t)
    return Wanted(
        lines, tuple(_deeds(manuscript, lines)), tuple(_first(manuscript)),
        _pieces((*told, *own.all())) | contact,
        _pieces(close) | _as_written((clinic,) * (manuscript.kind == "card")), strip,
        _pieces((*told, t("page"), t("page.of"))) | contact, "".join(clinic.split()), folio,
        openings, days,
        _steps(manuscript),
        design.panels or (design.page,), design.smallest, manuscript.kind in PANELS,
        Faces(design.fonts.values()),
        _blame(design),
    )  # fmt: skip


def wanted_on(wanted: Wanted, laid: Sequence[Lettering]) -> Wanted:
    """Return what is ``wanted`` with when to stop as often as pages hold something to do.

    So it is with what a print says of itself, on each page of what is read page by page. ``laid``
    are the pages before they are laid on sheets.
    """
    held = sum(any(step in page.words for step in wanted.steps) for page in laid)
    times = {STOP: max(held, 1), STATE: 1 if wanted.stated_once else len(laid)}
    lines = (replace(line, count=times.get(line.block, line.count)) for line in wanted.lines)
    numbered = wanted.folio if wanted.folio != BARE else ""  # a number alone may be any
    folios = (Line(FOLIO, numbered.format(page=number, pages=len(laid)))
              for number in range(1, len(laid) + 1) if numbered)  # fmt: skip
    return replace(wanted, lines=(*lines, *folios))


def wanted_of(whole: Wanted, pages: Sequence[Lettering]) -> Wanted:
    """Return what of the ``whole`` has to be seen where only some pages are, as often as on these.

    A cover that is printed apart holds what stands on it, and the inside has the rest; each says
    what it is a part of.
    """
    counted = (
        (line, sum(1 for page in pages for _ in page.found("".join(line.words.split()))))
        for line in whole.lines
    )
    lines = tuple(
        replace(line, count=max(min(line.count, times), 1))
        for line, times in counted
        if times or line.block == STATE
    )
    return replace(whole, lines=lines)


def _advice(manuscript: Manuscript, own: Strings, words: Phrasing) -> Iterator[Line]:
    """Yield when to stop beside what all share, and what is not to be done without advice.

    The clauses stand in sentences of the layouts; without these they would say nothing.
    """
    for section in manuscript.sections:
        for entry in () if section.fills else section.entries:
            if entry.kind in DOINGS and entry.steps:
                said = _pictured(entry, own) if manuscript.pictures else _told(entry, own)
                if stops := _clauses(entry, "stop_if"):
                    key = "practice.also-stop" if manuscript.stop else "practice.stop-if"
                    said = (*said, own(key, clauses=words.any_of(stops)))
                yield from (Line(entry.id, to_plain(line)) for line in said)


BARE = "{page}"
"""How the pages of a booklet are numbered, but for its cover."""

UNNUMBERED = ("poster",)
"""The kinds of print, beside those of panels, whose pages have no number."""


def _folio(manuscript: Manuscript, t: Strings) -> str:
    """Return how the pages are numbered; what is one sheet, or is cut, has no numbers."""
    if manuscript.kind in PANELS or manuscript.kind in UNNUMBERED:
        return ""
    if manuscript.kind == "booklet":
        return BARE
    page, of = (t(key).replace("{", "").replace("}", "") for key in ("page", "page.of"))
    return f"{page} {{page}} {of} {{pages}}"


def _days(
    manuscript: Manuscript, own: Strings, words: Phrasing
) -> tuple[frozenset[str], frozenset[str]]:
    """Return how a print begins to say until when it may be used, and all that it says so.

    It may stand in a line, in the words for easy reading, or as a label with the day beside it.
    """
    long, short = (say(manuscript.use_until) for say in (words.day, words.short_day))
    label, said = own("about.review-by"), ("use-until", "pictures.review-by")
    whole = [own(key, date=day, month="") for key in said for day in (long, short)]
    whole += [f"{label}:{day}" for day in (long, short)]
    begun = [own(key, date="\n", month="").partition("\n")[0] for key in said]
    return _small_pieces((*begun, label)), _small_pieces(whole)


def _steps(manuscript: Manuscript) -> frozenset[str]:
    practised = (entry.deeds for entry in manuscript.entries(*DOINGS) if entry.deeds)
    return frozenset(max(map(_piece, deeds), key=len) for deeds in practised)


def _clauses(entry: Entry, name: str) -> list[str]:
    return [clause for _, clause in getattr(entry, name, None) or ()]


def _told(entry: Entry, own: Strings) -> tuple[str, ...]:
    avoid = "; ".join(_clauses(entry, "avoid_if"))
    return (f"{own('practice.leave-out')} {avoid}.",) if avoid else ()


def _pictured(entry: Entry, own: Strings) -> tuple[str, ...]:
    keys = chain(("pictures.leave-out",), repeat("pictures.or-if"))
    clauses = _clauses(entry, "avoid_if")
    return tuple(own(key, clause=clause) for key, clause in zip(keys, clauses, strict=False))


def _first(manuscript: Manuscript) -> Iterator[str]:
    """Yield the blocks that stand before anything to do: the gravest signs, and the gate."""
    yield from (f"tier-{tier}" for tier in manuscript.urgent[:1])
    if any(section.part == "gate" for section in manuscript.before_advice):
        yield "gate"


def _pieces(said: Iterable[str]) -> frozenset[str]:
    """Return words as they are found on a page: without markup and white space."""
    return frozenset(piece for piece in map(_piece, said) if len(piece) >= SHORTEST)


def _small_pieces(said: Iterable[str]) -> frozenset[str]:
    return frozenset(_piece(words).lower() for words in said)


def _as_written(said: Iterable[str]) -> frozenset[str]:
    """Return words that no markup is read in, as they are found on a page: without white space."""
    bare = ("".join(words.split()) for words in said)
    return frozenset(words for words in bare if len(words) >= SHORTEST)


@lru_cache(maxsize=KEPT)
def _piece(words: str) -> str:
    return "".join(to_plain(words).split())


def _listed(manuscript: Manuscript, words: Phrasing) -> Iterator[str]:
    """Yield the clauses that are printed as a sentence, with “or” between."""
    for entry in manuscript.entries(*DOINGS):
        for name in ("stop_if", "mistakes"):
            if clauses := [clause for _, clause in getattr(entry, name, None) or ()]:
                yield words.any_of(clauses)


def _deeds(manuscript: Manuscript, lines: Iterable[Line]) -> Iterator[tuple[str, ...]]:
    """Yield what each entry advises to do, where not every sentence of it is said elsewhere, too.

    That is, in the required lines, in the signs of all tiers, whose place is judged by itself, or
    in the main message. A sign may ask what advice states, so a sentence may be a part of its own;
    one that is too short for that has to be all of a sentence.
    """
    signs = (words for tier in manuscript.entries("tier") for words in _said(tier))
    before = {*signs, manuscript.main_message, *(line.words for line in lines)}
    said = {_small(words) for words in before}
    whole = {each for words in said for each in _sentences(words)}
    anywhere = "\n".join(said)

    def is_said(sentence: str) -> bool:
        long = len(sentence) >= SPEAKING
        return sentence in whole or (long and sentence in anywhere)

    def is_own(step: str) -> bool:
        return not all(map(is_said, _sentences(_small(step))))

    for entry in manuscript.entries(*ADVICE):
        steps = [to_plain(words) for words in entry.deeds]
        if own := tuple(filter(is_own, steps)):
            yield own


@lru_cache(maxsize=KEPT)
def _small(words: str) -> str:
    return to_plain(words).lower()


@lru_cache(maxsize=KEPT)
def _sentences(words: str) -> tuple[str, ...]:
    return tuple(re.split(r"(?<=[.?!]) ", words))


def _said(value: Any) -> Iterator[str]:
    """Yield all words of a manuscript; a sentence may get a name in brackets before its point."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
            if one.endswith("."):
                yield one.rstrip(".")
        elif isinstance(one, tuple):
            waiting += one
        else:
            waiting += [getattr(one, name) for name in _speaking(one.__class__)]


@lru_cache(maxsize=64)
def _speaking(kind: type) -> tuple[str, ...]:
    """Return the fields of a part of a manuscript that may hold words; of all else none."""
    silent = ("poses", "drawing", "people", "place", "shown")
    if not is_dataclass(kind):
        return ()
    return tuple(each.name for each in fields(kind) if each.name not in silent)


def _blame(design: Design) -> str:
    """Return the files that may have hidden a line: a brand's own, where it has any."""
    own = [
        path for folder in design.folders[:-1] for part in ("styles", "templates")
        for path in sorted((folder / part).rglob("*.*"))
    ]  # fmt: skip
    if not own:
        return "the template or style that sets it"
    return " or ".join(shown(path) for path in own[:3])
