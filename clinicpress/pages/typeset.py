"""Lays out HTML as a tagged PDF and records what landed where: HTML -> Typeset.

WeasyPrint only logs a missing image, glyph, font or property; here each such line is a Problem.
"""

import gc
import os
import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from clinicpress.design.design import Design
from clinicpress.design.fonts import FontFamily, font_files
from clinicpress.errors import ClinicpressError, EnvironmentFault, Place, Problem, Problems
from clinicpress.pages.blanks import part_blanks
from clinicpress.pages.complaints import Complaints
from clinicpress.pages.families import unknown_families
from clinicpress.pages.fetching import REFUSED, fetcher
from clinicpress.pages.fields import Places, marks_of
from clinicpress.pages.forms import Pictures
from clinicpress.pages.markup import out_of_place
from clinicpress.pages.record import Landing, PageRecord, read_layout
from clinicpress.pages.spoken import spoken
from clinicpress.pages.styles import Shared, Sheets, shared
from clinicpress.pages.tree import Writer, join_links


@dataclass(frozen=True)
class Typeset:
    """A finished layout: its PDF, which is written when it is asked for, and its pages' record.

    ``source`` is the PDF, or what writes it; it is empty where there are more pages than there may.
    Words of a page are all that can be read on it, margins apart, in order and without white space:
    what stands on the sheet, in at least the smallest type, dark enough on white.
    """

    source: bytes | Callable[[], bytes]
    pages: tuple[PageRecord, ...]
    landings: tuple[Landing, ...]

    @property
    def fits(self) -> bool:
        """Whether it has no more pages than it may."""
        return bool(self.source)

    @cached_property
    def pdf(self) -> bytes:
        """The PDF. Raises Problems for what the engine complains of while it writes."""
        written = self.source if isinstance(self.source, bytes) else self.source()
        object.__setattr__(self, "source", written)  # which lets the engine's boxes go
        return written

    @cached_property
    def words(self) -> str:
        """All words of its pages, without white space."""
        return "".join(page.words for page in self.pages)

    def count(self, words: str) -> int:
        """Return how often ``words`` stand on the pages, however their lines are broken."""
        return self.words.count("".join(words.split()))

    def landing(self, id: str) -> Landing | None:
        """Return where the element with ``data-item`` ``id`` landed."""
        return next((landing for landing in self.landings if landing.id == id), None)


def typeset(
    html: str, design: Design, *, most: int | None = None, scrolls: bool = False
) -> Typeset:
    """Lay out ``html`` and write its PDF; where it fills more than ``most`` pages, there is none.

    ``scrolls`` says that its fields may hold more than is seen of them: it is no print.

    Raises Problems for everything the engine complained of.
    """
    laid = laid_out(html, design, most=most, scrolls=scrolls)
    return replace(laid, source=laid.pdf)


def laid_out(
    html: str, design: Design, *, most: int | None = None, scrolls: bool = False
) -> Typeset:
    """Lay out ``html`` as ``typeset`` does; its PDF is written, and complained of, when asked for.

    Of several layouts that are tried, one is printed.
    """
    engine = load_engine()
    opened, pictures = fetcher(engine, design), Pictures(engine)
    heard = Complaints()
    with heard.alone(), _without_garbage_collection(), _failing_in_words(design):
        common = _common(engine, design, opened)
        page = engine.HTML(string=html, base_url=_base(design), url_fetcher=opened)
        # Where no font could be loaded, the engine would not complain, but crash.
        misplaced = out_of_place(page.etree_element, design)
        if problems := [*opened.refused, *_told(heard, design), *misplaced]:
            raise Problems(problems)
        part_blanks(page.etree_element)
        places = Places(marks_of(page.etree_element, scrolls), design)
        document = page.render(
            font_config=common.fonts, stylesheets=[*common.sheets], cache=pictures
        )
        boxes = [page._page_box for page in document.pages]
        read = read_layout(document, design)
        wrong = [*unknown_families(boxes, design), *read.problems]
        if problems := [*opened.refused, *_told(heard, design), *wrong]:
            raise Problems(problems)
        if most is not None and len(boxes) > most:
            return Typeset(b"", read.pages, read.landings)
        join_links(document.pages)
        said = spoken(document.pages, places)
        if problems := list(places.problems(boxes)):
            raise Problems(problems)

    def write() -> bytes:
        with heard.alone(), _without_garbage_collection(), _failing_in_words(design):
            engine.tags.said = said
            pdf: bytes = document.write_pdf(pdf_variant="pdf/a-3a", uncompressed_pdf=True)
            engine.tags.said = None
        if problems := [*opened.refused, *_told(heard, design)]:
            raise Problems(problems)
        return pdf

    return Typeset(write, read.pages, read.landings)


