"""``generate release``: all prints in a new folder, with lists by which paper can be known."""

import io
import json
import re
import shutil

import pytest

from tests.conftest import Clinic, tree

RELEASE = ("release", "--format", "standard", "--audience", "general", "--today", "2026-11-30")
WHO = ("--audience", "general")
BEND = "sources/tiny/exercises/thumb-bend.yaml"


def release(clinic, folder, *options, run=None):
    ended = (run or Clinic.generate)(clinic, *RELEASE, folder, *options)
    assert ended.code == 0, ended.err
    return json.loads((clinic.folder / folder / "release.json").read_text("utf-8"))


@pytest.fixture
def two(clinic, in_process, ran_once):
    """Return a clinic with a release, and one after a dose was changed."""
    first = release(clinic, "first", run=ran_once)
    clinic.change(BEND, "repetitions: 3-5", "repetitions: 3-6")
    second = release(clinic, "second", "--since", "first", run=ran_once)
    return clinic, first, second


@pytest.mark.slow
def test_the_same_content_makes_the_same_bytes(clinic, in_process):
    release(clinic, "one")
    release(clinic, "other")
    one, other = (tree(clinic.folder / name) for name in ("one", "other"))
    assert one == other
    assert {"release.json", "codes.html", "rack.txt", "check.txt"} <= set(one)
    assert (
        one["sources/tiny/topic.yaml"] == (clinic.folder / "sources/tiny/topic.yaml").read_bytes()
    )


def test_it_lists_each_print_and_what_took_its_place(two):
    _, first, second = two
    assert {one["path"] for one in first["prints"]} == {
        "default/tiny/tiny_booklet_general_standard_en-neutral_A5.pdf",
        "default/tiny/tiny_thumb-sheet_general_standard_en-neutral_A4.pdf",
    }
    assert {one["review"] for one in first["prints"]} == {"unsigned"}
    assert first["gone"] == []
    now = {one["path"]: one["code"] for one in second["prints"]}
    assert {one["code"]: one["now"] for one in second["gone"]} == {
        one["code"]: now[one["path"]] for one in first["prints"]
    }


@pytest.mark.slow
def test_rack_and_page_say_what_to_change(two):
    clinic, first, second = two
    rack = (clinic.folder / "second/rack.txt").read_text("utf-8").splitlines()
    page = (clinic.folder / "second/codes.html").read_text("utf-8")
    for one in first["prints"]:
        assert any(line.startswith(f"Take out: {one['code']}") for line in rack)
    for one in second["prints"]:
        assert any(line.startswith(f"Put in:   {one['code']}") for line in rack)
        assert f"No. There is a newer one: {one['code']}." in page
    assert "Current. Do not use it after" in page
    assert re.findall(r"https?://|src=|<link", page) == []


@pytest.mark.slow
def test_what_stays_is_not_put_in_again_and_what_is_new_is(clinic, in_process):
    only = release(clinic, "first", "--publication", "thumb-sheet")
    both = release(clinic, "second", "--since", "first")
    (new,) = {one["code"] for one in both["prints"]} - {one["code"] for one in only["prints"]}
    rack = (clinic.folder / "second/rack.txt").read_text("utf-8").splitlines()
    assert [line.split()[2] for line in rack[2:]] == [new]


@pytest.mark.few(1)
@pytest.mark.parametrize("words", ["\x1b[2JAll is well", "a \u202ellew si lla"])
def test_a_list_that_somebody_sent_changes_nothing_on_the_screen(clinic, in_process, words):
    said = release(clinic, "first", "--publication", "thumb-sheet")
    one = said["prints"][0]
    said["gone"] = [{"code": one["code"], "path": one["path"], "edition": one["edition"],
                     "why": words, "now": ""}]  # fmt: skip
    clinic.write("first/release.json", json.dumps(said))
    ended = clinic.generate("verify", one["code"], "--output", "first")
    assert ended.code == 1
    assert "is no list of a release" in ended.err


@pytest.mark.slow
def test_paper_is_known_by_a_release(two):
    clinic, first, second = two
    old, new = first["prints"][0]["code"], second["prints"][0]["code"]
    ended = clinic.generate("verify", old, new, "--output", "second", "--today", "2026-11-30")
    said = [line for line in ended.out.splitlines() if not line.startswith(" ")]
    assert ended.code == 1
    assert said == [
        f"{old}: superseded: the code of what is printed now is {new}. Do not hand it out.",
        f"{new}: current: this is what is printed today.",
    ]


@pytest.mark.slow
def test_what_is_withdrawn_stays_so(two):
    clinic, first, _ = two
    code = first["prints"][0]["code"]
    release(clinic, "third", "--since", "second", "--withdraw", code, "Wrong number")
    fourth = release(clinic, "fourth", "--since", "third")
    (gone,) = [one for one in fourth["gone"] if one["code"] == code]
    assert gone["why"] == "Wrong number"
    ended = clinic.generate("verify", code, "--output", "fourth", "--today", "2026-11-30")
    assert f"{code}: withdrawn: Wrong number. Do not hand it out." in ended.out


