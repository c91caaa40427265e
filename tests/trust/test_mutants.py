"""Changes to what is signed, one at a time: each is told, and takes its sign-off from the print."""

import shutil

import pytest

from tests.trust.signed import LAYOUTS, in_this_process, signed, states, stopped_by, told

TOPIC, SIGNS, CAUTIONS = "topic.yaml", "warning-signs.yaml", "cautions.yaml"
BEND, PRESS = "exercises/thumb-bend.yaml", "exercises/thumb-press.yaml"
RUB, STRAIN = "techniques/thumb-rub.yaml", "causes/strain.yaml"
BOOKLET, SHEET = "publications/booklet.yaml", "publications/thumb-sheet.yaml"
BLUE = """\
        T2:
          symptoms: [thumb blue, thumb cold]
          full: Is your thumb blue, or cold?
          short: Thumb blue or cold
"""
BLUE_ALONE = """\
        T2:
          symptoms: [thumb blue]
          full: Is your thumb blue?
          short: Thumb blue
"""
HOT = """\
        T3:
          symptoms: [thumb hot, thumb swollen]
          full: Is your thumb hot, or swollen?
          short: Thumb hot or swollen
"""
GREEN = """\
        T9:
          symptoms: [green ears]
          full: Are your ears green?
          short: Green ears
"""
HAND, REGIONS = "figures/hands/hand.yaml", "../regions.yaml"

MUTANTS = {
    "repetitions tenfold": (BEND, "repetitions: 3-5", "repetitions: 30-40", "thumb-bend"),
    "repetitions by one": (BEND, "repetitions: 3-5", "repetitions: 3-6", "thumb-bend"),
    "more sets": (BEND, "sets: 1", "sets: 5", "thumb-bend"),
    "more often a day": (BEND, "times_a_day: 2", "times_a_day: 4", "thumb-bend"),
    "by the hour": (BEND, "times_a_day: 2", "every_hours: 2", "thumb-bend"),
    "for weeks": (BEND, "times_a_day: 2", "times_a_day: 2\n  weeks: 6", "thumb-bend"),
    "a longer hold": (PRESS, "hold_seconds: 5-10", "hold_seconds: 50-60", "thumb-press"),
    "more minutes": (RUB, "minutes: 1-2", "minutes: 10-20", "thumb-rub"),
    "another step": (BEND, "Straighten it again.", "Bend it further.", "thumb-bend"),
    "a step left out": (BEND, "  straighten: Straighten it again.\n", "", "thumb-bend"),
    "another start": (PRESS, "against a wall", "against a knife", "thumb-press"),
    "another start for some": (BEND, "your whole arm", "no arm", "thumb-bend"),
    "no mistake to avoid": (BEND, "mistakes:\n  hurry: hurrying\n", "", "thumb-bend"),
    "no reason to stop": (BEND, "stop_if:\n  pain: it hurts\n", "", "thumb-bend"),
    "another easier way": (BEND, "Do it once.", "Do it till it hurts.", "thumb-bend"),
    "an item for whom it is not": (PRESS, "not_for:\n  older-adult: It loads the joint too much.\n",
                                   "", "thumb-press"),
    "other evidence": (BEND, "evidence: [S1]", "editorial: true\nnote: To judge.", "thumb-bend"),
    "another figure": (BEND, "figure: hand", "", "KEY-MISSING"),
    "a symptom dropped": (SIGNS, BLUE, BLUE_ALONE, "tier-emergency"),
    "a symptom dropped from the words alone": (SIGNS, "full: Is your thumb blue, or cold?",
                                               "full: Is your thumb blue?", "tier-emergency"),
    "a symptom turned": (SIGNS, HOT, HOT.replace("swollen", "small"), "tier-same-day"),
    "another number to call": (SIGNS, "Call [[emergency-number]] now.", "Call [[family-doctor]].",
                               "tier-emergency"),
    "less urgent": (SIGNS, "Call [[family-doctor]] today.", "Call [[family-doctor]] soon.",
                    "tier-same-day"),
    "a calmer lead": (SIGNS, "Do not wait if you have one of these.", "See if one of these goes.",
                      "tier-emergency"),
    "a number of a country": (REGIONS, 'emergency-number: "999"', 'emergency-number: "998"',
                              "tier-emergency"),
    "whom to ask in a country": (REGIONS, "family-doctor: your GP", "family-doctor: a friend",
                                 "tier-same-day"),
    "a required sign, requirement and all": (
        (TOPIC, "emergency: [T1, T2]", "emergency: [T1]"), (SIGNS, BLUE, ""), "SIGN-LOST"),
    "a requirement alone": (TOPIC, "emergency: [T1, T2]", "emergency: [T1]", "SIGN-LOST"),
    "a sign from one tier to another": (
        (TOPIC, "emergency: [T1, T2]", "emergency: [T1]"),
        (TOPIC, "same_day: [T3]", "same_day: [T3, T2]"),
        (SIGNS, BLUE, ""), (SIGNS, HOT, f"{BLUE}          evidence: [S1]\n{HOT}"),
        "tier-emergency"),
    "a sign of somebody's own": (SIGNS, BLUE, BLUE + GREEN, "tier-emergency"),
    "a gentler gate": (CAUTIONS, "Nobody has checked you yet.", "You are fine.", "gate"),
    "a gate without the number": (CAUTIONS, ("    emergency: Any emergency sign? Call "
                                             "[[emergency-number]] now.\n"), "", "gate"),
    "no safety net": (CAUTIONS, "    sure: No check can be fully sure.\n", "", "gate"),
    "a wound that may be rubbed": (CAUTIONS, "You have an open wound", "You have a spot", "do_not"),
    "no wound": (CAUTIONS, "advice: Leave it alone.", "advice: Rub it well.", "do_not"),
    "nobody to ask": (CAUTIONS, "You bleed easily", "You are bored", "ask_first"),
    "a place to press": (CAUTIONS, "text: The bone", "text: The nail", "never_press"),
    "another stop sign": (CAUTIONS, "{text: Sharp pain,", "{text: Dull pain,", "stop_signs"),
    "another line to stop by": (CAUTIONS, "Stop for sharp pain.", "Stop when done.",
                                "section exercises"),
    "another cause": (STRAIN, "more than it is used to", "less than ever", "strain"),
    "another message": (TOPIC, "Rest your thumb a little, and keep it moving.", "Never move it.",
                        "section message"),
    "a year more": (TOPIC, "review_by: 2028-12-31", "review_by: 2029-06-30", "REVIEW-BY"),
    "nine years": (TOPIC, "review_by: 2028-12-31", "review_by: 2035-01-01", "REVIEW-BY"),
    "another version": (TOPIC, 'version: "0.1"', 'version: "0.2"', "version"),
    "signs after what to do": (SHEET, ("  - {part: warning-signs, tiers: [emergency], wording: "
                                       "short}\n"), "", "SAFE-SIGN"),
    "other words for a drawing": (HAND, "lifts one hand", "lifts one foot", "figure hand"),
}  # fmt: skip
"""The files and lines that are changed, and what is told at least: an item that lost its sign-off,
or the rule that stops the print."""


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        in_this_process(patch)
        return signed(tmp_path_factory.mktemp("signed"))


