"""The register of rules: what each code means, how grave it is, why it is there, how to mend it.

A rule stands under its code in a file of ``rules/``, with those of its family. Whoever decides what
a finding stops asks here.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Literal, Protocol

from clinicpress.errors import Problem, Problems
from clinicpress.files.records import Record, read_record

RULES = Path(__file__).parent / "rules"

Severity = Literal["stops-print", "fails-check", "told"]

SAID: Mapping[Severity, str] = {
    "stops-print": "stops a print",
    "fails-check": "fails the check",
    "told": "is told",
}
"""What a rule does that is broken, in words that go on from its code."""


class Rule(Record):
    """One rule. Each text is of whole sentences."""

    severity: Severity
    """What it does: stop a print, fail the check and print all the same, or only be told."""
    wrong: str
    """What is wrong where it is broken, in one sentence."""
    why: str
    """Why that is worth a rule."""
    mend: str
    """What to do about it."""
    source: str = "The project's own rule."
    """What was published of it, if anything."""
    example: str = ""
    """Something that breaks it."""


@cache
def families() -> Mapping[str, Mapping[str, Rule]]:
    """Return the rules of each family by code, in the order of their files.

    Raises Problems if one of the files is wrong.
    """
    problems: list[Problem] = []
    found = {
        path.stem.replace("-", " ").capitalize(): read_record(path, dict[str, Rule], problems)
        for path in sorted(RULES.glob("*.yaml"))
    }
    if problems:
        raise Problems(problems)
    return found


@cache
def register() -> Mapping[str, Rule]:
    """Return every rule by its code, sorted. Raises Problems."""
    return dict(sorted(rule for family in families().values() for rule in family.items()))


class Coded(Protocol):
    """Something that breaks a rule."""

    @property
    def code(self) -> str:
        """The code of the rule."""


def severity(found: Coded) -> Severity:
    """Return how grave it is; what is not registered is taken for the gravest."""
    rule = register().get(found.code)
    return rule.severity if rule else "stops-print"


def stops_print(found: Coded) -> bool:
    """Return whether nothing may be printed of what it was found in."""
    return severity(found) == "stops-print"


def fails_check(found: Coded) -> bool:
    """Return whether it has to be mended, before a print or before a sign-off."""
    return severity(found) != "told"


MOST_NAMED = 3
"""Codes that a line names: more would break it."""


def where_to_read(found: Iterable[Coded]) -> str:
    """Return the line that says how to read more of what was found."""
    codes = list(dict.fromkeys(each.code for each in found))
    return f"To read more: generate explain {' '.join(codes[:MOST_NAMED])}"
