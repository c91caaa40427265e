"""What has to be seen on an edition's pages: Manuscript + Design -> Wanted.

The version and the state of the review are said in the words of the layouts themselves, whatever
words of its own a brand has.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from clinicpress.checks.seen.letters import Glyph, Lettering
from clinicpress.checks.seen.specimen import Faces
from clinicpress.content.text import to_plain
from clinicpress.design.design import Design
from clinicpress.design.strings import Strings
from clinicpress.editions.edition import Part
from clinicpress.editions.manuscript import PRACTICES, Manuscript
from clinicpress.editions.required import Line, required
from clinicpress.errors import shown


@dataclass(frozen=True)
class Wanted:
    """What has to be seen on the pages of an edition.

    ``lines`` are the required ones, ``deeds`` the first steps of what there is to do, and ``sizes``
    those that a page may have, in mm. ``known`` are all words that may stand beside them, ``close``
    those that may stand between the lines of a block, both without white space; ``least`` is the
    smallest type in pt, ``blame`` the files that may have hidden a line.
    """

    lines: tuple[Line, ...]
    deeds: tuple[str, ...]
    known: frozenset[str]
    close: frozenset[str]
    sizes: tuple[tuple[float, float], ...]
    least: float
    faces: Faces = field(repr=False)
    blame: str


@dataclass(frozen=True)
class Seen:
    """A place where a required line was found, and what is wrong there, if anything."""

    line: Line
    on: Lettering
    places: range
    glyphs: tuple[Glyph, ...]
    fault: str = ""


STATE = "state"

SHORTEST = 3
"""Letters that known words have at least: fewer would be found in any word."""


def wanted(manuscript: Manuscript, design: Design, part: Part = "") -> Wanted:
    """Return what has to be seen on the pages of ``manuscript``, or on a ``part`` of a booklet.

    Raises Problems.
    """
    from clinicpress.pages.compose import _Words

    base = design.folders[-1] / f"strings/{design.language}.po"
    own = Strings(base) if base.is_file() else design.strings()
    words = _Words(own, manuscript.edition.locale)
    version = own("version", version=manuscript.version, date=words.month(manuscript.date))
    reviewed = manuscript.reviewed
    state = (
        own("review.done", name=reviewed[0], role=reviewed[1], date=words.month(reviewed[2]))
        if reviewed
        else own("review.none")
    )
    of_itself = Line(STATE, version, opens=True), Line(STATE, state)
    lines = of_itself if part == "cover" else (*required(manuscript), *of_itself)
    close = (
        *(line.words for line in lines), manuscript.title, manuscript.for_whom,
        manuscript.main_message, manuscript.call_to_action,
        manuscript.not_for_whom or "", *(note for _, note in manuscript.notes),
        *(words for s in manuscript.sections for words in (s.title, s.intro) if words),
        design.brand.name, *design.brand.contact, *_beside(own),
    )  # fmt: skip
    known = (*close, *_said(manuscript), *own.all(), *_listed(manuscript, words))
    return Wanted(
        lines, _deeds(manuscript), _pieces(known), _pieces(close), design.panels or (design.page,),
        design.smallest, Faces(design.fonts.values()), _blame(design),
    )  # fmt: skip


def _deeds(manuscript: Manuscript) -> tuple[str, ...]:
    """Return the first step of each exercise and technique."""
    practices = manuscript.entries(*PRACTICES)
    return tuple(to_plain(practice.steps[0][1]) for practice in practices if practice.steps)


def _pieces(said: Iterable[str]) -> frozenset[str]:
    """Return words as they are found on a page: without markup and white space."""
    pieces = ("".join(to_plain(words).split()) for words in said)
    return frozenset(piece for piece in pieces if len(piece) >= SHORTEST)


BESIDE: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("page", "page.of", "clinical.judgement", "pictures.not-sure"), ()),
    **dict.fromkeys(("practice.leave-out", "practice.avoid", "practice.easier"), ()),
    **dict.fromkeys(("practice.harder", "diary.intro", "diary.scale"), ()),
    "practice.also-stop": ("clauses",),
    "pictures.leave-out": ("clause",),
    "pictures.or-if": ("clause",),
}
"""Words of the layout itself that stand with required ones, and what is filled in there."""

FILLED = "\n"


def _beside(own: Strings) -> Iterator[str]:
    """Yield the words of the layout that may stand with required ones, in pieces."""
    for key, names in BESIDE.items():
        yield from own(key, **dict.fromkeys(names, FILLED)).split(FILLED)


def _listed(manuscript: Manuscript, words: Any) -> Iterator[str]:
    """Yield the clauses that are printed as a sentence, with “or” between."""
    for entry in manuscript.entries(*PRACTICES):
        for name in ("stop_if", "mistakes"):
            if clauses := [clause for _, clause in getattr(entry, name, None) or ()]:
                yield words.any_of(clauses)


def _said(value: Any) -> Iterator[str]:
    """Yield all words of a manuscript."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _said(one)
    elif is_dataclass(value):
        for each in fields(value):
            if each.name not in ("poses", "drawing", "people", "place"):
                yield from _said(getattr(value, each.name))


def _blame(design: Design) -> str:
    """Return the files that may have hidden a line: a brand's own, where it has any."""
    folder = design.folders[0]
    own = [
        path for part in ("styles", "templates") for path in sorted((folder / part).rglob("*.*"))
    ]
    if not own:
        return "the template or style that sets it"
    return " or ".join(shown(path) for path in own[:3])
