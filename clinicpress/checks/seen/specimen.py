"""Words set by us, to hold beside what is printed: the same letters in our fonts, on plain ground.

A specimen says all that the picture of a line depends on. PDFium draws letters at thirds of a pixel
across and at whole ones down, so a line looks alike on many pages, and is drawn once for them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from io import BytesIO
from itertools import accumulate, pairwise
from math import ceil, hypot
from typing import NamedTuple

import pypdfium2
from PIL import ImageChops

from clinicpress.checks.seen.ink import Pattern
from clinicpress.checks.seen.letters import Matrix, Row
from clinicpress.checks.seen.picture import Pixels, View, grey
from clinicpress.design.fonts import FontFamily, font_files
from clinicpress.files.paths import State, state

WEIGHTS: Mapping[int, str] = {
    100: "-Thin",
    200: "-Ultra-Light",
    300: "-Light",
    350: "-Semi-Light",
    380: "-Book",
    400: "",
    500: "-Medium",
    600: "-Semi-Bold",
    700: "-Bold",
    800: "-Ultra-Bold",
    900: "-Heavy",
    1000: "-Ultra-Heavy",
}
"""What the layout engine adds to a family's name in a PDF, by weight (Pango's PangoWeight)."""

LIGATURES: Mapping[str, str] = {"ff": "ﬀ", "fi": "ﬁ", "fl": "ﬂ", "ffi": "ﬃ", "ffl": "ﬄ"}

Shape = tuple[int, float]
"""A letter in a font: its number there, and how far the next one stands, in ems."""


class Faces:
    """The fonts of a print, by the name that they have in its PDF."""

    def __init__(self, families: Iterable[FontFamily]) -> None:
        self._files: dict[str, State] = {
            family.family.replace(" ", "-") + WEIGHTS.get(weight, f"-{weight}"): state(file)
            for family in families
            for weight, file in font_files(family).items()
        }

    def __contains__(self, name: str) -> bool:
        return name in self._files

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def file(self, name: str) -> State:
        """Return the font's file, as it was when the print was begun."""
        return self._files[name]

    def read(self) -> None:
        """Read all of them now, so that whoever is forked from this process has them."""
        for font in self._files.values():
            _shapes(font)
            _outlines(font)

    def shapes(self, name: str) -> "Shapes":
        """Return the shapes of a font."""
        return _shapes(self._files[name])


class Shapes(dict[str, Shape]):
    """The shapes of a font, by letter or the letters of a ligature; None where it has none."""

    def __missing__(self, signs: str) -> Shape | None:
        return self.get(LIGATURES.get(signs, signs[0]))


@lru_cache(maxsize=16)
def _shapes(font: State) -> Shapes:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    with TTFont(font.path, lazy=True) as opened:
        em, widths = opened["head"].unitsPerEm, opened["hmtx"].metrics
        numbers = opened.getReverseGlyphMap()
        return Shapes(
            (chr(code), (numbers[name], widths[name][0] / em))
            for code, name in opened.getBestCmap().items()
        )


class Specimen(NamedTuple):
    """A line as it is to be drawn, in pixels from the upper left corner of its own picture.

    ``matrix`` is that of a letter of size 1. ``starts`` tell where each letter starts along the
    line, ``base`` where that is: in thirds of a pixel across, in whole ones down.
    """

    font: State
    matrix: Matrix
    signs: tuple[str, ...]
    starts: tuple[int, ...]
    base: int
    size: tuple[int, int]

    @property
    def level(self) -> bool:
        """Whether the line runs across, and not up or down."""
        return abs(self.matrix[0]) > abs(self.matrix[1])


def specimen_of(row: Row, box: Pixels, view: View, faces: Faces) -> Specimen:
    """Return how we draw the line ``row``, in a picture of this part of a page's."""
    a, b, c, d = row.matrix
    length = hypot(a, b)
    x, y = view.pixel(*row.first)
    across, down = 3 * (x - box[0]), y - box[1] + 0.5  # whole pixels are the nearest ones
    if abs(a) > abs(b):
        start, step, base = across, 3 * view.across * a / length, int(down)
    else:
        start, step, base = down, -view.down * b / length, int(across)
    start -= step * row.along[0]
    return Specimen(
        faces.file(row.face),
        (round(a * view.across, 4), round(b * view.down, 4),
         round(c * view.across, 4), round(d * view.down, 4)),
        tuple(row.signs),
        tuple([int(start + step * far) for far in row.along]),
        base,
        (box[2] - box[0], box[3] - box[1]),
    )  # fmt: skip


TIE = 0.04
"""How near to the middle between two pixels a line's base is rounded one way or the other."""


def other_way(row: Row, box: Pixels, view: View, drawn: Specimen) -> Specimen | None:
    """Return the specimen of a line with its base rounded the other way, where that may be meant.

    PDFium may reckon a place by some hundredths of a pixel otherwise than we do.
    """
    x, y = view.pixel(*row.first)
    exact = y - box[1] + 0.5 if drawn.level else 3 * (x - box[0])
    over = exact - int(exact)
    step = -1 if over < TIE else 1 if over > 1 - TIE else 0
    return drawn._replace(base=drawn.base + step) if step else None


MOST = 5000
"""How many pictures of lines are kept, of about 4 kB each: a run over a topic has fewer."""

TOGETHER = 100
"""How many lines are drawn on one sheet, which grows with them."""

_DRAWN: dict[Specimen, Pattern] = {}


