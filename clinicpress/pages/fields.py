"""Finds the places to write on that become fields of a form: HTML and boxes -> Field.

A template names such a place by ``data-field``, and by ``data-tick`` if it is a box to tick; what
it is for is its own words, or ``data-says``. A line to write on within words (``blanks.py``) is one
by itself. All this counts only where the print asks for it: ``data-fields`` of its body. On what is
read as a file and not on paper, ``data-long`` lets more be typed than is seen.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

from clinicpress.design.design import Design
from clinicpress.errors import Place, Problem
from clinicpress.pages.blanks import BLANK
from clinicpress.pages.guard import boxes_of
from clinicpress.pages.pieces import PT_PER_PX

LEADING = 1.2
"""From line to line in a field, in sizes of its type."""

LEAST = 1.0
"""How high a field is at least, in sizes of its type."""

SMALLEST_TICK = 6
"""How high and wide a box to tick is at least, in pt."""

INDENT = 2 / PT_PER_PX
"""By how much a viewer sets in what is typed, in px."""

LAPPING = 0.2
"""How far words may reach into a field, in the height of either, where lines are set close."""

INLINE = frozenset({"span", "strong", "em", "b", "i", "a"})
"""What stands in a line of its paragraph."""

SENTENCE = re.compile(r"[.!?]\s|·")
"""Where a sentence ends, or what stands in one line with others."""

SAYS = re.compile(r"""data-says\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*))""", re.IGNORECASE)
"""What is said of a field in an attribute."""

ODD = re.compile("[^a-z0-9]+")
LONGEST = 60
"""Letters of a name."""

Area = tuple[float, float, float, float]
"""Left, upper, right and lower edge, in px from the upper left corner of a page."""


@dataclass(frozen=True)
class Mark:
    """A place to write on as the HTML has it: its plain name, what it is for, what kind it is.

    What is ``long`` takes more than is seen of it, in small type: it is read in the file.
    """

    name: str
    says: str
    ticked: bool = False
    in_words: bool = False
    long: bool = False


@dataclass(frozen=True)
class Field:
    """A place to write on as it stands on its page; ``size`` is that of its type, in pt."""

    mark: Mark
    area: Area
    size: float
    lines: int

    @property
    def has_room(self) -> bool:
        """Whether what is typed, or a tick, has room: a line high, and wide enough for a number."""
        left, top, right, bottom = self.area
        high, wide = (bottom - top) * PT_PER_PX, (right - left) * PT_PER_PX
        least = SMALLEST_TICK if self.mark.ticked else LEAST * self.size
        return min(high, wide) >= least


def marks_of(page: Any, scrolls: bool = False) -> Mapping[Any, Mark]:
    """Return the places to write on in ``page``, a tree of HTML, by their elements.

    There is none where its body does not ask for them. None is long unless some may scroll.
    """
    body = page.find("body")
    phrase = body.get("data-fields") if body is not None else None
    return dict(_Marker(phrase, scrolls).walk(body, body)) if phrase else {}


def said_unseen(html: str) -> list[str]:
    """Return what the HTML of a page says of its fields in words that nobody sees on it."""
    return [unescape(found[1] or found[2] or found[3]) for found in SAYS.finditer(html)]


class _Marker:
    """Goes through a tree of HTML; each name is given once, in the order of reading."""

    def __init__(self, phrase: str, scrolls: bool) -> None:
        self.phrase, self.scrolls = phrase, scrolls
        self.taken: set[str] = set()

    def walk(
        self, element: Any, block: Any, place: str = "", item: str = "", title: str = ""
    ) -> Iterator[tuple[Any, Mark]]:
        """Yield what is marked in an element, which stands in ``block`` and in what they name."""
        named = element.get("data-item") or element.get("data-section")
        place = named or place
        if element.tag == "article":
            item, title = named or "", _title(element)
        if element.tag not in INLINE:
            block = element
        if own := element.get("data-field"):
            label = (element.get("data-says") or _words(element)).removesuffix(":")
            says = self._phrased(title, label) if item else label
            ticked = "data-tick" in element.attrib
            long = self.scrolls and "data-long" in element.attrib
            yield element, Mark(self._name(own, item), says, ticked, long=long)
        elif element.tag == "span" and BLANK.fullmatch(element.text or "") and not len(element):
            says = _sentence(block, element)
            yield element, Mark(self._name("blank", place), says, in_words=True)
        else:
            for child in element:
                yield from self.walk(child, block, place, item, title)

    def _phrased(self, title: str, label: str) -> str:
        return self.phrase.replace("{title}", title, 1).replace("{label}", label, 1)

    def _name(self, own: str, of: str) -> str:
        """Return a name in plain letters that no other field has."""
        plain = ODD.sub("-", f"{own}-{of}".lower()).strip("-")[:LONGEST].strip("-") or "field"
        name, number = plain, 1
        while name in self.taken:
            number += 1
            name = f"{plain}-{number}"
        self.taken.add(name)
        return name


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _title(article: Any) -> str:
    """Return the words of the first heading, without the letter or number before them."""
    for element in article.iter():
        if element.tag not in ("h2", "h3", "h4"):
            continue
        first = element[0] if len(element) else None
        counts = first is not None and first.get("class") in ("letter", "number")
        words = _words(element)
        return words.removeprefix(_words(first)).strip() if counts else words
    return ""


def _sentence(block: Any, blank: Any) -> str:
    """Return what a line to write on is for: the label before it, or the sentence around it."""
    before, _, after = "".join(_written(block, blank)).partition("\0")
    label = BLANK.split(SENTENCE.split(before)[-1])[-1].strip()
    if label.endswith(":"):
        return " ".join(label.removesuffix(":").split())
    whole = f"{SENTENCE.split(before)[-1]}…{SENTENCE.split(after)[0]}"
    return " ".join(BLANK.sub("…", whole).split()).rstrip(".")


def _written(element: Any, blank: Any) -> Iterator[str]:
    """Yield the words of an element, with a sign in place of ``blank``."""
    yield "\0" if element is blank else element.text or ""
    for child in element:
        yield from _written(child, blank)
        yield child.tail or ""


class Places:
    """The places to write on of one print, each of which is found once."""

    def __init__(self, marks: Mapping[Any, Mark], design: Design) -> None:
        self._left = dict(marks)
        self._design = design
        self.found: list[tuple[int, Field]] = []

    def field(self, box: Any, page: int) -> Field | None:
        """Return the field that a box on ``page``, from 0, is the place of."""
        in_words = hasattr(box, "text")
        mark = self._left.get(box.element)
        if mark is None or mark.in_words != in_words or "::" in (box.element_tag or ""):
            return None
        del self._left[box.element]
        if mark.ticked:
            area = _sign(box)
            field = Field(mark, area, (area[3] - area[1]) * PT_PER_PX, 1)
        elif in_words:
            size = round(box.style["font_size"] * PT_PER_PX, 1)
            field = Field(mark, _line(box), size, 1)
        else:
            area = _left_by_words(box, LEAST * self._design.smallest / PT_PER_PX)
            height = (area[3] - area[1]) * PT_PER_PX
            field = Field(mark, area, *(self._small(height) if mark.long else self._type(height)))
        self.found.append((page, field))
        return field

    def _small(self, height: float) -> tuple[float, int]:
        """Return the smallest size of type, in pt, and the number of lines, of which two scroll."""
        smallest = self._design.smallest
        return smallest, max(2, int(height / (LEADING * smallest)))

    def _type(self, height: float) -> tuple[float, int]:
        """Return the size of type, in pt, and the number of lines for a field so high, in pt.

        It is that of the print, but smaller where so two lines have room, of which a name needs
        more often than not both.
        """
        body, smallest = self._design.body, self._design.smallest
        lines = int(height / (LEADING * body))
        if lines < 2 <= height / (LEADING * smallest):
            return int(height / LEADING * 5) / 10, 2
        return max(smallest, min(body, int(height / LEADING * 10) / 10)), max(1, lines)

    def problems(self, pages: Any) -> Iterator[Problem]:
        """Yield what is wrong with the fields of finished ``pages``, once all were found."""
        place = Place(f"brands/{self._design.brand_id}")
        for _, field in self.found:
            if not field.has_room:
                yield Problem(
                    place, "FIELDS-ROOM", f"there is no room to write at “{field.mark.says}”",
                    "Give it more room in the brand's styles.",
                )  # fmt: skip
        for number, page in enumerate(pages):
            areas = [field for on, field in self.found if on == number]
            for box, ruled in boxes_of(page) if areas else ():
                if ruled.required and getattr(box, "text", "").strip("_ \n\u00a0\u2060"):
                    yield from (_covers(field, box, place) for field in areas if _lap(field, box))


def _covers(field: Field, box: Any, place: Place) -> Problem:
    return Problem(
        place, "FIELDS-COVER",
        f"what is written at “{field.mark.says}” would cover “{box.text.strip()[:60]}”, which must "
        "be read", "Move the field in the brand's templates and styles.",
    )  # fmt: skip


def _lap(field: Field, box: Any) -> bool:
    """Tell whether a run of words reaches into a field."""
    left, top, right, bottom = field.area
    across = min(right, box.position_x + box.width) - max(left, box.position_x)
    down = min(bottom, box.position_y + box.height) - max(top, box.position_y)
    return bool(across > 1 and down > LAPPING * min(bottom - top, box.height))


def _line(box: Any) -> Area:
    left, top = box.position_x, box.position_y
    return left, top, left + box.width, top + box.height


def _left_by_words(box: Any, least: float) -> Area:
    """Return what a block leaves below its words, within its frame, or behind the last of them.

    That is where it would be less than ``least`` high, in px. Its left edge lies so that what is
    typed begins below the words.
    """
    left, top = box.padding_box_x(), box.padding_box_y()
    right, bottom = left + box.padding_width(), top + box.padding_height()
    lines = list(_lines(box))
    written = max((line.position_y + line.height for line in lines), default=top)
    if lines and bottom - written < least:
        return max(map(_end, lines[-1].children), default=left), lines[-1].position_y, right, bottom
    return max(left, box.content_box_x() - INDENT), max(top, written), right, bottom


def _end(box: Any) -> float:
    """Return where what stands in a line ends."""
    return float(box.position_x + box.margin_width())


def _lines(box: Any) -> Iterator[Any]:
    box = getattr(box, "_box", box)
    if type(box).__name__ == "LineBox":
        yield box
    else:
        for child in getattr(box, "children", ()):
            yield from _lines(child)


def _sign(box: Any) -> Area:
    """Return where the box to tick is drawn, behind a block; else a square as high as its type."""
    for layer in getattr(box.background, "layers", ()):
        if layer.image is not None:
            x, y, *_ = layer.positioning_area
            left, top = x + float(layer.position[0]), y + float(layer.position[1])
            return left, top, left + float(layer.size[0]), top + float(layer.size[1])
    left, top, size = box.padding_box_x(), box.padding_box_y(), box.style["font_size"]
    return left, top, left + size, top + size
