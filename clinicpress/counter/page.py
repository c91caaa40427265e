"""The counter page: finds, opens and prints a sheet in any browser, without this program.

One file in the output folder, with its styles, script and pictures inside: it is opened from a
shared drive and asks nothing of any network. It offers only what was made from the sources and
layouts as they are now, and nothing that was made for one patient.
"""

import base64
import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from clinicpress.design.papers import SHEETS
from clinicpress.errors import Place
from clinicpress.files import digests, paths
from clinicpress.files.output import held, is_link, is_within, own_folder, write_atomic
from clinicpress.orders.manifest import (
    DIGEST,
    MOST_OF_A_PDF,
    Made,
    Manifest,
    content_digest,
    digests_of,
    parsed,
)

if TYPE_CHECKING:
    from clinicpress.content.library import Library
    from clinicpress.content.model import Review, Text, Topic
    from clinicpress.design.brand import Brand
    from clinicpress.design.design import Design
    from clinicpress.design.strings import Strings

PAGE = "index.html"
KEPT = ".counter"
"""The folder of thumbnails, and of the note which files the page shows."""

OWN = paths.bundled("layouts") / "counter"
"""Template, style and script of the page: the program's own, whatever layouts are used."""

LANGUAGE = "en"
"""The language of the page itself, which is for staff."""

NOTE = "page.json"
MOST_OF_A_NOTE = 1000  # bytes

THUMBNAIL_WIDTH = 160  # px
THUMBNAIL_HEIGHT = 4 * THUMBNAIL_WIDTH  # px, at most

MOST_OF_A_PICTURE = 200_000  # bytes

SHEET = ("need", "audience", "language", "topic", "region", "setting", "brand")
"""What tells one card from another."""

PRINT = ("format", "paper")
"""What tells the PDFs of one card from each other."""

CHOICES = ("need", "audience", "format", *SHEET[2:-1], "paper", SHEET[-1])
"""In the order in which the page asks; a choice with one value is not asked at all."""

OWN_TITLE = ("handout", "diary")
"""The kinds whose title alone says what they are; the others bear that of their topic."""

KNOWN = {"topic", "publication", "kind", "audience", "format", "language", "region", "brand",
         "paper", "setting", "production", "fold", "colour", "flip", "grammage"}  # fmt: skip


@dataclass(frozen=True)
class Print:
    """One PDF of a sheet: its address, how it is set, and the words that find it."""

    made: Made
    values: Mapping[str, str]
    label: str
    paper: str
    words: str

    @property
    def address(self) -> str:
        """The PDF's address, from the page's own folder."""
        return quote(self.made.path)


@dataclass(frozen=True)
class Sheet:
    """One card: what a publication is for one audience, with its PDFs."""

    values: Mapping[str, str]
    title: str
    summary: str
    for_whom: str
    marks: tuple[str, ...]
    topic: "Topic"
    reviewed: "Review | None"
    words: str
    prints: tuple[Print, ...] = ()
    picture: str = ""


@dataclass(frozen=True)
class Choice:
    """One thing to choose by, and what there is: labels by value."""

    id: str
    options: Mapping[str, str]


def refresh(sources: Path, layouts: Path, output: Path) -> Path | None:
    """Write the counter page if it is missing, changed or not of the files that there are now.

    Returns its path if it was written. Raises Problems or EnvironmentFault.
    """
    kept, files, state = _found(sources, layouts, output)
    if _noted(output) == _note(state, kept):
        return None
    from clinicpress.content.reader import read_library

    made = ""
    while state != made:  # where another run came to its end meanwhile, its files belong here, too
        page, made = write_counter(layouts, output, files, read_library(sources)), state
        note = json.dumps(_note(state, kept))
        write_atomic(own_folder(output / KEPT) / NOTE, note.encode())
        kept, files, state = _found(sources, layouts, output)
    return page


def _found(sources: Path, layouts: Path, output: Path) -> tuple[Manifest, list[Made], str]:
    """Return what is kept for the content as it is, its files, and a digest of all of this."""
    kept = Manifest(output, digests.inputs(sources, layouts))
    files = kept.current()
    own = [path.read_text("utf-8") for path in sorted(OWN.iterdir())]
    found = json.dumps([kept.inputs, [asdict(file) for file in files], own])
    return kept, files, content_digest(found.encode())


def _note(state: str, kept: Manifest) -> list[str]:
    """Return what says of which files the page was made, and that it is this page."""
    page = kept.digests.of(kept.output / PAGE, PAGE)
    kept.digests.keep()
    return [state, page or ""]


def _noted(output: Path) -> object:
    content = None if is_link(output / KEPT) else held(output / KEPT / NOTE, MOST_OF_A_NOTE)
    return parsed(content, lambda said: said) if content is not None else None


