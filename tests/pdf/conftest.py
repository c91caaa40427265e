"""Prints the whole real library once a session, through the command line.

What adults get is looked at by the fast tests, what all others get by the slow ones. The sheets of
one audience stay with one worker, which prints them before it looks at the first.
"""

import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from clinicpress.content.library import Library, TopicLibrary
from clinicpress.content.reader import read_library
from clinicpress.design.design import Design
from clinicpress.editions.edition import Edition
from clinicpress.editions.manuscript import Manuscript
from clinicpress.editions.selection import select
from clinicpress.orders.plan import plan
from clinicpress.orders.request import ALL, Request
from clinicpress.pages.record import Landing, PageRecord
from clinicpress.runs.pipeline import design_of
from tests.conftest import ROOT
from tests.pdf.press import print_and_note
from tests.pdf.reading import Print

LAYOUTS = ROOT / "layouts"
LIBRARY = read_library(ROOT / "sources")
EDITIONS = plan(Request((ALL,), audiences=(ALL,), formats=(ALL,)), LIBRARY, LAYOUTS)
PROOFS = [edition for edition in EDITIONS if edition.production == "proof"]
PRODUCTS = [edition for edition in EDITIONS if edition.production == "home"]
"""What is folded, cut, hung up or written in comes on sheets, and is looked at on its own."""
FIRST = "general"


@dataclass(frozen=True)
class Printed:
    """One edition of the real library: what went in, and the PDF that came out."""

    edition: Edition
    library: Library
    path: Path
    notes: Path

    @cached_property
    def read(self) -> Print:
        """The PDF, read back."""
        return Print(self.path)

    @cached_property
    def design(self) -> Design:
        return design_of(self.edition, self.library, LAYOUTS)

    @cached_property
    def manuscript(self) -> Manuscript:
        return select(self.library, self.edition, self.design.brand.meanings)

    @property
    def topic(self) -> TopicLibrary:
        return self.library.topics[self.edition.topic]

    @property
    def kind(self) -> str:
        return self.topic.publications[self.edition.publication].kind

    @property
    def is_booklet(self) -> bool:
        return self.kind == "booklet"

    @property
    def html(self) -> str:
        return Path(f"{self.notes}.html").read_text(encoding="utf-8")

    @cached_property
    def record(self) -> Any:
        return json.loads(Path(f"{self.notes}.json").read_text(encoding="utf-8"))

    @property
    def pages(self) -> list[PageRecord]:
        """The layout record of each page."""
        return [PageRecord(**page) for page in self.record["pages"]]

    def landing(self, id: str) -> Landing:
        return next(Landing(**each) for each in self.record["landings"] if each["id"] == id)


def short_name(edition: Edition) -> str:
    return f"{edition.publication}-{edition.audience}-{edition.format}"


def as_parameter(edition: Edition) -> Any:
    """Return the edition as a parameter: with its audience's worker, slow but for the first."""
    marks = [pytest.mark.xdist_group(edition.audience)]
    if edition.audience != FIRST:
        marks.append(pytest.mark.slow)
    return pytest.param(edition, marks=marks, id=short_name(edition))


@pytest.fixture(scope="session")
def press(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return a function that prints what there is for an audience, once, and names the folder."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent  # the one that all workers of a run share

    def print_for(audience: str) -> Path:
        folder = shared / f"press-{audience}"
        try:
            folder.mkdir()
        except FileExistsError:
            _wait_for(folder / "said.txt")
            return folder
        arguments = ("all", "--audience", audience, "--format", ALL)
        said = print_and_note(folder, *arguments).stderr
        (folder / "said.new").write_text(said, encoding="utf-8")
        (folder / "said.new").rename(folder / "said.txt")
        return folder

    return print_for


def _wait_for(file: Path) -> None:
    for _ in range(1200):
        if file.exists():
            return
        time.sleep(0.5)
    pytest.fail("the worker that prints the library did not finish")


@pytest.fixture(scope="session", params=map(as_parameter, PROOFS))
def printed(request: pytest.FixtureRequest, press: Callable[[str], Path]) -> Printed:
    """Return each edition of the real library that is read page by page, printed."""
    return _printed(request.param, press)


@pytest.fixture(scope="session", params=map(as_parameter, PRODUCTS))
def product(request: pytest.FixtureRequest, press: Callable[[str], Path]) -> Printed:
    """Return each leaflet, card, poster, diary and pad of the real library, printed."""
    return _printed(request.param, press)


def _printed(edition: Edition, press: Callable[[str], Path]) -> Printed:
    folder = press(edition.audience)
    path = folder / edition.path
    if not path.is_file():
        said = (folder / "said.txt").read_text(encoding="utf-8").splitlines()
        why = [line for line in said if edition.name in line] or said
        pytest.fail(f"{edition.name} was not printed:\n" + "\n".join(why))
    return Printed(edition, LIBRARY, path, folder / "notes" / edition.name)
