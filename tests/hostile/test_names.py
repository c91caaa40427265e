"""Names that a disk cannot hold, or takes for one: each is refused, and no file is named by it.

A row is a name, and what is called by it.
"""

import re
import unicodedata
from pathlib import Path, PurePosixPath

import pytest

from clinicpress.editions.edition import Edition
from clinicpress.errors import HIDDEN
from clinicpress.files.names import alike, unholdable
from tests.hostile.borrowed import borrowed, new_folder

TOPIC = "sources/tiny/"
BEND = TOPIC + "exercises/thumb-bend.yaml"
SHEET, GLOSSARY = TOPIC + "publications/thumb-sheet.yaml", TOPIC + "glossary.yaml"
AUDIENCES, REGIONS = "sources/audiences.yaml", "sources/regions.yaml"


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    return new_folder(tmp_path_factory.mktemp("clinic"))


@pytest.fixture
def lent(shared, generate, monkeypatch):
    monkeypatch.chdir(shared)
    with borrowed(shared, generate) as clinic:
        yield clinic


def refused(clinic, *codes, asked=("handout", "thumb-sheet")):
    """Assert that nothing prints, and that one of ``codes`` says why; return what is said."""
    ended = clinic.generate(*asked)
    said = ended.out + ended.err
    assert ended.code in (1, 2), said
    assert "should not happen" not in said
    assert not HIDDEN.search(said)
    assert any(f"[{code}]" in said for code in codes), said
    assert clinic.files() == []
    return said


# Names of files and folders that some system cannot hold.
UNHELD = [
    "CON", "nul", "Com1", "LPT9", "aux", "prn", "aux.x", "con.tar.gz", "COM\u00b9", "CONIN$",
    "clinic.", "clinic..", "clinic ", "a:b", "a<b", "a>b", "a|b", "a?b", "a*b", 'a"b', "a\\b",
    "a\nb", "a\tb", "a\rb", "a\x1b[31mb", "a\u202eb", "a\u200bb", "a\u00adb", "a\ufeffb",
    "\udce9", "caf\udce9", "\udcff\udcfe", unicodedata.normalize("NFD", "caf\u00e9"),
    "\u1100\u1161", "a\U000e0041b",
]  # fmt: skip


@pytest.mark.few(12)
@pytest.mark.parametrize("name", UNHELD, ids=map(ascii, UNHELD))
def test_brands_of_names_that_some_disk_cannot_hold(lent, name):
    folder = lent.folder / "layouts/brands" / name
    folder.mkdir()
    try:
        (folder / "brand.yaml").write_text("name: Tiny\n")
        refused(lent, "NAME", asked=("handout", "thumb-sheet", "--brand", "all"))
        if name == name.strip():  # blanks about an option's names are no part of them
            refused(lent, "NAME", asked=("handout", "thumb-sheet", "--brand", name))
    finally:
        (folder / "brand.yaml").unlink()
        folder.rmdir()


@pytest.mark.parametrize("name", UNHELD[::4], ids=map(ascii, UNHELD[::4]))
def test_items_of_names_that_some_disk_cannot_hold(lent, name):
    file = lent.folder / TOPIC / "exercises" / f"{name}.yaml"
    text = (lent.folder / BEND).read_text()
    try:
        file.write_text(text)
        refused(lent, "NAME", "ID-DUPLICATE")
    finally:
        file.unlink()


@pytest.mark.parametrize("name", UNHELD[1::4], ids=map(ascii, UNHELD[1::4]))
def test_topics_of_names_that_some_disk_cannot_hold(clinic, name):
    (clinic.folder / "sources/tiny").rename(clinic.folder / "sources" / name)
    said = refused(clinic, "NAME")
    assert "Give it another name." in said


@pytest.mark.few(24)
@pytest.mark.parametrize("name", UNHELD[2::4], ids=map(ascii, UNHELD[2::4]))
@pytest.mark.parametrize("option", ["--brand", "--topic", "--region", "--audience", "--format"])
def test_options_that_name_what_there_is_not(lent, option, name):
    ended = lent.generate("handout", "thumb-sheet", option, name)
    assert ended.code == 2
    assert "There is no" in ended.err
    assert not HIDDEN.search(ended.err)
    assert "should not happen" not in ended.err


