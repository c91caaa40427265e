"""The edition: the one key that everything is built for, cached under and named after."""

import hashlib
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Literal

from clinicpress.content.model import Setting

Production = Literal["proof", "home", "press"]
Dose = Literal["", "print", "blank"]
ColourSpace = Literal["rgb", "grey", "cmyk", "spot"]
Part = Literal["", "cover", "inside"]
Flip = Literal["short", "long"]

FOLDED = ("A5", "HalfLetter")
"""Papers of which two stand on a sheet."""

COMMON = "Letter"
"""The paper on which what fits A4 and Letter is laid out: the shorter one."""

OFFICE_PAPER = 80
"""What a sheet of office paper weighs, in g/m²."""

LONGEST = 180
"""The most letters in a file's name; file systems take 255 bytes, with the ending and more."""


@dataclass(frozen=True, order=True)
class Edition:
    """What is printed, for whom, how it looks, and for which clinic.

    ``setting`` is ``rack`` for a sheet that is picked up (nobody has assessed the reader) and
    ``given`` for one that is handed over after an assessment. ``exercises`` and ``techniques``
    are what a clinician picked, ids or the name of a selection, in order; empty, the publication's
    own. ``dose`` is empty where the audience's own way is kept.

    ``production`` is ``proof`` for the screen, ``home`` for an office printer and ``press`` for a
    print shop. ``colour`` says in which inks, ``part`` which pages of a booklet: its cover, what is
    inside, or, empty, all. ``flip`` is the edge about which the office printer turns a sheet, and
    ``grammage`` what that sheet weighs in g/m².
    """

    topic: str
    publication: str
    audience: str
    format: str
    language: str
    region: str
    brand: str
    paper: str
    setting: Setting = "rack"
    production: Production = "proof"
    exercises: tuple[str, ...] = ()
    techniques: tuple[str, ...] = ()
    dose: Dose = ""
    colour: ColourSpace = "rgb"
    part: Part = ""
    flip: Flip = "short"
    grammage: int = OFFICE_PAPER

    @property
    def is_folded(self) -> bool:
        """Whether two pages stand on a side of a sheet that is folded and stapled."""
        return self.production == "home" and self.paper in FOLDED

    @property
    def typeset(self) -> "Edition":
        """The edition whose pages it is made of, so that these are laid out once for all.

        Single sheets for an office printer are laid out for themselves: they have to come out
        whole on A4 and on Letter.
        """
        pages = replace(
            self, production="proof", colour="rgb", part="", flip="short", grammage=OFFICE_PAPER
        )
        if self.production != "home" or self.is_folded:
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
        if self.dose:
            parts.append(f"{self.dose}-dose")
        if self.setting != "rack":
            parts.append(self.setting)
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
        return _shortened("_".join(parts))

    @property
    def path(self) -> PurePosixPath:
        """Where its PDF goes, below the output folder."""
        return PurePosixPath(self.brand) / f"{self.name}.pdf"


def _shortened(name: str) -> str:
    """Return a name that a file can have: of a long one its beginning, and a digest of it all."""
    if len(name) <= LONGEST:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:12]
    return f"{name[: LONGEST - 13]}~{digest}"
