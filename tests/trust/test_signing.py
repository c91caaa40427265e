"""Sign-offs: who may make one, what it says, and what becomes of one that was tampered with."""

import re
import shutil
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from clinicpress.content.reader import read_library
from clinicpress.errors import WrongChoice
from clinicpress.orders.plan import plan
from clinicpress.orders.request import Request
from clinicpress.runs.pipeline import prepare, said_in, set_pages, state_of
from clinicpress.trust.changes import changes
from clinicpress.trust.signing import keep, sign
from tests.conftest import TINY
from tests.trust.signed import (
    LAYOUTS,
    SCOPE,
    SIGNER,
    in_this_process,
    signed,
    states,
    stopped_by,
)

REVIEWS = "tiny/reviews.yaml"


@pytest.fixture(scope="module", autouse=True)
def no_workers():
    with pytest.MonkeyPatch.context() as patch:
        in_this_process(patch)
        yield


@pytest.fixture
def sources(tmp_path):
    return signed(tmp_path)


def change(sources, before, after, file=REVIEWS):
    words = (sources / file).read_text("utf-8")
    assert before in words
    (sources / file).write_text(words.replace(before, after), "utf-8")


def add_roles(sources, *roles):
    path = sources / "tiny/topic.yaml"
    path.write_text(
        path.read_text("utf-8") + "roles:\n" + "".join(f"  - {each}\n" for each in roles)
    )


@pytest.mark.parametrize(
    ("signer", "said"),
    [
        ({"name": "A.\u202eB."}, "--name: a character that nobody sees stands here (U+202E"),
        ({"name": " "}, "--name: it is empty. Type it."),
        ({"organisation": "River\nside"}, "--organisation: it has more than one line."),
        ({"organisation": "x" * 99}, "--organisation: it holds “xxxxxxxxxxxxxxxxxxxx…”, a word of"),
        ({"registration": ("HCPC", "\u0420H12")}, "--registration: "),
    ],
)  # fmt: skip
def test_a_sign_off_holds_no_words_that_no_file_may_hold(tiny, signer, said):
    with pytest.raises(WrongChoice) as refused:
        sign(replace(SIGNER, **signer), SCOPE, tiny, LAYOUTS, jobs=1, report=lambda *_: None)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("signer", "said"),
    [
        ({"on": date(2026, 11, 1)}, "nobody signed it on 2026-11-01. Give the day on"),
        ({"until": date(2026, 11, 30)}, "A sign-off of 2026-11-30 cannot end on 2026-11-30."),
        ({"until": date(2027, 6, 1)}, "and topic.yaml lets prints be used until 2028-12-31."),
    ],
)  # fmt: skip
def test_a_sign_off_has_days_that_make_sense(tiny, signer, said):
    with pytest.raises(WrongChoice) as refused:
        sign(replace(SIGNER, **signer), SCOPE, tiny, LAYOUTS, jobs=1, report=lambda *_: None)
    assert said in str(refused.value)


def test_only_those_sign_who_are_asked_to(sources):
    add_roles(sources, "one_of: [physiotherapist, doctor]")
    with pytest.raises(WrongChoice) as refused:
        sign(replace(SIGNER, role="receptionist"), SCOPE, read_library(sources), LAYOUTS, jobs=1,
             report=lambda *_: None)  # fmt: skip
    assert str(refused.value) == (
        "A sign-off by a “receptionist” is not asked for. topic.yaml asks for: physiotherapist, "
        "doctor."
    )


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("name: A. B.", "name: C. D.", "SIGNOFF-SEAL"),
        ("next_review: '2028-12-31'", "next_review: '2029-12-31'", "SIGNOFF-SEAL"),
        ("date: '2026-11-30'", "date: '2030-01-01'", "SIGNOFF-DATE"),
        ("date: '2026-11-30'", "date: '2026-11-01'", "SIGNOFF-DATE"),
        ("- GB", "- Atlantis", "SIGNOFF-SCOPE"),
        ("- older-adult", "- unicorns", "AUDIENCE-UNKNOWN"),
        ("next_review: '2028-12-31'", "next_review: '2028-06-30'", "REVIEW-BY"),
    ],
)
def test_a_sign_off_that_was_changed_by_hand_stops_the_print(sources, before, after, code):
    change(sources, before, after)
    assert code in {problem.code for problem in stopped_by(sources)}


def test_one_that_was_written_by_hand_is_none(sources):
    (sources / REVIEWS).write_text(
        '- {version: "0.1", name: A. B., role: physiotherapist, date: 2026-11-30}\n'
    )
    said = [str(problem) for problem in stopped_by(sources)]
    assert said
    assert all("reviews.yaml:1" in each for each in said)
    assert "KEY-MISSING" in {problem.code for problem in stopped_by(sources)}


def test_two_that_contradict_each_other_are_told(sources):
    words = (sources / REVIEWS).read_text("utf-8")
    other = words.replace("name: A. B.", "name: C. D.")
    other = re.sub("thumb-bend: [0-9a-f]{16}", f"thumb-bend: {'0' * 16}", other)
    (sources / REVIEWS).write_text(words + other)
    told = {problem.code: str(problem) for problem in stopped_by(sources)}
    assert "A. B. and C. D. signed different words on 2026-11-30" in told["SIGNOFF-TWICE"]


