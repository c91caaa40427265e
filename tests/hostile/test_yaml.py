"""Files and folders that break a reader: each is told in a sentence, in time, and nothing prints.

A row is what is put into a clinic's folder, and what the program says of it.
"""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from clinicpress.errors import HIDDEN
from tests.conftest import environment
from tests.hostile.borrowed import borrowed, new_folder

TOPIC = "sources/tiny/"
BEND = TOPIC + "exercises/thumb-bend.yaml"
TOPIC_FILE = TOPIC + "topic.yaml"
AUDIENCES, REGIONS = "sources/audiences.yaml", "sources/regions.yaml"
FORMATS, BRAND = "layouts/formats.yaml", "layouts/brands/default/brand.yaml"
STRINGS = "layouts/strings/en.po"
SECONDS = 90
"""What a row may take on a busy machine; on an idle one it takes a tenth of a second."""


@pytest.fixture(autouse=True)
def in_time():
    """End a test that hangs."""

    def late(number, frame):
        pytest.fail(f"it hangs: {SECONDS} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    return new_folder(tmp_path_factory.mktemp("clinic"))


@pytest.fixture
def lent(shared, generate, monkeypatch):
    monkeypatch.chdir(shared)
    with borrowed(shared, generate) as clinic:
        yield clinic


def refused(ended, file, code):
    """Assert that a run ended with a sentence about ``file`` and with ``code``."""
    said = ended.out + ended.err
    assert "should not happen" not in said
    assert "Traceback" not in said
    assert not HIDDEN.search(said)
    assert ended.code in (1, 3), said
    lines = [line for line in said.splitlines() if line.startswith(file)]
    assert any(line.endswith(f"[{code}]") for line in lines), said[:2000]
    assert len(said) < 100_000


def lines(count, line):
    return "".join(line.format(n) for n in range(count))


# What the file of an exercise holds, and the code of what is said. “stood” marks what was told
# before there was this table.
CONTENTS = [
    ("brackets", "[" * 10_000, "YAML-SYNTAX", "stood"),
    ("braces", "{a: " * 10_000, "YAML-SYNTAX", "stood"),
    ("dashes", "- " * 10_000, "YAML-SYNTAX", "stood"),
    ("question marks", "? " * 10_000, "YAML-SYNTAX", "stood"),
    ("dashes and question marks", "- ? " * 10_000, "YAML-SYNTAX", "stood"),
    ("blocks in blocks", "".join(" " * n + "a:\n" for n in range(900)), "YAML-SYNTAX"),
    ("lists in lists", "".join(" " * n + "-\n" for n in range(900)), "YAML-SYNTAX"),
    ("blocks in blocks, a hundred", "".join("  " * n + "a:\n" for n in range(100)), "YAML-SYNTAX"),
    ("aliases that double", "a: &a [x, x]\n" + "".join(
        f"k{n}: &k{n} [*{'a' if n == 0 else f'k{n - 1}'}, *{'a' if n == 0 else f'k{n - 1}'}]\n"
        for n in range(40)), "YAML-SYNTAX", "stood"),
    ("mappings of aliases", "a: &a {x: y}\n" + "".join(
        f"k{n}: &k{n} {{" + ", ".join(f"j{m}: *{'a' if n == 0 else f'k{n - 1}'}" for m in range(9))
        + "}\n" for n in range(9)), "YAML-SYNTAX", "stood"),
    ("an alias in itself", "a: &a [*a]\n", "YAML-LOOP", "stood"),
    ("an alias in itself as a key", "&a {*a : b}\n", "YAML-KEY"),
    ("a merge key", "a: &a {x: y}\n<<: *a\nid: thumb-bend\n", "KEY-UNKNOWN", "stood"),
    ("an object of Python's", "id: !!python/object/apply:os.system [id]\n", "YAML-TAG"),
    ("a name of Python's", "title: !!python/name:os.system ''\n", "YAML-TAG"),
    ("a module of Python's", "title: !!python/module:os ''\n", "YAML-TAG"),
    ("a tag of its own", "title: !secret Thumb bend\n", "YAML-TAG"),
    ("a tag of an address", "title: !<tag:example.org,2026:x> Thumb bend\n", "YAML-TAG"),
    ("bytes", "title: !!binary VGh1bWI=\n", "YAML-TAG"),
    ("a set", "title: !!set {a, b}\n", "YAML-TAG"),
    ("pairs", "title: !!omap [a: b]\n", "YAML-TAG"),
    ("a tag on a list", "steps: !steps [a, b]\n", "YAML-TAG"),
    ("tags by the thousand", lines(5000, "%TAG !e{}! tag:example.org,2000:\n") + "---\na: b\n",
     "KEY-UNKNOWN", "stood"),
    ("an unknown version", "%YAML 9.9\n---\nid: thumb-bend\n", "YAML-SYNTAX", "stood"),
    ("a megabyte of blanks", " " * 1_000_000, "FILE-UNREADABLE"),
    ("a megabyte of words", "title: " + "thumb " * 200_000, "FILE-UNREADABLE"),
    ("a megabyte of nothing", "\0" * 1_000_000, "FILE-UNREADABLE"),
    ("a key of 100,000 letters", f"? {'a' * 100_000}\n: b\n", "KEY-UNKNOWN"),
    ("the same key 50,000 times", "title: a\n" * 50_000, "YAML-DUPLICATE-KEY"),
    ("a thousand unknown keys", lines(1000, "key{}: a\n"), "KEY-UNKNOWN"),
    ("40,000 keys", lines(40_000, "k{}: a\n"), "KEY-UNKNOWN"),
    ("UTF-16", "id: thumb-bend\n".encode("utf-16"), "YAML-SYNTAX", "stood"),
    ("UTF-16, its bytes turned", b"\xfe\xff" + "id: a\n".encode("utf-16-be"), "YAML-SYNTAX",
     "stood"),
    ("UTF-32", "id: thumb-bend\n".encode("utf-32"), "YAML-SYNTAX", "stood"),
    ("UTF-16 without a mark", "id: thumb-bend\n".encode("utf-16-le"), "YAML-SYNTAX", "stood"),
    ("Latin-1", "id: thumb-bend\ntitle: Café\n".encode("latin-1"), "YAML-SYNTAX", "stood"),
    ("half a character in bytes", b"title: \xed\xa0\x80\n", "YAML-SYNTAX", "stood"),
    ("an overlong slash", b"title: \xc0\xaf\n", "YAML-SYNTAX", "stood"),
    ("all bytes", bytes(range(256)), "YAML-SYNTAX", "stood"),
    ("nothing", "", "EMPTY", "stood"),
    ("only remarks", "# later\n# never\n", "EMPTY", "stood"),
    ("only a mark of order", b"\xef\xbb\xbf", "EMPTY", "stood"),
    ("only a beginning", "---\n", "EMPTY", "stood"),
    ("several documents", "id: a\n---\nid: b\n---\nid: c\n", "YAML-SYNTAX", "stood"),
    ("a thousand documents", "---\n" * 1000, "YAML-SYNTAX", "stood"),
    ("a number", "42\n", "TYPE", "stood"),
    ("a word of 100,000 letters", "a" * 100_000, "TYPE"),
    ("a tab", "id:\n\ttitle: a\n", "YAML-SYNTAX", "stood"),
    ("a next line in the middle", "id: a\u0085title: b\n", "CHARACTER"),
    ("an empty value behind next lines", "a: b\u0085" * 9 + "c:\n", "CHARACTER"),
    ("a line separator", "id: a\u2028title: b\n", "CHARACTER"),
    ("a bell", "title: a\x07b\n", "YAML-SYNTAX", "stood"),
    ("a NUL", "title: a\0b\n", "YAML-SYNTAX", "stood"),
    ("a NUL that is escaped", 'title: "a\\0b"\n', "CHARACTER"),
    ("an escape of the terminal's", 'title: "\\e[2J\\e[31mAll is well"\n', "CHARACTER"),
    ("a half of a character", 'title: "\\ud800"\n', "YAML-SYNTAX", "stood"),
    ("a character beyond the last", 'title: "\\U00110000"\n', "YAML-SYNTAX", "stood"),
    ("a second mark of order", "\ufeff\ufefftitle: a\n", "CHARACTER"),
    ("a byte of the terminal's in a key", '"\\e[31mtitle": a\n', "CHARACTER"),
]  # fmt: skip


def ids(rows):
    return [row[0] for row in rows]


@pytest.mark.few(16)
@pytest.mark.parametrize(("content", "code"), [row[1:3] for row in CONTENTS], ids=ids(CONTENTS))
def test_contents(lent, content, code):
    lent.write(BEND, content)
    refused(lent.generate("check"), BEND, code)


# A value, in the file and the words that stand there, and the code of what is said.
VALUES = [
    ("infinity", AUDIENCES, "smallest_type: 14", "smallest_type: .inf", "TYPE", "stood"),
    ("no number", AUDIENCES, "smallest_type: 14", "smallest_type: .nan", "TYPE", "stood"),
    ("nan, as floats are read", AUDIENCES, "smallest_type: 14", "smallest_type: nan", "TYPE"),
    ("inf, as floats are read", AUDIENCES, "smallest_type: 14", "smallest_type: inf", "TYPE"),
    ("1e999", AUDIENCES, "smallest_type: 14", "smallest_type: 1e999", "TYPE"),
    ("-1e999", AUDIENCES, "smallest_type: 14", "smallest_type: -1e999", "TYPE"),
    (
        "a hexadecimal number",
        AUDIENCES,
        "exercise_limit: 3",
        "exercise_limit: 0x3",
        "TYPE",
        "stood",
    ),
    ("an octal number", AUDIENCES, "exercise_limit: 3", "exercise_limit: 0o3", "TYPE", "stood"),
    (
        "a number in sixties",
        AUDIENCES,
        "exercise_limit: 3",
        "exercise_limit: 3:00",
        "TYPE",
        "stood",
    ),
    ("5,000 digits", AUDIENCES, "exercise_limit: 3", f"exercise_limit: {'9' * 5000}", "TYPE"),
    ("5,000 digits of a dose", BEND, "sets: 1", f"sets: {'9' * 5000}", "VALUE"),
    ("a date in seconds", TOPIC_FILE, "review_by: 2028-12-31", "review_by: 32503593600", "TYPE"),
    (
        "a date in milliseconds",
        TOPIC_FILE,
        "review_by: 2028-12-31",
        "review_by: 32503593600000",
        "TYPE",
    ),
    ("a date as a float", TOPIC_FILE, "date: 2026-11-22", "date: 1.7e9", "TYPE", "stood"),
    ("a date with a time", TOPIC_FILE, "date: 2026-11-22", "date: 2026-11-22T00:00:00Z", "TYPE"),
    ("a date that is none", TOPIC_FILE, "date: 2026-11-22", "date: 2026-02-30", "TYPE"),
    ("a date of the year 0", TOPIC_FILE, "date: 2026-11-22", "date: 0000-01-01", "TYPE"),
    ("a date without dashes", TOPIC_FILE, "date: 2026-11-22", "date: 20261122", "TYPE"),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "code"), [row[1:5] for row in VALUES], ids=ids(VALUES)
)
def test_values(lent, file, old, new, code):
    lent.change(file, old, new)
    refused(lent.generate("check"), file, code)


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_any_line_end_will_do(lent, end):
    for file in (BEND, AUDIENCES, BRAND):
        text = (lent.folder / file).read_text()
        lent.write(file, text.replace("\n", end))
    assert lent.generate("check").code == 0


