"""What makes a sign-off one that was made by the program: its seal. And which decisions stand.

A seal is no signature: it tells who changes a record by hand that it says no more what was signed.
"""

import json
from collections.abc import Iterable, Mapping

from clinicpress.content.model import Decision, Mend, SignOff
from clinicpress.files.digests import of_words

MILDEST_FIRST = ("accept", "change", "reject")

LENGTH = 16
"""Hexadecimal digits of a digest that a sign-off holds."""


def digest(*parts: str) -> str:
    """Return the digest of words, each kept apart from the next, as a sign-off holds it."""
    return of_words(*parts)[:LENGTH]


def seal_of(record: SignOff | Mend) -> str:
    """Return the seal of all that a sign-off, or the record of a mended slip, says."""
    said = record.model_dump(mode="json", exclude={"seal"})
    return digest(json.dumps(said, sort_keys=True, ensure_ascii=False))


def together(found: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Return the digests of each item, as it stands in prints that have it in different words."""
    items: dict[str, set[str]] = {}
    for pieces in found:
        for id, one in pieces.items():
            items.setdefault(id, set()).add(one)
    return {id: " ".join(sorted(items[id])) for id in sorted(items)}


def with_mended(wordings: Iterable[str], mends: Iterable[Mend]) -> frozenset[str]:
    """Return the wordings of an item that are signed, with those in which a slip was mended since.

    ``mends`` stand in the order in which they were made.
    """
    held = set(wordings)
    for one in mends:
        held |= {new for old, new in one.wordings.items() if old in held}
    return frozenset(held)


def standing(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """Return what is decided about each wording, by its digest.

    Of what one person decided the last holds; of what several decided, what asks for most: nobody
    takes back what another rejected.
    """
    latest: dict[tuple[str, str], Decision] = {}
    for one in decisions:
        latest |= {(wording, one.by): one for wording in one.wordings.split()}
    found: dict[str, Decision] = {}
    for (wording, _), one in latest.items():
        if wording not in found or _rank(one) > _rank(found[wording]):
            found[wording] = one
    return found


def in_words(one: Decision) -> str:
    """Return what was decided by whom, and why, as words that go on from the item."""
    what = "was rejected by" if one.decision == "reject" else "is to be changed, said"
    why = f": {one.reason.rstrip('.')}" if one.reason else ""
    return f"{what} {one.by} on {one.date}{why}"


def _rank(one: Decision) -> int:
    return MILDEST_FIRST.index(one.decision)
