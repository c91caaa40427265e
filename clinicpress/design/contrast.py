"""Colours and whether they can be read: contrast after WCAG 2.2, which also holds in grey.

The formula works on relative luminance, so two colours that pass still differ on a
black-and-white printer. Source: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
"""

import re

from clinicpress.errors import Unfit

TEXT = 4.5  # WCAG 1.4.3, text below 18 pt
LARGE, LARGE_PT = 3.0, 18  # and from there on
SIGN = 3.0  # WCAG 1.4.11, what is no text and has a meaning

HEX = re.compile(r"#[0-9a-fA-F]{6}")


def channels(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue, each 0-255. Raises Unfit if it is no ``#rrggbb``."""
    if not HEX.fullmatch(colour):
        raise Unfit("is no colour", 'Write it as #rrggbb in quotation marks, such as "#0f5c6e".')
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb``: 0 for black, 1 for white."""
    red, green, blue = channels(colour)
    return light_of(red / 255, green / 255, blue / 255)


def light_of(red: float, green: float, blue: float) -> float:
    """Return the relative luminance of an sRGB colour, each part from 0 to 1."""
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def linear(part: float) -> float:
    """Return the light, from 0 to 1, of one part of an sRGB colour (IEC 61966-2-1)."""
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def encoded(light: float) -> float:
    """Return the part of an sRGB colour that has this light."""
    return light * 12.92 if light <= 0.0031308 else float(1.055 * light ** (1 / 2.4) - 0.055)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 (none) to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def as_hex(red: int, green: int, blue: int) -> str:
    """Return red, green and blue, each 0-255, as ``#rrggbb``."""
    return f"#{red:02x}{green:02x}{blue:02x}"


def in_grey(colour: str) -> str:
    """Return the grey that is as light as ``#rrggbb``."""
    return as_hex(*[round(255 * encoded(luminance(colour)))] * 3)


def mix(colour: str, paper: str, share: float) -> str:
    """Return ``colour`` thinned with ``paper``; ``share`` is how much of the colour stays."""
    pairs = zip(channels(colour), channels(paper), strict=True)
    return "#" + "".join(f"{round(c * share + p * (1 - share)):02x}" for c, p in pairs)
