"""Hands that pinch, hold and spread, and lie before what they hold and before their own sleeve."""

from itertools import pairwise
from math import dist

import pytest

from clinicpress.figures.contour import within
from clinicpress.figures.finger_bones import LARGE, Bones
from clinicpress.figures.flesh import FINE, HOLDS, THUMB
from clinicpress.figures.limb_places import GRASP
from clinicpress.figures.model import Drawing, Person
from clinicpress.figures.person import parts
from clinicpress.figures.space import UNTURNED, dot, length, sub, unit
from clinicpress.figures.stage import staged
from clinicpress.figures.view import VIEWS

HAND = Bones((0.0, 0.0, 0.0), UNTURNED)
"""A hand whose fingers go to the front, whose thumb is to the left, and which looks up."""


def tips(shape: str):
    return [HAND.finger(shape, FINE, n)[-1] for n in range(4)]


def test_who_pinches_brings_the_tips_of_thumb_and_index_finger_together():
    index, *others = tips("pinch")
    thumb = HAND.thumb("pinch")[-1]
    flesh = (FINE[0].radius + THUMB.radius) * 0.86 * LARGE
    assert flesh * 0.5 < length(sub(index, thumb)) < flesh
    assert min(length(sub(tip, thumb)) for tip in others) > 2 * flesh


def test_who_holds_a_ball_has_it_between_fingers_and_thumb():
    middle = HAND.at(88, 0, GRASP)
    away = [sub(tip, middle) for tip in (*tips("hold"), HAND.thumb("hold")[-1])]
    assert all(25 < length(each) < 85 for each in away)
    assert all(dot(unit(away[-1]), unit(each)) < 0.6 for each in away[:2])


def test_fingers_that_spread_are_further_apart_than_those_of_an_open_hand():
    def gaps(shape: str) -> list[float]:
        return [length(sub(a, b)) for a, b in pairwise([HAND.thumb(shape)[-1], *tips(shape)])]

    flat, open_, spread = (gaps(shape) for shape in ("flat", "open", "spread"))
    assert all(a < c and b < c for a, b, c in zip(flat, open_, spread, strict=True))


@pytest.mark.parametrize("shape", sorted(HOLDS))
def test_no_finger_bends_back_or_further_than_fingers_do(shape):
    for curl in filter(None, (HOLDS[shape].curl, HOLDS[shape].first)):
        assert all(0 <= angle <= 110 for angle in curl)


# ---------------------------------------------------------------- the order of what is drawn


def drawn(view: str, **arm):
    figure = Drawing.model_validate({"id": "one", "moments": {"one": {"pose": {"right_arm": arm}}}})
    (stage,) = staged(figure, (Person(),), {})
    found = parts(stage.skeletons["person"], VIEWS[view], fine=True)
    return {part.name: part for part in found}


BEFORE_THE_CHEST = {"to": [420, -250, 1250], "fingers": [1, 0, 0.2], "elbow_to": [-0.2, -1, -1]}


@pytest.mark.parametrize(
    ("palm", "hand", "closes"),
    [([0, -1, 0.3], "hold", True), ([0, 1, 0.3], "hold", False), ([0, -1, 0.3], "open", False)],
    ids=["the palm to the eye", "its back to the eye", "an open hand"],
)
def test_fingers_that_close_lie_before_what_they_hold(palm, hand, closes):
    found = drawn("right", **BEFORE_THE_CHEST, palm=palm, hand=hand)
    assert ("right-fingers" in found) == closes
    if closes:
        assert 0.5 < found["right-fingers"].nearness - found["right-arm"].nearness < 1


def test_a_hand_before_its_own_sleeve_is_not_hidden_by_it():
    up = {"fingers": [0.2, 0, 1], "palm": [1, 0, 0]}
    over = drawn("front", to=[250, -250, 1300], **up)
    beside = drawn("front", to=[250, -520, 1300], **up)
    assert over["right-fingers"].nearness > over["right-arm"].nearness
    assert "right-fingers" not in beside


@pytest.mark.parametrize("hand", ["flat", "spread", "open"])
def test_a_large_thumb_has_no_seam_where_it_leaves_the_palm(hand):
    arm = {"to": [60, -450, 1560], "hand": hand, "fingers": [0, 0, 1], "palm": [1, 0, 0]}
    figure = Drawing.model_validate({"id": "one", "moments": {"one": {"pose": {"right_arm": arm}}}})
    (stage,) = staged(figure, (Person(),), {})
    skeleton, view = stage.skeletons["person"], VIEWS["front"]
    whole = next(p for p in parts(skeleton, view, fine=True) if p.name == "right-arm")
    bones = Bones(skeleton.joints["right-wrist"], skeleton.frames["right-hand"])
    (rx, ry), (kx, ky) = (view.spot(place) for place in bones.thumb(hand)[:2])
    far = THUMB.radius / dist((rx, ry), (kx, ky))
    end = (rx + (rx - kx) * far, ry + (ry - ky) * far)  # of its round root, in the palm
    last = max(i for i, detail in enumerate(whole.details) if detail.kind == "rim")
    assert whole.details[last + 1].kind == "fill"
    assert within(end, whole.details[last + 1].spots)
