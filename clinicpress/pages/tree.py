"""Writes what pages say as the structure tree of their PDF, in place of the layout engine's own."""

from collections.abc import Iterable, Sequence
from typing import Any

from clinicpress.errors import EnvironmentFault
from clinicpress.pages.fields import Field
from clinicpress.pages.pieces import PT_PER_PX
from clinicpress.pages.spoken import CELLS, Node, Spoken, shown
from clinicpress.pdf.forms import PRINTED, text_field, tick_box

NUMBERING = {"•": "Disc", "◦": "Circle", "▪": "Square"}
"""What the label of an item that has no number says of its list (ISO 32000-1, table 347)."""

NOTHING = "null"


class Writer:
    """Stands in for the engine's writer of tags, and writes those of the document ``said``.

    The engine marks each run of text that it draws with a number, which the tree refers to
    (ISO 32000-1, 14.7.4).
    """

    def __init__(self, pydyf: Any, complain: Any) -> None:
        self._pydyf, self._complain = pydyf, complain
        self.said: Spoken | None = None

    def __call__(self, pdf: Any, document: Any, version: Any, streams: Sequence[Any]) -> None:
        """Write the tree into ``pdf``. Raises EnvironmentFault for marks that are not known."""
        assert self.said is not None
        _Tree(self._pydyf, self._complain, pdf, document, streams).write(self.said)


def join_links(pages: Iterable[Any]) -> None:
    """Let each link of a page be one, though its words and its page number stand in many boxes.

    The engine makes an annotation for each box. Boxes of one link follow one another.
    """
    for page in pages:
        joined: list[Any] = []
        for kind, target, area, box in page.links:
            if joined and joined[-1][:2] == (kind, target):
                area = _around(joined[-1][2], area)
                joined[-1] = (kind, target, area, joined[-1][3])
            else:
                joined.append((kind, target, area, box))
        page.links[:] = joined


def _around(one: Sequence[float], other: Sequence[float]) -> tuple[float, ...]:
    (a, b, c, d), (e, f, g, h) = one, other
    return (min(a, e), min(b, f), max(c, g), max(d, h))


