"""What of a manuscript reaches the paper, and what its templates leave out.

A sheet with signs in short, for instance, does not print them in full.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from clinicpress.content.model import (
    TAKES_ITEMS,
    Cause,
    Caution,
    CautionList,
    Checklist,
    Exercise,
    Finding,
    Myth,
    Notice,
    Passage,
    Procedure,
    Question,
    Reference,
    Scale,
    SelfCare,
    SignGroup,
    SignLine,
    SignTier,
    Technique,
    Term,
    TextItem,
    Undecided,
    WarningSign,
    Zone,
)
from clinicpress.editions.manuscript import DOINGS, PRACTICES, Entry, Manuscript, Section
from clinicpress.editions.safety import pointer_of

_PRACTICE = (
    *("title", "purpose", "position", "kit", "steps", "names", "stop_if", "mistakes", "easier"),
    *("harder", "avoid_if", "is_not", "muscles"),
)
_FIELDS: Mapping[type[Passage], tuple[str, ...]] = {
    Exercise: _PRACTICE,
    Technique: _PRACTICE,
    SelfCare: ("title", "intro", "points"),
    Procedure: ("title", "purpose", "kit", "steps", "mistakes", "avoid_if", "stop_if"),
    TextItem: ("title", "paragraphs"),
    Cause: ("title", "summary", "helps", "check"),
    Question: ("title", "answer"),
    Myth: ("title", "truth"),
    SignTier: ("title", "action", "lead", "groups", "pointer", "otherwise"),
    SignGroup: ("title", "action", "signs", "lines", "note"),
    SignLine: ("text", "action"),
    WarningSign: ("full", "short", "action"),
    CautionList: ("title", "intro", "entries"),
    Caution: ("text", "advice"),
    Notice: ("title", "lines"),
    Scale: ("title", "intro", "zones", "exercise", "massage"),
    Zone: ("label", "meaning"),
    Term: ("term", "meaning"),
    Checklist: ("title", "intro", "entries"),
    Finding: ("point", "found", "strength"),
    Undecided: ("point", "text"),
    Reference: (),
}
FIELDS: Mapping[str, tuple[str, ...]] = {
    **{kind.entry_kind: names for kind, names in _FIELDS.items()},
    "about": ("lines",),
}
"""What is read of each kind of entry, in print order."""

_HIDDEN_BY_WORDING = {
    "full": frozenset({"short"}),
    "short": frozenset({"full", "lead", "note"}),
    "lines": frozenset({"lead"}),
}
_HIDDEN_DETAIL = frozenset({"purpose", "kit", "names", "harder"})
_HIDDEN_AT_LEAST = _HIDDEN_DETAIL | {"mistakes", "easier"}
_HIDDEN_BY_PICTURES = frozenset({"names", "harder"})
_HIDDEN_BY_DETAIL = {"full": frozenset(), "short": _HIDDEN_DETAIL, "least": _HIDDEN_AT_LEAST}
_NOT_OF_PROFESSIONALS = frozenset(_PRACTICE) - {"title", "purpose", "is_not"}
_SCALE_LINES: Mapping[str, str] = {"exercises": "exercise", "techniques": "massage"}
"""What the templates leave out: by wording and detail, of a professional's, and by other parts."""

FRONT: Mapping[str, tuple[str, ...]] = {
    "cover": ("title", "subtitle", "for_whom", "not_for_whom", "main_message"),
    "message": ("title", "main_message", "for_whom", "not_for_whom"),
    "contents": ("main_message", "call_to_action"),
    **dict.fromkeys(("gate", "warning-signs", "cautions", "never-press", "scale"), ()),
    **dict.fromkeys(TAKES_ITEMS, ()),
    **dict.fromkeys(("screening", "evidence", "undecided"), ()),
    **dict.fromkeys(("glossary", "about", "references"), ()),
    **dict.fromkeys(("diary", "my-exercises", "record", "back-cover"), ()),
}
"""What each part says beside its title, intro and entries, as fields of the manuscript."""

NUMBERS: Mapping[str, tuple[str, ...]] = {
    Exercise.entry_kind: ("dose",),
    Technique.entry_kind: ("dose",),
    Zone.entry_kind: ("reach",),
}
"""What is printed of a kind of entry beside its words."""


@dataclass(frozen=True)
class Layout:
    """What decides beside the section which fields a print shows: its parts and its audience's way.

    ``pictures``, ``clinical``, ``points`` and ``shows_signs`` are those of the manuscript.
    """

    parts: frozenset[str]
    pictures: bool
    clinical: bool
    points: bool
    shows_signs: bool


