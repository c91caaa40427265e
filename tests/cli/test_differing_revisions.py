"""``generate diff`` of git revisions, and as a PDF: nothing of a repository is run."""

import os
import subprocess
import time
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from clinicpress.files import gitting
from tests.pdf.test_validity import broken

BEND = "sources/tiny/exercises/thumb-bend.yaml"
CAUSE = "sources/tiny/causes/strain.yaml"

pytestmark = pytest.mark.usefixtures("in_process")


def git(folder, *arguments):
    named = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *named, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def committed(clinic):
    """Return a clinic whose folder is a repository, with a commit and a change after it."""
    git(clinic.folder, "init", "-q")
    git(clinic.folder, "add", "sources")
    git(clinic.folder, "commit", "-q", "-m", "first")
    clinic.change(BEND, "repetitions: 3-5", "repetitions: 3-6")
    clinic.change(CAUSE, "than it is used to", "than it is ready for")
    return clinic


def test_a_revision_is_compared_with_what_lies_here(committed):
    ended = committed.generate("diff", "HEAD")
    assert (ended.code, ended.err) == (
        0, "2 differences; 1 of signs, cautions, doses or numbers\n",
    )  # fmt: skip
    assert "[-3-5-] {+3-6+}" in ended.out.splitlines()[0]


def test_two_revisions_are_compared(committed):
    git(committed.folder, "commit", "-q", "-am", "second")
    assert committed.generate("diff", "HEAD").err.startswith("0 differences")
    assert committed.generate("diff", "HEAD~1", "HEAD").err.startswith("2 differences")


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("no-such", "There is no folder and no git revision “no-such”"),
        ("HEAD;touch here", "is neither a folder nor the name of a git revision"),
        ("HEAD:sources", "is neither a folder nor the name of a git revision"),
    ],
)
def test_what_is_no_revision_is_told(committed, named, said):
    ended = committed.generate("diff", named)
    assert ended.code == 2
    assert said in ended.err


def test_a_folder_outside_of_any_repository_is_told(clinic):
    ended = clinic.generate("diff", "HEAD")
    assert ended.code == 2
    assert "lies in no git repository" in ended.err


def test_nothing_that_a_repository_names_is_run(committed):
    ran = committed.folder / "ran"
    program = committed.folder / "program"
    program.write_text(f"#!/bin/sh\ntouch {ran}\ncat\n")
    program.chmod(0o755)
    for key in ("core.fsmonitor", "filter.own.smudge", "filter.own.clean", "diff.own.textconv",
                "core.pager", "core.sshCommand", "tar.tar.command", "core.gitProxy"):  # fmt: skip
        git(committed.folder, "config", key, str(program))
    committed.write(".git/info/attributes", "* filter=own diff=own\n")
    for hook in ("post-checkout", "post-index-change", "reference-transaction"):
        committed.write(f".git/hooks/{hook}", program.read_text())
        (committed.folder / f".git/hooks/{hook}").chmod(0o755)
    assert committed.generate("diff", "HEAD").err.startswith("2 differences")
    assert not ran.exists()


def test_what_a_repository_lacks_is_not_fetched(committed):
    ran = committed.folder / "ran"
    for key, value in (("remote.far.url", f"ext::touch {ran}"), ("remote.far.promisor", "true"),
                       ("protocol.ext.allow", "always"),
                       ("extensions.partialClone", "far")):  # fmt: skip
        git(committed.folder, "config", key, value)
    found = subprocess.run(["git", "rev-parse", f"HEAD:{BEND}"], cwd=committed.folder, check=True,
                           capture_output=True, text=True).stdout.strip()  # fmt: skip
    lost = committed.folder / ".git/objects" / found[:2] / found[2:]
    lost.chmod(0o644)
    lost.unlink()
    ended = committed.generate("diff", "HEAD")
    assert ended.code == 1
    assert not ran.exists()


def test_links_are_not_followed(committed):
    link = committed.folder / "sources/tiny/exercises/other.yaml"
    link.symlink_to("/etc/passwd")
    git(committed.folder, "add", "sources")
    git(committed.folder, "commit", "-q", "-m", "link")
    link.unlink()
    ended = committed.generate("diff", "HEAD")
    assert ended.code == 1
    assert "“tiny/exercises/other.yaml” is no plain file" in ended.err


def test_more_than_is_read_is_told(committed, monkeypatch):
    monkeypatch.setattr("clinicpress.files.gitting.MOST_BYTES", 1000)
    ended = committed.generate("diff", "HEAD")
    assert ended.code == 1
    assert "holds more at “HEAD” than is read" in ended.err


