"""A foot stands on its sole, ball, heel or edge; its toes bend; no ankle goes too far."""

from itertools import pairwise
from math import asin, degrees

import pytest

from clinicpress.figures import body
from clinicpress.figures.leg_bones import low_end
from clinicpress.figures.limits import LIMITS, beyond
from clinicpress.figures.model import Drawing, Person
from clinicpress.figures.paths import path
from clinicpress.figures.person import parts
from clinicpress.figures.pose import SIDES
from clinicpress.figures.space import sub, unit
from clinicpress.figures.stage import staged
from clinicpress.figures.view import VIEWS
from tests.figures.test_skeleton import near, skeleton


def test_who_rises_on_the_toes_stands_on_balls_and_toes_and_the_heels_are_up():
    flat = skeleton({}).joints
    up = skeleton({"legs": {"ankle": 38, "curl": -38}}).joints
    for side in SIDES:
        assert up[f"{side}-ball"][2] == pytest.approx(body.TOES)
        assert up[f"{side}-toes"][2] == pytest.approx(body.TOES, abs=1)
        assert up[f"{side}-heel"][2] - flat[f"{side}-heel"][2] > 60


@pytest.mark.parametrize(("on", "joint"), [("ball", "ball"), ("heel", "heel"), ("sole", "sole")])
@pytest.mark.parametrize("pitch", [-0.5, 0.0])
def test_what_a_foot_stands_on_is_where_it_should_be(on, joint, pitch):
    toes = [1, 0, pitch if on == "ball" else -pitch]
    leg = {"to": [150, -95, 20], "on": on, "toes": toes}
    found = skeleton({"support": {"by": "nothing", "height": 820}, "right_leg": leg})
    down = unit(sub(found.joints["right-sole"], found.joints["right-ankle"]))
    radius = {"ball": body.TOES, "heel": body.HEEL, "sole": 0.0}[joint]
    place = found.joints[f"right-{joint}"]
    assert near(tuple(p + d * radius for p, d in zip(place, down, strict=True)), (150, -95, 20))


def test_the_toes_of_a_foot_on_its_ball_lie_flat():
    leg = {"to": [-300, -95, 0], "on": "ball", "toes": [1, 0, -0.6]}
    found = skeleton({"support": {"by": "nothing", "height": 800}, "right_leg": leg})
    toes = unit(sub(found.joints["right-toes"], found.joints["right-ball"]))
    assert abs(degrees(asin(toes[2]))) < 1
    assert found.angles["right toes"] == pytest.approx(-degrees(asin(0.6 / 1.36**0.5)))


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("by", ["angles", "place"])
def test_a_sole_that_is_tilted_looks_inward(side, by):
    """Of the right foot that is to the left, and of the left foot to the right."""
    place = {"to": [100, -95 if side == "right" else 95, 0]} if by == "place" else {}
    pose = {"support": {"by": "nothing", "height": 870}, f"{side}_leg": {"tilt": 20, **place}}
    found = skeleton(pose)
    sole = unit(sub(found.joints[f"{side}-sole"], found.joints[f"{side}-ankle"]))
    inward = 1 if side == "right" else -1
    assert sole[1] * inward == pytest.approx(0.34, abs=0.06)
    assert found.angles[f"{side} foot tilt"] == 20


@pytest.mark.parametrize("tilt", [-15, 0, 30])
def test_a_tilted_foot_stands_on_its_edge_and_not_in_the_floor(tilt):
    for leg in ({"tilt": tilt}, {"tilt": tilt, "to": [0, -95, 0]}):
        low = {"support": {"by": "nothing", "height": 870}} if "to" in leg else {}
        found = skeleton({"right_leg": leg, "left_leg": leg if not low else {}, **low})
        assert low_end(found.joints, "right", tilt) == pytest.approx(0, abs=6)


def test_toes_that_curl_under_stay_on_the_floor():
    flat, curled = (skeleton({"legs": {"curl": curl}}).joints for curl in (0, 40))
    assert near(curled["right-toes"], flat["right-toes"])


def test_an_arrow_follows_a_foot_that_rises_onto_its_ball():
    low = {"right_leg": {"to": [-100, -95, 0], "on": "ball", "toes": [1, 0, -0.1]},
           "support": {"by": "nothing", "height": 850}}  # fmt: skip
    high = {"like": "low", "right_leg": {"toes": [1, 0, -0.8]}}
    moments = {"low": {"pose": low}, "high": {"pose": high}}
    start, end = staged(Drawing.model_validate({"id": "one", "moments": moments}), (Person(),), {})
    heights = [place[2] for place in path(start, end, "person", "right-heel")]
    steps = [b - a for a, b in pairwise(heights)]
    assert heights[-1] - heights[0] > 60
    assert all(0 < step < 35 for step in steps)


