"""Reads what editions say, in workers, and how their reviews stand."""

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from clinicpress.content.library import Library
from clinicpress.editions.edition import Edition
from clinicpress.editions.state import UNSIGNED, State
from clinicpress.errors import Place, Problem, Problems
from clinicpress.processes.limits import Stop
from clinicpress.runs.pipeline import Prepared, prepare, said_in

Report = Callable[[str, int], None]
"""Called with the name of each edition that was read, and how many there are in all."""


@dataclass(frozen=True)
class Read:
    """What an edition says, item by item, as digests, and so how its review stands.

    ``problems`` are why it cannot be printed at all.
    """

    edition: Edition
    pieces: Mapping[str, str]
    state: State
    problems: tuple[Problem, ...] = ()


def read_editions(
    editions: Sequence[Edition], library: Library, layouts: Path, *, jobs: int, report: Report
) -> list[Read]:
    """Return what each of ``editions`` says, in their order.

    Raises EnvironmentFault if no worker starts.
    """
    found: dict[Edition, Read] = {}
    prepared = []
    for edition in editions:
        try:
            prepared.append(prepare(edition, library, layouts))
        except Problems as error:
            found[edition] = Read(edition, {}, UNSIGNED, error.problems)
    with closing(_run(prepared, jobs)) as run:  # an error here ends the workers
        for one in run:
            found[one.edition] = one
            report(one.edition.name, len(editions))
    return [found[edition] for edition in editions]


def problems_of(read: Iterable[Read]) -> tuple[Problem, ...]:
    """Return why some of what was read cannot be printed, each once."""
    return tuple(dict.fromkeys(problem for one in read for problem in one.problems))


def _run(prepared: Sequence[Prepared], jobs: int) -> Generator[Read]:
    from clinicpress.processes.workers import run_in_workers

    return run_in_workers(read_one, prepared, jobs, _stopped)


def read_one(prepared: Prepared) -> Read:
    """Return what an edition says; in a worker, since anybody may have sent its templates."""
    try:
        pieces = said_in(prepared)
    except Problems as error:
        return Read(prepared.edition, {}, UNSIGNED, error.problems)
    return Read(prepared.edition, pieces, prepared.signoffs.state(pieces))


def _stopped(prepared: Prepared, why: Stop) -> Read:
    problem = why.problem(Place(prepared.path), prepared.edition.brand)
    return Read(prepared.edition, {}, UNSIGNED, (problem,))
