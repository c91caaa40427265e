"""Imposition: which page stands where on which side of which sheet. Arithmetic only, no PDF."""

from clinicpress.design.papers import Flip
from clinicpress.press.imposition.bound import perfect_bound, saddle_stitch, thickness
from clinicpress.press.imposition.cut import cut_and_stack, n_up, step_and_repeat
from clinicpress.press.imposition.folded import c_fold, z_fold
from clinicpress.press.imposition.grid import common_cell
from clinicpress.press.imposition.piles import Face, split
from clinicpress.press.imposition.sheet import (
    TOLERANCE,
    Imposition,
    Line,
    Misfit,
    Pages,
    Place,
    Sheet,
    Side,
    TooLarge,
    filled,
    half_turned,
)
from clinicpress.press.imposition.ticks import TICK, ticks

__all__ = [
    "TICK",
    "TOLERANCE",
    "Face",
    "Flip",
    "Imposition",
    "Line",
    "Misfit",
    "Pages",
    "Place",
    "Sheet",
    "Side",
    "TooLarge",
    "c_fold",
    "common_cell",
    "cut_and_stack",
    "filled",
    "half_turned",
    "n_up",
    "perfect_bound",
    "saddle_stitch",
    "split",
    "step_and_repeat",
    "thickness",
    "ticks",
    "z_fold",
]
