"""How long a job may work: so short that nobody waits in vain, and longer on a slow computer."""

import pytest

from clinicpress.processes import limits
from clinicpress.processes.limits import SAMPLE, SLOWEST, USUAL

LONGEST = 18_400
"""Words of the longest print that is made."""


@pytest.fixture
def computer(monkeypatch):
    """Return a function that makes this computer so many times slower than the measured one."""

    def of(times):
        monkeypatch.setattr(limits, "_sample", lambda: times * SAMPLE)
        limits.slowness.cache_clear()

    yield of
    limits.slowness.cache_clear()


def test_what_never_ends_is_told_of_within_20_seconds_however_long_the_print(computer):
    computer(1)
    start_and_reading = 3
    assert USUAL.time(LONGEST) + start_and_reading < 20


@pytest.mark.parametrize(("slow", "longer"), [(0.3, 1), (1, 1), (3, 3), (SLOWEST + 5, SLOWEST)])
def test_a_slower_computer_has_longer_and_a_faster_one_no_less(computer, slow, longer):
    computer(slow)
    assert USUAL.time(1000) == pytest.approx(longer * 8.4)


def test_how_slow_the_computer_is_is_measured_once_and_soon(monkeypatch, computer):
    measured = []
    monkeypatch.setattr(limits, "_sample", lambda: measured.append(1) or 2 * SAMPLE)
    limits.slowness.cache_clear()
    assert [limits.slowness() for _ in range(4)] == [2] * 4
    assert len(measured) == 3
