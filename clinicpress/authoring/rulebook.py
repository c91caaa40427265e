"""What is said of the rules, to who reads a message: in a terminal, as JSON, and as a page."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence

from clinicpress.checks.codes import SAID, Rule, families, register
from clinicpress.errors import unknown

WIDEST = 100
"""Columns of text that is read."""


def known(codes: Sequence[str]) -> list[str]:
    """Return codes as they are registered, each once. Raises UnknownName.

    They may be written as a message ends, in brackets, and in small letters.
    """
    named = list(dict.fromkeys(code.strip("[]").upper() for code in codes))
    for code in named:
        if code not in register():
            raise unknown("rule", code, register(), listed="“generate explain” lists them all.")
    return named


def as_json(codes: Sequence[str]) -> Iterator[Mapping[str, str]]:
    """Yield all that is known of each rule, or of every one if none is named."""
    for family, rules in families().items():
        for code, rule in rules.items():
            if code in codes or not codes:
                yield {"code": code, "family": family, **rule.model_dump()}


def told(code: str, columns: int) -> str:
    """Return all that is to be said of a rule, in lines for a terminal of so many columns."""
    rule, width = register()[code], min(columns, WIDEST)
    head = [f"{code} ({SAID[rule.severity]})", textwrap.fill(rule.wrong, width), ""]
    rows = (
        textwrap.fill(words, width, initial_indent=f"{name:9}", subsequent_indent=" " * 9)
        for name, words in _parts(rule)
    )
    return "\n".join([*head, *rows])


def _parts(rule: Rule) -> Iterator[tuple[str, str]]:
    """Yield what is said of a rule beside what is wrong, with its name."""
    yield from (("Why", rule.why), ("Mend", rule.mend), ("Source", rule.source))
    if rule.example:
        yield "Example", rule.example


def listed() -> Iterator[str]:
    """Yield the lines of a list of all rules."""
    longest = max(map(len, register()))
    for family, rules in families().items():
        yield f"{family}:"
        for code, rule in rules.items():
            yield f"  {code:{longest}}  {SAID[rule.severity]:15}  {rule.wrong}"
        yield ""
    yield "“generate explain CODE” says why, and how to mend it."


HEAD = """\
# Rules

What clinicpress complains of ends in a code in brackets. This page says what each code means, why
the rule is there, and how to mend what breaks it. In a terminal `generate explain CODE` says so.

A rule **stops a print**, or it **fails the check** alone: then `generate check` ends with 1, and
all is printed. What **is told** stops nothing.

This page is made from `clinicpress/checks/rules/` by `make rules`: change it there.
"""


def page() -> str:
    """Return ``docs/rules.md``."""
    return "\n".join([HEAD, *_sections()])


def _sections() -> Iterator[str]:
    for family, rules in families().items():
        yield f"## {family}\n"
        for code, rule in rules.items():
            yield f"### {code}\n"
            yield f"{rule.wrong} This {SAID[rule.severity]}.\n"
            yield from (f"- **{name}:** {words}" for name, words in _parts(rule))
            yield ""
