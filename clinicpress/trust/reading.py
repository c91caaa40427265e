"""Reads what editions say, in workers, and how their reviews stand."""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from clinicpress.content.library import Library
from clinicpress.editions.edition import Edition
from clinicpress.editions.state import UNSIGNED, State
from clinicpress.errors import Place, Problem, Problems
from clinicpress.processes.limits import Stop
from clinicpress.runs.pipeline import Prepared, less_rejected, preparing, said_in, sayings_in

if TYPE_CHECKING:
    from clinicpress.pages.gist import Saying

Report = Callable[[str, int], None]
"""Called with the name of each edition that was read, and how many there are in all."""


@dataclass(frozen=True)
class Read:
    """What an edition says, item by item, as digests, and so how its review stands.

    ``problems`` are why it cannot be printed at all; ``without`` are the items that were rejected,
    and that it is printed without. Its state is that of the rest.
    """

    edition: Edition
    pieces: Mapping[str, str]
    state: State
    problems: tuple[Problem, ...] = ()
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class Spoken:
    """What an edition says, item by item, in words; ``problems`` are why it cannot be printed."""

    edition: Edition
    sayings: Mapping[str, "Saying"]
    problems: tuple[Problem, ...] = ()


def read_editions(
    editions: Sequence[Edition], library: Library, layouts: Path, *, jobs: int, report: Report
) -> list[Read]:
    """Return what each of ``editions`` says, in their order.

    Raises EnvironmentFault if no worker starts.
    """
    found: dict[Edition, Read] = {}
    left: dict[Edition, Prepared] = {}
    prepare = preparing(library, layouts)
    for edition in editions:
        try:
            one = prepare(edition)
        except Problems as error:
            found[edition] = Read(edition, {}, UNSIGNED, error.problems)
            continue
        if (pieces := _heard.get(one.pages)) is None:
            left[edition] = one
        else:
            found[edition] = _read(one, pieces)
    with closing(_run(read_one, [*left.values()], jobs, _stopped)) as run:  # an error ends workers
        for read in run:
            found[read.edition] = read
            if not read.problems:
                _keep(left[read.edition].pages, read.pieces)
            report(read.edition.name, len(left))
    return [found[edition] for edition in editions]


MOST = 2000
"""How many editions are known by what they say: a run asks two or three times for each."""

_heard: dict[str, Mapping[str, str]] = {}
"""What an edition says, by the digest of all that its pages are made of."""


def _keep(pages: str, pieces: Mapping[str, str]) -> None:
    if len(_heard) >= MOST:
        _heard.clear()
    _heard[pages] = pieces


def problems_of(read: Iterable[Read]) -> tuple[Problem, ...]:
    """Return why some of what was read cannot be printed, each once."""
    return tuple(dict.fromkeys(problem for one in read for problem in one.problems))


def read_words(
    editions: Sequence[Edition], library: Library, layouts: Path, *, jobs: int, report: Report,
    known: "dict[str, Mapping[str, Saying]] | None" = None,
) -> Iterator[Spoken]:  # fmt: skip
    """Yield what each of ``editions`` says in words, as soon as it is read.

    ``known`` is what was read before, by the digest of all that pages are made of; what is read
    now is added to it.

    Raises Problems where one cannot be printed, EnvironmentFault if no worker starts.
    """
    prepared = [*map(preparing(library, layouts), editions)]
    heard = {} if known is None else known
    left = {one.edition: one for one in prepared if one.pages not in heard}
    yield from (Spoken(one.edition, heard[one.pages]) for one in prepared
                if one.edition not in left)  # fmt: skip
    with closing(_run(hear_one, [*left.values()], jobs, _unheard)) as run:
        for one in run:
            report(one.edition.name, len(left))
            if one.problems:
                raise Problems(one.problems)
            heard[left[one.edition].pages] = one.sayings
            yield one


Done = TypeVar("Done")


def _run(
    work: Callable[[Prepared], Done], prepared: Sequence[Prepared], jobs: int,
    stopped: Callable[[Prepared, Stop], Done],
) -> Generator[Done]:  # fmt: skip
    from clinicpress.processes.workers import run_in_workers

    return run_in_workers(work, prepared, jobs, stopped)


def hear_one(prepared: Prepared) -> Spoken:
    """Return what an edition says, line by line; in a worker, as with ``read_one``."""
    try:
        return Spoken(prepared.edition, sayings_in(prepared))
    except Problems as error:
        return Spoken(prepared.edition, {}, error.problems)


def read_one(prepared: Prepared) -> Read:
    """Return what an edition says; in a worker, since anybody may have sent its templates."""
    try:
        pieces = said_in(prepared)
    except Problems as error:
        return Read(prepared.edition, {}, UNSIGNED, error.problems)
    return _read(prepared, pieces)


def _read(prepared: Prepared, pieces: Mapping[str, str]) -> Read:
    _, without = less_rejected(prepared, pieces)
    rest = {id: said for id, said in pieces.items() if id not in without}
    return Read(prepared.edition, pieces, prepared.signoffs.state(rest), without=without)


def _stopped(prepared: Prepared, why: Stop) -> Read:
    return Read(prepared.edition, {}, UNSIGNED, (_why(prepared, why),))


def _unheard(prepared: Prepared, why: Stop) -> Spoken:
    return Spoken(prepared.edition, {}, (_why(prepared, why),))


def _why(prepared: Prepared, why: Stop) -> Problem:
    return why.problem(Place(prepared.path), prepared.edition.brand)
