"""Looks through a PDF before it is imposed: what is missing or broken, and what is too much."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pikepdf import (
    Array,
    DataDecodingError,
    Dictionary,
    Name,
    Pdf,
    PdfError,
    Stream,
    StreamDecodeLevel,
)

from clinicpress.errors import ClinicpressError
from clinicpress.pdf.words import entries, word
from clinicpress.press.intake import MOST_FILTERS, UNPACKED, is_short_of_memory
from clinicpress.press.originals import Original, box_of, inherited, read_originals

MOST_PAGES = 20_000
"""The most pages that are taken."""

MOST_PARTS = 2_000_000
"""The most parts (fonts, pictures, lists …) that pages may have in all."""

MOST_DOTS = 2_000_000_000
"""The most dots of a picture: A0 at 600 dpi, colour by colour, has a quarter of it."""

MOST_STREAM = 4 * 1024**3
"""The most bytes that a picture may have, unpacked."""

MOST_DRAWN = 1_000_000
"""How often pages may draw forms in all, with those that forms draw: eight million took minutes."""

DEEPEST_FORMS = 30
"""How deep forms may lie in each other."""

LEAST_STEP = 1e-3
"""The least distance, in its units, at which a pattern may repeat."""

LEAST_SIDE = 1.0
"""Shortest side of a page, in mm."""

INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
"""What pages have from above, where they have none of their own (ISO 32000-1, 7.7.3.4)."""

CHUNK = 1024**2
OPAQUE = ("/DCTDecode", "/DCT", "/JPXDecode", "/CCITTFaxDecode", "/CCF", "/JBIG2Decode")
"""Ways to pack pictures that are left to who prints them."""

RESOURCES = {
    "/Font": "a font",
    "/XObject": "a picture",
    "/Pattern": "a pattern",
    "/Shading": "a shading",
    "/ColorSpace": "a colour",
    "/ExtGState": "a setting",
}
"""What the entries of a page's resources are called."""

NEEDED = {
    "/FontDescriptor": "part of a font",
    "/DescendantFonts": "part of a font",
    "/FontFile": "part of a font",
    "/FontFile2": "part of a font",
    "/FontFile3": "part of a font",
    "/CharProcs": "part of a font",
    "/SMask": "part of a picture",
    "/Resources": "the list of fonts and pictures",
    "/Contents": "the contents",
    "/Annots": "the notes",
}
"""What is said where one of these is named and not there."""

HARMLESS = re.compile(
    r"[^:]*(: kid \d+ \(from \d+\) (Resources is missing|MediaBox is|appears more than once"
    r"|Annots is not)|\(Name/Number tree node|(: )?operation for string attempted)"
)
"""Remarks of the library on what loses nothing, or is looked at here."""

TOLD = {
    r"startxref|xref|cross-reference|file is damaged|trailer": "its table of objects",
    r"endstream|stream length|/Length": "the length of a part",
    r"Pages|page": "its list of pages",
    r"PDF header": "its beginning",
    r"inflate|decod|filter|unpack": "a part that does not unpack",
    r"duplicated key": "a part that says the same thing twice",
    r"limits error|nested": "a part that is nested too deeply",
}
"""What is said for a remark of the library."""


class Overload(ClinicpressError):
    """A file that asks for more work than any print needs."""


@dataclass
class Findings:
    """What is damaged, in words, in the order in which it was found, each once."""

    said: dict[str, None] = field(default_factory=dict)

    def add(self, what: str, page: int = 0) -> None:
        """Add what is wrong with a page, from 1, or with the file as a whole."""
        self.said[f"{what} on page {page}" if page else what] = None

    def hear(self, remarks: list[str]) -> None:
        """Add what the library remarked, in plain words. Raises MemoryError if it ran short."""
        if any(is_short_of_memory(remark) for remark in remarks):
            raise MemoryError
        for remark in remarks:
            words = remark.partition(": ")[2]
            if not HARMLESS.match(remark):
                self.add(next((told for pattern, told in TOLD.items() if re.search(pattern, words)),
                              "a part that cannot be read"))  # fmt: skip

    def __str__(self) -> str:
        first = list(self.said)[:3]
        more = len(self.said) - len(first)
        return ", ".join(first) + (f" and {more} more" if more else "")


