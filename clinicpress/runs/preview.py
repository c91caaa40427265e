"""A brand looked at: pages of real editions in it, in colour and in grey, several on a sheet.

The processes that lay them out are kept while a brand is watched, with all that they have read and
drawn, and lay out only what is composed otherwise than before. A preview is no print: what must be
seen on a page is judged where one is printed.
"""

import hashlib
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NoReturn

from clinicpress.errors import Place, Problem, Problems
from clinicpress.files.digests import of_words
from clinicpress.files.output import write_below
from clinicpress.orders.request import Places, Request
from clinicpress.processes.limits import Stop
from clinicpress.runs.pipeline import Prepared, on_own_paper, prepare

if TYPE_CHECKING:
    from clinicpress.content.library import Library
    from clinicpress.design.design import Design
    from clinicpress.editions.manuscript import Manuscript
    from clinicpress.pages.typeset import Typeset
    from clinicpress.runs.fitting import Settled

SHOWN: Mapping[str, tuple[str, ...]] = {
    "booklet": ("cover", "warning-signs", "contents", "exercises", "diary", "back-cover"),
    "handout": ("first", "last"),
    "leaflet": ("cover", "exercises", "back-cover"),
    "card": ("first", "last"),
}
"""Which pages are shown of a print, by its kind: that of a part, or the first or last of all."""

PARTS = frozenset(("message", "gate", *(part for parts in SHOWN.values() for part in parts)))
"""The parts that make a publication worth to be shown: what is on the most kinds of sheets."""

BARE = "scale"
"""A part that sets nothing but its title where it has no entries."""

COUNT = min(len(SHOWN), os.cpu_count() or 2)
"""How many processes lay out at a time: one a kind, where the machine has a core for each."""


@dataclass(frozen=True)
class Cut:
    """What came of one print: pages that are cut out of it, by what they show, or what is wrong.

    ``key`` tells it from what is composed of other words, styles or pictures; ``settled`` is what
    its layout settled on, which is tried first the next time.
    """

    kind: str
    key: str
    shows: tuple[str, ...] = ()
    pdf: bytes = field(default=b"", repr=False)
    problems: tuple[Problem, ...] = ()
    settled: "Settled | None" = field(default=None, repr=False)


@dataclass(frozen=True)
class Rebuilt:
    """Where a preview was written, and which prints were laid out anew for it, in seconds."""

    path: Path
    kinds: tuple[str, ...]
    seconds: float


NO_CODE = "0000-0000"
"""What stands in the place of a code."""


@dataclass(frozen=True)
class _Sheet:
    """One print to lay out.

    ``known`` is the key of what it was when it was laid out before, and ``settled`` how.
    """

    kind: str
    prepared: Prepared
    known: str = ""
    settled: "Settled | None" = None


@dataclass(frozen=True)
class _Board:
    """The words on the sheets, above pages that show so much."""

    design: "Design"
    locale: str
    captions: tuple[str, ...]
    kind: str = "board"
    known: str = ""


@contextmanager
def previewing(places: Places, brand: str, today: date) -> Iterator[Callable[[], Rebuilt]]:
    """Hold what is needed to preview ``brand`` again and again, as what is held then does.

    That writes ``BRAND/preview.pdf`` below the output. Raises UnknownName, EnvironmentFault, and
    Problems if the brand's words or pages are wrong; then what was there is untouched.
    """
    from clinicpress.content.reader import read_library
    from clinicpress.processes.workers import crew, make_ready

    make_ready()
    library = read_library(places.sources)

    def stopped(job: Any, why: Stop) -> NoReturn:
        raise Problems([why.problem(Place(f"brands/{brand}"), brand)])

    with crew(_made, COUNT, stopped) as work:
        desk = _Desk(places, brand, today, library, work)
        yield desk.rebuild


