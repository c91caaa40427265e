"""A person on paper: edges of flesh, lines in whole grains, parts that melt, ghosts, shadows."""

import re
from itertools import pairwise
from math import dist, hypot

import pytest

from clinicpress.figures import flesh
from clinicpress.figures.cloth import Spine
from clinicpress.figures.clothes import SHIRT
from clinicpress.figures.contour import (
    Cut,
    Section,
    around_all,
    at,
    contour,
    on_bone,
    outside,
    thinned,
    within,
)
from clinicpress.figures.drawing import draw
from clinicpress.figures.flesh import HOLDS, STYLES
from clinicpress.figures.ghosts import STEP, lines_left
from clinicpress.figures.ink import SHADES, Part, brush, smooth, tones
from clinicpress.figures.model import Drawing, Person
from clinicpress.figures.person import parts
from clinicpress.figures.stage import staged
from clinicpress.figures.view import VIEWS
from tests.figures.test_drawing import LOOK

UPRIGHT = ((1.0, 0.0, 0.0), (0.0, -1.0, 0.0), (0.0, 0.0, 1.0))
"""Of a right limb: to the front, to the outside, along it."""


def person(pose: dict | None = None, view: str = "front", **who) -> list[Part]:
    figure = Drawing.model_validate({"id": "one", "moments": {"one": {"pose": pose or {}}}})
    (stage,) = staged(figure, (Person(**who),), {})
    return list(parts(stage.skeletons["person"], VIEWS[view]))


def the(name: str, found: list[Part]) -> Part:
    return [part for part in found if part.name == name][-1]


# ---------------------------------------------------------------- contours


@pytest.mark.parametrize(
    ("view", "left", "right"),
    [("front", 30, 40), ("back", 40, 30), ("right", 20, 10), ("left", 10, 20)],
)
def test_an_edge_is_as_far_from_the_bone_as_the_section_says(view, left, right):
    """A right limb that reaches 10 to the front, 20 back, 30 outside and 40 inside."""
    stack = [Section((0, 0, z), UPRIGHT, (10, 20, 30, 40)) for z in (0, 100, 200)]
    seen = contour(stack, VIEWS[view])
    xs = [x for x, _ in (*seen.left, *seen.right)]
    assert (-min(xs), max(xs)) == pytest.approx((left, right))


def test_a_reach_between_two_rows_is_between_theirs():
    table = ((0, 10, 10, 10, 10), (0.5, 20, 30, 40, 50), (1, 0, 0, 0, 0))
    assert at(table, 0.25) == (15, 20, 25, 30)
    assert at(table, 2) == (0, 0, 0, 0)


def test_cloth_stands_off_and_flares_at_its_end():
    table = ((0, 10, 10, 10, 10), (0.5, 10, 10, 10, 10), (1, 10, 10, 10, 10))
    stack = on_bone(table, ((0, 0, 0), (0, 0, 100)), UPRIGHT, Cut(0, 1, 2, 3, 4))
    assert [section.reach[0] for section in stack] == [23, 24, 27]


@pytest.mark.parametrize("shadow", [0.2, 0.5])
def test_a_shadow_lies_on_the_side_away_from_the_light(shadow):
    """The light is at the upper left, so of an upright limb it is the right side."""
    stack = [Section((0, 0, z), UPRIGHT, (50, 50, 50, 50)) for z in (200, 100, 0)]
    ring = contour(stack, VIEWS["front"]).shadow(shadow)
    assert max(x for x, _ in ring) == 50
    assert min(x for x, _ in ring) == pytest.approx(50 - 100 * shadow)


def test_a_hull_is_round_all_and_thinning_keeps_corners():
    square = [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)]
    assert sorted(around_all([*square, (50.0, 50.0)])) == sorted(square)
    dense = [(float(x), 0.0) for x in range(0, 101, 5)] + [(100.0, 100.0), (0.0, 100.0)]
    assert thinned(dense, 0) == [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)]


