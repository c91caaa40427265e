"""``generate brand check``: what is told of a brand before anything is printed."""

import json
from io import BytesIO

import pytest
from PIL import Image

from clinicpress.design.brand import read_brand
from clinicpress.errors import Problems
from tests.press.test_underlay import paper

NIGHT = "layouts/brands/night/"
WHOLE = "name: Night\nregion: GB\ncontacts: {phone: 01 23}\n"


def brand(clinic, *lines):
    clinic.write(NIGHT + "brand.yaml", WHOLE + "".join(f"{line}\n" for line in lines))


def looked(clinic, *options):
    ended = clinic.generate("brand", "check", "night", "--quick", "--json", *options)
    found = [json.loads(line) for line in ended.out.splitlines()]
    return ended.code, [each for each in found if each["kind"] == "finding"]


def codes(clinic):
    code, found = looked(clinic)
    return code, list(dict.fromkeys(each["code"] for each in found))


def picture(size, colour, mode="RGBA"):
    held = BytesIO()
    Image.new(mode, size, colour).save(held, "PNG")
    return held.getvalue()


def test_a_whole_brand_has_nothing_to_mend(clinic):
    brand(clinic)
    ended = clinic.generate("brand", "check", "night", "--quick")
    assert ended.code == 0
    assert ended.out.splitlines()[-1] == "  Nothing has to be mended."
    assert "headings on white              #0f5c6e on #ffffff   7.6 to 1, in grey  7.6" in ended.out


def test_without_a_name_all_are_looked_over(clinic):
    brand(clinic)
    ended = clinic.generate("brand", "check", "--quick")
    assert {"default", "night"} <= set(ended.out.splitlines())


def test_a_name_that_is_none(clinic):
    ended = clinic.generate("brand", "check", "nihgt")
    assert (ended.code, ended.err) == (2, "There is no brand “nihgt”. Known: default.\n")


def test_each_pair_is_an_object_with_its_contrast_in_colour_and_in_grey(clinic):
    brand(clinic, 'colours: {brand: "#e0a030"}')
    ended = clinic.generate("brand", "check", "night", "--quick", "--json")
    found = map(json.loads, ended.out.splitlines())
    pairs = {each["where"]: each for each in found if each["kind"] == "pair"}
    cover = pairs["words on the cover"]
    assert (cover["words"], cover["ground"]) == ("#000000", "#e0a030")
    assert len(pairs) > 10
    assert all(min(each["ratio"], each["grey"]) >= 4.5 for each in pairs.values())


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("name: Night\ncontacts: {phone: 01 23}\n", (0, ["BRAND-REGION"])),
        ("name: Night\nregion: GB\n", (0, ["BRAND-REACH"])),
        ("name: Night\nregion: GB\ncontacts: {phone: call the desk}\n", (0, ["BRAND-REACH"])),
        ("name: Night\nregion: GB\ncontacts: {phone: O20 7946 0123}\n", (0, ["BRAND-REACH"])),
        ("name: Night\nregion: GB\ncontacts: {phone: 0800 OLD ROAD}\n", (0, [])),
        ('name: Night\nregion: GB\ncontact: [Ask]\ncolours: {brand: "#e0a030"}\n',
         (0, ["BRAND-COLOUR"])),
        ('name: Night\nregion: GB\ncontact: [Ask]\ncolours: {today: "#e0a030"}\n',
         (1, ["COLOUR-FAINT"])),
        ("name: Nigħt \U0001f319\nregion: GB\ncontact: [Ask]\n", (1, ["GLYPH"])),
        ("name: Night\nregion: GB\ncontact: [Clinically proven]\n", (1, ["CLAIM"])),
        ("name: Night\nregion: UK\ncontact: [Ask]\n", (1, ["REGION-UNKNOWN"])),
    ],
)  # fmt: skip
def test_country_contact_colours_and_words(clinic, words, found):
    clinic.write(NIGHT + "brand.yaml", words)
    assert codes(clinic) == found


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (picture((40, 40), "navy"), "is 40 pixels high, and looks jagged at 12 mm"),
        (picture((400, 400), (255, 255, 255, 255)), "is white, and stands on white"),
        (picture((400, 400), (0, 0, 0, 0)), "is clear all over, so nothing of it is seen"),
        (picture((400, 400), "navy"), None),
        (picture((400, 400), (0, 0, 0, 90)), None),
    ],
    ids=["40 pixels", "white", "clear", "good", "half clear"],
)
def test_the_logo(clinic, content, told):
    brand(clinic, "logo: logo.png")
    clinic.write(NIGHT + "logo.png", content)
    code, found = looked(clinic)
    assert code == bool(told)
    said = [(each["code"], each["message"]) for each in found]
    assert said == ([("BRAND-LOGO", f"the logo “logo.png” {told}")] if told else [])


