"""A brand's words where none of its own may stand: the print and the layouts' own -> Problem.

A brand's words stand in its file and its slots, where they are judged. Its styles may set signs
such as bullets, and its templates the words of the sources and the layouts in another order, but
neither may say anything: beside what must be read, that could take it back.
"""

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

from clinicpress.content.text import to_plain
from clinicpress.design.design import Design
from clinicpress.errors import Place, Problem, shown
from clinicpress.pages.slots import FRAME, filled
from clinicpress.pages.tones import own_looks
from clinicpress.pages.typeset import Styled

PSEUDO = (None, "before", "after", "marker", "footnote-call", "footnote-marker")
"""Whose style may set words: elements, and what stands before, after and beside them."""

SAYING = ("content", "string_set", "bookmark_label", "list_style_type", "block_ellipsis",
          "hyphenate_character", "quotes")  # fmt: skip
"""The properties by which a style sets words on a page, or in its bookmarks."""

SPOKEN = frozenset({"alt", "title", "aria-label", "aria-description", "content", "lang", "label",
                    "placeholder", "abbr", "summary", "cite"})  # fmt: skip
"""The attributes that are read aloud, or go into the file's own description."""

PLAIN = ("hyphenate_character", "quotes")
"""Those whose values are words by themselves, and no functions; “auto” is what the engine takes."""

LISTED = ("none", "disc", "circle", "square", "decimal", "lower-alpha", "upper-alpha",
          "lower-latin", "upper-latin", "lower-roman", "upper-roman")  # fmt: skip
"""What an entry of a list may be marked by."""

SHORTEST = 3
"""Letters in a row that say something."""


def foreign(html: str, own: Styled, ours: Styled, design: Design) -> Iterator[Problem]:
    """Yield a Problem for the first words that a style sets, and that a template does.

    ``own`` is the print ``html`` in the brand's look, ``ours`` as the layouts alone would set it.
    """
    files = list(own_looks(design))
    styles, pages = (
        sorted(files, key=lambda path: path.suffix != end) for end in (".css", ".html")
    )
    if said := next(_generated_anew(own, ours), ""):
        yield Problem(
            Place(shown(_holding(said, styles))), "STYLE-WORDS",
            f"a style sets “{said[:60]}”, and no style says anything",
            "Take it out, and write words of your own into brand.yaml or a slot.",
        )  # fmt: skip
    if said := next(_written_anew(html, own.root, ours.root, design), ""):
        yield Problem(
            Place(shown(_holding(said, pages))), "TEMPLATE-WORDS",
            f"a template says “{said[:60]}”, which is neither of the sources nor of the layouts",
            "Take it out, and write words of your own into brand.yaml or a slot.",
        )  # fmt: skip


def _holding(said: str, files: list[Path]) -> Path:
    """Return the first of ``files`` in which words stand as they are, else the first."""
    return next((path for path in files if said in path.read_text("utf-8", "replace")), files[0])


# ---------------------------------------------------------------- styles


def _generated_anew(own: Styled, ours: Styled) -> Iterator[str]:
    allowed = {(name, repr(value)) for name, value in _generated(ours)}
    for name, value in _generated(own):
        if (name, repr(value)) not in allowed:
            words = " ".join(_literals(value, plain=name in PLAIN))
            unknown = name == "list_style_type" and value not in LISTED
            if any(map(str.isalnum, words)) or _refers(value) or (unknown and not words):
                yield words or str(value)


def _generated(page: Styled) -> Iterator[tuple[str, Any]]:
    """Yield each value by which an element's style, or that of what stands beside it, may speak."""
    for element in page.root.iter():
        if not isinstance(element.tag, str):
            continue
        for pseudo in PSEUDO:
            style = page.style(element, pseudo)
            if style is not None:
                yield from ((name, style[name]) for name in SAYING)


def _literals(value: Any, *, plain: bool) -> Iterator[str]:
    """Yield the words that a value holds as they are, and not the names of its functions."""
    match value:
        case ("string", str() as words):
            yield words
        case str() if plain:
            yield value
        case tuple() | list():
            for part in value:
                yield from _literals(part, plain=plain)


def _refers(value: Any) -> bool:
    """Return whether a value takes words or a picture from elsewhere: nobody knows what it says."""
    match value:
        case (str() as kind, _) if kind not in ("string", "content()"):
            return kind.endswith(")") or kind == "url"
        case tuple() | list():
            return any(map(_refers, value))
        case _:
            return False


# ---------------------------------------------------------------- templates


def _written_anew(html: str, own: Any, ours: Any, design: Design) -> Iterator[str]:
    yield from _forged(html, own)
    known = {_tight(words) for words in _words(ours)}
    known |= {_tight("".join(element.itertext())) for element in ours.iter()}
    clinic = design.clinic()
    free = (clinic.name, *clinic.contact, *clinic.opening, *clinic.said, *design.strings().all())
    known |= {_tight(to_plain(words)) for words in free}
    for words in _words(own):
        if _says(words) and _tight(words) not in known:
            yield " ".join(words.split())
    spoken = set(_attributes(ours))
    for name, value in _attributes(own):
        if any(map(str.isalnum, value)) and (name, value) not in spoken:
            yield value


def _forged(html: str, own: Any) -> Iterator[str]:
    """Yield words in a frame that is no slot's: ``filled`` does not see them."""
    judged = Counter((name, _tight(unescape(TAG.sub("", markup)))) for name, markup in filled(html))
    framed = (element for element in own.iter() if FRAME in element.attrib)
    found = Counter((each.attrib[FRAME], _tight("".join(each.itertext()))) for each in framed)
    yield from (words or name for name, words in found - judged)


TAG = re.compile(r"<[^<>]*>")


def _words(root: Any) -> Iterator[str]:
    """Yield the words of a page as they stand in its elements, slots and styles apart."""
    for element in _elements(root):
        if element.tag in ("style", "script"):
            continue
        yield from (words for words in (element.text, *(child.tail for child in element)) if words)


def _attributes(root: Any) -> Iterator[tuple[str, str]]:
    """Yield what is read aloud of elements, where links lead, and what else they say of theirs."""
    for element in _elements(root):
        for name, value in element.attrib.items():
            if name in SPOKEN or name.startswith("data-") or (element.tag, name) == ("a", "href"):
                yield name, value


def _elements(root: Any) -> Iterator[Any]:
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if isinstance(element.tag, str) and FRAME not in element.attrib:
            yield element
            waiting.extend(element)


def _says(words: str) -> bool:
    return sum(map(str.isalnum, words)) >= SHORTEST


def _tight(words: str) -> str:
    return "".join(words.split())
