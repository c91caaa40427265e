"""What a patient reads before and while doing something, read off the printed pages.

For every audience: the signs with what to do, who should not and who asks first, and each item with
its steps, its dose and when to stop. For every region: the signs and whom to call. Whoever changes
a word, a number or who gets what sees here what it does to the page.

After a change that is meant: ``pytest tests/golden --update-golden``, then read the difference.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from clinicpress.editions.edition import Edition
from clinicpress.editions.manuscript import PRACTICES, Section
from clinicpress.editions.picking import refusal
from clinicpress.orders.plan import plan
from clinicpress.orders.request import ALL, Request
from clinicpress.pages.compose import compose
from clinicpress.pages.tags import mend
from clinicpress.pages.typeset import typeset
from clinicpress.runs.pipeline import prepare
from tests.conftest import ROOT, content, undrawn
from tests.golden.test_golden import GOLDEN, compare
from tests.pdf.reading import Print, Tag

LAYOUTS = ROOT / "layouts"
LIBRARY = content()
ACTED_ON = ("warning-signs", "gate", "cautions", "self-care", "scale", "exercises", "techniques",
            "diary")  # fmt: skip
"""The parts of which a wrong word may do harm. All else is left out, for it takes long to set."""

FORMATS = {"older-adult": "large"}
"""In which format a booklet is read, if not in standard: clear takes three times as long to set."""

UNBROKEN = "\u00a0"
"""A space at which no line ends: heard as any other."""

STEP = re.compile(r"\d+\.? [A-Z]")


def editions(*publications: str, **more: object) -> tuple[Edition, ...]:
    return plan(Request(publications, **more), LIBRARY, LAYOUTS)


def printed(edition: Edition) -> Print:
    """Return the pages of an edition that are acted on, without its figures."""
    prepared = prepare(edition, LIBRARY, LAYOUTS)
    sections = (each for each in prepared.manuscript.sections if each.part in ACTED_ON)
    whole = edition.kind == "booklet" or edition.exercises
    kept = tuple(sections if whole else map(with_one_item, sections))
    manuscript = replace(prepared.manuscript, sections=kept)
    html = compose(manuscript, prepared.design, undrawn, spread=True)  # with what fills room
    return Print(mend(typeset(html, prepared.design).pdf))


def with_one_item(section: Section) -> Section:
    """Return what a sheet prints around something to do, of which the booklet holds all."""
    practices = section.part in PRACTICES
    return replace(section, entries=section.entries[:1]) if practices else section


def as_read(edition: Edition) -> str:
    """Return what is read of a print, under a head that says of which."""
    of = (edition.topic, edition.publication, edition.audience, edition.region, edition.setting)
    return "\n".join(["=" * 80, " · ".join(of), *lines(printed(edition).tags)])


def withheld(audience: str) -> Iterator[str]:
    """Yield what no print for an audience may hold, whoever picks it; the reason is told them."""
    lineage = LIBRARY.lineage(audience)
    for topic in LIBRARY.topics.values():
        for kind, item in topic.items():
            if reason := refusal(item, lineage):
                yield f"Never {kind}/{item.id}: {reason}"


def lines(tags: Tag) -> Iterator[str]:
    """Yield a line for each heading, entry of a list and sentence."""
    for kind, words in blocks(tags):
        if kind == "P":
            yield from re.split(r"(?<=[.?!]) ", words)
        elif kind == "LI":
            yield words if STEP.match(words) else f"- {words}"
        else:
            yield f"\n{'#' * int(kind[1])} {words}"


def blocks(tag: Tag) -> Iterator[tuple[str, str]]:
    """Yield each heading, entry of a list and paragraph: its kind and its words.

    Tables are left out: they are to be written in.
    """
    for inner in tag.content:
        if isinstance(inner, str):
            assert not inner, f"{tag.kind} holds “{inner}” outside any paragraph"
        elif inner.kind == "Table":
            continue
        elif not re.fullmatch("H[1-6]|LI|P", inner.kind):
            yield from blocks(inner)
        elif words := words_of(inner):
            yield inner.kind, words


def words_of(tag: Tag) -> str:
    """Return what is read of an element, without the dot before an entry of a list.

    What it holds is joined by nothing, save an entry's number: each space heard is in the file.
    """
    parts = map(_joined, tag.content) if tag.kind == "LI" else [_joined(tag)]
    return " ".join(part.strip() for part in parts).strip().removeprefix("• ")


def _joined(piece: Tag | str) -> str:
    if isinstance(piece, str):
        return piece.replace(UNBROKEN, " ")
    return "".join(map(_joined, piece.content))


OFTEN = ("general", "clinician", "easy-read")
"""Whom the fast tests look at: who is most, and who is given other parts, or other words."""

READERS = [
    pytest.param(name, marks=() if name in OFTEN else pytest.mark.slow)
    for name in LIBRARY.audiences
]


@pytest.mark.few(1)
@pytest.mark.parametrize("audience", READERS)
def test_what_each_audience_reads(request: pytest.FixtureRequest, audience: str) -> None:
    """All of the signs and most items are in the booklet; what else may be picked is on a sheet."""
    limit = LIBRARY.audiences[audience].exercise_limit
    asked = {"audiences": (audience,), "regions": ("GB",)}
    read = [
        f"At most {limit} exercises are advised on a sheet.",
        *withheld(audience),
        *map(as_read, editions("booklet", formats=(FORMATS.get(audience, "standard"),), **asked)),
        *map(as_read, editions("exercises", settings=("given",), **asked)),
        *map(as_read, picked(audience, asked)),
    ]
    compare(request, f"as-read/{audience}.txt", "\n".join(read) + "\n")


def picked(audience: str, asked: Mapping[str, tuple[str, ...]]) -> Iterator[Edition]:
    """Yield a sheet of the exercises that this reader may be given and that no booklet holds."""
    (booklet,) = editions("booklet", formats=(FORMATS.get(audience, "standard"),), **asked)
    held = {
        entry.id for entry in prepare(booklet, LIBRARY, LAYOUTS).manuscript.entries("exercises")
    }
    topic, lineage = LIBRARY.topics["upper-back-pain"], LIBRARY.lineage(audience)
    rest = tuple(
        id
        for id, item in topic.items_of("exercises").items()
        if id not in held and refusal(item, lineage) is None
    )
    if rest:
        yield from editions("exercises", exercises=rest, **asked)


@pytest.mark.slow
def test_whom_each_region_calls(request: pytest.FixtureRequest) -> None:
    read = map(as_read, editions("when-to-get-help", settings=("given",), regions=(ALL,)))
    compare(request, "as-read/regions.txt", "\n".join(read) + "\n")


@pytest.mark.parametrize("audience", LIBRARY.audiences)
def test_all_that_a_reader_may_be_given_to_do_is_kept(audience: str) -> None:
    """An item that no print held would change unseen."""
    kept = (GOLDEN / f"as-read/{audience}.txt").read_text(encoding="utf-8")
    lineage = LIBRARY.lineage(audience)
    titles = [
        item.title.said_to(*lineage)
        for topic in LIBRARY.topics.values()
        for kind, item in topic.items()
        if kind in PRACTICES and refusal(item, lineage) is None
    ]
    assert titles
    assert [title for title in titles if f" {title}\n" not in kept] == []