@pytest.mark.parametrize(
    ("file", "hint"),
    [
        ("templates/parts/covr.html", "Did you mean “templates/parts/cover.html”?"),
        ("template/parts/cover.html", "Did you mean “templates/parts/cover.html”?"),
        ("styles/brnd.css", "Did you mean “styles/brand.css”?"),
        ("icons/clok.svg", "Did you mean “icons/clock.svg”?"),
        ("strings/eng.po", "Did you mean “strings/en.po”?"),
        ("Logo-old.png", "Take it out, or call it as in the layouts."),
    ],
)
def test_a_file_that_nothing_reads(clinic, file, hint):
    brand(clinic)
    clinic.write(NIGHT + file, "# x\n")
    code, found = looked(clinic)
    assert (code, [each["code"] for each in found]) == (1, ["BRAND-UNREAD"])
    assert (found[0]["file"], found[0]["hint"]) == (NIGHT + file, hint)


def test_a_string_that_nothing_prints(clinic):
    brand(clinic)
    clinic.write(
        NIGHT + "strings/en.po", 'msgid "page"\nmsgstr "Leaf"\n\nmsgid "pge.of"\nmsgstr "in"\n'
    )
    code, found = looked(clinic)
    assert (code, [(each["code"], each["line"]) for each in found]) == (1, [("BRAND-UNREAD", 4)])
    assert found[0]["hint"] == "Did you mean “page.of”?"


def test_a_copy_of_the_layouts_own_is_told(clinic):
    brand(clinic)
    own = (clinic.folder / "layouts/templates/parts/cover.html").read_text(encoding="utf-8")
    clinic.write(NIGHT + "templates/parts/cover.html", own)
    assert codes(clinic) == (0, ["BRAND-SAME"])


def test_what_is_read_is_not_told(clinic):
    brand(clinic, "logo: logo.svg")
    drawn = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
    clinic.write(NIGHT + "logo.svg", drawn)
    clinic.write(NIGHT + "pattern.svg", drawn)
    clinic.write(NIGHT + "styles/brand.css", "h1 { background: url(pattern.svg) }")
    clinic.write(NIGHT + "templates/parts/cover.html", "{% include 'parts/mine.html' %}")
    clinic.write(NIGHT + "templates/parts/mine.html", "<h1>Mine</h1>")
    clinic.write(NIGHT + "strings/en.po", 'msgid "page"\nmsgstr "Leaf"\n')
    assert codes(clinic) == (0, [])


def test_people_call_a_country_by_other_names(clinic, library):
    clinic.write(NIGHT + "brand.yaml", "name: Night\nregion: UK\n")
    with pytest.raises(Problems, match=r"there is no region “UK”\. Did you mean “GB”\?"):
        read_brand(clinic.folder / "layouts", "night", regions=library.regions)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"%PDF-1.7 junk", "the background “paper.pdf” is no PDF that can be opened"),
        (paper(size=(300, 300)), "the background “paper.pdf” is 106 × 106 mm large"),
        (paper(pages=2), "the background “paper.pdf” has 2 pages"),
        (paper(), None),
    ],
    ids=["junk", "small", "two pages", "good"],
)
def test_the_clinics_own_paper(clinic, content, told):
    brand(clinic, "background: paper.pdf")
    clinic.write(NIGHT + "paper.pdf", content)
    code, found = looked(clinic)
    said = [(each["code"], each["message"]) for each in found]
    assert (code, said) == ((1, [("BACKGROUND", told)]) if told else (0, []))


def test_marks_at_the_foot_are_told(clinic):
    brand(clinic, "footer: Part of the **Night** group")
    code, found = looked(clinic)
    assert (code, [(each["code"], each["line"]) for each in found]) == (0, [("BRAND-PLAIN", 4)])


@pytest.mark.slow
def test_pages_are_laid_out_and_what_is_refused_is_told(clinic):
    """Unless something is wrong already, or only a quick look is asked for."""
    brand(clinic, "letterhead: {top: 90 mm, pages: all}")
    clinic.change("layouts/formats.yaml", "pages: 2", "pages: 1")
    assert looked(clinic) == (0, [])
    ended = clinic.generate("brand", "check", "night")
    assert ended.code == 1
    assert f"  {NIGHT}brand.yaml:4: what is kept free at the top of each page, 90 mm," in ended.out


def test_each_print_tells_what_nothing_reads_and_a_coarse_logo(clinic):
    brand(clinic, "logo: logo.png")
    clinic.write(NIGHT + "logo.png", picture((40, 40), "navy"))
    clinic.write(NIGHT + "templates/slots/covr.html", "<p>Night</p>")
    ended = clinic.generate("handout", "thumb-sheet", "--brand", "night")
    assert ended.code == 0, ended.err
    assert "the logo “logo.png” is 40 pixels high, and looks jagged at 12 mm" in ended.err
    assert f"{NIGHT}templates/slots/covr.html: nothing reads this file. Did you mean" in ended.err
