"""A test that looks at nothing fails, and one that looks at anything is left alone."""

import pytest

SETTINGS = "[pytest]\nenable_assertion_pass_hook = true\n"


@pytest.fixture
def trial(pytester: pytest.Pytester) -> pytest.Pytester:
    """Return a folder for tests that are run with the plugin."""
    pytester.makeini(SETTINGS)
    pytester.makepyfile(helper="def look(words):\n    assert words\n    return words")
    return pytester


IN_ALL = "import pytest\n\nfrom helper import look\n\n\n"

LOOKS = {
    "an assertion": "def test_it():\n    assert 2 > 1",
    "an error that is met": "def test_it():\n    with pytest.raises(ValueError):\n        int('a')",
    "a function of its module": "def same(a):\n    assert a\n\ndef test_it():\n    same(1)",
}
LOOKS_AT_NOTHING = {
    "nothing at all": "def test_it():\n    len('a')",
    "an early end": "def test_it():\n    if len('a'):\n        return\n    assert 2 > 1",
    "a loop over nothing": "def test_it():\n    for each in ():\n        assert each",
    "what a helper needs": "def test_it():\n    look('a')",
    "what a fixture asserts": (
        "@pytest.fixture\ndef one():\n    assert 2 > 1\n\ndef test_it(one):\n    len('a')"
    ),
}


@pytest.mark.parametrize("code", LOOKS.values(), ids=LOOKS)
def test_a_test_that_looks_at_something_is_left_alone(trial: pytest.Pytester, code: str) -> None:
    assert outcome(trial, code) == {"passed": 1}


@pytest.mark.parametrize("code", LOOKS_AT_NOTHING.values(), ids=LOOKS_AT_NOTHING)
def test_a_test_that_looks_at_nothing_fails(trial: pytest.Pytester, code: str) -> None:
    assert outcome(trial, code) == {"failed": 1}


def test_whatever_else_becomes_of_a_test_stays_so(trial: pytest.Pytester) -> None:
    skipped = "def test_it():\n    pytest.skip('not here')"
    assert outcome(trial, skipped) == {"skipped": 1}
    assert outcome(trial, "def test_it():\n    assert not 2") == {"failed": 1}


def outcome(trial: pytest.Pytester, code: str) -> dict[str, int]:
    trial.makepyfile(IN_ALL + code)
    return trial.runpytest_inprocess("-p", "tests.asserting").parseoutcomes()
