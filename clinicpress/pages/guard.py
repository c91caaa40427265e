"""What a style does to what must be read, judged by the computed styles of the finished boxes.

It may not add to it, turn it, let it fade, or draw over or behind it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from clinicpress.design.design import Design
from clinicpress.design.strays import SIGNS
from clinicpress.pages.compose import svg_url
from clinicpress.pages.slots import FRAME


@dataclass(frozen=True)
class Ruled:
    """What holds for a box and all in it: whether it must be read, is turned, is pale.

    ``required_as`` says as what it must be read, such as ``stop``; ``item`` is the name of the
    innermost item that it is in; ``at_foot`` says that it is placed at the foot of its page, and
    ``heads`` that it is a heading.
    """

    required: bool = False
    turned: bool = False
    pale: bool = False
    required_as: str = ""
    item: str = ""
    at_foot: bool = False
    heads: bool = False

    def within(self, box: Any) -> "Ruled":
        """Return what holds for ``box``, which is in one of which this holds."""
        element, style = box.element, box.style
        named = element.get if element is not None else NOTHING.get
        required = named("data-required")
        return Ruled(
            self.required or required is not None,
            self.turned or bool(style["transform"]),
            self.pale or style["opacity"] < 1,
            required or self.required_as,
            named("data-item") or self.item,
            self.at_foot or _is_at_foot(style),
            self.heads or getattr(element, "tag", "") in HEADINGS,
        )


NOTHING: Mapping[str, str] = {}

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def _is_at_foot(style: Any) -> bool:
    """Return whether a box is placed, by its distance from the lower edge of what it is in."""
    if style["position"] not in ("absolute", "fixed"):
        return False
    return bool(style["bottom"] != "auto" and style["top"] == "auto")


def boxes_of(page: Any) -> Iterator[tuple[Any, Ruled]]:
    """Yield the boxes of a page's flow in order; margin boxes are left out."""
    stack = [
        (child, Ruled()) for child in reversed(page.children) if type(child).__name__ != "MarginBox"
    ]
    while stack:
        box, above = stack.pop()
        box = getattr(box, "_box", box)
        ruled = above.within(box)
        yield box, ruled
        if hasattr(box, "children"):
            stack.extend((child, ruled) for child in reversed(box.children))


def own_signs(design: Design) -> frozenset[str]:
    """Return the addresses of the layouts' own small signs, in every colour of the print."""
    folder = design.folders[-1] / "icons"
    drawn = [
        (folder / f"{name}.svg").read_text(encoding="utf-8")
        for name in SIGNS
        if (folder / f"{name}.svg").is_file()
    ]
    return frozenset(
        svg_url(svg.replace("currentColor", colour))
        for svg in drawn
        for colour in design.palette.values()
    )


def touched(box: Any, ruled: Ruled, signs: frozenset[str]) -> str:
    """Return what a style did to what must be read, by its computed style, if anything."""
    words = getattr(box, "text", "").strip()
    added = "::" in (box.element_tag or "")
    if words and added:
        return f"a style adds “{words[:60]}” to what must be read"
    if words and ruled.turned:
        return f"a style turns or moves “{words[:60]}”, which must be read"
    if words and ruled.pale:
        return f"a style lets “{words[:60]}” fade, which must be read"
    if hasattr(box, "replacement") or _is_pictured(box, signs):
        return f"a picture is put on “{box.element_tag}”, which must be read"
    if _is_shape(box):
        return f"a shape is drawn at “{box.element_tag}”, among what must be read"
    return ""


def _is_shape(box: Any) -> bool:
    """Return whether a box holds nothing and is drawn all the same, as a bar for instance.

    Pictures are judged by themselves.
    """
    is_empty = not hasattr(box, "text") and not getattr(box, "children", True)
    return is_empty and (_has_frame(box) or _is_tinted(box))


def _has_frame(box: Any) -> bool:
    return any(
        getattr(box, f"border_{side}_width", 0) and box.style[f"border_{side}_style"] != "none"
        for side in ("top", "right", "bottom", "left")
    )


def _is_tinted(box: Any) -> bool:
    """Return whether a colour or a gradient is on a box; a picture from a file is no tint."""
    colour = box.style["background_color"]
    shaded = any(kind not in ("none", "url") for kind, _ in box.style["background_image"])
    return shaded or colour == "currentcolor" or getattr(colour, "alpha", 1) > 0


def _paints(box: Any) -> bool:
    """Return whether a box puts ink on the page beside that of words in it."""
    background = getattr(box, "background", None)
    return hasattr(box, "replacement") or _has_frame(box) or background is not None


Rectangle = tuple[float, float, float, float]

TOUCHING = 0.5
"""How far boxes may lie over each other, in px, where lines are set close."""


