"""What a clinic leaves unsaid of a print: until when it may be used, who passed it, its pages.

Words are read as they look, like those of the claims, but digits stay digits: each pattern of
``sayings.txt`` takes digits in place of letters, letters of other alphabets and blanks between.
Years later than today's are looked for in the digits of every script, and in Roman ones.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Protocol

from clinicpress.content.text import to_plain
from clinicpress.errors import Place, Problem
from clinicpress.files.letters import alike


class Said(Protocol):
    """Words that can reach the paper, and where they stand."""

    @property
    def words(self) -> str:
        """The words as they are written."""

    @property
    def place(self) -> Place:
        """The file and line."""


MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip

ALIKE = {
    "a": "[a4]", "e": "[e3]", "i": "[ijl1]", "j": "[ijl1]", "l": "[ijl1]", "m": "(?:m|r ?n)",
    "o": "[o0]", "s": "[s5]", "t": "[t7]", "w": "(?:w|v ?v)",
}  # fmt: skip
"""Letters, and what is taken for them."""


def _letters(word: str) -> str:
    """Return what finds a word in small letters, even if they stand apart."""
    return " ?".join(ALIKE.get(each, each) for each in word)


_MONTH = "|".join(f"{name}|{name[:3]}" for name in MONTHS) + "|sept"
_SPELT = "|".join(map(_letters, _MONTH.split("|")))
_BARE = "|".join(_letters(name) for name in MONTHS if name not in ("march", "may"))  # or verbs

NAMED = {
    "date": rf"(?:[0-9l]{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{_SPELT})|(?:{_SPELT}) [0-9]{{1,4}}|"
            rf"{_BARE}|"
            r"(?:19|2[01])[0-9]{2}|[0-9]{1,2} [0-9]{1,2} [0-9]{2,4}|mm[cdlxvi]{2,}|"
            r"further notice|end of the (?:year|decade|century)|next year)",
    "number": "(?:[0-9]+|one|two|three|four|five|six|seven|eight|nine|ten|[vx]|[ivx]{2,4})",
    "digits": "[0-9]+",
    "sheet": "(?:(?:this|the|our|your|these) )?(?:sheets?|leaflets?|booklets?|handouts?|cards?"
             "|posters?|prints?|copy|copies|editions?|documents?)",
    "urgent": "(?:999|111|911|112|000|emergency|emergencies|ambulances?)",
}  # fmt: skip
"""What stands in braces in ``sayings.txt``."""

_TOKEN = re.compile(r"\{[a-z]+\}|[a-z]+|[0-9]+|[\[\]()|…]")
_MARKS = {"[": "(?:", "]": ")? ?", "(": "(?:", ")": ") ?", "|": "|", "…": "(?:[a-z0-9]+ ){0,4}"}


def sayings(words: str, *, of_name: bool = False, ahead: int = 0) -> dict[str, str]:
    """Return what of a clinic's ``words`` is the program's to say, by the pattern that it has.

    ``of_name`` says that they are a name or an address: they may hold any number but a late year.
    A year is late if it is later than this one by more than ``ahead``.
    """
    looks = _looks(words)
    found = {}
    for line, pattern in _patterns():
        if not (of_name and line.startswith("+")) and (hit := pattern.search(looks)):
            found[line] = hit[0].strip()
    if year := late_year(words, date.today().year + ahead):
        found["{year}"] = year
    return found


def unsaid(
    texts: Iterable[Said], *, of_names: bool = False, but: Collection[str] = (), ahead: int = 0
) -> Iterator[Problem]:
    """Yield a Problem for each of a clinic's ``texts`` that says what the program alone says.

    ``but`` are patterns that may be there; ``ahead`` is by how many years later than this one a
    year may be.
    """
    for text in texts:
        for line, said in sayings(text.words, of_name=of_names, ahead=ahead).items():
            if line not in but:
                yield Problem(
                    text.place,
                    "BRAND-CONTRADICTS",
                    f"“{said}” is not for a brand to say",
                    "Take it out: who reviewed a print, until when it may be used, its version and "
                    "pages are printed by the program; what is urgent is said by the sources.",
                )


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    lines = Path(__file__).with_name("sayings.txt").read_text("utf-8").splitlines()
    return tuple((line, _pattern(line)) for line in lines if not line.startswith("#"))


def _pattern(line: str) -> re.Pattern[str]:
    """Return what finds a line of ``sayings.txt`` in words as `_looks` gives them."""
    made = ""
    for token in _TOKEN.findall(line):
        if token in _MARKS:
            made += _MARKS[token]
        elif token[0] == "{":
            made += NAMED[token[1:-1]] + " ?"
        else:
            made += (token if token.isdigit() else _letters(token)) + " ?"
    return re.compile(rf"(?<![a-z0-9]){made}(?:(?<= )|(?![a-z0-9]))")


@cache
def _looks(words: str) -> str:
    """Return words as they look, in small Latin letters and digits with single blanks between."""
    plain = re.sub(r"(?<=\d)\s*/\s*(?=\d)", " of ", _counted(to_plain(words)))
    return re.sub("[^a-z0-9]+", " ", alike(plain)).strip()


def _counted(words: str) -> str:
    """Return words with the digits of every script, raised or encircled ones, too, as 0 to 9."""
    if words.isascii():
        return words
    digits = (unicodedata.digit(each, None) for each in words)
    said = (
        each if digit is None else str(digit) for each, digit in zip(words, digits, strict=True)
    )
    return unicodedata.normalize("NFKC", "".join(said))


_O = re.compile(r"(?<=[0-9])[oO](?=[0-9oO])|(?<=[0-9][oO])[oO](?=[0-9])")
_APART = re.compile(r"(?<![0-9])([0-9])[ .]([0-9])[ .]([0-9])[ .]([0-9])(?![ .]?[0-9])")
_YEAR = re.compile("(?:19|2[0-9])[0-9]{2}")
_RUN = re.compile(r"[0-9]+(?:[\s()./+–-]{1,3}[0-9]+)*")
_SHORT = re.compile(
    r"(?<![0-9/.])[0-3]?[0-9]([/.])[0-3]?[0-9]\1([0-9]{2})(?![0-9/.])"
    rf"|(?<![0-9])[0-3]?[0-9] (?:{_MONTH})[a-z]*\.? ['’]?([0-9]{{2}})(?![0-9:.])"
    r"|\b(?:until|till|to|through|after|by) (?:['’]|(?:0?[1-9]|1[0-2])/)([0-9]{2})(?![0-9/:.])"
)
_ROMAN = re.compile(
    r"(?<![a-z])mm(?=[cdlxvi]{2})(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})(?![a-z])"
)
_STREET = re.compile(
    r"(?: [A-Z][\w’'-]*){0,3} (?:Street|St|Road|Rd|Avenue|Ave|Drive|Dr|Lane|Ln|Boulevard|Blvd|Way|"
    r"Court|Ct|Place|Pl|Highway|Hwy|Parkway|Pkwy)\b"
)
_NUMBERED = re.compile(
    r"(?:(?:^|[,;:|·])|\+|\b(?:room|ward|suite|unit|box|floor|iso|vat|tel\.?|telephone|phone|fax|bleep|call|ring|dial|ext\.?|extn\.?|extension))\s*$",
    re.IGNORECASE,
)
_VALUES = {"m": 1000, "d": 500, "c": 100, "l": 50, "x": 10, "v": 5, "i": 1}


def late_year(words: str, now: int) -> str | None:
    """Return a year after ``now`` that stands in ``words`` as it is read, or None.

    A number of a telephone or of a house is no year.
    """
    plain = _counted(to_plain(words))
    plain = _O.sub("0", plain)
    plain = _APART.sub(r"\1\2\3\4", plain)
    small = plain.casefold()
    late: Iterator[str] = chain(
        _late_in_runs(plain, now),
        (
            found[0]
            for found in _SHORT.finditer(small)
            if int(found[2] or found[3] or found[4]) > now % 100
        ),
        (found[0].upper() for found in _ROMAN.finditer(small) if now < _value(found[0]) < 3000),
    )
    return next(late, None)


def _late_in_runs(words: str, now: int) -> Iterator[str]:
    """Yield each year after ``now`` that stands alone, or in a run of numbers that is a date."""
    for run in _RUN.finditer(words):
        groups: list[str] = re.findall("[0-9]+", run[0])
        if all(len(each) <= 2 or _YEAR.fullmatch(each) for each in groups):
            years = (each for each in groups if len(each) == 4 and int(each) > now)
            yield from years if not _is_other(words, run) else ()


def _is_other(words: str, number: re.Match[str]) -> bool:
    """Return whether a number is that of a house, as in 2100 Main Street, a room or a telephone."""
    before = _NUMBERED.search(words[: number.start()])
    if not before:
        return False
    return (
        before[0].strip()[-1:].isalnum()
        or "+" in before[0]
        or bool(_STREET.match(words, number.end()))
    )


def _value(roman: str) -> int:
    values = [_VALUES[each] for each in roman]
    return sum(
        -one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True)
    )
