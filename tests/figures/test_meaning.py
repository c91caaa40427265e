"""What a drawing tells: which side, which way, which sign, whose body. A mirror image is a lie."""

import re
from dataclasses import replace
from math import dist
from types import SimpleNamespace

import pytest

from clinicpress.content.library import Artwork
from clinicpress.content.model import Figure
from clinicpress.editions.manuscript import Entry
from clinicpress.editions.plates import plates, step_numbers
from clinicpress.errors import Place
from clinicpress.figures import body, marks
from clinicpress.figures.bones import OutOfReach
from clinicpress.figures.drawing import draw
from clinicpress.figures.limits import LIMITS, SLACK, beyond
from clinicpress.figures.marking import on_trunk
from clinicpress.figures.marks import DIGITS, Pen
from clinicpress.figures.model import Drawing, Person
from clinicpress.figures.places import PLACES
from clinicpress.figures.pose import Pose, Target, one_sided
from clinicpress.figures.skeleton import Skeleton, placed
from clinicpress.figures.space import add
from clinicpress.figures.stage import Fault, build_of, staged
from clinicpress.figures.view import VIEWS
from tests.figures.test_drawing import LOOK

PUBLISHED = {
    "neck bend": (-45, 45), "neck side": (-45, 45), "neck turn": (-60, 60),
    "back bend": (-25, 80), "back side": (-35, 35), "back turn": (-45, 45),
    "shoulder raise": (0, 180), "shoulder backward": (0, 60), "shoulder across": (-60, 135),
    "shoulder turn": (-90, 110), "elbow": (0, 150), "wrist": (0, 80),
    "hip": (-30, 120), "hip out": (-30, 45), "hip turn": (-45, 45), "knee": (0, 135),
    "ankle": (-20, 50), "ankle on the floor": (-40, 50), "foot tilt": (-15, 35), "toes": (-70, 45),
    "foot turn": (-45, 45), "leg turn": (-60, 60),
}  # fmt: skip
"""How far joints go, in degrees, copied out once more from the sources that limits.py names.

An ankle that carries goes a little further here than the 38 degrees that are usual; how far a foot
and a straight leg turn is by eye.
"""

PEN = Pen(1.0, "#accent", "#ink", "#paper", "#warning", str)
SQUARE = [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)]


def body_in(pose: dict, build: body.Build | None = None) -> Skeleton:
    def find(target: Target, own) -> tuple[float, float, float]:
        return add(target.point or own(target.at), target.move)

    return placed(one_sided(Pose.model_validate(pose)), build or body.Build(), find)


STANDING = body_in({})


def symbol(name: str) -> str:
    return f'<svg><sign {name}="currentColor"/></svg>'


def svg_of(moments: dict, shown: tuple[Person, ...] = (Person(),), **more) -> str:
    figure = Drawing.model_validate({"id": "one", "moments": moments, **more})
    return draw(figure, shown, {}, LOOK, symbol, shape=3)


def fault(pose: dict, **more) -> Fault:
    moment = {"pose": pose, **more}
    with pytest.raises(Fault) as found:
        staged(Drawing.model_validate({"id": "one", "moments": {"one": moment}}), (Person(),), {})
    return found.value


# ---------------------------------------------------------------- what a body can do


@pytest.mark.parametrize("joint", PUBLISHED)
def test_a_joint_goes_as_far_as_is_published_and_no_further(joint):
    least, most = PUBLISHED[joint]
    for angle in (least, most):
        assert list(beyond({joint: angle})) == []
    for angle in (least - SLACK - 1, most + SLACK + 1):
        assert list(beyond({joint: angle})) == [(joint, angle, (least, most))]


def test_no_joint_is_without_a_limit_from_the_sources():
    assert set(LIMITS) == set(PUBLISHED)


def test_a_hand_may_be_as_far_away_as_the_arm_is_long():
    start = STANDING.joints["right-shoulder"]
    arm = body.UPPER_ARM + body.FOREARM + body.PALM
    body_in({"right_arm": {"to": list(add(start, (arm, 0, 0)))}})
    with pytest.raises(OutOfReach) as short:
        body_in({"right_arm": {"to": list(add(start, (arm + 30, 0, 0)))}})
    assert short.value.missing == pytest.approx(30, abs=1)  # the shoulder rises a little


def test_a_nod_brings_the_chin_down():
    down, up = (body_in({"neck": {"nod": nod}}).place("chin")[2] for nod in (20, -20))
    assert down < STANDING.place("chin")[2] < up


# ---------------------------------------------------------------- sides