# What stands where a file should be.


def pipe(path):
    os.mkfifo(path)


def plug(path):
    here = Path.cwd()
    os.chdir(path.parent)  # the name of a socket may be no longer than 107 letters
    try:
        socket.socket(socket.AF_UNIX).bind(path.name)
    finally:
        os.chdir(here)


def folder(path):
    path.mkdir()


def zeros(path):
    path.symlink_to("/dev/zero")


def itself(path):
    path.symlink_to(path.name)


def nothing(path):
    path.symlink_to("nowhere.yaml")


def outside(path):
    path.symlink_to("/etc/hostname")


def around(path):
    path.symlink_to(f"../{path.parent.name}/{path.name}")


STAND_INS = [
    *((file, kind, code)
      for file in (BEND, AUDIENCES, TOPIC_FILE)
      for kind, code in ((pipe, "FILE-UNREADABLE"), (plug, "FILE-UNREADABLE"), (zeros, "LINK"),
                         (itself, "LINK"), (nothing, "LINK"), (outside, "LINK"),
                         (folder, "FILE-UNREADABLE"))),
    (REGIONS, around, "LINK"),
    (FORMATS, pipe, "ODD-FILE"), (FORMATS, zeros, "LINK"),
    (FORMATS, folder, "FILE-UNREADABLE"), (FORMATS, itself, "LINK"),
    (BRAND, pipe, "ODD-FILE"), (BRAND, zeros, "LINK"),
    (BRAND, folder, "FILE-UNREADABLE"), (BRAND, itself, "LINK"),
    ("layouts/fonts.yaml", pipe, "ODD-FILE"),
    ("layouts/figures.yaml", zeros, "LINK"),
    (TOPIC + "glossary.yaml", pipe, "FILE-UNREADABLE"),
    (TOPIC + "translations", nothing, "LINK"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "kind", "code"),
    STAND_INS,
    ids=[f"{kind.__name__} for {Path(file).name}" for file, kind, _ in STAND_INS],
)
def test_stand_ins(lent, file, kind, code):
    path = lent.take(file)
    path.unlink(missing_ok=True)
    kind(path)
    refused(lent.generate("handout", "thumb-sheet"), file, code)
    assert lent.files() == []


