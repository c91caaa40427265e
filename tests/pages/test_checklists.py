"""Clinicians' checklists: whether their lines are fields is said by the sources, not by a colon."""

from dataclasses import replace

import pytest

from clinicpress.orders.plan import plan
from clinicpress.orders.request import Request
from clinicpress.pages.compose import compose
from clinicpress.runs.pipeline import prepare
from tests.conftest import ROOT, undrawn

LAYOUTS = ROOT / "layouts"


def fields(library) -> int:
    """Return how many fields to write in the checklists of a print have."""
    request = Request(("when-to-get-help",), audiences=("clinician",))
    (edition,) = plan(request, library, LAYOUTS)
    prepared = prepare(edition, library, LAYOUTS)
    return compose(prepared.manuscript, prepared.design, undrawn).count('class="to-fill"')


@pytest.mark.parametrize("to_fill", [True, False])
def test_fields_are_where_the_list_says_so_with_or_without_a_colon(library, to_fill):
    (id, topic) = next(iter(library.topics.items()))
    screening = {
        name: checklist.model_copy(update={"to_fill": to_fill})
        for name, checklist in topic.clinical.screening.items()
    }
    clinical = topic.clinical.model_copy(update={"screening": screening})
    changed = replace(library, topics={id: replace(topic, clinical=clinical)})
    lines = sum(len(checklist.entries) for checklist in screening.values())
    assert lines > fields(library) == 4
    assert fields(changed) == (lines if to_fill else 0)
