"""All that follows a run: the notes beside files for paper, what to mind, the counter page."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from clinicpress.counter import PAGE
from clinicpress.counter.page import refresh
from clinicpress.editions.edition import ON_A_PRESS
from clinicpress.orders.manifest import Made
from clinicpress.orders.request import ALL, Places, Request


@dataclass(frozen=True)
class Notes:
    """What is to be said of files for paper.

    ``words`` say how each is printed; they lie beside the files. ``cautions`` are sentences on what
    to mind about them.
    """

    words: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()


def write_notes(files: Sequence[Made], places: Places) -> Notes:
    """Write a note beside each file for paper that a run made or found.

    Raises EnvironmentFault if one cannot be written.
    """
    if all(file.edition["production"] == "proof" for file in files):
        return Notes()
    from clinicpress.tickets import notes

    words = notes.write_notes(files, places.output, places.layouts)
    separated = any(file.edition["colour"] in ON_A_PRESS for file in files)
    cautions = ("PDF/X-4 is claimed and was not validated.",) if separated else ()
    return Notes(tuple(words), cautions)


def write_counter(request: Request, places: Places) -> Path | None:
    """Write the counter page after a run over all, or anew where there is one.

    Return its path after a run over all, if it was written. Raises Problems or EnvironmentFault.
    """
    over_all = ALL in request.publications
    if not over_all and not (places.output / PAGE).is_file():
        return None
    page = refresh(places.sources, places.layouts, places.output)
    return page if over_all else None
