"""What a shell offers where a name is typed: names of publications, audiences, items, brands.

A shell asks with each press of the key, and shows no sentence: where the sources or layouts cannot
be read, nothing is offered.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click

from clinicpress.errors import ClinicpressError
from clinicpress.files import paths

if TYPE_CHECKING:
    from pathlib import Path

    from clinicpress.content.library import Library

Offer = Callable[[click.Context, click.Parameter, str], list[str]]
Named = Callable[["Library", "Path", click.Context], Iterable[str]]


def offering(what: str) -> Offer:
    """Return what completes the names of ``what``: after a comma the last of them."""

    def offered(context: click.Context, option: click.Parameter, incomplete: str) -> list[str]:
        typed, comma, last = incomplete.rpartition(",")
        return [typed + comma + name for name in _known(what, context) if name.startswith(last)]

    return offered


def _known(what: str, context: click.Context) -> list[str]:
    from clinicpress.content.reader import read_library

    named = NAMED.get(what)
    if named is None:
        return []
    folders = (context.params.get(name) or paths.default(name) for name in ("sources", "layouts"))
    try:
        sources, layouts = folders
        return [*dict.fromkeys(named(read_library(sources), layouts, context))]
    except (ClinicpressError, OSError):
        return []


def _publications(library: "Library", layouts: "Path", context: click.Context) -> Iterable[str]:
    """Return those of the command's own kind; every one where it has none, as compare."""
    of_kind = [
        (publication.kind, name)
        for topic in library.topics.values()
        for name, publication in topic.publications.items()
    ]
    kind = context.info_name
    own = [name for each, name in of_kind if each == kind]
    return own or [name for _, name in of_kind]


def _picks(part: str) -> Named:
    """Return what names the items of a part that can be picked, and the selections of them."""

    def named(library: "Library", layouts: "Path", context: click.Context) -> Iterable[str]:
        for topic in library.topics.values():
            yield from topic.items_of(part)
            for publication in topic.publications.values():
                for id, selection in publication.selections.items():
                    if getattr(selection, part):
                        yield id

    return named


def _brands(library: "Library", layouts: "Path", context: click.Context) -> Iterable[str]:
    from clinicpress.design.brand import brand_ids

    return brand_ids(layouts)


def _samples(library: "Library", layouts: "Path", context: click.Context) -> Iterable[str]:
    from clinicpress.authoring.newbrand import sample_names

    return sample_names(layouts)


def _formats(library: "Library", layouts: "Path", context: click.Context) -> Iterable[str]:
    from clinicpress.design.design import read_formats

    return read_formats(layouts)


def _papers(library: "Library", layouts: "Path", context: click.Context) -> Iterable[str]:
    from clinicpress.design.formats import SIZES

    return SIZES


def _instruments(library: "Library", layouts: "Path", context: click.Context) -> Iterable[str]:
    from clinicpress.trust.instruments import instruments

    return instruments()


NAMED: dict[str, Named] = {
    "publication": _publications,
    "audience": lambda library, layouts, context: library.audiences,
    "region": lambda library, layouts, context: library.regions,
    "topic": lambda library, layouts, context: library.topics,
    "setting": lambda library, layouts, context: ("rack", "given"),
    "for": lambda library, layouts, context: ("proof", "home", "press"),
    "exercises": _picks("exercises"),
    "techniques": _picks("techniques"),
    "brand": _brands,
    "sample": _samples,
    "instrument": _instruments,
    "format": _formats,
    "paper": _papers,
}
"""What is offered for each option, by its name."""
