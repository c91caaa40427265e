"""Characters as a reader sees them: what hides, what mixes alphabets, what looks alike.

Names and scripts of characters are those of the Unicode Character Database, by Python and
fontTools; what looks alike is in ``lookalikes.txt``.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from clinicpress.errors import HIDDEN, visible

NEEDED: Mapping[str, str] = {
    **dict.fromkeys(("ar", "he", "ps", "sd", "ug", "yi"), "\u200e\u200f\u061c"),
    **dict.fromkeys(("fa", "ku", "ur"), "\u200c\u200d\u200e\u200f\u061c"),
    **dict.fromkeys(("as", "bn", "gu", "hi", "kn", "ml", "mr", "ne", "or", "pa", "si", "ta", "te"),
                    "\u200c\u200d"),
    **dict.fromkeys(("km", "lo", "my", "th"), "\u200b"),
    "mn": "\u180b\u180c\u180d\u180e\u180f",
}  # fmt: skip
"""Hidden characters that a language is written with, by its code."""

_JOINED = re.compile(r"(?<=[-–—/])\u2060")
"""A word joiner behind a dash, so that no line ends there: the one that is no trick."""

_PILED = re.compile(r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{3,}")
"""More marks on one letter than any language has."""

_WORD = re.compile(r"[^\W\d_]+")
_RARE = re.compile("[^\x00-\u024f]")
"""No letter below it is other than Latin."""

_UNIT = re.compile("[kMG]?Ω|μ(?:[gmslLAVWFHN]|mol|Sv|Gy|IU)")
_ABBREVIATION = re.compile("[A-Z]{2,6}[αβγδεζηθκλμπστφχψω]")
"""Such as TNFα."""

_TOGETHER = (
    frozenset({"Hani", "Hira", "Kana", "Latn"}),
    frozenset({"Hani", "Hang", "Latn"}),
    frozenset({"Hani", "Bopo", "Latn"}),
)
"""Scripts that one word is written in; no letters of them look like Latin ones."""

Fault = tuple[int, str, str]
"""Where in a text it is, what is wrong, and the mend."""


def faults(words: str, language: str = "en") -> Iterator[Fault]:
    """Yield each kind of hidden character in ``words`` once, and each word of mixed alphabets.

    What ``language`` is written with is no fault.
    """
    if words.isascii() and not HIDDEN.search(words):
        return
    yield from _hidden(words, NEEDED.get(language, ""))
    for found in _PILED.finditer(words):
        wrong = f"{len(found[0])} marks are piled on one letter"
        yield found.start(), wrong, "Keep the marks that the word is spelt with."
    if _RARE.search(words):
        yield from _mixed(words)


def without_hidden(words: str) -> str:
    """Return ``words`` without what nobody sees."""
    return HIDDEN.sub("", words)


def _hidden(words: str, needed: str) -> Iterator[Fault]:
    told = set(needed)
    told_apart = _JOINED.sub("-", words)  # as long as it was
    for found in HIDDEN.finditer(told_apart):
        if found[0] not in told:
            told.add(found[0])
            named = f"U+{ord(found[0]):04X}, {name(found[0])}"
            yield (
                found.start(),
                f"a character that nobody sees stands here ({named})",
                "Delete it, or type the words again.",
            )


def name(character: str) -> str:
    """Return what a character is called."""
    kinds = {"Cc": "a control character", "Co": "a private character", "Cs": "half a character"}
    kind = kinds.get(unicodedata.category(character), "no character")
    return unicodedata.name(character, kind).lower()


def _mixed(words: str) -> Iterator[Fault]:
    for found in _WORD.finditer(words):
        word = unicodedata.normalize("NFKC", found[0]) if _RARE.search(found[0]) else ""
        if word and len(scripts(word)) > 1 and not _is_usual(word):
            odd = next(c for c in found[0] if scripts(c) - {"Latn"})
            yield (
                found.start(),
                f"the word “{visible(found[0], most=40)}” is written in several alphabets: "
                f"“{odd}” is U+{ord(odd):04X}, {name(odd)}",
                "Type the word again, in one alphabet.",
            )


@lru_cache(maxsize=4096)
def scripts(word: str) -> frozenset[str]:
    """Return the codes (ISO 15924) of the scripts that the letters of ``word`` belong to."""
    from fontTools.unicodedata import script  # type: ignore[import-untyped]

    return frozenset(map(script, word)) - {"Zyyy", "Zinh", "Zzzz"}


def _is_usual(word: str) -> bool:
    return bool(
        _UNIT.fullmatch(word)
        or _ABBREVIATION.fullmatch(word)
        or any(scripts(word) <= together for together in _TOGETHER)
    )


_LEET = re.compile(r"[@$](?=\w)|(?<=\w)\$|(?<=\w)[@!|](?=\w)")
_SIGNS = {"@": "a", "$": "s", "!": "l", "|": "l"}
_DIGITS = str.maketrans("013457ij", "oleastll")
_NO_LETTER = re.compile(r"[^a-z0-9]+")


def skeleton(words: str) -> str:
    """Return ``words`` as they look: Latin letters and digits in lower case, single spaces between.

    Two texts that a reader takes for one have one skeleton, after UTS 39: accents, capitals, what
    is hidden and what only looks like a letter make no difference.
    """
    words = alike(words).translate(_DIGITS).replace("rn", "m").replace("vv", "w")
    return _NO_LETTER.sub(" ", words).strip()


def alike(words: str) -> str:
    """Return ``words`` in small Latin letters where they look like such; digits stay digits."""
    if not words.isascii():
        words = without_hidden(words).translate(_lookalikes())
        parts = unicodedata.normalize("NFKD", words)
        words = "".join(c for c in parts if not unicodedata.combining(c))
        words = words.casefold().translate(_lookalikes())
    return _LEET.sub(lambda found: _SIGNS[found[0]], words.casefold())


@lru_cache(maxsize=1)
def _lookalikes() -> dict[int, str]:
    lines = Path(__file__).with_name("lookalikes.txt").read_text("utf-8").splitlines()
    rows = [line.split() for line in lines if not line.startswith("#")]
    return {int(code, 16): row[0] for row in rows for code in row[1:]}


@lru_cache(maxsize=256)
def pattern(phrase: str) -> re.Pattern[str] | None:
    """Return what finds ``phrase`` in a skeleton, even if its letters stand apart, or None.

    It begins and ends with a word there: a part of a word is no match.
    """
    letters = skeleton(phrase).replace(" ", "")
    if not letters:
        return None
    return re.compile(rf"(?<![a-z0-9]){' ?'.join(letters)}(?![a-z0-9])")


LONGEST_WORD, LONGEST_RUN, LONGEST_TEXT = 50, 150, 10_000
"""Letters of a word, of words that only dashes and slashes part, and of a text. The longest word of
ours has half of it, and no line of large print holds more.
"""

_BLANK = re.compile(r"[^\S\u00a0\u202f\u2007]+")
_LONG = re.compile(rf"[\S\u00a0\u202f\u2007]{{{LONGEST_WORD + 1}}}")
_PARTING = re.compile(r"[-‐–—/]")
_TARGET = re.compile(r"\]\([^)]*\)")


def overlong(words: str) -> tuple[str, str] | None:
    """Return what of ``words`` is too long for any line or page, and the mend, or None."""
    if len(words) > LONGEST_TEXT:
        return f"is longer than {LONGEST_TEXT} characters", "Make several texts of it."
    if len(words) <= LONGEST_WORD or not ("](" in words or _LONG.search(words)):
        return None
    for run in _BLANK.split(_TARGET.sub("]", words)):
        longest = max(_PARTING.split(run), key=len)
        if len(longest) > LONGEST_WORD or len(run) > LONGEST_RUN:
            word, most = (
                (longest, LONGEST_WORD) if len(longest) > LONGEST_WORD else (run, LONGEST_RUN)
            )
            return (
                f"holds “{word[:20]}…”, a word of {len(word)} letters that no line can hold",
                f"Put blanks in: {most} letters are the most.",
            )
    return None
