"""What an option takes: names, a day, how many workers, a grid, a length, a folder.

Each type refuses what it cannot take in one sentence, as click's BadParameter.
"""

import re
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    ParamType = click.ParamType[Any]
else:
    ParamType = click.ParamType  # which older releases know as no generic

MOST_JOBS = 64


class FolderName(click.Path):
    """The name of a folder, which need not be there yet."""

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        """Return the name; refuse one that no system call takes."""
        if isinstance(value, str) and "\0" in value:
            self.fail("no name holds the character NUL.", param, ctx)
        return super().convert(value, param, ctx)


class Names(ParamType):
    """Names with commas between; :func:`each_once` puts those of all uses together."""

    name = "names"

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        """Return the names in order, without those that are empty."""
        if not isinstance(value, str):
            return value
        return tuple(name for part in value.split(",") if (name := part.strip()))


def each_once(context: click.Context, option: click.Parameter, given: Any) -> tuple[str, ...]:
    """Return the names of all uses of an option, each once; refuse uses that name nothing."""
    uses = given if option.multiple else (given,) if given is not None else ()
    names = tuple(dict.fromkeys(chain.from_iterable(uses)))
    if uses and not names:
        raise click.BadParameter("it names nothing. Write names with commas between.")
    return names


class Day(ParamType):
    """A date, as the sources write one."""

    name = "date"

    def convert(self, value: Any, param: Any, ctx: Any) -> date:
        """Return the date."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            said = f"“{value}” is no date. Write it as year-month-day, such as 2026-11-30."
            self.fail(said, param, ctx)


class Jobs(ParamType):
    """How many workers there may be."""

    name = "count"

    def convert(self, value: Any, param: Any, ctx: Any) -> int:
        """Return the number, from 1 to :data:`MOST_JOBS`; a default is taken as it is."""
        if isinstance(value, int):
            return value
        if not value.isdecimal() or not 1 <= int(value) <= MOST_JOBS:
            self.fail(f"“{value}” is no number from 1 to {MOST_JOBS}.", param, ctx)
        return int(value)


class Grid(ParamType):
    """How many pages stand across and down."""

    name = "grid"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[int, int]:
        """Return both numbers, from 1 to 99."""
        across, _, down = value.lower().replace("×", "x").partition("x")
        if not all(re.fullmatch(r"0*[1-9]\d?", each, re.ASCII) for each in (across, down)):
            said = f"“{value}” is no grid. Write it as across x down, such as 2x4."
            self.fail(said, param, ctx)
        return int(across), int(down)


class Length(ParamType):
    """A length in mm, or a weight in g/m²."""

    name = "length"

    def convert(self, value: Any, param: Any, ctx: Any) -> float:
        """Return the number; negative ones and words are refused."""
        try:
            number = float(value)
        except ValueError:
            number = -1
        if not 0 <= number < 10_000:
            said = f"“{value}” is no number from 0 on. Write it as 0.1 or 80."
            self.fail(said, param, ctx)
        return number


FOLDER = FolderName(file_okay=False, path_type=Path)
FILE = FolderName(dir_okay=False, path_type=Path)
NAMES, DAY, JOBS, GRID, LENGTH = Names(), Day(), Jobs(), Grid(), Length()
