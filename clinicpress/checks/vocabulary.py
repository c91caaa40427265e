"""Words that a reader may not know, as far as lists and syllables can tell: a proxy.

A word counts as hard if it has three syllables or more and is neither on the Dale-Chall list of
words that four in five American fourth-graders know (E. Dale and J. S. Chall, Readability
Revisited, 1995; it comes with textstat-rs) nor in ``everyday-words.txt``, which adds the longer
words that every adult meets. Endings are taken off first, and a word made of two easy words is
easy. Names are no hard words: a capital inside a sentence is taken for one.

Short rare words (“gullet”) pass, since no list of frequencies is at hand; so do words used in an
uncommon sense. A word is explained if the glossary has it, or if the same print puts plain words
beside it: “weak bones (osteoporosis)”, “an MRI (a detailed scan)”, “called tapotement”.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from clinicpress.content.text import to_plain

FEWEST_SYLLABLES = 3

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ABBREVIATION = re.compile(r"(?<![\w-])[A-Z]{2,6}(?=s?(?![\w-]))")
_ROMAN = re.compile(r"[IVX]+")
_BESIDE = re.compile(r"(?P<before>[^().!?]*)\((?P<inside>[^()]+)\)")
_CALLED = re.compile(r"\b(?:is|are|be|also|often|sometimes) called (?P<term>[^.,;:()]+)")
_LONGEST_TERM = 3  # words, in a bracket or before it

Endings = tuple[tuple[str, str], ...]
_INFLECTIONS: Endings = (
    *(("ied", "y"), ("ier", "y"), ("iest", "y"), ("ily", "y"), ("iness", "y"), ("ed", "")),
    *(("ed", "e"), ("ing", ""), ("ing", "e"), ("ings", ""), ("ly", ""), ("ness", "")),
)
_ENDINGS: Endings = (
    *_INFLECTIONS,
    *(("ies", "y"), ("s", ""), ("es", ""), ("'s", ""), ("er", ""), ("er", "e"), ("est", "")),
    *(("est", "e"), ("ly", "le"), ("less", ""), ("ful", ""), ("ment", ""), ("able", "")),
    *(("able", "e"),),
)
_SHORTEST_STEM = 3
_SHORTEST_HALF = 4  # “carpal” is no “car” and “pal”
_SILENT = re.compile(r"(?:(?<=[^aeioul])es?|(?<=[^aeioutd])ed)$")


@dataclass(frozen=True)
class Term:
    """A word that nothing explains, as it stands in a passage."""

    word: str
    passage: str
    abbreviation: bool = False


def unknown_words(
    passages: Iterable[str], glossary: Iterable[str], known: Iterable[str]
) -> Iterator[Term]:
    """Yield each hard word and each abbreviation of a print once, at its first use.

    ``passages`` are in reading order; ``glossary`` are terms that the topic explains;
    ``known`` are words that every reader of the topic knows. An abbreviation has to be spelt out
    where it is used first, a word anywhere in the print.
    """
    written, given = tuple(passages), (*glossary, *known)
    texts = tuple(map(to_plain, written))
    abbreviations = {word for term in given for word in _ABBREVIATION.findall(term)}
    told = {form for term in given for form in _forms_in(term)}
    told |= {form for text in texts for part in _explained(text) for form in _forms_in(part)}
    for passage, text in zip(written, texts, strict=True):
        for word in _ABBREVIATION.findall(text):
            if word not in abbreviations and not _is_word(word):
                abbreviations.add(word)
                if not _spelt_out(word, text):
                    yield Term(word, passage, abbreviation=True)
        for word in hard_words(text):
            if not told & _forms(word):
                told |= _forms(word)
                yield Term(word, passage)


@cache
def hard_words(passage: str) -> tuple[str, ...]:
    """Return the words of a passage that are hard by themselves, in order."""
    found, fresh = [], True
    for token in re.finditer(r"[.!?:…“\"]|" + _WORD.pattern, passage):
        word = token[0]
        name = not fresh and word[0].isupper()
        fresh = not word[0].isalpha()
        if not (fresh or name or word.isupper()) and is_hard(word.replace("’", "'").casefold()):
            found.append(word)
    return tuple(found)


@cache
def is_hard(word: str) -> bool:
    """Return whether a word in lower case is long, even without its inflection, and on no list."""
    forms = (word, *_bases(word, _INFLECTIONS))
    return min(map(syllables, forms)) >= FEWEST_SYLLABLES and not is_easy(word)


@cache
def is_easy(word: str) -> bool:
    """Return whether a word in lower case, or what it is made of, is on one of the lists."""
    return _listed(word) or any(map(is_easy, _bases(word))) or any(_halves(word))


def syllables(word: str) -> int:
    """Return the syllables of a word; of two guesses the higher.

    The library knows the common words, but takes places of hyphenation for syllables in others.
    """
    from textstat_rs import syllable_count

    counted = int(syllable_count(word, lang="en_US"))
    return max(counted, len(re.findall(r"[aeiouy]+", _SILENT.sub("", word))))


@cache
def everyday_words() -> frozenset[str]:
    """Return the words of ``everyday-words.txt``."""
    lines = Path(__file__).with_name("everyday-words.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _listed(word: str) -> bool:
    from textstat_rs import difficult_words

    return word in everyday_words() or not difficult_words(word, syllable_threshold=0)


def _bases(word: str, endings: Endings = _ENDINGS) -> Iterator[str]:
    """Yield what a word can be without its ending or “un-”."""
    if word.startswith("un") and len(word) > 5:
        yield word[2:]
    for ending, put_back in endings:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _SHORTEST_STEM:
            yield stem + put_back
            if not put_back and stem[-1] == stem[-2]:
                yield stem[:-1]


def _halves(word: str) -> Iterator[bool]:
    """Yield for each place where a word can be parted whether both halves are easy."""
    for at in range(_SHORTEST_HALF, len(word) - _SHORTEST_HALF + 1):
        yield is_easy(word[:at]) and is_easy(word[at:])


@cache
def _forms(word: str) -> frozenset[str]:
    """Return what a word can be the form of: “repetitions” and “repetition” share one."""
    folded = word.replace("’", "'").casefold()
    return frozenset((folded, *_bases(folded)))


@cache
def _forms_in(text: str) -> frozenset[str]:
    return frozenset(form for word in _WORD.findall(text) for form in _forms(word))


def _is_word(capitals: str) -> bool:
    """Return whether capitals only stress a word (“STOP”), or number something (“II”)."""
    return is_easy(capitals.casefold()) or _ROMAN.fullmatch(capitals) is not None


def _spelt_out(abbreviation: str, passage: str) -> bool:
    """Return whether an abbreviation stands beside a bracket or in it: “body scan (MRI)”."""
    return any(
        abbreviation in _ABBREVIATION.findall(f"{match['before'].split()[-1]} {match['inside']}")
        for match in _BESIDE.finditer(passage)
        if match["before"].strip()
    )


@cache
def _explained(passage: str) -> tuple[str, ...]:
    """Return the parts of a passage that plain words beside them explain.

    In “weak bones (osteoporosis)” that is the bracket, in “a biopsy (a small sample)” what stands
    before it.
    """
    found = [match["term"] for match in _CALLED.finditer(passage)]
    for match in _BESIDE.finditer(passage):
        before = " ".join(match["before"].split()[-_LONGEST_TERM:])
        if before and not hard_words(before) and len(match["inside"].split()) <= _LONGEST_TERM:
            found.append(match["inside"])
        if not hard_words(match["inside"]):
            found.append(before)
    return tuple(found)
