"""``generate diff``: ten planted changes are told, and nothing else."""

import json
import shutil

import pytest

PLANTED = {
    "exercises/thumb-bend.yaml": [
        ("repetitions: 3-5", "repetitions: 3-6"), ("Straighten it again.", "Make it straight."),
    ],
    "exercises/thumb-press.yaml": [("hold_seconds: 5-10", "hold_seconds: 5-20")],
    "techniques/thumb-rub.yaml": [("Feels good for a while.", "It feels good for a while.")],
    "warning-signs.yaml": [("Is your thumb cut off?", "Is your thumb cut off right now?"),
                           ("Call [[family-doctor]] today.", "See [[family-doctor]] today.")],
    "cautions.yaml": [("Stop for sharp pain.", "Stop for any sharp pain."),
                      ("Leave it alone.", "Leave it alone for now.")],
    "causes/strain.yaml": [("than it is used to", "than it is ready for")],
    "topic.yaml": [("Bend your thumb twice a day.", "Bend your thumb two times a day.")],
}  # fmt: skip


@pytest.fixture
def changed(clinic):
    shutil.copytree(clinic.folder / "sources", clinic.folder / "before")
    for file, changes in PLANTED.items():
        for old, new in changes:
            clinic.change(f"sources/tiny/{file}", old, new)
    return clinic


def test_ten_planted_changes_are_ten_and_what_can_harm_comes_first(changed):
    ended = changed.generate("diff", "before", "--json")
    found = [json.loads(line) for line in ended.out.splitlines()]
    assert sum(map(len, PLANTED.values())) == len(found) == 10
    assert [one["clinical"] for one in found] == [True] * 7 + [False] * 3
    assert ended.err == "10 differences; 7 of signs, cautions, doses or numbers\n"
    (dose,) = [one for one in found if one["field"] == ["dose", "repetitions"]]
    assert (dose["one"], dose["other"]) == ("3-5", "3-6")
    assert (dose["thing"]["id"], dose["audiences"]) == ("thumb-bend", ["general", "older-adult"])
    assert set(dose["publications"]) == {"booklet", "thumb-sheet"}


def test_a_person_reads_the_change_word_by_word(changed):
    lines = changed.generate("diff", "before", "--audience", "general").out.splitlines()
    assert (
        "!  exercises thumb-bend › dose › repetitions: [-3-5-] {+3-6+}  "
        "(general: booklet, thumb-sheet)"
    ) in lines
    assert (
        "   causes strain › summary: You used it more than it is [-used to.-] {+ready for.+}  ("
        in ("\n".join(lines))
    )


def test_nothing_changed_is_nothing_told(clinic):
    ended = clinic.generate("diff", "sources")
    assert (ended.code, ended.out) == (0, "")
    assert ended.err == "0 differences; 0 of signs, cautions, doses or numbers\n"


def test_a_number_of_a_country_is_told_where_it_is_called(clinic):
    shutil.copytree(clinic.folder / "sources", clinic.folder / "before")
    clinic.change("sources/regions.yaml", '"999"', '"998"')
    assert clinic.generate("diff", "before", "--region", "US").out == ""
    found = clinic.generate("diff", "before", "--region", "GB").out
    assert "[-999-] {+998+}" in found
    assert all(line.startswith("!") for line in found.splitlines())


def test_a_publication_that_is_new_or_no_more_is_told(clinic):
    shutil.copytree(clinic.folder / "sources", clinic.folder / "before")
    (clinic.folder / "sources/tiny/publications/thumb-sheet.yaml").unlink()
    assert "- publication thumb-sheet: Move your thumb" in clinic.generate("diff", "before").out
    back = clinic.generate("diff", "sources", "before").out
    assert "+ publication thumb-sheet: Move your thumb" in back


def test_what_is_no_folder_of_sources_is_told(clinic):
    ended = clinic.generate("diff", "nowhere")
    assert ended.code in (2, 3)
    assert "nowhere" in ended.err


def test_a_version_with_a_figure_that_nobody_draws_today_is_compared_all_the_same(clinic):
    """What a pose may be has become stricter: what was printed once says what it said."""
    shutil.copytree(clinic.folder / "sources", clinic.folder / "before")
    clinic.write("before/tiny/figures/thumb.yaml",
                 "id: thumb\nalt: A thumb bends.\nview: right\nprops:\n"
                 "- {is: step, at: [300, -95, 0]}\n"
                 "moments:\n  one:\n    pose: {right_leg: {hip: 30}}\n")  # fmt: skip
    clinic.change("sources/tiny/exercises/thumb-press.yaml", "hold_seconds: 5-10",
                  "hold_seconds: 5-20")  # fmt: skip
    assert clinic.generate("check", "--sources", "before").code == 1
    assert clinic.generate("diff", "before").err.startswith("1 difference; 1 of signs")
