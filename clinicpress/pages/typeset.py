"""Lays out HTML as a tagged PDF and records what landed where: HTML -> Typeset.

WeasyPrint only logs a missing image, glyph, font or property; here each such line is a Problem.
"""

import gc
import logging
import os
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from clinicpress.design.brand import PAPER
from clinicpress.design.contrast import TEXT, contrast
from clinicpress.design.design import Design
from clinicpress.design.fonts import FontFamily, font_files
from clinicpress.design.pictures import ENDINGS, check_picture
from clinicpress.design.strays import SIGNS
from clinicpress.errors import ClinicpressError, EnvironmentFault, Place, Problem, Problems, Unfit
from clinicpress.pages.compose import svg_url
from clinicpress.pages.markup import out_of_place

PT_PER_PX = 0.75
MM_PER_PX = 25.4 / 96
REFUSED = "clinicpress-opens-no-such-file"
"""Marks in the engine's log what the fetcher has already made a Problem of."""

TAKE_OUT = "Take the rule out of the brand's styles, or the element out of its templates."

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

    ``opens`` says that a section begins at its top, so that the page before may end early.
    """

    number: int
    section: str
    fill: float
    opens: bool = False


@dataclass(frozen=True)
class Typeset:
    """A finished layout: the PDF, and the record of its pages.

    ``words`` is all that can be read on them, margins apart, in order and without white space:
    what stands on the sheet, in at least the smallest type, dark enough on white.
    """

    pdf: bytes
    pages: tuple[PageRecord, ...]
    landings: tuple[Landing, ...]
    words: str

    def count(self, words: str) -> int:
        """Return how often ``words`` stand on the pages, however their lines are broken."""
        return self.words.count("".join(words.split()))

    def landing(self, id: str) -> Landing | None:
        """Return where the element with ``data-item`` ``id`` landed."""
        return next((landing for landing in self.landings if landing.id == id), None)


def typeset(html: str, design: Design) -> Typeset:
    """Lay out ``html``. Raises Problems for everything the engine complained of."""
    engine = load_engine()
    fetcher = _fetcher(engine, design)
    faults = _Faults()
    with faults.listening(), _without_garbage_collection(), _failing_in_words(design):
        fonts = engine.FontConfiguration()
        sheet = engine.CSS(string=font_faces(design.fonts), font_config=fonts, url_fetcher=fetcher)
        page = engine.HTML(string=html, base_url=_base(design), url_fetcher=fetcher)
        # Where no font could be loaded, the engine would not complain, but crash.
        if problems := [*faults.problems(design), *out_of_place(page.etree_element, design)]:
            raise Problems(problems)
        last = engine.CSS(string=last_style(design), font_config=fonts, url_fetcher=fetcher)
        document = page.render(font_config=fonts, stylesheets=[sheet, last])
        pages, landings, words, overflows = _record(document, design)
        pdf = document.write_pdf(pdf_variant="pdf/a-3a", uncompressed_pdf=True)
    problems = [*fetcher.refused, *faults.problems(design), *overflows]
    if problems:
        raise Problems(problems)
    return Typeset(pdf, pages, landings, words)


def last_style(design: Design) -> str:
    """Return the style that has the last word on what must be read: the layouts' own, no brand's.

    The engine takes it for the reader's, whose “important” is above all others'.
    """
    path = design.folders[-1] / "styles/required.css"
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def font_faces(families: Mapping[str, FontFamily]) -> str:
    """Return ``@font-face`` rules for the fonts of the installed font packages."""
    rules = []
    for family in families.values():
        rules += [
            f'@font-face{{font-family:"{family.family}";font-weight:{weight};'
            f'src:url("{path.as_uri()}")}}'
            for weight, path in font_files(family).items()
        ]
    return "\n".join(rules)


@dataclass(frozen=True)
class _Engine:
    HTML: Any
    CSS: Any
    URLFetcher: Any
    URLFetcherResponse: Any
    FontConfiguration: Any


@lru_cache(maxsize=1)
def load_engine() -> _Engine:
    """Import WeasyPrint with no font of the machine in reach."""
    os.environ["FONTCONFIG_FILE"] = str(Path(__file__).with_name("fonts.conf"))
    warnings.filterwarnings("ignore", message="No fonts configured")  # as it should be
    try:
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher, URLFetcherResponse
    except OSError as error:
        if error.errno:  # the machine's fault, not a missing library's
            raise
        raise EnvironmentFault(
            "A system library that lays out pages is missing "
            f"({str(error).splitlines()[0]}). Run “make booklet”, or install "
            "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0."
        ) from error
    return _Engine(
        weasyprint.HTML, weasyprint.CSS, URLFetcher, URLFetcherResponse, FontConfiguration
    )


def _base(design: Design) -> str:
    return design.folders[0].resolve().as_uri() + "/"


def _fetcher(engine: _Engine, design: Design) -> Any:
    """Return a fetcher that opens pictures of the layouts and the fonts, and nothing else."""
    fonts = {path.resolve() for family in design.fonts.values()
             for path in font_files(family).values()}  # fmt: skip
    base: Any = engine.URLFetcher

    class Fetcher(base):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.refused: list[Problem] = []

        def fetch(self, url: str, headers: Any = None) -> Any:
            name = "a picture" if url[:5].lower() == "data:" else f"“{url}”"
            try:
                parts = urlsplit(url)
                if parts.scheme == "data":
                    return self._checked(super().fetch(url, headers))
                path = Path(unquote(parts.path)) if parts.scheme == "file" else None
                if path and path.resolve() in fonts:
                    return super().fetch(url, headers)
                if path is None:
                    raise Unfit("is on the network, and so is not used", COPY)
                name = f"“{path.name}”"
                return engine.URLFetcherResponse(url, _picture_at(path, design))
            except Unfit as error:
                self.refused.append(Problem(Place(f"brands/{design.brand_id}"), "LAYOUT-OUTSIDE",
                                            f"{name} {error.wrong}", error.hint))  # fmt: skip
            except ValueError:  # an address that is none; a file that is missing the engine tells
                self.refused.append(Problem(Place(f"brands/{design.brand_id}"), "LAYOUT-OUTSIDE",
                                            f"{name[:200]} cannot be opened", COPY))  # fmt: skip
            raise ValueError(REFUSED)

        def _checked(self, response: Any) -> Any:
            """Return what a ``data:`` address holds, which is a picture or nothing."""
            content = response.read()
            check_picture(content, IN_PLACE.get(response.content_type, ""))
            return engine.URLFetcherResponse("data:", content, response.headers)

    return Fetcher()


COPY = "Copy it into the brand's folder and refer to it by its name."

IN_PLACE = {"image/svg+xml": ".svg", "image/png": ".png", "image/jpeg": ".jpg"}


def _picture_at(path: Path, design: Design) -> bytes:
    """Return a picture of the brand's folder or the layouts. Raises Unfit for any other file."""
    brand, layouts = (folder.resolve() for folder in (design.folders[0], design.folders[-1]))
    within_brand = path.resolve().is_relative_to(brand)
    is_ours = (
        path.resolve().is_relative_to(layouts) and "brands" not in path.parts[len(layouts.parts) :]
    )
    if not (within_brand or is_ours):
        raise Unfit("is outside the folder of the layouts, and so is not used", COPY)
    if Path(os.path.normpath(path)) != path.resolve():
        raise Unfit("is a link, and no link in a brand is followed", "Put the file itself there.")
    if path.suffix.lower() not in ENDINGS:
        raise Unfit("is no picture, and so is not opened", "Refer to SVG, PNG and JPEG files only.")
    content = path.read_bytes()
    check_picture(content, path.suffix)
    return content


