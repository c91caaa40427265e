"""What a print is measured by for who scores it: its words, its elements, its pages."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from textwrap import shorten

from clinicpress.checks.measures import Drawing, Measures
from clinicpress.checks.reading import Chapter, score
from clinicpress.checks.reading import sentences as sentences_in
from clinicpress.content.text import to_plain
from clinicpress.design.clinic import Clinic
from clinicpress.editions.manuscript import DOINGS, Entry, Manuscript
from clinicpress.pages.record import PageRecord

HEADINGS = ("h1", "h2", "h3", "h4")

UNSEEN = re.compile("[\\s\u00ad\u200b\u2060]+")
"""White space, and what only says where a word may be broken."""

FEW = 3
"""Quotations that stand beside a measure at most."""

LONGEST = 150
"""Letters of a quotation."""

KNOWN_BY = 24
"""Letters, white space apart, by which words are found that go on over a page."""


@dataclass(frozen=True)
class Quote:
    """Words of a print, and the page on which they stand; 0 where they are not found."""

    page: int
    words: str


@dataclass(frozen=True)
class Listed:
    """A list of a print: whether it is numbered, how many entries it has, and the first."""

    numbered: bool
    count: int
    first: str


@dataclass
class Elements(HTMLParser):
    """What stands in the HTML of a print: headings with their level, lists, pictures and so on.

    ``pictures`` are their alternative texts, ``tables`` the heads of columns and rows of each, and
    ``strong`` counts what is set in bold.
    """

    headings: list[tuple[int, str]] = field(default_factory=list)
    lists: list[Listed] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    tables: list[list[str]] = field(default_factory=list)
    strong: int = 0
    _open: list[tuple[str, list[str]]] = field(default_factory=list)
    _lists: list[tuple[str, list[str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Begin an element."""
        if tag in ("ul", "ol"):
            self._lists.append((tag, []))
        elif tag == "table":
            self.tables.append([])
        elif tag == "img":
            self.pictures.append(dict(attrs).get("alt") or "")
        elif tag in (*HEADINGS, "li", "th"):
            self._open.append((tag, []))
        self.strong += tag in ("strong", "b")

    def handle_data(self, data: str) -> None:
        """Take words into all elements that they stand in."""
        for _, words in self._open:
            words.append(data)

    def handle_endtag(self, tag: str) -> None:
        """End an element, and note what it held."""
        if tag in ("ul", "ol") and self._lists:
            kind, entries = self._lists.pop()
            self.lists += [Listed(kind == "ol", len(entries), entries[0])] if entries else []
        elif self._open and self._open[-1][0] == tag:
            words = " ".join("".join(self._open.pop()[1]).split())
            if tag == "li" and self._lists:
                self._lists[-1][1].append(words)
            elif tag == "th" and self.tables:
                self.tables[-1].append(words)
            elif tag in HEADINGS and words:
                self.headings.append((int(tag[1]), words))


def elements_of(html: str) -> Elements:
    """Return what stands in the HTML of a print."""
    found = Elements()
    found.feed(html)
    found.close()
    return found


@dataclass(frozen=True)
class Material:
    """A print as it is laid out, with what was measured on its pages.

    ``terms`` are hard words that nothing explains, each with the passage that it stands in.
    """

    manuscript: Manuscript
    clinic: Clinic
    chapters: tuple[Chapter, ...]
    elements: Elements
    pages: tuple[PageRecord, ...]
    found: Measures
    terms: tuple[tuple[str, str], ...]

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """All its sentences, each once, in the order of reading."""
        every = (one for chapter in self.chapters for one in chapter.sentences())
        return tuple(dict.fromkeys(every))

    @cached_property
    def passages(self) -> tuple[str, ...]:
        """The words of its paragraphs and lists, page by page, but for what it says of itself."""
        return tuple(each.words for page in self.pages for each in page.survey.passages
                     if each.required != "state")  # fmt: skip

    @cached_property
    def deeds(self) -> tuple[Entry, ...]:
        """What it says how to do, step by step."""
        return tuple(
            entry for entry in self.manuscript.entries(*DOINGS) if getattr(entry, "steps", None)
        )

    @cached_property
    def _letters(self) -> Mapping[int, str]:
        """The words of paragraphs and lists of each page, and those that stand in no line."""
        return {
            page.number: "".join(
                _squeezed(words)
                for words in (*(each.words for each in page.survey.passages), page.words)
            )
            for page in self.pages
        }

    @cached_property
    def headings(self) -> tuple[Quote, ...]:
        """Its headings with their pages, in the order in which they stand there."""
        return tuple(
            Quote(page.number, words) for page in self.pages for words in page.survey.headings
        )

    def page(self, words: str) -> int:
        """Return the page on which words begin, from 1; 0 where they are on none."""
        sought = _squeezed(to_plain(words))
        for part in (sought, sought[:KNOWN_BY]):
            for number, letters in self._letters.items():
                if part and part in letters:
                    return number
        return 0

    def quotes(self, said: Iterable[str], most: int = FEW) -> tuple[Quote, ...]:
        """Return the first of what is said, with their pages; long ones end in “…”."""
        found = list(dict.fromkeys(to_plain(words) for words in said if words))[:most]
        return tuple(
            Quote(self.page(words), shorten(words, LONGEST, placeholder=" …")) for words in found
        )

    def drawn(self, found: Iterable[Drawing]) -> tuple[Quote, ...]:
        """Return what the first of these drawings show, by its title, with their pages."""
        return tuple(Quote(one.page, self._titles.get(one.item, one.item))
                     for one in [*found][:FEW])  # fmt: skip

    @cached_property
    def _titles(self) -> Mapping[str, str]:
        """What is printed above each item, by its id."""
        entries = [entry for part in self.manuscript.sections for entry in part.entries]
        entries += [group for entry in entries for group in getattr(entry, "groups", ())]
        return {entry.id: to_plain(str(title)) for entry in entries
                if (title := getattr(entry, "title", None))}  # fmt: skip

    def hardest(self) -> Iterator[str]:
        """Yield the sentences of more than a few words, the hardest first."""
        long = [one for one in self.sentences if len(one.split()) > FEW]
        yield from sorted(long, key=lambda one: -score([one]).grade)


def with_digits(passages: Iterable[str]) -> Iterator[str]:
    """Yield the sentences that hold a number."""
    for passage in passages:
        yield from (one for one in sentences_in(passage) if any(map(str.isdigit, one)))


def _squeezed(words: str) -> str:
    return UNSEEN.sub("", words)