# Folders.


def to_the_top(sources):
    (sources / "tiny/exercises/all").symlink_to("/")


def to_the_top_as_a_topic(sources):
    (sources / "other").symlink_to("/")


def to_what_it_is_in(sources):
    (sources / "tiny/exercises/again").symlink_to("..")


def to_each_other(sources):
    (sources / "tiny/causes/a").symlink_to("../exercises")
    (sources / "tiny/exercises/b").symlink_to("../causes")


def to_a_neighbour(sources):
    (sources.parent / "notes").mkdir()
    (sources / "tiny/translations").symlink_to("../../notes")


def in_each_other(sources):
    deep = sources / "tiny" / "translations"
    for _ in range(60):
        deep = deep / "a"
    deep.mkdir(parents=True)


def too_many(sources):
    folder = sources / "tiny" / "translations"
    folder.mkdir()
    for number in range(2100):
        (folder / f"{number}.yaml").touch()


def file_for_folder(sources):
    (sources / "tiny/self-care").write_text("id: a\n")


def folder_for_item(sources):
    (sources / "tiny/exercises/thumb-turn.yaml").mkdir()


def folder_for_topic_file(sources):
    (sources / "tiny/audiences.yaml").mkdir()


def two_of_a_folder(sources):
    (sources / "tiny/myths").symlink_to("causes")


