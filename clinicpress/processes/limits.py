"""What one job of a worker may take, and what is said of one that would take more."""

from dataclasses import dataclass

from clinicpress.errors import Place, Problem


@dataclass(frozen=True)
class Limits:
    """What a job may take.

    ``seconds`` are of work, not by the clock; ``more`` are added for each 1,000 words that are set.
    By the clock it is ``patience`` times as long, so that a job that sleeps ends, too. ``memory``
    and ``answer``, what comes back, are in bytes.

    Work is measured by the system, except on Windows, where the clock alone ends a job. Memory is
    bounded by the kernel on Linux (all that a process may write to), and on other systems that
    tell it by a look each fifth of a second; on Windows it is not bounded.
    """

    seconds: float = 12
    more: float = 1.2
    patience: float = 4
    memory: int = 1_000_000_000
    answer: int = 200_000_000

    def time(self, words: int) -> float:
        """Return how many seconds of work setting so many words may take."""
        return self.seconds + self.more * words / 1000


USUAL = Limits()
"""A booklet of 40 pages takes about 5 s and 180 MB; the most that is printed, 10 s and 330 MB."""


MEND = "Take out what repeats, nests or grows in the templates, styles and pictures"


@dataclass(frozen=True)
class Stop:
    """Why a job did not end by itself: a rule's code, what is wrong, and the mend."""

    code: str
    wrong: str
    mend: str = MEND

    def problem(self, place: Place, brand: str) -> Problem:
        """Return what to say of it at ``place``."""
        return Problem(place, self.code, self.wrong, f"{self.mend} of the brand “{brand}”.")
