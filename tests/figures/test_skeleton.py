"""From joint angles to joint positions: lengths stay, angles come back, limits hold."""

from math import cos, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicpress.figures import body
from clinicpress.figures.arm_bones import RISE
from clinicpress.figures.bones import OutOfReach
from clinicpress.figures.limits import LIMITS, SLACK, beyond
from clinicpress.figures.pose import Pose, Target, one_sided, over
from clinicpress.figures.skeleton import placed
from clinicpress.figures.space import Vec, about, add, after, dot, length, sub, turned

BONES = {
    ("shoulder", "elbow"): body.UPPER_ARM,
    ("elbow", "wrist"): body.FOREARM,
    ("wrist", "fingers"): body.HAND,
    ("hip", "knee"): body.THIGH,
    ("knee", "ankle"): body.SHANK,
}


def stand(target: Target, own) -> Vec:
    return add(target.point or own(target.at), target.move)


def skeleton(pose: dict):
    return placed(one_sided(Pose.model_validate(pose)), body.Build(), stand)


def near(place: Vec, expected: Vec, within: float = 0.5) -> bool:
    return length(sub(place, expected)) < within


angles = st.fixed_dictionaries(
    {
        "hips": st.fixed_dictionaries(
            {"bend": st.floats(-90, 90), "side": st.floats(-90, 90), "turn": st.floats(-90, 90)}
        ),
        "chest": st.fixed_dictionaries({"bend": st.floats(-20, 60), "turn": st.floats(-40, 40)}),
        "arms": st.fixed_dictionaries(
            {
                "raise": st.floats(0, 180),
                "plane": st.floats(-60, 120),
                "turn": st.floats(-90, 90),
                "elbow": st.floats(0, 150),
            }
        ),
        "legs": st.fixed_dictionaries(
            {"hip": st.floats(-30, 120), "out": st.floats(-20, 40), "knee": st.floats(0, 135)}
        ),
        "support": st.just({"by": "nothing", "height": 900}),
    }
)


@given(angles)
def test_bones_keep_their_length_in_every_pose(pose):
    found = skeleton(pose).joints
    for side in ("right", "left"):
        for (start, end), size in BONES.items():
            bone = sub(found[f"{side}-{end}"], found[f"{side}-{start}"])
            assert length(bone) == pytest.approx(size, abs=0.01)


@given(angles)
def test_a_pose_that_is_alike_on_both_sides_is_its_own_mirror_image(pose):
    pose = {**pose, "hips": {"bend": pose["hips"]["bend"]}, "chest": {}}
    found = skeleton(pose).joints
    for name, place in found.items():
        if name.startswith("right-"):
            other = found[name.replace("right", "left")]
            assert near(other, (place[0], -place[1], place[2]), 0.01)


def test_a_standing_person_is_as_tall_as_said_and_stands_on_the_floor():
    found = skeleton({})
    assert found.joints["right-hip"][2] == pytest.approx(0.53 * body.STATURE, abs=5)
    tip = found.joints["right-shoulder"][2] + 45  # the bone's tip lies above the joint
    assert tip == pytest.approx(0.818 * body.STATURE, abs=25)
    assert found.joints["right-sole"][2] == pytest.approx(0, abs=1)
    assert found.place("head-top")[2] == pytest.approx(body.STATURE, abs=45)


def test_an_arm_that_is_lifted_to_the_front_points_to_the_front():
    found = skeleton({"arms": {"raise": 90, "plane": 90, "elbow": 0}}).joints
    reach = sub(found["right-wrist"], found["right-shoulder"])
    assert near(reach, (body.UPPER_ARM + body.FOREARM, 0, 0))


def test_an_elbow_turned_outward_lifts_the_hand():
    found = skeleton({"arms": {"raise": 90, "plane": 0, "turn": -90, "elbow": 90}}).joints
    forearm = sub(found["left-wrist"], found["left-elbow"])
    assert near(forearm, (0, 0, body.FOREARM))


def test_on_all_fours_the_thigh_is_upright_and_the_shank_level():
    pose = {"hips": {"bend": 84}, "legs": {"hip": 84, "out": 0, "knee": 90}}
    found = skeleton({**pose, "support": {"by": "knees"}}).joints
    assert near(sub(found["right-knee"], found["right-hip"]), (0, 0, -body.THIGH))
    assert near(sub(found["right-ankle"], found["right-knee"]), (-body.SHANK, 0, 0))
    assert found["right-knee"][2] == pytest.approx(body.LIMBS["shank"][0])


@given(st.floats(0.2, 0.95), st.floats(-60, 60), st.floats(-40, 80))
def test_a_hand_gets_where_it_should(share, aside, up):
    reach = share * (body.UPPER_ARM + body.FOREARM + body.PALM)
    start = skeleton({}).joints["right-shoulder"]
    way = after(about((0, 0, 1), -aside), about((0, 1, 0), -up))
    place = add(start, turned((reach, 0, 0), way))
    found = skeleton({"right_arm": {"to": {"point": list(place)}}}).joints
    assert near(found["right-palm"], place, 0.1)
    shoulder = found["right-shoulder"]
    assert length(sub(found["right-elbow"], shoulder)) == pytest.approx(body.UPPER_ARM)


@pytest.mark.parametrize("plane", [0, 90])
def test_a_shoulder_rises_with_its_arm(plane):
    """It stays down until the arm is a third of the way to level (Inman 1944)."""
    highs = [
        skeleton({"arms": {"raise": lift, "plane": plane}}).joints["right-shoulder"][2]
        for lift in (0, 30, 90, 180)
    ]
    assert highs[0] == highs[1] < highs[2] < highs[3]
    assert highs[3] - highs[0] == pytest.approx(RISE[0])