@dataclass(frozen=True)
class Styled:
    """The elements of a page before it is laid out, with the computed style of each."""

    root: Any
    style: Callable[..., Any]


def styled(html: str, design: Design) -> Styled:
    """Return the elements of ``html`` with their computed styles. Nothing is laid out."""
    engine = load_engine()
    opened = fetcher(engine, design)
    with Complaints().alone(), _failing_in_words(design):
        common = _common(engine, design, opened)
        page = engine.HTML(string=html, base_url=_base(design), url_fetcher=opened)
        found = engine.styles(
            page, [*common.sheets], font_config=common.fonts, page_rules=[], layers=[]
        )
        return Styled(page.etree_element, found)


def _common(engine: Any, design: Design, opened: Any) -> Shared:
    """Return the fonts of the design, and the sheets that stand behind those of its pages."""
    files = [path for family in design.fonts.values() for path in font_files(family).values()]
    return shared(engine, font_faces(design.fonts), files, last_style(design), opened)


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
    Stream: Any
    pdf: Any
    tags: Writer
    styles: Any


C_TYPES = ("PangoFcFontMap *", "FcChar8 **", "char[]", "PangoRectangle *", "PangoLogAttr[]",
           "unsigned int *", "hb_tag_t[100]", "char[4]", "hb_codepoint_t[]")  # fmt: skip
"""What the engine names in words of C, each parsed where it is first met: here, for all workers."""


class _Arrays:
    """Stands in for the engine's way to C where fonts are cut down to the letters of a print.

    It would name each array by its length, which is another for each font and print, and each name
    is parsed anew: that takes a tenth of the time of a sheet.
    """

    def __init__(self, ffi: Any) -> None:
        self._ffi = ffi

    def __getattr__(self, name: str) -> Any:
        return getattr(self._ffi, name)

    def new(self, words: str, given: Any = None) -> Any:
        """Return an array as long as what is ``given`` for it; anything else as it is named."""
        if isinstance(given, list | tuple):
            words = LENGTH.sub("[]", words)
        return self._ffi.new(words, given)


LENGTH = re.compile(r"\[\d+\]$")


@lru_cache(maxsize=1)
def load_engine() -> _Engine:
    """Import WeasyPrint with no font of the machine in reach, and make it ready to work."""
    os.environ["FONTCONFIG_FILE"] = str(Path(__file__).with_name("fonts.conf"))
    warnings.filterwarnings("ignore", message="No fonts configured")  # as it should be
    try:
        import weasyprint
        import weasyprint.css
        import weasyprint.pdf
        import weasyprint.pdf.fonts
        from weasyprint.logger import LOGGER
        from weasyprint.pdf import pydyf
        from weasyprint.pdf.stream import Stream
        from weasyprint.text.ffi import ffi
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
    for name in C_TYPES:
        ffi.typeof(name)
    weasyprint.pdf.fonts.ffi = _Arrays(ffi)
    weasyprint.css.CSS = Sheets(weasyprint.CSS)
    weasyprint.pdf.add_tags = tags = Writer(pydyf, LOGGER.error)
    return _Engine(
        weasyprint.HTML, weasyprint.CSS, URLFetcher, URLFetcherResponse, FontConfiguration,
        Stream, pydyf, tags, weasyprint.css.get_all_computed_styles,
    )  # fmt: skip


def _base(design: Design) -> str:
    return design.folders[0].resolve().as_uri() + "/"


def _told(complaints: Complaints, design: Design) -> list[Problem]:
    """Return a Problem for each thing that the engine complained of."""
    place = Place(f"brands/{design.brand_id}")
    said = [line for line in dict.fromkeys(complaints.lines) if REFUSED not in line]
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