def test_of_a_line_the_runs_are_found_that_lie_in_no_ring():
    square = [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)]
    assert within((50.0, 50.0), square)
    assert not any(within(spot, square) for spot in [(150.0, 50.0), (-1.0, 50.0), (50.0, 101.0)])
    line = [(float(x), 50.0) for x in (-40, -20, 20, 60, 120, 140)]
    assert list(outside(line, [square])) == [line[:3], line[3:]]
    assert list(outside(line[2:4], [square])) == []
    assert list(outside(line, [])) == [line]


def test_the_spine_goes_through_its_joints():
    figure = Drawing.model_validate(
        {"id": "one", "moments": {"one": {"pose": {"chest": {"bend": 40}}}}}
    )
    (stage,) = staged(figure, (Person(),), {})
    joints = stage.skeletons["person"].joints
    spine = Spine(stage.skeletons["person"])
    assert spine.place(0) == joints["hips"]
    assert spine.place(1) == pytest.approx(joints["neck"])
    assert spine.place(-0.1)[2] < joints["hips"][2]
    assert spine.frame(1)[2] == pytest.approx(stage.skeletons["person"].frames["chest"][2])


# ---------------------------------------------------------------- ink


def spots_of(data: str) -> list[tuple[float, float]]:
    """Return the ends of the curves of a path in relative curves."""
    x, y, found = 0.0, 0.0, []
    for letter, rest in re.findall(r"([Mcsq])([^Mcsqz]*)", data):
        values = [float(v) for v in re.findall(r"-?\d+", rest)]
        dx, dy = values[-2:]
        x, y = (dx, dy) if letter == "M" else (x + dx, y + dy)
        found.append((x, y))
    return found


def test_a_curve_goes_through_its_spots_in_whole_grains():
    ring = [(0, 0), (101, 4), (98, 103), (-5, 96)]
    assert spots_of(smooth(ring, 0.5)) == [(0, 0), (50, 2), (49, 52), (-2, 48), (0, 0)]
    assert spots_of(smooth(ring, 1, closed=False))[-1] == (-5, 96)


def test_rings_run_the_same_way_so_that_none_is_a_hole():
    ring = [(0, 0), (100, 0), (100, 100), (0, 100)]
    areas = []
    for each in (ring, ring[::-1]):
        found = spots_of(smooth(each, 1))
        areas.append(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(found)))
    assert areas[0] == areas[1] > 0


def test_a_nib_swells_and_ends_where_its_line_does():
    data = brush([(0, 0), (50, 30), (100, 0)], 10, 1)
    numbers = [int(v) for v in re.findall(r"-?\d+", data)]
    (x, y), (out_x, out_y), end, (back_x, back_y) = zip(numbers[:8:2], numbers[1:8:2], strict=True)
    assert (x, y) == (0, 0)
    assert end == (100, 0)
    upper = (out_x / 2 + end[0] / 4, out_y / 2)
    lower = (end[0] + back_x / 2 - end[0] / 4, back_y / 2)
    assert dist(upper, (50, 30)) == dist(lower, (50, 30)) == 5  # each half as wide


def test_every_tone_that_a_part_names_has_a_colour():
    colours = tones(LOOK.fills(0, "dark", "fair"))
    for view in VIEWS:
        for hair in (*STYLES, "none"):
            found = person({"right_arm": {"raise": 90, "plane": 90}}, view, hair=hair)
            used = {tone for part in found for _, tone in part.shapes}
            used |= {detail.tone for part in found for detail in part.details}
            assert used <= set(colours), (view, hair)
    assert {f"{name}-shade" for name in SHADES} <= set(colours)


# ---------------------------------------------------------------- bodies


def width(part: Part) -> float:
    return part.box.width


def test_a_body_is_drawn_as_large_as_it_is():
    slim, large = (the("trunk", person(girth=girth, view="right")) for girth in (1, 1.5))
    assert width(large) > width(slim) + 80
    pregnant = the("trunk", person(pregnant=True, view="right"))
    assert width(pregnant) > width(slim) + 90
    narrow, broad = (the("trunk", person(slim=slim)) for slim in (True, False))
    assert width(narrow) < width(broad) - 20


