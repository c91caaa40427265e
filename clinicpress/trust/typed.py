"""Words that somebody typed as an option, and that are kept in a file of the sources."""

from collections.abc import Iterable, Iterator

from clinicpress.files.letters import faults, overlong


def unfit(typed: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield a sentence for all that no file may hold in ``typed``, options and their words."""
    for option, words in typed:
        if len(words.splitlines()) > 1:
            yield f"{option}: it has more than one line. Type it in one."
        for wrong, mend in filter(None, (overlong(words), *(one[1:] for one in faults(words)))):
            yield f"{option}: {'it ' if wrong.startswith(('is', 'holds')) else ''}{wrong}. {mend}"


def empty(typed: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield a sentence for each option that has no words."""
    for option, words in typed:
        if not words.strip():
            yield f"{option}: it is empty. Type it."
