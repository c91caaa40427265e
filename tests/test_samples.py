"""The sample topics, one of each kind, printed: every product, valid, with no word of another."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pytest

from clinicpress.content.library import Library
from clinicpress.content.reader import read_library
from clinicpress.editions.edition import Edition
from clinicpress.orders.plan import plan
from clinicpress.orders.request import ALL, Request
from clinicpress.runs.pipeline import prepare, set_pages
from clinicpress.runs.preview import fullest
from tests.conftest import ROOT
from tests.samples import INFORMATION, MOVEMENT, PROCEDURE, SAMPLES, make_samples
from tests.verapdf import faults

LAYOUTS = ROOT / "layouts"
SLOW = pytest.mark.slow


@dataclass(frozen=True)
class Printed:
    """A print of a sample: its edition, the PDF and its words."""

    edition: Edition
    pdf: bytes
    words: str


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Return a library of the samples, with the drawings that all topics share."""
    folder = tmp_path_factory.mktemp("samples") / "sources"
    return read_library(make_samples(folder, shared=True))


def prints(
    library: Library, topic: str, *names: str, **asked: tuple[str, ...]
) -> Iterator[Printed]:
    """Yield the prints of a topic that are asked for; each is whole."""
    request = Request(names, topics=(topic,), regions=("GB",), **asked)
    for edition in plan(request, library, LAYOUTS):
        built = set_pages(prepare(edition, library, LAYOUTS))
        assert built.problems == (), edition.name
        with pypdfium2.PdfDocument(built.pdf) as document:
            said = " ".join(page.get_textpage().get_text_range() for page in document)
        yield Printed(edition, built.pdf, " ".join(said.split()))


OTHERS = re.compile(r"\b(massage|spine|pain|exercises?|muscles?|back pain)\b", re.IGNORECASE)
"""Words of another kind of topic, which are in no print of a procedure or of information."""


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("topic", "name"),
    [
        (PROCEDURE, "fold-it"),
        (MOVEMENT, "throw-it"),
        (INFORMATION, "open-hours"),
        (INFORMATION, "diary"),
        *(pytest.param(topic, ALL, marks=SLOW) for topic in SAMPLES),
    ],
)
def test_a_sample_prints_and_is_valid(samples, topic, name):
    found = [*prints(samples, topic, name, audiences=(ALL,) if name == ALL else ())]
    for each in found:
        assert "Sample" in each.words, each.edition.name
        if topic != MOVEMENT:
            assert OTHERS.findall(each.words) == [], each.edition.name
        assert [faults(each.pdf, standard) for standard in ("ua1", "3a")] == [[], []], (
            each.edition.name
        )


def test_a_preview_takes_one_publication_of_each_kind(samples):
    """Names that several topics have are no question of it: the one with most to show is taken."""
    shown = {kind: topic for kind, topic, _ in fullest(samples)}
    assert shown["booklet"] == shown["leaflet"] == MOVEMENT
    assert {*shown} == {"booklet", "handout", "leaflet", "card"}


def test_a_procedure_prints_its_steps_in_order(samples):
    (sheet,) = prints(samples, PROCEDURE, "fold-it")
    steps = [
        text.default for text in samples.topics[PROCEDURE].procedures["fold-boat"].steps.values()
    ]
    at = [sheet.words.index(" ".join(step.split()[:4])) for step in steps]
    assert at == sorted(at)
    assert "Stop if the paper tears." in sheet.words
    assert "Also stop" not in sheet.words


@pytest.mark.parametrize("topic", [MOVEMENT, *(pytest.param(t, marks=SLOW) for t in SAMPLES[1:])])
def test_a_title_of_two_lines_leaves_room_on_the_cover(samples, topic):
    """What a print says of itself stands below all else, where an office printer prints."""
    (cover,) = prints(samples, topic, "booklet", productions=("home",))
    assert "Not yet reviewed by a clinician" in cover.words


@pytest.mark.parametrize(
    "name",
    ["open-hours", *(pytest.param(n, marks=SLOW) for n in ("booklet", "leaflet", "card", "pad"))],
)
def test_why_there_are_no_signs_is_printed(samples, name):
    (sheet,) = prints(samples, INFORMATION, name)
    why = "Nothing about opening hours needs help on the same day."
    assert f"No signs for help today are listed: {why}" in sheet.words
