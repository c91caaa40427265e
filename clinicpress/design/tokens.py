"""Which tokens a brand's styles may set: sizes and corners, and none that says what is urgent.

Colours are stated in ``brand.yaml`` alone, where each is looked at and gets its tints.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from clinicpress.design.origins import tokens_of
from clinicpress.errors import Place, Problem, shown

BRANDABLE = (
    *("size-title", "size-chapter", "size-heading", "size-subheading", "size-opening"),
    *("radius", "radius-panel"),
)
"""The tokens that a brand's styles may set."""

IN_BRAND_FILE = ("brand", "accent", "ink", "book")
"""Colours that ``brand.yaml`` has a key for, and that are not those of signs for now or today."""

_USED = re.compile(r"var\(\s*--([a-z-]*[a-z])\s*\)")
_STATED = re.compile(r"(?<![\w-])--([\w-]+)\s*:")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})[ \t]?|\\([^0-9a-fA-F\n])")


def fixed_tokens(layouts: Path, brand: str) -> Iterator[Problem]:
    """Yield a Problem for each token of the layouts that a brand's file sets and may not.

    What a template makes of a name is judged by the colours of the finished page.
    """
    found = sorted((layouts / "brands" / brand).rglob("*"))
    styled = [path for path in found if path.suffix in (".css", ".html") and path.is_file()]
    fixed = _of_layouts(layouts) - set(BRANDABLE) if styled else set()
    for path in styled:
        for name, line in _stated(path.read_text("utf-8", "replace")):
            if name in fixed:
                wrong = f"this sets the token “--{name}”, which no brand's style may set"
                yield Problem(Place(shown(path), line), "BRAND-TOKEN", wrong, _mend(name))


def _of_layouts(layouts: Path) -> set[str]:
    """Return the names of all tokens that the layouts state, or use."""
    own: set[str] = set()
    for path in (layouts / "styles").glob("*.css"):
        own |= {name for name, _, _ in tokens_of(path)}
        own |= set(_USED.findall(path.read_text("utf-8", "replace")))
    return own


def _stated(css: str) -> Iterator[tuple[str, int]]:
    """Yield the name and line of each token that a style states, whatever escapes it is in."""
    brief = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), css)
    for number, line in enumerate(brief.splitlines(), start=1):
        plain = _ESCAPE.sub(lambda found: found[2] or chr(min(int(found[1], 16), 0xFFFF)), line)
        yield from ((name, number) for name in _STATED.findall(plain))


def _mend(name: str) -> str:
    if name in IN_BRAND_FILE:
        return f"Write it into brand.yaml, as “{name}” below “colours”."
    if name in ("size-body", "leading"):
        return "Take it out: how large text is set is the format's."
    return "Take it out: it says what is urgent, or follows from the colours in brand.yaml."
