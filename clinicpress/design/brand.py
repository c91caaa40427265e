"""A clinic's brand: one ``brand.yaml`` with its name, logo, contact lines, colours and paper."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints

from clinicpress.design.contrast import TEXT, channels, contrast
from clinicpress.errors import Problem, Problems, UnknownName, nearest
from clinicpress.records import Record, parse, read_record

PAPER = "#ffffff"
LOGO_MAGIC = {".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff"}

Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


def _colour(value: str) -> str:
    channels(value)
    return value.lower()


Colour = Annotated[str, AfterValidator(_colour)]


class Colours(Record):
    """Colours by what they mean, as ``#rrggbb``. Text stands in each of them, or on it in white."""

    brand: Colour = "#0f5c6e"
    ink: Colour = "#1b2b34"
    emergency: Colour = "#a4161a"
    today: Colour = "#8a4b00"
    book: Colour = "#2f5d8a"


class Brand(Record):
    """What a clinic puts in ``brand.yaml``. Everything but the name has a default."""

    name: Words
    strapline: Words | None = None
    logo: Words | None = None
    contact: Annotated[tuple[Words, ...], Field(max_length=6)] = ()
    phone: Words | None = None
    out_of_hours: Words | None = None
    website: Words | None = None
    colours: Colours = Colours()
    paper: Literal["A4", "Letter"] | None = None
    region: Words | None = None
    language: Words | None = None
    words: Mapping[str, Words] = {}

    @property
    def meanings(self) -> Mapping[str, str]:
        """The clinic's own words for tokens."""
        return {**({"clinic-phone": self.phone} if self.phone else {}), **self.words}


def read_brand(layouts: Path, brand: str, words: frozenset[str] | None = None) -> Brand:
    """Return the brand ``brand`` of ``layouts``.

    Raises UnknownName if there is none, Problems if its file is wrong, a colour too faint, or
    its logo missing, no image or outside the brand's folder. ``words`` are the tokens that a
    brand may give its own words to.
    """
    known = sorted(path.parent.name for path in layouts.glob("brands/*/brand.yaml"))
    if brand not in known:
        raise UnknownName(f"There is no brand “{brand}”. {nearest(brand, known)}")
    path = layouts / "brands" / brand / "brand.yaml"
    problems: list[Problem] = []
    found: Brand | None = read_record(path, Brand, problems)
    if found:
        problems += _faint(found, path)
        problems += _logo(found, path)
        for token in found.words:
            if words is not None and token not in words:
                problems.append(Problem(parse(path).place(("words", token)), "TOKEN-UNKNOWN",
                                        f"the word “{token}” is no token of the regions",
                                        nearest(token, words)))  # fmt: skip
    if problems or found is None:
        raise Problems(problems)
    return found


def _faint(brand: Brand, path: Path) -> list[Problem]:
    return [
        Problem(parse(path).place(("colours", name)), "COLOUR-FAINT",
                f"the colour “{name}” {colour} has a contrast of {contrast(colour, PAPER):.1f} to 1 "
                f"on white paper", f"Choose a darker one: at least {TEXT} to 1 is needed.")  # fmt: skip
        for name, colour in brand.colours
        if contrast(colour, PAPER) < TEXT
    ]


def _logo(brand: Brand, path: Path) -> list[Problem]:
    if brand.logo is None:
        return []

    def problem(message: str, hint: str) -> list[Problem]:
        return [Problem(parse(path).place(("logo",)), "LOGO", f"the logo “{brand.logo}” {message}", hint)]

    logo = (path.parent / brand.logo).resolve()
    if "://" in brand.logo or not logo.is_relative_to(path.parent.resolve()):
        return problem("is not in the brand's folder", "Copy the file there and write its name only.")
    if not logo.is_file():
        return problem("does not exist", f"Put it in {path.parent.name}/, or take the line out.")
    if not is_image(logo):
        return problem("is no image that can be printed", "Save it as SVG, PNG or JPEG.")
    return []


def is_image(path: Path) -> bool:
    """Return whether the file really holds the kind of image that its ending says."""
    start = path.read_bytes()
    if path.suffix.lower() == ".svg":
        return _is_svg(start)
    magic = LOGO_MAGIC.get(path.suffix.lower())
    return magic is not None and start.startswith(magic) and len(start) > 64


def _is_svg(text: bytes) -> bool:
    from xml.etree import ElementTree

    try:
        root: Any = ElementTree.fromstring(text)
    except ElementTree.ParseError:
        return False
    return bool(root.tag == "{http://www.w3.org/2000/svg}svg")
