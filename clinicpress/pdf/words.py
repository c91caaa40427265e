"""Reads names and dictionaries of a PDF, which may hold bytes that are no Unicode."""

from collections.abc import Iterator
from typing import Any

from pikepdf import Name, String


def entries(holder: Any) -> Iterator[tuple[str, Any]]:
    """Yield each key with its value; None stands for what is referred to and not there.

    Where a key is no Unicode, what is not there is left out.
    """
    try:
        found = list(holder.items())
    except UnicodeDecodeError:
        found = [(key, holder[key]) for key in holder.keys()]  # noqa: SIM118 - no mapping
    yield from found


def word(value: Any) -> str:
    """Return a name, with its slash, or a string; of all else nothing."""
    if not isinstance(value, Name | String):
        return ""
    try:
        return str(value)
    except UnicodeDecodeError:
        return bytes(value).decode("latin-1")
