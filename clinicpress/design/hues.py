"""One colour in, a palette out: what of a clinic's colour carries words, and what fills areas.

Hue and lightness are those of OKLCH, where a colour that gets darker keeps its hue for the eye.
"""

from colorsys import rgb_to_hsv
from dataclasses import dataclass
from functools import lru_cache

from clinicpress.design.contrast import TEXT, channels, contrast, mix

WHITE, BLACK = "#ffffff", "#000000"
TINT = 0.09
"""How much of a colour stays in its tint."""

NEAR_RED, DULL = 20.0, 0.08
"""How many degrees of hue a colour is at least from the emergency's, and how dull it is if no
colour is seen in it."""

MAYBE_RED = 0.15
"""How far apart two hues may be, from 0 to 1, to be looked at more closely."""

STEP = 0.005

SURE = 6.0
"""The contrast that a shifted colour gets: grey printers and the inks of a press take a little."""


@dataclass(frozen=True)
class Settled:
    """What a clinic's colour is used as: for ``words``, for areas, and for words on such an area.

    ``note`` is a sentence on what differs from what was stated, if anything does.
    """

    words: str
    area: str
    on_area: str
    note: str = ""


@lru_cache(maxsize=64)
def settled(stated: str, ink: str, emergency: str, exact: bool) -> Settled:
    """Return how the clinic's colour, as ``#rrggbb``, is used beside the other two.

    With ``exact`` no other shade of it is used: words are black, white or in ink.
    """
    on_area = WHITE if contrast(stated, WHITE) >= TEXT else BLACK
    said = f"the colour “brand” {stated}"
    if is_near(stated, emergency):
        note = (
            f"{said} is near the red of emergencies: it stays on the cover, and headings and "
            "panels stand in ink"
        )
        return Settled(ink, stated, on_area, note)
    if _carries(stated):
        return Settled(stated, stated, WHITE)
    if exact:
        return Settled(ink, stated, on_area, f"{said} is too light for words: these stand in ink")
    words = passing(stated, stated)
    note = f"{said} is too light for words: it stays on the cover, and words stand in {words}"
    return Settled(words, stated, on_area, note)


def _carries(colour: str) -> bool:
    """Return whether words are read in a colour on white and on its tint, and in white on it."""
    return min(contrast(colour, WHITE), contrast(colour, mix(colour, WHITE, TINT))) >= TEXT


def passing(colour: str, tinted: str) -> str:
    """Return the nearest colour of the same hue that is read on white and on the tint of another.

    It is the lightest that is, and never lighter than the colour itself.
    """
    from coloraide import Color

    grounds = WHITE, mix(tinted, WHITE, TINT)
    shade = Color(colour).convert("oklch")
    while True:
        found = str(shade.clone().fit("srgb").convert("srgb").to_string(hex=True))
        if min(contrast(found, ground) for ground in grounds) >= SURE:
            return found
        shade["lightness"] -= STEP


@lru_cache(maxsize=256)
def is_near(colour: str, red: str) -> bool:
    """Return whether a colour could be taken for another, such as that of emergencies."""
    hues = [rgb_to_hsv(*(part / 255 for part in channels(each)))[0] for each in (colour, red)]
    apart = abs(hues[0] - hues[1])
    if min(apart, 1 - apart) > MAYBE_RED:
        return False
    return not is_dull(colour) and turned(colour, red) < NEAR_RED


def is_dull(colour: str) -> bool:
    """Return whether no colour is seen in a colour: it is a grey."""
    from coloraide import Color

    return bool(Color(colour).convert("oklch")["chroma"] <= DULL)


@lru_cache(maxsize=256)
def turned(colour: str, other: str) -> float:
    """Return how many degrees of hue, from 0 to 180, lie between two colours; of a grey, 180."""
    from coloraide import Color

    one, two = (Color(each).convert("oklch")["hue"] for each in (colour, other))
    apart = abs(one - two) % 360
    return 180.0 if apart != apart else min(apart, 360 - apart)
