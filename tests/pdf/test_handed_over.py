"""Booklets that hardly fit: handed over with a strip to fill in, and in large type on Letter."""

import pytest

from clinicpress.orders.plan import plan
from clinicpress.orders.request import Request
from clinicpress.runs.pipeline import prepare, set_pages
from tests.conftest import takes_all
from tests.pdf.matrix import LAYOUTS, LIBRARY


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Take those whose strips and covers differ most; in the full matrix every reader."""
    if "audience" in metafunc.fixturenames:
        few = ("easy-read", "clinician", "older-adult")
        metafunc.parametrize("audience", LIBRARY.audiences if takes_all(metafunc.config) else few)


@pytest.mark.slow
def test_it_is_printed_for_every_reader(audience):
    asked = Request(("booklet",), audiences=(audience,), settings=("given",))
    (edition,) = plan(asked, LIBRARY, LAYOUTS)
    assert set_pages(prepare(edition, LIBRARY, LAYOUTS)).problems == ()


@pytest.mark.slow
def test_in_large_type_it_is_printed_on_the_lower_sheet_of_the_us():
    """Where a drawing has to give way, so that its page says when to stop."""
    (edition,) = plan(Request(("booklet",), formats=("large",), regions=("US",)), LIBRARY, LAYOUTS)
    assert edition.paper == "Letter"
    assert set_pages(prepare(edition, LIBRARY, LAYOUTS)).problems == ()