@dataclass
class _Desk:
    """A brand's preview, with what was laid out of it last."""

    places: Places
    brand: str
    today: date
    library: "Library"
    work: Callable[[Sequence[Any]], Iterator[Cut]]
    cuts: dict[str, Cut] = field(default_factory=dict)

    def rebuild(self) -> Rebuilt:
        """Write the preview anew."""
        from clinicpress.press.mounting import mounted

        started = time.perf_counter()
        sheets = _sheets(self.places, self.brand, self.today, self.library)
        kinds = self._lay_out(sheets)
        captions = tuple(
            f"{sheet.kind}-{what}" for sheet in sheets for what in self.cuts[sheet.kind].shows
        )
        first = sheets[0].prepared
        self._lay_out([_Board(first.design, first.edition.locale, captions)])
        cuts = {sheet.kind: self.cuts[sheet.kind].pdf for sheet in sheets}
        path = PurePosixPath(self.brand) / "preview.pdf"
        write_below(self.places.output, path, mounted(self.cuts["board"].pdf, cuts))
        return Rebuilt(self.places.output / path, kinds, time.perf_counter() - started)

    def _lay_out(self, jobs: Sequence[Any]) -> tuple[str, ...]:
        """Lay out what is not as before; return its kinds. Raises Problems of all that is wrong."""
        known = {kind: cut.key for kind, cut in self.cuts.items()}
        asked = [self._as_known(job) for job in jobs]
        made = {cut.kind: cut for cut in self.work(asked) if cut.key != known.get(cut.kind)}
        self.cuts |= {kind: cut for kind, cut in made.items() if not cut.problems}
        if problems := [problem for cut in made.values() for problem in cut.problems]:
            raise Problems(problems)
        return tuple(job.kind for job in jobs if job.kind in made)

    def _as_known(self, job: Any) -> Any:
        """Return a job with what is known of it from before."""
        if (cut := self.cuts.get(job.kind)) is None:
            return job
        settled = {"settled": cut.settled} if isinstance(job, _Sheet) else {}
        return replace(job, known=cut.key, **settled)


def _sheets(places: Places, brand: str, today: date, library: "Library") -> list[_Sheet]:
    """Return one print of each kind in the brand. Raises Problems, UnknownName."""
    from clinicpress.checks.codes import stops_print
    from clinicpress.checks.sources import broken_rules
    from clinicpress.orders.plan import plan

    broken = broken_rules(library, (), today, places.sources, places.layouts, (brand,))
    if blocking := list(filter(stops_print, broken)):
        raise Problems(blocking)
    sheets = []
    for kind, topic, publication in fullest(library):
        request = Request((publication,), topics=(topic,), brands=(brand,), kind=kind)
        prepared = prepare(plan(request, library, places.layouts)[0], library, places.layouts)
        # Nobody knows a preview by its code, which would differ with each save.
        prepared = replace(prepared, manuscript=replace(prepared.manuscript, code=NO_CODE))
        sheets.append(_Sheet(kind, _excerpt(prepared) if kind == "booklet" else prepared))
    return sheets


def fullest(library: "Library") -> Iterator[tuple[str, str, str]]:
    """Yield one publication of each kind that is shown, with its topic.

    It is the one with the most parts to show.
    """
    from clinicpress.orders.plan import FIRST_AUDIENCE

    of_kind: dict[str, tuple[int, str, str]] = {}
    for id, topic in library.topics.items():
        for name, each in topic.publications.items():
            if each.kind in SHOWN and FIRST_AUDIENCE in library.readers(each):
                sections = each.sections_for(*library.lineage(FIRST_AUDIENCE))
                count = len({section.part for section in sections} & PARTS)
                if count > of_kind.get(each.kind, (-1, "", ""))[0]:
                    of_kind[each.kind] = count, id, name
    yield from ((kind, *of_kind[kind][1:]) for kind in SHOWN if kind in of_kind)


def _excerpt(prepared: Prepared) -> Prepared:
    """Return a booklet of what is shown of it, with the titles alone of all other sections."""
    left, sections = list(SHOWN["booklet"]), []
    for section in prepared.manuscript.sections:
        if section.part in left:
            left.remove(section.part)
            kept = section.entries[:1] if section.part == "exercises" else section.entries
            sections.append(replace(section, entries=kept, joins=False))
        elif section.title:
            bare = replace(section, part=BARE, intro=None, figure=None, entries=(), shown=())
            sections.append(replace(bare, joins=True))
    manuscript = replace(prepared.manuscript, sections=tuple(sections))
    return replace(prepared, manuscript=manuscript)


# ---------------------------------------------------------------- in a worker


