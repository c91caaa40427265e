"""What says something else than was signed: a topic's sign-offs, held against what is there now."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from clinicpress.content.library import Library, TopicLibrary
from clinicpress.content.reader import FILES
from clinicpress.editions.edition import Edition
from clinicpress.errors import Place, Problem, UnknownName
from clinicpress.trust.reading import Read, Report, read_editions
from clinicpress.trust.scope import Scope, editions_of

ANEW = "Have it read and signed again with “generate review sign”, or put back what was signed."


def changes(
    library: Library, layouts: Path, topics: Iterable[str], *, jobs: int, report: Report
) -> Iterator[Problem]:
    """Yield a Problem for each item of ``topics`` that is read otherwise than it was signed.

    What nobody signed for a reader is not told. Raises EnvironmentFault if no worker starts.
    """
    for id in topics:
        topic = library.topics[id]
        scopes = dict.fromkeys(
            Scope(id, tuple(a for a in one.audiences if a in library.audiences), one.languages,
                  one.regions, ("default",))
            for one in topic.reviews
        )  # fmt: skip
        editions: list[Edition] = []
        for scope in scopes:
            with suppress(UnknownName):  # a country that is none is told by the rules on sign-offs
                editions += editions_of(scope, library, layouts)
        read = read_editions(
            tuple(dict.fromkeys(editions)), library, layouts, jobs=jobs, report=report
        )
        yield from _told(topic, read)


def _told(topic: TopicLibrary, read: Iterable[Read]) -> Iterator[Problem]:
    """Yield a Problem an item that was changed, and one for roles that have still to sign."""
    changed: dict[str, dict[str, None]] = defaultdict(dict)
    lacking: dict[str, dict[str, None]] = defaultdict(dict)
    for one in read:
        for item in one.state.lost:
            changed[item][one.edition.audience] = None
        for role in one.state.lacking:
            lacking[role][one.edition.audience] = None
    for item, readers in changed.items():
        wrong = f"“{item}” says something else than what was signed, for {', '.join(readers)}"
        yield Problem(_place(topic, item), "NOT-SIGNED", wrong, ANEW)
    for role, readers in lacking.items():
        wrong = f"what is for {', '.join(readers)} still needs the sign-off of: {role}"
        yield Problem(_place(topic, ""), "NOT-SIGNED", wrong, "Have it read and signed by one.")


def _place(topic: TopicLibrary, item: str) -> Place:
    """Return where an item is written; what is none is told where the sign-offs stand."""
    if item in topic.places:
        return topic.place(item)
    return topic.place_in(FILES["reviews"][0])
