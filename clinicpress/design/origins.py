"""Where each thing of a brand comes from: along its search path, the nearest file that says it.

A brand's own folder comes first, then those of the brands that it is like, then the layouts.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from clinicpress.design.brand import read_brand, stated
from clinicpress.design.brandfile import Brand
from clinicpress.design.palette import palette
from clinicpress.design.strings import entries
from clinicpress.errors import Place, Problem, Problems, Unfit, shown, unknown
from clinicpress.files.documents import parse
from clinicpress.files.paths import contents
from clinicpress.files.records import Record

Kind = Literal["setting", "slot", "template", "style", "icon", "string", "token"]

FILES = ("slot", "template", "style", "icon")
"""The kinds that are files, which may be named without folder and ending."""

KINDS_OF_FILES: tuple[tuple[str, Kind, str], ...] = (
    ("templates", "template", ".html"), ("styles", "style", ".css"), ("icons", "icon", ".svg"),
)  # fmt: skip
"""The folders of files that a brand may override, with the endings of these."""

OF_THE_FILE = ("like", "layouts")
"""What a brand's file says of itself, and gives to no other."""

ONE_BY_ONE = ("colours", "contacts", "words")
"""The settings that brands which are like others take from these key by key."""

OWN_STYLE = "brand.css"

TOKENS = "tokens.css"


@dataclass(frozen=True)
class Origin:
    """Where one thing comes from.

    ``value`` is what is said of it, where that is short; ``place`` the file and line, or no file
    where nobody says it, and ``hidden`` are the places further on the search path that say it, too.
    """

    kind: Kind
    key: str
    value: str
    place: Place
    hidden: tuple[Place, ...] = ()


def origins(layouts: Path, brand: str) -> list[Origin]:
    """Return where each setting, slot, template, style, icon, string and token comes from.

    Raises UnknownName if there is no such brand, Problems if a file of it is wrong.
    """
    whole, files = read_brand(layouts, brand), stated(layouts, brand)
    folders = [*(path.parent for path, _ in files), layouts]
    return [
        *_settings(files), *_files(folders), *_strings(folders, whole.language or "en"),
        *_tokens(folders, palette(whole.colours)),
    ]  # fmt: skip


def meant(found: Sequence[Origin], key: str) -> list[Origin]:
    """Return those that ``key`` names: one, or a group such as “colours” or “slots”.

    Raises UnknownName if there is none.
    """
    wanted = key.casefold().removeprefix("--").removeprefix("templates/").removeprefix("styles/")
    for fits in (_is_named, _is_in):
        if them := [each for each in found if fits(each, wanted)]:
            return them
    known = {each.key for each in found} | {f"{each.kind}s" for each in found}
    listed = "“generate brand explain --json” lists all."
    raise unknown("setting or file of a brand", key, known, listed=listed)


def _is_named(each: Origin, wanted: str) -> bool:
    names = [each.key.casefold().removeprefix("--")]
    if each.kind in FILES:
        names.append(Path(names[0]).stem)
    return wanted in names


def _is_in(each: Origin, wanted: str) -> bool:
    head = wanted.rstrip("./")
    return each.key.casefold().startswith((f"{head}.", f"{head}/")) or head == f"{each.kind}s"


def _of(kind: Kind, key: str, said: Sequence[tuple[str, Place]]) -> Origin:
    """Return where a key comes from; ``said`` is what is said of it, the nearest first."""
    (value, place), *further = said
    return Origin(kind, key, value, place, tuple(there for _, there in further))


# ---------------------------------------------------------------- brand.yaml


def _settings(files: Sequence[tuple[Path, Brand]]) -> Iterator[Origin]:
    """Yield each setting of ``brand.yaml``; of one that nobody states, what it is then."""
    usual = Brand()
    for name in Brand.model_fields:
        if name in OF_THE_FILE:
            continue
        said = _said_of(name, [path for path, _ in files])
        yield from (_of("setting", key, places) for key, places in said.items())
        if name in ONE_BY_ONE or not said:
            left_out = dict(_keys(name, _plain(getattr(usual, name)))) or {name: ""}
            yield from (Origin("setting", key, value, Place())
                        for key, value in left_out.items() if key not in said)  # fmt: skip


