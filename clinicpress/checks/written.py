"""Words of the sources and of brands that can reach the paper, each with its place."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clinicpress.content.library import Artwork, Library, TopicLibrary
from clinicpress.content.model import Figure
from clinicpress.content.model.marks import Mark
from clinicpress.content.reader import AUDIENCES, FILES, REGIONS, sources_of
from clinicpress.content.walk import Source
from clinicpress.design.brand import read_brand, stated
from clinicpress.design.brandfile import CONTACTS, TEXTS
from clinicpress.errors import Place
from clinicpress.files.documents import Document, Loc, parse


@dataclass(frozen=True)
class Written:
    """Words that can reach the paper, and where they stand in the sources."""

    document: Document
    loc: Loc
    words: str

    @property
    def place(self) -> Place:
        """The file and line of the words."""
        return self.document.place(self.loc)


def written(topic: TopicLibrary, sources: Path) -> Iterator[Written]:
    """Yield all words of a topic that some edition can print, variants included."""
    for source in sources_of(topic, sources / topic.topic.id):
        yield from _printed(source)


def written_for_all(library: Library, sources: Path) -> Iterator[Written]:
    """Yield the words of audiences and regions that every topic can print."""
    audiences = Source(parse(sources / "audiences.yaml"), AUDIENCES, library.audiences)
    own = (text for text in _printed(audiences) if text.loc in text.document.lines)
    yield from own  # and what is inherited where it is written
    yield from _printed(Source(parse(sources / "regions.yaml"), REGIONS, library.regions))


def written_in(artworks: Mapping[str, Artwork], home: Path) -> Iterator[Written]:
    """Yield what the figures in ``home``, of a topic or of all, show in words."""
    for path in sorted((home / "figures").rglob("*.yaml")):
        if path.stem in artworks:
            yield from _printed(Source(parse(path), Figure, artworks[path.stem].figure))


def written_by_clinic(layouts: Path, brand: str) -> Iterator[Written]:
    """Yield the words of a brand that are printed, those of the brands that it is like as well.

    Raises Problems.
    """
    read_brand(layouts, brand)
    for path, own in stated(layouts, brand):
        document = parse(path)
        for name in ("name", "phone", *TEXTS):
            if words := getattr(own, name):
                yield Written(document, (name,), words)
        for name in CONTACTS:
            if words := getattr(own.contacts, name):
                yield Written(document, ("contacts", name), words)
        for name in ("reference", "qr"):  # read as words, which they are to who reads the page
            if words := getattr(own, name):
                yield Written(document, (name,), re.sub(r"[^\w]+", " ", words))
        for index, line in enumerate(own.contact):
            yield Written(document, ("contact", index), line)
        for token, words in own.words.items():
            yield Written(document, ("words", token), words)


def _printed(source: Source) -> Iterator[Written]:
    for found in source.marked(Mark.PRINTED):
        yield Written(source.document, found.loc, found.value)


def texts_in(written: Any, loc: Loc) -> Iterator[tuple[Loc, str]]:
    """Yield each text that is written in a file, keys apart, and its path there."""
    if isinstance(written, str):
        yield loc, written
    elif isinstance(written, dict | list):
        inner = written.items() if isinstance(written, dict) else enumerate(written)
        for step, value in inner:
            yield from texts_in(value, (*loc, step))


def files_of(sources: Path, topics: Iterable[str]) -> Iterator[Path]:
    """Yield each file of YAML that a print of ``topics`` may take words from."""
    yield from sorted(sources.glob("*.yaml"))
    yield from sorted((sources / "figures").rglob("*.yaml"))
    for topic in sorted(topics):
        yield from written_below(sources / topic)


def written_below(topic: Path) -> Iterator[Path]:
    """Yield each file of YAML of a topic but for what reviewers decided, which no print holds.

    They may give their reasons in any words, those of a link or a thing to do among them.
    """
    yield from (path for path in sorted(topic.rglob("*.yaml"))
                if path != topic / FILES["decisions"][0])  # fmt: skip
