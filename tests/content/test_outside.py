"""Pictures that an editor brings: looked at as logos are, printed where a figure may stand."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from clinicpress.content.reader import read_library
from clinicpress.editions.edition import Edition
from clinicpress.runs.pipeline import prepare, set_pages
from tests.conftest import ROOT
from tests.samples import INFORMATION, PROCEDURE, make_samples, problems_of
from tests.verapdf import faults

FIGURE = "id: shelf\nalt: A shelf.\npicture: {}\nsource: A. Nobody\nlicence: CC0\n"
BOX = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Return a folder with the sample that shows no picture from outside."""
    return make_samples(tmp_path / "sources", INFORMATION)


def bring(sources: Path, name: str, content: bytes | str, figure: str = FIGURE) -> Path:
    """Put a picture beside a figure that shows it, and on the cover."""
    home = sources / INFORMATION / "figures/movements"
    (home / name).write_bytes(content.encode() if isinstance(content, str) else content)
    (home / "shelf.yaml").write_text(figure.replace("{}", name))
    about = sources / INFORMATION / "topic.yaml"
    about.write_text(about.read_text("utf-8").replace("cover: cover-art", "cover: shelf"))
    return home


def png(wide: int = 900, ink: str = "black") -> bytes:
    image = Image.new("RGBA", (wide, 400), "#ffffff00")
    ImageDraw.Draw(image).rectangle((20, 20, wide - 20, 380), fill=ink)
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


WRONG = [
    ("a.svg", BOX.format("<script>1</script>"), "holds a <script>"),
    ("a.svg", BOX.format('<rect onclick="x()"/>'), "holds the script “onclick”"),
    ("a.svg", BOX.format('<image href="https://example.org/a.png"/>'), "refers to “https://examp"),
    ("a.svg", BOX.format("<text>Open it</text>"), "sets words in a font"),
    ("a.svg", BOX.format("").replace("viewBox", "box"), "has no viewBox"),
    ("a.svg", "<svg", "is no image that can be printed"),
    ("a.png", png(300), "is 300 pixels wide, and 600 are the fewest"),
    ("a.png", png(ink="#fefefe"), "is not seen on white paper"),
    ("a.png", png()[:-20], "is no image that can be printed"),
    ("a.gif", b"GIF89a", "is neither an SVG nor a PNG"),
]


@pytest.mark.parametrize(("name", "content", "wrong"), WRONG, ids=[row[2] for row in WRONG])
def test_what_no_print_may_hold_is_told(sources, name, content, wrong):
    bring(sources, name, content)
    (found,) = problems_of(sources, INFORMATION)
    assert found.startswith(f"figures/movements/shelf.yaml:3: the picture “{name}” {wrong}")
    assert found.endswith("[PICTURE]")


@pytest.mark.parametrize("name", ["../topic.yaml", "lost.svg", "movements"])
def test_it_lies_beside_its_file(sources, name):
    home = bring(sources, "a.png", png())
    (home / "shelf.yaml").write_text(FIGURE.replace("{}", name))
    (found,) = problems_of(sources, INFORMATION)
    assert f"the picture “{name}” is not beside this file. Copy it there" in found


@pytest.mark.parametrize(
    ("figure", "wrong"),
    [
        (FIGURE + "moments: {a: {pose: {mouth: smile}}}\n", "has moments and a picture"),
        ("id: shelf\nalt: A shelf.\n", "has neither moments nor a picture"),
        (FIGURE.replace("licence: CC0\n", ""), "lacks “licence”"),
        (FIGURE.replace("source: A. Nobody\n", ""), "lacks “source”"),
    ],
)
def test_it_is_said_whose_it_is(sources, figure, wrong):
    bring(sources, "a.png", png(), figure)
    assert wrong in problems_of(sources, INFORMATION)[0]


@pytest.mark.few(1)
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", png()),
        ("a.svg", BOX.format('<path d="M0 0H9V9Z"/>')),
        ("b.svg", BOX.format('<defs><path id="p" d="M0 0H9V9Z"/></defs><use href="#p"/>')),
    ],
)
def test_it_is_printed_with_its_maker(sources, name, content):
    bring(sources, name, content)
    library = read_library(sources)
    edition = Edition(INFORMATION, "leaflet", "general", "standard", "en", "GB", "default", "A4",
                      fold="c", kind="leaflet", production="home")  # fmt: skip
    prepared = prepare(edition, library, ROOT / "layouts")
    assert prepared.manuscript.credits == ("A. Nobody, CC0",)
    built = set_pages(prepared)
    assert (built.problems, faults(built.pdf, "ua1"), faults(built.pdf, "3a")) == ((), [], [])


def test_a_new_picture_is_another_print(sources):
    """It is known by what it holds: no print of the one before is taken for it."""
    home = bring(sources, "a.png", png())
    before = read_library(sources).topics[INFORMATION].artworks["shelf"].state
    (home / "a.png").write_bytes(png(901))
    assert read_library(sources).topics[INFORMATION].artworks["shelf"].state != before


def test_the_sample_of_a_procedure_shows_one(tmp_path):
    library = read_library(make_samples(tmp_path / "sources", PROCEDURE))
    artwork = library.topics[PROCEDURE].artworks["boat"]
    assert re.match(r'<svg xmlns="[^"]+" viewBox="0 0 300 120">', artwork.picture)


@pytest.mark.parametrize("name", ["a.png", "a.svg"])
def test_an_editor_looks_at_it(sources, name, generate, tmp_path):
    bring(sources, name, png() if name == "a.png" else BOX.format('<path d="M0 0H9V9Z"/>'))
    asked = ["figure", "shelf", "--png", "--sources", str(sources), "--output", str(tmp_path / "o")]
    ended = generate(asked)
    assert ended.code == 0, ended.err
    with Image.open(tmp_path / "o/figures/shelf.png") as seen:
        assert seen.convert("L").getextrema()[0] < 60
