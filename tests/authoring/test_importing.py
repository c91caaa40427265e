"""A topic that somebody sent: copied whole if it is sound, and nothing in it is run or trusted."""

import os
import shutil
import sys

import pytest

from tests.conftest import ROOT, tree
from tests.samples import INFORMATION, PROCEDURE, make_samples

SENT = f"sent/{PROCEDURE}"
HOME = f"sources/{PROCEDURE}"


@pytest.fixture
def sent(clinic):
    """Return the clinic's folder with one topic, beside which lies another that was sent."""
    shutil.rmtree(clinic.folder / "sources")
    make_samples(clinic.folder / "sources", INFORMATION)
    shutil.copytree(ROOT / "tests/topics" / PROCEDURE, clinic.folder / SENT)
    return clinic


def test_it_is_copied_and_printed(sent, in_process):
    sent.write(f"{SENT}/LICENCE", "\nCC BY 4.0, by the makers of boats\nMore words\n")
    ended = sent.generate("topic", "import", SENT)
    assert ended.code == 0, ended.err
    assert ended.out == f"{HOME}\n"
    assert "Licence: CC BY 4.0, by the makers of boats." in ended.err
    assert f"Next: “generate topic check {PROCEDURE}” says" in ended.err
    there, here = tree(sent.folder / SENT), tree(sent.folder / HOME)
    assert here.pop("reviews.yaml") == b"[]\n"
    del there["reviews.yaml"]
    assert here == there
    made = sent.generate("handout", "fold-it", "--topic", PROCEDURE)
    assert made.code == 0, made.err


def test_what_is_no_part_of_a_topic_stays_behind(sent):
    sent.write(f"{SENT}/run.py", "print('run')")
    sent.write(f"{SENT}/figures/movements/run.sh", "#!/bin/sh")
    sent.write(f"{SENT}/scans/{'0' * 64}.png", "somebody's signature")
    ended = sent.generate("topic", "import", SENT)
    assert ended.code == 0
    signed = f"scans/{'0' * 64}.png"
    assert f"left behind: figures/movements/run.sh, run.py, {signed}." in ended.err
    assert not list((sent.folder / "sources").rglob("*.png"))
    assert "Licence: none is stated." in ended.err
    assert not (sent.folder / HOME / "run.py").exists()


@pytest.mark.parametrize("asked", [(), ("--with-sign-offs",)])
def test_sign_offs_come_along_only_where_that_is_asked(sent, asked):
    sent.write(f"{SENT}/reviews.yaml", "- {by: Somebody}\n")
    ended = sent.generate("topic", "import", SENT, *asked)
    if asked:
        assert ended.code == 1
        assert f"{SENT}/reviews.yaml:1: " in ended.err
        assert not (sent.folder / HOME).exists()
    else:
        assert ended.code == 0
        assert "1 sign-off left behind: have it read and signed here." in ended.err


def test_what_reviewers_decided_elsewhere_stays_behind(sent):
    sent.write(f"{SENT}/decisions.yaml", "- {item: fold-boat, decision: accept}\n")
    sent.write(f"{SENT}/mends.yaml", "- {item: fold-boat}\n")
    assert sent.generate("topic", "import", SENT).code == 0
    assert (sent.folder / HOME / "decisions.yaml").read_text() == "[]\n"
    assert (sent.folder / HOME / "mends.yaml").read_text() == "[]\n"


def test_nothing_is_read_of_a_topic_that_is_a_link(sent):
    (sent.folder / SENT / "topic.yaml").unlink()
    sent.write("secret.yaml", "id: [secret words\n")
    (sent.folder / SENT / "topic.yaml").symlink_to(sent.folder / "secret.yaml")
    ended = sent.generate("topic", "import", SENT)
    assert ended.code == 1
    assert "topic.yaml: this link leads out of the folder" in ended.err
    assert "secret words" not in ended.err


