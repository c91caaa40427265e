"""Fronts and backs as two jobs, for a printer that cannot turn a sheet by itself."""

from dataclasses import replace
from typing import Literal

from clinicpress.press.imposition.sheet import Imposition, Misfit, Sheet, Side

Face = Literal["up", "down"]
"""How a printer puts sheets out: printed side up, or down."""


def split(imposition: Imposition, face: Face) -> tuple[Imposition, Imposition]:
    """Return the fronts, then the backs, for a printer that cannot turn a sheet by itself.

    Sheets come out on each other, the first lowest. From a printer that puts them out face down
    the pile goes back as it lies: its top is the last sheet, so the backs begin with that. A pile
    that lies face up is turned over first, so its top is the first sheet. Either way the printed
    side lies down in the tray, and the finished pile is in order.

    Raises Misfit if there are no backs.
    """
    if not imposition.two_sided:
        raise Misfit(
            "Only one side is printed, so there are no backs to split off", "Leave --split out."
        )
    backs = [Sheet(sheet.back or Side(())) for sheet in imposition.sheets]
    if face == "down":
        backs.reverse()
    fronts = tuple(Sheet(sheet.front) for sheet in imposition.sheets)
    return replace(imposition, sheets=fronts), replace(imposition, sheets=tuple(backs))
