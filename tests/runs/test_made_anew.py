"""What is kept cannot lie: whatever a print is made of, a change of it makes anew what it touches.

A run first asks whether the inputs are the same, then each edition for its digest: both must tell.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from clinicpress.content.reader import read_library
from clinicpress.design import fonts
from clinicpress.editions.edition import Edition
from clinicpress.files import digests, engines, paths
from clinicpress.runs import pipeline
from clinicpress.runs.pipeline import prepare
from tests.conftest import ROOT, TINY

ENGLAND = Edition("tiny", "thumb-sheet", "general", "standard", "en", "GB", "default", "A4",
                  kind="handout")  # fmt: skip
EDITIONS = {
    "sheet": ENGLAND,
    "older": replace(ENGLAND, audience="older-adult", format="clear"),
    "US": replace(ENGLAND, region="US", paper="Letter"),
    "booklet": replace(ENGLAND, publication="booklet", paper="A5", kind="booklet"),
    "brand": replace(ENGLAND, brand="other"),
}
ALL = frozenset(EDITIONS)

PRESS = "exercises/thumb-press.yaml"

KEPT = (pipeline._makers, engines.program, engines.fonts_named, digests._program, fonts._listed)
"""What is known of the program and its engines as long as a process runs."""


@dataclass(frozen=True)
class Clinic:
    """A clinic's own copy of the sources and layouts, its fonts, and its copy of the program."""

    folder: Path
    patch: pytest.MonkeyPatch

    def rewrite(self, file: str, old: str, new: str) -> None:
        """Change words of a file, which hold ``old`` once or more."""
        path = self.folder / file
        words = path.read_text("utf-8")
        assert old in words
        path.write_text(words.replace(old, new, 1), "utf-8")

    def states(self) -> tuple[str, dict[str, str]]:
        """Return the state of all inputs, and of each edition, as a new process finds them."""
        for kept in KEPT:
            kept.cache_clear()
        sources, layouts = self.folder / "sources", self.folder / "layouts"
        inputs = digests.inputs(sources, layouts)
        library = read_library(sources)
        found = {name: prepare(each, library, layouts) for name, each in EDITIONS.items()}
        assert all(each.digest == each.pages for each in found.values())
        return inputs, {name: each.digest for name, each in found.items()}


@pytest.fixture
def clinic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clinic]:
    shutil.copytree(TINY, tmp_path / "sources")
    shutil.copytree(ROOT / "layouts", tmp_path / "layouts")
    brands = tmp_path / "layouts/brands"
    shutil.copytree(brands / "default", brands / "other")
    _install_fonts(tmp_path / "site")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    (tmp_path / "program").mkdir()
    (tmp_path / "program/page.py").write_text("# This makes pages.\n")
    monkeypatch.setattr(paths, "PACKAGE", tmp_path / "program")
    clinic = Clinic(tmp_path, monkeypatch)
    clinic.rewrite("layouts/fonts.yaml", "fontpkg_fira_sans", "fontpkg_made_up")
    yield clinic
    for kept in KEPT:
        kept.cache_clear()


def _install_fonts(site: Path) -> None:
    """Install the fonts of the layouts as a package of another name."""
    listed = fonts._listed("fontpkg_fira_sans")
    assert listed
    (site / "made").mkdir(parents=True)
    about = site / "fontpkg_made_up-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: fontpkg-made-up\nVersion: 1.0\n")
    faces = [name for name in listed if name in (ROOT / "layouts/fonts.yaml").read_text("utf-8")]
    for name in faces:
        shutil.copy(listed[name], site / "made")
    (about / "RECORD").write_text("".join(f"made/{name},,\n" for name in faces))


def a_word(clinic: Clinic) -> None:
    clinic.rewrite(f"sources/tiny/{PRESS}", "title: ", "title: Gentle ")


def a_figure(clinic: Clinic) -> None:
    clinic.rewrite("sources/tiny/figures/hands/hand.yaml", "raise: 60", "raise: 70")


def a_style(clinic: Clinic) -> None:
    with (clinic.folder / "layouts/styles/text.css").open("a") as file:
        file.write("p { color: #111111 }\n")


def a_template(clinic: Clinic) -> None:
    clinic.rewrite("layouts/templates/handout.html", "{%", "<!-- x -->{%")


def a_string(clinic: Clinic) -> None:
    clinic.rewrite("layouts/strings/en.po", 'msgstr "', 'msgstr "Now ')


def an_icon(clinic: Clinic) -> None:
    icon = next((clinic.folder / "layouts/icons").glob("*.svg"))
    icon.write_text(icon.read_text("utf-8").replace("<svg", "<svg data-x='1'", 1), "utf-8")


def a_font(clinic: Clinic) -> None:
    """Another drawing of letters in a package that is called, and says its version, as before."""
    regular, bold = (
        clinic.folder / f"site/made/FiraSans-{name}.ttf" for name in ("Regular", "Bold")
    )
    regular.write_bytes(bold.read_bytes())


def a_number(clinic: Clinic) -> None:
    clinic.rewrite("sources/regions.yaml", '"911"', '"912"')


def a_colour(clinic: Clinic) -> None:
    clinic.rewrite("layouts/brands/other/brand.yaml", "#0f5c6e", "#0f4c5e")


def a_measure(clinic: Clinic) -> None:
    clinic.rewrite("layouts/formats.yaml", "\n", "\n# Another size.\n")


def the_program(clinic: Clinic) -> None:
    clinic.rewrite("program/page.py", "makes", "made")


def an_engine(clinic: Clinic) -> None:
    theirs = engines.versions()
    clinic.patch.setattr(engines, "versions", lambda: (*theirs[:-1], "weasyprint 999"))


@pytest.mark.few(4)
@pytest.mark.parametrize(("change", "touched"), [
    (a_word, ALL - {"older"}),
    (a_figure, ALL),
    (a_number, {"US"}),
    (a_colour, {"brand"}),
    (a_style, ALL),
    (a_template, ALL),
    (a_string, ALL),
    (an_icon, ALL),
    (a_measure, ALL),
    (a_font, ALL),
    (the_program, ALL),
    (an_engine, ALL),
])  # fmt: skip
def test_a_change_makes_anew_what_it_touches_and_nothing_else(
    clinic: Clinic, change: Callable[[Clinic], None], touched: frozenset[str]
) -> None:
    inputs, before = clinic.states()
    assert clinic.states() == (inputs, before)
    assert len({*before.values()}) == len(ALL)
    change(clinic)
    others, after = clinic.states()
    assert others != inputs
    assert {name for name in ALL if before[name] != after[name]} == touched
