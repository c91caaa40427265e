"""What a reader gets of a page, item by item, as a sign-off binds to it: HTML -> digests.

These are the words as they are printed, after strings and templates, the words for what is drawn,
the drawings and what a statement rests on; not colours, nor what a clinic says of itself: its
telephone is a blank in every print. The order of what must be read is part of it; how often a line
stands that is repeated from page to page is not.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

from lxml import etree
from lxml import html as markup

from clinicpress.content.signoff import digest
from clinicpress.content.text import to_plain
from clinicpress.design.design import Design
from clinicpress.editions.manuscript import PRACTICES, Entry, Manuscript, Section
from clinicpress.pages.slots import FRAME

Pieces = Mapping[str, str]
"""A digest for each item by its id, ``section NAME`` for what else stands in a section, ``page``
for what stands in none, ``figure NAME`` for a drawing, ``styles`` for words that a brand's own
styles set, and ``order`` for what follows what."""

PAGE, SECTION = "page", "section "

CONTENT = re.compile(r"content\s*:[^;}]*")
"""What a style sets before or after an element, words for instance."""

UNREAD = frozenset({"head", "style", "script"})
"""Elements whose words nobody reads."""

HEADINGS = frozenset({"h2", "h3", "h4"})

CALLED: Mapping[str, str] = {
    "tier": "tier-", "checklist": "screening-", "finding": "finding-", "undecided": "undecided-",
}  # fmt: skip
"""What a page calls entries of some kinds by, before their own names."""

SHORT = 2
"""Letters of what says where something stands, at the most: ``A``, or ``12``."""

PLACED = frozenset({"letter", "number"})
"""Classes of what says in a heading where it stands among others, which differs between sheets."""

LETTERED = re.compile("^[A-Z0-9]{1,2} ")
"""What stands before a title where items are only listed: their titles say nothing by themselves,
and which are together on a sheet is the clinician's to say."""

BLANK = re.compile("_{3,}")
BLANKS = re.compile("_([,·]?_)+")


DRAWING: Literal["drawing"] = "drawing"
"""The kind of a line that says what a drawing shows; all others are ``words``."""

INLINE = frozenset({"span", "strong", "em", "b", "i", "a", "small", "wbr", "br"})
"""Elements that stand in a line with others."""

Kind = Literal["words", "drawing"]


@dataclass(frozen=True)
class Line:
    """One line of what is said: words as they are printed, or those for a drawing.

    ``picture`` is the address of that drawing, which holds it whole.
    """

    words: str
    kind: Kind = "words"
    picture: str = ""


@dataclass(frozen=True)
class Saying:
    """What an edition says of an item: its digest, and the lines that somebody reads.

    ``alike`` is the digest of the same without reader, language and country: what reads the same
    for several has it in common. ``evidence`` are the references that it rests on, ``judged`` how
    often a clinician has still to judge it.
    """

    digest: str
    alike: str
    lines: tuple[Line, ...]
    kind: str = ""
    title: str = ""
    evidence: tuple[str, ...] = ()
    judged: int = 0


@dataclass(frozen=True)
class _Run:
    """Words in one place, in the block that they are a line of."""

    place: str
    block: Any
    words: str
    kind: Kind = "words"
    picture: str = ""


def pieces(html: str, manuscript: Manuscript, design: Design) -> Pieces:
    """Return what a composed edition says, as digests that differ by reader and country."""
    said, _ = _said(html, manuscript, design)
    return {place: _salted(manuscript, place, each) for place, each in said.items()}


def sayings(
    html: str, manuscript: Manuscript, design: Design, picture: Callable[[str], str]
) -> Mapping[str, Saying]:
    """Return what a composed edition says, as digests with the lines that they are of.

    ``picture`` returns the address of a drawing by its name, for those that stand in no item.
    """
    said, runs = _said(html, manuscript, design)
    lines = {place: tuple(_lines(place, each)) for place, each in runs.items()}
    shown = {line.words for each in lines.values() for line in each if line.kind == DRAWING}
    lines |= {
        f"figure {plate.id}": (
            Line(plate.alt, DRAWING, "" if plate.alt in shown else picture(plate.id)),
        )
        for plate in manuscript.plates
    }
    lines["order"] = (Line(said["order"][1]),)
    entries = {place: entry for s in manuscript.sections for place, entry in _placed(s)}
    titles = {f"{SECTION}{s.id}": to_plain(s.title or "") for s in manuscript.sections}
    return {
        place: Saying(
            _salted(manuscript, place, each), digest(place, *each), lines.get(place, ()),
            *_described(entries.get(place), place, titles),
        )
        for place, each in said.items()
    }  # fmt: skip


def _described(
    entry: Entry | None, place: str, titles: Mapping[str, str]
) -> tuple[str, str, tuple[str, ...], int]:
    """Return the kind of a place, its title, what it rests on, and how often that is judged."""
    if entry is None:
        return place.partition(" ")[0], titles.get(place, ""), (), 0
    values = [*_evidence(entry)]
    named = (id for value in values if isinstance(value, tuple) for id in value)
    named_by = dict(entry.fields)
    title = named_by.get("title") or named_by.get("point") or ""
    return entry.kind, to_plain(str(title)), tuple(dict.fromkeys(named)), values.count(True)


def _salted(manuscript: Manuscript, place: str, said: tuple[str, str]) -> str:
    edition = manuscript.edition
    return digest(place, edition.audience, edition.language, edition.region, *said)


