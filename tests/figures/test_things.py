"""Dumb-bells, crutches, towels, wraps, tape and bands: where they are, and what is before what."""

import re

import pytest

from clinicpress.figures import body
from clinicpress.figures.closeups import CLOSE_UPS
from clinicpress.figures.drawing import draw
from clinicpress.figures.flesh import HOLDS
from clinicpress.figures.inking import layer_inked, pen_of
from clinicpress.figures.limb_places import LIMB_PLACES, ON_FOOT
from clinicpress.figures.model import CloseUp, Drawing, Person, PropKind
from clinicpress.figures.places import PLACES
from clinicpress.figures.scene import SIZES
from clinicpress.figures.seen import Scene
from clinicpress.figures.shapes import Box
from clinicpress.figures.stage import Fault, staged
from clinicpress.figures.view import VIEWS
from clinicpress.figures.worn import AROUND
from tests.conftest import ROOT
from tests.figures.test_drawing import DESIGN, LOOK

PEN = pen_of(LOOK, 1000, str)
STANDING = {"legs": {"out": 2}}


def scene(prop: dict, pose: dict = STANDING, view: str = "right", **more) -> Scene:
    written = {"id": "one", "view": view, "props": [prop], "moments": {"one": {"pose": pose}}}
    figure = Drawing.model_validate({**written, **more})
    (stage,) = staged(figure, (Person(),), {})
    return Scene(figure, stage, (Person(),), LOOK, (stage,))


def boxes(seen: Scene) -> list[Box]:
    return [layer.shapes[0].box for layer in seen.things]


def whole(seen: Scene) -> Box:
    first, *others = boxes(seen)
    for box in others:
        first = first.joined(box)
    return first


def place(seen: Scene, name: str) -> tuple[float, float]:
    return seen.view.spot(seen.stage.skeletons["person"].place(name))


# ---------------------------------------------------------------- held


LEVEL = {"right_arm": {"to": [450, -200, 1150], "fingers": [1, 0, 0], "hand": "fist"}}


@pytest.mark.parametrize(
    ("palm", "view"), [([0, 1, 0], "right"), ([0, 0, 1], "front"), ([0, 0, -1], "right")]
)
def test_a_dumbbell_lies_across_the_palm_with_an_end_on_each_side_of_the_hand(palm, view):
    pose = {"right_arm": {**LEVEL["right_arm"], "palm": palm}}
    seen = scene({"is": "dumbbell", "at": "right-palm"}, pose, view)
    hand, box = place(seen, "right-palm"), whole(seen)
    assert box.left < hand[0] < box.right
    assert box.top < hand[1] < box.bottom
    assert 90 <= max(box.width, box.height) < 280


def test_the_nearer_end_of_a_dumbbell_is_before_the_hand_and_the_other_behind():
    pose = {"right_arm": {**LEVEL["right_arm"], "palm": [0, 0, -1]}}
    seen = scene({"is": "dumbbell", "at": "right-palm"}, pose, "right")
    arm = next(p.nearness for p in seen.people["person"].parts if p.name == "right-arm")
    order = sorted(layer.nearness > arm for layer in seen.things)
    assert order == [False, False, True]


def test_a_crutch_goes_from_the_floor_past_the_hand_to_a_cuff_on_the_forearm():
    reach = {"right_arm": {"to": [220, -260, 860], "hand": "grip", "fingers": [1, 0, -0.4]}}
    seen = scene({"is": "crutch", "through": [[300, -280, 0], "right-palm"]}, reach)
    box, elbow = whole(seen), place(seen, "right-elbow")
    assert box.bottom == pytest.approx(0, abs=25)
    assert elbow[1] < box.top < place(seen, "right-wrist")[1]


def test_a_stick_ends_at_the_hand():
    reach = {"right_arm": {"to": [220, -260, 860], "hand": "grip", "fingers": [1, 0, -0.4]}}
    seen = scene({"is": "stick", "through": [[300, -280, 0], "right-palm"]}, reach)
    assert whole(seen).top == pytest.approx(place(seen, "right-palm")[1], abs=30)


def test_a_ball_in_the_grasp_is_between_the_palm_and_the_fingers():
    pose = {"right_arm": {**LEVEL["right_arm"], "palm": [0, -1, 0], "hand": "hold"}}
    seen = scene({"is": "ball", "at": "right-grasp", "size": [70, 70, 70]}, pose)
    near = {part.name: part.nearness for part in seen.people["person"].parts}
    ball, gleam = seen.things
    assert near["right-arm"] < ball.nearness <= gleam.nearness < near["right-fingers"]


