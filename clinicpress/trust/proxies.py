"""What a program can measure of a print for who scores it, with what shows it: Material -> Measure.

None of it is a score. A measure is a number or a few, and the words and pages that it is of.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from clinicpress.checks.measures import Drawing
from clinicpress.checks.reading import is_whole, mean, sentences, word_count
from clinicpress.checks.voice import passive
from clinicpress.content.model import URGENT_TIERS
from clinicpress.content.text import to_plain
from clinicpress.editions.manuscript import ADVICE, Entry
from clinicpress.trust.material import FEW, Material, Quote, with_digits

Number = str | int | float

MANY = 12
"""Headings that are quoted to show what follows what."""

MAIN = 2
"""The level of the main headings, below the title."""

SHARE = re.compile(r"\d\s*%|per cent|percent|\b\d+ (?:in|out of|of every) \d+|\bhalf\b|\bthird\b",
                   re.IGNORECASE)  # fmt: skip
"""What says a share, a rate or a fraction."""

ADDRESSED = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)

TOOLS = ("diary", "my-exercises", "record")
"""Parts of a print in which readers write."""


@dataclass(frozen=True)
class Measure:
    """What was measured: its name, the numbers by their names, and what shows it."""

    id: str
    numbers: Mapping[str, Number]
    quotes: tuple[Quote, ...] = ()


Found = tuple[Mapping[str, Number], tuple[Quote, ...]]
Proxy = Callable[[Material], Found]

PROXIES: dict[str, Proxy] = {}
"""What is measured, by its name; the words for it are ``score.measure.NAME`` in the strings."""


def proxy(name: str) -> Callable[[Proxy], Proxy]:
    """Return what lists a function as that which measures ``name``."""

    def listed(function: Proxy) -> Proxy:
        PROXIES[name] = function
        return function

    return listed


def measured_for(material: Material, names: Iterable[str]) -> dict[str, Measure]:
    """Return what ``names`` measure of a print. Raises KeyError for a name that is none."""
    return {name: Measure(name, *PROXIES[name](material)) for name in dict.fromkeys(names)}


# ---------------------------------------------------------------- words


@proxy("message")
def _message(m: Material) -> Found:
    said = m.manuscript.main_message
    return {"sentences": len(sentences(said))}, m.quotes([said])


@proxy("message-place")
def _message_place(m: Material) -> Found:
    return {"page": m.page(m.manuscript.main_message), "pages": len(m.pages)}, ()


@proxy("action")
def _action(m: Material) -> Found:
    page = m.page(m.manuscript.call_to_action) if m.manuscript.call_to_action else 0
    return {"page": page}, m.quotes([m.manuscript.call_to_action])


@proxy("readers")
def _readers(m: Material) -> Found:
    said = (m.manuscript.for_whom, m.manuscript.not_for_whom or "")
    return {"count": sum(map(bool, said))}, m.quotes(said)


@proxy("grade")
def _grade(m: Material) -> Found:
    grades = mean(m.chapters)
    numbers = {"flesch_kincaid": grades.flesch_kincaid, "automated": grades.automated}
    return numbers, m.quotes(m.hardest(), 2)


@proxy("sentences")
def _sentences(m: Material) -> Found:
    counts = [word_count(one) for one in m.sentences] or [0]
    longest = sorted(m.sentences, key=lambda one: -word_count(one))
    numbers = {"average": round(sum(counts) / len(counts), 1), "longest": max(counts)}
    return numbers, m.quotes(longest, 1)


@proxy("passive")
def _passive(m: Material) -> Found:
    whole = [one for one in m.sentences if is_whole(one)]
    found = [one for one in whole if passive(one)]
    return {"passive": len(found), "whole": len(whole)}, m.quotes(found)


@proxy("terms")
def _terms(m: Material) -> Found:
    words = ", ".join(word for word, _ in m.terms) or "–"
    return {"count": len(m.terms), "words": words}, m.quotes(passage for _, passage in m.terms)


@proxy("glossary")
def _glossary(m: Material) -> Found:
    told = [to_plain(str(entry.term)) for entry in m.manuscript.entries("term")]
    return {"count": len(told), "words": ", ".join(told) or "–"}, ()


@proxy("numbers")
def _numbers(m: Material) -> Found:
    found = list(dict.fromkeys(with_digits(m.passages)))
    return {"count": len(found)}, m.quotes(found)


@proxy("shares")
def _shares(m: Material) -> Found:
    found = [one for one in m.sentences if SHARE.search(one)]
    return {"count": len(found)}, m.quotes(found)


@proxy("address")
def _address(m: Material) -> Found:
    whole = [one for one in m.sentences if is_whole(one)]
    found = [one for one in whole if ADDRESSED.search(one)]
    return {"addressed": len(found), "whole": len(whole)}, m.quotes(found, 2)


@proxy("repeats")
def _repeats(m: Material) -> Found:
    found = m.found.repeats
    return {"count": len(found)}, tuple(Quote(one.page, one.sentence) for one in found[:FEW])


@proxy("purposes")
def _purposes(m: Material) -> Found:
    said = [str(purpose) for entry in m.deeds if (purpose := getattr(entry, "purpose", None))]
    return {"count": len(said)}, m.quotes(said)


@proxy("stops")
def _stops(m: Material) -> Found:
    said = [each.words for page in m.pages for each in page.survey.passages
            if each.required == "stop"]  # fmt: skip
    return {"count": len(said)}, m.quotes(said, 1)


@proxy("signs")
def _signs(m: Material) -> Found:
    tiers = (tier for tier in m.manuscript.entries("tier") if tier.id in URGENT_TIERS)
    said = [words for tier in tiers for group in tier.groups for words in _said_of(group)]
    return {"count": len(said)}, m.quotes(said, 2)


# ---------------------------------------------------------------- order and form


@proxy("headings")
def _headings(m: Material) -> Found:
    return {"count": len(m.headings)}, m.headings[:FEW]


@proxy("sequence")
def _sequence(m: Material) -> Found:
    main = {words for level, words in m.elements.headings if level <= MAIN}
    found = tuple(each for each in m.headings if each.words in main)
    return {"count": len(found)}, found[:MANY]


@proxy("paragraphs")
def _paragraphs(m: Material) -> Found:
    counts = {words: word_count(words) for words in m.passages}
    longest = max(counts, key=lambda words: counts[words], default="")
    return {"count": len(counts), "longest": counts.get(longest, 0)}, m.quotes([longest])


@proxy("lists")
def _lists(m: Material) -> Found:
    found = m.elements.lists
    longest = max(found, key=lambda one: one.count, default=None)
    numbers = {"count": len(found), "numbered": sum(one.numbered for one in found),
               "longest": longest.count if longest else 0}  # fmt: skip
    return numbers, m.quotes([longest.first] if longest else [])


@proxy("cues")
def _cues(m: Material) -> Found:
    return {"strong": m.elements.strong, "drawings": len(_drawn(m))}, ()


@proxy("tables")
def _tables(m: Material) -> Found:
    heads = [", ".join(filter(None, heads)) for heads in m.elements.tables]
    return {"count": len(heads)}, tuple(
        Quote(m.page(one.split(", ")[0]), one) for one in heads[:FEW]
    )


@proxy("steps")
def _steps(m: Material) -> Found:
    most = max((len(entry.steps) for entry in m.deeds), default=0)
    said = [str(entry.steps[0][1]) for entry in m.deeds]
    return {"count": len(m.deeds), "most": most}, m.quotes(said)


@proxy("tools")
def _tools(m: Material) -> Found:
    found = [one for one in m.manuscript.sections if one.part in TOOLS]
    return {"count": len(found)}, m.quotes(one.title or "" for one in found)


@proxy("references")
def _references(m: Material) -> Found:
    about = [words for entry in m.manuscript.entries("about") for _, words in entry.lines]
    return {"count": sum(1 for _ in m.manuscript.entries("reference"))}, m.quotes(about)


@proxy("length")
def _length(m: Material) -> Found:
    fills = [fill.share for fill in m.found.fill[:-1]]
    words = sum(map(word_count, m.passages))
    fill = f"{min(fills):.0%}" if fills else "–"
    return {"pages": len(m.pages), "words": words, "fill": fill}, ()


@proxy("type")
def _type(m: Material) -> Found:
    return {"smallest": round(m.found.smallest, 1)}, ()


@proxy("warnings")
def _warnings(m: Material) -> Found:
    return {"share": f"{m.found.warnings:.0%}", "emergency": f"{m.found.emergency:.0%}"}, ()


@proxy("first-deed")
def _first_deed(m: Material) -> Found:
    first = m.found.first_deed
    if first is None:
        return {"page": 0, "down": "–"}, ()
    said = [deed for entry in m.manuscript.entries(*ADVICE) if entry.id == first.item
            for deed in entry.deeds]  # fmt: skip
    return {"page": first.page, "down": f"{first.down:.0%}"}, m.quotes(said, 1)


# ---------------------------------------------------------------- drawings


@proxy("drawings")
def _drawings(m: Material) -> Found:
    found = _drawn(m)
    return {"count": len(found)}, m.drawn(found)


@proxy("heights")
def _heights(m: Material) -> Found:
    found = sorted(_drawn(m), key=lambda one: one.height)
    if not found:
        return {"least": 0, "median": 0}, ()
    numbers = {"least": round(found[0].height, 1),
               "median": round(found[len(found) // 2].height, 1)}  # fmt: skip
    return numbers, m.drawn(found[:1])


@proxy("undrawn")
def _undrawn(m: Material) -> Found:
    drawn = {one.item for one in m.found.poses}
    found = [to_plain(str(entry.title)) for entry in m.deeds if entry.id not in drawn]
    return {"count": len(found), "of": len(m.deeds)}, m.quotes(found)


@proxy("captions")
def _captions(m: Material) -> Found:
    alts = [alt for alt in m.elements.pictures if alt]
    return {"count": len(alts), "of": len(m.elements.pictures)}, tuple(
        Quote(0, one) for one in alts[:1]
    )


# ---------------------------------------------------------------- whose it is


@proxy("contact")
def _contact(m: Material) -> Found:
    said = (*filter(None, (m.clinic.address,)), *m.clinic.contact, *m.clinic.opening)
    return {"count": len(said)}, m.quotes(said)


@proxy("logo")
def _logo(m: Material) -> Found:
    return {"count": int(bool(m.clinic.logo))}, m.quotes([m.clinic.name])


@proxy("dated")
def _dated(m: Material) -> Found:
    said = m.manuscript
    return {"version": said.version, "date": said.date, "review_by": said.review_by}, ()


@proxy("reviewed")
def _reviewed(m: Material) -> Found:
    state = m.manuscript.state
    return {"by": ", ".join(filter(None, (state.by, state.role))) or "–"}, ()


def _drawn(m: Material) -> list[Drawing]:
    return [*m.found.poses, *m.found.signs]


def _said_of(group: Entry) -> list[str]:
    """Return the signs of a group as they are printed: in lines that join them, or one by one."""
    joined = [str(line.text) for line in getattr(group, "lines", ())]
    single = (getattr(sign, "full", None) or getattr(sign, "short", "")
              for sign in getattr(group, "signs", ()))  # fmt: skip
    return joined or [str(words) for words in single if words]
