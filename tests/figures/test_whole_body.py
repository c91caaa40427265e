"""Twenty exercises beyond the back, as samples: drawn without a warning, and touching what they do.

Whether a patient can tell what they show is for eyes to judge: ``tests/figures/sheet.py``.
"""

import shutil
import warnings

import pytest

from clinicpress.design.design import open_design
from clinicpress.figures import body
from clinicpress.figures.pose import SIDES
from clinicpress.figures.scene import SIZES
from clinicpress.figures.skeleton import Skeleton
from clinicpress.figures.space import Vec, between, length, sub
from clinicpress.figures.stage import staged, try_poses
from tests.conftest import ROOT, content
from tests.figures import sheet

FIGURES = sheet.figures()
TWENTY = {
    "ankle-circles", "ankle-eversion-band", "ball-grip", "biceps-curl", "bridge", "calf-stretch",
    "clamshell", "finger-spread", "heel-prop", "heel-raise", "lunge", "neck-turn",
    "shoulder-external-rotation-band", "single-leg-balance", "sit-to-stand", "step-up",
    "straight-leg-raise", "towel-scrunch", "wall-push-up", "wrist-extension-stretch",
}  # fmt: skip
MORE = {"pinch", "crutch-step"}


def moment(name: str, which: int = -1) -> Skeleton:
    stages = staged(FIGURES[name], (content().cast["adult-a"],), content().poses)
    return stages[which].skeletons["person"]


def flat(a: Vec, b: Vec) -> float:
    """Return how far two places are apart as seen from above."""
    return length(sub((*a[:2], 0), (*b[:2], 0)))


def test_the_samples_are_the_twenty_and_say_that_they_are_samples():
    assert set(FIGURES) == TWENTY | MORE
    assert all(figure.alt.default.startswith("Sample. ") for figure in FIGURES.values())