def grey(colour: str) -> float:
    """Return how light a colour is on a grey printer, 0 to 255 (ITU-R BT.601)."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


@pytest.mark.parametrize("skin", sorted(LOOK.skin))
def test_a_ball_stands_off_every_skin_in_grey(skin):
    assert abs(grey(LOOK.colours["ball"]) - grey(LOOK.skin[skin])) > 30


def test_a_small_ball_is_a_knob_of_wood_without_a_gleam():
    small, large = (
        scene({"is": "ball", "at": [0, 0, 900], "size": [size] * 3}) for size in (50, 75)
    )
    assert [layer.shapes[0].fill for layer in small.things] == ["cane"]
    assert [layer.shapes[0].fill for layer in large.things] == ["ball", "paper"]


def test_a_close_up_of_a_hand_shows_the_whole_thumb():
    arm = {"to": [60, -450, 1560], "hand": "spread", "fingers": [0, 0, 1], "palm": [1, 0, 0]}
    seen = scene({"is": "floor"}, {"right_arm": arm}, "front", close_up="right-hand")
    tip = place(seen, "right-thumb-tip")
    assert seen.frame.right - tip[0] > 30 > 0


# ---------------------------------------------------------------- towels and steps


def test_a_rolled_towel_shows_its_turns_at_the_end_that_is_seen():
    side, front = (
        scene({"is": "rolled-towel", "at": [0, 0, 0]}, view=v) for v in ("right", "front")
    )
    assert (len(side.things), len(front.things)) == (3, 2)
    assert whole(side).bottom == pytest.approx(0, abs=5)
    assert whole(side).height == pytest.approx(SIZES["rolled-towel"][2], abs=8)


def test_the_end_of_a_rolled_towel_is_towel_with_a_thin_line_on_it():
    seen = scene({"is": "rolled-towel", "at": [0, 0, 0]}, view="right-above")
    shapes = [shape for layer in seen.things for shape in layer.shapes]
    assert {shape.fill for shape in shapes if not shape.crease} == {"towel"}
    lines = [layer_inked(layer, LOOK.colours, PEN) for layer in seen.things
             if layer.shapes[0].crease]  # fmt: skip
    assert len(lines) == 2  # the turns, and the hem along it
    thin = f'stroke-width="{round(PEN.line)}"'
    assert all(
        thin in line and line.startswith("<path") and 'fill="none"' in line for line in lines
    )


HANDS = {f"{side}_arm": {"to": [250, 250 * way, 1150], "hand": "fist"}
         for side, way in (("right", -1), ("left", 1))}  # fmt: skip


def test_a_towel_between_two_hands_is_in_folds_and_wider_than_where_a_hand_gathers_it():
    held = scene({"is": "towel", "through": ["right-palm", "left-palm"]}, HANDS, "front")
    laid = scene({"is": "towel", "through": [[250, -250, 1150], [250, 250, 1150]]}, HANDS, "front")
    creases = [layer.shapes[0].crease for layer in held.things]
    assert creases == [False, True, True, True]
    assert boxes(held)[0].height == pytest.approx(104, abs=6)
    assert [layer.shapes[0].crease for layer in laid.things] == [False]


def test_a_band_shines_where_it_is_straight_and_long_so_that_it_is_no_stick():
    def gleams(long: float) -> int:
        band = {"is": "band", "through": [[250, 0, 900], [250, 0, 900 + long]]}
        return sum(layer.shapes[0].crease for layer in scene(band).things)

    assert [gleams(100), gleams(500)] == [0, 1]


def test_a_flat_towel_shows_its_hems_and_a_bunched_one_its_folds_from_above():
    def creases(long: float, high: float) -> int:
        towel = {"is": "flat-towel", "at": [0, 0, 0], "size": [long, 260, high]}
        return sum(layer.shapes[0].crease for layer in scene(towel, view="right-above").things)

    assert creases(420, 8) == 2
    assert creases(240, 44) > creases(150, 44) > 1


def test_a_towel_that_is_pulled_together_lies_in_waves():
    flat, pulled = (
        boxes(scene({"is": "flat-towel", "at": [0, 0, 0], "size": [300, 260, high]}))[0]
        for high in (8, 45)
    )
    assert flat.height < 15 < 40 < pulled.height


@pytest.mark.parametrize("facing", [0, 90])
@pytest.mark.parametrize("view", sorted(VIEWS))
def test_a_step_is_behind_the_leg_that_stands_on_it(view, facing):
    pose = {"support": {"by": "nothing", "height": 885}, "at": [60, 0],
            "right_leg": {"to": [380, -95, 170]}, "left_leg": {"to": [0, 95, 0]}}  # fmt: skip
    step = {"is": "step", "at": [430, 0, 0], "facing": facing, "size": [340, 340, 170]}
    seen = scene(step, pose, view)
    leg = next(p for p in seen.people["person"].parts if p.name in ("right-leg", "legs"))
    assert all(layer.nearness < leg.nearness for layer in seen.things)


def test_a_step_on_which_nobody_stands_hides_who_is_behind_it():
    seen = scene({"is": "step", "at": [430, 0, 0]}, view="front")
    legs = next(p for p in seen.people["person"].parts if "leg" in p.name)
    assert all(layer.nearness > legs.nearness for layer in seen.things)


def test_tape_goes_along_the_skin_through_places():
    places = ["right-knee-outside", "right-knee-front", "right-knee-inside"]
    seen = scene({"is": "tape", "through": places, "behind": False}, view="front", legs="shorts")
    left, right = sorted(place(seen, name)[0] for name in (places[0], places[2]))
    assert whole(seen).left < left < right < whole(seen).right
    assert draw(seen.drawing, [Person()], {}, LOOK, DESIGN.symbol)


# ---------------------------------------------------------------- worn


@pytest.mark.parametrize("kind", ["wrap", "tape", "band"])
@pytest.mark.parametrize("name", [name for name in AROUND if name.startswith("right-")])
@pytest.mark.few(6)
def test_what_is_worn_goes_around_its_limb_and_no_further(kind, name):
    seen = scene({"is": kind, "around": [name]}, legs="shorts")
    part = name.removeprefix("right-")
    middle = {"foot": "right-ball", "above-knee": "right-knee", "below-knee": "right-knee",
              "thigh": "right-thigh-front", "calf": "right-calf", "upper-arm": "right-elbow",
              "forearm": "right-forearm-front"}.get(part, name)  # fmt: skip
    x, y = place(seen, middle)
    box = whole(seen)
    assert box.left - 100 < x < box.right + 100
    assert box.top - 160 < y < box.bottom + 160
    assert 10 < box.height < 230


def loop(apart: float) -> Scene:
    legs = {"to": [430, -apart, 0], "toes": [1, 0, 0]}
    pose = {"support": {"by": "seat", "height": 450}, "legs": legs}
    band = {"is": "band", "around": ["right-foot", "left-foot"]}
    return scene(band, pose, "front-above", feet="bare", legs="shorts")


def test_a_band_around_both_legs_is_a_loop_with_a_strand_before_and_one_behind_them():
    seen = scene({"is": "band", "around": ["right-knee", "left-knee"]}, view="front")
    behind, before = sorted(seen.things, key=lambda layer: layer.nearness)
    right, left = (place(seen, f"{side}-knee")[0] for side in ("right", "left"))
    cuffs = [shape.box for shape in before.shapes[:2]]
    assert min(cuff.left for cuff in cuffs) < right < left < max(cuff.right for cuff in cuffs)
    legs = [p.nearness for p in seen.people["person"].parts if "leg" in p.name]
    assert behind.nearness < min(legs) <= max(legs) < before.nearness


def test_paper_is_seen_between_the_strands_of_a_loop_around_feet():
    behind, before = sorted(loop(80).things, key=lambda layer: layer.nearness)
    assert before.shapes[-1].box.bottom < behind.shapes[0].box.top


def test_a_loop_that_is_stretched_is_thinner_between_the_feet():
    near, far = (_strand_width(loop(apart)) for apart in (60, 140))
    assert far < near * 0.8


def _strand_width(seen: Scene) -> float:
    """Return how wide the near strand is in its middle, on the paper."""
    before = max(seen.things, key=lambda layer: layer.nearness)
    corners = re.findall(r"(-?\d+) (-?\d+)", before.shapes[-1].path)
    middle = min(abs(int(x)) for x, _ in corners)
    heights = [int(y) for x, y in corners if abs(int(x)) == middle]
    return max(heights) - min(heights)


def test_a_wrap_lies_in_turns_and_of_a_knee_on_both_sides():
    ankle, knee = (scene({"is": "wrap", "around": [f"right-{p}"]}) for p in ("ankle", "knee"))
    assert (len(ankle.things), len(knee.things)) == (3, 6)
    assert whole(knee).top < place(knee, "right-knee")[1] < whole(knee).bottom


def test_a_wrap_stands_further_off_a_leg_in_trousers():
    bare, clothed = (
        whole(scene({"is": "tape", "around": ["right-calf"]}, legs=legs)).width
        for legs in ("shorts", "trousers")
    )
    assert clothed > bare + 10


# ---------------------------------------------------------------- places and close-ups


def test_every_place_of_a_limb_is_near_its_limb():
    """A sole is on the floor, a shin before a calf, an outside further out than an inside."""
    skeleton = staged(
        Drawing.model_validate({"id": "one", "moments": {"one": {"pose": STANDING}}}),
        (Person(),), {},
    )[0].skeletons["person"]  # fmt: skip
    found = {name: skeleton.place(name) for name in LIMB_PLACES}
    assert len(found) == 2 * (22 + len(ON_FOOT) + 4)
    for side, out in (("right", -1), ("left", 1)):
        assert found[f"{side}-arch"][2] == pytest.approx(0, abs=4)
        assert found[f"{side}-shin"][0] > found[f"{side}-calf"][0] + 80
        assert found[f"{side}-knee-front"][0] > found[f"{side}-knee-back"][0] + 80
        for part in ("knee", "ankle", "thigh"):
            inner, outer = (found[f"{side}-{part}-{at}"][1] for at in ("inside", "outside"))
            assert (outer - inner) * out > 50
        assert abs(found[f"{side}-thumb-tip"][2] - found[f"{side}-index-tip"][2]) < body.HAND


@pytest.mark.parametrize(
    ("limb", "face", "view"),
    [("right-thigh", "front", "front"), ("left-shank", "back", "back"),
     ("right-forearm", "outside", "right"), ("right-foot", "front", "above"),
     ("left-hand", "back", "left")],
)  # fmt: skip
def test_a_patch_lies_on_a_limb(limb, face, view):
    corners = [[0.2, -0.6], [0.2, 0.6], [0.7, 0.6], [0.7, -0.6]]
    mark = {"patch": corners, "on": limb, "face": face, "kind": "muscle"}
    moments = {"one": {"pose": STANDING, "marks": [mark]}}
    figure = Drawing.model_validate({"id": "one", "view": view, "moments": moments})
    svg = draw(figure, [Person()], {}, LOOK, DESIGN.symbol)
    assert f'fill="{LOOK.colours["brand"]}" stroke="{LOOK.colours["ink"]}"' in svg


@pytest.mark.parametrize("name", sorted(CLOSE_UPS))
@pytest.mark.few(4)
def test_a_close_up_shows_its_part_and_no_whole_person(name):
    seen = scene({"is": "floor"}, close_up=name)
    assert seen.frame is not None
    joints, _ = CLOSE_UPS[name]
    for x, y in (place(seen, joint) for joint in joints):
        assert seen.frame.left < x < seen.frame.right
        assert seen.frame.top < y < seen.frame.bottom
    assert seen.frame.height < 1350


def test_every_close_up_may_be_written():
    assert set(CLOSE_UPS) == set(CloseUp.__args__)


def test_a_close_up_shows_the_same_in_each_moment():
    moments = {"one": {"pose": STANDING}, "two": {"pose": {"legs": {"ankle": 30, "curl": -30}}}}
    figure = Drawing.model_validate({"id": "one", "close_up": "feet", "moments": moments})
    stages = tuple(staged(figure, (Person(),), {}))
    frames = [Scene(figure, stage, (Person(),), LOOK, stages).frame for stage in stages]
    assert frames[0] == frames[1]


def test_signs_may_reach_out_of_a_close_up():
    """Of a crop nothing does: its corners say what is shown."""
    mark = {"along": [[600, 0, 60], [900, 0, 60]]}
    moments = {"one": {"pose": STANDING, "marks": [mark]}}

    def width(**how) -> float:
        figure = Drawing.model_validate({"id": "one", "moments": moments, **how})
        svg = draw(figure, [Person()], {}, LOOK, DESIGN.symbol)
        return float(svg.split('viewBox="')[1].split('"')[0].split()[2])

    assert width(close_up="right-foot") > width(crop=[[-200, 0, 200], [300, 0, -50]]) + 300


def test_an_arrow_goes_round_a_place():
    moments = {"one": {"pose": STANDING, "marks": [{"circle": "right-ball", "size": 150}]}}
    figure = Drawing.model_validate({"id": "one", "close_up": "right-foot", "moments": moments})
    svg = draw(figure, [Person()], {}, LOOK, DESIGN.symbol)
    assert f'fill="{LOOK.colours["brand"]}"' in svg


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("more", "told", "hint"),
    [
        ({"props": [{"is": "wrap", "around": ["right-ankel"]}]},
         "nothing goes around “right-ankel”", "Did you mean “right-ankle”?"),
        ({"props": [{"is": "band", "through": ["right-plam", "left-palm"]}]},
         "there is no place “right-plam”", "Did you mean “right-palm”?"),
    ],
    ids=["around nothing", "through nothing"],
)  # fmt: skip
def test_a_thing_that_names_no_place_is_told_before_it_is_drawn(more, told, hint):
    figure = Drawing.model_validate({"id": "one", "moments": {"one": {"pose": {}}}, **more})
    with pytest.raises(Fault, match=told) as found:
        staged(figure, (Person(),), {})
    assert found.value.at == ("moments", "one")
    assert hint in found.value.hint


@pytest.mark.parametrize(
    ("mark", "told"),
    [
        ({"area": "right-clf"}, "there is no place “right-clf”"),
        ({"along": [[0, 0, 0], "hed"]}, "there is no place “hed”"),
        ({"circle": "right-bal"}, "there is no place “right-bal”"),
        ({"patch": [[0, 0], [1, 0], [1, 1]], "on": "right-leg"},
         "there is no part of a limb “right-leg”"),
    ],
)  # fmt: skip
def test_a_mark_that_names_no_place_is_told_before_it_is_drawn(mark, told):
    moments = {"one": {"pose": {}, "marks": [mark]}}
    with pytest.raises(Fault, match=told):
        staged(Drawing.model_validate({"id": "one", "moments": moments}), (Person(),), {})


# ---------------------------------------------------------------- what the guide names


def test_the_guide_names_every_place_thing_hand_and_view():
    guide = (ROOT / "docs/for-editors/drawing-a-figure.md").read_text()
    words = set(re.findall(r"[a-z][a-z0-9-]*", guide))
    limbs = {name.removeprefix("right-") for name in (*LIMB_PLACES, *AROUND) if "left" not in name}
    sided = {name.removeprefix("right-") for name in PLACES if not name.startswith("left-")}
    assert (limbs | sided | set(HOLDS) | set(VIEWS) | set(PropKind.__args__)) - words == set()


# ---------------------------------------------------------------- two people


@pytest.mark.parametrize("at", ["right-calf", "right-shin", "right-knee-outside"])
def test_the_hands_of_a_second_person_reach_a_limb_of_the_first(at):
    people = {
        "receiver": {"support": {"by": "seat", "height": 450}, "legs": {"hip": 88, "knee": 40}},
        "giver": {"at": [620, -420], "facing": 150, "hips": {"bend": 60},
                  "support": {"by": "nothing", "height": 640},
                  "legs": {"hip": 60, "knee": 60},
                  "left_arm": {"to": {"at": at, "of": "receiver"}, "hand": "hold"}},
    }  # fmt: skip
    figure = Drawing.model_validate({"id": "one", "moments": {"one": {"people": people}}})
    (stage,) = staged(figure, (Person(), Person()), {})
    hand = stage.skeletons["giver"].joints["left-palm"]
    place = stage.skeletons["receiver"].place(at)
    assert hand == pytest.approx(place, abs=1)
    wrap = {"is": "wrap", "around": ["right-ankle"], "of": "giver"}
    figure = Drawing.model_validate(
        {"id": "one", "props": [wrap], "moments": {"one": {"people": people}}}
    )
    (stage,) = staged(figure, (Person(), Person()), {})
    seen = Scene(figure, stage, (Person(), Person()), LOOK, (stage,))
    x, _ = seen.view.spot(stage.skeletons["giver"].joints["right-ankle"])
    assert whole(seen).left - 60 < x < whole(seen).right + 60


def test_a_place_that_is_like_none_is_told_with_all_of_its_side_joints_too():
    pose = {"right_arm": {"to": "left-xyzzy"}}
    with pytest.raises(Fault) as found:
        staged(Drawing.model_validate({"id": "one", "moments": {"one": {"pose": pose}}}),
               (Person(),), {})  # fmt: skip
    known = found.value.hint.removeprefix("Known: ").removesuffix(".").split(", ")
    assert {"left-knee", "left-calf", "left-blade", "left-heel"} <= set(known)
    assert all(name.startswith("left-") for name in known)
