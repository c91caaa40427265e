"""Rules for black and white: signs stay dark enough, and no two differ by colour alone."""

import re
from collections.abc import Iterator

from clinicpress.design.contrast import SIGN, contrast, in_grey
from clinicpress.design.design import Design
from clinicpress.errors import Place, Problem

SIGNS = ("brand", "ink", "emergency", "today", "book", "rule")
"""Colours of the palette in which signs, frames and fields to write in are drawn."""

COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|currentColor|\s+")


def unclear_in_grey(design: Design) -> Iterator[Problem]:
    """Yield a Problem for each sign that a print in black and white would not show, or mix up."""
    place = Place(f"brands/{design.brand_id}")
    for name in SIGNS:
        ratio = contrast(in_grey(design.palette[name]), in_grey(design.palette["paper"]))
        if ratio < SIGN:
            yield Problem(place, "GREY-SIGN", f"signs in the colour “{name}” have a contrast of "
                          f"{ratio:.1f} to 1 in black and white",
                          f"Choose a darker one: at least {SIGN:g} to 1 is needed.")  # fmt: skip
    drawn: dict[str, str] = {}
    for path in design.icons():
        shape = COLOUR.sub("", path.read_text(encoding="utf-8"))
        if (other := drawn.setdefault(shape, path.stem)) != path.stem:
            yield Problem(place, "GREY-ALIKE", f"the signs “{other}” and “{path.stem}” differ by "
                          "colour alone, and look the same in black and white",
                          "Draw one of them in another shape.")  # fmt: skip
