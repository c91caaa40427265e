"""Annotations, bookmarks and destinations follow their pages onto the sheets."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from pikepdf import Array, Dictionary, Matrix, Name, Pdf, Stream

from clinicpress.pdf.boxes import Box
from clinicpress.pdf.trees import named
from clinicpress.pdf.words import entries, word
from clinicpress.press.originals import FARTHEST, Standing, Standings

POINTS = ("/QuadPoints", "/Vertices", "/L", "/CL")
"""What holds points of an annotation, two numbers each (ISO 32000-1, 12.5.6)."""

HIDDEN, PRINTED = 2, 4
"""Flags of annotations (ISO 32000-1, 12.5.3)."""


def moved_box(matrix: Matrix, box: Box) -> Box:
    """Return the box around ``box`` once it is moved."""
    xs, ys = zip(
        *(matrix.transform((x, y)) for x in (box[0], box[2]) for y in (box[1], box[3])),
        strict=True,
    )
    return min(xs), min(ys), max(xs), max(ys)


def annotations(page: Any) -> Iterator[Any]:
    """Yield the annotations of a page that can be read as such."""
    found = page.get("/Annots")
    for each in found if isinstance(found, Array) else ():
        if isinstance(each, Dictionary) and _numbers(each.get("/Rect"), 4):
            yield each


def _numbers(value: Any, least: int) -> list[float] | None:
    if not isinstance(value, Array) or len(value) < least:
        return None
    try:
        numbers = [float(each) for each in value]
    except (TypeError, ValueError, OverflowError):
        return None
    return numbers if all(abs(each) <= FARTHEST for each in numbers) else None


def _flags(annotation: Any) -> int:
    """Return the flags of an annotation; what is no number is none set."""
    flags = annotation.get("/F")
    return flags & 0xFFFF if isinstance(flags, int) else 0


def move_annotations(document: Pdf, standings: Standings) -> None:
    """Put the annotations of every original onto its sheet, where the page now stands."""
    turned: dict[Any, Any] = {}
    moved: set[Any] = set()
    for standing in standings.values():
        for annotation in annotations(standing.original.page):
            if annotation.is_indirect and annotation.objgen in moved:
                continue  # two pages share it, and it can stand on one
            moved.add(annotation.objgen)
            _move(document, annotation, standing, turned)
            annotation.P = standing.sheet
            if "/Annots" not in standing.sheet:
                standing.sheet.Annots = Array()
            standing.sheet.Annots.append(annotation)


def _move(document: Pdf, annotation: Any, standing: Standing, turned: dict[Any, Any]) -> None:
    matrix = standing.matrix
    rect = _numbers(annotation.Rect, 4) or [0, 0, 0, 0]
    left, bottom, right, top = standing.original.box
    if rect[0] > right or rect[2] < left or rect[1] > top or rect[3] < bottom:
        annotation.F = _flags(annotation) | HIDDEN  # it lay outside what the page shows
    annotation.Rect = Array(moved_box(matrix, (rect[0], rect[1], rect[2], rect[3])))
    for key in POINTS:
        if points := _numbers(annotation.get(key), 2):
            annotation[key] = Array(_moved_points(matrix, points))
    if isinstance(lines := annotation.get("/InkList"), Array):
        annotation.InkList = Array(
            [Array(_moved_points(matrix, _numbers(line, 2) or [])) for line in lines]
        )
    linear = Matrix(matrix.a, matrix.b, matrix.c, matrix.d, 0, 0)
    if linear != Matrix() and isinstance(looks := annotation.get("/AP"), Dictionary):
        annotation.AP = Dictionary(
            {key: _turned_look(document, look, linear, turned) for key, look in entries(looks)}
        )


def _moved_points(matrix: Matrix, points: list[float]) -> list[float]:
    pairs = zip(points[::2], points[1::2], strict=False)
    return [value for pair in pairs for value in matrix.transform(pair)]


def _turned_look(document: Pdf, look: Any, linear: Matrix, turned: dict[Any, Any]) -> Any:
    """Return an appearance, or each of several states, turned and scaled by ``linear``.

    A viewer fits the appearance into the annotation's rectangle, but does not turn it.
    """
    if isinstance(look, Dictionary):
        return Dictionary(
            {key: _turned_look(document, each, linear, turned) for key, each in entries(look)}
        )
    if not isinstance(look, Stream):
        return look
    key = (look.objgen, linear.shorthand)
    if key not in turned:
        copy = document.make_stream(look.read_raw_bytes())
        for name, value in entries(look):
            if name != "/Length":
                copy[name] = value
        copy.Matrix = Array((_own_matrix(look) @ linear).shorthand)
        turned[key] = copy
    return turned[key]


def _own_matrix(look: Any) -> Matrix:
    a, b, c, d, e, f = (_numbers(look.get("/Matrix"), 6) or [1, 0, 0, 1, 0, 0])[:6]
    return Matrix(a, b, c, d, e, f)


def appearances(page: Any) -> Iterator[tuple[Any, Matrix]]:
    """Yield what a page's annotations look like in print: each form and what maps it to the page.

    The way of ISO 32000-1, 12.5.5: the appearance's box fills the annotation's rectangle.
    """
    for annotation in annotations(page):
        look = _look(annotation)
        flags = _flags(annotation)
        box = look is not None and _numbers(look.get("/BBox"), 4)
        if not box or flags & HIDDEN or not flags & PRINTED:
            continue
        own = _own_matrix(look)
        x0, y0, x1, y1 = moved_box(own, (box[0], box[1], box[2], box[3]))
        a, b, c, d = _numbers(annotation.Rect, 4) or [0, 0, 0, 0]
        if x1 > x0 and y1 > y0:
            across, up = abs(c - a) / (x1 - x0), abs(d - b) / (y1 - y0)
            yield (
                look,
                Matrix(across, 0, 0, up, min(a, c) - x0 * across, min(b, d) - y0 * up),
            )


def _look(annotation: Any) -> Any:
    """Return the stream that draws an annotation as it is now, or None."""
    looks = annotation.get("/AP")
    look = looks.get("/N") if isinstance(looks, Dictionary) else None
    if isinstance(look, Dictionary):
        state = annotation.get("/AS")
        look = look.get(word(state) or "/Off")
    return look if isinstance(look, Stream) else None


def move_destinations(document: Pdf, standings: Standings) -> None:
    """Let bookmarks, names and links lead to where their pages now stand.

    What led to a page that is on no sheet leads nowhere.
    """
    pages = [page.obj for page in document.pages]
    left_out = {page.objgen for page in pages} - set(standings)

    def moved(target: Any) -> Any:
        return _moved_target(target, pages, left_out, standings)

    root = document.Root
    if isinstance(flat := root.get("/Dests"), Dictionary):
        _move_named([value for _, value in entries(flat)], moved)
    if isinstance(names := root.get("/Names"), Dictionary):
        _move_named(named(names.get("/Dests")), moved)
    _replace_action(root, "/OpenAction", moved)
    for holder in _holders(document, standings):
        _replace_action(holder, "/Dest", moved)
        _replace_action(holder, "/A", moved)


def _holders(document: Pdf, standings: Standings) -> Iterator[Any]:
    """Yield everything that may lead to a page: bookmarks and annotations."""
    yield from _bookmarks(document.Root.get("/Outlines"))
    for standing in standings.values():
        yield from annotations(standing.original.page)


def _bookmarks(outline: Any) -> Iterator[Any]:
    stack, seen = [outline], set()
    while stack:
        item = stack.pop()
        if not isinstance(item, Dictionary) or (item.is_indirect and item.objgen in seen):
            continue
        seen.add(item.objgen)
        yield item
        stack += [item.get("/Next"), item.get("/First")]


def _replace_action(holder: Any, key: str, moved: Callable[[Any], Any]) -> None:
    """Move what ``holder`` has under ``key``: a destination, or an action that goes to one."""
    target = holder.get(key)
    if isinstance(target, Array):
        _put(holder, key, moved(target))
    elif (
        isinstance(target, Dictionary)
        and target.get("/S") == Name.GoTo
        and isinstance(target.get("/D"), Array)
    ):
        _put(target, "/D", moved(target.D))


def _move_named(values: Iterable[Any], moved: Callable[[Any], Any]) -> None:
    """Move named destinations where they stand, each by itself or in a dictionary of its own."""
    for value in values:
        target = value.get("/D") if isinstance(value, Dictionary) else value
        if isinstance(target, Array) and (put := moved(target)) is not None:
            _fill(target, put)


def _fill(array: Any, values: Iterable[Any]) -> None:
    """Let ``array`` hold ``values`` instead, wherever it is referred to from."""
    kept = list(values)
    del array[:]
    array.extend(kept)


def _put(holder: Any, key: str, value: Any) -> None:
    if value is not None:
        holder[key] = value
    elif key in holder:
        del holder[key]


def _moved_target(target: Any, pages: list[Any], left_out: set[Any], standings: Standings) -> Any:
    """Return a destination on its sheet, or None if its page is on none."""
    page = target[0] if len(target) else None
    if isinstance(page, int) and 0 <= page < len(pages):
        page = pages[page]
    if not isinstance(page, Dictionary):
        return target
    if standing := standings.get(page.objgen):
        return Array([standing.sheet, *_moved_view(list(target)[1:], standing)])
    return None if page.objgen in left_out else target


def _moved_view(view: list[Any], standing: Standing) -> list[Any]:
    """Return how a destination shows its page, in the sheet's points (ISO 32000-1, 12.3.2.2)."""
    left, _, _, top = standing.original.box
    kind = word(view[0]) if view else "/Fit"
    numbers = [float(value) if _is_number(value) else None for value in view[1:]]
    if kind == "/XYZ" and len(numbers) >= 2:
        x, y = (
            own if own is not None else edge
            for own, edge in zip(numbers, (left, top), strict=False)
        )
        return [Name.XYZ, *standing.matrix.transform((x, y)), *view[3:4]]
    if kind in ("/FitH", "/FitBH") and numbers and numbers[0] is not None:
        return [Name.XYZ, *standing.matrix.transform((left, numbers[0])), None]
    if kind == "/FitR" and len(numbers) == 4 and None not in numbers:
        a, b, c, d = (value or 0 for value in numbers)
        return [Name.FitR, *moved_box(standing.matrix, (a, b, c, d))]
    return [Name.FitR, *moved_box(standing.matrix, standing.original.box)]


def _is_number(value: Any) -> bool:
    if not isinstance(value, int | float | Decimal) or isinstance(value, bool):
        return False
    return abs(float(value)) <= FARTHEST
