"""A share that nobody may write to: what is there is found, checked and verified; printing says so.

Root may write wherever permissions forbid it, so the folder is mounted read-only, in a mount
namespace of the child's own.
"""

import os
import shutil
import subprocess
import sys

import pytest

from tests.conftest import environment

MOUNTED = """\
import ctypes, os, sys
libc = ctypes.CDLL(None, use_errno=True)
NEW_NS, BIND, PRIVATE, REMOUNT, READ_ONLY = 0x20000, 4096, 1 << 18, 32, 1
here = os.getcwd().encode()
for done in (
    lambda: libc.unshare(NEW_NS),
    lambda: libc.mount(b"none", b"/", None, PRIVATE | 16384, None),
    lambda: libc.mount(here, here, None, BIND, None),
    lambda: libc.mount(b"none", here, None, BIND | REMOUNT | READ_ONLY, None),
):
    if done():
        sys.exit(77)
os.chdir(here)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""
UNMOUNTABLE = 77
ALL = ("all", "--region", "GB", "--audience", "general", "--format", "standard")
SHEET = ("handout", "thumb-sheet", "--region", "GB")
PDF = "output/default/tiny/tiny_thumb-sheet_general_standard_en-GB_A4.pdf"


@pytest.fixture
def share(clinic, tmp_path_factory):
    """Return what types a command in a clinic's folder that is read-only, after its first run."""
    assert clinic.generate(*ALL).code == 0
    away = tmp_path_factory.mktemp("elsewhere")
    home = {"HOME": str(away), "XDG_CACHE_HOME": str(away)}

    def typed(*command, code="-m", module=("clinicpress",)):
        ended = subprocess.run(
            [sys.executable, "-c", MOUNTED, code, *module, *command],
            cwd=clinic.folder, env={**environment(), **home}, capture_output=True, text=True,
            timeout=120, check=False,
        )  # fmt: skip
        if ended.returncode == UNMOUNTABLE:
            pytest.skip("nothing can be mounted here")
        return ended

    return typed


HERE = "Using the folders sources and layouts that lie here.\n"
WRITES = "open('x', 'w')"


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "statvfs") or sys.platform != "linux", reason="Linux mounts")
def test_what_is_there_is_read_and_printing_says_that_nothing_can_be_written(clinic, share):
    assert "Read-only file system" in share(code="-c", module=(WRITES,)).stderr
    before = clinic.files()
    assert "thumb-sheet" in share("list").stdout
    checked = share("check")
    assert "passed." in checked.stdout + checked.stderr
    assert "current: this is what is printed today." in share("verify", PDF).stdout
    again = share(*SHEET)
    assert (again.returncode, again.stdout) == (0, PDF + "\n")
    assert "0 built, 1 up to date" in again.stderr
    refused = share(*SHEET, "--format", "large", "--audience", "older-adult")
    assert (refused.returncode, refused.stdout) == (3, "")
    assert refused.stderr == HERE + (
        "output cannot be written: its drive or share is read-only. Choose another folder with "
        "--output; nothing was printed.\n"
    )
    assert share("brand", "new", "river", "--name", "River", "--region", "GB").stderr == HERE + (
        "layouts/brands/river/brand.yaml cannot be written: its drive or share is read-only. "
        "Choose another folder with --layouts; what was there is untouched.\n"
    )
    assert clinic.files() == before


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "statvfs") or sys.platform != "linux", reason="Linux mounts")
def test_what_is_printed_from_it_goes_to_another_folder(share, tmp_path_factory):
    there = tmp_path_factory.mktemp("there")
    ended = share(*SHEET, "--output", str(there))
    assert ended.returncode == 0, ended.stderr
    assert (there / PDF.removeprefix("output/")).is_file()


def test_the_counter_page_needs_nothing_but_what_lies_beside_it(clinic, tmp_path):
    """It opens from such a share, too: it names no file elsewhere, and nothing that is written."""
    assert clinic.generate(*ALL).code == 0
    page = (clinic.folder / "output/index.html").read_text()
    for kept in (str(clinic.folder), "localStorage", "sessionStorage", "indexedDB", "file://"):
        assert kept not in page
    moved = shutil.copytree(clinic.folder / "output", tmp_path / "share")
    assert (moved / PDF.removeprefix("output/")).is_file()
    assert PDF.removeprefix("output/") in page
