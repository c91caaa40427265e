"""The sample brands: invented, marked as such, unlike each other, and printable as they are."""

import re
from itertools import combinations
from pathlib import Path

import pytest

from clinicpress.checks.branding import look_into
from clinicpress.checks.codes import fails_check
from clinicpress.design.brand import brand_ids, read_brand
from clinicpress.design.contrast import channels
from tests.conftest import ROOT, content

NAMES = ("harbour", "meadow", "slate")
LAYOUTS = Path("layouts")
PRINTS = (("booklet",), ("handout", "exercises"), ("leaflet",), ("card",), ("poster",))
HOME_IN_GREY = ("--for", "home", "--grey")


def new(clinic, name, *options):
    ended = clinic.generate("brand", "new", f"my-{name}", "--sample", name, *options)
    assert ended.code == 0, ended.err


def test_each_says_that_it_is_a_sample_and_none_is_a_brand():
    folders = sorted(path.name for path in (ROOT / "layouts/samples").iterdir())
    assert folders == sorted(NAMES)
    assert not set(NAMES) & set(brand_ids(ROOT / "layouts"))
    for name in NAMES:
        words = (ROOT / f"layouts/samples/{name}/brand.yaml").read_text()
        assert re.search(r"^name: .* \(sample\)$", words, re.MULTILINE)
        assert words.startswith("# Sample: an invented clinic.")
        assert set(re.findall(r"[\w-]+\.(\w+)(?=[/\s)\]])", words)) <= {"example", "svg"}


@pytest.mark.parametrize("name", NAMES)
def test_a_copy_is_a_brand_in_which_nothing_has_to_be_mended(clinic, name):
    new(clinic, name, "--name", "River & Sons")
    brand = read_brand(LAYOUTS, f"my-{name}")
    assert brand.name == "River & Sons"
    words = (clinic.folder / f"layouts/brands/my-{name}/brand.yaml").read_text()
    assert "ample: an invented" not in words
    looked = look_into(LAYOUTS, f"my-{name}", content())
    assert looked.pairs
    assert [str(each) for each in looked.findings if fails_check(each)] == []


def test_they_look_nothing_alike(clinic):
    for name in NAMES:
        new(clinic, name)
    brands = [read_brand(LAYOUTS, f"my-{name}") for name in NAMES]
    for one, other in combinations(brands, 2):
        for key in ("brand", "accent"):
            apart = zip(
                *(channels(getattr(each.colours, key)) for each in (one, other)), strict=True
            )
            assert max(abs(a - b) for a, b in apart) > 0.1
    assert (
        len({(brand.region, brand.colours.exact, bool(brand.letterhead)) for brand in brands}) == 3
    )


def test_all_prints_none_of_them(clinic):
    ended = clinic.generate("card", "--brand", "harbour")
    assert ended.code == 2
    assert "There is no brand “harbour”" in ended.err


@pytest.mark.parametrize(
    ("options", "told"),
    [(("--sample", "meadw"), "There is no sample “meadw”. Did you mean “meadow”?"),
     (("--sample", "meadow", "--region", "GB"), "With --sample only --name is said")],
)  # fmt: skip
def test_what_cannot_be_copied_leaves_nothing(clinic, options, told):
    ended = clinic.generate("brand", "new", "mine", *options)
    assert ended.code == 2
    assert told in ended.err
    assert not (clinic.folder / "layouts/brands/mine").exists()


@pytest.mark.some(1)
@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_each_is_printed_without_a_problem(clinic, name, full):
    """Booklet, exercises, leaflet, card and poster, of the real content; some in grey for home."""
    new(clinic, name)
    in_grey = PRINTS if full else PRINTS[NAMES.index(name) :: len(NAMES)]
    asked = [*((each, ()) for each in PRINTS), *((each, HOME_IN_GREY) for each in in_grey)]
    for command, way in asked:
        ended = clinic.generate(
            *command, "--brand", f"my-{name}", *way, "--sources", ROOT / "sources"
        )
        assert ended.code == 0, ended.err
    assert len([file for file in clinic.files() if file.endswith(".pdf")]) == len(asked)
