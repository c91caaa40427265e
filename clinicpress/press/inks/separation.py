"""Separates a finished PDF: every colour of the screen becomes ink, in one pass over its content.

It reads what the layout engine writes: colours of the screen as ``rg`` and ``RG``, shadings between
two of them, images of pixels. What it does not know it refuses.
"""

import re
from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, Stream

from clinicpress.editions.edition import ColourSpace
from clinicpress.errors import Place, Problem, Problems
from clinicpress.press.inks.ink import Colour, Ink, Inks, cmyk, inks_for, of_words
from clinicpress.press.inks.pixels import convert_image

SPOT = "/SpotInk"
"""What the colour space of the spot ink is called in a page's resources."""

TOKEN = re.compile(
    rb"(?<!\S)(?:"
    rb"(?P<red>[\d.]+)\s+(?P<green>[\d.]+)\s+(?P<blue>[\d.]+)\s+(?P<set>rg|RG)"
    rb"|(?P<pattern>/Pattern\s+cs\s+/\w+\s+scn)"
    rb"|(?P<path>[-+.\d]+\s+[-+.\d]+\s+(?:m|[-+.\d]+\s+[-+.\d]+\s+re)|/\w+\s+Do)"
    rb"|(?P<words>BT|ET)"
    rb"|(?P<state>q|Q)"
    rb"|(?P<unknown>g|G|k|K|cs|CS|sc|SC|scn|SCN|Tr|BI|\S*\([^\n]*)"
    rb")(?!\S)"
)
"""What sets a colour, begins to paint with it, or keeps it. The engine writes text in hexadecimal,
so that no text can look like an operator; a file with a plain string is refused."""

OPERATORS = {"rgb": (b"rg", b"RG"), "grey": (b"g", b"G"), "cmyk": (b"k", b"K")}

DEVICE = {"rgb": Name.DeviceRGB, "grey": Name.DeviceGray, "cmyk": Name.DeviceCMYK}


def separate(document: Pdf, space: ColourSpace, spot: Colour, *, press: bool) -> None:
    """Turn every colour of ``document`` into the inks of ``space``; on a ``press``, words into one.

    ``spot`` is the colour of a spot ink. Raises Problems for what cannot be turned into ink.
    """
    inks = inks_for(space, spot)
    words = _words_of(space, inks) if press else inks
    for content in _contents(document):
        content.write(separated(content.read_bytes(), inks, words))
    if space == "rgb":
        return
    own = document.make_indirect(spot_space(spot)) if space == "spot" else None
    shades = inks_for("grey", spot) if own is not None else inks
    for holder in _holders(document):
        _separate_resources(holder.Resources, shades, own)
        if "/Group" in holder and "/CS" in holder.Group:
            holder.Group.CS = DEVICE.get(space, Name.DeviceCMYK)
    for each in document.objects:
        if isinstance(each, Stream) and each.get("/Subtype") == Name.Image:
            convert_image(each, space)


def spot_space(spot: Colour) -> Array:
    """Return the colour space of the spot ink, shown in four inks where it is not at hand."""
    shown = Dictionary(
        FunctionType=2, Domain=[0, 1], N=1, C0=[0, 0, 0, 0], C1=[round(p, 4) for p in cmyk(spot)]
    )
    return Array([Name.Separation, Name("/Spot"), Name.DeviceCMYK, shown])


def _words_of(space: ColourSpace, inks: Inks) -> Inks:
    """Return the ink of words on a press: black, or the spot ink where they are solid in it.

    One solid ink has a sharp edge, and the clinic's own is as good as black.
    """
    if space != "spot":
        return of_words
    solid = Ink("spot", (1.0,))
    return lambda colour: solid if _is_solid(inks(colour)) else of_words(colour)


def _is_solid(ink: Ink) -> bool:
    return ink.space == "spot" and ink.parts[0] > 0.99


def _contents(document: Pdf) -> Iterator[Any]:
    """Yield each stream that draws: of pages, forms and patterns."""
    for page in document.pages:
        page.contents_coalesce()
        yield page.obj.Contents
    yield from _drawings(document)


def _drawings(document: Pdf) -> Iterator[Any]:
    for each in document.objects:
        drawn = isinstance(each, Stream)
        if drawn and (each.get("/Subtype") == Name.Form or each.get("/PatternType") == 1):
            yield each


def _holders(document: Pdf) -> Iterator[Any]:
    """Yield each thing that has resources of its own."""
    for holder in (*(page.obj for page in document.pages), *_drawings(document)):
        if "/Resources" in holder:
            yield holder


