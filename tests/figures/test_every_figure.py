"""Every figure in sources: hands touch, feet stand, backs meet walls, nothing runs through.

Distances are in mm. Flesh gives way: a limb may sink into what it touches by less than its radius.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest

from clinicpress.figures import body
from clinicpress.figures.limits import beyond
from clinicpress.figures.model import Person, Prop
from clinicpress.figures.places import PLACES
from clinicpress.figures.pose import SIDES, Target
from clinicpress.figures.scene import SEAT, SIZES
from clinicpress.figures.skeleton import Skeleton
from clinicpress.figures.space import Vec, about, add, dot, length, mixed, sub, turned
from clinicpress.figures.stage import Stage, staged
from tests.conftest import content

LIBRARY = content()
SOMEBODY = (Person(),)
HELD = (LIBRARY.artworks, *(topic.artworks for topic in LIBRARY.topics.values()))
FIGURES = [artwork.figure for artworks in HELD for artwork in artworks.values()]
STAGES = {
    (figure.id, moment): stage
    for figure in FIGURES
    for moment, stage in zip(figure.moments, staged(figure, SOMEBODY, LIBRARY.poses), strict=True)
}
PEOPLE = {
    "-".join([*key, who]): (stage, who) for key, stage in STAGES.items() for who in stage.skeletons
}


def all_who(do: Callable[[Stage, str], object]) -> pytest.MarkDecorator:
    """Return the mark of a test of each person who does something, by figure and moment."""
    found = {id: person for id, person in PEOPLE.items() if do(*person)}
    return pytest.mark.parametrize(("stage", "who"), found.values(), ids=found)


everybody = all_who(lambda stage, who: True)


def test_there_are_figures_to_look_at():
    assert len(FIGURES) > 100
    assert len(PEOPLE) > 150


@everybody
def test_no_joint_goes_further_than_peoples_do(stage: Stage, who: str):
    assert list(beyond(stage.skeletons[who].angles)) == []


def touches(stage: Stage, who: str) -> list[tuple[str, Target]]:
    """Return the joints of a person that reach for a place, with that place."""
    pose, found = stage.poses[who], []
    for side in SIDES:
        arm, leg = getattr(pose, f"{side}_arm"), getattr(pose, f"{side}_leg")
        hand = "fingers" if arm.hand == "fingertips" else "palm"
        found += [(f"{side}-{hand}", arm.to), (f"{side}-sole", leg.to)]
    return [(joint, place) for joint, place in found if place is not None]


@all_who(touches)
def test_hands_and_feet_are_where_they_should_be(stage: Stage, who: str):
    for joint, to in touches(stage, who):
        place = stage.find(to, to.of or who)
        assert length(sub(stage.skeletons[who].joints[joint], place)) < 2


@everybody
def test_the_body_rests_on_its_support(stage: Stage, who: str):
    skeleton, support = stage.skeletons[who], stage.poses[who].support
    lowest = {
        "feet": lambda: min(foot_ends(skeleton), default=support.height),
        "knees": lambda: min(skeleton.joints[f"{s}-knee"][2] for s in SIDES) - 56,
        "seat": lambda: trunk_end(skeleton, 0),
        "body": lambda: min(
            *(trunk_end(skeleton, part) for part in range(5)),
            *(skeleton.joints[f"{side}-shoulder"][2] - 50 for side in SIDES),
        ),
        "nothing": lambda: support.height,
    }[support.by]()
    give = 20 if support.by == "body" else 8  # a shoulder that lies below goes in with its arm
    assert lowest == pytest.approx(support.height, abs=give)


def foot_ends(skeleton: Skeleton) -> Iterator[float]:
    for side in SIDES:
        yield skeleton.joints[f"{side}-heel"][2] - body.HEEL
        yield skeleton.joints[f"{side}-toes"][2] - body.TOES


def trunk_end(skeleton: Skeleton, part: int) -> float:
    frame, axes = skeleton.frames[f"trunk-{part}"], skeleton.build.trunk()[part]
    reach = sum((column[2] * axis) ** 2 for column, axis in zip(frame, axes, strict=True)) ** 0.5
    return skeleton.joints[f"trunk-{part}"][2] - reach


@all_who(lambda stage, who: any(prop.is_ == "floor" for prop in stage.props))
def test_no_foot_is_in_the_floor(stage: Stage, who: str):
    assert min(foot_ends(stage.skeletons[who])) > -12


@all_who(lambda stage, who: stage.poses[who].support.back_to is not None)
def test_the_back_meets_its_wall(stage: Stage, who: str):
    skeleton = stage.skeletons[who]
    backs = [
        skeleton.joints[f"trunk-{part}"][0]
        - sum((c[0] * a) ** 2 for c, a in zip(frame, axes, strict=True)) ** 0.5
        for part, (frame, axes) in enumerate(
            zip((skeleton.frames[f"trunk-{n}"] for n in range(5)), skeleton.build.trunk(),
                strict=True)
        )
    ]  # fmt: skip
    assert min(backs) == pytest.approx(stage.poses[who].support.back_to, abs=2)


# ---------------------------------------------------------------- nothing runs through a thing

BONES = ("shoulder", "elbow", "wrist", "palm"), ("hip", "knee", "ankle", "sole")


def bones(skeleton: Skeleton) -> Iterator[tuple[str, Vec]]:
    """Yield points inside the limbs, ends of the body's own contact left out."""
    for side in SIDES:
        for chain in BONES:
            for start, end in pairwise(chain):
                a, b = (skeleton.joints[f"{side}-{name}"] for name in (start, end))
                for step in range(1, 8):
                    yield f"{side} {start} to {end}", mixed(a, b, step / 8)


