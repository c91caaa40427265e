"""The request slip: each short code stands on it once, and prints what it stands beside."""

from pathlib import Path

import pytest

from clinicpress.checks.sources import coded_twice
from clinicpress.content.reader import read_library
from clinicpress.orders.plan import plan
from clinicpress.orders.request import Request
from tests.conftest import ROOT
from tests.pdf.matrix import LAYOUTS, LIBRARY
from tests.pdf.reading import Print, squeezed
from tests.pdf.test_validity import STANDARDS, broken

TOPIC = LIBRARY.topics["upper-back-pain"]
CODED = {item.code: (part, id, item)
         for part in ("exercises", "techniques")
         for id, item in getattr(TOPIC, part).items() if item.code}  # fmt: skip
BEND = "sources/tiny/exercises/thumb-bend.yaml"
RUB = "sources/tiny/techniques/thumb-rub.yaml"


@pytest.fixture
def slip(clinic, in_process):
    """Return a function that prints the slip of the real content on a paper."""

    def made(paper: str) -> Path:
        ended = clinic.generate("request-slip", "--paper", paper, "--sources", ROOT / "sources")
        assert ended.code == 0, ended.err
        return clinic.folder / ended.out.strip()

    return made


@pytest.mark.few(1)
@pytest.mark.parametrize("paper", ["A5", "A4", "HalfLetter", "Letter"])
def test_each_code_stands_on_it_once_beside_what_it_prints(slip, paper):
    path = slip(paper)
    read = Print(path)
    assert len(read.pages) == 1
    for code, (_, _, item) in CODED.items():
        assert read.text.count(squeezed(f"{code}{item.title.default}")) == 1, code
    for standard in STANDARDS:
        assert broken(path.read_bytes(), standard) == set()


def test_no_template_of_a_brand_says_what_a_code_prints(clinic, in_process):
    clinic.change(BEND, "id: thumb-bend\n", "id: thumb-bend\ncode: A1\n")
    own = "layouts/brands/default/templates/request-slip.html"
    clinic.write(own, "<html lang='en'><title>x</title><p>A1 Something else</p></html>")
    ended = clinic.generate("request-slip")
    assert ended.code == 0, ended.err
    assert squeezed("A1 Thumb bend") in Print(clinic.folder / ended.out.strip()).text


def test_a_link_leads_it_nowhere_else(clinic, in_process, tmp_path_factory):
    clinic.change(BEND, "id: thumb-bend\n", "id: thumb-bend\ncode: A1\n")
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (clinic.folder / "output").mkdir(exist_ok=True)
    (clinic.folder / "output/default").symlink_to(elsewhere)
    ended = clinic.generate("request-slip")
    assert ended.code == 3
    assert list(elsewhere.iterdir()) == []


def test_all_that_can_be_picked_has_a_code():
    for part in ("exercises", "techniques"):
        steps = {id for id, item in getattr(TOPIC, part).items() if item.steps}
        assert steps == {id for where, id, _ in CODED.values() if where == part}


@pytest.mark.parametrize("typed", ["A3,a1", "wall-slide,A1", "A3,wall-slide,shoulder-rolls"])
def test_a_code_prints_what_its_name_does(typed):
    (named,) = plan(Request(("exercises",), exercises=("wall-slide", "shoulder-rolls")),
                    LIBRARY, LAYOUTS)  # fmt: skip
    (coded,) = plan(Request(("exercises",), exercises=tuple(typed.split(","))), LIBRARY, LAYOUTS)
    assert coded == named


def test_a_code_that_is_none_is_told(clinic):
    ended = clinic.generate("handout", "exercises", "--exercises", "A3,Z9", "--sources",
                            ROOT / "sources")  # fmt: skip
    assert ended.code == 2
    assert "There is no exercise “Z9”." in ended.err


def test_a_code_that_two_bear_is_told_with_its_line(clinic):
    clinic.change(BEND, "id: thumb-bend\n", "id: thumb-bend\ncode: A1\n")
    clinic.change(RUB, "id: thumb-rub\n", "id: thumb-rub\ncode: A1\n")
    sources = clinic.folder / "sources"
    (found,) = coded_twice(read_library(sources).topics["tiny"], sources)
    assert (found.code, found.place.line) == ("CODE-TWICE", 2)
    assert found.message == "“thumb-bend” has the code A1, and so has “thumb-rub”"
    assert clinic.generate("handout", "thumb-sheet").code == 1


@pytest.mark.parametrize("code", ["a1", "A", "A100", "AB1", "1"])
def test_what_is_no_short_code_is_told_with_its_line(clinic, code):
    clinic.change(BEND, "id: thumb-bend\n", f'id: thumb-bend\ncode: "{code}"\n')
    ended = clinic.generate("handout", "thumb-sheet")
    assert ended.code == 1
    assert f"{BEND}:2: “code” is “{code}”, which is no short code. Write a" in ended.err


def test_where_nothing_has_a_code_that_is_told(clinic):
    ended = clinic.generate("request-slip")
    assert ended.code == 2
    assert "No exercise or technique has a short code. Write one into the file of each" in ended.err


def test_the_search_of_the_counter_page_finds_a_code(clinic, in_process):
    clinic.change(BEND, "id: thumb-bend\n", "id: thumb-bend\ncode: A7\n")
    assert clinic.generate("all", "--format", "standard", "--audience", "general").code == 0
    page = (clinic.folder / "output/index.html").read_text("utf-8")
    assert "A7 Thumb bend" in page
