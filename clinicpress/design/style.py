"""What a style sheet asks for beyond itself: addresses, other styles, fonts.

It is read as CSS, so that no escape, comment or line break hides an address.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tinycss2 import parse_component_value_list

OPENING = ("url", "src")
"""Functions whose words are an address."""

CHOOSING = ("image", "image-set", "-webkit-image-set", "cross-fade")
"""Functions that take addresses as plain words, too."""

AT_RULES = ("import", "font-face", "counter-style")
"""Rules that fetch what no style may fetch, or say what numbers and bullets are."""

ALONE = ("font-face", "counter-style")
"""Those that are told as they are, whatever stands in them."""


_DRAWN = re.compile(r"""url\((["']?)data:image/svg\+xml;base64,[A-Za-z0-9+/=]*\1\)""")
"""The drawings of a print, which are most of a page: reading them letter by letter takes long. With
its two quotation marks, or none, each can be taken out of any context."""

_ASKING = re.compile(
    r"@import|@font-face|@counter-style|(url|src|image|image-set|cross-fade)\(", re.IGNORECASE
)
"""Without a backslash there is no other way to write these."""


@dataclass(frozen=True)
class Address:
    """Something that a style asks for: which words, on which line, by which at-rule if any."""

    line: int
    words: str
    rule: str = ""


def addresses(css: str) -> Iterator[Address]:
    """Yield what ``css``, a style sheet or a part of one, asks for, in order."""
    brief = _DRAWN.sub(" none ", css)
    if "\\" in brief or _ASKING.search(brief):
        yield from _asked(brief)


@lru_cache(maxsize=64)  # prints of one kind share a sheet, and it is read as often
def _asked(css: str) -> tuple[Address, ...]:
    return tuple(_found(parse_component_value_list(css, skip_comments=True), OPENING))


def _found(nodes: Iterable[Any], opening: tuple[str, ...], within: str = "") -> Iterator[Address]:
    rule = None
    for node in nodes:
        kind = node.type
        if kind == "at-keyword" and node.lower_value in AT_RULES:
            rule = node
            if node.lower_value in ALONE:
                yield Address(node.source_line, "", node.lower_value)
        elif kind == "url" or (kind == "string" and (within in opening or rule)):
            yield Address(node.source_line, node.value, rule.lower_value if rule else "")
        elif kind == "function":
            inner = (*opening, *CHOOSING)
            found = list(_found(node.arguments, inner, node.lower_name))
            if rule and rule.lower_value == "import":
                found = [Address(each.line, each.words, "import") for each in found]
            yield from found
        elif kind in ("{} block", "[] block", "() block"):
            yield from _found(node.content, opening)
            rule = None
        if kind == "literal" and node.value == ";":
            rule = None
