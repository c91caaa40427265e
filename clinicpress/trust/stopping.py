"""What decisions of reviewers stop: printing what is rejected, signing what is to be changed."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from clinicpress.content.library import Library, TopicLibrary
from clinicpress.content.model import Decision
from clinicpress.content.reader import FILES
from clinicpress.content.signoff import in_words, standing
from clinicpress.errors import ClinicpressError, Place, Problem, UnknownName
from clinicpress.trust.reading import Read, Report, read_editions
from clinicpress.trust.scope import Scope, editions_of


def stopping(topic: TopicLibrary, pieces: Mapping[str, str]) -> dict[str, Decision]:
    """Return what of ``pieces`` is rejected or to be changed, by item."""
    holding = standing(topic.decisions)
    found = {id: holding[said] for id, said in pieces.items() if said in holding}
    return {id: one for id, one in found.items() if one.decision != "accept"}


def refuse_undone(topic: TopicLibrary, read: Iterable[Read]) -> None:
    """Raise ClinicpressError if something is rejected or to be changed, naming each item."""
    found: dict[str, Decision] = {}
    for one in read:
        found |= stopping(topic, one.pieces)
    if found:
        told = "; ".join(f"“{id}” {in_words(one)}" for id, one in found.items())
        raise ClinicpressError(
            f"This cannot be signed while something in it is to be changed: {told}. Reword it, or "
            "have it accepted in a new pack by who decided so."
        )


def still_said(
    library: Library, layouts: Path, topics: Iterable[str], *, jobs: int, report: Report
) -> Iterator[Problem]:
    """Yield a Problem for each item of ``topics`` that is rejected or to be changed, and is said.

    Raises EnvironmentFault if no worker starts.
    """
    for id in topics:
        topic = library.topics[id]
        found: dict[str, Decision] = {}
        for scope in dict.fromkeys(_scope_of(id, one, library) for one in topic.decisions):
            with suppress(UnknownName):  # a country that is none is of no print
                editions = editions_of(scope, library, layouts)
                for read in read_editions(editions, library, layouts, jobs=jobs, report=report):
                    found |= stopping(topic, read.pieces)
        for item, one in found.items():
            yield _problem(topic, item, one)


def _scope_of(topic: str, one: Decision, library: Library) -> Scope:
    audiences = tuple(id for id in one.audiences if id in library.audiences)
    return Scope(topic, audiences, one.languages, one.regions, ("default",))


def _problem(topic: TopicLibrary, item: str, one: Decision) -> Problem:
    wrong = f"“{item}” {in_words(one)}"
    if one.decision == "reject":
        hint = "Reword it, or take it out of what is printed for this reader."
        return Problem(_place(topic, item), "ITEM-REJECTED", wrong, hint)
    hint = "Reword it; then it is decided anew."
    return Problem(_place(topic, item), "ITEM-TO-CHANGE", wrong, hint)


def _place(topic: TopicLibrary, item: str) -> Place:
    """Return where an item is written; what is none is told where decisions stand."""
    tier = item.removeprefix("tier-")
    if item in topic.places:
        return topic.place(item)
    if tier in topic.tiers:
        return topic.place_in(FILES["tiers"][0], tier)
    return topic.place_in(FILES["decisions"][0])
