"""What a reviewer rejected is left out of a print, where that takes no required word from it."""

from collections.abc import Collection
from dataclasses import replace

from clinicpress.content.model import TAKES_ITEMS
from clinicpress.editions.manuscript import Manuscript
from clinicpress.editions.plates import figures_of
from clinicpress.editions.required import required

FIGURE = "figure "
"""How what is said of a drawing is called, before its name."""


def without_items(manuscript: Manuscript, ids: Collection[str]) -> Manuscript | None:
    """Return a manuscript without some items; None where it cannot be printed without them.

    So it is with what is no item of a section, what was picked for a patient, all that a section
    has, and what has words that must be read. A drawing goes with the items that show it.
    """
    edition = manuscript.edition
    drawn = {id.removeprefix(FIGURE) for id in ids if id.startswith(FIGURE)}
    ids = {id for id in ids if not id.startswith(FIGURE)}
    items = {entry.id for section in manuscript.sections if section.part in TAKES_ITEMS
             for entry in section.entries}  # fmt: skip
    if not items.issuperset(ids) or {*edition.exercises, *edition.techniques}.intersection(ids):
        return None
    sections = tuple(
        replace(section, entries=tuple(each for each in section.entries if each.id not in ids))
        if section.part in TAKES_ITEMS else section
        for section in manuscript.sections
    )  # fmt: skip
    if any(old.entries and not new.entries
           for old, new in zip(manuscript.sections, sections, strict=True)):  # fmt: skip
        return None
    less = replace(manuscript, sections=sections)
    if drawn.intersection(figures_of(less)):
        return None
    must = {line.words for line in required(manuscript)}
    less = replace(less, plates=tuple(each for each in less.plates if each.id not in drawn))
    return less if must == {line.words for line in required(less)} else None
