"""Tests of a group stay with one worker, so that what they share is made once."""

import sys

import pytest

GROUPED = """
import os
import pytest

@pytest.mark.xdist_group("together")
@pytest.mark.parametrize("number", range(8))
def test_it(number):
    open("workers", "a").write(os.environ["PYTEST_XDIST_WORKER"] + " ")
"""


@pytest.mark.slow
def test_tests_of_a_group_stay_with_one_worker(pytester: pytest.Pytester) -> None:
    """No version of pytest and of what spreads its tests is taken with which they do not."""
    pytester.makepyfile(GROUPED)
    pytester.run(sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadgroup")
    workers = (pytester.path / "workers").read_text().split()
    assert len(workers) == 8
    assert len(set(workers)) == 1