def object_of(folder, kind, content):
    """Write an object into the repository as it is, and return its id."""
    made = subprocess.run(
        ["git", "hash-object", "-w", "--literally", "-t", kind, "--stdin"], cwd=folder,
        input=content, check=True, capture_output=True,
    )  # fmt: skip
    return made.stdout.decode().strip()


def commit_of(folder, entries):
    """Commit a folder ``sources`` of these entries, unchecked, and return its revision."""
    rows = (f"{mode} {name}\0".encode() + bytes.fromhex(id) for mode, name, id in entries)
    tree = object_of(folder, "tree", b"".join(rows))
    root = object_of(folder, "tree", b"40000 sources\0" + bytes.fromhex(tree))
    who = "A <a@example.org> 1700000000 +0000"
    said = f"tree {root}\nauthor {who}\ncommitter {who}\n\nfirst\n"
    return object_of(folder, "commit", said.encode())


def test_folders_in_folders_without_end_are_not_read_to_the_end(committed, monkeypatch):
    """27 objects of a few hundred bytes list 10 to the 27th files."""
    monkeypatch.setattr("clinicpress.files.gitting.MOST_FILES", 100)
    inner = object_of(committed.folder, "blob", b"a: 1\n")
    for mode in ("100644", *["40000"] * 27):
        rows = (f"{mode} f{number}.yaml\0".encode() for number in range(10))
        tree = b"".join(row + bytes.fromhex(inner) for row in rows)
        inner = object_of(committed.folder, "tree", tree)
    found = commit_of(committed.folder, [("40000", "tiny", inner)])
    ended = committed.generate("diff", found)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == "The repository holds more than is read. Name a folder of sources.\n"


def test_a_git_that_does_not_answer_is_ended(committed, monkeypatch):
    slow = committed.folder / "bin" / "git"
    committed.write("bin/git", "#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{slow.parent}:{os.environ['PATH']}")
    monkeypatch.setattr("clinicpress.files.gitting.SECONDS", 0.1)
    ended = committed.generate("diff", "HEAD")
    assert ended.code == 1
    assert "git did not answer within" in ended.err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes in folders")
def test_a_pipe_among_the_objects_is_not_waited_for_long(committed, monkeypatch):
    assert gitting.SECONDS <= 20
    monkeypatch.setattr(gitting, "SECONDS", 0.5)
    said = subprocess.run(["git", "rev-parse", "HEAD"], cwd=committed.folder, check=True,
                          capture_output=True, text=True).stdout.strip()  # fmt: skip
    loose = committed.folder / ".git/objects" / said[:2] / said[2:]
    loose.unlink()
    os.mkfifo(loose)
    started = time.monotonic()
    ended = committed.generate("diff", "HEAD")
    assert time.monotonic() - started < 20
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == "git did not answer within 0.5 s. Name a folder.\n"


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("a.yaml", "a.yaml"), "“a.yaml” at “"),
        (("a.yaml", "a.yaml/b.yaml"), "“b.yaml” at “"),
        (("x" * 300 + ".yaml",), "is no name for a file at"),
    ],
)
def test_what_no_folder_holds_is_told(committed, names, said):
    blob = object_of(committed.folder, "blob", b"a: 1\n")
    rows = []
    for name in names:
        first, _, rest = name.partition("/")
        row = f"100644 {rest}\0".encode() + bytes.fromhex(blob)
        rows += ([("40000", first, object_of(committed.folder, "tree", row))] if rest
                 else [("100644", first, blob)])  # fmt: skip
    ended = committed.generate("diff", commit_of(committed.folder, rows))
    assert (ended.code, ended.out) == (1, "")
    assert said in ended.err


@pytest.mark.parametrize("standard", ["ua1", "3a"])
def test_as_a_pdf_it_is_valid_and_tells_first_what_can_harm(committed, standard):
    ended = committed.generate("diff", "HEAD", "--pdf", "changes.pdf")
    assert ended.out.startswith("changes.pdf\n")
    path = Path(committed.folder / "changes.pdf")
    page = pypdfium2.PdfDocument(path)[0].get_textpage().get_text_range()
    words = " ".join(page.split())
    assert words.index("3-5 3-6") < words.index("Everything else") < words.index("ready for")
    assert "Before: HEAD. After: the sources of today." in words
    with pikepdf.open(path) as document:
        assert document.Root.MarkInfo.Marked
    assert broken(path.read_bytes(), standard) == set()
