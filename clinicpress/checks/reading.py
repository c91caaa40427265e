"""How hard a manuscript is to read, by item and by chapter, and the rules on it.

A reading level is a proxy: formulas count sentences, words, syllables and letters, and know
nothing of meaning. Two of them are taken, which share only the length of sentences:

- Flesch-Kincaid grade = 0.39 words/sentence + 11.8 syllables/word - 15.59. J. P. Kincaid et al.,
  Derivation of new readability formulas for Navy enlisted personnel, Research Branch Report 8-75,
  1975, https://stars.library.ucf.edu/istlibrary/56
- Automated Readability Index = 4.71 strokes/word + 0.5 words/sentence - 21.43. E. A. Smith and
  R. J. Senter, Automated Readability Index, AMRL-TR-66-220, 1967. Strokes are all characters but
  spaces. It counts no syllables, so it checks the syllables that a program can only guess.

Both give a US school grade. The higher of the two decides.

What counts as a sentence: a sentence of running text, and each list entry, step, title or other
fragment, since joined entries would score as one endless sentence. A chapter is a section of the
print. Titles count, since they are read. Left out are the words of the layout itself, numbers of
a dose, and the list of references, which is names and addresses. What stands beside every exercise,
the stop line, counts once a chapter.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from clinicpress.content.model import MOST_STEPS, Audience, ReadingTarget
from clinicpress.content.text import to_plain
from clinicpress.editions.manuscript import Entry, Manuscript, Section
from clinicpress.editions.safety import PRACTICES
from clinicpress.errors import Place, Problem

FEWEST_WORDS = 30
"""In fewer, one long word moves a grade by two: such a piece is scored, not judged by itself."""

LONGEST_SENTENCE = 20
LONGEST_SENTENCES: Mapping[str, int] = {"easy-read": 15}
"""Most words in a sentence: the rule of the project, and that of Easy Read."""

LONGEST_ANSWER = 150  # words; the rule of the project for an answer to a question
LONGEST_LIST = MOST_STEPS

_PRACTICE = (
    *("title", "purpose", "position", "kit", "steps", "names", "stop_if", "mistakes", "easier"),
    *("harder", "avoid_if", "is_not"),
)
FIELDS: Mapping[str, tuple[str, ...]] = {
    "exercises": _PRACTICE,
    "techniques": _PRACTICE,
    "self-care": ("title", "intro", "points"),
    "causes": ("title", "summary", "helps", "check"),
    "questions": ("title", "answer"),
    "myths": ("title", "truth"),
    "tier": ("title", "action", "lead", "groups", "pointer"),
    "signgroup": ("title", "action", "signs", "note"),
    "warningsign": ("full", "short", "action"),
    "caution-list": ("title", "intro", "entries"),
    "caution": ("text", "advice"),
    "notice": ("title", "lines"),
    "scale": ("title", "intro", "zones", "exercise", "massage"),
    "zone": ("label", "meaning"),
    "term": ("term", "meaning"),
    "about": ("lines",),
    "reference": (),
}
"""What is read of each kind of entry, in print order."""

_HIDDEN_IN_FULL = frozenset({"short", "pointer"})
_HIDDEN_IN_SHORT = frozenset({"full", "lead", "note"})
_HIDDEN_DETAIL = frozenset({"purpose", "kit", "names", "harder"})
_NOT_OF_PROFESSIONALS = frozenset(_PRACTICE) - {"title", "purpose", "is_not"}
_SCALE_LINES: Mapping[str, str] = {"exercises": "exercise", "techniques": "massage"}
"""What the templates leave out: by wording and detail, of a professional's, and by other parts."""

_FRONT: Mapping[str, tuple[str, ...]] = {
    "cover": ("title", "subtitle", "for_whom", "not_for_whom", "main_message"),
    "message": ("title", "main_message", "for_whom", "not_for_whom"),
    "contents": ("main_message", "call_to_action"),
}
"""What the parts without entries say, as fields of the manuscript."""

_PARAGRAPHS = frozenset({"answer", "groups"})  # not lists: the reader meets them one by one
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’)\]]*\s+(?=[^\sa-z])")
_PEN_LINE = re.compile(r"_{2,}")


@dataclass(frozen=True)
class Piece:
    """A stretch of a print: its id and title, and its words as the passages that make it up."""

    id: str
    title: str
    passages: tuple[str, ...]

    def sentences(self) -> list[str]:
        """Return its sentences; an entry of a list is one however short."""
        return [sentence for passage in self.passages for sentence in sentences(passage)]


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
    """Grades, with the words in all and the words of the longest sentence."""

    words: int
    longest: int

    def judged(self, limit: float | None) -> str:
        """Return ``pass``, ``FAIL``, ``short`` (too little to judge) or ``no limit``."""
        if limit is None:
            return "no limit"
        if self.words < FEWEST_WORDS:
            return "short"
        return "pass" if self.grade <= limit else "FAIL"


