"""What reviewers decided: filled-in packs -> decisions of a topic.

A decision is no sign-off. It holds for the wordings that were read, and is void for all others.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from clinicpress.content.library import Library, TopicLibrary
from clinicpress.content.model import Decision
from clinicpress.content.reader import FILES
from clinicpress.content.signoff import standing
from clinicpress.editions.leaving import FIGURE
from clinicpress.errors import ClinicpressError
from clinicpress.trust.fillings import ANEW, NEW, Filled, Row, contradictions
from clinicpress.trust.reading import Report, read_editions
from clinicpress.trust.scope import Scope, editions_of
from clinicpress.trust.signing import appended
from clinicpress.trust.typed import unfit

HEAD = """\
# What reviewers decided about items as they read. “generate review import” adds to it; nobody
# writes into it by hand. What was decided about words that were changed since holds no more.
"""


@dataclass(frozen=True)
class Who:
    """Who decided, where the file does not say it; ``scan`` is the digest of what they signed."""

    name: str = ""
    role: str = ""
    on: date | None = None
    scan: str = ""


@dataclass(frozen=True)
class Outcome:
    """What comes of an import.

    ``decisions`` are new; the other fields name items: as they stand with these, those that nobody
    decided about, those whose words were changed since they were decided about (``void``), and
    those to change or rejected without a reason.
    """

    topic: str
    decisions: tuple[Decision, ...]
    accepted: tuple[str, ...] = ()
    to_change: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    void: tuple[str, ...] = ()
    unreasoned: tuple[str, ...] = ()


def import_filled(
    filled: Sequence[Filled], who: Who, library: Library, layouts: Path, today: date, *,
    jobs: int, report: Report,
) -> Outcome:  # fmt: skip
    """Return what comes of ``filled``; nothing is written.

    Raises ClinicpressError with a sentence for each thing by which they cannot be taken,
    UnknownName for a country or brand that is none.
    """
    topic = _topic_of(filled, library)
    _require_sense(filled, who, today)
    scope = _scope(filled)
    read = read_editions(
        editions_of(scope, library, layouts), library, layouts, jobs=jobs, report=report
    )
    now = defaultdict[str, set[str]](set)
    for one in read:
        for place, said in one.pieces.items():
            now[place].add(said)
    _refuse(_strange(filled, set().union(*now.values())))
    _refuse(_misnamed(filled, now))
    new = tuple(_new(filled, who, today, topic.decisions))
    return _outcome(topic, new, [row for one in filled for row in one.rows], now)


def keep_decisions(outcome: Outcome, sources: Path) -> Path | None:
    """Add what is new to a topic's ``decisions.yaml``, and return the file; None if nothing is.

    Raises EnvironmentFault if it cannot be written.
    """
    if not outcome.decisions:
        return None
    path = sources / outcome.topic / FILES["decisions"][0]
    return appended(path, outcome.decisions, HEAD)


def _refuse(sentences: Iterable[str]) -> None:
    if told := list(sentences):
        raise ClinicpressError("\n".join((*told, "Nothing was written.")))


def _topic_of(filled: Sequence[Filled], library: Library) -> TopicLibrary:
    """Return the topic that all packs are of. Raises ClinicpressError."""
    topics = dict.fromkeys(one.scope.topic for one in filled)
    _refuse(
        f"{one.file}: it is of the topic “{one.scope.topic}”, which is not here. Name the folder "
        "of its sources with --sources."
        for one in filled
        if one.scope.topic not in library.topics
    )
    if len(topics) > 1:
        _refuse([f"The files are of several topics: {', '.join(topics)}. Import those of each by "
                 "themselves."])  # fmt: skip
    _refuse(
        f"{one.file}: it is for “{audience}”, who is no reader here. {NEW}"
        for one in filled
        for audience in one.scope.audiences
        if audience not in library.audiences
    )
    return library.topics[next(iter(topics))]


def _require_sense(filled: Sequence[Filled], who: Who, today: date) -> None:
    """Raise ClinicpressError for who and when, and for what contradicts each other."""
    told = [*contradictions(filled), *unfit((("--name", who.name), ("--role", who.role)))]
    for one in filled:
        if not (who.name or one.by) and any(row.decision for row in one.rows):
            told.append(
                f"{one.file}: it does not say who decided. Write the name into it, or give it with "
                "--name."
            )
        if (on := who.on or one.on) and on > today:
            told.append(f"{one.file}: it is dated {on}, which is to come. Correct the date.")
    _refuse(told)


def _scope(filled: Sequence[Filled]) -> Scope:
    """Return all that the packs together are of."""
    every = [one.scope for one in filled]
    names = {
        name: tuple(dict.fromkeys(each for one in every for each in getattr(one, name)))
        for name in ("audiences", "languages", "regions", "brands")
    }
    return Scope(every[0].topic, **names)


def _strange(filled: Sequence[Filled], now: set[str]) -> Iterator[str]:
    """Yield a sentence for each file that is about nothing that is said today."""
    for one in filled:
        if not any(now.intersection(row.digests) for row in one.rows):
            yield (
                f"{one.file}: all that it is about was changed since, or is of other sources. Make "
                "a new pack with “generate review pack”."
            )


def _misnamed(filled: Sequence[Filled], now: Mapping[str, set[str]]) -> Iterator[str]:
    """Yield a sentence for each row that names another item than the one whose words it is about.

    What came of it would be told of an item about which nobody decided. A drawing goes by the name
    of the first item that shows it, so what names that is not compared.
    """
    place_of = {wording: place for place, wordings in now.items()
                if not place.startswith(FIGURE) for wording in wordings}  # fmt: skip
    for one in filled:
        for row in one.rows:
            named = {place_of.get(wording, row.item) for wording in row.digests}
            if other := min(named - {row.item}, default=""):
                at = f"{one.file}: {row.at}" if row.at else f"{one.file}: it"
                yield (
                    f"{at} names another item than the pack has: “{row.item}” for the words of "
                    f"“{other}”. {ANEW if row.at else NEW}"
                )


def _new(
    filled: Sequence[Filled], who: Who, today: date, before: Sequence[Decision]
) -> Iterator[Decision]:
    """Yield a decision for each row that decides something which the same person had not."""
    latest: dict[tuple[str, str], tuple[str, str | None, str]] = {}
    for old in before:
        held = old.decision, old.reason, old.scan or ""
        latest |= {(each, old.by): held for each in old.wordings.split()}
    for one in filled:
        by, role = who.name or one.by, who.role or one.role
        for row in one.rows:
            known = [latest.get((wording, by)) for wording in row.digests]
            scan = who.scan or next((each[2] for each in known if each), "")
            said = row.decision, row.reason or None, scan
            if row.decision and any(each != said for each in known):
                latest |= {(wording, by): said for wording in row.digests}
                yield Decision.model_validate({
                    "item": row.item, "wordings": " ".join(row.digests), "decision": row.decision,
                    "reason": row.reason or None, "by": by, "role": role or None,
                    "date": (who.on or one.on or today).isoformat(), "audiences": row.audiences,
                    "languages": one.scope.languages, "regions": row.regions,
                    "scan": who.scan or None,
                })  # fmt: skip


@dataclass
class _Tally:
    """How the wordings of an item stand that are said today, and whether some are said no more."""

    found: set[str] = field(default_factory=set)
    void: bool = False

    @property
    def worst(self) -> str:
        return next(each for each in ("reject", "change", "", "accept") if each in self.found)


def _outcome(
    topic: TopicLibrary, new: Sequence[Decision], rows: Sequence[Row],
    now: Mapping[str, set[str]],
) -> Outcome:  # fmt: skip
    holding = standing((*topic.decisions, *new))
    every = set().union(*now.values())
    items: dict[str, _Tally] = {}
    for row in rows:
        tally = items.setdefault(row.item, _Tally())
        for wording in every.intersection(row.digests) | now.get(row.item, set()):
            one = holding.get(wording)
            tally.found.add(one.decision if one else "")
        tally.void |= bool(row.decision) and not every.issuperset(row.digests)
    said = {item: tally.worst for item, tally in items.items() if tally.found}
    accepted, to_change, rejected, undecided = (
        tuple(item for item, worst in said.items() if worst == each)
        for each in ("accept", "change", "reject", "")
    )
    unreasoned = dict.fromkeys(one.item for one in new
                               if one.decision != "accept" and not one.reason)  # fmt: skip
    void = tuple(item for item, tally in items.items() if tally.void)
    return Outcome(topic.topic.id, tuple(new), accepted, to_change, rejected, undecided, void,
                   tuple(unreasoned))  # fmt: skip
