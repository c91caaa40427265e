"""The tiny topic as HTML and as a tag tree, and a figure, kept as text that a person can read.

After a change that is meant: ``pytest tests/golden --update-golden``, then read the difference.
"""

import re
from pathlib import Path

import pytest
import yaml

from clinicpress.design.design import open_design
from clinicpress.figures.drawing import draw
from clinicpress.figures.model import Drawing, Person
from tests.conftest import ROOT, TINY
from tests.pdf.press import print_and_note
from tests.pdf.reading import Print

GOLDEN = Path(__file__).parent

pytestmark = pytest.mark.xdist_group("golden")


@pytest.fixture(scope="module")
def tiny_press(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that holds the tiny topic's booklet and handout, and their HTML."""
    folder = tmp_path_factory.mktemp("tiny")
    ended = print_and_note(folder, "all", "--sources", TINY, "--audience", "general",
                           "--format", "standard")  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    return folder


def without_styles(html: str) -> str:
    """Return the document without its style sheets and drawings: it is compared as words."""
    short, count = re.subn(r"<style>.*?</style>", "<style></style>", html, flags=re.DOTALL)
    assert count == 3  # what is its own, what many prints share, and the brand's
    short = re.sub(r"data:image/svg\+xml;base64,[\w+/=]+", "data:", short)
    return re.sub(r"\n\s*\n+", "\n", short).strip() + "\n"


CODE = re.compile("(?<=Code.)[0-9A-Z]{4}(-\u2060?)[0-9A-Z]{4}")
"""What tells prints apart: it changes with everything, and so is no news."""


def compare(request: pytest.FixtureRequest, name: str, made: str) -> None:
    """Compare with the kept file, or keep this one if that was asked for."""
    file = GOLDEN / name
    made = CODE.sub(r"0000\g<1>0000", made)
    if request.config.getoption("--update-golden"):
        file.write_text(made, encoding="utf-8")
    assert made == file.read_text(encoding="utf-8"), (
        f"{name} differs; if it should: pytest tests/golden --update-golden"
    )


def test_figure(request: pytest.FixtureRequest) -> None:
    """A person in two moments before a wall, with marks: every element on a line of its own."""
    figure = Drawing.model_validate(yaml.safe_load((GOLDEN / "figure.yaml").read_text()))
    design = open_design(
        ROOT / "layouts", brand="default", format="standard", language="en", paper="A4"
    )
    svg = draw(figure, [Person()], {}, design.look(), design.symbol, shape=2)
    compare(request, "figure.svg", svg.replace("><", ">\n<") + "\n")


@pytest.mark.parametrize("publication", ["booklet", "thumb-sheet"])
def test_html(request: pytest.FixtureRequest, tiny_press: Path, publication: str) -> None:
    (html,) = (tiny_press / "notes").glob(f"*_{publication}_*.html")
    compare(request, f"{publication}.html", without_styles(html.read_text(encoding="utf-8")))


@pytest.mark.parametrize("publication", ["booklet", "thumb-sheet"])
def test_tag_tree(request: pytest.FixtureRequest, tiny_press: Path, publication: str) -> None:
    (pdf,) = tiny_press.rglob(f"*_{publication}_*.pdf")
    tree = "\n".join(Print(pdf).tags.lines()) + "\n"
    compare(request, f"{publication}.txt", tree)