@pytest.mark.parametrize(
    ("view", "nose", "near"),
    [
        ("front", 0, "front"), ("front-right", 1, "right"), ("right", 1, "right"),
        ("back-right", 1, "right"), ("back", 0, "back"), ("back-left", -1, "left"),
        ("left", -1, "left"), ("front-left", -1, "left"),
    ],
)  # fmt: skip
def test_a_view_shows_the_side_that_it_is_called_after(view, nose, near):
    """``nose``: where a body looks on the paper, 1 to its right; ``near``: its nearer side."""
    seen = VIEWS[view]
    across = seen.spot((1, 0, 0))[0]
    assert (across > 0.1) - (across < -0.1) == nose
    ways = {"front": (1, 0, 0), "back": (-1, 0, 0), "right": (0, -1, 0), "left": (0, 1, 0)}
    assert seen.nearness(ways[near]) > 0.5
    for word in view.split("-"):
        assert seen.nearness(ways[word]) > 0


@pytest.mark.parametrize("place", PLACES)
def test_a_place_is_on_the_side_that_its_name_says(place):
    _, _, (forward, left, _) = PLACES[place]
    assert (left > 0) - (left < 0) == place.startswith("left") - place.startswith("right")
    if "back" in place or "blade" in place:
        assert forward < 0
    if any(word in place for word in ("chest", "breast", "belly", "forehead", "mouth", "chin")):
        assert forward > 0


@pytest.mark.parametrize("high", [0, 2, 4])
@pytest.mark.parametrize("front", [True, False])
@pytest.mark.parametrize("left", [0.5, -0.5])
def test_a_patch_lies_on_the_side_that_is_asked_for(high, front, left):
    forward, aside, _ = on_trunk(STANDING, high, left, front)
    assert (forward > STANDING.joints[f"trunk-{high}"][0]) == front
    assert (aside > 0) == (left > 0)


def test_a_patch_on_the_neck_lies_on_its_side_too():
    assert on_trunk(STANDING, 4.8, 0.5, False)[1] > 0 > on_trunk(STANDING, 4.8, -0.5, False)[1]


# ---------------------------------------------------------------- signs


def points_of_arrow(svg: str) -> list[float]:
    """Return where the arrow begins and where its tip is, in mm down the paper.

    Its outline begins at its tail; the tip is what is farthest from there.
    """
    (data,) = re.findall(rf'd="([^"]*)" fill="{LOOK.colours["brand"]}" stroke', svg)
    values = [float(value) for value in re.findall(r"-?\d+", data)]
    spots = list(zip(values[::2], values[1::2], strict=True))
    tip = max(spots, key=lambda spot: dist(spot, spots[0]))
    return [spots[0][1], tip[1]]


LOW = {"pose": {"right_arm": {"raise": 0, "plane": 90, "elbow": 0}}}
HIGH = {"like": "low", "right_arm": {"raise": 90}}


@pytest.mark.parametrize("moments", [
    {"low": LOW, "high": {"pose": HIGH, "marks": [{"arrow": "right-palm"}]}},
    {"low": {**LOW, "marks": [{"along": ["right-palm", "right-shoulder"]}]}},
], ids=["of a path", "along places"])  # fmt: skip
def test_an_arrow_points_where_the_movement_ends(moments):
    start, tip = points_of_arrow(svg_of(moments))
    assert tip < start - 200  # up the paper


def test_an_arrow_is_bold_where_lines_are_as_thin_as_the_look_says():
    """In a row, as on a page of exercises, it is the first thing that is seen."""
    way = [(0.0, 0.0), (0.0, -400.0)]
    _, thin = marks.arrow(way, PEN)
    _, bold = marks.arrow(way, replace(PEN, bold=1.4))
    assert bold.width > 1.2 * thin.width
    short, wide = [(0.0, 0.0), (0.0, -40.0)], replace(PEN, bold=5)
    _, one = marks.arrow(short, wide)
    _, both = marks.arrow(short, wide, both=True)
    assert both.width < 0.8 * one.width  # two heads on a short way do not run into each other


@pytest.mark.parametrize(
    ("verdict", "sign", "colour"), [("wrong", "cross", "emergency"), ("right", "tick", "ink")]
)
def test_a_wrong_way_is_crossed_out_and_a_right_one_ticked(verdict, sign, colour):
    drawn = svg_of({"one": {"pose": {}, "verdict": verdict}})
    assert re.findall(r'<sign (\w+)="(\S+)"/>', drawn) == [(sign, LOOK.colours[colour])]