def test_shoes_have_soles_and_bare_feet_toes():
    shod, bare = (the("legs", person(feet=feet)) for feet in ("shoes", "bare"))
    assert {"shoe"} == {tone for _, tone in shod.shapes} - {"skin", "trousers"}
    assert "sole" in {detail.tone for detail in shod.details}
    assert "shoe" not in {tone for _, tone in bare.shapes}
    assert len(bare.shapes) == len(shod.shapes) + 10


@pytest.mark.parametrize("shape", HOLDS)
def test_a_hand_is_a_palm_a_thumb_and_fingers(shape):
    arm = the("right-arm", person({"right_arm": {"raise": 90, "hand": shape}}))
    edged = [detail for detail in arm.details if detail.kind == "rim"]
    assert len(edged) == 4  # two of the fingers are one


def test_each_finger_is_drawn_where_a_person_is_shown_large():
    figure = Drawing.model_validate({"id": "one", "moments": {"one": {"pose": {}}}})
    (stage,) = staged(figure, (Person(),), {})
    fine = list(parts(stage.skeletons["person"], VIEWS["front"], fine=True))
    edged = [detail for detail in the("right-arm", fine).details if detail.kind == "rim"]
    assert len(edged) == 5


@pytest.mark.parametrize("view", ["front", "front-right", "right"])
def test_no_curl_hangs_before_an_eye(view):
    part = the("head", person(view=view, hair="curly"))
    eyes = [
        detail.spots for detail in part.details if (detail.kind, detail.tone) == ("fill", "ink")
    ]
    curls = [ring for ring, tone in part.shapes if tone == "hair"][1:]
    assert len(curls) > 7
    for eye in eyes:
        x, y = eye[0]
        assert not any(
            min(a for a, _ in curl) < x < max(a for a, _ in curl)
            and min(b for _, b in curl) < y < max(b for _, b in curl)
            for curl in curls
        )


def length_of(part: Part) -> float:
    box = part.box
    return hypot(box.width, box.height)


def test_a_fist_is_shorter_than_an_open_hand():
    fist, flat = (
        length_of(the("right-arm", person({"right_arm": {"raise": 90, "elbow": 0, "hand": hand}})))
        for hand in ("fist", "flat")
    )
    assert fist < flat - 50


def test_a_shirt_stands_off_the_flesh():
    front, right = (the("trunk", person(view=view)).shapes[0][0] for view in ("front", "right"))
    wide, deep = (max(row[side] for row in flesh.TRUNK) for side in (3, 1))
    assert max(x for x, _ in front) == pytest.approx(wide + SHIRT, abs=2)
    assert max(x for x, _ in right) == pytest.approx(deep + SHIRT, abs=2)


def test_who_says_nothing_of_a_mouth_is_in_the_mood_of_the_drawing():
    people = {"glad": {}, "hurt": {"mouth": "sad"}, "like": {"like": "ill"}}
    moments = {"one": {"people": people}}
    figure = Drawing.model_validate({"id": "a", "mood": "smile", "moments": moments})
    (stage,) = staged(figure, (Person(),), {"ill": figure.moments["one"].people["hurt"]})
    moods = {who: skeleton.mouth for who, skeleton in stage.skeletons.items()}
    assert moods == {"glad": "smile", "hurt": "sad", "like": "sad"}


def edges_of(arm: Part) -> list[list]:
    return [list(detail.spots) for detail in arm.details if detail.kind == "edge"]


def test_a_shoulder_that_is_lifted_has_an_edge_before_the_neck():
    """Without one, sleeve and neck run into each other."""
    resting, lifted = (
        the("right-arm", person({"shoulders": {"lift": lift}}, "right")) for lift in (0, 80)
    )
    top = min(y for ring, _ in the("trunk", person({}, "right")).shapes[:1] for _, y in ring)
    assert min(y for edge in edges_of(lifted) for _, y in edge) < top - 20
    assert min(y for edge in edges_of(resting) for _, y in edge) > top - 20