def separated(content: bytes, inks: Inks, words: Inks) -> bytes:
    """Return a content stream in ink: ``inks`` is that of areas and lines, ``words`` that of words.

    Raises Problems for a colour that is not written as the layout engine writes it.
    """
    return TOKEN.sub(_Pen(inks, words), content)


class _Pen:
    """Follows a content stream and writes each fill before it is painted with, in its own ink.

    The same fill may paint words, then an area, which are printed in two inks.
    """

    def __init__(self, inks: Inks, words: Inks) -> None:
        self._inks, self._words = inks, words
        self._fill: Colour | bytes | None = None
        self._written: bytes | None = None
        self._kept: list[tuple[Colour | bytes | None, bytes | None]] = []
        self._in_words = False

    def __call__(self, found: re.Match[bytes]) -> bytes:
        token = found[0]
        match found.lastgroup:
            case "set":
                return self._set(found)
            case "pattern":
                self._fill = token
                return b""
            case "words":
                self._in_words = token == b"BT"
                return self._before(token) if self._in_words else token
            case "path":
                return self._before(token)
            case "state":
                self._keep_or_restore(token)
                return token
        raise Problems([_unknown(token)])

    def _set(self, found: re.Match[bytes]) -> bytes:
        colour = float(found["red"]), float(found["green"]), float(found["blue"])
        if found["set"] == b"RG":
            return operator(self._inks(colour), stroke=True)
        self._fill = colour
        return self._before(b"") if self._in_words else b""

    def _before(self, token: bytes) -> bytes:
        """Return ``token`` behind the fill that it needs, where that is not set already."""
        if self._fill is None:
            return token
        ink = self._words if self._in_words else self._inks
        fill = self._fill if isinstance(self._fill, bytes) else operator(ink(self._fill))
        if fill == self._written:
            return token
        self._written = fill
        return fill + b"\n" + token

    def _keep_or_restore(self, token: bytes) -> None:
        if token == b"q":
            self._kept.append((self._fill, self._written))
        elif self._kept:
            self._fill, self._written = self._kept.pop()


def operator(ink: Ink, *, stroke: bool = False) -> bytes:
    """Return the operator that sets ``ink`` for fills, or for strokes."""
    parts = b" ".join(b"%g" % round(abs(part), 4) for part in ink.parts)
    if ink.space == "spot":
        return SPOT.encode() + (b" CS %s SCN" if stroke else b" cs %s scn") % parts
    return parts + b" " + OPERATORS[ink.space][stroke]


def _unknown(token: bytes) -> Problem:
    said = token[:30].decode("ascii", "replace")
    return Problem(
        Place("styles"),
        "INK-UNKNOWN",
        f"a colour is set in a way that cannot be turned into ink (“{said}”)",
        "Write colours as #rrggbb in brand.css and in drawings, or print with “--colour rgb”.",
    )


_SEE_THROUGH = Problem(
    Place("styles"),
    "INK-MASK",
    "something is seen through a mask, which cannot be turned into ink",
    "Take the opacity or the mask out of the style or drawing, or print with “--colour rgb”.",
)


def _separate_resources(resources: Any, inks: Inks, own: Any) -> None:
    """Turn the shadings of one set of resources into ink, and put the spot ink's space into it."""
    if "/ColorSpace" in resources:
        del resources.ColorSpace  # the engine lists its own in each, whether or not it uses them
    if own is not None:
        resources.ColorSpace = Dictionary({SPOT: own})
    for shading in resources.get("/Shading", {}).values():
        if shading.ColorSpace not in DEVICE.values():
            _separate_shading(shading, inks)
    for state in resources.get("/ExtGState", {}).values():
        if isinstance(state.get("/SMask"), Dictionary):
            raise Problems([_SEE_THROUGH])


def _separate_shading(shading: Any, inks: Inks) -> None:
    """Turn the colours between which a shading runs into ink."""
    for function in _functions(shading.Function):
        for end in ("/C0", "/C1"):
            red, green, blue = (float(part) for part in function[end])
            ink = inks((red, green, blue))
            function[end] = Array([round(part, 6) for part in ink.parts])
    shading.ColorSpace = DEVICE[ink.space]


def _functions(function: Any) -> Iterator[Any]:
    if function.FunctionType == 3:
        for each in function.Functions:
            yield from _functions(each)
    else:
        yield function
