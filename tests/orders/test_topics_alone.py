"""Topics stand alone: what is wrong with one stops no other; a name that several have is told."""

import json
import shutil
from datetime import date

import pytest

from clinicpress.content.reader import read_library
from clinicpress.errors import Problems, UnknownName, WrongChoice
from clinicpress.orders.plan import plan
from clinicpress.orders.request import ALL, Places, Request
from clinicpress.runs import run
from tests.conftest import Clinic

FIRST, SECOND = "sources/tiny", "sources/sore-toe"
SHEET = ("handout", "thumb-sheet", "--topic", "tiny")


@pytest.fixture
def both(clinic: Clinic) -> Clinic:
    """Return a clinic's folder with a second topic, whose only handout has a name of its own, too.

    Names of signs, items and figures are those of the first.
    """
    shutil.copytree(clinic.folder / FIRST, clinic.folder / SECOND)
    clinic.change(f"{SECOND}/topic.yaml", "id: tiny", "id: sore-toe")
    sheet = clinic.folder / SECOND / "publications/thumb-sheet.yaml"
    own = sheet.read_text("utf-8").replace("id: thumb-sheet", "id: toe-sheet")
    clinic.write(f"{SECOND}/publications/toe-sheet.yaml", own)
    return clinic


def planned(clinic: Clinic, *names: str, **asked: tuple[str, ...]) -> list[str]:
    library = read_library(clinic.folder / "sources")
    editions = plan(Request(names, **asked), library, clinic.folder / "layouts")
    return [f"{edition.topic}/{edition.publication}" for edition in editions]


def test_a_name_is_looked_for_in_all_topics(both):
    assert planned(both, "toe-sheet") == ["sore-toe/toe-sheet"]


def test_a_name_that_several_have_is_told_with_its_topics(both):
    with pytest.raises(WrongChoice) as refused:
        planned(both, "thumb-sheet")
    assert str(refused.value) == (
        "“thumb-sheet” is in 2 topics: sore-toe, tiny. Say which with “--topic sore-toe”, or print "
        "it of each with “--topic all”."
    )


def test_such_a_name_is_printed_of_the_topics_that_are_named(both):
    assert planned(both, "thumb-sheet", topics=("tiny",)) == ["tiny/thumb-sheet"]
    every = ["sore-toe/thumb-sheet", "tiny/thumb-sheet"]
    assert planned(both, "thumb-sheet", topics=(ALL,)) == every


def test_of_another_kind_is_told_before_it_is_ambiguous(both):
    library, asked = read_library(both.folder / "sources"), Request(("thumb-sheet",), kind="poster")
    with pytest.raises(UnknownName, match="“thumb-sheet” is a handout"):
        plan(asked, library, both.folder / "layouts")


BREAKS = {
    "a line that is none": ("topic.yaml", "title Sore toe\n"),
    "a file that nothing reads": ("exercise.yaml", "a: b\n"),
    "one file alone": None,
}


@pytest.fixture(params=BREAKS, ids=str)
def broken(both: Clinic, request: pytest.FixtureRequest) -> Clinic:
    """Return the folder of both, of which the second is broken or half written."""
    if wrong := BREAKS[request.param]:
        both.write(f"{SECOND}/{wrong[0]}", wrong[1])
    else:
        topic = (both.folder / SECOND / "topic.yaml").read_text("utf-8")
        shutil.rmtree(both.folder / SECOND)
        both.write(f"{SECOND}/topic.yaml", topic)
    return both


def test_a_broken_topic_is_left_out_and_told(broken):
    library = read_library(broken.folder / "sources")
    assert (list(library.topics), list(library.broken)) == (["tiny"], ["sore-toe"])
    assert library.broken["sore-toe"].problems
    ended = broken.generate("list")
    assert ended.code == 0
    assert ended.err.startswith("The topic “sore-toe” cannot be read, and is left out:\n  sources/")
    assert planned(broken, "thumb-sheet") == ["tiny/thumb-sheet"]


def test_a_broken_topic_that_is_asked_for_is_told_as_an_error(broken):
    with pytest.raises(Problems):
        planned(broken, "thumb-sheet", topics=("sore-toe",))
    ended = broken.generate("check")
    assert ended.code == 1
    assert "sources/sore-toe/" in ended.out


def test_the_check_of_one_topic_tells_of_no_other(broken):
    ended = broken.generate("check", "--topic", "tiny", "--json")
    assert "sore-toe" not in ended.out
    ended = broken.generate("check", "--topic", "sore-toe")
    assert (ended.code, "sources/sore-toe/" in ended.out) == (1, True)


def test_a_name_that_only_a_broken_topic_has_tells_what_is_wrong_with_it(both):
    both.change(f"{SECOND}/topic.yaml", "id: sore-toe", "id: sore_toe")
    with pytest.raises(Problems, match=r"sources/sore-toe/topic\.yaml"):
        planned(both, "toe-sheet")


def test_what_all_topics_share_stops_all_of_them(both):
    both.change("sources/regions.yaml", "  paper: Letter", "  paper: Lettuce")
    with pytest.raises(Problems, match=r"sources/regions\.yaml"):
        read_library(both.folder / "sources")


def test_regions_rest_on_references_of_their_own(both):
    """So a topic can be deleted: its references are not those of the regions."""
    both.change("sources/regions.yaml", "  paper: Letter", "  paper: Letter\n  evidence: [S5]")
    reference = "S5: {title: A, address: example.org, says: B, status: seen}\n"
    both.write("sources/references.yaml", reference)
    shutil.rmtree(both.folder / FIRST)
    assert list(read_library(both.folder / "sources").topics) == ["sore-toe"]


def test_list_goes_by_topic(both):
    out = both.generate("list").out
    first, second = out.index("# Sore thumb: --topic sore-toe\n"), out.index("--topic tiny\n")
    assert first < out.index("generate handout toe-sheet") < second
    narrowed = both.generate("list", "--topic", "tiny", "--json")
    topics = {json.loads(line)["topic"] for line in narrowed.out.splitlines()}
    assert (narrowed.code, topics) == (0, {"tiny"})


def produced(clinic: Clinic, told: list[str], **asked: tuple[str, ...]) -> list[str]:
    """Return the files of a run that lays nothing out, and add what is told of topics left out."""
    folder = clinic.folder
    places = Places(folder / "sources", folder / "layouts", folder / "output")
    results = run.produce(
        Request(**asked), places, jobs=1, force=False, today=date(2026, 11, 30),
        report=lambda result, count: None, notice=lambda topic, wrong: told.append(topic),
    )  # fmt: skip
    return [result.made.path for result in results]


@pytest.mark.usefixtures("in_process")
def test_a_run_goes_on_without_a_broken_topic(both):
    both.write(f"{SECOND}/topic.yaml", "title Sore toe\n")
    told: list[str] = []
    made = produced(both, told, publications=("thumb-sheet",))
    assert made == ["default/tiny/tiny_thumb-sheet_general_standard_en-neutral_A4.pdf"]
    assert produced(both, told, publications=("thumb-sheet",)) == made
    assert told == ["sore-toe"] * 2  # each time, though nothing was to be built


@pytest.mark.usefixtures("in_process")
def test_a_topic_that_must_not_be_printed_stops_no_other(both):
    both.change(f"{SECOND}/topic.yaml", "review_by: 2028-12-31", "review_by: 2026-11-23")
    with pytest.raises(run.SomeLeftOut, match="OVERDUE"):
        produced(both, [], publications=("thumb-sheet",), topics=(ALL,))
    assert both.files()[-1].startswith("default/tiny/tiny_thumb-sheet")
