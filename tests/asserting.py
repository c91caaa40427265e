"""Fails a test in which nothing was asserted: it looked at nothing, and so could not fail.

Counted is every ``assert`` that pytest rewrites, in a test module or a conftest, and every
``pytest.raises`` that was met, wherever they stand, while the test itself ran. What a fixture
asserts says that the test may begin; an ``assert`` of a module that only helps is not seen.
"""

from collections.abc import Generator

import pytest
from _pytest.assertion import rewrite

NOTHING = (
    "Nothing was asserted. Let the parameters be the cases that the rule is for, so that each of "
    "them is looked at."
)


class Asserting:
    """Notes whether the test that is running asserted anything."""

    def __init__(self) -> None:
        self.asserted = False

    def passed(self) -> bool:
        """Note that an assertion passed, and that nobody wants to be told what it said."""
        self.asserted = True
        return False

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self) -> Generator[None, object, object]:
        self.asserted = False
        result = yield
        if not self.asserted:
            pytest.fail(NOTHING, pytrace=False)
        return result


def pytest_configure(config: pytest.Config) -> None:
    asserting = Asserting()
    config.pluginmanager.register(asserting, "asserting")
    leave = pytest.RaisesExc.__exit__

    def met(raised: pytest.RaisesExc, *error: object) -> bool:
        is_met = leave(raised, *error)
        asserting.asserted |= is_met
        return is_met

    patch = pytest.MonkeyPatch()
    patch.setattr(pytest.RaisesExc, "__exit__", met)
    # A hook for this would be given the words of each assertion, which take ten times as long.
    patch.setattr(rewrite, "_check_if_assertion_pass_impl", asserting.passed)
    config.add_cleanup(patch.undo)
