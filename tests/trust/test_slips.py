"""What is a slip of the pen: letters of a word that is none, and nothing that anybody acts on."""

import pytest

from clinicpress.trust.slips import distance, no_slip

NAMES = ("Thumb bend",)
MARK = "changes a point, comma, hyphen or another mark"


def reasons(before, after, known=()):
    return list(no_slip(before, after, NAMES, lambda word: word in known))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Strech your arm slowly.", "Stretch your arm slowly."),
        ("Move teh arm.", "Move the arm."),
        ("Move the the arm.", "Move the arm."),
        ("Rest your hand hand on the table.", "Rest your hand on the table."),
        ("Keep the arm's weight.", "Keep the arm’s weight."),
        ("Rest, then repeat", "Rest, then repeat."),
        ("Rest your hand , then rest.", "Rest your hand, then rest."),
        ("It helps yourarm.", "It helps your arm."),
    ],
)
def test_a_slip_is_one(before, after):
    assert reasons(before, after) == []


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("Repeat 4 times.", "Repeat 40 times.", "changes a number"),
        ("Repeat 4–6 times.", "Repeat 4-6 times.", "changes a number"),
        ("Do nott push.", "Do not push.", "touches “not”, one of the negations"),
        ("Do not push.", "Do push.", "touches “not”, one of the negations"),
        ("Hold for a secund.", "Hold for a second.", "touches “second”"),
        ("Twise a day.", "Twice a day.", "touches “twice”, one of the numbers"),
        ("Thumb bnd helps.", "Thumb bend helps.", "changes the name “Thumb bend”"),
        ("Lift your arm.", "Life your arm.", "changes “lift”, which is a word, to “life”"),
        ("Lift your arm.", "Lift your arm gently.", "puts in “gently”"),
        ("Lift your arm gently.", "Lift your arm.", "takes out “gently”"),
        ("Lift yur arm.", "Lift yxr arm.", "says “yxr”, which is no word that is known here"),
        ("Lift yrmpf arm.", "Lift your arm.", "changes more than 2 letters of “yrmpf”"),
        ("Is it sore?", "Is it sore.", "changes a sign"),
        ("Teh arn ist lif.", "The arm is life.", "changes more than 3 words of a line"),
        ("Turn rigth.", "Turn right.", "touches “right”, one of the places"),
        ("Rest your hand on on the table.", "Rest your hand on the table.", "touches “on”"),
        ("Rest for 1.5 minutes.", "Rest for 1 5 minutes.", "changes a number"),
        ("Take 2.5 mg.", "Take 2, 5 mg.", "changes a number"),
        ("Do 1.5, 2 or 3.", "Do 1, 5.2 or 3.", "changes a number"),
        ("Drink 1,000 ml.", "Drink 1.000 ml.", "changes a number"),
        ("Hold 1:30.", "Hold 1.30.", "changes a number"),
        ("Take 2 - 3 doses.", "Take 2 3 doses.", "changes a number"),
        ("Walk 10 – 12 steps.", "Walk 10 12 steps.", "changes a number"),
        ("No, heat helps.", "No heat helps.", MARK),
        ("Do not push. Hold it.", "Do. Not push hold it.", "touches “not”"),
        ("Do it. If it hurts, stop.", "Do it if it hurts. Stop.", MARK),
        ("Lift. Never force it.", "Lift never. Force it.", "touches “never”"),
        ("Stop, if not better wait.", "Stop if not better, wait.", "touches “if”"),
        ("Take it (not more).", "Take it not more.", MARK),
        ("Turn left, left, right.", "Turn left, right.", MARK),
        ("Go up up and down.", "Go up and down.", "touches “up”"),
        ("Now here it is.", "Nowhere it is.", "changes “now here”, which is right as it is"),
        ("Keep it a part.", "Keep it apart.", "changes “a part”, which is right as it is"),
        ("Re-cover it.", "Recover it.", MARK),
        ("Inhale slowly.", "Exhale slowly.", "says “exhale” for “inhale”"),
        ("Abduct the arm.", "Adduct the arm.", "says “adduct” for “abduct”"),
        ("Increase it.", "Decrease it.", "says “decrease” for “increase”"),
        ("It is hypertension.", "It is hypotension.", "says “hypotension” for “hypertension”"),
        ("An atypical pain.", "An typical pain.", "says “typical” for “atypical”"),
    ],
)
def test_what_could_change_what_somebody_does_is_none(before, after, said):
    assert any(one.startswith(said) for one in reasons(before, after)), reasons(before, after)


def test_a_rare_word_is_known_where_the_topic_uses_it():
    assert reasons("Your thorasic spine.", "Your thoracic spine.", ()) != []
    assert reasons("Your thorasic spine.", "Your thoracic spine.", ("thoracic",)) == []


def test_letters_in_each_others_place_are_one_mistake():
    assert [distance("teh", "the"), distance("strech", "stretch"), distance("a", "abc")] == [
        1,
        1,
        2,
    ]
