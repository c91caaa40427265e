"""Lays out HTML as a tagged PDF and records what landed where: HTML -> Typeset.

WeasyPrint only logs a missing image, glyph, font or property; here each such line is a Problem.
"""

import gc
import importlib.util
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
from clinicpress.design.design import Design, FontFamily
from clinicpress.errors import ClinicpressError, EnvironmentFault, Place, Problem, Problems

PT_PER_PX = 0.75
MM_PER_PX = 25.4 / 96
REFUSED = "clinicpress-opens-no-such-file"
"""Marks in the engine's log what the fetcher has already made a Problem of."""

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
    with faults.listening(), _without_garbage_collection(), _engine_faults(design):
        fonts = engine.FontConfiguration()
        sheet = engine.CSS(string=font_faces(design.fonts), font_config=fonts, url_fetcher=fetcher)
        page = engine.HTML(string=html, base_url=_base(design), url_fetcher=fetcher)
        document = page.render(font_config=fonts, stylesheets=[sheet])
        pages, landings, words, overflows = _record(document, design)
        _claim_both_standards(document.metadata)
        pdf = document.write_pdf(pdf_variant="pdf/a-3a", uncompressed_pdf=True)
    problems = [*fetcher.refused, *faults.problems(design), *overflows]
    if problems:
        raise Problems(problems)
    return Typeset(pdf, pages, landings, words)


def font_faces(families: Mapping[str, FontFamily]) -> str:
    """Return ``@font-face`` rules for the fonts of the installed font packages."""
    rules = []
    for family in families.values():
        folder = font_folder(family)
        rules += [
            f'@font-face{{font-family:"{family.family}";font-weight:{face.weight};'
            f'src:url("{(folder / face.file).as_uri()}")}}'
            for face in family.faces
        ]
    return "\n".join(rules)


def font_folder(family: FontFamily) -> Path:
    """Return the folder of a family's files. Raises EnvironmentFault if it is not installed."""
    spec = importlib.util.find_spec(family.package)
    if spec is None or spec.origin is None:
        raise EnvironmentFault(
            f"The font package for {family.family} is not installed. Run “make booklet”, "
            f"or “pip install {family.package.replace('_', '-')}”."
        )
    return Path(spec.origin).parent / "files"


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
    """Return a fetcher that opens files of the layouts and fonts, and nothing else."""
    allowed = [folder.resolve() for folder in design.folders]
    allowed += [font_folder(family).resolve() for family in design.fonts.values()]

    base: Any = engine.URLFetcher

    class Fetcher(base):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.refused: list[Problem] = []

        def fetch(self, url: str, headers: Any = None) -> Any:
            parts = urlsplit(url)
            if parts.scheme == "data":
                return super().fetch(url, headers)
            path = Path(unquote(parts.path)).resolve() if parts.scheme == "file" else None
            if path and any(path.is_relative_to(folder) for folder in allowed):
                return super().fetch(url, headers)
            where = "on the network" if path is None else "outside the folder of the layouts"
            name = url if path is None else path.name
            self.refused.append(Problem(
                Place(f"brands/{design.brand_id}"), "LAYOUT-OUTSIDE",
                f"“{name}” is {where}, and so is not used",
                "Copy it into the brand's folder and refer to it by its name."))  # fmt: skip
            raise ValueError(REFUSED)

    return Fetcher()


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
def _engine_faults(design: Design) -> Iterator[None]:
    """Make a Problem of what a size or number beyond sense makes of the engine's own reckoning."""
    try:
        yield
    except (ClinicpressError, MemoryError, RecursionError, OSError):
        raise
    except Exception as error:
        what = f"{type(error).__name__}: {error}"[:200]
        raise Problems([Problem(
            Place(f"brands/{design.brand_id}"), "LAYOUT-FAULT",
            f"the layout engine cannot set this ({what})",
            "Take back what was changed last in its templates and styles.",
        )]) from error  # fmt: skip


PDF_UA = (
    b'<rdf:Description rdf:about="" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    b' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"'
    b' xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    b' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
    b' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    b"<pdfuaid:part>1</pdfuaid:part><pdfaExtension:schemas><rdf:Bag>"
    b'<rdf:li rdf:parseType="Resource">'
    b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    b"<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>"
    b'<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    b"<pdfaProperty:category>internal</pdfaProperty:category>"
    b"<pdfaProperty:description>PDF/UA version identifier</pdfaProperty:description>"
    b"<pdfaProperty:name>part</pdfaProperty:name>"
    b"<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    b"</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag>"
    b"</pdfaExtension:schemas></rdf:Description>"
)
"""Says “PDF/UA-1” in a PDF/A file, with the extension schema of ISO 19005-3, 6.6.2.3.3."""


def _claim_both_standards(metadata: Any) -> None:
    written = metadata.generate_rdf_metadata
    metadata.generate_rdf_metadata = lambda *how: written(*how).replace(
        b"</rdf:RDF>", PDF_UA + b"</rdf:RDF>"
    )


def _record(
    document: Any, design: Design
) -> tuple[tuple[PageRecord, ...], tuple[Landing, ...], str, list[Problem]]:
    """Read the finished boxes: how full each page is, where items are, what sticks out."""
    pages: list[PageRecord] = []
    landings: dict[str, Landing] = {}
    problems: list[Problem] = []
    words: list[str] = []
    section = ""
    for number, page in enumerate(document.pages, start=1):
        box = page._page_box
        area = box.margin_width() * box.margin_height()
        bottom = top = box.content_box_y()
        edge = box.content_box_x() + box.width
        opens = False
        for inner in _descendants(box):
            element = inner.element
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


def _descendants(page: Any) -> Iterator[Any]:
    """Yield the boxes of a page's flow in order; margin boxes are left out."""
    stack = [child for child in reversed(page.children) if type(child).__name__ != "MarginBox"]
    while stack:
        box = stack.pop()
        box = getattr(box, "_box", box)
        yield box
        if hasattr(box, "children"):
            stack.extend(reversed(box.children))


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
