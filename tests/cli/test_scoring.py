"""``generate score``: sheets to be filled in, with what was measured, and nothing scored."""

import json
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from tests.pdf.test_validity import broken

pytestmark = pytest.mark.usefixtures("in_process")

SHEET = ("score", "thumb-sheet", "--region", "GB")
PATH = "output/default/tiny/tiny_score-{}_thumb-sheet_general_standard_en-GB_A4.pdf"
BEND = "sources/tiny/exercises/thumb-bend.yaml"


def sheets(ended):
    return {one["instrument"]: one for one in map(json.loads, ended.out.splitlines())}


def item(sheet, number):
    return next(one for one in sheet["items"] if one["number"] == number)


def measure(sheet, number, name):
    return next(one for one in item(sheet, number)["measured"] if one["measure"] == name)


@pytest.fixture
def pemat(clinic, ran_once):
    return ran_once(clinic, *SHEET, "--instrument", "pemat-p", "--json")


@pytest.mark.slow
def test_a_sheet_is_written_for_each_instrument_and_print(clinic):
    ended = clinic.generate("score", "thumb-sheet", "booklet", "--region", "GB")
    assert ended.code == 0
    assert [line.split("_")[1:3] for line in ended.out.splitlines()] == [
        [f"score-{id}", name] for name in ("booklet", "thumb-sheet")
        for id in ("cdc-index", "eqip-36", "pemat-p")
    ]  # fmt: skip
    assert ended.err == "6 sheets to be filled in. Nothing is scored yet.\n"


def test_nothing_is_answered_and_nothing_added_up(clinic, pemat):
    (sheet,) = sheets(pemat).values()
    assert [one["answer"] for one in sheet["items"]] == [None] * 24
    assert not {"total", "score", "points"} & set(sheet)
    with pikepdf.open(clinic.folder / PATH.format("pemat-p")) as document:
        fields = list(document.Root.AcroForm.Fields)
        held = {str(one.T): str(one.get("/V", "")) for one in fields}
    assert len(held) > 24 * 3
    assert {value for value in held.values() if value not in ("", "/Off")} == set()
    assert {"points-total-1", "possible-total-2", "agree-item-26", "na-item-6"} <= set(held)
    assert "na-item-7" not in held


def test_what_was_measured_stands_with_page_and_words(clinic):
    clinic.change(BEND, "Straighten it again.", "Straighten it contemplatively again.")
    sheet = sheets(clinic.generate(*SHEET, "--instrument", "pemat-p", "--json"))["pemat-p"]
    terms = measure(sheet, 4, "terms")
    assert (terms["count"], terms["words"]) == (1, "contemplatively")
    assert terms["evidence"] == [{"page": 1, "words": "Straighten it contemplatively again."}]
    assert measure(sheet, 1, "message")["evidence"][0]["page"] == 1
    steps = measure(sheet, 22, "steps")
    assert steps["count"] == 2
    assert steps["evidence"][0]["words"] == "Bend your thumb."


def test_a_heading_on_a_dark_ground_has_its_page(pemat):
    (sheet,) = sheets(pemat).values()
    headings = measure(sheet, 10, "sequence")["evidence"]
    assert len(headings) > 3
    assert all(one["page"] for one in headings)


def test_an_instrument_of_others_says_that_its_words_are_ours(clinic):
    (sheet,) = sheets(clinic.generate(*SHEET, "--instrument", "eqip-36", "--json")).values()
    assert sheet["wording"] == "own"
    first = pypdfium2.PdfDocument(clinic.folder / PATH.format("eqip-36"))[0]
    assert "our own words" in " ".join(first.get_textpage().get_text_range().split())


def test_a_name_that_is_none_is_told(clinic):
    ended = clinic.generate(*SHEET, "--instrument", "discern")
    assert ended.code == 2
    assert "discern" in ended.err
    assert "pemat-p" in ended.err


def test_a_sheet_whose_print_cannot_be_made_is_refused(clinic):
    clinic.change(BEND, "Bend your thumb.", "Bend your {{ thumb }} 漢.")
    ended = clinic.generate(*SHEET, "--instrument", "pemat-p")
    assert ended.code == 1
    assert not (clinic.folder / PATH.format("pemat-p")).exists()


@pytest.mark.few(1)
@pytest.mark.parametrize("standard", ["ua1", "3a"])
def test_a_sheet_is_valid(clinic, pemat, standard):
    pdf = (clinic.folder / PATH.format("pemat-p")).read_bytes()
    with pikepdf.open(BytesIO(pdf)) as document:
        assert document.Root.MarkInfo.Marked
    assert broken(pdf, standard) == set()
