"""What a clinic may write into its ``brand.yaml``, and what each key takes."""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WithJsonSchema

from clinicpress.design.contrast import HEX, channels
from clinicpress.design.fonts import Family, FontFace
from clinicpress.design.qr import address
from clinicpress.errors import Unfit, nearest
from clinicpress.files.letters import overlong
from clinicpress.files.records import Record

MEANINGS = ("ink", "emergency", "today", "book")
"""The colours that mean something, and so are not shifted."""

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
    """The clinic's colour: headings, lines, the cover. Where it is too light for words, these stand
    in a darker one of its hue."""
    exact: bool = False
    """Whether no other shade of it may be used: words then stand in ink, black or white."""
    accent: Colour | None = None
    """A second colour of the clinic's, for lines that mean nothing; left out, the first."""
    ink: Colour = "#1b2b34"
    """Running text."""
    emergency: Colour = "#a4161a"
    """Signs that need help now."""
    today: Colour = "#8a4b00"
    """Signs that need help today."""
    book: Colour = "#2f5d8a"
    """Signs that need a visit."""


def _at_most(most: int) -> AfterValidator:
    """Return the rule that words have at most so many letters."""

    def kept(words: str) -> str:
        if len(words) > most:
            raise Unfit(f"has {len(words)} letters, and {most} are the most", "Shorten it.")
        return words

    return AfterValidator(kept)


Line = Annotated[Words, _at_most(120)]
Text = Annotated[Words, _at_most(240)]
Paragraph = Annotated[Words, _at_most(600)]


NUMBERED = (
    "topic",
    "publication",
    "audience",
    "format",
    "language",
    "region",
    "setting",
    "version",
)
"""What may be filled into a document number."""

LEAST_OF_A_NUMBER, MOST_OF_A_NUMBER = 3, 60


def _number(pattern: str) -> str:
    """Return the pattern of a document number. Raises Unfit for one that no file could bear."""
    for field in re.findall(r"\{([^{}]*)\}", pattern):
        if field not in NUMBERED:
            raise Unfit(f"holds {{{field}}}", nearest(field, NUMBERED))
    if odd := re.search(r"[^A-Za-z0-9._-]", re.sub(r"\{[a-z]+\}", "", pattern)):
        raise Unfit(f"holds “{odd[0]}”", "Use letters, digits, “-”, “_”, “.”, and {names}.")
    if len(pattern) > MOST_OF_A_NUMBER:
        raise Unfit(f"has {len(pattern)} letters", f"Keep to {MOST_OF_A_NUMBER}.")
    if not re.fullmatch(r"[A-Za-z0-9{].*[A-Za-z0-9}]", pattern):
        raise Unfit("begins or ends with a sign", "Begin and end it with a letter or digit.")
    said = re.sub(r"\{(topic|publication|audience|format|setting)\}", "long", pattern)
    if len(re.sub(r"\{[a-z]+\}|[^A-Za-z0-9]", "", said)) < LEAST_OF_A_NUMBER:
        raise Unfit(
            "has too few letters and digits to be found again",
            f"Write {LEAST_OF_A_NUMBER} at least, or a name such as {{publication}}.",
        )
    return pattern


LEAST_BAND, MOST_BAND = 5, 90
"""How much a letterhead may keep free at the top, in mm."""


def _length(value: Any) -> Any:
    """Return a length in mm as it is written, with its unit or without."""
    said = re.fullmatch(r"(\d{1,3}(?:\.\d+)?)\s*(mm|cm)?", str(value).strip())
    if not said:
        raise Unfit("is no length", "Write it in mm, such as 35 mm.")
    length = float(said[1]) * (10 if said[2] == "cm" else 1)
    if not LEAST_BAND <= length <= MOST_BAND:
        raise Unfit("cannot be kept free", f"Keep to {LEAST_BAND} to {MOST_BAND} mm.")
    return length


Length = Annotated[
    float,
    BeforeValidator(_length),
    WithJsonSchema(
        {"type": "string", "pattern": r"^\d{1,3}(\.\d+)?\s*(mm|cm)?$", "title": "length"}
    ),
]


class Letterhead(Record):
    """What is kept free on sheets that are printed on the clinic's own paper."""

    top: Length
    """How much of the top of the sheet, such as `35 mm`."""
    pages: Literal["first", "all"] = "first"
    """On the first page, or on all."""


