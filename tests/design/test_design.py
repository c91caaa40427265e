"""How an edition looks: where its files are found, on what paper, how large."""

from pathlib import Path

import pytest

from clinicpress.design.brand import read_brand
from clinicpress.design.brandfile import Brand
from clinicpress.design.design import open_design, read_formats
from clinicpress.editions.edition import Edition
from clinicpress.editions.selection import select
from clinicpress.errors import Problems, UnknownName
from clinicpress.orders.plan import plan
from clinicpress.orders.request import Request
from clinicpress.pages.compose import compose
from clinicpress.runs.pipeline import prepare
from tests.conftest import undrawn

LAYOUTS = Path(__file__).parents[2] / "layouts"
NIGHT = "layouts/brands/night/"


def design(*, brand="default", format="standard", paper="A4", smallest=0):
    return open_design(
        Path("layouts"), brand=brand, format=format, language="en", paper=paper, smallest=smallest
    )


def html(tiny, brand):
    edition = Edition("tiny", "thumb-sheet", "general", "standard", "en", "GB", brand, "A4")
    return compose(select(tiny, edition), design(brand=brand), undrawn)


# ---------------------------------------------------------------- the search path


def test_a_brands_own_folder_is_searched_first_then_the_layouts(clinic):
    clinic.write(NIGHT + "brand.yaml", "name: Night\n")
    assert design(brand="night").folders == (Path("layouts/brands/night"), Path("layouts"))


def test_the_first_folder_that_holds_a_file_wins(clinic):
    clinic.write(NIGHT + "brand.yaml", "name: Night\n")
    clinic.write(NIGHT + "icons/clock.svg", "<svg/>")
    found = design(brand="night").find
    assert found("icons/clock.svg") == Path(NIGHT + "icons/clock.svg")
    assert found("icons/stop.svg") == Path("layouts/icons/stop.svg")
    with pytest.raises(Problems) as missing:
        found("icons/nowhere.svg")
    assert str(missing.value) == (
        "layouts: no folder holds “icons/nowhere.svg”. Correct the name, or put the file there. "
        "[LAYOUT-MISSING]"
    )


@pytest.mark.parametrize(
    ("path", "content", "shown"),
    [
        ("templates/parts/message.html", "<h1>The moon: {{ m.title }}</h1>", "<h1>The moon: Move"),
        ("styles/text.css", "h1 { color: black } /* by night */", "/* by night */"),
        ("styles/brand.css", "/* more, by night */", "/* more, by night */"),
        ("templates/handout.html", "<p>Only {{ brand.name }}</p>", "<p>Only Night</p>"),
    ],
)
def test_a_brand_overrides_a_template_or_style_by_its_name(clinic, tiny, path, content, shown):
    clinic.write(NIGHT + "brand.yaml", "name: Night\n")
    assert shown not in html(tiny, "night")
    clinic.write(NIGHT + path, content)
    assert shown in html(tiny, "night")
    assert shown not in html(tiny, "default")


def test_an_override_leaves_the_rest_as_it_is(clinic, tiny):
    clinic.write(NIGHT + "brand.yaml", "name: Your clinic\n")
    plain = html(tiny, "night")
    clinic.write(NIGHT + "templates/parts/gate.html", "<p>By night</p>")
    changed = html(tiny, "night")
    assert "<p>By night</p>" in changed
    before, _, after = changed.partition("<p>By night</p>")
    assert plain.startswith(before.rstrip())
    assert plain.endswith(after.lstrip())


def test_a_brand_that_leaves_the_signs_out_prints_nothing(clinic):
    """A brand may change how a thing looks, never whether the emergency signs are there."""
    clinic.write(NIGHT + "brand.yaml", "name: Night\n")
    clinic.write(NIGHT + "templates/parts/warning-signs.html", "<p>Get well soon</p>")
    ended = clinic.generate("handout", "thumb-sheet", "--brand", "night")
    assert ended.code == 1
    assert "[SAFE-PAGE]" in ended.err
    assert clinic.files() == []


def test_the_digest_changes_with_every_file_that_can_be_seen(clinic):
    clinic.write(NIGHT + "brand.yaml", "name: Night\n")
    digests = {design(brand="night").digest()}
    for path in ("styles/text.css", "templates/base.html", "icons/stop.svg", "strings/en.po"):
        before = (clinic.folder / "layouts" / path).read_text()
        clinic.write(f"layouts/{path}", before + "\n")
        digests.add(design(brand="night").digest())
    clinic.write(NIGHT + "brand.yaml", "name: Day\n")
    digests.add(design(brand="night").digest())
    clinic.write(NIGHT + "moon.svg", "<svg/>")
    digests.add(design(brand="night").digest())
    assert len(digests) == 7
    clinic.write("layouts/brands/other/brand.yaml", "name: Other\n")
    assert design(brand="night").digest() in digests


# ---------------------------------------------------------------- paper and size


def planned(tiny, publication="thumb-sheet", **asked):
    request = Request((publication,), **asked)
    return [(e.region, e.paper) for e in plan(request, tiny, Path("layouts"))]


def test_paper_is_the_options_else_the_brands_else_the_regions(clinic, tiny):
    assert planned(tiny, regions=("GB",)) == [("GB", "A4")]
    assert planned(tiny, regions=("US",)) == [("US", "Letter")]
    clinic.write(NIGHT + "brand.yaml", "name: Night\npaper: Letter\n")
    assert planned(tiny, regions=("GB",), brands=("night",)) == [("GB", "Letter")]
    assert planned(tiny, regions=("GB",), brands=("night",), papers=("A4",)) == [("GB", "A4")]


