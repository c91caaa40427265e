"""What a wording of a sign, a gate or a stop line may not lose: a symptom, a number."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import get_args

from clinicpress.content.library import TopicLibrary
from clinicpress.content.model import SignGroup, Text, Tier, WarningSign
from clinicpress.content.reader import FILES
from clinicpress.content.text import to_plain, tokens_in
from clinicpress.content.walk import walk
from clinicpress.errors import Problem
from clinicpress.files.documents import parse

EMERGENCY = "emergency-number"


def lost_symptoms(topic: TopicLibrary, sources: Path) -> Iterator[Problem]:
    """Yield a Problem for each wording of a sign that loses one of its symptoms.

    ``short`` keeps each word of a symptom, ``full`` one word or the ``plain`` one. Each variant is
    held to the same: a sign may get longer, never poorer.
    """
    document = parse(sources / topic.topic.id / FILES["tiers"][0])
    for found in walk(FILES["tiers"][1], topic.tiers):
        loc, sign = found.loc, found.value
        if not isinstance(sign, WarningSign):
            continue
        for audience, words in _wordings(sign.short):
            for symptom in sign.symptoms:
                kept = set(_bare(words).split())
                if lost := [word for word in _bare(symptom).split() if word not in kept]:
                    yield Problem(
                        document.place((*loc, "short", audience)),
                        "SIGN-SHORT",
                        f"the short wording of the sign “{loc[-1]}” loses “{', '.join(lost)}” "
                        f"of the symptom “{symptom}”",
                        "Say every symptom in `short`.",
                    )
        for audience, words in _wordings(sign.full):
            for symptom in sign.symptoms:
                if not _stems(f"{symptom} {sign.plain.get(symptom, '')}") & _stems(words):
                    yield Problem(
                        document.place((*loc, "full", audience)),
                        "SIGN-FULL",
                        f"the full wording of the sign “{loc[-1]}” for {audience} has no word of "
                        f"the symptom “{symptom}”",
                        "Say every symptom in `full`, or name its plain word under `plain`.",
                    )


def lost_in_lines(topic: TopicLibrary, sources: Path) -> Iterator[Problem]:
    """Yield a Problem for each line that loses a symptom of a sign, or shows no word of it in bold.

    A symptom is kept by a form of each of its words, or by the line's ``plain`` one for it.
    """
    document = parse(sources / topic.topic.id / FILES["tiers"][0])
    for found in walk(FILES["tiers"][1], topic.tiers):
        group = found.value
        if not isinstance(group, SignGroup):
            continue
        for id, line in group.lines.items():
            for audience, words in _wordings(line.text):
                place = document.place((*found.loc, "lines", id, "text", audience))
                for sign in line.signs:
                    for wrong in _wrong_in_line(words, line.plain, group.signs[sign]):
                        yield Problem(
                            place, "SIGN-LINE",
                            f"the line “{id}” {wrong} of the sign “{sign}”",
                            "Say every symptom in the line, and set a word of each sign in bold.",
                        )  # fmt: skip


def _wrong_in_line(words: str, plain: Mapping[str, str], sign: WarningSign) -> Iterator[str]:
    said, bold = _stems(words), _stems(" ".join(re.findall(r"\*\*(.+?)\*\*", words)))
    told = set[str]()
    for symptom in sign.symptoms:
        as_said = [plain.get(word, word) for word in symptom.split()]
        told |= _stems(" ".join(as_said))
        if lost := [word for word in as_said if not _stems(word) <= said]:
            yield f"loses “{', '.join(lost)}” of the symptom “{symptom}”"
    if not told & bold:
        yield "has no word in bold"


def lost_numbers(topic: TopicLibrary, sources: Path) -> Iterator[Problem]:
    """Yield a Problem for each variant, of a sign, gate or stop line, that loses a number.

    That is a figure of the default, or the number to call in an emergency.
    """
    for name, keys in (
        ("tiers", get_args(Tier)),
        ("cautions", ("gate", "safety_net", "stop_signs")),
    ):
        file, kind = FILES[name]
        document = parse(sources / topic.topic.id / file)
        for found in walk(kind, getattr(topic, name)):
            text = found.value
            if type(text) is not Text or found.loc[0] not in keys:
                continue
            for audience, words in text.variants.items():
                if lost := _numbers(text.default) - _numbers(words):
                    yield Problem(
                        document.place((*found.loc, audience)),
                        "NUMBER-LOST",
                        f"the words for {audience} lose “{min(lost)}”, which the default has",
                        "Say it in every variant.",
                    )


def _wordings(text: Text) -> Iterator[tuple[str, str]]:
    """Yield each wording of a text with its key."""
    yield from (("default", text.default), *text.variants.items())


STEM, JOINING = 4, frozenset({"a", "an", "and", "for", "in", "of", "on", "or", "the", "to", "with"})
"""Letters by which two forms of a word are taken for the same; words that tell no symptom."""


def _stems(words: str) -> set[str]:
    return {word[:STEM] for word in _bare(words).split() if word not in JOINING}


def _numbers(words: str) -> set[str]:
    """Return the figures in ``words``, and the token of the emergency number."""
    return {*re.findall(r"[0-9]+", words), *({EMERGENCY} & set(tokens_in(words)))}


def _bare(words: str) -> str:
    """Return ``words`` as lower-case letters and digits with single spaces between."""
    shown = "".join(c for c in to_plain(words) if unicodedata.category(c) != "Cf")
    folded = unicodedata.normalize("NFKC", shown).casefold()
    return " ".join(re.findall(r"[^\W_]+", folded))