@pytest.mark.parametrize("view", ["front", "front-left"])
def test_a_hand_on_the_other_shoulder_lies_over_that_arm(view):
    across = {"to": {"at": "left-shoulder-top", "move": [75, 70, -15]}, "hand": "flat"}
    lap = {"to": [300, -40, 1005]}
    found = person({"right_arm": across, "left_arm": lap}, view)
    assert the("right-arm", found).nearness > the("left-arm", found).nearness
    apart = person({"right_arm": {"raise": 10}, "left_arm": lap}, view)
    assert the("right-arm", apart).nearness < the("left-arm", apart).nearness


# ---------------------------------------------------------------- ghosts and shadows


def svg_of(moments: dict, **more) -> str:
    figure = Drawing.model_validate({"id": "one", "moments": moments, **more})
    return draw(figure, (Person(),), {}, LOOK, str, shape=3)


def ghosts(svg: str) -> list[str]:
    return re.findall(r'<path id="z\d+-one" d="([^"]*)"', svg)


def test_only_what_has_moved_is_a_ghost():
    lifted = {"like": "one", "right_arm": {"raise": 60}}
    moved = {"one": {"pose": {}}, "two": {"pose": lifted, "ghost": "one"}}
    (arm,) = ghosts(svg_of(moved, view="front"))
    bent = {"like": "one", "hips": {"bend": 30}}
    more = {"one": {"pose": {}}, "two": {"pose": bent, "ghost": "one"}}
    (whole,) = ghosts(svg_of(more, view="front"))
    assert 0 < arm.count("M") < whole.count("M")
    same = {"one": {"pose": {}}, "two": {"pose": {"like": "one"}, "ghost": "one"}}
    assert ghosts(svg_of(same)) == []


@pytest.mark.parametrize(("far", "count"), [(50, 0), (150, 1)])
def test_what_moved_a_little_has_no_ghost(far, count):
    moments = {"one": {"pose": {}}, "two": {"pose": {"at": [far, 0]}, "ghost": "one"}}
    assert len(ghosts(svg_of(moments, view="right"))) == count


def test_a_ghost_is_a_line_only_so_what_lies_behind_it_is_seen():
    lifted = {"like": "one", "arms": {"raise": 60}}
    moments = {"one": {"pose": {}}, "two": {"pose": lifted, "ghost": "one"}}
    (drawn,) = re.findall(r'<path id="z1-one"[^>]*>', svg_of(moments, view="front"))
    assert 'fill="none"' in drawn


def test_an_outline_is_seen_where_nothing_else_covers_it():
    square = [(0.0, 0.0), (400.0, 0.0), (400.0, 400.0), (0.0, 400.0)]
    far = [(900.0, 0.0), (999.0, 0.0), (999.0, 99.0)]
    (alone,) = lines_left([square], [far])
    assert alone[0] == alone[-1]  # all around
    half = [(-99.0, -99.0), (200.0, -99.0), (200.0, 499.0), (-99.0, 499.0)]
    (rest,) = lines_left([square], [half, far])
    assert min(x for x, _ in rest) > 200 - 2 * STEP
    assert (
        list(lines_left([square], [[(x - 9, y) for x, y in square], far])) == []
    )  # a slip of the pen


def test_a_ghost_stands_before_a_wall_and_behind_the_person():
    lifted = {"like": "one", "arms": {"raise": 60}}
    moments = {"one": {"pose": {}}, "two": {"pose": lifted, "ghost": "one"}}
    wall = {"is": "wall", "at": [-300, 0, 0], "behind": True}
    svg = svg_of(moments, view="front", props=[wall])
    second = svg[svg.rindex(LOOK.colours["wall"]) :]
    assert 0 < second.index('id="z1-one"') < second.index("translate(")


def test_who_is_on_the_floor_has_a_shadow_there():
    moments = {"one": {"pose": {}}}
    bare, shadowed = svg_of(moments), svg_of(moments, props=[{"is": "floor"}])
    assert shadowed.count("<path") == bare.count("<path") + 3  # a line, and a soft shadow of two
    up = {"one": {"pose": {"support": {"by": "nothing", "height": 1400}}}}
    assert svg_of(up, props=[{"is": "floor"}]).count("<path") == svg_of(up).count("<path") + 1
