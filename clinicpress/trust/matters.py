"""What a reviewer reads of a scope, item by item and each wording once: Scope -> Matters.

They are the same items and wordings that a sign-off of that scope binds to.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from clinicpress.content.library import Library, TopicLibrary
from clinicpress.content.model import SignOff
from clinicpress.content.signoff import with_mended
from clinicpress.editions.edition import Edition
from clinicpress.editions.leaving import FIGURE
from clinicpress.pages.gist import DRAWING, SECTION, Line, Saying
from clinicpress.trust.reading import Report, read_words
from clinicpress.trust.scope import Scope, editions_of

Standing = Literal["new", "signed", "changed"]
"""Whether a wording was signed: never, as it reads, or in other words."""

DIFFERING = ("format", "setting", "dose")
"""What a wording may be in alone, of editions of the same publication."""


@dataclass(frozen=True)
class Wording:
    """An item in one wording: who reads it and where, and the lines that they read.

    ``digests`` are those that a sign-off holds, one a reader and country. ``only`` is what of
    ``DIFFERING`` all of its editions have in common that others of the item do not have.
    ``before`` are the lines that were signed in its place, where they are known.
    """

    alike: str
    lines: tuple[Line, ...]
    digests: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    publications: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    standing: Standing = "new"
    before: tuple[Line, ...] = ()

    @property
    def words(self) -> str:
        """All that is read of it, in one line."""
        return " ".join(line.words for line in self.lines)


@dataclass(frozen=True)
class Matter:
    """An item with its wordings, the longest first, and what it rests on.

    ``judged`` is how often a clinician has still to judge what it says; ``drawings`` are the words
    for those that stand in it, decided about together with it.
    """

    id: str
    kind: str
    title: str
    wordings: tuple[Wording, ...]
    evidence: tuple[str, ...] = ()
    judged: int = 0
    drawings: tuple[Wording, ...] = ()

    @property
    def every(self) -> tuple[Wording, ...]:
        """All that is decided about it."""
        return (*self.wordings, *self.drawings)

    @property
    def digests(self) -> tuple[str, ...]:
        """The digests of all that is decided about it, sorted."""
        return tuple(sorted({each for one in self.every for each in one.digests}))

    @property
    def standing(self) -> Standing:
        """How it stands as a whole: as that of its wordings of which most is to be read."""
        found = {one.standing for one in self.every}
        return next(each for each in ("changed", "new", "signed") if each in found)


@dataclass(frozen=True)
class Gone:
    """An item that was signed and is said no more, with its words where they are known."""

    id: str
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Matters:
    """All that is read of a scope, and what was signed of it and is said no more.

    Unless it is ``whole``, what reads as it was signed is left out.
    """

    scope: Scope
    edition: Edition
    matters: tuple[Matter, ...]
    gone: tuple[Gone, ...] = ()
    whole: bool = True

    def unsigned(self) -> "Matters":
        """Return it without the items that read as they were signed."""
        left = tuple(one for one in self.matters if one.standing != "signed")
        return replace(self, matters=left, whole=False)


@dataclass
class _Heard:
    """A wording while editions are heard; each is of the first that said it."""

    saying: Saying
    editions: list[Edition] = field(default_factory=list)
    digests: set[str] = field(default_factory=set)


_Heards = dict[str, dict[str, _Heard]]


def gather(
    scope: Scope, library: Library, layouts: Path, *, jobs: int, report: Report,
    signed: Library | None = None,
) -> Matters:  # fmt: skip
    """Return all that is read of ``scope``; ``signed`` are the sources as they were signed.

    Raises UnknownName, and Problems if something of it could not be printed.
    """
    editions = editions_of(scope, library, layouts)
    known: dict[str, Mapping[str, Saying]] = {}  # most editions say the same as they did
    heard = _hear(editions, library, layouts, jobs, report, known)
    reviews = _of(scope, library.topics[scope.topic])
    before: _Heards = {}
    if signed is not None and reviews and scope.topic in signed.topics:
        before = _hear(editions_of(scope, signed, layouts), signed, layouts, jobs, report,
                       known)  # fmt: skip
    found = [_matter(place, ways, reviews, before) for place, ways in heard.items()
             if any(one.saying.lines for one in ways.values())]  # fmt: skip
    items = [item for one in reviews for item in one.items if item not in heard]
    gone = (Gone(item, _signed_lines(before.get(item, {}), reviews)) for item in items)
    return Matters(
        scope, editions[0], tuple(_with_drawings(found)), tuple(dict.fromkeys(gone))
    )  # fmt: skip


def _hear(
    editions: Sequence[Edition], library: Library, layouts: Path, jobs: int, report: Report,
    known: "dict[str, Mapping[str, Saying]]",
) -> _Heards:  # fmt: skip
    """Return each wording of each place, in the order of ``editions``; see ``read_words``."""
    read = read_words(editions, library, layouts, jobs=jobs, report=report, known=known)
    spoken = {one.edition: one.sayings for one in read}
    heard: _Heards = {}
    for edition in editions:
        for place, saying in spoken[edition].items():
            way = heard.setdefault(place, {}).setdefault(saying.alike, _Heard(saying))
            way.editions.append(edition)
            way.digests.add(saying.digest)
    return heard


def _of(scope: Scope, topic: TopicLibrary) -> tuple[SignOff, ...]:
    """Return the sign-offs of a topic that are for somebody of ``scope``, with mended wordings."""
    return tuple(
        _with_mends(one, topic) for one in topic.reviews
        if set(one.audiences) & set(scope.audiences) and set(one.regions) & set(scope.regions)
    )  # fmt: skip


def _with_mends(one: SignOff, topic: TopicLibrary) -> SignOff:
    mended = {mend.item for mend in topic.mends if mend.version == one.version}
    items = dict(one.items)
    for id in mended & items.keys():
        own = (each for each in topic.mends if each.item == id)
        items[id] = " ".join(sorted(with_mended(items[id].split(), own)))
    return one.model_copy(update={"items": items})


def _matter(
    place: str, ways: Mapping[str, _Heard], reviews: Sequence[SignOff], before: _Heards
) -> Matter:
    first = next(iter(ways.values())).saying
    wordings = [
        _wording(place, one, ways.values(), reviews, before.get(place, {})) for one in ways.values()
    ]
    wordings.sort(key=lambda one: -len(one.words.split()))
    evidence = dict.fromkeys(id for one in ways.values() for id in one.saying.evidence)
    judged = max(one.saying.judged for one in ways.values())
    return Matter(place, first.kind, first.title, tuple(wordings), tuple(evidence), judged)


def _wording(
    place: str, heard: _Heard, every: Iterable[_Heard], reviews: Sequence[SignOff],
    before: Mapping[str, _Heard],
) -> Wording:  # fmt: skip
    standing = _standing(place, heard.digests, reviews)
    return Wording(
        heard.saying.alike,
        heard.saying.lines,
        tuple(sorted(heard.digests)),
        _each_once(one.audience for one in heard.editions),
        _each_once(one.region for one in heard.editions),
        _each_once(one.publication for one in heard.editions),
        tuple(_only(heard, every)),
        standing,
        _nearest(heard.saying.lines, before, reviews) if standing == "changed" else (),
    )


def _each_once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _standing(place: str, digests: Iterable[str], reviews: Iterable[SignOff]) -> Standing:
    signed = {each for one in reviews for each in one.items.get(place, "").split()}
    if not signed:
        return "new"
    return "signed" if signed.issuperset(digests) else "changed"


def _only(heard: _Heard, every: Iterable[_Heard]) -> Iterable[str]:
    """Yield what its editions have in common that not all of the item's have."""
    all_of_it = [edition for one in every for edition in one.editions]
    for name in DIFFERING:
        own = {getattr(edition, name) for edition in heard.editions}
        if len(own) == 1 and {getattr(edition, name) for edition in all_of_it} != own:
            yield str(own.pop())


