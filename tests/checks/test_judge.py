"""The rules on how a manuscript reads, each with what breaks it and what does not."""

import pytest

from clinicpress.content.reader import read_library

STRAIN = "sources/tiny/causes/strain.yaml"
PLAN = "sources/tiny/publications/booklet.yaml"
SHEET = "sources/tiny/publications/thumb-sheet.yaml"
BEND = "sources/tiny/exercises/thumb-bend.yaml"
TOPIC = "sources/tiny/topic.yaml"
GLOSSARY = "sources/tiny/glossary.yaml"
SUMMARY = "You used it more than it is used to."
HARD = (
    "Musculoskeletal deconditioning necessitates individualised rehabilitation. "
    "Inappropriate immobilisation predisposes individuals to considerable deterioration. "
    "Multidisciplinary collaboration facilitates comprehensive management. "
    "Interprofessional communication accelerates functional recuperation considerably. "
    "Contraindications necessitate specialist consultation, "
    "notwithstanding considerable improvement."
)  # 31 words


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
        lines = ended.out.splitlines()
        assert ended.code == (1 if lines[-1].endswith("FAILED.") else 0), ended.out + ended.err
        return [line for line in lines if line.endswith(f"[{code}]")]

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
    cover, message = line_of(clinic, PLAN, "part: cover"), line_of(clinic, SHEET, "part: message")
    assert [line.split(" is grade ")[0] for line in found] == [
        f"{PLAN}:{cover}: in “booklet” for general, the mean reading level",
        f"{SHEET}:{message}: in “thumb-sheet” for general, the mean reading level",
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


def test_an_audience_may_have_shorter_sentences(clinic, said):
    target = "for_whom: For adults over 65\n  reading: {mean: 6, worst: 8"
    clinic.change("sources/audiences.yaml", target, f"{target}, longest_sentence: 15")
    clinic.change(STRAIN, SUMMARY, words(15))
    assert said("SENTENCE-LONG") == []
    clinic.change(STRAIN, words(15), words(16))
    (found,) = said("SENTENCE-LONG")
    assert ": for older-adult, a sentence has 16 words, and at most 15 may be: “" in found


def test_what_is_the_same_for_several_audiences_is_told_once(clinic, said):
    clinic.change(STRAIN, SUMMARY, words(21))
    (found,) = said("SENTENCE-LONG")
    assert ": for general, older-adult, a sentence has 21 words" in found


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
    clinic.change(PLAN, "  - {part: references",
                  "  - {part: questions, title: Questions}\n  - {part: references")  # fmt: skip
    clinic.write("sources/tiny/questions/why.yaml", question.format("Go. " * 100, "Go. " * 50))
    assert said("ANSWER-LONG") == []
    clinic.write("sources/tiny/questions/why.yaml", question.format("Go. " * 100, "Go. " * 51))
    assert said("ANSWER-LONG", "--audience", "general") == [
        "sources/tiny/questions/why.yaml:5: for general, the answer “why” has 151 words; "
        "at most 150 may be. Keep what helps the reader decide. [ANSWER-LONG]"
    ]


def test_a_handout_has_no_more_exercises_than_its_reader_can_take_on(clinic, said):
    clinic.change("sources/audiences.yaml", "exercise_limit: 4", "exercise_limit: 1")
    section = line_of(clinic, SHEET, "[thumb-bend, thumb-press]")
    assert said("EXERCISE-LIMIT") == [
        f"{SHEET}:{section}: in “thumb-sheet” for general, 2 exercises are set; "
        "at most 1 may be. Take some out. [EXERCISE-LIMIT]"
    ]


def passive_answer(clinic, of):
    """Print one question with three sentences in the passive and others to make ``of``."""
    clinic.change(PLAN, "  - {part: references", "  - {part: questions, title: Questions}\n"
                  "  - {part: references")  # fmt: skip
    sentences = ["It is pressed.", "It was often moved.", "It has been rubbed."]
    sentences += ["You can rest."] * (of - 4)  # the title is the fourth
    clinic.write(
        "sources/tiny/questions/why.yaml",
        f"id: why\ntitle: What was done?\nevidence: [S1]\nanswer:\n  a: {' '.join(sentences)}\n",
    )


def test_more_than_a_fifth_of_the_sentences_in_the_passive_is_too_much(clinic, said):
    passive_answer(clinic, of=13)
    found = said("PASSIVE", "--audience", "general")
    section = line_of(clinic, PLAN, "part: questions")
    assert found == [
        f"{PLAN}:{section}: in “booklet” for general, the chapter “Questions” has 4 of 13 "
        "sentences in the passive; at most 20% may be. Say who does it; begin with “What was "
        "done?”. [PASSIVE]",
        "sources/tiny/questions/why.yaml:2: for general, “What was done?” has 4 of 13 sentences "
        "in the passive; at most 20% may be. Say who does it; begin with “What was done?”. "
        "[PASSIVE]",
    ]


def test_a_fifth_of_the_sentences_in_the_passive_may_be(clinic, said):
    passive_answer(clinic, of=20)
    assert said("PASSIVE") == []


def test_two_sentences_in_the_passive_may_be_however_short_the_text(clinic, said):
    clinic.change(STRAIN, SUMMARY, "It is pressed. It was often moved.")
    assert said("PASSIVE") == []
    clinic.change(STRAIN, "It is pressed.", "It is pressed. It has been rubbed.")
    assert len(said("PASSIVE", "--audience", "general")) == 2


def test_a_hard_word_needs_an_explanation(clinic, said):
    clinic.change(STRAIN, SUMMARY, "It may be bursitis or tenosynovitis.")
    assert said("TERM-HARD", "--audience", "general") == [
        f"{STRAIN}:3: for general, “{word}” is a word that readers may not know. "
        "Use a plain word, or explain it in glossary.yaml. [TERM-HARD]"
        for word in ("bursitis", "tenosynovitis")
    ]


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (STRAIN, "Bursitis may come too.", "A sore joint (bursitis) may come too."),
        (GLOSSARY, "joint:", "b: {term: Bursitis, meaning: A sore joint.}\njoint:"),
        (TOPIC, "never_print:", "known_words: [bursitis]\nnever_print:"),
    ],
    ids=["plain words", "the glossary", "the topic's known words"],
)  # fmt: skip
def test_what_explains_a_hard_word(clinic, said, path, old, new):
    clinic.change(STRAIN, SUMMARY, "Bursitis may come too.")
    assert len(said("TERM-HARD", "--audience", "general")) == 1
    clinic.change(path, old, new)
    assert said("TERM-HARD") == []


