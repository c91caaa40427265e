"""Tells what differs between the prints in two folders: python tools/same_prints.py BEFORE AFTER.

Two PDFs are alike if each page has the same boxes, content, text and pixels, and if both have the
same tags: then only the order of their objects and what is said about the file may differ. Ends
with 1 if any print is missing on one side or differs.
"""

import argparse
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2

DPI = 100
BOXES = ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Rotate")
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
    if tags(one) != tags(two):
        found.append("tags")
    return found or ["bytes"]


def pages(pdf: bytes) -> Iterator[dict[str, str]]:
    """Yield what each page is, part by part, as digests."""
    with pikepdf.open(pdf_stream(pdf)) as opened, pypdfium2.PdfDocument(pdf) as drawn:
        for page, picture in zip(opened.pages, drawn, strict=True):
            content = b"".join(
                pikepdf.unparse_content_stream(pikepdf.parse_content_stream(each))
                for each in [page, *page.as_form_xobject().Resources.get("/XObject", {}).values()]
                if not isinstance(each, pikepdf.Stream) or each.get("/Subtype") == "/Form"
            )
            yield {
                "boxes": str([str(page.obj.get(box)) for box in BOXES]),
                "content": digest(content),
                "text": digest(picture.get_textpage().get_text_range().encode()),
                "pixels": digest(picture.render(scale=DPI / 72).to_pil().tobytes()),
            }


def tags(pdf: bytes) -> list[str]:
    """Return a line for each element of structure, from the root down."""
    with pikepdf.open(pdf_stream(pdf)) as opened:
        numbers = {page.obj.objgen: number for number, page in enumerate(opened.pages, start=1)}
        root = opened.Root.get("/StructTreeRoot")
        return list(_elements(root, numbers, 0)) if root is not None else []


def _elements(element: Any, pages: dict[tuple[int, int], int], depth: int) -> Iterator[str]:
    if not isinstance(element, pikepdf.Dictionary):
        yield f"{depth} {element}"
        return
    said = [f"{key} {_plain(element[key])}" for key in MEANING if key in element]
    page = element.get("/Pg")
    yield f"{depth} {pages.get(page.objgen) if page is not None else ''} {' '.join(said)}"
    inner = element.get("/K", [])
    for each in inner if isinstance(inner, pikepdf.Array) else [inner]:
        yield from _elements(each, pages, depth + 1)


def _plain(value: Any) -> str:
    """Return a value without the numbers of objects."""
    if isinstance(value, pikepdf.Dictionary):
        return str({key: _plain(value[key]) for key in sorted(value.keys())})
    if isinstance(value, pikepdf.Array):
        return str([_plain(each) for each in value])
    return str(value)


def pdf_stream(pdf: bytes) -> Any:
    """Return a PDF as a file that can be read."""
    from io import BytesIO

    return BytesIO(pdf)


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
