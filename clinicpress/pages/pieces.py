"""What is read off a page to measure it by: where things stand, what is said, how full it is.

Lengths are in mm, and sizes of type in pt; the engine's own are in px.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from clinicpress.pages.guard import Ruled

MM = 25.4 / 96
"""A px in mm."""

PT_PER_PX = 0.75
"""A px in pt."""

BAND = 5.0
"""How high a band of a page is, in mm, of which it is asked whether it holds anything."""

Kind = Literal["item", "stop", "picture"]


@dataclass(frozen=True)
class Piece:
    """What of an element stands on a page: its upper edge, from that of the paper, and its size.

    An ``item`` is what has a name in ``data-item``, a ``stop`` a line that says when to stop, a
    ``picture`` a drawing, which is as high as it is drawn. ``item`` is the name of the innermost;
    ``line`` that of the line which a picture stands beside, if it does.
    """

    kind: Kind
    item: str
    top: float
    width: float
    height: float
    line: str = ""

    @property
    def area(self) -> float:
        """Its area in mm²."""
        return self.width * self.height


@dataclass(frozen=True)
class Passage:
    """The words of one paragraph or list item on a page; those of headings are left out.

    ``required`` says as what they must be read, such as ``stop``, or nothing.
    """

    required: str
    words: str


@dataclass(frozen=True)
class Surveyed:
    """What was read off a page. ``held`` is the share of its bands that hold what flows.

    ``width`` and ``height`` are those of the paper; ``smallest`` is the size of the smallest type
    of what must be read, what a print says of itself apart, and 0 where there is none. ``headings``
    are their words.
    """

    width: float = 0.0
    height: float = 0.0
    held: float = 0.0
    smallest: float = 0.0
    pieces: tuple[Piece, ...] = ()
    passages: tuple[Passage, ...] = ()
    headings: tuple[str, ...] = ()

    @property
    def area(self) -> float:
        """The area of the paper in mm²."""
        return self.width * self.height


class Survey:
    """Takes in the boxes of a page, one after another in their order."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.top = page.content_box_y()
        self.bands = [False] * max(1, int(page.height * MM / BAND))
        self.pieces: list[Piece] = []
        self.said: list[tuple[Any, str, list[str]]] = []
        self.headed: list[tuple[Any, list[str]]] = []
        self.noted: set[tuple[Kind, int]] = set()
        self.smallest = 0.0

    def take(self, box: Any, ruled: Ruled, seen: bool) -> None:
        """Note a box, of which it is known whether it is ``seen``: words, a picture or a field."""
        self.pieces += self._pieces(box, ruled)
        if (seen or _is_field(box)) and not ruled.at_foot:
            self._hold(box.position_y, box.margin_height())
        if type(box).__name__ == "LineBox":
            self._begin_line(box.element, ruled.required_as)
        elif words := getattr(box, "text", ""):
            self._say(words, box, ruled)

    def done(self) -> Surveyed:
        """Return what was noted."""
        width, height = self.page.margin_width() * MM, self.page.margin_height() * MM
        passages = tuple(
            Passage(required, said)
            for _, required, words in self.said
            if (said := " ".join("".join(words).split()))
        )
        held = sum(self.bands) / len(self.bands)
        headings = tuple(" ".join("".join(words).split()) for _, words in self.headed)
        return Surveyed(width, height, held, self.smallest, tuple(self.pieces), passages, headings)

    def _pieces(self, box: Any, ruled: Ruled) -> Iterator[Piece]:
        element = box.element
        if element is None or not hasattr(box, "border_height"):
            return
        if element.get("data-item") and self._is_new("item", element):
            yield _framed(box, "item", ruled.item)
        if element.get("data-required") == "stop" and self._is_new("stop", element):
            yield _framed(box, "stop", ruled.item)
        drawn = _drawn(box)
        if drawn and self._is_new("picture", element):
            y = box.content_box_y()
            self._hold(y, drawn[1])
            size = drawn[0] * MM, drawn[1] * MM
            yield Piece("picture", ruled.item, y * MM, *size, element.get("data-figure", ""))

    def _is_new(self, kind: Kind, element: Any) -> bool:
        """Return whether an element is met for the first time on the page: a table is two boxes."""
        key = kind, id(element)
        known = key in self.noted
        self.noted.add(key)
        return not known

    def _hold(self, top: float, height: float) -> None:
        """Mark the bands in which something stands that is more than rounding."""
        first = (top - self.top) * MM / BAND
        last = first + height * MM / BAND
        for number in range(max(0, int(first + 0.02)), min(len(self.bands), int(last + 0.98))):
            self.bands[number] = True

    def _begin_line(self, element: Any, required: str) -> None:
        """Go on with a passage, or begin another; a line may end in a word that has a hyphen."""
        if self.said and self.said[-1][0] is element:
            words = self.said[-1][2]
            words.append("" if words and words[-1].endswith("-") else " ")
        elif element is not None:
            self.said.append((element, required, []))

    def _say(self, words: str, box: Any, ruled: Ruled) -> None:
        if ruled.heads:
            self._head(words)
        elif self.said:
            self.said[-1][2].append(words)
        if ruled.required and ruled.required_as != "state" and words.strip():
            size = box.style["font_size"] * PT_PER_PX
            self.smallest = min(self.smallest or size, size)

    def _head(self, words: str) -> None:
        """Take in words of a heading, which is known by the element that its line is of."""
        element = self.said[-1][0] if self.said else None
        if not self.headed or self.headed[-1][0] is not element:
            self.headed.append((element, []))
        self.headed[-1][1].append(words)


IN_A_LINE = 1.6
"""How high what stands in a line of words is at most, in sizes of their type."""


def _framed(box: Any, kind: Kind, item: str) -> Piece:
    """Return a box with its frame."""
    width, height = box.border_width() * MM, box.border_height() * MM
    return Piece(kind, item, box.border_box_y() * MM, width, height)


def _drawn(box: Any) -> tuple[float, float] | None:
    """Return the width and the height in px of the drawing of a box, if it is or has one.

    A drawing in the background is named at the element; signs of a style's own are none, nor is a
    sample that stands in a line, as in a key.
    """
    if hasattr(box, "replacement"):
        return _fitted(box)
    if "::" in (box.element_tag or "") or "background-image" not in box.element.get("style", ""):
        return None
    layers = box.background.layers if getattr(box, "background", None) else ()
    sizes = [layer.size for layer in layers if layer.image is not None]
    if not sizes or not all(sizes[0]) or sizes[0][1] < IN_A_LINE * box.style["font_size"]:
        return None
    return float(sizes[0][0]), float(sizes[0][1])


def _fitted(box: Any) -> tuple[float, float]:
    """Return how large a picture is drawn in its box: it may be no wider, nor any higher."""
    width, height = float(box.width), float(box.height)
    _, _, ratio = box.replacement.get_intrinsic_size(1, box.style["font_size"])
    if box.style["object_fit"] != "contain" or not ratio:
        return width, height
    return min(width, height * ratio), min(height, width / ratio)


def _is_field(box: Any) -> bool:
    """Return whether a box is framed above and below and holds but a label: one to write in."""
    framed = bool(getattr(box, "border_top_width", 0) and getattr(box, "border_bottom_width", 0))
    inside = getattr(box, "children", ())
    return framed and all(type(child).__name__ == "LineBox" for child in inside)
