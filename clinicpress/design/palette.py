"""Every colour of a print, made of the few that a brand states."""

from collections.abc import Mapping

from clinicpress.design.brandfile import MEANINGS, PAPER, Colours
from clinicpress.design.contrast import mix
from clinicpress.design.hues import TINT, Settled, is_near, settled

OF_COVERS = ("accent", "edge", "area", "area_soft", "on_area")
"""Colours that stand on covers and in lines, and in no drawing."""


def settled_of(colours: Colours) -> Settled:
    """Return what the clinic's own colour is used as."""
    return settled(colours.brand, colours.ink, colours.emergency, colours.exact)


def palette(colours: Colours) -> Mapping[str, str]:
    """Return every colour of the print as ``#rrggbb``: a brand's own and those made of them."""
    own, used = _meaning(colours), settled_of(colours)
    own["brand"] = used.words
    tints = {f"{name}_tint": mix(colour, PAPER, TINT) for name, colour in own.items()}
    if used.words != colours.ink:
        tints["brand_tint"] = mix(used.area, PAPER, TINT)
    return {
        **own,
        **tints,
        "accent": colours.accent or used.area,
        "edge": own["brand"] if _is_red(colours) else colours.accent or used.area,
        "area": used.area,
        "area_soft": mix(used.area, PAPER, 0.86),
        "on_area": used.on_area,
        "paper": PAPER,
        "line": mix(own["brand"], PAPER, 0.45),
        "hairline": mix(own["ink"], PAPER, 0.25),
        "rule": mix(own["ink"], PAPER, 0.6),
        "soft": mix(own["ink"], PAPER, 0.82),
    }


def _is_red(colours: Colours) -> bool:
    """Return whether the second colour, or what stands for it, is near the red of emergencies.

    Then it stays on the cover: no line beside the numbers to call is drawn in it.
    """
    return is_near(colours.accent or settled_of(colours).area, colours.emergency)


def _meaning(colours: Colours) -> dict[str, str]:
    return {name: getattr(colours, name) for name in ("brand", *MEANINGS)}
