"""Reading level: the formulas against texts of known grade, and the rules on what is read."""

import re
from html import unescape

import pytest
from textstat_rs import automated_readability_index, flesch_kincaid_grade

from clinicpress.checks.reading import (
    FIELDS,
    Grades,
    Piece,
    Score,
    chapters,
    hardest,
    score,
    sentences,
)
from clinicpress.content import model
from clinicpress.content.reader import read_library
from clinicpress.content.text import to_plain
from clinicpress.design.design import open_design
from clinicpress.editions.edition import Edition
from clinicpress.editions.selection import select
from clinicpress.pages.compose import compose
from tests.conftest import ROOT

STRAIN = "sources/tiny/causes/strain.yaml"
PLAN = "sources/tiny/publications.yaml"
BEND = "sources/tiny/exercises/thumb-bend.yaml"
SUMMARY = "You used it more than it is used to."
HARD = (
    "Musculoskeletal deconditioning necessitates individualised rehabilitation. "
    "Inappropriate immobilisation predisposes individuals to considerable deterioration. "
    "Multidisciplinary collaboration facilitates comprehensive management. "
    "Interprofessional communication accelerates functional recuperation considerably. "
    "Contraindications necessitate specialist consultation, "
    "notwithstanding considerable improvement."
)  # 31 words

# The two sentences with which encyclopaedias explain the formula, and what they score there:
# https://en.wikipedia.org/wiki/Flesch%E2%80%93Kincaid_readability_tests
CAT = "The cat sat on the mat."
PLATYPUS = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."

# McGuffey's Third Eclectic Reader (1879), lesson XIII, a school book for the third of six years;
# https://www.gutenberg.org/ebooks/14766
WOLF = (
    "A boy was once taking care of some sheep, not far from a forest. Near by was a village, and "
    "he was told to call for help if there was any danger. One day, in order to have some fun, he "
    "cried out, with all his might, “The wolf is coming! the wolf is coming!” The men came "
    "running with clubs and axes to destroy the wolf. As they saw nothing they went home again, "
    "and left John laughing in his sleeve."
)

# A. Lincoln, 1863. GNU style gives Kincaid 10.2 and ARI 12.1 for the whole address:
# https://vergil66.wordpress.com/2007/04/03/enjoying-the-gettysburg-address/
GETTYSBURG = (
    "Four score and seven years ago our fathers brought forth on this continent, a new nation, "
    "conceived in Liberty, and dedicated to the proposition that all men are created equal. Now we "
    "are engaged in a great civil war, testing whether that nation, or any nation so conceived and "
    "so dedicated, can long endure. We are met on a great battle-field of that war. We have come "
    "to dedicate a portion of that field, as a final resting place for those who here gave their "
    "lives that that nation might live. It is altogether fitting and proper that we should do "
    "this. But, in a larger sense, we can not dedicate — we can not consecrate — we can not hallow "
    "— this ground. The brave men, living and dead, who struggled here, have consecrated it, far "
    "above our poor power to add or detract. The world will little note, nor long remember what we "
    "say here, but it can never forget what they did here. It is for us the living, rather, to be "
    "dedicated here to the unfinished work which they who fought here have thus far so nobly "
    "advanced. It is rather for us to be here dedicated to the great task remaining before us — "
    "that from these honored dead we take increased devotion to that cause for which they gave the "
    "last full measure of devotion — that we here highly resolve that these dead shall not have "
    "died in vain — that this nation, under God, shall have a new birth of freedom — and that "
    "government of the people, by the people, for the people, shall not perish from the earth."
)


def graded(text):
    return score(sentences(text))


def test_flesch_kincaid_is_that_of_the_examples():
    assert graded(CAT).flesch_kincaid == -1.4  # 0.39 · 6 + 11.8 · 6/6 - 15.59 = -1.45
    assert graded(PLATYPUS).flesch_kincaid == 11.3  # 0.39 · 13 + 11.8 · 24/13 - 15.59


def test_automated_index_is_that_of_its_formula():
    assert graded(CAT).automated == -4.3  # 4.71 · 18/6 + 0.5 · 6 - 21.43
    assert graded(PLATYPUS).automated == 10.1  # 4.71 · 69/13 + 0.5 · 13 - 21.43


@pytest.mark.parametrize(
    ("text", "kincaid", "automated"),
    [(WOLF, (3, 6), (3, 6)), (GETTYSBURG, (9.2, 11.2), (11.1, 13.1))],
)
def test_texts_of_known_grade_get_that_grade(text, kincaid, automated):
    got = graded(text)
    assert kincaid[0] <= got.flesch_kincaid <= kincaid[1]
    assert automated[0] <= got.automated <= automated[1]


@pytest.mark.parametrize("text", [PLATYPUS, WOLF, GETTYSBURG])
def test_the_two_formulas_agree(text):
    got = graded(text)
    assert abs(got.flesch_kincaid - got.automated) <= 2


