"""The pipeline: plans editions, builds one, builds many, and builds nothing twice."""

import hashlib
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from clinicpress import manifest
from clinicpress.errors import ClinicpressError, Place, Problem, Problems
from clinicpress.output import write_atomic
from clinicpress.request import Request

if TYPE_CHECKING:
    from clinicpress.content.library import Library
    from clinicpress.design.design import Design
    from clinicpress.editions.edition import Edition
    from clinicpress.editions.manuscript import Manuscript

@dataclass(frozen=True)
class Places:
    """The folders of a run."""

    sources: Path
    layouts: Path
    output: Path


@dataclass(frozen=True)
class Result:
    """One file of a run: what it is, where, how long it took, and whether it was there already."""

    edition: Mapping[str, str]
    path: str
    pages: int
    bytes: int
    seconds: float
    cached: bool


@dataclass(frozen=True)
class Built:
    """The pages of one edition, or what is wrong with them."""

    path: str
    pdf: bytes = b""
    pages: int = 0
    seconds: float = 0.0
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class _Job:
    edition: "Edition"
    manuscript: "Manuscript"
    design: "Design"
    digest: str = field(default="", compare=False)


def build(edition: "Edition", library: "Library", layouts: Path, output: Path) -> Path:
    """Build one edition and return the path of its PDF.

    Raises Problems if it would be unsafe or ugly, UnknownName if there is no such edition.
    """
    built = _set_pages(_prepare(edition, library, layouts))
    if built.problems:
        raise Problems(built.problems)
    write_atomic(output / edition.path, built.pdf)
    return output / edition.path


def _prepare(edition: "Edition", library: "Library", layouts: Path) -> _Job:
    """Choose the words and open the design: all that decides what the pages look like."""
    from clinicpress.design.design import open_design
    from clinicpress.editions.selection import select

    audience = library.audiences[edition.audience]
    design = open_design(
        layouts, brand=edition.brand, format=edition.format, language=edition.language,
        paper=edition.paper, smallest=audience.smallest_type,
    )  # fmt: skip
    manuscript = select(library, edition, design.brand.meanings)
    state = hashlib.sha256(_engine_versions().encode())
    state.update(repr(manuscript).encode())
    state.update(design.digest().encode())
    return _Job(edition, manuscript, design, state.hexdigest())


def _engine_versions() -> str:
    from importlib.metadata import version

    engines = ("weasyprint", "pydyf", "jinja2", "pikepdf", "fontpkg-fira-sans")
    own = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        own.update(path.read_bytes())
    return " ".join([own.hexdigest(), *(version(engine) for engine in engines)])


def _set_pages(job: _Job) -> Built:
    """Compose, typeset, check and finish the pages of one edition."""
    from clinicpress.checks.layout import misplaced
    from clinicpress.figures.placeholder import placeholder
    from clinicpress.pages.compose import compose
    from clinicpress.pages.tags import mend
    from clinicpress.pages.typeset import typeset

    started = time.perf_counter()
    path = str(job.edition.path)
    drawings = {
        "placeholder": placeholder(job.design.palette["brand_tint"], job.design.palette["line"])
    }
    try:
        html = compose(job.manuscript, job.design, drawings)
        pages = typeset(html, job.design)
        if problems := misplaced(job.manuscript, job.design, pages):
            return Built(path, problems=problems)
        pdf = mend(pages.pdf)
    except Problems as error:
        return Built(path, problems=error.problems)
    return Built(path, pdf, len(pages.pages), time.perf_counter() - started)



Report = Callable[["Result", int], None]
"""Called for each finished file, with how many files the run has in all."""


def produce(
    request: Request, places: Places, *, jobs: int, force: bool, today: date, report: Report
) -> list[Result]:
    """Build everything that ``request`` asks for, or find it built; return a result a file.

    Raises Problems with all that is wrong in the sources, layouts or pages: then nothing that is
    wrong is written. Raises UnknownName and EnvironmentFault.
    """
    inputs = manifest.stats((places.sources, places.layouts))
    key = manifest.request_key(asdict(request), places.sources, places.layouts)
    kept = manifest.load(places.output)
    if not force and (made := kept.answer(key, inputs, today.isoformat(), places.output)):
        return _report_all((_cached(file) for file in made), len(made), report)
    return _produce_anew(request, places, jobs, force, today, report, inputs, key)


