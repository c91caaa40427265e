"""Says across each page of a finished print what it is: a draft, for instance.

The words are drawn as the outlines of letters, thin and grey over all else, and as an artifact: who
reads the page by ear is not told of it on each of them.
"""

from io import BytesIO
from math import atan2, cos, degrees, hypot, radians, sin
from pathlib import Path
from typing import Any

from pikepdf import Array, Pdf

from clinicpress.pdf.saving import finished

WIDE = 0.72
"""The share of a page's diagonal that the words take."""

STROKE = 0.7  # pt
GREY = 0.55
"""How light the outlines are, from 0 to 1: seen on paper, and read past."""

TALLEST = 0.16
"""The most that the letters take of a page's shorter side."""

BEGUN, ENDED = b"q\n", b"\nQ\n"
"""What keeps a page's own settings from what is drawn after them."""


def stamped(pdf: bytes, words: str, font: Path, *, form: bool = False) -> bytes:
    """Return a print with ``words`` across each page, in the outlines of a ``font``.

    With ``form`` the print has fields. The same print and words give the same bytes.
    """
    outline, length = _outline(words, font)
    with Pdf.open(BytesIO(pdf)) as document:
        begun = document.make_indirect(document.make_stream(BEGUN))
        for page in document.pages:
            contents = page.obj.Contents
            parts = list(contents) if isinstance(contents, Array) else [contents]
            drawn = document.make_stream(ENDED + _placed(outline, length, page))
            page.obj.Contents = Array([begun, *parts, drawn])
        return finished(document, form=form)


def _placed(outline: str, length: float, page: Any) -> bytes:
    """Return what draws an outline of a ``length`` (in em) from corner to corner of a page."""
    left, bottom, right, top = (float(side) for side in page.trimbox)
    wide, high = right - left, top - bottom
    size = min(hypot(wide, high) * WIDE / length, min(wide, high) * TALLEST)
    angle = radians(round(degrees(atan2(high, wide)), 2))
    across, up = size * cos(angle), size * sin(angle)
    middle = (left + right) / 2, (bottom + top) / 2
    x = middle[0] - across * length / 2 + up * 0.35
    y = middle[1] - up * length / 2 - across * 0.35
    place = " ".join(f"{number:.3f}" for number in (across, up, -up, across, x, y))
    pen = f"{GREY} G {STROKE / size:.5f} w 1 j"
    said = f"/Artifact <</Type /Pagination /Subtype /Watermark>> BDC q {place} cm {pen}\n"
    return f"{said}{outline}S Q EMC\n".encode()


def _outline(words: str, font: Path) -> tuple[str, float]:
    """Return the outlines of words, one em high, as a PDF draws them, and how long they are."""
    from fontTools.pens.basePen import BasePen  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    found: list[str] = []

    class Pen(BasePen):  # type: ignore[misc]
        """Writes lines and curves as a content stream has them."""

        def put(self, operator: str, *points: tuple[float, float]) -> None:
            spots = (f"{(x + at) / em:.4f} {y / em:.4f}" for x, y in points)
            found.append(f"{' '.join(spots)} {operator}\n")

        def _moveTo(self, point: Any) -> None:
            self.put("m", point)

        def _lineTo(self, point: Any) -> None:
            self.put("l", point)

        def _curveToOne(self, one: Any, two: Any, end: Any) -> None:
            self.put("c", one, two, end)

        def _closePath(self) -> None:
            found.append("h\n")

    with TTFont(font) as face:
        glyphs, names, em = face.getGlyphSet(), face.getBestCmap(), face["head"].unitsPerEm
        at = 0
        for letter in words:
            glyph = glyphs[names.get(ord(letter), ".notdef")]
            glyph.draw(Pen(glyphs))
            at += glyph.width
    return "".join(found), at / em
