"""The pages of a PDF as they are seen, before they are laid on sheets."""

import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from math import isfinite
from typing import Any

from pikepdf import (
    Array,
    DataDecodingError,
    Dictionary,
    Matrix,
    Name,
    Pdf,
    PdfError,
    Stream,
    StreamDecodeLevel,
)

from clinicpress.design.papers import Size
from clinicpress.pdf.boxes import POINT, Box
from clinicpress.press.imposition import Place
from clinicpress.press.intake import UNPACKED

LETTER: Box = (0, 0, 612, 792)
"""The box, in points, of a page that has none: what readers take."""

FARTHEST = 1e7
"""The farthest edge of a box that is believed, in its units."""

PIECE = 64
"""Bytes of a broken stream that are tried at a time, so that all before the break are saved."""

LARGEST_UNIT = 75_000
"""The largest unit of a page that is believed, in points: the most that readers take."""

QUARTERS = {0: (1, 0, 0, 1), 90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}
"""Turns, counter-clockwise, as matrices."""


@dataclass(frozen=True)
class Original:
    """A page of the file.

    ``box`` is the part that is shown (crop box), in units of ``unit`` points; ``turn`` is by how
    many degrees it is shown turned, clockwise.
    """

    page: Any
    box: Box
    turn: int
    unit: float

    @property
    def size(self) -> Size:
        """Width and height as it is seen, in mm."""
        left, bottom, right, top = (value * self.unit * POINT for value in self.box)
        size = right - left, top - bottom
        return size[::-1] if self.turn % 180 else size

    def matrix(self, place: Place, scale: float, turn: int) -> Matrix:
        """Return what maps the page's units to the points of a sheet, into ``place``.

        ``turn`` is by how many degrees the page is turned there, counter-clockwise.
        """
        left, bottom, right, top = self.box
        zoom = scale * self.unit
        x = place.x + place.width / 2 + place.shift
        y = place.y + place.height / 2
        return (
            Matrix(1, 0, 0, 1, -(left + right) / 2, -(bottom + top) / 2)
            @ Matrix(zoom, 0, 0, zoom, 0, 0)
            @ Matrix(*QUARTERS[(turn - self.turn) % 360], 0, 0)
            @ Matrix(1, 0, 0, 1, x / POINT, y / POINT)
        )


@dataclass(frozen=True)
class Standing:
    """Where an original now stands: on which sheet, drawn by which form, moved by what."""

    original: Original
    sheet: Any
    form: Any
    matrix: Matrix


Standings = Mapping[Any, Standing]
"""Each original that is on a sheet, by the object number and generation of its old page."""


def read_originals(document: Pdf) -> tuple[Original, ...]:
    """Return the pages of ``document`` in order. What is broken is read as viewers read it."""
    return tuple(_original(page.obj) for page in document.pages)


def _original(page: Any) -> Original:
    media = box_of(inherited(page, "/MediaBox")) or LETTER
    crop = box_of(inherited(page, "/CropBox")) or media
    box = _overlap(media, crop)
    turn = _number(inherited(page, "/Rotate"), 0)
    unit = _number(page.get("/UserUnit"), 1)
    return Original(page, box, round(turn / 90) * 90 % 360, unit if 0 < unit <= LARGEST_UNIT else 1)


def inherited(page: Any, name: str) -> Any:
    """Return what ``page`` has under ``name``, or what stands for it above in the page tree."""
    for node in _upwards(page):
        if (value := node.get(name)) is not None:
            return value
    return None


def _upwards(page: Any) -> Iterator[Any]:
    node, depth = page, 0
    while isinstance(node, Dictionary) and depth < 100:  # a broken tree may run in a circle
        yield node
        node, depth = node.get("/Parent"), depth + 1


def box_of(value: Any) -> Box | None:
    """Return a box with its corners in order, or None if there is none, or no size in it."""
    if not isinstance(value, Array) or len(value) < 4:
        return None
    try:
        a, b, c, d = (float(each) for each in list(value)[:4])
    except (TypeError, ValueError, OverflowError):
        return None
    box = min(a, c), min(b, d), max(a, c), max(b, d)
    sound = all(abs(edge) <= FARTHEST for edge in box)
    return box if sound and box[0] < box[2] and box[1] < box[3] else None


def _overlap(media: Box, crop: Box) -> Box:
    box = (
        max(media[0], crop[0]),
        max(media[1], crop[1]),
        min(media[2], crop[2]),
        min(media[3], crop[3]),
    )
    return box if box[0] < box[2] and box[1] < box[3] else media


def _number(value: Any, default: float) -> float:
    try:
        number = default if value is None else float(value)
    except (TypeError, ValueError, OverflowError):
        return default
    return number if isfinite(number) else default


def form_of(document: Pdf, original: Original) -> Any:
    """Return the page's content as a form, which may be drawn wherever it stands.

    A page's single stream is taken as it is, still compressed: unpacking a thousand would take
    most of the time.
    """
    page = original.page
    content = page.get("/Contents")
    parts = list(content) if isinstance(content, Array) else [content]
    streams = [part for part in parts if isinstance(part, Stream)]
    if len(streams) == 1:
        kept = {key: streams[0].get(key) for key in ("/Filter", "/DecodeParms")}
        form = document.make_stream(streams[0].read_raw_bytes())
        for key, value in kept.items():
            if value is not None:
                form[key] = value
    else:
        form = document.make_stream(b"\n".join(_whole(stream) for stream in streams))
    form.Type, form.Subtype = Name.XObject, Name.Form
    form.BBox = Array(original.box)
    resources = inherited(page, "/Resources")
    form.Resources = resources if isinstance(resources, Dictionary) else Dictionary()
    for key, sort in (("/Group", Dictionary), ("/StructParents", int)):
        if isinstance(value := page.get(key), sort):
            form[key] = value
    return form


def _whole(stream: Any) -> bytes:
    """Return what ``stream`` holds, unpacked; of one that is broken, what comes before that."""
    try:
        return bytes(stream.read_bytes(StreamDecodeLevel.specialized))
    except (PdfError, DataDecodingError):
        simple = stream.get("/Filter") in (Name.FlateDecode, Name.Fl)
        return b"".join(_saved(stream.read_raw_bytes())) if simple else b""


def _saved(packed: bytes) -> Iterator[bytes]:
    inflater = zlib.decompressobj()
    with suppress(zlib.error):
        for start in range(0, len(packed), PIECE):
            yield inflater.decompress(packed[start : start + PIECE], UNPACKED)
