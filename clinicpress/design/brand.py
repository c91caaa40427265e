"""A clinic's brand: one ``brand.yaml`` with its name, logo, contact lines, colours and paper."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, WithJsonSchema

from clinicpress.design.contrast import HEX, TEXT, channels, contrast, mix
from clinicpress.design.pictures import check_picture
from clinicpress.design.strays import strays
from clinicpress.errors import Problem, Problems, Unfit, nearest, shown, unknown
from clinicpress.files.letters import overlong
from clinicpress.files.records import Record, parse, read_record

EMERGENCY = "emergency-number"
PAPER = "#ffffff"


def _not_overlong(words: str) -> str:
    if wrong := overlong(words):
        raise Unfit(*wrong)
    return words


Words = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1),
    AfterValidator(_not_overlong),
    Field(title="words"),
]


def _colour(value: str) -> str:
    channels(value)
    return value.lower()


Colour = Annotated[
    str,
    AfterValidator(_colour),
    WithJsonSchema({"type": "string", "pattern": f"^{HEX.pattern}$", "title": "colour"}),
]


class Colours(Record):
    """Colours by what they mean, as ``#rrggbb``. Text stands in each of them, or on it in white."""

    brand: Colour = "#0f5c6e"
    """The clinic's colour: headings, lines, the cover."""
    ink: Colour = "#1b2b34"
    """Running text."""
    emergency: Colour = "#a4161a"
    """Signs that need help now."""
    today: Colour = "#8a4b00"
    """Signs that need help today."""
    book: Colour = "#2f5d8a"
    """Signs that need a visit."""


class Brand(Record):
    """What a clinic puts in ``brand.yaml``. Everything but the name has a default."""

    name: Words
    """The clinic's name."""
    logo: Words | None = None
    """File of the logo, in the same folder: SVG, PNG or JPEG."""
    contact: Annotated[tuple[Words, ...], Field(max_length=6)] = ()
    """Lines to print, such as telephone and web."""
    phone: Words | None = None
    """The number that is printed where the text says “your clinic's number”."""
    colours: Colours = Colours()
    """Colours of the clinic's own."""
    paper: Literal["A4", "Letter"] | None = None
    """The paper; left out, the region's."""
    region: Words | None = None
    """The region of ``regions.yaml`` whose numbers and words are printed."""
    language: Words | None = None
    """The language of the print; left out, ``en``."""
    words: Mapping[str, Words] = {}
    """Words of the clinic's own for a region's ``[[token]]``."""

    @property
    def meanings(self) -> Mapping[str, str]:
        """The clinic's own words for tokens."""
        return {**({"clinic-phone": self.phone} if self.phone else {}), **self.words}


def brand_ids(layouts: Path) -> list[str]:
    """Return the names of the brands of ``layouts``."""
    return [name for name in brand_folders(layouts) if _brand_file(layouts, name).exists()]


def _brand_file(layouts: Path, brand: str) -> Path:
    return layouts / "brands" / brand / "brand.yaml"


def brand_folders(layouts: Path) -> list[str]:
    """Return the names that a brand may be asked for by, whether or not it lacks its file."""
    found = (path for path in layouts.glob("brands/*") if not path.name.startswith((".", "__")))
    return sorted(path.name for path in found if path.is_dir())


def read_brand(
    layouts: Path,
    brand: str,
    words: Collection[str] | None = None,
    regions: Collection[str] | None = None,
) -> Brand:
    """Return the brand ``brand`` of ``layouts``.

    Raises UnknownName if there is none, Problems if its file is wrong, a colour too faint, or
    its logo missing, no image or outside the brand's folder. ``words`` are the tokens that a
    brand may give its own words to, ``regions`` those that it may choose; None checks neither.
    """
    known = brand_folders(layouts)
    if brand not in known:
        raise unknown("brand", brand, known)
    path = _brand_file(layouts, brand)
    problems: list[Problem] = list(strays(path.parent))
    if problems:
        raise Problems(problems)
    found: Brand | None = read_record(path, Brand, problems)
    if found:
        languages = [file.stem for file in layouts.glob("strings/*.po")]
        problems += _faint(found, path)
        problems += _logo(found, path)
        problems += _words(found, path, words)
        if too_much := _more_than_a_name(found.phone or ""):
            place = parse(path).place(("phone",))
            problems.append(
                Problem(
                    place,
                    "BRAND-WORDS",
                    f"the phone number {too_much}".replace("have", "has").replace("hold", "holds"),
                    NAME_ONLY,
                )
            )
        problems += _unknown(path, "region", "REGION-UNKNOWN", found.region, regions)
        problems += _unknown(path, "language", "LANGUAGE-UNKNOWN", found.language, languages)
    if problems or found is None:
        raise Problems(problems)
    return found


