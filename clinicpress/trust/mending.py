"""Mends slips of the pen after a sign-off: what was signed and what is there now -> Mends."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from clinicpress.content.library import Library, TopicLibrary
from clinicpress.content.model import Mend, SignOff
from clinicpress.content.reader import FILES
from clinicpress.content.signoff import seal_of, with_mended
from clinicpress.content.text import to_plain
from clinicpress.content.weighty import words_of
from clinicpress.design.brand import read_brand
from clinicpress.editions.edition import Edition
from clinicpress.editions.manuscript import Manuscript
from clinicpress.editions.required import required
from clinicpress.editions.selection import select
from clinicpress.errors import WrongChoice
from clinicpress.trust.reading import Report, read_words
from clinicpress.trust.scope import Scope, editions_of
from clinicpress.trust.signing import UNSEALED, appended
from clinicpress.trust.slips import no_slip

if TYPE_CHECKING:
    from clinicpress.pages.gist import Line, Saying

HEAD = """\
# Slips of the pen that editors mended after a sign-off. “generate review typo” adds to it; nobody
# writes into it by hand.
"""

ADVISED = ("avoid_if", "stop_if")
"""Fields of what to do that must be read, beside what all of a print must be."""


@dataclass(frozen=True)
class Slip:
    """A wording of an item in which lines were changed: digests and lines, of both versions."""

    item: str
    old: str
    new: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class Mended:
    """What was changed since it was signed: the records of slips, and why the rest is none.

    ``refused`` are whole sentences.
    """

    mends: tuple[Mend, ...]
    refused: tuple[str, ...]


def mended(
    topic: str, signed: Library, now: Library, layouts: Path, who: str, on: date, *,
    jobs: int, report: Report,
) -> Mended:  # fmt: skip
    """Return what of ``topic`` was changed since the sources ``signed``, which somebody signed.

    Raises WrongChoice where there is no such sign-off, UnknownName, Problems, EnvironmentFault.
    """
    held = now.topics[topic]
    reviews = _reviews(held, signed, topic)
    scope = _scope(topic, reviews)
    editions = editions_of(scope, now, layouts)
    heard: dict[str, Mapping[str, Saying]] = {}  # most editions say the same in both
    spoken = [
        {one.edition: one.sayings for one in
         read_words(editions_of(scope, each, layouts), each, layouts, jobs=jobs, report=report,
                    known=heard)}
        for each in (signed, now)
    ]  # fmt: skip
    if set(spoken[0]) != set(spoken[1]):
        return Mended((), ("Other prints can be made than when it was signed.",))
    refused, slips = list[str](), list[Slip]()
    for edition in editions:
        for found in _slips(spoken[0][edition], spoken[1][edition]):
            if isinstance(found, Slip):
                slips.append(found)
            else:
                refused.append(found)
        refused += _required_changed(edition, signed, now, layouts)
    known = _known(spoken[0].values())
    held_for = _signed(slips, reviews, held)
    refused += _not_signed(slips, held_for)
    refused += _no_slips(slips, held, known)
    fresh = [one for one in slips if one.new not in held_for[one.item]]
    mends = tuple(_mend(held, who, on, fresh))
    return Mended(mends, tuple(dict.fromkeys(refused)))


def keep_mends(mends: Sequence[Mend], topic: str, sources: Path) -> Path:
    """Add records to a topic's ``mends.yaml``, and return the file. Raises EnvironmentFault."""
    return appended(sources / topic / FILES["mends"][0], mends, HEAD)


def _reviews(held: TopicLibrary, signed: Library, topic: str) -> list[SignOff]:
    version = held.topic.version
    found = [one for one in held.reviews if one.version == version]
    if not found:
        raise WrongChoice(
            f"Nobody signed version {version} of “{topic}”, so there is nothing to keep."
        )
    if topic not in signed.topics or signed.topics[topic].topic.version != version:
        raise WrongChoice(
            f"The folder of --since holds another version of “{topic}” than {version}. Name the "
            "sources as they were signed."
        )
    return found


def _scope(topic: str, reviews: Sequence[SignOff]) -> Scope:
    every = {name: tuple(dict.fromkeys(each for one in reviews for each in getattr(one, name)))
             for name in ("audiences", "languages", "regions")}  # fmt: skip
    return Scope(topic, brands=("default",), **every)


