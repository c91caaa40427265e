"""What templates are given: frozen views of plain values, and a short list of functions.

A template may have been sent by anybody, so it never holds a model, a path or any other object of
the program: each of these is copied, by a list of its fields, into a View.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from clinicpress.design.brandfile import Colours
from clinicpress.design.clinic import Clinic
from clinicpress.design.design import Design
from clinicpress.design.formats import Format
from clinicpress.design.qr import Code
from clinicpress.editions.edition import Edition
from clinicpress.editions.manuscript import Entry, Manuscript, Section
from clinicpress.editions.state import State
from clinicpress.figures.plate import Drawn

PLAIN = (str, int, float, bool, type(None))
"""What a View holds at last; Markup is a str."""

FIELDS: Mapping[type, tuple[str, ...]] = {
    Manuscript: (
        "edition", "kind", "topic", "title", "subtitle", "for_whom", "not_for_whom",
        "main_message", "call_to_action", "version", "review_by", "use_until", "date", "state",
        "code", "stop", "notes", "meanings", "sections", "pictures", "clinical", "blank_doses",
        "cover", "before_advice", "whole_first", "points", "is_extract", "panels",
        "knows_number", "numbers", "shows_signs", "urgent", "no_signs", "diary", "practised",
        "credits",
    ),
    State: ("standing", "by", "named", "role", "on", "until"),
    Edition: (
        "topic", "publication", "audience", "format", "language", "region", "brand", "paper",
        "setting", "production", "exercises", "techniques", "dose", "fold", "colour", "part",
        "flip", "grammage", "fields", "kind", "is_extract", "locale", "reference", "draft",
    ),
    Section: (
        "part", "id", "title", "intro", "wording", "detail", "joins", "fills", "entries",
        "pictures",
    ),
    Design: (
        "brand_id", "format_id", "format", "language", "palette", "page", "body", "smallest",
        "bleed", "panels", "roomy",
    ),
    Format: ("name", "smallest", "leading", "pages"),
    Clinic: (
        "name", "logo", "address", "contact", "opening", "service", "footer", "cover_text",
        "back_text", "other_formats", "phone", "colours", "paper", "region", "language",
        "words", "band", "band_on", "font", "cover", "qr",
    ),
    Code: ("address", "label", "svg", "side"),
    Colours: ("brand", "ink", "emergency", "today", "book"),
    Drawn: ("id", "svg", "alt", "labels", "areas", "moments"),
}  # fmt: skip
"""What templates see of each type, field by field. What is not named here, they do not see."""


NAMED: Mapping[type, str] = {Clinic: "brand"}
"""What a template knows a type by, where that is not the type's own name."""


class View(Mapping[str, Any]):
    """Named plain values that nobody can change, read as ``view.name`` or ``view["name"]``."""

    __slots__ = ("_held", "_kind")

    def __init__(self, kind: str, held: Mapping[str, Any]) -> None:
        object.__setattr__(self, "_kind", kind)
        object.__setattr__(self, "_held", {name: frozen(value) for name, value in held.items()})

    def __getitem__(self, name: str) -> Any:
        return self._held[name]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self._held:
            raise AttributeError(f"{self} has no field “{name}”")
        return self._held[name]

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{self} cannot be changed")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{self} cannot be changed")

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def __hash__(self) -> int:
        return hash((self._kind, *self._held))

    def __reduce__(self) -> tuple[type["View"], tuple[str, dict[str, Any]]]:
        return View, (self._kind, self._held)

    def __repr__(self) -> str:
        return f"[{self._kind}]"


class Listed:
    """A function that templates may call, with the further ones that it is asked by name for.

    It shows nothing of the function itself.
    """

    __slots__ = ("_function", "name", "parts")

    def __init__(self, name: str, function: Callable[..., Any], **parts: "Listed") -> None:
        self.name, self._function, self.parts = name, function, parts

    def __call__(self, *given: Any, **named: Any) -> Any:
        """Return what the function returns, as a template may hold it."""
        return frozen(self._function(*given, **named))

    def __repr__(self) -> str:
        return f"[{self.name}()]"


def frozen(value: Any) -> Any:
    """Return ``value`` as templates are given it. Raises TypeError for what they may not be given.

    A date becomes its ISO form, a list a tuple, a mapping and each type of ``FIELDS`` a View.
    """
    match value:
        case View() | Listed():
            return value
        case Entry():
            own = {"kind": value.kind, "id": value.id, "pictures": value.pictures}
            held = {**own, **dict(value.fields)}
            return View(value.kind, held)
        case tuple() | list():
            return tuple(map(frozen, value))
        case Mapping():
            return View("mapping", value)
        case date():
            return value.isoformat()
        case _ if isinstance(value, PLAIN):
            return value
    return view(value, *_fields_of(value))


def view(thing: object, *names: str) -> View:
    """Return the fields ``names`` of any object as a View."""
    kind = NAMED.get(type(thing), type(thing).__name__.lower())
    return View(kind, {name: getattr(thing, name) for name in names})


def _fields_of(value: object) -> tuple[str, ...]:
    fields = FIELDS.get(type(value))
    if fields is None:
        raise TypeError(f"templates are not given a {type(value).__name__}")
    return fields