def _made(job: _Sheet | _Board) -> Cut:
    """Return the pages of a job, or only its key where that is known. Problems are returned."""
    try:
        return _cut(job) if isinstance(job, _Sheet) else _written(job)
    except Problems as error:
        return Cut(job.kind, "", problems=error.problems)


def _cut(sheet: _Sheet) -> Cut:
    from clinicpress.pages.compose import compose
    from clinicpress.pages.typeset import typeset
    from clinicpress.press.mounting import cut_out

    prepared = sheet.prepared
    manuscript, design = prepared.manuscript, prepared.design
    figure = prepared.drawings().find
    html = compose(manuscript, design, figure)
    if (key := _key(html, design)) == sheet.known:
        return Cut(sheet.kind, key)
    laid = None
    if sheet.kind == "booklet":
        pages = typeset(html, design)  # an excerpt lacks what is asked of a whole
    else:
        pages, laid = _fitted(sheet, html)
    shown: dict[str, int] = {}
    for what, number in _numbers(sheet.kind, manuscript, pages):
        if number not in shown.values():
            shown[what] = number
    pdf = on_own_paper(pages.pdf, prepared)
    cut = cut_out(pdf, list(shown.values()))
    return Cut(sheet.kind, key, tuple(shown), cut, settled=laid)


def _fitted(sheet: _Sheet, html: str) -> tuple["Typeset", "Settled"]:
    """Return the pages of a sheet in which each thing has its place. Raises Problems."""
    from clinicpress.checks.layout import misplaced
    from clinicpress.runs.fitting import as_settled, fitted, settled
    from clinicpress.runs.plainer import for_want_of_room, giving_way

    manuscript, design = sheet.prepared.manuscript, sheet.prepared.design
    figure = sheet.prepared.drawings().find
    if sheet.settled and (pages := as_settled(sheet.settled, manuscript, design, figure)):
        return pages, sheet.settled
    laid = fitted(manuscript, design, figure, html)
    if problems := misplaced(laid.manuscript, design, laid.pages):
        less, _ = giving_way(manuscript, design, figure, problems)
        if less is None:
            raise Problems(for_want_of_room(manuscript, design, figure, (laid, problems)))
        laid = less
    return laid.pages, settled(manuscript, laid)


def _numbers(kind: str, manuscript: "Manuscript", pages: "Typeset") -> Iterator[tuple[str, int]]:
    """Yield which page shows what, counted from 1; what the print lacks is not shown."""
    for what in SHOWN[kind]:
        if what in ("first", "last"):
            yield what, 1 if what == "first" else len(pages.pages)
            continue
        section = next((each for each in manuscript.sections if each.part == what), None)
        first = section.entries[:1] if section else ()
        items = [id for entry in first for id in (entry.id, f"{entry.kind}-{entry.id}")]
        landed = [landing.first for item in items if (landing := pages.landing(item))]
        ends = [page.number for page in pages.pages if section and page.section == section.id]
        if found := landed or ends:
            yield what, found[0]


def _written(board: _Board) -> Cut:
    from clinicpress.pages.compose import set_template
    from clinicpress.pages.typeset import typeset
    from clinicpress.press.mounting import MARGIN, SHEET, pairs

    sheets: dict[int, list[Mapping[str, Any]]] = {}
    for what, pair in zip(board.captions, pairs(len(board.captions)), strict=True):
        frame = pair.caption
        said = {"of": what, "left": frame.left, "top": frame.top, "width": frame.width}
        sheets.setdefault(pair.sheet, []).append(said)
    values = {"sheets": list(sheets.values()), "sheet": SHEET, "margin": MARGIN}
    html = set_template("preview.html", values, board.design, board.locale)
    key = of_words(html)
    pdf = b"" if key == board.known else typeset(html, board.design).pdf
    return Cut(board.kind, key, pdf=pdf)


def _key(html: str, design: "Design") -> str:
    """Return a digest of what is composed, and of the pictures and fonts that it may name."""
    parts = [html]
    for folder in design.folders[:-1]:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix not in (".yaml", ".html", ".css", ".po"):
                parts.append(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}")
    brand = design.brand
    return of_words(*parts, repr((brand.letterhead, brand.background)))
