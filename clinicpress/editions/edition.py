"""The edition: the one key that everything is built for, cached under and named after."""

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

Setting = Literal["rack", "given"]
Production = Literal["proof", "home", "press"]


@dataclass(frozen=True, order=True)
class Edition:
    """What is printed, for whom, how it looks, and for which clinic.

    ``setting`` is ``rack`` for a sheet that is picked up (nobody has assessed the reader) and
    ``given`` for one that is handed over after an assessment.
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

    @property
    def locale(self) -> str:
        """The language tag of the print, such as ``en-GB``."""
        return f"{self.language}-{self.region}" if len(self.region) == 2 else self.language

    @property
    def name(self) -> str:
        """The file's name without its ending; nothing of a patient's is in it."""
        parts = [self.topic, self.publication, self.audience, self.format,
                 f"{self.language}-{self.region}", self.paper]  # fmt: skip
        if self.setting != "rack":
            parts.append(self.setting)
        if self.production != "proof":
            parts.append(self.production)
        return "_".join(parts)

    @property
    def path(self) -> PurePosixPath:
        """Where its PDF goes, below the output folder."""
        return PurePosixPath(self.brand) / f"{self.name}.pdf"
