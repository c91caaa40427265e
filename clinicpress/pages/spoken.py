"""Reads off finished boxes what their pages say: boxes -> the structure tree (ISO 32000-1, 14.7).

The layout engine's own tags follow boxes: a list that is broken over lines, columns or pages is
many, a paragraph is cut in mid-sentence, and no space stands where a line ends. Here tags follow
the elements of the HTML: whatever boxes one is broken into, it is one element of the tree.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from clinicpress.pages.fields import Field, Places

SVG, TITLE = "{http://www.w3.org/2000/svg}svg", "{http://www.w3.org/2000/svg}title"

KINDS = {
    "main": "Part", "section": "Sect", "article": "Art", "blockquote": "BlockQuote", "p": "P",
    "h1": "H1", "h2": "H2", "h3": "H3", "h4": "H4", "h5": "H5", "h6": "H6",
    "ul": "L", "ol": "L", "li": "LI", "table": "Table", "caption": "Caption",
    "thead": "THead", "tbody": "TBody", "tfoot": "TFoot", "tr": "TR", "th": "TH", "td": "TD",
    "figcaption": "Caption", "a": "Link", "img": "Figure", SVG: "Figure",
}  # fmt: skip
"""What an element of the HTML means. All others mean nothing by themselves and have no tag."""

GROUPS = frozenset({"Document", "Part", "Sect", "Art", "BlockQuote", "Div"})
"""What holds elements only: text that stands in one directly is a paragraph."""

INLINE = frozenset({"Link", "Span", "Figure"})
"""What stands in a line of a paragraph."""

CELLS = frozenset({"TH", "TD"})
"""What is there though nothing stands in it."""

BLANK = re.compile(r"[_\s]*_[_\s]*")
"""A line to write on, which is no words."""

SOFT, BREAK = "\u00ad", "\u200b"
"""Where a word may be broken, with a hyphen and without; the latter is what ``wbr`` comes to."""

HEADING, SECOND = re.compile("H[1-6]"), 2
"""What a heading is, and the level at which a section begins."""

WHITE = re.compile(r"[ \t\r\n\f]+")

SHORT = 8
"""How many letters on each side of a line's end tell where it is."""


@dataclass(eq=False)
class Node:
    """An element of the tree: its kind, its HTML element, where it begins, and what it holds.

    That is nodes, and boxes that are drawn, each with the number of its page from 0. ``notes`` are
    the boxes of a link, to which the engine may give an annotation; ``says`` is read in place of
    what is drawn, ``mark`` is the number of a heading's bookmark on its page, and ``field`` what is
    filled in.
    """

    kind: str
    element: Any = None
    above: "Node | None" = None
    page: int = 0
    kids: "list[Node | tuple[int, Any]]" = field(default_factory=list)
    notes: list[tuple[int, Any]] = field(default_factory=list)
    box: Any = None
    says: str = ""
    mark: int | None = None
    field: Field | None = None

    def add(self, kind: str, element: Any, page: int, first: bool = False) -> "Node":
        """Return a new node in this one, at its end or as the ``first``."""
        node = Node(kind, element, self, page)
        self.kids.insert(0 if first else len(self.kids), node)
        return node

    def all(self) -> "Iterator[Node]":
        """Yield this node and all below it, in the order of reading."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.all()

    def texts(self) -> Iterator[str]:
        """Yield the text of each box in it, in the order of reading."""
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.texts()
            elif text := getattr(kid[1], "text", ""):
                yield text

    @property
    def paragraph(self) -> "Node":
        """The node whose text this node's is part of."""
        above = self.above
        return above.paragraph if self.kind in INLINE and above else self


@dataclass
class Spoken:
    """What pages say: their tree, and by page the boxes that are drawn and say nothing.

    Those are running heads and folios, heads of a table that are set again, lines to write on, and
    drawings without a title.
    """

    root: Node
    pagination: list[list[Any]]
    blanks: list[list[Any]]


def spoken(pages: Sequence[Any], places: Places | None = None) -> Spoken:
    """Return what finished pages say, and put into their boxes the spaces that it takes.

    What is filled in on a screen stands where ``places`` has it, behind its label.

    White space between runs, and at a line's end where words of the same paragraph follow, is drawn
    at the end of the run before: what reads a PDF aloud joins runs by nothing (ISO 14289-1, 7.1).
    Boxes with nothing but white space go. Nothing moves on the page.
    """
    reader = _Reader(len(pages), places)
    for number, page in enumerate(pages):
        reader.read(number, page._page_box)
    for section in reader.said.root.all():
        if section.kind == "Sect":
            _nest(section, pages)
    return reader.said