@pytest.mark.parametrize(
    ("kind", "colour", "pattern"),
    [
        ("contact", "#accent", "dots"), ("stretch", "#accent", "hatch"),
        ("never", "#warning", "crossed"), ("pain", "#warning", "rays"),
    ],
)  # fmt: skip
def test_each_kind_of_area_has_a_colour_and_a_pattern_of_its_own(kind, colour, pattern):
    """Meaning is never by colour alone: where not to press is crossed, where to press is dotted."""
    svg, _ = marks.area(SQUARE, kind, PEN)
    other = {"#accent": "#warning", "#warning": "#accent"}[colour]
    assert colour in svg
    assert other not in svg
    dots, slants = svg.count("h0"), re.findall(r"M(\S+) (\S+)L(\S+) (\S+?)(?=[M\"])", svg)
    ways = {(float(x1) > float(x0)) == (float(y1) > float(y0)) for x0, y0, x1, y1 in slants}
    told = {
        "dots": dots > 10,
        "hatch": not dots and len(ways) == 1,
        "crossed": not dots and len(ways) == 2 and "stroke-linecap" not in svg,
        "rays": not dots and len(slants) == 16 and "stroke-linecap" in svg,
    }
    assert [name for name, is_so in told.items() if is_so] == [pattern]


@pytest.mark.parametrize("value", [1, 3, 12])
def test_a_badge_shows_its_number(value):
    svg, _ = marks.badge((0, 0), 20, value, PEN)
    assert re.findall(r' d="([^"]+)"', svg) == [DIGITS[digit] for digit in str(value)]


def digits_in(svg: str) -> list[str]:
    names = {path: digit for digit, path in DIGITS.items()}
    return [names[path] for path in re.findall(r'd="([^"]+)"', svg) if path in names]


def test_moments_are_numbered_in_their_order():
    moments = {"one": {"pose": {}}, "two": {"pose": {"like": "one"}}}
    assert digits_in(svg_of(moments)) == ["1", "2"]
    assert digits_in(svg_of({"one": {"pose": {}}})) == []


def test_moments_bear_the_numbers_of_their_steps():
    """What is called as no step bears none, as it is none that a reader could look up."""
    moments = {"start": {"pose": {}}, "push": {"pose": {}}, "hold": {"pose": {}}}
    figure = Drawing.model_validate({"id": "one", "moments": moments})
    steps = {"hook": 1, "push": 3, "hold": 12}
    svg = draw(figure, (Person(),), {}, LOOK, symbol, shape=3, numbers=steps)
    assert digits_in(svg) == ["3", "1", "2"]


def test_a_mistake_has_a_cross_and_no_number():
    moments = {"one": {"pose": {}}, "two": {"pose": {}, "verdict": "wrong"}, "three": {"pose": {}}}
    svg = svg_of(moments)
    assert digits_in(svg) == ["1", "3"]
    assert re.findall(r"<sign (\w+)=", svg) == ["cross"]


def entry(figure: str, *steps: str) -> Entry:
    return Entry(
        "exercises", figure, (("figure", figure), ("steps", tuple((s, "") for s in steps)))
    )


def test_steps_are_numbered_as_they_are_printed():
    entries = (entry("push", "hook", "push"), entry("roll", "sit", "roll"), entry("roll", "roll"))
    section = SimpleNamespace(entries=(*entries, Entry("signs", "E1", (("says", "Help"),))))
    found = step_numbers(SimpleNamespace(sections=(section,)))
    assert found == {"push": (("hook", 1), ("push", 2)), "roll": ()}


def test_a_number_on_a_drawing_is_the_one_that_its_label_explains():
    numbered = {"pose": {}, "marks": [{"number": 7, "at": "chin"}]}
    assert digits_in(svg_of({"one": numbered})) == ["7"]


# ---------------------------------------------------------------- who and what is not there


def test_a_person_who_is_not_in_the_picture_is_told():
    wrong = fault({"right_arm": {"to": {"at": "left-shoulder", "of": "nobody"}}})
    assert (wrong.code, wrong.message) == ("FIGURE-PERSON", "nobody here is called “nobody”")


def test_a_pose_that_is_like_none_is_told():
    wrong = fault({"like": "siting"})
    assert (wrong.code, wrong.message) == ("FIGURE-LIKE", "there is no pose “siting”")


