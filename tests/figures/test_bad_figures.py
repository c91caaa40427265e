"""What is wrong in a figure's file is told once, with its line, and nothing is drawn or printed."""

from pathlib import Path

import pytest

PATH = "sources/tiny/figures/thumb.yaml"
FIGURE = """\
id: thumb
alt: A thumb bends.
view: right
props:
- {is: chair, at: [500, 0, 0]}
moments:
  one:
    pose: {arms: {raise: 10}}
  two:
    pose: {like: one}
"""


@pytest.mark.few(8)
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("alt: A thumb bends.\n", "", "1: the key “alt” is missing. Add it. [KEY-MISSING]"),
        (
            "is: chair",
            "is: chiar",
            "5: “props › entry 1 › is” is “chiar”, which is not one of the choices. "
            "Did you mean “chair”? [VALUE]",
        ),
        (
            "raise: 10",
            "elbow: 170",
            "8: in “one”, the right elbow is at 170 degrees, and goes from 0 to 150. "
            "Choose a smaller angle, or move the body. [FIGURE-POSE]",
        ),
        (
            "{arms: {raise: 10}}",
            "{right_leg: {tilt: 50}}",
            "8: in “one”, the right foot tilt is at 50 degrees, and goes from -15 to 35. "
            "Choose a smaller angle, or move the body. [FIGURE-POSE]",
        ),
        (
            "{arms: {raise: 10}}",
            "{right_leg: {to: [700, -95, 0]}, support: {by: nothing, height: 800}}",
            "8: in “one”, the right foot is 179 mm too far away to reach its place. "
            "Move the body or the place. [FIGURE-REACH]",
        ),
        (
            "at: [500, 0, 0]",
            "at: [20, 0, 0]",
            "8: in “one”, the right lower leg is 18 mm in the chair. "
            "Move the limb, the body or the thing. [FIGURE-THROUGH]",
        ),
        (
            "{is: chair, at: [500, 0, 0]}",
            "{is: wrap, around: [right-anke]}",
            "7: nothing goes around “right-anke”. Did you mean “right-ankle”? [FIGURE-PLACE]",
        ),
        (
            "{is: chair, at: [500, 0, 0]}",
            "{is: wrap}",
            "5: “props › entry 1” says not where the wrap is. "
            "Write “around” with a limb, such as right-ankle. [VALUE]",
        ),
        (
            "{is: chair, at: [500, 0, 0]}",
            "{is: chair, at: [500, 0, 0], around: [right-knee]}",
            "5: “props › entry 1” is a chair around a limb. "
            "Only a wrap, tape or a band goes around one. [VALUE]",
        ),
        (
            "view: right",
            "view: right\nclose_up: right-foot\ncrop: [head, hips]",
            "1: the file has a close_up and a crop. Keep one of the two. [VALUE]",
        ),
        (
            "{arms: {raise: 10}}",
            "{}\n    marks: [{area: right-shn}]",
            "7: there is no place “right-shn”. Did you mean “right-shin”? [FIGURE-PLACE]",
        ),
        (
            "raise: 10",
            "elbow: -15",
            "8: “moments › one › pose › arms › elbow” is “-15”, which is too little. "
            "Make it 0.0 or more. [VALUE]",
        ),
        (
            "{arms: {raise: 10}}",
            "{like: two}",
            "7: the poses are like each other in a loop: one → two → "
            "one. Let one of them stand on its own. [FIGURE-LOOP]",
        ),
    ],
    ids=[
        "no alternative text",
        "unknown prop",
        "impossible pose",
        "a foot turned over",
        "a foot too far away",
        "a leg in a chair",
        "a wrap around nothing",
        "a wrap that is nowhere",
        "a chair around a knee",
        "a close-up and a crop",
        "a mark on nothing",
        "an elbow backwards",
        "a loop of poses",
    ],
)
def test_a_fault_of_a_figure_is_one_clear_message(clinic, old, new, told):
    clinic.write(PATH, FIGURE)
    clinic.change("sources/tiny/exercises/thumb-bend.yaml", "figure: hand", "figure: thumb")
    assert clinic.generate("figure", "thumb").code == 0
    clinic.change(PATH, old, new)
    for command in (("figure", "thumb"), ("booklet",)):
        ended = clinic.generate(*command)
        assert (ended.code, ended.out) == (1, "")
        assert ended.err.splitlines() == [f"{PATH}:{told}"]


BEND = "sources/tiny/exercises/thumb-bend.yaml"


def told(clinic) -> list[str]:
    """Return what a print and the check both tell, which is the same."""
    ended = clinic.generate("booklet")
    assert (ended.code, ended.out) == (1, "")
    checked = clinic.generate("check")
    said = " ".join(checked.out.split())
    assert checked.code == 1
    lines = [line for line in ended.err.splitlines() if line.endswith("]")]
    assert [line for line in lines if line.rsplit(". ", 1)[0] not in said] == []
    return lines


