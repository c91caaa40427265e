"""``generate review`` as who reviews types it, and what prints are told of it."""

import json

import pytest

SIGN = ("review", "sign", "--name", "A. B.", "--role", "physiotherapist", "--organisation",
        "Riverside Practice", "--next-review", "2028-12-31", "--today", "2026-11-30")  # fmt: skip
SHEET = ("handout", "thumb-sheet", "--today", "2026-11-30")
BEND = "sources/tiny/exercises/thumb-bend.yaml"
FILE = "tiny_thumb-sheet_general_standard_en-neutral_A4"


@pytest.fixture
def signed(clinic, in_process, ran_once):
    ended = ran_once(clinic, *SIGN, "--yes")
    assert (ended.code, ended.out) == (0, "sources/tiny/reviews.yaml\n")
    assert "for general, older-adult (neutral), until 2028-12-31." in ended.err
    return clinic


def change_dose(clinic):
    clinic.change(BEND, "repetitions: 3-5", "repetitions: 3-40")


def test_one_changed_dose_takes_the_sign_off_from_what_holds_it(signed):
    asked = ("review", "status", "thumb-sheet", "--format", "standard", "--audience", "general")
    assert signed.generate(*asked).err == "1 print: 1 signed\n"
    assert signed.generate(*SHEET, "--final").code == 0
    change_dose(signed)
    ended = signed.generate(*asked)
    assert (ended.out, ended.err) == (
        f"{FILE}: it says something else than what was signed: thumb-bend\n",
        "1 print: 1 changed\n",
    )
    ended = signed.generate(*SHEET, "--final")
    assert ended.code == 1
    assert ended.err == (
        f"default/tiny/{FILE}.pdf: it says something else than what was signed: thumb-bend. Have "
        "it reviewed and signed (“generate review sign”), or leave “--final” out. [NOT-FINAL]\n"
    )
    ended = signed.generate(*SHEET)
    assert ended.code == 0
    assert f"{FILE}.pdf: it says something else than what was signed: thumb-bend." in ended.err
    ended = signed.generate(*SHEET, "--final")  # although it is there already
    assert ended.code == 1
    signed.change(BEND, "repetitions: 3-40", "repetitions: 3-5")
    assert signed.generate(*SHEET, "--final").code == 0


def test_nothing_is_final_that_nobody_signed(clinic, in_process):
    ended = clinic.generate(*SHEET, "--final")
    assert ended.code == 1
    assert f"default/tiny/{FILE}.pdf: nobody has signed it. Have it reviewed" in ended.err
    assert [path for path in clinic.files() if path.endswith(".pdf")] == []


@pytest.mark.slow
def test_the_check_tells_it_and_the_counter_page_shows_it(signed):
    everything = ("all", "--audience", "general", "--format", "standard", "--today", "2026-11-30")
    signed.generate(*everything)
    page = (signed.folder / "output/index.html").read_text("utf-8")
    assert "Reviewed by A. B., physiotherapist, November 2026." in page
    change_dose(signed)
    signed.generate(*everything)
    page = (signed.folder / "output/index.html").read_text("utf-8")
    assert "Changed since a clinician reviewed it." in page
    ended = signed.generate("check", "--today", "2026-11-30", "--json")
    found = [json.loads(line) for line in ended.out.splitlines()]
    (said,) = [each for each in found if each.get("code") == "NOT-SIGNED"]
    assert said["file"] == BEND
    assert said["message"] == (
        "“thumb-bend” says something else than what was signed, for general, older-adult"
    )


def test_what_is_due_is_listed_the_first_first(signed):
    ended = signed.generate("review", "due", "--today", "2028-12-01")
    assert ended.out.splitlines() == [
        "2028-12-31  tiny: sign-off of A. B., physiotherapist",
        "2028-12-31  tiny: version 0.1",
    ]
    assert ended.err == "2 reviews due by 2029-03-01\n"
    assert signed.generate("review", "due", "--today", "2026-12-01").out == ""
    late = signed.generate("review", "due", "--today", "2029-01-01", "--json").out
    assert [json.loads(line)["overdue"] for line in late.splitlines()] == [True, True]


def test_nobody_signs_without_a_word(clinic, in_process, monkeypatch):
    asked = []
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda said: asked.append(said) or "n")
    before = clinic.files()
    ended = clinic.generate(*SIGN)
    assert ended.code == 1
    assert ended.err == "Nothing was signed.\n"
    assert asked[0].startswith("A. B., physiotherapist: did you read all that “tiny” says to")
    assert clinic.files() == before


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--region", "Atlantis"), "There is no region “Atlantis”."),
        (("--audience", "unicorn"), "There is no audience “unicorn”."),
        (("--audience", "clinician"), "There is nothing for “clinician” in “tiny”. Leave it out."),
        (("--topic", "ankle"), "There is no topic “ankle”."),
        (("--date", "2030-01-01"), "2030-01-01 is to come. Give the day on which it was read."),
    ],
)
def test_what_cannot_be_signed_is_told(clinic, options, said):
    ended = clinic.generate(*SIGN, "--yes", *options)
    assert ended.code == 2
    assert said in ended.err


def test_a_draft_is_not_final(clinic):
    ended = clinic.generate(*SHEET, "--final", "--draft")
    assert ended.code == 2
    assert "“--final” and “--draft” exclude each other. Choose one." in ended.err