# ---------------------------------------------------------------- limits


@pytest.mark.parametrize(
    ("leg", "told"),
    [
        ({"tilt": 40}, "right foot tilt"),
        ({"tilt": -20}, "right foot tilt"),
        ({"curl": -80}, "right toes"),
        ({"curl": 60}, "right toes"),
        ({"ankle": 60}, "right ankle on the floor"),
    ],
)
def test_a_foot_beyond_its_limit_is_found(leg, told):
    assert [joint for joint, *_ in beyond(skeleton({"right_leg": leg}).angles)] == [told]


def test_an_ankle_that_carries_goes_further_than_one_that_hangs():
    standing = skeleton({"right_leg": {"ankle": -35}})
    hanging = skeleton({"support": {"by": "seat", "height": 450}, "right_leg": {"ankle": -35}})
    assert list(beyond(standing.angles)) == []
    assert list(beyond(hanging.angles)) == [("right ankle", -35, LIMITS["ankle"])]


@pytest.mark.parametrize(
    ("low", "toes", "told"),
    [(840, [0, -1, 0], "right foot turn"), (840, [-1, 0.2, 0], "right foot turn"),
     (895, [-1, 0.1, 0], "right leg turn"), (840, [1, -0.6, 0], None), (895, [1, 0.5, 0], None)],
    ids=["a foot turned out", "a foot that looks back", "a straight leg", "a little out", "and in"],
)  # fmt: skip
def test_no_foot_is_turned_round(low, toes, told):
    leg = {"to": [0, -95, 0], "toes": toes, "knee_to": [1, 0, 0]}
    found = skeleton({"support": {"by": "nothing", "height": low}, "right_leg": leg}).angles
    assert [joint for joint, *_ in beyond(found)] == ([told] if told else [])


def test_a_foot_that_looks_outward_is_turned_below_zero_on_both_sides():
    def turn(side: str, aside: float) -> float:
        leg = {"to": [0, aside / abs(aside) * 95, 0], "toes": [1, aside, 0], "knee_to": [1, 0, 0]}
        pose = {"support": {"by": "nothing", "height": 820}, f"{side}_leg": leg}
        return skeleton(pose).angles[f"{side} foot turn"]

    assert turn("right", -0.3) == pytest.approx(turn("left", 0.3))
    assert turn("right", -0.3) < -10


def test_a_knee_goes_before_the_toes_as_far_as_an_ankle_lets_it():
    def lunge(height: float) -> list[str]:
        pose = {"support": {"by": "nothing", "height": height}, "at": [height / 8, 0],
                "right_leg": {"to": [0, -95, 0], "knee_to": [1, 0, 0]}}  # fmt: skip
        return [joint for joint, *_ in beyond(skeleton(pose).angles)]

    assert lunge(800) == []
    assert "right ankle on the floor" in lunge(480)


# ---------------------------------------------------------------- as it is drawn


def foot(view: str, *, fine: bool = True, **leg):
    figure = Drawing.model_validate(
        {"id": "one", "feet": "bare", "moments": {"one": {"pose": {"legs": leg}}}}
    )
    (stage,) = staged(figure, (Person(feet="bare"),), {})
    found = list(parts(stage.skeletons["person"], VIEWS[view], fine=fine))
    return next(part for part in found if part.name in ("right-leg", "legs"))


def test_a_bare_foot_shows_each_toe_where_it_is_large():
    def toes(part) -> int:
        return sum(detail.kind == "rim" for detail in part.details)

    assert (toes(foot("right")), toes(foot("front"))) == (5, 10)
    assert toes(foot("right", fine=False)) == 0
    assert toes(foot("back")) == 0


@pytest.mark.parametrize("curl", [-50, 40])
def test_toes_are_drawn_as_they_are_bent(curl):
    def high(part) -> float:
        return min(y for d in part.details if d.kind == "rim" for _, y in d.spots)

    assert high(foot("right", curl=curl)) < high(foot("right", curl=0)) - 10


def test_the_hollow_of_a_foot_is_on_its_inside():
    inside, outside = foot("left"), foot("right")
    shades = [sum(d.tone == "skin-shade" for d in part.details) for part in (inside, outside)]
    assert shades[0] == shades[1] + 1
