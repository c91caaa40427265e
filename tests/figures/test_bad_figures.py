"""What is wrong in a figure's file is told once, with its line, and nothing is drawn or printed."""

import pytest

PATH = "sources/figures/thumb.yaml"
FIGURE = """\
id: thumb
alt: A thumb bends.
view: right
props:
- {is: chair, at: [0, 0, 0]}
moments:
  one:
    pose: {arms: {raise: 10}}
  two:
    pose: {like: one}
"""


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
            "8: the right elbow is at 170 degrees, and goes from 0 to 150. "
            "Choose a smaller angle, or move the body. [FIGURE-POSE]",
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
        "an elbow backwards",
        "a loop of poses",
    ],
)
def test_a_fault_of_a_figure_is_one_clear_message(clinic, old, new, told):
    clinic.write(PATH, FIGURE)
    clinic.change("sources/tiny/exercises/thumb-bend.yaml", "evidence: [S1]",
                  "evidence: [S1]\nfigure: thumb")  # fmt: skip
    assert clinic.generate("figure", "thumb").code == 0
    clinic.change(PATH, old, new)
    for command in (("figure", "thumb"), ("booklet",)):
        ended = clinic.generate(*command)
        assert (ended.code, ended.out) == (1, "")
        assert ended.err.splitlines() == [f"{PATH}:{told}"]
