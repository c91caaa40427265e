"""The instruments as data: whole, with their source, and each measure beside some item."""

import pytest

from clinicpress.design.strings import Strings
from clinicpress.trust.instruments import chosen, instruments
from clinicpress.trust.material import elements_of
from clinicpress.trust.proxies import PROXIES
from tests.trust.signed import LAYOUTS

STRINGS = Strings(LAYOUTS / "strings/en.po")


@pytest.mark.parametrize(
    ("id", "numbers"),
    [
        ("pemat-p", [*range(1, 13), *range(15, 27)]),  # 13 and 14 are for films
        ("cdc-index", [*range(1, 21)]),
        ("eqip-36", [*range(1, 37)]),
    ],
)
def test_an_instrument_has_all_its_items_in_their_order(id, numbers):
    assert [item.number for item in instruments()[id].items()] == numbers


def test_discern_is_left_out_whole():
    assert set(instruments()) == {"pemat-p", "cdc-index", "eqip-36"}


def test_only_works_of_the_government_are_quoted():
    wordings = {id: one.wording for id, one in instruments().items()}
    assert wordings == {"pemat-p": "quoted", "cdc-index": "quoted", "eqip-36": "own"}
    assert "our own words" in STRINGS("score.wording.own")
    assert all(one.source and one.address.startswith("https://") for one in instruments().values())


def test_each_measure_is_known_worded_and_beside_some_item():
    beside = {name for one in instruments().values() for item in one.items()
              for name in item.beside}  # fmt: skip
    assert beside == set(PROXIES)
    keys = {key for key, _ in STRINGS._catalogues[0][1]._catalog.items()}
    assert {f"score.measure.{name}" for name in PROXIES} <= keys


def test_an_instrument_that_is_none_is_named():
    with pytest.raises(Exception, match="pemat-p"):
        chosen(("pemat",))


def test_elements_are_counted_as_they_stand():
    found = elements_of(
        "<h1>A <span>b</span></h1><ul><li>one<ol><li>deep</li></ol></li><li>two</li></ul>"
        "<table><tr><th>Day</th><th>Pain</th></tr></table><p><strong>x</strong></p>"
        '<img alt="a hand"><img alt="">'
    )
    assert found.headings == [(1, "A b")]
    assert {(one.numbered, one.count, one.first) for one in found.lists} == {
        (True, 1, "deep"), (False, 2, "onedeep"),
    }  # fmt: skip
    assert (found.tables, found.strong, found.pictures) == ([["Day", "Pain"]], 1, ["a hand", ""])