@pytest.mark.parametrize("name", sorted(FIGURES))
def test_each_is_drawn_without_a_warning(name, caplog):
    design = open_design(
        ROOT / "layouts", brand="default", format="standard", language="en", paper="A4"
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        svg = sheet.svg(name, design)
    assert caplog.records == []
    assert svg.startswith("<svg ")
    assert len(svg) < 60_000


@pytest.mark.parametrize("name", sorted(FIGURES))
def test_everybody_of_the_cast_can_take_each_pose(name):
    cast = [person for person in content().cast.values() if not person.pregnant]
    assert len(cast) > 5
    try_poses(FIGURES[name], cast, content().poses)


def test_an_editor_has_them_drawn_from_a_topic_without_a_word_of_complaint(clinic):
    shutil.copytree(sheet.FOLDER, clinic.folder / "sources/tiny/figures/whole-body")
    clinic.write("sources/figures/poses.yaml", (ROOT / "sources/figures/poses.yaml").read_text())
    ended = clinic.generate("figure", *sorted(FIGURES))
    assert (ended.err, ended.code) == ("", 0)
    assert len(ended.out.splitlines()) == len(FIGURES)


# ---------------------------------------------------------------- what touches what


def test_in_a_heel_raise_the_balls_stay_where_they_were_and_the_heels_rise():
    down, up = moment("heel-raise", 0), moment("heel-raise", 1)
    for side in SIDES:
        assert up.joints[f"{side}-ball"][2] == pytest.approx(body.TOES, abs=2)
        assert up.joints[f"{side}-heel"][2] > down.joints[f"{side}-heel"][2] + 60
        assert between(up.frames[f"{side}-shank"][2], (0, 0, -1)) < 8


def test_in_a_calf_stretch_the_back_heel_is_down_and_its_knee_straight():
    found = moment("calf-stretch")
    assert found.joints["right-heel"][2] == pytest.approx(body.HEEL, abs=3)
    assert found.angles["right knee"] < 12 < 25 < found.angles["left knee"]
    assert found.angles["right ankle on the floor"] < -15


def test_in_a_lunge_both_knees_bend_and_the_back_one_stays_off_the_floor():
    found = moment("lunge")
    assert 75 < found.angles["right knee"] < 110
    assert 75 < found.angles["left knee"] < 125
    assert 60 < found.joints["left-knee"][2] < 200
    assert found.joints["right-knee"][0] < found.joints["right-toes"][0]


def test_in_a_bridge_feet_shoulders_and_hands_stay_and_the_hips_rise():
    down, up = moment("bridge", 0), moment("bridge", 1)
    for name in ("right-sole", "left-sole", "right-palm", "left-palm"):
        assert length(sub(up.joints[name], down.joints[name])) < 3
    assert flat(up.joints["right-shoulder"], down.joints["right-shoulder"]) < 60
    assert up.joints["hips"][2] > down.joints["hips"][2] + 90


def test_in_a_straight_leg_raise_the_knee_stays_straight_and_the_other_foot_down():
    found = moment("straight-leg-raise")
    assert found.angles["right knee"] == 0
    assert found.joints["right-heel"][2] > 400
    assert found.joints["left-sole"][2] == pytest.approx(0, abs=3)


def test_in_a_clamshell_the_feet_stay_together_and_the_knees_part():
    down, up = moment("clamshell", 0), moment("clamshell", 1)

    def apart(found: Skeleton, joint: str) -> float:
        return length(sub(found.joints[f"right-{joint}"], found.joints[f"left-{joint}"]))

    assert apart(up, "knee") > apart(down, "knee") + 150
    assert apart(up, "ankle") < apart(down, "ankle") + 120


def test_who_stands_up_does_not_move_their_feet():
    start = moment("sit-to-stand", 0)
    for which in (1, 2):
        found = moment("sit-to-stand", which)
        assert flat(found.joints["right-sole"], start.joints["right-sole"]) < 40
        assert found.joints["right-sole"][2] == pytest.approx(0, abs=3)


def test_who_steps_up_has_the_foot_on_the_step_in_both():
    for which in (0, 1):
        sole = moment("step-up", which).joints["right-sole"]
        assert sole[2] == pytest.approx(SIZES["step"][2], abs=2)


def test_against_a_wall_the_hands_and_feet_stay_and_the_body_is_straight():
    out, in_ = moment("wall-push-up", 0), moment("wall-push-up", 1)
    for joint in ("right-palm", "left-palm", "right-sole", "left-sole"):
        assert length(sub(out.joints[joint], in_.joints[joint])) < 3
    for found in (out, in_):
        leg = sub(found.joints["right-hip"], found.joints["right-ankle"])
        trunk = sub(found.joints["neck"], found.joints["hips"])
        assert between(leg, trunk) < 12
    assert in_.angles["right elbow"] > out.angles["right elbow"] + 30


def test_who_turns_the_elbows_out_keeps_them_at_the_sides():
    start, end = (moment("shoulder-external-rotation-band", n) for n in (0, 1))
    for side in SIDES:
        assert length(sub(start.joints[f"{side}-elbow"], end.joints[f"{side}-elbow"])) < 3
        hands = [abs(found.joints[f"{side}-palm"][1]) for found in (start, end)]
        assert hands[1] > hands[0] + 150


def test_a_heel_lies_on_its_rolled_towel():
    found = moment("heel-prop")
    low = found.joints["right-heel"][2] - body.HEEL
    assert low == pytest.approx(SIZES["rolled-towel"][2], abs=15)
    assert found.angles["right knee"] == 0
    assert found.joints["left-heel"][2] < body.HEEL + 15


def test_feet_with_a_band_part_and_their_soles_look_out():
    start, end = (moment("ankle-eversion-band", n) for n in (0, 1))
    for side in SIDES:
        assert end.angles[f"{side} foot tilt"] < 0 == start.angles[f"{side} foot tilt"]
        toes = [abs(found.joints[f"{side}-toes"][1]) for found in (start, end)]
        assert toes[1] > toes[0] + 60
    assert flat(end.joints["right-heel"], start.joints["right-heel"]) < 45


def test_a_head_that_turns_leaves_the_shoulders_where_they_are():
    ahead, turn = (moment("neck-turn", n) for n in (0, 1))
    assert ahead.joints["right-shoulder"] == turn.joints["right-shoulder"]
    assert between(ahead.frames["head"][0], turn.frames["head"][0]) > 50


@pytest.mark.slow
def test_the_sheet_shows_all_of_them_in_colour_and_in_grey(tmp_path):
    from PIL import Image

    colour, grey = (Image.open(path) for path in sheet.write(tmp_path, sorted(FIGURES)))
    assert (colour.mode, grey.mode) == ("RGB", "L")
    assert colour.size == grey.size
    assert colour.width > 4 * 40 / 25.4 * 150
