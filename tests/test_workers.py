"""Workers: every job is done, and no process and no file outlives the run."""

import multiprocessing
import os
import signal
import tempfile
import threading
import time
from pathlib import Path

import pytest

from clinicpress.errors import EnvironmentFault
from clinicpress.workers import run_in_workers


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch):
    """Put the temporary files of this process into the test's own folder."""
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


def test_a_worker_that_dies_is_told(temporary):
    with pytest.raises(EnvironmentFault) as died:
        list(run_in_workers(os._exit, [1], 1))
    assert str(died.value) == (
        "A worker process died, most likely for want of memory. Try again with --jobs 1."
    )
    assert left_in(temporary) == []


def test_a_worker_that_ends_while_it_sends_leaves_nobody_waiting():
    """What is sent is larger than a pipe holds, so that workers are ended in the middle of it."""
    for _ in range(3):
        before = set(threading.enumerate())
        run = run_in_workers(bytes, [40_000_000] * 8, 2)
        next(run)
        run.close()
        for thread in set(threading.enumerate()) - before:
            thread.join(timeout=10)
            assert not thread.is_alive()
