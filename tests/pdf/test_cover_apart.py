"""A booklet whose cover is printed apart: each file holds what must be read of its own pages."""

from dataclasses import replace

import pytest

from clinicpress.checks.seen.letters import Reading
from clinicpress.checks.seen.wanted import wanted
from clinicpress.orders.plan import plan
from clinicpress.orders.request import Request
from clinicpress.runs.pipeline import (
    Batch,
    Built,
    Prepared,
    _typeset,
    _unread,
    _wrong_as_a_whole,
    prepare,
    set_together,
)
from tests.conftest import TINY, content
from tests.pdf.matrix import LAYOUTS

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("cover-apart")]

LIBRARY = content(TINY)
ASKED = Request(("booklet",), productions=("press",), cover="separate")


@pytest.fixture(scope="module")
def parts() -> tuple[bytes, tuple[Prepared, ...], tuple[Built, ...]]:
    """Return the pages of a booklet, and its cover and inside before and after they were made."""
    prepared = tuple(prepare(each, LIBRARY, LAYOUTS) for each in plan(ASKED, LIBRARY, LAYOUTS))
    pages, _ = _typeset(prepared[0])
    return pages, prepared, set_together(Batch(prepared, pages))


def test_both_are_printed(parts):
    _, prepared, built = parts
    assert [each.edition.part for each in prepared] == ["cover", "inside"]
    assert [each.problems for each in built] == [(), ()]


@pytest.mark.parametrize("part", [0, 1])
def test_what_one_of_them_lacks_is_told(parts, part):
    """Each is taken for the other, and so lacks all that stands on the other's pages."""
    pages, prepared, built = parts
    asked = wanted(prepared[0].manuscript, prepared[0].design)
    edition, other = prepared[part].edition, built[1 - part]
    with Reading(pages) as laid:
        problems = _unread(edition, other.pdf, other.pages, laid, asked)
    assert {problem.code for problem in problems} == {"SIGHT"}


def test_what_neither_has_is_told(parts):
    """A line that is lost before the pages are parted is missed by nobody's own pages."""
    pages, prepared, _ = parts
    asked = wanted(prepared[0].manuscript, prepared[0].design)
    lost = replace(asked.lines[0], words="Nobody printed this sentence.")
    with Reading(pages) as laid:
        asked = replace(asked, lines=(*asked.lines, lost))
        problems = _wrong_as_a_whole(Batch(prepared, pages), laid, asked)
    assert [problem.message for problem in problems] == [
        "“Nobody printed this sentence.” must be read, and cannot be found on the pages"
    ]
