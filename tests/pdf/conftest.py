"""Prints the whole real library for adults once a session, through the command line."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import ROOT, environment
from tests.pdf.reading import Print

from clinicpress.content.library import Library, TopicLibrary
from clinicpress.content.reader import read_library
from clinicpress.design.design import Design, open_design
from clinicpress.editions.edition import Edition
from clinicpress.editions.manuscript import Manuscript
from clinicpress.editions.selection import select
from clinicpress.pages.typeset import Landing, PageRecord
from clinicpress.plan import plan
from clinicpress.request import ALL, Request

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
    record: Any

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
        return str(self.record["html"])

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
        ended = list(presses.map(lambda format: _print(folder, format), FORMATS))
    (folder / "said.txt").write_text("\n".join(end.stderr for end in ended), encoding="utf-8")
    (folder / "done").touch()
    return folder


def _wait_for(file: Path) -> None:
    for _ in range(1200):
        if file.exists():
            return
        time.sleep(0.5)
    pytest.fail("the worker that prints the library did not finish")


def _print(folder: Path, format: str) -> "subprocess.CompletedProcess[str]":
    """Print all publications in one format, in one process, since only it can be listened to."""
    output = folder / format
    command = [sys.executable, "-m", "tests.pdf.press", folder / "notes", "all", "--jobs", "1",
               "--audience", "general", "--format", format, "--output", output]  # fmt: skip
    return subprocess.run(
        command, cwd=ROOT, env=environment(), capture_output=True, text=True, encoding="utf-8",
        check=False,
    )  # fmt: skip


@pytest.fixture(scope="session", params=EDITIONS, ids=short_name)
def printed(request: pytest.FixtureRequest, press: Path) -> Iterator[Printed]:
    """Yield each edition of the real library for adults, printed."""
    edition: Edition = request.param
    path = press / edition.format / edition.path
    if not path.is_file():
        said = (press / "said.txt").read_text(encoding="utf-8").splitlines()
        why = [line for line in said if edition.name in line] or said
        pytest.fail(f"{edition.name} was not printed:\n" + "\n".join(why))
    record = json.loads((press / "notes" / f"{edition.name}.json").read_text(encoding="utf-8"))
    yield Printed(edition, LIBRARY, path, record)
