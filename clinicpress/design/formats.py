"""Formats and papers: how large things are set and on what, read from ``layouts/formats.yaml``."""

from collections.abc import Mapping
from typing import Annotated, Literal, get_args

from pydantic import Field, StringConstraints, field_validator

from clinicpress.design.papers import PAPERS
from clinicpress.records import Record

FormatId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=30)]
"""A format's name, which becomes a part of file names."""

Paper = Literal["A4", "A5", "Letter", "HalfLetter"]

SIZES: Mapping[str, tuple[float, float]] = {name: PAPERS[name] for name in get_args(Paper)}
"""Width and height, portrait, in mm, of each paper that a publication may be set on."""


class Format(Record):
    """How large things are set, and on what."""

    name: str
    """What it is called in lists."""
    body: Mapping[Paper, float]
    """Size of running text on each paper, in points."""
    smallest: float
    """The smallest type anywhere, in points."""
    leading: float = Field(ge=1.25, le=2)
    """From line to line, as a multiple of the size."""
    booklet: Mapping[Paper, Paper]
    """The paper of a booklet where a region or clinic uses A4 or Letter."""
    handout: Mapping[Paper, Paper]
    """The paper of a handout where a region or clinic uses A4 or Letter."""
    pages: int = Field(ge=1, le=40)
    """The most pages of a handout."""

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
