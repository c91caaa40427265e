"""The words that a print must carry where they can be read: signs, gate, what to do, stop lines.

Manuscript -> Lines. What is said in words of the layouts, such as the version, the review, and what
is not to be done without advice, ``checks.seen.wanted`` adds.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from clinicpress.content.text import to_plain
from clinicpress.editions.manuscript import DOINGS, Entry, Manuscript, Section
from clinicpress.editions.printed import Layout, layout_of, passages_of
from clinicpress.editions.safety import lines as joined
from clinicpress.editions.safety import signs

NO_SIGNS = "no-signs"
"""The block of why a topic has no signs of a tier."""

WHOLE = ("tier", "notice", "caution-list")
"""The kinds of entry of which every word is required."""


@dataclass(frozen=True)
class Line:
    """Words that must be read ``count`` times at least; lines of one ``block`` stand together.

    ``opens`` says that the block begins with it, ``free`` that it may be said anywhere in it: what
    to do for some of its signs, and where others are.
    """

    block: str
    words: str
    count: int = 1
    opens: bool = False
    free: bool = False


def required(manuscript: Manuscript) -> tuple[Line, ...]:
    """Return the required lines of a manuscript, in print order, each once."""
    layout = layout_of(manuscript)
    lines: dict[tuple[str, str], Line] = {}
    blocks: set[str] = set()
    free = {to_plain(words) for tier in manuscript.entries("tier") for words in _free(tier)}
    for section in manuscript.sections:
        if section.fills:
            continue  # it is printed only where there is room for it
        for block, words in _of_section(section, manuscript, layout):
            key = block, to_plain(words)
            if key not in lines:
                lines[key] = Line(*key, opens=block not in blocks, free=key[1] in free)
            blocks.add(block)
    for tier, why in manuscript.no_signs:
        lines[NO_SIGNS, tier] = Line(NO_SIGNS, to_plain(why), free=True)
    return tuple(line for line in lines.values() if line.words)


def _free(tier: Entry) -> Iterator[str]:
    acting = (tier, *tier.groups, *signs(tier), *joined(tier))
    yield from (said for each in acting if (said := getattr(each, "action", None)))
    if tier.pointer:
        yield tier.pointer


STOP = "stop"
"""The block of the line that stands on each page with something to do."""


def _of_section(
    section: Section, manuscript: Manuscript, layout: Layout
) -> Iterator[tuple[str, str]]:
    for entry in section.entries:
        if entry.kind in WHOLE:
            block = f"tier-{entry.id}" if entry.kind == "tier" else entry.id
            yield from ((block, words) for words in passages_of(entry, section, layout))
        elif entry.kind in DOINGS and entry.steps:
            yield STOP, manuscript.stop