def solids(stage: Stage) -> Iterator[tuple[Prop, Vec, Vec, float]]:
    """Yield what is solid of each prop: its middle, half its size, and where it looks."""
    for prop in stage.props:
        if prop.is_ not in ("wall", "chair", "stool", "wheelchair", "desk", "table", "bed", "box"):
            continue
        size = prop.size or SIZES[prop.is_]
        (x, y, z), (long, wide, high) = stage.through(prop)[0], size
        match prop.is_:
            case "wall":
                back = turned((-long / 2, 0, high / 2), about((0, 0, 1), prop.facing))
                yield prop, add((x, y, z), back), (long / 2, wide / 2, high / 2), prop.facing
            case "chair" | "stool" | "wheelchair":
                yield prop, (x, y, z + SEAT - 22), (long / 2, wide / 2, 22), prop.facing
            case "desk" | "table":
                yield prop, (x, y, z + high - 20), (long / 2, wide / 2, 20), prop.facing
            case _:
                yield prop, (x, y, z + high / 2), (long / 2, wide / 2, high / 2), prop.facing


def inside(place: Vec, middle: Vec, half: Vec, facing: float) -> float:
    """Return how deep a place lies in a box; below zero, it is outside."""
    turn, away = about((0, 0, 1), facing), sub(place, middle)
    return min(h - abs(dot(away, axis)) for h, axis in zip(half, turn, strict=True))


@everybody
def test_no_limb_goes_through_a_thing(stage: Stage, who: str):
    deep = [
        (prop.is_, bone, round(depth))
        for prop, middle, half, facing in solids(stage)
        for bone, place in bones(stage.skeletons[who])
        if (depth := inside(place, middle, half, facing)) > 10
    ]
    assert deep == []


@everybody
def test_no_limb_goes_through_the_trunk(stage: Stage, who: str):
    skeleton = stage.skeletons[who]
    deep = []
    for bone, place in bones(skeleton):
        if "shoulder" in bone or "hip" in bone:
            continue
        for part, axes in enumerate(skeleton.build.trunk()):
            away = sub(place, skeleton.joints[f"trunk-{part}"])
            frame = skeleton.frames[f"trunk-{part}"]
            share = sum((dot(away, c) / a) ** 2 for c, a in zip(frame, axes, strict=True)) ** 0.5
            if share < 0.6:
                deep.append((bone, part, round(share, 2)))
    assert deep == []


# ---------------------------------------------------------------- who has one


def test_every_exercise_and_technique_has_a_figure_for_every_reader():
    lacking = [
        item.id
        for topic in LIBRARY.topics.values()
        for items in (topic.exercises, topic.techniques)
        for item in items.values()
        if item.steps and not item.figure
    ]
    assert lacking == []


def test_every_place_that_is_named_is_on_a_body():
    skeleton = next(iter(STAGES.values())).skeletons["person"]
    assert len([skeleton.place(name) for name in PLACES]) == len(PLACES)


def test_every_figure_says_what_it_shows():
    said = [figure.alt.default for figure in FIGURES]
    assert len(set(said)) == len(said)
    assert [words for words in said if len(words.split()) < 4] == []
