"""The picture of the house is that of the imports, and what is told of modules is of modules."""

import re

import pytest

from tests.conftest import ROOT
from tools.house import PAGE, PLACE, drawn, needed, picture, purpose, rooms

PACKAGE = ROOT / "clinicpress"
NAMED = re.compile(r"`((?:[a-z_]+/)*[a-z_]+\.py)`")


def test_the_picture_is_up_to_date():
    page = PAGE.read_text("utf-8")
    assert len(PLACE.findall(page)) == 1
    assert drawn(page) == page, "Type “make house”."


def test_a_picture_that_is_not_is_drawn_anew():
    page = PAGE.read_text("utf-8")
    assert drawn(page.replace("    cli --> runs\n", "")) == page
    assert drawn(page.replace("<b>press</b>", "<b>printer</b>")) == page


def test_an_arrow_that_others_imply_is_left_out():
    arrows = {"cli": {"runs", "press", "errors"}, "runs": {"press"}, "press": {"errors"},
              "errors": set()}  # fmt: skip
    assert needed(arrows) == {"cli": {"runs"}, "runs": {"press"}, "press": {"errors"},
                              "errors": set()}  # fmt: skip


def test_the_picture_shows_rooms_and_arrows():
    assert picture({"press": {"errors"}, "errors": set()}).splitlines() == [
        "```mermaid",
        "flowchart TD",
        f'    press["<b>press</b><br>{purpose("press")}"]',
        f'    errors["<b>errors</b><br>{purpose("errors")}"]',
        "    press --> errors",
        "```",
    ]


@pytest.mark.parametrize("room", rooms())
def test_a_room_says_in_its_first_line_what_it_is_for(room):
    assert len(purpose(room).split()) >= 4


def test_every_module_that_is_named_is_there():
    named = set(NAMED.findall(PAGE.read_text("utf-8")))
    known = [path.relative_to(ROOT).as_posix() for path in PACKAGE.rglob("*.py")]
    known += [path.relative_to(ROOT).as_posix() for path in (ROOT / "tools").glob("*.py")]
    lost = [name for name in named if not any(f"/{path}".endswith(f"/{name}") for path in known)]
    assert len(named) > 40
    assert lost == []
