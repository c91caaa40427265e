"""Writes the folder of a new brand: a short brand.yaml with a word on each line, and the logo."""

import json
import shutil
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from clinicpress.authoring.starter import FolderInUse
from clinicpress.design.brand import brand_folders, read_brand
from clinicpress.design.upgrades import read_upgrades
from clinicpress.errors import EnvironmentFault, UnknownName, shown, unknown
from clinicpress.files.names import unholdable
from clinicpress.files.output import way_out, why_not_written, write_atomic
from clinicpress.files.paths import bundled

DIFFERS = "# What differs from the brand below; all else is taken from there."
SUGGESTS = "# Your clinic. What begins with # is a suggestion: take the # away to use it."

COPY = "# Your clinic, begun as a copy of a sample: put your own in place of what is invented."

PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")


@dataclass(frozen=True)
class Particulars:
    """What a clinic says of itself; what is empty is not written, or taken from the one ``like``.

    ``colours`` are ``#rrggbb``: the first is the brand's, a second one its accent. ``sample`` is
    an invented brand that is copied; then only the name may be said beside it.
    """

    name: str = ""
    like: str = ""
    logo: Path | None = None
    colours: tuple[str, ...] = ()
    address: str = ""
    phone: str = ""
    web: str = ""
    region: str = ""
    paper: str = ""
    sample: str = ""


OPTION = "--layouts"
"""What names another folder for a brand."""


def sample_names(layouts: Path) -> list[str]:
    """Return the names of the invented brands that may be copied, and are printed by nobody."""
    return sorted(path.parent.name for path in layouts.glob("samples/*/brand.yaml"))


def write_brand(
    layouts: Path, id: str, said: Particulars, regions: Collection[str] | None = None
) -> Path:
    """Write the folder of the brand ``id`` and return its brand.yaml: all of it, or nothing.

    Raises FolderInUse if there is such a brand, UnknownName for a name that no folder may have or
    for another brand that there is not, Problems if what is said makes no brand that can be
    printed, and EnvironmentFault if it cannot be written.
    """
    if layouts == bundled("layouts") and not (layouts.parent / "pyproject.toml").is_file():
        raise UnknownName(
            "The program's own layouts are not changed. Make a copy with “generate init DIR”, and "
            "type this there."
        )
    folder = layouts / "brands" / id
    if not set(id) <= PLAIN or id.strip("-") in ("", "all") or unholdable(id):
        hint = "Use small letters, digits and hyphens, such as north-site."
        raise UnknownName(f"“{id}” cannot be the name of a brand. {hint}")
    if folder.exists():
        raise FolderInUse(f"{shown(folder)} exists already. Choose another name, or edit it there.")
    if said.like and said.like not in (known := brand_folders(layouts)):
        raise unknown("brand", said.like, known)
    if said.sample and said.sample not in (samples := sample_names(layouts)):
        raise unknown("sample", said.sample, samples)
    try:
        if said.sample:
            _copy(layouts / "samples" / said.sample, folder, said)
        else:
            _write(folder, said, read_upgrades(layouts).version)
        read_brand(layouts, id, regions=regions)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder / "brand.yaml"


def fill_default(layouts: Path, said: Particulars, regions: Collection[str]) -> None:
    """Write what is said into the default brand of a clinic's new copy, or nothing.

    Raises Problems if it makes no brand that can be printed, and EnvironmentFault.
    """
    folder = layouts / "brands" / "default"
    before = (folder / "brand.yaml").read_bytes()
    try:
        _write(folder, said, read_upgrades(layouts).version)
        read_brand(layouts, folder.name, regions=regions)
    except BaseException:
        write_atomic(folder / "brand.yaml", before, OPTION)
        raise


def _write(folder: Path, said: Particulars, version: int) -> None:
    if said.logo and not said.logo.is_file():
        raise UnknownName(f"There is no file {shown(said.logo)}. Correct what “--logo” names.")
    try:
        content = said.logo.read_bytes() if said.logo else b""
    except OSError as error:
        what = f"{shown(said.logo or folder)} cannot be read: {why_not_written(error)}"
        raise EnvironmentFault(f"{what}. {way_out(error)}; nothing was written.") from error
    if said.logo:
        write_atomic(folder / _logo(said.logo), content, OPTION)
    write_atomic(folder / "brand.yaml", brand_file(said, version).encode(), OPTION)


def _copy(sample: Path, folder: Path, said: Particulars) -> None:
    """Copy a sample, which is then the clinic's own; its first line said what it was."""
    for path in sorted(path for path in sample.rglob("*") if path.is_file()):
        write_atomic(folder / path.relative_to(sample), path.read_bytes(), OPTION)
    words = (folder / "brand.yaml").read_text(encoding="utf-8").splitlines()
    named = [f"name: {_quoted(said.name)}" if line.startswith("name:") and said.name else line
             for line in words[1:]]  # fmt: skip
    write_atomic(folder / "brand.yaml", "\n".join((COPY, *named, "")).encode(), OPTION)


def _logo(path: Path) -> str:
    """Return what the copy of a logo is called, whatever its name was."""
    return f"logo{path.suffix.lower()}"


def brand_file(said: Particulars, version: int = 1) -> str:
    """Return the words of a brand.yaml: what is said, and as comments what else there is.

    ``version`` is that of the layouts that it is made for.
    """
    made_for = f"layouts: {version}\tthe version of the layouts that this was made for"
    lines = [DIFFERS if said.like else SUGGESTS, *_lines(said), made_for]
    width = max(len(line) for line, _ in filter(None, map(_parted, lines)))
    return "\n".join(_aligned(line, width) for line in lines) + "\n"


def _parted(line: str) -> tuple[str, str] | None:
    before, sign, after = line.partition("\t")
    return (before, after) if sign else None


def _aligned(line: str, width: int) -> str:
    """Return a line with the word on it, which stands behind a tab, below those of the others."""
    parted = _parted(line)
    return f"{parted[0]:<{width}}  # {parted[1]}" if parted else line


def _lines(said: Particulars) -> Iterator[str]:
    keep = "" if said.like else "# "
    if said.like:
        yield f"like: {said.like}\tall that is not written here is this brand's"
    if said.name or not said.like:
        yield f"name: {_quoted(said.name)}"
    if said.region or not said.like:
        region = said.region or "GB"
        mark = "" if said.region else "# "
        yield f"{mark}region: {region}\tGB, US, IE, AU or neutral: numbers, words, paper"
    if said.logo:
        yield f"logo: {_logo(said.logo)}\ta file in this folder: SVG, PNG or JPEG"
    elif keep:
        yield "# logo: logo.svg\ta file in this folder: SVG, PNG or JPEG"
    if said.paper:
        yield f"paper: {said.paper}\tleft out, the region's"
    yield from _block("colours", dict(zip(("brand", "accent"), said.colours, strict=False)))
    yield from _block("contacts", {"address": said.address, "phone": said.phone, "web": said.web})
    if keep:
        yield "# footer: Part of the Riverside group\ta line at the foot of each page"


def _block(key: str, values: Mapping[str, str]) -> Iterator[str]:
    if held := {name: value for name, value in values.items() if value}:
        yield f"{key}:"
        yield from (f"  {name}: {_quoted(value)}" for name, value in held.items())


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)
