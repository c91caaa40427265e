"""A brand that is like another states differences only: a group of clinics and its sites."""

from pathlib import Path

import pytest

from clinicpress.design.brand import lineage, read_brand
from clinicpress.design.brandfile import Brand
from clinicpress.design.design import open_design
from clinicpress.editions.edition import Edition
from clinicpress.editions.selection import select
from clinicpress.errors import Problems
from clinicpress.pages.compose import compose
from tests.conftest import undrawn

LAYOUTS = Path("layouts")
GROUP, SITE, WARD = (f"layouts/brands/{name}/" for name in ("group", "site", "ward"))
GROUPS = """name: The group
logo: logo.svg
contact: ["Web: group.example"]
phone: 01 23
region: GB
paper: Letter
colours: {brand: "#123456", ink: "#101010"}
words: {family-doctor: Dr. Sun, urgent-line: line 5}
"""
DRAWN = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"


@pytest.fixture
def group(clinic):
    """Return a clinic with a group, a site that is like it, and a ward that is like the site."""
    clinic.write(GROUP + "brand.yaml", GROUPS)
    clinic.write(GROUP + "logo.svg", DRAWN)
    clinic.write(SITE + "brand.yaml", "like: group\nphone: 04 56\n")
    clinic.write(WARD + "brand.yaml", "like: site\nname: Ward 9\n")
    return clinic


def opened(brand):
    return open_design(LAYOUTS, brand=brand, format="standard", language="en", paper="A4")


def html(tiny, brand):
    edition = Edition("tiny", "thumb-sheet", "general", "standard", "en", "GB", brand, "A4")
    return compose(select(tiny, edition), opened(brand), undrawn)


def refused(brand):
    with pytest.raises(Problems) as told:
        read_brand(LAYOUTS, brand)
    return str(told.value)


def test_what_a_site_does_not_state_is_its_groups(group):
    site = read_brand(LAYOUTS, "site")
    assert (site.name, site.logo, site.region, site.paper) == (
        "The group", "logo.svg", "GB", "Letter",
    )  # fmt: skip
    assert site.contact == ("Web: group.example",)
    assert site.phone == "04 56"


def test_the_chain_goes_on(group):
    assert lineage(LAYOUTS, "ward") == ("ward", "site", "group")
    ward = read_brand(LAYOUTS, "ward")
    assert (ward.name, ward.phone, ward.region) == ("Ward 9", "04 56", "GB")


def test_colours_and_words_are_taken_one_by_one(group):
    group.write(
        SITE + "brand.yaml",
        'like: group\ncolours: {brand: "#654321"}\nwords: {family-doctor: Dr. Moon}\n',
    )
    site = read_brand(LAYOUTS, "site")
    assert (site.colours.brand, site.colours.ink) == ("#654321", "#101010")
    assert site.words == {"family-doctor": "Dr. Moon", "urgent-line": "line 5"}


def test_files_are_looked_for_along_the_chain_then_in_the_layouts(group, tiny):
    assert opened("ward").folders == (Path(WARD), Path(SITE), Path(GROUP), LAYOUTS)
    group.write(GROUP + "templates/parts/gate.html", "<p>The group’s gate</p>")
    group.write(GROUP + "styles/brand.css", "/* the group’s */")
    assert "<p>The group’s gate</p>" in html(tiny, "ward")
    group.write(SITE + "templates/parts/gate.html", "<p>The site’s gate</p>")
    page = html(tiny, "ward")
    assert "<p>The site’s gate</p>" in page
    assert "<p>The group’s gate</p>" not in page
    assert "/* the group’s */" in page
    assert "gate</p>" not in html(tiny, "default")


def test_a_logo_is_printed_from_the_folder_that_holds_it(group):
    ended = group.generate("handout", "thumb-sheet", "--brand", "ward", "--json")
    assert ended.code == 0, ended.err
    group.write(WARD + "brand.yaml", "like: site\nname: Ward 9\nlogo: other.svg\n")
    assert "the logo “other.svg” does not exist" in refused("ward")


def test_a_picture_of_another_brand_is_not_opened(group):
    group.write("layouts/brands/other/brand.yaml", "name: Other\n")
    group.write("layouts/brands/other/moon.svg", DRAWN)
    group.write(WARD + "templates/parts/gate.html", "<img src='../other/moon.svg' alt='moon'>")
    ended = group.generate("handout", "thumb-sheet", "--brand", "ward")
    assert ended.code == 1
    assert "“moon.svg” is outside the folder of the layouts, and so is not used" in ended.err


@pytest.mark.parametrize(
    ("like", "told"),
    [
        ("groop", "there is no brand “groop” to be like. Did you mean “group”? "),
        ("../group", "there is no brand “../group” to be like. "),
        ("site", "the brand is like itself: site → site. Take one “like” of these out. "),
        ("ward", "the brand is like itself: site → ward → site. Take one “like” of these out. "),
    ],
)
def test_a_name_that_is_none_and_a_circle_are_told_with_file_and_line(group, like, told):
    group.write(SITE + "brand.yaml", f"name: Site\nlike: {like}\n")
    said = refused("site")
    line = "layouts/brands/ward/brand.yaml:1" if like == "ward" else f"{SITE}brand.yaml:2"
    assert said.startswith(f"{line}: {told}")
    assert said.endswith("[BRAND-LIKE]")


def test_only_a_brand_that_is_like_another_has_no_name_of_its_own(clinic):
    clinic.write(SITE + "brand.yaml", "region: GB\n")
    mend = "Add it, or “like: OTHER” to take it and all else from another brand."
    told = f"the key “name” is missing. {mend} [KEY-MISSING]"
    assert refused("site") == f"{SITE}brand.yaml:1: {told}"


