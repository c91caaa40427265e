"""From a pose to a drawing: one outline, right order, moments in a row or a column."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from math import cos, radians, sin

import pytest

from clinicpress.design.contrast import contrast
from clinicpress.design.design import open_design
from clinicpress.errors import Place
from clinicpress.figures import plate as plates
from clinicpress.figures.arranging import GAP
from clinicpress.figures.drawing import draw
from clinicpress.figures.ink import OUTSIDE, OVER
from clinicpress.figures.model import Drawing, Person
from clinicpress.figures.paths import path
from clinicpress.figures.person import parts
from clinicpress.figures.plate import Drawings, Plate
from clinicpress.figures.seen import GRAINS
from clinicpress.figures.shapes import Globe, capsule, polygon
from clinicpress.figures.stage import Fault, staged
from clinicpress.figures.view import VIEWS
from clinicpress.files.shelf import Shelf
from tests.conftest import ROOT

DESIGN = open_design(
    ROOT / "layouts", brand="default", format="standard", language="en", paper="A4"
)
LOOK = DESIGN.look()
TAGS = {"svg", "g", "path", "circle", "defs", "use"}
UP_AND_DOWN = {
    "id": "arm",
    "moments": {
        "start": {"pose": {"right_arm": {"raise": 0, "plane": 90, "elbow": 0}}},
        "lift": {
            "pose": {"like": "start", "right_arm": {"raise": 90}},
            "marks": [{"arrow": "right-palm"}],
        },
    },
}


def drawing(**changes) -> Drawing:
    return Drawing.model_validate({**UP_AND_DOWN, **changes})


def drawn(figure: Drawing, **how) -> str:
    return draw(figure, [Person()], {}, LOOK, DESIGN.symbol, **how)


def box(svg: str) -> tuple[float, float]:
    _, _, width, height = re.search(r'viewBox="([^"]+)"', svg)[1].split()
    return float(width), float(height)


def test_a_drawing_is_whole_svg_without_words():
    root = ET.fromstring(drawn(drawing()))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert {child.tag.split("}")[1] for child in root.iter()} <= TAGS
    assert "".join(root.itertext()).strip() == ""


def test_moments_stand_in_a_row_or_a_column_as_fills_their_place_better():
    wide, high = box(drawn(drawing(), shape=3)), box(drawn(drawing(), shape=0.2))
    assert wide[0] > 1.5 * high[0]
    assert high[1] > 1.5 * wide[1]


def test_three_moments_stand_in_two_rows_where_they_are_larger_so():
    """In a square place three squares are a half as large as it, not a third."""
    moments = {name: {"pose": {}} for name in ("one", "two", "three")}
    corners = [[0, 300, 1700], [0, -300, 1100]]
    square = drawing(moments=moments, crop=corners, view="front")
    (w, h), (wide, high) = box(drawn(square, shape=1)), box(drawn(square, shape=3))
    assert w == pytest.approx(h, rel=0.1)
    assert w == pytest.approx(2 * 600 + GAP, rel=0.2)
    assert wide > 2.5 * high
    places = re.findall(
        r'<g transform="translate\((\S+) (\S+)\)"><clipPath', drawn(square, shape=1)
    )
    (x1, y1), (x2, y2), (x3, y3) = ((float(x), float(y)) for x, y in places)
    assert x1 == x3 < x2
    assert y1 == y2 < y3


def test_one_moment_can_be_drawn_alone():
    both, one = drawn(drawing(), shape=3), drawn(drawing(), shape=3, only="start")
    assert box(one)[0] < box(both)[0] / 2


def test_a_line_is_as_thick_on_paper_as_the_look_says():
    """What is around a thing is wholly seen; half of what is around a person is under the fills."""
    props = [{"is": "wall", "at": [-300, 0, 0], "size": [70, 900, 1800]}]
    svg = drawn(drawing(props=props), shape=1, only="start")
    line = LOOK.line / 40 * max(box(svg)) / 2
    things = {int(w) for w in re.findall(r'stroke-linejoin="round" stroke-width="(\d+)"', svg)}
    assert things == {round(line)}
    people = {float(w) / GRAINS[0] for w in re.findall(r'<g stroke-width="(\S+)" transform', svg)}
    assert sorted(people) == pytest.approx([line / 0.9 * w for w in (OVER, OUTSIDE)], abs=0.3)


def test_names_in_a_drawing_are_its_own_and_found():
    figure = drawing(moments={"one": {"pose": {}}, "two": {"pose": {"like": "one"}}})
    names = re.findall(r' id="([^"]+)"', drawn(figure))
    assert len(names) == len(set(names)) > 10
    assert drawn(figure) == drawn(figure)
    assert set(re.findall(r'href="#([^"]+)"', drawn(figure))) <= set(names)
    other = drawing(id="other", moments={"one": {"pose": {}}})
    assert not set(names) & set(re.findall(r' id="([^"]+)"', drawn(other)))


def test_what_has_not_moved_is_written_once():
    still = drawing(moments={"one": {"pose": {}}, "two": {"pose": {"like": "one"}}})
    once = len(drawn(still, only="one"))
    assert len(drawn(still)) < once + 1500
    lifted = {"like": "one", "right_arm": {"raise": 40}}
    moved = drawing(moments={"one": {"pose": {}}, "two": {"pose": lifted}})
    assert once * 1.2 < len(drawn(moved)) < once * 1.7


def test_an_arrow_follows_the_way_that_the_joint_goes():
    figure = drawing()
    start, end = staged(figure, (Person(),), {})
    way = list(path(start, end, "person", "right-palm"))
    shoulder = start.skeletons["person"].joints["right-shoulder"]
    reach = [sum((a - b) ** 2 for a, b in zip(p, shoulder, strict=True)) ** 0.5 for p in way]
    straight = max(reach) * (1 - cos(radians(45)))
    assert max(reach) - min(reach) < straight / 5  # around a shoulder that rises, no short cut
    assert way[0][2] < way[4][2] < way[-1][2]


@pytest.mark.parametrize(
    ("view", "near", "far"), [("right", "right", "left"), ("left", "left", "right")]
)
def test_what_is_nearer_is_drawn_later(view, near, far):
    (stage,) = staged(drawing(moments={"one": {"pose": {}}}), (Person(),), {})
    found = sorted(parts(stage.skeletons["person"], VIEWS[view]), key=lambda part: part.nearness)
    names = [part.name for part in found]
    order = [f"{far}-arm", f"{far}-leg", f"{near}-leg", "trunk", f"{near}-arm"]
    assert [name for name in names if name != "head"] == order


@pytest.mark.parametrize("view", sorted(VIEWS))
@pytest.mark.parametrize("tilt", [0, 20, 65, 90])
def test_an_ellipsoid_is_drawn_as_the_ellipse_that_is_seen(view, tilt):
    """It reaches as far every way as its axes do together; its arcs begin at its farthest ends."""
    c, s = cos(radians(tilt)), sin(radians(tilt))
    frame = ((c, 0, s), (0, 1, 0), (-s, 0, c))
    seen = Globe.seen((0, 0, 0), frame, (300, 200, 100), VIEWS[view])
    ways = [(cos(radians(turn)), sin(radians(turn))) for turn in range(360)]
    reach = [sum((a[0] * x + a[1] * y) ** 2 for a in seen.axes) ** 0.5 for x, y in ways]
    oval = seen.oval("skin")
    x, y, long, short = map(float, re.match(r"M(\S+) (\S+)A(\S+) (\S+) ", oval.path).groups())
    assert (x * x + y * y) ** 0.5 == pytest.approx(max(reach), abs=1.5)
    assert (long, short) == pytest.approx((max(reach), min(reach)), abs=1)
    assert (oval.box.right, oval.box.bottom) == pytest.approx((reach[0], reach[90]), abs=1)


def test_shapes_go_round_the_same_way_so_that_no_overlap_is_a_hole():
    square = [(0, 0), (100, 0), (100, 100), (0, 100)]
    assert polygon(square, "skin") != polygon(square[1:] + square[:1], "skin")
    assert polygon(square, "skin").path == "M0 0L100 0L100 100L0 100Z"
    assert polygon(square[::-1], "skin").path == "M0 0L100 0L100 100L0 100Z"
    for end in ((0, 0), (300, 0)):
        arcs = re.findall(r"[aA]\S+ \S+ 0 [01] ([01])", capsule((0, 0), 50, end, 9, "skin").path)
        assert arcs == ["1", "1"]


def mouth_of(mouth: str, view: str) -> list[tuple[float, float]]:
    """Return the spots of a mouth: the line with the most of them, or the last from the side."""
    figure = drawing(moments={"one": {"pose": {"mouth": mouth}}})
    (stage,) = staged(figure, (Person(),), {})
    heads = [p for p in parts(stage.skeletons["person"], VIEWS[view]) if p.name == "head"]
    lines = [detail.spots for detail in heads[-1].details if detail.kind == "nib"]
    return max(lines, key=len) if view == "front" else lines[-1]


@pytest.mark.parametrize("view", ["front", "right"])
@pytest.mark.parametrize(("mouth", "bends"), [("smile", 1), ("sad", -1), ("straight", 0)])
def test_a_mouth_smiles_or_is_sad(mouth, bends, view):
    """Its corners are above its middle or below; on paper, down is more."""
    spots = mouth_of(mouth, view)
    rise = spots[len(spots) // 2 if view == "front" else 0][1] - spots[-1][1]
    assert (abs(rise) <= 2) if bends == 0 else (rise * bends > 5)


def test_a_limb_is_the_hull_of_two_circles():
    shape = capsule((0, 0), 50, (300, 0), 20, "skin")
    assert shape.box.left == -50
    assert shape.box.right == 320
    assert (shape.box.top, shape.box.bottom) == (-50, 50)


# ---------------------------------------------------------------- colours


def test_outlines_and_fills_can_be_told_apart_in_colour_and_in_grey():
    """Non-text contrast is at least 3 to 1 (WCAG 2.2, 1.4.11); it rests on luminance alone."""
    ink = LOOK.colours["ink"]
    for number in range(len(LOOK.clothes)):
        for skin in LOOK.skin:
            fills = LOOK.fills(number, skin, "dark")
            for name in ("skin", "shirt"):
                assert contrast(ink, fills[name]) >= 3, (number, skin, name)
    assert contrast(LOOK.colours["brand"], LOOK.colours["paper"]) >= 3


# ---------------------------------------------------------------- plates


def test_a_plate_is_found_by_its_name_and_its_moment():
    plate = Plate("arm", "An arm.", (), "", Place("arm.yaml"), drawing(), (Person(),))
    drawings = Drawings([plate], {}, LOOK, DESIGN.symbol)
    assert drawings.find("arm", 1).alt == "An arm."
    assert drawings.find("arm:lift", 1).svg != drawings.find("arm", 1).svg
    for unknown in ("arm:drop", "arm-lift", "leg"):
        with pytest.raises(LookupError, match=unknown):
            drawings.find(unknown, 1)


def test_a_figure_comes_with_a_key_to_its_areas():
    """One moment alone comes with its own; each kind looks as it does on the figure."""
    marks = {"start": ["stretch", "pain"], "lift": ["stretch", "stretch"], "rest": []}
    moments = {
        name: {"pose": {}, "marks": [{"area": "chin", "kind": kind} for kind in kinds]}
        for name, kinds in marks.items()
    }
    plate = Plate(
        "arm", "An arm.", (), "", Place("arm.yaml"), drawing(moments=moments), (Person(),)
    )
    found = Drawings([plate], {}, LOOK, DESIGN.symbol).find
    assert [kind for kind, _ in found("arm", 1).areas] == ["stretch", "pain"]
    assert [kind for kind, _ in found("arm:lift", 1).areas] == ["stretch"]
    assert found("arm:rest", 1).areas == ()
    stretch, pain = (sign for _, sign in found("arm", 1).areas)
    assert LOOK.colours["brand"] in stretch
    assert LOOK.colours["emergency"] in pain
    assert ET.fromstring(stretch).tag == "{http://www.w3.org/2000/svg}svg"


def plate(state: str, **changes) -> Plate:
    return Plate("arm", "An arm.", (), state, Place("arm.yaml"), drawing(**changes), (Person(),))


def test_a_figure_is_drawn_once_a_process(monkeypatch):
    monkeypatch.setattr(plates, "KEPT", Shelf(plates.MOST))
    drawn = []
    monkeypatch.setattr("clinicpress.figures.drawing.draw",
                        lambda *given, **more: drawn.append(given) or "<svg/>")  # fmt: skip

    def find(state="one", name="arm", shape=1.0, look=LOOK):
        Drawings([plate(state)], {}, look, DESIGN.symbol).find(name, shape)
        return len(drawn)

    assert find() == find() == 1
    assert find(state="two") == 2  # another drawing, pose or person
    assert find(name="arm:lift") == 3
    assert find(shape=2.0) == 4
    assert find(look=replace(LOOK, line=LOOK.line * 2)) == 5
    assert find(look=replace(LOOK, colours={**LOOK.colours, "ink": "#000000"})) == 6
    assert find() == 6


def test_a_figure_is_drawn_anew_where_a_sign_in_it_changed(monkeypatch):
    monkeypatch.setattr(plates, "KEPT", Shelf(plates.MOST))
    monkeypatch.setattr("clinicpress.figures.drawing.draw", lambda *given, **how: given[4]("tick"))
    signs = {"tick": "<svg>old</svg>"}
    found = [Drawings([plate("one")], {}, LOOK, signs.__getitem__).find("arm", 1).svg]
    signs["tick"] = "<svg>new</svg>"
    found.append(Drawings([plate("one")], {}, LOOK, signs.__getitem__).find("arm", 1).svg)
    assert found == ["<svg>old</svg>", "<svg>new</svg>"]


def test_figures_that_are_kept_are_bounded(monkeypatch):
    monkeypatch.setattr(plates, "KEPT", Shelf(2))
    for shape in (1.0, 2.0, 3.0):
        Drawings([plate("one")], {}, LOOK, DESIGN.symbol).find("arm", shape)
    assert [key[2] for key in plates.KEPT] == [2.0, 3.0]


# ---------------------------------------------------------------- what is refused


def fault(**changes) -> Fault:
    with pytest.raises(Fault) as found:
        staged(drawing(**changes), (Person(),), {})
    return found.value


def test_an_impossible_pose_names_the_joint_and_how_far_it_goes():
    wrong = fault(moments={"start": {"pose": {"right_arm": {"elbow": 170}}}})
    assert wrong.at == ("moments", "start", "pose")
    assert wrong.message == (
        "in “start”, the right elbow is at 170 degrees, and goes from 0 to 150"
    )


def test_poses_that_are_like_each_other_are_named_in_a_row():
    wrong = fault(moments={"one": {"pose": {"like": "two"}}, "two": {"pose": {"like": "one"}}})
    assert wrong.message == "the poses are like each other in a loop: one → two → one"


def test_an_unknown_place_gets_the_nearest_name():
    wrong = fault(moments={"one": {"pose": {"arms": {"to": "left-sholder"}}}})
    assert wrong.message == "there is no place “left-sholder”"
    assert wrong.hint.startswith("Did you mean “left-shoulder")


def test_a_hand_out_of_reach_says_how_far():
    wrong = fault(moments={"one": {"pose": {"right_arm": {"to": [1500, 0, 1400]}}}})
    assert re.fullmatch(
        r"in “one”, the right hand is \d+ mm too far away to reach its place", wrong.message
    )
