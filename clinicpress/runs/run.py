"""A run over many editions: builds what is out of date, in workers, and nothing twice."""

import json
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING

from clinicpress.errors import EnvironmentFault, Place, Problem, Problems, SomeLeftOut
from clinicpress.files import digests
from clinicpress.files.output import clear_parts, refuse_read_only, refuse_way_out, write_below
from clinicpress.orders import manifest
from clinicpress.orders.request import ALL, Places, Request
from clinicpress.processes.limits import USUAL, Limits, Stop
from clinicpress.runs.pipeline import Batch, Built, Prepared, preparing, set_together

if TYPE_CHECKING:
    from clinicpress.content.library import Library


@dataclass(frozen=True)
class Result:
    """One file of a run, how long it took to build, and whether it was there already.

    ``gone`` are files that it takes the place of, which bore another document number.
    """

    made: manifest.Made
    seconds: float
    cached: bool
    gone: tuple[str, ...] = ()


SIGNED = "signed"

FEW = 10
"""Of so many prints nothing has to be told before all are made."""

Report = Callable[[Result, int], None]
"""Called for each finished file, with how many files the run has in all."""

Notice = Callable[[str, Sequence[Problem]], None]
"""Called for each topic that cannot be read and was not asked for, with what is wrong with it."""


Early = Callable[[Problem], None]
"""Called for the first print in which a brand leaves no room, while many others are printed."""


def unheard(topic: str, problems: Sequence[Problem]) -> None:
    """Say nothing of a topic that nobody asked for."""


def unsaid(problem: Problem) -> None:
    """Say nothing early."""


def produce(
    request: Request, places: Places, *, jobs: int, force: bool, today: date, report: Report,
    notice: Notice = unheard, early: Early = unsaid, limits: Limits = USUAL,
) -> list[Result]:  # fmt: skip
    """Build everything that ``request`` asks for, or find it built; return a result a file.

    Pages are laid out in ``jobs`` worker processes, each edition within ``limits``. A topic that is
    wrong is left out as a whole, and no other is the worse for it.

    Raises Problems with all that is wrong in the sources, layouts or pages: then nothing that is
    wrong is written; SomeLeftOut if what is right was. Raises UnknownName and EnvironmentFault.
    """
    clear_parts(places.output)
    kept = manifest.Manifest(places.output, digests.inputs(places.sources, places.layouts))
    key = json.dumps(asdict(request), sort_keys=True)
    if not force:
        made = kept.answer(key, today.isoformat())
        if made is not None:
            return _found(made, len(made), report)
    from clinicpress.checks.cramped import said_once
    from clinicpress.processes.workers import make_ready

    make_ready()
    proofs = _prepare_all(request, places, today)
    for topic, wrong in proofs.unasked.items():
        notice(topic, wrong)
    results, problems = _build_stale(
        proofs.prepared, kept, jobs, force, report, early, limits, final=request.final
    )
    problems = [*said_once(problems), *proofs.problems]
    paths = [one.path for one in proofs.prepared if one.path in results]
    if problems and not paths:
        raise Problems(problems)
    if digests.inputs(places.sources, places.layouts) == kept.inputs:  # none was saved meanwhile
        made = [results[path].made for path in paths]
        is_whole = not problems and not proofs.unasked
        until = proofs.until.isoformat() if is_whole else manifest.NEVER
        try:
            kept.remember(key, until, made)
        except EnvironmentFault:
            # What was printed before is as good where nobody may note that it was asked for.
            if not all(results[path].cached for path in paths):
                raise
    if problems:
        raise SomeLeftOut(problems)
    return [results[path] for path in paths]


@dataclass(frozen=True)
class _Ready:
    """What a request's editions are made of, and the day on which they go out of date.

    ``problems`` are those of topics that were asked for and are left out; ``unasked`` those of
    topics that cannot be read, by topic, where nobody asked for them.
    """

    prepared: tuple[Prepared, ...]
    until: date
    problems: tuple[Problem, ...]
    unasked: Mapping[str, Sequence[Problem]]


def _prepare_all(request: Request, places: Places, today: date) -> _Ready:
    """Return what is made ready for a request. Raises Problems if nothing of it may be printed."""
    from clinicpress.checks.codes import stops_print
    from clinicpress.checks.sources import broken_rules
    from clinicpress.content.reader import read_library
    from clinicpress.orders.plan import plan

    library = read_library(places.sources)
    editions = plan(request, library, places.layouts)
    prepare = preparing(library, places.layouts)
    topics = sorted({edition.topic for edition in editions})
    brands = sorted({edition.brand for edition in editions})
    prepared: list[Prepared] = []
    problems: list[Problem] = []
    for topic in topics:
        found = broken_rules(library, [topic], today, places.sources, places.layouts, brands)
        if wrong := [one for one in found if stops_print(one) and not is_passed(one, request)]:
            problems += wrong
            continue
        of_topic = (edition for edition in editions if edition.topic == topic)
        try:
            prepared += [*map(prepare, of_topic)]
        except Problems as error:
            problems += error.problems
    broken = {id: one.problems for id, one in library.broken.items()}
    if ALL in (*request.topics, *request.publications) and not set(request.topics) - {ALL}:
        problems += (one for each in broken.values() for one in each)
        broken = {}
    if problems and not prepared:
        raise Problems(problems)
    return _Ready(tuple(prepared), _fresh_until(library, topics), tuple(problems), broken)


def is_passed(problem: Problem, request: Request) -> bool:
    """Return whether a draft may be printed all the same: it says so on each page."""
    return request.draft and problem.code == "TODO"