def test_one_that_is_wrong_is_told_where_it_lies_and_nothing_is_copied(sent):
    before = tree(sent.folder / "sources")
    sent.change(f"{SENT}/topic.yaml", "main_message:", "main_massage:")
    sent.write(f"{SENT}/questions/empty.yaml", "")
    ended = sent.generate("topic", "import", SENT)
    assert ended.code == 1
    assert f"{SENT}/topic.yaml:" in ended.err
    assert "Did you mean “main_message”?" in ended.err
    assert f"{SENT}/questions/empty.yaml" in ended.err
    assert "sources/" not in ended.err
    assert tree(sent.folder / "sources") == before


def link(folder):
    (folder / "questions.yaml").symlink_to("/etc/passwd")


def twice(folder):
    shutil.copytree(folder, folder.parents[1] / "sources" / folder.name)


def other_name(folder):
    path = folder / "topic.yaml"
    path.write_text(path.read_text().replace(f"id: {folder.name}", "id: ../outside"))


def no_topic(folder):
    (folder / "topic.yaml").unlink()


def many(folder):
    (folder / "more").mkdir()
    for number in range(2001):
        (folder / f"more/{number}.txt").touch()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (link, "questions.yaml: "), (twice, f"{HOME} exists already."),
        (other_name, "“../outside” cannot be the name of a topic."),
        (no_topic, f"{SENT} holds no topic.yaml, so it is no folder of a topic."),
        (many, "it holds more than 2000 files and folders."),
    ],
)  # fmt: skip
def test_what_is_no_sound_folder_is_told_in_a_sentence(sent, spoil, said):
    spoil(sent.folder / SENT)
    before = tree(sent.folder / "sources")
    ended = sent.generate("topic", "import", SENT)
    assert ended.code in (1, 2)
    assert said in ended.err
    assert tree(sent.folder / "sources") == before
    assert not (sent.folder.parent / "outside").exists()


KEPT = "is one that Windows keeps for itself"
UNSEEN = "holds a character that nobody sees"
NAMES = {
    b"con.md": KEPT, b"LPT1.txt": KEPT, b"a:b.md": "holds ':', which Windows takes in no name",
    b"a\nb.md": "holds '\\n', which Windows takes in no name", b"a\xffb.md": UNSEEN,
    "a\u202eb.svg".encode(): UNSEEN, b"a .md ": None, b"licence.": "ends in a dot or a blank",
    "cafe\u0301.md".encode(): "has its accents apart from its letters",
}  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="other systems hold no such names")
def test_a_name_that_not_every_system_holds_is_told_and_nothing_is_copied(sent):
    before = tree(sent.folder / "sources")
    for name in NAMES:
        (sent.folder / SENT / os.fsdecode(name)).write_bytes(b"Us\n")
    ended = sent.generate("topic", "import", SENT)
    assert ended.code == 1
    told = [line for line in ended.err.splitlines() if "[NAME]" in line]
    assert [line for line in told if not line.startswith(f"{SENT}/")] == []
    wrong = [said for said in NAMES.values() if said]
    assert len(told) == len(wrong)
    for said in set(wrong):
        assert sum(f": the name {said}" in line for line in told) == wrong.count(said)
    assert tree(sent.folder / "sources") == before


@pytest.mark.skipif(sys.platform != "linux", reason="other systems take the two for one")
@pytest.mark.parametrize("names", [("Note.md", "note.md"), ("stra\u00dfe.txt", "STRASSE.txt")])
def test_names_that_some_systems_take_for_one_are_told(sent, names):
    for name in names:
        sent.write(f"{SENT}/figures/{name}", "Us\n")
    ended = sent.generate("topic", "import", SENT)
    assert ended.code == 1
    assert "by capitals or accents alone" in ended.err
    assert "[NAME-CASE]" in ended.err
    assert not (sent.folder / HOME).exists()


def test_what_stays_behind_may_have_any_name(sent):
    sent.write(f"{SENT}/con.py", "print('run')")
    assert sent.generate("topic", "import", SENT).code == 0


def test_a_folder_of_another_name_gets_the_name_of_its_topic(sent):
    (sent.folder / SENT).rename(sent.folder / "sent/a boat (2)")
    ended = sent.generate("topic", "import", "sent/a boat (2)")
    assert ended.code == 0, ended.err
    assert ended.out == f"{HOME}\n"