class _Tree:
    """The tree of one document while it is written."""

    def __init__(
        self, pydyf: Any, complain: Any, pdf: Any, document: Any, streams: Sequence[Any]
    ) -> None:
        self.pydyf, self.complain, self.pdf, self.streams = pydyf, complain, pdf, streams
        self.heights = [page.height for page in document.pages]
        self.marks = [
            {box: mark["mcid"] for box, mark in stream._tags.items()} for stream in streams
        ]
        self.parents: list[list[Any]] = [[NOTHING] * len(marks) for marks in self.marks]
        self.notes: list[tuple[Any, Any]] = []
        self.pages = [
            each
            for each in pdf.objects
            if isinstance(each, pydyf.Dictionary) and each.get("Type") == "/Page"
        ]

    def write(self, said: Spoken) -> None:
        """Write all of it, and say in the catalog that it is there."""
        for number in range(len(self.streams)):
            self._pass_over(number, said.pagination[number], "/Pagination")
            self._pass_over(number, said.blanks[number], "/Layout")
        self._prune(said.root)
        root = self._add({"Type": "/StructTreeRoot"})
        root["K"] = self.pydyf.Array([self._write(said.root, root).reference])
        if any(self.marks):
            raise EnvironmentFault(
                "The layout engine draws text in a way that is not known here, so it would not be "
                "read aloud. Run “make booklet”, which installs the version that is."
            )
        root["ParentTree"] = self._add({"Nums": self._numbers()}).reference
        self.pdf.catalog["StructTreeRoot"] = root.reference
        self.pdf.catalog["ViewerPreferences"] = self._dictionary({"DisplayDocTitle": "true"})
        self.pdf.catalog["MarkInfo"] = self._dictionary({"Marked": "true"})

    def _dictionary(self, values: dict[str, Any]) -> Any:
        return self.pydyf.Dictionary(values)

    def _add(self, values: dict[str, Any]) -> Any:
        added = self._dictionary(values)
        self.pdf.add_object(added)
        return added

    def _numbers(self) -> Any:
        """Return by which numbers pages and annotations find their elements."""
        numbers: list[Any] = []
        for page, elements in enumerate(self.parents):
            numbers += page, self.pydyf.Array(elements)
        for number, (element, note) in enumerate(self.notes, len(self.parents)):
            numbers += number, element.reference
            note["StructParent"] = number
        return self.pydyf.Array(numbers)

    def _pass_over(self, page: int, boxes: Iterable[Any], kind: str) -> None:
        """Make artifacts of what boxes draw (ISO 32000-1, 14.8.2.2.2)."""
        marks = self.marks[page]
        numbers = {marks.pop(box) for box in boxes if box in marks}
        if not numbers:
            return
        content, found = self.streams[page].stream, 0
        for at, each in enumerate(content):
            if isinstance(each, self.pydyf.Dictionary) and each.get("MCID") in numbers:
                content[at - 1] = "/Artifact"
                content[at] = self._dictionary({"Type": kind})
                found += 1
        if found != len(numbers):
            raise EnvironmentFault(
                "The layout engine marks content in a way that is not known here, so page margins "
                "would be read aloud. Run “make booklet”, which installs the version that is."
            )

    def _prune(self, node: Node) -> bool:
        """Take out of a node what holds nothing that is drawn; returns whether it may stay."""
        node.kids = [
            kid
            for kid in node.kids
            if (self._prune(kid) if isinstance(kid, Node) else kid[1] in self.marks[kid[0]])
        ]
        stays = bool(node.kids) or node.kind in CELLS or node.field is not None
        return stays or any(map(_annotation, node.notes))

    def _write(self, node: Node, above: Any) -> Any:
        """Write an element and all in it, and return it."""
        element = self._add({"Type": "/StructElem", "S": f"/{node.kind}", "P": above.reference})
        on_page = node.kind in CELLS or node.notes or node.field
        if on_page or any(not isinstance(kid, Node) for kid in node.kids):
            element["Pg"] = self.pdf.page_references[node.page]
        self._describe(node, element)
        notes = [(page, box.link_annotation) for page, box in node.notes if box.link_annotation]
        if node.field:
            notes.append((node.page, self._widget(node.field, node.page)))
        kids = [self._refer(each, element) for each in notes]
        for kid in node.kids:
            if isinstance(kid, Node):
                kids.append(self._write(kid, element).reference)
            else:
                kids.append(self._piece(kid, node, element))
        element["K"] = self.pydyf.Array(kids)
        return element

    def _piece(self, piece: tuple[int, Any], node: Node, element: Any) -> Any:
        """Return how an element refers to what a box draws: a number where that is on its page."""
        page, box = piece
        number = self.marks[page].pop(box)
        self.parents[page][number] = element.reference
        if page == node.page:
            return number
        there = self.pdf.page_references[page]
        return self._dictionary({"Type": "/MCR", "Pg": there, "MCID": number})

    def _refer(self, note: tuple[int, Any], element: Any) -> Any:
        """Return how an element refers to its annotation (ISO 32000-1, 14.7.4.3)."""
        page, annotation = note
        self.notes.append((element, annotation))
        return self._dictionary(
            {"Type": "/OBJR", "Obj": annotation.reference, "Pg": self.pdf.page_references[page]}
        )

    def _widget(self, field: Field, page: int) -> Any:
        """Put a field on its page, and return it; how it looks is for its form to say."""
        left, top, right, bottom = field.area
        width = (right - left) * PT_PER_PX
        long = field.mark.long
        kind = tick_box() if field.mark.ticked else text_field(field.size, field.lines, width, long)
        below = self.heights[page]
        corners = [PT_PER_PX * edge for edge in (left, below - bottom, right, below - top)]
        widget = self._add({
            "Type": "/Annot", "Subtype": "/Widget", "F": PRINTED, **kind,
            "T": self.pydyf.String(field.mark.name), "TU": self.pydyf.String(field.mark.says),
            "Rect": self.pydyf.Array([round(corner, 2) for corner in corners]),
            "P": self.pdf.page_references[page],
        })  # fmt: skip
        if "DA" in kind:
            widget["DA"] = self.pydyf.String(kind["DA"])
        self.pages[page].setdefault("Annots", self.pydyf.Array()).append(widget.reference)
        return widget

    def _describe(self, node: Node, element: Any) -> None:
        """Say more of an element: its language, what it shows, how it counts, what it heads."""
        html = node.element
        if html is not None and node.above is not None and (lang := html.get("lang")):
            element["Lang"] = self.pydyf.String(lang)
        if node.says:
            element["ActualText"] = self.pydyf.String(_said_instead(node))
        if node.kind == "Figure":
            self._describe_figure(node, element)
        elif node.kind == "L":
            says = {"O": "/List", "ListNumbering": f"/{numbering(node)}"}
            element["A"] = self._dictionary(says)
        elif node.kind in CELLS:
            if cell := _cell(node):
                element["A"] = self._dictionary({"O": "/Table", **cell})
        elif node.kind == "Link":
            for each in filter(_annotation, node.notes):
                _annotation(each)["Contents"] = self.pydyf.String(said_of_link(node))

    def _describe_figure(self, node: Node, element: Any) -> None:
        html, box = node.element, node.box
        if alt := shown(html):
            element["Alt"] = self.pydyf.String(alt)
        else:
            self.complain('Image "%s" has no required alt description', html.get("src", "unknown"))
        left, top, height = box.content_box_x(), box.content_box_y(), self.heights[node.page]
        edges = left, height - top - box.height, left + box.width, height - top
        corners = self.pydyf.Array([round(PT_PER_PX * edge, 2) for edge in edges])
        element["A"] = self._dictionary({"O": "/Layout", "BBox": corners})


