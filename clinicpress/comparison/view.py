"""What the template of the comparison is given: a synopsis as frozen views, field by field."""

from collections.abc import Mapping
from typing import Any

from clinicpress.comparison.collation import Piece
from clinicpress.comparison.synopsis import (
    Availability,
    Block,
    Chapter,
    Line,
    Named,
    Row,
    Synopsis,
)
from clinicpress.pages.view import View

FIELDS: Mapping[type, tuple[str, ...]] = {
    Synopsis: (
        "title", "lead", "date", "facts", "columns", "targets", "availabilities", "counts",
        "chapters",
    ),
    Availability: ("publication", "one", "other"),
    Chapter: ("id", "rows", "blocks"),
    Row: ("change", "kind", "things", "why", "publications"),
    Named: ("title", "of", "places"),
    Block: ("kind", "id", "title", "publications", "note", "evidence", "lines"),
    Line: ("label", "pieces"),
    Piece: ("words", "only"),
}  # fmt: skip
"""What the template sees of each type. What is not named here, it does not see."""


def seen(part: Any) -> Any:
    """Return a synopsis, or a part of one, as the template is given it."""
    if isinstance(part, tuple):
        return tuple(map(seen, part))
    if names := FIELDS.get(type(part)):
        kind = type(part).__name__.lower()
        return View(kind, {name: seen(getattr(part, name)) for name in names})
    return part
