"""A plain SVG -> what a PDF is drawn with, in the dialect of our own drawings and most small signs.

The dialect: groups, paths, circles and rectangles, each shown once or again, in even colours, with
translations, scales and turns, cut off by a rectangle at most. Whatever else an SVG says, a single
attribute or letter, is for the layout engine to interpret: nothing is guessed here. Arcs and
circles become as many curves as the engine makes of them, so that a drawing looks the same by
either way.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import cos, hypot, radians, sin
from typing import NamedTuple
from xml.etree import ElementTree

from clinicpress.design.pictures import MOST_SHAPES
from clinicpress.pages.outlines import Outline, Strange, circle, number_of, path, rectangle

MOST_LETTERS = 2_000_000
"""Of an SVG, and of what becomes of it; a large drawing of ours has 40,000."""

DIGITS = 4
"""Behind the point: with fewer, more dots at long edges get another shade."""

DEEPEST = 40
"""Groups within groups, shown again within each other."""

OPAQUE: Mapping[str, Mapping[str, float]] = {"a1.0": {"ca": 1.0}, "A1.0": {"CA": 1.0}}
"""The graphics states that all content names: nothing is seen through, as the engine says it."""

SPACE = "{http://www.w3.org/2000/svg}"

LOOKS = ("fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "fill-rule")
"""What an element hands down to those in it, in the order of a ``Look``."""

UNSAID = (None,) * len(LOOKS)

PLACED = frozenset({*LOOKS, "id", "transform"})

SAID: Mapping[str, frozenset[str]] = {
    "svg": frozenset({*LOOKS, "viewBox"}),
    "defs": frozenset(),
    "g": PLACED | {"clip-path"},
    "path": PLACED | {"d"},
    "circle": PLACED | {"cx", "cy", "r"},
    "rect": PLACED | {"x", "y", "width", "height", "rx", "ry"},
    "use": frozenset({*LOOKS, "href"}),
    "clipPath": frozenset({"id"}),
}
"""What each element of the dialect may say."""

CAPS = {"butt": "0", "round": "1", "square": "2"}
JOINS = {"miter": "0", "round": "1", "bevel": "2"}
RULES = {"nonzero": "", "evenodd": "*"}

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
Element = ElementTree.Element


class Content(NamedTuple):
    """A drawing's viewBox, and the words of a content stream that draw it; y goes down."""

    box: Box
    words: bytes


def content_of(svg: str) -> Content | None:
    """Return what draws an SVG, or None if it says anything that is not of the dialect."""
    if len(svg) > MOST_LETTERS or "<!" in svg or "<?" in svg:
        return None
    try:
        root = ElementTree.fromstring(svg)
        return _Drawing(root).content()
    except (Strange, ElementTree.ParseError):
        return None


class Look(NamedTuple):
    """How a shape is painted, each as a content stream says it; None is no paint."""

    fill: str | None = "0 0 0"
    stroke: str | None = None
    width: float = 1
    cap: str = "0"
    join: str = "0"
    rule: str = ""