@pytest.mark.few(1)
@pytest.mark.parametrize(
    "nobody", ["[]\n", "# Only who read it.\n[]      # nobody yet\n", "[ ]\n# Now.\n"]
)
def test_the_first_sign_off_takes_the_place_of_none(sources, nobody):
    record = read_library(sources).topics["tiny"].reviews[0]
    (sources / REVIEWS).write_text(nobody, "utf-8")
    keep(record, "tiny", sources)
    assert read_library(sources).topics["tiny"].reviews == (record,)
    assert ("#" in (sources / REVIEWS).read_text("utf-8")) == ("#" in nobody)


def test_one_for_a_country_that_is_none_stops_no_check(sources):
    change(sources, "- GB", "- Atlantis")
    library = read_library(sources)
    assert list(changes(library, LAYOUTS, ["tiny"], jobs=1, report=lambda *_: None)) == []


def test_all_roles_have_to_sign(sources):
    add_roles(sources, "one_of: [physiotherapist]", "{one_of: [midwife], audiences: [older-adult]}")
    found = states(sources)
    for name, state in found.items():
        is_lacking = "older-adult" in name
        assert state.standing == ("incomplete" if is_lacking else "signed")
        assert state.lacking == (("midwife",) if is_lacking else ())


@pytest.mark.few(2)
@pytest.mark.parametrize(
    "picked", [("thumb-bend",), ("thumb-press",), ("thumb-press", "thumb-bend")]
)
@pytest.mark.parametrize("dose", ["print", "blank"])
def test_a_sheet_of_picks_is_signed_if_each_of_them_is(sources, picked, dose):
    library = read_library(sources)
    for setting in ("rack", "given"):
        asked = Request(("thumb-sheet",), exercises=picked, dose=dose, settings=(setting,),
                        regions=("GB",))  # fmt: skip
        (edition,) = plan(asked, library, LAYOUTS)
        assert state_of(prepare(edition, library, LAYOUTS)).lost == ()


def test_a_role_that_is_no_more_asked_for_is_told(sources):
    add_roles(sources, "one_of: [pharmacist]")
    assert {problem.code for problem in stopped_by(sources)} == {"SIGNOFF-ROLE"}


def test_a_number_that_stands_in_an_item_twice_is_read_twice(tmp_path):
    def said(sets: int) -> str:
        sources = tmp_path / str(sets)
        shutil.copytree(TINY, sources)
        dose = f"repetitions: 5\n  hold_seconds: 3\n  sets: {sets}\n"
        change(sources, "sets: 1\n  repetitions: 3-5\n", dose, "tiny/exercises/thumb-bend.yaml")
        library = read_library(sources)
        (edition,) = plan(Request(("thumb-sheet",), regions=("GB",)), library, LAYOUTS)
        return said_in(prepare(edition, library, LAYOUTS))["thumb-bend"]

    assert said(3) != said(5)  # which both stand before it


@pytest.mark.few(1)
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([], "Reviewed by A. B., physiotherapist, November 2026"),
        (["prints: role"], "Reviewed for Riverside Practice: physiotherapist, November 2026"),
        (["dose"], "Changed since a clinician reviewed it"),
    ],
)
def test_a_print_says_how_its_review_stands(tmp_path, changes, said):
    signer = replace(SIGNER, names="prints: role" not in changes)
    sources = signed(tmp_path, signer)
    if "dose" in changes:
        change(sources, "repetitions: 3-5", "repetitions: 3-40", "tiny/exercises/thumb-bend.yaml")
    library = read_library(sources)
    (edition,) = plan(Request(("thumb-sheet",), regions=("GB",)), library, LAYOUTS)
    built = set_pages(prepare(edition, library, LAYOUTS))
    assert built.problems == ()
    assert built.state.standing == ("changed" if "dose" in changes else "signed")
    for page in pypdfium2.PdfDocument(built.pdf):
        words = "".join(page.get_textpage().get_text_range().split())
        assert "".join(said.split()) in words
        assert "Donotuseafter31Dec2028" in words  # the day of the next review, whatever was signed


@pytest.mark.parametrize("name", ["thumb-sheet", "booklet"])
def test_what_nobody_reviewed_says_until_when_it_may_be_used_and_not_that_it_was(tiny, name):
    (edition,) = plan(Request((name,), regions=("GB",)), tiny, LAYOUTS)
    built = set_pages(prepare(edition, tiny, LAYOUTS))
    assert built.problems == ()
    pages = ["".join(page.get_textpage().get_text_range().split())
             for page in pypdfium2.PdfDocument(built.pdf)]  # fmt: skip
    held = ["Donotuseafter31Dec2028" in words for words in pages]
    assert held == ([True, *[False] * (len(pages) - 1)] if name == "booklet" else [True])
    assert "Notyetreviewedbyaclinician" in pages[0]
    assert "Nextreview" not in "".join(pages)