FOLDERS = [
    (to_the_top, "sources/tiny/exercises/all", "LINK"),
    (to_the_top_as_a_topic, "sources/other", "LINK"),
    (to_what_it_is_in, "sources/tiny/exercises/again", "LINK"),
    (to_each_other, "sources/tiny/", "LINK"),
    (to_a_neighbour, "sources/tiny/translations", "LINK"),
    (in_each_other, "sources/tiny/translations", "FOLDER-LARGE"),
    (too_many, "sources", "FOLDER-LARGE"),
    (file_for_folder, "sources/tiny/self-care", "FILE-UNKNOWN"),
    (folder_for_item, "sources/tiny/exercises/thumb-turn.yaml", "FILE-UNREADABLE"),
    (folder_for_topic_file, "sources/tiny/audiences.yaml", "FILE-UNREADABLE"),
]


@pytest.mark.parametrize(
    ("make", "file", "code"), FOLDERS, ids=[row[0].__name__.replace("_", " ") for row in FOLDERS]
)
def test_folders(clinic, make, file, code):
    make(clinic.folder / "sources")
    ended = clinic.generate("check")
    said = ended.out + ended.err
    assert any(line.startswith(file) and f"[{code}]" in line for line in said.splitlines()), said
    refused(ended, "sources", code)


TOP = pytest.param("to the top", marks=pytest.mark.slow)


@pytest.mark.parametrize("links", ["itself", TOP, "a pipe", "a file"])
def test_a_folder_of_sources_that_is_none(clinic, links):
    path = clinic.folder / "given"
    match links:
        case "itself":
            path.symlink_to("given")
        case "to the top":
            path.symlink_to("/")
        case "a pipe":
            os.mkfifo(path)
        case _:
            path.write_text("no folder")
    for name in ("--sources", "--layouts"):
        ended = clinic.generate("handout", "thumb-sheet", name, path)
        assert ended.code in (1, 2, 3)
        assert "should not happen" not in ended.err
        assert len(ended.err) < 3000


CLOSED = """
import contextlib, os, sys
from pathlib import Path
from clinicpress.cli.app import main
from clinicpress.design import strings
from clinicpress.files import documents
closed, sys.argv[1:] = Path(sys.argv[1]), ["check"]
with contextlib.suppress(SystemExit):  # so that all is imported that nobody may read either
    main()
documents._parsed.cache_clear(), strings._parsed.cache_clear(), strings._catalogue.cache_clear()
closed.chmod(0)
os.setgid(65534), os.setuid(65534)
sys.argv[1:] = ["check"]
main()
"""


@pytest.mark.few(1)
@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can be nobody")
@pytest.mark.parametrize(
    "closed",
    [
        BEND,
        "sources/tiny/exercises",
        *(pytest.param(other, marks=pytest.mark.slow) for other in ("sources", STRINGS, BRAND)),
    ],
)
def test_what_is_closed(clinic, closed):
    """Nobody may read it: run as nobody, since root reads all."""
    for path in (clinic.folder, *clinic.folder.parents[:3]):
        path.chmod(0o755)
    ended = subprocess.run(
        [sys.executable, "-c", CLOSED, closed],
        cwd=clinic.folder, env=environment(), capture_output=True, text=True, timeout=SECONDS,
        check=False,
    )  # fmt: skip
    (clinic.folder / closed).chmod(0o755)
    assert ended.returncode in (1, 3), ended.stderr
    assert "permission denied" in ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr
    assert "should not happen" not in ended.stderr
