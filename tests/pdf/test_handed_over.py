"""A booklet that is handed over after a check: a strip to fill in stands above the safety net."""

import pytest

from clinicpress.orders.plan import plan
from clinicpress.orders.request import Request
from clinicpress.runs.pipeline import prepare, set_pages
from tests.pdf.matrix import FIRST, LAYOUTS, LIBRARY

AUDIENCES = [
    pytest.param(audience, marks=() if audience == FIRST else pytest.mark.slow)
    for audience in LIBRARY.audiences
]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_it_is_printed_for_every_reader(audience):
    asked = Request(("booklet",), audiences=(audience,), settings=("given",))
    (edition,) = plan(asked, LIBRARY, LAYOUTS)
    assert set_pages(prepare(edition, LIBRARY, LAYOUTS)).problems == ()