def patterns(asked: Iterable[Specimen]) -> Mapping[Specimen, Pattern]:
    """Return the picture of each line, white on black; those that were drawn before are kept."""
    if len(_DRAWN) > MOST:
        _DRAWN.clear()
    missing = [each for each in dict.fromkeys(asked) if each not in _DRAWN]
    for start in range(0, len(missing), TOGETHER):
        some = missing[start : start + TOGETHER]
        _DRAWN.update(zip(some, _drawn(some), strict=True))
    return _DRAWN


def _drawn(specimens: Sequence[Specimen]) -> Iterator[Pattern]:
    """Yield the picture of each line, all drawn on one sheet."""
    boxes = list(_laid_out(specimens))
    size = max(right for _, _, right, _ in boxes), max(lower for _, _, _, lower in boxes)
    with pypdfium2.PdfDocument(_sheet(specimens, boxes, size)) as document:
        sheet = ImageChops.invert(grey(document[0]))
    for box in boxes:
        yield Pattern(sheet.crop(box))


def _laid_out(specimens: Sequence[Specimen]) -> Iterator[Pixels]:
    """Yield the place of each on a sheet: below the others, or right of them if it is on end.

    There is room between them for what reaches out of its own picture.
    """
    room = ceil(max(hypot(*each.matrix[2:]) for each in specimens))
    right, lower = max(each.size[0] for each in specimens) + 2 * room, room
    for each in specimens:
        wide, high = each.size
        if each.level:
            yield room, lower, room + wide, lower + high
            lower += high + room
        else:
            yield right, room, right + wide, room + high
            right += wide + room


def _sheet(specimens: Sequence[Specimen], boxes: Sequence[Pixels], size: tuple[int, int]) -> bytes:
    """Return a PDF with a page of this size, of a pt a pixel, that shows each in its box."""
    fonts = {font: number for number, font in enumerate({each.font for each in specimens})}
    lines = "\n".join(
        _shown(each, fonts[each.font], (box[0], size[1] - box[1]))
        for each, box in zip(specimens, boxes, strict=True)
    )
    content = f"BT 0 g\n{lines}\nET".encode()
    names = b" ".join(b"/F%d %d 0 R" % (number, 5 + 4 * number) for number in fonts.values())
    return _pdf([
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents 4 0 R/Resources<</Font<<%s>>>>>>"
        % (*size, names),
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        *(part for font, number in fonts.items() for part in _font(font, 5 + 4 * number)),
    ])  # fmt: skip


def _shown(specimen: Specimen, font: int, corner: tuple[int, int]) -> str:
    """Return the operators that show a line; its upper left corner is there on the sheet.

    Letters start in the middle of a third of a pixel, so that no rounding puts one in the next.
    """
    shapes, starts, length = _shapes(specimen.font), specimen.starts, hypot(*specimen.matrix[:2])
    thirds, down = starts[0], specimen.base
    if not specimen.level:
        thirds, down = down, thirds
    a, b, c, d = specimen.matrix
    scale = 1000 / length / (3 if specimen.level else 1)
    far = [WIDE - abs(two - one) * scale for one, two in pairwise((*starts, starts[-1]))]
    letters = "".join(
        f"<{(shapes[sign] or (0, 0))[0]:04x}>{back:.3f}"
        for sign, back in zip(specimen.signs, far, strict=True)
    )
    x, y = corner[0] + (thirds + 0.5) / 3, corner[1] - down
    return f"/F{font} 1 Tf {a} {b} {c} {d} {x:.4f} {y} Tm [{letters}]TJ"


WIDE = 1000
"""How wide each letter of the font is said to be, in thousandths of its size."""


def _font(font: State, number: int) -> list[bytes]:
    """Return the objects, from this number on, of a font whose letters are called by number."""
    return [
        b"<</Type/Font/Subtype/Type0/BaseFont/Specimen/Encoding/Identity-H"
        b"/DescendantFonts[%d 0 R]>>" % (number + 1),
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Specimen/DW %d/CIDToGIDMap/Identity"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        b"/FontDescriptor %d 0 R>>" % (WIDE, number + 2),
        b"<</Type/FontDescriptor/FontName/Specimen/Flags 4/FontBBox[-1000 -500 2000 1200]"
        b"/ItalicAngle 0/Ascent 1000/Descent -300/CapHeight 700/StemV 80/FontFile2 %d 0 R>>"
        % (number + 3),
        _outlines(font),
    ]  # fmt: skip


DRAWN_FROM = {"CFF ", "glyf", "head", "hhea", "hmtx", "loca", "maxp"}
"""The tables of a font that its letters are drawn from: a third of it."""


@lru_cache(maxsize=16)
def _outlines(font: State) -> bytes:
    """Return a stream with the letters of a font alone: PDFium reads all that is there."""
    from fontTools.ttLib import TTFont

    written = BytesIO()
    with TTFont(font.path, lazy=True) as opened:
        for table in {*opened.keys()} - {*DRAWN_FROM, "GlyphOrder"}:
            del opened[table]
        opened.save(written)
    return b"<</Length %d>>stream\n%s\nendstream" % (len(written.getvalue()), written.getvalue())


def _pdf(objects: Sequence[bytes]) -> bytes:
    """Return a PDF of these objects, numbered from 1, of which the first is its catalog."""
    parts = [b"%%PDF-1.7\n", *(b"%d 0 obj\n%s\nendobj\n" % one for one in enumerate(objects, 1))]
    *starts, end = accumulate(map(len, parts))
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    count = len(parts)
    parts.append(b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table))
    parts.append(b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (count, end))
    return b"".join(parts)
