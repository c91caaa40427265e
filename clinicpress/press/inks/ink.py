"""How a colour of the screen is printed. Arithmetic only.

A colour is sRGB, each part from 0 to 1. A colour space is that of the screen (``rgb``), black ink
alone (``grey``), four inks (``cmyk``), or black and one ink of the clinic's own (``spot``). Ink is
written as the operators of a page's content do (ISO 32000-1, 8.6.8): a number for each ink, from 0
for none to 1 for a solid area; in grey, the light that is left.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from clinicpress.design.contrast import channels, encoded, light_of
from clinicpress.editions.edition import ColourSpace

Colour = tuple[float, float, float]

Parts = tuple[float, ...]

LIGHT = 0.5
"""Relative luminance from which words stand light on a dark ground, and so take no ink."""

NEAR = 0.1
"""How far a colour may lie off the tints of the spot ink, as a share of its own, to be of them."""

ROUNDED = 1 / 255
"""How far rounding to bytes may put a colour off."""


@dataclass(frozen=True)
class Ink:
    """One colour in ink: the space that it is written in, and its parts."""

    space: Literal["rgb", "grey", "cmyk", "spot"]
    parts: Parts


Inks = Callable[[Colour], Ink]
"""Turns a colour of the screen into ink."""

WHITE, BLACK = Ink("grey", (1,)), Ink("grey", (0,))
"""Grey is printed with the black ink alone: DeviceGray 0 is K 100 % (ISO 32000-1, 10.3)."""


def parsed(colour: str) -> Colour:
    """Return ``#rrggbb`` as parts. Raises Unfit."""
    red, green, blue = (value / 255 for value in channels(colour))
    return red, green, blue


def grey(colour: Colour) -> float:
    """Return the grey that is as light as ``colour``, so that every contrast stays what it was."""
    return encoded(light_of(*colour))


def cmyk(colour: Colour) -> tuple[float, float, float, float]:
    """Return ``colour`` in four inks.

    The light of each third of the spectrum is what its ink and the black let through: red is
    (1 - cyan) · (1 - black), and so on. Black takes all that the three share, so that a grey is
    black alone, one of the three is always 0, and no more than 300 % of ink lie on each other.
    The plain rule of ISO 32000-1, 10.3, with all undercolour removed; no press is asked.
    """
    lightest = max(colour)
    if lightest <= 0:
        return 0, 0, 0, 1
    cyan, magenta, yellow = (1 - part / lightest for part in colour)
    return cyan, magenta, yellow, 1 - lightest


def from_cmyk(inks: Sequence[float]) -> Colour:
    """Return the colour that ``cmyk`` makes these inks of."""
    cyan, magenta, yellow, black = inks
    return (1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black)


def tint(colour: Colour, ink: Colour) -> float | None:
    """Return how much of ``ink``, thinned with white, makes ``colour``; None if it does not."""
    away = [1 - part for part in ink]
    length = sum(part * part for part in away)
    share = sum((1 - c) * a for c, a in zip(colour, away, strict=True)) / length if length else 0
    off = max(abs(1 - share * a - c) for c, a in zip(colour, away, strict=True))
    return min(share, 1.0) if 0 <= off <= NEAR * share + ROUNDED else None


def inks_for(space: ColourSpace, spot: Colour) -> Inks:
    """Return how areas, lines and drawings are printed; ``spot`` is the colour of a spot ink."""
    match space:
        case "rgb":
            return lambda colour: Ink("rgb", colour)
        case "grey":
            return lambda colour: Ink("grey", (grey(colour),))
        case "cmyk":
            return lambda colour: Ink("cmyk", cmyk(colour))
        case "spot":
            return lambda colour: _with_spot(colour, spot)


def _with_spot(colour: Colour, spot: Colour) -> Ink:
    """Print tints of the spot ink with it, and all else with black."""
    share = tint(colour, spot)
    return Ink("grey", (grey(colour),)) if not share else Ink("spot", (share,))


def of_words(colour: Colour) -> Ink:
    """Return the ink of words on a press: solid black, or none where they are light.

    Every further ink, and every screen of dots, would blur the edge of a letter.
    """
    return WHITE if light_of(*colour) > LIGHT else BLACK
