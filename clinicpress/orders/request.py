"""What the user asked for, before it is known which editions answer to it."""

from dataclasses import dataclass
from pathlib import Path

ALL = "all"


@dataclass(frozen=True)
class Request:
    """Names by kind. ``all`` takes every one that exists; an empty tuple takes the default.

    ``exercises`` and ``techniques`` are what a clinician picked for one sheet, and ``dose`` is
    ``print`` or ``blank``, or empty for the audience's own way. ``kind`` is the one kind of
    publication that is meant, if any. ``productions`` are what it is made for, ``colour`` the inks,
    ``cover`` is ``separate`` for a booklet's cover in a file of its own; ``flip`` and ``grammage``
    (g/m²) say how the office printer turns its paper, and what that weighs. ``fields`` lets what is
    handed over be filled in on a screen, ``draft`` prints what is not finished, and says so on each
    page; ``final`` refuses what is not signed. Empty or 0 is the default.
    """

    publications: tuple[str, ...]
    topics: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    exercises: tuple[str, ...] = ()
    techniques: tuple[str, ...] = ()
    dose: str = ""
    folds: tuple[str, ...] = ()
    productions: tuple[str, ...] = ()
    colour: str = ""
    cover: str = ""
    flip: str = ""
    grammage: int = 0
    kind: str = ""
    fields: bool = False
    final: bool = False
    draft: bool = False


@dataclass(frozen=True)
class Places:
    """The folders of a run."""

    sources: Path
    layouts: Path
    output: Path
