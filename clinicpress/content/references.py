"""Cross-checks between files: every name that one file uses must exist in another."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from clinicpress.content.library import TopicLibrary
from clinicpress.content.model import Audience, Region
from clinicpress.content.text import tokens_in
from clinicpress.errors import Problem, nearest
from clinicpress.records import Document, Loc

BRAND_TOKENS = frozenset({"clinic-phone", "review-date"})
"""Tokens that a brand or a pen fills in; every other token is a region's word."""

UNTRANSLATED_KEYS = frozenset({"note", "address", "never_print"})

_ITEM_PARTS = {
    "self-care": "self_care",
    "exercises": "exercises",
    "techniques": "techniques",
    "causes": "causes",
    "questions": "questions",
    "myths": "myths",
    "my-exercises": "exercises",
}


def cross_check(
    topic: TopicLibrary,
    documents: Iterable[Document],
    audiences: Mapping[str, Audience],
    regions: Mapping[str, Region],
) -> Iterator[Problem]:
    """Yield a Problem for each reference, token, audience, item or sign that does not exist."""
    tokens = set.intersection(*(set(region.words) for region in regions.values())) | BRAND_TOKENS
    for document in documents:
        for loc, value in _strings(document.data):
            yield from _check_tokens(document, loc, value, tokens)
            yield from _check_names(document, loc, value, topic, audiences)
        if document.path.name == "publications.yaml":
            yield from _check_sections(document, topic, audiences)
        if document.path.name == "topic.yaml":
            yield from _check_required(document, topic)


def _strings(value: Any, loc: Loc = ()) -> Iterator[tuple[Loc, str]]:
    """Yield every string in a document, keys of mappings included as their own value."""
    if isinstance(value, str):
        yield loc, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _strings(inner, (*loc, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _strings(inner, (*loc, index))


def _check_tokens(
    document: Document, loc: Loc, value: str, known: set[str]
) -> Iterator[Problem]:
    if UNTRANSLATED_KEYS & set(map(str, loc)):
        return
    for token in tokens_in(value):
        if token not in known:
            yield Problem(document.place(loc), "TOKEN-UNKNOWN",
                          f"the token “[[{token}]]” is in no region's words", nearest(token, known))  # fmt: skip


def _check_names(
    document: Document,
    loc: Loc,
    value: str,
    topic: TopicLibrary,
    audiences: Mapping[str, Audience],
) -> Iterator[Problem]:
    place = document.place(loc)
    if "evidence" in loc and value not in topic.references:
        yield Problem(place, "REFERENCE-UNKNOWN", f"the reference “{value}” is not in references.yaml",
                      "Add it there with its title, address and status, or correct the number.")  # fmt: skip
    named: list[str] = []
    for key in ("for", "not_for", "refused"):
        if key in loc[:-1]:
            named.append(str(loc[loc.index(key) + 1]))
    if "audiences" in loc[:-1]:
        named.append(value)
    if "default" in _siblings(document.data, loc) and loc[-1] != "default":
        named.append(str(loc[-1]))
    for name in named:
        if name not in audiences:
            yield Problem(place, "AUDIENCE-UNKNOWN", f"the audience “{name}” is not in audiences.yaml",
                          nearest(name, audiences))  # fmt: skip


def _siblings(data: Any, loc: Loc) -> Mapping[str, Any]:
    """Return the mapping that holds ``loc``, or an empty one if a list holds it."""
    for step in loc[:-1]:
        data = data[step]
    return data if isinstance(data, dict) else {}


def _check_sections(
    document: Document, topic: TopicLibrary, audiences: Mapping[str, Audience]
) -> Iterator[Problem]:
    for name, publication in topic.publications.items():
        for number, section in enumerate(publication.sections):
            known = getattr(topic, _ITEM_PARTS.get(section.part, ""), {})
            for audience, ids in section.items.items():
                at: Loc = (name, "sections", number, "items")
                if audience != "default" and audience not in audiences:
                    yield Problem(document.place((*at, audience)), "AUDIENCE-UNKNOWN",
                                  f"the audience “{audience}” is not in audiences.yaml",
                                  nearest(audience, audiences))  # fmt: skip
                for id in ids:
                    if id not in known:
                        yield Problem(document.place(at), "ITEM-UNKNOWN",
                                      f"“{id}” is no item that a section “{section.part}” can take",
                                      nearest(id, known))  # fmt: skip


def _check_required(document: Document, topic: TopicLibrary) -> Iterator[Problem]:
    required = topic.topic.required_signs
    for tier, ids in (("emergency", required.emergency), ("same-day", required.same_day)):
        present = topic.tiers[tier].signs() if tier in topic.tiers else {}
        for id in ids:
            if id not in present:
                yield Problem(document.place(("required_signs", tier)), "SIGN-MISSING",
                              f"the required sign “{id}” is not in the {tier} tier of warning-signs.yaml",
                              "Put it back. A sign is only retired by a clinician, here and there.")  # fmt: skip