class OwnFonts(Record):
    """A family of the clinic's own font files, in which all is set but what must be read."""

    family: Family
    """The family's name, as the files bear it."""
    licence: Line | None = None
    """Under which licence a print may embed it, such as `SIL Open Font License 1.1`."""
    faces: Annotated[tuple[FontFace, ...], Field(min_length=1, max_length=12)]
    """Its weights, each with the name of its file in the brand's folder."""


Cover = Literal["figure", "calm", "type", "logo"]
"""How covers look: by one idea each."""


class Contacts(Record):
    """How the clinic is reached, each said once and printed wherever it belongs."""

    address: Line | None = None
    """Where the clinic is, as for the post; on the back cover, and at the end of handouts and
    diaries."""
    phone: Line | None = None
    """The telephone number; the text says it as “your clinic's number”, too."""
    web: Line | None = None
    """The address on the web."""
    hours: Line | None = None
    """When the clinic is open; on the back cover."""
    out_of_hours: Line | None = None
    """Whom to call when it is closed; on the back cover."""
    languages: Line | None = None
    """The languages that are spoken there; on the back cover."""


class Brand(Record):
    """What a clinic puts in ``brand.yaml``. Everything but the name has a default."""

    like: Words | None = None
    """Another brand, whose is all that is not written here: templates, styles, strings, too."""
    name: Words = ""
    """The clinic's name; left out, that of the brand that it is like."""
    logo: Words | None = None
    """File of the logo, in the same folder: SVG, PNG or JPEG."""
    contact: Annotated[tuple[Words, ...], Field(max_length=6)] = ()
    """Lines to print, such as telephone and web."""
    phone: Words | None = None
    """The number that is printed where the text says “your clinic's number”."""
    contacts: Contacts = Contacts()
    """Telephone, web and opening hours, each once; they follow the lines of `contact`."""
    letterhead: Letterhead | None = None
    """What is kept free at the top of handouts and diaries for the clinic's own paper."""
    background: Words | None = None
    """A PDF of one page in the same folder, laid under handouts and diaries, on the pages of
    `letterhead`, else on all."""
    footer: Line | None = None
    """A line of the clinic's own at the foot of each page, as Markdown on one line."""
    cover_text: Text | None = None
    """Words of the clinic's own on the cover."""
    back_text: Paragraph | None = None
    """A paragraph of the clinic's own on the back cover."""
    qr: Annotated[Words, AfterValidator(address)] | None = None
    """An address that a QR code opens, on the back cover and at the end of handouts; “{code}” in it
    is the code of the sheet."""
    other_formats: Text | None = None
    """How to get this in another format, in place of the layouts' own line."""
    reference: Annotated[Words, AfterValidator(_number)] | None = None
    """The document number, such as `PIL-{publication}-{format}-{language}`: on the pages, in the
    file's name and on the counter page. It may hold `{topic}`, `{audience}`, `{region}`,
    `{setting}` and `{version}`, too."""
    interpreter: Text | None = None
    """How to get an interpreter; on the back cover and at the end of handouts."""
    complaints: Text | None = None
    """Where to complain or say what was good; on the back cover and at the end of handouts."""
    colours: Colours = Colours()
    """Colours of the clinic's own."""
    fonts: OwnFonts | None = None
    """Fonts of the clinic's own, in the same folder; what must be read stays in the layouts'."""
    cover: Cover | None = None
    """How the cover of booklets and leaflets looks: `figure`, a large drawing; `calm`, a field of
    colour; `type`, a large title; `logo`, the clinic first. Left out, the layouts' own."""
    paper: Literal["A4", "Letter"] | None = None
    """The paper; left out, the region's."""
    region: Words | None = None
    """The region of ``regions.yaml`` whose numbers and words are printed."""
    language: Words | None = None
    """The language of the print; left out, ``en``."""
    words: Mapping[str, Words] = {}
    """Words of the clinic's own for a region's ``[[token]]``."""
    layouts: Annotated[int, Field(ge=1, le=1000)] | None = None
    """The version of the layouts that this was made for; left out, the first. What has another name
    since is told."""

    def with_phone(self) -> "Brand":
        """Return the same brand, whose one telephone number is said in both places."""
        number = self.phone or self.contacts.phone
        said = {"phone": number} if number and not self.phone else {}
        return self.model_copy(update=said)

    @property
    def meanings(self) -> Mapping[str, str]:
        """The clinic's own words for tokens."""
        return {**({"clinic-phone": self.phone} if self.phone else {}), **self.words}


TEXTS = ("footer", "cover_text", "back_text", "other_formats", "interpreter", "complaints")
"""The keys whose words are a clinic's own sentences."""

CONTACTS = tuple(Contacts.model_fields)
