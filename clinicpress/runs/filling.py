"""What of a manuscript fills room, with ever less of it, and with pieces of it elsewhere."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from clinicpress.content.text import to_plain
from clinicpress.editions.manuscript import ADVICE, PRACTICES, Manuscript, Section

Pieces = tuple[Section, ...]
"""Sections that fill room wherever there is some."""


def with_fewer(manuscript: Manuscript) -> Iterator[Manuscript]:
    """Yield the manuscript with all that fills room, then with ever less of it.

    Of as many sections that give way, advice does before a table to write in, and the last first.
    """
    fillers = [section for section in reversed(manuscript.sections) if section.fills]
    fillers.sort(key=lambda section: not _is_advice(section))
    for count in range(len(fillers)):
        for gone in combinations([section.id for section in fillers], count):
            kept = (section for section in manuscript.sections if section.id not in gone)
            yield replace(manuscript, sections=tuple(kept))


def with_tables_above(manuscript: Manuscript) -> Iterator[Manuscript]:
    """Yield the manuscript with the tables that fill room above what there is to practise.

    There a page may end early that holds what stands before an item which takes one for itself.
    """
    sections = manuscript.sections
    tables = tuple(section for section in sections if section.fills and not _is_advice(section))
    parts = [section.part for section in sections]
    done = [parts.index(part) for part in PRACTICES if part in parts]
    if tables and done and min(done) > len(manuscript.before_advice):
        kept = [section for section in sections if section not in tables]
        kept[min(done) : min(done)] = tables
        yield replace(manuscript, sections=tuple(kept))


def with_advice_above(manuscript: Manuscript) -> Manuscript:
    """Return the manuscript with the advice that it always has above what there is to practise."""
    sections = manuscript.sections
    at = next((n for n, each in enumerate(sections) if each.part in PRACTICES), len(sections))
    below = tuple(each for each in sections[at:] if _is_advice(each) and not each.fills
                  and each.part not in PRACTICES)  # fmt: skip
    rest = tuple(each for each in sections[at:] if each not in below)
    return replace(manuscript, sections=(*sections[:at], *below, *rest))


def advice_apart(manuscript: Manuscript) -> tuple[Manuscript, Pieces, Pieces]:
    """Return the manuscript without the advice that fills room, and this, piece by piece.

    Last is what is written below a table that fills room: what closes a sheet.
    """
    sections = manuscript.sections
    tables = [n for n, section in enumerate(sections) if section.fills and not _is_advice(section)]
    end = tables[0] if tables else len(sections)
    others = tuple(section for section in sections if not _is_filler(section))
    return replace(manuscript, sections=others), _pieces(sections[:end]), _pieces(sections[end:])


def left_out(manuscript: Manuscript, filled: Manuscript | None) -> tuple[str, ...]:
    """Return the titles, or else the names, of what fills room and found none.

    What was set is in ``filled``.
    """
    held = {name for section in (filled.sections if filled else ()) if section.fills
            for name in (section.id, *(entry.id for entry in section.entries))}  # fmt: skip
    titles: list[str] = []
    for section in filter(lambda section: section.fills, manuscript.sections):
        lost = [entry for entry in section.entries if entry.id not in held]
        if section.id not in held and (not section.entries or (section.title and lost)):
            titles.append(section.title or section.id)
        else:
            titles += (str(dict(entry.fields).get("title", entry.id)) for entry in lost)
    return tuple(map(to_plain, titles))


def without_fillers(manuscript: Manuscript) -> Manuscript:
    """Return the manuscript without anything that fills room."""
    kept = (section for section in manuscript.sections if not section.fills)
    return replace(manuscript, sections=tuple(kept))


def with_piece(manuscript: Manuscript, piece: Section, closes: bool) -> Iterator[Manuscript]:
    """Yield the manuscript with a piece of advice at each place that it may have, from the top.

    The first is before anything to do, but for one that ``closes`` a sheet. It stands below the
    pieces that are held already; one that ``joins``, below the first exercise of several.
    """
    sections = manuscript.sections
    held = [number for number, section in enumerate(sections) if _is_filler(section)]
    below = held[-1] + 1 if held else len(manuscript.before_advice)
    parts = [section.part for section in sections]
    done = [parts.index(part) for part in PRACTICES if closes and part in parts]
    if held and sections[held[-1]].joins:
        yield _inserted(manuscript, below, replace(piece, joins=True))
    for number in range(below, len(sections) + 1):
        if number > min(done, default=-1):
            yield _inserted(manuscript, number, replace(piece, joins=False))
        if number < len(sections) and _is_several(sections[number]):
            yield _inserted(manuscript, number + 1, replace(piece, joins=True))


def _inserted(manuscript: Manuscript, number: int, piece: Section) -> Manuscript:
    sections = manuscript.sections
    return replace(manuscript, sections=(*sections[:number], piece, *sections[number:]))


def _pieces(sections: Sequence[Section]) -> Pieces:
    """Return the advice among these item by item; a section that says more stays whole."""
    pieces: list[Section] = []
    for section in filter(_is_filler, sections):
        if section.title or section.intro or len(section.entries) < 2:
            pieces.append(section)
        else:
            pieces += (
                replace(section, id=f"{section.id}-{entry.id}", entries=(entry,))
                for entry in section.entries
            )
    return tuple(pieces)


def _is_filler(section: Section) -> bool:
    return section.fills and _is_advice(section)


def _is_advice(section: Section) -> bool:
    return section.part in ADVICE


def _is_several(section: Section) -> bool:
    return section.part in PRACTICES and len(section.entries) > 1
