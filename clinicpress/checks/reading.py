"""What of a manuscript is read, and how hard it is to read, by item and by chapter.

A reading level is a proxy: formulas count sentences, words, syllables and letters, and know
nothing of meaning. Two of them are taken, which share only the length of sentences:

- Flesch-Kincaid grade = 0.39 words/sentence + 11.8 syllables/word - 15.59. J. P. Kincaid et al.,
  Derivation of new readability formulas for Navy enlisted personnel, Research Branch Report 8-75,
  1975, https://stars.library.ucf.edu/istlibrary/56
- Automated Readability Index = 4.71 strokes/word + 0.5 words/sentence - 21.43. E. A. Smith and
  R. J. Senter, Automated Readability Index, AMRL-TR-66-220, 1967. Strokes are all characters but
  spaces. It counts no syllables, so it checks the syllables that a program can only guess.

Both give a US school grade. The higher of the two decides. Beside them stands the share of
sentences in the passive (see `clinicpress.checks.voice`).

What counts as a sentence: a sentence of running text, and each list entry, step, title or other
fragment, since joined entries would score as one endless sentence. A chapter is a section of the
print. Titles count, since they are read. Left out are the words of the layout itself, numbers of
a dose, and the list of references, which is names and addresses. What stands beside every exercise,
the stop line, counts once a chapter.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from clinicpress.checks.voice import passive
from clinicpress.content.text import to_plain
from clinicpress.editions.manuscript import Manuscript, Section
from clinicpress.editions.printed import (
    fields_of,
    front_of,
    layout_of,
    passages_of,
    printed_fields,
    words_of,
)

FEWEST_WORDS = 30
"""In fewer, one long word moves a grade by two: such a piece is scored, not judged by itself."""

FRAGMENT = 4
"""Most words of what is no whole sentence, where it has no full stop: a title or a list entry."""

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’)\]]*\s+(?=[^\sa-z])")
_FULL_STOP = re.compile(r"[.!?…][\"”’)\]]*$")
_PEN_LINE = re.compile(r"_{2,}")


@dataclass(frozen=True)
class Piece:
    """A stretch of a print: its id and title, and its words as the passages that make it up."""

    id: str
    title: str
    passages: tuple[str, ...]

    def sentences(self) -> tuple[str, ...]:
        """Return its sentences; an entry of a list is one however short."""
        return tuple(sentence for passage in self.passages for sentence in sentences(passage))

    def score(self) -> "Score":
        """Return the score of its sentences."""
        return score(self.sentences())


@dataclass(frozen=True)
class Chapter(Piece):
    """One section of a print. ``number`` is its place among the planned sections, from 0."""

    number: int
    items: tuple[Piece, ...]


@dataclass(frozen=True)
class Grades:
    """Two US school grades of the same words, to one decimal, since no formula says more."""

    flesch_kincaid: float
    automated: float

    @property
    def grade(self) -> float:
        """The grade that decides: the higher of the two."""
        return max(self.flesch_kincaid, self.automated)


@dataclass(frozen=True)
class Score(Grades):
    """Grades, with the words in all, the words of the longest sentence, and the passive.

    ``whole`` counts the sentences that are more than a fragment, ``passive`` those of them in the
    passive.
    """

    words: int
    longest: int
    whole: int = 0
    passive: int = 0

    @property
    def passive_share(self) -> float:
        """The share of whole sentences that are in the passive, from 0 to 1."""
        return self.passive / self.whole if self.whole else 0.0

    def judged(self, limit: float | None) -> str:
        """Return ``pass``, ``FAIL``, ``short`` (too little to judge) or ``no limit``."""
        if limit is None:
            return "no limit"
        if self.words < FEWEST_WORDS:
            return "short"
        return "pass" if self.grade <= limit else "FAIL"


@cache
def sentences(passage: str) -> tuple[str, ...]:
    """Return the sentences of a passage, without markup; one without a full stop is one too."""
    plain = _PEN_LINE.sub(" ", to_plain(passage))
    return tuple(part for part in _SENTENCE_END.split(plain) if word_count(part))


@cache
def word_count(words: str) -> int:
    """Return the number of words; ``3-4`` and ``re-check`` are one each."""
    return sum(any(c.isalnum() for c in word) for word in words.split())


@cache
def _counts(sentence: str) -> tuple[int, int, int]:
    """Return words, syllables and strokes. The same sentence stands in many editions."""
    from textstat_rs import char_count, syllable_count

    return (
        word_count(sentence),
        int(syllable_count(sentence, lang="en_US")),
        int(char_count(sentence)),
    )


def is_whole(sentence: str) -> bool:
    """Return whether a sentence is more than a title or a short entry of a list."""
    return word_count(sentence) > FRAGMENT or _FULL_STOP.search(sentence) is not None


def score(sentences: Iterable[str]) -> Score:
    """Return the score of ``sentences``, which must hold at least one word."""
    parts = tuple(sentences)
    counted = tuple(map(_counts, parts))
    words, syllables, strokes = map(sum, zip(*counted, strict=True))
    length = words / len(parts)
    whole = tuple(filter(is_whole, parts))
    return Score(
        flesch_kincaid=round(0.39 * length + 11.8 * syllables / words - 15.59, 1),
        automated=round(4.71 * strokes / words + 0.5 * length - 21.43, 1),
        words=words,
        longest=max(count for count, _, _ in counted),
        whole=len(whole),
        passive=sum(passive(sentence) is not None for sentence in whole),
    )


def chapters(manuscript: Manuscript) -> tuple[Chapter, ...]:
    """Return the sections that hold words of the content, each with its items."""
    found = (_chapter(manuscript, number) for number in range(len(manuscript.sections)))
    return tuple(chapter for chapter in found if chapter)


def _chapter(manuscript: Manuscript, number: int) -> Chapter | None:
    section = manuscript.sections[number]
    layout = layout_of(manuscript)
    items = tuple(
        Piece(entry.id, str(getattr(entry, fields_of(entry)[0])), passages)
        for entry in section.entries
        if (passages := tuple(passages_of(entry, section, layout)))
    )
    if not (front_of(section) or items or section.intro):
        return None
    passages = tuple(words_of(section, manuscript))
    return Chapter(section.id, _title(section, items), passages, number, items)


def _title(section: Section, items: tuple[Piece, ...]) -> str:
    if section.title or len(items) != 1 or section.part == "about":
        return section.title or section.id
    return items[0].title


def trade_names(manuscript: Manuscript) -> tuple[str, ...]:
    """Return the trade's words for steps that the print sets in brackets behind the plain ones."""
    layout = layout_of(manuscript)
    return tuple(
        words
        for section in manuscript.sections
        for entry in section.entries
        for field, value in printed_fields(entry, section, layout)
        if field == "names" and isinstance(value, tuple)
        for _, words in value
    )


def mean(found: Iterable[Chapter]) -> Grades:
    """Return the mean grades of the chapters, each weighted by its words."""
    scores = [chapter.score() for chapter in found]
    words = sum(got.words for got in scores)
    return Grades(
        round(sum(got.flesch_kincaid * got.words for got in scores) / words, 1),
        round(sum(got.automated * got.words for got in scores) / words, 1),
    )


def hardest(piece: Piece) -> str:
    """Return the sentence with the highest grade among those long enough to be one."""
    every = piece.sentences()
    long_enough = [part for part in every if word_count(part) > FRAGMENT]
    return max(long_enough or every, key=lambda part: score([part]).grade)
