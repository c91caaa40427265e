"""The content as a whole: the real topic is complete, and a second topic needs no new code."""

import re
import shutil
from pathlib import Path

import pytest

from clinicpress.content.model import Audience
from clinicpress.content.reader import read_library
from clinicpress.content.text import tokens_in
from tests.conftest import TINY

EXERCISES = 14
REGIONS = ["GB", "US", "IE", "AU", "neutral"]
AUDIENCES = [
    "general", "older-adult", "pregnant", "desk-worker", "active", "carer", "clinician",
    "easy-read",
]  # fmt: skip


def signs(topic):
    return {
        tier: [sign for group in tiers.groups.values() for sign in group.signs.items()]
        for tier, tiers in topic.tiers.items()
    }


def test_the_real_topic_holds_what_was_asked_for(library):
    topic = library.topics["upper-back-pain"]
    assert len(topic.exercises) == EXERCISES
    assert len(topic.causes) >= 10
    assert len(topic.techniques) >= 6
    assert len(topic.questions) >= 8 + 6
    assert list(topic.tiers) == ["emergency", "same-day", "appointment"]
    assert list(library.regions) == REGIONS
    assert list(library.audiences) == AUDIENCES


def test_publications_stand_in_the_order_of_the_topic_and_then_by_name(tmp_path):
    shutil.copytree(TINY, tmp_path / "sources")
    folder = tmp_path / "sources/tiny"
    sheet = (folder / "publications/thumb-sheet.yaml").read_text()
    (folder / "publications/a-sheet.yaml").write_text(sheet.replace("thumb-sheet", "a-sheet"))
    topic = folder / "topic.yaml"
    topic.write_text(topic.read_text() + "publications: [thumb-sheet]\n")
    (read,) = read_library(tmp_path / "sources").topics.values()
    assert list(read.publications) == ["thumb-sheet", "a-sheet", "booklet"]


def test_an_audience_has_what_it_leaves_out_from_the_one_it_is_like(clinic):
    """Each field but those that say who it is, through more than one step, unless restated."""
    clinic.change("sources/audiences.yaml", "older-adult:\n", (
        "older-adult:\n  not_for_whom: Not under 65\n  pictures: true\n  clinical: true\n"
        "  dose: blank\n  sheets: 2\n  most_pages: 9\n  cast: [older-a]\n"
    ))  # fmt: skip
    own = "  name: {0}\n  for_whom: For {0}\n"
    clinic.change("sources/audiences.yaml", "clinician:\n", (
        f"resident:\n{own.format('residents')}  like: older-adult\n  sheets: 3\n"
        f"guest:\n{own.format('guests')}  like: resident\n  clinical: false\n  smallest_type: 16\n"
        "clinician:\n"
    ))  # fmt: skip
    audiences = read_library(Path("sources")).audiences
    older, resident, guest = (dict(audiences[id]) for id in ("older-adult", "resident", "guest"))
    assert set(older) == set(Audience.model_fields)
    who = {"name": "residents", "for_whom": "For residents", "like": "older-adult"}
    assert resident == {**older, **who, "sheets": 3}
    who = {"name": "guests", "for_whom": "For guests", "like": "resident"}
    assert guest == {**resident, **who, "clinical": False, "smallest_type": 16}


def test_words_that_an_audience_takes_from_another_are_checked_once(clinic):
    clinic.change("sources/audiences.yaml", "for_whom: For adults over 65", (
        "for_whom: For adults over 65\n  not_for_whom: Not for thumbs up"
    ))  # fmt: skip
    like = "resident:\n  name: R\n  for_whom: For R\n  like: older-adult\nclinician:\n"
    clinic.change("sources/audiences.yaml", "clinician:\n", like)
    assert clinic.generate("booklet").err.count("[NEVER-PRINT]") == 1


def test_every_sign_of_the_upper_tiers_is_required(library):
    topic = library.topics["upper-back-pain"]
    required = topic.topic.required_signs
    by_tier = signs(topic)
    assert sorted(required.emergency) == sorted(id for id, _ in by_tier["emergency"])
    assert sorted(required.same_day) == sorted(id for id, _ in by_tier["same-day"])


def test_a_sign_in_short_keeps_every_symptom(library):
    """Each word of a symptom, or its plainest part, stands in the short wording."""
    lost = {
        (id, symptom)
        for topic in library.topics.values()
        for members in signs(topic).values()
        for id, sign in members
        for symptom in sign.symptoms
        if missing(symptom, sign.short.default)
    }
    assert sorted(lost) == []


def missing(symptom: str, short: str) -> list[str]:
    """Return the words of ``symptom`` that ``short`` has in no form, by the first four letters."""
    said = {word[:4] for word in re.findall(r"\w+", short.casefold())}
    return [word for word in re.findall(r"\w+", symptom.casefold()) if word[:4] not in said]


def test_every_item_has_evidence_or_is_marked_as_a_judgement(library):
    bare = [
        item.id
        for topic in library.topics.values()
        for _, item in topic.items()
        if not item.evidence and not item.editorial
    ]
    assert bare == []


def test_numbers_to_call_come_from_the_region_alone(library):
    """No text names a local number: each stands as a token."""
    numbers = re.compile(r"(?<![\d,])(999|911|112|000|111)\b")
    found = [
        (item.id, words)
        for topic in library.topics.values()
        for _, item in topic.items()
        for words in strings(item.model_dump(exclude={"note", "evidence"}))
        if numbers.search(words)
    ]
    assert found == []


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner)


def test_nothing_is_signed_but_by_a_person(library, tiny):
    assert [topic.reviews for topic in {**library.topics, **tiny.topics}.values()] == [(), ()]


def test_an_item_knows_its_place(tiny):
    place = tiny.topics["tiny"].place("thumb-bend")
    assert place.file.endswith("tests/sources/tiny/tiny/exercises/thumb-bend.yaml")
    assert place.line == 1


@pytest.mark.parametrize("region", REGIONS)
def test_every_region_has_words_for_every_token(library, region):
    words = library.regions[region].words
    used = {
        token
        for topic in library.topics.values()
        for _, item in topic.items()
        for text in strings(item.model_dump())
        for token in tokens_in(text)
    }
    assert used
    assert sorted(used - set(words) - {"clinic-phone", "review-date"}) == []


def test_a_second_topic_is_read_with_no_change_to_code(tiny):
    assert list(tiny.topics) == ["tiny"]
    assert [item.id for _, item in tiny.topics["tiny"].items()] == [
        "strain", "thumb-rub", "thumb-bend", "thumb-press",
    ]  # fmt: skip


@pytest.mark.few(1)
@pytest.mark.parametrize(
    "asked", [["booklet"], ["handout", "thumb-sheet"]], ids=["booklet", "handout"]
)
def test_a_second_topic_is_printed_with_no_change_to_code(clinic, asked):
    ended = clinic.generate(*asked)
    assert ended.code == 0, ended.err
    assert (clinic.folder / ended.out.strip()).read_bytes().startswith(b"%PDF-")


def test_no_code_names_a_topic():
    """The program knows no topic: neither the real one nor the one of the tests.

    A PDF may have a picture of each page, its /Thumb, and a hand that is drawn has one.
    """
    package = Path(__file__).parents[2] / "clinicpress"
    real, both = r"upper.back", r"upper.back|(?<!/)\bthumb\b"
    named = [
        path.name
        for path in sorted(package.rglob("*.py"))
        if re.search(
            real if path.parent.name == "figures" else both,
            path.read_text("utf-8"),
            re.IGNORECASE,
        )
    ]
    assert named == []