def write_counter(layouts: Path, output: Path, files: Sequence[Made], library: "Library") -> Path:
    """Write the page that offers ``files``, and return its path.

    The same files, library and layouts give the same bytes. Raises Problems or EnvironmentFault.
    """
    from clinicpress.pages.view import view

    design = _design(layouts)
    index = _Index(library, layouts, design.strings())
    offered = [file for file in files if is_for_anybody(file.edition) and index.knows(file)]
    choices = index.choices(offered)
    asked = {choice.id for choice in choices}
    sheets = tuple(_pictured(index.sheets(offered, asked), output))
    locale = _locale(design.brand, offered)
    style = _set("counter.css", {}, design, locale)
    script = (OWN / "counter.js").read_text(encoding="utf-8")
    said = _said(index.strings, len(sheets))
    values = {
        "choices": [view(choice, "id", "options") for choice in choices],
        "locale": locale,
        "logo": _logo(design),
        "said": said,
        "said_json": _json(said),
        "script": script,
        "script_hash": _hash(script),
        "sheets": list(map(_shown, sheets)),
        "style": style,
        "style_hash": _hash(style),
    }
    page = _set("counter.html", values, design, locale)
    write_atomic(output / PAGE, page.encode())
    return output / PAGE


def _shown(sheet: Sheet) -> Mapping[str, Any]:
    """Return what the page shows of a card."""
    from clinicpress.pages.view import view

    prints = [
        {**view(each, "values", "label", "paper", "words", "address"), "pages": each.made.pages}
        for each in sheet.prints
    ]
    reviewed = sheet.reviewed and view(sheet.reviewed, "name", "role", "date")
    return {
        **view(sheet, "values", "title", "summary", "for_whom", "marks", "words", "picture"),
        "topic": view(sheet.topic, "version", "date", "review_by"),
        "reviewed": reviewed,
        "prints": prints,
    }


