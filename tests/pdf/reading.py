"""Reads a finished PDF back: what an eye sees, what a screen reader says, what the file claims."""

import ctypes
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from pypdfium2 import raw

MM = 25.4 / 72
"""Millimetres in a point."""

MARKER = re.compile(r"•|\d+\.?")
"""A bullet or number of a list, which no HTML holds."""

HYPHEN = "\x02"
"""What PDFium returns for a hyphen at the end of a line."""


def squeezed(words: str) -> str:
    """Return ``words`` without any space or joiner: it does not matter where lines break."""
    return re.sub(r"[\s\u2060]+", "", words)


@dataclass(frozen=True)
class Run:
    """Some text that was set in one go, its size in pt, and its box in pt from bottom left.

    ``mark`` is the number by which the tag tree refers to it; artifacts have none.
    """

    text: str
    size: float
    box: tuple[float, float, float, float]
    mark: int | None


@dataclass(frozen=True)
class Page:
    """One page: its size in mm, and its runs in the order in which they are drawn."""

    number: int
    size: tuple[float, float]
    runs: tuple[Run, ...]
    drawn: tuple[tuple[float, float, float, float], ...]

    @cached_property
    def text(self) -> str:
        """All that stands on the page, without spaces."""
        return squeezed("".join(run.text for run in self.runs))


@dataclass
class Tag:
    """An element of the tag tree. ``content`` holds text and elements, in reading order."""

    kind: str
    attributes: dict[str, str] = field(default_factory=dict)
    content: "list[str | Tag]" = field(default_factory=list)

    def all(self) -> "Iterator[Tag]":
        """Yield this element and all below it, in reading order."""
        yield self
        for inner in self.content:
            if isinstance(inner, Tag):
                yield from inner.all()

    def text(self, markers: bool = True) -> str:
        """Return what is read aloud, without spaces; ``markers`` says whether with bullets."""
        said = "".join(
            squeezed(inner) if isinstance(inner, str) else inner.text(markers)
            for inner in self.content
        )
        return "" if self.kind == "Lbl" and not markers and MARKER.fullmatch(said) else said

    def lines(self, depth: int = 0) -> Iterator[str]:
        """Yield the tree as indented text; what is joined is joined by nothing."""
        marks = "".join(f" {name}={value}" for name, value in sorted(self.attributes.items()))
        yield "  " * depth + self.kind + marks
        said = ""
        for inner in [*self.content, None]:
            leaf = inner if isinstance(inner, str) else _leaf(inner)
            if leaf is not None:
                said += leaf
                continue
            if said:
                yield "  " * (depth + 1) + f"“{said}”"
                said = ""
            if isinstance(inner, Tag):
                yield from inner.lines(depth + 1)


def _leaf(tag: Tag | None) -> str | None:
    """Return the text of an element that only holds text and means nothing by itself."""
    if tag is None or tag.kind != "Span" or tag.attributes:
        return None
    texts = [inner for inner in tag.content if isinstance(inner, str)]
    return "".join(texts) if len(texts) == len(tag.content) else None


class Print:
    """A finished PDF, opened to be read."""

    def __init__(self, pdf: Path | bytes) -> None:
        self.bytes = pdf.read_bytes() if isinstance(pdf, Path) else pdf

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """Every page as it is drawn."""
        document = pypdfium2.PdfDocument(self.bytes)
        try:
            return tuple(_page(document[index], index + 1) for index in range(len(document)))
        finally:
            document.close()

    @cached_property
    def text(self) -> str:
        """All that stands on all pages, without spaces, in the order in which it is drawn."""
        return "".join(page.text for page in self.pages)

    @cached_property
    def outline(self) -> list[tuple[int, str, int]]:
        """Bookmarks as (level from 0, title, page from 1), in order."""
        document = pypdfium2.PdfDocument(self.bytes)
        try:
            return [
                (mark.level, mark.get_title(), mark.get_dest().get_index() + 1)
                for mark in document.get_toc()
            ]
        finally:
            document.close()

    @cached_property
    def tags(self) -> Tag:
        """The tag tree, from the element Document on, with each space that is in the file."""
        with self.opened() as pdf:
            fonts: dict[Any, dict[bytes, str]] = {}
            said = {page.obj.objgen: _said(page.obj, fonts) for page in pdf.pages}
            return _tag(pdf.Root.StructTreeRoot.K[0], said)

    def opened(self) -> pikepdf.Pdf:
        """Return the file as objects; close it after use."""
        from io import BytesIO

        return pikepdf.Pdf.open(BytesIO(self.bytes))


def _page(page: Any, number: int) -> Page:
    text = page.get_textpage()
    width, height = page.get_size()
    runs, drawn = [], []
    for thing in page.get_objects(max_depth=1):
        if thing.type != raw.FPDF_PAGEOBJ_FORM:  # a form is clipped to its box, its bounds are not
            drawn.append(tuple(thing.get_bounds()))
        if thing.type == raw.FPDF_PAGEOBJ_TEXT:
            runs.append(_run(thing, text))
    return Page(number, (width * MM, height * MM), tuple(runs), tuple(drawn))


