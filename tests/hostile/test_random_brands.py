"""Brands that nobody thought of: each is refused by a key of its own, or prints what passes all.

What they hold is drawn from a seed, so that brand 17 is always the same. Twelve are tried; with
``--matrix=full`` all 200.
"""

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import Image

from clinicpress.checks.sources import unprintable_of_clinic
from clinicpress.content.library import Library
from clinicpress.design.brand import lineage, read_brand
from clinicpress.design.brandfile import TEXTS, Brand, Contacts
from clinicpress.errors import Problem, Problems
from clinicpress.orders.plan import plan
from clinicpress.orders.request import Request
from clinicpress.runs.pipeline import prepare, set_pages
from tests import verapdf
from tests.conftest import ROOT, takes_all

ALL, SOME = 200, 12

PRINTS: tuple[dict[str, Any], ...] = (
    {"publications": ("card",)},
    {"publications": ("leaflet",)},
    {"publications": ("exercises",)},
    {"publications": ("when-to-get-help",)},
    {"publications": ("pad",)},
    {"publications": ("poster",)},
    {"publications": ("diary",)},
    {"publications": ("understanding",), "formats": ("clear",)},
    {"publications": ("when-to-get-help",), "formats": ("large",)},
    {"publications": ("booklet",)},
    {"publications": ("exercises",), "colour": "grey"},
    {"publications": ("leaflet",), "productions": ("press",)},
)

SPOKEN = (
    "Riverside Practice of the Hills and beside the old Bridge, Department of Physiotherapy Saint "
    "Bartholomew Great Northern Infirmary and Rehabilitation beside the A&E No.5 (North) 24/7 of "
    "Donaudampfschifffahrtsgesellschaft Ōtautahi Łódź Çeşme d’Été"
)
WORDS = tuple(SPOKEN.split())

ODD = (
    "n\u0303o\u0308", "…—–", "“Q” ‘q’", "<b>x</b>", "{{ 1 }}", "**bold**",
    "[x](https://x.example)", "a\u00a0b", "Ångström", "№5", "½", "#", "\\", "*", "_x_", "&amp;",
    "100%", "'", '"',
)  # fmt: skip
"""What may be printed, and might be taken for more than words."""

WILD = (
    "عيادة النهر", "מרפאת הנהר", "诊所", "क्लिनिक", "e" + "\u0301" * 9, "A\u200dB", "🏥",
    "\u202eyad", "Ω≈ç√", "[[emergency-number]]", "\u00ad", "Ｆｕｌｌ",
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
)  # fmt: skip
"""What the fonts lack, no line holds, or nobody sees: a fifth of the brands have some of it."""


@dataclass(frozen=True)
class Drawn:
    """A brand that was drawn: its keys, its files, and what is printed in it."""

    keys: dict[str, Any]
    files: dict[str, bytes] = field(default_factory=dict)
    asked: dict[str, Any] = field(default_factory=dict)


