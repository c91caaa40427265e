"""What the user asked for, before it is known which editions answer to it."""

from dataclasses import dataclass

ALL = "all"


@dataclass(frozen=True)
class Request:
    """Names by kind. ``all`` takes every one that exists; an empty tuple takes the default."""

    publications: tuple[str, ...]
    topics: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
