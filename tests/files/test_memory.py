"""What is remembered from run to run: used only as it was kept, and in one's own folder."""

import json
import os
import time
from pathlib import Path

import pytest

from clinicpress.files import memory
from clinicpress.files.memory import keep, recall

SAID = {"a": [1, "two", None], "ä": "ö\n"}


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder that the user's cache lies in, with something remembered in it."""
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.delenv(memory.SWITCH, raising=False)
    keep("words", "of a file", "1", SAID)
    assert recall("words", "of a file", "1") == SAID
    return tmp_path / "clinicpress"


def the_file(cache: Path) -> Path:
    (file,) = (cache / "words").iterdir()
    return file


@pytest.mark.parametrize(
    ("kind", "name", "key"),
    [("words", "of a file", "2"), ("words", "of another", "1"), ("other", "of a file", "1")],
)
def test_what_is_kept_is_for_one_kind_name_and_key(cache, kind, name, key):
    assert recall(kind, name, key) is None
    own = the_file(cache)
    (cache / kind).mkdir(mode=0o700, exist_ok=True)
    own.replace(cache / kind / memory._file(name))  # what one would find there, if it fitted
    assert recall(kind, name, key) is None


def cut(content: bytes) -> bytes:
    return content[:-1]


def emptied(content: bytes) -> bytes:
    return b""


def altered(content: bytes) -> bytes:
    assert b"two" in content
    return content.replace(b"two", b"six")


def lengthened(content: bytes) -> bytes:
    return content + b" "


def foreign(content: bytes) -> bytes:
    return json.dumps(SAID).encode()


def without_its_digest(content: bytes) -> bytes:
    return content.partition(b"\n")[2]


def pickled(content: bytes) -> bytes:
    import pickle

    return pickle.dumps(SAID)


@pytest.mark.parametrize(
    "change", [cut, emptied, altered, lengthened, foreign, without_its_digest, pickled]
)
def test_a_file_that_is_not_as_it_was_kept_is_not_used(cache, change):
    file = the_file(cache)
    content = file.read_bytes()
    file.write_bytes(change(content))
    assert recall("words", "of a file", "1") is None
    file.write_bytes(content)
    assert recall("words", "of a file", "1") == SAID


@pytest.mark.parametrize("said", [b"[" * 100_000, b"{", b"\xff"])
def test_what_is_no_json_is_not_used_whoever_signed_it(cache, said):
    digest = memory._digest("words", "of a file", "1", said)
    the_file(cache).write_bytes(digest + b"\n" + said)
    assert recall("words", "of a file", "1") is None


def test_a_file_that_is_too_large_is_neither_read_nor_written(cache, monkeypatch):
    monkeypatch.setattr(memory, "MOST", the_file(cache).stat().st_size - 1)
    assert recall("words", "of a file", "1") is None
    keep("words", "another", "1", SAID)
    assert len(list((cache / "words").iterdir())) == 1


def test_what_no_json_holds_is_not_kept(cache):
    for content in ({1, 2}, "\ud800"):
        keep("words", "a set", "1", content)
        assert recall("words", "a set", "1") is None
    assert [path.name for path in (cache / "words").iterdir()] == [memory._file("of a file")]


# ---------------------------------------------------------------- whose it is


def test_the_folders_are_closed_to_others(cache):
    for folder in (cache, cache / "words"):
        assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("which", ["", "words"])
def test_a_folder_that_others_may_write_to_is_not_read(cache, which):
    (cache / which).chmod(0o770)
    assert recall("words", "of a file", "1") is None


def test_what_lay_where_others_might_write_is_gone_when_the_folder_is_closed(cache):
    (cache / "words").chmod(0o777)
    keep("words", "another", "1", "new")
    assert (cache / "words").stat().st_mode & 0o777 == 0o700
    assert recall("words", "another", "1") == "new"
    assert recall("words", "of a file", "1") is None


@pytest.mark.parametrize("which", ["", "words"])
def test_a_link_is_no_folder_of_ones_own(cache, tmp_path, which):
    real = (cache / which).rename(tmp_path / "elsewhere")
    (cache / which).symlink_to(real)
    assert recall("words", "of a file", "1") is None
    keep("words", "another", "1", "new")
    assert "new" not in "".join(path.read_text() for path in real.rglob("*.json"))


def test_a_file_that_is_a_link_is_not_read(cache, tmp_path):
    file = the_file(cache)
    file.replace(tmp_path / "there")
    file.symlink_to(tmp_path / "there")
    assert recall("words", "of a file", "1") is None


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root gives away")
@pytest.mark.parametrize("which", ["", "words"])
def test_a_folder_of_somebody_else_is_not_used(cache, which):
    os.chown(cache / which, 65534, 65534)
    assert recall("words", "of a file", "1") is None
    keep("words", "another", "1", "new")
    assert len(list((cache / "words").iterdir())) == 1


# ---------------------------------------------------------------- room


def test_where_nothing_can_be_written_nothing_is_remembered_and_nothing_said(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    keep("words", "of a file", "1", SAID)
    assert recall("words", "of a file", "1") is None


def test_one_can_have_nothing_remembered(cache, monkeypatch):
    monkeypatch.setenv(memory.SWITCH, "1")
    assert recall("words", "of a file", "1") is None
    keep("words", "another", "1", "new")
    assert len(list((cache / "words").iterdir())) == 1


def test_the_oldest_go_where_there_are_too_many(cache, monkeypatch):
    monkeypatch.setattr(memory, "MOST_FILES", 3)
    for number in range(5):
        keep("words", str(number), "1", number)
        os.utime(cache / "words" / memory._file(str(number)), (number, time.time() - 100 + number))
    keep("words", "last", "1", "last")
    kept = [
        name for name in (*map(str, range(5)), "last") if recall("words", name, "1") is not None
    ]
    assert kept == ["4", "last"]
    assert recall("words", "of a file", "1") == SAID  # which was kept a moment ago


def test_what_is_old_goes_and_what_is_not_ours_stays(cache):
    old, own = time.time() - memory.OLDEST - 1, cache / "words" / "notes.json"
    own.write_text("mine")
    for file in (the_file_of("of a file", cache), own):
        os.utime(file, (old, old))
    keep("words", "new", "1", "new")
    assert recall("words", "of a file", "1") is None
    assert recall("words", "new", "1") == "new"
    assert own.read_text() == "mine"


def the_file_of(name: str, cache: Path) -> Path:
    return cache / "words" / memory._file(name)


def test_no_name_stands_in_the_cache(cache):
    for path in cache.rglob("*"):
        assert "of a file" not in path.name
    assert b"of a file" not in the_file(cache).read_bytes()
