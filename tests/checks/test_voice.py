"""The passive voice: what is found, and what looks like it and is none."""

import pytest

from clinicpress.checks.voice import passive


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("The sheet is printed by the clinic.", "is printed"),
        ("Lactate is made by hard-working muscles.", "is made"),
        ("No kind of massage has been shown to work best.", "been shown"),
        ("Deeper massage has not been shown to work better.", "been shown"),
        ("Once you are checked, start again.", "are checked"),
        ("It is often badly understood.", "is often badly understood"),
        ("They were never asked.", "were never asked"),
        ("Your dose can be changed.", "be changed"),
        ("These scans aren’t needed.", "aren’t needed"),
        ("You’re seen by a nurse.", "You’re seen"),
        ("He got bitten by a tick.", "got bitten"),
        ("It gets squeezed.", "gets squeezed"),
        ("Were you told to rest?", "Were you told"),
        ("When are you seen next?", "are you seen"),
        ("Heat is used for stiff muscles.", "is used"),
        ("It was agreed with you.", "was agreed"),
        ("Wear that comes with age is also called spondylosis.", "is also called"),
    ],
)
def test_a_form_of_be_or_get_with_a_participle_is_passive(sentence, found):
    assert passive(sentence) == found.replace("’", "'")


@pytest.mark.parametrize(
    "sentence",
    [
        "The skin is red.",
        "You are tired, worried or stressed.",
        "Your thumb is swollen or numb.",
        "Is your shoulder frozen?",
        "You are seated.",
        "You used it more than it is used to.",
        "It is untested for upper back pain.",
        "Stress and mood are linked to it.",
        "Keep your knees so that they are bent.",
        "Two hundred people took part.",
        "Bed rest is bed rest.",
        "You are pregnant.",
        "Help is at hand, called for or not.",
        "It is a tried and tested way.",
        "The pain is in your injured arm.",
        "You are very interested.",
        "You need to be well-rested.",
        "Bleeding, then you feed the cat.",
        "You have pressed too hard.",
        "You stopped, and it eased.",
        "It is, they told us, rare.",
        "It is rare; broken bones heal.",
    ],
)
def test_what_only_looks_like_it_is_not(sentence):
    assert passive(sentence) is None


def test_a_state_with_a_doer_is_passive_all_the_same():
    assert passive("Your sleep is limited.") is None
    assert passive("Your sleep is limited by pain.") == "is limited"


def test_an_order_to_get_something_done_is_active():
    assert passive("Get checked first.") is None
    assert passive("If it lasts, get checked.") is None
    assert passive("Stop training and get checked first.") is None
    assert passive("They get checked first.") == "get checked"
