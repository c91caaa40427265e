"""Opens the design of an edition: layouts -> Design (templates, styles, strings, brand)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from clinicpress.design.brand import lineage, own_family, read_brand
from clinicpress.design.brandfile import Brand
from clinicpress.design.clinic import Clinic, clinic_of
from clinicpress.design.fonts import FontFamily, font_files, held_in, read_fonts
from clinicpress.design.formats import SIZES, Format, FormatId
from clinicpress.design.look import Look, read_look
from clinicpress.design.outside import outside
from clinicpress.design.palette import OF_COVERS, palette
from clinicpress.design.papers import bleed
from clinicpress.design.pictures import check_picture
from clinicpress.design.strays import leading_out
from clinicpress.design.strings import Strings
from clinicpress.design.tokens import fixed_tokens
from clinicpress.design.upgrades import out_of_date
from clinicpress.errors import (
    EnvironmentFault,
    Place,
    Problem,
    Problems,
    Unfit,
    UnknownName,
    shown,
    unknown,
)
from clinicpress.files.paths import Stamp, State, is_hidden, stamp, stamps_below, state
from clinicpress.files.records import read_record

FORMATS = dict[FormatId, Format]
"""What ``formats.yaml`` holds."""


ROOMY = 13
"""Body size in pt below which page 1 has room for more than the signs."""


@dataclass(frozen=True)
class Design:
    """How one edition looks.

    ``folders`` are searched in order: the brand's own, those of the brands that it is like, and
    the layouts' own.
    ``palette`` holds ``#rrggbb`` by meaning; sizes are in pt, ``page`` and ``bleed`` in mm. Colour
    that reaches the edge of a page runs past it by the bleed. ``panels`` are the sizes of pages
    that are not all alike, in the order of reading, in mm.
    """

    brand_id: str
    brand: Brand
    format_id: str
    format: Format
    folders: tuple[Path, ...]
    language: str
    palette: Mapping[str, str]
    page: tuple[float, float]
    body: float
    smallest: float
    fonts: Mapping[str, FontFamily]
    bleed: float
    panels: tuple[tuple[float, float], ...] = ()

    @property
    def roomy(self) -> bool:
        """Whether page 1 of a sheet has room for the signs and for something to do."""
        return self.body < ROOMY

    def strings(self) -> Strings:
        """Return the interface words of the edition's language; a brand's own come first."""
        name = f"strings/{self.language}.po"
        self.find(name)
        return Strings(*(path for folder in self.folders if (path := folder / name).is_file()))

    def clinic(self, code: str = "") -> Clinic:
        """Return what is said of the clinic, on the sheet with a ``code``. Raises Problems."""
        return clinic_of(self.brand, self.strings(), code)

    def find(self, name: str) -> Path:
        """Return the first file called ``name`` along the search path.

        Raises Problems if no folder holds it.
        """
        for folder in self.folders:
            if (folder / name).is_file() and not is_hidden(name):
                return folder / name
        place, hint = Place(shown(self.folders[-1])), "Correct the name, or put the file there."
        raise Problems([Problem(place, "LAYOUT-MISSING", f"no folder holds “{name}”", hint)])

    def look(self) -> Look:
        """Return how figures are drawn. Raises Problems."""
        drawn = {name: said for name, said in self.palette.items() if name not in OF_COVERS}
        return read_look(self.find("figures.yaml"), drawn)

    def symbol(self, name: str) -> str:
        """Return a small sign as SVG. Raises Problems if no folder holds it, or it is no SVG."""
        path = self.find(f"icons/{name}.svg")
        try:
            return _symbol(state(path))
        except Unfit as error:
            wrong, hint = f"this icon {error.wrong}", error.hint
        except UnicodeDecodeError:
            wrong, hint = "a character of this icon is not UTF-8", "Save the file as UTF-8."
        raise Problems([Problem(Place(shown(path)), "ICON", wrong, hint)])

    def icons(self) -> list[Path]:
        """Return the file of each small sign, sorted: a brand's own for the default."""
        found: dict[str, Path] = {}
        for folder in reversed(self.folders):
            found |= {path.name: path for path in folder.glob("icons/*.svg")}
        return [found[name] for name in sorted(found)]

    def digest(self) -> str:
        """Return a fingerprint of all that can change how the edition looks, as it was first read.

        A design is opened for each print, and asked for each time that it is composed.
        """
        return self._digest

    @cached_property
    def _digest(self) -> str:
        digest = _held(self.folders[-1], frozenset(self._files())).copy()
        for id, family in self.fonts.items():
            for weight, path in font_files(family).items():
                digest.update(f"{id} {weight} {held_in(path)}".encode())
        sizes = (self.format_id, self.panels or self.page, self.body, self.smallest)
        digest.update(repr(sizes).encode())
        return str(digest.hexdigest())

    def _files(self) -> set[Stamp]:
        """Return every file that can change how the edition looks."""
        *own, layouts = self.folders
        folders = (*own, *(layouts / part for part in PARTS))
        found = {file for folder in folders if folder.is_dir() for file in stamps_below(folder)}
        return found.union(stamp(path) for path in layouts.glob("*.yaml") if path.name != SIGNED)