def sentences(passage: str) -> list[str]:
    """Return the sentences of a passage, without markup; one without a full stop is one too."""
    plain = _PEN_LINE.sub(" ", to_plain(passage))
    return [part for part in _SENTENCE_END.split(plain) if word_count(part)]


def word_count(words: str) -> int:
    """Return the number of words; ``3-4`` and ``re-check`` are one each."""
    return sum(any(c.isalnum() for c in word) for word in words.split())


def score(sentences: Iterable[str]) -> Score:
    """Return the score of ``sentences``, which must hold at least one word."""
    from textstat_rs import char_count, syllable_count

    parts = list(sentences)
    lengths = [word_count(part) for part in parts]
    words, length = sum(lengths), sum(lengths) / len(parts)
    text = " ".join(parts)
    syllables, strokes = syllable_count(text, lang="en_US") / words, char_count(text) / words
    return Score(
        flesch_kincaid=round(0.39 * length + 11.8 * syllables - 15.59, 1),
        automated=round(4.71 * strokes + 0.5 * length - 21.43, 1),
        words=words,
        longest=max(lengths),
    )


def chapters(manuscript: Manuscript) -> tuple[Chapter, ...]:
    """Return the sections that hold words of the content, each with its items."""
    found = (_chapter(manuscript, number) for number in range(len(manuscript.sections)))
    return tuple(chapter for chapter in found if chapter)


def _chapter(manuscript: Manuscript, number: int) -> Chapter | None:
    section = manuscript.sections[number]
    front = [getattr(manuscript, name) for name in _FRONT.get(section.part, ())]
    parts = parts_of(manuscript)
    items = tuple(
        Piece(entry.id, str(getattr(entry, FIELDS[entry.kind][0])), passages)
        for entry in section.entries
        if (passages := tuple(_passages(entry, section, parts)))
    )
    stop = [manuscript.stop] if any(getattr(e, "steps", ()) for e in section.entries) else []
    inner = [passage for item in items for passage in item.passages]
    if not (front or inner):
        return None
    passages = tuple(filter(None, (section.title, section.intro, *front, *inner, *stop)))
    return Chapter(section.id, _title(section, items), passages, number, items)


def parts_of(manuscript: Manuscript) -> frozenset[str]:
    """Return the kinds of section that the print has."""
    return frozenset(section.part for section in manuscript.sections)


def _title(section: Section, items: tuple[Piece, ...]) -> str:
    if section.title or len(items) != 1 or section.part == "about":
        return section.title or section.id
    return items[0].title


def _passages(entry: Entry, section: Section, parts: frozenset[str]) -> Iterator[str]:
    """Yield the words of an entry in print order, each list entry on its own."""
    for _, value in _read(entry, section, parts):
        if isinstance(value, str):
            yield value
        for one in value if isinstance(value, tuple) else ():
            nested = isinstance(one, Entry)
            yield from _passages(one, section, parts) if nested else [one[1]]


def _read(entry: Entry, section: Section, parts: frozenset[str]) -> Iterator[tuple[str, object]]:
    """Yield the fields of an entry that a print with these parts shows, by name."""
    hidden = _HIDDEN_IN_FULL if section.wording == "full" else _HIDDEN_IN_SHORT
    if section.detail == "short":
        hidden = hidden | _HIDDEN_DETAIL
    if entry.kind in PRACTICES and not entry.steps:
        hidden = hidden | _NOT_OF_PROFESSIONALS
    if entry.kind == "scale":
        hidden = hidden | {line for part, line in _SCALE_LINES.items() if part not in parts}
    for name in FIELDS[entry.kind]:
        if name not in hidden:
            yield name, getattr(entry, name, None)


Where = Callable[[str], Place | None]
"""Returns where given words of a manuscript are written, or None."""


