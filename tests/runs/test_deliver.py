"""What follows a run: notes, cautions and the counter page, for the terminal or any other."""

import subprocess
import sys

import pytest

from clinicpress.errors import EnvironmentFault
from clinicpress.orders.manifest import Made
from clinicpress.orders.request import ALL, Places, Request
from clinicpress.runs import deliver as room
from clinicpress.runs.deliver import Notes, write_counter, write_notes
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
    assert write_counter(Request((ALL,)), places) == page[0]


def test_a_page_that_is_there_is_made_anew_and_not_told(places, page):
    assert write_counter(Request(("booklet",)), places) is None
    assert page == []
    (places.output / "index.html").touch()
    assert write_counter(Request(("booklet",)), places) is None
    assert len(page) == 1


FULL = EnvironmentFault("The disk is full.")


def test_a_page_that_cannot_be_made_takes_no_note_away(clinic, monkeypatch):
    """How to print is said before the page is begun, so that whatever ends it takes nothing."""

    def refresh(*_):
        raise FULL

    monkeypatch.setattr(room, "refresh", refresh)
    clinic.write("output/index.html", "made before")
    ended = clinic.generate("handout", "thumb-sheet", "--for", "home", "--format", "all")
    assert ended.code == FULL.exit_code
    said = ended.err.splitlines()
    assert said.index("How to print each file is in the .txt beside it.") < said.index(str(FULL))


def test_what_was_left_out_is_told_where_the_page_cannot_be_made_either(clinic, monkeypatch):
    def refresh(*_):
        raise FULL

    monkeypatch.setattr(room, "refresh", refresh)
    clinic.write("layouts/brands/night/brand.yaml", "name: Night\n")
    clinic.write("layouts/brands/night/styles/brand.css", ".tier-head { display: none }\n")
    clinic.write("output/index.html", "made before")
    ended = clinic.generate("handout", "thumb-sheet", "--brand", "default,night")
    assert ended.code == 1
    assert str(FULL) in ended.err
    assert "night/tiny/tiny_thumb-sheet" in ended.err


def test_screens_alone_need_no_note(places, noted):
    assert write_notes([made("proof")], places) == Notes()
    assert noted == []


CLAIM = "PDF/X-4 is claimed and was not validated."


@pytest.mark.parametrize(
    ("colour", "cautions"), [("rgb", ()), ("grey", ()), ("cmyk", (CLAIM,)), ("spot", (CLAIM,))]
)
def test_a_claim_that_nobody_validated_is_told(places, noted, colour, cautions):
    told = write_notes([made("press", colour)], places)
    assert told == Notes(("how to print default/a.pdf",), cautions)


def test_the_terminal_is_not_needed():
    """Whoever delivers need not have a terminal: nothing of it is imported."""
    said = "import sys, clinicpress.runs.deliver; print({'click', 'rich'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", said], env=environment(), capture_output=True,
                          text=True, check=True)  # fmt: skip
    assert done.stdout == "set()\n"
