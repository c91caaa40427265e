"""A brand or a topic tried: prints are made of it as ever, and written nowhere."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from clinicpress.errors import Place, Problem, Problems
from clinicpress.orders.request import ALL, Request
from clinicpress.processes.limits import Stop
from clinicpress.runs.pipeline import Built, Prepared, prepare, set_pages

if TYPE_CHECKING:
    from clinicpress.content.library import Library

TRIED = ("card", "handout", "leaflet")
"""The kinds of prints that are tried."""


Report = Callable[[str, int], None]
"""Called with the name of each print that was tried, and with how many there are in all."""


def unprintable(
    topic: str, library: "Library", layouts: Path, *, draft: bool, jobs: int, report: Report
) -> list[Problem]:
    """Return what keeps prints of a topic from paper: each in its usual format, for every reader.

    Raises Problems and EnvironmentFault.
    """
    from clinicpress.orders.plan import plan
    from clinicpress.runs.pipeline import preparing

    request = Request((ALL,), topics=(topic,), audiences=(ALL,), draft=draft)
    prepare, problems, prints = preparing(library, layouts), list[Problem](), list[Prepared]()
    for edition in plan(request, library, layouts):
        try:
            prints.append(prepare(edition))
        except Problems as error:
            problems += error.problems
    brand = prints[0].edition.brand if prints else ""
    for built in _tried(prints, jobs, brand):
        report(built.path, len(prints))
        problems += built.problems
    return list(dict.fromkeys(problems))


def refused(layouts: Path, brand: str, library: "Library") -> list[Problem]:
    """Return what is wrong with a card, a sheet and a leaflet in ``brand``. Raises Problems."""
    from clinicpress.processes.workers import make_ready

    make_ready()
    try:
        prints = list(_prints(layouts, brand, library))
        tried = _tried(prints, min(os.cpu_count() or 1, len(TRIED)), brand)
        return [problem for built in tried for problem in built.problems]
    except Problems as error:
        return list(error.problems)


def _tried(prints: Sequence[Prepared], jobs: int, brand: str) -> Iterator[Built]:
    """Yield each print as it is made, in ``brand``."""
    from clinicpress.processes.workers import run_in_workers

    def stopped(job: Prepared, why: Stop) -> Built:
        return Built(job.path, problems=(why.problem(Place(job.path), brand),))

    with closing(
        run_in_workers(set_pages, prints, jobs, stopped, words=attrgetter("words"))
    ) as run:
        yield from run


def _prints(layouts: Path, brand: str, library: "Library") -> Iterator[Prepared]:
    from clinicpress.orders.plan import plan
    from clinicpress.runs.preview import fullest

    for kind, topic, publication in fullest(library):
        if kind in TRIED:
            request = Request((publication,), topics=(topic,), brands=(brand,), kind=kind)
            yield prepare(plan(request, library, layouts)[0], library, layouts)