def said(dice: random.Random, most: int, odd: float, wild: float) -> str:
    """Return words, of up to so many letters; ``odd`` and ``wild`` are the shares of such ones."""
    length = dice.choice((8, 20, 40, most // 2, most))
    words: list[str] = []
    while len(" ".join(words)) < length:
        chance = dice.random()
        known = WILD if chance < wild else ODD if chance < wild + odd else WORDS
        words.append(dice.choice(known))
    return " ".join(words)[:most].strip() or "Night"


def colour(dice: random.Random) -> str:
    return f"#{dice.randrange(1 << 24):06x}"


def svg(wide: int, high: int, inside: str = "<path d='M0 0h9v9z' fill='#135'/>") -> bytes:
    size = f"viewBox='0 0 {wide} {high}' width='{wide}' height='{high}'"
    return f"<svg xmlns='http://www.w3.org/2000/svg' {size}>{inside}</svg>".encode()


def pixels(wide: int, high: int, kind: str, colour: tuple[int, ...]) -> bytes:
    held = BytesIO()
    mode = "RGBA" if len(colour) == 4 else "RGB"
    Image.new(mode, (wide, high), colour).save(held, kind)
    return held.getvalue()


LOGOS: dict[str, bytes] = {
    "a.svg": svg(40, 12), "wide.svg": svg(900, 9), "tall.svg": svg(9, 900),
    "words.svg": svg(9, 9, "<text>Night</text>"), "script.svg": svg(9, 9, "<script>1</script>"),
    "none.svg": svg(0, 0), "empty.svg": b"", "a.png": pixels(300, 90, "PNG", (9, 60, 90, 255)),
    "one.png": pixels(1, 1, "PNG", (9, 60, 90)), "line.png": pixels(2000, 2, "PNG", (9, 60, 90)),
    "clear.png": pixels(90, 90, "PNG", (0, 0, 0, 0)), "a.jpg": pixels(300, 90, "JPEG", (9, 60, 90)),
    "junk.png": b"\x89PNG\r\n\x1a\njunk", "old.gif": b"GIF89a",
}  # fmt: skip


def drawn(number: int) -> Drawn:
    """Return brand ``number``, which is always the same."""
    dice = random.Random(number)

    def maybe(chance: float) -> bool:
        return dice.random() < chance

    wild = 0.1 if maybe(0.2) else 0.0

    def words(most: int) -> str:
        return said(dice, most, 0.08, wild)

    keys: dict[str, Any] = {"name": words(dice.choice((30, 60, 200))), "region": "GB"}
    keys["colours"] = {"brand": colour(dice), "exact": maybe(0.3)}
    for name in ("accent", "ink", "emergency", "today", "book"):
        if maybe(0.5 if name == "accent" else 0.03):
            keys["colours"][name] = colour(dice)
    if maybe(0.7):
        keys["contacts"] = {name: words(40) for name in Contacts.model_fields if maybe(0.5)}
        if maybe(0.8):
            keys["contacts"]["phone"] = "01632 960 001"
    for name in TEXTS:
        if maybe(0.25):
            keys[name] = words({"footer": 120, "back_text": 600}.get(name, 240))
    if maybe(0.3):
        keys["letterhead"] = {
            "top": f"{dice.randrange(5, 91)} mm",
            "pages": dice.choice(("first", "all")),
        }
    if maybe(0.25):
        keys["qr"] = (
            f"https://{'x' * dice.choice((3, 12, 40, 200))}.example/{dice.choice(('', 'back'))}"
        )
    if maybe(0.25):
        keys["reference"] = dice.choice(
            ("PIL-{publication}-{format}", "N-{audience}", "X" * 40, "../{a}")
        )
    if maybe(0.4):
        keys["cover"] = dice.choice(("figure", "calm", "type", "logo"))
    if maybe(0.1):
        keys["contact"] = [words(60) for _ in range(dice.randrange(1, 7))]
    files: dict[str, bytes] = {}
    if maybe(0.5):
        keys["logo"] = dice.choice(tuple(LOGOS))
        files = {keys["logo"]: LOGOS[keys["logo"]]}
    return Drawn(keys, files, PRINTS[number % len(PRINTS)])


def written(layouts: Path, number: int, brand: Drawn) -> str:
    """Write a brand's folder and return its name."""
    name = f"drawn-{number}"
    folder = layouts / "brands" / name
    folder.mkdir()
    words = yaml.safe_dump(brand.keys, allow_unicode=True, sort_keys=False)
    (folder / "brand.yaml").write_text(words, encoding="utf-8")
    for file, content in brand.files.items():
        (folder / file).write_bytes(content)
    return name


def tried(
    library: Library, layouts: Path, name: str, asked: dict[str, Any]
) -> tuple[bytes, tuple[Problem, ...]]:
    """Return a print in a brand, or what is wrong with it."""
    try:
        return printed(library, layouts, name, asked), ()
    except Problems as error:
        return b"", error.problems


def printed(library: Library, layouts: Path, name: str, asked: dict[str, Any]) -> bytes:
    """Return a print in a brand. Raises Problems."""
    never = [phrase for topic in library.topics.values() for phrase in topic.topic.never_print]
    read_brand(layouts, name, library.tokens(), library.regions)
    assert lineage(layouts, name)
    if problems := list(unprintable_of_clinic(layouts, name, never)):
        raise Problems(problems)
    (edition, *_) = plan(Request(brands=(name,), **asked), library, layouts)
    built = set_pages(prepare(edition, library, layouts))
    if built.problems:
        raise Problems(built.problems)
    return built.pdf


KEYS = (*Brand.model_fields, *Contacts.model_fields, "background")


def names_a_key(problem: Problem) -> bool:
    """Return whether who reads it knows what to change: a line of the brand's file, or its key."""
    in_file = problem.place.file.endswith("brand.yaml") and problem.place.line > 0
    return in_file or any(f"“{key}”" in f"{problem.message} {problem.hint}" for key in KEYS)


@pytest.fixture(scope="module")
def layouts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(ROOT / "layouts", tmp_path_factory.mktemp("clinic") / "layouts"))


def numbers(*, full: bool) -> Iterator[int]:
    yield from range(ALL) if full else range(0, ALL, ALL // SOME + 1)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "number" in metafunc.fixturenames:
        full = takes_all(metafunc.config)
        metafunc.parametrize("number", list(numbers(full=full)))


def test_a_brand_is_always_the_same() -> None:
    assert drawn(17) == drawn(17)
    assert len({str(drawn(number)) for number in range(ALL)}) == ALL


@pytest.mark.some(4)
@pytest.mark.slow
def test_it_is_refused_by_its_own_key_or_passes_all(
    library: Library, layouts: Path, number: int
) -> None:
    brand = drawn(number)
    name = written(layouts, number, brand)
    pdf, problems = tried(library, layouts, name, brand.asked)
    assert [str(each) for each in problems if not names_a_key(each)] == []
    if not problems:
        assert verapdf.faults(pdf, "ua1") == []