def test_region_is_the_options_else_the_brands_else_neutral(clinic, tiny):
    assert planned(tiny) == [("neutral", "A4")]
    clinic.write(NIGHT + "brand.yaml", "name: Night\nregion: US\n")
    assert planned(tiny, brands=("night",)) == [("US", "Letter")]
    assert planned(tiny, brands=("night",), regions=("GB",)) == [("GB", "A4")]


@pytest.mark.parametrize(
    ("format", "region", "paper"),
    [
        ("standard", "GB", "A5"),
        ("standard", "US", "HalfLetter"),
        ("clear", "GB", "A4"),
        ("large", "GB", "A4"),
        ("large", "US", "Letter"),
    ],
)
def test_paper_of_a_booklet(clinic, tiny, format, region, paper):
    assert planned(tiny, "booklet", formats=(format,), regions=(region,)) == [(region, paper)]


@pytest.mark.parametrize("paper", ["A5", "HalfLetter"])
def test_large_print_is_never_small_paper(clinic, tiny, paper):
    with pytest.raises(UnknownName) as refused:
        planned(tiny, "booklet", formats=("large",), papers=(paper,))
    assert str(refused.value) == (
        f"A booklet in the format “Large print” is not made on {paper}. Use A4 or Letter."
    )


@pytest.mark.parametrize(
    ("format", "audience", "body", "smallest"),
    [
        ("standard", 0, 12, 9.5),
        ("standard", 9.5, 12, 9.5),
        ("standard", 14, 14, 14),
        ("clear", 9.5, 14, 14),
        ("large", 14, 18, 18),
        ("large", 20, 20, 20),
    ],
)
def test_type_is_the_larger_of_what_format_and_audience_need(
    clinic, format, audience, body, smallest
):
    found = design(format=format, smallest=audience)
    assert (found.body, found.smallest) == (body, smallest)


def test_an_older_reader_gets_larger_type(clinic, tiny):
    asked = Request(("thumb-sheet",), audiences=("general", "older-adult"))
    sizes = [
        prepare(edition, tiny, Path("layouts")).design.body
        for edition in plan(asked, tiny, Path("layouts"))
    ]
    assert sizes == [12, 14]


@pytest.mark.parametrize(
    ("paper", "size"),
    [
        ("A4", (210, 297)),
        ("A5", (148, 210)),
        ("Letter", (215.9, 279.4)),
        ("HalfLetter", (139.7, 215.9)),
    ],
)  # fmt: skip
def test_page_is_as_large_as_its_paper(clinic, paper, size):
    assert design(paper=paper).page == size


def test_formats_keep_to_their_rules():
    """Standard, clear and large: 2, 4 and 8 pages; clear from 14 pt, large from 18 pt."""
    formats = read_formats(LAYOUTS)
    assert {id: found.pages for id, found in formats.items()} == {
        "standard": 2, "clear": 4, "large": 8,
    }  # fmt: skip
    assert min(formats["clear"].body.values()) >= 14
    assert min(formats["large"].body.values()) >= 18
    assert all(min(found.body.values()) >= found.smallest for found in formats.values())


# ---------------------------------------------------------------- the brand


def test_a_brand_needs_no_more_than_a_name(clinic):
    clinic.write(NIGHT + "brand.yaml", "name: Night\n")
    assert read_brand(Path("layouts"), "night") == Brand(name="Night")


def test_a_brand_gives_its_own_words_and_phone(clinic, tiny):
    clinic.write(
        NIGHT + "brand.yaml", 'name: Night\nphone: 01 23\nwords: {family-doctor: "Dr. Moon"}\n'
    )
    brand = read_brand(Path("layouts"), "night", ["family-doctor"], ["GB"])
    assert brand.meanings == {"clinic-phone": "01 23", "family-doctor": "Dr. Moon"}
    edition = Edition("tiny", "booklet", "general", "standard", "en", "GB", "night", "A5")
    manuscript = select(tiny, edition, brand.meanings)
    actions = {tier.id: tier.action for tier in manuscript.entries("tier")}
    assert actions["same-day"] == "Call Dr. Moon today."
    assert actions["emergency"] == "Call 999 now."


def test_interface_words_that_are_missing_are_told(clinic):
    clinic.write("layouts/strings/en.po", 'msgid "page"\nmsgstr "Page"\n')
    strings = design().strings()
    assert strings("page") == "Page"
    with pytest.raises(Problems) as refused:
        strings("page.of")
    assert str(refused.value) == (
        "layouts/strings/en.po: there are no words for “page.of”. Add a msgid \"page.of\" with "
        "its msgstr. [STRING-MISSING]"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "line"),
    [('msgid "page"\nmsgstr "Page\n', 2), ('msgid "page"\nmsgstr Page\n', 2), ("page: Page\n", 1)],
)
def test_interface_words_that_cannot_be_read_are_told(clinic, words, line):
    clinic.write("layouts/strings/en.po", words)
    with pytest.raises(Problems) as refused:
        design().strings()
    assert str(refused.value) == (
        f"layouts/strings/en.po:{line}: this line is not valid in a PO file. Begin it with msgid "
        "or msgstr, and put the words in one pair of quotation marks. [PO-SYNTAX]"
    )


def test_numbers_take_the_right_plural(clinic):
    strings = design().strings()
    one = strings.plural("dose.repetitions", 1, span="1")
    many = strings.plural("dose.repetitions", 5, span="3–5")
    assert (one, many) == ("1\u00a0time", "3–5\u00a0times")
