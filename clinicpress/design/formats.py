"""Formats and papers: how large things are set and on what, read from ``layouts/formats.yaml``."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, field_validator

from clinicpress.records import Record

SIZES: Mapping[str, tuple[float, float]] = {
    "A4": (210, 297),
    "A5": (148, 210),
    "Letter": (215.9, 279.4),
    "HalfLetter": (139.7, 215.9),
}
"""Width and height of each paper, portrait, in mm (ISO 216; ANSI/ASME Y14.1)."""

FormatId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=30)]
"""A format's name, which becomes a part of file names."""

Paper = Literal["A4", "A5", "Letter", "HalfLetter"]


class Format(Record):
    """One format. Sizes are in pt; ``leading`` is a multiple of the body size.

    ``body`` is the body size on each paper, ``smallest`` the smallest type anywhere;
    ``booklet`` is the paper a booklet takes for a region's paper, ``handout`` likewise;
    ``pages`` is the most pages that a handout may have.
    """

    name: str
    body: Mapping[Paper, float]
    smallest: float
    leading: float = Field(ge=1.25, le=2)
    booklet: Mapping[Paper, Paper]
    handout: Mapping[Paper, Paper]
    pages: int = Field(ge=1, le=40)

    @field_validator("booklet", "handout")
    @classmethod
    def _has_both(cls, papers: Mapping[Paper, Paper]) -> Mapping[Paper, Paper]:
        if missing := {"A4", "Letter"} - set(papers):
            raise ValueError(f"should say what is taken for {min(missing)}")
        return papers

    def papers(self, kind: str) -> tuple[Paper, ...]:
        """Return the papers that a ``booklet`` or ``handout`` of this format may be set on."""
        if kind == "handout":
            return tuple(dict.fromkeys(self.handout.values()))
        return tuple(self.body)
