"""What is a slip of the pen, and what is a change: two texts -> why it is none, if it is none.

An editor alone may mend a slip. What could change what somebody does is none, however short.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

from clinicpress.checks.vocabulary import is_easy
from clinicpress.errors import Problem, Problems
from clinicpress.files.records import read_record

PROTECTED = Path(__file__).with_name("protected.yaml")

MOST_WORDS = 3
"""Words of a line that may be mended at once: more are another sentence."""

MOST_LETTERS = 2
"""Letters that may be wrong, missing, too many or in each other's place in a word."""

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")

MARKS = frozenset(".,;:'’‘“”\"()- \u2010\u2011\u2013")
"""What may be set right beside words: no question, and no other sign."""

Known = Callable[[str], bool]
"""Whether a word, in small letters, is one that the rest of the topic uses."""


@cache
def protected() -> dict[str, frozenset[str]]:
    """Return the words that no slip touches, by what they are. Raises Problems."""
    problems: list[Problem] = []
    found = read_record(PROTECTED, dict[str, tuple[str, ...]], problems)
    if problems:
        raise Problems(problems)
    return {name: frozenset(words) for name, words in found.items()}


def no_slip(before: str, after: str, names: Iterable[str], known: Known) -> Iterator[str]:
    """Yield why the change of a line is none of the pen; nothing where it is.

    ``names`` are those of items. Each reason goes on from “it”.
    """
    if _digits(before) != _digits(after):
        yield "changes a number"
    for name in names:
        if _count(name, before) != _count(name, after):
            yield f"changes the name “{name}”"
    if _others(before) != _others(after):
        yield "changes a sign that is no point, comma, hyphen or quotation mark"
    changed = list(_changed(_words(before), _words(after)))
    for what, words in protected().items():
        touched = [word for old, new in changed for word in (*old, *new) if word in words]
        if touched:
            yield f"touches “{touched[0]}”, one of the {what} that only a clinician changes"
    if sum(max(len(old), len(new)) for old, new in changed) > MOST_WORDS:
        yield f"changes more than {MOST_WORDS} words of a line"
        return
    for old, new in changed:
        yield from _no_mended_word(old, new, known)


def _no_mended_word(old: list[str], new: list[str], known: Known) -> Iterator[str]:
    """Yield why a change of some words is none of their letters alone."""
    if "".join(old) == "".join(new):
        return  # a space was too many, or missing
    if not new and len(old) == 1:
        yield f"takes out “{old[0]}”"
    elif not old:
        yield f"puts in “{' '.join(new)}”"
    elif len(old) != len(new):
        yield f"says “{' '.join(new)}” for “{' '.join(old)}”"
    for mine, theirs in zip(old, new, strict=False):
        if mine == theirs:
            continue
        if is_easy(mine) or known(mine):
            yield f"changes “{mine}”, which is a word, to “{theirs}”"
        elif not (is_easy(theirs) or known(theirs)):
            yield f"says “{theirs}”, which is no word that is known here"
        elif distance(mine, theirs) > MOST_LETTERS:
            yield f"changes more than {MOST_LETTERS} letters of “{mine}”"


def _changed(one: list[str], other: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the words that only one of two lines has, but for one that was written twice."""
    one = _undoubled(one, other)
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag != "equal":
            yield one[a:b], other[c:d]


def _undoubled(one: list[str], other: list[str]) -> list[str]:
    """Return words without those that stand twice in a row, where the other text has fewer."""
    if len(other) >= len(one):
        return one
    kept = [word for at, word in enumerate(one) if not at or word != one[at - 1]]
    return kept if len(kept) >= len(other) else one


def distance(one: str, other: str) -> int:
    """Return how many letters differ: wrong, missing, too many, or two in each other's place."""
    rows: list[list[int]] = [[*range(len(other) + 1)]]
    for i, mine in enumerate(one, 1):
        row = [i]
        for j, theirs in enumerate(other, 1):
            costs = [rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (mine != theirs)]
            if i > 1 and j > 1 and (mine, one[i - 2]) == (other[j - 2], theirs):
                costs.append(rows[-2][j - 2] + 1)
            row.append(min(costs))
        rows.append(row)
    return rows[-1][-1]


def _words(line: str) -> list[str]:
    return [word.replace("’", "'").casefold() for word in WORD.findall(line)]


def _digits(line: str) -> list[str]:
    return re.findall(r"\S*\d\S*", "".join(" " if c in ".,;:()" else c for c in line))


def _others(line: str) -> str:
    """Return what of a line is no letter, digit or mark that may be set right."""
    return "".join(c for c in line if not (c.isalnum() or c.isspace() or c in MARKS))


def _count(name: str, line: str) -> int:
    return line.casefold().count(name.casefold())
