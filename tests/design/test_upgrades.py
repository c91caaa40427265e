"""A brand made for earlier layouts goes on working, or is told exactly what was renamed."""

# ruff: noqa: E501 - a row is what is told of one name

import shutil
from pathlib import Path

import pytest

from clinicpress.design.origins import origins
from clinicpress.design.upgrades import read_upgrades
from tests.conftest import ROOT

BRANDS = ROOT / "tests/brands"
OLD = "layouts/brands/version-1/"

RENAMED = """\
version: 3
changes:
  - {since: 2, kind: slot, name: cover, now: head}
  - {since: 2, kind: token, name: radius, now: corner}
  - {since: 2, kind: string, name: back.forms, now: back.other}
  - {since: 2, kind: template, name: panels/clinic-code.html, now: panels/code.html}
  - {since: 2, kind: icon, name: no-such, now: none}
  - {since: 3, kind: token, name: corner, now: corner-box}
  - {since: 3, kind: slot, name: foot, mend: Write “footer” into brand.yaml.}
"""
"""A table that renames one of each kind, one twice, and takes one out."""

TOLD = {
    "slot": (OLD + "templates/slots/cover.html: ", "the slot “cover” is called “head” since layouts 2"),
    "token": (OLD + "styles/brand.css:1: ", "the token “radius” is called “corner-box” since layouts 2"),
    "string": (OLD + "strings/en.po:1: ", "the string “back.forms” is called “back.other” since layouts 2"),
    "template": (OLD + "templates/slots/back-cover.html:2: ", "the template “panels/clinic-code.html” is called “panels/code.html” since layouts 2"),
    "gone": (OLD + "templates/slots/foot.html: ", "the slot “foot” is gone since layouts 3. Write “footer” into brand.yaml."),
}  # fmt: skip


@pytest.fixture
def old(clinic):
    """Return a clinic's folder with the brand that was made for the first version."""
    shutil.copytree(BRANDS / "version-1", clinic.folder / OLD)
    return clinic


@pytest.mark.few(1)
@pytest.mark.parametrize("asked", [("handout", "thumb-sheet"), ("booklet",)], ids=" ".join)
def test_a_brand_of_version_1_goes_on_working(old, asked):
    ended = old.generate(*asked, "--brand", "version-1")
    assert ended.code == 0, ended.err


def test_brand_check_has_nothing_against_it(old):
    ended = old.generate("brand", "check", "version-1")
    assert ended.code == 0
    assert [line[-13:] for line in ended.out.splitlines() if "[" in line] == ["[BRAND-PLAIN]"]


@pytest.mark.parametrize(("place", "said"), TOLD.values(), ids=TOLD)
def test_what_was_renamed_is_told_with_file_line_and_new_name(old, place, said):
    old.write("layouts/upgrades.yaml", RENAMED)
    ended = old.generate("handout", "thumb-sheet", "--brand", "version-1")
    assert ended.code == 1
    assert f"{place}{said}" in ended.err


def test_nothing_else_is_told(old):
    old.write("layouts/upgrades.yaml", RENAMED)
    ended = old.generate("handout", "thumb-sheet", "--brand", "version-1")
    assert ended.err.count("[BRAND-OUTDATED]") == len(TOLD)
    assert ended.err.count("write “layouts: 3” in brand.yaml") == len(TOLD) - 1


def test_brand_check_tells_it_too(old):
    old.write("layouts/upgrades.yaml", RENAMED)
    ended = old.generate("brand", "check", "version-1")
    assert ended.code == 1
    assert ended.out.count("[BRAND-OUTDATED]") == len(TOLD)


def test_a_brand_that_is_like_it_is_told(old):
    old.write("layouts/upgrades.yaml", RENAMED)
    old.write("layouts/brands/north/brand.yaml", "like: version-1\nlayouts: 3\n")
    ended = old.generate("handout", "thumb-sheet", "--brand", "north")
    assert ended.err.count("[BRAND-OUTDATED]") == len(TOLD)


@pytest.mark.parametrize("line", ["layouts: 3", ""], ids=["for these layouts", "not stated"])
def test_a_name_is_judged_by_what_the_brand_was_made_for(clinic, line):
    """A brand that says nothing was made for the first version."""
    clinic.write("layouts/upgrades.yaml", RENAMED)
    clinic.write("layouts/brands/night/brand.yaml", f"name: Night\nregion: GB\n{line}\n")
    clinic.write("layouts/brands/night/styles/brand.css", ":root { --radius: 0 }")
    ended = clinic.generate("handout", "thumb-sheet", "--brand", "night")
    assert ("[BRAND-OUTDATED]" in ended.err) == (not line)
    assert ended.code == (0 if line else 1)


def test_a_brand_made_for_newer_layouts_is_told(clinic):
    clinic.write("layouts/brands/night/brand.yaml", "name: Night\nlayouts: 9\n")
    ended = clinic.generate("handout", "thumb-sheet", "--brand", "night")
    assert ended.code == 1
    assert "night/brand.yaml:2: the brand was made for layouts 9, and these are 1" in ended.err


def test_a_copy_without_the_table_is_of_the_first_version(old):
    (old.folder / "layouts/upgrades.yaml").unlink()
    assert read_upgrades(old.folder / "layouts").version == 1
    assert old.generate("handout", "thumb-sheet", "--brand", "version-1").code == 0


def test_a_table_that_is_wrong_is_told(old):
    old.write(
        "layouts/upgrades.yaml", "version: 2\nchanges:\n  - {since: 2, kind: page, name: a}\n"
    )
    ended = old.generate("handout", "thumb-sheet", "--brand", "version-1")
    assert ended.code == 1
    assert "layouts/upgrades.yaml:3: " in ended.err


def called(each):
    """Return what upgrades.yaml calls a thing: slots and icons have no ending there."""
    name = each.key.removeprefix("--").removeprefix("slots/")
    ending = {"slot": ".html", "icon": ".svg"}.get(each.kind, "")
    return f"{each.kind} {name.removesuffix(ending)}"


def test_no_name_of_version_1_is_lost_without_a_word():
    """Each stands in the layouts, or in upgrades.yaml."""
    now = set(map(called, origins(ROOT / "layouts", "default")))
    changed = {f"{each.kind} {each.name}" for each in read_upgrades(ROOT / "layouts").changes}
    before = (BRANDS / "names-of-version-1.txt").read_text(encoding="utf-8").splitlines()
    assert len(before) > 500
    assert [name for name in before if name not in now | changed] == []


def test_what_is_new_in_the_table_is_there():
    upgrades = read_upgrades(ROOT / "layouts")
    assert upgrades.version >= max([1, *(each.since for each in upgrades.changes)])
    assert Path(ROOT / "layouts/brands/default/brand.yaml").read_text("utf-8").count(
        f"layouts: {upgrades.version} "
    )  # fmt: skip
