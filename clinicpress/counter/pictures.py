"""Pictures of first pages, kept beside the counter page and drawn once."""

import base64
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from clinicpress.counter import KEPT, PAGE
from clinicpress.counter.cards import Sheet
from clinicpress.errors import Place
from clinicpress.files.output import held, is_within, own_folder, write_atomic
from clinicpress.orders.manifest import DIGEST, MOST_OF_A_PDF, Made, digests_of

THUMBNAIL_WIDTH = 160  # px
THUMBNAIL_HEIGHT = 4 * THUMBNAIL_WIDTH  # px, at most

MOST_OF_A_PICTURE = 200_000  # bytes


def pictured(sheets: Iterable[Sheet], output: Path) -> Iterator[Sheet]:
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
                yield replace(sheet, picture=data_url("webp", picture))
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


def data_url(kind: str, content: bytes) -> str:
    """Return a picture as an address that holds it."""
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"
