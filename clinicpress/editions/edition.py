"""The edition: the one key that everything is built for, cached under and named after."""

import hashlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from clinicpress.content.model import Setting

Production = Literal["proof", "home", "press"]
Dose = Literal["", "print", "blank"]
Fold = Literal["", "c", "z"]
"""How a leaflet is folded: the right third in and the left third over it, or in a zigzag."""

LONGEST = 180
"""The most letters in a file's name; file systems take 255 bytes, with the ending and more."""


@dataclass(frozen=True, order=True)
class Edition:
    """What is printed, for whom, how it looks, and for which clinic.

    ``setting`` is ``rack`` for a sheet that is picked up (nobody has assessed the reader) and
    ``given`` for one that is handed over after an assessment. ``exercises`` and ``techniques``
    are what a clinician picked, ids or the name of a selection, in order; empty, the publication's
    own. ``dose`` is empty where the audience's own way is kept, ``fold`` for all but leaflets.
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
    fold: Fold = ""

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
        if self.production != "proof":
            parts.append(self.production)
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
