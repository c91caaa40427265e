"""What makes a sign-off one that was made by the program: its seal.

A seal is no signature: it tells who changes a record by hand that it says no more what was signed.
"""

import json
from collections.abc import Iterable, Mapping

from clinicpress.content.model import SignOff
from clinicpress.files.digests import of_words

LENGTH = 16
"""Hexadecimal digits of a digest that a sign-off holds."""


def digest(*parts: str) -> str:
    """Return the digest of words, each kept apart from the next, as a sign-off holds it."""
    return of_words(*parts)[:LENGTH]


def seal_of(record: SignOff) -> str:
    """Return the seal of all that a sign-off says."""
    said = record.model_dump(mode="json", exclude={"seal"})
    return digest(json.dumps(said, sort_keys=True, ensure_ascii=False))


def together(found: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Return the digests of each item, as it stands in prints that have it in different words."""
    items: dict[str, set[str]] = {}
    for pieces in found:
        for id, one in pieces.items():
            items.setdefault(id, set()).add(one)
    return {id: " ".join(sorted(items[id])) for id in sorted(items)}
