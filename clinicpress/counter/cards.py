"""The cards on the counter page: what there is, named and sorted as the sources and layouts do."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from clinicpress.counter import LANGUAGE
from clinicpress.design.papers import SHEETS
from clinicpress.orders.manifest import Made

if TYPE_CHECKING:
    from clinicpress.content.library import Library, TopicLibrary
    from clinicpress.content.model import Publication, Text, Topic
    from clinicpress.design.strings import Strings
    from clinicpress.editions.state import State

SHEET = ("need", "audience", "language", "topic", "region", "setting", "brand")
"""What tells one card from another."""

PRINT = ("format", "paper")
"""What tells the PDFs of one card from each other."""

CHOICES = ("topic", "need", "audience", "format", "language", "region", "setting", "paper", "brand")
"""In the order in which the page asks; a choice with one value is not asked at all."""

OWN_TITLE = ("handout", "diary")
"""The kinds whose title alone says what they are; the others bear that of their topic."""


HELD = ("self-care", "exercises", "techniques", "procedures", "texts")
"""The parts whose items a search finds a sheet by."""


@dataclass(frozen=True)
class Print:
    """One PDF of a sheet: its address, how it is set, the words that find it, and its number."""

    made: Made
    values: Mapping[str, str]
    label: str
    paper: str
    words: str
    number: str = ""

    @property
    def address(self) -> str:
        """The PDF's address, from the page's own folder."""
        return quote(self.made.path)


@dataclass(frozen=True)
class Sheet:
    """One card: what a publication is for one audience, with its PDFs.

    ``words`` are all that find it; its card shows neither what it holds (``held``), item by item,
    nor what its reader is ``also`` called. ``whole`` says that it is of a topic as a whole, as a
    booklet is.
    """

    values: Mapping[str, str]
    title: str
    summary: str
    for_whom: str
    marks: tuple[str, ...]
    topic: "Topic"
    state: "State"
    words: str
    held: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    whole: bool = False
    prints: tuple[Print, ...] = ()
    picture: str = ""


@dataclass(frozen=True)
class Choice:
    """One thing to choose by, and what there is: labels by value."""

    id: str
    options: Mapping[str, str]


class Index:
    """Names and sorts prints as the sources and layouts do."""

    def __init__(self, library: "Library", layouts: Path, strings: "Strings") -> None:
        from clinicpress.design.brand import brand_ids, read_brand
        from clinicpress.design.design import read_formats
        from clinicpress.design.formats import SIZES

        self.library, self.strings = library, strings
        self._formats = read_formats(layouts)
        self._brands = {id: read_brand(layouts, id) for id in brand_ids(layouts)}
        self._ranks: Mapping[str, list[str]] = {
            "topic": list(library.topics),
            "need": [
                f"{id}/{name}"
                for id, topic in library.topics.items()
                for name in topic.publications
            ],
            "audience": list(library.audiences),
            "format": list(self._formats),
            "region": list(library.regions),
            "paper": list(SIZES),
            "setting": ["rack", "given"],
            "brand": list(self._brands),
        }

    def knows(self, file: Made) -> bool:
        """Return whether a file is of something that there is; a record may name anything."""
        named = {id: _value(file, id) for id in self._ranks}
        topic = self.library.topics.get(named["topic"])
        named["paper"] = file.edition["paper"]
        return (
            topic is not None
            and file.edition["publication"] in topic.publications
            and all(named[id] in names for id, names in self._ranks.items())
            and _is_language(file.edition["language"])
        )

    def sheets(self, files: Iterable[Made], asked: Collection[str]) -> Iterator[Sheet]:
        """Yield a card for each publication, audience and so on, in the order of the sources.

        ``asked`` are the choices that have more than one value.
        """

        def card(file: Made) -> tuple[Any, ...]:
            return self._rank(file, SHEET)

        def place(file: Made) -> tuple[Any, ...]:
            return (*card(file), *self._rank(file, PRINT), file.edition["paper"], _way(file))

        for _, group in groupby(sorted(files, key=place), key=card):
            of_card = list(group)
            sheet = self._sheet(of_card[0], asked)
            prints = tuple(map(self._print, of_card))
            yield replace(sheet, prints=prints, state=self._state(of_card))

    def choices(self, files: Iterable[Made]) -> tuple[Choice, ...]:
        """Return what there is to choose by, each with more than one value."""
        files = list(files)
        found = []
        for id in CHOICES:
            ordered = sorted(files, key=partial(self._rank, ids=(id,)))
            options = {_value(file, id): self._label(file, id) for file in ordered}
            if len(options) > 1:
                found.append(Choice(id, options))
        return tuple(found)

    def _rank(self, file: Made, ids: Iterable[str]) -> tuple[Any, ...]:
        values = ((id, _value(file, id)) for id in ids)
        return tuple(
            (self._ranks[id].index(value) if id in self._ranks else 0, value)
            for id, value in values
        )

    def _label(self, file: Made, id: str) -> str:
        """Return what staff read for the value of ``id``."""
        value = _value(file, id)
        match id:
            case "need":
                return self._title(file)
            case "topic":
                return self._say(self.library.topics[value].topic.title, file)
            case "audience":
                return self.library.audiences[value].name
            case "region":
                return self.library.regions[value].name
            case "format":
                return self._formats[value].name
            case "brand":
                return self._brands[value].name
            case "language":
                return _language(value)
            case _:
                return self.strings(f"counter.{id}.{value}")

    def _title(self, file: Made, *lineage: str) -> str:
        topic = self.library.topics[file.edition["topic"]]
        publication = topic.publications[file.edition["publication"]]
        title = self._say(publication.title, file, *lineage)
        if publication.kind in OWN_TITLE:
            return title
        return self.strings(f"counter.{publication.kind}", title=title)

    def _say(self, text: "Text", file: Made, *lineage: str) -> str:
        from clinicpress.content.text import fill, to_plain
        from clinicpress.editions.selection import PEN_FILLED

        words = self.library.regions[file.edition["region"]].words
        own = self._brands[file.edition["brand"]].meanings
        return to_plain(fill(text.said_to(*lineage), {**PEN_FILLED, **words, **own}))

    def _sheet(self, file: Made, asked: Collection[str]) -> Sheet:
        """Return the card that a print stands on, without any print."""
        topic = self.library.topics[file.edition["topic"]]
        publication = topic.publications[file.edition["publication"]]
        audience = self.library.audiences[file.edition["audience"]]
        lineage = self.library.lineage(file.edition["audience"])
        title = self._title(file, *lineage)
        about = publication.subtitle or publication.main_message
        summary = self._say(about, file, *lineage) if about else ""
        labels = {id: self._label(file, id) for id in SHEET}
        held = tuple(dict.fromkeys(self._held(publication, topic, file, lineage)))
        return Sheet(
            values={id: _value(file, id) for id in SHEET},
            title=title,
            summary=summary,
            for_whom=audience.name,
            marks=tuple(labels[id] for id in SHEET[2:] if id in asked),
            topic=topic.topic,
            state=self._state([file]),
            words=" ".join([title, summary, audience.for_whom, *labels.values(), *audience.also,
                            *held]),
            held=held,
            also=audience.also,
            whole=publication.kind not in OWN_TITLE,
        )  # fmt: skip

    def _state(self, files: Sequence[Made]) -> "State":
        """Return how the review of several prints stands, which is as that of the worst of them."""
        from clinicpress.editions.edition import Edition
        from clinicpress.editions.state import UNSIGNED, WORST_FIRST, State, concerning, signed

        standing = min((file.state for file in files), key=WORST_FIRST.index)
        if standing != "signed":
            return State(standing)
        edition, topic = files[0].edition, self.library.topics[files[0].edition["topic"]]
        held = concerning(Edition(**edition), topic.topic, topic.reviews, 0)
        counted = [one for roles in held.needed for one in held.of(roles)[:1]]
        return signed(counted) if counted else UNSIGNED

    def _held(
        self,
        publication: "Publication",
        topic: "TopicLibrary",
        file: Made,
        lineage: tuple[str, ...],
    ) -> Iterator[str]:
        """Yield the exercises, techniques and advice that a print holds: code and title of each."""
        picked = [*file.edition.get("exercises", ()), *file.edition.get("techniques", ())]
        for section in publication.sections_for(*lineage):
            if section.part in HELD:
                items = topic.items_of(section.part)
                chosen = section.chosen_for(*lineage)
                for id in picked or (items if chosen is None else chosen):
                    if id in items:
                        code = getattr(items[id], "code", None) or ""
                        yield f"{code} {self._say(items[id].title, file, *lineage)}".strip()

    def _print(self, file: Made) -> Print:
        values = {id: _value(file, id) for id in PRINT}
        label = self._label(file, "format")
        if fold := file.edition.get("fold"):
            label = self.strings(f"counter.fold.{fold}", format=label)
        if way := _way(file):
            label = self.strings(f"counter.home.{way}", format=label)
        paper = self.strings(f"counter.paper.{file.edition['paper']}")
        number = str(file.edition.get("reference", ""))
        return Print(file, values, label, paper, f"{label} {paper} {number}", number)


def _way(file: Made) -> str:
    """Return how what lies there as pages, too, is laid on the sheets of a printer, if it is."""
    from clinicpress.content.model import EXTRACTS

    edition = file.edition
    if edition.get("production") != "home" or edition.get("kind") in EXTRACTS:
        return ""
    return "booklet" if edition["paper"] in SHEETS else "sheet"


def _value(file: Made, id: str) -> str:
    edition = file.edition
    match id:
        case "need":
            return f"{edition['topic']}/{edition['publication']}"
        case "paper":
            return SHEETS.get(edition["paper"], str(edition["paper"]))
        case "setting":
            return str(edition.get("setting", "rack"))
        case _:
            return str(edition[id])


def _is_language(code: str) -> bool:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(code) is not None
    except (ValueError, UnknownLocaleError):
        return False


def _language(code: str) -> str:
    from babel import Locale

    return str(Locale.parse(code).get_display_name(LANGUAGE))
