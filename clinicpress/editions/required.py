"""The words that a print must carry where they can be read: signs, gate, what to do, stop lines.

Manuscript -> Lines. What a print says of itself, its version and review, is not in a manuscript's
entries: ``checks.sight`` adds it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from clinicpress.content.text import to_plain
from clinicpress.editions.manuscript import PRACTICES, Entry, Manuscript, Section
from clinicpress.editions.printed import Layout, layout_of, passages_of

WHOLE = ("tier", "notice", "caution-list")
"""The kinds of entry of which every word is required."""

OF_PRACTICES = ("stop_if", "avoid_if")
"""What of something to do is required beside the line that all of it shares."""


@dataclass(frozen=True)
class Line:
    """Words that must be read ``count`` times at least; lines of one ``block`` stand together.

    ``opens`` says that the block begins with it.
    """

    block: str
    words: str
    count: int = 1
    opens: bool = False


def required(manuscript: Manuscript) -> tuple[Line, ...]:
    """Return the required lines of a manuscript, in print order, each once."""
    layout = layout_of(manuscript)
    lines: dict[tuple[str, str], Line] = {}
    blocks: set[str] = set()
    for section in manuscript.sections:
        if section.fills:
            continue  # it is printed only where there is room for it
        for block, words in _of_section(section, manuscript, layout):
            key = block, to_plain(words)
            before = lines.get(key)
            again = before.count + 1 if before and block == STOP else 1
            opens = before.opens if before else block not in blocks
            lines[key] = Line(*key, count=again, opens=opens)
            blocks.add(block)
    return tuple(line for line in lines.values() if line.words)


STOP = "stop"
"""The block of the line that stands with everything to do: it is printed as often."""


def _of_section(
    section: Section, manuscript: Manuscript, layout: Layout
) -> Iterator[tuple[str, str]]:
    for entry in section.entries:
        if entry.kind in WHOLE:
            block = f"tier-{entry.id}" if entry.kind == "tier" else entry.id
            yield from ((block, words) for words in passages_of(entry, section, layout))
        elif entry.kind in PRACTICES and entry.steps:
            yield STOP, manuscript.stop
            yield from ((entry.id, words) for words in _clauses(entry))


def _clauses(practice: Entry) -> Iterator[str]:
    for name in OF_PRACTICES:
        yield from (words for _, words in getattr(practice, name, None) or ())