SIGNED = "signed.yaml"
"""Who signed the layouts: no print is made of it."""

PARTS = ("templates", "styles", "strings", "icons")
"""The folders of the layouts that prints are made from."""


@lru_cache(maxsize=8)
def _held(layouts: Path, files: frozenset[Stamp]) -> Any:
    """Return a digest, which is not to be changed, of what these files hold, as they are now."""
    digest = hashlib.sha256()
    for path in sorted(Path(file.path) for file in files):
        name = path.relative_to(layouts).as_posix()
        digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest


@lru_cache(maxsize=256)
def _symbol(file: State) -> str:
    """Return the small sign that a file holds. Raises Unfit, UnicodeDecodeError."""
    content = file.path.read_bytes()
    check_picture(content, ".svg")
    return content.decode("utf-8")


def read_formats(layouts: Path) -> Mapping[str, Format]:
    """Return the formats of ``layouts`` by id. Raises Problems or EnvironmentFault."""
    if not layouts.is_dir():
        raise EnvironmentFault(
            f"{shown(layouts)} holds no formats.yaml, so it is no folder of layouts. "
            "Name one with --layouts, or make one with “generate init DIR”."
        )
    if problems := list(leading_out(layouts)):
        raise Problems(problems)
    formats: Mapping[str, Format] = _read(layouts / "formats.yaml", FORMATS)
    return formats


def _read(path: Path, kind: Any) -> Any:
    problems: list[Problem] = []
    found = read_record(path, kind, problems)
    if problems:
        raise Problems(problems)
    return found


def open_design(
    layouts: Path, *, brand: str, format: str, language: str, paper: str, smallest: float = 0,
    kind: str = "booklet", panels: tuple[tuple[float, float], ...] = (),
) -> Design:  # fmt: skip
    """Return the design; ``smallest`` is the least type size of the audience, in pt.

    The effective size is the larger of the format's and the audience's. ``kind`` is that of the
    publication, and ``panels`` are the sizes of its pages, in mm, where they are not those of
    ``paper``. Raises UnknownName, Problems or EnvironmentFault.
    """
    formats = read_formats(layouts)
    if format not in formats:
        raise unknown("format", format, formats)
    chosen = formats[format]
    stock = chosen.stock(kind)
    if stock is None:
        raise UnknownName(f"There is no {kind} in the format “{format}”.")
    body = next((size for name, size in stock.body.items() if name == paper), None)
    if body is None:
        raise UnknownName(
            f"The format “{format}” is not made for {paper}. Use {' or '.join(stock.body)}."
        )
    found, family = read_brand(layouts, brand), lineage(layouts, brand)
    if problems := [*out_of_date(layouts, brand),
                    *(problem for id in family for rule in (outside, fixed_tokens)
                      for problem in rule(layouts, id))]:  # fmt: skip
        raise Problems(problems)
    homes = [layouts / "brands" / id for id in family]
    return Design(
        brand_id=brand,
        brand=found,
        format_id=format,
        format=chosen,
        folders=(*homes, layouts),
        language=language,
        palette=palette(found.colours),
        page=panels[0] if panels else SIZES[paper],
        body=max(body, smallest),
        smallest=max(chosen.smallest, stock.least(paper), smallest),
        fonts={**read_fonts(layouts / "fonts.yaml"), **own_family(found, homes)},
        bleed=bleed(paper),
        panels=panels,
    )
