"""One walk through what the sources hold, led by the types of the model and by their marks.

So a step may be called “figure”, and no second list says which keys hold a reference or words for
the paper. What could be read is walked through as records; of what could not, as it is written.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from types import NoneType, UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from clinicpress.content.model.marks import Mark
from clinicpress.content.model.wording import OneForAll
from clinicpress.files.documents import Document, Loc
from clinicpress.files.records import Record


class Found(NamedTuple):
    """A value, or a key that is a name: the path to it in the file, what it is, and its marks.

    ``owner`` is the record that it is a field of, or stands in a field of, if that could be read.
    """

    loc: Loc
    value: Any
    marks: tuple[Mark, ...] = ()
    owner: Record | None = None


@dataclass(frozen=True)
class Source:
    """A file of the sources: what is written in it, its type, and what was read of it, or None."""

    document: Document
    kind: Any
    content: Any

    @cached_property
    def found(self) -> tuple[Found, ...]:
        """All that the file holds, from the outside in."""
        held = self.document.data if self.content is None else self.content
        return tuple(walk(self.kind, held))

    def marked(self, mark: Mark) -> Iterator[Found]:
        """Yield what bears a mark."""
        held = self.document.data if self.content is None else self.content
        known = self.__dict__.get("found")
        every = walk(self.kind, held, mark) if known is None else known
        yield from (found for found in every if mark in found.marks)


def walk(kind: Any, value: Any, only: Mark | None = None) -> Iterator[Found]:
    """Yield ``value``, which is a ``kind`` or was meant as one, and all that it holds.

    Of what has no type, such as ``Any``, it is all that is written. What can hold nothing with the
    mark ``only`` is left out.
    """
    found: list[Found] = []
    _walk(_shape(kind), value, (), None, found, only)
    return iter(found)


@dataclass(frozen=True)
class _Shape:
    """What the walk needs to know of a type, found out once.

    ``record`` is the type if it is one of records; ``keys`` are the marks of a mapping's keys,
    ``inner`` is the shape of what a mapping or a list holds, ``within`` are all marks in it.
    """

    record: type[Record] | None = None
    marks: tuple[Mark, ...] = ()
    by_audience: bool = False
    inline: bool = False
    keys: tuple[Mark, ...] = ()
    inner: "_Shape | None" = None
    within: frozenset[Mark] = frozenset()


UNKNOWN = _Shape()


def _walk(
    shape: _Shape, value: Any, loc: Loc, owner: Record | None, found: list[Found],
    only: Mark | None,
) -> None:  # fmt: skip
    """Add ``value`` and all that it holds to what was ``found``."""
    if only is not None and only not in shape.within:
        return
    if shape.by_audience:
        value = OneForAll.spelt_out(value)
    found.append(Found(loc, value, shape.marks, owner))
    if shape.record:
        _fields(shape.record, value, loc, found, only)
    elif isinstance(value, str):
        return
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if shape.keys and not (shape.by_audience and key == "default"):
                found.append(Found((*loc, key), key, shape.keys, owner))
            _walk(shape.inner or UNKNOWN, inner, (*loc, key), owner, found, only)
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            _walk(shape.inner or UNKNOWN, inner, (*loc, number), owner, found, only)


def _fields(
    kind: type[Record], value: Any, loc: Loc, found: list[Found], only: Mark | None
) -> None:
    """Add what a record holds, or what is written in its place."""
    owner = value if isinstance(value, Record) else None
    written = kind.spelt_out(value)
    for name, key, shape in _keys(kind if owner is None else type(owner)):
        if owner is not None:
            inner = getattr(owner, name)
        else:
            inner = written.get(key) if isinstance(written, Mapping) else None
        if inner is not None:
            _walk(shape, inner, loc if shape.inline else (*loc, key), owner, found, only)


@cache
def _keys(kind: type[Record]) -> tuple[tuple[str, str, _Shape], ...]:
    """Return each field's name, the key that it is written under, and its shape."""
    return tuple(
        (name, info.alias or name, _shape(_type(info))) for name, info in kind.model_fields.items()
    )


def _type(info: Any) -> Any:
    return Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation


def _shape(kind: Any) -> _Shape:
    kind, said = _unwrapped(kind)
    by_audience = any(isinstance(one, OneForAll) for one in said)
    own, inline = _marks(said), Mark.INLINE in said
    if get_origin(kind) in (dict, Mapping):
        keys, values = get_args(kind)
        marks, inner = _marks(_unwrapped(keys)[1]), _shape(values)
        within = inner.within.union(own, marks)
        return _Shape(None, own, by_audience, inline, marks, inner, within)
    if get_origin(kind) is tuple:
        inner = _shape(get_args(kind)[0])
        return _Shape(None, own, by_audience, inline, (), inner, inner.within.union(own))
    if not (isinstance(kind, type) and issubclass(kind, Record)):
        return _Shape(None, own, by_audience, inline, within=frozenset(own))
    within = frozenset(own).union(*(shape.within for _, _, shape in _keys(kind)))
    return _Shape(kind, own, by_audience, inline, within=within)


def _marks(said: Iterable[Any]) -> tuple[Mark, ...]:
    return tuple(one for one in said if isinstance(one, Mark))


def _unwrapped(kind: Any) -> tuple[Any, tuple[Any, ...]]:
    """Return a type without what is said of it, and what is said; of an optional one, the type."""
    said: tuple[Any, ...] = ()
    while True:
        if get_origin(kind) is Annotated:
            kind, *more = get_args(kind)
            said += tuple(more)
        elif get_origin(kind) in (Union, UnionType):
            kind = next(arm for arm in get_args(kind) if arm is not NoneType)
        else:
            return kind, said
