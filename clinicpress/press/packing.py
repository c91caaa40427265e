"""Unpacks what a PDF holds, within bounds, to see how large it is and whether it is whole."""

import re
import zlib
from typing import Any

from pikepdf import Array, DataDecodingError, PdfError, StreamDecodeLevel

from clinicpress.pdf.words import word
from clinicpress.press.findings import Findings, Overload
from clinicpress.press.intake import MOST_FILTERS, is_short_of_memory

MOST_STREAM = 4 * 1024**3
"""The most bytes that a picture may have, unpacked."""

CHUNK = 1024**2
OPAQUE = ("/DCTDecode", "/DCT", "/JPXDecode", "/CCITTFaxDecode", "/CCF", "/JBIG2Decode")
"""Ways to pack pictures that are left to who prints them."""


def too_large(what: str, number: int) -> Overload:
    """Return what to raise for a page that unpacks to too much."""
    return Overload(f"has, unpacked, more in {what} on page {number} than any page needs")


def unpacked(stream: Any, kind: str, number: int, found: Findings) -> int:
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
            raise too_large(kind, number) from error
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
