"""The figures that the sources name: each must be the topic's own, or one that all topics share."""

from collections.abc import Collection, Iterator, Mapping

from clinicpress.content.model.wording import FigureName
from clinicpress.errors import Problem, close
from clinicpress.files.records import Document, Loc, Record


def unknown_figures(
    document: Document, content: object, known: Collection[str], home: str
) -> Iterator[Problem]:
    """Yield a Problem for each figure that ``content``, read from ``document``, names in vain.

    ``known`` are the names of the topic's own figures and of those that are shared; ``home`` is the
    folder that a new one is drawn in.
    """
    for loc, name in figures_named(document, content):
        for key, id in (("default", name.default), *name.variants.items()):
            if id not in known:
                near = close(id, known)
                yield Problem(
                    document.place((*loc, key)),
                    "FIGURE-UNKNOWN",
                    f"there is no figure “{id}”",
                    f"Did you mean “{near}”?" if near else f"Draw it in {home}/{id}.yaml.",
                )


def figures_named(
    document: Document, content: object, loc: Loc = ()
) -> Iterator[tuple[Loc, FigureName]]:
    """Yield each name of a figure in what was read, with the path to it in the file.

    A name is known by its type, so that a step may be called “figure”.
    """
    if isinstance(content, FigureName):
        yield loc, content
    for key, inner in _parts(content):
        written = key == "default" and (*loc, key) not in document.lines
        yield from figures_named(document, inner, loc if written else (*loc, key))


def _parts(content: object) -> Iterator[tuple[str | int, object]]:
    """Yield what a record, a mapping or a tuple holds, by the key that it is written under."""
    match content:
        case Record():
            for name, field in type(content).model_fields.items():
                yield field.alias or name, getattr(content, name)
        case Mapping():
            yield from content.items()
        case tuple():
            yield from enumerate(content)
