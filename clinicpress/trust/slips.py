"""What is a slip of the pen, and what is a change: two texts -> why it is none, if it is none.

An editor alone may mend a slip. What could change what somebody does is none, however short.
"""

from collections.abc import Callable, Iterable, Iterator

from clinicpress.checks.vocabulary import is_easy
from clinicpress.content.weighty import changed_words, weighty

MOST_WORDS = 3
"""Words of a line that may be mended at once: more are another sentence."""

MOST_LETTERS = 2
"""Letters that may be wrong, missing, too many or in each other's place in a word."""

Known = Callable[[str], bool]
"""Whether a word, in small letters, is one that the rest of the topic uses."""


def no_slip(before: str, after: str, names: Iterable[str], known: Known) -> Iterator[str]:
    """Yield why the change of a line is none of the pen; nothing where it is.

    ``names`` are those of items. Each reason goes on from “it”.
    """
    yield from weighty(before, after)
    for name in names:
        if _count(name, before) != _count(name, after):
            yield f"changes the name “{name}”"
    changed = list(changed_words(before, after))
    if sum(max(len(old), len(new)) for old, new in changed) > MOST_WORDS:
        yield f"changes more than {MOST_WORDS} words of a line"
        return
    for old, new in changed:
        yield from _no_mended_word(old, new, known)


def _no_mended_word(old: list[str], new: list[str], known: Known) -> Iterator[str]:
    """Yield why a change of some words is none of their letters alone."""
    if "".join(old) == "".join(new):  # a space was too many, or missing
        if all(is_easy(word) or known(word) for word in old):
            yield f"changes “{' '.join(old)}”, which is right as it is"
        yield from _unknown(new, known)
        return
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
        elif unknown := list(_unknown([theirs], known)):
            yield from unknown
        elif distance(mine, theirs) > MOST_LETTERS:
            yield f"changes more than {MOST_LETTERS} letters of “{mine}”"


def _unknown(words: Iterable[str], known: Known) -> Iterator[str]:
    for word in words:
        if not (is_easy(word) or known(word)):
            yield f"says “{word}”, which is no word that is known here"


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


def _count(name: str, line: str) -> int:
    return line.casefold().count(name.casefold())
