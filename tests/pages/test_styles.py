"""Fonts and sheets are read once a process; a changed one, or one with a fault, is read anew."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from clinicpress.design import fonts as design_fonts
from clinicpress.design.design import Design
from clinicpress.errors import Problems
from clinicpress.files.shelf import Shelf
from clinicpress.pages import styles
from clinicpress.pages.styles import Sheets
from clinicpress.pages.typeset import Typeset, font_faces, load_engine, typeset
from tests.conftest import ROOT, environment

Setting = Callable[..., Typeset]

GREEN = "p { color: #008000 }"


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each test begin like a process of its own."""
    load_engine()
    import weasyprint.css

    monkeypatch.setattr(styles, "SHARED", Shelf(4))
    monkeypatch.setattr(weasyprint.css, "CSS", Sheets(weasyprint.CSS))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list in which each sheet is noted that the engine reads."""
    import weasyprint.css

    noted: list[str] = []

    def reader(**given: Any) -> Any:
        noted.append(given["string"])
        return weasyprint.CSS(**given)

    monkeypatch.setattr(weasyprint.css, "CSS", Sheets(reader))
    return noted


def test_a_sheet_is_read_once(setting: Setting, read: list[str]) -> None:
    one, other = setting("<p>One</p>", GREEN), setting("<p>One</p>", GREEN)
    assert len(read) == 1
    assert one.pdf == other.pdf


def test_another_sheet_is_read_anew(setting: Setting, read: list[str]) -> None:
    green, red = setting("<p>One</p>", GREEN), setting("<p>One</p>", "p { color: #a00000 }")
    assert len(read) == 2
    assert green.pdf != red.pdf


def test_pages_that_a_kept_sheet_sizes_are_of_that_size(setting: Setting) -> None:
    long = "".join(f"<p>Line {number}</p>" for number in range(40))
    folio = '@page { @bottom-right { font-family: "Fira Sans"; content: counter(page) } }'
    assert [len(setting(long, folio).pages) for _ in range(3)] == [3, 3, 3]


@pytest.mark.parametrize(
    "style",
    ["p { colour: red }", "p { color: red", "p::marked { color: red }", "@pages { margin: 0 }"],
)
def test_a_fault_in_a_sheet_is_told_each_time(setting: Setting, style: str) -> None:
    told = []
    for _ in range(2):
        try:
            setting("<p>One</p>", style)
        except Problems as error:
            told.append(error.problems)
        else:
            told.append(())
    assert told[0] == told[1]
    assert told[0] or "color: red" in style  # what is not closed is no fault


@pytest.mark.parametrize(
    "rule",
    [
        "@counter-style stars { system: cyclic; symbols: '*' }",
        "@layer one { p { margin: 0 } }",
        "@\\6d edia print { p { margin: 0 } }",
    ],
)
def test_a_sheet_that_does_more_is_read_each_time(read: list[str], rule: str) -> None:
    import weasyprint.css

    for count in (1, 2):
        given = {"page_rules": [], "layers": [], "base_url": "", "media_type": "print"}
        weasyprint.css.CSS(string=rule, counter_style={}, **given)
        assert len(read) == count


def test_fonts_are_read_once_and_anew_when_a_file_changed(
    design: Design, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (name, family), *_ = design.fonts.items()
    copies = {
        weight: Path(shutil.copy(path, tmp_path))
        for weight, path in design_fonts.font_files(family).items()
    }
    monkeypatch.setattr("clinicpress.pages.typeset.font_files", lambda family: copies)
    faces = font_faces({name: family})

    def common() -> Any:
        engine = load_engine()
        from weasyprint.urls import URLFetcher

        return styles.shared(engine, faces, copies.values(), "p { margin: 0 }", URLFetcher())

    first = common()
    assert common() is first
    touched = copies[min(copies)]
    kept = touched.stat()
    touched.write_bytes(touched.read_bytes())
    os.utime(touched, ns=(kept.st_atime_ns, kept.st_mtime_ns))  # as if nothing had been written
    second = common()
    assert second is not first
    touched.write_bytes(copies[max(copies)].read_bytes())
    assert common() is not second


def test_another_last_word_is_read_anew(design: Design, tmp_path: Path) -> None:
    layouts = tmp_path / "layouts"
    shutil.copytree(design.folders[-1] / "styles", layouts / "styles")
    own = replace(design, folders=(*design.folders[:-1], layouts))
    style = '@page { font-family: "Fira Sans" } html { font-family: "Fira Sans" }'
    words = '<p data-required="gate">One</p>'
    html = f'<!doctype html><html lang="en"><title>A</title><style>{style}</style>{words}'
    before = typeset(html, own).pdf
    assert typeset(html, own).pdf == before
    last = layouts / "styles/required.css"
    last.write_text(last.read_text() + "[data-required] { color: #0000ff !important }")
    assert typeset(html, own).pdf != before


def test_no_drawing_brings_a_font_to_the_prints_that_follow(setting: Setting) -> None:
    hostile = (
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'><style>@font-face "
        "{ font-family: 'Fira Sans'; src: local('Fira Sans Bold') }</style></svg>"
    )
    honest = setting("<p>Words</p>", "")
    for body, style in (
        (f'<img alt="x" src="data:image/svg+xml,{hostile}">', ""),
        (hostile, ""),
        ("", '@font-face { font-family: "Fira Sans"; src: local("Fira Sans Bold") }'),
        ("", '@\\66ont-face { font-family: "Fira Sans"; src: local("Fira Sans Bold") }'),
    ):
        with pytest.raises(Problems):
            setting(body, style)
        assert setting("<p>Words</p>", "") == honest


def test_nor_does_a_style_that_no_guard_saw(
    setting: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    setting("<p>Words</p>")  # whose fonts are read here
    added = list[Any]()
    monkeypatch.setattr("clinicpress.pages.typeset.out_of_place", lambda *_: [])
    monkeypatch.setattr(
        load_engine().FontConfiguration, "add_font_face", lambda _, *face: added.append(face)
    )
    setting("<p>Words</p>", '@font-face { font-family: "Fira Sans"; src: local("Fira Sans Bold") }')
    assert added == []


def test_no_copy_of_a_font_is_left_behind(tmp_path: Path) -> None:
    program = f"""if True:
        from pathlib import Path
        from clinicpress.design.design import open_design
        from clinicpress.pages.typeset import typeset
        design = open_design(Path({str(ROOT / "layouts")!r}), brand="default", format="standard",
                             language="en", paper="A4")
        words = '<p style="font-family: Fira Sans">One'
        typeset('<!doctype html><html lang="en"><title>A</title>' + words, design)
    """
    ended = subprocess.run(
        [sys.executable, "-c", program], env=environment(TMPDIR=str(tmp_path)), check=True,
        capture_output=True, text=True,
    )  # fmt: skip
    assert (ended.stdout, ended.stderr) == ("", "")
    assert list(tmp_path.iterdir()) == []


def test_a_sheet_that_asks_for_nothing_is_read_once_wherever_it_lies(
    design: Design, read: list[str], tmp_path: Path
) -> None:
    elsewhere = replace(design, folders=(tmp_path, *design.folders))
    for home in (design, elsewhere):
        typeset(f'<style>* {{ font-family: "Fira Sans" }} {GREEN}</style><p>One</p>', home)
    assert len(read) == 1
