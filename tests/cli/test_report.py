"""What ``generate check`` prints: one table or many, the findings, one line that sums up."""

import json
import re
from collections import Counter

import pytest

from tests.conftest import ROOT

STRAIN = "sources/tiny/causes/strain.yaml"
SUMMARY = "You used it more than it is used to."
COLOUR = re.compile(r"\x1b\[[0-9;]*?(?<![0-9])[349][0-7][0-9;]*m")


@pytest.fixture(autouse=True)
def plain(monkeypatch):
    """Leave no wish of the machine on colour or width."""
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


def make_hard(clinic):
    clinic.change(STRAIN, SUMMARY, "Osteoporosis necessitates rehabilitation. " * 12)
    clinic.change(
        "sources/tiny/topic.yaml",
        "never_print:",
        "known_words: [osteoporosis, necessitates, rehabilitation]\nnever_print:",
    )


def rows(text):
    """Return the lines of a text that are not empty, with single spaces between their words."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def parted(text):
    """Return the lines of the tables, the note below them as one line, and the last line."""
    *lines, summary = rows(text)
    start = next(n for n, line in enumerate(lines) if line.startswith("Reading level (proxy), as"))
    return lines[:start], " ".join(lines[start:]), summary


NOTE = (
    "Reading level (proxy), as US school grade by Flesch-Kincaid (F-K) and Automated Readability "
    "Index (ARI): they count sentences, words, syllables and letters, and know nothing of meaning. "
    "So are the passive and hard words (terms), which are found by lists of words."
)


def test_the_table_has_a_row_a_publication_and_audience(clinic, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    ended = clinic.generate("check")
    assert (ended.code, ended.err) == (0, "")
    table, note, summary = parted(ended.out)
    assert note == f"{NOTE} --detail shows every chapter, --json every number, sentence and word."
    assert summary == "4 publications, 26 chapters, 0 findings: passed."
    assert table == [
        "tiny: reading level, passive, hard words (proxies)",
        "Publication Words F-K ARI Worst Worst chapter Longest Passive Terms Result",
        "─" * 94,
        "booklet",
        "general 232 0.2 0.2 1.6 Exercises 9 3% 0 pass",
        "older-adult 218 0.3 0.0 1.4 Exercises 9 3% 0 pass",
        "thumb-sheet",
        "general 123 1.4 1.4 1.7 Get emergency help now 12 0% 0 pass",
        "older-adult 109 1.8 1.2 1.7 Get emergency help now 12 0% 0 pass",
    ]


def test_on_a_wide_terminal_it_tells_how_many_chapters_there_are(clinic, monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")
    assert "Publication Chapters Words F-K" in rows(clinic.generate("check").out)[1]


def test_whatever_breaks_a_rule_fails_its_row(clinic):
    clinic.change(STRAIN, SUMMARY, "It may be bursitis.")
    ended = clinic.generate("check")
    results = {row.split()[0]: row.split()[-2:] for row in rows(ended.out)[4:6]}
    assert results == {"general": ["1", "FAIL"], "older-adult": ["1", "FAIL"]}
    assert rows(ended.out)[-1] == "4 publications, 26 chapters, 1 finding: FAILED."


@pytest.mark.parametrize("arguments", [["--detail"], ["--audience", "older-adult"]])
def test_in_detail_a_table_has_a_row_a_chapter(clinic, monkeypatch, arguments):
    monkeypatch.setenv("COLUMNS", "100")
    ended = clinic.generate("check", *arguments)
    assert (ended.code, ended.err) == (0, "")
    table, note, summary = parted(
        ended.out[ended.out.rindex("tiny, thumb-sheet for older-adult") :]
    )
    assert note == NOTE
    count = "4 publications, 26" if arguments == ["--detail"] else "2 publications, 13"
    assert summary == f"{count} chapters, 0 findings: passed."
    assert table == [
        "tiny, thumb-sheet for older-adult. Reading level (proxy); target:",
        "mean 6, worst 8",
        "Chapter Words F-K ARI Longest Passive Result",
        "─" * 66,
        "message 16 1.2 0.4 9 0 of 1 short",
        "Before you start 17 6.2 4.5 6 0 of 3 short",
        "Get emergency help now 30 1.7 0.9 12 0 of 2 pass",
        "What to do 33 -0.4 0.1 8 0 of 6 pass",
        "Get help today 13 2.9 1.6 5 0 of 1 short",
        "Mean 1.8 1.2 pass",
    ]


def test_what_fails_says_so_in_words(clinic):
    make_hard(clinic)
    ended = clinic.generate("check", "--audience", "general")
    assert ended.code == 1
    (row,) = [
        line for line in ended.out.splitlines() if line.strip().startswith("Why does it hurt?")
    ]
    assert row.rstrip().endswith("FAIL")
    assert ended.out.splitlines()[-1] == "2 publications, 13 chapters, 3 findings: FAILED."


def test_the_mean_fails_in_words_too(clinic):
    clinic.change("sources/audiences.yaml", "for_whom: For adults\n  reading: {mean: 6,",
                  "for_whom: For adults\n  reading: {mean: 0.1,")  # fmt: skip
    ended = clinic.generate("check", "--audience", "general")
    rows = [line.split() for line in ended.out.splitlines() if line.strip().startswith("Mean ")]
    assert [(row[0], row[-1]) for row in rows] == [("Mean", "FAIL")] * 2


def test_no_limit_is_said(clinic):
    text = (clinic.folder / "sources/audiences.yaml").read_text()
    clinic.write("sources/audiences.yaml", text.replace("  reading: {mean: 6, worst: 8}\n", ""))
    ended = clinic.generate("check", "--audience", "general")
    assert ended.code == 0
    assert "target: none" in " ".join(ended.out.split())
    assert ended.out.count("no limit") == 15  # 13 chapters, 2 means


def test_colour_only_repeats_the_word(clinic, monkeypatch):
    make_hard(clinic)
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = clinic.generate("check").out
    assert COLOUR.search(coloured)
    monkeypatch.setenv("NO_COLOR", "1")
    plain = clinic.generate("check").out
    assert not COLOUR.search(plain)
    assert "FAIL" in plain

    def words(text):
        return re.sub(r"\x1b\[[0-9;]*m", "", text)

    assert words(plain) == words(coloured)


@pytest.mark.few(3)
@pytest.mark.parametrize("width", [40, 60, 80, 100, 160])
def test_tables_fit_the_terminal(clinic, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", str(width))
    for arguments, least in ((["--detail"], 40), ([], 12)):
        ended = clinic.generate("check", *arguments)
        tables = ended.out.splitlines()[:-1]  # the last line sums up; the terminal may break it
        assert len(tables) > least
        assert [line for line in tables if len(line) > width] == []
        assert "…" not in ended.out
        for word in ("emergency", "Result") if arguments else ("thumb-sheet", "Worst", "Result"):
            assert word in ended.out  # no word is broken


def test_a_finding_is_one_line_however_narrow(clinic, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    clinic.change(STRAIN, "evidence: [S1]", "editorial: true")
    ended = clinic.generate("check")
    assert (
        f"{STRAIN}:4: “strain” is marked `editorial`, but no `note` says what is to be judged. "
        "Add a `note` for the clinician; it is never printed. [EDITORIAL-NOTE]"
    ) in ended.out.splitlines()


def test_brackets_in_the_content_are_printed_as_they_are(clinic):
    clinic.change(
        "sources/tiny/publications/booklet.yaml",
        "Why does it hurt?",
        '"[bold]Why[/bold] does it hurt?"',
    )
    assert "[bold]Why[/bold] does it hurt?" in clinic.generate("check", "--detail").out


def test_brackets_in_a_finding_are_printed_as_they_are(clinic):
    clinic.change(STRAIN, SUMMARY, '"' + "[bold] " * 21 + '"')
    assert f"{'[bold] ' * 21}”".replace(" ”", "”. Make two of it.") in clinic.generate("check").out


def objects(ended):
    return [json.loads(line) for line in ended.out.splitlines()]


def test_json_has_one_object_a_chapter_item_publication_and_finding(clinic):
    make_hard(clinic)
    ended = clinic.generate("check", "--audience", "general", "--json")
    found = objects(ended)
    assert ended.code == 1
    assert Counter(one["kind"] for one in found) == {
        "chapter": 13, "item": 17, "publication": 2, "finding": 3, "passive": 1,
    }  # fmt: skip
    chapter = next(one for one in found if one.get("chapter") == "causes")
    assert chapter == {
        "kind": "chapter", "topic": "tiny", "publication": "booklet", "audience": "general",
        "chapter": "causes", "title": "Why does it hurt?", "words": 41, "longest": 4, "limit": 8,
        "flesch_kincaid": 42.2, "automated": 36.1, "result": "FAIL",
        "whole": 13, "passive": 0, "passive_share": 0.0,
    }  # fmt: skip
    item = next(one for one in found if one.get("item") == "strain")
    assert (item["kind"], item["chapter"], item["words"], item["result"]) == (
        "item",
        "causes",
        37,
        "FAIL",
    )
    publication = next(one for one in found if one["kind"] == "publication")
    assert publication == {
        "kind": "publication", "topic": "tiny", "publication": "booklet", "audience": "general",
        "flesch_kincaid": 7.0, "automated": 6.0, "limit": 6, "result": "FAIL", "findings": 3,
        "chapters": 8, "words": 259, "longest": 9, "worst_chapter": "causes", "worst_grade": 42.2,
        "whole": 44, "passive": 1, "passive_share": 0.023, "hard_terms": 0,
    }  # fmt: skip
    finding = next(one for one in found if one["kind"] == "finding")
    assert finding["message"].startswith("for general, “Strain” reads at grade ")
    assert {name: finding[name] for name in ("code", "file", "line")} == {
        "code": "READING-LEVEL", "file": STRAIN, "line": 2,
    }  # fmt: skip
    assert finding["hint"] == "Begin with “Osteoporosis necessitates rehabilitation.”."


def test_json_lists_every_sentence_in_the_passive_and_every_hard_word(clinic):
    clinic.change(STRAIN, SUMMARY, "Bursitis was found by *MRI*.")
    found = objects(clinic.generate("check", "--audience", "general", "--json"))
    name = {"topic": "tiny", "publication": "booklet", "audience": "general"}
    assert [one for one in found if one["kind"] == "passive"] == [
        {"kind": "passive", **name, "chapter": "causes", "words": "was found",
         "sentence": "Bursitis was found by MRI."},
        {"kind": "passive", **name, "chapter": "about", "words": "is made",
         "sentence": "This is made up for the tests."},
    ]  # fmt: skip
    passage = "Bursitis was found by *MRI*."
    assert [one for one in found if one["kind"] == "term"] == [
        {"kind": "term", **name, "word": "MRI", "passage": passage, "abbreviation": True},
        {"kind": "term", **name, "word": "Bursitis", "passage": passage, "abbreviation": False},
    ]


def test_json_of_sources_that_cannot_be_read_is_findings(clinic):
    clinic.change(STRAIN, "id: strain", "id: strain\ncolour: red")
    ended = clinic.generate("check", "--json")
    assert (ended.code, ended.err) == (1, "")
    assert [(one["kind"], one["code"], one["line"]) for one in objects(ended)] == [
        ("finding", "KEY-UNKNOWN", 2)
    ]


def test_every_audience_that_something_is_printed_for_is_read(clinic):
    audiences = {one["audience"] for one in objects(clinic.generate("check", "--json"))}
    assert audiences == {"general", "older-adult"}


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("genral", "There is no audience “genral”. Did you mean “general”?\n"),
        (
            "clinician",
            "There is no publication for “clinician” yet. Known: general, older-adult.\n",
        ),
    ],
)
def test_an_audience_that_nothing_is_printed_for_is_refused(clinic, name, message):
    ended = clinic.generate("check", "--audience", name)
    assert (ended.code, ended.out, ended.err) == (2, "", message)


def add_faint_brand(clinic):
    clinic.write("layouts/brands/faint/brand.yaml", 'name: Faint\ncolours:\n  today: "#eeeeee"\n')


def test_a_colour_too_faint_is_found_in_any_brand(clinic):
    add_faint_brand(clinic)
    ended = clinic.generate("check")
    assert ended.code == 1
    assert (
        "layouts/brands/faint/brand.yaml:3: the colour “today” #eeeeee has a contrast of 1.2 to 1 "
        "on white paper. Choose a darker one: at least 4.5 to 1 is needed, as #616161 has. "
        "[COLOUR-FAINT]"
    ) in ended.out.splitlines()


def test_only_the_brands_asked_for_are_checked(clinic):
    add_faint_brand(clinic)
    assert clinic.generate("check", "--brand", "default").code == 0
    assert clinic.generate("check", "--brand", "faint").code == 1
    ended = clinic.generate("check", "--brand", "feint")
    assert (ended.code, ended.err) == (2, "There is no brand “feint”. Did you mean “faint”?\n")


def test_an_unsafe_publication_is_a_finding_and_the_rest_is_still_read(clinic):
    clinic.change(
        "sources/tiny/publications/thumb-sheet.yaml",
        "  - {part: warning-signs, tiers: [same-day], wording: short}\n",
        "",
    )
    ended = clinic.generate("check", "--audience", "general")
    assert ended.code == 1
    assert "[SAFE-SIGN]" in ended.out
    assert "tiny, booklet for general" in ended.out
    assert "tiny, thumb-sheet for" not in ended.out


@pytest.mark.slow
def test_the_whole_matrix_of_the_real_content_is_read(generate, library):
    ended = generate(["check", "--sources", str(ROOT / "sources"), "--json"])
    assert (ended.code in (0, 1), ended.err) == (True, "")
    read = [one for one in objects(ended) if one["kind"] == "publication"]
    (topic,) = library.topics.values()
    assert [(one["publication"], one["audience"]) for one in read] == [
        (name, audience)
        for name, publication in topic.publications.items()
        for audience in library.audiences
        if publication.serves(*library.lineage(audience))
    ]


# ---------------------------------------------------------------- items of no publication

TURN = """\
id: thumb-turn
title: Thumb turn
purpose: Keeps your thumb moving.
position: Sit.
steps:
  turn: {long}
