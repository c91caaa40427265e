"""What each kind of topic needs, and what is said where it is missing."""

import re
from pathlib import Path

import pytest

from clinicpress.checks.sources import unordered, unrequired
from tests.samples import INFORMATION, MOVEMENT, PROCEDURE, make_samples, problems_of, read_topic


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Return a folder with all sample topics."""
    return make_samples(tmp_path / "sources")


def change(path: Path, pattern: str, new: str = "") -> None:
    """Replace what a pattern finds once in a file."""
    text, times = re.subn(pattern, new, path.read_text("utf-8"), flags=re.MULTILINE)
    assert times == 1, (path, pattern, times)
    path.write_text(text, "utf-8")


def drop(path: Path, key: str) -> None:
    """Take a key of the first level out of a file, with all below it."""
    change(path, rf"^{key}:.*\n(?:[ ].*\n)*")


@pytest.mark.parametrize("topic", [MOVEMENT, INFORMATION, PROCEDURE])
def test_the_samples_are_whole(sources, topic):
    assert problems_of(sources, topic) == []


def test_a_topic_is_of_movement_where_it_says_nothing(library):
    assert {topic.topic.kind for topic in library.topics.values()} == {"movement"}


@pytest.mark.parametrize(
    ("topic", "keys"),
    [
        (MOVEMENT, ["gate", "safety_net", "do_not", "ask_first", "stop_signs", "scale"]),
        (PROCEDURE, ["gate", "safety_net"]),
    ],
)
def test_a_kind_asks_for_its_own_cautions(sources, topic, keys):
    for key in keys:
        drop(sources / topic / "cautions.yaml", key)
    (sources / topic / "cautions.yaml").write_text("ask_first: {title: A, entries: {a: {text: B, "
                                                   "editorial: true}}}\n")  # fmt: skip
    if topic == MOVEMENT:
        keys.remove("ask_first")
    wanted = [f"cautions.yaml: the key “{key}” is missing. Add it. [KEY-MISSING]" for key in keys]
    found = [re.sub(r":\d+:", ":", line) for line in problems_of(sources, topic)]
    assert sorted(found) == sorted(wanted)


def test_a_topic_without_cautions_needs_no_such_file(sources):
    assert not (sources / INFORMATION / "cautions.yaml").exists()
    assert read_topic(sources, INFORMATION).cautions.gate is None


def test_one_that_needs_them_is_told_of_the_file(sources):
    (sources / PROCEDURE / "cautions.yaml").unlink()
    assert problems_of(sources, PROCEDURE) == [
        "cautions.yaml: the file is missing. Add it; “generate init DIR” makes a complete "
        "example. [FILE-MISSING]"
    ]


@pytest.mark.parametrize(
    ("part", "lacking"),
    [
        ("scale", ["cautions.yaml: the file is missing"]),
        ("gate", ["cautions.yaml: the file is missing"]),
        ("my-exercises", ["publications/pad.yaml:5: a section “my-exercises” is for a topic with"]),
    ],
)
def test_a_part_that_is_printed_asks_for_what_it_prints(sources, part, lacking):
    pad = sources / INFORMATION / "publications/pad.yaml"
    pad.write_text(pad.read_text("utf-8") + f"  - {{part: {part}, joins: true}}\n", "utf-8")
    found = problems_of(sources, INFORMATION)
    assert [line.startswith(start) for line, start in zip(found, lacking, strict=True)] == [True]


def test_a_topic_has_something_of_what_its_kind_is_about(sources):
    change(sources / INFORMATION / "topic.yaml", "^kind: information", "kind: procedure")
    assert problems_of(sources, INFORMATION)[-1] == (
        "topic.yaml:2: a topic of the kind “procedure” has something in procedures, and this one "
        "has not. Write an item there, or correct the kind. [TOPIC-KIND]"
    )


def test_a_tier_without_signs_says_why(sources):
    drop(sources / INFORMATION / "topic.yaml", "no_signs_because")
    assert problems_of(sources, INFORMATION) == [
        "topic.yaml:1: the topic has no same-day signs, and does not say why. Write them in "
        "warning-signs.yaml, or say why under `no_signs_because`. [SIGNS-NONE]"
    ]


def test_a_tier_with_signs_has_no_such_reason(sources):
    change(sources / INFORMATION / "topic.yaml", "^  same-day: Nothing", "  emergency: Nothing")
    found = problems_of(sources, INFORMATION)
    assert [line.rpartition(" ")[2] for line in found] == ["[SIGNS-NONE]"] * 2
    assert "has emergency signs, and a reason why it has none" in found[1]


def test_what_no_print_may_lose_is_named(sources):
    change(sources / PROCEDURE / "topic.yaml", r"^  same_day: \[U1a\]\n", "")
    assert problems_of(sources, PROCEDURE) == [
        "topic.yaml:10: the key “required_signs › same_day” is missing. Add it. [KEY-MISSING]"
    ]


def test_an_urgent_sign_that_may_get_lost_is_told(sources):
    change(sources / PROCEDURE / "topic.yaml", r"\[E1a, E1b\]", "[E1a]")
    (found,) = unrequired(read_topic(sources, PROCEDURE), sources)
    assert (found.code, found.message) == (
        "SIGN-UNREQUIRED", "the sign “E1b” is in no list of `required_signs`",
    )  # fmt: skip


def test_items_come_in_the_order_that_they_state(sources):
    assert list(read_topic(sources, INFORMATION).texts) == ["open-days", "at-the-desk"]
    drop(sources / INFORMATION / "texts/open-days.yaml", "order")
    assert list(read_topic(sources, INFORMATION).texts) == ["at-the-desk", "open-days"]


@pytest.mark.parametrize("said", ["", "order: 2\n"])
def test_an_order_that_nobody_stated_is_told_once(sources, said):
    assert list(unordered(read_topic(sources, INFORMATION), sources)) == []
    text = sources / INFORMATION / "texts/open-days.yaml"
    change(text, "^order: 1\n", said)
    (found,) = unordered(read_topic(sources, INFORMATION), sources)
    assert found.code == "ORDER-UNSAID"
    assert found.message == "it takes all of texts, and their order is said by their names alone"
    assert found.place.file.endswith("library-hours/publications/booklet.yaml")


def test_what_a_publication_lists_needs_no_order(sources):
    publications = sources / INFORMATION / "publications"
    for path in publications.glob("*.yaml"):
        listed = re.sub(r"part: texts\b", "part: texts, items: [open-days, at-the-desk]",
                        path.read_text("utf-8"))  # fmt: skip
        path.write_text(listed, "utf-8")
    drop(sources / INFORMATION / "texts/open-days.yaml", "order")
    assert list(unordered(read_topic(sources, INFORMATION), sources)) == []


def test_a_diary_of_what_is_no_exercise_says_what_is_written_down(sources):
    drop(sources / PROCEDURE / "topic.yaml", "diary")
    assert problems_of(sources, PROCEDURE) == [
        "topic.yaml:1: the key “diary” is missing. Say what is written down each day. [KEY-MISSING]"
    ]


def test_only_exercises_ask_how_many_are_advised(sources):
    audiences = sources / "audiences.yaml"
    audiences.write_text(re.sub(r"  exercise_limit: \d\n", "", audiences.read_text("utf-8")))
    assert problems_of(sources, PROCEDURE) == []
    assert "“general” lacks “exercise_limit”, and “juggling-scarves” has exercises" in (
        "\n".join(problems_of(sources, MOVEMENT))
    )


def test_a_procedure_has_up_to_twelve_steps(sources):
    file = sources / PROCEDURE / "procedures/fold-boat.yaml"
    steps = "".join(f"  more-{number}: Fold it.\n" for number in range(4))
    change(file, "^figure: boat\n", f"{steps}figure: boat\n")
    assert problems_of(sources, PROCEDURE) == [
        "procedures/fold-boat.yaml:5: “steps” has 13 entries, and 12 are the most. Take some out, "
        "or join two. [LENGTH]"
    ]
