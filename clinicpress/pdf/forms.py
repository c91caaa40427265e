"""The form of a PDF: fields that are filled in on a screen, none of which is filled here.

Each field has a tag, its words for who cannot see it, and how it looks; what is typed is set in a
font that the file holds. So it stays PDF/UA-1 (ISO 14289-1, 7.18.4) and PDF/A-3a (ISO 19005-3,
6.4.1), empty and filled.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, String

from clinicpress.errors import Place, Problem, Problems
from clinicpress.files.paths import State, state
from clinicpress.files.shelf import Shelf

FONT = "Typed"
"""What the font of all fields is called in their file."""

PRINTED = 4
"""A field is printed with its page (ISO 32000-1, table 165)."""

MANY_LINES, NO_SPELLING, NO_SCROLLING = 1 << 12, 1 << 22, 1 << 23
"""How a text is typed: nothing of it is sent to a speller, and no more than is seen (table 228)."""

LONG = 1000
"""Characters of a text that scrolls."""

NARROW = 0.25
"""How wide the narrowest letters are, in sizes of their type."""

FIRST, LAST = 32, 255
"""The characters that can be typed, as Windows numbers them (annex D.2)."""

ALIKE = {0xA0: " ", 0xAD: "-"}
"""Two that the format draws as others."""

UPRIGHT = 32  # no flag but that its letters are those of Latin (table 123)

OFF, ON = Name.Off, Name.Yes

UNUSED = {"GDEF", "GPOS", "GSUB"}
"""Tables of a font for setting pages. Viewers type without them, and they take long to read."""


@dataclass(frozen=True)
class _Typed:
    """A font's program with the letters that can be typed, their widths, and its measures."""

    program: bytes
    widths: tuple[int, ...]
    described: Mapping[str, Any]


FONTS: Shelf[State, _Typed] = Shelf(4)
"""What was made of each font, known by its file's size, number and times."""


def text_field(size: float, lines: int, width: float, long: bool = False) -> Mapping[str, Any]:
    """Return what is said of a field for text: type of ``size`` in a place so wide, both in pt.

    What is ``long`` scrolls, and takes as much as a reason may need.
    """
    flags = NO_SPELLING | (0 if long else NO_SCROLLING) | (MANY_LINES if lines > 1 else 0)
    most = LONG if long else max(1, round(lines * width / (NARROW * size)))
    return {"FT": "/Tx", "Ff": flags, "MaxLen": most, "DA": _typed(size)}


def tick_box() -> Mapping[str, Any]:
    """Return what is said of a box to tick."""
    return {"FT": "/Btn", "V": str(OFF), "AS": str(OFF)}


def _typed(size: float) -> str:
    return f"/{FONT} {size:g} Tf 0 g"


def make_form(document: Pdf, font: Path) -> None:
    """Let the fields on the pages of ``document`` be a form, typed in ``font``.

    Raises Problems if there is no field, or the font's outlines are not those of TrueType.
    """
    widgets = [
        each
        for page in document.pages
        for each in page.obj.get("/Annots", ())
        if each.get("/Subtype") == Name.Widget
    ]
    if not widgets:
        raise Problems([Problem(
            Place(), "FIELDS-NONE", "there is nothing on this print to fill in on a screen",
            "Leave “--fields” out, or mark the places in the brand's templates with data-field.",
        )])  # fmt: skip
    resources = Dictionary(Font=Dictionary({f"/{FONT}": _embedded(document, font)}))
    for widget in widgets:
        looks = _ticks if Name.Btn == widget.FT else _words
        widget.AP = Dictionary(N=looks(document, widget, resources))
    document.Root.AcroForm = Dictionary(Fields=Array(widgets), DR=resources, DA=_typed(12))


def _words(document: Pdf, widget: Any, resources: Any) -> Any:
    return _drawn(document, widget, b"/Tx BMC\nEMC", resources)


def _ticks(document: Pdf, widget: Any, resources: Any) -> Any:
    """Return both looks of a box to tick: a tick, and nothing, for the page draws the box."""
    width, height = _size(widget)
    points = [(0.2, 0.52), (0.42, 0.26), (0.84, 0.8)]
    path = [f"{x * width:.2f} {y * height:.2f}" for x, y in points]
    tick = f"q {0.13 * height:.2f} w 1 J 1 j 0 0 0 RG {path[0]} m {path[1]} l {path[2]} l S Q"
    empty = Dictionary()
    return Dictionary({
        str(ON): _drawn(document, widget, tick.encode(), empty),
        str(OFF): _drawn(document, widget, b"", empty),
    })  # fmt: skip