def _annotation(note: tuple[int, Any]) -> Any:
    return note[1].link_annotation


def _said_instead(node: Node) -> str:
    """Return what is read in place of what is drawn, with the space that is drawn after it."""
    *_, (_, box) = [kid for kid in node.kids if not isinstance(kid, Node)]
    return node.says + (" " if box.pango_layout.text.endswith(" ") else "")


def _cell(node: Node) -> dict[str, Any]:
    """Return what a cell of a table heads, and over how many rows and columns (PDF/UA-1, 7.5)."""
    says: dict[str, Any] = {}
    if node.kind == "TH":
        group = node.above and node.above.above
        heads_column = group is not None and group.kind == "THead"
        says["Scope"] = "/Column" if heads_column else "/Row"
    if node.box.colspan != 1:
        says["ColSpan"] = node.box.colspan
    if node.box.rowspan != 1:
        says["RowSpan"] = node.box.rowspan
    return says


def numbering(items: Node) -> str:
    """Return how the items of a list are numbered, by their labels (PDF/UA-1, 7.6)."""
    labels = {"".join(label.texts()).strip().rstrip(".)") for label in _labels(items)}
    if labels and all(label.isdecimal() for label in labels):
        return "Decimal"
    if labels and all(len(label) == 1 and "A" <= label <= "Z" for label in labels):
        return "UpperAlpha"
    return NUMBERING.get(labels.pop(), "None") if len(labels) == 1 else "None"


def _labels(items: Node) -> Iterable[Node]:
    for item in items.kids:
        first = item.kids[0] if isinstance(item, Node) and item.kids else None
        if isinstance(first, Node) and first.kind == "Lbl":
            yield first


def said_of_link(node: Node) -> str:
    """Return what a link says of itself, or its words (ISO 14289-1, 7.18.5).

    In its title “{page}” stands for the last of its words, the number of the page it leads to.
    """
    said = " ".join(node.texts()).split()
    title = node.element.get("title")
    return title.replace("{page}", said[-1]) if title and said else " ".join(said)