@pytest.mark.parametrize("text", [CAT, PLATYPUS, GETTYSBURG.split(" But, ")[0]])
def test_running_text_scores_as_the_library_scores_it(text):
    got = graded(text)
    assert got.flesch_kincaid == pytest.approx(flesch_kincaid_grade(text), abs=0.06)
    assert got.automated == pytest.approx(automated_readability_index(text), abs=0.06)


def test_the_higher_grade_decides():
    assert Grades(3.0, 5.0).grade == Grades(5.0, 3.0).grade == 5.0


def test_each_entry_of_a_list_is_a_sentence():
    bullets = ("Sit tall", "Lift your arms", "Breathe out", "Lower them slowly")
    assert Piece("a", "a", bullets).sentences() == list(bullets)
    assert score(Piece("a", "a", bullets).sentences()).longest == 3
    assert graded(" ".join(bullets)).longest == 10


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        ("Stop. Get help!", ["Stop.", "Get help!"]),
        ("Hot? Cold? Numb?", ["Hot?", "Cold?", "Numb?"]),
        ("Hold 3.5 seconds, e.g. at home.", ["Hold 3.5 seconds, e.g. at home."]),
        ("“No pain.” That is *not* so.", ["“No pain.", "That is not so."]),
        ("Call us by ____________ or sooner.", ["Call us by   or sooner."]),
        ("____________", []),
        ("…", []),
    ],
)
def test_where_a_sentence_ends(passage, expected):
    assert sentences(passage) == expected


def test_too_few_words_are_scored_and_not_judged():
    assert Score(12, 9, words=29, longest=9).judged(8) == "short"
    assert Score(12, 9, words=30, longest=9).judged(8) == "FAIL"
    assert Score(8.0, 8.0, words=30, longest=9).judged(8) == "pass"
    assert Score(8.1, 8.0, words=30, longest=9).judged(8) == "FAIL"
    assert Score(8.0, 8.1, words=30, longest=9).judged(8) == "FAIL"
    assert Score(20, 20, words=300, longest=9).judged(None) == "no limit"


def test_the_hardest_sentence_is_no_fragment():
    assert hardest(Piece("a", "a", ("Osteoporosis", f"{CAT} {PLATYPUS}"))) == PLATYPUS


# What is read: the manuscript, as its sections print it.


def edition(publication, audience="general"):
    return Edition("tiny", publication, audience, "standard", "en", "neutral", "default", "A4")


def read(library, publication, audience="general"):
    found = chapters(select(library, edition(publication, audience)))
    return {chapter.id: list(chapter.passages) for chapter in found}


def test_a_chapter_is_what_its_section_prints(tiny):
    assert read(tiny, "thumb-sheet", "older-adult") == {
        "message": [
            "Move your thumb",
            "Rest your thumb a little, and keep it moving.",
            "For adults over 65",
        ],
        "gate": [
            "Before you start",
            "Nobody has checked you yet.",
            "Any emergency sign? Call your local emergency number now.",
        ],
        "warning-signs": [
            "Get emergency help now",
            "Call your local emergency number now.",
            "Hand",
            "Thumb cut off",
            "Thumb blue or cold",
            "Signs that need help today are at the end of this sheet.",
        ],
        "exercises": [
            "What to do",
            "Thumb bend",
            "Sit with your whole arm on a table.",
            "Bend your thumb.",
            "Straighten it again.",
            "it hurts",
            "hurrying",
            "Do it once.",
            "Stop for sharp pain.",
        ],
        "warning-signs-2": [
            "Get help today",
            "Call your family doctor today.",
            "Hand",
            "Thumb hot or swollen",
        ],
    }


def test_a_booklet_prints_signs_in_full_and_no_references(tiny):
    found = read(tiny, "booklet")
    assert "Is your thumb blue, or cold?" in found["warning-signs"]
    assert "Thumb blue or cold" not in found["warning-signs"]
    assert "references" not in found


def test_of_a_professionals_technique_only_what_it_is_is_printed(clinic):
    clinic.write(
        "sources/tiny/techniques/pro.yaml",
        "id: pro\ntitle: Thumb press\ngiven_by: professional\npurpose: May feel good.\n"
        "is_not: It is no cure.\navoid_if: {cut: your thumb is cut}\nevidence: [S1]\n",
    )
    found = read(read_library(clinic.folder / "sources"), "booklet")["techniques"]
    start = found.index("Thumb press")
    assert found[start : start + 3] == ["Thumb press", "May feel good.", "It is no cure."]
    assert "your thumb is cut" not in found