def look_through(document: Pdf) -> Findings:
    """Return what is missing or broken in ``document``.

    Raises Overload if it has, unpacked or drawn, more than any print needs.
    """
    found = Findings()
    found.hear(document.get_warnings())
    level_pages(document, found)
    pages = read_originals(document)
    seen: set[Any] = set()
    forms = _Forms(found)
    for number, page in enumerate(pages, start=1):
        _look_at_page(page, number, found)
        for part, kind in _parts(page.page, seen):
            _look_at_part(part, kind, number, found)
        forms.draw(page.page, number)
    found.hear(document.get_warnings())
    return found


# ---------------------------------------------------------------- pages


def level_pages(document: Pdf, found: Findings) -> None:
    """Look at the tree of pages before the library does, and make a flat one of it if it is broken.

    The library would mend some of it without a word. Raises Overload for too many pages.
    """
    document.trailer["/Size"] = document.trailer.get("/Size", 1)  # none is written where none was
    leaves, sound = _leaves(document.Root.get("/Pages"), found)
    for number, (page, above) in enumerate(leaves, start=1):
        if box_of(page.get("/MediaBox", above.get("/MediaBox"))) is None:
            found.add("the size", number)
        for key in [key for key, value in entries(page) if value is None and key in NEEDED]:
            found.add(NEEDED[key], number)
    if sound:
        return
    for page, above in leaves:
        for key, value in above.items():
            page[key] = page.get(key, value)
    pages = document.make_indirect(
        Dictionary(Type=Name.Pages, Kids=Array([page for page, _ in leaves]), Count=len(leaves))
    )
    for page, _ in leaves:
        page.Parent = pages
    document.Root.Pages = pages


def _leaves(root: Any, found: Findings) -> tuple[list[tuple[Any, dict[str, Any]]], bool]:
    """Return the pages below ``root`` with what they inherit, and whether the tree is sound."""
    leaves: list[tuple[Any, dict[str, Any]]] = []
    stack: list[tuple[Any, dict[str, Any]]] = [(root, {})]
    seen: set[Any] = set()
    gaps = 0
    while stack:
        node, above = stack.pop()
        kids = node.get("/Kids") if isinstance(node, Dictionary) else None
        if isinstance(kids, Array) and node.objgen not in seen:
            seen.add(node.objgen)
            own = {key: node[key] for key in INHERITED if key in node}
            if len(kids) + len(leaves) > MOST_PAGES:
                raise _too_many()
            stack += [(kid, {**above, **own}) for kid in reversed(list(kids))]
        elif isinstance(node, Dictionary) and kids is None and node.get("/Type") != Name.Pages:
            leaves.append((node if node.is_indirect else None, above))
        else:
            gaps += 1
        if len(leaves) + gaps > MOST_PAGES:
            raise _too_many()
    whole = [each for each in leaves if each[0] is not None]
    return whole, _is_sound(root, len(whole), gaps + len(leaves) - len(whole), found)


def _too_many() -> Overload:
    return Overload(f"has more than {MOST_PAGES} pages, the most that are taken")


def _is_sound(root: Any, count: int, gaps: int, found: Findings) -> bool:
    """Tell whether the tree has as many pages as it says, and nothing else, and note why not."""
    said = root.get("/Count") if isinstance(root, Dictionary) else None
    if gaps:
        found.add("its list of pages")
    if isinstance(said, int) and count < said <= MOST_PAGES:
        found.add(f"{said - count} of {said} pages")
    elif said != count:
        found.add("its count of pages")
    return said == count and not gaps