def _said(
    html: str, manuscript: Manuscript, design: Design
) -> tuple[dict[str, tuple[str, str]], Mapping[str, list[_Run]]]:
    """Return what is said in each place, and what that rests on; and the runs of words of each."""
    page = markup.document_fromstring(html)
    titles = {to_plain(str(entry.title)) for entry in manuscript.entries(*PRACTICES)}
    runs = defaultdict[str, list[_Run]](list)
    for run in _words(page, PAGE, page):
        is_listed = LETTERED.sub("", " ".join(run.words.split())) in titles
        if not (is_listed and run.place.startswith(SECTION)):
            runs[run.place].append(run)
    own = sorted({*design.clinic().said, design.brand.phone or ""} - {""}, key=len, reverse=True)
    grounds = dict(_grounds(manuscript))
    said = {place: (_plain(" ".join(_counted(place, each)), own), grounds.get(place, ""))
            for place, each in runs.items()}  # fmt: skip
    said |= {f"figure {plate.id}": (plate.state, plate.alt) for plate in manuscript.plates}
    if styled := _styled(design):
        said["styles"] = (styled, "")
    order = " ".join(part for part, _ in groupby(_order(page)))
    said["order"] = (manuscript.edition.publication, order)
    return said, runs


def _counted(place: str, runs: Sequence[_Run]) -> Iterator[str]:
    """Yield the words of a place: all of an item's, those around items each once.

    What stands around them is said again from page to page; in an item the same number may mean
    two things, repetitions and seconds for instance.
    """
    words = [run.words for run in runs]
    yield from words if _is_item(place) else dict.fromkeys(words)


def _is_item(place: str) -> bool:
    return place != PAGE and not place.startswith(SECTION)


def _lines(place: str, runs: Sequence[_Run]) -> Iterator[Line]:
    """Yield runs of words as lines: a line a block, those around items each once."""
    found = list[Line]()
    for _, of_block in groupby(runs, key=lambda run: (id(run.block), run.kind)):
        together = list(of_block)
        words = " ".join("".join(run.words for run in together).split())
        if words.strip("_ "):
            found.append(Line(words, together[0].kind, together[0].picture))
    yield from found if _is_item(place) else dict.fromkeys(found)


def _words(element: Any, place: str, block: Any) -> Iterator[_Run]:
    """Yield what is said in an element, with the item or section that it is said of."""
    if not isinstance(element.tag, str) or _is_beside(element, place):
        return
    if item := element.get("data-item"):
        place = item
    elif section := element.get("data-section"):
        place = SECTION + section
    if element.tag not in INLINE:
        block = element
    if said := element.get("alt"):
        yield _Run(place, block, said, DRAWING, element.get("src") or "")
    if said := element.get("data-says"):
        yield _Run(place, element, said)
    if element.text:
        yield _Run(place, block, element.text)
    for inner in element:
        yield from _words(inner, place, block)
        if inner.tail:
            yield _Run(place, block, inner.tail)


def _order(page: Any) -> Iterator[str]:
    """Yield the sections of a page, and what must be read in them but for what items say of own."""
    for element in page.iter(etree.Element):
        if section := element.get("data-section"):
            yield section
        required = element.get("data-required")
        if required and next(element.iterancestors("article"), None) is None:
            yield required


def _is_beside(element: Any, place: str) -> bool:
    """Return whether an element in ``place`` says nothing of the content.

    A number before a heading does not, nor do a brand's words and the state outside of items: in an
    item whatever a template sets is read.
    """
    if element.tag in UNREAD:
        return True
    if set((element.get("class") or "").split()) & PLACED:
        above = element.getparent()
        short = len("".join(element.itertext()).strip()) <= SHORT
        return short and above is not None and above.tag in HEADINGS
    if _is_item(place):
        return False
    return element.get(FRAME) is not None or element.get("data-required") == "state"


def _plain(words: str, own: list[str]) -> str:
    """Return words as they are compared, with a blank in the place of what a clinic says."""
    words = " ".join(words.split())
    for said in own:
        words = words.replace(" ".join(said.split()), "_")
    return BLANKS.sub("_", "".join(BLANK.sub("_", words).split()))


def _styled(design: Design) -> str:
    """Return what a brand's own styles and templates set by ``content``, where words may be."""
    files = (path for folder in design.folders[:-1] for path in sorted(folder.rglob("*"))
             if path.suffix in (".css", ".html"))  # fmt: skip
    return "\n".join(
        found for path in files for found in CONTENT.findall(path.read_text("utf-8", "replace"))
    )


def _grounds(manuscript: Manuscript) -> Iterator[tuple[str, str]]:
    """Yield what each entry rests on, by its id, and whether a clinician has still to judge it."""
    for section in manuscript.sections:
        for place, entry in _placed(section):
            yield place, repr([*_evidence(entry)])


def _placed(section: Section) -> Iterator[tuple[str, Entry]]:
    """Yield the entries of a section that are items of the page, by what that calls them.

    A term may be called as an item is, and is none.
    """
    for entry in section.entries:
        if entry.kind not in ("term", "reference"):
            yield f"{CALLED.get(entry.kind, '')}{entry.id}", entry


def _evidence(entry: Entry) -> Iterator[object]:
    for name, value in entry.fields:
        if name in ("evidence", "editorial"):
            yield value
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, Entry):
                yield from _evidence(inner)
