"""Workers: every job is done, and no process and no file outlives the run."""

import multiprocessing
import os
import tempfile
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


def test_every_job_is_done_once(temporary):
    assert sorted(run_in_workers(abs, [-3, 1, -2], 2)) == [1, 2, 3]
    assert multiprocessing.active_children() == []
    assert list(temporary.iterdir()) == []


def test_temporary_files_of_workers_are_removed(temporary):
    (made,) = run_in_workers(tempfile.mkdtemp, ["-suffix"], 1)
    assert Path(made).is_relative_to(temporary)
    assert list(temporary.iterdir()) == []


def test_workers_end_at_once_when_the_run_is_left(temporary):
    an_hour = 3600
    run = run_in_workers(time.sleep, [0, an_hour, an_hour], 2)
    next(run)
    run.close()
    assert multiprocessing.active_children() == []
    assert list(temporary.iterdir()) == []


def test_an_error_in_a_job_is_raised_here(temporary):
    with pytest.raises(ZeroDivisionError):
        list(run_in_workers(divmod_by_zero, [1], 1))
    assert multiprocessing.active_children() == []


def divmod_by_zero(number):
    return divmod(number, 0)


def test_a_worker_that_dies_is_told(temporary):
    with pytest.raises(EnvironmentFault) as died:
        list(run_in_workers(os._exit, [1], 1))
    assert str(died.value) == (
        "A worker process died, most likely for want of memory. Try again with --jobs 1."
    )
    assert list(temporary.iterdir()) == []
