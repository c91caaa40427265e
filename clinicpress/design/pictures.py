"""Whether a picture may be opened: whole, of a known kind, and no larger than it says.

A picture may come with a brand that somebody sent. An SVG is a drawing, and holds no script, no
other document, no address and no more shapes than can be drawn.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from clinicpress.design.style import addresses
from clinicpress.errors import Unfit

ENDINGS = (".svg", ".png", ".jpg", ".jpeg")

MOST_PIXELS = 50_000_000
"""The largest picture: a whole A4 page at 600 pixels to an inch has 35 millions."""

MOST_SHAPES = 20_000
"""Shapes of a drawing, each use of one counted; ours have a few hundred."""

DEEPEST = 100

ACTIVE = ("script", "foreignObject", "handler", "iframe", "embed", "object", "audio", "video")

NO_IMAGE = "is no image that can be printed", "Save it as SVG, PNG or JPEG."
PLAIN_SVG = "Save it as plain SVG."

_REFERENCE = re.compile(r"url\(\s*[\"']?\s*#([^)\"']*)")


def check_picture(content: bytes, ending: str) -> None:
    """Raise Unfit unless ``content`` is, whole, the kind of image that its ``ending`` says."""
    {".svg": _check_svg, ".png": _check_png, ".jpg": _check_jpeg, ".jpeg": _check_jpeg}.get(
        ending.lower(), _check_unknown
    )(content)


def _check_unknown(content: bytes) -> None:
    raise Unfit(*NO_IMAGE)


def _check_pixels(width: int, height: int) -> None:
    if not 0 < width * height <= MOST_PIXELS:
        raise Unfit(f"is {width} by {height} pixels large", f"Keep to {MOST_PIXELS} pixels in all.")


def _check_png(content: bytes) -> None:
    """Look at every chunk: there and sound, from header to end (PNG, 5.3 and 5.6)."""
    if not content.startswith(b"\x89PNG\r\n\x1a\n"):
        raise Unfit(*NO_IMAGE)
    at, kinds = 8, []
    while at + 12 <= len(content):
        length = int.from_bytes(content[at : at + 4])
        kind, body = content[at + 4 : at + 8], content[at + 4 : at + 8 + length]
        if content[at + 8 + length : at + 12 + length] != crc32(body).to_bytes(4):
            raise Unfit(*NO_IMAGE)
        kinds.append(kind)
        at += 12 + length
    if not (kinds[:1] == [b"IHDR"] and b"IDAT" in kinds and kinds[-1:] == [b"IEND"]):
        raise Unfit(*NO_IMAGE)
    _check_pixels(int.from_bytes(content[16:20]), int.from_bytes(content[20:24]))


def _check_jpeg(content: bytes) -> None:
    """Look at the segments up to the frame, which says how large the picture is (T.81, B.2.2)."""
    if not (content.startswith(b"\xff\xd8\xff") and content.rstrip(b"\0").endswith(b"\xff\xd9")):
        raise Unfit(*NO_IMAGE)
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        kind = content[at + 1]
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            high, wide = content[at + 5 : at + 7], content[at + 7 : at + 9]
            return _check_pixels(int.from_bytes(wide), int.from_bytes(high))
        at += 1 if kind == 0xFF else 2 + int.from_bytes(content[at + 2 : at + 4])
    raise Unfit(*NO_IMAGE)


# ---------------------------------------------------------------- SVG


def _check_svg(content: bytes) -> None:
    from xml.parsers import expat

    drawing = _Drawing()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.EntityDeclHandler = drawing.entity
    parser.StartElementHandler = drawing.begin
    parser.EndElementHandler = drawing.end
    parser.CharacterDataHandler = drawing.words
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        if isinstance(error, Unfit):
            raise
        raise Unfit(*NO_IMAGE) from None
    drawing.count()


def check_drawing(svg: Any) -> None:
    """Raise Unfit unless ``svg``, an element of a page, is a drawing and nothing else."""
    drawing = _Drawing()
    waiting: list[Any] = [svg]
    while waiting:
        element = waiting.pop()
        if isinstance(element, str):
            drawing.end(element)
        elif isinstance(element.tag, str):
            name = _name(element.tag)
            drawing.begin(name, {_name(key): value for key, value in element.items()})
            drawing.words(element.text or "")
            waiting += [name, *reversed(element)]
    drawing.count()


def _name(tag: str) -> str:
    return tag.replace("{", "").replace("}", " ")


@dataclass
class _Shape:
    """An element: those in it, and the names of those that it shows or is painted with."""

    inner: list["_Shape"] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)


@dataclass
class _Drawing:
    """What an SVG holds, as it is read. Raises Unfit for what no drawing needs."""

    open: list[_Shape] = field(default_factory=lambda: [_Shape()])
    names: dict[str, _Shape] = field(default_factory=dict)
    style: list[str] | None = None
    number: int = 0

    def entity(self, *declared: object) -> None:
        raise Unfit("declares an entity, which can stand for any amount of text", PLAIN_SVG)

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        *_, own = name.split(" ")
        self.number += 1
        if self.number == 1 and name != "http://www.w3.org/2000/svg svg":
            raise Unfit(*NO_IMAGE)
        if own in ACTIVE:
            raise Unfit(f"holds a <{own}>", PLAIN_SVG)
        if self.number > MOST_SHAPES or len(self.open) > DEEPEST:
            raise Unfit(*_too_many())
        shape = _Shape()
        for key, value in attributes.items():
            shape.shown += self.attribute(key.split(" ")[-1], value)
        self.open[-1].inner.append(shape)
        self.open.append(shape)
        if "id" in attributes:
            self.names.setdefault(attributes["id"], shape)
        if own == "style":
            self.style = []

    def attribute(self, key: str, value: str) -> list[str]:
        """Return the names that an attribute refers to."""
        if key.lower().startswith("on"):
            raise Unfit(f"holds the script “{key}”", PLAIN_SVG)
        if key in ("href", "src"):
            if value.strip().startswith("#"):
                return [value.strip()[1:]]
            _check_address(value.strip())
        if "\\" in value or any(word in value.lower() for word in ("url", "src", "image")):
            for address in addresses(value):
                _check_address(address.words)
        return _REFERENCE.findall(value)

    def words(self, words: str) -> None:
        if self.style is not None:
            self.style.append(words)

    def end(self, name: str) -> None:
        self.open.pop()
        if self.style is not None and name.endswith("style"):
            for address in addresses("".join(self.style)):
                _check_address(address.words)
            self.style = None

    def count(self) -> None:
        """Count each shape as often as it is drawn. Raises Unfit for too many, or a circle."""
        known: dict[int, int] = {}

        def size(shape: _Shape, above: tuple[int, ...]) -> int:
            if id(shape) in above or len(above) > 2 * DEEPEST:
                raise Unfit("uses a shape within itself", PLAIN_SVG)
            if id(shape) not in known:
                within = (*above, id(shape))
                used = [self.names[name] for name in shape.shown if name in self.names]
                known[id(shape)] = 1 + sum(size(each, within) for each in (*shape.inner, *used))
            if known[id(shape)] > MOST_SHAPES:
                raise Unfit(*_too_many())
            return known[id(shape)]

        size(self.open[0], ())


def _too_many() -> tuple[str, str]:
    return "has more shapes than can be drawn", f"Keep to {MOST_SHAPES}, each use counted."


def _check_address(address: str) -> None:
    if not address.startswith(("#", "data:image/")):
        raise Unfit(f"refers to “{address[:80]}”, outside of itself", PLAIN_SVG)
