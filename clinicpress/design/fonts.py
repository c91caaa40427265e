"""The fonts of a print: files of installed packages, named in ``fonts.yaml``.

A package is looked up by its metadata and its list of files. Nothing of it is imported, so that no
``fonts.yaml`` that somebody sends can run a line.
"""

import re
import struct
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from clinicpress.errors import EnvironmentFault, Problem, Problems, Unfit
from clinicpress.files.documents import parse
from clinicpress.files.paths import State, state
from clinicpress.files.records import Record, read_record

_FAMILY = re.compile(r"[\w][\w .-]{0,59}")
_PACKAGE = re.compile(r"[A-Za-z0-9]([A-Za-z0-9_-]{0,98}[A-Za-z0-9])?")
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,98}\.(ttf|otf)")

FORMS = (b"\0\1\0\0", b"OTTO", b"true")
"""How a file of TrueType or OpenType outlines begins."""


def _like(pattern: re.Pattern[str], hint: str) -> AfterValidator:
    def fitting(value: str) -> str:
        if not pattern.fullmatch(value):
            raise Unfit("cannot be used here", hint)
        return value

    return AfterValidator(fitting)


Family = Annotated[
    str, _like(_FAMILY, "Write the family's name in letters, digits, spaces and hyphens.")
]
Package = Annotated[
    str,
    _like(_PACKAGE, "Write the name of an installed package of fonts, such as fontpkg-fira-sans."),
]
File = Annotated[
    str, _like(_FILE, "Write the name of the file alone, without folders; it ends in .ttf or .otf.")
]


class FontFace(Record):
    """One weight of a family."""

    weight: int = Field(ge=1, le=1000)
    """How heavy: 400 is regular, 700 bold."""
    file: File
    """Its file's name in the package."""


class FontFamily(Record):
    """A family that a print may use."""

    family: Family
    """The family's name."""
    package: Package
    """The pinned package that it comes from."""
    faces: tuple[FontFace, ...] = Field(min_length=1)
    """Its weights."""


class OwnFamily(FontFamily):
    """A family of a clinic's own files, which lie in a brand's folder."""

    package: str = ""
    """No package."""
    home: Path
    """The folder that holds them."""


FONTS = dict[str, FontFamily]
"""What ``fonts.yaml`` holds."""


def read_fonts(path: Path) -> Mapping[str, FontFamily]:
    """Return the families that ``path`` names, each with a file for every weight.

    Raises Problems if it is wrong, a package is not installed, or a file of it is no font.
    """
    problems: list[Problem] = []
    found: dict[str, FontFamily] | None = read_record(path, FONTS, problems)
    if found is not None and not problems:
        problems += [each for id in found for each in _missing(path, id, found[id])]
    if found is None or problems:
        raise Problems(problems)
    return found


def font_files(family: FontFamily) -> Mapping[int, Path]:
    """Return the file of each weight of a family. Raises EnvironmentFault if one is gone."""
    if isinstance(family, OwnFamily):
        return {face.weight: family.home / face.file for face in family.faces}
    listed = _listed(family.package) or {}
    try:
        return {face.weight: listed[face.file] for face in family.faces}
    except KeyError as error:
        raise EnvironmentFault(
            f"The font {error.args[0]} of {family.package} is gone. Run “make booklet”."
        ) from None


REGULAR = 400


def upright(families: Mapping[str, FontFamily]) -> Path:
    """Return the file of what text is set in: the first family's regular weight, or the nearest.

    Raises EnvironmentFault if it is gone.
    """
    files = font_files(next(iter(families.values())))
    return files[min(files, key=lambda weight: (abs(weight - REGULAR), weight))]


def widths_of(font: Path) -> Mapping[int, float]:
    """Return how wide each character of a font is set, at size 1."""
    return _widths_of(state(font))


def held_in(font: Path) -> str:
    """Return a digest of what a font's file holds."""
    return _held_in(state(font))


@lru_cache(maxsize=64)
def _held_in(font: State) -> str:
    return sha256(font.path.read_bytes()).hexdigest()


def _missing(path: Path, id: str, family: FontFamily) -> Iterator[Problem]:
    listed = _listed(family.package)
    if listed is None:
        yield Problem(
            parse(path).place((id, "package")), "FONT-PACKAGE",
            f"no package “{family.package}” is installed",
            "Correct its name, or run “make booklet”, which installs the fonts of the layouts.",
        )  # fmt: skip
        return
    for number, face in enumerate(family.faces):
        place = parse(path).place((id, "faces", number, "file"))
        file = listed.get(face.file)
        if file is None:
            yield Problem(place, "FONT-FILE", f"“{family.package}” has no file “{face.file}”",
                          "Correct its name.")  # fmt: skip
        elif not _is_font(file):
            yield Problem(place, "FONT-FILE", f"“{face.file}” is no font that can be printed",
                          "Name another file, or install the package again.")  # fmt: skip
        elif family.family not in (called := _families_of(state(file))):
            own = sorted(called)[0] if called else "without a name"
            yield Problem(
                parse(path).place((id, "family")), "FONT-NAME",
                f"“{family.family}” is not in “{family.package}”, whose “{face.file}” is {own}",
                f"Write “family: {own}”, or name the package that holds “{family.family}”.",
            )  # fmt: skip
            return


