"""What of a manuscript reaches the paper: Manuscript -> Manuscript, without what stays unprinted.

A sheet with signs in short, for instance, does not print them in full.
"""

from collections.abc import Mapping
from dataclasses import replace

from clinicpress.checks.reading import FRONT, Layout, layout_of, printed_fields
from clinicpress.editions.manuscript import PRACTICES, Entry, Manuscript, Section

NUMBERS: Mapping[str, tuple[str, ...]] = {
    "exercises": ("dose",),
    "techniques": ("dose",),
    "zone": ("reach",),
}
"""What is printed of a kind of entry beside its words."""


def as_printed(manuscript: Manuscript) -> Manuscript:
    """Return the manuscript with only the fields of entries that its print shows.

    Messages that no part of it shows are empty.
    """
    layout = layout_of(manuscript)
    said = {name for section in manuscript.sections for name in FRONT.get(section.part, ())}
    if any(entry.steps for entry in manuscript.entries(*PRACTICES)):
        said.add("stop")
    return replace(
        manuscript,
        sections=tuple(
            replace(section, entries=tuple(_pruned(e, section, layout) for e in section.entries))
            for section in manuscript.sections
        ),
        main_message=manuscript.main_message if "main_message" in said else "",
        call_to_action=manuscript.call_to_action if "call_to_action" in said else "",
        stop=manuscript.stop if "stop" in said else "",
    )


def _pruned(entry: Entry, section: Section, layout: Layout) -> Entry:
    printed = {name for name, _ in printed_fields(entry, section, layout)}
    printed.update(NUMBERS.get(entry.kind, ()))
    fields = ((name, value) for name, value in entry.fields if name in printed)
    return replace(entry, fields=tuple((name, _inside(v, section, layout)) for name, v in fields))


def _inside(value: object, section: Section, layout: Layout) -> object:
    """Prune the entries of a list, such as the signs of a group."""
    if not isinstance(value, tuple):
        return value
    return tuple(_pruned(e, section, layout) if isinstance(e, Entry) else e for e in value)
