"""Names that we make: held by every file system, and never two as one."""

import pytest

from clinicpress.files.names import holdable, shortened, unholdable


@pytest.mark.parametrize("name", ["a", "a" * 180, "höchst+genau=1"])
def test_what_every_system_holds_stays(name):
    assert shortened(name) == name
    assert holdable(name) == name


def test_a_long_name_keeps_its_beginning_and_is_told_from_others():
    one, other = shortened("ä" * 200 + "b"), shortened("ä" * 200 + "c")
    assert one != other
    for name in (one, other):
        assert name.startswith("ä" * 83 + "~")
        assert len(name.encode()) <= 180


@pytest.mark.parametrize(
    "name", ["con", "LPT1.x", "a:b", "a?b", "a\nb", "a\u202eb", " .", "", "a."]
)
def test_what_some_system_cannot_hold_is_named_else(name):
    made = holdable(name, most=40)
    assert made != name
    assert "~" in made
    assert unholdable(made) is None
    assert len(made.encode()) <= 40


def test_names_that_are_held_alike_stay_two():
    assert holdable("a:b") != holdable("a?b")
    assert holdable("a:b")[:4] == holdable("a?b")[:4] == "a_b~"
