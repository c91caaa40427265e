"""Workers: every job is done, and no process and no file outlives the run."""

import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest

from clinicpress.errors import Place, Problem, Problems
from clinicpress.processes.limits import Limits, Stop
from clinicpress.processes.workers import bounded, make_ready
from clinicpress.processes.workers import run_in_workers as run
from tests.conftest import environment


def run_in_workers(work, jobs, count, limits=Limits()):  # noqa: B008
    """Return what each job gave, and why those that did not end were stopped."""
    return run(work, jobs, count, lambda job, why: why, limits)


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch):
    """Put the temporary files of this process into the test's own folder."""
    make_ready()  # what this process keeps for itself goes where it always does
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def left_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith("clinicpress-")]


def test_every_job_is_done_once(temporary):
    assert sorted(run_in_workers(abs, [-3, 1, -2], 2)) == [1, 2, 3]
    assert multiprocessing.active_children() == []
    assert left_in(temporary) == []


def test_temporary_files_of_workers_are_removed(temporary):
    (made,) = run_in_workers(tempfile.mkdtemp, ["-suffix"], 1)
    assert Path(made).is_relative_to(temporary)
    assert left_in(temporary) == []


def test_workers_end_at_once_when_the_run_is_left(temporary):
    run = run_in_workers(time.sleep, [0, 60, 60], 2)
    next(run)
    workers = multiprocessing.active_children()
    run.close()
    assert len(workers) == 2
    assert all(worker.exitcode for worker in workers)  # they were ended: their jobs take a minute
    assert left_in(temporary) == []


def test_workers_leave_ctrl_c_to_the_main_process():
    assert list(run_in_workers(signal.getsignal, [signal.SIGINT], 1)) == [signal.SIG_IGN]


def test_an_interrupt_at_the_last_job_is_not_lost(temporary):
    """What the interrupt raises may be lost in a callback: then it is raised after the job."""
    before = signal.signal(signal.SIGINT, lambda number, frame: None)
    try:
        run = run_in_workers(abs, [-1], 1)
        assert next(run) == 1
        os.kill(os.getpid(), signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            next(run)
    finally:
        signal.signal(signal.SIGINT, before)
    assert multiprocessing.active_children() == []
    assert left_in(temporary) == []


def test_an_error_in_a_job_is_raised_here(temporary):
    with pytest.raises(ValueError, match="invalid literal for int"):
        list(run_in_workers(int, ["one"], 1))
    assert multiprocessing.active_children() == []


def test_a_worker_that_dies_is_told_and_all_other_jobs_are_done(temporary):
    found = list(run_in_workers(os._exit, [7], 1))
    assert [why.code for why in found] == ["WORKER-DIED"]
    assert found[0].wrong == "the process that laid this out died (exit code 7)"
    done = list(run_in_workers(eval, ["1", "__import__('os')._exit(1)", "2", "3"], 1))
    assert [each for each in done if not isinstance(each, Stop)] == [1, 2, 3]
    assert multiprocessing.active_children() == []
    assert left_in(temporary) == []


LOW = Limits(seconds=0.5, more=0, memory=300_000_000, answer=1_000_000)


@pytest.mark.few(4)
@pytest.mark.parametrize(
    ("work", "code"),
    [
        ("10 ** 10 ** 9 % 7", "LIMIT-TIME"),  # deep in C, which keeps the interpreter to itself
        ("max(iter(int, 1))", "LIMIT-TIME"),
        ("__import__('time').sleep(60)", "LIMIT-TIME"),
        ("__import__('os').kill(__import__('os').getpid(), 19)", "LIMIT-TIME"),
        ("len(bytearray(10 ** 9))", "LIMIT-MEMORY"),
        ("[bytes(10 ** 6) for _ in range(10 ** 6)]", "LIMIT-MEMORY"),
        ("(lambda f: f(f))(lambda f: f(f))", "LIMIT-DEPTH"),
        ("bytes(2_000_000)", "LIMIT-SIZE"),
        ("__import__('ctypes').string_at(0)", "WORKER-DIED"),
    ],
)
def test_a_job_that_passes_its_limits_is_stopped_and_the_next_is_done(work, code):
    stopped, done = run_in_workers(eval, [work, "1 + 1"], 1, LOW)
    assert (stopped.code, done) == (code, 2)


def test_an_error_that_says_several_things_comes_back_whole():
    problems = (Problem(Place("a", 1), "A", "b", "c"), Problem(Place("b"), "B", "b", "c"))
    raising = f'exec("""from clinicpress.errors import *; raise Problems({problems!r})""")'
    with pytest.raises(Problems) as raised:
        bounded(eval, raising, Place("x"), "y")
    assert raised.value.problems == problems


@pytest.mark.slow
def test_nothing_of_the_current_folder_is_run(tmp_path, clinic):
    """The modules that a new process imports first are looked for elsewhere."""
    for name in ("selectors", "socket", "struct", "signal", "tempfile", "threading", "pickle"):
        clinic.write(f"{name}.py", "import os; open('ran', 'w').close(); os._exit(9)")
    ended = subprocess.run(
        [sys.executable, "-P", "-m", "clinicpress", "handout", "thumb-sheet", "--jobs", "2"],
        env=environment(), cwd=clinic.folder, capture_output=True, text=True,
    )  # fmt: skip
    assert not (clinic.folder / "ran").exists()
    assert ended.returncode == 0, ended.stderr


def test_a_worker_that_ends_while_it_sends_leaves_nobody_waiting():
    """What is sent is larger than a pipe holds, so that workers are ended in the middle of it."""
    for _ in range(3):
        before = set(threading.enumerate())
        run = run_in_workers(bytes, [40_000_000] * 8, 2)
        next(run)
        run.close()
        began = set(threading.enumerate()) - before
        for thread in began:
            thread.join(timeout=60)
        assert [thread for thread in began if thread.is_alive()] == []