def _look_at_page(page: Original, number: int, found: Findings) -> None:
    if min(page.size) < LEAST_SIDE:
        raise Overload(f"has a page {number} of {page.size[0]:.3g} × {page.size[1]:.3g} mm, which "
                       "is too small to print")  # fmt: skip
    contents = page.page.get("/Contents")
    parts = list(contents) if isinstance(contents, Array) else [contents]
    if contents is not None and not all(isinstance(part, Stream) for part in parts):
        found.add("the contents", number)
    size = 0
    for part in parts:
        size += _unpacked(part, "the contents", number, found) if isinstance(part, Stream) else 0
        if size > UNPACKED:
            raise _too_large("the contents", number)


def _parts(page: Any, seen: set[Any]) -> Iterator[tuple[Any, str]]:
    """Yield each part that a page needs, with what it is called, unless it is in ``seen``."""
    stack = [(inherited(page, "/Resources"), "a part")]
    annotations = page.get("/Annots")
    for each in annotations if isinstance(annotations, Array) else ():
        look = each.get("/AP") if isinstance(each, Dictionary) else None
        stack.append((look, "a note"))
    while stack:
        part, kind = stack.pop()
        if not isinstance(part, Array | Dictionary | Stream):
            continue
        if part.is_indirect:
            if part.objgen in seen:
                continue
            if len(seen) > MOST_PARTS:
                raise Overload(f"has more than {MOST_PARTS} parts, the most that are taken")
            seen.add(part.objgen)
        yield part, kind
        if isinstance(part, Array):
            stack += [(each, kind) for each in part]
        else:
            stack += [(value, _called(key, kind)) for key, value in entries(part)]


def _called(key: str, above: str) -> str:
    return RESOURCES.get(key) or NEEDED.get(key) or above


def _look_at_part(part: Any, kind: str, number: int, found: Findings) -> None:
    if isinstance(part, Array):
        return
    for key, value in entries(part):
        if value is None and key in (*RESOURCES, *NEEDED):
            found.add(_called(key, kind), number)
        elif key in RESOURCES and isinstance(value, Dictionary):
            for name, each in entries(value):
                if each is None and name:
                    found.add(RESOURCES[key], number)
    if not isinstance(part, Stream):
        return
    is_picture = part.get("/Subtype") == Name.Image
    if is_picture:
        _look_at_picture(part, number, found)
    if part.get("/PatternType") == 1:
        _look_at_pattern(part, number)
    if _unpacked(part, kind, number, found) > (MOST_STREAM if is_picture else UNPACKED):
        raise _too_large(kind, number)


def _look_at_picture(picture: Any, number: int, found: Findings) -> None:
    width, height = picture.get("/Width"), picture.get("/Height")
    if not (isinstance(width, int) and isinstance(height, int) and width > 0 and height > 0):
        found.add("a picture", number)
    elif width * height > MOST_DOTS:
        raise Overload(f"has a picture of {width} × {height} dots on page {number}, which is more "
                       "than any paper shows")  # fmt: skip


def _look_at_pattern(pattern: Any, number: int) -> None:
    for key in ("/XStep", "/YStep"):
        try:
            step = abs(float(pattern.get(key, 0)))
        except (TypeError, ValueError):
            step = 0
        if not LEAST_STEP <= step < 1e9:
            raise Overload(f"has a pattern on page {number} that repeats without end")


# ---------------------------------------------------------------- what is packed


def _too_large(what: str, number: int) -> Overload:
    return Overload(f"has, unpacked, more in {what} on page {number} than any page needs")


def _unpacked(stream: Any, kind: str, number: int, found: Findings) -> int:
    """Return how many bytes ``stream`` has, unpacked, and add it to ``found`` if it is broken.

    What is but deflated is unpacked a piece at a time, so that no bomb takes memory.
    """
    filters = _filters(stream)
    if len(filters) > MOST_FILTERS:
        raise Overload(f"has {kind} on page {number} that is packed {len(filters)} times over")
    try:
        if not filters or filters[-1] in OPAQUE:
            return 0 if filters else len(stream.get_raw_stream_buffer())
        if filters in (["/FlateDecode"], ["/Fl"]):
            return _inflated(stream.get_raw_stream_buffer())
        return len(stream.get_stream_buffer(StreamDecodeLevel.specialized))
    except (PdfError, DataDecodingError, zlib.error, ValueError) as error:
        if is_short_of_memory(str(error)):
            raise MemoryError from error
        if re.search(r"limit|exceed", str(error)):
            raise _too_large(kind, number) from error
        found.add(kind, number)
        return 0


