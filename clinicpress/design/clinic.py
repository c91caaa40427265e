"""What a print says of the clinic: its brand's words, set in the words of the layouts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from clinicpress.design.brandfile import Brand, Colours
from clinicpress.design.qr import Code, code_of
from clinicpress.design.strings import Strings

SHORTLY, AT_LENGTH = ("phone", "web"), ("hours", "out_of_hours", "languages")
"""The contacts that stand wherever the clinic is named, and those on its back cover."""

WITH_ADDRESS = ("handout", "diary")
"""What has no back cover, and is large enough to say where the clinic is."""


@dataclass(frozen=True)
class Clinic:
    """A brand as templates see it.

    ``address`` is that for the post; ``contact`` are lines that stand wherever the clinic is named,
    ``opening`` those of its back cover; ``service`` are its lines on other formats, interpreters
    and complaints. ``band`` is what its letterhead needs at the top of a sheet, in mm, on the
    ``first`` page or on ``all``. ``font`` is the family of its own fonts, ``cover`` the style of
    its covers.
    """

    name: str
    logo: str | None
    address: str | None
    contact: tuple[str, ...]
    opening: tuple[str, ...]
    service: tuple[str, ...]
    footer: str | None
    cover_text: str | None
    back_text: str | None
    other_formats: str | None
    phone: str | None
    colours: Colours
    paper: str | None
    region: str | None
    language: str | None
    words: Mapping[str, str]
    band: float = 0
    band_on: str = ""
    qr: Code | None = None
    font: str | None = None
    cover: str | None = None

    def line(self, kind: str) -> str:
        """Return how a print of a kind names the clinic, where it has no back cover."""
        address = self.address if kind in WITH_ADDRESS else None
        return " · ".join(filter(None, (self.name, address, *self.contact)))

    @property
    def said(self) -> Iterator[str]:
        """All its words that stand beside what the sources say."""
        yield from filter(None, (self.name, self.address))
        yield from (*self.contact, *self.opening, *self.service)
        yield from filter(None, (self.footer, self.cover_text, self.back_text))
        if self.qr:
            yield self.qr.label


def clinic_of(brand: Brand, strings: Strings, code: str = "") -> Clinic:
    """Return what is said of the clinic of ``brand``. Raises Problems for a word that is missing.

    The words of the layouts name what each contact is; ``code`` is that of the sheet.
    """

    def named(*keys: str) -> tuple[str, ...]:
        held = ((key, getattr(brand.contacts, key)) for key in keys)
        return tuple(strings(f"contact.{key}", value=value) for key, value in held if value)

    kept = brand.letterhead
    address = next(iter(named("address")), None)
    service = (brand.other_formats, brand.interpreter, brand.complaints)
    return Clinic(
        brand.name, brand.logo, address, (*brand.contact, *named(*SHORTLY)), named(*AT_LENGTH),
        tuple(filter(None, service)), brand.footer, brand.cover_text, brand.back_text,
        brand.other_formats, brand.phone, brand.colours, brand.paper, brand.region, brand.language,
        brand.words,
        kept.top if kept else 0, kept.pages if kept else "",
        code_of(brand.qr, code) if brand.qr else None,
        brand.fonts.family if brand.fonts else None, brand.cover,
    )  # fmt: skip