def _slips(before: "Mapping[str, Saying]", after: "Mapping[str, Saying]") -> Iterator[Slip | str]:
    """Yield each wording that was changed, or why it cannot be a slip."""
    for id in sorted(before.keys() ^ after.keys()):
        yield f"“{id}”: it is printed in one of the two versions only. That is no slip."
    for id in sorted(before.keys() & after.keys()):
        old, new = before[id], after[id]
        if old.digest == new.digest:
            continue
        if (old.kind, old.title, old.evidence, old.judged) != (
            new.kind, new.title, new.evidence, new.judged
        ):  # fmt: skip
            yield f"“{id}”: its name, or what it rests on, was changed. Have it signed again."
        elif _drawn(old.lines) != _drawn(new.lines) or len(old.lines) != len(new.lines):
            yield f"“{id}”: lines or a drawing were changed. Have it signed again."
        elif lines := _differing(old.lines, new.lines):
            yield Slip(id, old.digest, new.digest, *lines)
        else:
            yield f"“{id}”: something but its words was changed. Have it signed again."


def _drawn(lines: "Iterable[Line]") -> list[str]:
    return [line.picture for line in lines]


def _differing(
    before: "Sequence[Line]", after: "Sequence[Line]"
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    pairs = [(one.words, other.words) for one, other in zip(before, after, strict=True)
             if one.words != other.words]  # fmt: skip
    if not pairs:
        return None
    return tuple(one for one, _ in pairs), tuple(other for _, other in pairs)


def _required_changed(
    edition: Edition, signed: Library, now: Library, layouts: Path
) -> Iterator[str]:
    """Yield a sentence for words that must be read and are not those that were signed."""
    words = read_brand(layouts, edition.brand).meanings
    old, new = (list(_must_be_read(select(each, edition, words))) for each in (signed, now))
    for mine in old:
        if mine not in new:
            yield f"“{mine}” must be read as it was signed. Only a clinician changes it."


def _must_be_read(manuscript: Manuscript) -> Iterator[str]:
    yield from (line.words for line in required(manuscript))
    for entry in manuscript.entries("exercises", "techniques", "procedures"):
        for field in ADVISED:
            value = getattr(entry, field, None) or ()
            said = (value,) if isinstance(value, str) else (words for _, words in value)
            yield from map(to_plain, said)


def _not_signed(slips: Iterable[Slip], signed: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Yield a sentence for each item that reads otherwise in the folder than it was signed."""
    for one in slips:
        if one.old not in signed[one.item]:
            yield f"“{one.item}”: the folder of --since holds other words than were signed."


def _signed(
    slips: Iterable[Slip], reviews: Sequence[SignOff], held: TopicLibrary
) -> Mapping[str, frozenset[str]]:
    """Return the wordings of each item that are signed, with those that were mended since."""
    return {
        id: with_mended(
            (said for one in reviews for said in one.items.get(id, "").split()),
            (mend for mend in held.mends if mend.item == id),
        )
        for id in dict.fromkeys(one.item for one in slips)
    }


def _no_slips(slips: Iterable[Slip], held: TopicLibrary, known: frozenset[str]) -> Iterator[str]:
    names = [to_plain(words) for _, item in held.items()
             for words in (getattr(item.title, "default", ""),) if words]  # fmt: skip
    terms = [to_plain(term.term.default) for term in held.glossary.values()]
    words = KnownWords(known)
    for one in slips:
        for before, after in zip(one.before, one.after, strict=True):
            for why in no_slip(before, after, (*names, *terms), words.beside(before)):
                yield f"“{one.item}”: “{after}” is no slip: it {why}."


def _known(spoken: "Iterable[Mapping[str, Saying]]") -> frozenset[str]:
    """Return lines that were signed, each once, to see which words they use."""
    return frozenset(line.words for each in spoken for one in each.values() for line in one.lines)


class KnownWords:
    """Whether a word stands in a signed line that does not hold the slip."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines: dict[str, set[str]] = {}
        for line in lines:
            for word in words_of(line):
                self._lines.setdefault(word, set()).add(line)

    def beside(self, own: str) -> Callable[[str], bool]:
        """Return what tells whether a word is used in another line than ``own``."""
        return lambda word: bool(self._lines.get(word, set()) - {own})


def _mend(held: TopicLibrary, who: str, on: date, slips: Sequence[Slip]) -> Iterator[Mend]:
    """Yield a record for each item and change of its lines."""
    together: dict[tuple[str, tuple[str, ...], tuple[str, ...]], dict[str, str]] = {}
    for one in slips:
        together.setdefault((one.item, one.before, one.after), {})[one.old] = one.new
    for (item, before, after), wordings in together.items():
        record = Mend(version=held.topic.version, item=item, wordings=wordings, before=before,
                      after=after, by=who, date=on, seal=UNSEALED)  # fmt: skip
        yield record.model_copy(update={"seal": seal_of(record)})
