"""A booklet that is handed over after a check: a strip to fill in stands above the safety net."""

import pytest

from clinicpress.orders.plan import plan
from clinicpress.orders.request import Request
from clinicpress.runs.pipeline import prepare, set_pages
from tests.pdf.matrix import LAYOUTS, LIBRARY


@pytest.mark.slow
@pytest.mark.parametrize("audience", LIBRARY.audiences)
def test_it_is_printed_for_every_reader(audience):
    asked = Request(("booklet",), audiences=(audience,), settings=("given",))
    (edition,) = plan(asked, LIBRARY, LAYOUTS)
    assert set_pages(prepare(edition, LIBRARY, LAYOUTS)).problems == ()
