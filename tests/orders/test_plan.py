"""Which editions a request stands for: formats large enough, audiences that are like others."""

from dataclasses import replace

import pytest

from clinicpress.errors import Problems, UnknownName
from clinicpress.orders import plan as planning
from clinicpress.orders.plan import plan, plan_each
from clinicpress.orders.request import ALL, Request
from tests.conftest import ROOT

LAYOUTS = ROOT / "layouts"


def planned(library, *publications, **more):
    return plan(Request(publications, **more), library, LAYOUTS)


def test_a_format_too_small_for_the_reader_is_raised(library):
    (edition,) = planned(library, "exercises", audiences=("older-adult",), formats=("standard",))
    assert edition.format == "clear"
    (edition,) = planned(library, "exercises", audiences=("older-adult",), formats=("large",))
    assert edition.format == "large"


def test_every_audience_gets_each_format_once(library):
    editions = planned(library, ALL, audiences=(ALL,), formats=(ALL,))
    assert len(set(editions)) == len(editions) == len({edition.path for edition in editions})
    for audience, reader in library.audiences.items():
        formats = {edition.format for edition in editions if edition.audience == audience}
        small = reader.smallest_type > 9.5
        assert formats == ({"clear", "large"} if small else {"standard", "clear", "large"})


def test_each_publication_exists_for_an_audience_or_says_why_not(library):
    for topic in library.topics.values():
        for name, publication in topic.publications.items():
            for audience in library.audiences:
                made = publication.serves(audience)
                assert made != (audience in publication.refused), (name, audience)
                if not made:
                    with pytest.raises(UnknownName) as told:
                        _select(library, name, audience)
                    reason = publication.refused[audience]
                    assert reason in str(told.value)
                    assert " Use " in reason, (name, audience)


def _select(library, publication, audience):
    from clinicpress.editions.selection import select

    (edition,) = planned(library, publication, audiences=(audience,))
    return select(library, edition)


def test_both_settings_may_be_asked_for(library):
    editions = planned(library, "exercises", settings=(ALL,))
    assert [edition.setting for edition in editions] == ["rack", "given"]
    assert editions[1].name == f"{editions[0].name}_given"
    with pytest.raises(UnknownName, match="There is no setting “giben”"):
        planned(library, "exercises", settings=("giben",))


def test_a_dose_that_is_the_audiences_own_makes_no_other_edition(library):
    (own,) = planned(library, "exercises")
    (printed,) = planned(library, "exercises", dose="print")
    (blank,) = planned(library, "exercises", dose="blank")
    (clinician,) = planned(library, "exercises", audiences=("clinician",), dose="blank")
    assert own == printed
    assert blank.name == f"{own.name}_blank-dose"
    assert clinician.dose == ""


def test_a_picked_sheet_is_named_after_what_was_picked(library):
    (edition,) = planned(library, "exercises", exercises=("wall-slide", "chin-tuck"))
    assert edition.name.endswith("_A4_exercises=wall-slide+chin-tuck")


# ---------------------------------------------------------------- audiences that are like others


@pytest.fixture
def students(library):
    """Return the real content with an audience “student”, like desk workers."""
    desk = library.audiences["desk-worker"]
    student = desk.model_copy(update={"name": "Students", "like": "desk-worker"})
    return replace(library, audiences={**library.audiences, "student": student})


def test_an_audience_takes_what_the_one_it_is_like_has(students):
    assert students.lineage("student") == ("student", "desk-worker")
    for name, publication in students.topics["upper-back-pain"].publications.items():
        assert publication.serves("student", "desk-worker") == publication.serves("desk-worker")
        if publication.serves("desk-worker"):
            own = _select(students, name, "student")
            other = _select(students, name, "desk-worker")
            assert own.sections == other.sections
            assert own.main_message == other.main_message


def test_what_is_not_for_the_one_it_is_like_is_not_for_it(students):
    from clinicpress.editions.selection import select

    (edition,) = planned(students, "exercises", audiences=("student",), exercises=("butterfly",))
    with pytest.raises(UnknownName, match="“butterfly” is not for “student”"):
        select(students, edition)


@pytest.mark.parametrize(
    ("likes", "told"),
    [
        (
            {"general": "older-adult", "older-adult": "general"},
            ["these audiences are like each other in a circle: general → older-adult → general"],
        ),
        ({"general": "general"}, ["the audience “general” is like itself"]),
    ],
)
def test_a_loop_of_audiences_is_told(clinic, likes, told):
    from clinicpress.content.reader import read_library

    for audience, like in likes.items():
        clinic.change("sources/audiences.yaml", f"{audience}:\n", f"{audience}:\n  like: {like}\n")
    with pytest.raises(Problems) as refused:
        read_library(clinic.folder / "sources")
    loops = [each for each in refused.value.problems if each.code == "AUDIENCE-LOOP"]
    assert [each.message for each in loops] == told
    ended = clinic.generate("booklet")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.count("[AUDIENCE-LOOP]") == 1


def test_the_layouts_are_looked_through_once_for_many_requests(library, monkeypatch):
    looked = []
    monkeypatch.setattr(planning, "strange_below", lambda folder: looked.append(folder) or [])
    papers = [Request((ALL,), papers=(paper,)) for paper in ("A4", "Letter")]
    together = [*plan_each(papers, library, LAYOUTS)]
    assert looked == [LAYOUTS]
    assert together == [one for each in papers for one in plan(each, library, LAYOUTS)]
