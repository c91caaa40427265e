"""Reads finished boxes: how full each page is, what landed where, what sticks out."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from clinicpress.design.brandfile import PAPER
from clinicpress.design.contrast import TEXT, contrast
from clinicpress.design.design import Design
from clinicpress.errors import Place, Problem
from clinicpress.pages.guard import (
    Ruled,
    boxes_of,
    covering,
    in_the_way,
    leading_out,
    own_signs,
    touched,
)
from clinicpress.pages.pieces import MM, PT_PER_PX, Survey, Surveyed

OVERFLOW_PX = 1.0  # what rounding may push past an edge


@dataclass(frozen=True)
class Landing:
    """Where one element landed: first and last page (from 1), share of the first page's area."""

    id: str
    first: int
    last: int
    share: float


@dataclass(frozen=True)
class PageRecord:
    """One page: the section that it ends in, and how far down it is filled, from 0 to 1.

    ``opens`` says that a section begins at its top, so that the page before may end early;
    ``depth`` is the height of its text area in mm. Its ``words`` are those that can be read on it,
    without white space. ``survey`` is what it is measured by.
    """

    number: int
    section: str
    fill: float
    opens: bool = False
    depth: float = field(default=0.0, compare=False)
    words: str = field(default="", repr=False, compare=False)
    survey: Surveyed = field(default=Surveyed(), repr=False, compare=False)


@dataclass(frozen=True)
class Record:
    """What was read off all pages: them, what landed on them, and what is wrong."""

    pages: tuple[PageRecord, ...]
    landings: tuple[Landing, ...]
    problems: tuple[Problem, ...]


def read_layout(document: Any, design: Design) -> Record:
    """Return what the engine's finished ``document`` shows."""
    reader = _Reader(design)
    for number, page in enumerate(document.pages, start=1):
        reader.read(number, page._page_box)
    return Record(
        tuple(reader.pages),
        tuple(reader.landings.values()),
        tuple(reader.problems),
    )


class _Reader:
    """Reads one page after another; a section goes on over pages, as does what stands in it."""

    def __init__(self, design: Design) -> None:
        self.design, self.signs = design, own_signs(design)
        self.brand = Place(f"brands/{design.brand_id}")
        self.pages: list[PageRecord] = []
        self.landings: dict[str, Landing] = {}
        self.problems: list[Problem] = []
        self.section = ""

    def read(self, number: int, page: Any) -> None:
        """Read the boxes of one page in their order."""
        bottom = top = page.content_box_y()
        opens, words, survey = False, list[str](), Survey(page)
        for box, ruled in boxes_of(page):
            self._judge(box, ruled, page, number)
            self._land(box, page, number)
            opens = (self._enter(box) and bottom == top) or opens
            if hasattr(box, "text") and _is_legible(box, page, self.design):
                words += box.text.split()
            survey.take(box, ruled, _is_seen(box))
            bottom = max(bottom, _foot(box, top + page.height))
        self._judge_page(page, number)
        fill = (bottom - top) / page.height
        said = "".join(words)
        depth = page.height * MM
        self.pages.append(PageRecord(number, self.section, fill, opens, depth, said, survey.done()))
        if bottom > top + page.height + OVERFLOW_PX:
            self.problems.append(_too_tall(number, self.section))

    def _enter(self, box: Any) -> bool:
        """Return whether another section begins with a box."""
        before, element = self.section, box.element
        if element is not None:
            self.section = element.get("data-section", before)
        return self.section != before

    def _land(self, box: Any, page: Any, number: int) -> None:
        if box.element is None or not (item := box.element.get("data-item")):
            return
        if first := self.landings.get(item):
            self.landings[item] = Landing(item, first.first, number, first.share)
        else:
            area = page.margin_width() * page.margin_height()
            share = box.border_width() * box.border_height() / area
            self.landings[item] = Landing(item, number, number, share)

    def _judge(self, box: Any, ruled: Ruled, page: Any, number: int) -> None:
        if ruled.required and (wrong := touched(box, ruled, self.signs)):
            mend = "Take the rule out of the brand's styles."
            self.problems.append(Problem(self.brand, "STYLE-REQUIRED", wrong, mend))
        if _is_seen(box) and box.width and not _is_within(box, page):
            self.problems.append(_sticks_out(box, number))

    def _judge_page(self, page: Any, number: int) -> None:
        mend = "Take the rule out of the brand's styles, or the element out of its templates."
        self.problems += (
            Problem(self.brand, "STYLE-COVER", f"on page {number} {wrong}", mend)
            for wrong in covering(page, self.signs)
        )
        mend = "Take the rule that moves it out of the brand's styles, or make it smaller."
        self.problems += (
            Problem(self.brand, "STYLE-SLOT", f"on page {number} {wrong}", mend)
            for wrong in leading_out(page)
        )
        mend = "Shorten the words, or take the rule out of the brand's styles."
        if not any(told.code == "STYLE-MARGIN" for told in self.problems):  # each page has the same
            self.problems += (
                Problem(self.brand, "STYLE-MARGIN", f"in a margin of page {number} {wrong}", mend)
                for wrong in in_the_way(page)
            )


