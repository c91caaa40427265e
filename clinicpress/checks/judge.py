"""The rules on how a manuscript reads: level, sentences, lists, the passive, hard words."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from clinicpress.checks.codes import fails_check
from clinicpress.checks.reading import (
    Chapter,
    Grades,
    Piece,
    Score,
    hardest,
    is_whole,
    mean,
    score,
    sentences,
    trade_names,
    word_count,
)
from clinicpress.checks.vocabulary import Term, unknown_words
from clinicpress.checks.voice import passive
from clinicpress.content.model import (
    MOST_STEPS,
    MOST_STEPS_OF_PROCEDURE,
    Audience,
    ReadingTarget,
)
from clinicpress.content.text import to_plain
from clinicpress.editions.manuscript import Entry, Manuscript, Section
from clinicpress.editions.printed import layout_of, passages_of, printed_fields
from clinicpress.errors import Place, Problem

LONGEST_ANSWER = 150  # words; the rule of the project for an answer to a question
LONGEST_LIST = MOST_STEPS
_PARAGRAPHS = frozenset({"answer", "groups"})  # not lists: the reader meets them one by one

MOST_PASSIVE = 0.2
"""The largest share of whole sentences in the passive.

Guides to plain English want eight or nine verbs in ten active. This takes the milder figure.
"""
FEWEST_PASSIVE = 3
"""So many sentences in the passive there must be: in a short text one alone is a large share."""

Where = Callable[[str], Place | None]
"""Returns where given words of a manuscript are written, or None."""


@dataclass(frozen=True)
class Finding:
    """What breaks a rule for one audience, and in one publication where it is named.

    ``message`` goes on from “for general,”.
    """

    place: Place
    code: str
    audience: str
    publication: str | None
    message: str
    hint: str


def merged(findings: Iterable[Finding], audiences: Iterable[str]) -> Iterator[Problem]:
    """Yield one Problem for what is the same for several of ``audiences``, named in their order."""
    order = tuple(audiences)
    concerned: dict[Finding, set[str]] = {}
    for found in findings:
        concerned.setdefault(replace(found, audience=""), set()).add(found.audience)
    for same, readers in concerned.items():
        where = f"in “{same.publication}” " if same.publication else ""
        message = f"{where}for {', '.join(sorted(readers, key=order.index))}, {same.message}"
        yield Problem(same.place, same.code, message, same.hint)


@dataclass(frozen=True)
class Reading:
    """One publication for one audience: what was read of it, and what breaks a rule.

    ``terms`` are the hard words that nothing explains.
    """

    topic: str
    publication: str
    audience: str
    target: ReadingTarget | None
    chapters: tuple[Chapter, ...]
    terms: tuple[Term, ...]
    findings: tuple[Finding, ...]

    @property
    def worst(self) -> float | None:
        """The highest grade that a chapter may have, or None."""
        return self.target.worst if self.target else None

    @cached_property
    def mean(self) -> Grades:
        """The mean grades of its chapters."""
        return mean(self.chapters)

    @cached_property
    def hardest(self) -> Chapter:
        """The chapter of the highest grade, of those long enough to judge where there is one."""
        judged = [one for one in self.chapters if one.score().judged(0) != "short"]
        return max(judged or self.chapters, key=lambda chapter: chapter.score().grade)

    @cached_property
    def whole(self) -> Score:
        """The score of all its words as one, for what is counted and not averaged."""
        return score(sentence for chapter in self.chapters for sentence in chapter.sentences())

    @property
    def mean_result(self) -> str:
        """``pass`` or ``FAIL`` of the mean, or ``no limit``."""
        if self.target is None:
            return "no limit"
        return "pass" if self.mean.grade <= self.target.mean else "FAIL"

    @property
    def result(self) -> str:
        """``FAIL`` if it breaks a rule that fails the check, else ``pass``, or ``no limit``."""
        if any(map(fails_check, self.findings)):
            return "FAIL"
        return "pass" if self.target else "no limit"


@dataclass(frozen=True)
class Judge:
    """The rules on the words of one manuscript, of which ``chapters`` are what is read.

    ``sections`` are the places of its sections; ``glossary`` are terms that the topic explains,
    ``known`` words that all its readers know.
    """

    manuscript: Manuscript
    chapters: tuple[Chapter, ...]
    audience: Audience
    where: Where
    sections: tuple[Place, ...]
    glossary: tuple[str, ...] = ()
    known: tuple[str, ...] = ()

    def reading(self) -> Reading:
        """Return what was read and found."""
        edition, target = self.manuscript.edition, self.audience.reading
        return Reading(
            edition.topic,
            edition.publication,
            edition.audience,
            target,
            self.chapters,
            tuple(term for term, _ in self.terms()) if target else (),
            tuple(self.findings()),
        )

    def findings(self) -> Iterator[Finding]:
        """Yield a Finding for each rule that the manuscript breaks."""
        if self.audience.reading:
            yield from self.too_hard(self.audience.reading)
            for chapter in self.chapters:
                yield from self.long_sentences(chapter, self.audience.reading.longest_sentence)
                yield from self.much_passive(chapter)
            yield from self.hard_words()
        for number, section in enumerate(self.manuscript.sections):
            for entry in section.entries:
                yield from self.long_lists(entry, section, self.sections[number])
                yield from self.long_answer(entry, self.sections[number])
            yield from self.many_exercises(section, self.sections[number])

    def too_hard(self, target: ReadingTarget) -> Iterator[Finding]:
        """Yield a Finding for each chapter or item above ``worst``, or a mean above ``mean``."""
        for piece, place, is_chapter in self._pieces():
            got = piece.score()
            if got.judged(target.worst) == "FAIL":
                yield self._finding(
                    place,
                    "READING-LEVEL",
                    f"{'the chapter ' if is_chapter else ''}“{piece.title}” reads at grade "
                    f"{got.grade:.1f} (Flesch-Kincaid {got.flesch_kincaid:.1f}, "
                    f"ARI {got.automated:.1f}); at most {target.worst:g} may be",
                    f"Begin with “{hardest(piece)}”.",
                    of_print=is_chapter,
                )
        if self.chapters and (grade := mean(self.chapters).grade) > target.mean:
            yield self._finding(
                self.sections[0],
                "READING-MEAN",
                f"the mean reading level is grade {grade:.1f}; at most {target.mean:g} may be",
                "Shorten sentences and words in its hardest chapters.",
                of_print=True,
            )

    def long_sentences(self, chapter: Chapter, most: int) -> Iterator[Finding]:
        """Yield a Finding for each sentence of more than ``most`` words."""
        for passage in chapter.passages:
            for sentence in sentences(passage):
                if (count := word_count(sentence)) > most:
                    yield self._finding(
                        self.where(passage) or self.sections[chapter.number],
                        "SENTENCE-LONG",
                        f"a sentence has {count} words, and at most {most} may be: “{sentence}”",
                        "Make two of it.",
                    )

    def much_passive(self, chapter: Chapter) -> Iterator[Finding]:
        """Yield a Finding for the chapter and each of its items with much of it in the passive."""
        for piece, place, is_chapter in self._pieces_of(chapter):
            got = piece.score()
            if got.passive >= FEWEST_PASSIVE and got.passive_share > MOST_PASSIVE:
                yield self._finding(
                    place,
                    "PASSIVE",
                    f"{'the chapter ' if is_chapter else ''}“{piece.title}” has {got.passive} of "
                    f"{got.whole} sentences in the passive; at most {MOST_PASSIVE:.0%} may be",
                    f"Say who does it; begin with “{next(passives(piece))[1]}”.",
                    of_print=is_chapter,
                )

    def hard_words(self) -> Iterator[Finding]:
        """Yield a Finding for each word that a reader may not know and that nothing explains."""
        for term, number in self.terms():
            if term.abbreviation:
                code, wrong = "TERM-ABBREVIATION", "is not spelt out where it stands first"
                hint = "Write it out, with the short form in brackets, or explain it in"
            else:
                code, wrong = "TERM-HARD", "is a word that readers may not know"
                hint = "Use a plain word, or explain it in"
            yield self._finding(
                self.where(term.passage) or self.sections[number],
                code,
                f"“{term.word}” {wrong}",
                f"{hint} glossary.yaml.",
            )

    def terms(self) -> Iterator[tuple[Term, int]]:
        """Yield each hard word or abbreviation that nothing explains, and its section's number."""
        passages = {words: one.number for one in reversed(self.chapters) for words in one.passages}
        in_order = [words for chapter in self.chapters for words in chapter.passages]
        told = (*self.glossary, *trade_names(self.manuscript))
        regional = tuple(words for _, words in self.manuscript.meanings)
        for term in unknown_words(in_order, told, (*self.known, *regional)):
            yield term, passages[term.passage]

    def long_lists(self, entry: Entry, section: Section, place: Place) -> Iterator[Finding]:
        """Yield a Finding for each list of more entries than a reader can hold."""
        layout = layout_of(self.manuscript)
        for name, value in printed_fields(entry, section, layout):
            listed = value if isinstance(value, tuple) else ()
            inner = [one for one in listed if isinstance(one, Entry)]
            for one in inner:
                yield from self.long_lists(one, section, place)
            most = MOST_STEPS_OF_PROCEDURE if entry.kind == "procedures" else LONGEST_LIST
            if len(listed) > most and name not in _PARAGRAPHS and entry.kind != "about":
                first = next(passages_of(inner[0], section, layout)) if inner else listed[0][1]
                yield self._finding(
                    self.where(first) or place,
                    "LIST-LONG",
                    f"the list “{name}” of “{entry.id}” has {len(listed)} entries; "
                    f"at most {most} may be",
                    "Make two lists of it.",
                )

    def long_answer(self, entry: Entry, place: Place) -> Iterator[Finding]:
        """Yield a Finding for an answer that is too long to be read at once."""
        if entry.kind != "questions":
            return
        words = sum(word_count(to_plain(paragraph)) for _, paragraph in entry.answer)
        if words > LONGEST_ANSWER:
            yield self._finding(
                self.where(entry.answer[0][1]) or place,
                "ANSWER-LONG",
                f"the answer “{entry.id}” has {words} words; at most {LONGEST_ANSWER} may be",
                "Keep what helps the reader decide.",
            )

    def many_exercises(self, section: Section, place: Place) -> Iterator[Finding]:
        """Yield a Finding if a handout sets more exercises than this audience can take on."""
        count = sum(1 for _ in self.manuscript.entries("exercises"))
        most = self.audience.exercise_limit
        if self.manuscript.kind == "handout" and section.part == "exercises" and count > most:
            yield self._finding(
                place,
                "EXERCISE-LIMIT",
                f"{count} exercises are set; at most {most} may be",
                "Take some out.",
                of_print=True,
            )

    def _pieces(self) -> Iterator[tuple[Piece, Place, bool]]:
        for chapter in self.chapters:
            yield from self._pieces_of(chapter)

    def _pieces_of(self, chapter: Chapter) -> Iterator[tuple[Piece, Place, bool]]:
        """Yield a chapter and its items, each with its place and whether it is the chapter."""
        place = self.sections[chapter.number]
        yield chapter, place, True
        for item in chapter.items:
            yield item, self.where(item.passages[0]) or place, False

    def _finding(
        self, place: Place, code: str, message: str, hint: str, *, of_print: bool = False
    ) -> Finding:
        edition = self.manuscript.edition
        publication = edition.publication if of_print else None
        return Finding(place, code, edition.audience, publication, message, hint)


def passives(piece: Piece) -> Iterator[tuple[str, str]]:
    """Yield the whole sentences of a piece that are in the passive: the words, and the sentence."""
    for sentence in filter(is_whole, piece.sentences()):
        if words := passive(sentence):
            yield words, sentence
