"""Prints the whole real library for adults once a session, through the command line."""

import json
import os
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from clinicpress.content.library import Library, TopicLibrary
from clinicpress.content.reader import read_library
from clinicpress.design.design import Design, open_design
from clinicpress.editions.edition import Edition
from clinicpress.editions.manuscript import Manuscript
from clinicpress.editions.selection import select
from clinicpress.pages.typeset import Landing, PageRecord
from clinicpress.plan import plan
from clinicpress.request import ALL, Request
from tests.conftest import ROOT
from tests.pdf.press import print_and_note
from tests.pdf.reading import Print

LAYOUTS = ROOT / "layouts"
LIBRARY = read_library(ROOT / "sources")
EDITIONS = plan(Request((ALL,), audiences=("general",), formats=(ALL,)), LIBRARY, LAYOUTS)
FORMATS = sorted({edition.format for edition in EDITIONS})


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
        edition, audience = self.edition, self.library.audiences[self.edition.audience]
        return open_design(
            LAYOUTS, brand=edition.brand, format=edition.format, language=edition.language,
            paper=edition.paper, smallest=audience.smallest_type,
        )  # fmt: skip

    @cached_property
    def manuscript(self) -> Manuscript:
        return select(self.library, self.edition, self.design.brand.meanings)

    @property
    def topic(self) -> TopicLibrary:
        return self.library.topics[self.edition.topic]

    @property
    def is_booklet(self) -> bool:
        return self.topic.publications[self.edition.publication].kind == "booklet"

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
    return f"{edition.publication}-{edition.format}"


@pytest.fixture(scope="session")
def press(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that the library was printed into, by whichever worker came first."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # the one that all workers of a run share
    folder /= "press"
    try:
        folder.mkdir()
    except FileExistsError:
        _wait_for(folder / "done")
        return folder
    with ThreadPoolExecutor(min(len(FORMATS), os.cpu_count() or 1)) as presses:
        said = list(presses.map(lambda format: _print(folder, format), FORMATS))
    (folder / "said.txt").write_text("\n".join(said), encoding="utf-8")
    (folder / "done").touch()
    return folder


def _wait_for(file: Path) -> None:
    for _ in range(1200):
        if file.exists():
            return
        time.sleep(0.5)
    pytest.fail("the worker that prints the library did not finish")


def _print(folder: Path, format: str) -> str:
    """Print all publications in one format, and return what the command said."""
    arguments = ("all", "--audience", "general", "--format", format)
    return print_and_note(folder / format, *arguments).stderr


@pytest.fixture(scope="session", params=EDITIONS, ids=short_name)
def printed(request: pytest.FixtureRequest, press: Path) -> Printed:
    """Return each edition of the real library for adults, printed."""
    edition: Edition = request.param
    path = press / edition.format / edition.path
    if not path.is_file():
        said = (press / "said.txt").read_text(encoding="utf-8").splitlines()
        why = [line for line in said if edition.name in line] or said
        pytest.fail(f"{edition.name} was not printed:\n" + "\n".join(why))
    return Printed(edition, LIBRARY, path, press / edition.format / "notes" / edition.name)