class _Faults(logging.Handler):
    """Collects what the engine logs while it works."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())

    @contextmanager
    def listening(self) -> Iterator[None]:
        logger = logging.getLogger("weasyprint")
        kept, propagate = list(logger.handlers), logger.propagate
        logger.handlers, logger.propagate = [self], False
        try:
            yield
        finally:
            logger.handlers, logger.propagate = kept, propagate

    def problems(self, design: Design) -> list[Problem]:
        place = Place(f"brands/{design.brand_id}")
        said = [line for line in dict.fromkeys(self.lines) if REFUSED not in line]
        return [
            Problem(
                place,
                "LAYOUT-FAULT",
                f"the layout engine says: {' '.join(line.split()).rstrip('.')}",
                "Correct the template, style or text that this names.",
            )
            for line in said
        ]


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Layout makes many objects and little garbage: collecting costs 10 to 20 % of its time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@contextmanager
def _failing_in_words(design: Design) -> Iterator[None]:
    """Make a Problem of what the engine raises for a style or template that it cannot lay out."""
    try:
        yield
    except (ClinicpressError, MemoryError, RecursionError, OSError):
        raise
    except Exception as error:
        message = f"the layout engine gives up ({type(error).__name__}: {error})"[:200]
        hint = "Take out what is odd in the brand's styles and templates."
        place = Place(f"brands/{design.brand_id}")
        raise Problems([Problem(place, "LAYOUT-FAULT", message, hint)]) from error


def _record(
    document: Any, design: Design
) -> tuple[tuple[PageRecord, ...], tuple[Landing, ...], str, list[Problem]]:
    """Read the finished boxes: how full each page is, where items are, what sticks out."""
    pages: list[PageRecord] = []
    landings: dict[str, Landing] = {}
    problems: list[Problem] = []
    words: list[str] = []
    section = ""
    signs = own_signs(design)
    for number, page in enumerate(document.pages, start=1):
        box = page._page_box
        area = box.margin_width() * box.margin_height()
        bottom = top = box.content_box_y()
        edge = box.content_box_x() + box.width
        opens = False
        for inner, ruled in _descendants(box):
            element = inner.element
            if ruled.required and (touched := _touched(inner, ruled, signs)):
                problems.append(
                    Problem(
                        Place(f"brands/{design.brand_id}"),
                        "STYLE-REQUIRED",
                        touched,
                        "Take the rule out of the brand's styles.",
                    )
                )
            if element is not None and (item := element.get("data-item")):
                share = inner.border_width() * inner.border_height() / area
                first = landings.get(item)
                landings[item] = Landing(item, first.first if first else number, number,
                                         first.share if first else share)  # fmt: skip
            if element is not None and (name := element.get("data-section", section)) != section:
                section = name
                opens = opens or bottom == top
            if hasattr(inner, "text") and _is_legible(inner, box, design):
                words += inner.text.split()
            if _is_framed(inner):
                lowest = top + box.height
                bottom = max(bottom, min(lowest, inner.position_y + inner.margin_height()))
            if _is_seen(inner):
                bottom = max(bottom, inner.position_y + inner.margin_height())
                if inner.width and not (
                    inner.position_x > -OVERFLOW_PX
                    and inner.position_x + inner.width < edge + OVERFLOW_PX
                ):
                    problems.append(_sticks_out(inner, number))
        place = Place(f"brands/{design.brand_id}")
        problems += (
            Problem(place, "STYLE-COVER", f"on page {number} {covered}", TAKE_OUT)
            for covered in _covering(box, signs)
        )
        pages.append(PageRecord(number, section, (bottom - top) / box.height, opens))
        if bottom > top + box.height + OVERFLOW_PX:
            problems.append(_too_tall(number, section))
    return tuple(pages), tuple(landings.values()), "".join(words), problems


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


@dataclass(frozen=True)
class _Ruled:
    """What holds for a box and all in it: whether it must be read, is turned, is pale."""

    required: bool = False
    turned: bool = False
    pale: bool = False

    def within(self, box: Any) -> "_Ruled":
        """Return what holds for ``box``, which is in one of which this holds."""
        element, style = box.element, box.style
        return _Ruled(
            self.required or (element is not None and element.get("data-required") is not None),
            self.turned or bool(style["transform"]),
            self.pale or style["opacity"] < 1,
        )


def _descendants(page: Any) -> Iterator[tuple[Any, _Ruled]]:
    """Yield the boxes of a page's flow in order; margin boxes are left out."""
    stack = [
        (child, _Ruled())
        for child in reversed(page.children)
        if type(child).__name__ != "MarginBox"
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


def _touched(box: Any, ruled: _Ruled, signs: frozenset[str]) -> str:
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
    colour = box.style["background_color"]
    return colour != "currentcolor" and getattr(colour, "alpha", 1) > 0


def _paints(box: Any) -> bool:
    """Return whether a box puts ink on the page beside that of words in it."""
    background = getattr(box, "background", None)
    return hasattr(box, "replacement") or _has_frame(box) or background is not None


Rectangle = tuple[float, float, float, float]

TOUCHING = 0.5
"""How far boxes may lie over each other, in px, where lines are set close."""


def _covering(page: Any, signs: frozenset[str]) -> Iterator[str]:
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
    return Problem(Place(f"page {page}"), "LAYOUT-WIDE", f"“{words[:60]}” runs past the margin",
                   "Shorten it, or let the style break it.")  # fmt: skip


def _too_tall(page: int, section: str) -> Problem:
    return Problem(Place(f"page {page}"), "LAYOUT-TALL",
                   f"a block in “{section}” is taller than the page",
                   "Shorten it, or let the style break it across pages.")  # fmt: skip
