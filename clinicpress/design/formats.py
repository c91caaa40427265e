"""Formats and papers: how large things are set and on what, read from ``layouts/formats.yaml``."""

from collections.abc import Mapping
from typing import Annotated, Literal, get_args

from pydantic import Field, StringConstraints, field_validator

from clinicpress.design.papers import PAPERS
from clinicpress.files.records import Record

FormatId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=30)]
"""A format's name, which becomes a part of file names."""

Paper = Literal["A4", "A5", "Letter", "HalfLetter", "A3", "Tabloid", "A6"]

SIZES: Mapping[str, tuple[float, float]] = {name: PAPERS[name] for name in get_args(Paper)}
"""Width and height, portrait, in mm, of each paper that a publication may be set on."""

Product = Literal["leaflet", "card", "poster", "diary", "pad"]


class Stock(Record):
    """What one product of a format is printed on, and how large it is set there."""

    body: Mapping[Paper, float] = Field(min_length=1)
    """Size of running text on each paper that it may be printed on, in points. For a pad the papers
    are its leaves, for what is folded or cut from a sheet otherwise, the sheet.
    """
    usual: Mapping[Paper, Paper]
    """The paper that is taken where a region or clinic uses A4 or Letter."""
    smallest: Mapping[Paper, float] = {}
    """The smallest type on a paper, in points, where it is larger than that of the format."""

    def least(self, paper: str) -> float:
        """Return the smallest type of its own on a paper, in points; 0 where it states none."""
        return next((size for name, size in self.smallest.items() if name == paper), 0)

    @field_validator("usual")
    @classmethod
    def _has_both(cls, papers: Mapping[Paper, Paper]) -> Mapping[Paper, Paper]:
        return _with_both(papers)


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
    """The most pages of a handout, or of a diary."""
    products: Mapping[Product, Stock] = {}
    """What else is made in this format, and on which papers."""

    @field_validator("booklet", "handout")
    @classmethod
    def _has_both(cls, papers: Mapping[Paper, Paper]) -> Mapping[Paper, Paper]:
        return _with_both(papers)

    def stock(self, kind: str) -> Stock | None:
        """Return what a kind of publication is printed on; None if this format has none of it."""
        if kind == "booklet":
            return Stock(body=self.body, usual=self.booklet)
        if kind == "handout":
            body = {paper: self.body[paper] for paper in self.handout.values()}
            return Stock(body=body, usual=self.handout)
        return next((stock for name, stock in self.products.items() if name == kind), None)


def _with_both(papers: Mapping[Paper, Paper]) -> Mapping[Paper, Paper]:
    if missing := {"A4", "Letter"} - set(papers):
        raise ValueError(f"should say what is taken for {min(missing)}")
    return papers