def _json(content: object) -> str:
    """Return JSON that cannot end the element that it stands in."""
    written = json.dumps(content, sort_keys=True)
    return written.translate({ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&'"})


def _set(name: str, values: Mapping[str, Any], design: "Design", locale: str) -> str:
    """Return a template of the page, set in a process of its own. Raises Problems."""
    from clinicpress.processes.workers import bounded

    return bounded(_render, (name, values, design, locale), Place(PAGE), design.brand_id,
                   words=len(repr(values).split()))  # fmt: skip


def _render(job: "tuple[str, Mapping[str, Any], Design, str]") -> str:
    from clinicpress.pages.compose import set_counter

    return set_counter(*job)


def _design(layouts: Path) -> "Design":
    """Return the design of the page: the default brand's, or where there is none, the first's."""
    from clinicpress.design.brand import brand_ids
    from clinicpress.design.design import open_design, read_formats
    from clinicpress.orders.plan import FIRST_BRAND

    brands = brand_ids(layouts)
    id, format = next(iter(read_formats(layouts).items()))
    return open_design(
        layouts,
        brand=FIRST_BRAND if FIRST_BRAND in brands else brands[0],
        format=id,
        language=LANGUAGE,
        paper=next(iter(format.body)),
    )


def is_for_anybody(edition: Mapping[str, Any]) -> bool:
    """Return whether a print may lie on a shared drive's list, open to all staff.

    What is made for a printer or a press is sent there, and not looked for.

    One that was made for a patient may not: it has exercises, techniques or a dose of its own, or
    whatever else an edition may come to have beyond what the page can tell apart. What is folded,
    cut or hung up, as its ``kind`` says, lies there on the sheets of a printer, all else as pages.
    """
    from clinicpress.content.model import EXTRACTS

    own = [value for name, value in edition.items() if name not in KNOWN]
    usual = "home" if edition.get("kind") in EXTRACTS else "proof"
    way = edition.get("production", "proof"), edition.get("colour", "rgb")
    return way == (usual, "rgb") and not any(own)


def _locale(brand: "Brand", files: Iterable[Made]) -> str:
    """Return the language tag that dates are written after: the one country's, or the brand's."""
    regions = {file.edition["region"] for file in files}
    region = regions.pop() if len(regions) == 1 else brand.region or ""
    return f"{LANGUAGE}-{region}" if len(region) == 2 else LANGUAGE


def _said(strings: "Strings", most: int) -> Mapping[str, Any]:
    """Return what the script says: a line for each number of sheets, in its right plural."""
    return {
        "found": [
            strings.plural("counter.found", count) if count else strings("counter.found.none")
            for count in range(most + 1)
        ],
        "without": [
            strings.plural("counter.without", count, name="{name}") for count in range(most + 1)
        ],
        "overdue": [strings.plural("counter.overdue.some", count) for count in range(most + 1)],
        "search": strings("counter.without.search"),
        "skipped": strings("counter.search.skipped").split(),
        "printing": strings("counter.printing", name="{name}"),
        "printed": strings("counter.printed", name="{name}"),
        "opened": strings("counter.opened", name="{name}"),
        "unprinted": strings("counter.unprinted", name="{name}"),
    }


def _hash(content: str) -> str:
    """Return the hash by which the page's own policy knows its script and style."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _logo(design: "Design") -> str | None:
    if design.brand.logo is None:
        return None
    path = design.find(design.brand.logo)
    kinds = {".svg": "svg+xml", ".png": "png"}
    return _data_url(kinds.get(path.suffix.lower(), "jpeg"), path.read_bytes())


def _data_url(kind: str, content: bytes) -> str:
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"


class _Index:
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
            return (*card(file), *self._rank(file, PRINT), file.edition["paper"])

        for _, group in groupby(sorted(files, key=place), key=card):
            of_card = list(group)
            sheet = self._sheet(of_card[0], asked)
            yield replace(sheet, prints=tuple(map(self._print, of_card)))

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
        return Sheet(
            values={id: _value(file, id) for id in SHEET},
            title=title,
            summary=summary,
            for_whom=audience.name,
            marks=tuple(labels[id] for id in SHEET[2:] if id in asked),
            topic=topic.topic,
            reviewed=topic.reviewed(),
            words=" ".join([title, summary, audience.for_whom, *labels.values()]),
        )

    def _print(self, file: Made) -> Print:
        values = {id: _value(file, id) for id in PRINT}
        label = self._label(file, "format")
        if fold := file.edition.get("fold"):
            label = self.strings(f"counter.fold.{fold}", format=label)
        paper = self.strings(f"counter.paper.{file.edition['paper']}")
        return Print(file, values, label, paper, words=f"{label} {paper}")


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


def _pictured(sheets: Iterable[Sheet], output: Path) -> Iterator[Sheet]:
    """Yield the cards with the first page of their first print; drop pictures of no record.

    A card of which nothing can be pictured, since it is no PDF, is none.
    """
    shown, used = list(sheets), set()
    drawn = _drawn([sheet.prints[0].made for sheet in shown], output)
    for sheet in shown:
        for each in sheet.prints:
            made = each.made
            used.add(made.digest)
            picture = drawn.get(made.digest)
            if picture is None:
                picture = _drawn([made], output)[made.digest]
            if picture:
                yield replace(sheet, picture=_data_url("webp", picture))
                break
    _drop_pictures(output, used)


def _drawn(files: Sequence[Made], output: Path) -> dict[str, bytes]:
    """Return the picture of each file, kept or new, by its digest; nothing where it is no PDF."""
    folder = own_folder(output / KEPT)
    pictures = {made.digest: _kept(folder, made) for made in files}
    missing = {made.digest: _pdf(made, output) for made in files if not pictures[made.digest]}
    readable = {digest: pdf for digest, pdf in missing.items() if pdf}
    new = _thumbnails(list(readable.values()))
    for digest, picture in zip(readable, new, strict=True):
        pictures[digest] = picture
        if picture:
            write_atomic(folder / f"{digest}.webp", picture)
    return pictures


def _kept(folder: Path, made: Made) -> bytes:
    picture = held(folder / f"{made.digest}.webp", MOST_OF_A_PICTURE) or b""
    return picture if picture[:4] == b"RIFF" and picture[8:12] == b"WEBP" else b""


def _pdf(made: Made, output: Path) -> bytes | None:
    return held(output / made.path, MOST_OF_A_PDF) if is_within(output, made.path) else None


def _drop_pictures(output: Path, used: Collection[str]) -> None:
    """Drop the pictures of what is neither recorded nor on the page.

    They are listed before the records: who makes a picture has recorded its file before.
    """
    pictures = [
        path for path in own_folder(output / KEPT).glob("*.webp") if DIGEST.fullmatch(path.stem)
    ]
    recorded = digests_of(output)
    for path in pictures:
        if path.stem not in used and path.stem not in recorded:
            with suppress(OSError):  # another run was first, or it is a folder, and so not ours
                path.unlink()


def _thumbnails(pdfs: Sequence[bytes]) -> Sequence[bytes]:
    """Return a small picture of each PDF, made in a process of its own. Raises Problems."""
    from clinicpress.processes.workers import bounded

    if not pdfs:
        return []
    return bounded(thumbnails, pdfs, Place(PAGE), "default", words=len(pdfs) * 1000)


def thumbnails(pdfs: Iterable[bytes]) -> list[bytes]:
    """Return the first page of each PDF as a small WebP picture; nothing where it is none."""
    return [thumbnail(pdf) for pdf in pdfs]


def thumbnail(pdf: bytes) -> bytes:
    """Return the first page of a PDF as a small WebP picture; nothing where it is no PDF."""
    import io

    import pypdfium2

    try:
        with pypdfium2.PdfDocument(pdf) as document:
            width, height = document.get_page_size(0)
            scale = min(THUMBNAIL_WIDTH / width, THUMBNAIL_HEIGHT / height)
            picture = document[0].render(scale=scale).to_pil()
    except (pypdfium2.PdfiumError, ZeroDivisionError):
        return b""
    small = io.BytesIO()
    picture.save(small, "WEBP", quality=50, method=4)
    return small.getvalue()
