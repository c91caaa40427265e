"""The picture of joints and places is that of the bodies that are drawn, and names all of them."""

import re

from clinicpress.figures.limb_places import LIMB_PLACES
from clinicpress.figures.places import JOINTS, PLACES
from tools.places import PAGE, page, standard

UNSEEN = {"arch", "foot-inside", "ankle-inside", "thigh-inside", "knee-inside", "elbow-inside"}
"""Places on the inner side of a limb, which its outer side hides."""


def plain(name: str) -> str:
    return re.sub(r"^(right|left)-", "", name)


def test_the_picture_is_up_to_date():
    assert page(standard()) == PAGE.read_text("utf-8"), "Type “make places”."


def test_the_picture_names_every_joint_and_place_that_is_seen():
    named = {plain(name) for name in re.findall(r">([a-z0-9-]+)</text>", PAGE.read_text("utf-8"))}
    every = {plain(name) for name in (*JOINTS, *PLACES, *LIMB_PLACES)}
    inner = {name for name in every if re.fullmatch(r"skull|trunk-\d", name)}
    assert every - named == UNSEEN | inner
    assert named <= every
