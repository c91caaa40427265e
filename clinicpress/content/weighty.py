"""What of a changed line could change what somebody does: two texts -> why it is no slip.

A number, a sign or mark, or a word by which a line says the contrary, how much, how often or where.
"""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

from clinicpress.errors import Problem, Problems
from clinicpress.files.records import read_record

PROTECTED = Path(__file__).with_name("protected.yaml")

PREFIXES = "prefixes"
"""The group of beginnings that turn a word into its contrary, which are no words themselves."""

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")

MARKS = ".,;:()\u2010\u2011\u2012\u2013\u2014-/"
"""What parts or joins words and numbers: moved, it can change the sense."""

FREE = frozenset("'’‘“”\"")
"""What may be set right: quotation marks and apostrophes."""

NUMBER = re.compile(rf"\S*\d[\d\s{re.escape(MARKS)}]*\d\S*|\S*\d\S*")

PARTS = re.compile(rf"[{re.escape(MARKS)}]")


@cache
def protected() -> dict[str, frozenset[str]]:
    """Return the words that no slip touches, by what they are. Raises Problems."""
    problems: list[Problem] = []
    found = read_record(PROTECTED, dict[str, tuple[str, ...]], problems)
    if problems:
        raise Problems(problems)
    return {name: frozenset(words) for name, words in found.items()}


def weighty(before: str, after: str) -> Iterator[str]:
    """Yield why the change of a line is none of the pen; each reason goes on from “it”."""
    if _numbers(before) != _numbers(after):
        yield "changes a number"
    if _others(before) != _others(after):
        yield "changes a sign that is no quotation mark"
    if _marks(before) != _marks(after):
        yield "changes a point, comma, hyphen or another mark between words"
    changed = list(changed_words(before, after))
    for what, words in protected().items():
        if what == PREFIXES:
            continue
        touched = [word for old, new in changed for word in (*old, *new) if word in words]
        if touched:
            yield f"touches “{touched[0]}”, one of the {what} that only a clinician changes"
    for old, new in changed:
        if len(old) == len(new) == 1 and _is_contrary(old[0], new[0]):
            yield f"says “{new[0]}” for “{old[0]}”, which may be the contrary"


def changed_words(before: str, after: str) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the words that only one of two lines has, from mark to mark; one written twice apart.

    Where the marks differ, the lines are taken as wholes.
    """
    parts = [[words_of(part) for part in PARTS.split(line)] for line in (before, after)]
    if _marks(before) != _marks(after):
        parts = [[words_of(before)], [words_of(after)]]
    for one, other in zip(*parts, strict=False):
        mine = _undoubled(one, other)
        matcher = SequenceMatcher(None, mine, other, autojunk=False)
        for tag, a, b, c, d in matcher.get_opcodes():
            if tag != "equal":
                yield mine[a:b], other[c:d]


def _undoubled(one: list[str], other: list[str]) -> list[str]:
    """Return words without those that stand twice in a row, where the other text has fewer.

    A word that says how much, where or the contrary may stand twice on purpose.
    """
    if len(other) >= len(one):
        return one
    kept = [
        word
        for at, word in enumerate(one)
        if not at or word != one[at - 1] or any(word in words for words in protected().values())
    ]
    return kept if len(kept) >= len(other) else one


def _is_contrary(one: str, other: str) -> bool:
    """Return whether two words are alike but for how they begin, as “inhale” and “exhale” are."""
    same = 0
    while same < min(len(one), len(other)) and one[-1 - same] == other[-1 - same]:
        same += 1
    begins = {one[: len(one) - same], other[: len(other) - same]}
    return begins <= protected()[PREFIXES] | {""}


def words_of(line: str) -> list[str]:
    """Return the words of a line, in small letters."""
    return [word.replace("’", "'").casefold() for word in WORD.findall(line)]


def _numbers(line: str) -> list[str]:
    return NUMBER.findall(line.rstrip(" ."))


def _marks(line: str) -> list[str]:
    """Return the marks of a line in their order; a point at its very end is free."""
    return PARTS.findall(line.rstrip(" ."))


def _others(line: str) -> str:
    """Return what of a line is no letter, digit, mark, or what may be set right."""
    free = FREE | frozenset(MARKS)
    return "".join(c for c in line if not (c.isalnum() or c.isspace() or c in free))