def _nearest(
    lines: tuple[Line, ...], before: Mapping[str, _Heard], reviews: Sequence[SignOff]
) -> tuple[Line, ...]:
    """Return those lines that were signed which are most like ``lines``; nothing if none is."""
    from difflib import SequenceMatcher

    now = " ".join(line.words for line in lines).split()
    signed = _signed(before, reviews)
    return max(
        signed, default=(),
        key=lambda one: SequenceMatcher(
            None, " ".join(line.words for line in one).split(), now, autojunk=False
        ).ratio(),
    )  # fmt: skip


def _signed(before: Mapping[str, _Heard], reviews: Sequence[SignOff]) -> list[tuple[Line, ...]]:
    """Return the lines of each wording that somebody signed, of those that were said before."""
    known = {each for one in reviews for said in one.items.values() for each in said.split()}
    return [one.saying.lines for one in before.values() if one.digests & known]


def _signed_lines(before: Mapping[str, _Heard], reviews: Sequence[SignOff]) -> tuple[Line, ...]:
    return max(_signed(before, reviews), key=len, default=())


def _with_drawings(matters: Sequence[Matter]) -> Iterable[Matter]:
    """Yield the items, each with the drawings that stand in it; others are items themselves."""
    shown: dict[str, str] = {}
    for one in matters:
        for line in _drawn(one):
            shown.setdefault(line.words, one.id)
    drawings: dict[str, list[Wording]] = {}
    for one in matters:
        if one.id.startswith(FIGURE):
            for wording in one.wordings:
                where = shown.get(wording.words, one.id)
                drawings.setdefault(where, []).append(wording)
    for one in matters:
        own = tuple(drawings.get(one.id, ()))
        if not one.id.startswith(FIGURE):
            yield replace(one, drawings=own)
        elif own:
            yield replace(one, wordings=own)


def _drawn(matter: Matter) -> Iterable[Line]:
    if matter.id.startswith((FIGURE, SECTION)):
        return ()
    return (line for one in matter.wordings for line in one.lines if line.kind == DRAWING)