def covering(page: Any, signs: frozenset[str]) -> Iterator[str]:
    """Yield what is drawn over or behind what must be read, and is no part of it.

    That is any box that neither holds required words nor is among them, and a page's own picture.
    """
    if _is_pictured(page, signs) or any(_is_pictured(box, signs) for box in _roots(page)):
        yield "a picture is put behind the whole page"
    frames: list[Rectangle] = []
    painted: list[tuple[Rectangle, str]] = []
    for child in page.children:
        if type(child).__name__ != "MarginBox":
            _sort(child, False, frames, painted)
    for box, tag in painted:
        if any(_overlap(box, frame) for frame in frames):
            yield f"“{tag}” is drawn where words must be read"


def leading_out(page: Any) -> Iterator[str]:
    """Yield what a brand fills a slot with and a style moves out of it, or lifts off the page."""
    stack: list[tuple[Any, Rectangle | None, str]] = [(child, None, "") for child in page.children]
    while stack:
        box, frame, slot = stack.pop()
        box = getattr(box, "_box", box)
        name = box.element.get(FRAME) if box.element is not None else None
        if frame is None and name and hasattr(box, "border_width"):
            frame, slot = _rectangle(box), name
        elif frame is not None:
            lifted = box.style["position"] in ("absolute", "fixed")
            sized = hasattr(box, "border_width") and box.border_width() and box.border_height()
            if lifted or (sized and not _is_inside(_rectangle(box), frame)):
                yield f"“{box.element_tag}” stands out of the slot “{slot}”"
                return
        stack.extend((child, frame, slot) for child in getattr(box, "children", ()))


def in_the_way(page: Any) -> Iterator[str]:
    """Yield what stands in the margins of a page and runs off the sheet, or over other such words.

    Words that are long push nothing there: each margin box is laid out by itself.
    """
    sheet = 0.0, 0.0, float(page.margin_width()), float(page.margin_height())
    boxes = [child for child in page.children if type(child).__name__ == "MarginBox"]
    if any(_is_picture(inner) for box in boxes for inner in (box, *box.descendants())):
        yield "a picture stands, which may say anything"
    lines = [(box, line) for box in boxes for line in _lines_in(box)]
    for at, (box, (words, place)) in enumerate(lines):
        if not _is_inside(place, sheet):
            yield f"“{words[:60]}” runs off the sheet"
        for other, (others, there) in lines[at + 1 :]:
            if other is not box and _overlap(place, there):
                yield f"“{words[:60]}” and “{others[:60]}” run over each other"


def _is_picture(box: Any) -> bool:
    pictured = any(kind == "url" for kind, _ in box.style["background_image"])
    return hasattr(box, "replacement") or pictured


def _lines_in(box: Any) -> Iterator[tuple[str, Rectangle]]:
    """Yield the words in a box, line by line, and where they stand."""
    if words := getattr(box, "text", "").strip():
        left, top = box.position_x, box.position_y
        yield words, (left, top, left + box.width, top + box.height)
    for child in getattr(box, "children", ()):
        yield from _lines_in(child)


def _is_inside(one: Rectangle, other: Rectangle) -> bool:
    left, top, right, bottom = one
    return (
        left > other[0] - TOUCHING and top > other[1] - TOUCHING
        and right < other[2] + TOUCHING and bottom < other[3] + TOUCHING
    )  # fmt: skip


def _roots(page: Any) -> Iterator[Any]:
    """Yield the boxes of the page's root and body."""
    for root in page.children:
        if root.element_tag == "html":
            yield root
            yield from (child for child in root.children if child.element_tag == "body")


def _sort(
    box: Any, above: bool, frames: list[Rectangle], painted: list[tuple[Rectangle, str]]
) -> bool:
    """Note the frames of required words and what is painted beside; return if any is required."""
    box = getattr(box, "_box", box)
    element = box.element
    own = element is not None and element.get("data-required") is not None
    if own and not above and hasattr(box, "border_width"):
        frames.append(_rectangle(box))
    inside = above or own
    holds = inside
    for child in getattr(box, "children", ()):
        holds = _sort(child, inside, frames, painted) or holds
    if not holds and hasattr(box, "border_width") and _paints(box):
        painted.append((_rectangle(box), box.element_tag))
    return holds


def _rectangle(box: Any) -> Rectangle:
    left, top = box.border_box_x(), box.border_box_y()
    return left, top, left + box.border_width(), top + box.border_height()


def _overlap(one: Rectangle, other: Rectangle) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > TOUCHING and down > TOUCHING


def _is_pictured(box: Any, signs: frozenset[str]) -> bool:
    """Return whether a style sheet puts another picture behind a box than the layouts' own signs.

    What stands in the element itself is a figure.
    """
    element = box.element
    own = element is not None and element.get("style") and "::" not in (box.element_tag or "")
    if own:
        return False
    pictures = box.style["background_image"]
    return any(kind == "url" and address not in signs for kind, address in pictures)
