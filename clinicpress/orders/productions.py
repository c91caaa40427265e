"""The ways in which what is asked for comes onto paper: for whom it is made, in which inks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

from clinicpress.content.model import EXTRACTS
from clinicpress.editions.edition import HALVES, OFFICE_PAPER, ON_A_PRESS, Edition, Production
from clinicpress.errors import UnknownName, WrongChoice
from clinicpress.orders.request import ALL, Request

FIRST: Production = "proof"

ON_SHEETS: Production = "home"
"""What an extract is made for where nothing is said."""


def ways(request: Request, kind: str, paper: str, setting: str) -> Iterator[Mapping[str, Any]]:
    """Yield the fields of an edition that say how a publication of ``kind`` comes onto ``paper``.

    An option that a production has no use for is left out of it: paper is folded for the office
    printer, inks are chosen for the press, and what is handed over is filled in on the screen.
    Raises UnknownName.
    """
    for production in _productions(request, kind):
        colour = request.colour or "rgb"
        if colour in ON_A_PRESS and production != "press":
            colour = "rgb"
        apart = request.cover == "separate" and production == "press" and kind == "booklet"
        stitched = production == "home" and kind == "booklet" and paper in HALVES
        turned = stitched or (production == "home" and kind == "leaflet")
        for part in ("cover", "inside") if apart else ("",):
            yield {
                "production": production,
                "colour": colour,
                "part": part,
                "flip": (request.flip if turned else "") or "short",
                "grammage": (request.grammage if stitched else 0) or OFFICE_PAPER,
                "fields": request.fields and production == "proof" and setting == "given",
            }


def _productions(request: Request, kind: str) -> list[str]:
    """Return what a ``kind`` is made for. What is folded or cut is sheets: it has no proof.

    Raises UnknownName.
    """
    known = get_args(Production)
    for name in request.productions:
        if name not in (*known, ALL):
            raise UnknownName(
                f"Nothing is made for “{name}”. Use proof (for the screen), home (for an office "
                "printer) or press (for a print shop)."
            )
    asked = known if ALL in request.productions else tuple(dict.fromkeys(request.productions))
    if kind not in EXTRACTS:
        return list(asked or (FIRST,))
    possible = [name for name in asked or (ON_SHEETS,) if name != FIRST]
    if not possible and ALL not in request.publications:
        raise UnknownName(
            f"A {kind} is made for paper alone. Print it with “--for home” or “--for press”."
        )
    return possible


@dataclass(frozen=True)
class _Choice:
    """An option: what it is called, whom it is for, and what is said where nothing can take it."""

    option: str
    production: Production
    needs: str


_CHOICES = (
    _Choice("--colour", "press", ""),
    _Choice("--cover", "press",
            "Only a booklet has a cover. Leave it out, or print a booklet."),
    _Choice("--flip", "home",
            "It is for leaflets, and for booklets that are folded and stapled: those on A5 and "
            "HalfLetter. Leave it out."),
    _Choice("--paper-weight", "home",
            "It moves the pages of booklets that are folded and stapled: those on A5 and "
            "HalfLetter. Leave it out."),
    _Choice("--fields", "proof",
            "Only what is handed over after a check is filled in: add “--setting given”, or leave "
            "it out."),
)  # fmt: skip

_WHOM = {
    "press": "for a print shop", "home": "for an office printer", "proof": "for the screen",
}  # fmt: skip


def refuse_idle(request: Request, editions: Iterable[Edition]) -> None:
    """Raise WrongChoice for options that no edition has a use for: nobody shall rely on them."""
    if made := tuple(editions):
        WrongChoice.refuse(_idle(_asked(request), made))


def _idle(asked: Mapping[str, str], made: Sequence[Edition]) -> Iterator[str]:
    """Yield a sentence for each option that is of no use to what is made."""
    for choice in _CHOICES:
        if choice.option not in asked:
            continue
        said = asked[choice.option]
        if choice.needs and not any(_could_take(each, choice) for each in made):
            yield f"“{said}” does nothing here. {choice.needs}"
        elif all(each.production != choice.production for each in made):
            whom, production = _WHOM[choice.production], choice.production
            yield f"“{said}” is {whom}. Add “--for {production}”, or leave it out."


def _asked(request: Request) -> Mapping[str, str]:
    """Return the options that were given and that are not for every production, as typed."""
    given = {
        "--colour": request.colour if request.colour in ON_A_PRESS else "",
        "--cover": request.cover if request.cover == "separate" else "",
        "--flip": request.flip,
        "--paper-weight": str(request.grammage or ""),
        "--fields": " " if request.fields else "",
    }
    return {option: f"{option} {value}".rstrip() for option, value in given.items() if value}


def _could_take(edition: Edition, choice: _Choice) -> bool:
    """Return whether an option is of use to an edition, once it is made for whom that is for."""
    if choice.option == "--cover":
        return edition.kind == "booklet"
    if choice.option == "--fields":
        return edition.setting == "given"
    made = replace(edition, production=choice.production)
    return made.is_stitched or (choice.option == "--flip" and edition.kind == "leaflet")
