"""What of a brand is worth a look before anything is printed: colours, logo, contact, overrides."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from clinicpress.checks.phrases import phrases, wrong_phrases
from clinicpress.checks.sources import unprintable_of_clinic
from clinicpress.content.library import Library
from clinicpress.content.text import to_plain
from clinicpress.design.brand import lineage, read_brand, stated_in
from clinicpress.design.brandfile import Brand
from clinicpress.design.contrast import TEXT, contrast, in_grey
from clinicpress.design.design import Design
from clinicpress.design.hues import passing
from clinicpress.design.outside import outside
from clinicpress.design.palette import palette, settled_of
from clinicpress.design.papers import PAPERS, Size
from clinicpress.design.pictures import Pixels, pixels_of
from clinicpress.design.tokens import fixed_tokens
from clinicpress.design.upgrades import out_of_date
from clinicpress.errors import Place, Problem, Problems, Unfit, close, shown, visible
from clinicpress.files.paths import State, state
from clinicpress.processes.workers import bounded

PAIRS = (
    ("brand", "paper", "headings on white"), ("brand", "brand_tint", "headings on a tint"),
    ("paper", "brand", "white on the colour for words"), ("on_area", "area", "words on the cover"),
    ("ink", "paper", "running text"), ("ink", "brand_tint", "running text on a tint"),
    ("soft", "brand_tint", "labels on a tint"),
    ("emergency", "paper", "emergency signs"), ("paper", "emergency", "white on their colour"),
    ("today", "paper", "signs for today"), ("today", "today_tint", "signs for today on a tint"),
    ("book", "paper", "signs for a visit"),
)  # fmt: skip
"""Each colour of words, its ground, and where the two meet."""

LOGO_MM, SHARP = 12, 200
"""How high a logo is printed, and the fewest pixels to an inch at which its steps are not seen."""

HEAVY = 2_000_000
"""Bytes of a logo that make each file of a clinic large."""

PARTS = ("templates", "styles", "icons", "strings", "instructions")
OWN_STYLE = "styles/brand.css"


@dataclass(frozen=True)
class Pair:
    """Words in a colour on a ground: how far they stand out, in colour and in grey.

    ``nearest`` is the nearest colour of the same hue that does, where this one does not.
    """

    where: str
    words: str
    ground: str
    ratio: float
    grey: float
    nearest: str = ""


@dataclass(frozen=True)
class Looked:
    """What was found of one brand."""

    brand: str
    pairs: tuple[Pair, ...]
    findings: tuple[Problem, ...]


def look_into(layouts: Path, id: str, library: Library) -> Looked:
    """Return what is to be said of the brand ``id``. Raises UnknownName if there is none."""
    never = [phrase for topic in library.topics.values() for phrase in topic.topic.never_print]
    try:
        brand = read_brand(layouts, id, library.tokens(), library.regions)
        family = lineage(layouts, id)
        findings = [
            *unprintable_of_clinic(layouts, id, never), *wrong_phrases(layouts, family, never),
            *(problem for each in family for problem in outside(layouts, each)),
            *(problem for each in family for problem in fixed_tokens(layouts, each)),
            *out_of_date(layouts, id),
        ]  # fmt: skip
    except Problems as error:
        return Looked(id, (), error.problems)
    folders = [layouts / "brands" / each for each in family]
    findings += [*_said_too_little(brand, folders), *_shifted(brand, folders),
                 *_logo(brand, folders), *_unread(folders[0], layouts),
                 *_paper(brand, folders), *_plain_only(brand, folders)]  # fmt: skip
    return Looked(id, tuple(pairs(palette(brand.colours))), tuple(sorted(set(findings))))


def noticed(design: Design) -> tuple[str, ...]:
    """Return what each print tells of its brand that stops none, a sentence each."""
    brand = design.brand
    return _noticed(design.folders, brand.logo, brand.footer, tuple(_states(design.folders[0])))


def _states(folder: Path) -> Iterator[State]:
    yield from (state(path) for path in sorted(folder.rglob("*")) if path.is_file())


@lru_cache(maxsize=16)
def _noticed(
    folders: tuple[Path, ...], logo: str | None, footer: str | None, held: tuple[State, ...]
) -> tuple[str, ...]:
    brand = Brand(logo=logo, footer=footer)
    found = [*_unread(folders[0], folders[-1]), *_plain_only(brand, folders[:-1])]
    with suppress(Problems):  # of a logo that takes too long, the pages tell
        found += _logo(brand, folders[:-1])
    return tuple(f"{each.place}: {each.message}. {each.hint}" for each in found
                 if each.code != "BRAND-SAME")  # fmt: skip


def _plain_only(brand: Brand, folders: Sequence[Path]) -> Iterator[Problem]:
    """Yield a Problem for a line at the foot with markup: one type is all that is set there."""
    if brand.footer and to_plain(brand.footer) != brand.footer:
        yield Problem(
            stated_in(folders, "footer"), "BRAND-PLAIN",
            "the foot of a page prints the words of “footer” alone, without bold or links",
            "Take the marks out, or say it in “back_text”, which keeps them.",
        )  # fmt: skip


def _paper(brand: Brand, folders: Sequence[Path]) -> Iterator[Problem]:
    """Yield a Problem for a clinic's own paper that cannot be laid under pages."""
    if brand.background is None:
        return
    content = next(path for folder in folders if (path := folder / brand.background).is_file())
    place = stated_in(folders, "background")
    size = PAPERS[brand.paper or ("Letter" if brand.region == "US" else "A4")]
    try:
        bounded(_look_at, (content.read_bytes(), size), place, folders[0].name)
    except Unfit as error:
        wrong = f"the background “{brand.background}” {error.wrong}"
        yield Problem(place, "BACKGROUND", wrong, error.hint)


