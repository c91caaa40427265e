"""Words as they go to paper: tokens filled in, emphasis and links marked up, quotes curled.

Nothing else is markup: ``<b>`` and ``{{`` print as they are written.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from clinicpress.content.links import poses, refusal

TOKEN = re.compile(r"\[\[([^\[\]]*)\]\]")
NO_BREAK = "\u00a0"
_BREAKS = re.compile(rf"[^\S{NO_BREAK}]+")
"""White space at which a line may be broken."""

_PLAIN = re.compile(r"[^*_\[\]\\\"'`&<>]*")
_BETWEEN_SENTENCES = re.compile(r"(?<=[.?!]) ")

SHORT = 30
"""The most letters of a sentence that a line is not to part."""


def tokens_in(words: str) -> list[str]:
    """Return the names of the ``[[tokens]]`` in ``words``, in order."""
    return [match.strip() for match in TOKEN.findall(words)]


def unbroken(words: str) -> str:
    """Return ``words`` with each telephone number, and each blank with its label, on one line."""
    return re.sub(r"(?<=[0-9)]) (?=[0-9(])| (?=_)", NO_BREAK, words)


def ending_whole(words: str) -> str:
    """Return ``words`` with the last of several sentences on one line, if it is short."""
    *before, last = _BETWEEN_SENTENCES.split(words)
    if not before or len(last) > SHORT:
        return words
    return words.removesuffix(last) + last.replace(" ", NO_BREAK)


def fill(words: str, meanings: Mapping[str, str]) -> str:
    """Put the region's words in the place of tokens. Raises KeyError on an unknown one."""
    filled = TOKEN.sub(lambda match: meanings[match[1].strip()], words)
    return filled[:1].upper() + filled[1:] if words.startswith("[[") else filled


def to_html(words: str) -> str:
    """Return ``words`` as inline HTML: emphasis and links only, everything else escaped."""
    words = _BREAKS.sub(" ", words).strip()
    return words if _PLAIN.fullmatch(words) else _set(words)


def to_plain(words: str) -> str:
    """Return ``words`` without markup, for titles, metadata and reading-level checks."""
    words = " ".join(words.split())
    return words if _PLAIN.fullmatch(words) else _bare(words)


KEPT = 8000
"""Sentences with markup that are kept as they were read: a print asks for each many times."""


@lru_cache(maxsize=KEPT)
def _set(words: str) -> str:
    return _TO_NOWHERE.sub(r"\1", _markdown().renderInline(words))


@lru_cache(maxsize=KEPT)
def _bare(words: str) -> str:
    tree = _markdown().parseInline(words)
    return "".join(child.content for child in tree[0].children or () if child.type == "text")


def links_in(words: str) -> list[str]:
    """Return the address of each link that ``words`` were meant to hold, fit to print or not."""
    if "](" not in words:
        return []
    tree = _markdown(all_links=True).parseInline(" ".join(words.split()))
    marks = tree[0].children or ()
    found = [str(mark.attrs["href"]) for mark in marks if mark.type == "link_open"]
    left = "".join(mark.content for mark in marks if mark.type == "text")
    return [*found, *_BROKEN_LINK.findall(left)]


def wrong_links(words: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with each link that no print may hold, and the mend."""
    for address in links_in(words):
        if refused := refusal(address):
            yield f"the link “{address}” {refused[0]}", refused[1]
    for said, address in posing_in(words):
        yield f"the link “{said}” leads to “{address}”, which its words do not say", SAY


SAY = "Let the words say where it leads."


def posing_in(words: str) -> list[tuple[str, str]]:
    """Return words and address of each link whose words name another one, or that has none."""
    if "](" not in words:
        return []
    tree = _markdown(all_links=True).parseInline(" ".join(words.split()))
    found, address, said = list[tuple[str, str]](), "", ""
    for mark in tree[0].children or ():
        if mark.type == "link_open":
            address, said = str(mark.attrs["href"]), ""
        elif mark.type == "link_close":
            if not said.strip() or poses(said, address):
                found.append((said, address))
        else:
            said += mark.content
    return found


_TO_NOWHERE = re.compile(r'<a href=""[^>]*>(.*?)</a>')
_BROKEN_LINK = re.compile(r"\]\(([^)]*)")


@lru_cache(maxsize=2)
def _markdown(*, all_links: bool = False) -> Any:
    """Return the parser; a link that no print may hold stays the text that was written."""
    from markdown_it import MarkdownIt

    parser: Any = MarkdownIt("zero", {"typographer": True, "html": False})
    whole = parser.normalizeLink

    def fit(address: str) -> str:
        return "" if refusal(address) else whole(address)

    parser.normalizeLink = str if all_links else fit
    parser.validateLink = (lambda address: True) if all_links else bool
    return parser.enable(["emphasis", "link", "smartquotes", "escape"])
