"""What a sign-off is for: a topic's readers, languages and countries -> Editions to be read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import get_args

from clinicpress.content.library import Library
from clinicpress.content.model import Item, Setting
from clinicpress.editions.edition import Edition
from clinicpress.editions.picking import PICKED, Part, handouts_for, refusal
from clinicpress.orders.plan import plan_each
from clinicpress.orders.request import ALL, Request

SAYS_LESS = "pad"
"""The kind that says less on a smaller paper; all others say the same on each."""


@dataclass(frozen=True)
class Scope:
    """What is signed at once: all that these readers get of a topic in these countries.

    ``brands`` are those in whose words it is read.
    """

    topic: str
    audiences: tuple[str, ...]
    languages: tuple[str, ...]
    regions: tuple[str, ...]
    brands: tuple[str, ...]


def editions_of(scope: Scope, library: Library, layouts: Path) -> tuple[Edition, ...]:
    """Return the editions in which all that a scope's readers may get is said, each way.

    Those of the same words on another paper or for another printer are left out. Raises UnknownName
    and Problems.
    """
    every = Request(
        (ALL,), topics=(scope.topic,), audiences=scope.audiences, formats=(ALL,),
        languages=scope.languages, regions=scope.regions, brands=scope.brands, settings=(ALL,),
        folds=(ALL,),
    )  # fmt: skip
    smaller = replace(every, kind=SAYS_LESS, papers=(ALL,))
    asked = (every, smaller, *_picks(scope, library, every))
    return tuple(dict.fromkeys(one.typeset for one in plan_each(asked, library, layouts)))


def _picks(scope: Scope, library: Library, every: Request) -> Iterator[Request]:
    """Yield what asks for each item that can be picked, with its dose and with a blank for it."""
    topic = library.topics[scope.topic]
    settings: tuple[Setting, ...] = get_args(Setting)
    for audience, part, setting in product(scope.audiences, PICKED, settings):
        lineage = library.lineage(audience)
        items = _pickable(getattr(topic, part), lineage)
        most = library.audiences[audience].exercise_limit
        for handout in handouts_for(topic, part, lineage, setting):
            for chosen, dose in product(_by(most, items), ("print", "blank")):
                one = replace(every, publications=(handout,), audiences=(audience,),
                              settings=(setting,), dose=dose)  # fmt: skip
                yield _with(one, part, chosen)


def _with(request: Request, part: Part, chosen: tuple[str, ...]) -> Request:
    if part == "exercises":
        return replace(request, exercises=chosen)
    return replace(request, techniques=chosen)


def _pickable(items: Mapping[str, Item], lineage: Sequence[str]) -> list[str]:
    return [id for id, item in items.items()
            if getattr(item, "steps", None) and refusal(item, lineage) is None]  # fmt: skip


def _by(most: int, items: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(items[start : start + most]) for start in range(0, len(items), most)]