def test_what_is_read_otherwise_than_before_is_listed(two):
    clinic, *_ = two
    changes = (clinic.folder / "second/changes.txt").read_text("utf-8").splitlines()
    assert changes[0] == "1 difference; 1 of signs, cautions, doses or numbers"
    (line,) = changes[2:]
    assert line.startswith("!  exercises thumb-bend › dose › repetitions: ")
    assert "[-3-5-] {+3-6+}" in line
    assert not (clinic.folder / "first/changes.txt").exists()
    for asked in (("first", "second", *WHO), ("first", *WHO)):
        ended = clinic.generate("diff", *asked)
        assert (ended.code, ended.out) == (0, f"{line}\n")
    assert clinic.generate("diff", "second", *WHO).out == ""


def test_no_file_goes_along_that_nothing_is_read_from(clinic, in_process):
    clinic.write("sources/tiny/scans/signed.png", "whose hand it was")
    clinic.write("sources/tiny/letter to a patient.docx", b"PK")
    clinic.write("sources/tiny/figures/notes.txt", "who said what")
    clinic.write("sources/half-done/topic.yaml", "id: half-done\n")
    release(clinic, "first", "--topic", "tiny")
    names = [name for name in tree(clinic.folder / "first") if name.startswith("sources/")]
    assert "sources/tiny/topic.yaml" in names
    assert "sources/regions.yaml" in names
    assert {name.rpartition(".")[2] for name in names} <= {"yaml", "svg", "png"}
    assert [name for name in names if "half-done" in name or "scans" in name] == []


@pytest.mark.slow
def test_a_release_without_sources_is_told(two):
    clinic, *_ = two
    shutil.rmtree(clinic.folder / "first/sources")
    ended = clinic.generate("diff", "first", "second")
    assert ended.code == 2
    assert "first holds no sources, as an earlier program made it. Name the folder of" in ended.err
    release(clinic, "third", "--since", "first")
    assert not (clinic.folder / "third/changes.txt").exists()


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("first",), "first holds something already, and a release holds nothing else. Name a"),
        (("x", "--since", "sources"), "is no list of a release. Name the folder of one that"),
        (("x", "--since", "first", "--withdraw", "ABCD-1234", "w"), "has a print with the code A"),
        (("x", "--withdraw", "no code", "w"), "“no code” is no code. A code has 8 letters and"),
        (("x", "--final"), "nobody has signed it."),
    ],
)  # fmt: skip
def test_what_cannot_be_released_is_told(clinic, in_process, options, said):
    if "first" in options:
        release(clinic, "first", "--publication", "thumb-sheet")
    ended = clinic.generate(*RELEASE, *options)
    assert ended.code in (1, 2)
    assert said in ended.err


def test_a_release_is_signed_with_the_clinics_key(clinic, in_process):
    """Who has its public half can tell whether anything was changed, and by whom it is."""
    for name in ("ours", "others"):
        assert clinic.generate("key", f"{name}.key").code == 0
    release(clinic, "r", "--publication", "thumb-sheet", "--key", "ours.key")
    ours, others = ("--key", "ours.key.pub"), ("--key", "others.key.pub")
    sound = clinic.generate("verify", "r", *ours)
    assert sound.code == 0
    assert sound.out.endswith("files, each as it was released.\n")
    assert clinic.generate("verify", "r").code == 1
    wrong = clinic.generate("verify", "r", *others)
    assert (wrong.code, wrong.err) == (1, "")
    assert "which is not the one that you trust. Hand nothing of it out." in wrong.out
    clinic.write("r/rack.txt", "Hand all of it out.\n")
    changed = clinic.generate("verify", "r", *ours, "--json")
    assert changed.code == 1
    assert {**json.loads(changed.out), "key": ""} == {
        "asked": "r", "standing": "changed", "key": "", "files": sound_files(sound.out),
        "wrong": "rack.txt is another",
    }  # fmt: skip


def sound_files(said):
    return int(re.search(r"(\d+) files", said)[1])


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("release", "r", "--key", "sources/regions.yaml"), "holds no key to sign with"),
        (("release", "r", "--key", "none.key"), "none.key is no file that holds a key."),
        (("verify", "sources", "--key", "sources/regions.yaml"), "holds no public key. Name the"),
        (("verify", "7K3M-9QX2", "--key", "k.pub"), "--key is for the folder of a release."),
    ],
)
def test_what_is_no_key_is_told_before_anything_is_printed(clinic, command, said):
    ended = clinic.generate(*command)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err
    assert not (clinic.folder / "r").exists()


def test_a_key_is_locked_with_what_is_typed(clinic, in_process, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("a long line\n"))
    assert clinic.generate("key", "k.key", "--passphrase").code == 0
    asked = ("release", "r", "--publication", "thumb-sheet", "--audience", "general", "--key")
    for typed, said in (("", "No passphrase was given."), ("b\n", "the passphrase is another one")):
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        ended = clinic.generate(*asked, "k.key")
        assert ended.code == 2
        assert said in ended.err
    monkeypatch.setattr("sys.stdin", io.StringIO("a long line\n"))
    (clinic.folder / "k.key").chmod(0o644)
    ended = clinic.generate(*asked, "k.key", "--format", "standard", "--today", "2026-11-30")
    assert ended.code == 0
    assert "k.key: others on this computer may read this key. Keep it to yourself" in ended.err
