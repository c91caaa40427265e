"""A counter page of made-up prints, and Chromium to open it with, as a file and without network."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, replace
from itertools import product
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from clinicpress.content.library import Library
from clinicpress.counter.page import write_counter
from clinicpress.editions.edition import Edition
from clinicpress.orders.manifest import Made, content_digest
from tests.conftest import ROOT, environment

FLAGS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
PAGES = 3


@dataclass
class Counter:
    """The page in a browser, and every address that anything in it asked for."""

    context: BrowserContext
    page: Page
    address: str
    asked: list[str] = field(default_factory=list)

    def open(self, state: str = "") -> Page:
        self.page.goto(self.address + state)
        return self.page


@pytest.fixture(scope="session")
def prints(tiny: Library, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an output folder: two publications, each for two audiences in three formats."""
    output = tmp_path_factory.mktemp("shared drive")
    files = []
    for publication, audience, format in product(
        ("booklet", "thumb-sheet"), ("general", "older-adult"), ("standard", "clear", "large")
    ):
        edition = Edition(
            "tiny", publication, audience, format, "en", "GB", "default",
            "A5" if (publication, format) == ("booklet", "standard") else "A4",
        )  # fmt: skip
        files.append(_made(output, edition))
    older = tiny.audiences["older-adult"].model_copy(update={"also": ("elderly", "seniors")})
    library = replace(tiny, audiences={**tiny.audiences, "older-adult": older})
    write_counter(ROOT / "layouts", output, files, library)
    return output


def _made(output: Path, edition: Edition) -> Made:
    file = output / edition.path
    file.parent.mkdir(parents=True, exist_ok=True)
    with pikepdf.new() as pdf:
        for _ in range(PAGES):
            pdf.add_blank_page(page_size=(595, 842))
        pdf.save(file)
    digest = hashlib.sha256(edition.name.encode()).hexdigest()
    pdf = file.read_bytes()
    content = content_digest(pdf)
    return Made(str(edition.path), asdict(edition), digest, PAGES, len(pdf), content)


@pytest.fixture(scope="session")
def executable() -> str:
    """Return the browser of this machine."""
    names = filter(None, map(shutil.which, ("chromium", "google-chrome")))
    found = next(names, None)
    assert found, "These tests need Chromium: run tools/setup.sh slow."
    return found


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Playwright, executable: str) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=executable, args=FLAGS, env=environment())
    yield browser
    browser.close()


@pytest.fixture
def counter(chromium: Browser, prints: Path) -> Iterator[Callable[..., Counter]]:
    """Return a function that opens a browser context; the page is at its ``address``."""
    contexts = []

    def start(**options: object) -> Counter:
        context = chromium.new_context(offline=True, **options)
        contexts.append(context)
        started = Counter(context, context.new_page(), (prints / "index.html").as_uri())
        context.on("request", lambda request: started.asked.append(request.url))
        return started

    yield start
    for context in contexts:
        context.close()


@pytest.fixture
def screen() -> Iterator[str | None]:
    """Return a display that windows can be shown on, for what a headless browser cannot do."""
    if sys.platform != "linux":
        yield None
        return
    assert shutil.which("Xvfb"), "This test needs Xvfb: run tools/setup.sh slow."
    ours, theirs = os.pipe()
    command = ["Xvfb", "-displayfd", str(theirs), "-screen", "0", "1280x900x24"]
    with subprocess.Popen(command, pass_fds=[theirs], stderr=subprocess.DEVNULL) as server:
        os.close(theirs)
        try:
            with os.fdopen(ours) as told:
                yield f":{told.readline().strip()}"
        finally:
            server.terminate()
