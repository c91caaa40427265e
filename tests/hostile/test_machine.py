"""The machine fails: each fault is one sentence and an exit code, and nothing is left half written.

Most rows start the command as a process of its own and take something away from it first.
"""

import ctypes
import errno
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from clinicpress.runs import fitting
from clinicpress.runs import run as production
from tests.conftest import LIES_HERE, READ_MORE, ROOT, Clinic, environment

HANDOUT = ("handout", "thumb-sheet", "--jobs", "1")
TWO = ("handout", "thumb-sheet", "--format", "standard,clear", "--jobs", "2")
SCHEMA = ("schema", "--output", "output")
PDF = "output/default/tiny/tiny_thumb-sheet_general_standard_en-neutral_A4.pdf"

NEVER = ("Traceback", "This should not happen", "Exception ignored")


def nothing(*arguments: object) -> None:
    """Take nothing away."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with the machine, what was asked for, and what must come of it.

    ``lay`` changes the folder before the command starts; ``take`` is called in the new process.
    ``stood``: this was as it should be before there was a table.
    """

    id: str
    asked: tuple[str, ...]
    code: int
    says: str = ""
    out: str = ""
    lay: Callable[[Clinic], object] = nothing
    take: Callable[[], object] = nothing
    env: Mapping[str, str] = field(default_factory=dict)
    encoding: str = "utf-8"
    stood: bool = False
    slow: bool = False


