"""What follows a run: notes, cautions and the counter page, for the terminal or any other."""

import subprocess
import sys

import pytest

from clinicpress.errors import EnvironmentFault
from clinicpress.orders.manifest import Made
from clinicpress.orders.request import ALL, Places, Request
from clinicpress.runs import deliver as room
from clinicpress.runs.deliver import Delivery, deliver
from tests.conftest import environment


def made(production: str, colour: str = "rgb") -> Made:
    return Made("default/a.pdf", {"production": production, "colour": colour}, "", 1, 1, "")


@pytest.fixture
def places(tmp_path):
    return Places(tmp_path / "sources", tmp_path / "layouts", tmp_path)


@pytest.fixture
def page(monkeypatch, places):
    """Stand in for the counter page: return where it was written, once for each time it was."""
    written = []

    def refresh(sources, layouts, output):
        written.append(output / "index.html")
        return written[-1]

    monkeypatch.setattr(room, "refresh", refresh)
    return written


@pytest.fixture
def noted(monkeypatch):
    """Stand in for the notes: return the files that one was written for."""
    files = []

    def write_notes(made, output, layouts):
        files.extend(made)
        return [f"how to print {each.path}" for each in made]

    monkeypatch.setattr("clinicpress.tickets.notes.write_notes", write_notes)
    return files


def test_after_a_run_over_all_the_page_is_told(places, page):
    assert deliver(Request((ALL,)), places, [made("proof")]) == Delivery(page=page[0])


def test_a_page_that_is_there_is_made_anew_and_not_told(places, page):
    assert deliver(Request(("booklet",)), places, [made("proof")]) == Delivery()
    assert page == []
    (places.output / "index.html").touch()
    assert deliver(Request(("booklet",)), places, [made("proof")]) == Delivery()
    assert len(page) == 1


def test_a_page_that_cannot_be_made_takes_no_note_away(places, noted, monkeypatch):
    fault = EnvironmentFault("The disk is full.")

    def refresh(*_):
        raise fault

    monkeypatch.setattr(room, "refresh", refresh)
    delivery = deliver(Request((ALL,)), places, [made("home")])
    assert delivery == Delivery(notes=("how to print default/a.pdf",), wrong=fault)


def test_screens_alone_need_no_note(places, page, noted):
    assert deliver(Request(("booklet",)), places, [made("proof")]).notes == ()
    assert noted == []


CLAIM = "PDF/X-4 is claimed and was not validated."


@pytest.mark.parametrize(
    ("colour", "cautions"), [("rgb", ()), ("grey", ()), ("cmyk", (CLAIM,)), ("spot", (CLAIM,))]
)
def test_a_claim_that_nobody_validated_is_told(places, page, noted, colour, cautions):
    delivery = deliver(Request(("booklet",)), places, [made("press", colour)])
    assert delivery.cautions == cautions


def test_the_terminal_is_not_needed():
    """Whoever delivers need not have a terminal: nothing of it is imported."""
    said = "import sys, clinicpress.runs.deliver; print({'click', 'rich'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", said], env=environment(), capture_output=True,
                          text=True, check=True)  # fmt: skip
    assert done.stdout == "set()\n"
