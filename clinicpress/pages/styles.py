"""Fonts and style sheets that are read once a process: each is known by all that was read.

The layout engine would read them anew for each document, which takes as long as laying out a page.
What it complains of is read anew each time, so that each print is told.
"""

import atexit
import re
from collections.abc import Callable, Hashable, Iterable
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clinicpress.design.style import addresses
from clinicpress.files.paths import state
from clinicpress.files.shelf import Shelf
from clinicpress.pages.complaints import Complaints

MOST = 24
"""Sheets that a process keeps: some for each kind of print and format."""

MORE = re.compile(r"@(?!page|media|top-|bottom-|left-|right-)")
"""Begins a rule that does more than say how boxes look: it fetches, counts or orders sheets."""


def made(shelf: Shelf[Hashable, Any], key: Hashable, make: Callable[[], Any]) -> Any:
    """Return what was made for ``key``; what ``make`` returns, if there is nothing yet.

    It is kept if nobody complained while it was made.
    """
    if (kept := shelf.get(key)) is not None:
        return kept
    heard = Complaints()
    with heard.too():
        new = make()
    if not heard.lines:
        shelf.add(key, new)
    return new


@dataclass(frozen=True)
class Shared:
    """What all documents with the same fonts and the same last word share."""

    fonts: Any
    sheets: tuple[Any, ...]


SHARED: Shelf[Hashable, Any] = Shelf(4)
atexit.register(SHARED.clear)  # while the engine can still remove its copies of the fonts


def shared(engine: Any, faces: str, files: Iterable[Path], last: str, fetcher: Any) -> Shared:
    """Return the fonts that ``faces`` name, which are in ``files``, and the sheets of both styles.

    Fonts are known by their files' size, number and times.
    """

    def make() -> Shared:
        fonts = engine.FontConfiguration()
        read = (engine.CSS(string=css, font_config=fonts, url_fetcher=fetcher)
                for css in (faces, last))  # fmt: skip
        return Shared(fonts, tuple(read))

    found: Shared = made(SHARED, (faces, last, *map(state, files)), make)
    found.fonts.strut_layouts.clear()  # which grow with each document
    return found


class Sheets:
    """Stands in for the engine's own reader of the sheets in a page, and asks it once for each.

    None of them adds a font: all prints with the same fonts share what these are kept in.
    """

    def __init__(self, read: Any) -> None:
        self._read, self._kept = read, Shelf[Hashable, Any](MOST)

    def __call__(self, **given: Any) -> Any:
        """Return what the engine reads, in the place ``given`` for it among other sheets."""
        given["font_config"] = None
        words = given.get("string")
        if words is None or MORE.search(words):
            return self._read(**given)
        named = {"page_rules": given["page_rules"], "layers": given["layers"]}
        base = given["base_url"] if any(addresses(words)) else ""  # where a brand lies is the same
        key = words, base, given["media_type"]
        bare = {**given, "page_rules": [], "layers": []}
        alone = made(self._kept, key, lambda: self._read(**bare))
        sheet = copy(alone)
        sheet.page_rules, sheet.layers = named["page_rules"], named["layers"]
        sheet.page_rules += alone.page_rules
        return sheet
