"""Whether a picture may be opened: whole, of a known kind, and no larger than it says.

A picture may come with a brand that somebody sent. An SVG is a drawing, and holds no script, no
other document, no address and no more shapes than can be drawn.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

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
    match ending.lower():
        case ".svg":
            _check_svg(content)
        case ".png":
            _check_dots(content, "PNG", b"IEND\xaeB`\x82")
        case ".jpg" | ".jpeg":
            _check_dots(content, "JPEG", b"\xff\xd9")
        case _:
            raise Unfit(*NO_IMAGE)


_WORDS = re.compile(rb"<(?:[\w-]+:)?text[\s>]")


def has_words(svg: bytes) -> bool:
    """Return whether a drawing sets words in a font, which no press turns into ink."""
    return _WORDS.search(svg) is not None


@dataclass(frozen=True)
class Pixels:
    """How large a picture of pixels is, and whether nothing of it is seen on white paper."""

    wide: int
    high: int
    is_clear: bool
    is_white: bool


def pixels_of(path: Path) -> Pixels:
    """Return what is to be known of a picture that may be opened, a logo for instance."""
    from PIL import Image

    with Image.open(path) as opened:
        wide, high = opened.size
        small = opened.convert("RGBA").resize((min(wide, 200), min(high, 200)))
    white = Image.new("RGBA", small.size, "white")
    darkest = min(Image.alpha_composite(white, small).convert("L").tobytes())
    return Pixels(wide, high, max(small.getchannel("A").tobytes()) < 8, darkest > 235)


def _check_dots(content: bytes, kind: str, end: bytes) -> None:
    """Look at the head of a picture of pixels, at its ``end``, and at the sums within a PNG.

    None of its pixels is unpacked.
    """
    from PIL import JpegImagePlugin, PngImagePlugin

    kinds = {"PNG": PngImagePlugin.PngImageFile, "JPEG": JpegImagePlugin.JpegImageFile}
    if not content.rstrip(b"\0").endswith(end) or (kind == "PNG" and not _is_one_png(content, end)):
        raise Unfit(*NO_IMAGE)
    try:
        picture = kinds[kind](BytesIO(content))
        wide, high = picture.size
        if wide * high <= MOST_PIXELS:
            picture.verify()
    except (OSError, SyntaxError, ValueError, IndexError):  # the last where it has no pixels
        raise Unfit(*NO_IMAGE) from None
    if wide * high > MOST_PIXELS:
        raise Unfit(f"is {wide} by {high} pixels large", f"Keep to {MOST_PIXELS} pixels in all.")


def _is_one_png(content: bytes, end: bytes) -> bool:
    """Return whether the header comes first, and nothing stands behind the first ``end``."""
    return content[12:16] == b"IHDR" and content.index(end) + len(end) == len(content.rstrip(b"\0"))


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
