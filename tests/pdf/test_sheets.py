"""The sheet for one patient: what is picked is set, and there is room to write."""

from itertools import chain, combinations, product
from pathlib import Path
from random import Random

import pytest

from clinicpress.content.text import to_plain
from clinicpress.design.design import read_formats
from clinicpress.editions.edition import Edition
from clinicpress.orders.plan import large_enough
from clinicpress.runs.pipeline import Built, prepare, set_pages
from tests.conftest import takes_all
from tests.pdf.matrix import LAYOUTS, LIBRARY, covering
from tests.pdf.reading import MM, Page, Print, Run, squeezed

TOPIC = "upper-back-pain"
IDS = list(LIBRARY.topics[TOPIC].exercises)
CHOICES = list(chain.from_iterable(combinations(IDS, size) for size in (1, 2, 3, 4)))
DRAWN = Random(2026).sample(CHOICES, 30)
"""Choices of exercises, of which the first few are tried where a sample is enough."""
FEW = 8


def sheet(publication: str = "exercises", audience: str = "general", format: str = "standard",
          **more: object) -> Edition:  # fmt: skip
    smallest = LIBRARY.audiences[audience].smallest_type
    format = large_enough(format, smallest, read_formats(LAYOUTS))
    paper = more.pop("paper", "A4")
    return Edition(TOPIC, publication, audience, format, "en", "GB", "default", paper, **more)


def built(edition: Edition) -> Built:
    made = set_pages(prepare(edition, LIBRARY, LAYOUTS))
    assert made.problems == ()
    return made


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "choice" in metafunc.fixturenames:
        some = DRAWN if takes_all(metafunc.config) else DRAWN[:FEW]
        metafunc.parametrize("choice", some, ids="+".join)


@pytest.mark.slow
@pytest.mark.some(3)
def test_what_is_picked_is_set_in_order_within_the_limit(choice: tuple[str, ...]) -> None:
    """A sheet of three takes one leaf of paper or two, as the length of the exercises asks."""
    asked = tuple(Random("".join(choice)).sample(choice, len(choice)))
    made = built(sheet(exercises=asked))
    assert made.pages <= 4
    read = Print(made.pdf)
    titles = [LIBRARY.topics[TOPIC].exercises[id].title.default for id in asked]
    lettered = zip("ABCDEFGH", titles, strict=False)
    places = [read.text.find(f"{letter}{squeezed(title)}") for letter, title in lettered]
    assert -1 not in places
    assert places == sorted(places)


LONGEST = ("cat-cow", "thread-needle", "open-book", "lateral-raise")
WAYS = {"format": ("standard", "clear", "large"), "setting": ("rack", "given"),
        "paper": ("A4", "Letter"), "dose": ("", "blank")}  # fmt: skip


@pytest.mark.slow
def test_four_exercises_fit_every_format_and_paper(full: bool) -> None:
    """In each way; in the full matrix in all that can meet."""
    ways = [dict(zip(WAYS, each, strict=True)) for each in product(*WAYS.values())]
    asked = [sheet(exercises=LONGEST, **each) for each in ways]
    for edition in asked if full else covering(asked, 1, factors=tuple(WAYS)):
        most = {"standard": 4, "clear": 8, "large": 16}[edition.format]
        assert built(edition).pages <= most, edition.name


def holder(page: Page, label: Run) -> tuple[float, float, float, float]:
    """Return the smallest box drawn round a label, in pt: a field to write in."""
    x, y = (label.box[0] + label.box[2]) / 2, (label.box[1] + label.box[3]) / 2
    around = [
        box
        for box in page.drawn
        if box[0] < x < box[2] and box[1] < y < box[3] and box != label.box
    ]
    return min(around, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]))


def room(page: Page, words: str) -> list[float]:
    """Return, for each field with this label, how high it is below the label, in mm."""
    labels = [run for run in page.runs if squeezed(run.text) == squeezed(words)]
    return [(label.box[1] - holder(page, label)[1]) * MM for label in labels]


@pytest.mark.few(1)
@pytest.mark.parametrize("format", ["standard", "clear", "large"])
def test_what_is_handed_over_has_fields_for_a_pen(format: str) -> None:
    read = Print(built(sheet(format=format, setting="given")).pdf)
    for label in ("Name", "Date", "Side", "Signed by", "Review on"):
        heights = room(read.pages[0], label)
        assert len(heights) == 1, label
        assert heights[0] >= 10, (label, heights)
    for line in LIBRARY.topics[TOPIC].cautions.safety_net.lines.values():
        first = to_plain(line.default).split("[[")[0].split(".")[0]
        assert squeezed(first) in read.text
    assert squeezed("Nobody has checked you yet") not in read.text


def test_nothing_of_a_patient_is_in_the_file(tmp_path: Path) -> None:
    """The fields are empty, and name and metadata hold what was picked at most."""
    edition = sheet(setting="given", exercises=("wall-slide",), dose="blank")
    assert edition.path.name == (
        f"{TOPIC}_exercises_general_standard_en-GB_A4_blank-dose_given_exercises=wall-slide.pdf"
    )
    with Print(built(edition).pdf).opened() as pdf:
        assert set(pdf.docinfo.keys()) <= {
            "/Title", "/Author", "/Subject", "/Creator", "/Producer", "/CreationDate", "/ModDate",
        }  # fmt: skip
        assert b"AcroForm" not in bytes(str(pdf.Root.keys()), "utf-8")


@pytest.mark.few(1)
@pytest.mark.parametrize(
    ("audience", "format"),
    [
        ("general", "standard"),
        ("general", "clear"),
        ("general", "large"),
        ("clinician", "standard"),
    ],
)
def test_blank_doses_have_boxes_for_a_pen(audience: str, format: str) -> None:
    """They hold their label alone."""
    picked = ("chin-tuck", "wall-slide")
    made = built(sheet(audience=audience, format=format, exercises=picked, dose="blank"))
    read = Print(made.pdf)
    boxes = [
        (page, label, holder(page, label))
        for page in read.pages
        for label in page.runs
        if squeezed(label.text) in ("Repeat", "Hold", "Rounds", "Howoften")
    ]
    assert len(boxes) == 2 * 4
    assert min((box[3] - box[1]) * MM for _, _, box in boxes) >= 10
    for page, label, box in boxes:
        assert words_in(page, box).rstrip(")").split("(")[0] == squeezed(label.text)
    assert squeezed("3–10 times") not in read.text or audience == "clinician"


def words_in(page: Page, box: tuple[float, float, float, float]) -> str:
    left, bottom, right, top = box
    return squeezed("".join(
        run.text for run in page.runs
        if left <= run.box[0] and run.box[2] <= right
        if bottom <= run.box[1] and run.box[3] <= top
    ))  # fmt: skip
