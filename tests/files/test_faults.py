"""What the machine is to blame for, whichever library says so in which words."""

import pytest

from clinicpress.files.faults import NO_MEMORY, fault_in


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (MemoryError(), NO_MEMORY),
        (SystemError("error return without exception set"), NO_MEMORY),  # of a part written in C
        (SystemError("bad argument"), None),
        (TypeError("no such thing"), None),
        (KeyError("a"), None),
    ],
)
def test_want_of_memory_is_told_and_a_fault_of_the_program_is_not(error, told):
    assert fault_in(error) is told


def test_so_it_is_where_a_library_turned_it_into_something_else():
    turned = TypeError("_value_ not set in __new__, unable to create it")
    turned.__cause__ = MemoryError()
    beside = ValueError("while that was dealt with")
    beside.__context__ = turned
    for error in (turned, beside):
        assert fault_in(error) is NO_MEMORY


def test_errors_that_lead_in_a_circle_end():
    one, other = ValueError("one"), ValueError("other")
    one.__cause__, other.__cause__ = other, one
    assert fault_in(one) is None