@pytest.mark.parametrize(
    ("mark", "told"),
    [
        ({"arrow": "right-palm", "of": "nobody"}, "nobody here is called “nobody”"),
        ({"patch": [[1, 0], [2, 0], [2, 1]], "of": "nobody"}, "nobody here is called “nobody”"),
        ({"area": "chin", "of": "nobody"}, "nobody here is called “nobody”"),
        ({"at": "chin", "symbol": "clock", "of": "nobody"}, "nobody here is called “nobody”"),
        ({"arrow": "right-plam"}, "there is no place “right-plam”"),
        ({"along": ["chin", "right-plam"]}, "there is no place “right-plam”"),
    ],
)
def test_a_mark_on_what_is_not_there_is_told(mark, told):
    with pytest.raises(Fault) as found:
        svg_of({"one": {"pose": {}, "marks": [mark]}})
    assert found.value.message == told


def test_a_moment_that_is_to_stand_behind_and_is_none_is_told():
    with pytest.raises(Fault) as found:
        svg_of({"start": {"pose": {}}, "end": {"pose": {}, "ghost": "strat"}})
    assert found.value.message == "there is no moment “strat”"
    assert found.value.hint == "Did you mean “start”?"


# ---------------------------------------------------------------- whose body, which words

FIGURE = {
    "id": "rub", "alt": {"default": "A thumb is rubbed.", "older-adult": "Rub the thumb."},
    "labels": {"one": {"default": "The thumb", "older-adult": "Your thumb"}},
    "moments": {"only": {"pose": {}, "marks": [{"number": 1, "at": "chin"}]}},
}  # fmt: skip
LIGHT, DARK = Person(), Person(girth=1.4, stoop=30, hair="bun", pregnant=True, skin="dark")


def pictured(tiny, **more):
    """Return the tiny library with one figure, and a cast of two."""
    older = tiny.audiences["older-adult"].model_copy(update={"cast": ("dark",)})
    general = tiny.audiences["general"].model_copy(update={"cast": ("light",)})
    figure = Figure.model_validate({**FIGURE, **more})
    return replace(
        tiny, audiences={**tiny.audiences, "general": general, "older-adult": older},
        cast={"light": LIGHT, "dark": DARK}, artworks={"rub": Artwork(figure, Place(), "")},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("audience", "alt", "label", "person"),
    [
        ("general", "A thumb is rubbed.", "The thumb", LIGHT),
        ("older-adult", "Rub the thumb.", "Your thumb", DARK),
    ],
)
def test_a_figure_has_the_words_and_the_people_of_its_reader(tiny, audience, alt, label, person):
    library = pictured(tiny)
    (plate,) = plates(library.artworks, library, audience)
    assert plate.alt == alt
    assert [words for _, words in plate.labels] == [label]
    assert plate.people == (person,)


def test_whom_a_figure_shows_to_all_is_shown_to_all(tiny):
    library = pictured(tiny, shows=["light"])
    (plate,) = plates(library.artworks, library, "older-adult")
    assert plate.people == (LIGHT,)


def test_who_plays_whom_is_as_the_roles_say():
    figure = Drawing.model_validate({"id": "two", "roles": {"giver": 2, "receiver": 1},
                                     "moments": {"one": {}}})  # fmt: skip
    assert figure.cast("giver", 0, (LIGHT, DARK)) == DARK
    assert figure.cast("receiver", 1, (LIGHT, DARK)) == LIGHT
    assert figure.cast("other", 1, (LIGHT, DARK)) == DARK


def test_a_drawing_shows_the_people_that_it_is_given():
    moments = {"one": {"pose": {}}}
    skins = [LOOK.skin[name] for name in ("light", "dark")]
    for person, own, other in ((LIGHT, *skins), (DARK, *reversed(skins))):
        drawn = svg_of(moments, (person,))
        assert own in drawn
        assert other not in drawn


def test_a_body_is_as_large_and_as_bent_as_the_person():
    build = build_of(DARK)
    assert (build.girth, build.stoop, build.hair, build.pregnant) == (1.4, 30, "bun", True)
    assert build.trunk()[1][0] == pytest.approx(1.4 * body.Build().trunk()[1][0])
    assert build.limb("thigh")[0] > body.Build().limb("thigh")[0]
    assert body_in({}, build).joints["neck"][0] > STANDING.joints["neck"][0] + 20


def test_each_person_of_a_moment_is_posed_with_their_own_body():
    people = {"one": {"people": {"a": {}, "b": {}}}}
    (stage,) = staged(Drawing.model_validate({"id": "two", "moments": people}), (LIGHT, DARK), {})
    assert {who: each.build.girth for who, each in stage.skeletons.items()} == {"a": 1, "b": 1.4}
