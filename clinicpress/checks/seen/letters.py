"""Letters as a reader finds them on a finished page: what they are, where and how they stand.

PDFium reads them, whatever made the file. Lengths are in pt, from the lower left of the page.
"""

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from math import hypot
from typing import Any, NamedTuple

import pypdfium2
from pypdfium2 import raw

from clinicpress.pdf.boxes import Box

HYPHEN = "\ufffe"
"""What PDFium reads for a hyphen at the end of a line."""

SAME_LINE = 0.02
"""How far from the line's base a letter may stand, and still be on it, as a share of its size."""


Matrix = tuple[float, float, float, float]


class Glyph(NamedTuple):
    """A letter, or the letters of a ligature: its face and where it starts on its base.

    ``matrix`` turns a letter of size 1 into what stands on the page (ISO 32000-1, 9.4.4), ``size``
    is how high it is set, in pt. ``along`` tells how far along its own line it starts, ``across``
    how high that line stands, seen upright. A page has thousands of them.
    """

    sign: str
    x: float
    y: float
    matrix: Matrix
    face: str
    size: float
    along: float
    across: float


class Lettering:
    """The letters of one page, in the order of its content, without white space."""

    def __init__(self, number: int, page: Any) -> None:
        self.number, self.page = number, page
        self._text = page.get_textpage()
        self._raw: Any = self._text.raw
        count = self._text.count_chars()
        said = self._text.get_text_range(0, count) if count else ""
        if len(said) != count:  # some sign is none or two in UTF-16
            said = "".join(chr(raw.FPDFText_GetUnicode(self._raw, i)) for i in range(count))
        self._places = [i for i, sign in enumerate(said) if not sign.isspace()]
        self.words = "".join(said[i] for i in self._places).replace(HYPHEN, "-")
        self.box: Box = page.get_mediabox()

    @cached_property
    def thirds(self) -> frozenset[str]:
        """Every three letters that stand one after the other."""
        words = self.words
        return frozenset(words[at : at + 3] for at in range(len(words)))

    @cached_property
    def folded(self) -> str:
        """The words with all letters small: as many, for none of ours becomes two."""
        small = self.words.lower()
        return small if len(small) == len(self.words) else self.words

    @cached_property
    def flow(self) -> str:
        """The words without those of the page's margins, which are artifacts and come last."""
        end = len(self._places)
        while end and self._is_artifact(self._places[end - 1]):
            end -= 1
        return self.words[:end]

    def _is_artifact(self, index: int) -> bool:
        of, name = raw.FPDFText_GetTextObject(self._raw, index), (ctypes.c_ushort * 20)()
        if not of or not raw.FPDFPageObj_CountMarks(of):
            return False
        mark, size = raw.FPDFPageObj_GetMark(of, 0), ctypes.c_ulong()
        raw.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), size)
        return bytes(name)[: size.value].decode("utf-16-le").rstrip("\0") == "Artifact"

    def found(self, words: str) -> Iterator[range]:
        """Yield where ``words``, without white space, stand one after the other."""
        at = self.words.find(words)
        while at >= 0:
            yield range(at, at + len(words))
            at = self.words.find(words, at + len(words))

    def at(self, places: Iterable[int]) -> list[Glyph]:
        """Return the letters at these places of ``words``."""
        object_before: object = None
        face, matrix, size, along, up = "", (0.0, 0.0, 0.0, 0.0), 0.0, 0.0, 0.0
        x, y = ctypes.c_double(), ctypes.c_double()
        found = []
        for place in places:
            index = self._places[place]
            of = raw.FPDFText_GetTextObject(self._raw, index)
            own = ctypes.addressof(of.contents) if of else None
            if own is None or own != object_before:
                object_before = own
                face, matrix = self._face(index), self._matrix(index)
                a, b, c, d = matrix
                length, size = hypot(a, b) or 1, hypot(c, d)
                along, up = a / length, b / length
            raw.FPDFText_GetCharOrigin(self._raw, index, x, y)
            right, high = x.value, y.value
            found.append(
                Glyph(self.words[place], right, high, matrix, face, size,
                      right * along + high * up, high * along - right * up)
            )  # fmt: skip
        return found

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


class Reading(Sequence[Lettering]):
    """The pages of a PDF, each read when it is asked for, and once; to be closed in the end."""

    def __init__(self, pdf: bytes) -> None:
        self.pdf = pdf
        self.document = pypdfium2.PdfDocument(pdf)
        self._read = dict[int, Lettering]()

    def __enter__(self) -> "Reading":
        return self

    def __exit__(self, *error: object) -> None:
        self._read.clear()
        self.document.close()

    def __len__(self) -> int:
        return len(self.document)

    def __getitem__(self, number: Any) -> Any:
        if isinstance(number, slice):
            return [self[each] for each in range(len(self))[number]]
        if not 0 <= number < len(self):
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

    def on(self, page: Lettering) -> Iterator[str]:
        """Yield those that stand on a page, in no order."""
        letters, thirds = page.words, page.thirds
        for start in self._by_start.keys() & thirds | self._short:
            for words in self._by_start[start]:
                if (words[-3:] in thirds or start in self._short) and words in letters:
                    yield words


def joined(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Return the letters with those of a ligature, which all start in one place, as one."""
    found: list[Glyph] = []
    for glyph in glyphs:
        before = found[-1] if found else None
        if before and (before.x, before.y, before.face) == (glyph.x, glyph.y, glyph.face):
            found[-1] = before._replace(sign=before.sign + glyph.sign)
        else:
            found.append(glyph)
    return found


def rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Return the letters by the lines that they stand on, in one face and size each."""
    found: list[list[Glyph]] = []
    for glyph in glyphs:
        before = found[-1][-1] if found else None
        if (
            before is not None
            and (before.matrix, before.face) == (glyph.matrix, glyph.face)
            and abs(before.across - glyph.across) <= SAME_LINE * glyph.size
            and glyph.along >= before.along
        ):
            found[-1].append(glyph)
        else:
            found.append([glyph])
    return found
