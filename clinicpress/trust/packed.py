"""What a review pack is of, as its file says it, so that it can be read back: Matters -> Packed."""

import json
import re
from dataclasses import asdict, dataclass

from clinicpress.content.signoff import digest
from clinicpress.trust.matters import Matters
from clinicpress.trust.scope import Scope

ODD = re.compile("[^a-z0-9]+")


@dataclass(frozen=True)
class Packed:
    """What a pack is of: of each item its name in the form, its id and the digests of its wordings.

    ``code`` tells it from every other pack.
    """

    scope: Scope
    version: str
    code: str
    items: tuple[tuple[str, str, str], ...]

    def as_json(self) -> str:
        """Return it as the file of a pack says it."""
        said = {**asdict(self.scope), "version": self.version, "code": self.code}
        return json.dumps({**said, "items": self.items}, ensure_ascii=True)


def packed(found: Matters, version: str) -> Packed:
    """Return what a pack of ``found`` is of."""
    taken: dict[str, int] = {}
    items = tuple((_name(one.id, taken), one.id, " ".join(one.digests)) for one in found.matters)
    return Packed(found.scope, version, digest(repr(found.scope), version, repr(items)), items)


def _name(id: str, taken: dict[str, int]) -> str:
    """Return a name in plain letters that no other item has."""
    plain = ODD.sub("-", id.lower()).strip("-")[:40].strip("-") or "item"
    taken[plain] = taken.get(plain, 0) + 1
    return plain if taken[plain] == 1 else f"{plain}-{taken[plain]}"
