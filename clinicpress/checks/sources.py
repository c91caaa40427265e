"""Rules over the sources as a whole that stop a print: out of date, or not printable."""

from collections.abc import Iterable, Iterator
from datetime import date

from clinicpress.content.library import Library
from clinicpress.errors import Place, Problem


def overdue(library: Library, topics: Iterable[str], today: date) -> Iterator[Problem]:
    """Yield a Problem for each topic whose review date is past."""
    for id in sorted(topics):
        topic = library.topics[id].topic
        if today > topic.review_by:
            yield Problem(Place(f"{id}/topic.yaml"), "OVERDUE",
                          f"version {topic.version} was to be reviewed by {topic.review_by}",
                          "Have a clinician review the content, then set a new version and date.")  # fmt: skip


def unprintable(library: Library, topics: Iterable[str]) -> Iterator[Problem]:
    return iter(())
