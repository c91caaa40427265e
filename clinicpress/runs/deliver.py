"""All that follows a run: the notes beside files for paper, what to mind, the counter page."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from clinicpress.counter import PAGE
from clinicpress.counter.page import refresh
from clinicpress.errors import ClinicpressError
from clinicpress.orders.manifest import Made
from clinicpress.orders.request import ALL, Places, Request


@dataclass(frozen=True)
class Delivery:
    """What goes with the files of a run, to be said to whoever asked for them.

    ``notes`` say how each file for paper is printed; they lie beside the files. ``cautions`` are
    sentences on what to mind about them. ``page`` is where all are found, if it was made anew for
    this, and ``wrong`` why it could not be.
    """

    notes: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    page: Path | None = None
    wrong: ClinicpressError | None = None


def deliver(request: Request, places: Places, files: Sequence[Made]) -> Delivery:
    """Write what goes with the ``files`` that a run for ``request`` made or found.

    Raises EnvironmentFault if a note cannot be written.
    """
    notes, cautions = _notes(files, places)
    try:
        page = _counter_page(request, places)
    except ClinicpressError as error:
        return Delivery(notes, cautions, wrong=error)
    return Delivery(notes, cautions, page)


def _notes(files: Sequence[Made], places: Places) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write a note beside each file for paper; return their words, and what to mind."""
    if all(file.edition["production"] == "proof" for file in files):
        return (), ()
    from clinicpress.tickets.notes import write_notes

    notes = write_notes(files, places.output, places.layouts)
    separated = any(file.edition["colour"] in ("cmyk", "spot") for file in files)
    cautions = ("PDF/X-4 is claimed and was not validated.",) if separated else ()
    return tuple(notes), cautions


def _counter_page(request: Request, places: Places) -> Path | None:
    """Write the counter page after a run over all, or anew where there is one.

    Return its path after a run over all, if it was written. Raises Problems or EnvironmentFault.
    """
    over_all = ALL in request.publications
    if not over_all and not (places.output / PAGE).is_file():
        return None
    page = refresh(places.sources, places.layouts, places.output)
    return page if over_all else None