def limit(what: int, most: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(what, (most, most))


def gone(*names: str) -> Callable[[], None]:
    """Point streams at a device that takes nothing, or close them."""

    def take() -> None:
        for name in names:
            number = {"in": 0, "out": 1, "err": 2}[name.partition(" ")[0]]
            if name.endswith("full"):
                os.dup2(os.open("/dev/full", os.O_WRONLY), number)
            else:
                os.close(number)

    return take


def leave() -> None:
    """Remove the folder that one stands in."""
    folder = Path.cwd() / "gone"
    folder.mkdir()
    os.chdir(folder)
    folder.rmdir()


def go_deep() -> None:
    """Stand in a folder whose path is longer than a path may be."""
    for _ in range(30):
        name = "d" * 200
        with suppress(FileExistsError):
            os.mkdir(name)  # noqa: PTH102 - the whole path could not be written
        os.chdir(name)


def as_anyone() -> None:
    """Be refused what a file's permissions refuse; this process may be root's, who never is."""
    for right in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        ctypes.CDLL(None).prctl(24, right, 0, 0, 0)  # PR_CAPBSET_DROP


def locked(path: str) -> Callable[[Clinic], None]:
    return lambda clinic: (clinic.folder / path).chmod(0)


def unwritable(clinic: Clinic) -> None:
    (clinic.folder / "output").mkdir()
    (clinic.folder / "output").chmod(0o500)


def trap(*modules: str) -> Callable[[Clinic], None]:
    """Leave modules in the folder that somebody sent; each tells that it was run."""

    def lay(clinic: Clinic) -> None:
        for module in modules:
            clinic.write(f"{module}.py", f"open('{clinic.folder}/RUN', 'a').write('{module} ')")

    return lay


def named(name: bytes) -> Callable[[Clinic], object]:
    return lambda clinic: os.mkdir(os.fsencode(clinic.folder) + b"/" + name)  # noqa: PTH102


LATIN = "PYTHONIOENCODING"
UNKNOWN = 'There is no publication "nosuch".'
HERE_IS_GONE = "The folder that you are in is gone. Change to another one (cd) and try again."
LARGER = "a file would be larger than files may be here"
LOCKED = "cannot be used: you may not open it. Ask for the right"
UNREAD = "the folder cannot be opened: permission denied. Give yourself leave to read it."
FULL = "What was found cannot be written: the disk is full."

PROCESSES = (
    Fault("files-may-be-4-kB-schema", SCHEMA, 3, LARGER, take=limit(resource.RLIMIT_FSIZE, 4096)),
    Fault("files-may-be-4-kB-print", HANDOUT, 3, LARGER, take=limit(resource.RLIMIT_FSIZE, 4096),
          slow=True),
    Fault("files-may-be-0-B-print", HANDOUT, 3, "with TMPDIR",
          take=limit(resource.RLIMIT_FSIZE, 0)),
    Fault("files-may-be-0-B-list", ("list",), 0, out="booklet",
          take=limit(resource.RLIMIT_FSIZE, 0), stood=True),
    Fault("five-files-open", HANDOUT, 3, "too many files are open. Raise that limit",
          take=limit(resource.RLIMIT_NOFILE, 5)),
    Fault("twelve-files-open-workers", TWO, 3, "too many files are open. Raise that limit",
          take=limit(resource.RLIMIT_NOFILE, 12)),
    Fault("60-MB-of-memory", HANDOUT, 3, "too little memory",
          take=limit(resource.RLIMIT_AS, 60_000_000)),
    Fault("80-MB-of-memory", HANDOUT, 3, "memory",
          take=limit(resource.RLIMIT_AS, 80_000_000), slow=True),
    Fault("here-is-gone-list", ("list",), 3, HERE_IS_GONE, take=leave),
    Fault("here-is-gone-print", HANDOUT, 3, HERE_IS_GONE, take=leave),
    Fault("here-is-gone-init", ("init", "mine"), 3, HERE_IS_GONE, take=leave),
    Fault("here-is-gone-check", ("check",), 3, HERE_IS_GONE, take=leave),
    Fault("here-is-gone-help", ("--help",), 0, out="Usage:", take=leave, stood=True),
    Fault("here-is-too-deep", ("list",), 3, "its name is too long", take=go_deep),
    Fault("output-is-full-help", ("--help",), 3, FULL, take=gone("out full")),
    Fault("output-is-full-help-of-one", ("handout", "--help"), 3, FULL, take=gone("out full"),
          stood=True),
    Fault("output-is-full-version", ("--version",), 3, FULL, take=gone("out full")),
    Fault("output-is-full-list", ("list",), 3, FULL, take=gone("out full"), stood=True),
    Fault("output-is-full-json", ("list", "--json"), 3, FULL, take=gone("out full"), stood=True),
    Fault("words-go-nowhere-name", ("handout", "nosuch"), 2, take=gone("err full")),
    Fault("words-go-nowhere-option", ("--nosuch",), 2, take=gone("err full")),
    Fault("words-go-nowhere-list", ("list",), 0, out="booklet", take=gone("err full")),
    Fault("words-go-nowhere-print", HANDOUT, 0, out="A4.pdf", take=gone("err full")),
    Fault("words-go-nowhere-folder", ("list", "--sources", "nosuch"), 3, take=gone("err full")),
    Fault("both-are-full", ("list",), 3, take=gone("out full", "err full")),
    Fault("closed-output", ("list",), 0, take=gone("out"), stood=True),
    Fault("closed-words", ("handout", "nosuch"), 2, take=gone("err"), stood=True),
    Fault("closed-input", ("list",), 0, out="booklet", take=gone("in"), stood=True),
    Fault("closed-all", ("handout", "nosuch"), 2, take=gone("in", "out", "err"), stood=True),
    Fault("latin-1", ("handout", "nosuch"), 2, UNKNOWN, env={LATIN: "latin-1"}),
    Fault("latin-2", ("handout", "nosuch"), 2, UNKNOWN, env={LATIN: "iso8859-2"}),
    Fault("koi8-r", ("handout", "nosuch"), 2, UNKNOWN, env={LATIN: "koi8-r"}),
    Fault("cp437", ("handout", "nosuch"), 2, UNKNOWN, env={LATIN: "cp437"}),
    Fault("cp1252", ("handout", "nosuch"), 2, "There is no publication “nosuch”.",
          env={LATIN: "cp1252"}, encoding="cp1252", stood=True),
    Fault("ascii", ("handout", "nosuch"), 2, "nosuch", env={LATIN: "ascii"}, stood=True),
    Fault("C-locale", ("handout", "nosuch"), 2, "nosuch", stood=True,
          env={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
    Fault("unknown-locale", ("list",), 0, out="booklet", stood=True,
          env={"LC_ALL": "xx_YY.none", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
    Fault("strict-output-name", ("schema", "--output", os.fsdecode(b"caf\xe9")), 0,
          out="fields.md", lay=named(b"caf\xe9"), env={LATIN: "utf-8:strict"}),
    Fault("latin-1-output-name", ("schema", "--output", "–café–"), 0, out="fields.md",
          env={LATIN: "latin-1:strict"}, encoding="latin-1"),
    Fault("no-columns", ("check", "--detail"), 0, out="Reading level", env={"COLUMNS": "0"}),
    Fault("one-column", ("check", "--detail"), 0, out="Reading level", env={"COLUMNS": "1"}),
    Fault("many-columns", ("list",), 0, out="booklet", env={"COLUMNS": "9" * 12}, stood=True),
    Fault("columns-in-words", ("list",), 0, out="booklet", env={"COLUMNS": "wide"}, stood=True),
    Fault("dumb-terminal", ("check",), 0, out="Read", env={"TERM": "dumb", "NO_COLOR": "1"},
          stood=True),
    Fault("no-home", ("list",), 0, out="booklet", env={"HOME": "/nosuch/home"}, stood=True),
    Fault("no-place-for-temporary-files", HANDOUT, 0, out="A4.pdf", env={"TMPDIR": "/nosuch"},
          stood=True, slow=True),
    Fault("locked-sources", HANDOUT, 1, f"sources: {UNREAD}", lay=locked("sources"),
          take=as_anyone),
    Fault("locked-folder-of-sources", HANDOUT, 1, f"sources/tiny/exercises: {UNREAD}",
          lay=locked("sources/tiny/exercises"), take=as_anyone),
    Fault("locked-layouts", HANDOUT, 3, f"layouts {LOCKED}", lay=locked("layouts"),
          take=as_anyone),
    Fault("locked-brand", HANDOUT, 3, f"layouts/brands/default {LOCKED}",
          lay=locked("layouts/brands/default"), take=as_anyone),
    Fault("locked-style", HANDOUT, 3, f"layouts/styles/clinical.css {LOCKED}",
          lay=locked("layouts/styles/clinical.css"), take=as_anyone),
    Fault("locked-file-of-sources", HANDOUT, 1, "topic.yaml: the file cannot be opened",
          lay=locked("sources/tiny/topic.yaml"), take=as_anyone, stood=True),
    Fault("locked-output", SCHEMA, 3, "cannot be written: you may not write there",
          lay=unwritable, take=as_anyone, stood=True),
    Fault("folder-brings-click", ("list",), 0, out="booklet", lay=trap("click")),
    Fault("folder-brings-yaml", ("list",), 0, out="booklet", lay=trap("yaml", "pydantic")),
    Fault("folder-brings-engines", HANDOUT, 0, out="A4.pdf",
          lay=trap("weasyprint", "jinja2", "pikepdf", "babel"), slow=True),
    Fault("folder-brings-threading", TWO, 0, out="A4.pdf",
          lay=trap("threading", "selectors", "signal", "socket", "multiprocessing")),
)  # fmt: skip


LIKE_ANOTHER = {
    "latin-2", "koi8-r", "latin-1-output-name", "C-locale", "words-go-nowhere-name",
    "files-may-be-4-kB-schema", "folder-brings-threading", "latin-1", "here-is-gone-init",
    "here-is-gone-check", "output-is-full-json", "output-is-full-help-of-one", "unknown-locale",
    "columns-in-words", "words-go-nowhere-option", "locked-brand", "folder-brings-yaml",
    "closed-words", "five-files-open", "dumb-terminal", "no-home", "no-columns", "many-columns",
    "words-go-nowhere-folder", "words-go-nowhere-print", "both-are-full", "cp437", "ascii",
    "locked-folder-of-sources", "locked-style", "locked-file-of-sources", "closed-output",
    "closed-input", "folder-brings-click", "strict-output-name",
}  # fmt: skip
"""What meets the same guard as a row that is always run."""


def marks(*, slow: bool) -> Any:
    return pytest.mark.slow if slow else ()


def rows(faults: tuple[Fault, ...]) -> list[Any]:
    return [
        pytest.param(fault, id=fault.id, marks=marks(slow=fault.slow or fault.id in LIKE_ANOTHER))
        for fault in faults
    ]


def run(clinic: Clinic, fault: Fault) -> "subprocess.CompletedProcess[bytes]":
    """Run the command as a clinic would: the program stands elsewhere than in its folder."""
    # Where a file may not be whole, Python keeps the half of a module that it compiled.
    changes = {"PYTHONUTF8": "", "PYTHONDONTWRITEBYTECODE": "1", **fault.env}
    kept = {name: value for name, value in environment(**changes).items() if value}
    return subprocess.run(
        [sys.executable, "-m", "clinicpress", *fault.asked], cwd=clinic.folder, env=kept,
        stdin=subprocess.DEVNULL, capture_output=True, preexec_fn=fault.take, timeout=60,
        check=False,
    )  # fmt: skip


def unlock(folder: Path) -> None:
    """Give back the rights to look into what a row locked."""
    for path in (folder / "sources", folder / "layouts", folder / "output"):
        if path.exists():
            path.chmod(0o700)


@pytest.mark.few(5)
@pytest.mark.parametrize("fault", rows(PROCESSES))
def test_a_machine_that_fails(clinic, fault):
    fault.lay(clinic)
    ended = run(clinic, fault)
    unlock(clinic.folder)
    said = ended.stderr.decode(fault.encoding, "replace")
    said = READ_MORE.sub("", LIES_HERE.sub("", said, count=1))
    assert ended.returncode == fault.code, said
    assert fault.says in said
    assert fault.out in ended.stdout.decode(fault.encoding, "replace")
    assert [word for word in NEVER if word in said] == []
    assert not (clinic.folder / "RUN").exists()
    made = [name for _, _, files in os.walk(clinic.folder) for name in files]
    assert [name for name in made if name.startswith(".part-")] == []
    if fault.code:
        assert len(said.splitlines()) <= (4 if said.startswith("Usage:") else 1)
        assert clinic.files() == []


# --- where files are to go --------------------------------------------------

A_FILE = "a file stands where its folder should be"


def link(path: str, to: str) -> Callable[[Clinic], None]:
    return lambda clinic: (clinic.folder / path).symlink_to(to)


def file(path: str) -> Callable[[Clinic], None]:
    return lambda clinic: clinic.write(path, "kept")


def fifo(path: str) -> Callable[[Clinic], None]:
    return lambda clinic: os.mkfifo(clinic.folder / path)


PLACES = (
    ("is-a-file", "out", file("out"), 2, "is a file", True),
    ("below-a-file", "out/below", file("out"), 3, A_FILE, True),
    ("link-to-nowhere", "out", link("out", "nosuch/at/all"), 3, A_FILE, True),
    ("link-to-itself", "out", link("out", "out"), 3, "its links lead in a circle", False),
    ("below-a-link-to-itself", "out/a", link("out", "out"), 3, "its links lead in a circle", False),
    ("is-a-fifo", "out", fifo("out"), 3, A_FILE, True),
    ("is-a-device", "/dev/full", nothing, 3, A_FILE, True),
    ("name-too-long", "o" * 300, nothing, 3, "its name is too long", False),
    ("path-too-long", "folder/" * 1000, nothing, 3, "its name is too long", False),
    ("in-proc", "/proc/clinicpress", nothing, 3, "its folder cannot be made", False),
)
"""Its id, the folder, what is laid there, and what must come of it; whether it stood before."""


@pytest.mark.parametrize(
    ("folder", "lay", "code", "says", "command"),
    [
        pytest.param(folder, lay, code, says, command, id=f"{id}-{command[0]}")
        for id, folder, lay, code, says, stood in PLACES
        for command in (("schema",), ("init",))
        if not (command == ("init",) and stood)
    ],
)
def test_a_place_where_nothing_can_be_written(clinic, folder, lay, code, says, command):
    lay(clinic)
    before = sorted(clinic.folder.rglob("*"))
    target = (folder,) if command == ("init",) else ("--output", folder)
    ended = clinic.generate(*command, *target)
    assert (ended.code, ended.out) == (code, "")
    assert says in ended.err
    assert [word for word in NEVER if word in ended.err] == []
    assert sorted(clinic.folder.rglob("*")) == before


# --- errors that the system hands out while pages are made ------------------

ERRORS = (
    ("no-memory", MemoryError(), "There is too little memory."),
    ("no-memory-by-number", OSError(errno.ENOMEM, "x"), "There is too little memory."),
    ("disk-full", OSError(errno.ENOSPC, "x"), "the disk is full. Free some space"),
    ("quota", OSError(errno.EDQUOT, "x"), "the disk is full. Free some space"),
    ("handles", OSError(errno.EMFILE, "x"), "Too many files are open. Raise"),
    ("handles-of-all", OSError(errno.ENFILE, "x"), "Too many files are open. Close"),
    ("drive-fails", OSError(errno.EIO, "x", "b.woff"), "b.woff cannot be used: input/output error"),
    ("drive-gone", OSError(errno.ESTALE, "x"), "The drive is gone. Connect it again."),
    ("file-gone", OSError(errno.ENOENT, "x", "b.woff"), "b.woff cannot be used: it is not there."),
    ("network-down", OSError(errno.ENETDOWN, "network is down"), "Network is down. Mend this"),
    ("no-processes", OSError(errno.EAGAIN, "x"), "The system allows no more processes."),
    ("no-threads", RuntimeError("can't start new thread"), "The system allows no more processes."),
    ("no-library", OSError("cannot load library 'libpango'"), "A library of the system"),
    (
        "no-room-for-a-library",
        OSError("x.so: failed to map segment from shared object"),
        "There is too little memory.",
    ),
    ("no-module", ImportError("cannot map\nfailed to map segment"), "(failed to map segment)"),
    ("name-in-ascii", UnicodeEncodeError("ascii", "ü", 0, 1, "x"), "Set LC_ALL=C.UTF-8"),
)
ALIKE = {"no-memory-by-number", "quota", "handles-of-all", "drive-gone", "file-gone",
         "network-down", "no-processes"}  # fmt: skip
"""What is told as another is, in other words."""


@pytest.mark.few(5)
@pytest.mark.parametrize(
    ("error", "says"),
    [pytest.param(error, says, id=id, marks=marks(slow=id in ALIKE)) for id, error, says in ERRORS],
)
def test_an_error_of_the_machine_while_pages_are_made(clinic, monkeypatch, in_process, error, says):
    def fail(*arguments: object, **options: object) -> None:
        raise error

    monkeypatch.setattr(fitting, "laid_out", fail)
    ended = clinic.generate(*HANDOUT)
    assert says in ended.err
    assert (ended.code, ended.out) == (3, "")
    assert len(ended.err.splitlines()) == 1
    assert clinic.files() == []


def failing(error: Exception, batch: object) -> None:
    """Stand in for what a worker does; a worker finds it here by its name."""
    raise error


IN_A_WORKER = (
    ("drive-fails", OSError(errno.EIO, "x", "b.woff"), 3, "b.woff cannot be used: input/output"),
    ("disk-full", OSError(errno.ENOSPC, "x"), 3, "the disk is full. Free some space"),
    ("no-threads", RuntimeError("can't start new thread"), 3, "The system allows no more"),
    ("no-library", OSError("cannot load library 'libpango'"), 3, "A library of the system"),
    ("no-module", ImportError("failed to map segment"), 3, "(failed to map segment)"),
    ("name-in-ascii", UnicodeEncodeError("ascii", "ü", 0, 1, "x"), 3, "Set LC_ALL=C.UTF-8"),
    ("no-memory", MemoryError(), 1, "MB of memory to lay out"),
    ("too-deep", RecursionError(), 1, "nested too deeply to be laid out"),
)
"""Its id, what a worker meets, and what must come of it."""


@pytest.mark.parametrize(
    ("error", "code", "says"),
    [
        pytest.param(*row, id=id, marks=marks(slow=id not in ("drive-fails", "no-memory")))
        for id, *row in IN_A_WORKER
    ],
)
def test_what_a_worker_fails_at_is_told(clinic, monkeypatch, error, code, says):
    monkeypatch.setattr(production, "set_together", partial(failing, error))
    ended = clinic.generate(*HANDOUT)
    assert says in ended.err
    assert (ended.code, ended.out) == (code, "")
    assert len(ended.err.splitlines()) == 1
    assert clinic.files() == []


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (BlockingIOError(errno.EAGAIN, "x"), "started: the system allows no more processes."),
        (RuntimeError("can't start new thread"), "The system allows no more processes."),
        (OSError(errno.EMFILE, "x"), "started: too many files are open."),
        (OSError(errno.ENOMEM, "x"), "started: there is too little memory."),
        (EOFError(), "started: there is too little memory."),
        (ConnectionRefusedError(errno.ECONNREFUSED, "x"), "there is too little memory."),
    ],
    ids=["fork", "thread", "handles", "memory", "ended", "refused"],
)
@pytest.mark.parametrize(
    "step", ["ensure_running", pytest.param("connect_to_new_process", marks=pytest.mark.slow)]
)
def test_no_worker_can_be_started(clinic, monkeypatch, step, error, says):
    def fail(*arguments: object, **options: object) -> None:
        raise error

    monkeypatch.setattr(f"multiprocessing.forkserver.{step}", fail)
    ended = clinic.generate(*TWO)
    assert says in ended.err
    assert (ended.code, ended.out) == (3, "")
    assert len(ended.err.splitlines()) == 1
    assert clinic.files() == []


def test_what_is_nested_beyond_all_measure_is_told_as_such(clinic, monkeypatch, in_process):
    def fail(*arguments: object, **options: object) -> None:
        raise RecursionError

    monkeypatch.setattr(fitting, "laid_out", fail)
    ended = clinic.generate(*HANDOUT)
    assert "stands too deep in something else" in ended.err
    assert ended.code == 1


# --- before anything else ---------------------------------------------------


def started(clinic: Clinic, code: str, **options: Any) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", code], cwd=clinic.folder, env=environment(), text=True,
        capture_output=True, timeout=60, check=False, **options,
    )  # fmt: skip


@pytest.mark.parametrize(
    "module", ["click", "json", "clinicpress.cli.app", "clinicpress.cli.printing"]
)
def test_an_interrupt_while_the_program_is_loaded(clinic, module):
    code = (
        "import sys, runpy\n"
        "class Interrupted:\n"
        "    def find_spec(self, name, *rest):\n"
        f"        if name == {module!r}: raise KeyboardInterrupt\n"
        "for name in [n for n in sys.modules if n.split('.')[0] == 'json']: del sys.modules[name]\n"
        "sys.meta_path.insert(0, Interrupted())\n"
        "sys.argv[1:] = ['list']\n"
        "runpy.run_module('clinicpress', run_name='__main__')\n"
    )
    ended = started(clinic, code)
    assert (ended.returncode, ended.stdout) == (130, "")
    assert ended.stderr == "Stopped. Nothing was written.\n"


@pytest.mark.few(1)
@pytest.mark.parametrize("number", [0, 1, 2])
def test_no_file_takes_the_place_of_a_closed_stream(clinic, number):
    # Whatever a library then writes to “standard error” would go into that file.
    code = (
        "import os, sys\n"
        "from clinicpress.cli.app import main\n"
        "sys.argv[1:] = ['handout', 'nosuch']\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "os._exit(os.open('sources/audiences.yaml', os.O_RDONLY))\n"
    )
    ended = started(clinic, code, preexec_fn=lambda: os.close(number))
    assert ended.returncode > 2


# --- a disk that is really full ---------------------------------------------


@pytest.fixture
def small_disk(tmp_path_factory):
    """Return a folder on a disk of 64 kB of its own, which only root may make."""
    folder = tmp_path_factory.mktemp("disk")
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("nobody but root may mount a disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("module", ["listing", "library", "unread"])
@pytest.mark.parametrize("left", [0, 20])
def test_a_module_that_a_full_disk_cut_short_is_told(clinic, tmp_path, module, left):
    """One that is loaded at the start, one for the command, and one in the midst of its work."""
    cache = tmp_path / "compiled"
    fault = Fault("cut-module", ("check",), 0, env={"PYTHONDONTWRITEBYTECODE": "",
                                                "PYTHONPYCACHEPREFIX": str(cache)})  # fmt: skip
    assert run(clinic, fault).returncode == 0
    (cut,) = cache.rglob(f"{module}.*.pyc")
    cut.write_bytes(cut.read_bytes()[: 16 + left])
    ended = run(clinic, fault)
    assert ended.returncode == 3
    assert b"a part of the program is cut short" in ended.stderr
    assert ended.stderr.endswith("Delete the folders “__pycache__” below "
                                 f"{ROOT / 'clinicpress'}.\n".encode())  # fmt: skip


@pytest.mark.slow
def test_a_full_disk_for_what_is_made(clinic, small_disk):
    (small_disk / "filler").write_bytes(bytes(60_000))
    fault = Fault("full-disk", (*HANDOUT, "--output", str(small_disk / "made")), 3)
    ended = run(clinic, fault)
    assert ended.returncode == 3
    assert b"cannot be written: the disk is full. Free some space" in ended.stderr
    assert [path for path in small_disk.rglob("*") if path.is_file()] == [small_disk / "filler"]


@pytest.mark.slow
def test_a_full_disk_for_temporary_files(clinic, small_disk):
    (small_disk / "filler").write_bytes(bytes(65_536))
    ended = run(clinic, Fault("full-disk", HANDOUT, 3, env={"TMPDIR": str(small_disk)}))
    said = ended.stderr.decode()
    assert [word for word in NEVER if word in said] == []
    assert ended.returncode in (0, 3)  # another folder for temporary files may be found
