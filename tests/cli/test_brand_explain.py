"""``generate brand explain``: where each thing of a brand comes from, the nearest first."""

import json

import pytest

GROUP, NORTH = "layouts/brands/group/", "layouts/brands/north/"


@pytest.fixture
def sites(clinic):
    """Return a clinic's folder with a group, and a site that is like it and states what differs."""
    clinic.write(GROUP + "brand.yaml", "name: Group\nregion: GB\nfooter: Ours\n"
                 "contacts:\n  web: group.example\n  phone: 01 23\n"
                 "letterhead: {top: 30 mm, pages: all}\n")  # fmt: skip
    clinic.write(GROUP + "templates/slots/foot.html", "<p>{{ brand.name }}</p>\n")
    clinic.write(GROUP + "styles/brand.css", "/* --radius: 9mm */\n:root {\n  --radius: 0 }\n")
    clinic.write(GROUP + "strings/en.po", 'msgid "back.forms"\nmsgstr "Ask us."\n')
    clinic.write(NORTH + "brand.yaml", "like: group\nfooter: North\ncontacts:\n  phone: 01 24\n"
                 "letterhead: {top: 35 mm}\n")  # fmt: skip
    clinic.write(NORTH + "templates/slots/foot.html", "<p>{{ brand.name }}</p>\n")
    return clinic


def explained(clinic, *key):
    """Return of each thing its key, its value, where it is stated, and what it is instead of."""
    ended = clinic.generate("brand", "explain", *key, "--brand", "north", "--json")
    assert ended.code == 0, ended.err
    found = map(json.loads, ended.out.splitlines())
    return {
        each["key"]: (each["value"], f"{each['file']}:{each['line']}",
                      [f"{other['file']}:{other['line']}" for other in each["instead_of"]])
        for each in found
    }  # fmt: skip


@pytest.mark.parametrize(
    ("key", "value", "place", "instead"),
    [
        ("footer", "North", NORTH + "brand.yaml:2", [GROUP + "brand.yaml:3"]),
        ("name", "Group", GROUP + "brand.yaml:1", []),
        ("contacts.phone", "01 24", NORTH + "brand.yaml:4", [GROUP + "brand.yaml:6"]),
        ("contacts.web", "group.example", GROUP + "brand.yaml:5", []),
        ("letterhead.top", "35 mm", NORTH + "brand.yaml:5", [GROUP + "brand.yaml:7"]),
        ("colours.ink", "#1b2b34", ":0", []),
        ("qr", "", ":0", []),
        ("--radius", "0", GROUP + "styles/brand.css:3", ["layouts/styles/tokens.css:18"]),
        ("--on-area", "#ffffff", "layouts/styles/tokens.css:6", []),
        ("slots/foot.html", "", NORTH + "templates/slots/foot.html:1",
         [GROUP + "templates/slots/foot.html:1", "layouts/templates/slots/foot.html:1"]),
        ("parts/cover.html", "", "layouts/templates/parts/cover.html:1", []),
        ("clinic.css", "", "layouts/styles/clinic.css:1", []),
        ("alarm.svg", "", "layouts/icons/alarm.svg:1", []),
    ],
)  # fmt: skip
def test_the_nearest_file_that_says_it_is_named(sites, key, value, place, instead):
    assert explained(sites, key) == {key: (value, place, instead)}


def test_a_string_comes_from_the_brand_that_replaces_it(sites):
    value, place, instead = explained(sites, "back.forms")["back.forms"]
    assert (value, place) == ("Ask us.", GROUP + "strings/en.po:1")
    assert [each.rpartition(":")[0] for each in instead] == ["layouts/strings/en.po"]


def test_what_is_taken_whole_is_not_mixed(sites):
    assert set(explained(sites, "letterhead")) == {"letterhead.top"}


@pytest.mark.parametrize(
    ("group", "keys"),
    [
        ("slots", {"slots/cover.html", "slots/masthead.html", "slots/foot.html",
                   "slots/back-cover.html"}),
        ("contacts", {"contacts.address", "contacts.phone", "contacts.web", "contacts.hours",
                      "contacts.out_of_hours", "contacts.languages"}),
        ("radius", {"--radius"}),
        ("templates/slots/foot.html", {"slots/foot.html"}),
    ],
)  # fmt: skip
def test_a_key_may_be_a_group_or_written_another_way(sites, group, keys):
    assert set(explained(sites, group)) == keys


def test_every_kind_is_told(sites):
    ended = sites.generate("brand", "explain", "--brand", "north", "--json")
    kinds = {json.loads(line)["kind"] for line in ended.out.splitlines()}
    assert kinds == {"setting", "slot", "template", "style", "icon", "string", "token"}


def test_without_a_key_all_settings_and_what_is_not_the_layouts_own(sites):
    ended = sites.generate("brand", "explain", "--brand", "north")
    lines = ended.out.splitlines()
    assert lines[0] == "Looked for in: north → group → layouts"
    assert (
        "  layouts/brands/north/brand.yaml:2, instead of layouts/brands/group/brand.yaml:3  North"
        in ended.out
    )
    assert any(line.startswith("string") and "back.forms" in line for line in lines)
    assert not any("parts/cover.html" in line for line in lines)
    assert lines[-1].startswith("From the layouts: ")


def test_a_misspelt_key_gets_the_nearest(sites):
    ended = sites.generate("brand", "explain", "foter", "--brand", "north")
    assert ended.code == 2
    assert "Did you mean “footer”?" in ended.err


def test_an_unknown_brand_is_told(sites):
    ended = sites.generate("brand", "explain", "--brand", "nroth")
    assert ended.code == 2
    assert "Did you mean “north”?" in ended.err