def _produce_anew(
    request: Request, places: Places, jobs: int, force: bool, today: date, report: Report,
    inputs: manifest.Stats, key: str,
) -> list[Result]:  # fmt: skip
    from clinicpress.checks.sources import overdue, unprintable
    from clinicpress.content.reader import read_library
    from clinicpress.plan import plan

    library = read_library(places.sources)
    editions = plan(request, library, places.layouts)
    topics = {edition.topic for edition in editions}
    blocking = [
        *overdue(library, topics, today),
        *unprintable(library, topics, places.sources, places.layouts),
    ]
    if blocking:
        raise Problems(blocking)
    kept = manifest.load(places.output)
    prepared = [_prepare(edition, library, places.layouts) for edition in editions]
    results, stale = [], []
    for job in prepared:
        made = kept.made.get(str(job.edition.path))
        if made and not force and made.digest == job.digest and made.untouched(places.output):
            results.append(_cached(made))
        else:
            stale.append(job)
    _report_all(iter(results), len(prepared), report)
    fresh, problems = _build_stale(stale, places.output, jobs, len(prepared), report)
    results += [result for result, _ in fresh]
    _remember(kept, places.output, [made for _, made in fresh])
    if problems:
        raise Problems(problems)
    kept.inputs, kept.valid_until = inputs, _valid_until(library, topics)
    kept.requests = {**(kept.requests if kept.inputs == inputs else {}), key: [str(e.path) for e in editions]}
    manifest.save(kept, places.output)
    order = {str(edition.path): number for number, edition in enumerate(editions)}
    return sorted(results, key=lambda result: order[result.path])


def _valid_until(library: "Library", topics: set[str]) -> str:
    return min((library.topics[id].topic.review_by.isoformat() for id in topics), default="")


def _report_all(results: Iterator[Result], count: int, report: Report) -> list[Result]:
    done = []
    for result in results:
        report(result, count)
        done.append(result)
    return done


def _cached(made: manifest.Made) -> Result:
    return Result(made.edition, made.path, made.pages, made.bytes, 0.0, cached=True)


def _build_stale(
    stale: Sequence[_Job], output: Path, jobs: int, count: int, report: Report
) -> tuple[list[tuple[Result, manifest.Made]], list[Problem]]:
    """Build what is out of date, each file written as soon as it is ready."""
    fresh: list[tuple[Result, manifest.Made]] = []
    problems: list[Problem] = []
    by_path = {str(job.edition.path): job for job in stale}
    with closing(_run(stale, jobs)) as runs:  # an error here ends the workers, too
        for built in runs:
            if built.problems:
                problems += built.problems
                continue
            job = by_path[built.path]
            write_atomic(output / built.path, built.pdf)
            stat = (output / built.path).stat()
            made = manifest.Made(built.path, asdict(job.edition), job.digest, built.pages,
                                 stat.st_size, stat.st_mtime_ns)  # fmt: skip
            result = Result(made.edition, built.path, built.pages, stat.st_size, built.seconds, cached=False)
            fresh.append((result, made))
            report(result, count)
    return fresh, problems


def _remember(kept: manifest.Manifest, output: Path, fresh: Sequence[manifest.Made]) -> None:
    """Note what was built even if a later edition failed, so that it is not built again."""
    kept.made.update({made.path: made for made in fresh})
    if fresh:
        manifest.save(kept, output)


def _run(stale: Sequence[_Job], jobs: int) -> Generator[Built]:
    """Yield each job's pages as they are ready; the longest start first, so workers end together."""
    longest_first = sorted(stale, key=lambda job: -len(repr(job.manuscript)) * job.design.body**2)
    if jobs <= 1 or len(stale) <= 1:
        yield from map(_set_pages, longest_first)
        return
    from clinicpress.workers import run_in_workers

    yield from run_in_workers(_set_pages, longest_first, min(jobs, len(stale)))