def _run(thing: Any, page: Any) -> Run:
    length = raw.FPDFTextObj_GetText(thing.raw, page.raw, None, 0)
    letters = (ctypes.c_ushort * (length // 2))()
    raw.FPDFTextObj_GetText(thing.raw, page.raw, letters, length)
    size = ctypes.c_float()
    assert raw.FPDFTextObj_GetFontSize(thing.raw, size)
    matrix = thing.get_matrix()
    mark = raw.FPDFPageObj_GetMarkedContentID(thing.raw)
    return Run(
        text=bytes(letters).decode("utf-16-le").rstrip("\0").replace(HYPHEN, "-"),
        size=size.value * (matrix.b**2 + matrix.d**2) ** 0.5,
        box=tuple(thing.get_bounds()),
        mark=None if mark < 0 else mark,
    )


TEXT = "BMC BDC EMC Tf Tj TJ"
"""The operators that say which text is drawn, in which font, and for which element."""


def _said(page: Any, fonts: dict[Any, dict[bytes, str]]) -> dict[int, str]:
    """Return the text of each piece of marked content of a page, by its number.

    PDFium adds spaces where it sees a gap. What is read aloud is what is in the file.
    """
    said: dict[int, str] = defaultdict(str)
    marks: list[int | None] = []
    letters: dict[bytes, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page, TEXT):
        match str(operator):
            case "BDC" | "BMC":
                marks.append(_number(operands))
            case "EMC":
                marks.pop()
            case "Tf":
                font = page.Resources.Font[operands[0]]
                if font.objgen not in fonts:
                    fonts[font.objgen] = _letters(font)
                letters = fonts[font.objgen]
            case _ if marks and marks[-1] is not None:
                strings = operands[0] if str(operator) == "TJ" else operands
                drawn = b"".join(bytes(s) for s in strings if isinstance(s, pikepdf.String))
                said[marks[-1]] += "".join(
                    letters[drawn[at : at + 2]] for at in range(0, len(drawn), 2)
                )
    return said


def _number(operands: Any) -> int | None:
    properties = operands[1] if len(operands) == 2 else {}
    found = properties.get("/MCID") if isinstance(properties, pikepdf.Dictionary) else None
    return None if found is None else int(found)


def _letters(font: Any) -> dict[bytes, str]:
    """Return what each code of a font means, by its ToUnicode map (ISO 32000-1, 9.10.3)."""
    pairs = re.findall(rb"^<(\w+)> <(\w+)>", font.ToUnicode.read_bytes(), re.MULTILINE)
    return {
        bytes.fromhex(code.decode()): bytes.fromhex(text.decode()).decode("utf-16-be")
        for code, text in pairs
    }


def _tag(element: Any, said: dict[Any, dict[int, str]]) -> Tag:
    tag = Tag(str(element.S)[1:], _attributes(element))
    if "/ActualText" in element:
        tag.content.append(str(element.ActualText))
        return tag
    kids = element.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            tag.content.append(said[element.Pg.objgen].get(kid, ""))
        elif kid.get("/Type") == "/MCR":
            tag.content.append(said[kid.Pg.objgen].get(int(kid.MCID), ""))
        elif kid.get("/Type") == "/OBJR" and "/Contents" in kid.Obj:
            tag.attributes["Contents"] = str(kid.Obj.Contents)
        elif kid.get("/Type") == "/StructElem":
            assert kid.P.objgen == element.objgen, "an element names another parent"
            tag.content.append(_tag(kid, said))
    return tag


def _attributes(element: Any) -> dict[str, str]:
    found = {name: str(element[f"/{name}"]) for name in ("Alt", "Lang") if f"/{name}" in element}
    for name in ("Scope", "ColSpan", "RowSpan", "ListNumbering"):
        if f"/{name}" in element.get("/A", {}):
            found[name] = str(element.A[f"/{name}"]).lstrip("/")
    return found


class _Words(HTMLParser):
    """Collects the text nodes of a document's body; a line to write on is no text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._hidden = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._hidden = self._hidden or tag in ("head", "style", "script")

    def handle_endtag(self, tag: str) -> None:
        self._hidden = self._hidden and tag not in ("head", "style", "script")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.found += filter(None, map(squeezed, data.split("_")))


def words_in(html: str) -> list[str]:
    """Return the text of each node of a document's body, in order, without spaces."""
    parser = _Words()
    parser.feed(html)
    parser.close()
    return parser.found


def misread(html: str, said: str) -> list[str]:
    """Return what the tag tree says (``said``, without spaces) otherwise than the HTML, in order.

    Page numbers, which styles generate, may stand between, and the word for a line to write on.
    """
    between = re.compile(r"\d*|blank")
    faults, position = [], 0
    for words in words_in(html):
        found = said.find(words, position)
        if found < 0:
            faults.append(f"not read, or too early: {words}")
            continue
        if not between.fullmatch(said[position:found]):
            faults.append(f"read before {words}: {said[position:found]}")
        position = found + len(words)
    if not between.fullmatch(said[position:]):
        faults.append(f"read at the end: {said[position:]}")
    return faults
