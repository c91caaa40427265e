"""A limb in the floor or in a thing is told: which, how deep, and in which picture."""

import pytest

from clinicpress.figures.contacts import GIVE
from clinicpress.figures.model import Drawing, Person
from clinicpress.figures.stage import Fault, staged

FLOOR = {"is": "floor"}


def stage(pose: dict, *props: dict):
    moments = {"start": {"pose": {}}, "lift": {"pose": pose}}
    figure = {"id": "one", "props": list(props), "moments": moments}
    return staged(Drawing.model_validate(figure), (Person(),), {})


ON_THE_FLOOR = {"right_leg": {"to": [300, -95, 0]}, "support": {"by": "nothing", "height": 780},
                "left_leg": {"to": [0, 95, 0]}}  # fmt: skip


@pytest.mark.parametrize(
    ("pose", "props", "told"),
    [
        ({**ON_THE_FLOOR, "right_leg": {"to": [300, -95, -40]}}, [FLOOR],
         "in “lift”, the right foot is 40 mm in the floor"),
        ({**ON_THE_FLOOR, "left_leg": {"to": [0, 95, 0], "toes": [1, 0, -0.5]}}, [FLOOR],
         r"in “lift”, the left foot is \d+ mm in the floor"),
        ({"support": {"by": "seat"}, "legs": {"hip": 95},
          "right_arm": {"to": [80, -300, 30], "fingers": [0, 0, -1]}},
         [FLOOR], r"in “lift”, the right hand is \d+ mm in the floor"),
        ({**ON_THE_FLOOR, "right_leg": {"to": [300, -95, 100]}},
         [{"is": "step", "at": [330, 0, 0]}],
         r"in “lift”, the right foot is \d+ mm in the step"),
        ({"right_arm": {"raise": 90, "plane": 90}}, [{"is": "wall", "at": [400, 0, 0]}],
         r"in “lift”, the right \S+ is \d+ mm in the wall"),
        ({"right_leg": {"hip": 60, "knee": 0}, "support": {"by": "nothing", "height": 900}},
         [{"is": "box", "name": "bench", "at": [500, 0, 0], "size": [600, 600, 700]}],
         r"in “lift”, the right lower leg is \d+ mm in the bench"),
    ],
    ids=["a foot too low", "toes that point down", "fingers", "a step", "a wall", "a named thing"],
)  # fmt: skip
def test_a_limb_that_goes_through_something_is_told(pose, props, told):
    with pytest.raises(Fault, match=told) as found:
        stage(pose, *props)
    assert (found.value.code, found.value.at) == ("FIGURE-THROUGH", ("moments", "lift", "pose"))


@pytest.mark.parametrize("low", [0, -GIVE + 3])
def test_flesh_gives_way_a_little(low):
    assert len(stage({**ON_THE_FLOOR, "right_leg": {"to": [300, -95, low]}}, FLOOR)) == 2


def test_where_no_floor_is_drawn_nothing_is_in_it():
    assert len(stage({**ON_THE_FLOOR, "right_leg": {"to": [100, -95, -90]}})) == 2


def test_of_two_people_the_right_one_is_told():
    people = {"receiver": {}, "giver": {"at": [0, 700], "right_leg": {"to": [300, 600, -50]},
                                        "support": {"by": "nothing", "height": 800}}}  # fmt: skip
    figure = {"id": "one", "props": [FLOOR], "moments": {"both": {"people": people}}}
    with pytest.raises(Fault) as found:
        staged(Drawing.model_validate(figure), (Person(), Person()), {})
    assert found.value.at == ("moments", "both", "people", "giver")
