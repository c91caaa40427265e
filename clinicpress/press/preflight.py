"""Looks through a PDF before it is imposed: what is missing or broken, and what is too much."""

from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, Stream

from clinicpress.pdf.words import entries
from clinicpress.press.drawings import Forms
from clinicpress.press.findings import Findings, Overload
from clinicpress.press.intake import UNPACKED
from clinicpress.press.originals import Original, box_of, inherited, read_originals
from clinicpress.press.packing import MOST_STREAM, too_large, unpacked

MOST_PAGES = 20_000
"""The most pages that are taken."""

MOST_PARTS = 2_000_000
"""The most parts (fonts, pictures, lists …) that pages may have in all."""

MOST_DOTS = 2_000_000_000
"""The most dots of a picture: A0 at 600 dpi, colour by colour, has a quarter of it."""

LEAST_STEP = 1e-3
"""The least distance, in its units, at which a pattern may repeat."""

LEAST_SIDE = 1.0
"""Shortest side of a page, in mm."""

INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
"""What pages have from above, where they have none of their own (ISO 32000-1, 7.7.3.4)."""

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


def look_through(document: Pdf) -> Findings:
    """Return what is missing or broken in ``document``.

    Raises Overload if it has, unpacked or drawn, more than any print needs.
    """
    found = Findings()
    found.hear(document.get_warnings())
    level_pages(document, found)
    pages = read_originals(document)
    seen: set[Any] = set()
    forms = Forms(found)
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
        size += unpacked(part, "the contents", number, found) if isinstance(part, Stream) else 0
        if size > UNPACKED:
            raise too_large("the contents", number)


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
    if unpacked(part, kind, number, found) > (MOST_STREAM if is_picture else UNPACKED):
        raise too_large(kind, number)


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
