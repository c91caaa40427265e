"""Standard output and error such as they are: closed, full, or of few characters."""

import codecs
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import click

from clinicpress.errors import Problem

PLAIN = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-",
                       "…": "...", "×": "x", "·": "-", "•": "*", "→": "->"})  # fmt: skip
"""What stands for a character where a character set has no other."""

NARROWEST = 20
"""Columns; a terminal that is said to have fewer is none."""


def make_ready() -> None:
    """Let nothing that is said fail on the way: call this before anything is opened."""
    _close_gaps()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=_plainly.__name__)
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns) < NARROWEST:
        del os.environ["COLUMNS"]


def tell(words: str, **style: Any) -> None:
    """Say something to who sits there; where nobody can be told, the exit code and files do."""
    with suppress(OSError):
        click.secho(words, err=True, **style)


MOST_TOLD = 3
"""Problems that are told of a topic that nobody asked for."""


def tell_left_out(topic: str, problems: Sequence[Problem]) -> None:
    """Say that a topic cannot be read, which stops no other, and the first of what is wrong."""
    lines = [f"The topic “{topic}” cannot be read, and is left out:"]
    lines += [f"  {problem}" for problem in problems[:MOST_TOLD]]
    if left := len(problems) - MOST_TOLD if len(problems) > MOST_TOLD else 0:
        lines.append(f"  … and {left} more. “generate check” tells them all.")
    tell("\n".join(lines), fg="yellow")


def counted(number: int, what: str) -> str:
    """Return “1 file” or “2 files”."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def _close_gaps() -> None:
    """Open nothing in place of what is closed, or words would go into the next file opened."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free


def _plainly(error: UnicodeError) -> tuple[Any, int]:
    """Return what stands for characters that cannot be written; bytes of names stay as they are."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    wanted = error.object[error.start : error.end]
    return b"".join(map(_as_it_can, wanted)), error.end


def _as_it_can(character: str) -> bytes:
    if 0xDC80 <= ord(character) <= 0xDCFF:  # how Python holds a byte of a name that is not UTF-8
        return bytes([ord(character) - 0xDC00])
    return character.translate(PLAIN).encode("ascii", "replace")


codecs.register_error(_plainly.__name__, _plainly)