def _fresh_until(library: "Library", topics: Iterable[str]) -> date:
    return min((library.topics[id].topic.review_by for id in topics), default=date.max)


def _found(made: Iterable[manifest.Made], count: int, report: Report) -> list[Result]:
    """Report files that are as they should be."""
    results = [Result(file, 0.0, cached=True) for file in made]
    for result in results:
        report(result, count)
    return results


def _build_stale(
    prepared: Sequence[Prepared], kept: manifest.Manifest, jobs: int, force: bool, report: Report,
    early: Early, limits: Limits, *, final: bool,
) -> tuple[dict[str, Result], list[Problem]]:  # fmt: skip
    """Return a result for each path, after building what is not as its digest says, and problems.

    Each file is written and recorded as soon as it is ready, whatever becomes of the others.
    """
    from clinicpress.checks.cramped import Cramped

    fresh = [] if force else [kept.holding(one.path, one.digest) for one in prepared]
    right = [made for made in fresh if made and not (final and made.state != SIGNED)]
    found = _found(right, len(prepared), report)
    results = {result.made.path: result for result in found}
    stale = {one.path: one for one in prepared if one.path not in results}
    for path in stale:
        refuse_way_out(kept.output, path)
    if stale:
        refuse_read_only(kept.output)
    problems: list[Problem] = []
    told: set[str] = set()
    batches = _batches(stale.values(), None if force else kept)
    with closing(_run(batches, jobs, limits)) as runs:  # an error here ends the workers
        for built in (built for run in runs for built in run):
            wrong = built.problems or tuple(_not_final(built) if final else ())
            problems += wrong
            for each in wrong if len(stale) > FEW else ():
                if isinstance(each.about, Cramped) and each.about.brand not in told:
                    told.add(each.about.brand)
                    early(each)
            if not wrong:
                made = _write(built, stale[built.path], kept)
                gone = tuple(kept.clear_renumbered(made))
                results[built.path] = Result(made, built.seconds, cached=False, gone=gone)
                report(results[built.path], len(prepared))
    return results, problems


def _not_final(built: Built) -> Iterator[Problem]:
    """Yield a Problem for a print that is not signed by all who have to."""
    if built.state and built.state.missing:
        hint = "Have it reviewed and signed (“generate review sign”), or leave “--final” out."
        yield Problem(Place(built.path), "NOT-FINAL", built.state.missing, hint)


def _write(built: Built, prepared: Prepared, kept: manifest.Manifest) -> manifest.Made:
    stat = write_below(kept.output, built.path, built.pdf)
    made = manifest.Made(
        path=built.path,
        edition=asdict(prepared.edition),
        digest=prepared.digest,
        pages=built.pages,
        bytes=stat.st_size,
        content=manifest.content_digest(built.pdf),
        state=built.state.standing if built.state else "unsigned",
        code=prepared.manuscript.code,
        warnings=(*prepared.manuscript.warnings, *prepared.told(), *built.warnings),
    )
    kept.keep(made)
    return made


def _batches(stale: Iterable[Prepared], kept: manifest.Manifest | None) -> list[Batch]:
    """Return what is to build, with all editions together that are made of the same pages.

    Where the proof of these pages is ``kept`` as it was made, they are taken from there.
    """
    together: dict[str, list[Prepared]] = {}
    for one in stale:
        together.setdefault(one.pages, []).append(one)
    batches = []
    for pages, prepared in together.items():
        proof = str(prepared[0].edition.typeset.path)  # of other digest where it is no proof
        is_asked = proof in {one.path for one in prepared}
        one = prepared[0]  # a watermark stands on its pages, and not once more on sheets
        is_marked = bool(one.manuscript.watermark or one.signoffs.reviews)
        pdf = kept.read(proof, pages) if kept and not (is_asked or is_marked) else b""
        batches.append(Batch(tuple(prepared), pdf))
    return batches


def _run(
    batches: Sequence[Batch], jobs: int, limits: Limits
) -> Generator[tuple[Built, ...], None, None]:
    """Yield the pages as they are ready; the longest start first, so that workers end together.

    Before them starts a sheet in each format of a brand that has least room, to hear of it early.
    """
    from clinicpress.processes.workers import run_in_workers

    least = _least_room(batches)
    in_turn = sorted(batches, key=lambda one: (one in least, _length(one)), reverse=True)
    return run_in_workers(set_together, in_turn, jobs, stopped, limits, _words)


def _least_room(batches: Sequence[Batch]) -> list[Batch]:
    """Return of the sheets in each brand and format the one that says most on its first page."""
    fullest: dict[tuple[str, str], Batch] = {}
    for batch in sorted(batches, key=_before_advice):
        edition = batch.prepared[0].edition
        if edition.kind == "handout":
            fullest[edition.brand, edition.format] = batch
    return [*fullest.values()] if len(batches) > FEW else []


def _before_advice(batch: Batch) -> int:
    return len(repr(batch.prepared[0].manuscript.before_advice))


def stopped(batch: Batch, why: Stop) -> tuple[Built, ...]:
    """Return what is said of the editions of a batch whose layout passed its limits."""
    return tuple(
        Built(one.path, problems=(why.problem(Place(one.path), one.edition.brand),))
        for one in batch.prepared
    )


def _words(batch: Batch) -> int:
    """Return about how many words there are to set."""
    return batch.prepared[0].words * len(batch.prepared)


def _length(batch: Batch) -> float:
    """Return about how much there is to lay out: words, at their size."""
    first = batch.prepared[0]
    return len(repr(first.manuscript)) * first.design.body
