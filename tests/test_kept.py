"""The clinic's folder is as it was made at the start of each test, and known again by its files."""

import os
import shutil
from pathlib import Path

import pytest

from clinicpress.files import paths
from tests.conftest import tree
from tests.kept import Kept


@pytest.fixture
def copy(tmp_path: Path) -> Kept:
    origin = tmp_path / "origin"
    for path in ("a.txt", "inner/b.txt", "inner/deep/c.txt"):
        (origin / path).parent.mkdir(parents=True, exist_ok=True)
        (origin / path).write_text(path)
    return Kept(origin, tmp_path / "kept")


def replaced_by_a_link(folder: Path) -> None:
    shutil.rmtree(folder / "inner")
    (folder / "inner").symlink_to(folder.parent)


def same_size_and_time(folder: Path) -> None:
    before = (folder / "a.txt").stat()
    (folder / "a.txt").write_text("A.txt")
    os.utime(folder / "a.txt", ns=(before.st_atime_ns, before.st_mtime_ns))


def deeper_than_a_path_may_be(folder: Path) -> None:
    here = os.open(folder, os.O_RDONLY)
    for _ in range(20):
        os.mkdir("d" * 250, dir_fd=here)
        inner = os.open("d" * 250, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)


def file_in_its_place(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("no folder")


@pytest.mark.parametrize(
    "broken",
    [
        lambda folder: (folder / "a.txt").write_text("other"),
        lambda folder: (folder / "inner/new/x").mkdir(parents=True),
        lambda folder: (folder / ".hidden").write_text(""),
        lambda folder: (folder / "inner/b.txt").unlink(),
        lambda folder: (folder / "a.txt").chmod(0o600),
        lambda folder: (folder / "inner").chmod(0),
        lambda folder: folder.rename(folder.with_name("moved")),
        replaced_by_a_link,
        same_size_and_time,
        file_in_its_place,
        deeper_than_a_path_may_be,
    ],
)
def test_whatever_was_done_to_it_is_mended(copy, broken):
    modes = [path.lstat().st_mode for path in sorted(copy.folder.rglob("*"))]
    broken(copy.folder)
    copy.mend()
    assert tree(copy.folder) == tree(copy.origin)
    assert [path.lstat().st_mode for path in sorted(copy.folder.rglob("*"))] == modes
    assert not list(copy.folder.rglob(".*"))


def test_what_nobody_touched_is_the_same_file(copy):
    before = {path: paths.state(path) for path in copy.folder.rglob("*.txt")}
    (copy.folder / "a.txt").write_text("other")
    copy.mend()
    same = [path.name for path, was in before.items() if paths.state(path) == was]
    assert sorted(same) == ["b.txt", "c.txt"]


def test_what_is_put_back_is_not_taken_for_what_stood_there(copy):
    """Whatever a test gave the times of the original is remembered under these."""
    before = (copy.folder / "a.txt").stat()
    same_size_and_time(copy.folder)
    copy.mend()
    assert (copy.folder / "a.txt").stat().st_mtime_ns != before.st_mtime_ns


def test_each_test_has_the_same_folder(clinic):
    assert clinic.files() == []
    clinic.write("output/left.txt", "")
    clinic.write("left.txt", "")
    clinic.write("sources/left.yaml", "")


def test_and_nothing_of_the_one_before(clinic):
    assert sorted(path.name for path in clinic.folder.iterdir()) == ["layouts", "sources"]
    assert not (clinic.folder / "sources/left.yaml").exists()
