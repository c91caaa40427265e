"""Words as they go to paper: tokens filled in, emphasis and links marked up, quotes curled.

Nothing else is markup: ``<b>`` and ``{{`` print as they are written.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

TOKEN = re.compile(r"\[\[([^\[\]]*)\]\]")
_PLAIN = re.compile(r"[^*_\[\]\\\"'`&<>]*")


def tokens_in(words: str) -> list[str]:
    """Return the names of the ``[[tokens]]`` in ``words``, in order."""
    return [match.strip() for match in TOKEN.findall(words)]


def fill(words: str, meanings: Mapping[str, str]) -> str:
    """Put the region's words in the place of tokens. Raises KeyError on an unknown one."""
    filled = TOKEN.sub(lambda match: meanings[match[1].strip()], words)
    return filled[:1].upper() + filled[1:] if words.startswith("[[") else filled


def to_html(words: str) -> str:
    """Return ``words`` as inline HTML: emphasis and links only, everything else escaped."""
    words = " ".join(words.split())
    if _PLAIN.fullmatch(words):
        return words
    return str(_markdown().renderInline(words))


def to_plain(words: str) -> str:
    """Return ``words`` without markup, for titles, metadata and reading-level checks."""
    if _PLAIN.fullmatch(words):
        return " ".join(words.split())
    tree = _markdown().parseInline(" ".join(words.split()))
    return "".join(child.content for child in tree[0].children or () if child.type == "text")


@lru_cache(maxsize=1)
def _markdown() -> Any:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("zero", {"typographer": True, "html": False})
    return parser.enable(["emphasis", "link", "smartquotes", "escape"])
