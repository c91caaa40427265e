"""Which figures an edition shows, and who is on them."""

from collections.abc import Iterable, Iterator

from clinicpress.content.library import Library
from clinicpress.editions.manuscript import Entry, Section
from clinicpress.figures.model import Person
from clinicpress.figures.plate import Plate


def every_plate(library: Library, audience: str) -> Iterator[Plate]:
    """Yield every figure with the people that an audience is shown; somebody, if it names none."""
    lineage = library.lineage(audience)
    usual = library.audiences[audience].cast
    for id, figure in library.figures.items():
        people = tuple(library.cast[name] for name in figure.shows or usual) or (Person(),)
        labels = tuple((number, text.said_to(*lineage)) for number, text in figure.labels.items())
        state = f"{library.figure_states[id]} {people!r}"
        place = library.figure_places[id]
        yield Plate(id, figure.alt.said_to(*lineage), labels, state, place, figure, people)


def plates(
    library: Library, audience: str, sections: Iterable[Section], more: Iterable[str | None]
) -> Iterator[Plate]:
    """Yield the figures that the entries of the sections name, and ``more``.

    An audience that is shown a picture for each idea gets every figure: its pages find them by the
    names of the ideas.
    """
    wanted = {entry.figure for section in sections for entry in _within(section.entries)}
    wanted |= set(more)
    pictured = library.audiences[audience].pictures
    for plate in every_plate(library, audience):
        if pictured or plate.id in wanted:
            yield plate


def _within(entries: Iterable[object]) -> Iterator[Entry]:
    """Yield each entry that names a figure, however deep it stands."""
    for entry in entries:
        if not isinstance(entry, Entry):
            continue
        fields = dict(entry.fields)
        if fields.get("figure"):
            yield entry
        for value in fields.values():
            if isinstance(value, tuple):
                yield from _within(value)
