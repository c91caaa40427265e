"""Letters as a reader finds them on a finished page: what they are, where and how they stand.

PDFium reads them, whatever made the file. Lengths are in pt, from the lower left of the page.
"""

import ctypes
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import compress, repeat
from math import hypot
from operator import not_
from typing import Any, NamedTuple

import pypdfium2
from pypdfium2 import raw

from clinicpress.pdf.boxes import Box

HYPHEN = "\ufffe"
"""What PDFium reads for a hyphen at the end of a line."""

SAME_LINE = 0.02
"""How far from the line's base a letter may stand, and still be on it, as a share of its size."""


Matrix = tuple[float, float, float, float]
Point = tuple[float, float]


class Row(NamedTuple):
    """Letters on one line, in one face and size.

    ``signs`` are the letters, those of a ligature as one, and ``first`` and ``last`` where the
    first and the last of them start on their base. ``along`` tells how far along its own line each
    starts, ``across`` how high that line stands, seen upright. ``matrix`` turns a letter of size 1
    into what stands on the page (ISO 32000-1, 9.4.4), ``size`` is how high it is set, in pt.
    """

    signs: Sequence[str]
    along: Sequence[float]
    across: float
    first: Point
    last: Point
    matrix: Matrix
    face: str
    size: float

    @property
    def speaks(self) -> bool:
        """Whether any of it is a letter or a digit."""
        return any(map(str.isalnum, self.signs))

    def goes_on_in(self, other: "Row") -> bool:
        """Return whether ``other`` stands on the same line, further on, and is set alike."""
        return (
            (self.matrix, self.face) == (other.matrix, other.face)
            and abs(self.across - other.across) <= SAME_LINE * self.size
            and other.along[0] >= self.along[-1]
        )

    def with_next(self, other: "Row") -> "Row":
        """Return both as one."""
        signs, along = (*self.signs, *other.signs), (*self.along, *other.along)
        return self._replace(signs=signs, along=along, last=other.last)


class Style(NamedTuple):
    """How an object of the page's content sets its letters, as in a row; its line runs along."""

    face: str
    matrix: Matrix
    size: float
    cosine: float
    sine: float


def _lean(function: Any, result: Any, *takes: Any) -> Callable[..., int]:
    """Return a function of PDFium that takes addresses as numbers.

    The one that is given makes objects of them, which takes longer than PDFium; a page has
    thousands of letters.
    """
    address = ctypes.cast(function, ctypes.c_void_p).value
    return ctypes.CFUNCTYPE(result, *takes)(address)  # type: ignore[arg-type]


_ADDRESS, _INDEX = ctypes.c_void_p, ctypes.c_int
_object_of = _lean(raw.FPDFText_GetTextObject, ctypes.c_size_t, _ADDRESS, _INDEX)
_origin = _lean(raw.FPDFText_GetCharOrigin, _INDEX, _ADDRESS, _INDEX, _ADDRESS, _ADDRESS)