KEPT = ["con", "NUL", "Com1", "lpt1", "prn", "aux"]
KEYS = [
    (SHEET, "id: thumb-sheet\n", "id: {}\n"), (AUDIENCES, "older-adult:\n", "{}:\n"),
    (REGIONS, "GB:\n", "{}:\n"), (GLOSSARY, "joint:", "{}:"), (BEND, "id: thumb-bend", "id: {}"),
    (TOPIC + "topic.yaml", "id: tiny", "id: {}"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "row"), [(name, row) for name, row in zip(KEPT, KEYS, strict=True)], ids=KEPT
)
def test_ids_that_windows_keeps_for_itself(lent, name, row):
    file, old, new = row
    text = (lent.folder / file).read_text()
    assert old in text
    lent.write(file, text.replace(old, new.format(name), 1))
    said = refused(lent, "NAME", "VALUE")
    assert "is one that Windows keeps for itself" in said


IDS = ["a/b", "../a", "a b", "a_b", "a.b", "-a", "a--b", "", "a\nb", "\u0430", "caf\u00e9",
       "a" * 61, "%2e%2e", "~", "$HOME", "a;b", "\uff41"]  # fmt: skip


@pytest.mark.parametrize("id", IDS, ids=map(ascii, IDS))
def test_ids_that_are_no_names(lent, id):
    """They were refused from the first; a path is made of them."""
    lent.change(BEND, "id: thumb-bend", f'id: "{id}"' if "\n" not in id else 'id: "a\\nb"')
    refused(lent, "NAME", "EMPTY", "LENGTH")


# Names that differ by capitals or accents alone.


def doubled(text, key, other):
    """Return a file of keys with what stands under ``key`` once more under ``other``."""
    found = re.search(rf"^( *){re.escape(key)}:.*\n((?:\1 .*\n|\n)*)", text, re.MULTILINE)
    return text[: found.end()] + found[0].replace(key, other, 1) + text[found.end() :]


CASES = [
    (AUDIENCES, "older-adult", "Older-Adult"), (AUDIENCES, "general", "General"),
    (REGIONS, "GB", "gb"), (REGIONS, "US", "Us"), (GLOSSARY, "joint", "Joint"),
    (BEND, "bend", "Bend"), (TOPIC + "references.yaml", "S1", "s1"),
    (TOPIC + "warning-signs.yaml", "T1", "t1"), (REGIONS, "emergency-number", "Emergency-Number"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "key", "other"), CASES, ids=[row[2] for row in CASES])
def test_keys_that_differ_by_capitals_alone(lent, file, key, other):
    lent.write(file, doubled((lent.folder / file).read_text(), key, other))
    said = refused(lent, "NAME-CASE")
    assert f"the key “{other}” differs from “{key}” by capitals or accents alone" in said


PAIRS = [
    ("Clinic", "clinic"), ("CLINIC", "Clinic"), ("Stra\u00dfe", "STRASSE"),
    ("caf\u00e9", "cafe\u0301"), ("\u00c9t\u00e9", "\u00e9t\u00e9"), ("\u03a3", "\u03c2"),
    ("K", "\u212a"),
]  # fmt: skip


@pytest.mark.parametrize("pair", PAIRS, ids=map(ascii, PAIRS))
def test_brands_that_a_disk_takes_for_one(clinic, pair):
    for name in pair:
        clinic.write(f"layouts/brands/{name}/brand.yaml", "name: Tiny\n")
    for brand in (pair[0], "default", "all"):
        refused(clinic, "NAME-CASE", asked=("handout", "thumb-sheet", "--brand", brand))


def test_topics_that_a_disk_takes_for_one(clinic):
    for file in sorted((clinic.folder / "sources/tiny").rglob("*.yaml")):
        copy = Path("sources/Tiny") / file.relative_to(clinic.folder / "sources/tiny")
        clinic.write(str(copy), file.read_text().replace("id: tiny", "id: Tiny"))
    refused(clinic, "NAME-CASE")


def test_publications_that_a_disk_takes_for_one(clinic):
    text = (clinic.folder / SHEET).read_text()
    other = text.replace("id: thumb-sheet", "id: Thumb-Sheet")
    clinic.write(f"{TOPIC}publications/Thumb-Sheet.yaml", other)
    refused(clinic, "NAME-CASE")


