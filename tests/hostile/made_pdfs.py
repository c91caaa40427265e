"""PDFs written byte by byte, so that anything can be wrong with them."""

import zlib
from collections.abc import Sequence
from functools import cache

CATALOG, PAGES, PAGE, CONTENT, FIRST = 1, 2, 3, 4, 5
"""Numbers of the objects of :func:`one_page`; what is given besides counts from FIRST."""

BOX = b"[0 0 419.5 595.3]"
"""A5, in points."""


def written(
    objects: Sequence[bytes],
    trailer: bytes = b"",
    head: bytes = b"%PDF-1.7\n",
    prev: int | None = None,
) -> bytes:
    """Return a file of ``objects``, numbered from 1, with a sound table; the first is its root."""
    out, places = head, []
    for number, words in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, words)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    if prev is not None:
        trailer += b" /Prev %d" % (table if prev < 0 else prev)
    out += b"trailer\n<</Root 1 0 R /Size %d %s>>\n" % (len(objects) + 1, trailer)
    return out + b"startxref\n%d\n%%%%EOF\n" % table


def stream(content: bytes, words: bytes = b"", length: int | None = None) -> bytes:
    """Return a stream with ``words`` in its dictionary, and a ``length`` that may be a lie."""
    said = len(content) if length is None else length
    return b"<</Length %d %s>>\nstream\n%s\nendstream" % (said, words, content)


def packed(content: bytes, words: bytes = b"") -> bytes:
    """Return a deflated stream."""
    return stream(zlib.compress(content, 9), b"/Filter /FlateDecode " + words)


@cache
def zeros(size: int) -> bytes:
    """Return ``size`` spaces, deflated a piece at a time."""
    packer = zlib.compressobj(9)
    piece = b" " * 2**20
    return b"".join(packer.compress(piece) for _ in range(size // len(piece))) + packer.flush()


def one_page(
    *more: bytes,
    page: bytes = b"",
    catalog: bytes = b"",
    resources: bytes = b"",
    content: bytes = stream(b"0 0 99 99 re f"),
    tree: bytes = b"/Kids [3 0 R] /Count 1",
    box: bytes = b"/MediaBox " + BOX,
    trailer: bytes = b"",
) -> bytes:
    """Return a file of one page; the words given stand in its page, catalog and resources."""
    return written(
        [
            b"<</Type /Catalog /Pages 2 0 R %s>>" % catalog,
            b"<</Type /Pages %s>>" % tree,
            b"<</Type /Page /Parent 2 0 R %s /Contents 4 0 R /Resources <<%s>> %s>>"
            % (box, resources, page),
            content,
            *more,
        ],
        trailer,
    )


def action(words: bytes) -> bytes:
    """Return a page with a link that does ``words``."""
    return one_page(
        page=b"/Annots [<</Type /Annot /Subtype /Link /Rect [0 0 9 9] /A <<%s>>>>]" % words
    )


def annotated(words: bytes, *more: bytes, look: bytes = b"") -> bytes:
    """Return a page with an annotation, of which ``words`` are said; the objects are from FIRST."""
    return one_page(
        *more, page=b"/Annots [<</Type /Annot /Rect [9 9 99 99] /F 4 %s %s>>]" % (words, look)
    )
