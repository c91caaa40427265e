"""What a reader gets of a page, item by item, as a sign-off binds to it: HTML -> digests.

These are the words as they are printed, after strings and templates, the words for what is drawn,
the drawings and what a statement rests on; not colours, nor what a clinic says of itself: its
telephone is a blank in every print. The order of what must be read is part of it; how often a line
stands that is repeated from page to page is not.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from lxml import etree
from lxml import html as markup

from clinicpress.content.signoff import digest
from clinicpress.content.text import to_plain
from clinicpress.design.design import Design
from clinicpress.editions.manuscript import PRACTICES, Entry, Manuscript
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

SHORT = 2
"""Letters of what says where something stands, at the most: ``A``, or ``12``."""

PLACED = frozenset({"letter", "number"})
"""Classes of what says in a heading where it stands among others, which differs between sheets."""

LETTERED = re.compile("^[A-Z0-9]{1,2} ")
"""What stands before a title where items are only listed: their titles say nothing by themselves,
and which are together on a sheet is the clinician's to say."""

BLANK = re.compile("_{3,}")
BLANKS = re.compile("_([,·]?_)+")


def pieces(html: str, manuscript: Manuscript, design: Design) -> Pieces:
    """Return what a composed edition says, as digests that differ by reader and country."""
    edition = manuscript.edition
    page = markup.document_fromstring(html)
    titles = {to_plain(str(entry.title)) for entry in manuscript.entries(*PRACTICES)}
    words = defaultdict[str, list[str]](list)
    for place, words_here in _words(page, PAGE):
        is_listed = LETTERED.sub("", " ".join(words_here.split())) in titles
        if not (is_listed and place.startswith(SECTION)):
            words[place].append(words_here)
    own = sorted({*design.clinic().said, design.brand.phone or ""} - {""}, key=len, reverse=True)
    grounds = dict(_grounds(manuscript))
    said = {place: (_plain(" ".join(dict.fromkeys(each)), own), grounds.get(place, ""))
            for place, each in words.items()}  # fmt: skip
    said |= {f"figure {plate.id}": (plate.state, plate.alt) for plate in manuscript.plates}
    if styled := _styled(design):
        said["styles"] = (styled, "")
    said["order"] = (edition.publication, " ".join(part for part, _ in groupby(_order(page))))
    reader = edition.audience, edition.language, edition.region
    return {place: digest(place, *reader, *each) for place, each in said.items()}


def _words(element: Any, place: str) -> Iterator[tuple[str, str]]:
    """Yield what is said in an element, with the item or section that it is said of."""
    if not isinstance(element.tag, str) or _is_beside(element, place):
        return
    if item := element.get("data-item"):
        place = item
    elif section := element.get("data-section"):
        place = SECTION + section
    for name in ("alt", "data-says"):
        if said := element.get(name):
            yield place, said
    if element.text:
        yield place, element.text
    for inner in element:
        yield from _words(inner, place)
        if inner.tail:
            yield place, inner.tail


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
    if place != PAGE and not place.startswith(SECTION):
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
        for entry in section.entries:
            yield entry.id, repr([*_evidence(entry)])


def _evidence(entry: Entry) -> Iterator[object]:
    for name, value in entry.fields:
        if name in ("evidence", "editorial"):
            yield value
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, Entry):
                yield from _evidence(inner)
