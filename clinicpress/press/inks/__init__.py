"""Inks: how each colour of the screen is printed, and what a file says of them."""

from clinicpress.press.inks.ink import (
    BLACK,
    WHITE,
    Colour,
    Ink,
    Inks,
    cmyk,
    from_cmyk,
    grey,
    inks_for,
    of_words,
    parsed,
    tint,
)

__all__ = [
    "BLACK",
    "WHITE",
    "Colour",
    "Ink",
    "Inks",
    "cmyk",
    "from_cmyk",
    "grey",
    "inks_for",
    "of_words",
    "parsed",
    "tint",
]
