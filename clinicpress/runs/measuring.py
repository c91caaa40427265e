"""A run that writes nothing: lays out what patients get, in workers, and measures its pages."""

from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass, replace
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from clinicpress.errors import Place, Problem, Problems, UnknownName
from clinicpress.orders.request import Request
from clinicpress.processes.limits import USUAL, Limits, Stop
from clinicpress.runs.pipeline import Prepared, preparing

if TYPE_CHECKING:
    from clinicpress.checks.measures import Measures
    from clinicpress.editions.edition import Edition


@dataclass(frozen=True)
class Measured:
    """What was measured on the pages of an edition, and what is to be mended about it.

    ``found`` is None where it could not be laid out.
    """

    edition: "Edition"
    found: "Measures | None"
    problems: tuple[Problem, ...]


Report = Callable[[Measured, int], None]
"""Called for each edition that was measured, with how many there are in all."""


def measure(
    request: Request, sources: Path, layouts: Path, *, jobs: int, report: Report,
    limits: Limits = USUAL,
) -> list[Measured]:  # fmt: skip
    """Measure the pages of all that ``request`` asks for and patients get, in the order asked for.

    Raises Problems if the sources cannot be read, UnknownName for a name that is none, and where
    nothing that was asked for is for patients, EnvironmentFault.
    """
    from clinicpress.content.reader import read_library
    from clinicpress.orders.plan import plan
    from clinicpress.processes.workers import make_ready

    make_ready()
    library = read_library(sources)
    prepared: list[Prepared] = []
    results: dict[Edition, Measured] = {}
    editions = [
        edition
        for edition in plan(request, library, layouts)
        if not library.audiences[edition.audience].clinical
    ]
    if not editions:
        raise UnknownName("Pages are measured for patients. Choose an audience of patients.")
    prepare = preparing(library, layouts)
    for edition in editions:
        try:
            prepared.append(prepare(edition))
        except Problems as error:
            results[edition] = _refused(edition, error)
            report(results[edition], len(editions))
    with closing(_run(prepared, jobs, limits)) as run:  # an error here ends the workers
        for one in run:
            results[one.edition] = one
            report(one, len(editions))
    return [results[edition] for edition in editions]


def _run(prepared: list[Prepared], jobs: int, limits: Limits) -> Generator[Measured]:
    """Yield what was measured as it is ready; the longest start first."""
    from clinicpress.processes.workers import run_in_workers

    longest_first = sorted(prepared, key=attrgetter("words"), reverse=True)
    return run_in_workers(measure_one, longest_first, jobs, _stopped, limits, attrgetter("words"))


def measure_one(prepared: Prepared) -> Measured:
    """Lay out an edition and measure its pages; problems come back in the result.

    Where a print of them would be refused, it is told why.
    """
    from clinicpress.checks.layout import misplaced
    from clinicpress.checks.measures import measured, missed
    from clinicpress.runs.fitting import fitted

    edition, design = prepared.edition, prepared.design
    try:
        laid = fitted(prepared.manuscript, design, prepared.drawings().find)
    except Problems as error:
        return _refused(edition, error)
    manuscript = laid.manuscript
    found = measured(manuscript, laid.pages)
    told = (*misplaced(manuscript, design, laid.pages), *missed(manuscript, design, found))
    return Measured(edition, found, _within(edition, told))


def _refused(edition: "Edition", error: Problems) -> Measured:
    return Measured(edition, None, _within(edition, error.problems))


def _stopped(prepared: Prepared, why: Stop) -> Measured:
    edition = prepared.edition
    return Measured(edition, None, (why.problem(Place(str(edition.path)), edition.brand),))


def _within(edition: "Edition", problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Return the problems; what is on the pages is told with the name of the print."""
    path = str(edition.path)
    return tuple(replace(each, place=each.place.within(path)) for each in problems)
