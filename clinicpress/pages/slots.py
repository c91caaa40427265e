"""What a brand puts into a slot of a page: markup that ends where it began, in a frame of ours.

A slot holds nothing that must be read, and what fills it leads nowhere else: it opens no comment or
style and closes nothing of the page's. Its frame (``required.css``) cuts off what would stand out
of it, and ``guard.leading_out`` tells what does.
"""

import re
from collections.abc import Iterator
from html import unescape

FOLDER = "slots"
"""Where slots stand, in the templates of the layouts and in those of a brand."""

FRAME = "data-slot"
"""The attribute by which the frame of what a brand filled a slot with is known."""

ELEMENTS = frozenset({
    "div", "p", "span", "strong", "em", "b", "i", "small", "a", "address", "ul", "ol", "li",
    "br", "wbr", "hr", "img",
})  # fmt: skip
EMPTY = frozenset({"br", "wbr", "hr", "img"})

ATTRIBUTES = frozenset({"class", "lang", "dir", "title", "href", "src", "alt", "style"})

SIZE = re.compile(r"\s*((max-)?(width|height):\s*[0-9]{1,3}(\.[0-9]+)?mm\s*;?\s*)+")
"""What a style may say within a slot, as that of the layouts' own code for telephones does."""

LOOKS = frozenset({
    "action", "also-stop", "cover-state", "extra", "for-whom", "gate", "main-message", "otherwise",
    "pointer", "sign", "signs", "state", "stop", "strip", "tier", "tier-head",
})  # fmt: skip
"""Classes that make words look as what must be read."""

_NAMED = r'\s+([A-Za-z-]+)(?:\s*=\s*("[^"<>]*"|\'[^\'<>]*\'))?'
_PIECE = re.compile(
    rf"(?P<words>[^<>]+)|</(?P<end>[a-z0-9]+)\s*>"
    rf"|<(?P<start>[a-z0-9]+)(?P<attributes>(?:{_NAMED})*)\s*/?>"
)


def framed(name: str, markup: str) -> str:
    """Return what fills the slot ``name`` in its frame."""
    return f'<div {FRAME}="{name}">{markup}</div>'


def wrong_in(markup: str) -> tuple[str, str, str] | None:
    """Return what a slot may not hold: what is wrong, the mend, and the letters that are meant."""
    at, opened = 0, list[str]()
    while at < len(markup):
        piece = _PIECE.match(markup, at)
        if piece is None:
            odd = markup[at : at + 40].split("\n")[0]
            return f"holds “{odd}”, which is no plain element", PLAIN, odd
        at = piece.end()
        if start := piece["start"]:
            if wrong := _wrong_start(start, piece["attributes"]):
                return (*wrong, f"<{start}")
            if start not in EMPTY:
                opened.append(start)
        elif (end := piece["end"]) and (not opened or opened.pop() != end):
            return f"closes “{end}”, which it did not open last", BALANCE, f"</{end}"
    if opened:
        return f"does not close “{opened[-1]}”", BALANCE, f"<{opened[-1]}"
    return None


PLAIN = "Keep to " + ", ".join(sorted(ELEMENTS)) + "."
BALANCE = "Close what is opened here, and nothing else."


def _wrong_start(element: str, attributes: str) -> tuple[str, str] | None:
    if element not in ELEMENTS:
        return f"holds the element “{element}”", PLAIN
    for name, value in _each(attributes):
        if name == "style" and not SIZE.fullmatch(value):
            return "holds a “style”", "Give it a class, and write its style into styles/brand.css."
        if name not in ATTRIBUTES:
            return f"holds “{name}”", f"Keep to {', '.join(sorted(ATTRIBUTES))}."
        if name == "class" and (looks := LOOKS.intersection(value.split())):
            return f"has the class “{min(looks)}” of what must be read", "Give it another name."
    return None


def _each(attributes: str) -> Iterator[tuple[str, str]]:
    for name, value in re.findall(_NAMED, attributes):
        yield name.lower(), value[1:-1]


INLINE = re.compile(r"</?(?:strong|em|b|i|span|small|a|wbr)\b[^<>]*>")
SPOKEN = re.compile(r"\s(?:alt|title)\s*=\s*[\"']([^\"'<>]*)")
ENDS = re.compile(r"<(/?)div\b[^<>]*>")


def filled(html: str) -> Iterator[tuple[str, str]]:
    """Yield the name of each slot of a page that a brand filled, and its markup."""
    for start in re.finditer(rf'<div {FRAME}="([a-z-]+)">', html):
        deep = 1
        for tag in ENDS.finditer(html, start.end()):
            deep += -1 if tag[1] else 1
            if not deep:
                yield start[1], html[start.end() : tag.start()]
                break


def words_in(markup: str) -> str:
    """Return the words of markup as they are read, with what is said of its pictures."""
    read = re.sub(r"<[^<>]*>", " ", INLINE.sub("", markup))
    return " ".join(unescape(" ".join([read, *SPOKEN.findall(markup)])).split())
