"""Which figures an edition shows: the one rule by which a picture is found, and who is on it.

A name that is written, as ``figure``, ``figures`` or ``cover``, is that of one of the topic's own
figures, or else of one that all topics share. Where a picture stands beside each line and no name
is written for it, it is the topic's own figure that is called as the line is (``lines.py``), or the
item's drawing at the moment of a step. A shared figure is found without being named for ``COMMON``
lines alone. No other topic's figure is ever found.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from clinicpress.content.library import Artwork, Library, TopicLibrary
from clinicpress.editions.lines import ABOUT, Line, lines_of, lines_of_section
from clinicpress.editions.manuscript import Entry, Manuscript, Section
from clinicpress.errors import Problem, Problems
from clinicpress.figures.model import Person
from clinicpress.figures.plate import AT, Plate

COMMON: Mapping[str, str] = {"dose": "dose", "state": "about-state", "notes": "region-notes"}
"""The shared figures of lines in words of the layouts and regions, which are no topic's own."""


def illustrated(manuscript: Manuscript, library: Library) -> Manuscript:
    """Return the manuscript with its plates, and with the name of each line's picture.

    Raises Problems with each line that lacks a picture where every line has one.
    """
    topic = library.topics[manuscript.edition.topic]
    artworks = {**library.artworks, **topic.artworks}
    hanging = _Hanging(manuscript, topic, artworks)
    if manuscript.in_rows or manuscript.shows_signs:
        manuscript = replace(manuscript, sections=tuple(hanging.sections()))
    if manuscript.in_rows and hanging.lacking:
        raise Problems(map(hanging.told, hanging.lacking))
    wanted = {name: artworks[name] for name in dict.fromkeys(figures_of(manuscript))}
    numbers = step_numbers(manuscript)
    drawn = tuple(
        replace(plate, numbers=numbers.get(plate.id, ()))
        for plate in plates(wanted, library, manuscript.edition.audience)
    )
    return replace(manuscript, plates=drawn, poses=library.poses)


def step_numbers(manuscript: Manuscript) -> Mapping[str, tuple[tuple[str, int], ...]]:
    """Return the names and numbers of the steps that stand beside each figure, by its name.

    Where items with other steps share a figure, it has none.
    """
    found: dict[str, tuple[tuple[str, int], ...]] = {}
    for section in manuscript.sections:
        for entry in section.entries:
            values = dict(entry.fields)
            figure, steps = values.get("figure"), values.get("steps")
            if isinstance(figure, str) and isinstance(steps, tuple):
                numbers = tuple((step[0], n) for n, step in enumerate(steps, 1))
                found[figure] = numbers if found.get(figure, numbers) == numbers else ()
    return found


def plates(artworks: Mapping[str, Artwork], library: Library, audience: str) -> Iterator[Plate]:
    """Yield figures with the people that an audience is shown; somebody, if it names none."""
    lineage = library.lineage(audience)
    usual = library.audiences[audience].cast
    for id, artwork in artworks.items():
        figure = artwork.figure
        people = tuple(library.cast[name] for name in figure.shows or usual) or (Person(),)
        labels = tuple((number, text.said_to(*lineage)) for number, text in figure.labels.items())
        state = f"{artwork.state} {people!r}"
        alt, credit = figure.alt.said_to(*lineage), ""
        if artwork.picture:
            credit = f"{figure.source}, {figure.licence}"
        yield Plate(id, alt, labels, state, artwork.place, figure, people,
                    picture=artwork.picture, credit=credit)  # fmt: skip


@dataclass(frozen=True)
class _Hanging:
    """Finds the picture of each line of a manuscript; those without one are then ``lacking``."""

    manuscript: Manuscript
    topic: TopicLibrary
    artworks: Mapping[str, Artwork]
    lacking: list[Line] = field(default_factory=list)

    def sections(self) -> Iterator[Section]:
        """Yield the sections with the pictures of their lines."""
        for section in self.manuscript.sections:
            shown = self.shown(lines_of_section(section, self.manuscript))
            entries = tuple(self.entry(entry, section) for entry in section.entries)
            yield replace(section, entries=entries, shown=shown)

    def entry(self, entry: Entry, section: Section, *above: str) -> Entry:
        """Return an entry, and each that it holds, with the pictures of their lines."""
        held = (*above, entry.id)

        def inside(value: object) -> object:
            if isinstance(value, tuple):
                return tuple(map(inside, value))
            return self.entry(value, section, *held) if isinstance(value, Entry) else value

        fields = tuple((name, inside(value)) for name, value in entry.fields)
        shown = self.shown(lines_of(entry, section, self.manuscript, above))
        return replace(entry, fields=fields, shown=shown)

    def shown(self, lines: Iterable[Line]) -> tuple[tuple[str, str], ...]:
        """Return the key of each line with the name of its picture."""
        found = [(line, self.found(line)) for line in lines]
        self.lacking.extend(line for line, name in found if name is None)
        return tuple((line.key, name) for line, name in found if name)

    def found(self, line: Line) -> str | None:
        """Return the name of the picture of a line, by the rule of this module, or None."""
        if line.named or line.name in self.topic.artworks:
            return line.named or line.name
        if line.moment and line.moment[1] in self.artworks[line.moment[0]].figure.moments:
            return AT.join(line.moment)
        common = COMMON.get(line.key)
        return common if common in self.artworks else None

    def told(self, line: Line) -> Problem:
        """Return what is wrong with a line that lacks a picture."""
        home = Path(self.topic.place_in(ABOUT).file).parent / "figures"
        return Problem(
            self.topic.place_in(line.file, *line.loc),
            "FIGURE-MISSING",
            "where each line has a picture, this one has none",
            f"Draw it in {home / line.name}.yaml, or name another figure for it.",
        )


def figures_of(manuscript: Manuscript) -> Iterator[str]:
    """Yield the name of each figure that a manuscript shows."""
    if manuscript.cover:
        yield manuscript.cover
    for section in manuscript.sections:
        yield from _names_of(section.shown)
        for entry in section.entries:
            yield from _within(entry)


def _names_of(shown: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield the names of figures, without the moments that are shown of them."""
    yield from (name.partition(AT)[0] for _, name in shown)


def _within(entry: Entry) -> Iterator[str]:
    """Yield the name of each figure of an entry, however deep it stands."""
    yield from _names_of(entry.shown)
    for name, value in entry.fields:
        if name == "figure" and isinstance(value, str):
            yield value
        for one in value if isinstance(value, tuple) else ():
            if isinstance(one, Entry):
                yield from _within(one)
