"""The same inputs give the same bytes: in another process, and on a machine with other fonts."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from clinicpress.editions.edition import Edition
from tests.conftest import ROOT, TINY, environment, takes_all
from tests.pdf.conftest import made, on_the_press_of
from tests.pdf.matrix import EDITIONS, PAIRS, is_booklet, usual
from tests.pdf.press import print_and_note

SIGN = "☎"
"""A sign that our fonts lack, and the machine's font of these tests has."""


@pytest.fixture(scope="module")
def other_machine(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the environment of a machine with another home, clock, order and fonts.

    Its one font claims to be ours, with letters of another width, and has a sign that ours lacks.
    """
    from fontTools.ttLib import TTFont

    from clinicpress.design.fonts import FontFace, FontFamily, font_files

    home = tmp_path_factory.mktemp("home")
    fonts = home / ".fonts"
    fonts.mkdir()
    face = FontFace(weight=400, file="FiraSans-Regular.ttf")
    ours = FontFamily(family="Fira Sans", package="fontpkg-fira-sans", faces=(face,))
    font = TTFont(font_files(ours)[400])
    widths = font["hmtx"].metrics
    font["hmtx"].metrics = {name: (2 * width, left) for name, (width, left) in widths.items()}
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[ord(SIGN)] = "A"
    font.save(fonts / "machine.ttf")
    (home / "fonts.conf").write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        f"<fontconfig><dir>{fonts}</dir><cachedir>{home}/cache</cachedir></fontconfig>"
    )
    return {
        "HOME": str(home),
        "XDG_DATA_HOME": str(home),
        "FONTCONFIG_FILE": str(home / "fonts.conf"),
        "FONTCONFIG_PATH": str(home),
        "PYTHONHASHSEED": "42",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
    }


def run(code: str, changes: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment(**changes), capture_output=True,
        text=True, encoding="utf-8", check=False,
    )  # fmt: skip


def test_machine_has_a_font_that_anyone_else_would_use(other_machine: dict[str, str]) -> None:
    """Without this the tests below would prove nothing."""
    code = (
        "import weasyprint; "
        f"pdf = weasyprint.HTML(string='<p>{SIGN}').write_pdf(uncompressed_pdf=True); "
        "print(pdf.count(b'+Fira-Sans'))"
    )
    ended = run(code, other_machine)
    assert int(ended.stdout) > 0, ended.stderr
    assert "notdef" not in ended.stderr


def test_sign_that_only_the_machine_has_is_refused(other_machine: dict[str, str]) -> None:
    code = (
        "from pathlib import Path; "
        "from clinicpress.design.design import open_design; "
        "from clinicpress.pages.typeset import typeset; "
        "design = open_design(Path('layouts'), brand='default', format='standard', language='en',"
        " paper='A4'); "
        'typeset(\'<html lang=en><title>A</title><p style="font-family: Fira Sans">'
        f"{SIGN}', design)"
    )
    ended = run(code, other_machine)
    assert ended.returncode == 1
    assert "the layout engine says" in ended.stderr
    assert "LAYOUT-FAULT" in ended.stderr


def files(folder: Path) -> dict[str, bytes]:
    """Return every PDF below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.pdf")}


@pytest.mark.slow
def test_two_machines_make_the_same_bytes(tmp_path: Path, other_machine: dict[str, str]) -> None:
    arguments = ("all", "--sources", TINY, "--audience", "general", "--format", "standard",
                 "--format", "large")  # fmt: skip
    for folder, changes in (("one", {"PYTHONHASHSEED": "1"}), ("two", other_machine)):
        ended = print_and_note(tmp_path / folder, *arguments, **changes)
        assert ended.returncode == 0, ended.stderr
    one, two = files(tmp_path / "one"), files(tmp_path / "two")
    assert len(one) == 4
    assert [path for path in one if one[path] != two.get(path)] == []


BOOKLETS = {edition.audience: (edition,) for edition in PAIRS if is_booklet(edition)}
TWICE = [
    pytest.param("all", tuple(usual(EDITIONS)), id="all that adults get in standard print"),
    *(pytest.param("booklet", BOOKLETS[audience], id=audience,
                   marks=on_the_press_of(*BOOKLETS[audience]))
      for audience in ("easy-read", "clinician")),
]  # fmt: skip


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give a test that prints twice a sample of what can be asked for, or all of it."""
    if "asked" in metafunc.fixturenames:
        full = takes_all(metafunc.config)
        metafunc.parametrize(("asked", "editions"), list(everything()) if full else TWICE)


def everything() -> Iterator[Any]:
    """Yield all editions, those for a reader in a format together."""
    for audience, format in dict.fromkeys((each.audience, each.format) for each in EDITIONS):
        same = [each for each in EDITIONS if (each.audience, each.format) == (audience, format)]
        yield pytest.param("all", tuple(same), id=f"{audience}-{format}")


@pytest.mark.slow
@pytest.mark.some(0)
def test_real_library_is_the_same_on_two_machines(
    tmp_path: Path, other_machine: dict[str, str], asked: str, editions: tuple[Edition, ...]
) -> None:
    first, *_ = editions
    ended = print_and_note(tmp_path, asked, "--audience", first.audience,
                           "--format", first.format, **other_machine)  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    one, two = {str(each.path): made(each).built.pdf for each in editions}, files(tmp_path)
    assert set(one) == set(two)
    assert [path for path in one if one[path] != two[path]] == []
