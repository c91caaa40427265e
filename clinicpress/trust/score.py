"""Score sheets: an instrument's items, each beside what a program can measure of a print.

Nobody is scored here: answers, points and totals are left to the person who fills the sheet in.
"""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from clinicpress.content.library import Library
from clinicpress.design.phrasing import Phrasing
from clinicpress.editions.edition import Edition
from clinicpress.errors import Place, Problem, Problems
from clinicpress.files.output import write_below
from clinicpress.orders.plan import plan
from clinicpress.orders.request import Places, Request
from clinicpress.pages.view import View
from clinicpress.processes.limits import Stop
from clinicpress.processes.workers import bounded, make_ready
from clinicpress.runs.pipeline import Prepared, preparing
from clinicpress.trust.instruments import Instrument, Item

if TYPE_CHECKING:
    from clinicpress.design.design import Design
    from clinicpress.design.strings import Strings
    from clinicpress.trust.material import Material
    from clinicpress.trust.proxies import Measure

FORMAT = "standard"
"""How a sheet is set, whatever the format of what is scored."""

MAY_LACK = frozenset({"message-place", "action", "terms", "glossary", "first-deed"})
"""What has words of its own where nothing was found: its first number, a page or a count, is 0."""

Report = Callable[[str, int], None]
"""Called with the name of each print that was measured, and how many there are in all."""


@dataclass(frozen=True)
class Job:
    """A print to be measured, with the words that its topic explains or takes for known."""

    prepared: Prepared
    explained: tuple[str, ...]
    known: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True)