def _filters(stream: Any) -> list[str]:
    given = stream.get("/Filter")
    filters = list(given) if isinstance(given, Array) else [given]
    return [word(each) for each in filters if each is not None]


def _inflated(packed: Any) -> int:
    """Return how many bytes come out of ``packed``. Raises zlib.error if it is cut off or wrong."""
    inflater, size, view = zlib.decompressobj(), 0, memoryview(packed)
    for start in range(0, len(view), CHUNK):
        left = bytes(view[start : start + CHUNK])
        while left and not inflater.eof:
            size += len(inflater.decompress(left, CHUNK))
            left = inflater.unconsumed_tail
            if size > MOST_STREAM:
                return size
    size += len(inflater.flush())
    if len(view) and not inflater.eof:
        raise zlib.error("it is cut off")
    return size


# ---------------------------------------------------------------- forms in forms


class _Forms:
    """Reckons how often forms are drawn, each with the forms that it draws in its turn."""

    def __init__(self, found: Findings) -> None:
        self.found = found
        self.drawn: dict[Any, int] = {}

    def draw(self, page: Any, number: int) -> None:
        """Raise Overload if ``page`` draws too much, and note what would never end."""
        if self._within(page, inherited(page, "/Resources"), number, ()) > MOST_DRAWN:
            raise Overload(f"draws, on page {number}, drawings in drawings without end")

    def _within(self, holder: Any, resources: Any, number: int, above: tuple[Any, ...]) -> int:
        """Return how many forms ``holder`` draws, which lies in those ``above``."""
        if len(above) > DEEPEST_FORMS:
            raise Overload(f"has, on page {number}, drawings in drawings, more than "
                           f"{DEEPEST_FORMS} deep")  # fmt: skip
        forms = dict(_forms(resources))
        within = {name: self._of(form, number, above) for name, form in forms.items()}
        times = _draws(holder) if any(within.values()) else {}
        drawn = sum(times.get(name, 1) * (1 + inner) for name, inner in within.items())
        return min(drawn, MOST_DRAWN + 1)

    def _of(self, form: Any, number: int, above: tuple[Any, ...]) -> int:
        key = form.objgen
        if key in above:
            self.found.add("a drawing that holds itself", number)
            return 0
        if key not in self.drawn:
            resources = form.get("/Resources")
            self.drawn[key] = self._within(form, resources, number, (*above, key))
        return self.drawn[key]


def _forms(resources: Any) -> Iterator[tuple[str, Any]]:
    """Yield the forms and patterns that ``resources`` name."""
    for kind in ("/XObject", "/Pattern"):
        listed = resources.get(kind) if isinstance(resources, Dictionary) else None
        for name, form in entries(listed) if isinstance(listed, Dictionary) else ():
            if isinstance(form, Stream) and form.get("/Subtype") != Name.Image:
                yield name, form


def _draws(holder: Any) -> dict[str, int]:
    """Return how often a form or page draws each of its forms, by name."""
    contents = holder if isinstance(holder, Stream) else holder.get("/Contents")
    times: dict[str, int] = {}
    for part in contents if isinstance(contents, Array) else [contents]:
        try:
            content = part.read_bytes() if isinstance(part, Stream) else b""
        except (PdfError, DataDecodingError):  # told already
            continue
        for name in re.findall(rb"(/[^\s/\[\]<>(){}%]+)\s+Do\b", content):
            called = name.decode("utf-8", "surrogateescape")
            times[called] = times.get(called, 0) + 1
    return times
