"""Reading level: the formulas against texts of known grade, and the rules on what is read."""

import re
from dataclasses import replace
from html import unescape
from typing import get_args

import pytest
from textstat_rs import automated_readability_index, flesch_kincaid_grade

from clinicpress.checks.reading import (
    Grades,
    Piece,
    Score,
    chapters,
    hardest,
    score,
    sentences,
)
from clinicpress.checks.written import written
from clinicpress.content import model
from clinicpress.content.reader import read_library
from clinicpress.content.text import fill, to_plain
from clinicpress.design.design import open_design
from clinicpress.editions.edition import Edition
from clinicpress.editions.printed import FIELDS, FRONT
from clinicpress.editions.selection import select
from clinicpress.pages.compose import compose
from tests.conftest import ROOT, TINY, content, undrawn

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
    assert Piece("a", "a", bullets).sentences() == bullets
    assert Piece("a", "a", bullets).score().longest == 3
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
    assert list(sentences(passage)) == expected


def test_too_few_words_are_scored_and_not_judged():
    assert Score(12, 9, words=29, longest=9).judged(8) == "short"
    assert Score(12, 9, words=30, longest=9).judged(8) == "FAIL"
    assert Score(8.0, 8.0, words=30, longest=9).judged(8) == "pass"
    assert Score(8.1, 8.0, words=30, longest=9).judged(8) == "FAIL"
    assert Score(8.0, 8.1, words=30, longest=9).judged(8) == "FAIL"
    assert Score(20, 20, words=300, longest=9).judged(None) == "no limit"


def test_the_passive_is_a_share_of_whole_sentences():
    got = Piece(
        "a", "a", ("Self-care", "Heat helps.", "Heat is used.", "A rest between times is fine")
    )
    assert (got.score().whole, got.score().passive) == (3, 1)
    assert got.score().passive_share == pytest.approx(1 / 3)
    assert Piece("a", "a", ("Self-care",)).score().passive_share == 0


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
            "Keeps your thumb moving.",
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


def test_a_kind_of_entry_or_part_that_nobody_has_described_is_not_left_out_in_silence(tiny):
    manuscript = select(tiny, edition("thumb-sheet"))
    section = manuscript.sections[1]
    entry = replace(section.entries[0], kind="poem")
    for unknown, what in (
        (replace(section, entries=(entry,)), "an entry “poem”"),
        (replace(section, part="poems"), "the part “poems”"),
    ):
        with pytest.raises(KeyError, match=what):
            chapters(replace(manuscript, sections=(unknown,)))


def test_of_every_part_it_is_told_what_is_printed():
    assert set(FRONT) == set(get_args(model.Part))


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
    """Return the text of each section as the layouts set it, by its id and without its tags."""
    html = compose(manuscript, DESIGN, undrawn, spread=True)
    _, *parts = re.split(r'<section [^>]*data-section="([^"]*)">', html)
    bare = (re.sub(r"</?(strong|em)>", "", part) for part in parts[1::2])
    texts = (unescape(re.sub(r"<[^>]*>", " ", part)) for part in bare)
    pages: dict[str, str] = {}
    for id, text in zip(parts[::2], texts, strict=True):  # a section may go on after another
        pages[id] = f"{pages.get(id, '')} {' '.join(text.split())}".strip()
    return pages


def on_paper(words):
    """Return words as they stand within a page: the templates set full stops of their own."""
    return to_plain(words).rstrip(".")


SOURCES = {"upper-back-pain": ROOT / "sources", "tiny": TINY}
LIBRARIES = {topic: content(sources) for topic, sources in SOURCES.items()}
WRITTEN = {
    topic: {text.words for text in written(library.topics[topic], SOURCES[topic])}
    for topic, library in LIBRARIES.items()
}
DESIGN = open_design(
    ROOT / "layouts", brand="default", format="standard", language="en", paper="A4"
)
EDITIONS = [
    Edition(topic, name, audience, "standard", "en", "neutral", "default", "A4", setting)
    for topic, library in LIBRARIES.items()
    for name, publication in library.topics[topic].publications.items()
    for audience in library.audiences
    for setting in publication.settings
    if publication.serves(*library.lineage(audience))
]


@pytest.mark.few(20)
@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: str(edition.path.stem))
def test_what_is_read_is_what_is_printed(edition):
    manuscript = select(LIBRARIES[edition.topic], edition)
    pages = printed(manuscript)
    assert pages.keys() <= {section.id for section in manuscript.sections}
    read = {chapter.id: set(map(on_paper, chapter.passages)) for chapter in chapters(manuscript)}
    meanings = dict(manuscript.meanings)
    content = {on_paper(fill(words, meanings)) for words in WRITTEN[edition.topic]}
    for section in manuscript.sections:
        page, passages = pages.get(section.id, ""), read.get(section.id, set())
        assert [words for words in passages if words not in page] == [], section.id
        repeated = set(map(on_paper, names_in(section, manuscript)))
        for words in sorted(passages | repeated, key=len, reverse=True):
            page = page.replace(words, "¦")
        unread = [words for words in content if len(words.split()) > 2 and words in page]
        assert unread == [], section.id


def names_in(section, manuscript):
    """Yield the titles that a section repeats only as names, which are not read again."""
    if section.part == "contents":
        yield from (other.title for other in manuscript.sections if other.title)
        yield from (entry.title for entry in manuscript.entries("exercises"))
    if section.part == "diary":
        yield from (entry.title for entry in manuscript.entries("exercises", "techniques"))
    if section.part == "back-cover":
        yield manuscript.title
    if section.title:
        yield section.title
    yield from (entry.title for entry in section.entries if entry.kind == "reference")


KINDS = {
    "exercises": model.Exercise,
    "techniques": model.Technique,
    "procedures": model.Procedure,
    "self-care": model.SelfCare,
    "texts": model.TextItem,
    "causes": model.Cause,
    "questions": model.Question,
    "myths": model.Myth,
    "tier": model.SignTier,
    "signgroup": model.SignGroup,
    "signline": model.SignLine,
    "warningsign": model.WarningSign,
    "caution-list": model.CautionList,
    "caution": model.Caution,
    "notice": model.Notice,
    "scale": model.Scale,
    "zone": model.Zone,
    "term": model.Term,
    "checklist": model.Checklist,
    "finding": model.Finding,
    "undecided": model.Undecided,
    "reference": model.Reference,
}


def test_every_text_of_every_kind_is_read_somewhere():
    assert set(KINDS) == set(FIELDS) - {"about"}
    assert {kind: record.entry_kind for kind, record in KINDS.items()} == {k: k for k in KINDS}
    texts = {
        (kind, name)
        for kind, record in KINDS.items()
        for name, field in record.model_fields.items()
        if re.search(r"\.Text\b", repr(field.annotation))
    }
    assert len(texts) > 50
    unread = {(kind, name) for kind, name in texts if name not in FIELDS[kind]}
    assert unread == {("tier", "elsewhere")}  # which stands as the pointer of an extract