class _Drawing:
    """Writes the shapes of one SVG in order, each paint where it changes."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._named = dict[str, Element]()
        self._places = dict[Element, str]()
        self._said = [f"/{name} gs" for name in OPAQUE] + ["[] 0 d", "4 M"]
        self._length = self._shapes = 0
        self._set: dict[str, str | None] = {}
        for element in root.iter():
            self._know(element)

    def _know(self, element: Element) -> None:
        """Look at what an element is, and note its name."""
        self._count()
        tag, given = element.tag, element.attrib
        if tag[: len(SPACE)] != SPACE or (element is self._root) != (tag == f"{SPACE}svg"):
            raise Strange
        said = SAID.get(tag[len(SPACE) :])
        if said is None or not said.issuperset(given) or _is_said(element):
            raise Strange
        if "id" in given and self._named.setdefault(given["id"], element) is not element:
            raise Strange

    def _count(self) -> None:
        self._shapes += 1
        if self._shapes > MOST_SHAPES:
            raise Strange

    def content(self) -> Content:
        """Return all that is drawn. Raises Strange."""
        box = _box(self._root.get("viewBox", ""))
        x, y, width, height = box
        self._size = max(width, height)
        if x or y:
            self._say(f"{listed((1, 0, 0, 1, -x, -y))} cm")
        look = _look(self._root, Look())
        for child in self._root:
            self._draw(child, look, 1, 0)
        return Content(box, "\n".join(self._said).encode("ascii"))

    def _say(self, words: str) -> None:
        self._said.append(words)
        self._length += len(words)
        if self._length > MOST_LETTERS:
            raise Strange

    # ------------------------------------------------------------ elements

    def _draw(self, element: Element, above: Look, scale: float, depth: int) -> None:
        """Write an element; ``scale`` is how much larger than its numbers all in it is."""
        self._count()
        if depth > DEEPEST:
            raise Strange
        tag = element.tag[len(SPACE) :]
        if tag in ("defs", "clipPath"):
            return
        given, look = element.attrib, _look(element, above)
        moved, cut = given.get("transform"), given.get("clip-path")
        before = self._set
        if moved or cut:
            self._say("q")
            self._set = before.copy()
        if moved:
            matrix = placed(moved)
            scale *= max(hypot(*matrix[:2]), hypot(*matrix[2:4]))
            self._say(f"{' '.join([number(value, 6) for value in matrix])} cm")
        if scale > self._size / 4:
            raise Strange  # enlarged so much, a rounded number could be seen
        if cut:
            self._say(f"{self._cut(cut)} W n")
        if tag == "g":
            for child in element:
                self._draw(child, look, scale, depth + 1)
        elif tag == "use":
            self._draw(self._shown(given.get("href", "")), look, scale, depth + 1)
        else:
            self._paint(element, look)
        if moved or cut:
            self._say("Q")
            self._set = before

    def _shown(self, address: str) -> Element:
        """Return what is shown again."""
        found = self._named.get(address[1:]) if address[:1] == "#" else None
        if found is None or found.tag == f"{SPACE}clipPath":
            raise Strange
        return found

    def _cut(self, address: str) -> str:
        """Return the rectangle that the rest is cut off by.

        With an empty one, as the engine adds, it is no bare rectangle, whose edge a viewer moves to
        the next pixel.
        """
        if address[:5] != "url(#" or address[-1] != ")":
            raise Strange
        found = self._named.get(address[5:-1])
        if found is None or found.tag != f"{SPACE}clipPath" or len(found) != 1:
            raise Strange
        (shape,) = found
        if shape.tag != f"{SPACE}rect" or not shape.attrib.keys() <= {"x", "y", "width", "height"}:
            raise Strange
        return f"{self._place(shape)} 0 0 0 0 re"

    def _paint(self, shape: Element, look: Look) -> None:
        """Write a shape, and before it what changes of the paint."""
        if len(shape):
            raise Strange
        place = self._place(shape)
        stroke = look.stroke if look.width else None
        if not place or (look.fill is None and stroke is None):
            return
        if look.fill is not None:
            self._change("rg", look.fill)
        if stroke is not None:
            self._change("RG", stroke)
            self._change("w", number(look.width, DIGITS))
            self._change("J", look.cap)
            self._change("j", look.join)
        self._say(place)
        self._say("S" if look.fill is None else ("f" if stroke is None else "B") + look.rule)

    def _change(self, operator: str, words: str) -> None:
        if self._set.get(operator) != words:
            self._set[operator] = words
            self._say(f"{words} {operator}")

    # ------------------------------------------------------------ shapes

    def _place(self, shape: Element) -> str:
        """Return the outline of a shape, worked out once however often it is shown."""
        found = self._places.get(shape)
        if found is None:
            found = listed(_outline(shape))
            self._places[shape] = found
        return found


def _is_said(element: Element) -> bool:
    """Return whether there are words in or behind an element."""
    return any(words and not words.isspace() for words in (element.text, element.tail))


def _outline(shape: Element) -> Outline:
    """Return the lines and curves of a shape."""
    said = shape.get
    match shape.tag[len(SPACE) :]:
        case "path":
            return path(said("d", ""))
        case "circle":
            return circle(*(number_of(said(name, "0")) for name in ("cx", "cy", "r")))
        case "rect":
            sides = [said(name, "0") for name in ("x", "y", "width", "height")]
            corners = said("rx", said("ry", "0")), said("ry", said("rx", "0"))
            x, y, width, height, rx, ry = map(number_of, (*sides, *corners))
            return rectangle(x, y, width, height, rx, ry)
    raise Strange


# ---------------------------------------------------------------- what attributes say


def _look(element: Element, above: Look) -> Look:
    """Return how an element is painted that stands in one with the look ``above``."""
    said = tuple(map(element.attrib.get, LOOKS))
    return above if said == UNSAID else _looking(said, above)


@lru_cache(maxsize=1000)
def _looking(said: tuple[str | None, ...], above: Look) -> Look:
    fill, stroke, width, cap, join, rule = said
    return Look(
        above.fill if fill is None else colour(fill),
        above.stroke if stroke is None else colour(stroke),
        above.width if width is None else _width(width),
        above.cap if cap is None else _one_of(CAPS, cap),
        above.join if join is None else _one_of(JOINS, join),
        above.rule if rule is None else _one_of(RULES, rule),
    )


def _width(words: str) -> float:
    width = number_of(words)
    if width < 0:
        raise Strange
    return width


def _one_of(words: Mapping[str, str], word: str) -> str:
    if word not in words:
        raise Strange
    return words[word]


COLOUR = re.compile("#(?:[0-9a-fA-F]{3}){1,2}")


@lru_cache(maxsize=1000)
def colour(words: str) -> str | None:
    """Return a colour as a content stream says it, as the engine does; None for no paint."""
    if words == "none":
        return None
    if not COLOUR.fullmatch(words):
        raise Strange
    digits = words[1:] if len(words) == 7 else "".join(2 * digit for digit in words[1:])
    parts = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return " ".join([f"{part:f}".rstrip("0").rstrip(".") for part in parts])


STEPS = re.compile(r"\s*(?:(translate|scale|rotate)\(([-0-9., ]+)\)\s*)")


@lru_cache(maxsize=1000)
def placed(words: str) -> Matrix:
    """Return the matrix of a ``transform``: its steps, the last of which is nearest the shape."""
    matrix: Matrix = (1, 0, 0, 1, 0, 0)
    at = 0
    while at < len(words):
        found = STEPS.match(words, at)
        if not found:
            raise Strange
        at = found.end()
        for step in _steps(found[1], [number_of(each) for each in re.split("[ ,]+", found[2])]):
            matrix = _within(matrix, step)
    if not matrix[0] * matrix[3] - matrix[1] * matrix[2]:
        raise Strange
    return matrix


def _steps(name: str, numbers: list[float]) -> list[Matrix]:
    match name, numbers:
        case "translate", (x, y):
            return [(1, 0, 0, 1, x, y)]
        case "scale", (size,):
            return [(size, 0, 0, size, 0, 0)]
        case "rotate", (turn, x, y):
            c, s = cos(radians(turn)), sin(radians(turn))
            return [(1, 0, 0, 1, x, y), (c, s, -s, c, 0, 0), (1, 0, 0, 1, -x, -y)]
    raise Strange


def _within(outer: Matrix, inner: Matrix) -> Matrix:
    """Return the matrix of what stands in ``inner``, which stands in ``outer``."""
    a, b, c, d, e, f = outer
    p, q, r, s, x, y = inner
    return (a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s,
            a * x + c * y + e, b * x + d * y + f)  # fmt: skip


def _box(words: str) -> Box:
    numbers = [number_of(each) for each in words.split(" ")]
    if len(numbers) != 4 or min(numbers[2:]) <= 0:
        raise Strange
    x, y, width, height = numbers
    return x, y, width, height


def listed(said: Sequence[float | str]) -> str:
    """Return numbers and operators as a content stream says them."""
    words = " ".join(map(str, said))
    if "." not in words and "e-" not in words:
        return words  # all numbers are whole
    return " ".join([each if isinstance(each, str) else number(each, DIGITS) for each in said])


def number(value: float, digits: int) -> str:
    """Return a number in as few letters as a PDF allows."""
    if isinstance(value, int):
        return str(value)
    words = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    if words[:2] == "0.":
        return words[1:]
    if words[:3] == "-0.":
        return f"-{words[2:]}"
    return "0" if words == "-0" else words
