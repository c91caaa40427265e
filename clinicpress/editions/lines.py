"""The lines of a manuscript beside which a picture can stand: Entry -> Lines.

They are those that the templates in ``layouts/templates/pictures/`` set as rows, and the signs of a
poster. What a line is called here is what its picture is called, as drawing-a-figure.md tells.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from clinicpress.editions.manuscript import PRACTICES, Entry, Manuscript, Section
from clinicpress.editions.printed import layout_of, printed_fields
from clinicpress.files.documents import Loc


@dataclass(frozen=True)
class Line:
    """A line: the key by which its entry knows the picture, the line's name, and where it stands.

    ``file`` is an item's id, or the name of one of the topic's files. ``named`` is the figure that
    is written for the line, if any; ``moment`` may be a figure and one of its moments.
    """

    key: str
    name: str
    file: str
    loc: Loc
    named: str | None = None
    moment: tuple[str, str] | None = None


PRACTICE: Mapping[str, str] = {
    "purpose": "purpose", "avoid_if": "avoid", "kit": "kit", "position": "start",
    "mistakes": "mistakes", "easier": "easier",
}  # fmt: skip
"""What the lines of something to do are called, by field; beside these it has steps and a dose."""

ABOUT, CAUTIONS, SIGNS = "topic.yaml", "cautions.yaml", "warning-signs.yaml"

NOT_TO_PRESS = "never_press"
"""The list of cautions that is one picture."""


def lines_of_section(section: Section, manuscript: Manuscript) -> Iterator[Line]:
    """Yield the lines of a section that are no entry's: its intro, and the region's notes."""
    if section.intro:
        file = f"publications/{manuscript.edition.publication}.yaml"
        yield Line("intro", f"{section.id}-intro", file, ("sections",), section.figure)
    if manuscript.notes and any(tier.id == "same-day" for tier in section.tiers()):
        yield Line("notes", "region-notes", SIGNS, ("same-day",))


def lines_of(
    entry: Entry, section: Section, manuscript: Manuscript, above: tuple[str, ...]
) -> Iterator[Line]:
    """Yield the lines of an entry that are printed; ``above`` are the ids of what it stands in."""
    match entry.kind:
        case kind if kind in PRACTICES and entry.steps:
            layout = layout_of(manuscript)
            said = {name for name, value in printed_fields(entry, section, layout) if value}
            yield from _practice(entry, said)
        case "procedures":
            layout = layout_of(manuscript)
            said = {name for name, value in printed_fields(entry, section, layout) if value}
            yield from _procedure(entry, said)
        case "self-care":
            yield from _advice(entry)
        case "notice":
            key = "gate" if manuscript.edition.setting == "rack" else "safety_net"
            yield from _texts(entry, "lines", CAUTIONS, (key, "lines"))
        case "about":
            yield from _texts(entry, "lines", ABOUT, ("about",))
            yield Line("state", "about-state", ABOUT, ("about",))
        case "caution-list" if entry.id == NOT_TO_PRESS:
            yield Line("places", "never-press-places", CAUTIONS, (entry.id,))
        case "caution" if section.part == "cautions" and above != (NOT_TO_PRESS,):
            name, loc = f"{above[0]}-{entry.id}".replace("_", "-"), (*above, "entries", entry.id)
            yield Line("caution", name, CAUTIONS, loc, entry.figure)
        case "signgroup" if entry.note:
            name, loc = f"{above[0]}-{entry.id}-note", (*above, "groups", entry.id, "note")
            yield Line("note", name, SIGNS, loc, entry.figure)
        case "warningsign":
            tier, group = above
            loc = (tier, "groups", group, "signs", entry.id)
            yield Line("sign", entry.id, SIGNS, loc, entry.figure)


def _practice(entry: Entry, said: set[str]) -> Iterator[Line]:
    named = dict(entry.figures)
    for field, key in PRACTICE.items():
        if field in said:
            yield Line(key, f"{entry.id}-{key}", entry.id, (field,), named.get(key))
    for line in _texts(entry, "steps", entry.id, ("steps",)):
        yield replace(line, moment=(entry.figure, line.key))
    yield Line("dose", f"{entry.id}-dose", entry.id, ("dose",), named.get("dose"))


def _procedure(entry: Entry, said: set[str]) -> Iterator[Line]:
    """Yield the lines of what has no dose, and need not have a drawing of its own."""
    named = dict(entry.figures)
    for field, key in PRACTICE.items():
        if field in said:
            yield Line(key, f"{entry.id}-{key}", entry.id, (field,), named.get(key))
    for line in _texts(entry, "steps", entry.id, ("steps",)):
        yield replace(line, moment=(entry.figure, line.key) if entry.figure else None)


def _advice(entry: Entry) -> Iterator[Line]:
    if entry.intro:
        yield Line("intro", entry.id, entry.id, ("intro",), dict(entry.figures).get("intro"))
    yield from _texts(entry, "points", entry.id, ("points",))


def _texts(entry: Entry, field: str, file: str, loc: Loc) -> Iterator[Line]:
    """Yield the lines of a field that holds texts, which stand in the file at ``loc``."""
    named = dict(getattr(entry, "figures", None) or ())
    for id, _ in getattr(entry, field):
        yield Line(id, f"{entry.id}-{id}", file, (*loc, id), named.get(id))