dose: {{sets: 1, repetitions: 3, times_a_day: 1}}
figure: hand
{more}evidence: [S1]
"""
LONG = " ".join(["turn"] * 30)


@pytest.fixture
def turn(clinic):
    """Write an exercise of a long sentence, and keep it out of every publication."""

    def write(more=""):
        clinic.write("sources/tiny/exercises/thumb-turn.yaml", TURN.format(long=LONG, more=more))
        clinic.change(
            "sources/tiny/publications/booklet.yaml",
            "- {part: exercises, title: Exercises}",
            "- {part: exercises, title: Exercises, items: [thumb-bend, thumb-press]}",
        )

    return write


def found(clinic, *more):
    said = map(json.loads, clinic.generate("check", "--json", *more).out.splitlines())
    return [(one["code"], one["line"], one["message"]) for one in said if one["kind"] == "finding"]


def test_an_exercise_that_can_only_be_picked_is_read_for_all_who_may(clinic, turn):
    turn("not_for: {older-adult: it is too long}\n")
    ((code, line, message),) = found(clinic)
    assert (code, line) == ("SENTENCE-LONG", 6)
    assert message.startswith("for general, a sentence has 30 words")
    clinic.change("sources/tiny/exercises/thumb-turn.yaml", "older-adult: it", "general: it")
    ((_, _, message),) = found(clinic)
    assert message.startswith("for older-adult, a sentence has 30 words")


def test_an_item_that_nobody_can_get_is_told(clinic, turn):
    turn("for: {clinician: they turn}\n")
    clinic.write("sources/tiny/causes/fall.yaml", "id: fall\ntitle: A fall\nsummary: You fell.\n"
                 "evidence: [S1]\n")  # fmt: skip
    clinic.change(
        "sources/tiny/publications/booklet.yaml",
        "{part: causes, title: Why does it hurt?}",
        "{part: causes, title: Why does it hurt?, items: [strain]}",
    )
    assert found(clinic) == [
        ("ITEM-UNREAD", 1, "no publication prints “fall”, so its words were not read"),
        ("ITEM-UNREAD", 1, "no publication prints “thumb-turn”, so its words were not read"),
    ]
    assert found(clinic, "--audience", "general") == []


def test_what_cannot_be_read_for_another_fault_is_not_called_unread(clinic, turn):
    turn()
    clinic.change(
        "sources/tiny/publications/booklet.yaml",
        "{part: causes, title: Why does it hurt?}",
        "{part: causes, title: Why does it hurt?}\n  - {part: causes, title: Once more}",
    )
    assert {code for code, _, _ in found(clinic)} == {"ITEM-TWICE", "SENTENCE-LONG"}


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("cautions.yaml", "No check can be fully sure."),
        ("publications/thumb-sheet.yaml", "These were chosen for you."),
    ],
    ids=["what only a sheet handed over says", "what only a sheet of picks says"],
)
def test_words_of_a_single_print_are_read(clinic, file, words):
    """Both are told once, though many sheets hold them."""
    clinic.change(f"sources/tiny/{file}", words, LONG)
    line = (clinic.folder / f"sources/tiny/{file}").read_text().split(LONG)[0].count("\n") + 1
    ((code, at, message),) = found(clinic)
    assert (code, at) == ("SENTENCE-LONG", line)
    assert message.startswith("for general, older-adult, a sentence has 30 words")


def test_what_is_wrong_in_both_settings_is_told_once(clinic):
    """The mean of a given sheet is another, since its words differ; the rule is the same."""
    make_hard(clinic)
    told = [one for one in found(clinic, "--audience", "general") if one[0] == "READING-MEAN"]
    assert len(told) == 1
