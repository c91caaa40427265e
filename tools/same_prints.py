"""Tells what differs between the prints in two folders: python tools/same_prints.py BEFORE AFTER.

Two PDFs are alike if each page has the same boxes, content, text, links and pixels, and if both
have the same tags and say the same to a viewer: what opens, what runs, how it is printed, which
inks are meant. Then only the order of their objects, their fonts' subsets and what is said about
the file may differ. Ends with 1 if any print is missing on one side or differs.
"""

import argparse
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from hashlib import sha256
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2

DPI = 100
BOXES = ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Rotate")
JUDGED = ("/Pages", "/StructTreeRoot", "/Metadata")
"""Parts of the catalogue that are judged by themselves, or are about the file."""

MEANING = ("/S", "/Alt", "/ActualText", "/E", "/Lang", "/T", "/A", "/ID")
"""What is said of an element of structure beside its place (ISO 32000-2, 14.7.2)."""


def difference(before: Path, after: Path) -> list[str]:
    """Return what differs between two PDFs: nothing, “bytes” alone, or places on pages."""
    one, two = before.read_bytes(), after.read_bytes()
    if one == two:
        return []
    found = [
        f"page {number}: {part}"
        for number, (was, now) in enumerate(zip_longest(pages(one), pages(two)), start=1)
        for part in sorted({*(was or {}), *(now or {})})
        if (was or {}).get(part) != (now or {}).get(part)
    ]
    for part, read in (("tags", tags), ("viewer", viewer)):
        if read(one) != read(two):
            found.append(part)
    return found or ["bytes"]


def pages(pdf: bytes) -> Iterator[dict[str, str]]:
    """Yield what each page is, part by part, as digests."""
    with pikepdf.open(BytesIO(pdf)) as opened, pypdfium2.PdfDocument(pdf) as drawn:
        numbers = numbered(opened)
        for page, picture in zip(opened.pages, drawn, strict=True):
            content = b"".join(
                pikepdf.unparse_content_stream(pikepdf.parse_content_stream(each))
                for each in [page, *page.as_form_xobject().Resources.get("/XObject", {}).values()]
                if not isinstance(each, pikepdf.Stream) or each.get("/Subtype") == "/Form"
            )
            yield {
                "boxes": str([str(page.obj.get(box)) for box in BOXES]),
                "content": digest(content),
                "links": digest(_plain(page.obj.get("/Annots"), numbers).encode()),
                "text": digest(picture.get_textpage().get_text_range().encode()),
                "pixels": digest(picture.render(scale=DPI / 72).to_pil().tobytes()),
            }


Numbers = dict[tuple[int, int], int]
"""The numbers of pages, from 1, by those of their objects."""


def numbered(document: pikepdf.Pdf) -> Numbers:
    """Return the number of each page."""
    return {page.obj.objgen: number for number, page in enumerate(document.pages, start=1)}


def tags(pdf: bytes) -> list[str]:
    """Return a line for each element of structure, from the root down."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        numbers = numbered(opened)
        root = opened.Root.get("/StructTreeRoot")
        return list(_elements(root, numbers, 0)) if root is not None else []


def _elements(element: Any, pages: Numbers, depth: int) -> Iterator[str]:
    if not isinstance(element, pikepdf.Dictionary):
        yield f"{depth} {element}"
        return
    said = [f"{key} {_plain(element[key], pages)}" for key in MEANING if key in element]
    page = element.get("/Pg")
    yield f"{depth} {pages.get(page.objgen) if page is not None else ''} {' '.join(said)}"
    inner = element.get("/K", [])
    for each in inner if isinstance(inner, pikepdf.Array) else [inner]:
        yield from _elements(each, pages, depth + 1)


def viewer(pdf: bytes) -> str:
    """Return what the file says to a viewer, beside its pages, its tags and what it is called."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        left = {key: opened.Root[key] for key in opened.Root.keys() if key not in JUDGED}  # noqa: SIM118 - no mapping
        numbers = numbered(opened)
        return str({key: _plain(left[key], numbers) for key in sorted(left)})


def _plain(value: Any, pages: Numbers, seen: Numbers | None = None) -> str:
    """Return a value without the numbers of objects, each of which is told once: it may go round.

    Of a page it is the number, of an element of structure that it is one.
    """
    seen = {} if seen is None else seen
    own = getattr(value, "objgen", (0, 0))
    if own in pages or own in seen:
        return f"page {pages[own]}" if own in pages else f"object {seen[own]}"
    if own != (0, 0):
        seen[own] = len(seen)
    if isinstance(value, pikepdf.Stream):
        return digest(value.read_bytes())
    if isinstance(value, pikepdf.Dictionary):
        if value.get("/Type") == "/StructElem":
            return "element"
        keys = sorted(set(value.keys()) - {"/StructParent"})
        return str({key: _plain(value[key], pages, seen) for key in keys})
    if isinstance(value, pikepdf.Array):
        return str([_plain(each, pages, seen) for each in value])
    return str(value)


def digest(content: bytes) -> str:
    """Return a short fingerprint."""
    return sha256(content).hexdigest()[:16]


def _both(before: Path, after: Path, name: str) -> tuple[str, list[str]]:
    one, two = before / name, after / name
    if not (one.is_file() and two.is_file()):
        return name, ["only before" if one.is_file() else "only after"]
    return name, difference(one, two)


def main() -> None:
    """Report how many prints are alike, and what differs in each other."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("before", type=Path)
    asked.add_argument("after", type=Path)
    options = asked.parse_args()
    folders = options.before, options.after
    names = sorted({str(p.relative_to(each)) for each in folders for p in each.rglob("*.pdf")})
    same = alike = 0
    with ProcessPoolExecutor() as pool:
        for name, found in pool.map(partial(_both, *folders), names, chunksize=4):
            same += not found
            alike += found == ["bytes"]
            if found not in ([], ["bytes"]):
                print(f"{name}: {', '.join(found)}", flush=True)
    print(f"{len(names)} prints: {same} the same bytes, {alike} alike but for their objects' order "
          f"or what is said of the file, {len(names) - same - alike} that differ")  # fmt: skip
    sys.exit(same + alike < len(names))


if __name__ == "__main__":
    main()
