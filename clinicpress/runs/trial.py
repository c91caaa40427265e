"""A brand tried: the prints that have the least room are laid out in it, and written nowhere."""

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from clinicpress.errors import Place, Problem, Problems
from clinicpress.orders.request import Request
from clinicpress.processes.limits import Stop
from clinicpress.runs.pipeline import Built, Prepared, prepare, set_pages

if TYPE_CHECKING:
    from clinicpress.content.library import Library

TRIED = ("card", "handout", "leaflet")
"""The kinds of prints that are tried."""


def refused(layouts: Path, brand: str, library: "Library") -> list[Problem]:
    """Return what is wrong with a card, a sheet and a leaflet in ``brand``. Raises Problems."""
    from clinicpress.processes.workers import make_ready, run_in_workers

    def stopped(job: Prepared, why: Stop) -> Built:
        return Built(job.path, problems=(why.problem(Place(job.path), brand),))

    make_ready()
    try:
        prints = list(_prints(layouts, brand, library))
        count = min(os.cpu_count() or 1, len(TRIED))
        with closing(run_in_workers(set_pages, prints, count, stopped)) as run:
            return [problem for built in run for problem in built.problems]
    except Problems as error:
        return list(error.problems)


def _prints(layouts: Path, brand: str, library: "Library") -> Iterator[Prepared]:
    from clinicpress.orders.plan import plan
    from clinicpress.runs.preview import fullest

    for kind, topic, publication in fullest(library):
        if kind in TRIED:
            request = Request((publication,), topics=(topic,), brands=(brand,), kind=kind)
            yield prepare(plan(request, library, layouts)[0], library, layouts)