@pytest.mark.parametrize(
    ("path", "line"), [(BEND, 1), ("sources/tiny/techniques/thumb-rub.yaml", 1)]
)
def test_whatever_has_steps_needs_a_figure(clinic, path, line):
    clinic.change(path, "figure: hand\n", "")
    (found,) = told(clinic)
    assert found.startswith(f"{path}:{line}: ")
    assert "figure" in found


def test_a_figure_that_nobody_drew_is_told_with_the_folder_to_draw_it_in(clinic):
    clinic.change(BEND, "figure: hand", "figure: wrist-turn")
    assert told(clinic) == [
        f"{BEND}:20: there is no figure “wrist-turn”. "
        "Draw it in sources/tiny/figures/wrist-turn.yaml, or put a picture from outside there. "
        "[FIGURE-UNKNOWN]"
    ]


def test_a_slip_in_the_name_of_a_figure_is_told_with_the_name(clinic):
    clinic.change(BEND, "figure: hand", "figure: hnad")
    clinic.change(
        "sources/tiny/topic.yaml", "about:", "cover: {default: hand, clinician: hadn}\nabout:"
    )
    assert told(clinic) == [
        f"{BEND}:20: there is no figure “hnad”. Did you mean “hand”? [FIGURE-UNKNOWN]",
        "sources/tiny/topic.yaml:12: there is no figure “hadn”. Did you mean “hand”? "
        "[FIGURE-UNKNOWN]",
    ]


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (BEND, "evidence: [S1]", "evidence: [S1]\nfigures: {start: hnad}"),
        ("sources/tiny/publications/booklet.yaml",
         "part: exercises,", "part: exercises, figure: hnad,"),
        ("sources/tiny/warning-signs.yaml",
         "        T1:\n", "        T1:\n          figure: hnad\n"),
        ("sources/tiny/cautions.yaml", "gate:\n", "gate:\n  figures: {general: hnad}\n"),
        ("sources/tiny/cautions.yaml", "never_press:\n",
         "never_press:\n  figure: {default: hand, clinician: hnad}\n"),
    ],
    ids=["of an item's line", "of a section", "of a sign", "of a line of the gate", "of a list"],
)  # fmt: skip
def test_wherever_a_figure_is_named_it_is_looked_for(clinic, path, old, new):
    clinic.change(path, old, new)
    (found,) = told(clinic)
    assert found.startswith(f"{path}:")
    assert found.endswith("there is no figure “hnad”. Did you mean “hand”? [FIGURE-UNKNOWN]")


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (BEND, "evidence: [S1]", "evidence: [S1]\nfigures: {strat: hand}"),
        ("sources/tiny/cautions.yaml", "gate:\n", "gate:\n  figures: {genral: hand}\n"),
    ],
    ids=["of an item", "of the gate"],
)
def test_a_figure_of_a_line_that_is_not_there_is_told(clinic, path, old, new):
    clinic.change(path, old, new)
    (found,) = told(clinic)
    assert found.startswith(f"{path}:")
    assert "which is none of its lines" in found
    assert "Did you mean “" in found


def test_a_figure_that_is_no_name_is_told_once(clinic):
    clinic.change(BEND, "evidence: [S1]", "evidence: [S1]\nfigures: {start: [hand]}")
    (found,) = told(clinic)
    assert found.startswith(f"{BEND}:")
    assert found.endswith("[TYPE]")


@pytest.mark.few(1)
@pytest.mark.parametrize("name", ["cover", "figure", "figures"])
def test_a_step_may_be_called_as_a_key_of_figures_is(clinic, name):
    clinic.change(BEND, "  bend: Bend your thumb.", f"  {name}: Bend your thumb.")
    assert clinic.generate("handout", "thumb-sheet").code == 0


@pytest.mark.parametrize("path", ["thumb.yaml", "signs/thumb.yaml"])
def test_a_figure_in_nobodys_folder_is_told(clinic, path):
    clinic.write(f"sources/figures/{path}", FIGURE)
    assert told(clinic) == [
        f"sources/figures/{path.split('/')[0]}: nothing reads it. Move it to "
        "sources/figures/shared, or to the figures of its topic. [FIGURE-ASTRAY]"
    ]


def test_people_and_poses_of_one_topic_are_told(clinic):
    clinic.write("sources/tiny/figures/poses.yaml", "standing: {}\n")
    assert told(clinic) == [
        "sources/tiny/figures/poses.yaml: nothing reads it here. "
        "Move it to sources/figures/poses.yaml. [FIGURE-ASTRAY]"
    ]


def test_of_two_figures_of_one_name_a_topic_shows_its_own(clinic):
    shared = FIGURE.replace("id: thumb", "id: hand").replace("A thumb bends", "Not this")
    clinic.write("sources/figures/shared/hand.yaml", shared)
    ended = clinic.generate("handout", "thumb-sheet")
    assert ended.code == 0
    assert b"Not this" not in Path(ended.out.strip()).read_bytes()
    assert clinic.generate("figure", "hand", "tiny/hand").code == 0
    drawn = [clinic.folder / f"output/figures/{name}.svg" for name in ("hand", "tiny/hand")]
    assert len({path.read_bytes() for path in drawn}) == 2