def _drawn(document: Pdf, widget: Any, content: bytes, resources: Any) -> Any:
    return document.make_stream(
        content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, *_size(widget)]),
        Resources=resources,
    )  # fmt: skip


def _size(widget: Any) -> tuple[float, float]:
    left, bottom, right, top = map(float, widget.Rect)
    return round(right - left, 2), round(top - bottom, 2)


def _embedded(document: Pdf, path: Path) -> Any:
    """Return the font at ``path`` with the letters of Western Europe. Raises Problems."""
    font = FONTS.get(known := state(path))
    if font is None:
        FONTS.add(known, font := _subset(path))
    described = Dictionary(**font.described)
    described.FontFile2 = document.make_stream(font.program, Length1=len(font.program))
    return document.make_indirect(Dictionary(
        Type=Name.Font, Subtype=Name.TrueType, BaseFont=described.FontName, FirstChar=FIRST,
        LastChar=LAST, Widths=Array(font.widths), Encoding=Name.WinAnsiEncoding,
        FontDescriptor=document.make_indirect(described),
    ))  # fmt: skip


def _subset(path: Path) -> _Typed:
    """Return what of the font at ``path`` can be typed. Raises Problems."""
    from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    codes = range(FIRST, LAST + 1)
    letters = {code: ALIKE.get(code) or bytes([code]).decode("cp1252", "ignore") for code in codes}
    with TTFont(path, recalcTimestamp=False) as font:
        if "glyf" not in font:
            raise Problems([Problem(
                Place("fonts.yaml"), "FIELDS-FONT", f"“{path.name}” cannot be typed in",
                "Let the first family be one of TrueType outlines (.ttf).",
            )])  # fmt: skip
        for table in UNUSED & set(font.keys()):
            del font[table]
        options = Options(layout_features=[], hinting=False, notdef_outline=True, name_IDs=[])
        subsetter = Subsetter(options)
        subsetter.populate(text="".join(letters.values()))
        subsetter.subset(font)
        program = BytesIO()
        font.save(program)
        widths = tuple(_width(font, letter) for letter in letters.values())
        described = _described(font, f"FIELDS+{path.stem.replace(' ', '')}")
    return _Typed(program.getvalue(), widths, described)


def _width(font: Any, letter: str) -> int:
    """Return how wide a letter is, in thousandths of its size; nothing is of no width."""
    glyph = font.getBestCmap().get(ord(letter)) if letter else None
    return round(font["hmtx"][glyph][0] * 1000 / font["head"].unitsPerEm) if glyph else 0


def _described(font: Any, name: str) -> Mapping[str, Any]:
    """Return the measures of a font (ISO 32000-1, 9.8), in thousandths of its size."""
    head, rule = font["head"], 1000 / font["head"].unitsPerEm
    box = [round(each * rule) for each in (head.xMin, head.yMin, head.xMax, head.yMax)]
    heavy = font["OS/2"].usWeightClass
    return {
        "Type": Name.FontDescriptor, "FontName": Name(f"/{name}"), "FontBBox": box,
        "Flags": UPRIGHT, "ItalicAngle": round(font["post"].italicAngle),
        "Ascent": round(font["hhea"].ascent * rule),
        "Descent": round(font["hhea"].descent * rule), "StemV": round(heavy / 5),
        "CapHeight": round(getattr(font["OS/2"], "sCapHeight", 700) * rule),
    }  # fmt: skip


MOST_FIELDS = 20_000
"""How many fields of a file are read."""

LONGEST_VALUE = 5_000
"""Characters that are read of a field."""


def filled_in(document: Pdf) -> Mapping[str, str]:
    """Return what the fields of a file hold by their names: words, or “Yes” for what is ticked.

    Anybody may have made the file: what is no field of ours is passed over.
    """
    found: dict[str, str] = {}
    for page in document.pages:
        annotations = page.obj.get("/Annots")
        for each in annotations if isinstance(annotations, Array) else ():
            if len(found) >= MOST_FIELDS:
                return found
            if isinstance(each, Dictionary) and each.get("/Subtype") == Name.Widget:
                holder = each if "/T" in each else each.get("/Parent", each)
                if isinstance(holder, Dictionary) and (value := _held(holder, each)):
                    found[str(holder.get("/T", ""))[:200]] = value
    return found


def _held(holder: Any, widget: Any) -> str:
    """Return what a field holds; nothing where it is empty or not ticked."""
    value = holder.get("/V", widget.get("/AS", ""))
    if isinstance(value, Name):
        return "" if value == OFF else str(value)[1:] or "Yes"
    return str(value)[:LONGEST_VALUE].strip() if isinstance(value, String) else ""