def test_every_chapter_of_the_real_content_is_read(library):
    booklet = select(library, Edition("upper-back-pain", "booklet", "general", "standard", "en",
                                      "neutral", "default", "A4"))  # fmt: skip
    unread = {
        "references",
        "diary",
        "goal",
        "my-exercises",
        "back-cover",
    }  # no words of the content
    expected = [section.id for section in booklet.sections if section.part not in unread]
    found = chapters(booklet)
    assert [chapter.id for chapter in found] == expected
    for chapter in found:
        entries = booklet.sections[chapter.number].entries
        assert [item.id for item in chapter.items] == [entry.id for entry in entries]


def printed(manuscript):
    """Return the text of the page that the layouts make of a manuscript, without its tags."""
    design = open_design(
        ROOT / "layouts", brand="default", format="standard", language="en", paper="A4"
    )
    html = compose(manuscript, design, {"placeholder": ""})
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html.partition("</style>")[2])).split())


@pytest.mark.parametrize("name", ["booklet", "when-to-get-help", "understanding", "self-massage",
                                  "partner-massage", "exercises", "at-your-desk"])  # fmt: skip
def test_nothing_is_scored_that_is_not_printed(library, name):
    manuscript = select(library, Edition("upper-back-pain", name, "general", "standard", "en",
                                         "neutral", "default", "A4"))  # fmt: skip
    page = printed(manuscript)
    scored = [passage for chapter in chapters(manuscript) for passage in chapter.passages]
    assert len(scored) > 50
    unprinted = [words for words in scored if to_plain(words).rstrip(".") not in page]
    assert unprinted == []


KINDS = {
    "exercises": model.Exercise,
    "techniques": model.Technique,
    "self-care": model.SelfCare,
    "causes": model.Cause,
    "questions": model.Question,
    "myths": model.Myth,
    "tier": model.SignTier,
    "signgroup": model.SignGroup,
    "warningsign": model.WarningSign,
    "caution-list": model.CautionList,
    "caution": model.Caution,
    "notice": model.Notice,
    "scale": model.Scale,
    "zone": model.Zone,
    "term": model.Term,
    "reference": model.Reference,
}
NOT_READ = {("exercises", "muscles")}


def test_every_text_of_every_kind_is_read_or_known_not_to_be():
    assert set(KINDS) == set(FIELDS) - {"about"}
    texts = {
        (kind, name)
        for kind, record in KINDS.items()
        for name, field in record.model_fields.items()
        if "model.Text" in repr(field.annotation)
    }
    assert len(texts) > 50
    assert {(kind, name) for kind, name in texts if name not in FIELDS[kind]} == NOT_READ


# The rules.


def line_of(clinic, path, words):
    """Return the line, from 1, of a file in which ``words`` stand for the only time."""
    lines = (clinic.folder / path).read_text().splitlines()
    (found,) = [number for number, line in enumerate(lines, start=1) if words in line]
    return found


@pytest.fixture
def said(clinic):
    """Return a function that runs ``check`` and returns its findings of one code."""

    def run(code, *arguments):
        ended = clinic.generate("check", *arguments)
        found = [line for line in ended.out.splitlines() if line.endswith(f"[{code}]")]
        assert ended.code == (1 if found else 0), ended.out + ended.err
        return found

    return run


def test_a_hard_item_is_found_in_its_chapter_and_by_itself(clinic, said):
    clinic.change(STRAIN, SUMMARY, HARD)
    found = said("READING-LEVEL", "--audience", "general")
    section = line_of(clinic, PLAN, "part: causes")
    assert [line.split(" reads ")[0] for line in found] == [
        f"{STRAIN}:2: for general, “Strain”",
        f"{PLAN}:{section}: in “booklet” for general, the chapter “Why does it hurt?”",
    ]
    assert all("at most 8 may be. Begin with “" in line for line in found)


def test_a_hard_item_is_still_printed(clinic, said):
    from datetime import date

    from clinicpress.checks.sources import overdue, unprintable

    clinic.change(STRAIN, SUMMARY, HARD)
    library = read_library(clinic.folder / "sources")
    assert said("READING-LEVEL") != []
    assert list(overdue(library, ["tiny"], date(2026, 11, 22), clinic.folder / "sources")) == []
    assert (
        list(
            unprintable(
                library, ["tiny"], clinic.folder / "sources", clinic.folder / "layouts", ["default"]
            )
        )
        == []
    )


def test_a_short_hard_item_is_left_to_its_chapter(clinic, said):
    clinic.change(STRAIN, SUMMARY, "Musculoskeletal deconditioning.")
    assert said("READING-LEVEL") == []


def test_the_mean_has_a_target_of_its_own(clinic, said):
    clinic.change("sources/audiences.yaml", "for_whom: For adults\n  reading: {mean: 6,",
                  "for_whom: For adults\n  reading: {mean: 0.1,")  # fmt: skip
    found = said("READING-MEAN")
    cover, message = (line_of(clinic, PLAN, f"part: {part}") for part in ("cover", "message"))
    assert [line.split(" is grade ")[0] for line in found] == [
        f"{PLAN}:{cover}: in “booklet” for general, the mean reading level",
        f"{PLAN}:{message}: in “thumb-sheet” for general, the mean reading level",
    ]


