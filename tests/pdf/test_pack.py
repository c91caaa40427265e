"""The review pack as a file: valid, with a form that says what each field is of, and readable."""

from io import BytesIO

import pikepdf
import pytest

from clinicpress.content.reader import read_library
from clinicpress.pdf.forms import MANY_LINES, NO_SCROLLING, filled_in
from clinicpress.trust.matters import gather
from clinicpress.trust.pack import write_pack
from clinicpress.trust.packed import packed
from tests import verapdf
from tests.conftest import TINY, here
from tests.pdf.filling import scripted, typed
from tests.pdf.reading import Print
from tests.pdf.test_validity import broken
from tests.trust.signed import LAYOUTS, SCOPE, in_this_process

pytestmark = verapdf.on_one_machine

LIBRARY = read_library(TINY)
HEADING = 11
"""Size of the smallest heading, in pt; words are of 10."""


@pytest.fixture(scope="module")
def found():
    with pytest.MonkeyPatch.context() as patch:
        in_this_process(patch)
        yield gather(SCOPE, LIBRARY, LAYOUTS, jobs=1, report=lambda *_: None)


@pytest.fixture(scope="module")
def files(found, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pack")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("clinicpress.processes.workers.run_in_workers", here)
        patch.setattr("clinicpress.processes.workers.make_ready", lambda *modules: None)
        return folder, write_pack(found, LIBRARY, LAYOUTS, folder)


@pytest.fixture(scope="module")
def pdf(files):
    return files[1][0].read_bytes()


def test_the_files_are_called_after_what_they_are_of(files):
    folder, paths = files
    assert [path.relative_to(folder).as_posix() for path in paths] == [
        "default/tiny/tiny_review-pack_all_en-GB.pdf",
        "default/tiny/tiny_review-pack_all_en-GB.csv",
    ]


@pytest.mark.parametrize("standard", ["ua1", "3a"])
@pytest.mark.parametrize("fill", [lambda pdf: pdf, lambda pdf: typed(pdf, "A. B.")],
                         ids=["empty", "filled"])  # fmt: skip
def test_a_pack_is_valid_empty_and_filled(pdf, fill, standard):
    assert broken(fill(pdf), standard) == set()


def test_verapdf_finds_it_valid(pdf):
    assert verapdf.faults(pdf, "ua1") == []


def test_each_item_has_three_choices_and_a_line_that_say_of_what_they_are(pdf, found):
    with pikepdf.Pdf.open(BytesIO(pdf)) as document:
        fields = {str(each.T): each for each in document.Root.AcroForm.Fields}
        labels = {name: str(each.TU) for name, each in fields.items()}
    names = [name for name, _, _ in packed(found, "0.1").items]
    assert len(names) == 27
    for name in names:
        for choice in ("accept", "change", "reject", "reason"):
            assert f"{choice}-{name}" in fields
    assert labels["reject-thumb-bend"] == "Thumb bend: Reject"
    assert labels["reason-thumb-bend"] == "Thumb bend: Reason"
    assert labels["reviewer-name"] == "Name"
    assert len(set(labels.values())) > 3 * len(names)


@pytest.mark.parametrize("fill", [typed, scripted])
def test_what_is_filled_in_is_read_back(pdf, fill):
    with pikepdf.Pdf.open(BytesIO(fill(pdf, "Zoë, 3"))) as document:
        held = filled_in(document)
    assert held["reviewer-name"] == "Zoë, 3"
    assert held["reason-thumb-bend"] == "Zoë, 3"
    assert held["accept-thumb-bend"]
    with pikepdf.Pdf.open(BytesIO(pdf)) as document:
        assert filled_in(document) == {}


def test_a_reason_may_be_longer_than_what_is_seen(pdf):
    """Other fields hold no more than is seen, for they are printed."""
    with pikepdf.Pdf.open(BytesIO(pdf)) as document:
        fields = {str(each.T): each for each in document.Root.AcroForm.Fields}
        reason, name = fields["reason-thumb-bend"], fields["reviewer-name"]
        assert int(reason.Ff) & NO_SCROLLING == 0
        assert int(reason.Ff) & MANY_LINES
        assert int(reason.MaxLen) == 1000
        assert int(name.Ff) & NO_SCROLLING
        left, bottom, right, top = map(float, reason.Rect)
        assert top - bottom >= 2 * 9.5  # two lines are seen
        assert right - left > 200


def test_it_says_what_a_reviewer_needs(pdf):
    said = "".join(page.text for page in Print(pdf).pages)
    for words in ("Review pack: Sore thumb", "One of", "somebody whom your service names",
                  "Bend your thumb.", "Rests on", "Signature", "May be used until 2028-12-31",
                  "What needs a new sign-off to be changed"):  # fmt: skip
        assert "".join(words.split()) in said


def test_no_heading_stands_alone_at_the_foot_of_a_page(pdf, found):
    """Neither a chapter's nor an item's: what it is of begins on the same page."""
    ids = {f"· {one.id} ·" for one in found.matters}
    for page in Print(pdf).pages:
        words = [run for run in page.runs if run.mark is not None and run.text.strip()]
        lowest = min(words, key=lambda run: run.box[1])
        assert lowest.size < HEADING
        assert not any(id in lowest.text for id in ids)


def test_it_is_the_same_each_time(found, pdf, tmp_path, monkeypatch):
    monkeypatch.setattr("clinicpress.processes.workers.run_in_workers", here)
    monkeypatch.setattr("clinicpress.processes.workers.make_ready", lambda *modules: None)
    again, _ = write_pack(found, LIBRARY, LAYOUTS, tmp_path)
    assert again.read_bytes() == pdf
