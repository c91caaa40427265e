"""Hard words and abbreviations: what a reader may not know, and what counts as explained."""

import pytest

from clinicpress.checks.vocabulary import (
    FEWEST_SYLLABLES,
    Term,
    everyday_words,
    hard_words,
    is_easy,
    syllables,
    unknown_words,
)


def unknown(*passages, glossary=(), known=()):
    return [term.word for term in unknown_words(passages, glossary, known)]


@pytest.mark.parametrize(
    "word",
    ["osteoporosis", "rehabilitation", "arteries", "pancreas", "effleurage", "musculoskeletal"],
)
def test_a_long_word_on_no_list_is_hard(word):
    assert hard_words(f"Ask about {word} first.") == (word,)


@pytest.mark.parametrize(
    "sentence",
    [
        "Call an ambulance in an emergency.",  # on the list of everyday words
        "Exercises for beginners, comfortably.",  # their other forms
        "Unfamiliar, unlikely, unsteady.",
        "Massaging eases tightenings and dizziness.",  # short but for the ending
        "Breastfeeding, painkillers, everyday underlying trouble.",  # made of two easy words
        "A long-lasting, easy-to-follow plan.",
        "The pharmacist’s advice.",
        "Pain in the gullet or the spleen.",  # short words pass
    ],
)
def test_a_word_that_people_know_is_not(sentence):
    assert hard_words(sentence) == ()


def test_names_and_capitals_are_no_hard_words():
    assert hard_words("Ask Bartholomew or the Parkinsonian Society.") == ()
    assert hard_words("Fibromyalgia hurts. Spondylitis too: “Sciatica” and Scoliosis.") == (
        "Fibromyalgia",
        "Spondylitis",
        "Sciatica",
    )
    assert hard_words("FIBROMYALGIA") == ()


@pytest.mark.parametrize(
    "passage",
    [
        "Weak bones (osteoporosis)",
        "Weak bones (*osteoporosis*)",
        "You have osteoporosis (weak bones).",
        "Weak bones are also called osteoporosis.",
    ],
)
def test_a_plain_word_beside_it_explains_a_word_in_the_whole_print(passage):
    assert unknown("Ask first with osteoporosis.", passage) == []
    assert unknown("Ask first with osteoporosis.") == ["osteoporosis"]


@pytest.mark.parametrize(
    "passage",
    [
        "Spondylitis (osteoporosis)",  # one hard word does not explain another
        "Ask first (no move that a clinic has forbidden for osteoporosis).",
        "Ask first. (Osteoporosis)",
        "The nurse called about osteoporosis.",
    ],
)
def test_what_stands_in_brackets_is_not_always_an_explanation(passage):
    assert "osteoporosis" in map(str.casefold, unknown(passage))


def test_the_glossary_explains_every_form_of_a_word():
    said = "Some arteries may tear. An artery is a vessel."
    assert unknown(said, glossary=["Artery"]) == unknown(said, glossary=["Arteries"]) == []
    assert unknown("The cauda equina.", glossary=["Cauda equina syndrome"]) == []


def test_words_that_all_readers_of_a_topic_know_pass():
    assert unknown("A varicella rash.", known=["varicella"]) == []
    assert unknown("A varicella rash.") == ["varicella"]


def test_a_word_is_told_once_with_the_passage_of_its_first_use():
    passages = ["*Artery* wall.", "Other arteries."]
    assert list(unknown_words(passages, (), ())) == [Term("Artery", "*Artery* wall.")]


def test_an_abbreviation_is_spelt_out_where_it_stands_first():
    spelt_out = "Signs of nerve trouble need an MRI (a detailed scan)."
    assert unknown(spelt_out, "The MRI is loud.") == []
    assert unknown("A body scan (MRI) is loud.") == []
    assert unknown("The MRI is loud.", spelt_out) == ["MRI"]
    assert unknown("Some NSAIDs burn.") == ["NSAID"]
    assert unknown("Some NSAIDs burn.", glossary=["NSAID"]) == []
    assert unknown("Ask your GP.", known=["GP surgery"]) == []


def test_capitals_that_stress_or_number_are_no_abbreviation():
    assert unknown("STOP if it hurts. It is OK. Do NOT run. Type II.", "X-ray, A4, I.") == []


def test_syllables_of_a_rare_word_are_not_guessed_too_low():
    assert syllables("spondylitis") >= FEWEST_SYLLABLES
    for word in ("breathless", "disease", "collapsed", "relieve"):
        assert syllables(word) == 2


def test_the_list_of_everyday_words_holds_only_what_needs_it(monkeypatch):
    listed = everyday_words()
    assert len(listed) > 500
    assert [word for word in listed if syllables(word) < FEWEST_SYLLABLES] == ["ok"]
    monkeypatch.setattr("clinicpress.checks.vocabulary.everyday_words", frozenset)
    is_easy.cache_clear()
    easy_already = [word for word in sorted(listed) if is_easy(word)]
    is_easy.cache_clear()
    assert easy_already == []