def layout_of(manuscript: Manuscript) -> Layout:
    """Return the layout of a manuscript."""
    parts = frozenset(section.part for section in manuscript.sections)
    ways = manuscript.pictures, manuscript.clinical, manuscript.points, manuscript.shows_signs
    return Layout(parts, *ways)


def as_printed(manuscript: Manuscript) -> Manuscript:
    """Return the manuscript with only the sections and fields of entries that its print shows.

    Messages that no part of it shows are empty. A section that only fills room is in it, as it is
    printed wherever there is some.
    """
    layout = layout_of(manuscript)
    said = {name for section in manuscript.sections for name in FRONT.get(section.part, ())}
    if any(entry.steps for entry in manuscript.entries(*DOINGS)):
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


def words_of(section: Section, manuscript: Manuscript) -> Iterator[str]:
    """Yield the words that a section puts on paper, in print order; the stop line once."""
    layout = layout_of(manuscript)
    yield from filter(None, (section.title, section.intro))
    yield from filter(None, (getattr(manuscript, name) for name in front_of(section)))
    for entry in section.entries:
        yield from passages_of(entry, section, layout)
    if manuscript.stop and any(getattr(entry, "steps", ()) for entry in section.entries):
        yield manuscript.stop


def front_of(section: Section) -> tuple[str, ...]:
    """Return the fields of the manuscript that a section prints.

    Raises KeyError for a part of which nobody has said what it prints, lest its words go unread.
    """
    if section.part not in FRONT:
        raise KeyError(f"FRONT does not tell what is printed in the part “{section.part}”")
    return FRONT[section.part]


def fields_of(entry: Entry) -> tuple[str, ...]:
    """Return the fields that are read of an entry, in print order.

    Raises KeyError for a kind of entry of which nobody has said what is printed.
    """
    if entry.kind not in FIELDS:
        raise KeyError(f"FIELDS does not tell what is printed of an entry “{entry.kind}”")
    return FIELDS[entry.kind]


def passages_of(entry: Entry, section: Section, layout: Layout) -> Iterator[str]:
    """Yield the words of an entry in print order, each list entry on its own."""
    for _, value in printed_fields(entry, section, layout):
        if isinstance(value, str):
            yield value
        for one in value if isinstance(value, tuple) else ():
            nested = isinstance(one, Entry)
            yield from passages_of(one, section, layout) if nested else [one[1]]


def printed_fields(entry: Entry, section: Section, layout: Layout) -> Iterator[tuple[str, object]]:
    """Yield the fields of an entry that a print with this layout shows, by name."""
    if layout.pictures and _is_empty(entry):
        return
    hidden = _hidden_by_pictures(entry, section) if layout.pictures else _hidden(section)
    if not layout.clinical:
        hidden |= {"muscles"}
        if section.detail == "short" and not layout.pictures:
            hidden -= {"purpose"}  # why it helps
    if not (layout.points and pointer_of(section)):
        hidden |= {"pointer"}
    if layout.pictures or not layout.shows_signs:
        hidden |= {"otherwise"}
    if entry.kind == "signgroup":
        hidden |= _hidden_of_group(section, layout)
    if entry.kind in PRACTICES and not entry.steps:
        hidden |= _NOT_OF_PROFESSIONALS
    if entry.kind == "scale":
        hidden |= {line for part, line in _SCALE_LINES.items() if part not in layout.parts}
    for name in fields_of(entry):
        if name not in hidden:
            yield name, getattr(entry, name, None)


def _is_empty(entry: Entry) -> bool:
    """Return whether an entry has no steps or no list, without which it gets no pictures."""
    if entry.kind in PRACTICES:
        return not entry.steps
    return entry.kind == "caution-list" and not entry.entries


def _hidden_of_group(section: Section, layout: Layout) -> frozenset[str]:
    """Return what is left out of a group: its signs one by one, or the lines that join them."""
    if section.wording != "lines" or layout.pictures:
        return frozenset({"lines"})
    return frozenset({"signs"} if section.detail == "full" else {"signs", "note"})


def _hidden(section: Section) -> frozenset[str]:
    return _HIDDEN_BY_WORDING[section.wording] | _HIDDEN_BY_DETAIL[section.detail]


def _hidden_by_pictures(entry: Entry, section: Section) -> frozenset[str]:
    """Return what is left out where each idea has a picture; there a tier is never shortened."""
    hidden = _HIDDEN_BY_PICTURES | {"short" if section.wording == "full" else "full"}
    if section.detail == "short":
        hidden |= {"purpose", "mistakes"} if entry.kind == "exercises" else {"purpose"}
    return hidden