class Measured:
    """What was measured of a print, by the names of the measures, or why it cannot be printed."""

    edition: Edition
    code: str
    title: str
    version: str
    date: str
    measures: Mapping[str, "Measure"]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A score sheet that was written: of which print, by which instrument, and where it is."""

    measured: Measured
    instrument: str
    path: Path


def score_sheets(
    request: Request, asked: Mapping[str, Instrument], places: Places, *, jobs: int, report: Report
) -> Iterator[Sheet]:
    """Write a sheet for each instrument and print that ``request`` asks for; yield each.

    Raises UnknownName for a name that is none, Problems if something cannot be printed, and
    EnvironmentFault.
    """
    from clinicpress.content.reader import read_library

    make_ready()
    library = read_library(places.sources)
    editions = dict.fromkeys(one.typeset for one in plan(request, library, places.layouts))
    prepared = map(preparing(library, places.layouts), editions)
    work = [_job(one, library, asked) for one in prepared]
    found: dict[Edition, Measured] = {}
    with closing(_run(work, jobs)) as run:
        for one in run:
            found[one.edition] = one
            report(one.edition.name, len(work))
    if problems := [problem for one in found.values() for problem in one.problems]:
        raise Problems(problems)
    for edition in editions:
        for id, instrument in asked.items():
            yield _written(found[edition], id, instrument, library, places)


def _job(prepared: Prepared, library: Library, asked: Mapping[str, Instrument]) -> Job:
    topic = library.topics[prepared.edition.topic]
    terms = (term.term for term in topic.glossary.values())
    explained = tuple(words for term in terms for words in (term.default, *term.variants.values()))
    names = (name for one in asked.values() for item in one.items() for name in item.beside)
    known = tuple(topic.topic.known_words)
    return Job(prepared, explained, known, tuple(dict.fromkeys(names)))


def _run(work: Sequence[Job], jobs: int) -> Generator[Measured]:
    from clinicpress.processes.workers import run_in_workers

    return run_in_workers(measure, work, jobs, _stopped)


def measure(job: Job) -> Measured:
    """Lay a print out and measure it; in a worker, since anybody may have sent its templates."""
    from clinicpress.trust.proxies import measured_for

    try:
        measures = measured_for(_material(job), job.names)
    except Problems as error:
        return _measured(job.prepared, {}, error.problems)
    return _measured(job.prepared, measures)


def _material(job: Job) -> "Material":
    from clinicpress.checks.measures import measured
    from clinicpress.checks.reading import chapters, trade_names
    from clinicpress.checks.vocabulary import unknown_words
    from clinicpress.editions.printed import as_printed
    from clinicpress.runs.fitting import fitted
    from clinicpress.trust.material import Material, elements_of

    design = job.prepared.design
    laid = fitted(job.prepared.manuscript, design, job.prepared.drawings().find)
    read = chapters(laid.manuscript)
    passages = [words for chapter in read for words in chapter.passages]
    meanings = (words for _, words in laid.manuscript.meanings)
    terms = unknown_words(passages, (*job.explained, *trade_names(laid.manuscript)),
                          (*job.known, *meanings))  # fmt: skip
    return Material(
        as_printed(laid.manuscript), design.clinic(), read, elements_of(laid.html),
        laid.pages.pages, measured(laid.manuscript, laid.pages),
        tuple((term.word, term.passage) for term in terms),
    )  # fmt: skip


def _measured(
    prepared: Prepared, measures: Mapping[str, "Measure"], problems: tuple[Problem, ...] = ()
) -> Measured:
    path, said = prepared.path, prepared.manuscript
    within = tuple(replace(each, place=each.place.within(path)) for each in problems)
    return Measured(
        prepared.edition, said.code, said.title, said.version, said.date, measures, within
    )


def _stopped(job: Job, why: Stop) -> Measured:
    edition = job.prepared.edition
    return _measured(job.prepared, {}, (why.problem(Place(job.prepared.path), edition.brand),))


# ---------------------------------------------------------------- as a form


def _written(
    measured: Measured, id: str, instrument: Instrument, library: Library, places: Places
) -> Sheet:
    from clinicpress.design.design import open_design

    edition = measured.edition
    design = open_design(places.layouts, brand=edition.brand, format=FORMAT,
                         language=edition.language,
                         paper=library.regions[edition.region].paper)  # fmt: skip
    seen = sheet_view(measured, instrument, library, design.strings())
    path = path_of(edition, id)
    job = seen, design, edition.locale
    pdf = bounded(_pdf, job, Place(str(path)), edition.brand, words=len(repr(seen).split()))
    write_below(places.output, path, pdf)
    return Sheet(measured, id, places.output / path)


def path_of(edition: Edition, instrument: str) -> PurePosixPath:
    """Return where the sheet goes, below the output folder: beside the print that it is of."""
    name = f"{edition.path.stem.replace('_', f'_score-{instrument}_', 1)}.pdf"
    return edition.path.with_name(name)


def sheet_view(measured: Measured, instrument: Instrument, library: Library, t: "Strings") -> View:
    """Return all that the template is given."""
    edition = measured.edition
    day = Phrasing(t, edition.locale).day(measured.date)
    facts = (
        ("print", measured.title),
        ("reader", library.audiences[edition.audience].name),
        ("way", t(f"score.setting.{edition.setting}", format=edition.format, paper=edition.paper,
                  region=library.regions[edition.region].name)),
        ("version", t("score.version", version=measured.version, date=day, code=measured.code)),
        ("source", f"{instrument.source} {instrument.address}"),
    )  # fmt: skip
    return View("score", {
        "title": t("score.title", instrument=instrument.name),
        "lead": t("score.lead"),
        "name": instrument.title if instrument.title != instrument.name else "",
        "date": measured.date,
        "code": measured.code,
        "facts": tuple(View("pair", {"label": t(f"score.fact.{key}"), "words": words})
                       for key, words in facts),
        "wording": t(f"score.wording.{instrument.wording}"),
        "counting": instrument.counting,
        "questions": instrument.questions,
        "answers": instrument.answers,
        "totals": instrument.totals,
        "parts": tuple(
            View("part", {"title": part.title,
                          "items": tuple(_item(each, measured, t) for each in part.items)})
            for part in instrument.parts
        ),
    })  # fmt: skip


def _item(item: Item, measured: Measured, t: "Strings") -> View:
    return View("item", {
        "number": item.number,
        "text": item.text,
        "may_not_apply": item.may_not_apply,
        "measures": tuple(_said(measured.measures[name], t) for name in item.beside),
    })  # fmt: skip


def _said(measure: "Measure", t: "Strings") -> View:
    quotes = tuple(
        View("quote", {"page": t("score.page", page=one.page) if one.page else "",
                       "words": one.words})
        for one in measure.quotes
    )  # fmt: skip
    first = next(iter(measure.numbers.values()))
    nowhere = ".none" if measure.id in MAY_LACK and not first else ""
    return View("measure", {
        "words": t(f"score.measure.{measure.id}{nowhere}", **measure.numbers), "quotes": quotes,
    })  # fmt: skip


def _pdf(job: "tuple[View, Design, str]") -> bytes:
    """Return a sheet as a tagged PDF with its form."""
    from clinicpress.design.fonts import upright
    from clinicpress.pages.compose import set_template
    from clinicpress.pages.tags import mend
    from clinicpress.pages.typeset import typeset

    seen, design, locale = job
    html = set_template("score.html", {"s": seen}, design, locale, plain=True)
    return mend(typeset(html, design, scrolls=True).pdf, upright(design.fonts))