def test_what_was_signed_is_signed(sources):
    assert stopped_by(sources) == []
    found = states(sources)
    assert len(found) >= 6
    assert {state.standing for state in found.values()} == {"signed"}
    assert {(state.by, state.on) for state in found.values()} == {("A. B.", "2026-11-30")}


def test_what_was_not_signed_is_not(sources):
    assert {state.standing for state in states(sources, region="US").values()} == {"unsigned"}


@pytest.mark.few(6)
@pytest.mark.parametrize("name", MUTANTS)
def test_a_change_is_told(tmp_path, sources, name):
    mutant = MUTANTS[name]
    changes = [mutant[:3]] if isinstance(mutant[0], str) else mutant[:-1]
    shutil.copytree(sources, tmp_path / "changed")
    for file, before, after in changes:
        path = (tmp_path / "changed/tiny" / file).resolve()
        words = path.read_text("utf-8")
        assert words.count(before) >= 1, before
        path.write_text(words.replace(before, after), "utf-8")
    assert mutant[-1] in told(tmp_path / "changed")


@pytest.mark.parametrize(
    ("file", "before", "after", "item"),
    [
        ("strings/en.po", 'seconds"', 'minutes"', "REVIEW-WORDS"),  # before a sign-off is asked for
        ("templates/practice.html", 'class="start">', 'class="start">Twice. ', "thumb-bend"),
    ],
)
def test_words_of_the_layouts_are_signed_as_well(tmp_path, sources, file, before, after, item):
    layouts = shutil.copytree(LAYOUTS, tmp_path / "layouts")
    words = (layouts / file).read_text("utf-8")
    assert before in words
    (layouts / file).write_text(words.replace(before, after), "utf-8")
    assert item in told(sources, layouts)


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("templates/practice.html", 'class="start">', 'class="start"><nav>Do it 40 times.</nav> '),
        ("templates/practice.html", 'class="start">', 'class="start"><b class="number">40</b> '),
        ("templates/practice.html", 'class="start">',
         'class="start"><b data-slot="foot">Do it 40 times.</b> '),
        ("templates/practice.html", 'class="start">',
         'class="start"><b data-required="state">Do it 40 times.</b> '),
        ("styles/brand.css", "", '.start::after { content: "Do it 40 times." }'),
    ],
)  # fmt: skip
def test_a_brand_says_nothing_more_of_what_is_signed(tmp_path, sources, file, before, after):
    """However it is set: as contents, a number, a slot, the state of the print, or by a style."""
    layouts = shutil.copytree(LAYOUTS, tmp_path / "layouts")
    own, usual = layouts / "brands/default" / file, layouts / file
    own.parent.mkdir(exist_ok=True)
    own.write_text(usual.read_text("utf-8").replace(before, after) if before else after, "utf-8")
    assert told(sources, layouts) & {"thumb-bend", "styles"}


def test_colours_are_not(tmp_path, sources):
    layouts = shutil.copytree(LAYOUTS, tmp_path / "layouts")
    brand = layouts / "brands/default/brand.yaml"
    words = brand.read_text("utf-8").replace("#0f5c6e", "#4a2f6e")
    brand.write_text(f"{words}phone: 0123 456 789\n", "utf-8")
    assert told(sources, layouts) == set()
