"""The figures that the sources name: each must be the topic's own, or one that all topics share."""

from collections.abc import Collection, Iterator

from clinicpress.content.model.marks import Mark
from clinicpress.content.walk import Source
from clinicpress.errors import Problem, close


def unknown_figures(source: Source, known: Collection[str], home: str) -> Iterator[Problem]:
    """Yield a Problem for each figure that a file names in vain.

    ``known`` are the names of the topic's own figures and of those that are shared; ``home`` is the
    folder that a new one is drawn in. What is no text at all was told when it was read.
    """
    for found in source.marked(Mark.FIGURE):
        if isinstance(found.value, str) and found.value not in known:
            near = close(found.value, known)
            yield Problem(
                source.document.place(found.loc),
                "FIGURE-UNKNOWN",
                f"there is no figure “{found.value}”",
                f"Did you mean “{near}”?"
                if near
                else f"Draw it in {home}/{found.value}.yaml, or put a picture from outside there.",
            )
