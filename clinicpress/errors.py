"""What can go wrong, said so that the reader of the message can mend it."""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from unicodedata import category

UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
"""Kinds of characters that no message or name of a file shows (Unicode, general categories)."""

_HIDDEN = (
    r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls; tab and line ends apart
    r"\u00ad\u034f\u061c\u070f\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    r"\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff"
    r"\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef"  # halves of characters, private use, none
    r"\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a"
    r"\U000e0000-\U0010ffff"  # tags, more variation selectors, private use
    + "".join(rf"\U{plane:04x}fffe\U{plane:04x}ffff" for plane in range(1, 14))
)
HIDDEN = re.compile(f"[{_HIDDEN}]")
"""What nobody sees on paper: it hides words, turns them round, or parts what seems one word."""

ON_ONE_LINE = dict.fromkeys(map(ord, "\t\n\r"), " ")


@dataclass(frozen=True, order=True)
class Place:
    """Where in the sources or layouts something stands, or on the pages of a print.

    ``line`` and ``page`` count from 1; 0 means all of them. No ``file`` means the print at hand,
    by whoever knows its pages and not its name.
    """

    file: str = ""
    line: int = 0
    page: int = 0

    def __str__(self) -> str:
        file = f"{self.file}:{self.line}" if self.line else self.file
        page = f"page {self.page}" if self.page else ""
        return ", ".join(filter(None, [file, page])) or "the print"

    def within(self, file: str) -> "Place":
        """Return the same place, which is in ``file`` if it is on the print at hand."""
        return self if self.file else replace(self, file=file)


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend: a rule's code, where it is, what is wrong, and the mend.

    What it quotes of a file is on one line, and shows what is hidden. ``about`` is what a run says
    once of many prints by, where each of them has the same to mend.
    """

    place: Place
    code: str
    message: str
    hint: str
    about: object = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        for name in ("message", "hint"):
            object.__setattr__(self, name, visible(getattr(self, name).translate(ON_ONE_LINE)))

    def __str__(self) -> str:
        return f"{self.place}: {self.message}. {self.hint} [{self.code}]"


class ClinicpressError(Exception):
    """An error whose text is meant for the person who ran the command."""

    exit_code = 1

    def __str__(self) -> str:
        return visible(super().__str__(), most=MOST_SAID)


MOST_SAID = 1_000_000
"""Characters of all that one run says is wrong."""


class Problems(ClinicpressError):
    """Every problem that was found in one run, sorted by file and line."""

    exit_code = 1

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type["Problems"], tuple[tuple[Problem, ...]]]:
        """Return how another process makes this again."""
        return type(self), (self.problems,)


class SomeLeftOut(Problems):
    """What is wrong with some files of a run, of which all others were made."""


class UnknownName(ClinicpressError):
    """A name on the command line that nothing answers to."""

    exit_code = 2


class WrongChoice(ClinicpressError):
    """Options that do not go together."""

    exit_code = 2

    @classmethod
    def refuse(cls, sentences: Iterable[str]) -> None:
        """Raise all that is to be said of options as one error; nothing is, where there is none."""
        if told := "\n".join(sentences):
            raise cls(told)


class Unfit(ValueError):
    """A value that a model refuses.

    ``wrong`` goes on from the value's name (“is no whole number”); ``hint`` is the mend.
    """

    def __init__(self, wrong: str, hint: str) -> None:
        self.wrong, self.hint = wrong, hint
        super().__init__(wrong)

    def __reduce__(self) -> tuple[type["Unfit"], tuple[str, ...]]:
        """Return how another process makes this again."""
        return type(self), (self.wrong, self.hint)


class EnvironmentFault(ClinicpressError):
    """The machine, not the content, is at fault: disk, fonts, system libraries."""

    exit_code = 3


def cut_short(error: BaseException) -> EnvironmentFault | None:
    """Return what to say where ``error`` is that a module, as Python keeps it, is not whole."""
    if not any(said in str(error) for said in ("marshal data", "EOF read where object expected")):
        return None
    return EnvironmentFault(
        "A file in which Python keeps a part of the program is cut short: the disk was full when "
        f"it was written. Delete the folders “__pycache__” below {shown(Path(__file__).parent)}."
    )


ALIKE = 0.75
"""How alike two words are of which one may be a slip for the other: one letter of four differs."""


def close(word: str, known: Iterable[str], alike: float = ALIKE) -> str | None:
    """Return the known word for which ``word`` may be a slip, or None if nothing is near.

    ``alike`` is how near it has to be, from 0 to 1, the same.
    """
    from difflib import get_close_matches

    spelled = {choice.casefold(): choice for choice in sorted(known)}
    found = get_close_matches(word.casefold(), spelled, n=1, cutoff=alike)
    return spelled[found[0]] if found else None


def nearest(word: str, known: Iterable[str], listed: str = "") -> str:
    """Return “Did you mean …?” for the closest known word, or what lists them all: ``listed``."""
    choices = sorted(known)
    if found := close(word, choices, alike=0.6):
        return f"Did you mean “{found}”?"
    if listed:
        return listed
    return "Known: " + ", ".join(choices) + "." if choices else "None is defined yet."


def shown(path: Path) -> str:
    """Return ``path`` as the user would type it: relative to here where it is below here.

    A name's line ends and hidden characters are shown as what they are.
    """
    here, own = Path.cwd(), os.path.abspath(path)  # noqa: PTH100, which may follow no link
    above = os.path.join(here, "")  # noqa: PTH118, which is quick: most paths are below
    if own.startswith(above):
        found = own[len(above) :]
    else:
        ways = (Path(own), Path(os.path.realpath(path.parent), path.name))
        below = (way.relative_to(here) for way in ways if way.is_relative_to(here))
        found = str(next(below, path))
    return visible("".join(f"⟨U+{ord(c):04X}⟩" if c in "\t\n\r" else c for c in found))


def visible(words: str, *, most: int = 2000) -> str:
    """Return ``words`` with what is hidden shown as ⟨U+202E⟩, and cut after ``most`` characters.

    So no message turns round, clears or hides what a terminal shows.
    """
    words = HIDDEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", words[: most + 1])
    return words if len(words) <= most else f"{words[:most]}…"


MOST_NAMED = 6
"""How many things a sentence names at once."""


def named(items: Sequence[str]) -> str:
    """Return the first of some items, and how many more there are."""
    rest = len(items) - MOST_NAMED
    return ", ".join(items[:MOST_NAMED]) + (f" and {rest} more" if rest > 0 else "")


def plain(words: str) -> str:
    """Return ``words`` with “?” for each character that is not to be seen, or is none."""
    return "".join("?" if category(letter) in UNSEEN else letter for letter in words)


def meant_by(name: str, known: Iterable[str]) -> str:
    """Return what of ``known`` people call so, as its ``also`` has it; nothing if there is none.

    Of names that say nothing of themselves nothing is known.
    """
    asked = name.casefold()
    told = known.items() if isinstance(known, Mapping) else ()
    called = ((id, (each.name, *each.also)) for id, each in told if hasattr(each, "also"))
    return next((id for id, names in called if asked in map(str.casefold, names)), "")


def unknown(
    what: str, name: str, known: Iterable[str], meant: str = "", listed: str = ""
) -> UnknownName:
    """Return the error for a ``name`` that no ``what`` has, with the nearest that one has.

    ``meant`` is what it is called here, where people know it by ``name``. Where nothing is near,
    ``listed`` says where all are to be seen, if these are too many to name.
    """
    hint = nearest(meant or name, known, listed)
    return UnknownName(f"There is no {what} “{name}”. {hint}")
