"""What ends a run leaves no process, no half file and nothing in the folder of temporary files."""

import errno
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest

from clinicpress.cli.app import Ended, _signals_heard
from clinicpress.files.output import A_MOMENT
from clinicpress.processes.workers import make_ready
from tests.conftest import LIES_HERE
from tests.hostile.kills import STUCK, Run, gone, kill_often, living, shown

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")

STOPPED = "Stopped. Files that were finished are whole; nothing else was written."


def begun(run: Run, group: int) -> bool:
    """Return whether that is there which workers are forked from, while the sources are read."""
    return len(living(group)) > 2


def laid_out(run: Run, group: int) -> bool:
    """Return whether a worker is there, and with it the run's folder beside the fork server's."""
    folders = list(run.temporary.glob("clinicpress-*"))
    return len(folders) > 1 and len(living(group)) > 3


def deep(run: Run, group: int) -> bool:
    """Return whether a worker is about to reckon."""
    return any(run.temporary.glob("clinicpress-*/deep"))


def written(run: Run, group: int) -> bool:
    """Return whether a first file is there; a part may be."""
    return any(run.output.rglob("*.pdf"))


MOMENTS = (begun, laid_out, written)
ENDS = ("SIGKILL", "SIGTERM", "SIGHUP", "SIGINT")
FAST = {("SIGTERM", laid_out, 2)}
ROWS = [
    pytest.param(
        name, moment, jobs, id=f"{name}-{moment.__name__}-{jobs}",
        marks=() if (name, moment, jobs) in FAST else pytest.mark.slow,
    )
    for name in ENDS for moment in MOMENTS for jobs in (1, 2)
]  # fmt: skip


@pytest.fixture
def run(clinic):
    """Return a run over three formats of a sheet, with its temporary files in a short folder."""
    make_ready()  # what this process keeps for itself goes where it always does
    temporary = Path(tempfile.mkdtemp(prefix="t"))
    asked = ("handout", "thumb-sheet", "--format", "all", "--region", "all")
    yield Run(clinic.folder / "output", temporary, asked, clinic.folder)
    shutil.rmtree(temporary)


def start(run: Run, jobs: int, moment: Callable[[Run, int], bool]):
    run.asked = (*run.asked, "--jobs", str(jobs))
    process = run.start()
    while not moment(run, process.pid):
        assert process.poll() is None, process.communicate()
        time.sleep(0.002)
    return process


def ended_by(code: int) -> int:
    """Return a code as a shell says it.

    Where Ctrl-C comes while Python reads a class that is made of words, such as a dataclass, it
    remembers it, and ends by the same signal after all that we did.
    """
    return 128 - code if code < 0 else code


@pytest.mark.parametrize(("name", "moment", "jobs"), ROWS)
def test_an_end_leaves_nothing(run, clinic, monkeypatch, name, moment, jobs):
    number = getattr(signal, name)
    process = start(run, jobs, moment)
    process.send_signal(number)
    process.wait(100)
    assert gone(process.pid, 20), living(process.pid)
    _, err = process.communicate()
    assert run.halves() == []
    if name == "SIGKILL":
        monkeypatch.setattr(tempfile, "tempdir", str(run.temporary))
        time.sleep(A_MOMENT)  # the next run does not begin sooner, where it is not in this process
        assert clinic.generate("handout", "thumb-sheet").code == 0
        assert run.left() == []
    else:
        said = LIES_HERE.sub("", err, count=1).strip()
        assert (ended_by(process.returncode), said) == (128 + number, STOPPED)
        assert run.left() == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["SIGKILL", *(pytest.param(end, marks=pytest.mark.slow) for end in ENDS[1:])]
)
def test_a_worker_that_is_deep_in_its_work_ends_too(run, name):
    """What is laid out takes minutes, and the library keeps the interpreter to itself."""
    run.program = ("-c", STUCK)
    process = start(run, 1, deep)
    time.sleep(0.3)
    assert process.poll() is None
    process.send_signal(getattr(signal, name))
    process.wait(100)
    assert gone(process.pid, 20), living(process.pid)
    process.communicate()


@pytest.mark.slow
def test_a_terminal_that_is_closed_ends_all(run):
    process = start(run, 2, laid_out)
    os.killpg(process.pid, signal.SIGHUP)
    process.communicate(timeout=100)
    assert gone(process.pid, 20)
    assert run.left() == []


@pytest.mark.slow
def test_runs_that_are_killed_often_lose_nothing(run):
    assert run.finish()[0] == 0
    clean = shown(run.output)
    shutil.rmtree(run.output)
    tally = kill_often(run, 12, 1, 4, clean)
    assert not any(tally.wrong.values()), tally.wrong


def part(folder: Path, name: str, age: float = 5) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"%PDF-")
    os.utime(path, (time.time() - age,) * 2)
    return path