def _nest(section: Node, pages: Sequence[Any]) -> None:
    """Let headings stand below that of their section, and their bookmarks, too.

    The first of a section without a title is its title, for it is no part of the section before it,
    unless the section says that it goes on with that.
    """
    headings = [node for node in section.all() if HEADING.fullmatch(node.kind)]
    titles = [child for child in section.element if child.tag == f"h{SECOND}"]
    has_title = bool(headings) and headings[0].element in titles
    below = headings[1:] if has_title else headings
    highest = min((int(node.kind[1]) for node in below), default=0)
    if has_title:
        _shift(below, max(0, SECOND + 1 - highest), pages)
    elif highest > SECOND and "data-goes-on" not in section.element.attrib:
        _shift(below, SECOND - highest, pages)


def _shift(headings: Iterable[Node], levels: int, pages: Sequence[Any]) -> None:
    """Put headings so many levels down."""
    for node in headings if levels else ():
        node.kind = f"H{int(node.kind[1]) + levels}"
        if node.mark is not None:
            marks = pages[node.page].bookmarks
            level, *rest = marks[node.mark]
            marks[node.mark] = (level + levels, *rest)


@dataclass
class _Last:
    """The last run of a paragraph: its box, its line, and whether white space followed it."""

    box: Any
    line: Any
    spaced: bool = False


