"""A run that measures pages, in workers: all that is asked for, in order, whatever stops."""

from dataclasses import replace

import pytest

from clinicpress.editions.edition import Edition
from clinicpress.orders.request import Request
from clinicpress.processes.limits import Limits
from clinicpress.runs.measuring import measure, measure_one
from clinicpress.runs.pipeline import prepare
from tests.conftest import ROOT, TINY

BOTH = Request(("thumb-sheet",), settings=("rack", "given"))


def test_what_is_measured_is_told_as_it_is_ready_and_comes_back_in_order():
    told = []
    found = measure(
        BOTH, TINY, ROOT / "layouts", jobs=2, report=lambda one, count: told.append((one, count))
    )
    assert [one.edition.setting for one in found] == ["rack", "given"]
    assert all(one.found and one.found.poses for one in found)
    assert {count for _, count in told} == {2}
    assert sorted(one.edition for one, _ in told) == sorted(one.edition for one in found)


def test_what_takes_too_long_is_told_with_its_name():
    found = measure(
        BOTH, TINY, ROOT / "layouts", jobs=1, report=lambda one, count: None,
        limits=Limits(seconds=0.01, more=0),
    )  # fmt: skip
    assert [one.found for one in found] == [None, None]
    assert [problem.code for one in found for problem in one.problems] == ["LIMIT-TIME"] * 2
    assert [one.problems[0].place.file for one in found] == [str(one.edition.path) for one in found]


SHEET = Edition("upper-back-pain", "partner-massage", "general", "clear", "en", "GB", "default",
                "A4", kind="handout")  # fmt: skip
BOOKLET = replace(SHEET, publication="booklet", kind="booklet")


@pytest.mark.few(2)
@pytest.mark.parametrize(
    "edition",
    [
        SHEET,
        replace(BOOKLET, audience="older-adult", format="large"),
        replace(BOOKLET, audience="carer"),
        replace(SHEET, publication="lifting-and-training", audience="active"),
        replace(SHEET, publication="at-your-desk", audience="desk-worker", format="large",
                setting="given"),
        replace(SHEET, publication="understanding", format="large", setting="given"),
        replace(SHEET, publication="at-your-desk", format="large", setting="given"),
        replace(SHEET, publication="when-to-get-help", format="large"),
        replace(SHEET, publication="when-to-get-help", audience="carer", format="large",
                setting="given"),
        replace(BOOKLET, audience="pregnant", format="large"),
    ],
    ids=lambda edition: edition.path.stem,
)  # fmt: skip
def test_in_larger_type_pages_are_full(library, edition):
    """Scraps of chapters stood on pages of their own, and the week to tick had no room."""
    found = measure_one(prepare(edition, library, ROOT / "layouts"))
    assert found.found
    assert [str(each) for each in found.problems if each.code == "PAGE-FILL"] == []
