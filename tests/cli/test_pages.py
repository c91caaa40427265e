"""What ``generate check --pages`` says: a table or JSON, and what misses a goal."""

import json

import pytest

pytestmark = pytest.mark.usefixtures("in_process")  # workers are met in runs

SHEET = ("check", "--pages", "thumb-sheet", "--audience", "general", "--format", "standard")
RACK = (*SHEET, "--setting", "rack")


@pytest.fixture(autouse=True)
def plain(monkeypatch):
    """Leave no wish of the machine on colour or width."""
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "140")


def objects(ended, kind):
    found = map(json.loads, ended.out.splitlines())
    return [one for one in found if one["kind"] == kind]


def test_json_tells_each_number_of_an_edition(clinic):
    ended = clinic.generate(*RACK, "--json")
    (found,) = objects(ended, "pages")
    findings = objects(ended, "finding")
    assert list(found) == [
        "kind", "topic", "publication", "audience", "format", "language", "region", "brand",
        "paper", "setting", "pages", "emergency_share", "warnings_share", "first_deed",
        "first_practice", "poses", "signs", "smallest_required", "repeats", "fill", "result",
        "findings",
    ]  # fmt: skip
    assert (found["publication"], found["paper"], found["setting"]) == ("thumb-sheet", "A4", "rack")
    assert 0.02 < found["emergency_share"] < found["warnings_share"] * found["pages"] < 0.5
    begin = found["first_deed"]
    assert (begin["item"], begin["page"]) == ("thumb-bend", 1)
    assert 0.1 < begin["down"] < 0.5
    assert found["poses"] == {"count": 2, "least": 36.0, "median": 36.0}
    assert found["signs"] is None
    assert found["smallest_required"] == 11
    assert len(found["fill"]) == found["pages"]
    assert found["findings"] == len(findings)
    assert ended.code == (1 if findings else 0)


PAGE = "default/tiny/tiny_thumb-sheet_general_standard_en-neutral_A4.pdf"


def lower(clinic):
    clinic.change(
        "layouts/templates/practice.html", "set high = 36 if sheet", "set high = 31 if sheet"
    )


def test_what_misses_a_goal_is_told_with_its_page_and_fails_the_check(clinic):
    assert "[PAGE-FIGURE]" not in clinic.generate(*RACK).out
    lower(clinic)
    ended = clinic.generate(*RACK)
    assert (ended.code, ended.err) == (1, "")
    assert (
        f"{PAGE}, page 1: the drawing of “thumb-bend” is 31.0 mm high; the goal is at least 36 mm. "
        "Shorten the words beside it, or give it more room in the style. [PAGE-FIGURE]\n"
    ) in ended.out
    assert ended.out.splitlines()[-1].endswith(": FAILED.")
    assert "stops a print" not in ended.out


def test_a_finding_of_json_says_on_which_page_it_is(clinic):
    lower(clinic)
    found = [one for one in objects(clinic.generate(*RACK, "--json"), "finding")
             if one["code"] == "PAGE-FIGURE"]  # fmt: skip
    assert found[0] == {
        "kind": "finding", "code": "PAGE-FIGURE", "severity": "fails-check", "file": PAGE,
        "line": 0, "page": 1, "hint": found[0]["hint"],
        "message": "the drawing of “thumb-bend” is 31.0 mm high; the goal is at least 36 mm",
    }  # fmt: skip


def test_what_misses_a_goal_is_printed_all_the_same(clinic):
    lower(clinic)
    assert clinic.generate("handout", "thumb-sheet").code == 0


def test_the_table_has_a_row_an_edition(clinic):
    out = clinic.generate(*SHEET).out
    rows = [" ".join(line.split()) for line in out.splitlines()]
    assert rows[0] == "tiny: the pages that patients keep"
    assert rows[2].startswith("Publication Pages Alarm All that warns First Exercise Poses Signs")
    assert rows[4] == "thumb-sheet"
    assert [row.split()[:4] for row in rows[5:7]] == [
        ["general", "standard", "A4", "rack"],
        ["general", "standard", "A4", "given"],
    ]
    assert " 36/36 - 11 " in rows[5]
    assert out.splitlines()[-1].startswith("2 editions, ")


def test_on_a_narrow_terminal_it_keeps_what_matters(clinic, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    lines = clinic.generate(*SHEET).out.splitlines()
    assert max(map(len, lines[:8])) <= 60
    assert " ".join(lines[2].split()).startswith("Publication Alarm First")


def test_pages_that_may_not_be_printed_are_told_with_why(clinic):
    stop = '<p class="stop" data-required="stop">{{ m.stop|ending_whole|inline }}</p>'
    clinic.change("layouts/templates/required/stop.html", stop, "")
    ended = clinic.generate(*RACK)
    assert f"{PAGE}: the layout leaves out what must be printed: stop_signs." in ended.out
    assert "of which 1 stops a print: FAILED." in ended.out


def test_what_cannot_be_laid_out_is_told_and_the_rest_measured(clinic):
    clinic.change(
        "layouts/templates/handout.html", "{% block body %}", "{% block body %}{{ no.such }}"
    )
    ended = clinic.generate("check", "--pages", "--audience", "general", "--format", "standard",
                            "--setting", "rack", "--json")  # fmt: skip
    assert [one["publication"] for one in objects(ended, "pages")] == ["booklet"]
    assert "TEMPLATE" in [one["code"] for one in objects(ended, "finding")]
    assert ended.code == 1


@pytest.mark.slow
def test_everything_for_patients_is_measured_where_nothing_is_chosen(clinic):
    (clinic.folder / "sources/tiny/publications/booklet.yaml").unlink()
    found = objects(clinic.generate("check", "--pages", "--json"), "pages")
    assert [(one["audience"], one["format"], one["setting"]) for one in found] == [
        (audience, format, setting)
        for audience in ("general", "older-adult")
        for format in ("standard", "clear", "large")
        if (audience, format) != ("older-adult", "standard")  # whose type would be too small
        for setting in ("rack", "given")
    ]


def test_nothing_is_written(clinic):
    clinic.generate(*RACK)
    assert clinic.files() == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("thumb-sheet",), "NAME does nothing without “--pages”. Add --pages."),
        (("--format", "large"), "“--format” does nothing without “--pages”. Add --pages."),
        (("--setting", "given"), "“--setting” does nothing without “--pages”. Add --pages."),
        (("--pages", "--detail"), "“--detail” does nothing with “--pages”. Leave it out."),
        (("--pages", "--today", "2026-11-01"), "“--today” does nothing with “--pages”."),
        (("--pages", "thumb-shet"), "There is no publication “thumb-shet”."),
        (("--pages", "--format", "huge"), "There is no format “huge”."),
    ],
)
def test_what_would_do_nothing_is_refused(clinic, arguments, said):
    ended = clinic.generate("check", *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err


def test_no_page_of_a_professional_is_measured(clinic):
    clinic.change("sources/audiences.yaml", "older-adult:\n", "older-adult:\n  clinical: true\n")
    ended = clinic.generate("check", "--pages", "--audience", "older-adult")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.endswith("Pages are measured for patients. Choose an audience of patients.\n")