def test_what_is_wrong_with_a_group_is_told_in_its_own_file(group):
    group.change(GROUP + "brand.yaml", '"#101010"', '"#ffff00"')
    assert refused("ward").startswith(f"{GROUP}brand.yaml:7: the colour “ink” #ffff00 has")


def test_a_number_of_its_own_beside_lines_with_the_groups_is_refused(group):
    """Whoever holds the print would not know which of the two to call."""
    group.change(GROUP + "brand.yaml", '"Web: group.example"', '"Telephone: 01-23"')
    assert refused("site") == (
        f"{SITE}brand.yaml:2: the line “Telephone: 01-23” is that of “group”, with another number "
        "than this one. Write the lines of “contact” here, too. [BRAND-CONTACT]"
    )
    group.write(SITE + "brand.yaml", "like: group\nphone: 04 56\ncontact: [Call 04 56]\n")
    assert read_brand(LAYOUTS, "site").contact == ("Call 04 56",)


def test_what_a_group_claims_its_sites_claim(group):
    group.change(GROUP + "brand.yaml", "Web: group.example", "Clinically proven")
    ended = group.generate("handout", "thumb-sheet", "--brand", "site")
    assert (ended.code, "[CLAIM]" in ended.err) == (1, True)


def test_the_digest_changes_with_every_file_of_the_chain(group):
    before = opened("ward").digest()
    group.write(GROUP + "moon.svg", DRAWN)
    assert opened("ward").digest() != before


def test_a_brand_states_only_the_strings_that_it_replaces(group, tiny):
    group.write(SITE + "strings/en.po", 'msgid "page"\nmsgstr "Leaf"\n')
    group.write(
        GROUP + "strings/en.po", 'msgid "page"\nmsgstr "Sheet"\n\nmsgid "page.of"\nmsgstr "in"\n'
    )
    words = opened("ward").strings()
    assert (words("page"), words("page.of"), words("practice.start")) == ("Leaf", "in", "Start:")
    ended = group.generate("handout", "thumb-sheet", "--brand", "ward")
    assert ended.code == 0, ended.err


def test_words_of_a_brands_own_that_cannot_be_filled_in_are_told_in_its_file(group):
    group.write(SITE + "strings/en.po", 'msgid "page"\nmsgstr "Page {moon}"\n')
    with pytest.raises(Problems) as told:
        opened("ward").strings()("page")
    assert str(told.value).startswith(f"{SITE}strings/en.po: the words for “page” hold {{moon}}")


# ---------------------------------------------------------------- the region


def test_a_brand_without_a_region_is_told(clinic):
    """It prints “your local emergency number”, which a patient cannot call."""
    clinic.write(SITE + "brand.yaml", "name: Site\n")
    for _ in range(2):  # also where nothing is built
        ended = clinic.generate("handout", "thumb-sheet", "--brand", "site")
        assert ended.code == 0
        assert (
            "the brand “site” has no region, so its prints name no emergency number. Write "
            "“region:” into layouts/brands/site/brand.yaml, such as GB, US, IE, AU or neutral."
        ) in ended.err


@pytest.mark.few(1)
@pytest.mark.parametrize("said", ["region: GB", "region: neutral", "like: group"])
def test_a_brand_that_says_where_it_is_or_that_it_is_nowhere_is_not_told(group, said):
    group.write(SITE + "brand.yaml", f"name: Site\n{said}\n")
    ended = group.generate("handout", "thumb-sheet", "--brand", "site")
    assert (ended.code, "no region" in ended.err) == (0, False)


def test_what_is_true_of_many_files_is_told_once(clinic):
    clinic.write(SITE + "brand.yaml", "name: Site\n")
    ended = clinic.generate(
        "handout", "thumb-sheet", "--brand", "site", "--format", "standard,clear"
    )
    assert ended.err.count("no region") == 1
    assert "2 files: the brand “site” has no region" in ended.err


def test_a_brand_equals_what_its_file_says(clinic):
    clinic.write(SITE + "brand.yaml", "name: Site\n")
    assert read_brand(LAYOUTS, "site") == Brand(name="Site")


def test_a_file_that_stands_before_an_inherited_one_is_looked_at(group):
    """The print takes the site's own, so it is the site's that has to be a picture, or a paper."""
    group.write(SITE + "logo.svg", "no picture")
    assert "the logo “logo.svg” is no image" in refused("site")
    assert "the logo “logo.svg”" in refused("ward")
    assert read_brand(LAYOUTS, "group").logo == "logo.svg"


def test_a_paper_that_stands_before_an_inherited_one_is_looked_at(group):
    group.write(GROUP + "brand.yaml", GROUPS + "background: paper.pdf\n")
    group.write(GROUP + "paper.pdf", "%PDF-1.4 and more")
    assert read_brand(LAYOUTS, "site").background == "paper.pdf"
    group.write(SITE + "paper.pdf", "no paper")
    assert "the background “paper.pdf” is no PDF" in refused("site")
    assert read_brand(LAYOUTS, "group").background == "paper.pdf"


def test_a_template_that_cannot_be_set_is_no_matter_of_room(group):
    group.write(SITE + "brand.yaml", "like: group\nphone: 04 56\nqr: https://group.example\n")
    odd = "{% if brand.qr %}{{ brand.nothing.at.all }}{% endif %}"
    group.write(SITE + "templates/slots/foot.html", odd)
    told = group.generate("handout", "thumb-sheet", "--brand", "site").err
    assert "[TEMPLATE]" in told
    assert "BRAND-ROOM" not in told
