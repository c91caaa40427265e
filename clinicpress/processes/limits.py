"""What one job of a worker may take, and what is said of one that would take more."""

import time
from dataclasses import dataclass
from functools import cache

from clinicpress.errors import Place, Problem


@dataclass(frozen=True)
class Limits:
    """What a job may take.

    ``seconds`` are of work, not by the clock; ``more`` are added for each 1,000 words that are set.
    Both are those of the computer that they were measured on; a slower one has longer. By the
    clock it is ``patience`` times as long, so that a job that sleeps ends, too, and one of many on
    a busy computer does not. ``memory`` and ``answer``, what comes back, are in bytes.

    Work is measured by the system, except on Windows, where the clock alone ends a job. Memory is
    bounded by the kernel on Linux (all that a process may write to), and on other systems that
    tell it by a look each fifth of a second; on Windows it is not bounded.
    """

    seconds: float = 8
    more: float = 0.4
    patience: float = 10
    memory: int = 1_000_000_000
    answer: int = 200_000_000

    def time(self, words: int) -> float:
        """Return how many seconds of work setting so many words may take here."""
        return (self.seconds + self.more * words / 1000) * slowness()


USUAL = Limits()
"""A booklet of 40 pages takes about 3 s and 180 MB; the most that is printed, 18,400 words, 5 s of
15.4 and 330 MB, and a sheet in large print, 3,600 words, 3.6 s of 9.4: no print more than 40 %."""

SAMPLE, ROUNDS = 0.0029, 20_000
"""The seconds that so many rounds of simple work took where the limits were measured."""

SLOWEST = 8
"""How many times slower a computer may be, and still be waited for."""


@cache
def slowness() -> float:
    """Return how many times longer this computer takes than that one, from 1 to ``SLOWEST``."""
    return min(max(min(_sample() for _ in range(3)) / SAMPLE, 1), SLOWEST)


def _sample() -> float:
    """Return the seconds of work that some simple work takes here: names, numbers and letters."""
    began, kept = time.process_time(), dict[int, str]()
    for number in range(ROUNDS):
        kept[number % 97] = f"{number:x}".upper()
    return time.process_time() - began


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
