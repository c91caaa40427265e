"""Words set by us, to hold beside what is printed: the same letters in our fonts, on plain ground.

A page of a specimen has the letters of a page that is judged, each in its place, black on white.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pypdfium2
from pikepdf import Array, Dictionary, Name, Pdf

from clinicpress.checks.seen.letters import Glyph
from clinicpress.design.fonts import FontFamily, font_files
from clinicpress.pdf.boxes import Box

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
        self._files: dict[str, Path] = {
            family.family.replace(" ", "-") + WEIGHTS.get(weight, f"-{weight}"): file
            for family in families
            for weight, file in font_files(family).items()
        }

    def __contains__(self, name: str) -> bool:
        return name in self._files

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def content(self, name: str) -> bytes:
        """Return the font's file."""
        return self._files[name].read_bytes()

    def shapes(self, name: str) -> "Shapes":
        """Return the shapes of a font."""
        return _shapes(self._files[name])


class Shapes(dict[str, Shape]):
    """The shapes of a font, by letter or the letters of a ligature; None where it has none."""

    def __missing__(self, signs: str) -> Shape | None:
        return self.get(LIGATURES.get(signs, signs[0]))


@lru_cache(maxsize=16)
def _shapes(font: Path) -> Shapes:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    with TTFont(font, lazy=True) as opened:
        em, widths = opened["head"].unitsPerEm, opened["hmtx"].metrics
        numbers = opened.getReverseGlyphMap()
        return Shapes(
            (chr(code), (numbers[name], widths[name][0] / em))
            for code, name in opened.getBestCmap().items()
        )


Row = Sequence[Glyph]
"""Letters on one line, of one face and size."""


def set_anew(pages: Sequence[tuple[Box, Sequence[Row]]], faces: Faces) -> Any:
    """Return a PDFium document with a page for each of ``pages``: its box in pt and its rows."""
    with Pdf.new() as document:
        used = dict.fromkeys(row[0].face for _, rows in pages for row in rows)
        fonts = {name: f"F{number}" for number, name in enumerate(used)}
        resources = document.make_indirect(
            Dictionary(
                Font=Dictionary(
                    {f"/{key}": _font(document, faces.content(name)) for name, key in fonts.items()}
                )
            )
        )
        for box, rows in pages:
            page = document.add_blank_page().obj
            page.MediaBox, page.Resources = Array([round(side, 4) for side in box]), resources
            content = "\n".join(_shown(rows, faces, fonts))
            page.Contents = document.make_stream(content.encode())
        written = BytesIO()
        document.save(written, compress_streams=False)
    return pypdfium2.PdfDocument(written.getvalue())


def _font(document: Pdf, content: bytes) -> Any:
    """Return a whole TrueType font, whose letters are called by their numbers."""
    name = Name("/Specimen")
    described = Dictionary(
        Type=Name.FontDescriptor, FontName=name, Flags=4, FontBBox=[-1000, -500, 2000, 1200],
        ItalicAngle=0, Ascent=1000, Descent=-300, CapHeight=700, StemV=80,
        FontFile2=document.make_stream(content),
    )  # fmt: skip
    numbered = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=name, DW=WIDE,
        CIDToGIDMap=Name.Identity,
        CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        FontDescriptor=document.make_indirect(described),
    )  # fmt: skip
    whole = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=name, Encoding=Name("/Identity-H"),
        DescendantFonts=[document.make_indirect(numbered)],
    )  # fmt: skip
    return document.make_indirect(whole)


def _shown(rows: Iterable[Row], faces: Faces, fonts: Mapping[str, str]) -> Iterator[str]:
    """Yield the operators that show the letters, each in its place, a line at a time."""
    yield "BT 0 g"
    for row in rows:
        first, shapes = row[0], faces.shapes(row[0].face)
        a, b, c, d = first.matrix
        yield f"/{fonts[first.face]} 1 Tf"
        yield f"{a:.4f} {b:.4f} {c:.4f} {d:.4f} {first.x:.4f} {first.y:.4f} Tm ["
        scale = 1000 / first.size
        for glyph, after in zip_longest(row, row[1:]):
            number, _ = shapes[glyph.sign] or (0, 0)
            back = WIDE - (after.along - glyph.along) * scale if after else 0
            yield f"<{number:04x}>{back:.3f}"
        yield "]TJ"
    yield "ET"


WIDE = 1000
"""How wide each letter of the font is said to be, in thousandths of its size."""
