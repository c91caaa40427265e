"""The edition: the one key that everything is built for, cached under and named after."""

from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Literal

from clinicpress.files.names import shortened

if (
    TYPE_CHECKING
):  # whether a print is up to date is told by its edition, before models are imported
    from clinicpress.content.model import Kind, Setting

Production = Literal["proof", "home", "press"]
Dose = Literal["", "print", "blank"]
Fold = Literal["", "c", "z"]
"""How a leaflet is folded: the right third in and the left third over it, or in a zigzag."""
ColourSpace = Literal["rgb", "grey", "cmyk", "spot"]

ON_A_PRESS: tuple[ColourSpace, ...] = ("cmyk", "spot")
"""The inks that only a press has."""
Part = Literal["", "cover", "inside"]
Standing = Literal["signed", "unsigned", "changed", "incomplete"]
"""How the review of an edition stands. ``unsigned``: nobody signed it; ``changed``: it says
something else than what was signed; ``incomplete``: not all have signed who must."""
Flip = Literal["short", "long"]

HALVES = ("A5", "HalfLetter")
"""Papers of which two stand on a sheet."""

COMMON = "Letter"
"""The paper on which what fits A4 and Letter is laid out: the shorter one."""

OFFICE_PAPER = 80
"""What a sheet of office paper weighs, in g/m²."""


@dataclass(frozen=True, order=True)
class Edition:
    """What is printed, for whom, how it looks, and for which clinic.

    ``setting`` is ``rack`` for a sheet that is picked up (nobody has assessed the reader) and
    ``given`` for one that is handed over after an assessment. ``exercises`` and ``techniques``
    are what a clinician picked, ids or the name of a selection, in order; empty, the publication's
    own. ``dose`` is empty where the audience's own way is kept, ``fold`` for all but leaflets.

    ``production`` is ``proof`` for the screen, ``home`` for an office printer and ``press`` for a
    print shop. ``colour`` says in which inks, ``part`` which pages of a booklet: its cover, what is
    inside, or, empty, all. ``flip`` is the edge about which the office printer turns a sheet, and
    ``grammage`` what that sheet weighs in g/m². ``fields`` says that a sheet for the screen is
    filled in there. ``kind`` is that of the publication, ``reference`` the clinic's own number of
    the document. ``draft`` says that what is not finished is printed, and each page says so.
    """

    topic: str
    publication: str
    audience: str
    format: str
    language: str
    region: str
    brand: str
    paper: str
    setting: "Setting" = "rack"
    production: Production = "proof"
    exercises: tuple[str, ...] = ()
    techniques: tuple[str, ...] = ()
    dose: Dose = ""
    fold: Fold = ""
    colour: ColourSpace = "rgb"
    part: Part = ""
    flip: Flip = "short"
    grammage: int = OFFICE_PAPER
    kind: "Kind" = "handout"
    fields: bool = False
    reference: str = ""
    draft: bool = False

    @property
    def is_extract(self) -> bool:
        """Whether it is folded, cut, hung up or written in: laid on sheets as its kind wants."""
        from clinicpress.content.model import EXTRACTS

        return self.kind in EXTRACTS

    @property
    def is_stitched(self) -> bool:
        """Whether two pages stand on a side of a sheet that is folded and stapled."""
        return self.kind == "booklet" and self.production == "home" and self.paper in HALVES

    @property
    def typeset(self) -> "Edition":
        """The edition whose pages it is made of, so that these are laid out once for all.

        Single sheets for an office printer are laid out for themselves: they have to come out
        whole on A4 and on Letter.
        """
        production: Production = "home" if self.is_extract else "proof"
        pages = replace(
            self, production=production, colour="rgb", part="", flip="short", grammage=OFFICE_PAPER
        )
        if self.production != "home" or self.is_stitched or self.is_extract:
            return pages
        return replace(pages, production="home", paper=COMMON)

    @property
    def locale(self) -> str:
        """The language tag of the print, such as ``en-GB``."""
        return f"{self.language}-{self.region}" if len(self.region) == 2 else self.language

    @property
    def name(self) -> str:
        """The file's name without its ending; nothing of a patient's is in it."""
        parts = [self.topic, self.publication, self.audience, self.format,
                 f"{self.language}-{self.region}", self.paper]  # fmt: skip
        if self.fold:
            parts.append(f"{self.fold}-fold")
        if self.dose:
            parts.append(f"{self.dose}-dose")
        if self.setting != "rack":
            parts.append(self.setting)
        if self.fields:
            parts.append("fields")
        if self.draft:
            parts.append("draft")
        if self.production != "proof":
            parts.append(self.production)
        if self.colour != "rgb":
            parts.append(self.colour)
        if self.part:
            parts.append(self.part)
        if self.flip != "short":
            parts.append(f"{self.flip}-edge")
        if self.grammage != OFFICE_PAPER:
            parts.append(f"{self.grammage}gsm")
        for part, picked in (("exercises", self.exercises), ("techniques", self.techniques)):
            if picked:
                parts.append(f"{part}={'+'.join(picked)}")
        return shortened("_".join(filter(None, [self.reference, *parts])))

    @property
    def path(self) -> PurePosixPath:
        """Where its PDF goes, below the output folder: in the folder of its topic."""
        return PurePosixPath(self.brand) / self.topic / f"{self.name}.pdf"