def test_the_trades_name_of_a_step_stands_beside_plain_words(clinic, said):
    rub = "sources/tiny/techniques/thumb-rub.yaml"
    text = (clinic.folder / rub).read_text()
    step = text.split("steps:\n  ")[1].split(":")[0]
    clinic.write(rub, f"{text}names:\n  {step}: effleurage\n")
    assert said("TERM-HARD") == []


def test_an_abbreviation_is_spelt_out_first(clinic, said):
    clinic.change(STRAIN, SUMMARY, "You may need an MRI.")
    (found,) = said("TERM-ABBREVIATION", "--audience", "general")
    assert found.startswith(f"{STRAIN}:3: for general, “MRI” is not spelt out where it stands")
    clinic.change(STRAIN, "an MRI", "a body scan (MRI)")
    assert said("TERM-ABBREVIATION") == []


def test_the_words_of_a_region_are_not_the_topics(clinic, said):
    clinic.change(STRAIN, SUMMARY, "Ask your [[family-doctor]].")
    regions = (clinic.folder / "sources/regions.yaml").read_text()
    clinic.write("sources/regions.yaml", regions.replace("family doctor", "GP"))
    assert "GP" in (clinic.folder / "sources/regions.yaml").read_text()
    assert said("TERM-ABBREVIATION") == []


def test_hard_words_are_for_those_who_have_no_reading_target(clinic, said):
    clinic.change(STRAIN, SUMMARY, "You may need an MRI of the tenosynovitis.")
    text = (clinic.folder / "sources/audiences.yaml").read_text()
    clinic.write("sources/audiences.yaml", text.replace("  reading: {mean: 6, worst: 8}\n", ""))
    assert said("TERM-HARD") == said("TERM-ABBREVIATION") == said("PASSIVE") == []


def test_a_chapter_is_placed_right_behind_a_section_that_this_reader_does_not_get(clinic, said):
    clinic.change(STRAIN, SUMMARY, HARD)
    other = "  - {part: about, title: About, not_for: {general: Not needed.}}\n"
    other += "  - {part: gate, setting: given}\n"
    clinic.change(PLAN, "  - {part: causes", other + "  - {part: causes")
    found = said("READING-LEVEL", "--audience", "general")
    section = line_of(clinic, PLAN, "part: causes")
    assert f"{PLAN}:{section}: in “booklet” for general, the chapter" in found[1]


def test_a_chapter_is_placed_right_where_a_reader_has_sections_of_its_own(clinic, said):
    clinic.change(STRAIN, SUMMARY, HARD)
    text = (clinic.folder / PLAN).read_text()
    top, _, sections = text.partition("sections:\n")
    own = "".join(
        f"  {line}\n" for line in sections.replace("Why does", "Tell me why does").splitlines()
    )
    default = "".join(f"  {line}\n" for line in sections.splitlines())
    plans = f"sections:\n  default:\n{default}  older-adult:\n{own}"
    reason = "because: {older-adult: It is asked twice.}\n"
    clinic.write(PLAN, f"{top}{reason}{plans}")
    found = [line for line in said("READING-LEVEL") if "the chapter" in line]
    assert [line.split(": ")[0] for line in found] == [
        f"{PLAN}:{line_of(clinic, PLAN, title)}"
        for title in ("title: Why does", "Tell me why does")
    ]