@pytest.mark.parametrize("folder", ["exercises", "techniques", "self-care"])
def test_items_that_a_disk_takes_for_one(clinic, folder):
    text = (clinic.folder / BEND).read_text()
    clinic.write(f"{TOPIC}{folder}/Thumb-Bend.yaml", text.replace("thumb-bend", "Thumb-Bend"))
    refused(clinic, "NAME-CASE")


def test_selections_that_a_disk_takes_for_an_item(clinic):
    old = "chosen_message: These were chosen for you."
    start = "{title: A start, exercises: [thumb-bend]}"
    clinic.change(SHEET, old, f"{old}\nselections:\n  start: {start}\n  Start: {start}")
    refused(clinic, "NAME-CASE")


# Where a print goes.


@pytest.mark.parametrize(
    "brand", [".", "..", ".hidden", "__pycache__", "../default", "", "/", "a/../b"]
)
def test_a_brand_is_a_folder_beside_the_others(clinic, brand):
    if brand in (".hidden", "__pycache__"):
        clinic.write(f"layouts/brands/{brand}/brand.yaml", "name: Tiny\n")
    ended = clinic.generate("handout", "thumb-sheet", "--brand", brand)
    assert ended.code == 2
    assert clinic.files() == []


def test_no_name_of_a_print_leads_out_of_its_folder():
    edition = Edition("tiny", "thumb-sheet", "general", "standard", "en", "GB", "default", "A4",
                      exercises=tuple(f"item-{number}" for number in range(99)))  # fmt: skip
    assert edition.path.parent == PurePosixPath("default/tiny")
    assert ".." not in edition.path.parts
    assert unholdable(edition.path.name) is None
    assert len(edition.path.name.encode()) <= 255


@pytest.mark.parametrize("option", ["--output", "--sources", "--layouts"])
def test_no_folder_has_nul_in_its_name(lent, option):
    ended = lent.generate("handout", "thumb-sheet", option, "a\0b")
    assert ended.code == 2
    assert "no name holds the character NUL" in ended.err


HOMES = ["a\nb", "caf\udce9", "a\x1b[31mb", "a\u202eb", "#?%20 x", "a'b\"c", "{{ 7 * 7 }}"]


@pytest.mark.parametrize("name", HOMES, ids=map(ascii, HOMES))
def test_a_clinic_may_lie_in_a_folder_of_any_name(tmp_path, generate, monkeypatch, name):
    """What is said of its files is visible; it stands on one line."""
    home = tmp_path / name
    home.mkdir()
    new_folder(home)
    monkeypatch.chdir(tmp_path)
    clinic = borrowed(home, generate)
    with clinic as there:
        there.write(BEND, "title: Thumb\n")
        ended = there.generate(
            "handout", "thumb-sheet", "--sources", home / "sources", "--layouts", home / "layouts"
        )
    assert ended.code == 1
    assert "should not happen" not in ended.err
    assert not HIDDEN.search(ended.err)
    assert all(line.endswith("]") for line in ended.err.splitlines()[:-1])


@pytest.mark.slow
@pytest.mark.parametrize("name", HOMES[:4], ids=map(ascii, HOMES[:4]))
def test_a_print_may_go_to_a_folder_of_any_name(clinic, name):
    for way in ({"output": clinic.folder / name}, {"output": Path(name) / "x"}):
        ended = clinic.generate("handout", "thumb-sheet", "--output", way["output"])
        assert ended.code == 0, ended.err
        assert not HIDDEN.search(ended.out + ended.err)
        assert len(list((clinic.folder / way["output"]).rglob("*.pdf"))) == 1


def test_what_a_disk_takes_for_one_is_alike():
    assert alike("Clinic") == alike("CLINIC")
    assert alike("caf\u00e9") == alike("CAFE\u0301")
    assert alike("a") != alike("b")
    assert [
        name for name in ("tiny", "a-b", "caf\u00e9", "com", "com10", "console") if unholdable(name)
    ] == []


def test_a_brand_that_is_a_link_is_one_wherever_one_stands(clinic, monkeypatch):
    elsewhere = clinic.folder / "night"
    clinic.write("night/brand.yaml", "name: Night\nregion: GB\n")
    (clinic.folder / "layouts/brands/night").symlink_to(elsewhere)
    monkeypatch.chdir(clinic.folder / "layouts")
    ended = clinic.generate("check", "--layouts", ".", "--sources", "../sources")
    assert (ended.code, "[LINK]" in ended.err) == (0, False)