@dataclass(frozen=True)
class Judge:
    """The rules on the words of one manuscript. ``sections`` are the lines of its sections."""

    manuscript: Manuscript
    audience: Audience
    where: Where
    sections: tuple[Place, ...]

    def findings(self) -> Iterator[Problem]:
        """Yield a Problem for each rule that the manuscript breaks."""
        found = chapters(self.manuscript)
        if self.audience.reading:
            yield from self.too_hard(found, self.audience.reading)
            for chapter in found:
                yield from self.long_sentences(chapter)
        for number, section in enumerate(self.manuscript.sections):
            for entry in section.entries:
                yield from self.long_lists(entry, section, self.sections[number])
                yield from self.long_answer(entry, self.sections[number])
            yield from self.many_exercises(section, self.sections[number])

    def too_hard(self, found: tuple[Chapter, ...], target: ReadingTarget) -> Iterator[Problem]:
        """Yield a Problem for each chapter or item above ``worst``, or a mean above ``mean``."""
        name = self._name()
        for chapter in found:
            place = self.sections[chapter.number]
            yield from self._over(chapter, f"{name}, the chapter", target.worst, place)
            for item in chapter.items:
                yield from self._over(
                    item, f"for {self._reader()},", target.worst, self._place(item, place)
                )
        if found and (grade := mean(found).grade) > target.mean:
            yield Problem(
                self.sections[0],
                "READING-MEAN",
                f"{name}, the mean reading level is grade {grade:.1f}; "
                f"at most {target.mean:g} may be",
                "Shorten sentences and words in its hardest chapters.",
            )

    def _over(self, piece: Piece, name: str, limit: float, place: Place) -> Iterator[Problem]:
        got = score(piece.sentences())
        if got.judged(limit) == "FAIL":
            yield Problem(
                place,
                "READING-LEVEL",
                f"{name} “{piece.title}” reads at grade {got.grade:.1f} (Flesch-Kincaid "
                f"{got.flesch_kincaid:.1f}, ARI {got.automated:.1f}); at most {limit:g} may be",
                f"Begin with “{hardest(piece)}”.",
            )

    def long_sentences(self, chapter: Chapter) -> Iterator[Problem]:
        """Yield a Problem for each sentence that is too long for this audience."""
        most = LONGEST_SENTENCES.get(self._reader(), LONGEST_SENTENCE)
        for passage in chapter.passages:
            for sentence in sentences(passage):
                if (count := word_count(sentence)) > most:
                    yield Problem(
                        self.where(passage) or self.sections[chapter.number],
                        "SENTENCE-LONG",
                        f"for {self._reader()}, a sentence has {count} words, "
                        f"and at most {most} may be: “{sentence}”",
                        "Make two of it.",
                    )

    def long_lists(self, entry: Entry, section: Section, place: Place) -> Iterator[Problem]:
        """Yield a Problem for each list of more entries than a reader can hold."""
        parts = parts_of(self.manuscript)
        for name, value in _read(entry, section, parts):
            listed = value if isinstance(value, tuple) else ()
            inner = [one for one in listed if isinstance(one, Entry)]
            for one in inner:
                yield from self.long_lists(one, section, place)
            if len(listed) > LONGEST_LIST and name not in _PARAGRAPHS and entry.kind != "about":
                first = next(_passages(inner[0], section, parts)) if inner else listed[0][1]
                yield Problem(
                    self.where(first) or place,
                    "LIST-LONG",
                    f"for {self._reader()}, the list “{name}” of “{entry.id}” has {len(listed)} "
                    f"entries; at most {LONGEST_LIST} may be",
                    "Make two lists of it.",
                )

    def long_answer(self, entry: Entry, place: Place) -> Iterator[Problem]:
        """Yield a Problem for an answer that is too long to be read at once."""
        if entry.kind != "questions":
            return
        words = sum(word_count(to_plain(paragraph)) for _, paragraph in entry.answer)
        if words > LONGEST_ANSWER:
            yield Problem(
                self.where(entry.answer[0][1]) or place,
                "ANSWER-LONG",
                f"for {self._reader()}, the answer “{entry.id}” has {words} words; "
                f"at most {LONGEST_ANSWER} may be",
                "Keep what helps the reader decide.",
            )

    def many_exercises(self, section: Section, place: Place) -> Iterator[Problem]:
        """Yield a Problem if a handout sets more exercises than this audience can take on."""
        count = sum(1 for _ in self.manuscript.entries("exercises"))
        most = self.audience.exercise_limit
        if self.manuscript.kind == "handout" and section.part == "exercises" and count > most:
            yield Problem(
                place,
                "EXERCISE-LIMIT",
                f"{self._name()}, {count} exercises are set; at most {most} may be",
                "Take some out.",
            )

    def _reader(self) -> str:
        return self.manuscript.edition.audience

    def _name(self) -> str:
        return f"in “{self.manuscript.edition.publication}” for {self._reader()}"

    def _place(self, item: Piece, otherwise: Place) -> Place:
        return self.where(item.passages[0]) or otherwise


def mean(found: Iterable[Chapter]) -> Grades:
    """Return the mean grades of the chapters, each weighted by its words."""
    scores = [score(chapter.sentences()) for chapter in found]
    words = sum(got.words for got in scores)
    return Grades(
        round(sum(got.flesch_kincaid * got.words for got in scores) / words, 1),
        round(sum(got.automated * got.words for got in scores) / words, 1),
    )


def hardest(piece: Piece) -> str:
    """Return the sentence with the highest grade among those long enough to be one."""
    whole = piece.sentences()
    long_enough = [part for part in whole if word_count(part) > 4]
    return max(long_enough or whole, key=lambda part: score([part]).grade)
