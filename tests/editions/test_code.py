"""The code on a sheet of paper: told apart, and read however somebody types it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicpress.editions.code import LETTERS, code_in, code_of


@given(st.text(), st.text())
def test_a_code_is_the_same_for_the_same_and_can_be_typed(one, other):
    code = code_of(one, other)
    assert code == code_of(one, other)
    assert set(code.replace("-", "")) <= set(LETTERS)
    for typed in (code, code.lower(), code.replace("-", ""), f" {code.replace('-', ' ')} "):
        assert code_in(typed) == code


def test_codes_of_many_prints_differ():
    assert len({code_of("sheet", str(number)) for number in range(10_000)}) == 10_000


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("oil0-1ovu", "0110-10VV"),
        ("7K3M-9QX2", "7K3M-9QX2"),
        ("7K3M-9QX", None),
        ("7K3M-9QX22", None),
        ("7K3M_9QX2", None),
        ("", None),
    ],
)
def test_what_looks_alike_is_read_as_it_was_meant(typed, code):
    assert code_in(typed) == code
