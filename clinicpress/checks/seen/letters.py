"""Letters as a reader finds them on a finished page: what they are, where and how they stand.

PDFium reads them, whatever made the file. Lengths are in pt, from the lower left of the page.
"""

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from math import hypot
from typing import Any, NamedTuple

from pypdfium2 import raw

from clinicpress.press.marks import Box

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


def _glyph(sign: str, x: float, y: float, matrix: Matrix, face: str) -> Glyph:
    a, b, c, d = matrix
    length = hypot(a, b) or 1
    return Glyph(
        sign, x, y, matrix, face, hypot(c, d), (x * a + y * b) / length, (y * a - x * b) / length
    )  # fmt: skip


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
    def glyphs(self) -> dict[int, Glyph]:
        """Those that were asked for, by their place in ``words``."""
        return {}

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
        face, matrix = "", (0.0, 0.0, 0.0, 0.0)
        wanted = list(places)
        for place in wanted:
            if place in self.glyphs:
                continue
            index = self._places[place]
            of = raw.FPDFText_GetTextObject(self._raw, index)
            own = ctypes.addressof(of.contents) if of else None
            if own is None or own != object_before:
                object_before = own
                face, matrix = self._face(index), self._matrix(index)
            x, y = ctypes.c_double(), ctypes.c_double()
            raw.FPDFText_GetCharOrigin(self._raw, index, x, y)
            self.glyphs[place] = _glyph(self.words[place], x.value, y.value, matrix, face)
        return [self.glyphs[place] for place in wanted]

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
