"""What a brand's styles refer to: pictures of the layouts, never the network or another folder."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from clinicpress.design.style import Address, addresses
from clinicpress.errors import Place, Problem, shown


def outside(layouts: Path, brand: str) -> Iterator[Problem]:
    """Yield a Problem for each address in the brand's styles that may not be used.

    What a template fills in there is looked at again when it is set.
    """
    folder = layouts / "brands" / brand
    for path in sorted(folder.glob("styles/**/*.css")):
        for found in addresses(path.read_text("utf-8", "replace")):
            if "{" not in found.words:
                yield from wrong_with(found, Place(shown(path), found.line), folder, layouts)


def wrong_with(found: Address, place: Place, folder: Path, layouts: Path) -> Iterator[Problem]:
    """Yield a Problem if what a style asks for may not be used. ``folder`` is the brand's."""
    if found.rule == "font-face":
        if not found.words:
            yield Problem(place, "STYLE-FONT", "this takes a font from a file",
                          "Name the font's package in layouts/fonts.yaml.")  # fmt: skip
    elif found.rule == "counter-style":
        if not found.words:
            yield Problem(place, "STYLE-WORDS", "this makes other signs of numbers or bullets",
                          "Take it out: a number of a step may say nothing else.")  # fmt: skip
    elif found.rule == "import":
        yield Problem(
            place,
            "STYLE-IMPORT",
            f"this imports “{found.words}”, but no style may import another",
            "Copy the rules that you need into this file.",
        )
    elif where := _forbidden(found.words.strip(), folder, layouts):
        yield Problem(
            place,
            "LAYOUT-OUTSIDE",
            f"“{found.words.strip()[:200]}” is {where}",
            "Copy the file into the brand's folder and write its name only.",
        )


def _forbidden(address: str, folder: Path, layouts: Path) -> str | None:
    """Return where ``address`` leads if no style may look there."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "no address"
    if parts.scheme == "data":
        return None if address.lower().startswith("data:image/") else "no picture"
    if parts.netloc or parts.scheme not in ("", "file"):
        return "on the network"
    if parts.scheme == "" and not parts.path:
        return None  # a part of the same page
    if "\0" in parts.path:
        return "no address"
    target = (folder / parts.path).resolve()
    if not target.is_relative_to(layouts.resolve()) and not target.is_relative_to(folder.resolve()):
        return "outside the layouts"
    others = layouts.resolve() / "brands"
    if target.is_relative_to(others) and not target.is_relative_to(folder.resolve()):
        return "another brand's"
    return None