class Lettering:
    """The letters of one page, in the order of its content, without white space."""

    def __init__(self, number: int, page: Any) -> None:
        self.number, self.page = number, page
        self._text = page.get_textpage()
        self._raw: Any = self._text.raw
        self._address = ctypes.addressof(self._raw.contents)
        count = self._text.count_chars()
        said = self._text.get_text_range(0, count) if count else ""
        if len(said) != count:  # some sign is none or two in UTF-16
            said = "".join(chr(raw.FPDFText_GetUnicode(self._raw, i)) for i in range(count))
        self._said = said
        self.words = "".join(said.split()).replace(HYPHEN, "-")
        self.box: Box = page.get_mediabox()
        self._styles = dict[int, Style]()

    @cached_property
    def _places(self) -> list[int]:
        """The number that PDFium gives each letter."""
        return list(compress(range(len(self._said)), map(not_, map(str.isspace, self._said))))

    @cached_property
    def thirds(self) -> frozenset[str]:
        """Every three letters that stand one after the other."""
        return _thirds(self.words)

    @cached_property
    def folded(self) -> str:
        """The words with all letters small: as many, for none of ours becomes two."""
        small = self.words.lower()
        return small if len(small) == len(self.words) else self.words

    @cached_property
    def flow(self) -> str:
        """The words without those of the page's margins, which are artifacts and come last.

        So may a line to write on, which is no word of a margin.
        """
        end, marked = len(self._places), dict[int, bool]()
        while end and self.words[end - 1] != "_":
            of = _object_of(self._address, self._places[end - 1])
            if of not in marked:
                marked[of] = self._is_artifact(self._places[end - 1])
            if not marked[of]:
                break
            end -= 1
        return self.words[:end]

    def _is_artifact(self, index: int) -> bool:
        of, name = raw.FPDFText_GetTextObject(self._raw, index), (ctypes.c_ushort * 20)()
        if not of or not raw.FPDFPageObj_CountMarks(of):
            return False
        mark, size = raw.FPDFPageObj_GetMark(of, 0), ctypes.c_ulong()
        raw.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), size)
        return bytes(name)[: size.value].decode("utf-16-le").rstrip("\0") == "Artifact"

    def found(self, words: str, begin: int = 0) -> Iterator[range]:
        """Yield where ``words``, without white space, stand one after the other."""
        at = self.words.find(words, begin)
        while at >= 0:
            yield range(at, at + len(words))
            at = self.words.find(words, at + len(words))

    def points(self, places: range) -> tuple[list[float], list[float]]:
        """Return how far from the left and how high the letters at these places start."""
        indexes = self._places[places.start : places.stop]
        step = ctypes.sizeof(ctypes.c_double)
        found = (ctypes.c_double * (2 * len(indexes)))()
        start = ctypes.addressof(found)
        ends = range(start, start + ctypes.sizeof(found), 2 * step)
        ups = range(start + step, start + step + ctypes.sizeof(found), 2 * step)
        deque(map(_origin, repeat(self._address), indexes, ends, ups), maxlen=0)
        return found[::2], found[1::2]

    def rows(self, places: range) -> list[Row]:
        """Return the letters at these places by the lines that they stand on."""
        found: list[Row] = []
        for of, run in self._runs(places):
            for row in self._set(run, self._style(of, run.start)):
                if found and found[-1].goes_on_in(row):
                    found[-1] = found[-1].with_next(row)
                else:
                    found.append(row)
        return found

    def _runs(self, places: range) -> Iterator[tuple[int, range]]:
        """Yield the objects of the page's content that show these places, each with its own.

        An object's letters stand one after the other: those between two of them are of it, too.
        """
        start, stop = places.start, places.stop
        while start < stop:
            of = self._object(start)
            end = start + 1
            if of:
                end = bisect_left(range(stop), True, end, key=lambda at: self._object(at) != of)
            yield of, range(start, end)
            start = end

    def _object(self, place: int) -> int:
        return _object_of(self._address, self._places[place])

    def _set(self, run: range, style: Style) -> Iterator[Row]:
        """Yield the letters of one object in a row, or each by itself if they stand in none."""
        face, matrix, size, cosine, sine = style
        signs: Sequence[str] = self.words[run.start : run.stop]
        right, up = self.points(run)
        if len(set(right)) < len(right):
            signs, right, up = _joined(signs, right, up)
        along, across = right, up
        if (cosine, sine) != (1, 0):
            along = [x * cosine + y * sine for x, y in zip(right, up, strict=True)]
            across = [y * cosine - x * sine for x, y in zip(right, up, strict=True)]
        if along == sorted(along) and max(across) - min(across) <= SAME_LINE * size:
            first, last = (right[0], up[0]), (right[-1], up[-1])
            yield Row(signs, along, across[0], first, last, matrix, face, size)
            return
        points = zip(right, up, strict=True)
        for sign, far, high, point in zip(signs, along, across, points, strict=True):
            yield Row((sign,), (far,), high, point, point, matrix, face, size)

    def _style(self, of: int, place: int) -> Style:
        """Return how an object sets the letters that it shows, of which one is at this place."""
        if not of or of not in self._styles:
            index = self._places[place]
            matrix = self._matrix(index)
            a, b, c, d = matrix
            length = hypot(a, b) or 1
            style = Style(self._face(index), matrix, hypot(c, d), a / length, b / length)
            self._styles[of] = style
        return self._styles[of]

    def _face(self, index: int) -> str:
        """Return the name of the font, without the mark of a subset."""
        name, flags = ctypes.create_string_buffer(120), ctypes.c_int()
        raw.FPDFText_GetFontInfo(self._raw, index, name, len(name), flags)
        said = name.value.decode("utf-8", "replace")
        return said.partition("+")[2] or said

    def _matrix(self, index: int) -> Matrix:
        found, size = raw.FS_MATRIX(), raw.FPDFText_GetFontSize(self._raw, index)
        raw.FPDFText_GetMatrix(self._raw, index, found)
        return found.a * size, found.b * size, found.c * size, found.d * size


def _thirds(words: str) -> frozenset[str]:
    return frozenset(map("".join, zip(words, words[1:], words[2:], strict=False)))


class Reading(Sequence[Lettering]):
    """The pages of a PDF, each read when it is asked for, and once; to be closed in the end."""

    def __init__(self, pdf: bytes) -> None:
        self.pdf = pdf
        self.document = pypdfium2.PdfDocument(pdf)
        self._count = len(self.document)
        self._read = dict[int, Lettering]()

    def __enter__(self) -> "Reading":
        return self

    def __exit__(self, *error: object) -> None:
        self._read.clear()
        self.document.close()

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, number: Any) -> Any:
        if isinstance(number, slice):
            return [self[each] for each in range(len(self))[number]]
        if not 0 <= number < self._count:
            raise IndexError(number)
        if number not in self._read:
            self._read[number] = Lettering(number + 1, self.document[number])
        return self._read[number]


class Phrases:
    """Words without white space that are looked for on many pages, and stand on few."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_start: dict[str, list[str]] = {}
        for words in phrases:
            self._by_start.setdefault(words[:3], []).append(words)
        self._short = {start for start in self._by_start if len(start) < 3}

    def on(self, page: Lettering, begin: int = 0) -> Iterator[range]:
        """Yield the places where they stand on a page from ``begin`` on, in no order."""
        thirds = _thirds(page.words[begin:]) if begin else page.thirds
        for start in self._by_start.keys() & thirds | self._short:
            for words in self._by_start[start]:
                last, middle = words[-3:], len(words) // 2 - 1
                if start in self._short or (
                    last in thirds and words[middle : middle + 3] in thirds
                ):
                    yield from page.found(words, begin)


def _joined(
    signs: Sequence[str], right: Sequence[float], up: Sequence[float]
) -> tuple[list[str], list[float], list[float]]:
    """Return letters and where they start, with those of a ligature, which share it, as one."""
    found: list[tuple[str, float, float]] = []
    for sign, x, y in zip(signs, right, up, strict=True):
        if found and found[-1][1:] == (x, y):
            found[-1] = found[-1][0] + sign, x, y
        else:
            found.append((sign, x, y))
    joined, across, high = zip(*found, strict=True)
    return list(joined), list(across), list(high)
