"""Drawings that pages refer to: each SVG is interpreted once a process, and kept as a PDF form.

The layout engine interprets an SVG anew wherever it stands, which is most of the time in which it
writes a PDF. A plain drawing, as all of ours are, is made a form in a twentieth of that time
(``svg_content``), and the engine never reads it. Of any other, a form is what the engine writes of
it, word by word. A page scales it into its place.
"""

import re
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from clinicpress.files.shelf import Shelf
from clinicpress.pages.complaints import Complaints
from clinicpress.pages.svg_content import OPAQUE, content_of

IN_PLACE = "data:image/svg+xml"
"""How the address of a drawing begins that stands in the page itself: it is its address."""

IN_BASE64 = "data:image/svg+xml;base64"

SCALED = frozenset({"viewBox", "width", "height", "version", "id", "class", "style", "fill",
                    "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin"})  # fmt: skip
"""What may be said of a whole drawing that looks the same, but for its size, in any place."""

SPACE = re.compile(rb"\b(cs|CS)$", re.MULTILINE)
"""Names a space of colours, which belongs to a document, too."""

MOST = 32_000_000
"""Bytes of forms that a process keeps; a topic's figures, for all its readers, have a third."""


Box = tuple[float, float, float, float]

States = Mapping[str, Mapping[str, float]]
"""How opaque fills and strokes are, by names in a content stream."""


@dataclass(frozen=True, eq=False)
class Form:
    """A drawing as the layout engine writes it, ready for any place in any document.

    ``box`` is its viewBox, ``content`` what draws it, and ``states`` are the graphics states that
    this names. It stands in for the engine's own image.
    """

    id: str
    box: Box
    size: tuple[float | None, float | None, float | None]
    content: bytes = field(repr=False)
    states: States
    pdf: Any = field(repr=False)

    def get_intrinsic_size(
        self, resolution: float, font_size: float
    ) -> tuple[float | None, float | None, float | None]:
        """Return width, height and ratio, each if the drawing states it."""
        return self.size

    def draw(self, stream: Any, width: float, height: float, style: Any) -> None:
        """Refer to this form in ``stream``, in the middle of a place of this size."""
        _, _, own_width, own_height = self.box
        scale = min(width / own_width, height / own_height)
        across, down = width - own_width * scale, height - own_height * scale
        stream.transform(a=scale, d=scale, e=across / 2, f=down / 2)
        stream.draw_x_object(stream.add_image(self, interpolate=False, ratio=1))

    def get_x_object(self, interpolate: bool, ratio: float) -> Any:
        """Return the form as an object of the PDF that is being written.

        As in the drawing itself, what lies a little outside of the viewBox is seen.
        """
        _, _, width, height = self.box
        states = {name: self.pdf.Dictionary(state) for name, state in self.states.items()}
        return self.pdf.Stream([self.content], self.pdf.Dictionary({
            "Type": "/XObject",
            "Subtype": "/Form",
            "BBox": self.pdf.Array([-width, -height, 2 * width, 2 * height]),
            "Resources": self.pdf.Dictionary({"ExtGState": self.pdf.Dictionary(states)}),
        }))  # fmt: skip


SHELF: Shelf[str, Form] = Shelf(MOST, lambda form: len(form.content))
"""The forms that a process keeps, by the digests of their drawings."""


class Pictures(dict[str, Any]):
    """The pictures of one document by their addresses, as the layout engine keeps them.

    ``engine`` is that of ``typeset``. A drawing comes from the shelf if there is one of the same
    words, and goes there.
    """

    def __init__(self, engine: Any) -> None:
        super().__init__()
        self._engine = engine

    def __contains__(self, address: object) -> bool:
        return super().__contains__(address) or self._find(str(address))

    def __setitem__(self, address: str, image: Any) -> None:
        if address.startswith(IN_PLACE) and (form := _drawn(image, address, self._engine)):
            SHELF.add(form.id, form)
            image.draw = form.draw  # the engine goes on with the image itself for the first place
            image = form
        super().__setitem__(address, image)

    def _find(self, address: str) -> bool:
        """Take a drawing from the shelf, or make a plain one; return whether it is there."""
        if not address.startswith(IN_PLACE):
            return False
        form = SHELF.get(_digest(address))
        if form is None and (form := _plain(address, self._engine)):
            SHELF.add(form.id, form)
        if form:
            super().__setitem__(address, form)
        return form is not None


def _digest(address: str) -> str:
    return sha256(address.encode()).hexdigest()


def _plain(address: str, engine: Any) -> Form | None:
    """Return a drawing that needs no interpreter; None if it says more than that one knows."""
    head, _, letters = address.partition(",")
    if head != IN_BASE64:
        return None
    try:
        svg = b64decode(letters, validate=True).decode("utf-8")
    except ValueError:
        return None
    if (found := content_of(svg)) is None:
        return None
    box, words = found
    return Form(_digest(address), box, (None, None, box[2] / box[3]), words, OPAQUE, engine.pdf)


def _drawn(image: Any, address: str, engine: Any) -> Form | None:
    """Return what the engine draws of its ``image``; None if it is no form for any place.

    What is said of the whole may mean another thing in another size.
    """
    svg = getattr(image, "_svg", None)
    if svg is None or not set(svg.tree.attrib) <= SCALED:
        return None
    box, size = svg.get_viewbox(), image.get_intrinsic_size(1, 1)
    if not (box and len(box) == 4 and min(box[2:]) > 0 and size == image.get_intrinsic_size(1, 2)):
        return None
    written = _written(image, box, engine)
    return written and Form(_digest(address), box, size, *written, engine.pdf)


def _written(image: Any, box: Box, engine: Any) -> tuple[bytes, States] | None:
    """Return what the engine writes of a drawing, and the graphics states that it names.

    None if it names more: letters, pictures and colour spaces belong to their document. What the
    engine complains of is for each print to hear.
    """
    states: dict[str, Any] = {}
    fonts, images, more = dict[Any, Any](), dict[Any, Any](), dict[Any, Any]()
    resources = {"ExtGState": states, "XObject": more, "Pattern": more, "Shading": more,
                 "ColorSpace": None, "Font": None}  # fmt: skip
    stream, heard = engine.Stream(fonts, box, resources, images, None, {}, None), Complaints()
    with heard.too():
        image.draw(stream, *box[2:], None)
    content = b"\n".join(
        part if isinstance(part, bytes) else part.encode() for part in stream.stream
    )
    is_plain = all(set(state) <= {"ca", "CA"} for state in states.values())
    if heard.lines or fonts or images or more or not is_plain or SPACE.search(content):
        return None
    return content, {name: dict(state) for name, state in states.items()}
