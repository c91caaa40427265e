"""What no print may claim: phrases of the topic's own list, and that somebody vouches for it.

Words are compared as they look (`clinicpress.files.letters.skeleton`): capitals, accents, emphasis,
blanks between letters and letters of other alphabets that look alike make no difference; a part of
a word is no match. Who reviewed a print is said by the program alone, from ``reviews.yaml``.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from clinicpress.checks.sayings import Said, unsaid
from clinicpress.content.text import to_plain
from clinicpress.errors import Place, Problem
from clinicpress.files.letters import pattern, skeleton


def never_printed(phrases: Iterable[str], texts: Iterable[Said]) -> Iterator[Problem]:
    """Yield a Problem for each of a topic's ``phrases`` that stands anywhere in ``texts``."""
    for place, phrase in _found(tuple(phrases), texts):
        yield Problem(
            place,
            "NEVER-PRINT",
            f"the phrase “{phrase}” must never be printed",
            "Say what is known instead; only the title of a myth may hold it.",
        )


def claimed(texts: Iterable[Said], *, by_clinic: bool = False) -> Iterator[Problem]:
    """Yield a Problem for each claim of ``claims.txt`` in ``texts``.

    ``by_clinic`` says that they are the words of a clinic, or those of the layouts.
    """
    always, of_clinics, _ = _claims()
    for place, claim in _found((*always, *of_clinics) if by_clinic else always, texts):
        yield Problem(
            place,
            "CLAIM",
            f"this claims “{claim}”, which nobody can vouch for here",
            "Take it out. Who reviewed the content stands in reviews.yaml, and is printed from "
            "there.",
        )


def contradicted(texts: Iterable[Said], but: Collection[str] = ()) -> Iterator[Problem]:
    """Yield a Problem for each of a clinic's ``texts`` that reassures, or says what signs say.

    ``but`` are phrases that may be there.
    """
    for place, phrase in _found(_claims()[2], texts):
        if phrase not in but:
            yield Problem(
                place,
                "BRAND-CONTRADICTS",
                f"“{phrase}” takes back or rewords what must be read",
                "Take it out: what is safe and what is urgent is said by the sources alone.",
            )


def urgent_in(text: Said) -> frozenset[str]:
    """Return the phrases of ``text`` that a clinic leaves unsaid in its own sentences."""
    return frozenset(phrase for _, phrase in _found(_claims()[2], [text]))


@dataclass(frozen=True)
class Heard:
    """Words that are no value of a YAML file, such as those of a PDF, and where they stand."""

    words: str
    place: Place


def wrong_of_clinic(words: Iterable[str], place: Place) -> list[Problem]:
    """Return what a clinic may not say of these ``words``: its claims, and what it reassures of."""
    said = [Heard(each, place) for each in words]
    return [*claimed(said, by_clinic=True), *contradicted(said), *unsaid(said)]


def _found(phrases: tuple[str, ...], texts: Iterable[Said]) -> Iterator[tuple[Place, str]]:
    forms = [(_run_on(skeleton(phrase)), found, phrase) for phrase in phrases
             if (found := pattern(phrase))]  # fmt: skip
    for text in texts:
        looks = _looks(text.words)
        letters = _run_on(looks)
        for own, form, phrase in forms:
            if own in letters and form.search(looks):
                yield text.place, phrase


def _run_on(looks: str) -> str:
    """Return the letters alone: what has not those of a phrase in a run need not be searched."""
    return looks.replace(" ", "")


@cache
def _looks(words: str) -> str:
    return skeleton(to_plain(words))


@cache
def _claims() -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return what nobody claims, what a clinic does not claim either, and what it leaves unsaid."""
    lines = Path(__file__).with_name("claims.txt").read_text("utf-8").splitlines()
    claims = [line for line in lines if not line.startswith("#")]
    return (
        tuple(line for line in claims if not line.startswith(("~", "!"))),
        tuple(line[1:].strip() for line in claims if line.startswith("~")),
        tuple(line[1:].strip() for line in claims if line.startswith("!")),
    )
