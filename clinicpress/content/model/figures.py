"""A figure: what is drawn, and the words that go with it."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import model_validator

from clinicpress.content.model.marks import Mark
from clinicpress.content.model.wording import Printed, Text, Texts, Words
from clinicpress.errors import Unfit
from clinicpress.figures.model import Drawing

OF_A_PICTURE = ("picture", "source", "licence")


class Figure(Drawing):
    """A drawing with its words: for who cannot see it, and for the numbers on it.

    It is drawn from its moments, or is a picture that somebody else made.
    """

    picture: Annotated[Words, Mark.VERBATIM] | None = None
    """In place of moments: the name of an SVG or PNG file beside this one. It holds no words in a
    font, no script and no address, and a PNG is 600 pixels wide or more.
    """
    source: Printed | None = None
    """Who made the picture, and where it was found; printed with its licence."""
    licence: Printed | None = None
    """The licence of the picture, such as CC BY 4.0; what may not be printed may not stand here."""

    alt: Text
    """What it shows, for who cannot see it: position, movement, purpose."""
    labels: Texts = {}
    """What each number on it means, by the number."""

    @model_validator(mode="after")
    def _drawn_or_brought(self) -> Self:
        if self.moments and self.picture:
            raise Unfit("has moments and a picture", "Keep one of the two.")
        if not self.moments and not self.picture:
            raise Unfit("has neither moments nor a picture", "Write its moments.")
        said = [name for name in OF_A_PICTURE if getattr(self, name)]
        if said and (lacking := [name for name in OF_A_PICTURE if name not in said]):
            hint = "Say of a picture from outside who made it, and under which licence."
            raise Unfit(f"lacks “{lacking[0]}”", hint)
        return self
