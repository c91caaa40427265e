"""``generate brand``: from nothing to a brand of a clinic's own, and to a second site."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from clinicpress.authoring.newbrand import Particulars, brand_file
from clinicpress.design.brand import read_brand
from tests.conftest import environment, tree
from tests.design.test_own_fonts import font

LAYOUTS = Path("layouts")
RIVER = "layouts/brands/river"
LOGO = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
ALL = (
    "--name", "Riverside “A” Practice: #1", "--colour", "#0F5C6E", "--colour", "#e0a030",
    "--address", "12 High Street, Riverside", "--phone", "0123 456", "--web", "river.example",
    "--region", "GB", "--paper", "A4",
)  # fmt: skip


def new(clinic, *options, name="river"):
    return clinic.generate("brand", "new", name, *options)


def test_a_brand_is_made_of_what_is_said(clinic):
    clinic.write("My Logo.SVG", LOGO)
    ended = new(clinic, *ALL, "--logo", "My Logo.SVG")
    assert (ended.code, ended.out) == (0, f"{RIVER}/brand.yaml\n")
    assert "Next: “generate booklet --brand river”. To change more, edit" in ended.err
    assert sorted(tree(clinic.folder / RIVER)) == ["brand.yaml", "logo.svg"]
    made = read_brand(LAYOUTS, "river")
    assert (made.name, made.logo, made.region, made.paper) == (
        "Riverside “A” Practice: #1", "logo.svg", "GB", "A4",
    )  # fmt: skip
    assert (made.colours.brand, made.colours.accent) == ("#0f5c6e", "#e0a030")
    assert made.contacts.address == "12 High Street, Riverside"
    assert (made.contacts.phone, made.contacts.web, made.phone) == (
        "0123 456", "river.example", "0123 456",
    )  # fmt: skip


def test_it_is_short_and_lines_say_what_they_are_for():
    said = brand_file(Particulars(name="River", region="GB", phone="01 23"))
    assert [line.partition("  #")[0].rstrip() for line in said.splitlines()] == [
        "# Your clinic. What begins with # is a suggestion: take the # away to use it.",
        'name: "River"', "region: GB", "# logo: logo.svg", "contacts:", '  phone: "01 23"',
        "# footer: Part of the Riverside group", "layouts: 1",
    ]  # fmt: skip
    assert len({line.index("  # ") for line in said.splitlines() if "  # " in line}) == 1


def test_what_is_made_is_printed(clinic):
    new(clinic, *ALL)
    ended = clinic.generate("handout", "thumb-sheet", "--brand", "river")
    assert ended.code == 0, ended.err


def test_a_second_site_states_what_differs(clinic):
    new(clinic, *ALL)
    assert new(clinic, "--like", "river", "--phone", "0987", name="north").code == 0
    assert (clinic.folder / "layouts/brands/north/brand.yaml").read_text() == (
        "# What differs from the brand below; all else is taken from there.\n"
        "like: river  # all that is not written here is this brand's\n"
        "contacts:\n"
        '  phone: "0987"\n'
        "layouts: 1   # the version of the layouts that this was made for\n"
    )
    north = read_brand(LAYOUTS, "north")
    assert (north.name, north.phone) == ("Riverside “A” Practice: #1", "0987")
    assert north.contacts.web == "river.example"


def test_nothing_is_overwritten(clinic):
    clinic.write(f"{RIVER}/mine.txt", "mine")
    ended = new(clinic, *ALL)
    assert (ended.code, ended.out) == (2, "")
    assert f"{RIVER} exists already. Choose another name, or edit it there." in ended.err
    assert tree(clinic.folder / RIVER) == {"mine.txt": b"mine"}


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        ((), 2, "A brand needs a name: add --name “…”, or --like OTHER."),
        (("--like", "rivr"), 2, "There is no brand “rivr”"),
        (("--name", "River", "--region", "UK"), 1, "there is no region “UK”"),
        (("--name", "River", "--colour", "blue"), 1, "no colour"),
        (("--name", "River", "--logo", "none.svg"), 2, "There is no file none.svg."),
        (("--name", "River", "--logo", "sources"), 2, "is a directory"),
        (("--name", "River", *("--colour", "#0f5c6e") * 3), 2, "There are two colours at most"),
        (("--name", "River", "--logo", "sources/audiences.yaml"), 1, "is no image"),
        (("--name", "River", "--phone", "01 23, or ask"), 1, "the phone number holds “,”"),
    ],
)
def test_what_makes_no_brand_leaves_nothing(clinic, options, code, told):
    ended = new(clinic, *options)
    assert (ended.code, ended.out) == (code, "")
    assert told in ended.err
    assert not (clinic.folder / RIVER).exists()


@pytest.mark.parametrize("name", ["../out", "a/b", "North", "con", "-", ".x", "ä", "a b", "all"])
def test_its_name_is_one_of_a_folder(clinic, name):
    before = tree(clinic.folder)
    ended = new(clinic, "--name", "River", name=name)
    assert ended.code == 2
    assert "cannot be the name of a brand" in ended.err or "No such option" in ended.err
    assert tree(clinic.folder) == before


def at_a_terminal(clinic, typed, *options):
    """Make a brand where somebody answers what is asked."""
    above, below = pty.openpty()
    os.write(above, typed.encode())
    command = (sys.executable, "-m", "clinicpress", "brand", "new", "river", *options)
    ended = subprocess.run(
        command, stdin=below, capture_output=True, text=True, encoding="utf-8", timeout=60,
        cwd=clinic.folder, env=environment(), check=False,
    )  # fmt: skip
    os.close(above)
    os.close(below)
    assert ended.returncode == 0, ended.stderr
    return ended.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="has no such terminals")
def test_what_is_not_said_is_asked(clinic):
    asked = at_a_terminal(clinic, "River\n\n#0f5c6e, #e0a030\n9 Quay\n01 23\n\nGB\n")
    assert "Name of the clinic" in asked
    made = read_brand(LAYOUTS, "river")
    assert (made.name, made.phone, made.region, made.logo) == ("River", "01 23", "GB", None)
    assert (made.colours.accent, made.contacts.address) == ("#e0a030", "9 Quay")


@pytest.mark.skipif(sys.platform == "win32", reason="has no such terminals")
def test_what_is_said_is_not_asked_again(clinic):
    asked = at_a_terminal(clinic, "\n\n\n\nriver.example\n", "--name", "River", "--region", "GB")
    assert "Name of the clinic" not in asked
    assert "Country" not in asked
    made = read_brand(LAYOUTS, "river")
    assert (made.name, made.contacts.web, made.region) == ("River", "river.example", "GB")


def test_init_takes_the_same_and_writes_it_into_the_default_brand(clinic):
    ended = clinic.generate("init", "new", *ALL)
    assert (ended.code, ended.err) == (0, "")
    assert read_brand(Path("new/layouts"), "default").name == "Riverside “A” Practice: #1"


def test_a_style_that_asks_for_a_font_that_is_not_there_is_told_with_its_line(clinic):
    new(clinic, *ALL)
    clinic.write(f"{RIVER}/styles/brand.css", "h1 { color: #333 }\nhtml { font-family: Arial }\n")
    ended = clinic.generate("handout", "thumb-sheet", "--brand", "river")
    assert ended.code == 1
    assert "river/styles/brand.css:2: words are to be set in “Arial”, which is not" in ended.err
    assert "Name one that is (Fira Sans) in the style" in ended.err


@pytest.mark.few(1)
@pytest.mark.parametrize("option", [("--region", "UK"), ("--logo", "no.svg"), ("--colour", "blue")])
def test_init_with_what_makes_no_brand_leaves_nothing(clinic, option):
    assert clinic.generate("init", "new", *option).code in (1, 2)
    assert not (clinic.folder / "new").exists()
    (clinic.folder / "mine").mkdir()
    clinic.write("mine/notes.txt", "mine")
    assert clinic.generate("init", "mine", *option).code in (1, 2)
    assert tree(clinic.folder / "mine") == {"notes.txt": b"mine"}


def test_what_there_is_to_state_is_read_in_the_help_beside_the_layouts(clinic):
    """Who installed the program has no docs folder; “init” puts the guide where it is named."""
    assert clinic.generate("init", "mine").code == 0
    os.chdir("mine")
    ended = new(clinic, "--name", "River", "--region", "GB")
    assert "help/branding.md says what there is." in ended.err
    guide = Path("help/branding.md").read_text()
    for link in re.findall(r"\]\(([^)#:]+\.(?:md|png))", guide):
        assert Path("help", link).is_file()


def test_without_such_help_the_programs_own_guide_is_named(clinic):
    said = new(clinic, "--name", "River", "--region", "GB").err
    assert Path(said.partition("edit ")[2].partition("; ")[2].partition(" says")[0]).is_file()


@pytest.mark.slow
def test_a_new_user_gets_all_of_it_with_the_brands_own_files_alone(clinic):
    """From nothing to a brand, a second site, letterhead, footer, code and another font."""
    clinic.write("logo.svg", LOGO)
    assert clinic.generate("init", "mine").code == 0
    os.chdir("mine")
    before = tree(Path("layouts"))
    assert new(clinic, *ALL, "--logo", "../logo.svg").code == 0
    assert new(clinic, "--like", "river", "--phone", "0123 457", name="north").code == 0
    Path(RIVER, "night.ttf").write_bytes(font())
    with Path(RIVER, "brand.yaml").open("a") as file:
        file.write(
            "footer: Part of the Riverside group\nletterhead: {top: 35 mm, pages: first}\n"
            "qr: https://river.example/back\nfonts:\n  family: Night Sans\n  licence: OFL 1.1\n"
            "  faces:\n    - {weight: 400, file: night.ttf}\n"
        )
    for command in (("booklet",), ("handout", "exercises"), ("card",), ("leaflet",), ("poster",)):
        ended = clinic.generate(*command, "--brand", "north")
        assert ended.code == 0, ended.err
    touched = {path for path, it in tree(Path("layouts")).items() if before.get(path) != it}
    assert {Path(path).name for path in touched} == {"brand.yaml", "logo.svg", "night.ttf"}