MOST_LETTERS = 40
"""Of what a brand puts in the place of a token: a name or a number within a sign or an action."""

NAME_ONLY = "Write a name or a number alone: it stands within sentences that must be read."


def _more_than_a_name(said: str) -> str | None:
    """Return why words are more than a name or a number, if they are."""
    if len(said) > MOST_LETTERS:
        return f"have {len(said)} letters, and {MOST_LETTERS} are the most"
    if mark := next((mark for mark in said if mark in ",;:!?"), None):
        return f"hold “{mark}”"
    return None


def _words(brand: Brand, path: Path, known: Collection[str] | None) -> Iterator[Problem]:
    for token, said in brand.words.items():
        place = parse(path).place(("words", token))
        if known is not None and token not in known:
            yield Problem(
                place,
                "TOKEN-UNKNOWN",
                f"the word “{token}” is no token of the regions",
                nearest(token, known),
            )
        if token == EMERGENCY:
            yield Problem(
                place,
                "EMERGENCY-NUMBER",
                "a brand cannot change the emergency number",
                "Choose the region whose number it is, or mend sources/regions.yaml.",
            )
        if too_much := _more_than_a_name(said):
            yield Problem(place, "BRAND-WORDS", f"the words for “{token}” {too_much}", NAME_ONLY)
        if "[[" in said:
            yield Problem(
                place,
                "TOKEN-MISPLACED",
                f"the words for “{token}” hold a token themselves",
                "Write the words themselves.",
            )


def _unknown(
    path: Path, key: str, code: str, name: str | None, known: Collection[str] | None
) -> Iterator[Problem]:
    if name is not None and known is not None and name not in known:
        yield Problem(
            parse(path).place((key,)),
            code,
            f"there is no {key} “{name}”",
            nearest(name, known),
        )


def palette(colours: Colours) -> Mapping[str, str]:
    """Return every colour of the print as ``#rrggbb``: a brand's own and those made of them."""
    own = dict(colours)
    tints = {f"{name}_tint": mix(colour, PAPER, 0.09) for name, colour in own.items()}
    return {
        **own,
        **tints,
        "paper": PAPER,
        "line": mix(own["brand"], PAPER, 0.45),
        "hairline": mix(own["ink"], PAPER, 0.25),
        "rule": mix(own["ink"], PAPER, 0.6),
        "soft": mix(own["ink"], PAPER, 0.82),
    }


def _faint(brand: Brand, path: Path) -> Iterator[Problem]:
    """Yield a Problem for each colour that is too faint on white, or where text stands on a tint.

    ``soft`` is made of the ink: it is the colour of labels, which stand on the brand's tint.
    """
    shades = palette(brand.colours)
    for name, colour in brand.colours:
        text, tint = (shades["soft"], "brand_tint") if name == "ink" else (colour, f"{name}_tint")
        on_white, on_tint = contrast(colour, PAPER), contrast(text, shades[tint])
        if min(on_white, on_tint) < TEXT:
            ground = "on white paper" if on_white < TEXT else "where it stands on a tint"
            ratio = on_white if on_white < TEXT else on_tint
            yield Problem(
                parse(path).place(("colours", name)),
                "COLOUR-FAINT",
                f"the colour “{name}” {colour} has a contrast of {ratio:.1f} to 1 {ground}",
                f"Choose a darker one: at least {TEXT} to 1 is needed.",
            )


def _logo(brand: Brand, path: Path) -> list[Problem]:
    if brand.logo is None:
        return []

    def problem(message: str, hint: str) -> list[Problem]:
        return [
            Problem(
                parse(path).place(("logo",)), "LOGO", f"the logo “{brand.logo}” {message}", hint
            )
        ]

    logo = (path.parent / brand.logo).resolve()
    if "://" in brand.logo or not logo.is_relative_to(path.parent.resolve()):
        return problem(
            "is not in the brand's folder", "Copy the file there and write its name only."
        )
    if not logo.is_file():
        return problem("does not exist", f"Put it in {shown(path.parent)}, or take the line out.")
    try:
        check_picture(logo.read_bytes(), logo.suffix)
    except Unfit as error:
        return problem(error.wrong, error.hint)
    return []