def _said_of(name: str, files: Iterable[Path]) -> dict[str, list[tuple[str, Place]]]:
    """Return what the files of brands say of a setting, by its keys, the nearest first."""
    said: dict[str, list[tuple[str, Place]]] = {}
    for path in files:
        document = parse(path)
        if name not in document.data:
            continue
        if said and name not in ONE_BY_ONE:  # it is taken whole, from the nearest
            for places in said.values():
                places.append(("", document.place((name,))))
            continue
        for key, value in _keys(name, document.data[name]):
            place = document.place(tuple(key.split(".", 1)))
            said.setdefault(key, []).append((value, place))
    return said


def _plain(value: Any) -> Any:
    """Return a part of a brand as what could be written of it."""
    if isinstance(value, Record):
        return {key: getattr(value, key) for key in type(value).model_fields}
    return value


def _keys(name: str, value: Any) -> Iterator[tuple[str, str]]:
    """Yield each key of a setting with what is said of it, as words."""
    if isinstance(value, Mapping):
        for key, held in value.items():
            yield f"{name}.{key}", "" if held in (None, False) else str(held)
    elif isinstance(value, Iterable) and not isinstance(value, str):
        if words := " | ".join(map(str, value)):
            yield name, words
    elif value is not None:
        yield name, str(value)


# ---------------------------------------------------------------- files


def _files(folders: Sequence[Path]) -> Iterator[Origin]:
    for part, kind, ending in KINDS_OF_FILES:
        held: dict[str, list[tuple[str, Place]]] = {}
        for folder in folders:
            for path in sorted((folder / part).rglob(f"*{ending}")):
                name = path.relative_to(folder / part).as_posix()
                held.setdefault(name, []).append(("", Place(shown(path), 1)))
        for name in sorted(held):
            is_slot = kind == "template" and name.startswith("slots/")
            yield _of("slot" if is_slot else kind, name, held[name])


def _strings(folders: Sequence[Path], language: str) -> Iterator[Origin]:
    held: dict[str, list[tuple[str, Place]]] = {}
    for folder in folders:
        path = folder / f"strings/{language}.po"
        for key, words, line in entries(path) if path.is_file() else ():
            places = held.setdefault(key, [])
            if not any(place.file == shown(path) for _, place in places):  # a plural is one more
                places.append((words, Place(shown(path), line)))
    yield from (_of("string", key, held[key]) for key in sorted(held))


# ---------------------------------------------------------------- tokens


def _tokens(folders: Sequence[Path], tones: Mapping[str, str]) -> Iterator[Origin]:
    """Yield each token that ``tokens.css`` states, and those that a brand's last style sets.

    ``tones`` are the colours of the brand, by their names.
    """
    held: dict[str, list[tuple[str, Place]]] = {}
    for style in (OWN_STYLE, TOKENS):
        paths = (path for folder in folders if (path := folder / "styles" / style).is_file())
        if (nearest := next(paths, None)) is None:
            continue
        for name, value, line in tokens_of(nearest):
            tone = tones.get(name.replace("-", "_"), "")
            said = tone if "{{" in value else value
            held.setdefault(f"--{name}", []).append((said, Place(shown(nearest), line)))
    yield from (_of("token", name, held[name]) for name in held)


_EACH = re.compile(r"\{%\s*for\s+\w+\s+in\s+\(([^()]*)\)\s*%\}")
_TOKEN = re.compile(r"(?<![\w-])--((?:[\w-]|\{\{.*?\}\})+)\s*:\s*([^;}]*(?:\{\{.*?\}\}[^;}]*)*)")


def tokens_of(path: Path) -> Iterator[tuple[str, str, int]]:
    """Yield each token that a style states: its name, its value as written, and the line.

    Names that a loop of the template makes are told one by one. Raises Problems for a file that
    cannot be read.
    """
    try:
        text = contents(path).decode("utf-8", "replace")
    except Unfit as error:
        place = Place(shown(path))
        raise Problems([Problem(place, "FILE-UNREADABLE", error.wrong, error.hint)]) from error
    text = re.sub(r"/\*.*?\*/", lambda found: "\n" * found[0].count("\n"), text, flags=re.DOTALL)
    names: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if each := _EACH.search(line):
            names = re.findall(r"\"([^\"]*)\"", each[1])
        for name, value in _TOKEN.findall(line):
            if "{{" not in name:
                yield name, value.strip(), number
            for one in names if "{{" in name else ():
                yield re.sub(r"\{\{.*?\}\}", one.replace("_", "-"), name), value.strip(), number
