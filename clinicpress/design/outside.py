"""What a brand's styles refer to: files of the layouts, never the network or another folder."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from clinicpress.errors import Place, Problem, shown

_IMPORT = re.compile(r"""@import\s+(?:url\()?\s*["']?([^"')\s;]*)""", re.IGNORECASE)
_URL = re.compile(r"""(?<!@import )url\(\s*["']?([^"'){]+)""", re.IGNORECASE)


def outside(layouts: Path, brand: str) -> Iterator[Problem]:
    """Yield a Problem for each address in the brand's styles that may not be used."""
    folder = layouts / "brands" / brand
    for path in sorted(folder.glob("styles/**/*.css")):
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), start=1):
            place = Place(shown(path), number)
            for address in _IMPORT.findall(line):
                yield Problem(
                    place,
                    "STYLE-IMPORT",
                    f"this imports “{address}”, but no style may import another",
                    "Copy the rules that you need into this file.",
                )
            for address in _URL.findall(line):
                if where := _forbidden(address.strip(), folder, layouts):
                    yield Problem(
                        place,
                        "LAYOUT-OUTSIDE",
                        f"“{address.strip()}” is {where}",
                        "Copy the file into the brand's folder and write its name only.",
                    )


def _forbidden(address: str, folder: Path, layouts: Path) -> str | None:
    """Return where ``address`` leads if no style may look there."""
    parts = urlsplit(address)
    if parts.scheme == "data":
        return None
    if parts.netloc or parts.scheme not in ("", "file"):
        return "on the network"
    inside = (folder / parts.path).resolve().is_relative_to(layouts.resolve())
    return None if inside else "outside the layouts"
