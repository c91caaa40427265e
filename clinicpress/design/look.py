"""The hand that draws the figures: its line, tones and colours, made of the brand's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from clinicpress.design.brandfile import Colour
from clinicpress.design.contrast import mix
from clinicpress.errors import Problem, Problems
from clinicpress.files.records import Record, read_record

Share = tuple[Literal["brand", "ink", "emergency", "today", "book"], float]
Name = Annotated[str, Field(title="name")]


class Clothes(Record):
    """What one person wears."""

    shirt: Share
    """A colour of the brand, and its share on white."""
    trousers: Share
    """A colour of the brand, and its share on white."""


class Hand(Record):
    """``figures.yaml``: how the figures are drawn."""

    line: Annotated[float, Field(ge=0.1, le=1.5)]
    """How thick an outline is, in mm, on a drawing that is printed 40 mm wide."""
    skin: Mapping[Name, Colour]
    """Tones of skin."""
    hair: Mapping[Name, Colour]
    """Tones of hair."""
    clothes: tuple[Clothes, ...] = Field(min_length=1)
    """What each person of a drawing wears, in turn."""
    things: Mapping[Name, Share]
    """Colours of the things of a scene."""


@dataclass(frozen=True)
class Look:
    """Colours as ``#rrggbb`` by name, the line in mm, and the clothes of each person."""

    line: float
    colours: Mapping[str, str]
    skin: Mapping[str, str]
    hair: Mapping[str, str]
    clothes: tuple[Mapping[str, str], ...]

    def fills(self, number: int, skin: str, hair: str) -> Mapping[str, str]:
        """Return the colour of each fill for the person ``number`` of a drawing."""
        worn = self.clothes[number % len(self.clothes)]
        return {**self.colours, **worn, "skin": self.skin[skin], "hair": self.hair[hair]}


def read_look(path: Path, palette: Mapping[str, str]) -> Look:
    """Return the look that ``path`` states for the colours of a brand. Raises Problems."""
    problems: list[Problem] = []
    hand: Hand | None = read_record(path, Hand, problems)
    if hand is None or problems:
        raise Problems(problems)

    def tint(share: Share) -> str:
        return mix(palette[share[0]], palette["paper"], share[1])

    things = {name: tint(share) for name, share in hand.things.items()}
    clothes = tuple({"shirt": tint(c.shirt), "trousers": tint(c.trousers)} for c in hand.clothes)
    return Look(hand.line, {**palette, **things}, hand.skin, hand.hair, clothes)