class _Reader:
    """Reads one page after another, and goes on with each element that it has met."""

    def __init__(self, pages: int, places: Places | None) -> None:
        self._places = places
        each = range(pages)
        self.said = Spoken(Node("Document"), [[] for _ in each], [[] for _ in each])
        self.page = 0
        self._nodes: dict[Any, Node] = {}
        self._last: dict[Node, _Last] = {}
        self._words: dict[Node, str] = {}
        self._blank = ""
        self._marks = 0

    def read(self, number: int, page: Any) -> None:
        """Read the boxes of one page in their order."""
        self.page, self._marks = number, 0
        for box in page.children:
            if type(box).__name__ == "MarginBox":
                self.said.pagination[number] += _drawn(box)
            else:
                self._read(box, self.said.root, None, None)

    def _read(self, box: Any, above: Node, block: Any, line: Any) -> bool:
        """Read a box in a node, in an element that is a block, and in a line.

        Returns whether it stays on the page.
        """
        box = getattr(box, "_box", box)  # what is placed absolutely
        if hasattr(box, "text"):
            return self._say(box, above, block, line)
        if self._is_set_again(box):
            self.said.pagination[self.page] += _drawn(box)
            return True
        name = type(box).__name__
        if name == "LineBox":
            line = box
        elif name != "InlineBox":
            block = box.element
        node = self._node(box, above, block)
        self._marks += _has_bookmark(box)
        if hasattr(box, "replacement"):
            if box.element_tag == SVG and not shown(box.element):
                self.said.blanks[self.page].append(box)
            else:
                node.kids.append((self.page, box))
            return True
        field = self._field(box)
        kept = [child for child in box.children if self._read(child, node, block, line)]
        if len(kept) < len(box.children):
            box.children = kept
        self._fill(field, node, block)
        return True

    def _field(self, box: Any) -> Field | None:
        return self._places.field(box, self.page) if self._places else None

    def _fill(self, field: Field | None, node: Node, block: Any) -> bool:
        """Let a field stand in a node, if there is one; return whether there is."""
        if field is not None:
            self._holder(node, block).add("Form", block, self.page).field = field
        return field is not None

    def _is_set_again(self, box: Any) -> bool:
        """Tell whether a box is the head or foot of a table that goes on from another page."""
        met = self._nodes.get(box.element) if box.element_tag in ("thead", "tfoot") else None
        return met is not None and met.page != self.page

    def _node(self, box: Any, above: Node, block: Any) -> Node:
        """Return the node that holds what is in a box: that of its element, or that above it."""
        if box.element_tag == "li::marker":
            return self._label(above)
        if box.element is None or "::" in box.element_tag:
            return above
        if (node := self._nodes.get(box.element)) is None:
            node = self._nodes[box.element] = self._new(box, above, block)
        if node.kind == "Link":
            node.notes.append((self.page, box))
        return node

    def _new(self, box: Any, above: Node, block: Any) -> Node:
        """Return the node in which an element's text is to stand, which may be that above it."""
        element, tag = box.element, box.element_tag
        if "data-label" in element.attrib:
            return self._label(above)
        kind = KINDS.get(tag, "")
        if tag == "body":
            self._blank = element.get("data-blank", "")
        if kind == "LI":
            return self._body(above, element) if above.kind == "L" else above
        if not kind and tag not in ("html", "body") and "lang" in element.attrib:
            kind = "Span" if type(box).__name__ == "InlineBox" else "Div"
        if not kind:
            return above
        node = (self._holder(above, block) if kind in ("Link", "Span") else above).add(
            kind, element, self.page
        )
        node.box = box
        if HEADING.fullmatch(kind) and _has_bookmark(box):
            node.mark = self._marks
        return node

    def _body(self, above: Node, element: Any) -> Node:
        return above.add("LI", element, self.page).add("LBody", element, self.page)

    def _label(self, body: Node) -> Node:
        """Return the node for what stands before the words of an item, its number for instance."""
        item = body.above
        if body.kind != "LBody" or item is None:
            return body
        if isinstance(first := item.kids[0], Node) and first.kind == "Lbl":
            return first
        return item.add("Lbl", None, self.page, first=True)

    def _holder(self, node: Node, block: Any) -> Node:
        """Return where text in a node is to stand: in a paragraph where a group holds it."""
        if node.kind == "L":
            return self._body(node, block)
        if node.kind not in GROUPS:
            return node
        last = node.kids[-1] if node.kids else None
        if isinstance(last, Node) and last.kind == "P" and last.element is block:
            return last
        return node.add("P", block, self.page)

    def _say(self, box: Any, node: Node, block: Any, line: Any) -> bool:
        """Put a run of text into its node; returns whether it stays on the page."""
        if not box.text.strip(BREAK):
            return False
        if not box.text.strip():
            self._part(node)
            if box.style["text_decoration_line"] == "none":
                return False
        if BLANK.fullmatch(box.text):
            if self._fill(self._field(box), node, block) or self._is_labelled(node):
                self._part(node)
                self.said.blanks[self.page].append(box)
                return True
            node = self._holder(node, block).add("Span", None, self.page)
            node.says = self._blank
        if "::before" in (box.element_tag or "") and not node.kids:
            node = self._label(node)
        holder = self._holder(node, block)
        holder.kids.append((self.page, box))
        if holder.kind != "Lbl" and box.text.strip():
            self._space(holder.paragraph, box, line)
        return True

    def _is_labelled(self, node: Node) -> bool:
        """Tell whether the words before a line to write on say what to write there.

        In mid-sentence nothing does: there the word that the body has for it is read.
        """
        last = self._last.get(node.paragraph)
        return not self._blank or (last is not None and last.box.text.rstrip().endswith(":"))

    def _part(self, node: Node) -> None:
        """Keep in mind that white space follows the last run of a paragraph."""
        if last := self._last.get(node.paragraph):
            last.spaced = True

    def _space(self, paragraph: Node, box: Any, line: Any) -> None:
        """Put a space after the last run of a paragraph, if one is due before the next run."""
        last = self._last.get(paragraph)
        self._last[paragraph] = _Last(box, line)
        if last is None or box.text[0].isspace():
            return
        is_due = last.spaced or last.line is not line
        drawn = last.box.pango_layout  # which may still have the space that ``text`` lost
        if is_due and not (drawn.text[-1].isspace() or self._is_broken(paragraph, last, box)):
            drawn.text += " "

    def _is_broken(self, paragraph: Node, last: _Last, after: Any) -> bool:
        """Tell whether a line ends within a word, such as “long-term”, by the paragraph's words."""
        if last.spaced:
            return False
        words = self._words.get(paragraph)
        if words is None:
            words = WHITE.sub(" ", "".join(_written(paragraph.element)).replace(SOFT, ""))
            self._words[paragraph] = words
        before, hyphen = last.box.text, last.box.style["hyphenate_character"]
        tail, head = before[-SHORT:].replace(SOFT, ""), after.text[:SHORT].replace(SOFT, "")
        if f"{tail} {head}" in words:
            return False
        return f"{tail}{head}" in words or (
            tail.endswith(hyphen) and f"{tail.removesuffix(hyphen)}{head}" in words
        )


def shown(picture: Any) -> str:
    """Return the words for what a picture shows: its ``alt``, or the title of a drawing."""
    return str(picture.findtext(TITLE) or picture.get("alt") or "")


def _has_bookmark(box: Any) -> bool:
    return bool(box.bookmark_label) and box.style["bookmark_level"] != "none"


def _written(element: Any) -> Iterator[str]:
    """Yield the text in an element, with a space where it says that a line ends."""
    yield element.text or ""
    for child in element:
        yield " " if child.tag == "br" else ""
        yield from _written(child)
        yield child.tail or ""


def _drawn(box: Any) -> list[Any]:
    """Return what may be drawn as content in a box: its runs of text and pictures."""
    box = getattr(box, "_box", box)
    if hasattr(box, "text") or hasattr(box, "replacement"):
        return [box]
    return [each for child in box.children for each in _drawn(child)]