def _look_at(job: tuple[bytes, Size]) -> None:
    from clinicpress.press.underlay import check_paper

    check_paper(*job)


def pairs(tones: Mapping[str, str]) -> Iterator[Pair]:
    """Yield each pair of colours of a palette in which words are printed."""
    for words, ground, where in PAIRS:
        text, on = tones[words], tones[ground]
        ratio, grey = contrast(text, on), contrast(in_grey(text), in_grey(on))
        better = passing(text, text) if min(ratio, grey) < TEXT - 0.05 else ""
        yield Pair(where, text, on, round(ratio, 1), round(grey, 1), better)


O_FOR_0 = re.compile(r"(?<=[0-9])O(?![A-Z])|(?<![A-Z])O(?=[0-9])", re.IGNORECASE)
"""A letter O that stands with digits, where a number has 0."""


def _said_too_little(brand: Brand, folders: Sequence[Path]) -> Iterator[Problem]:
    place = Place(shown(folders[0] / "brand.yaml"))
    if brand.region is None:
        yield Problem(place, "BRAND-REGION", "no region is stated, so prints name no number",
                      "Add “region:”, such as GB, US, IE, AU or neutral.")  # fmt: skip
    if not (brand.contact or brand.contacts.phone or brand.contacts.web):
        yield Problem(place, "BRAND-REACH", "no print says how the clinic is reached",
                      "Add “contacts:” with “phone” or “web”.")  # fmt: skip
    number = brand.contacts.phone or brand.phone or ""
    if number and (not re.search("[0-9].*[0-9].*[0-9]", number) or O_FOR_0.search(number)):
        yield Problem(place, "BRAND-REACH", f"“{visible(number, most=40)}” is no telephone number",
                      "Write its digits, such as 01632 960123: 0, and no letter O.")  # fmt: skip


def _shifted(brand: Brand, folders: Sequence[Path]) -> Iterator[Problem]:
    if note := settled_of(brand.colours).note:
        hint = "Nothing has to be done; choose a darker colour if you want it everywhere."
        yield Problem(stated_in(folders, "colours"), "BRAND-COLOUR", note, hint)


def _logo(brand: Brand, folders: Sequence[Path]) -> Iterator[Problem]:
    if brand.logo is None:
        return
    path = next(folder / brand.logo for folder in folders if (folder / brand.logo).is_file())
    place, name = stated_in(folders, "logo"), f"the logo “{brand.logo}”"
    if path.stat().st_size > HEAVY:
        wrong = f"{name} has {path.stat().st_size / 1e6:.0f} MB, as does each print then"
        yield Problem(place, "BRAND-LOGO", wrong, "Save it smaller, or as SVG.")
    if path.suffix.lower() != ".svg":
        seen = bounded(pixels_of, path, place, folders[0].name)
        for wrong, hint in _seen(seen):
            yield Problem(place, "BRAND-LOGO", f"{name} {wrong}", hint)


def _seen(logo: Pixels) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a logo of pixels as it is printed, and the mend."""
    needed = round(LOGO_MM / 25.4 * SHARP)
    if logo.high < needed:
        wrong = f"is {logo.high} pixels high, and looks jagged at {LOGO_MM} mm"
        yield wrong, f"Save it with {needed} pixels at least, or as SVG."
    if logo.is_clear:
        yield "is clear all over, so nothing of it is seen", "Save it anew."
    elif logo.is_white:
        yield "is white, and stands on white", "Take the one for light grounds."


def _unread(folder: Path, layouts: Path) -> Iterator[Problem]:
    """Yield a Problem for each file of a brand that nothing reads, or that changes nothing."""
    known = {path.relative_to(layouts).as_posix() for part in PARTS
             for path in (layouts / part).rglob("*") if path.is_file()}  # fmt: skip
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    words = "\n".join(path.read_text("utf-8", "replace") for path in files
                      if path.suffix in (".html", ".css", ".yaml"))  # fmt: skip
    for path in files:
        name = path.relative_to(folder).as_posix()
        if name in known:
            yield from _overridden(path, layouts / name)
        elif name not in ("brand.yaml", OWN_STYLE) and not _is_named(path, words):
            yield Problem(
                Place(shown(path)),
                "BRAND-UNREAD",
                "nothing reads this file",
                _mend(name, (*known, OWN_STYLE)),
            )


def _mend(name: str, known: Iterable[str]) -> str:
    meant = close(name, known)
    return f"Did you mean “{meant}”?" if meant else "Take it out, or call it as in the layouts."


def _is_named(path: Path, words: str) -> bool:
    """Return whether a style, a template or the brand's file names a file."""
    return re.search(rf"(?<![\w-]){re.escape(path.name)}", words) is not None


def _overridden(path: Path, other: Path) -> Iterator[Problem]:
    """Yield a Problem for an override that says what the layouts say, and for unknown strings."""
    if path.suffix == ".po":
        ours = {one.key: one.words for one in phrases(other)}
        for one in phrases(path):
            if one.key not in ours:
                wrong = f"nothing prints the words for “{one.key}”"
                yield Problem(one.place, "BRAND-UNREAD", wrong, _mend(one.key, ours))
    elif path.read_bytes() == other.read_bytes():
        yield Problem(Place(shown(path)), "BRAND-SAME", "this is the same as in the layouts",
                      "Take it out, so that it follows their upgrades.")  # fmt: skip