def test_an_arm_on_a_place_rises_as_one_that_is_lifted_there():
    lifted = skeleton({"arms": {"raise": 120, "plane": 60, "elbow": 20}}).joints
    there = {"to": {"point": list(lifted["right-palm"])}, "elbow_to": [0.5, -1, -0.2]}
    reached = skeleton({"right_arm": there}).joints
    assert near(lifted["right-shoulder"], reached["right-shoulder"], 8)


# ---------------------------------------------------------------- where limbs look


@given(angles)
def test_the_frames_of_limbs_are_square(pose):
    frames = skeleton(pose).frames
    for part in ("upper-arm", "forearm", "hand", "thigh", "shank", "foot"):
        for side in ("right", "left"):
            a, b, c = frames[f"{side}-{part}"]
            assert [length(v) for v in (a, b, c)] == pytest.approx([1, 1, 1])
            assert [dot(a, b), dot(b, c), dot(c, a)] == pytest.approx([0, 0, 0], abs=1e-6)


LIFTED = {"raise": 80, "plane": 90, "elbow": 60}


@pytest.mark.parametrize(
    ("arm", "looks"),
    [
        ({"to": [360, -120, 950], "fingers": [1, 0, 0]}, (0, 0, -1)),  # on a table
        ({"to": [330, -180, 1400], "fingers": [0, 0, 1]}, (1, 0, 0)),  # against a wall
        ({"to": "left-chest", "fingers": [0, 1, 0]}, (-1, 0, 0)),  # on the own chest
        ({"to": [300, -120, 1000], "fingers": [1, 0, 0], "hand": "fist"}, (0, 1, 0)),
        ({**LIFTED, "palm": [0, 1, 0]}, (0, 1, 0)),
        ({"raise": 8, "elbow": 0}, (0, 1, 0)),  # hanging, to the thigh
    ],
)
def test_a_palm_looks_to_what_it_touches(arm, looks):
    palm = skeleton({"right_arm": arm}).frames["right-hand"][2]
    assert dot(palm, looks) > 0.75


def test_thumbs_are_on_the_inner_side_of_hands_that_lie_palm_down():
    arm = {"to": [360, -150, 950], "fingers": [1, 0, 0], "palm": [0, 0, -1]}
    frames = skeleton({"arms": arm}).frames
    assert frames["right-hand"][1][1] == pytest.approx(1)
    assert frames["left-hand"][1][1] == pytest.approx(-1)


def test_a_hand_that_cannot_get_there_says_how_far_it_is():
    with pytest.raises(OutOfReach) as short:
        skeleton({"right_arm": {"to": [2000, -200, 1400]}})
    assert short.value.limb == "right hand"
    assert short.value.missing == pytest.approx(2000 - 668, abs=60)


def test_a_target_for_the_right_arm_is_mirrored_for_the_left():
    found = skeleton({"arms": {"to": "left-shoulder-top"}})
    assert near(found.joints["right-palm"], found.place("left-shoulder-top"))
    assert near(found.joints["left-palm"], found.place("right-shoulder-top"))


@pytest.mark.parametrize("plane", [1, 45, 90])
@pytest.mark.parametrize("elbow", [45, 90])
@pytest.mark.parametrize("turn", [-80, 0, 60])
def test_the_angles_of_an_arm_are_read_back_from_where_its_parts_are(plane, elbow, turn):
    """What the limits look at is the same whether an arm was given by angles or by places."""
    arm = {"raise": 80, "plane": plane, "turn": turn, "elbow": elbow}
    found = skeleton({"arms": arm}).angles
    assert found["right shoulder raise"] == pytest.approx(80)
    assert found["right shoulder across"] == pytest.approx(plane)
    assert found["right elbow"] == pytest.approx(elbow)
    assert found["right shoulder turn"] == pytest.approx(turn, abs=1e-6)


def test_the_angles_of_a_leg_on_a_place_are_those_of_the_pose():
    hip, knee = 40, 70
    thigh = (sin(radians(hip)) * body.THIGH, 0, -cos(radians(hip)) * body.THIGH)
    below = radians(hip - knee)
    shank = (sin(below) * body.SHANK, 0, -cos(below) * body.SHANK)
    start = (0, -body.HIP, 800)
    sole = add(add(add(start, thigh), shank), (0, 0, -body.ANKLE_HEIGHT))
    found = skeleton(
        {"support": {"by": "nothing", "height": 800}, "right_leg": {"to": {"point": list(sole)}}}
    ).angles
    assert found["right hip"] == pytest.approx(hip, abs=0.5)
    assert found["right knee"] == pytest.approx(knee, abs=0.5)
    assert found["right ankle on the floor"] == pytest.approx(hip - knee, abs=0.5)


@pytest.mark.parametrize(
    ("joint", "angle"),
    [("neck bend", 60), ("right elbow", 160), ("left knee", 150), ("right hip", -45)],
)
def test_a_joint_beyond_its_limit_is_found(joint, angle):
    plain = joint.removeprefix("right ").removeprefix("left ")
    assert list(beyond({joint: angle, "back turn": 0})) == [(joint, angle, LIMITS[plain])]


def test_a_joint_at_its_limit_is_let_pass():
    assert list(beyond({"knee": 135 + SLACK, "neck turn": -60})) == []


def test_what_a_pose_says_takes_the_place_of_what_it_is_like():
    below = one_sided(Pose.model_validate({"arms": {"to": [300, -100, 900]}, "hips": {"bend": 5}}))
    above = one_sided(Pose.model_validate({"right_arm": {"raise": 90}, "hips": {"turn": 9}}))
    both = over(above, below)
    assert both.right_arm.to is None
    assert both.right_arm.raise_ == 90
    assert both.left_arm.to == Target(point=(300, 100, 900))
    assert (both.hips.bend, both.hips.turn) == (5, 9)
