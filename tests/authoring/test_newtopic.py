"""A new topic: whole but for its words, each of which is told, and printed as a draft alone."""

import json
import re
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from clinicpress.authoring.newtopic import write_topic
from clinicpress.authoring.starter import FolderInUse
from clinicpress.checks.inspection import inspect_topic
from clinicpress.content.model import TopicKind
from clinicpress.content.reader import read_library
from clinicpress.editions.selection import select
from clinicpress.errors import Problems, UnknownName
from clinicpress.orders.plan import plan
from clinicpress.orders.request import ALL, Places, Request
from clinicpress.runs import run
from tests.conftest import ROOT
from tests.samples import make_samples

LAYOUTS, TODAY = ROOT / "layouts", date(2026, 11, 30)
KINDS = get_args(TopicKind)


@pytest.fixture(scope="module", params=KINDS)
def new(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a new topic of each kind, beside one that is whole."""
    sources = make_samples(tmp_path_factory.mktemp(request.param) / "sources", "library-hours")
    made = write_topic(sources, "sore-toe", request.param, TODAY)
    assert made == sorted(made, key=lambda path: made.index(path))
    return sources / "sore-toe"


def test_it_has_all_that_its_kind_has(new):
    topic = read_library(new.parent).topics["sore-toe"]
    kinds = {each.kind for each in topic.publications.values()}
    assert kinds == {"booklet", "handout", "leaflet", "card", "poster", "pad", "diary"}
    assert (topic.topic.version, topic.topic.review_by) == ("0.1", date(2027, 11, 30))
    assert list(topic.tiers) == ["emergency", "same-day", "appointment"]
    assert [*topic.artworks] == ["sore-toe-cover", "sore-toe-placeholder"]
    assert (new / "gaps.md").is_file()


def test_as_a_draft_nothing_is_wrong_with_it(new):
    assert inspect_topic(new.parent, LAYOUTS, "sore-toe", TODAY, draft=True) == ()


def test_each_text_that_is_to_be_written_is_told_with_its_place(new):
    found = inspect_topic(new.parent, LAYOUTS, "sore-toe", TODAY)
    assert {problem.code for problem in found} == {"TODO"}
    marked = [
        f"{path}:{number}"
        for path in new.rglob("*.yaml")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if re.search(r"\bTODO\b", line.partition(" #")[0]) and not line.startswith("#")
    ]
    assert {str(problem.place) for problem in found} == set(marked)


@pytest.mark.few(1)
@pytest.mark.usefixtures("in_process")
def test_it_is_printed_as_a_draft_alone(new, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    places = Places(new.parent, LAYOUTS, tmp_path / "output")

    def produced(**asked):
        request = Request(("card",), topics=("sore-toe",), regions=("GB",), **asked)
        return run.produce(request, places, jobs=1, force=False, today=TODAY, report=print)

    with pytest.raises(Problems, match=r"still to be written.*\[TODO\]"):
        produced()
    (made,) = produced(draft=True)
    assert made.made.path.endswith("_card_general_standard_en-GB_A4_draft_home.pdf")


def test_all_that_it_prints_is_safe_to_print(new):
    library = read_library(new.parent)
    request = Request((ALL,), topics=("sore-toe",), settings=(ALL,), draft=True)
    editions = plan(request, library, LAYOUTS)
    assert len(editions) >= 8
    assert {select(library, edition).watermark for edition in editions} == {"draft"}


@pytest.mark.parametrize("name", ["Sore-Toe", "sore toe", "-toe", "all", "figures", "a--b", "con"])
def test_a_name_that_no_topic_may_have(tmp_path, name):
    with pytest.raises(UnknownName, match="cannot be the name of a topic"):
        write_topic(tmp_path, name, "movement", TODAY)


def test_nothing_is_written_over(new):
    with pytest.raises(FolderInUse, match="exists already"):
        write_topic(new.parent, "sore-toe", "movement", TODAY)


def test_the_commands(clinic):
    ended = clinic.generate("topic", "new", "sore-toe", "--kind", "information")
    assert (ended.code, ended.out.count("sources/sore-toe/")) == (0, 20)
    assert "“generate topic check sore-toe” says what is left to write." in ended.err
    ended = clinic.generate("topic", "check", "sore-toe")
    assert (ended.code, ended.out.count("[TODO]")) == (1, 46)
    assert ended.err == "sore-toe: 46 left to write, 0 to mend or to mind.\n"
    ended = clinic.generate("topic", "check", "sore-toe", "--draft")
    assert (ended.code, ended.out) == (0, "")
    assert ended.err == "sore-toe: 0 left to write, 0 to mend or to mind: it may be printed.\n"
    assert not (clinic.folder / "output").exists()
    card = "sources/sore-toe/publications/card.yaml"
    clinic.change(card, "Keep this card.", f"Keep this card. {'Have it on you. ' * 40}")
    ended = clinic.generate("topic", "check", "sore-toe", "--draft")
    assert ended.code == 1
    assert "sore-toe_card_general_standard_" in ended.out
    assert ended.out.endswith("[SAFE-PAGE]\n")
    assert ended.err.endswith("0 left to write, 1 to mend or to mind.\n")
    named = clinic.generate("topic", "check", "sore-tow")
    assert named.err == "There is no topic “sore-tow”. Did you mean “sore-toe”?\n"
    listed = [json.loads(line) for line in clinic.generate("list", "--json").out.splitlines()]
    assert {each["topic"] for each in listed} == {"tiny", "sore-toe"}