def test_only_parts_that_nobody_writes_are_cleared(clinic):
    from clinicpress.files.locks import hold
    from clinicpress.files.output import _machine

    output, here = clinic.folder / "output", _machine()
    left = [
        part(output, f".part-{here}-0123456789ab"),
        part(output / "default", f".part-{here}-0123456789ab"),
        part(output, ".part-00000000-0123456789ab", 3700),  # of another machine
    ]
    kept = [
        part(output, f".part-{here}-00000000000c"),
        part(output, ".part-00000000-0123456789ac", 600),  # of another machine, perhaps writing
        part(output, ".part-mine"),
        part(clinic.folder, f".part-{here}-0123456789ab"),
    ]
    (output / f".part-{here}-00000000000d").symlink_to(kept[3])
    with kept[0].open("rb") as writing:
        assert hold(writing)
        assert clinic.generate("handout", "thumb-sheet").code == 0
    assert [path for path in left if path.exists()] == []
    assert [path for path in kept if not path.exists()] == []


def test_only_folders_that_nobody_holds_are_cleared(tmp_path, monkeypatch):
    from clinicpress.files import scratch

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(scratch, "short_place", lambda: tmp_path)
    for name in ("clinicpress-left", "clinicpress-nolock", "other"):
        part(tmp_path / name, "a")
    part(tmp_path / "clinicpress-left", "lock")
    part(tmp_path / "other", "lock")
    part(tmp_path / "clinicpress-fifo", "a")
    os.mkfifo(tmp_path / "clinicpress-fifo/lock")
    (tmp_path / "clinicpress-link").symlink_to(tmp_path / "other")
    with scratch.scratch() as held:
        scratch.clear_abandoned()
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
            ["clinicpress-nolock", "clinicpress-fifo", "clinicpress-link", "other", held.name]
        )
        assert (tmp_path / "other/lock").exists()
    assert not held.exists()


SLOW = pytest.mark.slow
TOO_LITTLE = [
    pytest.param(resource.RLIMIT_NOFILE, 20, id="files-20", marks=SLOW),
    pytest.param(resource.RLIMIT_FSIZE, 500, id="a-file-of-500-bytes", marks=SLOW),
    pytest.param(resource.RLIMIT_FSIZE, 100_000, id="a-file-of-100-kB", marks=SLOW),
    pytest.param(resource.RLIMIT_AS, 60_000_000, id="address-space-60-MB"),
    pytest.param(resource.RLIMIT_AS, 90_000_000, id="address-space-90-MB", marks=SLOW),
    pytest.param(resource.RLIMIT_AS, 150_000_000, id="address-space-150-MB", marks=SLOW),
    pytest.param(resource.RLIMIT_DATA, 20_000_000, id="data-20-MB"),
    pytest.param(resource.RLIMIT_DATA, 30_000_000, id="data-30-MB", marks=SLOW),
    pytest.param(resource.RLIMIT_DATA, 60_000_000, id="data-60-MB", marks=SLOW),
    pytest.param(resource.RLIMIT_STACK, 100_000, id="stack-100-kB", marks=SLOW),
]


@pytest.mark.parametrize(("kind", "most"), TOO_LITTLE)
def test_too_little_of_the_machine_is_told(run, kind, most):
    run.asked = ("handout", "thumb-sheet")
    process = run.start(lambda: resource.setrlimit(kind, (most, most)))
    _, err = process.communicate(timeout=100)
    assert process.returncode in (0, 1, 3), err
    assert "Traceback" not in err
    assert "should not happen" not in err
    assert process.returncode == 0 or any(
        word in err for word in ("memory", "started", "written", "library", "programs")
    ), err
    assert gone(process.pid, 20)


def test_a_machine_that_starts_no_process_is_told(clinic, monkeypatch):
    def refused(*arguments: object) -> None:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr("multiprocessing.forkserver.ensure_running", refused)
    ended = clinic.generate("handout", "thumb-sheet")
    assert (ended.code, ended.err) == (3, (
        "No process to lay out pages can be started: the system allows no more processes. Close "
        "other programs, or try again with --jobs 1.\n"
    ))  # fmt: skip


def test_what_a_removal_that_is_killed_leaves_is_cleared_by_the_next_run(tmp_path, monkeypatch):
    """The lock goes last: without it nobody knows that the run is gone."""
    from clinicpress.files import scratch

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(scratch, "short_place", lambda: tmp_path)
    left = tmp_path / f"{scratch.PREFIX}left"
    for name in ("a", "b", scratch.LOCK):
        part(left, name)

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", killed)
        with pytest.raises(KeyboardInterrupt):
            scratch.clear_abandoned()
    assert [path.name for path in left.iterdir()] == [scratch.LOCK]
    scratch.clear_abandoned()
    assert not left.exists()


def test_an_end_that_python_can_raise_nowhere_is_no_traceback(monkeypatch):
    """It comes while a module is let go of, say; what else fails there is told as ever."""
    told: list[type] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda one: told.append(one.exc_type))

    def let_go(error: BaseException) -> None:
        def fails(_: object) -> None:
            raise error

        thing = type("Thing", (), {})()
        kept = weakref.ref(thing, fails)
        del thing
        assert kept() is None

    with _signals_heard():
        for error in (Ended(1), KeyboardInterrupt(), ValueError()):
            let_go(error)
    assert told == [ValueError]
    let_go(Ended(1))
    assert told == [ValueError, Ended]