def _foot(box: Any, lowest: float) -> float:
    """Return how far down a box fills its page: not at all if it shows nothing."""
    if _is_seen(box):
        return float(box.position_y + box.margin_height())
    return min(lowest, box.position_y + box.margin_height()) if _is_framed(box) else 0.0


def _is_within(box: Any, page: Any) -> bool:
    """Return whether a box ends before the right margin, and begins on the sheet."""
    edge = page.content_box_x() + page.width + OVERFLOW_PX
    return bool(box.position_x > -OVERFLOW_PX and box.position_x + box.width < edge)


def _is_legible(text: Any, page: Any, design: Design) -> bool:
    on_sheet = (
        0 <= text.position_x <= text.position_x + text.width <= page.margin_width() + OVERFLOW_PX
        and 0 <= text.position_y <= page.margin_height()
    )
    size = text.style["font_size"] * PT_PER_PX
    return on_sheet and size > design.smallest - 0.05 and _is_dark(text)


@lru_cache(maxsize=256)
def _is_dark_enough(red: float, green: float, blue: float, alpha: float) -> bool:
    colour = "#" + "".join(f"{round(255 * part):02x}" for part in (red, green, blue))
    return alpha > 0.99 and contrast(colour, PAPER) >= TEXT


def _is_dark(text: Any) -> bool:
    colour = text.style["color"].to("srgb")
    return _is_dark_enough(*(min(max(part, 0.0), 1.0) for part in colour.coordinates), colour.alpha)


def _is_seen(box: Any) -> bool:
    """Return whether a box is text, a picture, or a field to write in: empty, but drawn."""
    if hasattr(box, "text") or hasattr(box, "replacement"):
        return True
    if getattr(box, "children", True):
        return False
    borders = (box.border_top_width, box.border_bottom_width)
    return bool(box.background) or any(borders)


def _is_framed(box: Any) -> bool:
    """Return whether a box has a frame above and below, such as a field with a label in it."""
    framed = bool(getattr(box, "border_top_width", 0) and getattr(box, "border_bottom_width", 0))
    return framed and hasattr(box, "children")


def _sticks_out(box: Any, page: int) -> Problem:
    words = getattr(box, "text", "") or box.element_tag
    return Problem(Place(page=page), "LAYOUT-WIDE", f"“{words[:60]}” runs past the margin",
                   "Shorten it, or let the style break it.")  # fmt: skip


def _too_tall(page: int, section: str) -> Problem:
    return Problem(Place(page=page), "LAYOUT-TALL",
                   f"a block in “{section}” is taller than the page",
                   "Shorten it, or let the style break it across pages.")  # fmt: skip