@lru_cache(maxsize=16)
def _listed(package: str) -> Mapping[str, Path] | None:
    """Return the font files of an installed package by name; None if it is not installed.

    Only files that its own list names count, and only where they lie beside it.
    """
    try:
        found = metadata.distribution(package)
        files = found.files or []
    except metadata.PackageNotFoundError:
        return None
    home: Any = Path(str(found.locate_file(""))).resolve()
    fonts = {file.name: Path(str(found.locate_file(file))) for file in files
             if _FILE.fullmatch(file.name)}  # fmt: skip
    return {
        name: path
        for name, path in fonts.items()
        if path.is_file() and path.resolve().is_relative_to(home)
    }


FAMILY_NAMES = (1, 16)
"""Where a font says its family: for menus of four styles, and for all (OpenType, “name”)."""


@lru_cache(maxsize=64)
def _families_of(font: State) -> frozenset[str]:
    """Return the names of the family that a font's file gives, in any language."""
    from fontTools.ttLib import TTFont, TTLibError  # type: ignore[import-untyped]

    try:
        with TTFont(font.path, lazy=True) as opened:
            names = [each for each in opened["name"].names if each.nameID in FAMILY_NAMES]
            return frozenset(each.toUnicode(errors="replace") for each in names)
    except (OSError, TTLibError, KeyError):
        return frozenset()


MOST_BYTES = 10_000_000
"""The largest font file of a clinic's own."""

RESTRICTED, WHOLE_ONLY, BITMAPS_ONLY = 0x0002, 0x0100, 0x0200
"""What a font's “fsType” forbids: to embed it, parts of it, its outlines (OpenType, “OS/2”)."""


def wrong_with_own(path: Path, family: str) -> tuple[str, str, str] | None:
    """Return why a file cannot be a clinic's own font: a rule's code, what is wrong, the mend."""
    if not path.is_file():
        return (
            "FONT-FILE",
            "is no file in the brand's folder",
            "Copy it there, or correct its name.",
        )
    if path.stat().st_size > MOST_BYTES or not _is_font(path):
        return "FONT-FILE", "is no font that can be printed", "Name a TTF or OTF file below 10 MB."
    called, allowed = _families_of(state(path)), _embedding_of(state(path))
    if allowed is None:
        return "FONT-FILE", "is no font that can be printed", "Name another file."
    if allowed & RESTRICTED or allowed & WHOLE_ONLY or allowed & BITMAPS_ONLY:
        return ("FONT-EMBED", "says itself that no print may embed it",
                "Ask its maker for a licence, and the file that goes with it.")  # fmt: skip
    if family not in called:
        own = sorted(called)[0] if called else "without a name"
        return "FONT-NAME", f"is {own}, and not “{family}”", f"Write “family: {own}”."
    return None


@lru_cache(maxsize=64)
def _embedding_of(font: State) -> int | None:
    """Return what a font's file says of being embedded; None if it says nothing that is read."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(font.path, lazy=True) as opened:
            return int(opened["OS/2"].fsType)
    except (OSError, TTLibError, KeyError, AttributeError, ValueError, struct.error):
        return None


def lacking(family: FontFamily, characters: Iterable[str]) -> list[str]:
    """Return which of some characters a family lacks in one of its weights, sorted."""
    held = [_characters_of(state(path)) for path in font_files(family).values()]
    return sorted(one for one in set(characters) if any(ord(one) not in each for each in held))


@lru_cache(maxsize=16)
def _characters_of(font: State) -> frozenset[int]:
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(font.path, lazy=True) as opened:
            return frozenset(opened.getBestCmap() or ())
    except (OSError, TTLibError, KeyError, AssertionError, struct.error):
        return frozenset()


@lru_cache(maxsize=16)
def _widths_of(font: State) -> Mapping[int, float]:
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(font.path, lazy=True) as opened:
            em, widths = opened["head"].unitsPerEm, opened["hmtx"].metrics
            return {code: widths[name][0] / em for code, name in opened.getBestCmap().items()}
    except (OSError, TTLibError, KeyError, AttributeError, AssertionError, struct.error):
        return {}


def _is_font(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) in FORMS