def test_an_audience_without_a_target_has_no_limit(clinic, said):
    clinic.change(STRAIN, SUMMARY, f"{HARD} {'Up and ' * 12}down.")
    text = (clinic.folder / "sources/audiences.yaml").read_text()
    clinic.write("sources/audiences.yaml", text.replace("  reading: {mean: 6, worst: 8}\n", ""))
    assert said("READING-LEVEL") == said("SENTENCE-LONG") == []


def words(count):
    return " ".join(["go"] * count) + "."


def test_a_sentence_has_at_most_20_words(clinic, said):
    clinic.change(STRAIN, SUMMARY, words(20))
    assert said("SENTENCE-LONG") == []
    clinic.change(STRAIN, words(20), words(21))
    assert said("SENTENCE-LONG", "--audience", "general") == [
        f"{STRAIN}:3: for general, a sentence has 21 words, and at most 20 may be: “{words(21)}”. "
        "Make two of it. [SENTENCE-LONG]"
    ]


def test_an_easy_read_sentence_has_at_most_15_words(clinic, said):
    for path in ("sources/audiences.yaml", "sources/tiny/publications.yaml", BEND):
        text = (clinic.folder / path).read_text()
        clinic.write(path, text.replace("older-adult", "easy-read"))
    clinic.change("sources/tiny/exercises/thumb-press.yaml", "older-adult", "easy-read")
    clinic.change(STRAIN, SUMMARY, words(15))
    assert said("SENTENCE-LONG", "--audience", "easy-read") == []
    clinic.change(STRAIN, words(15), words(16))
    (found,) = said("SENTENCE-LONG", "--audience", "easy-read")
    assert "a sentence has 16 words, and at most 15 may be" in found
    assert said("SENTENCE-LONG", "--audience", "general") == []


def test_a_list_has_at_most_7_entries(clinic, said):
    path, old = "sources/tiny/cautions.yaml", "    bone: {text: The bone, evidence: [S1]}\n"
    entries = [f"    b{n}: {{text: Bone {n}, evidence: [S1]}}\n" for n in range(8)]
    clinic.change(path, old, "".join(entries[:7]))
    assert said("LIST-LONG") == []
    clinic.change(path, entries[0], entries[0] + entries[7])
    (found,) = said("LIST-LONG", "--audience", "general")
    assert found.endswith(
        ": for general, the list “entries” of “never_press” has 8 entries; at most 7 may be. "
        "Make two lists of it. [LIST-LONG]"
    )
    assert found.startswith(f"{path}:{line_of(clinic, path, 'b0: ')}: ")


def test_an_entry_that_is_not_for_this_audience_is_not_counted(clinic, said):
    path, old = "sources/tiny/cautions.yaml", "    bone: {text: The bone, evidence: [S1]}\n"
    entry = "    b{0}: {{text: Bone {0}, evidence: [S1]{1}}}\n"
    refused = ", not_for: {older-adult: Too much}"
    clinic.change(path, old, "".join(entry.format(n, refused if n == 7 else "") for n in range(8)))
    assert [found.split(", ")[0].split(": ")[1] for found in said("LIST-LONG")] == ["for general"]


def test_an_answer_has_at_most_150_words(clinic, said):
    question = "id: why\ntitle: Why?\nevidence: [S1]\nanswer:\n  a: {}\n  b: {}\n"
    clinic.change("sources/tiny/publications.yaml", "    - {part: references",
                  "    - {part: questions, title: Questions}\n    - {part: references")  # fmt: skip
    clinic.write("sources/tiny/questions/why.yaml", question.format("Go. " * 100, "Go. " * 50))
    assert said("ANSWER-LONG") == []
    clinic.write("sources/tiny/questions/why.yaml", question.format("Go. " * 100, "Go. " * 51))
    assert said("ANSWER-LONG", "--audience", "general") == [
        "sources/tiny/questions/why.yaml:5: for general, the answer “why” has 151 words; "
        "at most 150 may be. Keep what helps the reader decide. [ANSWER-LONG]"
    ]


def test_a_handout_has_no_more_exercises_than_its_reader_can_take_on(clinic, said):
    clinic.change("sources/audiences.yaml", "exercise_limit: 4", "exercise_limit: 1")
    section = line_of(clinic, PLAN, "[thumb-bend, thumb-press]")
    assert said("EXERCISE-LIMIT") == [
        f"{PLAN}:{section}: in “thumb-sheet” for general, 2 exercises are set; "
        "at most 1 may be. Take some out. [EXERCISE-LIMIT]"
    ]
